"""予算案比較: what is decided beside what was asked for and what was last year, by 会計・款, by 部 and by source of funding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.definition import ASKED_TOTAL, FIRST_ROW
from yosan_xl.excel.summary.fields import (
    amount_key,
    last_key,
)
from yosan_xl.excel.summary.formulas import (
    NO_FIGURE,
    count_decided,
    count_funded,
    count_where,
    how_far,
    rate_of,
    sum_decided,
    sum_of_columns,
    sum_where,
)
from yosan_xl.excel.summary.funding import (
    decided_of_sources,
    funded,
    how_far_funded,
)
from yosan_xl.excel.summary.page import NO_REQUESTS, Style, SummaryPage
from yosan_xl.excel.summary.stages import OPEN
from yosan_xl.model.axes import ASKED, LAST_YEAR, TOTAL, has_total_alone
from yosan_xl.model.comparison import By, Figure, last_sources
from yosan_xl.model.money import tenths_of_percent
from yosan_xl.model.rollup import SummaryRow, Sums

_DIFFERENCE = "差"
_SUM = "財源の計"
_UNSPLIT = "{last}の財源別は、財源の分からない要求が {count:,}件あるため、出していません（－）。"


class _DraftRow(NamedTuple):
    """A row: its keys, the requests of this year, and what last year's come to, None where that is not known of all of them."""

    key: tuple[str, ...]
    rows: tuple[SummaryRow, ...]
    last: int | None = 0


def write_draft(page: SummaryPage) -> None:
    """Write the blocks one below another, and the sources with 差 last."""
    row = FIRST_ROW
    for keys in filter(None, (_levels(page), bureaus(page))):
        row = _write_block(page, row, keys, _items(page, keys))
    if not page.contents.rollup.rows:
        page.say(row, NO_REQUESTS)
        row += 1
    if sources := page.contents.definition.decided_sources:
        row = _write_sources(page, row, sources)
    page.finish(row - 1, row - 1)


def bureaus(page: SummaryPage) -> tuple[str, ...]:
    """Return the key of 部 where there are some."""
    return ("bureau",) if page.contents.has_bureaus else ()


def _levels(page: SummaryPage) -> tuple[str, ...]:
    listing = page.contents.definition.listing
    return tuple(key for key in ("account", "kan") if listing.has(key))


def _items(page: SummaryPage, keys: Sequence[str]) -> list[_DraftRow]:
    """Return the rows of a block in the order of settings and roster; those of last year alone are there too."""
    now = {group.key: group.rows for group in page.contents.rollup.groups(keys)}
    last = _last(page, keys)
    ordered = dict.fromkeys([*last, *now])
    if keys[0] == "bureau":
        units = list(page.contents.rollup.roster)
        places = {unit.bureau: at for at, unit in reversed(list(enumerate(units)))}
        ordered = dict.fromkeys(sorted(ordered, key=lambda key: places.get(key[0], len(units))))
    return [_DraftRow(key, now.get(key, ()), last.get(key, 0)) for key in ordered]


def _last(page: SummaryPage, keys: Sequence[str]) -> dict[tuple[str, ...], int | None]:
    """Return what last year's requests come to by these keys, with the keys of this year's among them in their order."""
    last_year = page.contents.last_year
    if last_year is None:
        groups = page.contents.rollup.groups(keys)
        return {group.key: _last_of(group.sums) for group in groups}
    by = By.KAN if keys[-1] == "kan" else By.BUREAU
    found: dict[tuple[str, ...], int | None] = {}
    for row in last_year.years.rows(by, Figure.EITHER, Figure.REQUESTED):
        parts = {"account": row.key[0], "kan": row.key[1], "bureau": row.key[1]}
        key = tuple(parts[one] for one in keys)
        found[key] = (found.get(key) or 0) + row.old.sum
    return found


def _last_of(sums: Sums) -> int | None:
    """Return last year's amount that this year's requests say; None where some do not."""
    return None if sums.lack_last_year else sums.amount(LAST_YEAR)


def _write_block(
    page: SummaryPage, row: int, keys: Sequence[str], items: Sequence[_DraftRow]
) -> int:
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
            page.write(at, {**names, **_measures(page, cells, item)}, "row")
        row += len(run)
        if is_split:
            names = {"block": block, "account": account, "item": words.subtotal}
            own = {keys[0]: page.here("account")}
            page.write(row, {**names, **_measures(page, own, _together(run))}, "subtotal")
            row += 1
    beside = "account" if page.sheet.has("account") else "item"
    names = {"block": block, beside: words.sum_label}
    page.write_whole(row, names, _measures(page, {}, _together(items)))
    return row + 1


