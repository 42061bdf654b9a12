"""The paper itself: the nine requests published, as PDF pages and in the file, before and after they are decided.

With YOSAN_SEED the texts are those that were published; what the paper must be is the same.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.excel.pages import expected_publication, misprints, pdf_pages
from tests.read_once import values_of
from tests.usecases.publish.samples import (
    DECIDED,
    DECISIONS,
    FIRST,
    REQUESTS,
    SECOND,
    data_of,
    decide,
    documents_of,
    handed_in,
    json_year,
)
from tests.usecases.year import sources
from yosan_xl.excel import styles
from yosan_xl.form.definition import Role
from yosan_xl.form.load import load_definition
from yosan_xl.form.mapping import get
from yosan_xl.form.plan import Plan
from yosan_xl.form.printed import printed_sheet
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.usecases.publish.run import publish

pytestmark = pytest.mark.slow

NUMBERS = list(range(55, 64))
FORM = load_definition("minato-r2").worded("都")
FILLS = {styles.LABELS[role].get("bg_color") for role in (Role.LABEL, Role.HEADING, Role.TOTAL)}
"""The greys of headings and sums: nothing else has a colour."""

LEAST_POINTS = 6.5


@pytest.fixture(scope="module", params=sources())
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year with both of its editions, PDF and all."""
    made = json_year(tmp_path_factory.mktemp(request.param) / "R2", sources()[request.param])
    assert publish(made, REQUESTS).is_new
    decide(made)
    assert publish(made, DECISIONS).is_new
    return made


def _book(folder: Path) -> Path:
    return folder / f"R2_{folder.name[2:]}.xlsx"


def _plans(folder: Path) -> dict[str, Plan]:
    return {
        f"NO {no}": printed_sheet(
            "", one, FORM, year=FiscalYear(2020), first_choices={}, notes={}
        ).plan
        for no, one in documents_of(folder).items()
    }


def _worksheets(folder: Path) -> Iterator[Worksheet]:
    yield from values_of(_book(folder).read_bytes()).worksheets


def _texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize("edition", [FIRST, SECOND], ids=[REQUESTS, DECISIONS])
def test_pdf__has_a_page_a_sheet_in_the_order_of_no_and_every_word_in_its_box(
    year: Path, edition: Path
) -> None:
    folder = year / edition
    pages = pdf_pages(_book(folder).with_suffix(".pdf"))
    sheets = expected_publication(_book(folder).read_bytes(), _plans(folder))
    assert (len(pages), len(sheets)) == (9, 9)
    for sheet, words in zip(sheets, pages, strict=True):
        assert misprints(sheet, words, LEAST_POINTS) == []
    assert [{word.text for word in words} & {*map(str, NUMBERS)} for words in pages] == [
        {str(no)} for no in NUMBERS
    ]


@pytest.mark.parametrize("edition", [FIRST, SECOND], ids=[REQUESTS, DECISIONS])
def test_sheet__has_each_block_beside_its_heading(year: Path, edition: Path) -> None:
    documents = documents_of(year / edition)
    blocks = {
        field.caption: pointer
        for pointer, field in FORM.fields.items()
        if field.number and pointer.startswith("/")
    }
    assert len(blocks) == 13
    for no, sheet in zip(documents, _worksheets(year / edition), strict=True):
        for caption, pointer in blocks.items():
            assert _beside(sheet, caption) == get(documents[no], pointer), (no, caption)


def _beside(sheet: Worksheet, caption: str) -> object:
    """Return what stands right of a heading, whatever is merged."""
    (heading,) = [c for row in sheet.iter_rows() for c in row if c.value == caption]
    merged = [one for one in sheet.merged_cells.ranges if heading.coordinate in one]
    right = merged[0].max_col if merged else heading.column
    return sheet.cell(heading.row, right + 1).value


@pytest.mark.parametrize("edition", [FIRST, SECOND], ids=[REQUESTS, DECISIONS])
def test_sheet__has_subtotals_only_with_lines_and_no_more(year: Path, edition: Path) -> None:
    documents = documents_of(year / edition)
    for no, sheet in zip(documents, _worksheets(year / edition), strict=True):
        texts, document = _texts(sheet), documents[no]
        groups = list(dict.fromkeys(line["part"] for line in document["lines"] if line["part"]))
        assert texts.count("小計") == len(groups)
        assert [one for one in texts if one in ("レベルアップ分", "経常経費分")] == groups
        for text in ("入力もれ", "結果", "要求書ID", "所管課コード"):
            assert text not in texts


def test_sheet__has_no_amount_beside_what_is_asked_for_before_it_is_decided(year: Path) -> None:
    for sheet in _worksheets(year / FIRST):
        (heading,) = [c for row in sheet.iter_rows() for c in row if c.value == "予算額"]
        column = [sheet.cell(row, heading.column).value for row in range(heading.row + 1, 30)]
        assert set(column) == {None}


