"""前年度比較: by 会計・款, by 会計・部 and request by request, what is asked now and what was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from sys import intern

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from yosan_xl.excel.rows import Content, Formula, Value
from yosan_xl.excel.summary.formulas import share_of, sum_of, sum_where, trend_of
from yosan_xl.excel.summary.grid import FIRST_ROW, NOTE_ROW
from yosan_xl.excel.summary.last_list import KIND
from yosan_xl.excel.summary.page import Page, Run
from yosan_xl.model.last_year import Comparison, Pair, base_sum, trend
from yosan_xl.model.rollup import SummaryRow, tenths_of_percent

_NO_RATE = "－"  # 統計表の表記: no figure, which is not 0
_BY_KAN, _BY_BUREAU, _BY_REQUEST = "会計・款", "会計・部", "事業"


@dataclass(frozen=True, slots=True)
class _Item:
    """A row: what it shows, its amounts (千円), and the formulas that look each of them up."""

    account: str
    values: Mapping[str, Value]
    now: int
    last: int
    of_now: str = ""
    of_last: str = ""


def write_comparison(page: Page) -> None:
    """Write the three blocks one below another, each with 小計 per account and a 計."""
    comparison = page.contents.comparison
    if comparison is None:
        raise ValueError("no last year to compare with")
    page.say(NOTE_ROW, f"{_basis(comparison)}{page.sheet.note}")
    row = FIRST_ROW
    for label, items in _blocks(page, comparison):
        row = _write_block(page, row, label, items)
    page.finish(row - 1, row - 1)


def _basis(comparison: Comparison) -> str:
    rows = comparison.last.rows
    known = sum(row.request.total.budgeted is not None for row in rows)
    return f"前年度は、予算額のある{known}件は予算額、ない{len(rows) - known}件は要求額です。"


def _blocks(page: Page, comparison: Comparison) -> list[tuple[str, list[_Item]]]:
    return [
        (_BY_KAN, _grouped(page, comparison, "kan")),
        (_BY_BUREAU, _grouped(page, comparison, "bureau")),
        (_BY_REQUEST, _requests(page, comparison)),
    ]


def _grouped(page: Page, comparison: Comparison, second: str) -> list[_Item]:
    keys = ("account", second)
    of_now, of_last = _of_now(page, keys), _of_last(page, {key: key for key in keys})
    return [
        _Item(
            key[0],
            {second: key[1]},
            now.sums(now.rows).requested,
            base_sum(last.rows),
            of_now,
            of_last,
        )
        for key, now, last in comparison.groups(["account", second])
    ]


def _requests(page: Page, comparison: Comparison) -> list[_Item]:
    # File and sheet are what tells every request from every other, even one without NO or ID.
    of_now = _of_now(page, ("file", "sheet"))
    of_last = _of_last(page, {"file": "last_file", "sheet": "last_sheet"})
    return [
        _request(comparison, account, pair, of_now, of_last)
        for account, pairs in comparison.pairs().items()
        for pair in pairs
    ]


def _request(comparison: Comparison, account: str, pair: Pair, of_now: str, of_last: str) -> _Item:
    shown = pair.now or pair.last
    values = _shown(comparison, shown) if shown else {}
    now = {"file": pair.now.source.file, "sheet": pair.now.source.sheet} if pair.now else {}
    last = (
        {"last_file": pair.last.source.file, "last_sheet": pair.last.source.sheet}
        if pair.last
        else {}
    )
    return _Item(
        account,
        {**values, **now, **last},
        pair.now.request.requested if pair.now else 0,
        base_sum([pair.last] if pair.last else []),
        of_now if pair.now else "",
        of_last if pair.last else "",
    )


def _of_now(page: Page, keys: Sequence[str]) -> str:
    """Give the formula of what the row of these keys asks for."""
    return sum_where(page.contents.definition, {key: page.here(key) for key in keys}, "requested")


def _of_last(page: Page, keys: Mapping[str, str]) -> str:
    """Give the formula of last year's amount; `keys` are columns of 前年度一覧 and of this sheet."""
    cells = {key: page.here(own) for key, own in keys.items()}
    return sum_where(page.contents.definition, cells, "base", KIND)


def _shown(comparison: Comparison, row: SummaryRow) -> dict[str, Value]:
    keys = ("kan", "bureau", "section")
    return {
        **{key: comparison.now.key(row, key) for key in keys},
        "no": row.request.no,
        "title": row.request.title,
    }


def _write_block(page: Page, row: int, label: str, items: Sequence[_Item]) -> int:
    """Write a block by account, each with its 小計, and the sum of all; give the next row."""
    totals = []
    for account, found in groupby(items, key=lambda item: item.account):
        run = list(found)
        for at, item in enumerate(run, row):
            _write_item(page, at, label, item)
        row += len(run)
        _write_subtotal(page, row, label, account, run)
        totals.append(row)
        row += 1
    _write_total(page, row, label, totals, items)
    return row + 1


def _write_item(page: Page, row: int, label: str, item: _Item) -> None:
    values: dict[str, Content] = {"block": label, "account": item.account, **item.values}
    if item.of_now:
        values["requested"] = Formula(item.of_now, item.now)
    if item.of_last:
        values["last"] = Formula(item.of_last, item.last)
    page.write(row, {**values, **_change(page, item.now, item.last)}, "row", folds=True)


def _write_subtotal(page: Page, row: int, label: str, account: str, run: Sequence[_Item]) -> None:
    first, words = row - len(run), page.contents.definition
    names = {"block": label, "account": account, "kan": words.subtotal}

    def cells(column: int) -> list[str]:
        return [xl_range(first, column, row - 1, column)]

    page.write(row, {**names, **_sums(page, run, cells)}, "subtotal")
    page.runs.append(Run(account, first, row, row))


def _write_total(
    page: Page, row: int, label: str, totals: Sequence[int], items: Sequence[_Item]
) -> None:
    words = page.contents.definition
    names = {"block": label, "account": f"{words.all_accounts} {words.total}"}

    def cells(column: int) -> list[str]:
        return [xl_rowcol_to_cell(at, column) for at in totals]

    page.write(row, {**names, **_sums(page, items, cells)}, "total")
    page.total = row


def _sums(
    page: Page, items: Sequence[_Item], cells: Callable[[int], list[str]]
) -> dict[str, Formula]:
    """Give the sums of both years, over the cells of a column, and how they differ."""
    now, last = sum(item.now for item in items), sum(item.last for item in items)
    return {
        "requested": Formula(sum_of(cells(page.sheet.column("requested"))), now),
        "last": Formula(sum_of(cells(page.sheet.column("last"))), last),
        **_change(page, now, last),
    }


def _change(page: Page, now: int, last: int) -> dict[str, Formula]:
    asked, before, change = (
        page.here(key).removeprefix("$") for key in ("requested", "last", "change")
    )
    tenths = tenths_of_percent(now - last, last)
    rate = _NO_RATE if tenths is None else tenths / 10
    return {
        "change": Formula(intern(f"={asked}-{before}"), now - last),
        "rate": Formula(intern(share_of(change, before, _NO_RATE)), rate),
        "trend": Formula(intern(trend_of(asked, before)), trend(now, last)),
    }
