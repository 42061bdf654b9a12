"""What the checks panel may look at: each kind as a formula, and as the fact we expect of it.

The two stand side by side, and the tests compare them in a spreadsheet program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import NamedTuple

from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind, FilledBy
from yosan_xl.form.plan import KAN, Plan, Slot
from yosan_xl.form.relation import CellValue, Values, is_number, list_name

BILLION_YEN = 1_000_000
"""10億円 in 千円: an amount from here on may have been typed in 円."""

KAN_ROWS = 60
"""How many 款 an account may have in the hidden lists."""


class CheckKind(NamedTuple):
    """What a check looks at: as a formula (without `=`), and as the fact we expect of it."""

    formula: Callable[[Plan], str]
    fault: Callable[[PanelSheet], bool]


# Compared by identity, so that what is found of a sheet can be kept for its many checks.
@dataclass(frozen=True, slots=True, eq=False)
class PanelSheet:
    """A request sheet to be checked: its Plan, its values as the cells show them, the lists."""

    plan: Plan
    values: Values
    lists: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> CellValue:
        """Return the value of a single cell."""
        value = self.values.get(name)
        return None if isinstance(value, tuple) else value

    def column(self, name: str) -> tuple[CellValue, ...]:
        """Return the values of a slot, row by row."""
        value = self.values.get(name)
        return value if isinstance(value, tuple) else (value,)

    def total(self, names: list[str]) -> int | Decimal:
        """Return the sum of the amounts in these slots (千円); text counts nothing, as in SUM."""
        return sum(v for name in names for v in self.column(name) if is_number(v))


def blank_formula(plan: Plan) -> str:
    """Return the formula (without `=`) that tells whether nothing of weight was entered."""
    return f'AND({plan.ref("yx_title")}="",COUNTA({_refs(plan, _entry_columns(plan))})=0)'


@lru_cache(maxsize=64)
def is_blank(sheet: PanelSheet) -> bool:
    """Return whether nothing of weight was entered."""
    return not sheet.one("yx_title") and not any(
        _given(value) for name in _entry_columns(sheet.plan) for value in sheet.column(name)
    )


def kan_source(plan: Plan) -> str:
    """Return the 款 of the chosen account: a column of the hidden lists, by the account's place."""
    place = f"MATCH({_absolute(plan, 'yx_account')},{list_name('accounts')},0)-1"
    head = list_name("kan")
    return f"OFFSET({head},1,{place},COUNTA(OFFSET({head},1,{place},{KAN_ROWS},1)),1)"


def _required(plan: Plan) -> list[Slot]:
    return [slot for slot in plan.slots if slot.required and slot.is_entry]


def _missing_formula(plan: Plan) -> str:
    empty = "+".join(f'({slot.ref}="")' for slot in _required(plan))
    return f"{empty}+(COUNTA({_refs(plan, _columns(plan, 'label'))})=0)>0"


def _is_missing(sheet: PanelSheet) -> bool:
    labels = [v for n in _columns(sheet.plan, "label") for v in sheet.column(n)]
    required = [sheet.one(slot.name) for slot in _required(sheet.plan)]
    return not all(map(_given, required)) or not any(map(_given, labels))


def _text_amount_formula(plan: Plan) -> str:
    parts = (f"SUMPRODUCT(ISTEXT({plan.ref(name)})*1)" for name in _amounts(plan))
    return f"{'+'.join(parts)}>0"


def _has_text_amount(sheet: PanelSheet) -> bool:
    return any(isinstance(v, str) for name in _amounts(sheet.plan) for v in sheet.column(name))


def _unpaired_formula(plan: Plan) -> str:
    pairs = zip(_columns(plan, "label"), _columns(plan, "requested"), strict=True)
    parts = (
        f'SUMPRODUCT((({_first_column(plan, label)}<>"")<>({plan.ref(amount)}<>""))*1)'
        for label, amount in pairs
    )
    return f"{'+'.join(parts)}>0"


def _is_unpaired(sheet: PanelSheet) -> bool:
    pairs = zip(_columns(sheet.plan, "label"), _columns(sheet.plan, "requested"), strict=True)
    return any(
        _given(text) != _given(amount)
        for label, name in pairs
        for text, amount in zip(sheet.column(label), sheet.column(name), strict=False)
    )


