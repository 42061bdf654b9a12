"""YX041-YX046: every kind of finding of computed cells and of finance's fields, hit and not."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import (
    FLAT,
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
    line,
    plan,
    read,
    recalculate,
    settings,
    subtotal,
    year,
)
from yosan_xl.excel.reading import codes
from yosan_xl.form.area import parse_a1
from yosan_xl.usecases.fill import filled_book

TOTAL, GENERAL = "/total/requested", "/funding/general/amount"
ORIGINAL = documents(SECTIONED)[0]


def saved_elsewhere(data: bytes) -> bytes:
    """Give a book as a program saves it that does not calculate."""
    out = BytesIO()
    openpyxl.load_workbook(BytesIO(data)).save(out)
    return out.getvalue()


@pytest.mark.parametrize("pointer", [TOTAL, GENERAL])
def test_yx041__hits_a_formula_replaced_by_what_it_gave(pointer: str) -> None:
    book = editor()
    book.put_number(SHEET, cell(pointer), book.text(SHEET, cell(pointer)))
    assert_one(book, codes.FORMULA_GONE, cell(pointer))


def test_yx041__hits_a_display_that_was_typed() -> None:
    book = editor()
    place = plan().by_name()["yx_account_note"].area.first
    book.put_text(SHEET, place, "（国民健康保険事業会計）")
    assert_one(book, codes.FORMULA_GONE, place)


def test_yx041__does_not_hit_a_formula_that_is_there() -> None:
    assert editor().formula(SHEET, cell(TOTAL)) is not None
    assert codes_of(editor()) == []


def test_yx042__hits_another_amount_and_not_what_is_computed_from_it() -> None:
    book = editor()
    book.put_number(SHEET, cell(TOTAL), 91_000)
    book.put_saved(SHEET, cell(GENERAL), 79_000)
    finding = assert_one(book, codes.FORMULA_OVERWRITTEN, cell(TOTAL))
    assert "91,000千円 が直接入っています。計算し直した値は 90,955千円 です。" in finding.fact
    assert read(book).requests[0].document == ORIGINAL


def test_yx042__hits_a_formula_that_was_deleted() -> None:
    book = editor()
    book.clear(SHEET, subtotal("requested"))
    finding = assert_one(book, codes.FORMULA_OVERWRITTEN, subtotal("requested"))
    assert "空欄 が直接" in finding.fact


def test_yx042__does_not_hit_lines_that_were_changed() -> None:
    book = editor(FLAT)
    document = documents(FLAT)[0]
    document["lines"][0]["requested"] += 1
    book.put_number(SHEET, line("requested"), document["lines"][0]["requested"])
    recalculate(book, document)
    assert codes_of(book) == []


def test_yx043__hits_a_formula_that_sums_something_else() -> None:
    book = editor()
    total = book.text(SHEET, cell(TOTAL))
    book.put_formula(SHEET, cell(TOTAL), f"SUM({line('requested')},87432)", total)
    finding = assert_one(book, codes.FORMULA_CHANGED, cell(TOTAL))
    assert f"「=SUM({line('requested')},87432)」" in finding.fact


def test_yx043__hits_once_where_a_line_was_cut_and_pasted() -> None:
    book = editor()
    first, last = line("requested"), line("requested", plan().groups[0].rows - 1)
    for place in (subtotal("requested"), cell(TOTAL)):
        formula = book.formula(SHEET, place)
        assert formula is not None
        saved = int(book.text(SHEET, place))
        book.put_formula(
            SHEET, place, formula.replace(f"{first}:", f"{line('requested', 1)}:"), saved
        )
    book.cut(SHEET, first, last)
    book.cut(SHEET, line("label"), line("label", plan().groups[0].rows - 1))
    book.cut(SHEET, line("earmarked"), line("earmarked", plan().groups[0].rows - 1))
    book.point_name(SHEET, "yx_lines1_label", f"{SHEET}!{_column('label')}")
    book.point_name(SHEET, "yx_lines1_earmarked", f"{SHEET}!{_column('earmarked')}")
    assert_one(book, codes.FORMULA_CHANGED, subtotal("requested"))
    lines = read(book).requests[0].document["lines"]
    assert sorted(map(str, lines)) == sorted(map(str, ORIGINAL["lines"]))


def _column(key: str) -> str:
    return plan().by_name()[plan().groups[0].columns[key]].area.a1(absolute=True)


def test_yx043__does_not_hit_another_spelling() -> None:
    book = editor()
    formula = book.formula(SHEET, cell(TOTAL))
    assert formula is not None
    first = line("requested")
    spelled = formula.replace(first, f"{SHEET}!${first}").replace(",", ", ").replace("SUM", "sum")
    assert spelled != formula
    book.put_formula(SHEET, cell(TOTAL), spelled, int(book.text(SHEET, cell(TOTAL))))
    assert codes_of(book) == []


def test_yx044__hits_once_where_a_line_was_changed_without_calculating() -> None:
    book = editor()
    book.put_number(SHEET, line("requested"), 2_864)
    finding = assert_one(book, codes.STALE, subtotal("requested"))
    assert "3,523千円 が、計算し直した値 3,524千円 と" in finding.fact
    assert read(book).requests[0].document["total"]["requested"] == 90_956


def test_yx044__does_not_hit_results_that_are_right() -> None:
    book = editor()
    book.put_number(SHEET, line("requested"), 2_864)
    document = documents(SECTIONED)[0]
    document["lines"][0]["requested"] = 2_864
    recalculate(book, document)
    assert codes_of(book) == []


@pytest.mark.parametrize("code", [FLAT, SECTIONED])
def test_yx045__hits_once_a_book(code: str) -> None:
    book = editor(code)
    book.drop_saved()
    assert_one(book, codes.NEVER_CALCULATED, cell(TOTAL))
    assert_one(saved_elsewhere(filled(code)), codes.NEVER_CALCULATED, cell(TOTAL))


def test_yx045__hits_and_the_values_are_right() -> None:
    requests = read(saved_elsewhere(filled(FLAT))).requests
    assert [request.document for request in requests] == documents(FLAT)


def test_yx045__hits_a_blank_book_filled_by_a_program_that_keeps_the_blank_results() -> None:
    book = Editor(blank())
    book.put_text(SHEET, line("label"), "印刷費")
    book.put_number(SHEET, line("requested"), 120)
    assert codes.NEVER_CALCULATED.code in codes_of(book)
    assert codes.STALE.code not in codes_of(book)
    (request,) = read(book).requests
    assert request.document["total"]["requested"] == 120


def test_yx045__does_not_hit_blank_results_where_nothing_is_to_be_computed() -> None:
    book = Editor(blank(FLAT))
    book.put_text(SHEET, cell("/title"), "印刷の見直し")
    assert codes.NEVER_CALCULATED.code not in codes_of(book)


def test_yx045__does_not_hit_a_blank_book() -> None:
    reading = read(saved_elsewhere(blank()))
    assert (found(reading), reading.requests) == ([], ())


@pytest.mark.parametrize(
    ("pointer", "text"),
    [
        ("/no", "60"),
        ("/id", ""),
        ("/fiscal_year", ""),
        ("/department/code", ""),
        ("/department/section", ""),
        ("/funding/metropolitan/budgeted", "1"),
    ],
)
def test_yx046__hits_a_field_of_finance(pointer: str, text: str) -> None:
    book = editor()
    book.put_text(SHEET, cell(pointer), text)
    finding = assert_one(book, codes.FINANCE_CHANGED, cell(pointer))
    assert f"から「{text or '空欄'}" in finding.fact
    assert read(book).requests[0].document == ORIGINAL


def test_yx046__does_not_hit_what_says_whose_request_it_is() -> None:
    book = editor()
    book.put_text(SHEET, cell("/fiscal_year"), "令和3年度")
    book.put_text(SHEET, cell("/department/section"), "税務課")
    assert codes_of(book) == ["YX304", "YX305"]
    document = read(book).requests[0].document
    assert (document["fiscal_year"], document["department"]["section"]) == (2021, "税務課")


@pytest.mark.parametrize("text", ["0103-1", "0206-9", "誤記"])
def test_yx056__hits_an_id_that_was_not_handed_out(text: str) -> None:
    book = editor()
    book.put_text(SHEET, cell("/id"), text)
    finding = assert_one(book, codes.ID_CHANGED, cell("/id"))
    assert f"「{text}」" in finding.fact
    assert read(book).requests[0].document == ORIGINAL


def test_yx056__hits_a_copy_that_was_given_an_id() -> None:
    book = editor()
    copy = book.copy_sheet(SHEET)
    book.put_text(copy, cell("/id"), "0206-77")
    book.put_text(copy, cell("/title"), "別の事業")
    assert codes_of(book) == ["YX056"]
    assert [one.document["id"] for one in read(book).requests] == ["0206-1", "0206-77"]


def test_yx056__does_not_hit_an_id_in_wide_characters() -> None:
    book = editor()
    book.put_text(SHEET, cell("/id"), "０２０６－１")
    assert codes_of(book) == ["YX046"]


def test_yx055__hits_a_sheet_of_another_department() -> None:
    book = editor()
    words = {"/id": "0103-1", "/department/code": "0103", "/department/section": "税務課"}
    for pointer, text in {**words, "/department/bureau": "産業・地域振興支援部"}.items():
        book.put_text(SHEET, cell(pointer), text)
    finding = assert_one(book, codes.ELSEWHERE, cell("/department/code"))
    assert (
        "所管課コード「0103」、要求書ID「0103-1」のシートは、所管課コード「0206」に" in finding.fact
    )
    document = read(book).requests[0].document
    assert (document["id"], document["department"]["code"]) == ("0103-1", "0103")


def test_yx055__does_not_hit_an_own_sheet_that_was_copied() -> None:
    book = editor()
    copy = book.copy_sheet(SHEET)
    book.put_text(copy, cell("/title"), "別の事業")
    assert codes_of(book) == ["YX034"]


def test_yx046__does_not_hit_what_finance_filled() -> None:
    book = editor("0601")
    assert [request.document["no"] for request in read(book).requests] == [61, 62]
    assert codes_of(book) == []


def test_yx046__hits_a_budget_that_a_department_typed_beside_a_line() -> None:
    book = editor()
    book.put_number(SHEET, line("budgeted", 1), 900)
    assert_one(book, codes.FINANCE_CHANGED, line("budgeted", 1))
    assert read(book).requests[0].document == ORIGINAL


def test_yx046__does_not_hit_budgets_that_were_handed_out_and_moved_by_a_row() -> None:
    document = documents(SECTIONED)[0]
    document["lines"][0]["budgeted"] = document["lines"][1]["budgeted"] = 1000
    unit = year().roster.by_code(SECTIONED)
    assert unit
    book = Editor(filled_book(plan(), settings(), unit, [document]))
    assert [found["budgeted"] for found in read(book).requests[0].document["lines"][:2]] == [
        1000
    ] * 2
    assert codes_of(book) == []
    book.insert_row(SHEET, parse_a1(line("budgeted"))[0] + 1)
    assert set(codes_of(book)) == {"YX038"}
