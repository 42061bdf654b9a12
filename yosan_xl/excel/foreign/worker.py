"""Run as `python -m yosan_xl.excel.foreign.worker READER`: a book on stdin, its values as JSON on stdout.

calamine can end its process on a crafted file, openpyxl can fill the memory, and neither knows
limits, so they never run in our own process.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10
MOST_CELLS = 1_000_000
"""More than any book of request forms has; a used area far beyond it is not a form."""

_ROWS, _COLUMNS = 2_500, 100
"""As far as openpyxl is asked: a format far below a form would have every cell between made."""


def main() -> None:
    """Read a book and write `{"sheets": [{"name", "state", "top", "left", "rows"}]}`."""
    _limit_resources()
    read = {"calamine": _by_calamine, "openpyxl": _by_openpyxl}[sys.argv[1]]
    json.dump({"sheets": list(read(sys.stdin.buffer.read()))}, sys.stdout)


def _by_calamine(data: bytes) -> Iterator[dict[str, Any]]:
    from python_calamine import load_workbook

    book = load_workbook(io.BytesIO(data))
    for meta in book.sheets_metadata:
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.total_height * sheet.total_width > MOST_CELLS:
            raise SystemExit(3)
        rows = [[_plain(value) for value in row] for row in sheet.to_python()]
        state = str(meta.visible).rpartition(".")[2].lower()
        yield _sheet(meta.name, state, rows, sheet.start or (0, 0))


def _by_openpyxl(data: bytes) -> Iterator[dict[str, Any]]:
    import warnings

    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    # Not read_only: that believes what a sheet says of its own dimension.
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    for sheet in book.worksheets:
        bottom, right = min(sheet.max_row, _ROWS), min(sheet.max_column, _COLUMNS)
        cells = sheet.iter_rows(max_row=bottom, max_col=right)
        yield _sheet(sheet.title, sheet.sheet_state, [list(map(openpyxl_value, r)) for r in cells])


def _sheet(
    name: str, state: str, rows: Iterable[object], start: tuple[int, int] = (0, 0)
) -> dict[str, Any]:
    return {"name": name, "state": state, "top": start[0], "left": start[1], "rows": rows}


def openpyxl_value(cell: Any) -> list[str] | None:
    """Return the kind and text of a cell as openpyxl reads it; a date is its number again."""
    import openpyxl.utils.datetime

    to_excel: Any = openpyxl.utils.datetime.to_excel
    if isinstance(cell.value, date | time | timedelta):
        return ["number", repr(to_excel(cell.value, cell.parent.parent.epoch))]
    return ["error", str(cell.value)] if cell.data_type == "e" else _plain(cell.value)


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
