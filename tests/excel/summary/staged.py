"""A year with stages of the assessment: requests of a form as they stand with what finance typed at each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.excel.summary.samples import SETTINGS, roster, row
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.form.definition import Definition
from yosan_xl.form.load import load_definition
from yosan_xl.model.assessment import Restoration
from yosan_xl.model.axes import TOTAL
from yosan_xl.model.decision import Spot, Value
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.settings import AssessmentStage, Settings
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.usecases.decisions.apply import DecidedRows, apply_decisions

STAGES = (
    AssessmentStage("財政課"),
    AssessmentStage("区長", notice=True),
    AssessmentStage("復活", restoration=True),
)
YEAR = replace(SETTINGS, stages=STAGES)
FORM = load_definition("minato-r2")
Entries = Mapping[tuple[str, str, str], Value]
"""What was typed, by stage, request and field."""

TYPED: Entries = {
    ("財政課", "0301-1", "verdict"): "要求どおり",
    ("財政課", "0301-2", "decided/total"): 150,
    ("財政課", "0301-2", "verdict"): "一部減額",
    ("財政課", "0301-2", "reason"): "単価を見直した。",
    ("財政課", "0301-3", "verdict"): "ゼロ査定",
    ("財政課", "0301-4", "verdict"): "要求どおり",
    ("区長", "0301-1", "verdict"): "要求どおり",
    ("区長", "0301-2", "verdict"): "前の段階どおり",
    ("区長", "0301-3", "verdict"): "保留",
    ("区長", "0301-3", "decided/total"): 77,
}


def requests() -> list[SummaryRow]:
    """Give four requests of 100, 200, 300 and 400千円, the third with 国庫支出金 for half of it, all with a NO that is 仮."""
    funding = {
        "national": {"name": None, "amount": 150},
        "general": {"name": None, "amount": 150},
    }
    rows = [
        row(
            at,
            id=f"0301-{at}",
            no=at,
            title=f"事業{at}",
            kan="民生費" if at == 4 else "総務費",
            total={"requested": 100 * at, "earmarked": 150 if at == 3 else None},
            funding=funding if at == 3 else {"general": {"name": None, "amount": 100 * at}},
        )
        for at in range(1, 5)
    ]
    return [replace(one, provisional=True) for one in rows]


def asks_again(one: SummaryRow, amount: int, reason: str) -> SummaryRow:
    """Give a request with a 復活要求."""
    again = Restoration(one.request.id or "", {TOTAL: Money(amount)}, reason, "復活.xlsx")
    return replace(one, restoration=again)


def decided(
    rows: Sequence[SummaryRow],
    typed: Entries,
    closed: Sequence[str] = (),
    settings: Settings = YEAR,
    form: Definition = FORM,
) -> DecidedRows:
    """Give the rows with what was typed at every stage."""
    records = tuple(
        EntryRecord(stage, Spot(request, field), value, Origin("集計.xlsx", "", 0), raw=str(value))
        for (stage, request, field), value in typed.items()
    )
    return apply_decisions(DecisionHistory(records, closed=tuple(closed)), rows, settings, form)


def staged_bytes(
    rows: Sequence[SummaryRow],
    typed: Entries = TYPED,
    closed: Sequence[str] = (),
    settings: Settings = YEAR,
    form: Definition = FORM,
    last_year: AgainstLastYear | None = None,
) -> bytes:
    """Give the summary of the rows with what was typed at every stage."""
    done = decided(rows, typed, closed, settings, form)
    return summary_bytes(
        done.rows,
        (),
        settings,
        roster(),
        last_year=last_year,
        entries=done.entries,
        form=form,
        history=done.stamped(),
        closed=closed,
    )
