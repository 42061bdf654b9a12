"""Which cells look like a request that nobody reads: by the words of the form, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Cell, CellKind
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.placement import Spot
from yosan_xl.form.area import a1
from yosan_xl.form.definition import FieldKind, FilledBy
from yosan_xl.form.plan import Plan
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.text import canonical

_LONGEST = 80
"""Characters of a cell that may begin with a heading."""

_MOST = 20_000
"""Texts that are looked at: a request has some two hundred."""

_HEADING = re.compile(r"[\d.,、()①-⑳]*([^:;()]*)")
_FEW_TEXTS, _FEW_FIELDS = 4, 3
_PART = 3
"""A third of the labels is more than any sheet has that is no request; 一覧 has a fifth of them."""


class _Words(NamedTuple):
    """The headings of a form beside its panel: all, those of fields, of long texts, of amounts."""

    every: frozenset[str]
    fields: frozenset[str]
    texts: frozenset[str]
    amounts: frozenset[str]


def tell_alike(cells: Mapping[Spot, Cell], plan: Plan, place: Place) -> Finding | None:
    """Return the error that cells look like a request, None where they do not.

    They do with headings of several long texts, with a third of all labels, or with headings of
    fields one below the other and amounts. A list has its headings in one row.
    """
    form = _words(plan)
    said = _headings(cells)
    found = form.every & said.keys()
    rows = {said[word][0] for word in form.fields & found}
    with_amounts = bool(form.amounts & found) and _numbers(cells) > 0
    is_request = (
        len(form.texts & found) >= _FEW_TEXTS
        or len(found) * _PART >= len(form.every)
        or (len(form.fields & found) >= _FEW_FIELDS and len(rows) > 1 and with_amounts)
    )
    if not is_request:
        return None
    first = min(said[word] for word in found)
    at = Place(place.file, place.sheet, a1(*first))
    return codes.ALIKE.at(at, labels=len(found), numbers=_numbers(cells))


def _numbers(cells: Mapping[Spot, Cell]) -> int:
    return sum(
        cell.kind is CellKind.NUMBER or cell.text.replace(",", "").isdecimal()
        for cell in cells.values()
    )


def _headings(cells: Mapping[Spot, Cell]) -> dict[str, Spot]:
    """Return the place of each heading that cells may have; each text is looked at once."""
    spots = {cell.text: spot for spot, cell in cells.items() if cell.kind is CellKind.TEXT}
    found: dict[str, Spot] = {}
    for text, spot in islice(spots.items(), _MOST):
        for said in {text, text.strip().partition("\n")[0]}:
            found[_heading(said)] = spot
    return found


def _heading(text: str) -> str:
    """Return the words before a colon or bracket, without the number before them."""
    found = _HEADING.match(canonical(text[:_LONGEST]))
    return found[1] if found else ""


@lru_cache(maxsize=16)
def _words(plan: Plan) -> _Words:
    panel = min((check.mark.left - 1 for check in plan.checks), default=None)
    labels = [one.text for one in plan.labels if panel is None or one.area.left < panel]
    every = frozenset(word for text in labels if text and len(word := _heading(text)) > 1)
    fields = [s for s in plan.slots if s.is_entry and not s.repeats and s.by is FilledBy.DEPARTMENT]
    named = {slot.label: slot.kind for slot in fields}
    own = {_heading(label) for label, kind in named.items() if kind in _FIELDS}
    texts = {_heading(label) for label, kind in named.items() if kind is FieldKind.PROSE}
    amounts = {_heading(slot.label) for slot in plan.slots if slot.kind is FieldKind.MONEY}
    return _Words(every, every & own, every & texts, every & amounts)


_FIELDS = (FieldKind.TEXT, FieldKind.CHOICE, FieldKind.PROSE)
