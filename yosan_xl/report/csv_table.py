"""CSV for spreadsheets: numbers stay numbers, texts never become formulas, what cannot be held is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from yosan_xl.model.text import shown_text
from yosan_xl.report.encodings import CP932

Value = str | int | None

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


@dataclass(frozen=True, slots=True)
class Loss:
    """Characters of one value that CP932 lacks: the row (0-based) and the column's heading."""

    row: int
    heading: str
    characters: str


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Give RFC 4180 with CRLF: a heading row, then the rows; None is an empty value."""
    lines = [",".join(_quoted(shown_text(heading)) for heading in headings)]
    lines += [",".join(_cell(value) for value in row) for row in rows]
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
    """Give rows that CP932 can hold: twins for what it maps otherwise, 〓 for what it lacks, told."""
    losses: list[Loss] = []

    def hold(value: Value, row: int, column: int) -> Value:
        if not isinstance(value, str):
            return value
        text = "".join(_TWINS.get(char, char) for char in shown_text(value))
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
    quote = any(char in text for char in ',"\n') or text != text.strip()
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if quote else text


def _replaced(text: str, change: Callable[[str], str]) -> str:
    return "".join(map(change, text))


def _fits(char: str) -> bool:
    try:
        char.encode(CP932)
    except UnicodeEncodeError:
        return False
    return True
