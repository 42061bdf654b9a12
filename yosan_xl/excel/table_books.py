"""Tables as workbooks: a comparison of two years, a trend with its chart, the findings with links to their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO

from yosan_xl.excel.checked import CheckedBook, workbook
from yosan_xl.excel.rows import MOST_LINKS, Books
from yosan_xl.excel.styles import DEFAULT_FONT, FONT, MONEY
from yosan_xl.excel.table_sheet import FIRST_ROW, HEADING_ROW, TableSheet
from yosan_xl.model.axes import MEANING_WORDS
from yosan_xl.model.comparison import Comparison, Trend
from yosan_xl.model.comparison_table import comparison_table, sheet_keys, trend_keys, trend_table
from yosan_xl.model.finding import NO_FINDING, Finding, FindingGroup, Weight, grouped, tally
from yosan_xl.model.table import ColumnKind, Table, TableColumn

ASKED = "確認"
TREND, COUNTS = "推移", "件数"
MOST_SERIES = 12
"""More parts than these nobody tells apart in a chart; then it shows the sums alone."""

CHART_ROWS = 25
"""So many rows of ordinary height (20 pixels) below the sum are the chart's."""

_OWN_WIDTHS = {"所管課": 30, "区分": 8, "種類": 20, "内容": 100}
_WIDTHS = {"account": 22, "level1": 18, "level2": 18, "level3": 18, "unit_upper": 26, "kind": 20}
"""Widths of the parts of a key by what they mean."""

_WIDTH_OF_ID = 11
_SAME, _QUESTION = "同じものとして比べた", "確かめてください"
_SMALL = {"name": FONT, "size": 10}
_FOOT = "&R&A"


def comparison_bytes(found: Comparison) -> bytes:
    """Return the workbook (xlsx); the same input gives the same bytes. Raises NotWritable."""
    out = BytesIO()
    with workbook(
        out, title=found.heading, year=found.new.year.western, default_font=DEFAULT_FONT
    ) as book:
        table = comparison_table(found).pick(sheet_keys(found))
        sheet = TableSheet(book, table, found.heading, _widths(found))
        sheet.note(found.basis, f"単位：{found.unit}")
        sheet.finish(foot=_FOOT)
        if found.notes or found.questions:
            _write_asked(book, found)
    return out.getvalue()


def trend_bytes(found: Trend) -> bytes:
    """Return the workbook (xlsx); the same input gives the same bytes. Raises NotWritable."""
    out = BytesIO()
    year = found.years[-1].year.western
    with workbook(out, title=found.heading, year=year, default_font=DEFAULT_FONT) as book:
        table = trend_table(found)
        sheet = TableSheet(book, table.pick(trend_keys(found)), found.heading, _widths(found))
        sheet.note(found.basis, f"単位：{found.unit}")
        _write_chart(book, sheet, found)
        sheet.finish(CHART_ROWS, foot=_FOOT)
        counts = replace(table.pick(trend_keys(found, "count")), name=COUNTS)
        sheet = TableSheet(book, counts, found.heading, _widths(found))
        sheet.note(found.basis, "単位：件")
        sheet.finish(foot=_FOOT)
    return out.getvalue()


def _widths(found: Comparison | Trend) -> Mapping[str, int]:
    """Return the widths of the columns by their labels, in the words of the form."""
    word = found.axes.word if found.axes else MEANING_WORDS.__getitem__
    own = {word(meaning): width for meaning, width in _WIDTHS.items()}
    return {**own, word("id"): _WIDTH_OF_ID, **_OWN_WIDTHS}


def _write_asked(book: CheckedBook, found: Comparison) -> None:
    notes = [(_SAME, one) for one in found.notes]
    questions = [(_QUESTION, one) for one in found.questions]
    table = Table(ASKED, (TableColumn("種類"), TableColumn("内容")), (*notes, *questions))
    sheet = TableSheet(book, table, found.heading, _OWN_WIDTHS)
    sheet.note("同じ事業かどうかは、人が決めて 対応表.csv に書きます。")
    sheet.finish(foot=_FOOT)


