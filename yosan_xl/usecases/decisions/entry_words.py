"""What an entry of finance is called, in the words of the year's form; and whether the form has a place for it."""

from __future__ import annotations

from yosan_xl.excel.summary.fields import (
    amount_label,
    cell_of,
)
from yosan_xl.excel.summary.stages import StagePlan
from yosan_xl.excel.summary.template import summary_definition
from yosan_xl.form.definition import Definition
from yosan_xl.model.assessment import AS_ASKED_AGAIN, AS_BEFORE
from yosan_xl.model.axes import DECIDED, SPECIFIC, TOTAL, Axes
from yosan_xl.model.decision import (
    OUTSIDE,
    RATIONALE,
    REASON,
    REMARKS,
    Spot,
    Value,
    assessed_sources,
    is_decided_by_rows,
)
from yosan_xl.model.request import VERDICT
from yosan_xl.model.settings import Settings

_WORDS = {OUTSIDE: "欄の外", REASON: "理由", REMARKS: "備考", VERDICT: "査定区分"}
_GONE = {TOTAL: "決める額", SPECIFIC: "決める額の特定財源"}


def entry_label(form: Definition, spot: Spot, settings: Settings, stage: str) -> str:
    """Return the heading of an entry's column while its stage is open; its key where there never was one."""
    names = [one.name for one in settings.assessment]
    closed = tuple(names[: names.index(stage)]) if stage in names else ()
    plan = StagePlan.of(settings, form.axes, closed)
    found = summary_definition(form, plan).entry(spot)
    return found.label if found else _general_label(form, spot)


def _general_label(form: Definition, spot: Spot) -> str:
    axes, cell = form.axes, cell_of(spot.field)
    if cell and axes.has_stage(DECIDED) and _is_known(axes, cell[1]):
        return amount_label(axes, axes.stage(DECIDED), cell[1])
    if cell:
        return _GONE.get(cell[1], spot.field)
    if spot.field in (VERDICT, RATIONALE) and not spot.line and axes.has(spot.field):
        return axes.word(spot.field)
    return _WORDS.get(spot.field, spot.field)


def _is_known(axes: Axes, source: str) -> bool:
    return source in (TOTAL, SPECIFIC) or source in {one.key for one in axes.sources}


def has_place(form: Definition, spot: Spot) -> bool:
    """Return whether the form has a cell for an entry."""
    axes, cell = form.axes, cell_of(spot.field)
    if axes.has_stage(DECIDED) and axes.stage(DECIDED).of:
        return False  # what is decided follows from other stages
    if spot.line is not None:
        if axes.main is None:
            return False
        if cell:
            return is_decided_by_rows(axes) and axes.main.of_amount(DECIDED, cell[1]) is not None
        return spot.field in (VERDICT, REMARKS)
    if cell:
        own = (TOTAL, *assessed_sources(axes))
        return cell[1] in own or (cell[1] == SPECIFIC and bool(axes.pointer(DECIDED, SPECIFIC)))
    return spot.field in (VERDICT, REASON) or (spot.field == RATIONALE and axes.has(RATIONALE))


def is_strange_word(form: Definition, spot: Spot, value: Value) -> bool:
    """Return whether a verdict is none of the words that the form allows."""
    if spot.field != VERDICT or value is None:
        return False
    allowed = allowed_words(form, spot)
    return bool(allowed) and value not in (*allowed, AS_BEFORE, AS_ASKED_AGAIN)


def allowed_words(form: Definition, spot: Spot) -> tuple[str, ...]:
    """Return the words that a form has for a verdict, none where it takes any."""
    axes = form.axes
    if spot.line is not None:
        column = axes.main.meaning(VERDICT) if axes.main else None
        return form.choices.get(column.choices or "", ()) if column else ()
    own = next((one for one in axes.fields if one.meaning == VERDICT), None)
    return form.choices.get(own.choices or "", ()) if own else ()
