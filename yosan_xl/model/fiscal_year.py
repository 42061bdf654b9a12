"""会計年度: April to March (地方自治法 第208条), named by its era year; days as people write them, and
when a book was saved, as its docProps/core.xml says it (dcterms:modified, ISO 8601, in UTC).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

YEARS = (1926, 2999)
"""The fiscal years (西暦) that may be named, from 昭和元年 on."""

# Era letter, name, and the western year before its year 1. Fiscal 2019 as a whole is 令和元年度
# (改元に伴う元号による年表示の取扱いについて, 2019).
_ERAS = (("R", "令和", 2018), ("H", "平成", 1988), ("S", "昭和", 1925))
_WRITTEN = re.compile(r"(?:(?P<era>令和|平成|昭和|[RHS])\s*)?(?P<year>元|[0-9]{1,4})\s*(?:年度?)?")

_ERAS_BY_DAY = (
    (date(2019, 5, 1), "令和", 2018),
    (date(1989, 1, 8), "平成", 1988),
    (date(1926, 12, 25), "昭和", 1925),
)
"""The first day of each era: to the day, not to the fiscal year."""
_WEEKDAYS = "月火水木金土日"
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_DAY = re.compile(
    r"(?:(?:(?P<era>令和|平成|昭和|[RHS])(?P<of_era>元|\d{1,2})|(?P<western>\d{4}))(?P<mark>[-/.]|年))?"
    r"(?P<month>\d{1,2})(?:[-/.]|月)(?P<day>\d{1,2})日?"
    rf"(?:\((?P<weekday>[{_WEEKDAYS}])(?:曜日?)?\))?"
    # An hour may follow, and words (必着, まで); another date may not.
    r"(?:[^\d~-]*\d{1,2}(?:時(?:\d{1,2}分)?|:\d{2}))?[^\d~-]*",
    re.ASCII,
)


def read_day(text: str, budgeted: FiscalYear | None = None) -> date | None:
    """Return the day of `2026-10-16`, `R8.10.16`, `令和8年10月16日（金）17時`; None for anything else.

    A day without a year is the last such day before the year that is `budgeted`. One whose weekday
    is another is none.
    """
    found = _named_day(text, budgeted)
    return found[0] if found and found[1] else None


def misnamed_day(text: str, budgeted: FiscalYear) -> date | None:
    """Return the day of a text that names another weekday than it has; None for anything else."""
    found = _named_day(text, budgeted)
    return found[0] if found and not found[1] else None


def _named_day(text: str, budgeted: FiscalYear | None) -> tuple[date, bool] | None:
    """Return the day of a text, and whether its weekday is the one that stands there, if any does."""
    written = "".join(unicodedata.normalize("NFKC", text).upper().split())
    compact = _COMPACT.fullmatch(written)
    match = _DAY.fullmatch("-".join(compact.groups()) if compact else written)
    if not match:
        return None
    month, day = int(match["month"]), int(match["day"])
    try:
        if match["mark"]:
            era = f"{match['era'] or ''}{match['of_era'] or match['western']}"
            year = FiscalYear.parse(era).western
        elif budgeted:
            year = budgeted.western - (month >= 4)
        else:
            return None
        found = date(year, month, day)
    except ValueError:
        return None
    return found, match["weekday"] in (None, _WEEKDAYS[found.weekday()])


def shown_day(day: date) -> str:
    """Return `令和元年10月4日（金）`, as a letter names a day; what is before 昭和 by its western year."""
    era = next(((name, base) for first, name, base in _ERAS_BY_DAY if day >= first), ("", 0))
    year = day.year - era[1]
    weekday = _WEEKDAYS[day.weekday()]
    return f"{era[0]}{'元' if year == 1 else year}年{day.month}月{day.day}日（{weekday}）"


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """A fiscal year, kept as the western year of its April."""

    western: int

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        """Understand `R2`, `令和2年度`, `令和元年`, `2020`; raise ValueError for anything else."""
        match = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
        if not match:
            raise ValueError(text)
        year = 1 if match["year"] == "元" else int(match["year"])
        if match["era"] is None:
            if not YEARS[0] <= year <= YEARS[1]:
                raise ValueError(text)
            return cls(year)
        base = next(base for letter, name, base in _ERAS if match["era"] in (letter, name))
        if year < 1:
            raise ValueError(text)
        return cls(base + year)

    @property
    def label(self) -> str:
        """`令和2年度`; the first year of an era is 元."""
        _, name, base = self._era()
        year = self.western - base
        return f"{name}{'元' if year == 1 else year}年度"

    @property
    def short(self) -> str:
        """`R2`, the name of a year folder."""
        letter, _, base = self._era()
        return f"{letter}{self.western - base}"

    def _era(self) -> tuple[str, str, int]:
        # Before 昭和 there is no year to print; the western year says it.
        return next((era for era in _ERAS if self.western > era[2]), ("", "西暦", 0))


# The only hour of a Japanese municipality (標準時ニ関スル件, 明治28年勅令第167号), whatever the machine's.
JAPAN = timezone(timedelta(hours=9))


def save_time(text: str | None) -> datetime | None:
    """Return the moment in Japanese time, None where none is told or it makes no sense."""
    try:
        told = datetime.fromisoformat((text or "").strip())
        aware = told if told.tzinfo else told.replace(tzinfo=UTC)
        return aware.astimezone(JAPAN)
    except (ValueError, OverflowError):
        return None


def shown_time(text: str | None) -> str:
    """Return `2019-10-01 10:02`, Japanese time, as it stands in a sentence or a table."""
    moment = save_time(text)
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "不明"
