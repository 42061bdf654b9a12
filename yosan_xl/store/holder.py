"""Who has a book open, as Excel's and LibreOffice's marks beside it say; both are only hints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from yosan_xl.store.faults import StoreError
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import snapshot

_MOST_BYTES = 8192
_LONGEST_NAME = 54
_EXCEL_WIDE = 55
"""Where the name stands in UTF-16, after the length and 54 bytes in the system's code page."""


def marks_beside(path: Path) -> tuple[Path, Path]:
    """Give the files that Excel and LibreOffice leave beside a book that is open."""
    excel, libre = FilePlace.EXCEL_MARK, FilePlace.LIBRE_MARK
    return excel.below(path.parent, name=path.name), libre.below(path.parent, name=path.name)


def holder(path: Path) -> str | None:
    """Give the name of whoever has `path` open, None where no mark tells; never raises."""
    excel, libre = marks_beside(path)
    return _name(excel, _excel_name) or _name(libre, _libre_name)


def _name(mark: Path, read: Callable[[bytes], str]) -> str | None:
    try:
        return _printable(read(snapshot(mark, _MOST_BYTES).data)) or None
    except (StoreError, ValueError):
        return None


def _excel_name(data: bytes) -> str:
    """Give the name in an owner file: a byte of length and the name, then the same in UTF-16."""
    length = data[0] if data else 0
    wide = data[_EXCEL_WIDE : _EXCEL_WIDE + 2]
    count = int.from_bytes(wide, "little")
    if 0 < count <= _LONGEST_NAME:
        start = _EXCEL_WIDE + 2
        return data[start : start + 2 * count].decode("utf-16-le", "replace")
    return data[1 : 1 + min(length, _LONGEST_NAME)].decode("cp932", "replace")


def _libre_name(data: bytes) -> str:
    """Give the name in a lock file: name, account, machine and time, with commas between."""
    name, account, *_ = [*data.decode("utf-8", "replace").split(","), "", ""]
    return name or account


def _printable(text: str) -> str:
    return "".join(mark for mark in text if mark.isprintable())[:_LONGEST_NAME].strip()
