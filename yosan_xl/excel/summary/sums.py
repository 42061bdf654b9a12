"""The sheets of sums: 会計・款別 and the like, and 債務負担行為調書; every figure is a formula over 一覧."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.definition import (
    ASKED_TOTAL,
    FIRST_ROW,
    HEADING_ROW,
)
from yosan_xl.excel.summary.fields import amount_key, cell_of
from yosan_xl.excel.summary.formulas import (
    NO_FIGURE,
    count_where,
    how_far,
    sum_decided,
    sum_if_known,
    sum_where,
)
from yosan_xl.excel.summary.page import NO_REQUESTS, SummaryPage
from yosan_xl.excel.summary.stages import shown_no
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import ContractAuthorization
from yosan_xl.model.rollup import (
    SummaryRow,
    Sums,
)

NO_CONTRACT = "債務負担行為のある要求書はありません。"
_SPLIT = (ASKED_TOTAL, "general_account")


def figure(page: SummaryPage, rows: Sequence[SummaryRow], sums: Sums, key: str) -> int | str:
    """Return what a column of sums shows: an amount, 件数, 要求額 of one side of the accounts, or how far a stage is."""
    if stage := page.contents.definition.plan.of_key(key):
        staged = page.contents.values.sums(rows, stage)
        return staged.how_far if key == stage.count_key else staged.shown
    cell = cell_of(key)
    if cell and _of_change(page, key):
        known = sums.known(*cell)
        return NO_FIGURE if known is None and sums.lack_last_year else known or 0
    found: int = sums.amount(*cell) if cell else getattr(sums, key)
    return found


def _of_change(page: SummaryPage, key: str) -> str | None:
    """Return the column of what a column is worked out from, where that is last year's amount and not known of every request."""
    rollup, cell = page.contents.rollup, cell_of(key)
    if not cell or not any(row.request.lacks_last_year for row in rollup.rows):
        return None
    found = (one for one in rollup.axes.against_last_year() if one.key == cell[0])
    return next((amount_key(one.of[0]) for one in found), None)


def write_grouped(page: SummaryPage) -> None:
    """Write a row per group, 小計 per first key where there is a second, and 計 of all accounts."""
    rollup, keys = page.contents.rollup, [field.key for field in page.sheet.keys]
    _name_general_account(page)
    row, formulas = FIRST_ROW, _formulas(page, keys)
    groups = rollup.groups(keys)
    for _, found in groupby(groups, key=lambda group: group.key[0] if len(keys) > 1 else ""):
        run = tuple(found)
        for at, group in enumerate(run, row):
            names = dict(zip(keys, group.key, strict=True))
            page.write(at, {**names, **_sums(page, group.rows, group.sums, formulas)}, "row")
        row += len(run)
        if len(keys) > 1:
            names = {keys[0]: run[0].key[0], keys[1]: page.contents.definition.subtotal}
            rows = [each for one in run for each in one.rows]
            sums = _sums(page, rows, rollup.sums(rows), _formulas(page, keys[:1]))
            page.write(row, {**names, **sums}, "subtotal")
            row += 1
    sums = _sums(page, rollup.rows, rollup.sums(rollup.rows), _formulas(page, ()))
    _finish(page=page, row=row, nothing=NO_REQUESTS, sums=sums)


def _sums(
    page: SummaryPage, rows: Sequence[SummaryRow], sums: Sums, formulas: Mapping[str, str]
) -> dict[str, Content]:
    """Return the figures of a row of sums, by the formulas of its columns."""
    return {key: Formula(text, figure(page, rows, sums, key)) for key, text in formulas.items()}


def _formulas(page: SummaryPage, keys: Sequence[str]) -> Mapping[str, str]:
    """Return by column the formula over the rows of 一覧 that have the words of a row in these keys."""
    cells = {key: page.here(key) for key in keys}
    return {field.key: _formula(page, field.key, cells) for field in page.sheet.values}


def write_contracts(page: SummaryPage) -> None:
    """Write the requests of each account that bind later years with its 小計, and 計 (地方自治法 第214条)."""
    rollup, row, count = page.contents.rollup, FIRST_ROW, 0
    has_accounts = page.sheet.has("account")
    for group in rollup.groups(["account"] if has_accounts else []):
        bound = [one for one in group.rows if _binds(one.request.contract_authorization)]
        for one in bound:
            page.write(row, _contract(page, one), "row")
            row += 1
        if bound and has_accounts:
            names = {"account": group.key[0], _beside(page): page.contents.definition.subtotal}
            sums = _limits(page, bound, {"account": page.here("account")})
            page.write(row, {**names, **sums}, "subtotal")
            row += 1
        count += len(bound)
    page.entries = count
    _finish(page=page, row=row, nothing=NO_CONTRACT, sums=_limits(page, rollup.rows, {}))


def _beside(page: SummaryPage) -> str:
    """Return the column beside the account that says 小計: 款, or where there is none the unit."""
    return "kan" if page.sheet.has("kan") else "department"


def _finish(page: SummaryPage, row: int, nothing: str, sums: Mapping[str, Content]) -> None:
    """Write 計 of all accounts, with the sentence `nothing` above it where there is nothing to sum."""
    if row == FIRST_ROW:
        page.say(row, nothing)
        row += 1
    names = {page.sheet.keys[0].key: page.contents.definition.sum_label}
    page.write_whole(row, names, sums)
    page.finish(row, row - 1)


def _formula(page: SummaryPage, measure: str, cells: Mapping[str, str]) -> str:
    """Return the formula of a column over the rows of 一覧 whose keys equal cells."""
    definition = page.contents.definition
    if measure == "other_accounts":
        return "=" + "-".join(page.here(key).removeprefix("$") for key in _SPLIT)
    if measure == "count":
        return count_where(definition, cells, "file")
    if stage := definition.plan.of_key(measure):
        if measure == stage.count_key:
            return how_far(definition, cells, stage, page.here("count"))
        return sum_decided(definition, cells, stage)
    if of := _of_change(page, measure):
        return sum_if_known(definition, cells, measure, of)
    if measure == "general_account":
        heading = xl_rowcol_to_cell(HEADING_ROW, page.sheet.column(measure), True, True)
        return sum_where(definition, {**cells, "account": heading}, ASKED_TOTAL)
    return sum_where(definition, cells, measure)


def cells_of_request(page: SummaryPage) -> dict[str, str]:
    """Return the cells of a row that say which request of 一覧 it is."""
    # File and sheet are what tells every request from every other, even one without NO or ID.
    return {key: page.here(key) for key in ("file", "sheet")}


def _name_general_account(page: SummaryPage) -> None:
    # The formulas of this column compare 会計 with its heading, which shows as うち一般会計.
    if any(field.key == "general_account" for field in page.sheet.values):
        name = page.contents.rollup.settings.accounts[0].name
        page.heading("general_account", name, "account_heading")


def _contract(page: SummaryPage, one: SummaryRow) -> Mapping[str, Content]:
    request, contract = one.request, one.request.contract_authorization
    rollup = page.contents.rollup
    return {
        **rollup.keys(one),
        **_limits(page, [one], cells_of_request(page)),
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


def _limits(
    page: SummaryPage, rows: Sequence[SummaryRow], cells: Mapping[str, str]
) -> dict[str, Content]:
    """Return 限度額 of the requests whose keys equal cells, by its column; nothing in a form without it."""
    if not page.sheet.has("limit"):
        return {}
    value = sum(one.request.contract_authorization.limit or 0 for one in rows)
    return {"limit": Formula(sum_where(page.contents.definition, cells, "limit"), value)}