def _together(items: Sequence[_DraftRow]) -> _DraftRow:
    rows = tuple(row for item in items for row in item.rows)
    known = [item.last for item in items if item.last is not None]
    return _DraftRow((), rows, sum(known) if len(known) == len(items) else None)


class _Whole(NamedTuple):
    """What is decided where that is known of every request (else None), and the formula that asks whether it is."""

    test: str
    amount: int | None


def _measures(page: SummaryPage, cells: Mapping[str, str], item: _DraftRow) -> dict[str, Content]:
    """Return every figure of a row, of the requests whose keys equal cells."""
    definition = page.contents.definition
    stage, count = definition.plan.last, page.here("count")
    sums = page.contents.values.sums(item.rows, stage)
    decided = sum_decided(definition, cells, stage).removeprefix("=")
    asked = sum(row.request.amount(ASKED) or 0 for row in item.rows)
    counted = count_decided(definition, cells, stage)
    whole = _Whole(f"{counted}={count}", sums.amount or 0 if sums.is_whole else None)
    last = item.last if page.sheet.has("last") else None
    before = None if last is None else Formula(_formula_of_last(page, cells), last)
    return {
        "count": Formula(count_where(definition, cells, "file"), len(item.rows)),
        stage.key(): Formula(
            f'=IF({count}=0,"{NO_FIGURE}",{decided})', sums.shown if item.rows else NO_FIGURE
        ),
        "how_far": Formula(how_far(definition, cells, stage, count), sums.how_far),
        ASKED_TOTAL: Formula(sum_where(definition, cells, ASKED_TOTAL), asked),
        **_against(page, whole, asked, before),
    }


def _formula_of_last(
    page: SummaryPage, cells: Mapping[str, str], sources: Sequence[str] = (TOTAL,)
) -> str:
    """Return the formula of last year's amount: of its requests, else of what this year's say of it."""
    definition = page.contents.definition
    if page.contents.last_year is None:
        columns = [amount_key(LAST_YEAR, source) for source in sources]
        return sum_of_columns(definition, cells, columns)
    columns = ["base" if source == TOTAL else last_key(source) for source in sources]
    return sum_of_columns(definition, cells, columns, "last_list")


def _against(
    page: SummaryPage, whole: _Whole, asked: int, last: Formula | None
) -> dict[str, Content]:
    """Return by how much what is decided is more than what was asked for, and than last year's amount where that is known."""
    found: dict[str, Content] = {"less": _less(page, whole, ASKED_TOTAL, asked)}
    if not page.sheet.has("last"):
        return found
    if last is None or not isinstance(last.value, int):
        return {**found, "last": NO_FIGURE}
    change = page.here("change")
    rate = rate_of(change, page.here("last"), NO_FIGURE).removeprefix("=")
    is_known = whole.amount is not None
    tenths = tenths_of_percent((whole.amount or 0) - last.value, abs(last.value))
    return {
        **found,
        "last": last,
        "change": _less(page, whole, "last", last.value),
        "rate": Formula(
            f'=IF(ISNUMBER({change}),{rate},"{NO_FIGURE}")',
            tenths / 10 if is_known and tenths is not None else NO_FIGURE,
        ),
    }


def _less(page: SummaryPage, whole: _Whole, other: str, amount: int) -> Formula:
    """Return by how much what is decided is more than another column; 未定 until all is decided."""
    own = page.here(page.contents.definition.plan.last.key())
    value = OPEN if whole.amount is None else whole.amount - amount
    return Formula(f'=IF({whole.test},N({own})-N({page.here(other)}),"{OPEN}")', value)


def _write_sources(page: SummaryPage, row: int, sources: Sequence[str]) -> int:
    """Write a row for each source, their sum, and by how much that is not what is decided; return the next row."""
    words = page.contents.definition
    block = words.labels["source"]
    for source in sources:
        names = {"block": block, "item": words.axes.source_label(source)}
        page.write(row, {**names, **_of_sources(page, [source])}, "row")
        row += 1
    sums = _of_sources(page, sources)
    told = {**sums, "how_far": how_far_funded(page, page.contents.rollup.rows, {})}
    page.write(row, {"block": block, "item": _SUM, **told}, "subtotal")
    rest = dict(_differences(page, sums))
    wrong = {key: Style("error") for key, one in rest.items() if one.value != 0}
    page.write(row + 1, {"block": block, "item": _DIFFERENCE, **rest}, "total", styles=wrong)
    if count := _unsplit(page):
        last = next(one.label for one in page.sheet.fields if one.key == "last")
        page.say(row + 2, _UNSPLIT.format(last=last, count=count))
    return row + 2 + bool(count)


