"""Formulas over the list, for Excel 2016 or later and LibreOffice.

Why SUMPRODUCT(EXACT(...)) and not SUMIFS: a criterion of SUMIFS is a pattern. `*`, `?`, `~` and a
leading `=`, `<`, `>` in a name mean something, "" means something else again, `0301` matches 301,
upper and lower case are one, 255 characters are the limit, and LibreOffice follows a setting of
the document. EXACT compares two texts as they stand, an empty cell with an empty cell too, in
both programs alike, as Python's == does for the cached values. SUMPRODUCT needs no array entry,
and takes an empty amount as 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from yosan_xl.excel.rows import Formula
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryDefinition

_MOST_ARGUMENTS = 200  # Excel takes 255


def sum_where(
    definition: SummaryDefinition, keys: Mapping[str, str], amount: str, of: str = "list"
) -> str:
    """Return the sum of a column of the list over the rows whose keys equal the given cells.

    `of` is the kind of the sheet that is the list: this year's, or last year's ("last_list").
    """
    return f"=SUMPRODUCT({_match(definition, keys, of)},{definition.range_name(amount, of)})"


def count_where(definition: SummaryDefinition, keys: Mapping[str, str]) -> str:
    """Return the number of rows of the list whose keys equal the given cells."""
    return f"=SUMPRODUCT({_match(definition, keys)})"


def count_filled(definition: SummaryDefinition, field: str) -> str:
    """Return the number of rows of the list that have something in a column."""
    return f'=SUMPRODUCT(1*({definition.range_name(field)}<>""))'


def sum_of(references: Sequence[str]) -> str:
    """Return the sum of cells or ranges, however many; 0 for none."""
    parts = list(references)
    while len(parts) > _MOST_ARGUMENTS:
        runs = range(0, len(parts), _MOST_ARGUMENTS)
        parts = [f"SUM({','.join(parts[at : at + _MOST_ARGUMENTS])})" for at in runs]
    return f"=SUM({','.join(parts)})" if parts else "=0"


def sum_down(sheet: SheetDefinition, key: str, first: int, end: int, value: int) -> Formula:
    """Return the sum of a column from row `first` (0-based) to the one before `end`."""
    column = sheet.column(key)
    return Formula(sum_of([xl_range(first, column, end - 1, column)]), value)


def sum_of_cells(sheet: SheetDefinition, key: str, rows: Iterable[int], value: int) -> Formula:
    """Return the sum of a column over some rows (0-based)."""
    column = sheet.column(key)
    return Formula(sum_of([xl_rowcol_to_cell(row, column) for row in rows]), value)


def share_of(part: str, whole: str, none: str) -> str:
    """Return the share in %, to 0.1; the sum rounded is of whole numbers, so that a half is exact."""
    return f'=IF({whole}=0,"{none}",ROUND({part}*1000/{whole},0)/10)'


def rate_of(change: str, before: str, none: str) -> str:
    """Return 増減率 in %, to 0.1; it has the sign of the change, also where there was a negative amount."""
    return f'=IF({before}=0,"{none}",ROUND({change}*1000/ABS({before}),0)/10)'


def trend_of(change: str) -> str:
    """Return 増, 減 or 同額, as the row of a comparison has it that goes on."""
    return f'=IF({change}=0,"同額",IF({change}>0,"増","減"))'


def _match(definition: SummaryDefinition, keys: Mapping[str, str], of: str = "list") -> str:
    # EXACT gives TRUE or FALSE; the product makes them numbers.
    tests = (f"EXACT({definition.range_name(key, of)},{cell})" for key, cell in keys.items())
    return "*".join(("1", *tests))