def _write_chart(book: CheckedBook, sheet: TableSheet, found: Trend) -> None:
    first, total = len(found.words.headings), sheet.total_row
    last = first + len(found.years) - 1
    again, count = total + CHART_ROWS + 3, len(found.rows)
    if has_parts := len({row.key for row in found.rows}) == count <= MOST_SERIES:
        sheet.write_again(again)
    # Of many rows the sums of the accounts: a 特別会計 is no part of 一般会計.
    sums = range(sheet.sums_row, max(total, sheet.sums_row + 1))
    parts = enumerate(range(again, again + count)) if has_parts else enumerate(sums, count)
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for at, row in parts:
        chart.add_series(
            {
                "name": _name(found, at),
                "categories": [TREND, HEADING_ROW, first, HEADING_ROW, last],
                "values": [TREND, row, first, row, last],
                "gap": 60,
            }
        )
    chart.set_title({"name": found.heading, "name_font": {"name": FONT, "size": 12}})
    chart.set_y_axis({"num_format": MONEY, "num_font": _SMALL, "name": found.unit})
    chart.set_x_axis({"num_font": _SMALL})
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_size({"width": sheet.pixels, "height": (CHART_ROWS - 3) * 20})
    sheet.target.insert_chart(total + 2, 0, chart, {"description": found.heading})


def _name(found: Trend, at: int) -> str:
    rows = [found.words.shown(row.key) for row in found.rows]
    key = [*rows, *(row.key for row in (*found.subtotals, found.total))][at]
    # A name that begins with = would be taken for a reference to a cell.
    return " ".join(key).lstrip("=") or "計"


FINDINGS = "検証結果"
_FILE, _CELL, _WEIGHT = 0, 3, 6
"""Columns that are a link, or that show how much a finding weighs."""

_COLUMNS = (
    *map(TableColumn, ("ファイル", "所管課", "シート")),
    TableColumn("セル", ColumnKind.CODE),
    TableColumn("項目"),
    TableColumn("番号", ColumnKind.CODE),
    TableColumn("区分", ColumnKind.CODE),
    *map(TableColumn, ("内容", "直し方", "理由")),
)
_FINDING_WIDTHS = {
    **{"ファイル": 24, "所管課": 20, "シート": 9, "セル": 12, "項目": 18, "番号": 8, "区分": 8},
    **{"内容": 48, "直し方": 36, "理由": 18},
}
_LEVELS = {Weight.ERROR: "error", Weight.WARNING: "warning", Weight.INFO: "row"}
_NOTE = "誤りは直し、注意は内容を確かめてください。理由のある注意は確認済みです。青いセルを押すと、提出されたブックのその場所が開きます。"
_FEWER_LINKS = f"開けるのは上から {MOST_LINKS:,} 件までです。"


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

    `fiscal_year` (西暦) dates the book. Raises NotWritable where XlsxWriter refuses or drops something.
    """
    out = BytesIO()
    with workbook(out, title=heading, year=fiscal_year, default_font=DEFAULT_FONT) as book:
        _write(book, findings, source, heading)
    return out.getvalue()


def _write(
    book: CheckedBook, findings: Sequence[Finding], source: FindingSources, heading: str
) -> None:
    groups = grouped(findings)
    rows = tuple(_row(group, source.departments) for group in groups)
    table = Table(FINDINGS, _COLUMNS, rows or ((None,) * len(_COLUMNS),))
    sheet = TableSheet(book, table, heading, _FINDING_WIDTHS)
    for at, group in enumerate(groups, FIRST_ROW):
        sheet.put(at, _WEIGHT, group.first.weight.value, _LEVELS[group.first.weight])
    linked = _write_links(sheet, groups, Books(source.paths))
    fewer = _FEWER_LINKS if linked > MOST_LINKS else ""
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
        if link is not None and found <= MOST_LINKS:
            column = _CELL if group.cells else _FILE
            sheet.put(row, column, link.text, "link")
            sheet.target.link(row, column, link)
    return found


def _row(group: FindingGroup, departments: Mapping[str, str]) -> tuple[str | None, ...]:
    first = group.first
    where = (first.place.file, departments.get(first.place.file), first.place.sheet, group.cells)
    what = (group.label, first.code, first.weight.value, group.fact, group.remedy, first.reason)
    return (*where, *what)
