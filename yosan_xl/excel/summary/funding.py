"""財源内訳: what each source gives to each account, its share, and the grants by name."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.formulas import share_of, sum_of, sum_where
from yosan_xl.excel.summary.grid import FIRST_ROW
from yosan_xl.excel.summary.grouped import NOTHING
from yosan_xl.excel.summary.page import Page, Run
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.rollup import Group, NamedSource, Sums, tenths_of_percent

_NO_SHARE = "－"  # 統計表の表記: no figure, which is not 0


def write_funding(page: Page) -> None:
    """Write a block per account, one of all accounts, and then the grants by name."""
    rollup = page.contents.rollup
    groups = rollup.groups(["account"])
    row, blocks = FIRST_ROW, []
    for group in groups:
        blocks.append(_write_account(page, row, group))
        row = blocks[-1][-1] + 1
    if not blocks:
        page.say(row, NOTHING)
        row += 1
    last = _write_all_accounts(page, row, blocks, rollup.sums(rollup.rows))
    page.total = last
    last = _write_names(page, last + 1, groups)
    page.finish(last, last)


def _write_account(page: Page, row: int, group: Group) -> range:
    """Write the sources of an account and its 計; give their rows."""
    total_row = row + len(SOURCES)
    for at, source in enumerate(SOURCES, row):
        _write_source(page, at, total_row, group, source)
    column = page.sheet.column("amount")
    formula = sum_of([xl_range(row, column, total_row - 1, column)])
    _write_sum(page, total_row, group.key[0], formula, group.sums)
    page.runs.append(Run(group.key[0], row, total_row, total_row))
    return range(row, total_row + 1)


def _write_names(page: Page, row: int, groups: Sequence[Group]) -> int:
    """Write the grants and notes of every account by source; give the last row used."""
    rollup = page.contents.rollup
    found = [
        (named, group.key[0])
        for group in groups
        for source in SOURCES
        for named in rollup.named_sources(group.rows, source)
    ]
    for at, (named, account) in enumerate(found, row):
        _write_named(page, at, named, account)
    return row + len(found) - 1


def _write_source(page: Page, row: int, total_row: int, group: Group, source: str) -> None:
    definition = page.contents.definition
    cells = {"account": page.here("account")}
    amount = getattr(group.sums, source)
    values: dict[str, Content] = {
        "account": group.key[0],
        "source": definition.labels[source],
        "amount": Formula(sum_where(definition, cells, source), amount),
        "share": _share(page, row, total_row, amount, group.sums.funding),
    }
    page.write(row, values, "row", folds=True)


def _write_named(page: Page, row: int, named: NamedSource, account: str) -> None:
    definition, place = page.contents.definition, named.row.source
    # File and sheet are what tells every request from every other, even one without NO or ID.
    cells = {key: page.here(key) for key in ("file", "sheet")}
    values: dict[str, Content] = {
        "account": account,
        "source": definition.labels[named.source],
        "no": named.row.request.no,
        "department": page.contents.rollup.unit(named.row.request).name,
        "name": named.name,
        "named_amount": Formula(sum_where(definition, cells, named.source), named.amount or 0),
        "file": place.file,
        "sheet": place.sheet,
    }
    page.write(row, values, "row")


def _write_sum(page: Page, row: int, account: str, formula: str, sums: Sums) -> None:
    values: dict[str, Content] = {
        "account": account,
        "source": page.contents.definition.total,
        "amount": Formula(formula, sums.funding),
        "share": _share(page, row, row, sums.funding, sums.funding),
    }
    page.write(row, values, "subtotal")


def _write_all_accounts(page: Page, row: int, blocks: Sequence[Sequence[int]], sums: Sums) -> int:
    """Write the block of all accounts, each source summed over them; give its last row."""
    definition, column = page.contents.definition, page.sheet.column("amount")
    whole, total_row = sums.funding, row + len(SOURCES)
    amounts = [*(getattr(sums, source) for source in SOURCES), whole]
    labels = [*(definition.labels[source] for source in SOURCES), definition.total]
    for place, (label, amount) in enumerate(zip(labels, amounts, strict=True)):
        at, level = row + place, "total" if row + place == total_row else "row"
        formula = sum_of([xl_rowcol_to_cell(block[place], column) for block in blocks])
        values: dict[str, Content] = {
            "account": definition.all_accounts,
            "source": label,
            "amount": Formula(formula, amount),
            "share": _share(page, at, total_row, amount, whole),
        }
        page.write(at, values, level)
    return total_row


def _share(page: Page, row: int, total_row: int, part: int, whole: int) -> Formula:
    column = page.sheet.column("amount")
    cell, total = (xl_rowcol_to_cell(at, column) for at in (row, total_row))
    tenths = tenths_of_percent(part, whole)
    value = _NO_SHARE if tenths is None else tenths / 10
    return Formula(share_of(cell, total, _NO_SHARE), value)
