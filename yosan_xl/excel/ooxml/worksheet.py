"""A worksheet (xl/worksheets/sheetN.xml) read in one pass: cells, merges, protection, hiding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from yosan_xl.excel.ooxml.book import Cell, Columns, Kind
from yosan_xl.excel.ooxml.formulas import Formulas
from yosan_xl.excel.ooxml.refusals import Refused, malformed
from yosan_xl.excel.ooxml.source import Source
from yosan_xl.excel.ooxml.text import RichText
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, flag, unescaped, walk, whole
from yosan_xl.form.area import COLUMNS, ROWS, Area, a1, parse_a1

# An exponent of at most three digits keeps the number within what int() can hold.
_NUMERAL = re.compile(
    r"[+-]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][+-]?[0-9]{1,3})?"
)
_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


@dataclass(slots=True)
class SheetContent:
    """What stands in a worksheet part; its name and state stand in the workbook's."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    protected: bool = False
    columns: list[Columns] = field(default_factory=list)
    row_styles: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


def read_worksheet(chunks: Iterable[bytes], source: Source) -> SheetContent:
    """Give what a worksheet part holds. Raises Refused."""
    content = SheetContent()
    cells = _Cells(source, content)
    layout = _Layout(source, content)
    sheet = Node(
        {
            "sheetData": Node({"row": cells.row}),
            "cols": Node({"col": Node(open=layout.col)}),
            "mergeCells": Node({"mergeCell": Node(open=layout.merge)}),
            "sheetProtection": Node(open=layout.protection),
        }
    )
    walk(chunks, Node({"worksheet": sheet}), source.part, source.limits)
    cells.finish()
    return content


class _Layout:
    def __init__(self, source: Source, content: SheetContent) -> None:
        self._source = source
        self._content = content
        self._width = 0

    def col(self, attributes: Attributes) -> None:
        part, get = self._source.part, attributes.get
        first, last = whole(get("min"), part, COLUMNS + 1), whole(get("max"), part, COLUMNS + 1)
        if not 1 <= first <= last:
            raise malformed(part, "列の範囲が逆です")
        self._width += last - first + 1
        if self._width > COLUMNS:
            raise malformed(part, "列の書式が重なっています")
        style = whole(get("style", "0"), part, self._source.limits.formats)
        hidden = flag(attributes, "hidden")
        self._content.columns.append(Columns(first - 1, last - 1, style, hidden))
        self._source.tally.add("column_elements")

    def merge(self, attributes: Attributes) -> None:
        reference = attributes.get("ref", "")
        try:
            self._content.merges.append(Area.parse(reference))
        except ValueError as error:
            raise malformed(self._source.part, f"結合セル「{reference[:20]}」") from error
        self._source.tally.add("merges")

    def protection(self, attributes: Attributes) -> None:
        self._content.protected = flag(attributes, "sheet")


