"""In every book that the program writes no formula can be typed over: asserted in the XML of its sheets.

What staff themselves typed into an entry cell comes back to them in a returned book as it stands, formulas too.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from tests.written_books import one_of_each
from yosan_xl.form.area import parse_a1

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STAFF = {"1000+3017"}
"""What staff typed into an amount of the books that are returned (tests/written_books.py)."""

_STRING = re.compile(r'"[^"]*"')
_CELL = re.compile(r"(?<![\w!$.])(\$?[A-Z]{1,3})(\$?)([0-9]+)(?![\w(!])")


class Written(NamedTuple):
    """A cell with a formula, whether it can be typed over, and the filtered area of its sheet."""

    sheet: str
    cell: str
    text: str
    is_open: bool
    filtered: str


@pytest.fixture(scope="module")
def formulas() -> Mapping[str, list[Written]]:
    """Give every formula by book."""
    return {name: list(written(data)) for name, data in one_of_each().items()}


def test_locks__no_formula_can_be_typed_over(formulas: Mapping[str, list[Written]]) -> None:
    opened = [(name, one) for name, found in formulas.items() for one in found if one.is_open]
    assert [(name, one) for name, one in opened if one.text not in STAFF] == []
    assert {one.text for _, one in opened} == STAFF
    assert {name.split()[0] for name, _ in opened} == {"return"}


def test_locks__all_kinds_of_books_are_looked_at(formulas: Mapping[str, list[Written]]) -> None:
    kinds = {name.split()[0] for name, found in formulas.items() if found}
    assert {"generate", "fill", "return", "notice", "consolidate", "compare", "trend"} <= kinds


def test_locks__what_is_sorted_refers_on_its_sheet_to_its_own_row_or_to_what_stays(
    formulas: Mapping[str, list[Written]],
) -> None:
    # Excel moves a formula with its row: a reference to another row of the area would be another row's then.
    sorted_too = [
        (name, one) for name, found in formulas.items() for one in found if is_sorted(one)
    ]
    assert len(sorted_too) > 1_000
    assert [(name, one) for name, one in sorted_too if others(one)] == []


def is_sorted(one: Written) -> bool:
    """Return whether a formula stands below the headings of a filtered area."""
    return bool(one.filtered) and parse_a1(one.cell)[0] in rows_of(one)


def rows_of(one: Written) -> range:
    """Return the rows (0-based) of the filtered area of a formula's sheet."""
    top, bottom = (parse_a1(corner)[0] for corner in one.filtered.split(":"))
    return range(top + 1, bottom + 1)


def others(one: Written) -> list[str]:
    """Return the references of a formula, on its own sheet, to cells in other rows that are sorted."""
    row, found = parse_a1(one.cell)[0], _CELL.finditer(_STRING.sub("", one.text))
    rows = ((match[0], int(match[3]) - 1) for match in found)
    return [cell for cell, at in rows if at != row and at in rows_of(one)]


def written(data: bytes) -> Iterator[Written]:
    """Yield every formula of a book, from its parts as they are zipped."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        formats = list(
            ET.fromstring(parts.read("xl/styles.xml")).iterfind(f"{MAIN}cellXfs/{MAIN}xf")
        )
        unlocked = {str(at) for at, one in enumerate(formats) if is_unlocked(one)}
        sheets = ET.fromstring(parts.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        for number, sheet in enumerate(sheets, 1):
            root = ET.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            listed = root.find(f"{MAIN}autoFilter")
            area = "" if listed is None else listed.get("ref", "")
            protection = root.find(f"{MAIN}sheetProtection")
            is_bare = protection is None or protection.get("sheet") != "1"
            for cell in root.iter(f"{MAIN}c"):
                formula = cell.find(f"{MAIN}f")
                if formula is not None:
                    is_open = is_bare or cell.get("s", "0") in unlocked
                    place = cell.get("r", "")
                    yield Written(sheet.get("name", ""), place, formula.text or "", is_open, area)


def is_unlocked(look: ET.Element) -> bool:
    """Return whether a format lets its cells be typed into."""
    own = look.find(f"{MAIN}protection")
    return own is not None and own.get("locked") in ("0", "false")
