"""The findings as a workbook: one row for each mistake, with a link to its cell in the book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from yosan_xl.excel import links
from yosan_xl.excel.checked import CheckedBook, CheckedSheet, workbook
from yosan_xl.excel.heights import line_count, row_height
from yosan_xl.excel.links import Books
from yosan_xl.excel.summary.styles import BODY, Formats
from yosan_xl.model.finding import Finding, FindingGroup, Weight, grouped

SHEET = "検証結果"
_NOTE_ROW, _HEADING_ROW, _FIRST_ROW = 1, 3, 4
_A4 = 9
_LEVELS = {Weight.ERROR: "error", Weight.WARNING: "warning", Weight.INFO: "row"}
_NOTE = "誤りは直し、注意は内容を確かめてください。理由のある注意は確認済みです。青いセルを押すと、提出されたブックのその場所が開きます。"
_FEWER_LINKS = f"開けるのは上から {links.MOST_LINKS:,} 件までです。"
_NO_FINDING = "指摘はありません。"


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of where findings come from, by the name of the file.

    `departments` says whose book it is; `paths` where it is, from the folder of the findings, with
    `/` between folders.
    """

    departments: Mapping[str, str]
    paths: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Column:
    label: str
    width: int
    kind: str
    value: Callable[[FindingGroup], str | None]


def findings_bytes(
    findings: Sequence[Finding], source: Source, heading: str, fiscal_year: int
) -> bytes:
    """Give the workbook (xlsx); the same input gives the same bytes.

    `fiscal_year` (西暦) dates the book. Raises checked.WriteFailed where XlsxWriter refuses or drops something.
    """
    out = BytesIO()
    with workbook(out, title=heading, year=fiscal_year, default_font=BODY) as book:
        _Page(book, source, heading).write(findings)
    return out.getvalue()


class _Page:
    """The one sheet, written from the top."""

    def __init__(self, book: CheckedBook, source: Source, heading: str) -> None:
        self.formats = Formats(book)
        self.target: CheckedSheet = book.add_worksheet(SHEET)
        self.books = Books(source.paths)
        self.heading = heading
        self.columns = _columns(source.departments)
        self.links = 0

    def write(self, findings: Sequence[Finding]) -> None:
        groups = grouped(findings)
        self._write_head()
        for row, group in enumerate(groups, _FIRST_ROW):
            self._write_row(row, group)
        if not groups:
            self._put(_FIRST_ROW, 0, _NO_FINDING, "plain", "note")
        fewer = _FEWER_LINKS if self.links > links.MOST_LINKS else ""
        self._put(_NOTE_ROW, 0, f"{_tally(findings)}　{_NOTE}{fewer}", "plain", "note")
        self._set_print(_FIRST_ROW + max(len(groups), 1) - 1)

    def _write_head(self) -> None:
        self._put(0, 0, self.heading, "plain", "title")
        for at, column in enumerate(self.columns):
            self.target.set_column(at, at, column.width)
            self._put(_HEADING_ROW, at, column.label, "plain", "heading")
        for row, height in enumerate((26, 16, 6, 34)):
            self.target.set_row(row, height)

    def _write_row(self, row: int, group: FindingGroup) -> None:
        lines = 1
        for at, column in enumerate(self.columns):
            text = column.value(group)
            lines = max(lines, line_count(text, column.width))
            level = _LEVELS[group.first.weight] if column.label == "区分" else "row"
            self._put(row, at, text, column.kind, level)
        self.target.set_row(row, row_height(lines))
        self._link(row, group)

    def _link(self, row: int, group: FindingGroup) -> None:
        """Let the cell's name, or the file's where no cell is known, open the book there."""
        place = group.first.place
        link = self.books.link(place.file, place.sheet, place.cell, group.cells or place.file)
        self.links += link is not None
        if link is None or self.links > links.MOST_LINKS:
            return
        at = next(
            i
            for i, c in enumerate(self.columns)
            if c.label == ("セル" if group.cells else "ファイル")
        )
        column = self.columns[at]
        looks = self.formats(column.kind, "link")
        self.target.write_url(row, at, link, looks)

    def _put(self, row: int, column: int, text: str | None, kind: str, level: str) -> None:
        looks = self.formats(kind, level)
        if text:
            self.target.write_string(row, column, text, looks)
        else:
            self.target.write_blank(row, column, None, looks)

    def _set_print(self, last_row: int) -> None:
        target, last = self.target, len(self.columns) - 1
        target.autofilter(_HEADING_ROW, 0, last_row, last)
        target.freeze_panes(_FIRST_ROW, 0)
        target.print_area(0, 0, last_row, last)
        target.repeat_rows(0, _HEADING_ROW)
        target.set_landscape()
        target.set_paper(_A4)
        target.fit_to_pages(1, 0)
        target.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        target.print_foot(self.heading)
        target.hide_gridlines(2)


def _columns(departments: Mapping[str, str]) -> tuple[_Column, ...]:
    return (
        _Column("ファイル", 24, "text", lambda group: group.first.place.file),
        _Column("所管課", 20, "text", lambda group: departments.get(group.first.place.file)),
        _Column("シート", 9, "text", lambda group: group.first.place.sheet),
        _Column("セル", 12, "code", lambda group: group.cells),
        _Column("項目", 18, "text", lambda group: group.label),
        _Column("番号", 8, "code", lambda group: group.first.code),
        _Column("区分", 8, "code", lambda group: group.first.weight.value),
        _Column("内容", 48, "text", lambda group: group.fact),
        _Column("直し方", 36, "text", lambda group: group.remedy),
        _Column("理由", 18, "text", lambda group: group.first.reason),
    )


def _tally(findings: Sequence[Finding]) -> str:
    weights = [finding.weight for finding in findings]
    return "、".join(f"{weight.value} {weights.count(weight)}件" for weight in Weight)
