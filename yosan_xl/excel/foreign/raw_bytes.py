"""What is known of a foreign format from its bytes: how much an .ods lays out, and the error cells of .ods, .xls and .xlsb.

An .ods has a cell, or a row of them, once with the number of times that it is there: that is counted
before calamine lays it out. An error cell calamine gives as if it were empty. Both run in the worker
alone, on bytes that may be anything; whatever is raised ends the worker.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
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


Spot = tuple[int, int]
Errors = dict[Spot, str]
"""The errors of a sheet, by row and column (0-based)."""


def check_repeats(data: bytes) -> Mapping[str, Errors]:
    """Return the errors of an .ods by sheet; end the worker where its cells, as often as they are repeated, are too many."""
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "content.xml" not in package.namelist():
            return {}
        parser, tables = expat.ParserCreate(), _Tables()
        parser.StartElementHandler = tables.start
        parser.EndElementHandler = tables.end
        parser.CharacterDataHandler = tables.text
        with package.open("content.xml") as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece)
    return tables.errors


class _Tables:
    """Counts the cells of all tables to the last that holds something, and their characters; keeps their errors."""

    def __init__(self) -> None:
        self.errors: dict[str, Errors] = {}
        self._laid_out = self._characters = 0
        self._height = self._width = self._rows = 0
        self._row = self._cell = 1
        self._columns = self._last = self._of_row = self._of_cell = 0
        self._of_table: Errors = {}
        self._errors: list[tuple[int, str]] = []
        self._word, self._is_error = "", False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        said = {_local(key): value for key, value in attributes.items()}
        if name == "table":
            self._laid_out += self._height * self._width
            self._height = self._width = self._rows = 0
            self._of_table = self.errors.setdefault(said.get("name", ""), {})
        elif name == "table-row":
            self._row = int(said.get("number-rows-repeated", "1"))
            self._columns = self._last = self._of_row = 0
            self._errors = []
        elif name in _CELLS:
            self._cell = int(said.get("number-columns-repeated", "1"))
            self._of_cell = 1 if "value-type" in said or "formula" in said else 0
            self._of_cell += len(said.get("string-value", ""))
            # calcext:value-type stands beside office:value-type, which knows no errors.
            self._is_error = attributes.get("calcext:value-type") == "error"
            self._word = ""
        elif name == "s":  # so many blanks
            self._of_cell += int(said.get("c", "1"))

    def text(self, text: str) -> None:
        self._of_cell += len(text)
        if self._is_error:
            self._word += text

    def end(self, name: str) -> None:
        name = _local(name)
        if name in _CELLS:
            if self._is_error:
                first = self._columns
                word = self._word.strip() or "#エラー"
                self._errors += [(first + at, word) for at in range(min(self._cell, MOST_LAID_OUT))]
                self._is_error = False
            self._columns += self._cell
            self._last = self._columns if self._of_cell else self._last
            self._of_row += self._of_cell * self._cell
            self._of_cell = 0
        elif name == "annotation":
            self._word = ""
        elif name == "table-row":
            first = self._rows
            self._rows += self._row
            self._height = self._rows if self._last else self._height
            self._width = max(self._width, self._last)
            self._characters += self._of_row * self._row
            check(self._laid_out + self._height * self._width, self._characters)
            for column, word in self._errors:
                self._of_table |= {(row, column): word for row in range(first, self._rows)}


def _local(name: str) -> str:
    return name.rpartition(":")[2]


COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
_WORDS: Mapping[int, str] = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""[MS-XLS] 2.5.10 BErr; [MS-XLSB] has the same."""


def errors_in(data: bytes) -> list[Errors] | None:
    """Return the errors of each sheet of an .xls or .xlsb, in their order; None for another format."""
    if data.startswith(COMPOUND_FILE):
        return _of_xls(_workbook_stream(data))
    package = zipfile.ZipFile(io.BytesIO(data))
    return _of_xlsb(package) if "xl/workbook.bin" in package.namelist() else None


def _error(number: int) -> str:
    return _WORDS.get(number, f"#エラー{number}")


# [MS-CFB]: a compound file is a heap of sectors; a table (FAT) says of each which one follows.
_LAST_SECTOR = 0xFFFFFFFA


