"""What people do to a form: sheets, rows, columns, names, labels, formulas, protection, stamp."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from tests.corpus.book import (
    AMOUNT,
    FIRST,
    SECTIONED_TOTAL,
    SHEET,
    THREE_TOTAL,
    TOTAL,
    WORKBOOK,
    Parts,
    changed,
    edited,
    sectioned,
    three,
    with_text,
)
from tests.corpus.expect import Entry, Expectation, Refused, accepted, left_out
from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import SECOND, cell, label, line, plan
from yosan_xl.form import stamp

Edit = Callable[[Editor], object]

_FINE = accepted(TOTAL)
_RENAMED = accepted(TOTAL, "YX053")
_GONE = left_out(TOTAL, "YX036")
_TOTAL, _GENERAL = cell("/total/requested"), cell("/funding/general/amount")


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for name, (edit, expect) in {**_SHEETS, **_FORM, **_FORMULAS, **_TEXTS}.items():
        yield Entry(name, edited(edit), expect)
    for name, (edit, expect) in _OF_THREE.items():
        yield Entry(name, edited(edit, three), expect)
    for state in ("hidden", "veryHidden"):
        build = with_text(WORKBOOK, f'name="{SHEET}"', f'name="{SHEET}" state="{state}"')
        yield Entry(f"sheet-{state}", build, accepted(TOTAL, "YX054"))
    yield Entry("sheet-moved", changed(_swapped), _FINE)
    yield from _lines_moved()
    yield from _stamps()


def _swapped(whole: Parts) -> Mapping[str, str]:
    """Drag 要求書1 to the front, and はじめに to its place: the names know their sheets by number."""
    text = whole[WORKBOOK].decode()
    sheets = re.findall(r"<sheet [^>]*/>", text)
    order = [sheets[2], sheets[1], sheets[0], *sheets[3:]]
    number = {"0": "2", "2": "0"}
    names = re.sub(r'localSheetId="([02])"', lambda m: f'localSheetId="{number[m[1]]}"', text)
    return {WORKBOOK: names.replace("".join(sheets), "".join(order))}


def _lines_moved() -> Iterator[Entry]:
    """Rows and columns inserted anywhere are read right; a deleted one is told."""
    for row in (0, 3, 5, 6, 8, 12, 20, 24, 35):
        yield Entry(
            f"row-{row}-in", edited(partial(_insert_row, row=row)), accepted(TOTAL, "YX038")
        )
    for column in (0, 4, 7, 8, 12, 16):
        build = edited(partial(_insert_column, column=column))
        yield Entry(f"column-{column}-in", build, accepted(TOTAL, "YX038"))
    for name, pointer in {
        "title": "/title",
        "general": "/funding/general/amount",
        "total": "/total/requested",
    }.items():
        row = plan().by_name()[_name(pointer)].area.top
        yield Entry(f"row-{name}-out", edited(partial(_delete_row, row=row)), _GONE)
    lines = plan().by_name()["yx_lines1_requested"].area
    # The line shared its row with 要求区分; the sheet's saved sums still count its 4,001千円.
    yield Entry(
        "row-of-a-line-out",
        edited(partial(_delete_row, row=lines.top)),
        left_out(TOTAL - FIRST, "YX036", "YX044"),
    )
    yield Entry(
        "row-of-no-line-out",
        edited(partial(_delete_row, row=lines.bottom)),
        accepted(TOTAL, "YX038"),
    )
    yield Entry(
        "column-of-amounts-out",
        edited(partial(_delete_column, column=lines.left)),
        left_out(0, "YX036"),
    )


def _insert_row(book: Editor, row: int) -> None:
    book.insert_row(SHEET, row)


def _delete_row(book: Editor, row: int) -> None:
    book.delete_row(SHEET, row)


def _insert_column(book: Editor, column: int) -> None:
    book.insert_column(SHEET, column)


def _delete_column(book: Editor, column: int) -> None:
    book.delete_column(SHEET, column)


def _name(pointer: str) -> str:
    return next(slot.name for slot in plan().slots if slot.pointer == pointer)


def _copy_with(number: int | None) -> Edit:
    """Copy the sheet; with a number, ask another amount in the copy."""

    def edit(book: Editor) -> None:
        copy = book.copy_sheet(SHEET)
        if number is not None:
            book.put_number(copy, AMOUNT, number)

    return edit


def _point(name: str, other: str) -> Edit:
    return lambda book: book.point_name(SHEET, name, book.refers_to(SHEET, other))


def _exchange(name: str, other: str) -> Edit:
    """Let two names say each other's cell."""

    def edit(book: Editor) -> None:
        cell = book.refers_to(SHEET, name)
        book.point_name(SHEET, name, book.refers_to(SHEET, other))
        book.point_name(SHEET, other, cell)

    return edit


