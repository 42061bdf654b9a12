"""提出状況 and 検証結果: how far every unit is and every file that is no unit's, and every finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from yosan_xl.excel.rows import MOST_LINKS, Link, Value
from yosan_xl.excel.summary.definition import ASKED_TOTAL, FIRST_ROW
from yosan_xl.excel.summary.listing import CUT
from yosan_xl.excel.summary.page import ListRow, Style, SummaryPage
from yosan_xl.model.finding import NO_FINDING, FindingGroup, Weight, grouped, tally
from yosan_xl.model.fiscal_year import shown_time
from yosan_xl.model.intake import Status, Stray, UnitState, UnitStatus

_WEIGHTS = {
    Weight.ERROR: {"weight": Style("error")},
    Weight.WARNING: {"weight": Style("warning")},
    Weight.INFO: {"weight": Style("row")},
}
_STATES = {
    UnitState.MISSING: {"state": Style("warning")},
    UnitState.FAULTY: {"state": Style("error")},
}
_REPLACED, _STRAY, _SKIPPED, _BESIDE = "置きかえ", "課のものでない", "読まない", "添付"


def write_status(page: SummaryPage) -> None:
    """Write the units in the order of the roster and what is no unit's, their sum, every other file, and what lies beside the books."""
    status = page.contents.intake.status
    late, why = status.handed_in_late, f"期限（{status.due}）のあとの保存"
    units = [
        ListRow(_unit(one) | {"why": why if one in late else None}, _STATES.get(one.state, {}))
        for one in status.units
    ]
    total = page.write_rows(FIRST_ROW, [*units, *map(_stray, status.strays)])
    page.write(total, _sum(page, status), "total")
    end = page.write_rows(total + 1, chain(_others(status), _attachments(page, status)))
    page.entries = len(units)
    page.finish(end - 1, max(total - 1, FIRST_ROW))


def _unit(unit: UnitStatus) -> dict[str, Value]:
    return {
        **_department(unit),
        "state": unit.state.value,
        "count": unit.requests if unit.files or unit.requests else None,
        ASKED_TOTAL: unit.requested if unit.requests else None,
        "errors": unit.errors or None,
        "warnings": unit.warnings or None,
        "saved": "\n".join(shown_time(file.modified) for file in unit.files),
        "file": "\n".join(file.name for file in unit.files),
    }


def _department(unit: UnitStatus) -> dict[str, Value]:
    department = unit.department
    return {
        "department_code": department.code,
        "bureau": department.bureau,
        "section": department.section,
    }


def _sum(page: SummaryPage, status: Status) -> Mapping[str, Value]:
    return {
        "department_code": page.contents.definition.total,
        "count": status.requests,
        ASKED_TOTAL: status.requested,
        "errors": sum(u.errors for u in status.units) + sum(s.errors for s in status.strays),
        "warnings": sum(u.warnings for u in status.units) + sum(s.warnings for s in status.strays),
    }


def _stray(one: Stray) -> ListRow:
    return ListRow(
        {
            "state": _STRAY,
            "file": one.file,
            "why": one.why,
            "count": one.requests or None,
            ASKED_TOTAL: one.requested or None,
            "errors": one.errors or None,
            "warnings": one.warnings or None,
        }
    )


def _others(status: Status) -> Iterator[ListRow]:
    for old, new in status.replaced:
        yield ListRow({"state": _REPLACED, "file": old, "why": f"「{new}」を使います。"})
    for one in status.skipped:
        yield ListRow({"state": _SKIPPED, "file": one.file, "why": one.why})


def _attachments(page: SummaryPage, status: Status) -> Iterator[ListRow]:
    """Yield what lies beside the books: that of each unit, then what is no unit's."""
    for unit in status.units:
        owner = _department(unit)
        yield from (_attachment(page, name, owner) for name in unit.attachments)
    nobody = {"why": "どの課のものか分かりません。"}
    yield from (_attachment(page, name, nobody) for name in status.attachments)


def _attachment(page: SummaryPage, name: str, owner: Mapping[str, Value]) -> ListRow:
    link = page.contents.books.link(name, None, None, name)
    opens = {"file": link} if link and page.links < MOST_LINKS else {}
    return ListRow({**owner, "state": _BESIDE, "file": name}, links=opens)


def write_findings(page: SummaryPage) -> None:
    """Write the findings in the order in which they are given, one row for each mistake."""
    page.note(f"{tally(page.contents.findings)}　{page.sheet.note}")
    rows = (_finding(page, group) for group in grouped(page.contents.findings))
    page.entries = page.write_list(rows, NO_FINDING)


def _finding(page: SummaryPage, group: FindingGroup) -> ListRow:
    first = group.first
    values = {
        "file": first.place.file,
        "sheet": first.place.sheet,
        "cell": group.cells,
        "code": first.code,
        "weight": first.weight.value,
        "fact": group.fact,
        "remedy": group.remedy,
        "reason": first.reason,
    }
    return ListRow(values, _WEIGHTS[first.weight], _link(page, group))


def _link(page: SummaryPage, group: FindingGroup) -> Mapping[str, Link]:
    """Let the cell's name, or the file's where no cell is known, open the book there."""
    place, key = group.first.place, "cell" if group.cells else "file"
    link = page.contents.books.link(place.file, place.sheet, place.cell, "")
    if link is None:
        return {}
    if page.links == MOST_LINKS:
        page.remark = CUT
        return {}
    return {key: link}
