"""The parts of a workbook and how they are packed: shared strings, and what is made only while packing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from itertools import islice
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings, SharedStringTable

from yosan_xl.excel.rows import text_xml

_AT_A_TIME = 500
"""Rows that are packed together: some hundred KB."""


class Texts(SharedStringTable):  # type: ignore[misc]
    """The shared strings; their numbers can be looked up until the book is packed."""

    def take(self, texts: Iterable[str]) -> None:
        """Give a number to each text that has none."""
        numbers = self.string_table
        for text in texts:
            self.count += 1
            if text not in numbers:
                numbers[text] = self.unique_count
                self.unique_count += 1

    def _sort_string_data(self) -> None:
        self.string_array = list(self.string_table)


class Part(StringIO):
    """A part of the package; what is written later is made when it is packed."""

    def __init__(self) -> None:
        """Begin an empty part."""
        super().__init__()
        self._later: list[tuple[int, Iterable[str]]] = []

    @property
    def is_unfinished(self) -> bool:
        """Tell whether anything is to be written later."""
        return bool(self._later)

    def write_later(self, pieces: Iterable[str]) -> None:
        """Let these stand here; they can be asked for once."""
        self._later.append((self.tell(), pieces))

    def pieces(self) -> Iterator[str]:
        """Give the whole text, piece by piece."""
        text, at = self.getvalue(), 0
        for place, pieces in self._later:
            yield text[at:place]
            yield from pieces
            at = place
        yield text[at:]


class OwnPackager(Packager):  # type: ignore[misc]
    """Packs parts that may be unfinished."""

    @property
    def unfinished(self) -> dict[str, Part]:
        """Give the parts that are not whole yet, by their names."""
        parts = {name: part for part, name, _ in self.filenames if isinstance(part, Part)}
        return {name: part for name, part in parts.items() if part.is_unfinished}

    def _filename(self, xml_filename: str) -> Part:
        part = Part()
        self.filenames.append((part, xml_filename, False))
        return part

    def _write_shared_strings_file(self) -> None:
        strings = _Strings(later=self.workbook.has_rows)
        strings.string_table = self.workbook.str_table
        if self.workbook.str_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            strings._assemble_xml_file()


def pack(packed: BytesIO, unfinished: Mapping[str, Part], out: BytesIO) -> None:
    """Pack a workbook again, with its unfinished parts whole."""
    with ZipFile(packed) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            entry = ZipInfo(info.filename, info.date_time)
            entry.compress_type = ZIP_DEFLATED
            part = unfinished.get(info.filename)
            with target.open(entry, "w") as file:
                file.writelines(_blocks(part) if part else [source.read(info)])


def _blocks(part: Part) -> Iterator[bytes]:
    pieces = part.pieces()
    while block := "".join(islice(pieces, _AT_A_TIME)):
        yield block.encode()


class _Strings(SharedStrings):  # type: ignore[misc]
    """Writes every text as a text; XlsxWriter would take `<r>…</r>` for rich text of its own."""

    def __init__(self, later: bool) -> None:
        super().__init__()
        self._later = later

    def _write_sst_strings(self) -> None:
        texts = map(text_xml, self.string_table.string_array)
        (self.fh.write_later if self._later else self.fh.writelines)(texts)
