"""The checks panel of a form that names no checks: those that its axes and meanings give something to, in its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from yosan_xl.form.check_kinds import KINDS, pairs
from yosan_xl.form.checks import ERROR, WARNING
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import CheckDefinition, Definition
from yosan_xl.form.picture import in_words
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.told import TOLD, concerns_staff
from yosan_xl.model.axes import ASKED, SPECIFIC, ToldRelation
from yosan_xl.model.fiscal_year import FiscalYear

_ANY_YEAR = FiscalYear(2026)
"""Where the cells stand, and whose they are, is the same in every year."""

_WEIGHTS = {"誤り": ERROR, "注意": WARNING}
"""What the weights of a told relation are in the panel."""

_MOST_NAMED = 6
"""Fields that an advice names."""

_ROOM = 200
"""Characters of the codes' forms in an advice: a text in a formula has 255 (Excel の仕様と制限)."""


class _CheckWords(NamedTuple):
    weight: str
    label: Callable[[Plan], str]
    advice: Callable[[Plan], str]


def usual_checks(definition: Definition) -> tuple[CheckDefinition, ...]:
    """Return the checks of a form, whose panel has none yet, by its axes and meanings; its told relations last."""
    # The first panel's: which checks a form has is not of a version.
    plan = compile_plan(definition, _ANY_YEAR, panel=1)
    kinds = (kind for kind in CHECK_KINDS if KINDS[kind].looks_at(plan))
    told = (
        _told(number, one, plan)
        for number, one in enumerate(plan.told, 1)
        if concerns_staff(one, plan)
    )
    return (*(_check(kind, plan) for kind in kinds), *told)


def _check(kind: str, plan: Plan) -> CheckDefinition:
    words = _WORDS[kind]
    return CheckDefinition(kind, words.label(plan), words.weight, words.advice(plan))


def _told(number: int, told: ToldRelation, plan: Plan) -> CheckDefinition:
    label = _cell_label(told.cell, plan)
    return CheckDefinition(f"{TOLD}{number}", label, _WEIGHTS[told.weight], told.say, TOLD)


def _cell_label(pointer: str, plan: Plan) -> str:
    """Return what a cell of a told relation is called."""
    axes = plan.axes
    for stage in axes.stages:
        for source, at in stage.amounts.items():
            if at == pointer:
                return axes.amount_label(stage.key, source)
    for own in axes.lists:
        for column in own.columns:
            if own.row_pointer(column.key) == pointer:
                return f"{own.label}の{column.label}"
    return plan.by_name()[plan.names_at(pointer)[0]].label


def _named(labels: Iterable[str]) -> str:
    every = list(dict.fromkeys(labels))
    more = "など" if len(every) > _MOST_NAMED else ""
    return "、".join(every[:_MOST_NAMED]) + more


def _labels(slots: Iterable[Slot | None]) -> str:
    return _named(slot.label for slot in slots if slot)


def _asked(plan: Plan) -> str:
    return plan.axes.stage(ASKED).label


def _rest(plan: Plan) -> str:
    return plan.axes.source_label(plan.axes.rest or "")


def _required(plan: Plan) -> str:
    required = [slot.label for slot in plan.slots if slot.required and slot.is_entry]
    return _named([*required, _asked(plan)])


def _pair(plan: Plan) -> tuple[str, str]:
    label, amount = pairs(plan)[0]
    return plan.by_name()[label].label, plan.by_name()[amount].label


def _bounded(plan: Plan) -> tuple[str, str]:
    slots = plan.by_name()
    slot = next(slot for slot in plan.slots if slot.not_more and slot.is_entry)
    return slot.label, slots[slot.not_more or ""].label


def _first_group(plan: Plan) -> str:
    return next(group.name or "" for group in plan.groups if group.group_slot)


def _specific(plan: Plan) -> str:
    """Return what the rows call 特定財源, the list and its column."""
    columns = (
        f"{own.label}の{column.label}"
        for stage in plan.axes.stages
        for own in plan.axes.lists
        if (column := own.of_amount(stage.key, SPECIFIC))
    )
    return next(columns)


def _sources(plan: Plan) -> str:
    return _named(map(plan.axes.source_label, plan.axes.specific))


