"""What a document written by hand leaves out: what is not given, lists without rows, and what the sheet computes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yosan_xl.form.mapping import complete, document_of, get, put, sheet_values
from yosan_xl.form.plan import Plan
from yosan_xl.model.axes import RowList
from yosan_xl.model.request import Document


def with_left_out(document: Document, plan: Plan) -> Document:
    """Return a document with every key of its form: null, no rows, or what the sheet computes from the rest.

    What is there stays as it is, right or wrong; so does a row that does not say which group it is of.
    """
    values = complete(sheet_values(document, plan, every_row=True), plan)
    computed, _ = document_of(values, plan)
    for own in plan.axes.lists:
        _match_rows(document, computed, own)
    whole: Document = _merged(document, computed)
    return whole


def _match_rows(document: Document, computed: Document, own: RowList) -> None:
    """Put beside the rows that are given what may be left out of each: its columns, or the figures of its 小計."""
    blank = dict.fromkeys(column.key for column in own.columns)
    if own.groups and own.is_flat_too:
        blank[own.group] = None
    _replace(document, computed, own.pointer, lambda _: blank)
    if own.subtotals:
        sums = {row[own.group]: row for row in get(computed, own.subtotals)}
        _replace(document, computed, own.subtotals, lambda row: sums.get(row.get(own.group), {}))


def _replace(
    document: Document, computed: Document, pointer: str, fitting: Callable[[Document], Document]
) -> None:
    rows = get(document, pointer)
    if isinstance(rows, list):
        put(computed, pointer, [fitting(row) if isinstance(row, dict) else {} for row in rows])


def _merged(given: Any, left_out: Any) -> Any:
    """Return what is given, with what it lacks; null says no more of an object or a list than leaving it out."""
    if given is None and isinstance(left_out, dict | list):
        return left_out
    if isinstance(given, dict) and isinstance(left_out, dict):
        whole = {
            key: _merged(given[key], one) if key in given else one for key, one in left_out.items()
        }
        return whole | {key: one for key, one in given.items() if key not in whole}
    if isinstance(given, list) and isinstance(left_out, list):
        return [*map(_merged, given, left_out)]
    return given
