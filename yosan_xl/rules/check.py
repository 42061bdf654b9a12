"""Every rule of one request, and the check of a document: entry first, then every rule that can still see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import lru_cache
from typing import Any

from yosan_xl.model.axes import Axes
from yosan_xl.model.finding import Code, Fault, Finding, Place
from yosan_xl.model.request import Document, Request
from yosan_xl.rules import (
    across,
    amounts,
    classification,
    contract,
    decisions,
    entry,
    estimates,
    funding,
    funding_effort,
    stages,
    texts,
    told,
    units,
)
from yosan_xl.rules.entry import LENGTH, SchemaCheck
from yosan_xl.rules.pointer import Schema, fields, to_path
from yosan_xl.rules.registry import NO_YEAR, Rule, RuleContext, overlap

RULES: tuple[Rule, ...] = (
    amounts.subtotal,
    amounts.total,
    stages.computed,
    funding.specific_rows,
    funding.funded,
    amounts.overdrawn_rows,
    funding.rest,
    funding.negative_rest,
    funding.named_without_amount,
    funding_effort.no_funds_in_words,
    funding_effort.funds_in_words_only,
    estimates.estimate,
    estimates.stated_sum,
    units.in_yen,
    amounts.labelled,
    classification.levels,
    classification.category,
    classification.department_code,
    classification.department_names,
    classification.fiscal_year,
    classification.parts,
    contract.complete,
    contract.in_order,
    contract.is_over,
    contract.cost_is_told,
    contract.promise_is_entered,
    texts.filler,
    texts.characters,
    texts.invisible,
)
"""Rules across requests are in `across.py`; what the JSON Schema says is in `entry.py`; a form's own in `told.py`."""


@lru_cache(maxsize=64)
def rules_of(axes: Axes) -> tuple[Rule, ...]:
    """Return the rules that a form has anything for, those that it tells of itself last."""
    return tuple(rule for rule in (*RULES, *told.told_rules(axes)) if rule.reads_of(axes))


def rule_codes() -> tuple[Code, ...]:
    """Return the codes of the entry check, the rules and the rules across requests, in order."""
    found = (
        *entry.CODES,
        *(rule.code for rule in RULES),
        *across.CODES,
        *decisions.CODES,
        told.TOLD,
        units.YEN_BESIDE,
        units.THOUSANDS_BESIDE,
    )
    return tuple(sorted(found, key=lambda code: code.code))


def rules_by_field(schema: Schema, axes: Axes) -> Iterator[tuple[str, str, list[str]]]:
    """Yield for every field its words, its pointer, and the codes of the rules that read it."""
    for pointer, words in fields(schema):
        yield words, pointer, rules_that_read(pointer, axes)


def rules_that_read(pointer: str, axes: Axes) -> list[str]:
    """Return the codes of the rules that read a field of a form, in order."""
    return sorted(
        {
            rule.code.code
            for rule in rules_of(axes)
            if any(overlap(read, pointer) for read in rule.reads_of(axes))
        }
    )


def check(
    document: Document,
    *,
    axes: Axes,
    schema: SchemaCheck,
    context: RuleContext | None,
    locate: Callable[[str], Place],
    broken: Collection[str] = (),
    request: Request | None = None,
) -> list[Finding]:
    """Return the findings of one document: those of the schema, then those of the rules in order.

    Without a context (outside a year folder) the rules that ask the year's lists are left out.
    `broken` are pointers whose values could not be read and of which a finding tells already;
    `request` is the document as a value, for who has it.
    """
    faults = [
        (code, fault) for code, fault in schema.faults(document) if not _told(fault.pointer, broken)
    ]
    unseen = {*broken, *(fault.pointer for _, fault in faults)}
    if request is None:
        request = Request.from_document(document if isinstance(document, dict) else {}, axes)
    too_long = [fault.pointer for code, fault in faults if code is LENGTH]
    short = Request.from_document(_without(document, too_long), axes) if too_long else request
    for rule in rules_of(axes):
        if not rule.is_blind(axes, unseen) and (context or not rule.asks_year):
            found = rule.check(short if rule.apart else request, context or NO_YEAR)
            faults += [
                (rule.code, fault)
                for fault in found
                if not (rule.apart and _told(fault.pointer, unseen))
            ]
    return [_finding(code, fault, axes, schema, locate) for code, fault in faults]


def _finding(
    code: Code, fault: Fault, axes: Axes, schema: SchemaCheck, locate: Callable[[str], Place]
) -> Finding:
    if fault.weight:
        code = replace(code, weight=fault.weight)
    facts = {"label": schema.label(fault.pointer), **fault.facts}
    return code.named(axes.word).at(locate(fault.pointer), fault.pointer, **facts)


def _without(document: Any, pointers: Iterable[str]) -> Document:
    """Return a document without the texts at some pointers: one of any length is not looked through."""
    less = deepcopy(document)
    for pointer in pointers:
        *path, last = to_path(pointer)
        inner = less
        for step in path:
            inner = inner[step]
        inner[last] = None
    return less if isinstance(less, dict) else {}


def _told(pointer: str, broken: Collection[str]) -> bool:
    """Return whether a value, or what it stands in, was reported when it was read."""
    return any(pointer == told or pointer.startswith(f"{told}/") for told in broken)
