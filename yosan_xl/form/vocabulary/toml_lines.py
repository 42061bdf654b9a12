"""Where each key and value of a TOML text stands: tomllib gives values without their lines."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple

Step = str | int
Path = tuple[Step, ...]
"""The way to a value of a table: `("bands", 2, "rows", 0, 1)`."""

_TOKEN = re.compile(
    r'(?P<text>"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<blank>[ \t\r]+|#[^\n]*)|(?P<end>\n)|(?P<mark>[][{}=,.])|(?P<bare>[^][{}=,.\"'#\s]+|.)",
    re.DOTALL,
)


class _Token(NamedTuple):
    """A token, and the line (from 1) on which it begins."""

    kind: str
    text: str
    line: int


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line (from 1) of every key and element of a TOML text that tomllib reads."""
    scanner = _Scanner(_tokens(text))
    scanner.statements()
    return scanner.lines


def line_of(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of a path, else of what is nearest around it; 1 where nothing of it stands."""
    known = (lines[path[:length]] for length in range(len(path), 0, -1) if path[:length] in lines)
    return next(known, 1)


def _tokens(text: str) -> list[_Token]:
    tokens, line = [], 1
    for found in _TOKEN.finditer(text):
        kind = found.lastgroup or "bare"
        if kind != "blank":
            tokens.append(_Token(kind, found[0], line))
        line += found[0].count("\n")
    return [*tokens, _Token("end", "", line)]


class _Scanner:
    """Goes over the tokens of a text once and keeps the line of every path."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}

    @property
    def token(self) -> _Token:
        return self.tokens[min(self.at, len(self.tokens) - 1)]

    def takes(self, *texts: str) -> bool:
        """Step over the token where it is one of these."""
        if self.token.text not in texts:
            return False
        self.at += 1
        return True

    def statements(self) -> None:
        base: Path = ()
        while self.at < len(self.tokens):
            if self.token.kind == "end":
                self.at += 1
            elif self.takes("["):
                base = self.header()
            else:
                self.pair(base)

    def header(self) -> Path:
        line, is_row = self.token.line, self.takes("[")
        *around, last = self.key() or [""]
        path: Path = ()
        for step in around:
            self.lines.setdefault((*path, step), line)
            path = self.inner((*path, step))
        path = (*path, last)
        self.lines.setdefault(path, line)
        if is_row:
            self.counts[path] = self.counts.get(path, 0) + 1
        path = self.inner(path)
        self.lines.setdefault(path, line)
        while self.takes("]"):
            pass
        return path

    def inner(self, path: Path) -> Path:
        """Return the last row of a path that is a list of tables."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def key(self) -> list[str]:
        steps = []
        while self.token.kind in ("bare", "text"):
            steps.append(_plain(self.token.text))
            self.at += 1
            if not self.takes("."):
                break
        return steps

    def pair(self, base: Path) -> None:
        line, steps = self.token.line, self.key()
        for length in range(1, len(steps) + 1):
            self.lines.setdefault((*base, *steps[:length]), line)
        if self.takes("="):
            self.value((*base, *steps))
        elif not steps:
            self.at += 1

    def value(self, path: Path) -> None:
        if self.takes("["):
            self.array(path)
        elif self.takes("{"):
            self.table(path)
        else:
            while self.token.text not in (",", "]", "}") and self.token.kind != "end":
                self.at += 1

    def array(self, path: Path) -> None:
        index = 0
        while self.at < len(self.tokens) and not self.takes("]"):
            if self.token.kind == "end" or self.token.text in (",", "}"):
                self.at += 1
                continue
            self.lines.setdefault((*path, index), self.token.line)
            self.value((*path, index))
            index += 1

    def table(self, path: Path) -> None:
        while self.at < len(self.tokens) and not self.takes("}"):
            if self.token.kind == "end" or self.token.text in (",", "]"):
                self.at += 1
            else:
                self.pair(path)


def _plain(text: str) -> str:
    """Return a key without its quotes."""
    if text.startswith("'"):
        return text.strip("'")
    if text.startswith('"'):
        try:
            return str(json.loads(text))
        except ValueError:
            return text.strip('"')
    return text
