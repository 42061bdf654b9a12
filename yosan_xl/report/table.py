"""A table as text for a terminal, as CSV for spreadsheets, and its rows as JSON: one renderer each.

In CSV numbers stay numbers, texts never become formulas, and what an encoding cannot hold is told.
JSON is safe on a terminal too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from yosan_xl.model.money import with_commas
from yosan_xl.model.table import ColumnKind, Table, TableColumn, Value
from yosan_xl.model.text import shown_text
from yosan_xl.report.printable import CP932, columns, fits, plain, printable

_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_MARK = "'"
_TWINS = {
    "〜": "～",
    "−": "－",
    "—": "―",
    "‖": "∥",
    "¢": "￠",
    "£": "￡",
    "¬": "￢",
    "¥": "￥",
    "–": "－",
}
"""What CP932 has under another code point (JIS X 0208 as Unicode and Microsoft map it)."""

MISSING = "〓"
"""Stands for a character that CP932 lacks: 下駄, as printers had it."""


def table_lines(table: Table, nothing: str = "") -> list[str]:
    """Return a line for the labels, one for each row and subtotal, and one for the total.

    `nothing` stands where a figure is missing (統計表の表記: - is no figure, 0 is an amount).
    """
    every = [*table.rows, *table.subtotals, *([table.total] if table.total else [])]
    texts = [_labels(table), *(_texts(table, row, nothing) for row in every)]
    widths = [max(map(columns, cells)) for cells in zip(*texts, strict=True)]
    right = [column.kind.is_figure for column in table.columns]
    return [_line(row, widths, right) for row in texts]


def _labels(table: Table) -> list[str]:
    return [printable(column.label.partition("\n")[0]) for column in table.columns]


def _texts(table: Table, row: Sequence[Value], nothing: str) -> list[str]:
    return [_text(column, value, nothing) for column, value in zip(table.columns, row, strict=True)]


def _text(column: TableColumn, value: Value, nothing: str) -> str:
    if value is None:
        return nothing if column.kind.is_figure else ""
    if column.kind in (ColumnKind.COUNT, ColumnKind.MONEY) and isinstance(value, int):
        return with_commas(value)
    return printable(str(value))


def _line(texts: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = []
    for text, width, is_right in zip(texts, widths, right, strict=True):
        blank = " " * (width - columns(text))
        cells.append(blank + text if is_right else text + blank)
    return "  ".join(cells).rstrip()


@dataclass(frozen=True, slots=True)
class Loss:
    """Characters of one value that CP932 lacks: the row (0-based) and the column's heading."""

    row: int
    heading: str
    characters: str


def table_csv(table: Table) -> str:
    """Return the rows of a table as CSV, without its total: who adds up must not count twice."""
    rows = [list(map(_datum, table.columns, row)) for row in table.rows]
    return csv_text(table.headings, rows)


def csv_text(
    headings: Sequence[str],
    rows: Iterable[Sequence[Value]],
    delimiter: str = ",",
    *,
    header: bool = True,
) -> str:
    """Return RFC 4180 with CRLF: a heading row, then the rows; None is an empty value."""
    every: list[Sequence[Value]] = [*([headings] if header else []), *rows]
    lines = [delimiter.join(_cell(value, delimiter) for value in row) for row in every]
    return "".join(f"{line}\r\n" for line in lines)


def neutral(text: str) -> str:
    """Return a text as it is shown, and one that a spreadsheet may take for a formula behind `'`.

    Excel and LibreOffice run what begins with = + - @, full width too on a Japanese system (OWASP,
    CSV Injection); blanks and line ends before it do not count.
    """
    seen = shown_text(text)
    return _MARK + seen if seen.lstrip()[:1] in _SIGNS else seen


def held(
    rows: Sequence[Sequence[Value]], headings: Sequence[str]
) -> tuple[list[list[Value]], list[Loss]]:
    """Return rows that CP932 can hold: twins for what it maps otherwise, 〓 for what it lacks, told."""
    losses: list[Loss] = []

    def hold(value: Value, row: int, column: int) -> Value:
        if not isinstance(value, str):
            return value
        text = "".join(_TWINS.get(char, char) for char in shown_text(value))
        if fits(text, CP932):
            return text
        lacking = "".join(dict.fromkeys(char for char in text if not fits(char, CP932)))
        losses.append(Loss(row, headings[column], lacking))
        return "".join(MISSING if char in lacking else char for char in text)

    found = [[hold(value, at, n) for n, value in enumerate(row)] for at, row in enumerate(rows)]
    return found, losses


def _datum(column: TableColumn, value: Value) -> Value:
    is_rate = column.kind is ColumnKind.RATE and isinstance(value, int)
    return Decimal(value or 0).scaleb(-1) if is_rate else value


def _cell(value: Value, delimiter: str) -> str:
    if value is None:
        return ""
    return _quoted(neutral(value), delimiter) if isinstance(value, str) else str(value)


def _quoted(text: str, delimiter: str) -> str:
    quote = any(char in text for char in f'{delimiter}"\n') or text != text.strip()
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if quote else text


def row_json(table: Table, row: Sequence[Value]) -> dict[str, Any]:
    """Return a row as JSON: each value where its column's key (a JSON Pointer) says.

    `/from/amount` makes an object within the row, `/key/0` a list; a list ends with its last value.
    """
    made: dict[str, Any] = {}
    for column, value in zip(table.columns, row, strict=True):
        if column.key.startswith("/"):
            _put(made, column.key[1:].split("/"), column.missing if value is None else value)
    return {name: _listed(value) for name, value in made.items()}


def _put(made: dict[str, Any], path: Sequence[str], value: Value) -> None:
    first, *rest = path
    if rest:
        _put(made.setdefault(first, {}), rest, value)
    else:
        made[first] = value


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if all(name.isdigit() for name in value):
        return [each for each in value.values() if each is not None]
    return {name: _listed(each) for name, each in value.items()}


def to_json(value: object) -> str:
    """Return JSON with Japanese as it is, two blanks of indent and a final newline.

    Unprintable characters are escaped, so that the same text is safe on a terminal and a lone
    surrogate (of a file name that is no UTF-8) does not stop the output.
    """
    return plain(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def to_json_line(value: object) -> str:
    """Return JSON as one line (NDJSON), as safe as `to_json` returns it."""
    return plain(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
