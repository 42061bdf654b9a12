"""What of xl/styles.xml matters to a reader: locked or not, a date or not."""

from __future__ import annotations

import re

from yosan_xl.excel.ooxml.book import Format
from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.plain import remembered
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, flag, walk

# Built-in number formats that show a date or a time; 27-36 and 50-58 are those of East Asia
# (ISO/IEC 29500-1, 18.8.30).
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
_LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|general|g/標準|e[+-]', re.I | re.S)
_DATE_LETTER = re.compile(r"[ymdhsge]", re.I)


def is_date_code(code: str) -> bool:
    """Tell whether a number format code shows a date or a time: `ggge"年"m"月"`, `[h]:mm`."""
    return bool(_ELAPSED.search(code) or _DATE_LETTER.search(_LITERAL.sub("", code)))


@remembered
def read_formats(data: bytes, part: str, limits: Limits) -> tuple[Format, ...]:
    """Give the cell formats (cellXfs) by their number. Raises Refused."""
    reader = _Styles(limits)
    cell_format = Node({"protection": Node(open=reader.protection)}, open=reader.cell_format)
    sheet = Node(
        {
            "numFmts": Node({"numFmt": Node(open=reader.code)}),
            "cellXfs": Node({"xf": cell_format}),
        }
    )
    walk((data,), Node({"styleSheet": sheet}), part, limits)
    return reader.formats()


class _Styles:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._dates: dict[str, bool] = {str(number): True for number in _BUILT_IN_DATES}
        self._found: list[tuple[bool, str]] = []

    def code(self, attributes: Attributes) -> None:
        self._dates[attributes.get("numFmtId", "")] = is_date_code(attributes.get("formatCode", ""))
        self._limits.check("formats", len(self._dates))

    def cell_format(self, attributes: Attributes) -> None:
        self._found.append((True, attributes.get("numFmtId", "0")))
        self._limits.check("formats", len(self._found))

    def protection(self, attributes: Attributes) -> None:
        locked = "locked" not in attributes or flag(attributes, "locked")
        self._found[-1] = (locked, self._found[-1][1])

    def formats(self) -> tuple[Format, ...]:
        # numFmts stands before cellXfs in the schema, but nothing here relies on it.
        return tuple(
            Format(locked, self._dates.get(number, False)) for locked, number in self._found
        )
