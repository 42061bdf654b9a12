"""YX020, YX030-YX039, YX047-YX049: every kind of finding of the form, with a book that has it and one that does not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest

from tests.excel.reading.binary import DIVISION, REFERENCE, Put, as_xls, as_xlsb
from tests.excel.reading.edit import Editor
from tests.excel.reading.ods import as_ods
from tests.excel.reading.samples import (
    FILE,
    FLAT,
    SECOND,
    SECTIONED,
    SHEET,
    assert_one,
    blank,
    cell,
    codes_of,
    documents,
    editor,
    filled,
    found,
    label,
    line,
    newer_book,
    one,
    plan,
    read,
)
from yosan_xl.excel.reading import codes
from yosan_xl.form import stamp
from yosan_xl.form.area import a1, parse_a1
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear

TOTAL = "/total/requested"
HEADING = plan().labels[0].area.first
ORIGINAL = documents(SECTIONED)[0]


def test_yx030__hits_a_book_without_stamp_whose_labels_do_not_say_what_it_is() -> None:
    book = editor()
    book.delete_sheet(stamp.SHEET)
    for sheet in (SHEET, SECOND, "要求書3"):
        book.put_text(sheet, HEADING, "区分")
    assert_one(book, codes.NOT_OUR_FORM, None, sheet=None)


def test_yx052__hits_a_book_whose_hidden_sheet_was_deleted() -> None:
    book = editor()
    book.delete_sheet(stamp.SHEET)
    assert_one(book, codes.STAMP_LOST, None, sheet=None)
    reading = read(book)
    assert [request.document for request in reading.requests] == documents(SECTIONED)
    assert reading.untouched == 2
    assert reading.stamp
    assert reading.stamp.department == SECTIONED


def test_yx052__hits_where_the_names_are_gone_as_well() -> None:
    book = editor()
    book.delete_sheet(stamp.SHEET)
    for sheet in (SHEET, SECOND, "要求書3"):
        book.drop_names(sheet)
    reading = read(book)
    assert [request.document for request in reading.requests] == documents(SECTIONED)
    assert {"YX052", "YX048"} == {finding.code for finding in found(reading)}


def test_yx052__says_another_year_first_and_alone() -> None:
    book = editor()
    book.delete_sheet(stamp.SHEET)
    assert one(book, FiscalYear(2021)).code == codes.OTHER_YEAR.code


def test_yx052__does_not_hit_a_hidden_sheet_that_was_renamed() -> None:
    book = editor()
    book.rename(stamp.SHEET, "控え")
    assert codes_of(book) == []


def test_yx030__hits_any_other_book() -> None:
    out = BytesIO()
    openpyxl.Workbook().save(out)
    assert_one(out.getvalue(), codes.NOT_OUR_FORM, None, sheet=None)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("version", "1.0"),
        ("fiscal_year", "1"),
        ("fiscal_year", "令和2"),
        ("line_rows", "8,99999999"),
        ("line_rows", "0,6"),
        ("form", "../minato-r2"),
        ("form", "あ" * 300),
    ],
)
def test_yx030__hits_a_stamp_that_makes_no_sense(key: str, text: str) -> None:
    book = editor()
    book.set_stamp(stamp.SHEET, key, text)
    assert_one(book, codes.NOT_OUR_FORM, None, sheet=None)


def test_yx030__does_not_hit_a_book_that_was_handed_out() -> None:
    assert found(read(filled())) == []


@pytest.mark.parametrize(
    ("key", "text"),
    [("sha256", "0" * 64), ("form", "あ" * 60), ("form", "minato r9"), ("line_rows", "8")],
)
def test_yx031__hits_a_definition_we_do_not_have(key: str, text: str) -> None:
    book = editor()
    book.set_stamp(stamp.SHEET, key, text)
    assert_one(book, codes.UNKNOWN_FORM, None, sheet=None)


def test_yx031__does_not_hit_the_definition_of_the_year() -> None:
    assert "YX031" not in codes_of(editor(FLAT))


def test_yx032__hits_a_book_of_another_year_at_the_year() -> None:
    finding = one(filled(), FiscalYear(2021))
    assert finding.code == codes.OTHER_YEAR.code
    assert finding.weight is codes.OTHER_YEAR.weight
    assert finding.place == Place(FILE, SHEET, cell("/fiscal_year"))
    assert "令和2年度のブックです。この年度フォルダーは令和3年度です。" in finding.fact


def test_yx032__hits_first_and_alone() -> None:
    book = editor()
    book.set_stamp(stamp.SHEET, "sha256", "0" * 64)
    book.unprotect(SHEET)
    book.put_text(SHEET, cell(TOTAL), "約束")
    assert one(book, FiscalYear(2021)).code == codes.OTHER_YEAR.code


def test_yx032__does_not_hit_the_year_that_is_expected() -> None:
    assert found(read(filled(), FiscalYear(2020))) == []


def test_yx034__hits_a_copy_with_another_request() -> None:
    book = editor()
    copy = book.copy_sheet(SHEET)
    book.put_text(copy, cell("/title"), "別の事業")
    finding = assert_one(book, codes.COPIED_SHEET, cell("/id"), sheet=copy)
    assert "0206-1-2 として読みました" in finding.fact
    assert [request.document["id"] for request in read(book).requests] == ["0206-1", "0206-1-2"]


def test_yx034__does_not_hit_requests_on_sheets_of_their_own() -> None:
    assert [request.request_id for request in read(filled(FLAT)).requests] == [
        "0103-1",
        "0103-2",
        "0103-3",
    ]
    assert codes_of(editor(FLAT)) == []


def test_yx035__hits_a_copy_that_says_the_same() -> None:
    book = editor()
    copy = book.copy_sheet(SHEET)
    assert_one(book, codes.SAME_COPY, cell("/id"), sheet=copy)
    assert len(read(book).requests) == 1


def test_yx035__does_not_hit_a_copy_of_an_untouched_sheet() -> None:
    book = Editor(blank())
    before = read(book).untouched
    book.copy_sheet(SECOND)
    assert found(read(book)) == []
    assert (read(book).untouched, read(book).requests) == (before + 1, ())


@pytest.mark.parametrize(
    "name", ["yx_title", "yx_lines1_requested", "yx_total_requested", "yx_part1", "yx_id", "yx_no"]
)
def test_yx036__hits_a_name_that_is_gone(name: str) -> None:
    book, other = editor(), editor()
    book.drop_name(SHEET, name)
    other.point_name(SHEET, name, f"{SHEET}!#REF!")
    for one_book in (book, other):
        finding = assert_one(one_book, codes.LOST_PLACE, None)
        assert plan().by_name()[name].label in finding.fact


def test_yx036__hits_a_name_that_points_to_another_sheet() -> None:
    book = editor()
    book.point_name(SHEET, "yx_title", f"{SECOND}!$B$4")
    assert_one(book, codes.LOST_PLACE, None)
    assert read(book).requests[0].document["title"] is None


def test_yx036__hits_a_column_of_lines_named_elsewhere() -> None:
    book = editor()
    area = plan().by_name()["yx_lines2_requested"].area
    book.point_name(SHEET, "yx_lines1_requested", f"{SHEET}!{area.a1(absolute=True)}")
    assert_one(book, codes.LOST_PLACE, None)
    assert [row["requested"] for row in read(book).requests[0].document["lines"]][:2] == [None] * 2


def test_yx036__hits_a_column_of_lines_without_end() -> None:
    book = editor()
    for name in plan().groups[0].columns.values():
        book.point_name(SHEET, name, f"{SHEET}!$G$6:$G$1048576")
    assert_one(book, codes.LOST_PLACE, None)


def test_yx036__hits_a_request_sheet_without_names_and_labels() -> None:
    book = editor()
    book.drop_names(SHEET)
    book.put_text(SHEET, label("1 事業名").first, "1 事業")
    assert_one(book, codes.LOST_PLACE, None)


def test_yx036__hits_a_sheet_that_only_its_names_know() -> None:
    book = editor()
    book.point_name(SECOND, "yx_title", "要求書9!$B$4")
    assert "「要求書9」のすべて" in assert_one(book, codes.LOST_PLACE, None, "要求書9").fact


def test_yx036__does_not_hit_rows_left_blank() -> None:
    book = editor(FLAT)
    book.clear(SHEET, cell("/plans"))
    assert codes_of(book) == []


def test_yx037__hits_a_label_that_says_something_else() -> None:
    book = editor()
    place = label("3 事業説明文").first
    book.put_text(SHEET, place, "概要")
    finding = assert_one(book, codes.CHANGED_LABEL, place)
    assert "「3 事業説明文」が「概要」に" in finding.fact


def test_yx037__hits_and_does_not_repeat_a_text_without_end() -> None:
    book = editor()
    place = label("3 事業説明文").first
    book.put_text(SHEET, place, "長" * 60_000)
    fact = assert_one(book, codes.CHANGED_LABEL, place).fact
    assert f"{'長' * 400}…」に" in fact
    assert len(fact) < 500


def test_yx037__does_not_hit_white_space() -> None:
    book = editor()
    book.put_text(SHEET, label("3 事業説明文").first, "3\n　事業説明文 ")
    assert codes_of(book) == []


def test_yx038__hits_an_inserted_row_and_reads_what_is_typed_there() -> None:
    book = editor()
    top = plan().by_name()["yx_lines1_requested"].area.top
    book.insert_row(SHEET, top + 1)
    assert_one(book, codes.MOVED, None)
    book.put_text(SHEET, line("label", 1), "追加")
    book.put_number(SHEET, line("requested", 1), 0)
    labels = [row["label"] for row in read(book).requests[0].document["lines"]]
    assert labels == [row["label"] for row in [*ORIGINAL["lines"][:1], {"label": "追加"}]] + [
        row["label"] for row in ORIGINAL["lines"][1:]
    ]


def test_yx038__does_not_hit_a_sheet_that_is_as_it_was() -> None:
    assert "YX038" not in codes_of(editor())


def test_yx053__hits_a_renamed_sheet_and_reads_it() -> None:
    book = editor()
    name = "糖尿病 '重症化' 予防"
    book.rename(SHEET, name)
    finding = assert_one(book, codes.RENAMED, None, sheet=name)
    assert f"「{SHEET}」から" in finding.fact
    assert read(book).requests[0].document == ORIGINAL


def test_yx053__does_not_hit_a_copy_or_a_blank_sheet() -> None:
    book = editor()
    book.copy_sheet(SHEET)
    book.rename(SECOND, "メモ")
    assert codes_of(book) == ["YX035"]


def test_yx039__hits_a_sheet_without_protection() -> None:
    book = editor()
    book.unprotect(SHEET)
    assert_one(book, codes.UNPROTECTED, None)


def test_yx039__does_not_hit_a_sheet_that_holds_no_request() -> None:
    book = editor()
    book.unprotect(SECOND)
    assert codes_of(book) == []


def test_yx047__hits_a_book_in_another_format() -> None:
    data = as_ods(editor(FLAT))
    assert_one(data, codes.VALUES_ONLY, None, sheet=None)
    assert [request.document for request in read(data).requests] == documents(FLAT)


def test_yx047__does_not_hit_an_xlsx() -> None:
    assert "YX047" not in codes_of(editor(FLAT))


def test_yx688__hits_a_total_of_values_alone_that_is_not_what_its_lines_say() -> None:
    book = editor(FLAT)
    book.put_number(SHEET, cell(TOTAL), 1)
    reading = read(as_xls(book))
    (told,) = [finding for finding in found(reading) if finding.code == "YX688"]
    assert (told.place.cell, told.pointer) == (cell(TOTAL), TOTAL)
    assert "1千円" in told.fact
    assert [request.document for request in reading.requests] == documents(FLAT)


def test_yx688__does_not_hit_totals_as_they_were_saved() -> None:
    for write in (as_xls, as_xlsb, as_ods):
        for code in (FLAT, SECTIONED):
            assert {"YX047"} == {f.code for f in found(read(write(editor(code))))} - {"YX209"}


@pytest.mark.parametrize("write", [as_xls, as_xlsb])
def test_yx688__does_not_hit_where_an_error_in_a_line_says_why(
    write: Callable[[Editor, Put], bytes],
) -> None:
    book = editor(FLAT)
    amount = line("requested")
    errors = {(SHEET, amount): DIVISION, (SHEET, cell(TOTAL)): REFERENCE}
    told = found(read(write(book, errors)))
    assert {finding.code for finding in told} == {"YX047", "YX124"}
    assert [f.place.cell for f in told if f.code == "YX124"] == [amount]


def test_yx048__hits_a_sheet_without_names() -> None:
    book = editor()
    book.drop_names(SHEET)
    assert_one(book, codes.NAMES_LOST, None)
    assert read(book).requests[0].document == ORIGINAL


def test_yx048__does_not_hit_where_some_names_are_left() -> None:
    book = editor()
    book.drop_name(SHEET, "yx_id")
    assert "YX048" not in codes_of(book)


def test_yx049__hits_a_book_with_macros() -> None:
    book = editor()
    book.allow_macros()
    assert_one(book, codes.WITH_MACROS, None, sheet=None)


def test_yx049__does_not_hit_a_book_without() -> None:
    assert "YX049" not in codes_of(editor())


def test_yx050__hits_cells_that_were_unlocked_once_a_sheet() -> None:
    book = editor()
    book.unlock(SHEET, cell(TOTAL))
    book.unlock(SHEET, HEADING)
    finding = assert_one(book, codes.UNLOCKED, HEADING)
    assert cell(TOTAL) in finding.fact


def test_yx050__hits_a_cell_that_was_moved_by_an_inserted_row() -> None:
    book = editor()
    book.unlock(SHEET, cell(TOTAL))
    book.insert_row(SHEET, 3)
    row, column = parse_a1(cell(TOTAL))
    assert {f.code: f.place.cell for f in found(read(book))} == {
        "YX038": None,
        "YX050": a1(row + 1, column),
    }


def test_yx050__does_not_hit_entry_cells_or_a_sheet_without_protection() -> None:
    assert codes_of(editor()) == []
    book = editor()
    book.unlock(SHEET, cell(TOTAL))
    book.unprotect(SHEET)
    assert codes_of(book) == [codes.UNPROTECTED.code]


def test_yx051__hits_marks_that_were_typed_once_a_sheet() -> None:
    book = editor()
    for check in plan().checks[:2]:
        book.put_text(SHEET, check.mark.first, "○")
    finding = assert_one(book, codes.PANEL_CHANGED, plan().checks[0].mark.first)
    assert plan().checks[1].mark.first in finding.fact


@pytest.mark.parametrize("part", ["advice_area", "mark"])
def test_yx051__hits_another_formula(part: str) -> None:
    book = editor()
    place = getattr(plan().checks[3], part).first
    book.put_formula(SHEET, place, 'IF(1=1,"○","")', "○")
    assert_one(book, codes.PANEL_CHANGED, place)


def test_yx051__hits_a_mark_that_was_moved_by_an_inserted_row() -> None:
    book = editor()
    place = plan().checks[-1].mark
    book.put_text(SHEET, place.first, "○")
    book.insert_row(SHEET, 3)
    told = {f.code: f.place.cell for f in found(read(book))}
    assert told == {"YX038": None, "YX051": a1(place.top + 1, place.left)}


def test_yx051__does_not_hit_a_panel_that_moved_or_was_spelled_otherwise() -> None:
    book = editor()
    book.insert_row(SHEET, 3)
    book.insert_column(SHEET, 2)
    assert set(codes_of(book)) == {codes.MOVED.code}
    book = editor()
    place = plan().checks[0].mark.first
    formula = book.formula(SHEET, place)
    assert formula
    book.put_formula(SHEET, place, formula.replace(",", " , ").lower(), book.text(SHEET, place))
    assert codes_of(book) == []


def test_yx020__hits_a_panel_that_only_a_newer_program_knows() -> None:
    book = Editor(newer_book())
    assert_one(book, codes.UNKNOWN_PANEL, None, None)
    book.insert_row(SHEET, 3)
    assert codes_of(book) == [codes.UNKNOWN_PANEL.code, codes.MOVED.code]  # two sheets stand still


def test_yx020__hits_beside_a_formula_changed_there() -> None:
    book = Editor(newer_book())
    place = plan().checks[3].mark.first
    book.put_text(SHEET, place, "○")
    told = found(read(book))
    assert [one.code for one in told] == [codes.UNKNOWN_PANEL.code, codes.PANEL_CHANGED.code]
    assert "どのセルかは分かりません" in told[1].fact


def test_yx020__does_not_hit_today_s_panel_or_a_book_without_its_stamp() -> None:
    assert codes_of(editor()) == []
    book = Editor(newer_book())
    book.delete_sheet(stamp.SHEET)
    assert codes_of(book) == [codes.STAMP_LOST.code]


def test_yx054__hits_a_hidden_sheet_with_entries() -> None:
    book = editor()
    book.hide_sheet(SHEET)
    book.hide_sheet(SECOND)  # a blank one
    finding = assert_one(book, codes.UNSEEN, cell("/account"))
    assert "非表示のシートに記入があります" in finding.fact
    assert read(book).requests[0].document == ORIGINAL


def test_yx054__hits_a_hidden_row_of_a_line() -> None:
    book = editor()
    book.hide_row(SHEET, parse_a1(line("requested"))[0])
    finding = one(book)
    assert finding.code == codes.UNSEEN.code
    assert line("requested") in finding.fact


def test_yx054__hits_an_amount_under_a_merge() -> None:
    book = editor()
    book.merge(SHEET, f"{line('requested')}:{line('requested', 1)}")
    assert_one(book, codes.UNSEEN, line("requested", 1))


def test_yx054__does_not_hit_hidden_rows_without_entries() -> None:
    book = editor()
    book.hide_row(SHEET, parse_a1(line("requested", 7))[0])
    assert codes_of(book) == []
