"""Change a cell of a book as a person might."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tests.excel.reading.edit import Editor
from tests.usecases.year import EXAMPLE
from yosan_xl.form.plan import Plan
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year


@lru_cache
def plan() -> Plan:
    """Give the Plan of the bundled example."""
    return plan_for(open_year(EXAMPLE).settings)


def cell_of(name: str, row: int = 0) -> str:
    """Give where row `row` (from 0) of a slot stands."""
    return plan().by_name()[name].cells()[row].first


def set_cell(
    path: Path, name: str, row: int, value: str | int | float | bool | None, sheet: str = "要求書1"
) -> str:
    """Write a value into a cell of a request sheet as Excel saves it now, and give the cell; results stay as they were saved."""
    cell = cell_of(name, row)
    type_into(path, sheet, cell, value)
    return cell


def type_into(path: Path, sheet: str, cell: str, value: object) -> None:
    """Write a value into a cell (A1), and save the book as Excel does now."""
    editor = Editor(path.read_bytes())
    editor.put(sheet, cell, value)
    editor.save_at()
    path.write_bytes(editor.data())
