"""A comparison of two years, and a trend, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yosan_xl.model.compared_by import By
from yosan_xl.model.comparison import Comparison, Row, State, Trend, TrendRow
from yosan_xl.model.money import with_commas, with_unit
from yosan_xl.report.columns import table
from yosan_xl.report.printable import printable

_ASK = "yosan-xl compare で確かめ、同じものは 対応表.csv に書いてください。"


def comparison_text(found: Comparison) -> str:
    """Give a line for each row and their sum, then what is to be asked and known."""
    width = len(found.by.headings)
    columns = (*map(printable, found.columns), "増減", "増減率")
    named = any(row.was for row in found.rows)
    heading = (*found.by.headings, *columns, *(["前の年度では"] if named else []))
    total = ("計", *[""] * (width - 1), *_figures(found.total), *([""] if named else []))
    rows = [heading, *(_row(row, named) for row in found.rows), total]
    lines = [printable(found.heading), f"{printable(found.basis)}単位は千円です。", ""]
    lines += table(rows, range(width, width + 4))
    lines += ["", *_block("同じものとして比べたもの", found.notes)]
    lines += _block("確かめてください", found.questions)
    return "\n".join([*lines, *_sums(found), ""])


def trend_text(found: Trend) -> str:
    """Give a line for each row, a column for each year, and the sums."""
    width = len(found.by.headings)
    heading = (*found.by.headings, *(year.label for year in found.years))
    rows = [_trend_row(row) for row in found.rows]
    total = ("計", *[""] * (width - 1), *_amounts(found.total))
    lines = [printable(found.heading), f"{printable(found.basis)}単位は千円です。", ""]
    every = [heading, *rows, total]
    lines += table(every, range(width, width + len(found.years)))
    if found.open:
        lines += ["", f"同じ事業かもしれないものが {found.open} 件あります。{_ASK}"]
    return "\n".join([*lines, ""])


def _row(row: Row, named: bool) -> tuple[str, ...]:
    was = [printable(row.was)] if named else []
    return (*map(printable, row.key), *_figures(row), *was)


def _figures(row: Row) -> tuple[str, ...]:
    return (
        _amount(row.old.count, row.old.sum),
        _amount(row.new.count, row.new.sum),
        with_commas(row.change),
        row.rate_text,
    )


def _trend_row(row: TrendRow) -> tuple[str, ...]:
    return (*map(printable, row.key), *_amounts(row))


def _amounts(row: TrendRow) -> Iterator[str]:
    return (_amount(amount.count, amount.sum) for amount in row.amounts)


def _amount(count: int, amount: int) -> str:
    # 統計表の表記: - is no figure, 0 is an amount.
    return with_commas(amount) if count else "-"


def _block(heading: str, sentences: Sequence[str]) -> Iterator[str]:
    if sentences:
        yield from (f"{heading}:", *(f"  {printable(one)}" for one in sentences), "")


def _sums(found: Comparison) -> Iterator[str]:
    total = found.total
    if found.by is By.REQUEST:
        ended = [row for row in found.rows if row.state is State.ENDED]
        if ended:
            asked = with_unit(sum(row.old.sum for row in ended))
            yield f"前の年度にあって、後の年度に要求のない事業（皆減）: {len(ended)} 件、{asked}"
    yield (
        f"{found.tally}。{with_unit(total.old.sum)} → {with_unit(total.new.sum)}"
        f"（増減 {with_unit(total.change)}、{total.rate_text}）"
    )
