"""The rows of a sheet as XML straight from their values: a tenth of XlsxWriter's time a cell.

A link leads to the very cell of another workbook by a relative path: the folder can be moved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

from yosan_xl.excel.shared_formulas import PlacedFormula, shared_formulas
from yosan_xl.form.area import MOST_CHARACTERS as MOST_CHARACTERS
from yosan_xl.form.area import column_name
from yosan_xl.model.text import shown_text

MOST_LINKS = 65_530
"""A sheet with more hyperlinks than these is repaired by Excel, which removes them."""

_LONGEST = 2_000
_ESCAPED = {ord(char): f"%{ord(char):02X}" for char in '%"# <>[]^`{}'}


class Link(NamedTuple):
    """What a cell opens: `anchor` is a place (`'要求書1'!M24`) in the book `target`, or without one in its own.

    `text` is what the link is called where its cell says nothing, `tip` what is shown under the
    pointer.
    """

    target: str
    anchor: str
    text: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """Where the books are that a workbook links to, by the name of the file.

    A path is relative to the folder of the workbook, with `/` between folders: Excel takes `\\`
    too, which LibreOffice takes for a part of the name.
    """

    paths: Mapping[str, str]

    def link(self, file: str, sheet: str | None, cell: str | None, text: str) -> Link | None:
        """Return the link to a cell; None where the book cannot be named in one."""
        path = self.paths.get(file)
        if path is None or not _is_linkable(path):
            return None
        quoted = (sheet or "").replace("'", "''")
        anchor = f"'{quoted}'!{cell or 'A1'}" if sheet else ""
        target = path.removeprefix("./").translate(_ESCAPED)
        # Excel counts in units of UTF-16, of two bytes.
        size = len((target + anchor).encode("utf-16-le", "replace")) // 2
        return Link(target, anchor, text) if size <= _LONGEST else None


def _is_linkable(path: str) -> bool:
    # A backslash is a folder's end in Excel's links, and part of a name elsewhere; what stands
    # before a colon would be a protocol.
    return "\\" not in path and path.isprintable() and ":" not in path.split("/", 1)[0]


Value = str | int | float | None

NO_LINKS: Mapping[int, Link] = MappingProxyType({})
_SURELY_FITS = MOST_CHARACTERS // 2
# What stands in a file otherwise than it is (ISO/IEC 29500-1, 22.9.2.19).
_ESCAPE = re.compile(r"(_x[0-9A-Fa-f]{4}_)")
_AT_ENDS = re.compile(r"\A\s|\s\Z")
_ODD = re.compile(rf"[&<>]|{_ESCAPE.pattern}|{_AT_ENDS.pattern}")
WIDEST_ROW = 256
"""The most values that a whole row may have."""

_COLUMNS = tuple(map(column_name, range(WIDEST_ROW)))
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_NUMBER = attrgetter("number")


class Formula(NamedTuple):
    """A formula (with its `=`) and the value it has, for viewers that do not calculate.

    `#` in it stands for the number of its own row, so that rows can share one text, unless it
    `is_literal`. One that `is_typed` is staff's own, carried to another book: it may stand in an entry cell.
    `shared` are the attributes in a file of one that is shared with the cells below (shared_formulas.py).
    """

    text: str
    value: str | int | float | Decimal
    is_literal: bool = False
    is_typed: bool = False
    shared: str = ""


Content = Value | Decimal | Formula

Cell = tuple[Content, Any]
"""What stands in a cell, and its XlsxWriter format (or None)."""


class Row(NamedTuple):
    """A row (0-based): its values from column A on, and the XlsxWriter format (or None) of each.

    `height` is in points, None leaves it to the program; `links`
    are what its cells open, by column.
    """

    number: int
    values: Sequence[Content]
    looks: Sequence[Any]
    height: float | None = None
    links: Mapping[int, Link] = NO_LINKS


class SheetCells:
    """All that stands in the cells of a sheet: single cells, then whole rows below them.

    A copy begins with the cells of its `original`.
    """

    def __init__(self, original: SheetCells | None = None) -> None:
        """Begin with nothing, or with what `original` holds now."""
        cells = original.cells if original else {}
        self.original = original
        self.cells: dict[int, dict[int, Cell]] = {row: dict(cells[row]) for row in cells}
        self.heights: dict[int, float] = dict(original.heights) if original else {}
        self.rows: list[Row] = []
        self._formats: dict[Any, None] = {}  # in the order of their use
        self.links: list[tuple[int, int, Link]] = []
        self.ime_modes: list[str] = []  # one for each validation
        self.is_protected: bool = bool(original and original.is_protected)

    @property
    def size(self) -> tuple[int, int]:
        """The last row and column with a cell, 0 where there is none."""
        last = self.rows[-1].number if self.rows else 0
        widths = (len(row.values) - 1 for row in self.rows)
        columns = (max(cells) for cells in self.cells.values())
        return max((last, *self.cells)), max(chain(columns, widths), default=0)

    def content(self, row: int, column: int) -> Content:
        """Return what stands in a cell."""
        at = bisect_left(self.rows, row, key=_NUMBER)
        if at < len(self.rows) and self.rows[at].number == row:
            return self.rows[at].values[column]
        return self.cells.get(row, {}).get(column, (None, None))[0]

    def put(self, row: int, column: int, content: Content, looks: Any) -> None:
        """Let something stand in a cell, in place of what stood there."""
        self.cells.setdefault(row, {})[column] = content, looks
        self._formats[looks] = None

    def formulas(self) -> Iterator[tuple[int, int, Formula, Any]]:
        """Yield row, column, formula and format of every cell with a formula."""
        for row, cells in self.cells.items():
            for column, (content, looks) in cells.items():
                if isinstance(content, Formula):
                    yield row, column, content, looks
        for one in self.rows:
            for column, (content, looks) in enumerate(zip(one.values, one.looks, strict=False)):
                if isinstance(content, Formula):
                    yield one.number, column, content, looks

    def open_formulas(self) -> Iterator[tuple[int, int]]:
        """Yield row and column of every formula of ours that can be typed over."""
        for row, column, formula, looks in self.formulas():
            is_locked = self.is_protected and (looks is None or looks.locked)
            if not (is_locked or formula.is_typed):
                yield row, column

    def put_value(self, row: int, column: int, value: str | int | Decimal) -> None:
        """Let the formula of a cell have another value."""
        formula, looks = self.cells[row][column]
        if isinstance(formula, Formula):
            self.put(row, column, formula._replace(value=value), looks)

    def formats(self) -> Iterator[Any]:
        """Yield the formats of the cells, some of them several times."""
        poured = {id(row.looks): row.looks for row in self.rows}.values()
        yield from filter(None, chain(self._formats, *poured))


class Numbers(dict[str, int]):
    """The numbers of a book's shared strings, given as they are asked for, and how often they are."""

    used = 0

    def __missing__(self, text: str) -> int:
        """Return the next number to a text that has none."""
        number = self[text] = len(self)
        return number

    def counted(self, rows: Iterable[str]) -> Iterator[str]:
        """Yield rows of a sheet, and count the cells that refer to a text."""
        for row in rows:
            self.used += row.count(' t="s"')
            yield row


