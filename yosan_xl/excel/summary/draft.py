"""予算案比較: what is decided beside what was asked for and what was last year, by 会計・款, by 部 and by source of funding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from xlsxwriter.utility import xl_range

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.columns import amount_key, asked_sources, last_key
from yosan_xl.excel.summary.comparison import last_sources
from yosan_xl.excel.summary.definition import ASKED_TOTAL, FIRST_ROW
from yosan_xl.excel.summary.formulas import (
    count_decided,
    count_where,
    how_far,
    rate_of,
    sum_decided,
    sum_down,
    sum_if_any,
    sum_where,
)
from yosan_xl.excel.summary.page import NO_REQUESTS, Style, SummaryPage
from yosan_xl.excel.summary.stages import OPEN, StageSums
from yosan_xl.model.axes import ASKED
from yosan_xl.model.comparison import By, Figure
from yosan_xl.model.money import tenths_of_percent
from yosan_xl.model.rollup import SummaryRow

_NOTHING = "－"  # 統計表の表記: no figure, which is not 0
_DIFFERENCE = "差"
_SUM = "財源の計"


class _Item(NamedTuple):
    """A row: its keys, the requests of this year, and what last year's come to."""

    key: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    last: int = 0


def write_draft(page: SummaryPage) -> None:
    """Write the blocks one below another, and the sources with 差 last."""
    row = FIRST_ROW
    for keys in filter(None, (_levels(page), ("bureau",))):
        row = _write_block(page, row, keys, _items(page, keys))
    if not page.contents.rollup.rows:
        page.say(row, NO_REQUESTS)
        row += 1
    if sources := _sources(page):
        row = _write_sources(page, row, sources)
    page.finish(row - 1, row - 1)


def _levels(page: SummaryPage) -> tuple[str, ...]:
    listing = page.contents.definition.listing
    return tuple(key for key in ("account", "kan") if listing.has(key))


def _items(page: SummaryPage, keys: Sequence[str]) -> list[_Item]:
    """Return the rows of a block in the order of settings and roster; those of last year alone are there too."""
    now = {group.key: group.rows for group in page.contents.rollup.groups(keys)}
    last = _last(page, keys)
    ordered = dict.fromkeys([*last, *now])
    if keys[0] == "bureau":
        units = list(page.contents.rollup.roster)
        places = {unit.bureau: at for at, unit in reversed(list(enumerate(units)))}
        ordered = dict.fromkeys(sorted(ordered, key=lambda key: places.get(key[0], len(units))))
    return [_Item(key, now.get(key, ()), last.get(key, 0)) for key in ordered]


