"""The rows and cells of a worksheet, as expat gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from yosan_xl.excel.ooxml.book import LOWEST, Cell, CellKind
from yosan_xl.excel.ooxml.formulas import Formulas
from yosan_xl.excel.ooxml.limits import PartSource
from yosan_xl.excel.ooxml.refusals import Refused, malformed
from yosan_xl.excel.ooxml.rich_text import RichText
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, flag, unescaped, whole
from yosan_xl.form.area import COLUMNS, ROWS, a1, column_number, parse_a1

# An exponent of at most three digits keeps the number within what int() can hold.
NUMERAL = re.compile(
    r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?"
)
_AT_ONCE = 4
"""Rows that are counted together, with their cells: at most 16,384 in each."""

_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


@dataclass(slots=True)
class Rows:
    """What stands in the rows of a worksheet, by (row, column) and row, 0-based.

    `blanks` are the formats of cells that hold nothing, by their address (A1). `low_rows` are the
    heights (points) of rows below LOWEST; `unsized_rows` are, where expat gives them, those without one.
    """

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    row_styles: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    low_rows: dict[int, float] = field(default_factory=dict)
    unsized_rows: set[int] = field(default_factory=set)


class Cells:
    """Takes rows and cells one after the other; `row` is the element of a row for expat.

    This runs for every cell, so it looks up rather than computes, and what needs no thought
    (`append`) is called by the parser without a Python function between.
    """

    def __init__(self, source: PartSource) -> None:
        """Begin a worksheet."""
        self._source, self._part = source, source.part
        self._rows = Rows()
        self.found, self.strings = self._rows.cells, source.strings
        self.numbered_strings = source.numbered_strings
        self.row, self.row_name, self._col = -1, "", -1
        self.columns, self.styles = _Columns(source), _Styles(source)
        self.blanks = self._rows.blanks
        self._counted = self._uncounted = 0
        self._opened: list[Attributes] = []
        self._values: list[str] = []
        self._inline: list[str] = []
        self._rich = RichText()
        self._unsaid: Attributes = {}
        self.formulas = Formulas(source, self.found)
        self._limit = source.limits.cell_chars

    def node(self) -> Node:
        """Return the element of a row, for expat."""
        cell = Node(
            {
                "v": Node(text=self._values.append),
                "is": Node(self._rich.children, close=self._close_inline),
                "f": self.formulas.node,
            },
            open=self._opened.append,
            close=self._close_cell,
            misplaced=("c", "row"),
        )
        row, close = self.open_row, self._close_row
        return Node({"c": cell}, open=row, close=close, misplaced=("row",))

    def finish(self) -> Rows:
        """Do what has to wait for the last cell, and give the rows."""
        if self._uncounted:
            self._count_rows()
        self.formulas.finish()
        return self._rows

    def open_row(self, attributes: Attributes) -> None:
        """Begin a row; one without a number is the next. Raises Refused."""
        number = attributes.get("r")
        row = self.row + 1 if number is None else whole(number, self._part, ROWS + 1) - 1
        if not 0 <= row < ROWS:
            raise malformed(self._part, f"行番号 {row + 1}")
        self.row, self._col, self.row_name = row, -1, str(row + 1)
        if flag(attributes, "hidden"):
            self._rows.hidden_rows.add(row)
        if "ht" not in attributes:
            self._rows.unsized_rows.add(row)
        elif (height := number_below(LOWEST, attributes["ht"])) is not None:
            self._rows.low_rows[row] = height
        if flag(attributes, "customFormat"):
            self._rows.row_styles[row] = self.styles[attributes.get("s", "0")]

    def count(self, rows: int, cells: int) -> None:
        """Count what has been read. Raises Refused."""
        self._source.tally.add("row_elements", rows)
        self._source.tally.add("cells", cells)

    def check_style(self, highest: int) -> None:
        """Check the highest number of a format. Raises Refused."""
        whole(str(highest), self._part, self._source.limits.formats)

    def wrong(self, what: str) -> Refused:
        """Return the refusal that tells of something in the row now being read."""
        row = f"{self.row_name}行目: " if self.row_name else ""
        return malformed(self._part, f"{row}{what}")

    def twice(self) -> Refused:
        """Return the refusal of two cells with one address."""
        return self.wrong("同じ番地のセルが2つあります")

    def _close_row(self) -> None:
        self._uncounted += 1
        if self._uncounted == _AT_ONCE:
            self._count_rows()

    def _count_rows(self) -> None:
        cells = len(self.found) + len(self.blanks)
        self.count(self._uncounted, cells - self._counted)
        self._counted, self._uncounted = cells, 0

    def _close_cell(self) -> None:
        attributes = self._opened.pop()
        get = attributes.get
        ref, style = get("r"), get("s", "0")
        self._col = self._col + 1 if ref is None else self._column(ref)
        if self._col == COLUMNS:
            raise self.wrong("右端の外のセル")
        place = self.row, self._col
        address = a1(*place)
        if place in self.found or address in self.blanks:
            raise self.twice()
        formula = self.formulas.pop()
        if self._inline:
            self._take_inline()
        if not self._values and not formula:
            if self._unsaid is attributes:
                raise self.wrong("文字のセルでないのに文字があります")
            self.blanks[address] = str(self.styles[style])
            return
        value = self._values.pop() if self._values else None
        if self._values:
            raise self.wrong("値が2つあります")
        content = self.content(get("t", "n"), value)
        text = self.formulas.read(*formula, place) if formula else None
        self.found[place] = Cell(*content, text, self.styles[style])

    def _take_inline(self) -> None:
        """Let a text in the cell be what it holds; a value before it is not looked at by Excel."""
        if len(self._inline) > 1 or len(self._values) > 1:
            raise self.wrong("値が2つあります")
        self._values[:] = self._inline
        self._inline.clear()

    def _column(self, ref: str) -> int:
        """Return the column of a reference, which must be of the row now being read."""
        letters = ref.removesuffix(self.row_name)
        if letters in self.columns:
            return self.columns[letters]
        try:
            row, col = parse_a1(ref)
        except ValueError as error:
            raise self.wrong(f"セルの番地「{ref[:20]}」") from error
        if row != self.row:
            raise self.wrong(f"セルの番地「{ref[:20]}」")
        if letters.isalpha():
            self.columns[letters] = col
        return col

    def content(self, kind: str, value: str | None) -> tuple[CellKind, str]:
        """Return what a cell of type `kind` holds, whose `<v>` or `<is>` says `value`."""
        if value is None:
            # A formula whose result is an empty string is saved as t="str" without characters.
            return (CellKind.TEXT if kind == "str" else CellKind.EMPTY), ""
        if len(value) > self._limit:
            raise self._source.limits.refusal("cell_chars")
        if kind == "n":
            return (CellKind.NUMBER, value) if NUMERAL.fullmatch(value) else self._odd_number(value)
        if kind in ("s", "b") and not value:
            return CellKind.EMPTY, ""
        if kind == "s":
            return CellKind.TEXT, self.strings[whole(value.strip(), self._part, len(self.strings))]
        return self._other_content(kind, value)

    def _other_content(self, kind: str, value: str) -> tuple[CellKind, str]:
        self._source.tally.add("text_chars", len(value))
        if kind == "inlineStr":
            return CellKind.TEXT, value  # decoded run by run
        if kind == "str":
            return CellKind.TEXT, unescaped(value)
        value = value.strip()
        if kind == "b" and value in _BOOLEANS:
            return CellKind.BOOLEAN, _BOOLEANS[value]
        if kind == "e":
            return CellKind.ERROR, value
        if kind == "d":
            return CellKind.TEXT, value
        raise self.wrong(f"種類「{kind[:20]}」の値「{value[:20]}」")

    def _odd_number(self, value: str) -> tuple[CellKind, str]:
        text = value.strip()
        if not text:
            return CellKind.EMPTY, ""
        if not NUMERAL.fullmatch(text):
            raise self.wrong(f"数値「{text[:20]}」")
        return CellKind.NUMBER, text

    def _close_inline(self) -> None:
        text = self._rich.take()
        if self._opened[-1].get("t") == "inlineStr":
            self._inline.append(text)
        elif text:
            self._unsaid = self._opened[-1]


def number_below(least: float, numeral: str | None) -> float | None:
    """Return the number that an attribute says, None where it says none or one from `least` on."""
    number = float(numeral) if numeral and NUMERAL.fullmatch(numeral) else least
    return number if number < least else None


class _Columns(dict[str, int]):
    """The columns by their letters."""

    def __init__(self, source: PartSource) -> None:
        self._part = source.part

    def __missing__(self, letters: str) -> int:
        column = column_number(letters)
        if column >= COLUMNS:
            raise malformed(self._part, f"列「{letters}」")
        self[letters] = column
        return column


class _Styles(dict[str, int]):
    """The numbers of formats as the file writes them."""

    def __init__(self, source: PartSource) -> None:
        self._source = source
        self[""] = 0

    def __missing__(self, style: str) -> int:
        number = self[style] = whole(style, self._source.part, self._source.limits.formats)
        return number
