from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.excel.reading.samples import plan, year
from yosan_xl.excel.reading.typed import NOTHING, TypedCell, TypedSheet
from yosan_xl.excel.returned.carry import MOST_ROWS, CarriedBook, carry
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.load import load_definition
from yosan_xl.form.plan import Plan
from yosan_xl.form.stamp import Stamp

AMOUNTS, LABELS = "yx_lines1_requested", "yx_lines1_label"
SHEET = TypedSheet("要求書1", "0206-1", {}, {})


def _stamp(*ids: str) -> Stamp:
    form, rows = plan(), tuple(group.rows for group in plan().groups)
    issued = {request_id: {"yx_id": request_id, "yx_no": "7"} for request_id in ids}
    return Stamp(form.form_id, form.version, form.sha256, 2020, "0206", rows, issued)


def _with_rows(rows: tuple[int, ...]) -> Plan:
    return compile_plan(load_definition(plan().form_id), year().settings.year, rows)


def _carry(*sheets: TypedSheet, ids: tuple[str, ...] = ("0206-1",)) -> CarriedBook:
    first = {"accounts": "一般会計"}
    return carry(plan(), _stamp(*ids), sheets, first, _with_rows)


def _amounts(*values: TypedCell) -> TypedSheet:
    return replace(SHEET, cells={AMOUNTS: values})


def test_carry__a_text_counts_nothing_in_a_sum_and_a_fraction_does() -> None:
    carried = _carry(
        _amounts(TypedCell("約１２００"), TypedCell(Decimal("12.5")), TypedCell(True), TypedCell(3))
    )
    values = carried.sheets[0].values
    assert values["yx_total_requested"] == Decimal("15.5")
    column = values[AMOUNTS]
    assert isinstance(column, tuple)
    assert column[:4] == ("約１２００", Decimal("12.5"), True, 3)


def test_carry__finance_s_cells_are_what_was_handed_out() -> None:
    values = _carry(replace(SHEET, cells={"yx_no": (TypedCell(99),)})).sheets[0].values
    assert values["yx_no"] == 7


def test_carry__a_deleted_sheet_comes_back_blank() -> None:
    carried = _carry(SHEET, ids=("0206-1", "0206-2"))
    assert [(s.name, s.submitted) for s in carried.sheets] == [
        ("要求書1", "要求書1"),
        ("要求書2", None),
    ]


def test_carry__a_copy_comes_last_and_is_handed_out_as_its_original() -> None:
    copy = replace(SHEET, name="要求書1 (2)", request_id="0206-1-2")
    last = _carry(SHEET, copy).sheets[-1]
    assert (last.name, last.submitted, last.issued["yx_id"]) == (
        "要求書2",
        "要求書1 (2)",
        "0206-1-2",
    )
    assert last.issued["yx_no"] == 7


def test_carry__more_lines_make_a_longer_form() -> None:
    carried = _carry(_amounts(*(TypedCell(n) for n in range(1, 13))))
    assert carried.plan.groups[0].rows == 12
    assert carried.sheets[0].lost == ()


def test_carry__far_too_many_rows_lose_the_empty_ones() -> None:
    spread = [TypedCell(row) if row % 5 == 0 else NOTHING for row in range(200)]
    sheet = replace(_amounts(*spread), spots={"I200": (AMOUNTS, 195)})
    carried = _carry(sheet)
    assert carried.plan.groups[0].rows == 40
    column = carried.plan.by_name()[AMOUNTS].cells()
    assert carried.sheets[0].spots["I200"] == column[39].first


def test_carry__lines_beyond_the_longest_form_are_named() -> None:
    carried = _carry(_amounts(*(TypedCell(n) for n in range(1, MOST_ROWS + 4))))
    assert carried.plan.groups[0].rows == MOST_ROWS
    assert "3行" in carried.sheets[0].lost[0]
