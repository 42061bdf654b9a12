"""What the checks panel may look at: each kind as a formula, and as the fact we expect of it.

The two stand side by side, and the tests compare them in a spreadsheet program. A kind asks the form's
axes and meanings; where a form has nothing of what it looks at, it is not among the form's checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from yosan_xl.form.area import Area, spanned
from yosan_xl.form.choices import OF, choices_formula, parents
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.panel_sheet import (
    PanelSheet,
    any_of,
    asked_singly,
    columns_of,
    counta,
    entries,
    first_column,
    given,
    of_plan,
    refs,
)
from yosan_xl.form.picture import fits, misfits_formula
from yosan_xl.form.plan import LineGroup, Plan, Room, Slot
from yosan_xl.form.prose_length import first_cut, is_cut, is_long, length, long_formula, text_of
from yosan_xl.form.relation import is_number, list_name
from yosan_xl.model.axes import ASKED, SPECIFIC, TOTAL, Column, RowList, Stage

BILLION_YEN = {"千円": 1_000_000, "円": 1_000_000_000}
"""10億円 in the form's unit: an amount from here on may have been typed in another unit."""


class CheckKind(NamedTuple):
    """What a check looks at: as a formula (without `=`), as the fact we expect of it, and in what of a form.

    Where `looks_at` gives nothing, a form has nothing to be checked.
    """

    formula: Callable[[Plan], str]
    fault: Callable[[PanelSheet], bool]
    looks_at: Callable[[Plan], object] = bool


@of_plan
def _required(plan: Plan) -> list[Slot]:
    return [slot for slot in plan.slots if slot.required and slot.is_entry]


@of_plan
def _asked(plan: Plan) -> list[str]:
    """Return the cells of which one at least says what is asked for: the rows' words, else the amounts."""
    asking = [one for one in plan.axes.lists if one.of_amount(ASKED)]
    if not asking:
        return asked_singly(plan)
    words = ((one, one.meaning("label") or one.of_amount(ASKED)) for one in asking)
    return [name for one, column in words if column for name in columns_of(plan, one, column.key)]


def _missing_formula(plan: Plan) -> str:
    empty = [f'({slot.ref}="")' for slot in _required(plan)]
    asked = _asked(plan)
    return "+".join([*empty, *([f"({counta(plan, asked)}=0)"] if asked else [])]) + ">0"


def _is_missing(sheet: PanelSheet) -> bool:
    asked = _asked(sheet.plan)
    required = [sheet.one(slot.name) for slot in _required(sheet.plan)]
    return not all(map(given, required)) or (bool(asked) and not sheet.holds(asked))


@of_plan
def numbers(plan: Plan) -> list[str]:
    """Return the entries that hold amounts or other numbers."""
    kinds = (FieldKind.MONEY, FieldKind.NUMBER)
    return [slot.name for slot in plan.slots if slot.kind in kinds and slot.is_entry]


def _text_amount_formula(plan: Plan) -> str:
    parts = (f"SUMPRODUCT(ISTEXT({plan.ref(name)})*1)" for name in numbers(plan))
    return f"{'+'.join(parts)}>0"


def _has_text_amount(sheet: PanelSheet) -> bool:
    return any(isinstance(v, str) for name in numbers(sheet.plan) for v in sheet.column(name))


