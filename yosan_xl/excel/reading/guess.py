"""What a book must be that has lost its stamp: told by the names and labels of its sheets."""

from __future__ import annotations

from collections.abc import Mapping

from yosan_xl.excel.ooxml.book import Book, Sheet
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.labels import changed_labels
from yosan_xl.excel.reading.skeleton import build_skeleton, has_labels
from yosan_xl.form.area import Area
from yosan_xl.form.checks import panel_sha256
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import Definition
from yosan_xl.form.plan import Plan
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.fiscal_year import FiscalYear


def guess_stamp(book: Book, definition: Definition, expected: FiscalYear | None) -> Stamp | None:
    """Give a stamp with nothing issued; None where no sheet has all labels of the form.

    A sheet is of the year it names, or else of the one that is `expected`.
    """
    for sheet in book.sheets:
        names = book.names.areas(sheet.name)
        year = _year(sheet, names, compile_plan(definition, FiscalYear(1))) or expected
        plan = compile_plan(definition, year, _line_rows(names, definition)) if year else None
        if year and plan and _is_request_sheet(book, sheet, plan):
            return Stamp(
                form=plan.form_id,
                version=plan.version,
                sha256=plan.sha256,
                fiscal_year=year.western,
                department=_text(sheet, names, plan, "/department/code"),
                line_rows=tuple(group.rows for group in plan.groups),
                issued={},
                panel=panel_sha256(plan),
            )
    return None


def _is_request_sheet(book: Book, sheet: Sheet, plan: Plan) -> bool:
    if has_labels(sheet, plan):
        return True
    skeleton = build_skeleton(book, sheet, plan)
    return (
        bool(book.names.areas(sheet.name)) and not skeleton.at.lost and not changed_labels(skeleton)
    )


def _line_rows(names: Mapping[str, Area], definition: Definition) -> tuple[int, ...] | None:
    """Give how many rows the groups of line items have, where names tell of each."""
    groups = compile_plan(definition, FiscalYear(1)).groups
    rows = tuple(
        max((names[name].height for name in group.columns.values() if name in names), default=0)
        for group in groups
    )
    return rows if all(rows) else None


def _year(sheet: Sheet, names: Mapping[str, Area], plan: Plan) -> FiscalYear | None:
    try:
        return FiscalYear.parse(_text(sheet, names, plan, "/fiscal_year"))
    except ValueError:
        return None


def _text(sheet: Sheet, names: Mapping[str, Area], plan: Plan, pointer: str) -> str:
    slot = next(slot for slot in plan.slots if slot.pointer == pointer)
    area = names.get(slot.name, slot.area)
    return raw_text(sheet.cell(area.top, area.left))
