"""Help pages: click's own words in Japanese, and lines that fit a terminal of wide characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import zip_longest

import click

from yosan_xl.report.printable import columns

_HEADINGS = {"Options": "指定", "Commands": "命令", "Arguments": "引数"}
_WORDS = {
    "Show this message and exit.": "この説明を表示します。",
    "Show the version and exit.": "版の番号を表示します。",
    "[required]": "[必須]",
    "[default: ": "[省略時: ",
    "; required]": "; 必須]",
}
# What stays on one line: a half-width word or one character, with the marks around it.
_PIECE = re.compile(r"[（「『]?(?:[!-~]+|.)[、。）」』…]*")


class Formatter(click.HelpFormatter):
    """Writes a help page in Japanese; a wide character takes two columns (click counts one)."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how a command is called."""
        super().write_usage(prog, args, prefix or "使い方: ")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """Write a section under its Japanese heading."""
        with super().section(_HEADINGS.get(name, name)):
            yield

    def write_text(self, text: str) -> None:
        """Write a paragraph."""
        indent = " " * self.current_indent
        self._write_lines(indent, indent, text)

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of options or commands, click's own words in Japanese."""
        rows = list(rows)
        column = min(max(columns(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, text in rows:
            lead = term + " " * (column - columns(term))
            if columns(term) + col_spacing > column:
                self.write(f"{indent}{term}\n")
                lead = " " * column
            self._write_lines(indent + lead, indent + " " * column, text)

    def _write_lines(self, first: str, rest: str, text: str) -> None:
        for number, line in enumerate(wrapped(_japanese(text), self.width - columns(rest))):
            self.write(f"{rest if number else first}{line}\n")


def in_two_columns(rows: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Return lines with two entries of a list each; with one each where two are too wide."""
    sides = [_column(rows[0::2]), _column(rows[1::2])]
    if 2 + sum(max(map(columns, side), default=0) + 2 for side in sides) > width + 2:
        return [f"  {entry}\n" for entry in _column(rows)]
    left = max(map(columns, sides[0]), default=0)
    pairs = zip_longest(*sides, fillvalue="")
    return [f"  {one}{' ' * (left - columns(one))}  {two}".rstrip() + "\n" for one, two in pairs]


def _column(rows: Sequence[tuple[str, str]]) -> list[str]:
    longest = max((columns(term) for term, _ in rows), default=0)
    return [f"{term}{' ' * (longest - columns(term))}  {text}" for term, text in rows]


def wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns; no line begins with a closing mark."""
    lines = [""]
    for piece in _PIECE.findall(" ".join(text.split())):
        if columns(lines[-1] + piece) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece if lines[-1] or piece != " " else ""
    return [line.rstrip() for line in lines]


def _japanese(text: str) -> str:
    for english, japanese in _WORDS.items():
        text = text.replace(english, japanese)
    return text
