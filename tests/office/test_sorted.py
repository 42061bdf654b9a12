"""Whoever unprotects a sheet and sorts it still sees right figures, in LibreOffice.

Every filtered range of every sheet is sorted by one column of four (by each: `sh scripts/exam sorted`), with wrong
values saved beside all formulas: what is compared was computed after the sorting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from tests.excel.summary import any_form
from tests.excel.summary.samples import SETTINGS, against, many, nine, roster, row
from tests.excel.summary.staged import STAGES, asks_again, requests, staged_bytes
from tests.forms.years import form_text
from tests.lazy_book import lazy_book
from tests.office.office import Book, Office
from tests.office.recalculated import WRONG, plant_wrong_caches
from tests.usecases.year import EXAMPLE
from tests.years import R3
from yosan_xl.excel.checked import workbook
from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.styles import DEFAULT_FONT
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.table_books import comparison_bytes, trend_bytes
from yosan_xl.form.load import parse_definition
from yosan_xl.model.comparison import By
from yosan_xl.model.decision import Value as DecidedValue
from yosan_xl.model.decision import request_key
from yosan_xl.model.intake import Doubtful, Intake
from yosan_xl.usecases.compare import compare, trend

pytestmark = pytest.mark.slow


Values = Mapping[tuple[int, int], object]
"""What stands in the cells of a sheet, by row and column (from 1)."""


def summary_of_two_years(count: int) -> bytes:
    """Give the summary of the nine and so many requests of many accounts with last year's, some of them not counted."""
    rows = [*nine(), *many(count)]
    before = [replace(one, source=replace(one.source, file="前年度")) for one in many(count)]
    doubtful = [
        Doubtful(row(at, title=f"未算入{at}", total={"requested": 7**at}), "誤りがあります。")
        for at in range(1, 5)
    ]
    left_out, anyway, again = map(tuple, (doubtful[:2], doubtful[2:3], doubtful[3:]))
    intake = Intake(9, left_out=left_out, anyway=anyway, again=again)
    last_year = against(rows, before)
    return summary_bytes(rows, (), SETTINGS, roster(), intake, last_year)


def summary_with_stages() -> bytes:
    """Give the summary of a year whose third stage is open, with a 復活要求."""
    one, *others = requests()
    rows = [asks_again(one, 55, "必要なため。"), *others]
    before = [replace(row(1), source=replace(row(1).source, file="前年度"))]
    closed, last_year = ["財政課", "区長"], against(rows, before)
    return staged_bytes(rows, closed=closed, last_year=last_year)


def summary_of_a_form(name: str, count: int) -> bytes:
    """Give the summary of a form with its last year."""
    own = parse_definition(form_text(name).encode(), "form.toml")
    chance = Random(name)
    rows, before = (any_form.rows_of(own, count, chance) for _ in "12")
    before = [replace(one, source=replace(one.source, file="前年度")) for one in before]
    last_year = any_form.against(rows, before)
    return summary_bytes(rows, (), any_form.SETTINGS, any_form.ROSTER, None, last_year, form=own)


def prefecture_with_stages() -> bytes:
    """Give the summary of a prefecture's form in the last of three stages, the sources decided too."""
    form = parse_definition(form_text("prefecture").encode(), "form.toml")
    rows = any_form.rows_of(form, 8, Random(3))
    settings = replace(any_form.SETTINGS, stages=STAGES)
    verdicts = ("要求どおり", "一部減額", "保留")
    typed: dict[tuple[str, str, str], DecidedValue] = {}
    for at, (stage, one) in enumerate(product(STAGES, rows)):
        request = request_key(one.request.id, one.source)
        typed[stage.name, request, "verdict"] = verdicts[at % 3]
        if at % 3 == 1:
            typed[stage.name, request, "decided/total"] = at
    closed = [stage.name for stage in STAGES[:2]]
    return staged_bytes(rows, typed, closed, settings, form)


BOOKS: Mapping[str, Callable[[], bytes]] = {
    "two years": lambda: summary_of_two_years(6),
    "stages": summary_with_stages,
    "small town": lambda: summary_of_a_form("small_town", 6),
    "compare": lambda: comparison_bytes(compare(str(EXAMPLE), str(R3), By.CATEGORY).comparison),
    "trend": lambda: trend_bytes(trend([str(EXAMPLE), str(R3)], By.KAN).trend),
}


LONG: Mapping[str, Callable[[], bytes]] = {
    "two years": lambda: summary_of_two_years(60),
    "prefecture": lambda: summary_of_a_form("prefecture", 20),
    "prefecture with stages": prefecture_with_stages,
    "municipal-1": lambda: summary_of_a_form("municipal-1", 20),
}
"""Books whose examination takes minutes (`sh scripts/exam sorted`)."""