def rows_xml(
    sheet: SheetCells,
    styles: Mapping[Any, str],
    numbers: Numbers,
    made: dict[SheetCells, dict[int, str]],
) -> Iterator[str]:
    """Yield the rows of a sheet as XML.

    `styles` are the attributes of formats, `made` has the single rows of each sheet before: a
    copy takes those that are as its original's.
    """
    original = sheet.original
    same, known = (original.cells, made[original]) if original else ({}, {})
    own = made[sheet] = {}
    shared = shared_formulas(tuple(_shareable(sheet)))
    for number in sorted({*sheet.cells, *sheet.heights}):
        cells = sheet.cells.get(number, {})
        if number in known and same.get(number, {}) == cells:
            own[number] = known[number]
        else:
            placed = (
                (column_name(at), styles[f], _sharing(c, shared.get((number, at))))
                for at, (c, f) in sorted(cells.items())
            )
            own[number] = row_xml(number, _attributes(sheet.heights.get(number)), placed, numbers)
        yield own[number]
    yield from _poured_xml(sheet, styles, numbers)


def _shareable(sheet: SheetCells) -> Iterator[PlacedFormula]:
    for row, cells in sheet.cells.items():
        for column, (content, _) in cells.items():
            if isinstance(content, Formula) and content.is_literal and not content.is_typed:
                yield PlacedFormula(column, row, content.text.removeprefix("="))


