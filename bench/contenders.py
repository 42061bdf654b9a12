"""What an analyst would write to add up the same books: each contender in a process of its own.

`python -m bench.contenders NAME BOOKS OUT` prints the sum of what is asked (千円); the exit code is 3
where a library is not installed.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yosan_xl.form.plan import Slot

NOT_INSTALLED = 3
SHEETS = "要求書"


def slots() -> list[Slot]:
    """Give the fields of a request sheet that are one cell each."""
    # Here and not above: the floor needs no program of ours.
    from yosan_xl.resources import data_root
    from yosan_xl.usecases.generate import plan_for
    from yosan_xl.usecases.year import open_year

    plan = plan_for(open_year(data_root() / "examples" / "R2").settings)
    return [slot for slot in plan.slots if not slot.repeats]


def openpyxl_pandas(books: list[Path], out: Path, *, whole: bool, read_only: bool) -> int:
    """Load with openpyxl (with `whole` a second time, for formulas and locks), table by pandas."""
    import openpyxl

    rows, fields = [], slots()
    for path in books:
        values = openpyxl.load_workbook(path, data_only=True, read_only=read_only)
        for name in (name for name in values.sheetnames if name.startswith(SHEETS)):
            rows.append(_by_openpyxl(values[name], fields, read_only))
        values.close()
        if whole:
            formulas = openpyxl.load_workbook(path, read_only=read_only)
            for name in (name for name in formulas.sheetnames if name.startswith(SHEETS)):
                _look_at_locks(formulas[name])
            formulas.close()
    return _table(rows, out)


def _by_openpyxl(sheet: Any, fields: list[Slot], read_only: bool) -> dict[str, Any]:
    if read_only:  # a cell by its address would read the sheet from its start each time
        grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
        return _by_grid(grid, fields)
    return {f.name: sheet.cell(f.area.top + 1, f.area.left + 1).value for f in fields}


def _look_at_locks(sheet: Any) -> int:
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return sum(str(cell.value).startswith("=") and cell.protection.locked for cell in cells)


def _by_grid(grid: list[list[Any]], fields: list[Slot]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for field in fields:
        top, left = field.area.top, field.area.left
        row[field.name] = grid[top][left] if top < len(grid) and left < len(grid[top]) else None
    return row


def _table(rows: list[dict[str, Any]], out: Path) -> int:
    import pandas as pd

    table = pd.DataFrame(rows)
    amount = next(slot.name for slot in slots() if slot.pointer == "/total/requested")
    table[amount] = pd.to_numeric(table[amount])
    with pd.ExcelWriter(out, engine="xlsxwriter") as book:
        table.to_excel(book, sheet_name="一覧", index=False)
        table.groupby("yx_account")[amount].sum().to_excel(book, sheet_name="会計")
    return int(table[amount].sum())


def pandas_calamine(books: list[Path], out: Path) -> int:
    """Read the values of the request sheets with pandas and calamine."""
    import pandas as pd

    rows, fields = [], slots()
    for path in books:
        with pd.ExcelFile(path, engine="calamine") as book:
            for name in (str(one) for one in book.sheet_names if str(one).startswith(SHEETS)):
                # By hand: read_excel leaves out empty rows at the top.
                grid = book.book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                rows.append(_by_grid(grid, fields))
    return _table(rows, out)


def polars_loop(books: list[Path], out: Path) -> int:
    """Read the values of the request sheets in a loop with polars, and write them with it."""
    import polars as pl
    import python_calamine

    fields, rows = slots(), []
    for path in books:
        book = python_calamine.load_workbook(str(path))
        for name in (name for name in book.sheet_names if name.startswith(SHEETS)):
            grid = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            rows.append({key: str(value) for key, value in _by_grid(grid, fields).items()})
    amount = next(slot.name for slot in fields if slot.pointer == "/total/requested")
    table = pl.DataFrame(rows).with_columns(pl.col(amount).cast(pl.Float64).cast(pl.Int64))
    table.write_excel(out)
    return int(table[amount].sum())


def floor(books: list[Path], out: Path) -> int:
    """Inflate every part of every book, and write the bytes of a summary: nothing can be faster."""
    for path in books:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                archive.read(name)
    out.write_bytes(out.with_name("ours.xlsx").read_bytes())
    return 0


def _openpyxl(whole: bool, read_only: bool) -> Callable[[list[Path], Path], int]:
    return lambda books, out: openpyxl_pandas(books, out, whole=whole, read_only=read_only)


CONTENDERS: dict[str, tuple[str, Callable[[list[Path], Path], int]]] = {
    "a": ("openpyxl + pandas", _openpyxl(False, False)),
    "a2": ("openpyxl + pandas, with formulas and locks", _openpyxl(True, False)),
    "a3": ("openpyxl read-only + pandas", _openpyxl(False, True)),
    "a4": ("openpyxl read-only + pandas, with formulas and locks", _openpyxl(True, True)),
    "b": ("pandas with calamine", pandas_calamine),
    "c": ("polars with calamine", polars_loop),
    "floor": ("inflating the books, writing the bytes", floor),
}
"""By short name: what it is called, and what it does."""


def main(arguments: list[str]) -> Iterator[int]:
    """Run the contender of this name."""
    name, folder, out = arguments
    books = sorted(Path(folder).rglob("*.xlsx"))
    try:
        yield CONTENDERS[name][1](books, Path(out))
    except ImportError as error:
        print(error.name, file=sys.stderr)
        sys.exit(NOT_INSTALLED)


if __name__ == "__main__":
    print(*main(sys.argv[1:]))
