"""提出状況 as text for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from yosan_xl.model.ceiling import CeilingStanding, rate
from yosan_xl.model.fiscal_year import shown_time
from yosan_xl.model.intake import AGAIN, Intake, Status, Stray, UnitState, UnitStatus, asked
from yosan_xl.model.money import with_unit
from yosan_xl.model.standing import AssessmentStanding
from yosan_xl.model.table import ColumnKind, Table, TableColumn
from yosan_xl.report.printable import printable
from yosan_xl.report.stage_text import standing_lines, standing_value
from yosan_xl.report.table import table_lines, to_json

if TYPE_CHECKING:
    from yosan_xl.model.resubmitted import UnitChanges

_UNIT = (
    TableColumn("コード", ColumnKind.CODE),
    TableColumn("所管課"),
    TableColumn("状態", ColumnKind.CODE),
    TableColumn("要求", ColumnKind.COUNT),
    TableColumn("{unit}", ColumnKind.MONEY),
    TableColumn("誤り", ColumnKind.COUNT),
    TableColumn("注意", ColumnKind.COUNT),
    TableColumn("保存"),
    TableColumn("ファイル"),
)
_CEILING = (
    TableColumn("部・課"),
    TableColumn("対象"),
    TableColumn("上限の根拠"),
    TableColumn("上限（{unit}）", ColumnKind.MONEY),
    TableColumn("要求", ColumnKind.MONEY),
    TableColumn("余裕", ColumnKind.MONEY),
    TableColumn("要求÷上限", ColumnKind.CODE),
    TableColumn("判定", ColumnKind.CODE),
)
_AGAIN = "（ほかのブックにもある要求で、一度だけ数えています）"
LATE = "（遅れ）"


_NONE = AssessmentStanding(())


def status_text(
    year: str,
    intake: Intake,
    deadline: str = "",
    standing: AssessmentStanding = _NONE,
    changes: Sequence[UnitChanges] = (),
    ceilings: Sequence[CeilingStanding] = (),
    misplaced: Sequence[str] = (),
) -> str:
    """Return a line for each unit, then the files that are no unit's, then sums that add up, シーリング, and how far 査定 is.

    `deadline` is 提出期限 as yosan.toml has it, to be named where no day is known.
    """
    status = intake.status
    lines = [f"{year} 提出状況", "", *table_lines(_unit_table(intake))]
    lines += _block(
        "どの課のものでもないファイル", [_stray(one, intake.unit) for one in status.strays]
    )
    replaced = [
        f"{printable(old)}: 「{printable(new)}」を使います。" for old, new in status.replaced
    ]
    beside = [
        f"{unit.department.name}: {'、'.join(unit.attachments)}"
        for unit in status.units
        if unit.attachments
    ]
    beside += [f"どの課のものか分からないもの: {name}" for name in status.attachments]
    lines += _block("添付（数えません）", [*map(printable, beside)])
    lines += _block("置きかわったブックと、同じもの", replaced)
    if changes:
        from yosan_xl.report.resubmitted_text import changes_lines  # most years have none

        lines += _block("出し直しで変わった要求", [*changes_lines(changes, intake.unit)])
    notes = [
        f"{unit.department.code} {unit.department.name}: {note}"
        for unit in status.units
        for note in unit.notes
    ]
    lines += _block("名前や所管課がほかの課のものになっているもの", [*map(printable, notes)])
    lines += _block("提出フォルダーの外のブック（数えません）", [*map(printable, misplaced)])
    lines += _block("「差替え前」に移してあるもの（数えません）", [*map(printable, status.aside)])
    lines += _block("読まないファイル", [_stray(one, intake.unit) for one in status.skipped])
    lines += ["", *_sums(intake, deadline), *_ceiling_lines(ceilings)]
    return "\n".join([*lines, *(standing_lines(standing) if standing.is_begun else ())])


def closing_lines(intake: Intake) -> list[str]:
    """Return what every command ends with: what is counted apart, and who is missing."""
    return [*_apart(intake), *_missing(intake.status)]


def status_json(
    year: str,
    intake: Intake,
    standing: AssessmentStanding = _NONE,
    changes: Sequence[UnitChanges] = (),
    ceilings: Sequence[CeilingStanding] = (),
    misplaced: Sequence[str] = (),
) -> str:
    """Return the same as JSON; amounts are in the form's unit, save times as the books have them."""
    status = intake.status
    value = {
        "year": year,
        "unit": intake.unit,
        "due": status.due.isoformat() if status.due else None,
        "units": [_unit(unit) for unit in status.units],
        "replaced": [{"file": old, "by": new} for old, new in status.replaced],
        "changes": _changes(changes),
        "strays": [_entry(stray) for stray in status.strays],
        "skipped": [{"file": one.file, "why": one.why} for one in status.skipped],
        "aside": list(status.aside),
        "misplaced": list(misplaced),
        "files": {
            "total": status.files,
            "units": status.of_units,
            "replaced": len(status.replaced),
            "strays": len(status.strays),
            "attachments": status.beside,
            "skipped": len(status.skipped),
            "aside": len(status.aside),
        },
        "attachments": list(status.attachments),
        "states": {state.value: times for state, times in status.states.items()},
        "requests": status.requests,
        "requested": status.requested,
        "left_out": len(intake.left_out),
        "again": len(intake.again),
        "ceilings": [_ceiling(one) for one in ceilings],
        "assessment": standing_value(standing),
    }
    return to_json(value)