def _of_sources(page: SummaryPage, sources: Sequence[str]) -> dict[str, Content]:
    """Return the figures of sources of all requests together."""
    definition, rows = page.contents.definition, page.contents.rollup.rows
    decided = decided_of_sources(page, rows, {}, sources)
    asked = sum(row.request.amount(ASKED, one) or 0 for row in rows for one in sources)
    formula = sum_of_columns(definition, {}, [amount_key(ASKED, one) for one in sources])
    each = [_last_of_source(page, source) for source in sources]
    known = [one for one in each if one is not None]
    is_known = len(known) == len(each)
    before = Formula(_formula_of_last(page, {}, sources), sum(known)) if is_known else None
    return {
        definition.plan.last.key(): decided,
        ASKED_TOTAL: Formula(formula, asked),
        **_against(page, _whole_of_sources(page, decided), asked, before),
    }


def _whole_of_sources(page: SummaryPage, decided: Formula) -> _Whole:
    """Return what is decided of a source, or of all, where the sources of every request are known."""
    definition, rows = page.contents.definition, page.contents.rollup.rows
    count = count_where(definition, {}, "file").removeprefix("=")
    known = decided.value if isinstance(decided.value, int) else 0
    test = f"{count_funded(definition, {})}={count}"
    return _Whole(test, known if funded(page, rows) == len(rows) else None)


def _last_of_source(page: SummaryPage, source: str) -> int | None:
    """Return what a source gave last year; None where that is not known of every request."""
    sums = page.contents.rollup.sums(page.contents.rollup.rows)
    if _unsplit(page) or (page.contents.last_year is None and sums.lack_last_year):
        return None
    if page.contents.last_year is None:
        rows, cell = page.contents.rollup.rows, (LAST_YEAR, source)
        is_there = page.contents.definition.listing.has(amount_key(*cell))
        return sum(row.request.amounts.get(cell) or 0 for row in rows) if is_there else None
    found = (last_sources(row.request) or {} for row in page.contents.last_year.rows)
    return sum(one.get(source) or 0 for one in found)


def _unsplit(page: SummaryPage) -> int:
    """Return of how many requests last year's amount is known, but not what of it is of which source."""
    axes, last_year = page.contents.definition.axes, page.contents.last_year
    if not page.sheet.has("last"):
        return 0
    if last_year is not None:
        sources = set(page.contents.definition.decided_sources)
        known = (last_sources(row.request) for row in last_year.rows)
        return sum(one is None or not one.keys() <= sources for one in known)
    if all(one.key in axes.stage(LAST_YEAR).amounts for one in axes.sources):
        sums = page.contents.rollup.sums(page.contents.rollup.rows)
        return sums.given.get(LAST_YEAR, 0) - sums.funded.get(LAST_YEAR, 0)
    rows = page.contents.rollup.rows
    return sum(has_total_alone(LAST_YEAR, row.request.amounts) for row in rows)


def _differences(page: SummaryPage, sums: Mapping[str, Content]) -> Iterator[tuple[str, Formula]]:
    """Yield by column by how much what is decided, asked for and was last year is more than its sources."""
    for key, whole in _whole(page).items():
        own = sums.get(key)
        if isinstance(own, Formula):
            text = f"=N({whole.text[1:]})-N({own.text[1:]})"
            one, two = (each if isinstance(each, int) else 0 for each in (whole.value, own.value))
            yield key, Formula(text, one - two)


def _whole(page: SummaryPage) -> dict[str, Formula]:
    """Return what is decided, asked for and was last year, of all requests together."""
    contents, definition = page.contents, page.contents.definition
    rows, stage, last_year = contents.rollup.rows, definition.plan.last, contents.last_year
    decided, whole = contents.values.sums(rows, stage).shown, contents.rollup.sums(rows)
    before = [Figure.EITHER.of(one.request) or 0 for one in last_year.rows] if last_year else ()
    last = sum(before) if last_year else _last_of(whole)
    found = {
        stage.key(): Formula(sum_decided(definition, {}, stage), decided),
        ASKED_TOTAL: Formula(sum_where(definition, {}, ASKED_TOTAL), whole.requested),
    }
    if last is None or not page.sheet.has("last"):
        return found
    return {**found, "last": Formula(_formula_of_last(page, {}), last)}