def _last(page: SummaryPage, keys: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return what last year's requests come to by these keys, with the keys of this year's among them in their order."""
    last_year = page.contents.last_year
    if last_year is None:
        return {}
    by = By.KAN if keys[-1] == "kan" else By.BUREAU
    found: dict[tuple[str, ...], int] = {}
    for row in last_year.years.rows(by, Figure.EITHER, Figure.REQUESTED):
        parts = {"account": row.key[0], "kan": row.key[1], "bureau": row.key[1]}
        key = tuple(parts[one] for one in keys)
        found[key] = found.get(key, 0) + row.old.sum
    return found


def _write_block(page: SummaryPage, row: int, keys: Sequence[str], items: Sequence[_Item]) -> int:
    """Write a row for each item, 小計 of each account where there is another key, and 計; return the next row."""
    words, labels = page.contents.definition, page.contents.definition.labels
    block = "・".join(labels[key] for key in keys)
    is_split = len(keys) > 1
    for account, found in groupby(items, key=lambda item: item.key[0] if is_split else ""):
        run = list(found)
        for at, item in enumerate(run, row):
            names = {"block": block, "account": account, "item": item.key[-1]}
            cells = {keys[-1]: page.here("item")}
            cells |= {keys[0]: page.here("account")} if is_split else {}
            page.write(at, {**names, **_measures(page, cells, item)}, "row", folds=True)
        row += len(run)
        if is_split:
            names = {"block": block, "account": account, "item": words.subtotal}
            own = {keys[0]: page.here("account")}
            page.write(row, {**names, **_measures(page, own, _together(run))}, "subtotal")
            row += 1
    names = {"block": block, "account" if page.sheet.has("account") else "item": words.sum_label}
    page.write(row, {**names, **_measures(page, {}, _together(items))}, "total")
    page.total = row
    return row + 1


def _together(items: Sequence[_Item]) -> _Item:
    rows = tuple(row for item in items for row in item.rows)
    return _Item((), rows, sum(item.last for item in items))


def _measures(page: SummaryPage, cells: Mapping[str, str], item: _Item) -> dict[str, Content]:
    """Return every figure of a row, of the requests whose keys equal cells."""
    definition = page.contents.definition
    stage, count = definition.plan.last, page.here("count")
    sums = page.contents.values.sums(item.rows, stage)
    decided = sum_decided(definition, cells, stage).removeprefix("=")
    asked = sum(row.request.amount(ASKED) or 0 for row in item.rows)
    is_whole = f"{count_decided(definition, cells, stage)}={count}"
    return {
        "count": Formula(count_where(definition, cells, "file"), len(item.rows)),
        stage.key(): Formula(
            f'=IF({count}=0,"{_NOTHING}",{decided})', sums.shown if item.rows else _NOTHING
        ),
        "how_far": Formula(how_far(definition, cells, stage, count), sums.how_far),
        ASKED_TOTAL: Formula(sum_where(definition, cells, ASKED_TOTAL), asked),
        "less": _less(page, is_whole, ASKED_TOTAL, sums, asked),
        **_against(page, cells, is_whole, sums, item.last),
    }


def _less(page: SummaryPage, is_whole: str, other: str, sums: StageSums, amount: int) -> Formula:
    """Return by how much what is decided is more than another column; 未定 until all is decided."""
    own = page.here(page.contents.definition.plan.last.key())
    value = (sums.amount or 0) - amount if sums.is_whole else OPEN
    return Formula(f'=IF({is_whole},N({own})-N({page.here(other)}),"{OPEN}")', value)


def _against(
    page: SummaryPage, cells: Mapping[str, str], is_whole: str, sums: StageSums, last: int
) -> dict[str, Content]:
    """Return what was last year, 増減 and 増減率; nothing where last year is not known."""
    if not page.sheet.has("last"):
        return {}
    change, before = page.here("change"), page.here("last")
    rate = rate_of(change, before, _NOTHING).removeprefix("=")
    tenths = tenths_of_percent((sums.amount or 0) - last, abs(last)) if sums.is_whole else None
    return {
        "last": Formula(sum_where(page.contents.definition, cells, "base", "last_list"), last),
        "change": _less(page, is_whole, "last", sums, last),
        "rate": Formula(
            f'=IF(ISNUMBER({change}),{rate},"{_NOTHING}")',
            _NOTHING if tenths is None else tenths / 10,
        ),
    }


def _sources(page: SummaryPage) -> tuple[str, ...]:
    """Return the sources that are asked for and decided."""
    definition = page.contents.definition
    stage = definition.plan.last
    sources = asked_sources(definition.axes)
    return tuple(one for one in sources if definition.listing.has(stage.key(one)))


def _write_sources(page: SummaryPage, row: int, sources: Sequence[str]) -> int:
    """Write a row for each source, their sum, and by how much that is not what is decided; return the next row."""
    words = page.contents.definition
    block, end = words.labels["source"], row + len(sources)
    for at, source in enumerate(sources, row):
        names = {"block": block, "item": words.axes.source_label(source)}
        page.write(at, {**names, **_of_source(page, source)}, "row", folds=True)
    sums = dict(_sums_of_sources(page, row, end, sources))
    told = {"how_far": _how_far_of_all(page)}
    page.write(end, {"block": block, "item": _SUM, **sums, **told}, "subtotal")
    rest = dict(_differences(page, end, sums))
    wrong = {key: Style("error") for key, one in rest.items() if one.value != 0}
    page.write(end + 1, {"block": block, "item": _DIFFERENCE, **rest}, "total", styles=wrong)
    return end + 2


def _how_far_of_all(page: SummaryPage) -> Formula:
    definition, rows = page.contents.definition, page.contents.rollup.rows
    stage, count = definition.plan.last, count_where(definition, {}, "file").removeprefix("=")
    value = page.contents.values.sums(rows, stage).how_far
    return Formula(how_far(definition, {}, stage, count), value)


def _of_source(page: SummaryPage, source: str) -> dict[str, Content]:
    definition, rows = page.contents.definition, page.contents.rollup.rows
    stage = definition.plan.last
    sums = page.contents.values.sums(rows, stage, source)
    asked = sum(row.request.amount(ASKED, source) or 0 for row in rows)
    is_whole = f"{count_decided(definition, {}, stage)}={count_where(definition, {}, 'file')[1:]}"
    return {
        stage.key(): Formula(sum_decided(definition, {}, stage, source), sums.shown),
        ASKED_TOTAL: Formula(sum_where(definition, {}, amount_key(ASKED, source)), asked),
        "less": _less(page, is_whole, ASKED_TOTAL, sums, asked),
        **_source_against(page, source, is_whole, sums),
    }


def _source_against(
    page: SummaryPage, source: str, is_whole: str, sums: StageSums
) -> dict[str, Content]:
    """Return what a source gave last year and how it differs; no figure where that is not known of every request."""
    if not page.sheet.has("last"):
        return {}
    last = _last_of_source(page, source)
    if last is None:
        return {"last": _NOTHING}
    found = _against(page, {}, is_whole, sums, last)
    formula = sum_where(page.contents.definition, {}, last_key(source), "last_list")
    return {**found, "last": Formula(formula, last)}


def _last_of_source(page: SummaryPage, source: str) -> int | None:
    rows = page.contents.last_year.rows if page.contents.last_year else ()
    sources = set(_sources(page))
    found = [last_sources(row.request) for row in rows]
    known = [one for one in found if one is not None and one.keys() <= sources]
    return sum(one.get(source) or 0 for one in known) if len(known) == len(found) else None


def _sums_of_sources(
    page: SummaryPage, row: int, end: int, sources: Sequence[str]
) -> Iterator[tuple[str, Formula]]:
    rows, stage = page.contents.rollup.rows, page.contents.definition.plan.last
    decided = [page.contents.values.sums(rows, stage, one) for one in sources]
    column = page.sheet.column(stage.key())
    amount = sum(one.amount or 0 for one in decided) if decided[0].decided else OPEN
    yield stage.key(), Formula(sum_if_any([xl_range(row, column, end - 1, column)]), amount)
    asked = sum(row.request.amount(ASKED, one) or 0 for row in rows for one in sources)
    yield ASKED_TOTAL, sum_down(sheet=page.sheet, key=ASKED_TOTAL, first=row, end=end, value=asked)
    last = [_last_of_source(page, one) for one in sources]
    if page.sheet.has("last") and None not in last:
        before = sum(one or 0 for one in last)
        yield "last", sum_down(sheet=page.sheet, key="last", first=row, end=end, value=before)


def _differences(
    page: SummaryPage, row: int, sums: Mapping[str, Formula]
) -> Iterator[tuple[str, Formula]]:
    """Yield by column by how much the total of the block before differs from the sources in `row`."""
    contents = page.contents
    stage, rows = contents.definition.plan.last, contents.rollup.rows
    asked = sum(one.request.amount(ASKED) or 0 for one in rows)
    decided = contents.values.sums(rows, stage).amount or 0
    last_year = contents.last_year
    last = sum(Figure.EITHER.of(one.request) or 0 for one in last_year.rows) if last_year else 0
    whole_of = {stage.key(): decided, ASKED_TOTAL: asked, "last": last}
    for key, whole in whole_of.items():
        if key not in sums:
            continue
        above, own = (page.cell(at, key).rpartition("!")[2] for at in (page.total or 0, row))
        value = sums[key].value
        yield (
            key,
            Formula(f"=N({above})-N({own})", whole - (value if isinstance(value, int) else 0)),
        )