def _named_copy(name: str) -> Edit:
    def edit(book: Editor) -> None:
        book.rename(book.copy_sheet(SHEET), name)

    return edit


_SHEETS: Mapping[str, tuple[Edit, Expectation]] = {
    "renamed": (lambda b: b.rename(SHEET, "電子化"), _RENAMED),
    "renamed-quoted": (lambda b: b.rename(SHEET, "税務 '電子化' (1)"), _RENAMED),
    "renamed-like-a-cell": (lambda b: b.rename(SHEET, "R2"), _RENAMED),
    "copied": (_copy_with(None), accepted(TOTAL, "YX035")),
    "copied-with-another-amount": (
        _copy_with(5_000),
        accepted(TOTAL, "YX034", "YX044", "YX505"),
    ),
    "copied-and-renamed": (_named_copy("控え"), accepted(TOTAL, "YX035")),
    "unprotected": (lambda b: b.unprotect(SHEET), accepted(TOTAL, "YX039")),
    "stamp-renamed": (lambda b: b.rename(stamp.SHEET, "控え"), _FINE),
    "guide-renamed": (lambda b: b.rename("はじめに", "記入のしかた"), _FINE),
}
_FORM: Mapping[str, tuple[Edit, Expectation]] = {
    "names-lost": (lambda b: b.drop_names(SHEET), accepted(TOTAL, "YX048")),
    "name-lost": (lambda b: b.drop_name(SHEET, "yx_title"), _GONE),
    "name-of-total-lost": (lambda b: b.drop_name(SHEET, "yx_total_requested"), left_out(TOTAL, "YX036")),
    "name-nowhere": (lambda b: b.point_name(SHEET, "yx_title", f"{SHEET}!#REF!"), _GONE),
    "name-on-other-sheet": (lambda b: b.point_name(SHEET, "yx_title", "積算!$B$4"), _GONE),
    "name-of-title-to-text": (_point("yx_title", "yx_description"), accepted(TOTAL, "YX092", "YX695", "YX105")),
    "name-of-title-and-text": (_exchange("yx_title", "yx_description"), accepted(TOTAL, "YX695", "YX105")),
    "name-of-texts": (_exchange("yx_outcome", "yx_schedule"), accepted(TOTAL, "YX695", "YX101")),
    "name-of-choice": (_exchange("yx_category", "yx_plans"), accepted(TOTAL, "YX695", "YX302")),
    "name-of-funding": (_exchange("yx_funding_general_name", "yx_funding_other_name"), left_out(TOTAL, "YX695")),
    "name-is-a-formula": (lambda b: b.point_name(SHEET, "yx_title", "OFFSET(要求書1!$B$4,1,0)"), _GONE),
    "label-changed": (lambda b: b.put_text(SHEET, label("3 事業説明文").first, "概要"), accepted(TOTAL, "YX037")),
    "label-emptied": (lambda b: b.clear(SHEET, label("3 事業説明文").first), accepted(TOTAL, "YX037")),
    "label-is-a-formula": (
        lambda b: b.put_formula(SHEET, label("3 事業説明文").first, "1/0", "#DIV/0!"),
        accepted(TOTAL, "YX037"),
    ),
    "label-long": (lambda b: b.put_text(SHEET, label("3 事業説明文").first, "長" * 60_000), accepted(TOTAL, "YX037")),
    "number-of-finance": (lambda b: b.put_number(SHEET, cell("/no"), 99), accepted(TOTAL, "YX046")),
    "number-of-finance-long": (lambda b: b.put_text(SHEET, cell("/no"), "9" * 60_000), accepted(TOTAL, "YX046")),
    "id-changed": (lambda b: b.put_text(SHEET, cell("/id"), "9999-9"), accepted(TOTAL, "YX056")),
    "department-changed": (lambda b: b.put_text(SHEET, cell("/department/section"), "国保課"), accepted(TOTAL, "YX304")),
}  # fmt: skip
_FORMULAS: Mapping[str, tuple[Edit, Expectation]] = {
    "total-typed": (lambda b: b.put_number(SHEET, _TOTAL, TOTAL), accepted(TOTAL, "YX041")),
    "total-typed-otherwise": (lambda b: b.put_number(SHEET, _TOTAL, 30_000), left_out(TOTAL, "YX042")),
    "total-cleared": (lambda b: b.clear(SHEET, _TOTAL), left_out(TOTAL, "YX042")),
    "total-as-text": (lambda b: b.put_text(SHEET, _TOTAL, "30,765"), left_out(TOTAL, "YX042")),
    "total-formula-changed": (lambda b: b.put_formula(SHEET, _TOTAL, f"SUM(I6:I7)+{TOTAL - 30_442}", TOTAL), left_out(TOTAL, "YX043")),
    "total-formula-long": (lambda b: b.put_formula(SHEET, _TOTAL, "1+" * 30_000 + "1", TOTAL), left_out(TOTAL, "YX043")),
    "total-stale": (lambda b: b.put_saved(SHEET, _TOTAL, 1), accepted(TOTAL, "YX044")),
    "total-an-error": (lambda b: b.put_error(SHEET, _TOTAL, "SUM(I6:I13)+[1]x!A1"), left_out(TOTAL, "YX043")),
    "general-typed": (lambda b: b.put_number(SHEET, _GENERAL, TOTAL), accepted(TOTAL, "YX041")),
    "general-typed-otherwise": (lambda b: b.put_number(SHEET, _GENERAL, 1), left_out(TOTAL, "YX042")),
    "never-calculated": (lambda b: b.drop_saved(), accepted(TOTAL, "YX045")),
    "line-changed-by-hand": (lambda b: b.put_number(SHEET, AMOUNT, 5_000), accepted(TOTAL - FIRST + 5_000, "YX044")),
}  # fmt: skip
_TEXTS: Mapping[str, tuple[Edit, Expectation]] = {
    "title-long": (lambda b: b.put_text(SHEET, cell("/title"), "長" * 60_000), accepted(TOTAL, "YX105")),
    "prose-long": (lambda b: b.put_text(SHEET, cell("/description"), "長" * 60_000), accepted(TOTAL, "YX105")),
    "label-of-line-long": (lambda b: b.put_text(SHEET, line("label"), "長" * 60_000), accepted(TOTAL, "YX105")),
    "title-formula": (lambda b: b.put_text(SHEET, cell("/title"), '=HYPERLINK("http://example.invalid")'), accepted(TOTAL, "YX805")),
    "title-dde": (lambda b: b.put_text(SHEET, cell("/title"), "@SUM(1+1)*cmd|' /C calc'!A0"), _FINE),
    "title-markup": (lambda b: b.put_text(SHEET, cell("/title"), "<script>alert(1)</script>"), _FINE),
    "title-bidi": (lambda b: b.put_text(SHEET, cell("/title"), "税務\u202eXSLX.exe"), accepted(TOTAL, "YX025")),
    "title-number": (lambda b: b.put_number(SHEET, cell("/title"), 2020), accepted(TOTAL, "YX126")),
    "title-true": (lambda b: b.put_boolean(SHEET, cell("/title")), accepted(TOTAL, "YX124")),
    "title-date": (lambda b: b.put_date(SHEET, cell("/title"), 43_922), accepted(TOTAL, "YX133")),
    "title-error": (lambda b: b.put_error(SHEET, cell("/title")), accepted(TOTAL, "YX124")),
    "kan-radicals": (lambda b: b.put_text(SHEET, cell("/kan"), "⺠⽣費"), accepted(TOTAL, "YX128")),
    "kan-blank-after": (lambda b: b.put_text(SHEET, cell("/kan"), "総務費 "), accepted(TOTAL, "YX128")),
    "category-nfd": (lambda b: b.put_text(SHEET, cell("/category"), "レヘ\u3099ルアッフ\u309a事業"), accepted(TOTAL, "YX128")),
    "account-radicals": (lambda b: b.put_text(SHEET, cell("/account"), "⼀般会計"), accepted(TOTAL, "YX128")),
}  # fmt: skip


