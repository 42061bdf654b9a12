"""How much another reader may lay out, and how much an .ods would have it: known before it begins.

A cell, or a row of them, stands in an .ods once with the number of times that it is there.
"""

from __future__ import annotations

import io
import zipfile
from xml.parsers import expat

MOST_LAID_OUT = 1_000_000
"""Cells, empty ones between others too: more than any book of request forms has."""
MOST_CHARACTERS = 4_000_000
"""Of the texts of all cells: 150 requests have 0.3 million."""

MOST_BYTES = 32_000_000
"""Of what a worker says: more than it takes to say so many characters."""
TOO_MUCH = 3
"""The exit code of the worker where a book is over these bounds, or more than its memory."""

_CELLS = ("table-cell", "covered-table-cell")
_PIECE = 65_536


def check(laid_out: int, characters: int) -> None:
    """End the worker where a book has too many cells or characters."""
    if laid_out > MOST_LAID_OUT or characters > MOST_CHARACTERS:
        raise SystemExit(TOO_MUCH)


def check_repeats(data: bytes) -> None:
    """End the worker where the cells of an .ods, as often as they are repeated, are too many."""
    if not data.startswith(b"PK"):
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "content.xml" not in package.namelist():
            return
        parser, repeats = expat.ParserCreate(), _Repeats()
        parser.StartElementHandler = repeats.start
        parser.EndElementHandler = repeats.end
        parser.CharacterDataHandler = repeats.text
        with package.open("content.xml") as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece)


class _Repeats:
    """Counts the cells of all tables to the last that holds something, and their characters."""

    def __init__(self) -> None:
        self._laid_out = self._characters = 0
        self._height = self._width = self._rows = 0
        self._row = self._cell = 1
        self._columns = self._last = self._of_row = self._of_cell = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        said = {_local(key): value for key, value in attributes.items()}
        if name == "table":
            self._laid_out += self._height * self._width
            self._height = self._width = self._rows = 0
        elif name == "table-row":
            self._row = int(said.get("number-rows-repeated", "1"))
            self._columns = self._last = self._of_row = 0
        elif name in _CELLS:
            self._cell = int(said.get("number-columns-repeated", "1"))
            self._of_cell = 1 if "value-type" in said or "formula" in said else 0
            self._of_cell += len(said.get("string-value", ""))
        elif name == "s":  # so many blanks
            self._of_cell += int(said.get("c", "1"))

    def text(self, text: str) -> None:
        self._of_cell += len(text)

    def end(self, name: str) -> None:
        name = _local(name)
        if name in _CELLS:
            self._columns += self._cell
            self._last = self._columns if self._of_cell else self._last
            self._of_row += self._of_cell * self._cell
            self._of_cell = 0
        elif name == "table-row":
            self._rows += self._row
            self._height = self._rows if self._last else self._height
            self._width = max(self._width, self._last)
            self._characters += self._of_row * self._row
            check(self._laid_out + self._height * self._width, self._characters)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
