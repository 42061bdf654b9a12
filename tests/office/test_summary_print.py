"""Every sheet of the summary and of other tables on paper: letters to be read, whole figures, nothing beyond the page (LibreOffice, poppler)."""

from __future__ import annotations

import itertools
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from itertools import pairwise
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest

from tests.excel.pages import WORD_EM
from tests.excel.summary import any_form
from tests.excel.summary.samples import SETTINGS, against, many, nine, roster, row
from tests.excel.summary.staged import STAGES, Entries, requests, staged_bytes
from tests.forms.years import form_text
from tests.office.office import Office
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.table_books import trend_bytes
from yosan_xl.form.load import parse_definition
from yosan_xl.model.comparison import By
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.resources import data_root
from yosan_xl.usecases.compare import trend

pytestmark = pytest.mark.slow

LEAST = 7.0
"""Points of the smallest letters: on A3 of 一覧, 査定 and a wide 査定経過, on A4 of every other sheet."""

EXAMPLES = data_root() / "examples"
LARGE = ("一覧", "査定", "査定経過")
LONG = "国民健康保険事業費納付金及び後期高齢者支援金等に係る特別会計繰出金"


def _before(rows: Sequence[SummaryRow]) -> list[SummaryRow]:
    return [replace(one, source=replace(one.source, file="前年度")) for one in rows]


def _nine() -> bytes:
    return summary_bytes(nine(), (), SETTINGS, roster())


@cache
def _many_and_last_year() -> bytes:
    rows = many(80)
    return summary_bytes(rows, (), SETTINGS, roster(), None, against(rows, _before(many(40))))


def _long_names() -> bytes:
    unit = {"code": "9999", "bureau": LONG, "section": LONG}
    rows = [
        row(at, no=at, kan=f"{LONG}{at % 3}", title=LONG * 2, account=LONG, department=unit)
        for at in range(1, 13)
    ]
    rows.append(row(20, no=20, total={"requested": 99_999_999_999}))
    return summary_bytes(rows, (), SETTINGS, roster())


@cache
def _town_with_stages() -> bytes:
    typed: Entries = {
        (stage, f"0301-{at}", "reason"): LONG * 4 for stage in ("財政課", "区長") for at in (1, 2)
    }
    return staged_bytes(requests(), typed, closed=["財政課", "区長"])


def _of(form: str) -> bytes:
    own = parse_definition(form_text(form).encode(), "form.toml")
    rows = any_form.rows_of(own, 25, Random(form))
    settings = any_form.SETTINGS
    if form == "prefecture":
        settings = replace(settings, stages=STAGES)
    return summary_bytes(rows, (), settings, any_form.ROSTER, form=own)


MADE: dict[str, Callable[[], bytes]] = {
    "nine": _nine,
    "many": _many_and_last_year,
    "long": _long_names,
    "stages": _town_with_stages,
    "municipal-1": lambda: _of("municipal-1"),
    "prefecture": lambda: _of("prefecture"),
    "small_town": lambda: _of("small_town"),
}


@pytest.mark.parametrize("made", MADE)
def test_summary__prints_in_letters_to_be_read(made: str, office: Office, tmp_path: Path) -> None:
    (tmp_path / "集計.xlsx").write_bytes(MADE[made]())
    printed = _printed(office, tmp_path / "集計.xlsx")
    count, numbers = sum(map(len, printed.values())), itertools.count(1)
    for name, pages in printed.items():
        assert pages, name
        large = [one for one in pages if one.width > 900]
        assert not large or (name in LARGE and large == pages), name
        for page in pages:
            number = next(numbers)
            assert _problems(page) == [], (name, number)
            assert f"{number} / {count}" in page.text, (name, number)


def test_detail__prints_a_page_that_says_what_it_is(office: Office, tmp_path: Path) -> None:
    (tmp_path / "集計.xlsx").write_bytes(_many_and_last_year())
    (page,) = _printed(office, tmp_path / "集計.xlsx", ["明細"])["明細"]
    assert "プログラムで使う表のため、印刷は先頭だけです" in page.text


def test_listing__says_on_every_page_which_request_a_row_is(office: Office, tmp_path: Path) -> None:
    (tmp_path / "集計.xlsx").write_bytes(_town_with_stages())
    pages = _printed(office, tmp_path / "集計.xlsx", ["一覧"])["一覧"]
    assert len(pages) > 1
    for page in pages:
        assert {"NO", "事業名", "事業4", "単位：千円"} <= set(page.text.split())


@pytest.mark.parametrize("by", [By.KAN, By.REQUEST])
def test_trend__its_chart_is_on_one_page(by: By, office: Office, tmp_path: Path) -> None:
    years = [str(EXAMPLES / "R2"), str(EXAMPLES / "R3")]
    path = tmp_path / "推移.xlsx"
    path.write_bytes(trend_bytes(trend(years, by).trend))
    pages = _printed(office, path, ["推移"])["推移"]
    assert [one for page in pages for one in _problems(page)] == []
    # The scale of the chart is at its left, from 0 up to more than all years ask for.
    scales = [page for page in pages if re.search(r"(^| )50,000 ", page.text)]
    assert len(scales) == 1
    assert all(f" {at}00,000 " in scales[0].text for at in (1, 2, 3, 4))


class _Page:
    """A page of a PDF: its size (pt) and its words with their boxes."""

    def __init__(self, element: ElementTree.Element) -> None:
        self.width, self.height = (float(element.attrib[key]) for key in ("width", "height"))
        words = list(element.iterfind("{*}word"))
        self.words = [(word.text or "", _box(word)) for word in words]
        self.text = " ".join(text for text, _ in self.words)


def _box(word: ElementTree.Element) -> tuple[float, ...]:
    return tuple(float(word.attrib[key]) for key in ("xMin", "yMin", "xMax", "yMax"))


def _problems(page: _Page) -> list[str]:
    found = ["###"] if "##" in page.text else []
    for text, (left, top, right, bottom) in page.words:
        if round((bottom - top) / WORD_EM, 2) < LEAST:
            found.append(f"{text} has {(bottom - top) / WORD_EM:.2f} pt")
        if not (0 < left < right < page.width and 0 < top < bottom < page.height):
            found.append(f"{text} is beyond the page")
    return found


def _printed(office: Office, path: Path, names: Sequence[str] = ()) -> dict[str, list[_Page]]:
    """Print sheets, all that are visible where none is named; return the pages of each."""
    book, pdf = office.open(path), path.with_suffix(".pdf")
    names = names or [one.name for one in office.sheets(book) if one.visible]
    office.save_pdf(book, pdf, names)
    office.close(book)
    pages, first = _pages(pdf), _first_pages(pdf)
    ends = [*[first[name] for name in names], len(pages) + 1]
    return {
        name: pages[start - 1 : end - 1]
        for name, (start, end) in zip(names, pairwise(ends), strict=True)
    }


def _first_pages(pdf: Path) -> dict[str, int]:
    """Return on which page each sheet begins, by the bookmarks of a PDF."""
    command = ["pdftohtml", "-xml", "-i", "-stdout", str(pdf)]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    found = re.findall(r'<item page="([0-9]+)">([^<]*)</item>', text)
    return {unescape(name): int(page) for page, name in found}


def _pages(path: Path) -> list[_Page]:
    command = ["pdftotext", "-bbox", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    # What staff typed may hold characters that stand in no XML.
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    return [_Page(one) for one in ElementTree.fromstring(text).iterfind(".//{*}page")]
