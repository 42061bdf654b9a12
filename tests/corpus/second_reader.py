"""`python -m tests.corpus.second_reader FOLDER`: the cells of each book, by us and by openpyxl.

openpyxl knows no limits, so every book is read in a process of its own that has some. A line of
JSON for each book: its name, and `differences`, or `unopened` where openpyxl gives nothing.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from tests.excel.ooxml.test_differential import compared
from yosan_xl.excel.ooxml.book import CellKind
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.form.area import a1

MEMORY_BYTES, CPU_SECONDS = 1_000_000_000, 8
ROWS, COLUMNS = 80, 30
"""The form, its checks panel and an inserted row or two; a stray value far off is not the form's."""


def main() -> None:
    """Compare every book of the folder that is named."""
    for path in sorted(Path(sys.argv[1]).iterdir()):
        print(json.dumps({"name": path.stem, **_in_a_child(path)}), flush=True)


def _in_a_child(path: Path) -> dict[str, Any]:
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(path, theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    answer: dict[str, Any] = json.loads(said) if said else {"unopened": "no answer within limits"}
    return answer


def _answer(path: Path, pipe: int) -> None:
    """Write what there is to tell into the pipe, and end the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    warnings.simplefilter("ignore")
    try:
        answer = json.dumps(_compare(path.read_bytes()))
    except MemoryError:
        answer = ""
    os.write(pipe, answer.encode()[:60_000])
    os._exit(0)


def _compare(data: bytes) -> dict[str, Any]:
    try:
        written = openpyxl.load_workbook(BytesIO(data))
        saved = openpyxl.load_workbook(BytesIO(data), data_only=True)
    except Exception as error:
        return {"unopened": f"{type(error).__name__}"}
    return {"differences": list(_differences(data, written, saved))[:20]}


def _differences(data: bytes, written: Any, saved: Any) -> Iterator[str]:
    book = open_book(data)
    for sheet in book.sheets:
        if sheet.name not in written.sheetnames:
            yield f"{sheet.name}: not there"
            continue
        places = {*sheet.cells, *((r - 1, c - 1) for r, c in written[sheet.name]._cells)}
        for row, col in sorted(p for p in places if p[0] < ROWS and p[1] < COLUMNS):
            cells = [one[sheet.name].cell(row + 1, col + 1) for one in (saved, written)]
            ours = sheet.cell(row, col)
            is_date = ours.kind is CellKind.TEXT and hasattr(cells[0].value, "year")
            told = "date" if is_date else compared(book, ours, *cells)
            if told:
                yield f"{sheet.name}!{a1(row, col)}: {told}"[:200]


if __name__ == "__main__":
    main()
