"""The findings as a workbook: one row for each mistake, with a link to its cell in the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from yosan_xl.excel import links
from yosan_xl.excel.checked import CheckedBook, workbook
from yosan_xl.excel.links import Books
from yosan_xl.excel.summary.styles import BODY
from yosan_xl.excel.table_sheet import FIRST_ROW, TableSheet
from yosan_xl.model.finding import NO_FINDING, Finding, FindingGroup, Weight, grouped, tally
from yosan_xl.model.table import Column, ColumnKind, Table

SHEET = "検証結果"
_FILE, _CELL, _WEIGHT = 0, 3, 6
"""Columns that are a link, or that show how much a finding weighs."""

_COLUMNS = (
    *map(Column, ("ファイル", "所管課", "シート")),
    Column("セル", ColumnKind.CODE),
    Column("項目"),
    Column("番号", ColumnKind.CODE),
    Column("区分", ColumnKind.CODE),
    *map(Column, ("内容", "直し方", "理由")),
)
_WIDTHS = {
    **{"ファイル": 24, "所管課": 20, "シート": 9, "セル": 12, "項目": 18, "番号": 8, "区分": 8},
    **{"内容": 48, "直し方": 36, "理由": 18},
}
_LEVELS = {Weight.ERROR: "error", Weight.WARNING: "warning", Weight.INFO: "row"}
_NOTE = "誤りは直し、注意は内容を確かめてください。理由のある注意は確認済みです。青いセルを押すと、提出されたブックのその場所が開きます。"
_FEWER_LINKS = f"開けるのは上から {links.MOST_LINKS:,} 件までです。"


@dataclass(frozen=True, slots=True)
class FindingSources:
    """What is known of where findings come from, by the name of the file.

    `departments` says whose book it is; `paths` where it is, from the folder of the findings, with
    `/` between folders.
    """

    departments: Mapping[str, str]
    paths: Mapping[str, str]


def findings_bytes(
    findings: Sequence[Finding], source: FindingSources, heading: str, fiscal_year: int
) -> bytes:
    """Return the workbook (xlsx); the same input gives the same bytes.

    `fiscal_year` (西暦) dates the book. Raises checked.WriteFailed where XlsxWriter refuses or drops something.
    """
    out = BytesIO()
    with workbook(out, title=heading, year=fiscal_year, default_font=BODY) as book:
        _write(book, findings, source, heading)
    return out.getvalue()


def _write(
    book: CheckedBook, findings: Sequence[Finding], source: FindingSources, heading: str
) -> None:
    groups = grouped(findings)
    rows = tuple(_row(group, source.departments) for group in groups)
    table = Table(SHEET, _COLUMNS, rows or ((None,) * len(_COLUMNS),))
    sheet = TableSheet(book, table, heading, _WIDTHS)
    for at, group in enumerate(groups, FIRST_ROW):
        sheet.put(at, _WEIGHT, group.first.weight.value, _LEVELS[group.first.weight])
    linked = _write_links(sheet, groups, Books(source.paths))
    fewer = _FEWER_LINKS if linked > links.MOST_LINKS else ""
    sheet.note(f"{tally(findings)}　{_NOTE}{fewer}")
    if not groups:
        sheet.put(FIRST_ROW, 0, NO_FINDING, "note")
    sheet.finish()


def _write_links(sheet: TableSheet, groups: Sequence[FindingGroup], books: Books) -> int:
    """Let the cell's name, or the file's where no cell is known, open the book there; return how many could."""
    found = 0
    for row, group in enumerate(groups, FIRST_ROW):
        place = group.first.place
        link = books.link(place.file, place.sheet, place.cell, group.cells or place.file)
        found += link is not None
        if link is not None and found <= links.MOST_LINKS:
            column = _CELL if group.cells else _FILE
            sheet.put(row, column, link.text, "link")
            sheet.target.link(row, column, link)
    return found


def _row(group: FindingGroup, departments: Mapping[str, str]) -> tuple[str | None, ...]:
    first = group.first
    where = (first.place.file, departments.get(first.place.file), first.place.sheet, group.cells)
    what = (group.label, first.code, first.weight.value, group.fact, group.remedy, first.reason)
    return (*where, *what)
