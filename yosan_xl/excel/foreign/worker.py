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
from functools import partial
from typing import Any

from yosan_xl.excel.foreign.raw_bytes import MOST_BYTES, TOO_MUCH, check, check_repeats, errors_in

MEMORY_BYTES, CPU_SECONDS = 300_000_000, 2
"""Of the worker: a book of 50 requests takes openpyxl half a second and 60 MB."""

_ROWS, _COLUMNS = 2_500, 100
"""As far as openpyxl is asked: a format far below a form would have every cell between made."""


def main() -> None:
    """Read a book and write `{"sheets": [{"name", "state", "cells": [[row, column, kind, text]]}]}`."""
    reader = sys.argv[1]
    _limit_resources()
    read = {"calamine": _by_calamine, "openpyxl": _by_openpyxl}[reader]
    try:
        # openpyxl 3.1.1 prints names of sheets.
        with contextlib.redirect_stdout(sys.stderr):
            sheets = list(read(sys.stdin.buffer.read()))
        answer = json.dumps({"sheets": sheets}, ensure_ascii=False)
        sys.stdout.buffer.write(answer.encode("utf-8", "surrogatepass"))
    except MemoryError:
        sys.exit(TOO_MUCH)


def _by_calamine(data: bytes) -> Iterator[dict[str, Any]]:
    named = check_repeats(data)
    from python_calamine import load_workbook

    book = load_workbook(io.BytesIO(data))
    sheets = book.sheets_metadata
    errors = errors_in(data) or [named.get(meta.name, {}) for meta in sheets]
    laid_out = characters = 0
    for meta, wrong in zip(sheets, errors, strict=True):
        sheet = book.get_sheet_by_name(meta.name)
        laid_out += sheet.total_height * sheet.total_width
        state = str(meta.visible).rpartition(".")[2].lower()
        check(laid_out, characters)
        one = _sheet(meta.name, state, map(partial(map, _plain), sheet.to_python()), sheet.start)
        cells = {(row, column): (kind, text) for row, column, kind, text in one["cells"]}
        cells |= {spot: ("error", word) for spot, word in wrong.items()}
        characters += sum(len(text) for _, text in cells.values())
        check(laid_out, characters)
        yield {**one, "cells": [[*spot, *value] for spot, value in sorted(cells.items())]}


def _by_openpyxl(data: bytes) -> Iterator[dict[str, Any]]:
    import warnings

    from openpyxl import load_workbook

    warnings.simplefilter("ignore")
    # Not read_only: that believes what a sheet says of its own dimension.
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    for sheet in book.worksheets:
        bottom, right = min(sheet.max_row, _ROWS), min(sheet.max_column, _COLUMNS)
        cells = sheet.iter_rows(max_row=bottom, max_col=right)
        yield _sheet(sheet.title, sheet.sheet_state, (map(openpyxl_value, row) for row in cells))


def _sheet(
    name: str,
    state: str,
    rows: Iterable[Iterable[list[str] | None]],
    start: tuple[int, int] | None = None,
) -> dict[str, Any]:
    top, left = start or (0, 0)
    cells = [
        [row, column, *value]
        for row, values in enumerate(rows, top)
        for column, value in enumerate(values, left)
        if value is not None
    ]
    return {"name": name, "state": state, "cells": cells}


def openpyxl_value(cell: Any) -> list[str] | None:
    """Return the kind and text of a cell as openpyxl reads it; a date is its number again."""
    import openpyxl.utils.datetime

    to_excel: Any = openpyxl.utils.datetime.to_excel
    if isinstance(cell.value, date | time | timedelta):
        return ["number", repr(to_excel(cell.value, cell.parent.parent.epoch))]
    return ["error", str(cell.value)] if cell.data_type == "e" else _plain(cell.value)


def _plain(value: Any) -> list[str] | None:
    """Return a value as its kind and text; None for an empty cell."""
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

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES,) * 2)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS,) * 2)
        resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_BYTES + 1,) * 2)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
