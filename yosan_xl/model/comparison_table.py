"""年度比較 and 推移 as tables: what their columns are, once for every output."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yosan_xl.model.comparison import (
    Amount,
    By,
    ComparedRow,
    Comparison,
    KeyWords,
    Side,
    Trend,
    TrendRow,
)
from yosan_xl.model.rollup import Key
from yosan_xl.model.table import ColumnKind, Table, TableColumn, Value

_CODES = ("コード",)
_WORDS = "rate_words"


def comparison_table(found: Comparison) -> Table:
    """Return all that is known of the rows and of their sum; an output picks its columns."""
    sides = zip(("from", "to"), found.columns, (found.old, found.new), strict=True)
    columns = (
        *_key_columns(found),
        *(
            column
            for place, name, side in sides
            for column in _amount(place, name, side, found.unit)
        ),
        TableColumn(
            *("増減", ColumnKind.MONEY, "/change", f"増減({found.unit})"),
            of=("/from/amount", "/to/amount"),
        ),
        TableColumn(
            *("増減率（％）", ColumnKind.RATE, "/rate_per_mille", "増減率(%)"),
            of=("/from/amount", "/change"),
        ),
        TableColumn("増減率", ColumnKind.RATE_WORDS, _WORDS),
        TableColumn("区分", ColumnKind.CODE, "/state"),
        TableColumn("前の年度での名称", key="/was"),
    )
    words = found.words
    rows = tuple(_row(row, words.shown(row.key)) for row in found.rows)
    subtotals = tuple(_row(row, _whole(row.key, words)) for row in found.subtotals)
    return Table(
        name="比較",
        columns=columns,
        rows=rows,
        total=_row(found.total, _whole(found.total.key, words)),
        subtotals=subtotals,
    )


def seen_keys(found: Comparison) -> list[str]:
    """Return the columns that a line of a terminal has room for."""
    figures = ("/from/amount", "/to/amount", "/change", _WORDS)
    return [*key_names(found.words), *figures, *_was(found)]


def data_keys(found: Comparison) -> list[str]:
    """Return the columns of the data (CSV, JSON)."""
    sides = ("/from/count", "/from/amount", "/to/count", "/to/amount")
    return [*key_names(found.words), *sides, "/change", "/rate_per_mille", "/state", "/was"]


def sheet_keys(found: Comparison) -> list[str]:
    """Return the columns of the workbook."""
    counts, amounts = ("/from/count", "/to/count"), ("/from/amount", "/to/amount")
    change = ("/change", "/rate_per_mille")
    return [*key_names(found.words), "/state", *counts, *amounts, *change, *_was(found)]


def trend_table(found: Trend) -> Table:
    """Return a row for each key, with 件数 and the amount of every year."""
    years = [
        TableColumn(side.label, kind, f"/amounts/{at}/{figure}", missing=0)
        for at, side in enumerate(found.years)
        for figure, kind in (("count", ColumnKind.COUNT), ("amount", ColumnKind.MONEY))
    ]
    words = found.words
    rows = tuple((*words.shown(row.key), *_figures(row.amounts)) for row in found.rows)
    *subtotals, total = (
        (*_whole(row.key, words), *_figures(row.amounts)) for row in (*found.subtotals, found.total)
    )
    return Table(
        name="推移",
        columns=(*_key_columns(found), *years),
        rows=rows,
        total=total,
        subtotals=tuple(subtotals),
    )


def trend_keys(found: Trend, figure: str = "amount") -> list[str]:
    """Return the columns of the amounts of all years, or (`count`) of their 件数."""
    return [*key_names(found.words), *(f"/amounts/{at}/{figure}" for at in range(len(found.years)))]


def long_trend_table(found: Trend) -> Table:
    """Return a row for each key and year, so that it can be pivoted."""
    columns = (
        *_key_columns(found),
        TableColumn("年度"),
        TableColumn("年度(西暦)", ColumnKind.NUMBER),
        TableColumn("件数", ColumnKind.COUNT),
        TableColumn(f"額({found.unit})", ColumnKind.MONEY),
    )
    rows = (line for row in found.rows for line in _lines(row, found))
    return Table("推移", columns, tuple(rows))


def key_names(words: KeyWords) -> list[str]:
    """Return the columns of a row's key."""
    return [f"/key/{at}" for at in range(len(words.headings))]


def _key_columns(found: Comparison | Trend) -> list[TableColumn]:
    words, codes = found.words, (*_CODES, By.REQUEST.words(found.axes).headings[-3])
    kinds = [ColumnKind.CODE if name in codes else ColumnKind.TEXT for name in words.headings]
    return list(map(TableColumn, words.headings, kinds, key_names(words)))


def _amount(place: str, name: str, side: Side, unit: str) -> tuple[TableColumn, TableColumn]:
    year = f"{name}({side.year.western})"
    return (
        TableColumn(f"{name}\n件数", ColumnKind.COUNT, f"/{place}/count", f"{year}件数"),
        TableColumn(
            f"{name}\n額", ColumnKind.MONEY, f"/{place}/amount", f"{year}額({unit})", missing=0
        ),
    )


def _was(found: Comparison) -> list[str]:
    return ["/was"] if any(row.was for row in found.rows) else []


def _whole(key: Key, words: KeyWords) -> tuple[str | None, ...]:
    """Return the key of a sum as wide as those of the rows."""
    return (*key, *[None] * len(words.headings))[: len(words.headings)]


def _row(row: ComparedRow, key: Sequence[str | None]) -> tuple[Value, ...]:
    change = (row.change, row.rate, row.rate_text, row.state.value, row.was or None)
    return (*key, *_figures((row.old, row.new)), *change)


def _lines(row: TrendRow, found: Trend) -> Iterator[tuple[Value, ...]]:
    for side, amount in zip(found.years, row.amounts, strict=True):
        yield (*found.words.shown(row.key), side.label, side.year.western, *_figures([amount]))


def _figures(amounts: Sequence[Amount]) -> Iterator[int | None]:
    """Return 件数 and amount; where there is no request there is no amount, which is not 0."""
    for amount in amounts:
        yield from (amount.count, amount.sum if amount.count else None)