@pytest.mark.parametrize("name", list(BOOKS))
def test_sorted__by_a_column_every_figure_is_right(
    name: str, office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(BOOKS[name]())
    assert sorted_everywhere(office, path, tmp_path) > 3


def test_sorted__a_sum_of_cells_above_it_would_be_seen(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    out = BytesIO()
    with workbook(out, title="表", year=2020, default_font=DEFAULT_FONT) as book:
        sheet = book.add_worksheet("表")
        contents: list[Content] = ["額", 3, 1, Formula("=SUM(A2:A3)", 4), 2]
        for at, content in enumerate(contents):
            sheet.write(at, 0, content)
        sheet.autofilter(0, 0, 4, 0)
        sheet.protect()
    path.write_bytes(out.getvalue())
    with pytest.raises(AssertionError, match="Counter"):
        sorted_everywhere(office, path, tmp_path)


def sorted_everywhere(
    office: Office, path: Path, folder: Path, only: Collection[str] = (), step: int = 4
) -> int:
    """Sort every filtered range, or that of some sheets `only`, by each `step`-th column and compare all figures; return how many times that was."""
    wrong = folder / "wrong.xlsx"
    assert plant_wrong_caches(path, wrong)
    saved = lazy_book(path, values=True)
    areas = {
        one.title: str(one.auto_filter.ref)
        for one in saved
        if one.auto_filter.ref and (not only or one.title in only)
    }
    expected = {
        one.title: {
            (cell.row, cell.column): plain(cell.value)
            for line in one.iter_rows()
            for cell in line
            if cell.value not in (None, "")
        }
        for one in saved
    }
    book, times = office.open(wrong), 0
    try:
        assert WRONG in {value for name in areas for value in shown(office, book, name).values()}
        for name, area in areas.items():
            (top, left), (bottom, right) = corners(area)
            orders = orders_of(right - left + 1, step) if bottom > top + 1 else ()
            for column, descending in orders:
                office.sort(book, name, area, column, descending=descending)
                office.recalculate(book)
                check(shown(office, book, name), expected[name], area)
                times += 1
        # Nor did the sorting of a sheet change another.
        for name, values in expected.items():
            check(shown(office, book, name), values, areas.get(name, "A1:A1"))
    finally:
        office.close(book)
    return times


def orders_of(columns: int, step: int) -> list[tuple[int, bool]]:
    """Return by which columns an area is sorted, and whether descending: by each `step`-th ascending, by some descending too."""
    ascending = ((column, False) for column in range(0, columns, step))
    return [(0, True), *ascending, (columns // 2, True)]


def check(seen: Values, expected: Values, area: str) -> None:
    """Assert that the rows of an area are those that were there, in any order, and all else stands as it was."""
    assert rest_of(seen, area) == rest_of(expected, area)
    assert rows_of(seen, area) == rows_of(expected, area)


def rows_of(values: Values, area: str) -> Counter[frozenset[tuple[int, object]]]:
    """Return the rows below the headings of an area, and how often each is there."""
    found: dict[int, list[tuple[int, object]]] = {}
    for (at, column), value in values.items():
        if is_in(at, column, area):
            found.setdefault(at, []).append((column, value))
    return Counter(map(frozenset, found.values()))


def rest_of(values: Values, area: str) -> dict[tuple[int, int], object]:
    """Return what stands outside an area."""
    return {place: value for place, value in values.items() if not is_in(*place, area)}


def is_in(at: int, column: int, area: str) -> bool:
    (top, left), (bottom, right) = corners(area)
    return top < at <= bottom and left <= column <= right


def corners(area: str) -> tuple[tuple[int, int], ...]:
    """Return the first and the last cell of an area (A1), as row and column."""
    return tuple(map(coordinate_to_tuple, area.split(":")))


def shown(office: Office, book: Book, sheet: str) -> dict[tuple[int, int], object]:
    """Return what stands on a sheet now."""
    cells = office.used(book, sheet)
    values = {place_of(cell.a1): plain(cell.value) for cell in cells}
    return {place: value for place, value in values.items() if value not in (None, "")}


place_of = lru_cache(None)(coordinate_to_tuple)


@lru_cache(50_000)
def _rounded(text: str) -> Decimal:
    return round(Decimal(text), 6).normalize()


def plain(value: object) -> object:
    """Return a number as it compares, whoever wrote it, and a text without its carriage returns."""
    if isinstance(value, int | float | Decimal):
        return _rounded(str(value))
    return value


def main() -> int:
    """Sort every sheet of larger books by every column; return the exit code."""
    office = Office(600)
    try:
        for name, made in {**BOOKS, **LONG}.items():
            with TemporaryDirectory() as folder:
                path = Path(folder) / "book.xlsx"
                path.write_bytes(made())
                times = sorted_everywhere(office, path, Path(folder), step=1)
                print(f"{name}: sorted {times} times, every figure as it was", flush=True)
    finally:
        office.stop()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