@of_plan
def pairs(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return in each group of rows the columns of which one needs the other: the words and their amount."""
    found = []
    for own in plan.axes.lists:
        label, amount = own.meaning("label"), own.of_amount(ASKED) or _only_amount(own)
        if label and amount:
            for group in plan.groups_of(own.key):
                found.append((group.columns[label.key], group.columns[amount.key]))
    filled = {slot.name for slot in plan.slots if slot.is_entry}
    return tuple(pair for pair in found if filled.issuperset(pair))


def _only_amount(own: RowList) -> Column | None:
    amounts = [one for one in own.columns if one.kind == "money" and one.by == "department"]
    return amounts[0] if len(amounts) == 1 else None


def _unpaired_formula(plan: Plan) -> str:
    parts = (
        f'SUMPRODUCT((({first_column(plan, label)}<>"")<>({first_column(plan, amount)}<>""))*1)'
        for label, amount in pairs(plan)
    )
    return f"{'+'.join(parts)}>0"


def _is_unpaired(sheet: PanelSheet) -> bool:
    return any(
        given(text) != given(amount)
        for label, name in pairs(sheet.plan)
        for text, amount in zip(sheet.column(label), sheet.column(name), strict=False)
    )


@of_plan
def _flat_too(plan: Plan) -> list[tuple[LineGroup, list[LineGroup]]]:
    """Return the groups that may go without their name, each with the others of its list."""
    optional = [group for group in plan.groups if group.group_slot]
    found = [(one, [g for g in plan.groups_of(one.list) if g is not one]) for one in optional]
    return [(one, others) for one, others in found if others]


def _mixed_formula(plan: Plan) -> str:
    tests = []
    for own, others in _flat_too(plan):
        used = [f"{counta(plan, entries(group, plan))}>0" for group in (own, *others)]
        tests.append(f'AND({plan.ref(own.group_slot or "")}="",{used[0]},{any_of(used[1:])})')
    return any_of(tests)


def _is_mixed(sheet: PanelSheet) -> bool:
    return any(
        not sheet.one(own.group_slot or "")
        and sheet.holds(entries(own, sheet.plan))
        and any(sheet.holds(entries(group, sheet.plan)) for group in others)
        for own, others in _flat_too(sheet.plan)
    )


@of_plan
def _bounded(plan: Plan) -> list[tuple[str, str]]:
    """Return the columns that may not go beyond another of their row, with that."""
    slots = [plan.by_name()[name] for group in plan.groups for name in group.columns.values()]
    return [(slot.name, slot.not_more) for slot in slots if slot.not_more and slot.is_entry]


def _over_formula(plan: Plan) -> str:
    parts = []
    for one, whole in _bounded(plan):
        a, b = first_column(plan, one), first_column(plan, whole)
        parts.append(f"SUMPRODUCT(ISNUMBER({a})*ISNUMBER({b})*({a}>{b})*({b}>0))")
    return f"{'+'.join(parts)}>0"


def _is_over(sheet: PanelSheet) -> bool:
    return any(
        is_number(one) and is_number(whole) and one > whole > 0
        for part, amount in _bounded(sheet.plan)
        for one, whole in zip(sheet.column(part), sheet.column(amount), strict=False)
    )


def _own_stages(plan: Plan) -> list[Stage]:
    return [stage for stage in plan.axes.stages if stage.by == "department"]


def _sources(plan: Plan, stage: Stage, sources: Iterable[str]) -> list[str]:
    return [name for one in sources for name in plan.names_at(stage.amounts.get(one))]


@of_plan
def specific_sums(plan: Plan) -> tuple[tuple[list[str], list[str]], ...]:
    """Return the columns that must add up to 特定財源, each time with the cells of these.

    Lists that add up to the stage itself do so together, any other (特財の積算根拠) on its own.
    """
    found = []
    for stage in _own_stages(plan):
        sources = _sources(plan, stage, plan.axes.specific)
        lists = [own for own in plan.axes.lists if own.of_amount(stage.key, SPECIFIC)]
        together = [own for own in lists if own.of_amount(stage.key)]
        alone = [[own] for own in lists if own not in together]
        for some in filter(None, (together, *alone)):
            keys = [(own, own.of_amount(stage.key, SPECIFIC)) for own in some]
            names = [name for own, one in keys if one for name in columns_of(plan, own, one.key)]
            found.append((names, sources))
    return tuple((names, sources) for names, sources in found if sources)


def _specific_formula(plan: Plan) -> str:
    return any_of(
        f"SUM({refs(plan, names)})<>SUM({refs(plan, sources)})"
        for names, sources in specific_sums(plan)
    )


def _is_specific_off(sheet: PanelSheet) -> bool:
    sums = specific_sums(sheet.plan)
    return any(sheet.total(names) != sheet.total(sources) for names, sources in sums)


@of_plan
def _rests(plan: Plan) -> list[tuple[str, str]]:
    """Return 一般財源 of what is asked for, with the total."""
    rest = plan.slot_at(plan.axes.pointer(ASKED, plan.axes.rest or ""))
    total = plan.slot_at(plan.axes.pointer(ASKED))
    return [(rest.name, total.name)] if rest and total else []


def _negative_rest_formula(plan: Plan) -> str:
    return any_of(f"N({plan.ref(rest)})<0" for rest, _ in _rests(plan))


def _is_rest_negative(sheet: PanelSheet) -> bool:
    return any(sheet.total([rest]) < 0 for rest, _ in _rests(sheet.plan))


def _rest_formula(plan: Plan) -> str:
    return any_of(f"AND(N({plan.ref(r)})<0,N({plan.ref(t)})>0)" for r, t in _rests(plan))


def _is_rest_off(sheet: PanelSheet) -> bool:
    """Return whether sources exceed the total; where that is 0 or less they only change places (財源振替)."""
    return any(sheet.total([r]) < 0 < sheet.total([t]) for r, t in _rests(sheet.plan))


@of_plan
def _unbalanced(plan: Plan) -> list[tuple[list[str], str]]:
    """Return the sources that must make up a total, with that, where nothing is the rest or their sum."""
    if plan.axes.rest is not None:
        return []
    found = []
    for stage in _own_stages(plan):
        total = plan.slot_at(stage.amounts.get(TOTAL))
        sources = _sources(plan, stage, plan.axes.specific)
        if total and sources and stage.total != "sources":
            found.append((sources, total.name))
    return found


def _no_rest_formula(plan: Plan) -> str:
    sums = _unbalanced(plan)
    return any_of(f"SUM({refs(plan, sources)})<>SUM({plan.ref(total)})" for sources, total in sums)


def _is_unbalanced(sheet: PanelSheet) -> bool:
    sums = _unbalanced(sheet.plan)
    return any(sheet.total(sources) != sheet.total([total]) for sources, total in sums)


@of_plan
def _amounts(plan: Plan) -> list[str]:
    """Return the amounts that staff enter."""
    return [s.name for s in plan.slots if s.kind is FieldKind.MONEY and s.is_entry]


def _negative_formula(plan: Plan) -> str:
    return "+".join(f'COUNTIF({plan.ref(name)},"<0")' for name in _amounts(plan)) + ">0"


def _has_negative(sheet: PanelSheet) -> bool:
    return any(v < 0 for n in _amounts(sheet.plan) for v in sheet.column(n) if is_number(v))


def _yen_formula(plan: Plan) -> str:
    most = BILLION_YEN[plan.axes.unit]
    tests = [f'">={most}"', f'"<=-{most}"']
    counts = [f"COUNTIF({plan.ref(name)},{test})" for name in _amounts(plan) for test in tests]
    return "+".join(counts) + ">0"


def _has_yen(sheet: PanelSheet) -> bool:
    most = BILLION_YEN[sheet.plan.axes.unit]
    amounts = [v for n in _amounts(sheet.plan) for v in sheet.column(n) if is_number(v)]
    return any(not -most < amount < most for amount in amounts)


@of_plan
def _dependent(plan: Plan) -> list[Slot]:
    return [slot for slot in plan.slots if slot.under and slot.is_entry]


def _told_above(slot: Slot, plan: Plan) -> list[Slot]:
    """Return the cells above a chosen one that are 入力もれ where they are blank: one gap, one mark."""
    above = [plan.by_name()[name] for name in parents(slot, plan)] if plan.vocabulary > 1 else []
    return [one for one in above if one.required and one.is_entry]


def _stale_formula(plan: Plan) -> str:
    return any_of(
        f"IF({_blank(slot, plan)},FALSE,ISERROR(MATCH({slot.ref},{choices_formula(slot, plan)},0)))"
        for slot in _dependent(plan)
    )


def _blank(slot: Slot, plan: Plan) -> str:
    return any_of(f'{one.ref}=""' for one in (slot, *_told_above(slot, plan)))


def _is_stale(sheet: PanelSheet) -> bool:
    return any(_is_chosen_amiss(slot, sheet) for slot in _dependent(sheet.plan))


def _is_chosen_amiss(slot: Slot, sheet: PanelSheet) -> bool:
    chosen = sheet.one(slot.name)
    if not all(given(sheet.one(one.name)) for one in _told_above(slot, sheet.plan)):
        return False
    above = (text_of(sheet.one(name)) for name in parents(slot, sheet.plan))
    return bool(chosen) and chosen not in sheet.lists.get(
        "/".join([slot.choices or "", *above]), ()
    )


_CONTRACT = ("contract_start", "contract_end", "contract_limit")


@of_plan
def _contract(plan: Plan) -> list[Slot]:
    """Return the cells of 債務負担行為, where there are several of them: one needs the others."""
    slots = [slot for meaning in _CONTRACT if (slot := plan.slot_of(meaning))]
    return slots if len(slots) > 1 else []


@of_plan
def _term(plan: Plan) -> list[Slot]:
    slots = [plan.slot_of(meaning) for meaning in _CONTRACT[:2]]
    years = [slot for slot in slots if slot and slot.kind is FieldKind.YEAR]
    return years if len(years) == 2 else []


def _contract_formula(plan: Plan) -> str:
    cells = [slot.ref for slot in _contract(plan)]
    count = "+".join(f'({ref}<>"")' for ref in cells)
    years, order = list_name("years"), "FALSE"
    if term := [slot.ref for slot in _term(plan)]:
        start, end = term
        order = f"IFERROR(MATCH({start},{years},0)>MATCH({end},{years},0),TRUE)"
    return f"IF({count}=0,FALSE,IF({count}<{len(cells)},TRUE,{order}))"


def _is_contract_off(sheet: PanelSheet) -> bool:
    values = [sheet.one(slot.name) for slot in _contract(sheet.plan)]
    count = sum(map(given, values))
    if count not in (0, len(values)):
        return True
    years, term = sheet.lists.get("years", ()), [sheet.one(s.name) for s in _term(sheet.plan)]
    if count == 0 or not term:
        return False
    start, end = term
    known = start in years and end in years
    return not known or years.index(str(start)) > years.index(str(end))


def _too_long_formula(plan: Plan) -> str:
    parts = (f"({long_formula(slot, plan)})*1" for slot in plan.counted())
    return f"{'+'.join(parts)}>0"


def _is_too_long(sheet: PanelSheet) -> bool:
    plan = sheet.plan
    return any(is_long(slot, sheet.one(slot.name), plan) for slot in plan.counted())


@of_plan
def _pictures(plan: Plan) -> list[tuple[Slot, str]]:
    return [(slot, slot.picture) for slot in plan.slots if slot.picture and slot.is_entry]


def _picture_formula(plan: Plan) -> str:
    found = _pictures(plan)
    parts = (misfits_formula(first_column(plan, slot.name), picture) for slot, picture in found)
    return f"{'+'.join(parts)}>0"


def _is_picture_off(sheet: PanelSheet) -> bool:
    return any(
        given(value) and not fits(text_of(value), picture)
        for slot, picture in _pictures(sheet.plan)
        for value in sheet.column(slot.name)
    )


KINDS: Mapping[str, CheckKind] = {
    "missing": CheckKind(
        _missing_formula, _is_missing, lambda plan: _required(plan) or _asked(plan)
    ),
    "text_amount": CheckKind(_text_amount_formula, _has_text_amount, numbers),
    "unpaired": CheckKind(_unpaired_formula, _is_unpaired, pairs),
    "mixed": CheckKind(_mixed_formula, _is_mixed, _flat_too),
    "over_line": CheckKind(_over_formula, _is_over, _bounded),
    "specific": CheckKind(_specific_formula, _is_specific_off, specific_sums),
    "no_rest": CheckKind(_no_rest_formula, _is_unbalanced, _unbalanced),
    "rest": CheckKind(_rest_formula, _is_rest_off, _rests),
    "negative_rest": CheckKind(_negative_rest_formula, _is_rest_negative, _rests),
    "negative": CheckKind(_negative_formula, _has_negative, _amounts),
    "yen": CheckKind(_yen_formula, _has_yen, _amounts),
    "stale": CheckKind(_stale_formula, _is_stale, _dependent),
    "contract": CheckKind(_contract_formula, _is_contract_off, _contract),
    "picture": CheckKind(_picture_formula, _is_picture_off, _pictures),
    "too_long": CheckKind(_too_long_formula, _is_too_long, lambda plan: plan.counters),
}
"""What a check may look at, as the first panels did."""


def _not_offered_formula(plan: Plan) -> str:
    """As a value of a list `*` or `?` is no sign of a search."""
    return any_of(
        f"IF({_blank(slot, plan)},FALSE,{_times_offered(slot, plan)}=0)"
        for slot in _dependent(plan)
    )


def _no_amount_formula(plan: Plan) -> str:
    """A text counts for nothing in a sum; an error, taken from elsewhere, spoils it."""
    cells = ",".join(map(plan.ref, numbers(plan)))
    return f"COUNTA({cells})>COUNT({cells})"


def _times_offered(slot: Slot, plan: Plan) -> str:
    name = list_name(slot.choices or "")
    above = [plan.by_name()[one].area.first_absolute for one in parents(slot, plan)]
    path = '&"/"&'.join(above)
    return f"SUMPRODUCT(EXACT({name}_{OF},{path})*EXACT({name},{slot.ref}))"


def _whole_contract_formula(plan: Plan) -> str:
    cells = [slot.ref for slot in _contract(plan)]
    count = "+".join(f'({ref}<>"")' for ref in cells)
    order, years = "FALSE", list_name("years")
    if term := [slot.ref for slot in _term(plan)]:
        start, end = (f"SUMPRODUCT(EXACT({years},{ref})*ROW({years}))" for ref in term)
        order = f"OR({start}*{end}=0,{start}>{end})"
    return f"IF({count}=0,FALSE,IF({count}<{len(cells)},TRUE,{order}))"


def _not_shown_formula(plan: Plan) -> str:
    """The counters say it, each with what is to be done."""
    cells = spanned(plan.counters[0].area, plan.counters[-1].area)
    counters = Area(cells.top, cells.left, cells.bottom, cells.left).a1()
    return f'SUMPRODUCT(ISNUMBER(FIND("ます",{counters}))*1)>0'


def _is_not_shown(sheet: PanelSheet) -> bool:
    return any(True for _ in not_shown(sheet))


def not_shown(sheet: PanelSheet) -> Iterator[tuple[Slot, int]]:
    """Yield the texts that are too long, or longer than their cells show, with their row (from 0)."""
    slots = sheet.plan.by_name()
    for slot in (slots[counter.slot] for counter in sheet.plan.counters):
        for row, value in enumerate(sheet.column(slot.name)):
            if _shows_not(slot, row, text_of(value), sheet.rooms.get(slot.name)):
                yield slot, row


def _shows_not(slot: Slot, row: int, text: str, room: Room | None) -> bool:
    if length(text) > (slot.max_length or 0):
        return True
    if room is None:
        return False
    if slot.repeats:
        return bool(first_cut([text], room._replace(rows=room.rows[row : row + 1])))
    return is_cut(slot, text, room)


KINDS_2: Mapping[str, CheckKind] = {
    **KINDS,
    "text_amount": CheckKind(_no_amount_formula, _has_text_amount, numbers),
    "stale": CheckKind(_not_offered_formula, _is_stale, _dependent),
    "contract": CheckKind(_whole_contract_formula, _is_contract_off, _contract),
    "too_long": CheckKind(_not_shown_formula, _is_not_shown, lambda plan: plan.counters),
}
"""The same of the second panel: a text has the room of its own cell, and no sign is one of a search."""
