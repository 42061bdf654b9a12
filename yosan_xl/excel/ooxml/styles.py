"""What of xl/styles.xml matters to a reader: locked or not, and what a cell shows of what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from yosan_xl.excel.number_format import BUILT_IN, GENERAL, is_date_format
from yosan_xl.excel.ooxml.book import PLAIN_CODES, Format
from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.rich_text import WHITE, Colour, Font, FontReader, colour
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, flag, remembered, walk


class Styles(NamedTuple):
    """The cell formats (cellXfs) by their number; of the conditional ones (dxfs) those that alter.

    `altering` are the numbers of those that hide or strike out letters or show a number otherwise.
    """

    formats: tuple[Format, ...] = ()
    altering: frozenset[int] = frozenset()


@remembered
def read_styles(data: bytes, part: str, limits: Limits) -> Styles:
    """Return the formats of a book. Raises Refused."""
    reader = _StylesReader(limits)
    walk((data,), Node({"styleSheet": reader.node()}), part, limits)
    return reader.styles()


class _Cell(NamedTuple):
    locked: bool
    number: str
    font: str
    fill: str


class _StylesReader:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._codes = {str(number): code for number, code in BUILT_IN.items()}
        self._font = FontReader()
        self._fonts: list[Font] = []
        self._grounds: list[Colour | None] = []
        self._cells: list[_Cell] = []
        self._pattern = "none"
        self._ground: Colour = WHITE
        self._is_plain = True
        self._altering: list[bool] = []

    def node(self) -> Node:
        """Return the elements to look at."""
        font = Node(self._font.children, close=self._close_font)
        pattern = Node({"fgColor": Node(open=self._take_ground)}, open=self._open_pattern)
        gradient = Node(open=self._gradient)
        fill = Node({"patternFill": pattern, "gradientFill": gradient}, close=self._close_fill)
        cell = Node({"protection": Node(open=self._protection)}, open=self._open_cell)
        return Node(
            {
                "numFmts": Node({"numFmt": Node(open=self._format)}),
                "fonts": Node({"font": font}),
                "fills": Node({"fill": fill}),
                "cellXfs": Node({"xf": cell}),
                "dxfs": Node({"dxf": self._conditional()}),
            }
        )

    def _conditional(self) -> Node:
        # Of a conditional fill the ground is bgColor, solid or not.
        pattern = Node({"bgColor": Node(open=self._take_ground)})
        return Node(
            {
                "font": Node(self._font.children),
                "numFmt": Node(open=self._conditional_format),
                "fill": Node({"patternFill": pattern}),
            },
            close=self._close_conditional,
        )

    def styles(self) -> Styles:
        """Return what was found; nothing relies on the order in which it stands."""
        altering = frozenset(i for i, alters in enumerate(self._altering) if alters)
        dates = {number: is_date_format(code) for number, code in self._codes.items()}
        return Styles(tuple(self._made(cell, dates) for cell in self._cells), altering)

    def _made(self, cell: _Cell, dates: dict[str, bool]) -> Format:
        code = self._codes.get(cell.number, GENERAL)
        font = _at(self._fonts, cell.font, Font())
        ground = _at(self._grounds, cell.fill, WHITE)
        plain = code in PLAIN_CODES and not font.struck and not font.is_unseen(ground)
        return Format(
            locked=cell.locked,
            is_date=dates.get(cell.number, False),
            code=code,
            font=font,
            ground=ground,
            is_plain=plain,
        )

    def _format(self, attributes: Attributes) -> None:
        self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", GENERAL)
        self._limits.check("number_formats", len(self._codes))

    def _close_font(self) -> None:
        self._fonts.append(self._font.take())
        self._limits.check("formats", len(self._fonts))

    def _open_pattern(self, attributes: Attributes) -> None:
        self._pattern = attributes.get("patternType", "none")

    def _take_ground(self, attributes: Attributes) -> None:
        self._ground = colour(attributes, WHITE)

    def _gradient(self, _: Attributes) -> None:
        self._pattern = "gradient"

    def _close_fill(self) -> None:
        known = {"none": WHITE, "solid": self._ground}
        self._grounds.append(known.get(self._pattern))
        self._limits.check("formats", len(self._grounds))
        self._pattern, self._ground = "none", WHITE

    def _open_cell(self, attributes: Attributes) -> None:
        get = attributes.get
        self._cells.append(
            _Cell(True, get("numFmtId", "0"), get("fontId", "0"), get("fillId", "0"))
        )
        self._limits.check("formats", len(self._cells))

    def _protection(self, attributes: Attributes) -> None:
        locked = "locked" not in attributes or flag(attributes, "locked")
        self._cells[-1] = self._cells[-1]._replace(locked=locked)

    def _conditional_format(self, attributes: Attributes) -> None:
        self._is_plain = attributes.get("formatCode", GENERAL) in PLAIN_CODES

    def _close_conditional(self) -> None:
        font = self._font.take()
        hides = font.struck or font.is_unseen(self._ground)
        self._altering.append(hides or not self._is_plain)
        self._limits.check("formats", len(self._altering))
        self._ground, self._is_plain = WHITE, True


T = TypeVar("T")


def _at(rows: Sequence[T], number: str, usual: T) -> T:
    """Return the row of this number (0-based), the usual one where there is none."""
    place = int(number) if number.isdecimal() and len(number) < 6 else len(rows)
    return rows[place] if place < len(rows) else usual