def test_sheet__has_what_was_decided_and_is_word_for_word_the_first_otherwise(year: Path) -> None:
    for first, second in zip(_worksheets(year / FIRST), _worksheets(year / SECOND), strict=True):
        (heading,) = [c for row in first.iter_rows() for c in row if c.value == "予算額"]
        reason = _beside_cell(second, "14 編成の考え方")
        for row in first.iter_rows():
            for cell in row:
                now = second[cell.coordinate].value
                may_differ = cell.column == heading.column or cell.coordinate == reason
                assert may_differ or now == cell.value, (first.title, cell.coordinate)
        document = documents_of(year / SECOND)[int(first.title.split()[1])]
        amount, _, why = DECIDED[document["id"]]
        assert second[reason].value == why
        column = [second.cell(row, heading.column).value for row in range(heading.row, 30)]
        assert amount in column
        assert {s["budgeted"] for s in document["subtotals"]} <= {*column}
        assert {s["budgeted"] for s in document["funding"].values()} <= {*column, None}


def _beside_cell(sheet: Worksheet, caption: str) -> str:
    (heading,) = [c for row in sheet.iter_rows() for c in row if c.value == caption]
    merged = [one for one in sheet.merged_cells.ranges if heading.coordinate in one]
    right = merged[0].max_col if merged else heading.column
    return str(sheet.cell(heading.row, right + 1).coordinate)


@pytest.mark.parametrize("edition", [FIRST, SECOND], ids=[REQUESTS, DECISIONS])
def test_book__is_the_printed_form_and_nothing_else(year: Path, edition: Path) -> None:
    book = openpyxl.load_workbook(_book(year / edition))
    assert [sheet.title for sheet in book] == [f"NO {no}" for no in NUMBERS]
    assert list(book.defined_names) == []
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert sheet.sheet_view.tabSelected
        assert list(sheet.defined_names) in ([], ["_xlnm.Print_Area"])
        assert sheet.data_validations.dataValidation == []
        assert not sheet.conditional_formatting
        assert str(sheet.page_setup.paperSize) == "9"
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        assert {fill for fill in _fills(sheet)} <= {one.lstrip("#") for one in FILLS if one}
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.comment or cell.hyperlink] == []
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def _fills(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.fill.fill_type is not None:
                assert cell.fill.fill_type == "solid"
                yield cell.fill.fgColor.rgb[-6:]


_MACHINE = re.compile(rb"/root\b|localhost|/tmp/|/home/|[Uu]sers[/\\]|pytest|yosan-xl-pdf")


@pytest.mark.parametrize("edition", [FIRST, SECOND], ids=[REQUESTS, DECISIONS])
def test_files__say_nothing_of_people_machines_or_paths(year: Path, edition: Path) -> None:
    for name, data in _parts(year / edition):
        assert not _MACHINE.search(data), (name, _MACHINE.search(data))
        assert name.rpartition("/")[2] not in ("comments1.xml", "vmlDrawing1.vml", "custom.xml")
    core = dict(_parts(year / edition))[f"{_book(year / edition).name}/docProps/core.xml"]
    for element in (b"<dc:creator></dc:creator>", b"<cp:lastModifiedBy></cp:lastModifiedBy>"):
        assert element in core
    assert b"2019-09-01T00:00:00Z</dcterms:created>" in core
    pdf = _book(year / edition).with_suffix(".pdf")
    said = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    facts: dict[str, Any] = dict(re.split(r":\s*", line, maxsplit=1) for line in said.splitlines())
    assert "Author" not in facts
    assert {*facts} & {"Subject", "Keywords", "ModDate"} == set()
    # JSON has no time: then it is the first day of the fiscal year.
    as_of = data_of(year / edition)["as_of"] or "2020-04-01T00:00:00Z"
    made = datetime.strptime(facts["CreationDate"], "%a %b %d %H:%M:%S %Y %Z")
    assert made == datetime.fromisoformat(as_of).replace(tzinfo=None, microsecond=0)


def _parts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a publication, and of workbooks every part."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for entry in book.infolist():
                    assert entry.date_time == (1980, 1, 1, 0, 0, 0)
                    yield f"{path.name}/{entry.filename}", book.read(entry)
        else:
            yield path.name, path.read_bytes()


def test_pdf__is_the_same_bytes_when_it_is_made_again(year: Path, tmp_path: Path) -> None:
    again = json_year(tmp_path / "R2", handed_in(year))
    publish(again, REQUESTS)
    name = "R2_要求状況.pdf"
    assert (again / FIRST / name).read_bytes() == (year / FIRST / name).read_bytes()


def _handed_in(year: Path) -> Iterator[dict[str, Any]]:
    yield from handed_in(year)