class _Sectors:
    def __init__(self, data: bytes) -> None:
        self._data, self._size = data, 1 << struct.unpack_from("<H", data, 30)[0]
        most = len(data) // self._size
        numbers = [*struct.unpack_from("<109I", data, 76)]
        more = struct.unpack_from("<I", data, 68)[0]
        while more < _LAST_SECTOR and len(numbers) <= most:
            *listed, more = self._numbers(more)
            numbers += listed
        self._next = [n for one in numbers if one < _LAST_SECTOR for n in self._numbers(one)]

    def _numbers(self, sector: int) -> tuple[int, ...]:
        at = (sector + 1) * self._size
        return struct.unpack_from(f"<{self._size // 4}I", self._data, at)

    def chain(self, sector: int) -> bytes:
        """Return the bytes from a sector to the end of its chain; one that turns in a ring is cut."""
        found: list[bytes] = []
        while sector < _LAST_SECTOR and len(found) <= len(self._next):
            found.append(self._data[(sector + 1) * self._size : (sector + 2) * self._size])
            sector = self._next[sector]
        return b"".join(found)


def _workbook_stream(data: bytes) -> bytes:
    sectors = _Sectors(data)
    entries = sectors.chain(struct.unpack_from("<I", data, 48)[0])
    for at in range(0, len(entries), 128):
        length, first = *struct.unpack_from("<H", entries, at + 64), at + 116
        name = entries[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            return sectors.chain(struct.unpack_from("<I", entries, first)[0])
    raise ValueError("no stream called Workbook")


# [MS-XLS] 2.3: records of a number (2 bytes) and a length (2 bytes).
_BEGIN, _END, _SHEET, _FORMULA, _BOOLEAN_OR_ERROR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205


def _of_xls(stream: bytes) -> list[Errors]:
    listed = (
        struct.unpack_from("<I", one)[0] for kind, one in _records(stream, 0) if kind == _SHEET
    )
    return [dict(_of_sheet(stream, at)) for at in listed]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of what begins at a place, to its end, without what is embedded in it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BEGIN) - (kind == _END)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        if depth < 1:
            return
        at += 4 + length


def _of_sheet(stream: bytes, at: int) -> Iterator[tuple[Spot, str]]:
    for kind, one in _records(stream, at):
        if kind == _BOOLEAN_OR_ERROR and one[7]:
            yield struct.unpack_from("<HH", one), _error(one[6])
        if kind == _FORMULA and one[6] == 2 and one[12:14] == b"\xff\xff":
            yield struct.unpack_from("<HH", one), _error(one[8])


# [MS-XLSB] 2.1.4: records of a number and a length, each in bytes of seven bits.
_ROW, _CELL_ERROR, _FORMULA_ERROR, _BUNDLE = 0, 3, 11, 156
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*["']([^"']*)""")


def _of_xlsb(package: zipfile.ZipFile) -> list[Errors]:
    text = package.read("xl/_rels/workbook.bin.rels").decode("utf-8", "replace")
    relations = [dict(_ATTRIBUTE.findall(one)) for one in _RELATION.findall(text)]
    targets = {one["Id"]: one["Target"] for one in relations}
    bundles = (one for kind, one in _small(package.read("xl/workbook.bin")) if kind == _BUNDLE)
    parts = (f"xl/{targets[_wide(one, 8)]}" for one in bundles)
    named = (part.replace("xl//xl/", "xl/") for part in parts)
    return [dict(_of_part(package.read(name))) for name in named]


def _small(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind, at = _seven_bits(part, at, 2)
        length, at = _seven_bits(part, at, 4)
        yield kind, part[at : at + length]
        at += length


def _seven_bits(part: bytes, at: int, most: int) -> tuple[int, int]:
    number = 0
    for count in range(most):
        number |= (part[at + count] & 0x7F) << (7 * count)
        if part[at + count] < 0x80:
            return number, at + count + 1
    return number, at + most


def _wide(record: bytes, at: int) -> str:
    length = struct.unpack_from("<I", record, at)[0]
    return record[at + 4 : at + 4 + 2 * length].decode("utf-16-le")


def _of_part(part: bytes) -> Iterator[tuple[Spot, str]]:
    row = 0
    for kind, one in _small(part):
        if kind == _ROW:
            row = struct.unpack_from("<I", one)[0]
        if kind in (_CELL_ERROR, _FORMULA_ERROR):
            yield (row, struct.unpack_from("<I", one)[0]), _error(one[8])
