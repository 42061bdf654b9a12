"""Change a cell of a book as a person might, through openpyxl."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import openpyxl

from tests.read_once import values_of
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
    """Write a value into a cell of a request sheet and give the cell.

    openpyxl saves no computed values, so the book counts as never calculated: the caches are put
    back by hand, as a spreadsheet program would have saved them.
    """
    cached = values_of(path.read_bytes())
    book = openpyxl.load_workbook(path)
    cell = cell_of(name, row)
    book[sheet][cell].value = value
    book.save(path)
    restore_caches(path, cached)
    return cell


def restore_caches(path: Path, cached: openpyxl.Workbook) -> None:
    import re
    import zipfile
    from io import BytesIO
    from xml.sax.saxutils import escape

    out = BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        sheets = {f"xl/worksheets/sheet{n}.xml": s for n, s in enumerate(cached.worksheets, 1)}
        for entry in source.namelist():
            text = source.read(entry)
            if entry in sheets:
                sheet = sheets[entry]

                def cache(match: re.Match[str], sheet: object = sheet) -> str:
                    value = sheet[match["ref"]].value  # type: ignore[index]
                    kind = ' t="str"' if isinstance(value, str) or value is None else ""
                    shown = escape("" if value is None else str(value))
                    return f'<c r="{match["ref"]}"{match["rest"]}{kind}><f>{match["f"]}</f><v>{shown}</v></c>'

                pattern = r'<c r="(?P<ref>[A-Z]+\d+)"(?P<rest>[^>]*?)><f>(?P<f>.*?)</f><v ?/?>(?:</v>)?</c>'
                text = re.sub(pattern, cache, text.decode()).encode()
            target.writestr(entry, text)
    path.write_bytes(out.getvalue())