def _sharing(content: Content, attributes: str | None) -> Content:
    return (
        content._replace(shared=attributes)
        if attributes and isinstance(content, Formula)
        else content
    )


def _poured_xml(sheet: SheetCells, styles: Mapping[Any, str], numbers: Numbers) -> Iterator[str]:
    looks: dict[int, tuple[str, ...]] = {}
    for row in sheet.rows:
        if (key := id(row.looks)) not in looks:
            looks[key] = tuple(styles[one] for one in row.looks)
        cells = zip(_COLUMNS, looks[key], row.values, strict=False)
        yield row_xml(row.number, _attributes(row.height), cells, numbers)
    sheet.rows.clear()  # the rows of the sheets still to come need their memory


def row_xml(
    number: int,
    attributes: str,
    cells: Iterable[tuple[str, str, Content]],
    numbers: Mapping[str, int],
) -> str:
    """Return a row as XML, its cells given as column, style and content; `numbers` are those of its texts."""
    name = str(number + 1)
    parts = [f'<row r="{name}"{attributes}>']
    # This runs for every cell of the book.
    for column, look, value in cells:
        start = f'<c r="{column}{name}"{look}'
        if value is None or value == "":
            parts.append(f"{start}/>")
        elif isinstance(value, str):
            parts.append(f'{start} t="s"><v>{numbers[value]}</v></c>')
        elif isinstance(value, Formula):
            parts.append(f"{start}{_formula_xml(value, name)}")
        elif value is True or value is False:
            parts.append(f'{start} t="b"><v>{value:d}</v></c>')
        else:
            parts.append(f"{start}><v>{value:.16G}</v></c>")
    parts.append("</row>")
    return "".join(parts)


def text_xml(text: str) -> str:
    """Return a text, as it is shown, as an item of the shared strings, so far as it fits into a cell."""
    text = shown_text(text)
    if not _ODD.search(text) and len(text) <= _SURELY_FITS:
        return f"<si><t>{text}</t></si>"
    whole = fitting(text)
    literal = _ESCAPE.sub(r"_x005F\1", whole)
    kept = ' xml:space="preserve"' if _AT_ENDS.search(whole) else ""
    return f"<si><t{kept}>{escaped(literal)}</t></si>"


def fitting(text: str) -> str:
    """Return what of a text a cell can hold: other programs allow longer ones than Excel."""
    if len(text) <= _SURELY_FITS:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


@lru_cache
def _attributes(height: float | None) -> str:
    # In whole pixels, as Excel has it.
    points = None if height is None else int(height * 4 / 3 + 0.5) * 0.75
    return "" if points is None else f' ht="{points:.16g}" customHeight="1"'


def _formula_xml(formula: Formula, row: str) -> str:
    text, value = formula.text.removeprefix("="), formula.value
    text = escaped(text if formula.is_literal else text.replace("#", row))
    text = (
        f"<f{formula.shared}>{'' if formula.shared and 'ref=' not in formula.shared else text}</f>"
    )
    if isinstance(value, bool):
        return f' t="b">{text}<v>{value:d}</v></c>'
    if isinstance(value, str):
        kind = ' t="e"' if value in _ERRORS else ' t="str"'
        return f"{kind}>{text}<v>{escaped(shown_text(value))}</v></c>"
    return f">{text}<v>{value}</v></c>"


def escaped(text: str) -> str:
    """Return a text as it stands in an element of XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
