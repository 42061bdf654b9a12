"""The sheets of sums: 会計・款別, 部・課別, 要求区分別."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.formulas import count_where, sum_of, sum_where
from yosan_xl.excel.summary.grid import FIRST_ROW, HEADING_ROW
from yosan_xl.excel.summary.page import Page, Run
from yosan_xl.model.rollup import Group, Sums

NOTHING = "要求書はまだありません。"


def write_grouped(page: Page) -> None:
    """Write a row per group, 小計 per first key where there is a second, and 計 of all accounts."""
    rollup = page.contents.rollup
    groups = rollup.groups([field.key for field in page.sheet.keys])
    formulas = {field.key: _formula(page, field.key) for field in page.sheet.values}
    row, subtotals = FIRST_ROW, []
    _name_general_account(page)
    if len(page.sheet.keys) == 1:
        subtotals = list(range(row, row + len(groups)))
        row = _write_single(page, row, groups, formulas)
    else:
        for _, run in groupby(groups, key=lambda group: group.key[0]):
            row = _write_run(page, row, tuple(run), formulas)
            subtotals.append(row - 1)
    if not groups:
        page.say(row, NOTHING)
        row += 1
    _write_total(page, row, subtotals, rollup.sums(rollup.rows))
    page.total = row
    page.finish(row, row - 1)


def _write_single(
    page: Page, row: int, groups: Sequence[Group], formulas: Mapping[str, str]
) -> int:
    """Write the groups of a single key, which need no 小計; give the next row."""
    for at, group in enumerate(groups, row):
        _write_group(page, at, group, formulas)
    end = row + len(groups)
    if groups:
        page.runs.append(Run("", row, end, end))
    return end


def _write_run(page: Page, row: int, run: Sequence[Group], formulas: Mapping[str, str]) -> int:
    """Write the groups of one first key and their 小計; give the next row."""
    for at, group in enumerate(run, row):
        _write_group(page, at, group, formulas)
    end = row + len(run)
    words = page.contents.definition
    keys = [field.key for field in page.sheet.keys]
    values: dict[str, Content] = {keys[0]: run[0].key[0], keys[1]: words.subtotal}
    for field in page.sheet.values:
        column = page.sheet.column(field.key)
        total = sum_of([xl_range(row, column, end - 1, column)])
        values[field.key] = Formula(total, _figure((group.sums for group in run), field.key))
    page.write(end, values, "subtotal")
    page.runs.append(Run(run[0].key[0], row, end, end))
    return end + 1


def _write_group(page: Page, row: int, group: Group, formulas: Mapping[str, str]) -> None:
    keys = [field.key for field in page.sheet.keys]
    values = {key: Formula(text, _figure([group.sums], key)) for key, text in formulas.items()}
    names = dict(zip(keys, group.key, strict=True))
    page.write(row, {**names, **values}, "row", folds=len(keys) > 1)


def _formula(page: Page, measure: str) -> str:
    """Give the formula of a column, for all rows of groups."""
    sheet, definition = page.sheet, page.contents.definition
    if measure == "other_accounts":
        return "=" + "-".join(page.here(key).removeprefix("$") for key in _SPLIT)
    cells = {field.key: page.here(field.key) for field in sheet.keys}
    if measure == "count":
        return count_where(definition, cells)
    if measure == "general_account":
        column = sheet.column(measure)
        cells["account"] = xl_rowcol_to_cell(HEADING_ROW, column, row_abs=True, col_abs=True)
        measure = "requested"
    return sum_where(definition, cells, measure)


_SPLIT = ("requested", "general_account")


def _write_total(page: Page, row: int, subtotals: Sequence[int], sums: Sums) -> None:
    definition = page.contents.definition
    label = f"{definition.all_accounts} {definition.total}"
    values: dict[str, Content] = {page.sheet.keys[0].key: label}
    for field in page.sheet.values:
        column = page.sheet.column(field.key)
        total = sum_of([xl_rowcol_to_cell(at, column) for at in subtotals])
        values[field.key] = Formula(total, _figure([sums], field.key))
    page.write(row, values, "total")


def _figure(sums: Iterable[Sums], measure: str) -> int:
    return sum(getattr(one, measure) for one in sums)


def _name_general_account(page: Page) -> None:
    # The formulas of this column compare 会計 with its heading, which shows as うち一般会計.
    if any(field.key == "general_account" for field in page.sheet.values):
        name = page.contents.rollup.settings.accounts[0].name
        page.heading("general_account", name, "account_heading")
