"""Text of staff stays text: no formula, link or DDE of theirs in the XML of the summary."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from openxml_audit import OpenXmlValidator

from tests.excel.summary.samples import SETTINGS, against, opened, roster, row
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.model.intake import Doubtful, Intake
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.text import shown_text

STRINGS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(1)", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)"),
    *("\t=1+1", "\n=1+1", "\r=1+1", " =1+1", "'=1+1", '"=1+1', "=", "==", "{=1+1}", "|=1"),
    *('=HYPERLINK("http://e.example","x")', '=HYPERLINK("#A1")', "=cmd|' /C calc'!A0"),
    *('=DDE("cmd";"/C calc";"x")', "@cmd|'/c calc'!A1", "=MSEXCEL|'\\..\\cmd.exe'!''"),
    *("http://e.example/", "https://e.example/a#b", "ftp://e.example", "mailto:a@e.example"),
    *(
        "file:///etc/passwd",
        "internal:一覧!A1",
        "external:a.xlsx#A1",
        "\\\\e.example\\share\\a.xlsx",
    ),
    *("<r><t>x</t></r>", "<r>..</r>", "<f>1+1</f>", "]]><f>1+1</f>", "&lt;f&gt;", "&#61;1+1"),
    *("_x003D_1+1", '=WEBSERVICE("http://e.example")', '=IMPORTXML("http://e.example","a")'),
    *("=一覧_要求額", "='一覧'!A1", '=INDIRECT("A1")', "=[a.xlsx]b!A1", "%0A=1+1"),
)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
OWN_FORMULA = re.compile(
    r"(SUM|SUMPRODUCT|IF)\([^|\[\]]*\)(&\" / \"&(\$[A-Z]+[0-9]+|SUMPRODUCT\([^|\[\]]*\)))?"
    r"|SUMPRODUCT\([^|\[\]]*\)-\$[A-Z]+[0-9]+"
    r"|\"決定 \"&[^|\[\]]*|N\([^|\[\]]*\)-N\([^|\[\]]*\)"
    r"|[A-Z]+[0-9]+-[A-Z]+[0-9]+|0"
)
OWN_REFERENCE = re.compile(r"(?:'[^'\[\]|]+'|[^'!\[\]|=]+)!\$[A-Z]+\$[0-9]+(:\$[A-Z]+\$[0-9]+)?")


def _row(at: int, text: str, folder: str = "") -> SummaryRow:
    made = row(
        at,
        id=text,
        department={"code": text, "bureau": text, "section": text},
        **dict.fromkeys(("account", "kan", "category", "title", "description"), text),
        lines=[{"label": text, "part": text, "requested": 1}],
        funding={"national": {"name": text, "amount": at}},
        contract_authorization={"term_start": 2020, "limit": 1},
    )
    place = Place(f"{folder}{text}{at}.xlsx", text)
    return replace(made, source=place, cells={"/title": "D5"})


@cache
def _book() -> bytes:
    rows = [_row(at, text) for at, text in enumerate(STRINGS, 1)]
    last = [_row(at, text, "前年度/") for at, text in enumerate(STRINGS[5:], 1)]
    findings = [
        Finding(text, Weight.WARNING, one.source, text, text, None, text)
        for text, one in zip(STRINGS, rows, strict=True)
    ]
    doubtful = tuple(Doubtful(one, one.request.title or "") for one in rows)
    intake = Intake(1, doubtful, doubtful)
    paths = {one.source.file: f"../提出/{one.source.file}" for one in rows}
    return summary_bytes(rows, findings, SETTINGS, roster(), intake, against(rows, last), paths)


@cache
def _parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(_book())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _roots(prefix: str) -> list[ET.Element]:
    return [ET.fromstring(data) for name, data in _parts().items() if name.startswith(prefix)]


def test_injection__there_are_at_least_40_strings_and_every_one_stands_as_it_is() -> None:
    assert len(set(STRINGS)) >= 40
    cells = {c.value for line in opened(_book(), values=False)["明細"].iter_rows() for c in line}
    shown = {str(cell).replace("_x000D_", "\r").replace("_x005F_", "_") for cell in cells}
    assert {text for text in STRINGS if shown_text(text) not in shown} == set()


def test_injection__every_formula_is_ours() -> None:
    formulas = [
        f.text or "" for root in _roots("xl/worksheets/sheet") for f in root.iter(f"{MAIN}f")
    ]
    assert len(formulas) > 500
    assert [text for text in formulas if not OWN_FORMULA.fullmatch(text)] == []
    long = [text for text in STRINGS if len(text) > 5 and "一覧" not in text]
    assert [(f, text) for f in formulas for text in long if text in f] == []


def test_injection__every_name_and_chart_refers_to_our_sheets() -> None:
    (book,) = _roots("xl/workbook.xml")
    names = [name.text or "" for name in book.iter(f"{MAIN}definedName")]
    references = [f.text or "" for root in _roots("xl/charts/") for f in root.iter(f"{CHART}f")]
    assert names
    assert references
    areas = [text for text in references if not OWN_REFERENCE.fullmatch(text)]
    assert areas == []
    assert [text for text in names if "|" in text or "[" in text or "cmd" in text] == []


def test_injection__every_link_goes_to_a_book_that_was_handed_in_or_to_a_sheet() -> None:
    targets = [
        relation.get("Target", "")
        for root in _roots("xl/worksheets/_rels/")
        for relation in root
        if relation.get("TargetMode") == "External"
    ]
    assert targets
    assert [one for one in targets if not one.startswith("../提出/")] == []
    places = [
        link.get("location", "")
        for root in _roots("xl/worksheets/sheet")
        for link in root.iter(f"{MAIN}hyperlink")
        if link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        is None
    ]
    assert all(re.fullmatch(r"'?[^'!|\[\]]+'?!A1", place) for place in places)


def test_injection__no_part_for_links_dde_macros_or_rich_text() -> None:
    names = " ".join(_parts())
    for word in ("externalLink", "ddeLink", "vba", "connections", "oleObject", "activeX"):
        assert word not in names
    (strings,) = _roots("xl/sharedStrings.xml")
    assert list(strings.iter(f"{MAIN}r")) == []


def test_injection__the_book_is_valid(tmp_path: Path) -> None:
    path = tmp_path / "集計.xlsx"
    path.write_bytes(_book())
    assert OpenXmlValidator().validate(str(path)).errors == []


@pytest.mark.parametrize("text", STRINGS[:8])
def test_injection__a_file_of_that_name_is_linked_to_as_a_file(text: str) -> None:
    one = _row(1, text)
    data = summary_bytes(
        [one], (), SETTINGS, roster(), None, None, {one.source.file: one.source.file}
    )
    link = opened(data)["一覧"]["B5"].hyperlink
    assert link is not None
    assert (link.target, link.location) == (one.source.file, f"'{text}'!D5")