def _mixed_formula(plan: Plan) -> str:
    used = (f"COUNTA({_refs(plan, _group_columns(plan, g))})>0" for g in range(len(plan.groups)))
    return f'AND({plan.ref(_part_slot(plan))}="",{",".join(used)})'


def _is_mixed(sheet: PanelSheet) -> bool:
    used = [
        any(_given(v) for name in _group_columns(sheet.plan, g) for v in sheet.column(name))
        for g in range(len(sheet.plan.groups))
    ]
    return not sheet.one(_part_slot(sheet.plan)) and all(used)


def _over_formula(plan: Plan) -> str:
    pairs = zip(_columns(plan, "earmarked"), _columns(plan, "requested"), strict=True)
    parts = []
    for one, whole in pairs:
        a, b = plan.ref(one), plan.ref(whole)
        parts.append(f"SUMPRODUCT(ISNUMBER({a})*ISNUMBER({b})*({a}>{b})*({b}>0))")
    return f"{'+'.join(parts)}>0"


def _is_over(sheet: PanelSheet) -> bool:
    pairs = zip(_columns(sheet.plan, "earmarked"), _columns(sheet.plan, "requested"), strict=True)
    return any(
        is_number(one) and is_number(whole) and one > whole > 0
        for part, amount in pairs
        for one, whole in zip(sheet.column(part), sheet.column(amount), strict=False)
    )


def _earmarked_formula(plan: Plan) -> str:
    parts, sources = _columns(plan, "earmarked"), _sources(plan)
    return f"SUM({_refs(plan, parts)})<>SUM({_refs(plan, sources)})"


def _is_earmarked_off(sheet: PanelSheet) -> bool:
    parts, sources = _columns(sheet.plan, "earmarked"), _sources(sheet.plan)
    return sheet.total(parts) != sheet.total(sources)


def _general_formula(plan: Plan) -> str:
    return f"N({plan.ref('yx_funding_general_amount')})<0"


def _is_general_negative(sheet: PanelSheet) -> bool:
    return sheet.total(["yx_funding_general_amount"]) < 0


def _negative_formula(plan: Plan) -> str:
    return "+".join(f'COUNTIF({plan.ref(name)},"<0")' for name in _amounts(plan)) + ">0"


def _has_negative(sheet: PanelSheet) -> bool:
    return any(v < 0 for n in _amounts(sheet.plan) for v in sheet.column(n) if is_number(v))


def _yen_formula(plan: Plan) -> str:
    tests = [f'">={BILLION_YEN}"', f'"<=-{BILLION_YEN}"']
    counts = [f"COUNTIF({plan.ref(name)},{test})" for name in _amounts(plan) for test in tests]
    return "+".join(counts) + ">0"


def _has_yen(sheet: PanelSheet) -> bool:
    amounts = [v for n in _amounts(sheet.plan) for v in sheet.column(n) if is_number(v)]
    return any(not -BILLION_YEN < amount < BILLION_YEN for amount in amounts)


def _kan_formula(plan: Plan) -> str:
    kan = plan.ref("yx_kan")
    return f'IF({kan}="",FALSE,ISERROR(MATCH({kan},{kan_source(plan)},0)))'


def _is_kan_stale(sheet: PanelSheet) -> bool:
    kan = sheet.one("yx_kan")
    return bool(kan) and kan not in sheet.lists.get(f"{KAN}{sheet.one('yx_account')}", ())


_CONTRACT = tuple(f"yx_contract_authorization_{key}" for key in ("term_start", "term_end", "limit"))


def _contract_formula(plan: Plan) -> str:
    start, end, limit = map(plan.ref, _CONTRACT)
    given = f'({start}<>"")+({end}<>"")+({limit}<>"")'
    years = list_name("years")
    order = f"IFERROR(MATCH({start},{years},0)>MATCH({end},{years},0),TRUE)"
    return f"IF({given}=0,FALSE,IF({given}<3,TRUE,{order}))"


def _is_contract_off(sheet: PanelSheet) -> bool:
    start, end, limit = map(sheet.one, _CONTRACT)
    given = sum(map(_given, (start, end, limit)))
    if given in (0, 3):
        years = sheet.lists.get("years", ())
        known = start in years and end in years
        return given == 3 and (not known or years.index(str(start)) > years.index(str(end)))
    return True