def _ceiling_lines(ceilings: Sequence[CeilingStanding]) -> Iterator[str]:
    """Yield a line for each ceiling with its room or excess, and below them what is not in the figures."""
    if not ceilings:
        return
    over = sum(one.is_over for one in ceilings)
    columns = tuple(
        replace(one, label=one.label.format(unit=ceilings[0].money)) for one in _CEILING
    )
    table = Table("シーリング", columns, tuple(map(_ceiling_row, ceilings)))
    yield from (
        "",
        f"シーリング（{f'超過 {over}件' if over else '超過なし'}）:",
        *table_lines(table),
    )
    for one in ceilings:
        if one.remarks:
            said = "。".join(one.remarks)
            yield printable(f"  {one.unit.name}（{one.measure}）: {said}。")


def _ceiling_row(one: CeilingStanding) -> tuple[str | int | None, ...]:
    used = "" if one.used is None else rate(one.used)
    ground, limit = one.ground, one.limit
    return (one.unit.name, one.measure, ground, limit, one.asked, one.room, used, one.judgement)


def _ceiling(one: CeilingStanding) -> dict[str, Any]:
    limits = one.ceiling
    return {
        "code": one.unit.code or None,
        "name": one.unit.name,
        "of": one.label,
        "categories": list(limits.categories),
        "percent": None if limits.tenths is None else limits.tenths / 10,
        "last": one.last,
        "last_unknown": one.last_unknown,
        "limit": one.limit,
        "requests": len(one.rows),
        "asked": one.asked,
        "room": one.room,
        "exceeded": None if one.limit is None else one.is_over,
        "left_out": [row.request.id for row in one.left_out],
        "remarks": list(one.remarks),
    }


def _changes(changes: Sequence[UnitChanges]) -> list[dict[str, Any]]:
    if not changes:
        return []
    from yosan_xl.report.resubmitted_text import changes_value

    return changes_value(changes)


def _unit_table(intake: Intake) -> Table:
    columns = (replace(one, label=one.label.format(unit=intake.unit)) for one in _UNIT)
    return Table("提出状況", tuple(columns), tuple(map(_row, intake.status.units)))


def _row(unit: UnitStatus) -> tuple[str | int | None, ...]:
    return (
        unit.department.code,
        unit.department.name,
        f"{unit.state.value}{LATE if unit.late else ''}",
        unit.requests if unit.files or unit.requests else None,
        unit.requested if unit.requests else None,
        unit.errors or None,
        unit.warnings or None,
        "、".join(shown_time(file.modified) for file in unit.files),
        "、".join(file.name for file in unit.files),
    )


def _stray(stray: Stray, unit: str) -> str:
    sum_ = with_unit(stray.requested, unit)
    asked = f"（要求 {stray.requests} 件、{sum_}）" if stray.requests else ""
    return printable(f"{stray.file}: {stray.why}{asked}")


def _block(heading: str, rows: Sequence[str]) -> Iterator[str]:
    if rows:
        yield from ("", f"{heading}:", *(f"  {row}" for row in rows))


def _sums(intake: Intake, deadline: str) -> Iterator[str]:
    status = intake.status
    states = "、".join(f"{state.value} {times}" for state, times in status.states.items())
    yield f"所管課 {len(status.units)}: {states}"
    if status.due:
        late = sum(unit.late for unit in status.units)
        yield f"期限 {status.due.isoformat()} に遅れた所管課 {late}"
    elif deadline:
        yield (
            f"期限: yosan.toml の deadline「{printable(deadline)}」は日付として読めません"
            "（--due で日付を指定できます）。"
        )
    others = (
        ("添付", status.beside),
        ("差替え前", len(status.aside)),
        ("読まないもの", len(status.skipped)),
    )
    rest = "、".join(f"{what} {number}" for what, number in others if number)
    yield (
        f"ファイル {status.files}: 所管課のもの {status.of_units}、置きかわったもの {len(status.replaced)}、"
        f"どの課のものでもないもの {len(status.strays)}{f'（ほかに{rest}）' if rest else ''}"
    )
    yield f"要求 {status.requests} 件、{with_unit(status.requested, intake.unit)}"
    yield from _apart(intake)


def _apart(intake: Intake) -> Iterator[str]:
    """Return what is 未算入, counted with errors, and there twice: how many, and what they ask for."""
    for what, rows in intake.apart:
        if rows:
            note = _AGAIN if what == AGAIN else ""
            yield f"{what}: 要求 {len(rows)} 件、{with_unit(asked(rows), intake.unit)}{note}"


def _missing(status: Status) -> Iterator[str]:
    """Return who handed nothing in, and who did so after the day."""
    told = [
        f"{what} {len(units)} 課（{printable(status.names(units))}）"
        for what, units in (
            (UnitState.MISSING.value, status.missing),
            ("期限後", status.handed_in_late),
        )
        if units
    ]
    if told:
        yield f"{'、'.join(told)}。すべての課は yosan-xl status で見られます。"


def _unit(unit: UnitStatus) -> dict[str, Any]:
    return {
        "code": unit.department.code,
        "name": unit.department.name,
        "state": unit.state.value,
        "late": unit.late,
        "requests": unit.requests,
        "requested": unit.requested,
        "errors": unit.errors,
        "warnings": unit.warnings,
        "notes": list(unit.notes),
        "files": [{"file": file.name, "modified": file.modified} for file in unit.files],
        "attachments": list(unit.attachments),
    }


def _entry(stray: Stray) -> dict[str, Any]:
    return {
        "file": stray.file,
        "why": stray.why,
        "requests": stray.requests,
        "requested": stray.requested,
        "errors": stray.errors,
        "warnings": stray.warnings,
    }
