"""シーリング: the limit of every 部 and 課 that has one, what it asks for, and 余裕 or 超過; every figure by the keys of its own row."""

from __future__ import annotations

from collections.abc import Mapping

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.definition import FIRST_ROW
from yosan_xl.excel.summary.fields import amount_key, last_key
from yosan_xl.excel.summary.formulas import share_of, sum_among
from yosan_xl.excel.summary.page import Style, SummaryPage
from yosan_xl.model.axes import ASKED, LAST_YEAR, TOTAL
from yosan_xl.model.ceiling import CeilingStanding, LastOrigin

_NONE = "－"  # 統計表の表記: no figure, which is not 0
_EVERY = "すべて"

_OF_LAST = {
    LastOrigin.REQUESTS: "前年度は、「前年度一覧」の要求（決まった額があればその額）の計です。",
    LastOrigin.KEPT: "前年度は、引き継いだ前年度の要求や一覧（記録フォルダーの 前年度.json）の額の計です。",
    LastOrigin.ARCHIVE: "前年度は、保存庫にある前年度の要求（決まった額があればその額）の計です。",
    LastOrigin.FORM: "前年度は、算入した要求書にある前年度の額の計で、なくなった事業の額は入っていません。",
}


def write_ceilings(page: SummaryPage) -> None:
    """Write a row for each ceiling, in the order of the roster."""
    standings = page.contents.ceilings
    page.note(f"{page.sheet.note}{_said_of_last(standings)}")
    for row, one in enumerate(standings, FIRST_ROW):
        styles = {key: Style("warning") for key in ("room", "judgement")} if one.is_over else {}
        page.write(row, _values(page, one), "row", styles=styles)
    last = FIRST_ROW + len(standings) - 1
    page.entries = len(standings)
    page.remark = _remark(standings)
    page.finish(last, last)


def _said_of_last(standings: tuple[CeilingStanding, ...]) -> str:
    origins = {one.origin for one in standings if one.ceiling.tenths is not None}
    found = next(filter(None, origins), None)
    return _OF_LAST[found] if found else ""


def _remark(standings: tuple[CeilingStanding, ...]) -> str:
    """Return what 目次 says: how many are exceeded, and of how many nobody knows."""
    over = [one.unit.name for one in standings if one.is_over]
    unknown = sum(one.limit is None for one in standings)
    parts = [f"超過 {len(over)}件{_named(list(dict.fromkeys(over)))}"] if over else []
    parts += [f"上限の不明 {unknown}件"] if unknown else []
    return "、".join(parts)


_MOST_NAMED = 18
"""Characters of names, of which a line of 目次 has room."""


def _named(names: list[str]) -> str:
    """Return the first names that a line has room for, and how many there are besides."""
    for count in range(len(names), 0, -1):
        rest = f" ほか {len(names) - count}" if count < len(names) else ""
        said = f"{'、'.join(names[:count])}{rest}"
        if len(said) <= _MOST_NAMED:
            return f"（{said}）"
    return ""


def _values(page: SummaryPage, one: CeilingStanding) -> Mapping[str, Content]:
    unit = one.unit
    return {
        "bureau": unit.bureau,
        "section": unit.section,
        "department_code": unit.code,
        "measure": one.label,
        "category": "\n".join(one.ceiling.categories) or _EVERY,
        "ground": one.ground,
        "last": _last(page, one),
        "ceiling": _ceiling(page, one),
        "asked_of": Formula(_sum(page, one, amount_key(ASKED, one.source)), one.asked),
        **_against(page, one),
        "aside": "。".join(one.remarks) or None,
    }


def _sum(page: SummaryPage, one: CeilingStanding, amount: str, of: str = "list") -> str:
    """Return the formula of an amount of the requests under a ceiling, by the keys of its row."""
    key = "department_code" if one.unit.code else "bureau"
    among = {"category": page.here("category")} if one.ceiling.categories else {}
    return sum_among(page.contents.definition, {key: page.here(key)}, among, amount, of)


def _last(page: SummaryPage, one: CeilingStanding) -> Content:
    """Return last year's amount, as a formula where its requests stand in this book; － where nobody knows it."""
    if one.ceiling.tenths is None:
        return None
    if one.last is None:
        return _NONE
    if one.origin is LastOrigin.REQUESTS:
        amount = "base" if one.source == TOTAL else last_key(one.source)
        return Formula(_sum(page, one, amount, "last_list"), one.last)
    own = amount_key(LAST_YEAR, one.source)
    if one.origin is LastOrigin.FORM and page.contents.definition.listing.has(own):
        return Formula(_sum(page, one, own), one.last)
    return one.last


def _ceiling(page: SummaryPage, one: CeilingStanding) -> Content:
    if one.limit is None:
        return _NONE
    if one.ceiling.tenths is None:
        return one.limit
    return Formula(f"=INT({page.here('last')}*{one.ceiling.tenths}/1000)", one.limit)


def _against(page: SummaryPage, one: CeilingStanding) -> Mapping[str, Content]:
    """Return 余裕, 率 and 判定, by the cells beside them."""
    if one.limit is None or one.room is None:
        return {"room": _NONE, "used": _NONE, "judgement": one.judgement}
    ceiling, asked, room = (page.here(key) for key in ("ceiling", "asked_of", "room"))
    used = _NONE if one.used is None else one.used / 10
    return {
        "room": Formula(f"={ceiling}-{asked}", one.room),
        "used": Formula(share_of(asked, ceiling, _NONE), used),
        "judgement": Formula(f'=IF({room}<0,"超過","以内")', one.judgement),
    }
