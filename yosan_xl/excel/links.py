"""Links from a workbook to the very cell of another, by a relative path: the folder can be moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

MOST_LINKS = 65_530
"""A sheet with more hyperlinks than these is repaired by Excel, which removes them."""

_LONGEST = 2_000
_ESCAPED = {ord(char): f"%{ord(char):02X}" for char in '%"# <>[]^`{}'}


class Link(NamedTuple):
    """What a cell opens: `anchor` is a place (`'要求書1'!M24`) in the book `target`, or without one in its own.

    `text` is what the link is called where its cell says nothing, `tip` what is shown under the
    pointer.
    """

    target: str
    anchor: str
    text: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Books:
    """Where the books are that a workbook links to, by the name of the file.

    A path is relative to the folder of the workbook, with `/` between folders: Excel takes `\\`
    too, which LibreOffice takes for a part of the name.
    """

    paths: Mapping[str, str]

    def link(self, file: str, sheet: str | None, cell: str | None, text: str) -> Link | None:
        """Return the link to a cell; None where the book cannot be named in one."""
        path = self.paths.get(file)
        if path is None or not _is_linkable(path):
            return None
        quoted = (sheet or "").replace("'", "''")
        anchor = f"'{quoted}'!{cell or 'A1'}" if sheet else ""
        target = path.removeprefix("./").translate(_ESCAPED)
        # Excel counts in units of UTF-16, of two bytes.
        size = len((target + anchor).encode("utf-16-le", "replace")) // 2
        return Link(target, anchor, text) if size <= _LONGEST else None


def _is_linkable(path: str) -> bool:
    # A backslash is a folder's end in Excel's links, and part of a name elsewhere; what stands
    # before a colon would be a protocol.
    return "\\" not in path and path.isprintable() and ":" not in path.split("/", 1)[0]
