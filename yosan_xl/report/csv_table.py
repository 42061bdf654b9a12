"""CSV for spreadsheets: numbers stay numbers, texts never become formulas, what cannot be held is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from yosan_xl.report.encodings import CP932
from yosan_xl.report.printable import escaped, is_invisible

Value = str | int | None

_SIGNS = frozenset("=+-@＝＋－＠")
_CONTROLS = frozenset("\t\r\n")
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


@dataclass(frozen=True, slots=True)
class Loss:
    """Characters of one value that CP932 lacks: the row (0-based) and the column's heading."""

    row: int
    heading: str
    characters: str


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Give RFC 4180 with CRLF: a heading row, then the rows; None is an empty value."""
    lines = [",".join(_quoted(heading) for heading in headings)]
    lines += [",".join(_cell(value) for value in row) for row in rows]
    return "".join(f"{line}\r\n" for line in lines)


def neutral(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula: one that may be begins with `'`.

    Excel and LibreOffice run what begins with = + - @, full width too on a Japanese system (OWASP,
    CSV Injection); what cannot be seen before it does not count.
    """
    seen = next((char for char in text if not (char.isspace() or is_invisible(char))), "")
    return _MARK + text if seen in _SIGNS or text[:1] in _CONTROLS else text


def held(
    rows: Sequence[Sequence[Value]], headings: Sequence[str]
) -> tuple[list[list[Value]], list[Loss]]:
    """Give rows that CP932 can hold: twins for what it maps otherwise, 〓 for what it lacks, told."""
    losses: list[Loss] = []

    def hold(value: Value, row: int, column: int) -> Value:
        if not isinstance(value, str):
            return value
        text = "".join(_TWINS.get(char, char) for char in value)
        lacking = "".join(dict.fromkeys(char for char in text if not _fits(char)))
        if lacking:
            losses.append(Loss(row, headings[column], lacking))
        return _replaced(text, lambda char: char if _fits(char) else MISSING)

    found = [[hold(value, at, n) for n, value in enumerate(row)] for at, row in enumerate(rows)]
    return found, losses


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else _quoted(neutral(value))


def _quoted(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _replaced(text, lambda char: escaped(char) if _is_control(char) else char)
    quote = any(char in text for char in ',"\n') or text != text.strip()
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if quote else text


def _replaced(text: str, change: Callable[[str], str]) -> str:
    return "".join(map(change, text))


def _is_control(char: str) -> bool:
    return char not in "\n\t" and is_invisible(char)


def _fits(char: str) -> bool:
    try:
        char.encode(CP932)
    except UnicodeEncodeError:
        return False
    return True
