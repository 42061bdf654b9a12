"""A comparison of two years, and a trend, as a data table (CSV) without sums.

One cell, one datum (総務省 統計表における機械判読可能なデータの表記方法の統一ルール): plain figures with
the unit in the heading, 西暦 beside 和暦.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from yosan_xl.model.comparison import Amount, Comparison, Row, Trend, TrendRow
from yosan_xl.report.csv_table import neutral


def comparison_csv(found: Comparison) -> str:
    """Give the rows with a BOM, as Excel needs it to see UTF-8."""
    heading = [*found.by.headings, *_headings(found)]
    heading += ["増減(千円)", "増減率(%)", "区分", "前の年度での名称"]
    return _csv([heading, *map(_row, found.rows)])


def trend_csv(found: Trend) -> str:
    """Give a line for each row and year (long form), so that it can be pivoted."""
    heading = [*found.by.headings, "年度", "年度(西暦)", "件数", "額(千円)"]
    lines = [line for row in found.rows for line in _trend_lines(row, found)]
    return _csv([heading, *lines])


def _headings(found: Comparison) -> Iterator[str]:
    for name, side in zip(found.columns, (found.old, found.new), strict=True):
        yield f"{neutral(name)}({side.year.western})件数"
        yield f"{neutral(name)}({side.year.western})額(千円)"


def _row(row: Row) -> list[str | int]:
    rate = "" if row.rate is None else _tenths(row.rate)
    key = map(neutral, row.key)
    return [
        *key,
        *_amount(row.old),
        *_amount(row.new),
        row.change,
        rate,
        row.state.value,
        neutral(row.was),
    ]


def _trend_lines(row: TrendRow, found: Trend) -> Iterable[list[str | int]]:
    for side, amount in zip(found.years, row.amounts, strict=True):
        yield [*map(neutral, row.key), side.label, side.year.western, *_amount(amount)]


def _amount(amount: Amount) -> tuple[int, str | int]:
    return amount.count, amount.sum if amount.count else ""


def _tenths(rate: int) -> str:
    return f"{'-' if rate < 0 else ''}{abs(rate) // 10}.{abs(rate) % 10}"


def _csv(rows: Iterable[Sequence[str | int]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return f"\ufeff{out.getvalue()}"
