"""What people and programs do to a book without harm: it is read, and nobody is asked to mend it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import (
    FLAT,
    SECTIONED,
    SHEET,
    cell,
    editor,
    filled,
    line,
    read,
)
from yosan_xl.form import stamp
from yosan_xl.model.finding import Weight

Edit = Callable[[Editor], None]


def with_names(data: bytes, names: str) -> bytes:
    """Put defined names behind those of a book."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as book, zipfile.ZipFile(out, "w") as copy:
        for part in book.namelist():
            content = book.read(part)
            if part == "xl/workbook.xml":
                content = content.replace(b"</definedNames>", f"{names}</definedNames>".encode())
            copy.writestr(part, content)
    return out.getvalue()


def test_read__ten_thousand_names_of_cells_long_gone() -> None:
    lost = '<definedName name="範囲{}" localSheetId="{}" hidden="1">#REF!</definedName>'
    names = "".join(lost.format(number, number % 5) for number in range(10_000))
    found = read(with_names(filled(FLAT), names))
    assert [request.document["total"]["requested"] for request in found.requests] == [
        30_765,
        38_484,
        36_936,
    ]
    assert found.findings == ()


@pytest.mark.parametrize("name", ["_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm.print_area"])
def test_read__a_name_of_the_program_twice(name: str) -> None:
    one = f'<definedName name="{name}" localSheetId="2">要求書1!$A$1</definedName>'
    found = read(with_names(filled(FLAT), one * 2))
    assert (len(found.requests), found.findings) == (3, ())


def test_read__a_name_of_the_form_twice_is_refused() -> None:
    one = '<definedName name="yx_title" localSheetId="2">要求書1!$B$4</definedName>'
    found = read(with_names(filled(FLAT), one))
    assert [finding.code for finding in found.findings] == ["YX014"]


@pytest.mark.parametrize("saved", ["2863.0000000000005", "2862.9999999999995", "2.863E3"])
def test_read__the_remainder_of_a_sum_of_fractions_is_none(saved: str) -> None:
    book = editor()
    book.put_number(SHEET, line("requested"), saved)
    (request,) = read(book.data()).requests
    assert request.document["lines"][0]["requested"] == 2_863
    assert request.findings == ()


def test_read__the_remainder_of_a_saved_result_is_none() -> None:
    book = editor()
    book.put_saved(SHEET, cell("/total/requested"), Decimal("90955.000000000015"))
    assert read(book.data()).requests[0].findings == ()


@pytest.mark.parametrize("department", [FLAT, SECTIONED])
def test_read__sheets_without_the_hidden_sheet_know_no_first_account(department: str) -> None:
    book = editor(department)
    note = book.formula(SHEET, "H3")
    shown = book.text(SHEET, "H3")
    book.delete_sheet(stamp.SHEET)
    book.put_formula(SHEET, "H3", re.sub(r"(?=yx_list)", "[1]!", note or ""), shown)
    found = read(book.data())
    assert [finding.code for finding in found.findings] == ["YX052"]
    assert [request.findings for request in found.requests] == [()] * len(found.requests)
    assert {request.document["account"] for request in found.requests} == {
        "一般会計" if department == FLAT else "国民健康保険事業会計"
    }


def test_read__a_sheet_without_the_hidden_sheet_that_shows_another_account_is_told() -> None:
    book = editor(SECTIONED)
    book.delete_sheet(stamp.SHEET)
    book.put_saved(SHEET, "H3", "（介護保険会計）")
    (request,) = read(book.data()).requests
    assert [finding.code for finding in request.findings] == ["YX044"]


def test_read__a_copy_has_no_no_of_its_own() -> None:
    book = editor(SECTIONED)
    copied = book.copy_sheet(SHEET)
    book.put_text(copied, cell("/title"), "別の事業")
    first, second = read(book.data()).requests
    assert (first.document["no"], second.document["no"]) == (59, None)
    book.put_number(copied, cell("/no"), 7)
    second = read(book.data()).requests[1]
    assert (second.document["no"], second.findings) == (None, ())


@pytest.mark.parametrize("saved", [True, False])
@pytest.mark.parametrize("numeral", ["91000", "1"])
def test_read__a_formula_that_is_gone_and_one_without_a_result_are_two_cells(
    numeral: str, saved: bool
) -> None:
    book = editor()
    total = cell("/total/requested")
    book.put_number(SHEET, total, numeral)
    if not saved:
        book.drop_saved()
    found = read(book.data())
    told = [*found.findings, *found.requests[0].findings]
    there = [finding.code for finding in told if finding.place.cell == total]
    assert there == ["YX042"]
    assert ("YX045" in {finding.code for finding in told}) is not saved
    assert all(finding.weight is not Weight.INFO for finding in told)
