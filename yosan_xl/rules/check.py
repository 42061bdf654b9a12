"""Check one request document: entry first, then every rule that can still see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from copy import deepcopy
from typing import Any

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.request import Document, Request
from yosan_xl.rules.all_rules import RULES
from yosan_xl.rules.context import NO_YEAR, Context
from yosan_xl.rules.entry import Entry
from yosan_xl.rules.entry_codes import LENGTH
from yosan_xl.rules.pointer import to_path


def check(
    document: Document,
    entry: Entry,
    context: Context | None,
    locate: Callable[[str], Place],
    broken: Collection[str] = (),
    request: Request | None = None,
) -> list[Finding]:
    """Give the findings of one document: those of the schema, then those of the rules in order.

    Without a context (outside a year folder) the rules that ask the year's lists are left out.
    `broken` are pointers whose values could not be read and of which a finding tells already;
    `request` is the document as a value, for who has it.
    """
    faults = [
        (code, fault) for code, fault in entry.faults(document) if not _told(fault.pointer, broken)
    ]
    unseen = {*broken, *(fault.pointer for _, fault in faults)}
    if request is None:
        request = Request.from_document(document if isinstance(document, dict) else {})
    too_long = [fault.pointer for code, fault in faults if code is LENGTH]
    short = Request.from_document(_without(document, too_long)) if too_long else request
    for rule in RULES:
        if not rule.is_blind(unseen) and (context or not rule.asks_year):
            found = rule.check(short if rule.apart else request, context or NO_YEAR)
            faults += [
                (rule.code, fault)
                for fault in found
                if not (rule.apart and _told(fault.pointer, unseen))
            ]
    return [
        code.at(
            locate(fault.pointer),
            fault.pointer,
            **{"label": entry.label(fault.pointer), **fault.facts},
        )
        for code, fault in faults
    ]


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
    """Tell whether a value, or what it stands in, was reported when it was read."""
    return any(pointer == told or pointer.startswith(f"{told}/") for told in broken)