def _clear_second(book: Editor) -> None:
    book.clear(SECOND, AMOUNT)


_OF_THREE: Mapping[str, tuple[Edit, Expectation]] = {
    "three-as-they-are": (lambda b: b.sheets, accepted(THREE_TOTAL)),
    "three-one-renamed": (lambda b: b.rename(SECOND, "別"), accepted(THREE_TOTAL, "YX053")),
    "three-one-unprotected": (lambda b: b.unprotect(SECOND), accepted(THREE_TOTAL, "YX039")),
    "three-one-without-names": (lambda b: b.drop_names(SECOND), accepted(THREE_TOTAL, "YX048")),
    "three-never-calculated": (lambda b: b.drop_saved(), accepted(THREE_TOTAL, "YX045")),
    "three-row-in-second": (lambda b: b.insert_row(SECOND, 6), accepted(THREE_TOTAL, "YX038")),
    "three-total-of-second-typed": (lambda b: b.put_number(SECOND, _TOTAL, 1), accepted(THREE_TOTAL - 38_484, "YX042", "YX065", read=THREE_TOTAL)),
}  # fmt: skip

_STAMP: Mapping[str, Mapping[str, str]] = {
    "YX030": {
        "form-a": "../minato-r2", "form-b": "あ" * 300, "form-c": "", "form-d": "a\\b", "form-e": ".hidden",
        "version-a": "1.0", "version-b": "", "version-c": "１", "version-d": "9999999999", "version-e": "-1",
        "fiscal_year-a": "令和2", "fiscal_year-b": "1", "fiscal_year-c": "", "fiscal_year-d": "99999",
        "line_rows-a": "0,6", "line_rows-b": "8,99999999", "line_rows-d": "8,,6", "line_rows-e": "8;6",
    },
    "YX031": {
        "form-f": "minato-r9", "form-g": "summary", "form-h": "あ" * 60, "sha256-a": "0" * 64, "sha256-b": "",
        "sha256-c": "0", "line_rows-c": "", "line_rows-f": "8", "line_rows-g": "8,6,4",
    },
    "YX032": {"fiscal_year-e": "2019", "fiscal_year-f": "2021"},
}  # fmt: skip


