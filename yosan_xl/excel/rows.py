"""Rows as XML straight from their values, for sheets of thousands: a tenth of XlsxWriter's time a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from xlsxwriter.url import Url
from xlsxwriter.utility import xl_col_to_name

from yosan_xl.model.text import shown_text

Value = str | int | float | None

MOST_CHARACTERS = 32_767
"""The characters that a cell can hold (Excel の仕様と制限), in units of UTF-16."""

NO_LINKS: Mapping[int, Url] = MappingProxyType({})
_SURELY_FITS = MOST_CHARACTERS // 2
# What stands in a file otherwise than it is (ISO/IEC 29500-1, 22.9.2.19).
_ESCAPE = re.compile(r"(_x[0-9A-Fa-f]{4}_)")
_AT_ENDS = re.compile(r"\A\s|\s\Z")
_ODD = re.compile(rf"[&<>]|{_ESCAPE.pattern}|{_AT_ENDS.pattern}")
_COLUMNS = tuple(xl_col_to_name(column) for column in range(256))


class Formula(NamedTuple):
    """A formula (with its `=`) and the value it has, for viewers that do not calculate.

    `#` in it stands for the number of its own row, so that rows can share one text.
    """

    text: str
    value: str | int | float


Content = Value | Formula


class Row(NamedTuple):
    """A row (0-based): its values from column A on, and how each of them looks (see `look`).

    `height` is in points, None leaves it to the program; `level` is that of the outline; `links`
    are what its cells open, by column.
    """

    number: int
    values: Sequence[Content]
    looks: Sequence[str]
    height: float | None = None
    level: int = 0
    links: Mapping[int, Url] = NO_LINKS


def look(cell_format: Any) -> str:
    """Give how a cell of this XlsxWriter format looks, as the attribute of the cell."""
    return f' s="{cell_format._get_xf_index()}"'


def row_xml(row: Row, numbers: Mapping[str, int]) -> str:
    """Give the row as XML; `numbers` are those of its texts among the shared strings."""
    name = str(row.number + 1)
    cells = [f'<row r="{name}"{_attributes(row.height, row.level)}>']
    # This runs for every cell of the book.
    for column, look, value in zip(_COLUMNS, row.looks, row.values, strict=False):
        start = f'<c r="{column}{name}"{look}'
        if value is None or value == "":
            cells.append(f"{start}/>")
        elif isinstance(value, str):
            cells.append(f'{start} t="s"><v>{numbers[value]}</v></c>')
        elif isinstance(value, Formula):
            cells.append(f"{start}{_formula_xml(value, name)}")
        else:
            cells.append(f"{start}><v>{value:.16G}</v></c>")
    cells.append("</row>")
    return "".join(cells)


def text_xml(text: str) -> str:
    """Return a text, as it is shown, as an item of the shared strings, so far as it fits into a cell."""
    text = shown_text(text)
    if not _ODD.search(text) and len(text) <= _SURELY_FITS:
        return f"<si><t>{text}</t></si>"
    whole = fitting(text)
    literal = _ESCAPE.sub(r"_x005F\1", whole)
    kept = ' xml:space="preserve"' if _AT_ENDS.search(whole) else ""
    return f"<si><t{kept}>{_escaped(literal)}</t></si>"


def fitting(text: str) -> str:
    """Give what of a text a cell can hold: other programs allow longer ones than Excel."""
    if len(text) <= _SURELY_FITS:
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * MOST_CHARACTERS:
        return text
    return units[: 2 * (MOST_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


@lru_cache
def _attributes(height: float | None, level: int) -> str:
    # In whole pixels, as Excel and XlsxWriter have it.
    points = None if height is None else int(height * 4 / 3 + 0.5) * 0.75
    tall = "" if points is None else f' ht="{points:.16g}" customHeight="1"'
    return tall + (f' outlineLevel="{level}"' if level else "")


def _formula_xml(formula: Formula, row: str) -> str:
    text, value = _escaped(formula.text.removeprefix("=").replace("#", row)), formula.value
    if isinstance(value, str):
        return f' t="str"><f>{text}</f><v>{_escaped(shown_text(value))}</v></c>'
    return f"><f>{text}</f><v>{value}</v></c>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
