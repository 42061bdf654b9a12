"""The 内示 book of a department: 内示書, 復活要求 to fill, its request sheets in the printed form, the stamp."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, workbook
from yosan_xl.excel.notice.contents import OPEN, Notice, NoticedRequest
from yosan_xl.excel.notice.restoration_sheet import write_restoration_sheet
from yosan_xl.excel.notice.stamp import NOTICE, SHEET
from yosan_xl.excel.printed_book import write_printed_sheet
from yosan_xl.excel.summary.fingerprints import marked_sheet
from yosan_xl.excel.table_sheet import TableSheet
from yosan_xl.model.table import ColumnKind, Table, TableColumn, Value

_ASKED = "要求額"
_REASON, _VERDICT = "理由", "査定区分"
_WIDTHS = {_REASON: 36, _VERDICT: 13}
_MONEY = ColumnKind.MONEY


def notice_book(notice: Notice, password: str = "") -> bytes:
    """Return the book as the bytes of an .xlsx file; raise NotWritable."""
    out, settings = BytesIO(), notice.settings
    with workbook(
        out,
        title=notice.heading,
        year=settings.year.western,
        default_font=styles.DEFAULT_FONT,
    ) as book:
        if settings.locks_structure:
            book.lock_structure(password)
        _write_table(book, notice, password)
        if notice.asks_again:
            write_restoration_sheet(book, notice, password)
        for one in notice.requests:
            write_printed_sheet(book, one.printed)
        _write_stamp(book, notice, password)
    return out.getvalue()


def _write_table(book: CheckedBook, notice: Notice, password: str) -> None:
    table = notice_table(notice)
    labels = {notice.axes.word("no"): 9, notice.axes.word("title"): 34, **_WIDTHS}
    sheet = TableSheet(book, table, notice.heading, labels)
    sheet.note(notice.sent_by, f"単位：{notice.axes.unit}")
    for at, column in enumerate(table.columns):
        own = [row[at] for row in table.rows]
        is_known = any(isinstance(one, int) for one in own)
        is_open = OPEN in own or any(one.amount is None for one in notice.requests)
        if column.kind is _MONEY and column.label != _ASKED and is_open and not is_known:
            sheet.put(sheet.total_row, at, OPEN, "total")  # of nothing known there is no sum
    sheet.finish()
    sheet.target.protect(password, {"format_rows": True})


def notice_table(notice: Notice) -> Table:
    """Return 内示書 as a table: a total adds up what is given, 未定 is no amount."""
    axes = notice.axes
    sources = [one.key for one in axes.sources]
    columns = (
        TableColumn(axes.word("no"), ColumnKind.CODE),
        TableColumn(axes.word("title")),
        TableColumn(_ASKED, _MONEY),
        TableColumn("内示額", _MONEY),
        TableColumn("増減", _MONEY),
        *(TableColumn(axes.source_label(source), _MONEY) for source in sources),
        TableColumn(_VERDICT, ColumnKind.CODE),
        TableColumn(_REASON),
    )
    rows = tuple(_row(one, sources) for one in notice.requests)
    total = (
        None,
        notice.total_word,
        *(_sum(rows, at) for at in range(2, 5 + len(sources))),
        None,
        None,
    )
    return Table(NOTICE, columns, rows, total)


def _row(one: NoticedRequest, sources: list[str]) -> tuple[Value, ...]:
    amount, asked = one.amount, one.asked
    return (
        one.number,
        one.request.title,
        asked,
        OPEN if amount is None else amount,
        None if amount is None or asked is None else amount - asked,
        *(one.source(source) for source in sources),
        one.decision.verdict,
        one.decision.reason,
    )


def _sum(rows: tuple[tuple[Value, ...], ...], at: int) -> int:
    return sum(value for row in rows if isinstance(value := row[at], int))


def _write_stamp(book: CheckedBook, notice: Notice, password: str) -> None:
    marked = {name: marked_sheet(own.cells) for name, own in book.sheets.items()}
    sheet = book.add_worksheet(SHEET)
    for row, texts in enumerate(replace(notice.stamp, marked=marked).rows()):
        for column, text in enumerate(texts):
            sheet.write(row, column, text)
    sheet.protect(password)
    sheet.hide()
