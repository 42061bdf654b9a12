"""Books as they come back: saved at some time, with a cell changed, under any name."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl

from tests.usecases.edit import plan, restore_caches

_PROGRAM = re.compile("(<Application>)[^<]*(</Application>)")
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def save_at(path: Path, moment: str, target: Path | None = None) -> Path:
    """Write the book as if Excel had saved it at `moment` (ISO 8601, any text), and return its path."""
    out = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == "docProps/core.xml":
                data = _MODIFIED.sub(rf"\g<1>{moment}\g<2>", data.decode("utf-8")).encode("utf-8")
            if entry == "docProps/app.xml":
                data = _PROGRAM.sub(r"\g<1>Microsoft Excel\g<2>", data.decode()).encode()
            copy.writestr(entry, data)
    (target or path).write_bytes(out.getvalue())
    return target or path


def write_reason(path: Path, kind: str, text: str, sheet: str = "要求書1") -> None:
    """Write the reason beside a check of the panel, as a spreadsheet program would save it."""
    cached = openpyxl.load_workbook(path, data_only=True)
    book = openpyxl.load_workbook(path)
    (check,) = (check for check in plan().checks if check.kind == kind)
    book[sheet][check.reason.first].value = text
    book.save(path)
    restore_caches(path, cached)
