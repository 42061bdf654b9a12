"""Twelve ways in which a book comes back broken: each is one finding, at its cause.

Every edit is one that somebody makes in a spreadsheet program: what is locked is first unprotected,
and the results of formulas are saved as the program would compute them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import SECTIONED, cell, documents, label, line, recalculate
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.form.area import parse_a1
from yosan_xl.model.finding import Finding, Weight, fails
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.validate import validate

BOOK, SHEET = "0206_国保年金課.xlsx", "要求書1"
DOCUMENT = documents(SECTIONED)[0]
TOTAL = cell("/total/requested")
GENERAL = cell("/funding/general/amount")

Edit = Callable[[Editor], None]


def typed(text: str) -> Edit:
    """Type a text into the first amount: the sheet's own SUM counts it as 0."""

    def edit(book: Editor) -> None:
        book.put_text(SHEET, line("requested"), text)
        document = copy.deepcopy(DOCUMENT)
        document["lines"][0]["requested"] = None
        recalculate(book, document)

    return edit


def empty_block(book: Editor) -> None:
    book.clear(SHEET, cell("/description"))


def unknown_category(book: Editor) -> None:
    book.put_text(SHEET, cell("/category"), "拡充事業")


def overwritten(book: Editor) -> None:
    book.unprotect(SHEET)
    book.put_number(SHEET, TOTAL, 91_000)
    book.put_saved(SHEET, GENERAL, 79_000)


def overwritten_alike(book: Editor) -> None:
    book.unprotect(SHEET)
    book.put_number(SHEET, TOTAL, book.text(SHEET, TOTAL))


def deleted_line_row(book: Editor) -> None:
    book.unprotect(SHEET)
    book.delete_row(SHEET, parse_a1(line("requested", 5))[0])


def deleted_label_row(book: Editor) -> None:
    book.unprotect(SHEET)
    book.delete_row(SHEET, label("3 事業説明文").top)


def renamed(book: Editor) -> None:
    book.rename(SHEET, "糖尿病予防")


def inserted_column(book: Editor) -> None:
    book.unprotect(SHEET)
    book.insert_column(SHEET, parse_a1(line("requested"))[1])


def never_calculated(book: Editor) -> None:
    book.drop_saved()


def found_in(year: Path, edit: Edit) -> tuple[Finding, ...]:
    """Give the findings of a year folder whose one book was edited."""
    book = Editor((year / "提出" / BOOK).read_bytes())
    edit(book)
    (year / "提出" / BOOK).write_bytes(book.data())
    return validate([], year).findings


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2", documents(SECTIONED))
    hand_in_filled(made)
    return made


def assert_primary(
    findings: tuple[Finding, ...], code: str, weight: Weight, sheet: str, where: str | None
) -> None:
    """Assert that the first finding is the cause, and that all others are mere notes on it."""
    assert findings, "nothing was found"
    shown = list(map(str, findings))
    first, *notes = findings
    place = (first.place.file, first.place.sheet, first.place.cell)
    assert (first.code, first.weight, place) == (code, weight, (BOOK, sheet, where)), shown
    assert {note.weight for note in notes} <= {Weight.INFO}, shown
    assert fails(findings, Weight.ERROR) == (weight is Weight.ERROR)
    assert fails(findings, Weight.WARNING) == (weight is not Weight.INFO)


@pytest.mark.parametrize(
    ("edit", "code", "where"),
    [
        pytest.param(typed("約2千万"), "YX121", line("requested"), id="text-in-an-amount"),
        pytest.param(typed("１，２３４"), "YX120", line("requested"), id="full-width-with-comma"),
        pytest.param(typed("１２３４"), "YX120", line("requested"), id="full-width"),
        pytest.param(empty_block, "YX101", cell("/description"), id="required-block-empty"),
        pytest.param(unknown_category, "YX302", cell("/category"), id="category-not-in-the-list"),
        pytest.param(overwritten, "YX042", TOTAL, id="formula-overwritten"),
        pytest.param(deleted_line_row, "YX036", None, id="line-item-row-deleted"),
        pytest.param(deleted_label_row, "YX036", None, id="label-row-deleted"),
    ],
)
def test_error__is_one_finding_at_its_cell(
    edit: Edit, code: str, where: str | None, year: Path
) -> None:
    assert_primary(found_in(year, edit), code, Weight.ERROR, SHEET, where)