def _stamps() -> Iterator[Entry]:
    for code, fields in _STAMP.items():
        for name, text in fields.items():
            key = name.rpartition("-")[0]
            edit = partial(_set_stamp, key=key, text=text)
            yield Entry(f"stamp-{name}", edited(edit), Refused(code))
    for name, (key, text, expect) in _STAMP_READ.items():
        yield Entry(f"stamp-{name}", edited(partial(_set_stamp, key=key, text=text)), expect)
    yield Entry(
        "stamp-of-parts",
        edited(partial(_set_stamp, key="version", text="1"), sectioned),
        accepted(SECTIONED_TOTAL),
    )


def _set_stamp(book: Editor, key: str, text: str) -> None:
    book.set_stamp(stamp.SHEET, key, text)


_STAMP_READ: Mapping[str, tuple[str, str, Expectation]] = {
    "version-other": ("version", "7", _FINE),
    "department-other": ("department", "0206", accepted(TOTAL, "YX055")),
    **{
        f"department-{code}": ("department", code, accepted(TOTAL, "YX055"))
        for code in ("0101", "0102", "0301", "9999", "103")
    },
    "line-rows-fewer": ("line_rows", "7,6", accepted(TOTAL, "YX037", "YX038")),
    "sheet-other": ("sheet", "0103-9", accepted(TOTAL, "YX046", "YX056")),
}