def _dependent(plan: Plan) -> list[Slot]:
    slots = plan.by_name()
    own = [slot for slot in plan.slots if slot.under and slot.is_entry]
    return list(dict.fromkeys(one for slot in own for one in (slots[slot.under or ""], slot)))


def _contract(plan: Plan) -> str:
    return _labels(
        map(plan.slot_of, ("contract_start", "contract_end", "contract_limit")),
    )


def _pictured(plan: Plan) -> list[Slot]:
    return [slot for slot in plan.slots if slot.picture and slot.is_entry]


def _forms(plan: Plan) -> str:
    """Return what each code looks like, in words, as far as a formula's text has room."""
    forms = [f"{slot.label}は{in_words(slot.picture)}" for slot in _pictured(plan) if slot.picture]
    known = list(dict.fromkeys(forms))
    some = (known[:count] for count in range(len(known), 0, -1))
    return next(
        (text for one in some if len(text := "。".join(one)) <= _ROOM), _labels(_pictured(plan))
    )


_YEN = {
    "千円": "10億円以上の金額です。円で入力していないか確かめてください。",
    "円": "10億円以上の金額です。桁を確かめてください。",
}

_WORDS: Mapping[str, _CheckWords] = {
    "missing": _CheckWords(
        ERROR,
        lambda plan: "入力もれ",
        lambda plan: f"{_required(plan)}のうち空欄を入力してください。",
    ),
    "text_amount": _CheckWords(
        ERROR,
        lambda plan: "文字の金額",
        lambda plan: "文字の金額は計に入りません。半角の数字で入力してください。",
    ),
    "unpaired": _CheckWords(
        WARNING,
        lambda plan: "{}と{}の組".format(*_pair(plan)),
        lambda plan: "{}か{}の片方しかない行を確かめてください。".format(*_pair(plan)),
    ),
    "mixed": _CheckWords(
        ERROR,
        lambda plan: "区分の混在",
        lambda plan: f"上の段の左端で「{_first_group(plan)}」を選んでください。",
    ),
    "over_line": _CheckWords(
        ERROR,
        lambda plan: "{}と{}".format(*_bounded(plan)),
        lambda plan: "{}が{}を超える行を直してください。".format(*_bounded(plan)),
    ),
    "specific": _CheckWords(
        ERROR,
        lambda plan: f"{_specific(plan)}の計",
        lambda plan: f"{_specific(plan)}の計を{_sources(plan)}の計に合わせてください。",
    ),
    "no_rest": _CheckWords(
        ERROR,
        lambda plan: f"{_asked(plan)}と財源の計",
        lambda plan: f"{_sources(plan)}の計を{_asked(plan)}の計に合わせてください。",
    ),
    "rest": _CheckWords(
        WARNING,
        _rest,
        lambda plan: f"{_rest(plan)}が0を下回っています。財源の額を確かめてください。",
    ),
    "negative": _CheckWords(
        WARNING,
        lambda plan: "マイナスの金額",
        lambda plan: "マイナスの金額でよいか確かめてください。",
    ),
    "yen": _CheckWords(WARNING, lambda plan: "金額の桁", lambda plan: _YEN[plan.axes.unit]),
    "stale": _CheckWords(
        ERROR,
        lambda plan: f"{_labels(_dependent(plan))}の組",
        lambda plan: f"{_labels(_dependent(plan))}が合いません。上から順に選び直してください。",
    ),
    "contract": _CheckWords(
        ERROR,
        _contract,
        lambda plan: f"{_contract(plan)}をそろえ、順序を確かめてください。",
    ),
    "picture": _CheckWords(
        ERROR,
        lambda plan: f"{_labels(_pictured(plan))}の形",
        lambda plan: f"決められた形で入力してください（{_forms(plan)}）。",
    ),
    "too_long": _CheckWords(
        WARNING,
        lambda plan: "文章の長さ",
        lambda plan: "下の文字数を見て、長すぎる欄を短くしてください。",
    ),
}

CHECK_KINDS = tuple(_WORDS)
"""The checks that a form of the second vocabulary has, leaves out or rewords, in the order of its panel."""
