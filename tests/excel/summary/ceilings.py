"""A summary with ceilings: of a 部 and of 課, an amount and a percentage of last year, some of one 要求区分 alone."""

from __future__ import annotations

from dataclasses import replace

from tests.excel.summary.samples import AXES, SETTINGS, against, many, roster
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.ceiling import (
    CeilingStanding,
    LastAmounts,
    LastOrigin,
    LastRow,
    standings_of,
)
from yosan_xl.model.comparison import Figure, last_sources
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.settings import Ceiling
from yosan_xl.model.two_years import AgainstLastYear

CEILINGS = (
    Ceiling("企画経営部", "一般財源", 10_000_000),
    Ceiling("0601", "要求額", tenths=975),
    Ceiling("税務課", "一般財源", tenths=1_000, categories=("新規事業", "臨時事業")),
    Ceiling("会計室", "要求額", 0),
    Ceiling("総務部", "一般財源", tenths=333),
)


def limited_summary(count: int) -> tuple[bytes, tuple[CeilingStanding, ...]]:
    """Give the summary of so many requests of many units with last year's, and how its ceilings stand."""
    rows = many(count)
    before = [replace(one, source=replace(one.source, file="前年度")) for one in many(count)]
    settings, last_year = replace(SETTINGS, ceilings=CEILINGS), against(rows, before)
    rollup = Rollup.of(rows, settings, roster(), AXES)
    standings = standings_of(rollup, (), _last(last_year))
    data = summary_bytes(rows, (), settings, roster(), last_year=last_year, ceilings=standings)
    return data, standings


def _last(last_year: AgainstLastYear) -> LastAmounts:
    years = last_year.years
    rows = (
        LastRow(
            unit,
            one.meaning("kind"),
            {"total": Figure.EITHER.of(one), "general": (last_sources(one) or {}).get("general")},
        )
        for one, unit in zip(years.old.requests, years.old_units, strict=True)
    )
    return LastAmounts(LastOrigin.REQUESTS, tuple(rows))