def _too_long_formula(plan: Plan) -> str:
    parts = (f"({long_formula(slot, plan)})*1" for slot in plan.counted())
    return f"{'+'.join(parts)}>0"


def _is_too_long(sheet: PanelSheet) -> bool:
    return any(is_long(slot, sheet) for slot in sheet.plan.counted())


def long_formula(slot: Slot, plan: Plan) -> str:
    """A text is long beyond its characters, or with its line breaks beyond the lines they fill."""
    ref, (per_line, lines) = slot.ref, _room(slot, plan)
    breaks = f'LEN({ref})-LEN(SUBSTITUTE({ref},CHAR(10),""))'
    return f"OR(LEN({ref})>{slot.max_length},ROUNDUP(LEN({ref})/{per_line},0)+{breaks}>{lines})"


def is_long(slot: Slot, sheet: PanelSheet) -> bool:
    """Return whether a prose block holds more than its place on the page."""
    text = text_of(sheet.one(slot.name))
    per_line, lines = _room(slot, sheet.plan)
    used = ceil(length(text) / per_line) + text.count("\n")
    return length(text) > (slot.max_length or 0) or used > lines


def _room(slot: Slot, plan: Plan) -> tuple[int, int]:
    """Return the characters of a line, and the lines of a text of full length and six paragraphs."""
    width = sum(plan.widths[slot.area.left : slot.area.right + 1])
    per_line = max(1, int(width) - 1)
    return per_line, ceil((slot.max_length or 0) / per_line) + 5


def length(text: str) -> int:
    """Return the length as a sheet's LEN counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def text_of(value: CellValue) -> str:
    """Return a value as `&` and LEN take it."""
    return "" if value is None else str(value)


def _given(value: CellValue) -> bool:
    return value is not None and value != ""


def _columns(plan: Plan, key: str) -> list[str]:
    return [group.columns[key] for group in plan.groups]


def _group_columns(plan: Plan, group: int) -> list[str]:
    keys = ("label", "requested", "earmarked")
    return [plan.groups[group].columns[key] for key in keys]


def _entry_columns(plan: Plan) -> list[str]:
    return [name for group in range(len(plan.groups)) for name in _group_columns(plan, group)]


def _part_slot(plan: Plan) -> str:
    return next(group.group_slot for group in plan.groups if group.group_slot)


def _sources(plan: Plan) -> list[str]:
    general = next(slot for slot in plan.slots if slot.name == "yx_funding_general_amount")
    return list(general.formula.of[1:]) if general.formula else []


def _amounts(plan: Plan) -> list[str]:
    """The amounts that staff enter (千円)."""
    entries = (slot for slot in plan.slots if slot.kind is FieldKind.MONEY)
    return [slot.name for slot in entries if slot.by is FilledBy.DEPARTMENT]


def _refs(plan: Plan, names: list[str]) -> str:
    return ",".join(plan.ref(name) for name in names)


def _first_column(plan: Plan, name: str) -> str:
    area = plan.by_name()[name].area
    return Area(area.top, area.left, area.bottom, area.left).a1()


def _absolute(plan: Plan, name: str) -> str:
    return plan.by_name()[name].area.first_absolute


KINDS: Mapping[str, CheckKind] = {
    "missing": CheckKind(_missing_formula, _is_missing),
    "text_amount": CheckKind(_text_amount_formula, _has_text_amount),
    "unpaired": CheckKind(_unpaired_formula, _is_unpaired),
    "mixed": CheckKind(_mixed_formula, _is_mixed),
    "over_line": CheckKind(_over_formula, _is_over),
    "specific": CheckKind(_earmarked_formula, _is_earmarked_off),
    "rest": CheckKind(_general_formula, _is_general_negative),
    "negative": CheckKind(_negative_formula, _has_negative),
    "yen": CheckKind(_yen_formula, _has_yen),
    "stale": CheckKind(_kan_formula, _is_kan_stale),
    "contract": CheckKind(_contract_formula, _is_contract_off),
    "too_long": CheckKind(_too_long_formula, _is_too_long),
}
"""What a check may look at."""