class _Cells:
    """The rows and cells. This runs for every cell, so it looks up rather than computes, and what
    needs no thought (`append`) is called by the parser without a Python function between.
    """

    def __init__(self, source: Source, content: SheetContent) -> None:
        self._source, self._content = source, content
        self._part, self._strings, self._cells = source.part, source.strings, content.cells
        self._row = self._col = -1
        self._row_name = ""
        self._add, self._counted = source.tally.add, 0
        self._opened: list[Attributes] = []
        self._values: list[str] = []
        self._columns: dict[str, int] = {}
        self._styles: dict[str, int] = {}
        self._blanks: dict[str, Cell] = {}
        self._rich = RichText()
        self._formulas = Formulas(source, content.cells)
        self._limit = source.limits.cell_chars
        cell = Node(
            {
                "v": Node(text=self._values.append),
                "is": Node(self._rich.children, close=self._close_inline),
                "f": self._formulas.node,
            },
            open=self._opened.append,
            close=self._close_cell,
        )
        self.row = Node({"c": cell}, open=self._open_row, close=self._close_row)

    def finish(self) -> None:
        """Do what has to wait for the last cell."""
        self._formulas.finish()

    def _open_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = self._row + 1 if number is None else whole(number, self._part, ROWS + 1) - 1
        if not 0 <= row < ROWS:
            raise malformed(self._part, f"行番号 {row + 1}")
        self._row, self._col, self._row_name = row, -1, str(row + 1)
        self._add("row_elements")
        if flag(attributes, "hidden"):
            self._content.hidden_rows.add(row)
        if flag(attributes, "customFormat"):
            self._content.row_styles[row] = self._style(attributes.get("s", "0"))

    def _close_row(self) -> None:
        self._add("cells", len(self._cells) - self._counted)
        self._counted = len(self._cells)

    def _close_cell(self) -> None:
        attributes = self._opened.pop()
        get = attributes.get
        ref, style = get("r"), get("s", "0")
        if ref is None:
            ref = a1(self._row, self._col + 1)
        col = self._columns.get(ref.removesuffix(self._row_name))
        if col is None:
            col = self._new_column(ref)
        self._col = col
        place = self._row, col
        if place in self._cells:
            raise self._wrong("同じ番地のセルが2つあります")
        if not self._values and not self._formulas.found:
            self._cells[place] = self._blanks.get(style) or self._blank(style)
            return
        kind, text = self._content_of(get("t", "n"))
        formula = self._formulas.take(place) if self._formulas.found else None
        self._cells[place] = Cell(kind, text, formula, self._style(style))

    def _new_column(self, ref: str) -> int:
        """Give the column of a reference in a spelling not met before, and keep the letters."""
        try:
            row, col = parse_a1(ref)
        except ValueError as error:
            raise self._wrong(f"セルの番地「{ref[:20]}」") from error
        if row != self._row:
            raise self._wrong(f"セルの番地「{ref[:20]}」")
        letters = ref.removesuffix(self._row_name)
        if letters.isalpha():
            self._columns[letters] = col
        return col

    def _blank(self, style: str) -> Cell:
        cell = self._blanks[style] = Cell(Kind.EMPTY, "", None, self._style(style))
        return cell

    def _style(self, style: str) -> int:
        number = self._styles.get(style)
        if number is None:
            number = whole(style, self._part, self._source.limits.formats)
            self._styles[style] = number
        return number

    def _content_of(self, kind: str) -> tuple[Kind, str]:
        if not self._values:
            # A formula whose result is an empty string is saved as t="str" without characters.
            return (Kind.TEXT if kind == "str" else Kind.EMPTY), ""
        value = self._values.pop()
        if self._values:
            raise self._wrong("値が2つあります")
        if len(value) > self._limit:
            raise self._source.limits.refusal("cell_chars")
        if kind == "n":
            return (Kind.NUMBER, value) if _NUMERAL.fullmatch(value) else self._odd_number(value)
        if kind == "s":
            return Kind.TEXT, self._strings[whole(value.strip(), self._part, len(self._strings))]
        return self._other_content(kind, value)

    def _other_content(self, kind: str, value: str) -> tuple[Kind, str]:
        self._add("text_chars", len(value))
        if kind in ("str", "inlineStr"):
            return Kind.TEXT, unescaped(value)
        value = value.strip()
        if kind == "b" and value in _BOOLEANS:
            return Kind.BOOLEAN, _BOOLEANS[value]
        if kind == "e":
            return Kind.ERROR, value
        if kind == "d":
            return Kind.TEXT, value
        raise self._wrong(f"種類「{kind[:20]}」の値「{value[:20]}」")

    def _odd_number(self, value: str) -> tuple[Kind, str]:
        text = value.strip()
        if not text:
            return Kind.EMPTY, ""
        if not _NUMERAL.fullmatch(text):
            raise self._wrong(f"数値「{text[:20]}」")
        return Kind.NUMBER, text

    def _close_inline(self) -> None:
        text = self._rich.take()
        if self._opened[-1].get("t") == "inlineStr":
            self._values.append(text)

    def _wrong(self, what: str) -> Refused:
        return malformed(self._part, f"{self._row_name}行目: {what}")
