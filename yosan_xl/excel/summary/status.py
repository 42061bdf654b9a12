"""提出状況: every unit and its state, then the files that are no unit's."""

from __future__ import annotations

from collections.abc import Mapping

from yosan_xl.excel.links import MOST_LINKS
from yosan_xl.excel.rows import Value
from yosan_xl.excel.summary.grid import FIRST_ROW
from yosan_xl.excel.summary.page import Page, Style
from yosan_xl.model.department import Department
from yosan_xl.model.fiscal_year import shown_time
from yosan_xl.model.intake import Status, Stray, UnitState, UnitStatus

_STYLES = {
    UnitState.MISSING: {"state": Style("warning")},
    UnitState.FAULTY: {"state": Style("error")},
}
_REPLACED, _STRAY, _SKIPPED, _BESIDE = "置きかえ", "課のものでない", "読まない", "添付"


def write_status(page: Page) -> None:
    """Write the units in the order of the roster and what is no unit's, their sum, every other file, and what lies beside the books."""
    status = page.contents.intake.status
    late = status.handed_in_late
    for at, unit in enumerate(status.units, FIRST_ROW):
        why = f"期限（{status.due}）のあとの保存" if unit in late else None
        page.write(at, _unit(unit) | {"why": why}, "row", styles=_STYLES.get(unit.state, {}))
    strays = list(map(_stray, status.strays))
    for at, values in enumerate(strays, FIRST_ROW + len(status.units)):
        page.write(at, values, "row")
    at = FIRST_ROW + len(status.units) + len(strays)
    page.write(at, _sum(page, status), "total")
    others = _others(status)
    for row, values in enumerate(others, at + 1):
        page.write(row, values, "row")
    beside = _attachments(status)
    for row, (owner, name) in enumerate(beside, at + len(others) + 1):
        link = page.contents.books.link(name, None, None, name)
        links = {"file": link} if link and page.links < MOST_LINKS else {}
        page.write(row, _attachment(owner, name), "row", links=links)
    page.entries = len(status.units)
    page.finish(at + len(others) + len(beside), max(at - 1, FIRST_ROW))


def _unit(unit: UnitStatus) -> dict[str, Value]:
    department = unit.department
    return {
        "department_code": department.code,
        "bureau": department.bureau,
        "section": department.section,
        "state": unit.state.value,
        "count": unit.requests if unit.files or unit.requests else None,
        "requested": unit.requested if unit.requests else None,
        "errors": unit.errors or None,
        "warnings": unit.warnings or None,
        "saved": "\n".join(shown_time(file.modified) for file in unit.files),
        "file": "\n".join(file.name for file in unit.files),
    }


def _sum(page: Page, status: Status) -> Mapping[str, Value]:
    return {
        "department_code": page.contents.definition.total,
        "count": status.requests,
        "requested": status.requested,
        "errors": sum(u.errors for u in status.units) + sum(s.errors for s in status.strays),
        "warnings": sum(u.warnings for u in status.units) + sum(s.warnings for s in status.strays),
    }


def _stray(one: Stray) -> Mapping[str, Value]:
    return {
        "state": _STRAY,
        "file": one.file,
        "why": one.why,
        "count": one.requests or None,
        "requested": one.requested or None,
        "errors": one.errors or None,
        "warnings": one.warnings or None,
    }


def _attachments(status: Status) -> list[tuple[Department | None, str]]:
    """Return what lies beside the books: that of each unit, then what is no unit's."""
    owned = ((unit.department, name) for unit in status.units for name in unit.attachments)
    return [*owned, *((None, name) for name in status.attachments)]


def _attachment(unit: Department | None, name: str) -> Mapping[str, Value]:
    if unit is None:
        return {"state": _BESIDE, "file": name, "why": "どの課のものか分かりません。"}
    return {
        "department_code": unit.code,
        "bureau": unit.bureau,
        "section": unit.section,
        "state": _BESIDE,
        "file": name,
    }


def _others(status: Status) -> list[Mapping[str, Value]]:
    replaced = [
        {"state": _REPLACED, "file": old, "why": f"「{new}」を使います。"}
        for old, new in status.replaced
    ]
    skipped = [{"state": _SKIPPED, "file": one.file, "why": one.why} for one in status.skipped]
    return [*replaced, *skipped]
