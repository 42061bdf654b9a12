"""The sheets of sums: 会計・款別 and the like, and 債務負担行為調書; every figure is a formula over 一覧."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.definition import (
    ASKED_TOTAL,
    FIRST_ROW,
    HEADING_ROW,
    RowRun,
)
from yosan_xl.excel.summary.fields import (
    cell_of,
)
from yosan_xl.excel.summary.formulas import (
    cells_of,
    count_where,
    how_far,
    sum_decided,
    sum_if_any,
    sum_of,
    sum_where,
)
from yosan_xl.excel.summary.page import NO_REQUESTS, SummaryPage
from yosan_xl.excel.summary.stages import shown_no
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import ContractAuthorization
from yosan_xl.model.rollup import (
    Group,
    SummaryRow,
    Sums,
)

NO_CONTRACT = "債務負担行為のある要求書はありません。"
_SPLIT = (ASKED_TOTAL, "general_account")


_NO_OTHERS: Mapping[str, Content] = MappingProxyType({})


def figure(page: SummaryPage, rows: Sequence[SummaryRow], sums: Sums, key: str) -> int | str:
    """Return what a column of sums shows: an amount, 件数, 要求額 of one side of the accounts, or how far a stage is."""
    if stage := page.contents.definition.plan.of_key(key):
        staged = page.contents.values.sums(rows, stage)
        return staged.how_far if key == stage.count_key else staged.shown
    cell = cell_of(key)
    found: int = sums.amount(*cell) if cell else getattr(sums, key)
    return found


def sum_up(
    page: SummaryPage,
    key: str,
    references: Sequence[str],
    value: int | str,
    where: Mapping[str, str],
) -> Formula:
    """Return the formula of a column in a row of sums: of cells above, or of the rows of 一覧 `where` keys equal cells."""
    definition = page.contents.definition
    stage = definition.plan.of_key(key)
    if stage is None:
        return Formula(sum_of(references), value)
    if key == stage.key():
        return Formula(sum_if_any(references), value)
    return Formula(how_far(definition, where, stage, page.here("count")), value)


def write_grouped(page: SummaryPage) -> None:
    """Write a row per group, 小計 per first key where there is a second, and 計 of all accounts."""
    rollup, keys = page.contents.rollup, [field.key for field in page.sheet.keys]
    formulas = {field.key: _formula(page, field.key) for field in page.sheet.values}
    _name_general_account(page)
    row, summed = FIRST_ROW, list[int]()
    groups = rollup.groups(keys)
    for _, found in groupby(groups, key=lambda group: group.key[0] if len(keys) > 1 else ""):
        run = tuple(found)
        end = row + len(run)
        for at, group in enumerate(run, row):
            _write_group(page, at, group, formulas)
        if len(keys) > 1:
            names = {keys[0]: run[0].key[0], keys[1]: page.contents.definition.subtotal}
            rows = [each for one in run for each in one.rows]
            figures = _figures(page, rows, formulas)
            write_subtotal(page=page, first=row, end=end, names=names, figures=figures)
            summed.append(end)
        else:
            page.runs.append(RowRun("", row, end, end))
            summed += range(row, end)
        row = end + (len(keys) > 1)
    figures = _figures(page, rollup.rows, formulas)
    _finish(page=page, row=row, nothing=NO_REQUESTS, summed=summed, figures=figures)


def _figures(
    page: SummaryPage, rows: Sequence[SummaryRow], keys: Iterable[str]
) -> dict[str, int | str]:
    sums = page.contents.rollup.sums(rows)
    return {key: figure(page, rows, sums, key) for key in keys}


def write_contracts(page: SummaryPage) -> None:
    """Write the requests of each account that bind later years with its 小計, and 計 (地方自治法 第214条)."""
    rollup, row, summed = page.contents.rollup, FIRST_ROW, list[int]()
    has_accounts = page.sheet.has("account")
    for group in rollup.groups(["account"] if has_accounts else []):
        bound = [one for one in group.rows if _binds(one.request.contract_authorization)]
        for at, one in enumerate(bound, row):
            page.write(at, _contract(page, one), "row", folds=has_accounts)
        end = row + len(bound)
        if bound and has_accounts:
            names = {"account": group.key[0], _beside(page): page.contents.definition.subtotal}
            figures = _limits(page, bound)
            write_subtotal(page=page, first=row, end=end, names=names, figures=figures)
            summed.append(end)
        elif bound:
            page.runs.append(RowRun("", row, end, end))
            summed += range(row, end)
        row = end + (bool(bound) and has_accounts)
    page.entries = sum(run.end - run.first for run in page.runs)
    figures = _limits(page, rollup.rows)
    _finish(page=page, row=row, nothing=NO_CONTRACT, summed=summed, figures=figures)


def _beside(page: SummaryPage) -> str:
    """Return the column beside the account that says 小計: 款, or where there is none the unit."""
    return "kan" if page.sheet.has("kan") else "department"


def write_subtotal(
    page: SummaryPage,
    first: int,
    end: int,
    names: Mapping[str, Content],
    figures: Mapping[str, int | str],
    others: Mapping[str, Content] = _NO_OTHERS,
) -> None:
    """Write the sums of the rows from `first` on below them, with `others`, and keep where they are."""
    own = page.sheet.keys[0].key
    where = {own: page.here(own)}
    sums = {
        key: sum_up(page, key, [down(page, key, first, end)], figure, where)
        for key, figure in figures.items()
    }
    page.write(end, {**names, **sums, **others}, "subtotal")
    page.runs.append(RowRun(str(names[own]), first, end, end))


def down(page: SummaryPage, key: str, first: int, end: int) -> str:
    """Return the cells of a column from row `first` (0-based) to the one before `end`."""
    column = page.sheet.column(key)
    return str(xl_range(first, column, end - 1, column))


def _finish(
    page: SummaryPage,
    row: int,
    nothing: str,
    summed: Sequence[int],
    figures: Mapping[str, int | str],
) -> None:
    """Write 計 of all accounts, with the sentence `nothing` above it where there is nothing to sum."""
    words = page.contents.definition
    if not page.runs:
        page.say(row, nothing)
        row += 1
    sums = {
        key: sum_up(page, key, cells_of(page.sheet, key, summed), figure, {})
        for key, figure in figures.items()
    }
    page.write(row, {page.sheet.keys[0].key: words.sum_label, **sums}, "total")
    page.total = row
    page.finish(row, row - 1)


def _write_group(page: SummaryPage, row: int, group: Group, formulas: Mapping[str, str]) -> None:
    keys = [field.key for field in page.sheet.keys]
    values = {
        key: Formula(text, figure(page, group.rows, group.sums, key))
        for key, text in formulas.items()
    }
    names = dict(zip(keys, group.key, strict=True))
    page.write(row, {**names, **values}, "row", folds=len(keys) > 1)


def _formula(page: SummaryPage, measure: str) -> str:
    """Return the formula of a column, for all rows of groups."""
    sheet, definition = page.sheet, page.contents.definition
    if measure == "other_accounts":
        return "=" + "-".join(page.here(key).removeprefix("$") for key in _SPLIT)
    cells = {field.key: page.here(field.key) for field in sheet.keys}
    if measure == "count":
        return count_where(definition, cells)
    if stage := definition.plan.of_key(measure):
        if measure == stage.count_key:
            return how_far(definition, cells, stage, page.here("count"))
        return sum_decided(definition, cells, stage)
    if measure == "general_account":
        column = sheet.column(measure)
        cells["account"] = xl_rowcol_to_cell(HEADING_ROW, column, row_abs=True, col_abs=True)
        measure = ASKED_TOTAL
    return sum_where(definition, cells, measure)


def formula_of_request(page: SummaryPage, amount: str) -> str:
    """Return the formula of an amount of the request that the row is of."""
    # File and sheet are what tells every request from every other, even one without NO or ID.
    cells = {key: page.here(key) for key in ("file", "sheet")}
    return sum_where(page.contents.definition, cells, amount)


def _name_general_account(page: SummaryPage) -> None:
    # The formulas of this column compare 会計 with its heading, which shows as うち一般会計.
    if any(field.key == "general_account" for field in page.sheet.values):
        name = page.contents.rollup.settings.accounts[0].name
        page.heading("general_account", name, "account_heading")


def _contract(page: SummaryPage, one: SummaryRow) -> Mapping[str, Content]:
    request, contract = one.request, one.request.contract_authorization
    rollup = page.contents.rollup
    limits = _limits(page, [one])
    return {
        **rollup.keys(one),
        **{key: Formula(formula_of_request(page, key), limit) for key, limit in limits.items()},
        "no": shown_no(one),
        "department": rollup.unit(request).name,
        "matter": request.title,
        "term": _term(contract),
        "term_start": contract.term_start,
        "term_end": contract.term_end,
        "file": one.source.file,
        "sheet": one.source.sheet,
    }


def _term(contract: ContractAuthorization) -> str | None:
    """Return `令和2年度～令和5年度`, and what of it is known."""
    years = (contract.term_start, contract.term_end)
    labels = ["" if year is None else FiscalYear(year).label for year in years]
    return "～".join(labels) if any(labels) else None


def _binds(contract: ContractAuthorization) -> bool:
    return any((contract.term_start, contract.term_end, contract.limit))


def _limits(page: SummaryPage, rows: Sequence[SummaryRow]) -> dict[str, int]:
    """Return 限度額 of requests together, by its column; nothing in a form without it."""
    limits = (one.request.contract_authorization.limit or 0 for one in rows)
    return {"limit": sum(limits)} if page.sheet.has("limit") else {}
