"""The rows and cells of a worksheet by patterns, where they are written as programs write them."""

from __future__ import annotations

import re

from yosan_xl.excel.ooxml.book import Cell, Kind
from yosan_xl.excel.ooxml.cells import NUMERAL, Cells, Rows
from yosan_xl.excel.ooxml.plain import ATTRIBUTES, PRESERVE, TEXT, attributes_of, characters
from yosan_xl.excel.ooxml.text import run
from yosan_xl.excel.ooxml.xml_parts import with_line_feeds

_FORMULA = rf"(?:<f{ATTRIBUTES}(?:/>|>{TEXT}</f>))?"
_VALUE = rf"(?:<v(?:{PRESERVE})?>{TEXT}</v>|<v ?/>)?"
# A to XFC; \1 is the number that the row has given itself. What is beyond is left to expat.
_ADDRESS = r"(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-C])\1"
_ONE_CELL = (
    rf'<c r="{_ADDRESS}"(?: s="[0-9]{{1,4}}")?(?:'
    rf'/>|(?: t="(?:n|str)")?>{_FORMULA}{_VALUE}</c>'
    rf'| t="s">{_FORMULA}<v>[0-9]{{1,7}}</v></c>'
    rf'| t="[be]">{_FORMULA}<v>(?!<){TEXT}</v></c>'
    rf'| t="inlineStr"><is><t(?:{PRESERVE})?>{TEXT}</t></is></c>'
    r")"
)
_ROW = r'<row r="([1-9][0-9]{0,5})"'
_ROWS = re.compile(rf"\s*+(?:{_ROW}{ATTRIBUTES} ?(?:/>|>\s*+(?:{_ONE_CELL}\s*+)*+</row>)\s*+)*+")

# Only for what _ROWS has matched: they look for pieces and no longer at how these fit.
_BLANK = re.compile(r'<c r="([A-Z]+[0-9]+)"(?: s="([0-9]+)")?/>')
_FILLED = re.compile(
    r'<c r="(([A-Z]+)([0-9]+))"(?: s="([0-9]+)")?(?: t="(\w+)")?>'
    r"(?:(<f[^>]*>)(?:([^<]*)</f>)?)?(?:<v ?/>|(?:<v[^>]*>|<is>(<t[^>]*>))([^<]*))?"
)
_ODD_ROW = re.compile(r"<row((?=[^>]* (?:hidden|customFormat)=)[^>]*)>")


def are_plain(body: str) -> bool:
    """Tell whether all that `<sheetData>` holds is written so that `read_plain_cells` can read it."""
    return _ROWS.fullmatch(body) is not None


def read_plain_cells(body: str, cells: Cells) -> Rows:
    """Give the rows of a `<sheetData>` that is plain. Raises Refused."""
    blanks, filled = _BLANK.findall(body), _FILLED.findall(body)
    cells.count(body.count("<row"), len(blanks) + len(filled))
    cells.blanks.update(blanks)
    _fill(filled, cells)
    addresses = [cell[0] for cell in filled]
    once = len(cells.blanks) == len(blanks) and len(cells.found) == len(filled)
    if not (once and cells.blanks.keys().isdisjoint(addresses)):
        raise cells.twice()
    if " hidden=" in body or " customFormat=" in body:
        for attributes in _ODD_ROW.findall(body):
            cells.open_row(attributes_of(attributes))
    return cells.finish()


# It runs for every cell that holds something: what is common is made here, at once.
def _fill(filled: list[tuple[str, ...]], cells: Cells) -> None:
    columns, styles, found, strings = cells.columns, cells.styles, cells.found, cells.strings
    number_of_strings, text, new, is_numeral = (
        len(strings),
        Kind.TEXT,
        tuple.__new__,
        NUMERAL.fullmatch,
    )
    for _, letters, digits, style, kind, tag, formula, inline, value in filled:
        place = int(digits) - 1, columns[letters]
        own = _formula(tag, formula, place, cells) if tag else None
        if kind == "s":
            number = int(value)
            if number >= number_of_strings:
                raise cells.wrong(f"文字列の番号「{value}」")
            cell = text, strings[number], own, styles[style]
        elif not kind and is_numeral(value):
            cell = Kind.NUMBER, value, own, styles[style]
        else:
            said = _said(inline, characters(value))
            cell = *cells.content(kind or "n", said), own, styles[style]
        found[place] = new(Cell, cell)


def _said(inline: str, value: str) -> str | None:
    if inline:
        return with_line_feeds(run(value, kept=inline != "<t>"))
    return value or None


def _formula(tag: str, formula: str, place: tuple[int, int], cells: Cells) -> str:
    attributes = {} if tag == "<f>" else attributes_of(tag.removeprefix("<f").rstrip("/>"))
    return cells.formulas.read(attributes, characters(formula), place)
