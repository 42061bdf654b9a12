"""Whether the labels of the form still say what they said, and are still there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yosan_xl.excel.reading.skeleton import Skeleton, words
from yosan_xl.form.plan import Label


@dataclass(frozen=True, slots=True)
class ChangedLabel:
    """A label of the form, the cell it should stand in now, and what stands there instead."""

    expected: str
    cell: tuple[int, int]
    found: str


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a label may stand in its row: in `columns`, and if none was inserted, at `usual`.

    `gone` tells that there is no room left for it: its column was deleted.
    """

    columns: range
    usual: int
    gone: bool

    @property
    def is_certain(self) -> bool:
        """Tell whether there is but one place."""
        return len(self.columns) == 1


def changed_labels(skeleton: Skeleton) -> list[ChangedLabel]:
    """Give the labels that say something else, of those whose row and column are known."""
    return [
        ChangedLabel(label.text, (row, span.usual), skeleton.sheet.text(row, span.usual))
        for label, row, span in _missing(skeleton)
        if not span.gone
    ]


def lost_labels(skeleton: Skeleton) -> list[str]:
    """Give the labels whose column was deleted, and the groups of line items that lost a row."""
    gone = [label.text for label, _, span in _missing(skeleton) if span.gone]
    return [*gone, *_short_groups(skeleton)]


def _short_groups(skeleton: Skeleton) -> Iterator[str]:
    for group in skeleton.plan.groups:
        areas = (skeleton.areas.get(name) for name in group.columns.values())
        if any(area and area.height < group.rows for area in areas):
            yield f"{group.part or '要求内容'}の明細の行"


def _missing(skeleton: Skeleton) -> Iterator[tuple[Label, int, _Span]]:
    spans = {
        column: _span(skeleton.columns, column)
        for column in {label.area.left for label in skeleton.plan.labels}
    }
    rows, cells = skeleton.rows, skeleton.sheet.cells
    for label in skeleton.plan.labels:
        row, span = rows.get(label.area.top), spans[label.area.left]
        if label.text and row is not None and span:
            # Nearly every label stands word for word where it did.
            here = cells.get((row, span.columns[0])) if span.is_certain else None
            if (here is None or here.text != label.text) and not _stands(
                skeleton, label, row, span
            ):
                yield label, row, span


def _stands(skeleton: Skeleton, label: Label, row: int, span: _Span) -> bool:
    text = skeleton.sheet.text
    expected = words(label.text)
    return any(words(text(row, column)) == expected for column in span.columns)


def _span(columns: Mapping[int, int], column: int) -> _Span | None:
    """Place a column of labels between its known neighbours; None where none is on its right."""
    if column in columns:
        here = columns[column]
        return _Span(range(here, here + 1), here, gone=False)
    left = max((known for known in columns if known < column), default=None)
    right = min((known for known in columns if known > column), default=None)
    if right is None:
        return None
    usual = columns[right] - (right - column)
    first = column if left is None else columns[left] + column - left
    start = 0 if left is None else columns[left] + 1
    return _Span(range(start, columns[right]), usual, gone=usual < first)
