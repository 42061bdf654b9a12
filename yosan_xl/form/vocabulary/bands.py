"""Bands of a page → one grid of columns and the definition's bands in it.

Everything is laid out in em first. The edges of all bands make the grid, and the same layout is gone
through once more for the names of its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from yosan_xl.form.definition import (
    Band,
    Block,
    Field,
    FieldKind,
    ListDefinition,
    ListPlace,
    Placed,
    Role,
    RowDefinition,
    Stack,
)
from yosan_xl.form.vocabulary.grid import Edges, Fit, least, share_out
from yosan_xl.form.vocabulary.page import (
    MOST_WIDTH,
    BandSide,
    FieldBlock,
    Item,
    ListBlock,
    PageCell,
    PageRow,
)
from yosan_xl.form.vocabulary.shape import Faults
from yosan_xl.form.vocabulary.toml_lines import Path

_USUAL_WIDTH = {"A4横": 96.0, "A4縦": 66.0}
"""Widths of a page in em that are printed well."""

_MOST_ROWS = {"A4横": 64, "A4縦": 92}
"""Rows of 7 pt that a page holds."""

_NARROWEST = 1.6
"""Em; a cell below this shows nothing."""

_NOTE = 8.0
"""Em, for 単位：千円 beside the title."""

PANEL = {"gap": 1.5, "check": 18.0, "mark": 8.0, "advice": 32.0, "reason": 26.0}
"""The columns of the checks panel, right of the page, and their widths."""

_ROOM = 0.8
"""How much of the longest text of a prose field its share of the height is for."""


class Layout(NamedTuple):
    """A page as the definition has it: columns of the grid, bands, and lists with their columns."""

    columns: Mapping[str, float]
    printed: tuple[str, str]
    bands: tuple[Band, ...]
    lists: tuple[ListDefinition, ...]


def lay_out(
    bands: Sequence[tuple[BandSide, ...]],
    *,
    title: str,
    unit: str,
    paper: str,
    beside: Sequence[Field],
    fields: Mapping[str, Field],
    lists: Mapping[str, ListDefinition],
    widths: Mapping[str, tuple[Fit, ...]],
    faults: Faults,
) -> Layout:
    """Return the page of these bands below the title; what is too wide, narrow or long is told.

    `beside` are the fields that stand beside the panel; `fields` are all by their pointers.
    """
    width = _page_width(bands, paper, faults)
    edges = Edges()
    _Layer(edges, width, fields, lists, widths, faults).bands(bands)
    edges.span(_NOTE, width - _NOTE)
    edges.close(width)
    layer = _Layer(edges, width, fields, lists, widths, faults)
    own = layer.bands(bands)
    made = tuple(layer.made.get(key, one) for key, one in lists.items())
    _check_height(own, {one.key: one for one in made}, paper, faults)
    columns = edges.widths()
    last = list(columns)[-1]
    whole = _with_title(own, title, unit, beside, edges, width)
    return Layout({**columns, **PANEL}, ("c1", last), whole, made)


def _page_width(bands: Sequence[tuple[BandSide, ...]], paper: str, faults: Faults) -> float:
    """Return the width of the page: the usual one, or what the widest band needs, as far as it can be read."""
    most, width = MOST_WIDTH[paper], _USUAL_WIDTH[paper]
    for sides in bands:
        needed = sum(side.fit.least for side in sides)
        if needed > most:
            problem = f"幅の計が {needed:g} 字で、{paper} の紙（{most:g} 字まで）に収まりません。"
            faults.add(sides[0].path[:2], problem, "width や欄の数を減らしてください。")
        wished = sum(0.0 if side.fit.grows else side.fit.width for side in sides)
        width = max(width, min(most, max(needed, wished)))
    return width


def _check_height(
    bands: Sequence[Band], lists: Mapping[str, ListDefinition], paper: str, faults: Faults
) -> None:
    rows = 2 + sum(max(_stack_rows(stack, lists) for stack in band.stacks) for band in bands)
    if rows > _MOST_ROWS[paper]:
        problem = (
            f"紙面が {rows} 行になり、{paper} の紙（{_MOST_ROWS[paper]} 行まで）に収まりません。"
        )
        faults.add(("bands",), problem, "明細の行や欄を減らすか、横に並べてください。")


def _stack_rows(stack: Stack, lists: Mapping[str, ListDefinition]) -> int:
    return sum(_item_rows(item, lists) for item in stack.items)


def _item_rows(item: RowDefinition | Block | ListPlace, lists: Mapping[str, ListDefinition]) -> int:
    if isinstance(item, Block):
        return item.rows or 1
    if isinstance(item, ListPlace):
        return 1 + sum(group.rows + bool(group.name) for group in lists[item.key].groups)
    return 1


def _with_title(
    bands: Sequence[Band],
    title: str,
    unit: str,
    beside: Sequence[Field],
    edges: Edges,
    width: float,
) -> tuple[Band, ...]:
    """Return the bands below the rows above them: the status, the title, and what stands beside the panel."""
    status = Placed(edges.span(0, width), display="status")
    note = (width - _NOTE, width)
    words = (
        Placed(edges.span(0, _NOTE), label="", role=Role.NOTE),  # so that the title is centred
        Placed(edges.span(_NOTE, note[0]), label=f"{{year}}{title}", role=Role.TITLE),
        Placed(edges.span(*note), label=f"単位：{unit}", role=Role.NOTE),
    )
    rows = [RowDefinition((status,), printed=False), RowDefinition(words, Role.TITLE)]
    own = list(bands)
    while len(own) > 1 and _has_rows_only(own[0]):
        rows += [item for item in own.pop(0).stacks[0].items if isinstance(item, RowDefinition)]
    rows = [RowDefinition((), printed=False)] * max(0, len(beside) - len(rows)) + rows
    placed = [
        row._replace(cells=(*row.cells, *_pair(beside[number]))) if number < len(beside) else row
        for number, row in enumerate(rows)
    ]
    return (Band((Stack(tuple(placed)),)), *own)


def _pair(field: Field) -> tuple[Placed, Placed]:
    return Placed("check", label=field.label), Placed("mark", field=field.key)


def _has_rows_only(band: Band) -> bool:
    return len(band.stacks) == 1 and all(
        isinstance(item, RowDefinition) for item in band.stacks[0].items
    )


class _Layer:
    """Lays out pieces from left to right and from top to bottom."""

    def __init__(
        self,
        edges: Edges,
        width: float,
        fields: Mapping[str, Field],
        lists: Mapping[str, ListDefinition],
        widths: Mapping[str, tuple[Fit, ...]],
        faults: Faults,
    ) -> None:
        self.edges = edges
        self.width = width
        self.fields = fields
        self.lists = lists
        self.widths = widths
        self.faults = faults
        self.made: dict[str, ListDefinition] = {}

    def bands(self, bands: Sequence[tuple[BandSide, ...]]) -> tuple[Band, ...]:
        return tuple(Band(tuple(self.sides(sides))) for sides in bands if sides)

    def sides(self, sides: Sequence[BandSide]) -> Iterator[Stack]:
        fits = [side.fit for side in sides]
        left = 0.0
        for side, width in zip(sides, share_out(fits, self.width), strict=True):
            yield Stack(tuple(self.items(side.items, left, left + width)))
            left += width

    def items(
        self, items: Sequence[Item], left: float, right: float
    ) -> Iterator[RowDefinition | Block | ListPlace]:
        has_blocks_only = all(isinstance(item, FieldBlock) for item in items)
        caption = max((item.caption for item in items if isinstance(item, FieldBlock)), default=0.0)
        covered: list[tuple[float, float, int]] = []
        for item in items:
            if isinstance(item, PageRow):
                yield self.row(item, left, right, covered)
            elif isinstance(item, ListBlock):
                yield self.a_list(item, left, right)
            else:
                own = item._replace(caption=caption if item.caption else 0.0)
                yield self.block(own, left, right, has_share=has_blocks_only)

    def block(self, item: FieldBlock, left: float, right: float, *, has_share: bool) -> Block:
        inner = left + item.caption
        self.check(right - inner, item.path)
        share = item.share or self.share(self.fields[item.field], right - inner)
        caption = self.edges.span(left, inner) if item.caption else ""
        columns = self.edges.span(inner, right)
        if has_share:
            return Block(item.field, caption, columns, share=share)
        return Block(item.field, caption, columns, rows=share)

    def share(self, field: Field, width: float) -> int:
        """Return the rows for a field's longest text, as far as it is likely to be."""
        if field.kind is not FieldKind.PROSE:
            return 1
        return max(2, ceil((field.max_length or 1) / max(1.0, width - 1) * _ROOM))

    def a_list(self, item: ListBlock, left: float, right: float) -> ListPlace:
        own = self.lists[item.key]
        spans, at = [], left
        widths = share_out(self.widths[item.key], right - left)
        for width in widths:
            self.check(width, item.path)
            spans.append((at, at + width))
            at += width
        self.made[item.key] = self.placed_list(own, spans)
        return ListPlace(item.key)

    def placed_list(
        self, own: ListDefinition, spans: Sequence[tuple[float, float]]
    ) -> ListDefinition:
        sums = (i for i, column in enumerate(own.columns) if column.has_subtotal)
        leading = next(sums, len(spans))
        first = self.edges.span(*spans[0])
        second = self.edges.span(spans[1][0], spans[leading - 1][1]) if leading > 1 else ""
        named = any(group.name for group in own.groups)
        return own._replace(
            columns=tuple(
                column._replace(columns=self.edges.span(*span))
                for column, span in zip(own.columns, spans, strict=True)
            ),
            group_columns=first if named else "",
            subtotal_columns=second if named else "",
        )

    def row(
        self, row: PageRow, left: float, right: float, covered: list[tuple[float, float, int]]
    ) -> RowDefinition:
        """Return a row within what cells above it leave; `covered` are these, with the rows to come."""
        free = _free(left, right, covered)
        placed: list[Placed] = []
        spans: list[tuple[float, float, int]] = []
        for (start, end), cells in zip(free, self.dealt(row.cells, free), strict=True):
            at = start
            for cell, width in zip(
                cells, share_out([c.fit for c in cells], end - start), strict=True
            ):
                placed += self.cell(cell, at, at + width)
                spans.append((at, at + width, cell.down))
                at += width
            if not cells:
                placed.append(Placed(self.edges.span(start, end), label=""))
        if row.cells and not free:
            self.overlaps(row.cells[0])
        covered[:] = [(a, b, rows - 1) for a, b, rows in (*covered, *spans) if rows > 1]
        return RowDefinition(tuple(placed), row.role)

    def dealt(
        self, cells: Sequence[PageCell], free: Sequence[tuple[float, float]]
    ) -> list[list[PageCell]]:
        """Return the cells of each free place of a row: from left to right, as many as fit, the last takes the rest."""
        dealt: list[list[PageCell]] = [[] for _ in free]
        rest = list(cells)
        for number, (start, end) in enumerate(free):
            is_last = number == len(free) - 1
            room = end - start
            while rest and (is_last or not dealt[number] or rest[0].fit.least <= room):
                room -= rest[0].fit.width
                dealt[number].append(rest.pop(0))
        if dealt and least([cell.fit for cell in dealt[-1]]) > 3 * sum(b - a for a, b in free[-1:]):
            self.overlaps(dealt[-1][0])
        return dealt

    def overlaps(self, cell: PageCell) -> None:
        problem = "上の行から down でつないだ欄と重なります。"
        self.faults.add(cell.path, problem, "down を小さくするか、この行の欄を減らしてください。")

    def cell(self, cell: PageCell, left: float, right: float) -> Iterator[Placed]:
        inner = left + cell.caption
        self.check(right - inner, cell.path)
        if cell.field is None:
            text = self.edges.span(left, right)
            yield Placed(text, label=cell.text, down=cell.down, role=cell.role)
            return
        if cell.caption:
            yield Placed(self.edges.span(left, inner), label=cell.text, down=cell.down)
        yield Placed(self.edges.span(inner, right), field=cell.field, down=cell.down)

    def check(self, width: float, path: Path) -> None:
        if width < _NARROWEST:
            problem = f"幅が {max(width, 0):.1f} 字しかなく、書くところがありません。"
            self.faults.add(
                path, problem, "width や caption を直すか、横に並べる数を減らしてください。"
            )


def _free(
    left: float, right: float, covered: Sequence[tuple[float, float, int]]
) -> list[tuple[float, float]]:
    """Return what of a width is not covered from above."""
    free, at = [], left
    for start, end, _ in sorted(covered):
        if start - at > 0.01:
            free.append((at, start))
        at = max(at, end)
    if right - at > 0.01:
        free.append((at, right))
    return free
