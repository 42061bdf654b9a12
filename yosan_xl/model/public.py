"""公表: what of a form's requests is for everyone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from yosan_xl.model.axes import STEP, Axes, RowList, Stage
from yosan_xl.model.request import Document, steps

_FINANCE = "finance"


@lru_cache(maxsize=64)
def public_axes(axes: Axes) -> Axes:
    """Return what of a form is for the public.

    Private fields and columns are not, nor lists that have no others, nor the note beside 一般財源, nor what
    finance thought on its way to what is decided.
    """
    stages = tuple(_open_stages(axes.stages))
    known = {one.key for one in stages}
    lists = (_open_list(one, known) for one in axes.lists)
    return replace(
        axes,
        stages=stages,
        sources=tuple(one._replace(name=None) if one.is_rest else one for one in axes.sources),
        lists=tuple(one for one in lists if one.columns),
        fields=tuple(one for one in axes.fields if not one.private),
    )


def public_document(document: Document, axes: Axes) -> Document:
    """Return a request document without what is not for the public; every key stays, as the schema wants it."""
    for path in _hidden(axes):
        document = _emptied(document, path)
    return document


@lru_cache(maxsize=64)
def _hidden(axes: Axes) -> tuple[tuple[str, ...], ...]:
    """Return the paths of what is not for the public; `*` stands for every row of a list."""
    known = {*_pointers(public_axes(axes))}
    return tuple(steps(one) for one in _pointers(axes) if one not in known)


def _open_stages(stages: Iterable[Stage]) -> Iterator[Stage]:
    hidden: set[str] = set()
    for stage in stages:
        if (stage.role == STEP and stage.by == _FINANCE) or hidden & {*stage.of}:
            hidden.add(stage.key)
        else:
            yield stage


def _open_list(own: RowList, stages: set[str]) -> RowList:
    columns = (one for one in own.columns if not one.private)
    return replace(
        own, columns=tuple(one for one in columns if one.stage is None or one.stage in stages)
    )


def _pointers(axes: Axes) -> Iterator[str]:
    yield from (one.pointer for one in axes.fields)
    yield from (one.name for one in axes.sources if one.name)
    yield from (pointer for stage in axes.stages for pointer in stage.amounts.values())
    for own in axes.lists:
        yield own.pointer
        yield from (own.row_pointer(one.key) for one in own.columns)
        if own.subtotals:
            yield from (
                f"{own.subtotals}/*/{one.key}" for one in own.columns if one.kind == "money"
            )


def _emptied(value: Any, path: tuple[str, ...]) -> Any:
    """Return a document with nothing at a path, of a list no rows; what has no such path is left as it is."""
    if not path:
        return [] if isinstance(value, list) else None
    first, rest = path[0], path[1:]
    if first == "*" and isinstance(value, list):
        return [_emptied(row, rest) for row in value]
    if isinstance(value, dict) and first in value:
        return {**value, first: _emptied(value[first], rest)}
    return value
