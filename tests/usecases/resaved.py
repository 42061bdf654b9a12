"""Books as they come back: saved at some time, with a cell changed, under any name."""

from __future__ import annotations

from pathlib import Path

from tests.excel.reading.edit import Editor
from tests.usecases.edit import plan, type_into


def save_at(path: Path, moment: str, target: Path | None = None) -> Path:
    """Write the book as if Excel had saved it at `moment` (ISO 8601, any text), and return its path."""
    editor = Editor(path.read_bytes())
    editor.save_at(moment)
    (target or path).write_bytes(editor.data())
    return target or path


def write_reason(path: Path, kind: str, text: str, sheet: str = "要求書1") -> None:
    """Write the reason beside a check of the panel, as a spreadsheet program would save it."""
    (check,) = (check for check in plan().checks if check.kind == kind)
    type_into(path, sheet, check.reason.first, text)
