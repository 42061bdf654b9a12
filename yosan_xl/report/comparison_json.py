"""A comparison of two years, and a trend, as JSON; amounts are 千円, rates 0.1 %."""

from __future__ import annotations

from typing import Any

from yosan_xl.model.comparison import Amount, Comparison, Row, Side, Trend, TrendRow
from yosan_xl.report.json_report import to_json


def comparison_json(found: Comparison) -> str:
    """Give the rows, their sum, the open questions and what was taken for the same."""
    value = {
        "by": found.by.value,
        "figure": found.figure.value,
        "unit": "千円",
        "from": _side(found.old),
        "to": _side(found.new),
        "key": list(found.by.headings),
        "rows": [_row(row) for row in found.rows],
        "total": _row(found.total),
        "questions": list(found.questions),
        "notes": list(found.notes),
    }
    return to_json(value)


def trend_json(found: Trend) -> str:
    """Give the years and, row by row, an amount for each of them."""
    value = {
        "by": found.by.value,
        "figure": found.figure.value,
        "unit": "千円",
        "years": [_side(year) for year in found.years],
        "key": list(found.by.headings),
        "rows": [_trend_row(row) for row in found.rows],
        "total": _trend_row(found.total),
        "open_questions": found.open,
    }
    return to_json(value)


def _side(side: Side) -> dict[str, Any]:
    return {
        "source": side.source,
        "fiscal_year": side.year.western,
        "label": side.label,
        "budgeted": side.basis.budgeted,
        "requested": side.basis.requested,
        "missing": side.basis.missing,
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "key": list(row.key),
        "from": _amount(row.old),
        "to": _amount(row.new),
        "change": row.change,
        "rate_per_mille": row.rate,
        "state": row.state.value,
        "was": row.was or None,
    }


def _trend_row(row: TrendRow) -> dict[str, Any]:
    return {"key": list(row.key), "amounts": [_amount(amount) for amount in row.amounts]}


def _amount(amount: Amount) -> dict[str, int]:
    return {"count": amount.count, "amount": amount.sum}
