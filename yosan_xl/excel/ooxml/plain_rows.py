"""The rows of a worksheet written as programs write them, taken apart by patterns.

What a row is besides its values (its cells, formulas and formats) is what book after book of one template repeats:
it is taken apart once and remembered by its characters; only the values are new in every book.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Cell, CellKind
from yosan_xl.excel.ooxml.cells import NUMERAL, Cells, Rows
from yosan_xl.excel.ooxml.rich_text import run
from yosan_xl.excel.ooxml.xml_parts import (
    ATTRIBUTES,
    BLANKS,
    PRESERVE,
    TEXT,
    Attributes,
    attributes_of,
    characters,
    prefixes_of,
    unescaped,
    with_line_feeds,
)
from yosan_xl.form.area import column_number

_VALUE = re.compile(rf"<v(?:{PRESERVE})?>([^<]*)</v>")
_MARK = "\0"  # stands where a value stood; no character of XML
_ROW_END = "</row>"

_FORMULA = rf"(?:<f{ATTRIBUTES}(?:/>|>{TEXT}</f>))?"
# A to XFC; \1 is the number that the row has given itself. What is beyond is left to expat.
_ADDRESS = r"(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-C])\1"
_ONE_CELL = (
    rf'<c r="{_ADDRESS}"(?: s="[0-9]{{1,4}}")?(?:'
    rf'/>|(?: t="(?:n|str)")?>{_FORMULA}(?:{_MARK}|<v ?/>)?</c>'
    rf'| t="[sbe]">{_FORMULA}{_MARK}</c>'
    rf'| t="inlineStr"><is><t(?:{PRESERVE})?>{TEXT}</t></is></c>'
    r")"
)
_NUMBER = "[1-9][0-9]{0,5}"
_EMPTY_ROWS = rf'{BLANKS}(?:<row r="{_NUMBER}"{ATTRIBUTES} ?/>{BLANKS})*+'
_ROW = re.compile(
    rf'{_EMPTY_ROWS}<row r="({_NUMBER})"{ATTRIBUTES} ?>{BLANKS}(?:{_ONE_CELL}{BLANKS})*+'
)
_TAIL = re.compile(_EMPTY_ROWS)
_NO_CHARACTERS = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)|[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

# Only for what _ROW has matched: they look for pieces and no longer at how these fit.
_BLANK = re.compile(r'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")?/>')
_FILLED = re.compile(
    r'<c r="([A-Z]+)[0-9]+"(?: s="([0-9]+)")?(?: t="(\w+)")?>'
    rf"(?:(<f[^>]*>)(?:([^<]*)</f>)?)?(?:({_MARK})|<is>(<t[^>]*>)([^<]*))?"
)
# The tags that may have any attributes; the number of the row is out, to have fewer of them.
_FREE = re.compile(rf'<(?:row r="[0-9]+"|f)({ATTRIBUTES})')
# A row lower than 10 points may be too low to be seen.
_ODD = re.compile(r' (?:hidden|customFormat)=| ht="(?!0*[1-9][0-9])')
_ODD_ROW = re.compile(rf"<row((?=[^>]*(?:{_ODD.pattern}))[^>]*)>")

_REMEMBERED = 2_048  # shapes: a book has 90, and one template some 10 forms of each
_LONGEST = 4_096  # characters of a shape that is remembered


class FormulaElement(NamedTuple):
    """A formula that is not just a text: `attributes` say how it is shared."""

    attributes: Attributes
    text: str


class Outline(NamedTuple):
    """A cell that holds something, by its place (0-based); `kind` is t of the cell.

    `has_value` tells that a value stands in the file; `inline` is the text of an inlineStr.
    """

    place: tuple[int, int]
    kind: str
    formula: str | FormulaElement | None
    style: int
    has_value: bool
    inline: str | None


@dataclass(frozen=True, slots=True)
class Shape:
    """A row with cells, of `number` (1-based numeral), and the `rows` without cells before it.

    `blanks` are the formats (numerals) of cells that hold nothing, by address (A1); `odd` the attributes of rows that are
    hidden, low or have a format of their own. `prefixes` are those of attributes.
    """

    number: str | None
    rows: int
    blanks: dict[str, str]
    outlines: tuple[Outline, ...]
    odd: tuple[Attributes, ...]
    values: int
    highest_style: int
    formula_chars: int
    longest_formula: int
    prefixes: frozenset[str]


def take_apart(body: str) -> tuple[list[Shape], list[str]] | None:
    """Return the shapes of the rows in `<sheetData>` and the values, both in their order.

    None where the rows are written otherwise than programs usually do.
    """
    pieces = _VALUE.split(body)
    values = pieces[1::2]
    if _MARK in body or _NO_CHARACTERS.search("\n".join(values)):
        return None
    *rows, tail = _MARK.join(pieces[::2]).split(_ROW_END)
    shapes = [_remembered(row) if len(row) <= _LONGEST else _shape(row) for row in rows]
    shapes.append(_tail(tail))
    found = [shape for shape in shapes if shape is not None]
    if len(found) < len(shapes) or len({shape.number for shape in found}) < len(found):
        return None
    return found, values


def _tail(text: str) -> Shape | None:
    """Return what stands behind the last row with cells."""
    return _made(None, text, [], []) if _TAIL.fullmatch(text) else None


def _shape(text: str) -> Shape | None:
    row = _ROW.fullmatch(text)
    if row is None:
        return None
    blanks, filled = _BLANK.findall(text), _FILLED.findall(text)
    addresses = {address for address, _ in blanks} | {f"{cell[0]}{row[1]}" for cell in filled}
    if len(addresses) < len(blanks) + len(filled):
        return None  # expat tells of it
    return _made(row[1], text, blanks, [_outline(int(row[1]) - 1, *cell) for cell in filled])


_remembered = lru_cache(maxsize=_REMEMBERED)(_shape)


def _made(
    number: str | None, text: str, blanks: Sequence[tuple[str, str]], outlines: list[Outline]
) -> Shape | None:
    free = [prefixes_of(f' r=""{one}') for one in dict.fromkeys(_FREE.findall(text))]
    prefixes = [one for one in free if one is not None]
    if len(prefixes) < len(free):
        return None
    lengths = [len(cell.formula) for cell in outlines if cell.formula.__class__ is str]
    odd = _ODD_ROW.findall(text) if _ODD.search(text) else ()
    return Shape(
        number,
        text.count("<row"),
        dict(blanks),
        tuple(outlines),
        tuple(attributes_of(attributes) for attributes in odd),
        text.count(_MARK),
        max(
            max((int(style or 0) for _, style in blanks), default=0),
            max((cell.style for cell in outlines), default=0),
        ),
        sum(lengths),
        max(lengths, default=0),
        frozenset().union(*prefixes),
    )


def _outline(
    row: int, letters: str, style: str, kind: str, tag: str, said: str, mark: str, *inline: str
) -> Outline:
    formula = _formula(tag, characters(said)) if tag else None
    own = _inline(*inline) if inline[0] else None
    place = row, column_number(letters)
    return Outline(place, kind or "n", formula, int(style or 0), bool(mark), own)


def _formula(tag: str, said: str) -> str | FormulaElement:
    attributes = {} if tag == "<f>" else attributes_of(tag.removeprefix("<f").rstrip("/>"))
    # Written out for each cell, as most programs do, it is a text and no more.
    return FormulaElement(attributes, said) if "t" in attributes else unescaped(said)


def _inline(tag: str, said: str) -> str:
    return with_line_feeds(run(characters(said), kept=tag != "<t>"))


def read_plain_cells(shapes: Sequence[Shape], values: Sequence[str], cells: Cells) -> Rows:
    """Return the rows that have these shapes and, in order, these values. Raises Refused."""
    number = style = chars = longest = rows = 0
    for shape in shapes:
        rows += shape.rows
        number += len(shape.blanks) + len(shape.outlines)
        chars += shape.formula_chars
        style = shape.highest_style if shape.highest_style > style else style
        longest = shape.longest_formula if shape.longest_formula > longest else longest
    cells.count(rows, number)
    cells.check_style(style)
    cells.formulas.count(chars, longest)
    for shape in shapes:
        cells.blanks.update(shape.blanks)
        for attributes in shape.odd:
            cells.open_row(attributes)
    _fill(shapes, iter(values).__next__, cells)
    return cells.finish()


# It runs for every cell that holds something: what is common is made here, at once.
def _fill(shapes: Sequence[Shape], take: Callable[[], str], cells: Cells) -> None:
    found, string, new = cells.found, cells.numbered_strings.get, tuple.__new__
    text, number, is_numeral = CellKind.TEXT, CellKind.NUMBER, NUMERAL.fullmatch
    for shape in shapes:
        for place, kind, formula, style, has_value, inline in shape.outlines:
            value = take() if has_value else ""
            if kind == "s" and (said := string(value)) is not None:
                cell = text, said, formula, style
            elif kind == "n" and value and is_numeral(value):
                cell = number, value, formula, style
            else:
                own = characters(value) if has_value else inline
                cell = *cells.content(kind, own), formula, style
            if formula.__class__ is FormulaElement:
                cell = *cell[:2], cells.formulas.read(*formula, place), style
            found[place] = new(Cell, cell)
