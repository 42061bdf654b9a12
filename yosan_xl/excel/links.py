"""Links from a workbook to the very cell of another, by a relative path: the folder can be moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from xlsxwriter.url import Url, UrlTypes

MOST_LINKS = 65_530
"""A sheet with more hyperlinks than these is repaired by Excel, which removes them."""

_LONGEST = 2_000
_ESCAPED = {ord(char): f"%{ord(char):02X}" for char in '%"# <>[]^`{}'}


class BookLink(Url):  # type: ignore[misc]
    """A link to another workbook whose target has `/` between folders.

    XlsxWriter would write `\\`, which LibreOffice takes for a part of the name; Excel takes both.
    """

    def __init__(self, path: str, anchor: str, text: str) -> None:
        """Take the way to the book (relative, escaped), the place in it (`'要求書1'!M24` or nothing), and a text."""
        # What XlsxWriter takes a link apart for is the same for all links to a book.
        self._link_type = UrlTypes.EXTERNAL
        self._original_url = self._relationship_link = self._link = _target(path)
        self._anchor, self._text, self._tip = anchor, text, ""
        self._is_object_link, self._rel_index = False, 0


@lru_cache
def _target(path: str) -> str:
    return str(Url(f"external:{path}")._target()).replace("\\", "/")


@dataclass(frozen=True, slots=True)
class Books:
    """Where the books are that a workbook links to, by the name of the file.

    A path is relative to the folder of the workbook, with `/` between folders.
    """

    paths: Mapping[str, str]

    def link(self, file: str, sheet: str | None, cell: str | None, text: str) -> BookLink | None:
        """Give the link to a cell; None where the book cannot be named in one."""
        path = self.paths.get(file)
        if path is None or not _is_linkable(path):
            return None
        quoted = (sheet or "").replace("'", "''")
        anchor = f"'{quoted}'!{cell or 'A1'}" if sheet else ""
        escaped = path.translate(_ESCAPED)
        # Excel counts in units of UTF-16, of two bytes.
        size = len((escaped + anchor).encode("utf-16-le", "replace")) // 2
        return BookLink(escaped, anchor, text) if size <= _LONGEST else None


def _is_linkable(path: str) -> bool:
    # A backslash is a folder's end in Excel's links, and part of a name elsewhere; what stands
    # before a colon would be a protocol.
    return "\\" not in path and path.isprintable() and ":" not in path.split("/", 1)[0]
