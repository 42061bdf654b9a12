"""A comparison of two years, and a trend, as text, CSV and JSON.

The CSV is a data table without sums (総務省 統計表における機械判読可能なデータの表記方法の統一ルール):
plain figures with the unit in the heading, 西暦 beside 和暦, a BOM, as Excel needs it to see UTF-8.
In JSON amounts are 千円, rates 0.1 %.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from yosan_xl.model.comparison import By, Comparison, Side, State, Trend
from yosan_xl.model.comparison_table import (
    comparison_table,
    data_keys,
    long_trend_table,
    seen_keys,
    trend_keys,
    trend_table,
)
from yosan_xl.model.money import with_unit
from yosan_xl.model.table import Table
from yosan_xl.report.printable import printable
from yosan_xl.report.table import row_json, table_csv, table_lines, to_json

_ASK = "yosan-xl compare で確かめ、同じものは 対応表.csv に書いてください。"
_BOM = "\ufeff"


def comparison_text(found: Comparison) -> str:
    """Return a line for each row and their sum, then what is to be asked and known."""
    lines = _page(found, comparison_table(found).pick(seen_keys(found)))
    lines += ["", *_block("同じものとして比べたもの", found.notes)]
    lines += _block("確かめてください", found.questions)
    return "\n".join([*lines, *_sums(found), ""])


def trend_text(found: Trend) -> str:
    """Return a line for each row, a column for each year, and the sums."""
    lines = _page(found, trend_table(found).pick(trend_keys(found)))
    if found.open:
        lines += ["", f"同じ事業かもしれないものが {found.open} 件あります。{_ASK}"]
    return "\n".join([*lines, ""])


def comparison_csv(found: Comparison) -> str:
    """Return the rows as data."""
    return _BOM + table_csv(comparison_table(found).pick(data_keys(found)))


def trend_csv(found: Trend) -> str:
    """Return a line for each row and year (long form), so that it can be pivoted."""
    return _BOM + table_csv(long_trend_table(found))


def comparison_json(found: Comparison) -> str:
    """Return the rows, their sum, the open questions and what was taken for the same."""
    value = {
        "by": found.by.value,
        "figure": found.figure.word(found.axes),
        "unit": found.unit,
        "from": _side(found.old),
        "to": _side(found.new),
        **_rows(comparison_table(found), found.words.headings),
        "questions": list(found.questions),
        "notes": list(found.notes),
    }
    return to_json(value)


def trend_json(found: Trend) -> str:
    """Return the years and, row by row, an amount for each of them."""
    value = {
        "by": found.by.value,
        "figure": found.figure.word(found.axes),
        "unit": found.unit,
        "years": [_side(year) for year in found.years],
        **_rows(trend_table(found), found.words.headings),
        "open_questions": found.open,
    }
    return to_json(value)


def _page(found: Comparison | Trend, table: Table) -> list[str]:
    head = [printable(found.heading), f"{printable(found.basis)}単位は{found.unit}です。", ""]
    return [*head, *table_lines(table, "-")]


def _block(heading: str, sentences: Sequence[str]) -> Iterator[str]:
    if sentences:
        yield from (f"{heading}:", *(f"  {printable(one)}" for one in sentences), "")


def _sums(found: Comparison) -> Iterator[str]:
    total, unit = found.total, found.unit
    if found.by is By.REQUEST:
        ended = [row for row in found.rows if row.state is State.ENDED]
        if ended:
            asked = with_unit(sum(row.old.sum for row in ended), unit)
            yield f"前の年度にあって、後の年度に要求のない事業（皆減）: {len(ended)} 件、{asked}"
    yield (
        f"{found.tally}。{with_unit(total.old.sum, unit)} → {with_unit(total.new.sum, unit)}"
        f"（増減 {with_unit(total.change, unit)}、{total.rate_text}）"
    )


def _rows(table: Table, headings: Sequence[str]) -> dict[str, Any]:
    return {
        "key": list(headings),
        "rows": [row_json(table, row) for row in table.rows],
        "subtotals": [row_json(table, row) for row in table.subtotals],
        "total": row_json(table, table.total or ()),
    }


def _side(side: Side) -> dict[str, Any]:
    return {
        "source": side.source,
        "fiscal_year": side.year.western,
        "label": side.label,
        "budgeted": side.basis.budgeted,
        "requested": side.basis.requested,
        "missing": side.basis.missing,
    }
