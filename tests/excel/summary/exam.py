"""Examine a summary of many requests: valid, and alike in Python, in its caches and in LibreOffice.

`python -m tests.excel.summary.exam [1500]` needs LibreOffice; it prints what it saw and exits with 1
where anything differs. Too long for the tests, which do the same for 9 and 150.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import openpyxl
from openxml_audit import OpenXmlValidator

from tests.excel.summary.samples import SETTINGS, against, many, roster
from tests.office.office import Office
from tests.office.test_summary import recalculated_as_cached
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.summary.listing import linked_amounts
from yosan_xl.model.finding import Place
from yosan_xl.model.rollup import SummaryRow

SHEETS = ("会計・款別", "部別", "部・課別", "要求区分別", "財源内訳", "前年度比較")


def main(count: int) -> int:
    """Write, validate and recalculate the summary of so many requests; give the exit code."""
    rows = [_from_book(row) for row in many(count)]
    last = [replace(row, source=Place("前年度", str(at))) for at, row in enumerate(many(count))]
    paths = {row.source.file: f"../提出/{row.source.file}" for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "集計.xlsx"
        book.write_bytes(
            summary_bytes(rows, (), SETTINGS, roster(), None, against(rows, last), paths)
        )
        print(f"{count} requests, {book.stat().st_size:,} bytes, {_links(book):,} links in 一覧")
        errors = OpenXmlValidator().validate(str(book)).errors
        print(f"openxml-audit: {len(errors)} errors")
        whole = sum(row.request.requested for row in rows)
        wrong = _totals_that_differ(book, Path(folder), whole)
        print(f"sheets whose total is not {whole:,}: {wrong or 'none'}")
    return int(bool(errors or wrong))


def _from_book(row: SummaryRow) -> SummaryRow:
    """Give a request as if read from a book, every amount from a cell of its own."""
    pointers = ("/title", *linked_amounts(row.request.axes).values())
    cells = {pointer: f"H{at}" for at, pointer in enumerate(pointers, 5)}
    return replace(row, cells=cells)


def _links(book: Path) -> int:
    sheet = openpyxl.load_workbook(book)["一覧"]
    return sum(bool(cell.hyperlink) for line in sheet.iter_rows() for cell in line)


def _totals_that_differ(book: Path, folder: Path, whole: int) -> list[str]:
    """Recalculate in LibreOffice (every formula must give its cached value) and compare totals."""
    office = Office(timeout=600)
    try:
        seen = recalculated_as_cached(office, book, folder)
    finally:
        office.stop()
    print(f"{len(seen):,} formulas: cached and recalculated values agree")
    found = {(sheet, value) for (sheet, _), value in seen.items()}
    return [sheet for sheet in SHEETS if (sheet, whole) not in found]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1500))