def test_error__last_years_book_is_told_alone(year: Path) -> None:
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    assert settings.count("令和2年度") > 1
    later = settings.replace("令和2年度", "令和3年度")
    (year / "yosan.toml").write_text(later, encoding="utf-8")
    findings = found_in(year, lambda book: None)
    assert len(findings) == 1
    assert_primary(findings, "YX032", Weight.ERROR, SHEET, cell("/fiscal_year"))


@pytest.mark.parametrize(
    ("edit", "code", "weight", "sheet", "where"),
    [
        pytest.param(renamed, "YX053", Weight.INFO, "糖尿病予防", None, id="sheet-renamed"),
        pytest.param(inserted_column, "YX038", Weight.INFO, SHEET, None, id="column-inserted"),
        pytest.param(never_calculated, "YX045", Weight.WARNING, SHEET, TOTAL, id="no-results"),
        pytest.param(overwritten_alike, "YX041", Weight.WARNING, SHEET, TOTAL, id="same-number"),
    ],
)
def test_warning__is_one_finding_and_no_error(
    edit: Edit, code: str, weight: Weight, sheet: str, where: str | None, year: Path
) -> None:
    assert_primary(found_in(year, edit), code, weight, sheet, where)


def row_of_line(row: int) -> int:
    group, index = (0, row) if row < 8 else (1, row - 8)
    return parse_a1(line("requested", index, group))[0]


FILLED = (0, 1, 8)
WITH_A_FIELD_BESIDE = (5, 9)
"""Rows of lines in which 4 背景 and 5 要求する事業内容 begin."""


@pytest.mark.parametrize("row", [*FILLED, *WITH_A_FIELD_BESIDE])
def test_error__every_filled_line_row_is_missed_and_keeps_the_request_out(
    row: int, year: Path
) -> None:
    findings = found_in(year, lambda book: book.delete_row(SHEET, row_of_line(row)))
    assert_primary(findings, "YX036", Weight.ERROR, SHEET, None)
    done = consolidate([], year)
    assert (done.counted, done.left_out) == (0, 1)


@pytest.mark.parametrize("row", sorted({*range(14)} - {*FILLED, *WITH_A_FIELD_BESIDE}))
def test_note__an_empty_line_row_is_not_missed(row: int, year: Path) -> None:
    findings = found_in(year, lambda book: book.delete_row(SHEET, row_of_line(row)))
    assert [finding.code for finding in findings] == ["YX038"]
    assert findings[0].weight is Weight.INFO
    done = consolidate([], year)
    assert (done.counted, done.requested) == (1, 90_955)


@pytest.mark.parametrize("row", [3, 10])
def test_error__a_deleted_row_of_which_no_sum_tells(row: int, year: Path) -> None:
    def edit(book: Editor) -> None:
        book.delete_row(SHEET, row_of_line(row))
        book.drop_saved()

    assert "YX036" in {finding.code for finding in found_in(year, edit)}


@pytest.mark.parametrize("row", range(14))
def test_untouched__a_hidden_row_without_an_entry_is_no_finding(row: int, year: Path) -> None:
    found = found_in(year, lambda book: book.hide_row(SHEET, row_of_line(row)))
    assert [finding.code for finding in found] == (
        ["YX054"] if row in (*FILLED, *WITH_A_FIELD_BESIDE) else []
    )


def test_untouched__has_no_finding(year: Path) -> None:
    assert found_in(year, lambda book: None) == ()
