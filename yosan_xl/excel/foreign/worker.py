"""Run as `python -m yosan_xl.excel.foreign.worker`: a book on stdin, its values as JSON on stdout.

calamine can end its process on a crafted file and knows no limits, so it never runs in ours.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10
MOST_CELLS = 1_000_000
"""More than any book of request forms has; a used area far beyond it is not a form."""


def main() -> None:
    """Read a book and write `{"sheets": [{"name", "state", "top", "left", "rows"}]}`."""
    _limit_resources()
    from python_calamine import load_workbook

    book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    sheets = []
    for meta in book.sheets_metadata:
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise SystemExit(3)
        top, left = sheet.start or (0, 0)
        rows = [[_plain(value) for value in row] for row in sheet.to_python()]
        state = str(meta.visible).rpartition(".")[2].lower()
        sheets.append({"name": meta.name, "state": state, "top": top, "left": left, "rows": rows})
    json.dump({"sheets": sheets}, sys.stdout)


def _plain(value: Any) -> list[str] | None:
    """Give a value as its kind and text; None for an empty cell."""
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return ["boolean", "TRUE" if value else "FALSE"]
    if isinstance(value, int | float):
        return ["number", repr(value)]
    if isinstance(value, datetime | date | time | timedelta):
        return ["error", str(value)]
    return ["text", str(value)]


def _limit_resources() -> None:
    # Windows has no resource module; there the caller's time limit has to do.
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
