"""A worksheet (xl/worksheets/sheetN.xml): its frame (merges, columns, protection) and its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import LOWEST, Columns, Extent
from yosan_xl.excel.ooxml.cells import Cells, Rows, number_below
from yosan_xl.excel.ooxml.limits import Limits, PartSource
from yosan_xl.excel.ooxml.plain_rows import Shape, read_plain_cells, take_apart
from yosan_xl.excel.ooxml.refusals import malformed
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, cut, flag, remembered, walk, whole
from yosan_xl.form.area import COLUMNS, Area, column_number

_UIDS = re.compile(rb' (xr[0-9]*:uid)="\{[0-9A-F-]{36}\}"')
_TAG = rb'(?: (?!xmlns)[A-Za-z_][A-Za-z0-9_.:-]*="[^"<&\x00-\x1f\x80-\xff]*")*+'
_SAID = re.compile(rb'="[^"]*"')
_VIEWS = re.compile(
    rb"<sheetViews><sheetView%b(?:/>|>(?:<(?:pane|selection)%b/>)*+</sheetView>)</sheetViews>"
    % (_TAG, _TAG)
)


_MARK = b"<row/>"  # stands where the rows stood

_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")

_NARROWEST = 0.5
"""Characters: in a narrower column not one figure can be seen."""

_MOST_CONDITIONAL = 10_000
"""Areas with conditions that are looked at: beyond, nobody can tell any more what a sheet shows."""


class Frame(NamedTuple):
    """What a worksheet says beside its cells; `sheet_data` counts where these would stand, `marks` what stands in place of them.

    `headers` are the texts above and below its pages; `low` is the height (points) of
    rows without one of their own where it is below LOWEST. `conditional` are the areas of conditional
    formats with the number of what they show (dxf), None where a bar or a sign stands in place of the
    number.
    """

    merges: tuple[Area, ...]
    columns: tuple[Columns, ...]
    protected: bool
    sheet_data: int
    marks: int
    headers: tuple[str, ...]
    low: float | None
    conditional: tuple[tuple[Area, int | None], ...] = ()


def read_worksheet(part: bytes | Iterable[bytes], source: PartSource) -> tuple[Frame, Rows]:
    """Return what a worksheet part holds, read whole or in pieces. Raises Refused."""
    plain = cut(part, "sheetData", _MARK) if isinstance(part, bytes) else None
    rows = take_apart(plain[1]) if plain else None
    if plain and rows:
        marked = _shared(_declared(plain[0], rows[0]))
        frame = _frame(marked, source.part, source.limits)
        if frame.sheet_data == frame.marks == 1 and frame.low is None:
            return _counted(frame, source), read_plain_cells(*rows, Cells(source))
    cells, layout = Cells(source), _Layout(source.part, source.limits)
    chunks = (part,) if isinstance(part, bytes) else part
    walk(chunks, layout.document(cells.node()), source.part, source.limits)
    frame, read = layout.frame(), cells.finish()
    if frame.low is not None:
        read.low_rows |= dict.fromkeys(read.unsized_rows, frame.low)
    return _counted(frame, source), read


def _declared(frame: bytes, shapes: Sequence[Shape]) -> bytes:
    """Let the mark have every prefix of the rows: expat says whether the frame declares them."""
    prefixes = frozenset().union(*(shape.prefixes for shape in shapes))
    if not prefixes:
        return frame
    used = "".join(f' {prefix}:_{n}=""' for n, prefix in enumerate(sorted(prefixes)))
    return frame.replace(_MARK, b"<row%b/>" % used.encode())


def _shared(frame: bytes) -> bytes:
    """Empty the numbers that Excel marks each book with, and where its user was last."""
    if b":uid=" in frame:
        frame = _UIDS.sub(rb' \1=""', frame)
    return _VIEWS.sub(lambda views: _SAID.sub(b'=""', views[0]), frame, count=1)


def _counted(frame: Frame, source: PartSource) -> Frame:
    source.tally.add("merges", len(frame.merges))
    source.tally.add("column_elements", len(frame.columns))
    return frame


@remembered
def _frame(part: bytes, name: str, limits: Limits) -> Frame:
    layout = _Layout(name, limits)
    walk((part,), layout.document(Node(open=layout.mark)), name, limits)
    return layout.frame()


class _Layout:
    def __init__(self, part: str, limits: Limits) -> None:
        self._part, self._limits = part, limits
        self._merges: list[Area] = []
        self._columns: list[Columns] = []
        self._headers: list[str] = []
        self._low: float | None = None
        self._protected = False
        self._width = self._sheet_data = self._marks = 0
        self._areas: list[Area] = []
        self._conditional: list[tuple[Area, int | None]] = []

    def document(self, row: Node) -> Node:
        """Return the elements to look at, of which `row` is that of the rows."""
        header = Node(text=self._header)
        sheet = Node(
            {
                "sheetFormatPr": Node(open=self._format),
                "headerFooter": Node(dict.fromkeys(_HEADERS, header)),
                "sheetData": Node({"row": row}, open=self._open_data, misplaced=("c",)),
                "cols": Node({"col": Node(open=self._col)}),
                "mergeCells": Node({"mergeCell": Node(open=self._merge)}),
                "sheetProtection": Node(open=self._protection),
                "conditionalFormatting": self._conditions(),
            }
        )
        return Node({"worksheet": sheet})

    def frame(self) -> Frame:
        """Return what was found."""
        return Frame(
            tuple(self._merges),
            tuple(self._columns),
            self._protected,
            self._sheet_data,
            self._marks,
            tuple(dict.fromkeys(self._headers)),
            self._low,
            tuple(self._conditional),
        )

    def mark(self, _: Attributes) -> None:
        """Count a mark that stands where the rows stood."""
        self._marks += 1

    def _format(self, attributes: Attributes) -> None:
        self._low = number_below(LOWEST, attributes.get("defaultRowHeight"))

    def _header(self, text: str) -> None:
        self._limits.check("cell_chars", len(text))
        self._headers.append(text)

    def _open_data(self, _: Attributes) -> None:
        self._sheet_data += 1

    def _col(self, attributes: Attributes) -> None:
        part, get = self._part, attributes.get
        first, last = whole(get("min"), part, COLUMNS + 1), whole(get("max"), part, COLUMNS + 1)
        if not 1 <= first <= last:
            raise malformed(part, "列の範囲が逆です")
        self._width += last - first + 1
        if self._width > COLUMNS:
            raise malformed(part, "列の書式が重なっています")
        style = whole(get("style", "0"), part, self._limits.formats)
        hidden = flag(attributes, "hidden") or number_below(_NARROWEST, get("width")) is not None
        self._columns.append(Columns(first - 1, last - 1, style, hidden))
        self._limits.check("column_elements", len(self._columns))

    def _merge(self, attributes: Attributes) -> None:
        reference = attributes.get("ref", "")
        try:
            self._merges.append(Area.parse(reference))
        except ValueError as error:
            raise malformed(self._part, f"結合セル「{reference[:20]}」") from error
        self._limits.check("merges", len(self._merges))

    def _protection(self, attributes: Attributes) -> None:
        self._protected = flag(attributes, "sheet")

    def _conditions(self) -> Node:
        signs = {name: Node(open=self._signs) for name in ("dataBar", "iconSet")}
        return Node({"cfRule": Node(signs, open=self._condition)}, open=self._condition_areas)

    def _condition_areas(self, attributes: Attributes) -> None:
        self._areas = []
        for reference in attributes.get("sqref", "").split():
            with suppress(ValueError):
                self._areas.append(Area.parse(reference))

    def _condition(self, attributes: Attributes) -> None:
        number = attributes.get("dxfId", "")
        if number.isdecimal() and len(number) < 6:
            self._shown_as(int(number))

    def _signs(self, attributes: Attributes) -> None:
        if "showValue" in attributes and not flag(attributes, "showValue"):
            self._shown_as(None)

    def _shown_as(self, number: int | None) -> None:
        if len(self._conditional) < _MOST_CONDITIONAL:
            self._conditional += [(area, number) for area in self._areas[:_MOST_CONDITIONAL]]


_ROW = re.compile(rb'<row r="([0-9]{1,7})"')
_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_TAGS = (
    *(b"<row ", b"</row>", b'<c r="', b"</c>", b"<v>", b"</v>", b"<v/>"),
    *(b"<f>", b"<f ", b"</f>", b"<is>", b"</is>", b"<t>", b"<t ", b"</t>"),
)


def extent_of(part: bytes) -> Extent | None:
    """Return how far the cells of a worksheet part go; None where it must be read to tell.

    It is told only where rows and cells, all with their addresses, are written in no way but the
    usual one. A cell without a value counts.
    """
    start, end = part.find(b"<sheetData>"), part.rfind(b"</sheetData>")
    if not 0 <= start < end or b"<!" in part:
        return None
    body = part[start + len(b"<sheetData>") : end]
    rows, columns = _ROW.findall(body), _CELL.findall(body)
    known = body.count(b"<") == sum(body.count(tag) for tag in _TAGS)
    named = len(rows) == body.count(b"<row ") and len(columns) == body.count(b'<c r="')
    if not (known and named and columns):
        return None
    letters = {column.decode() for column in set(columns)}
    return max(map(int, rows)) - 1, max(map(column_number, letters))
