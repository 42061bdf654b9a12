"""The sheets of sums: 会計・款別 and the like, 財源内訳, and 債務負担行為調書; every figure is a formula over 一覧."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.definition import FIRST_ROW, HEADING_ROW, RowRun
from yosan_xl.excel.summary.formulas import count_where, share_of, sum_down, sum_of_cells, sum_where
from yosan_xl.excel.summary.page import NO_REQUESTS, ListRow, SummaryPage
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import ContractAuthorization
from yosan_xl.model.rollup import (
    Group,
    NamedSource,
    Rollup,
    SummaryRow,
    Sums,
    tenths_of_percent,
)

NO_CONTRACT = "債務負担行為のある要求書はありません。"
_NO_SHARE = "－"  # 統計表の表記: no figure, which is not 0
_SPLIT = ("requested", "general_account")


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
            figures = {key: sum(getattr(one.sums, key) for one in run) for key in formulas}
            _write_subtotal(page=page, first=row, end=end, names=names, figures=figures)
            summed.append(end)
        else:
            page.runs.append(RowRun("", row, end, end))
            summed += range(row, end)
        row = end + (len(keys) > 1)
    sums = rollup.sums(rollup.rows)
    _finish(
        page=page,
        row=row,
        nothing=NO_REQUESTS,
        summed=summed,
        figures={key: getattr(sums, key) for key in formulas},
    )


def write_funding(page: SummaryPage) -> None:
    """Write a block per account, one of all accounts, and then the grants by name."""
    rollup, row = page.contents.rollup, FIRST_ROW
    groups = rollup.groups(["account"])
    for group in groups:
        row = _write_sources(page, row, group)
    if not groups:
        page.say(row, NO_REQUESTS)
        row += 1
    page.total = _write_all_sources(page, row, rollup.sums(rollup.rows))
    end = page.write_rows(page.total + 1, _named_sources(page, groups))
    page.finish(end - 1, end - 1)


def write_contracts(page: SummaryPage) -> None:
    """Write the requests of each account that bind later years with its 小計, and 計 (地方自治法 第214条)."""
    rollup, row = page.contents.rollup, FIRST_ROW
    limit = _formula_of_request(page, "limit")
    for group in rollup.groups(["account"]):
        bound = [one for one in group.rows if _binds(one.request.contract_authorization)]
        for at, one in enumerate(bound, row):
            values = _contract(rollup, one)
            page.write(at, {**values, "limit": Formula(limit, _limits([one]))}, "row", folds=True)
        if bound:
            names = {"account": group.key[0], "kan": page.contents.definition.subtotal}
            _write_subtotal(
                page=page,
                first=row,
                end=row + len(bound),
                names=names,
                figures={"limit": _limits(bound)},
            )
            row += len(bound) + 1
    page.entries = sum(run.end - run.first for run in page.runs)
    summed = [run.total for run in page.runs]
    _finish(
        page=page,
        row=row,
        nothing=NO_CONTRACT,
        summed=summed,
        figures={"limit": _limits(rollup.rows)},
    )


def _write_subtotal(
    page: SummaryPage,
    first: int,
    end: int,
    names: Mapping[str, Content],
    figures: Mapping[str, int],
) -> None:
    """Write the sums of the rows from `first` on below them, and keep where they are."""
    sums = {
        key: sum_down(sheet=page.sheet, key=key, first=first, end=end, value=figure)
        for key, figure in figures.items()
    }
    page.write(end, {**names, **sums}, "subtotal")
    page.runs.append(RowRun(str(names[page.sheet.keys[0].key]), first, end, end))


def _finish(
    page: SummaryPage, row: int, nothing: str, summed: Sequence[int], figures: Mapping[str, int]
) -> None:
    """Write 計 of all accounts, with the sentence `nothing` above it where there is nothing to sum."""
    words = page.contents.definition
    if not page.runs:
        page.say(row, nothing)
        row += 1
    sums = {key: sum_of_cells(page.sheet, key, summed, figure) for key, figure in figures.items()}
    label = f"{words.all_accounts} {words.total}"
    page.write(row, {page.sheet.keys[0].key: label, **sums}, "total")
    page.total = row
    page.finish(row, row - 1)


def _write_group(page: SummaryPage, row: int, group: Group, formulas: Mapping[str, str]) -> None:
    keys = [field.key for field in page.sheet.keys]
    values = {key: Formula(text, getattr(group.sums, key)) for key, text in formulas.items()}
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
    if measure == "general_account":
        column = sheet.column(measure)
        cells["account"] = xl_rowcol_to_cell(HEADING_ROW, column, row_abs=True, col_abs=True)
        measure = "requested"
    return sum_where(definition, cells, measure)


def _formula_of_request(page: SummaryPage, amount: str) -> str:
    # File and sheet are what tells every request from every other, even one without NO or ID.
    cells = {key: page.here(key) for key in ("file", "sheet")}
    return sum_where(page.contents.definition, cells, amount)


def _name_general_account(page: SummaryPage) -> None:
    # The formulas of this column compare 会計 with its heading, which shows as うち一般会計.
    if any(field.key == "general_account" for field in page.sheet.values):
        name = page.contents.rollup.settings.accounts[0].name
        page.heading("general_account", name, "account_heading")


def _write_sources(page: SummaryPage, row: int, group: Group) -> int:
    """Write the sources of an account and its 計; return the next row."""
    definition, account, sums = page.contents.definition, group.key[0], group.sums
    end = row + len(SOURCES)
    for at, source in enumerate(SOURCES, row):
        formula = sum_where(definition, {"account": page.here("account")}, source)
        values: dict[str, Content] = {
            "account": account,
            "source": definition.labels[source],
            "amount": Formula(formula, getattr(sums, source)),
            "share": _share(
                page=page, row=at, total_row=end, part=getattr(sums, source), whole=sums.funding
            ),
        }
        page.write(at, values, "row", folds=True)
    share = _share(page=page, row=end, total_row=end, part=sums.funding, whole=sums.funding)
    names: dict[str, Content] = {"account": account, "source": definition.total, "share": share}
    _write_subtotal(page=page, first=row, end=end, names=names, figures={"amount": sums.funding})
    return end + 1


def _write_all_sources(page: SummaryPage, row: int, sums: Sums) -> int:
    """Write the block of all accounts, each source summed over them; return its last row."""
    definition, last = page.contents.definition, row + len(SOURCES)
    labels = [*(definition.labels[source] for source in SOURCES), definition.total]
    amounts = [*(getattr(sums, source) for source in SOURCES), sums.funding]
    for place, (label, amount) in enumerate(zip(labels, amounts, strict=True)):
        at, summed = row + place, [run.first + place for run in page.runs]
        values: dict[str, Content] = {
            "account": definition.all_accounts,
            "source": label,
            "amount": sum_of_cells(page.sheet, "amount", summed, amount),
            "share": _share(page=page, row=at, total_row=last, part=amount, whole=sums.funding),
        }
        page.write(at, values, "total" if at == last else "row")
    return last


def _named_sources(page: SummaryPage, groups: Sequence[Group]) -> Iterator[ListRow]:
    """Yield the grants and notes of every account by source."""
    for group in groups:
        for source in SOURCES:
            for named in page.contents.rollup.named_sources(group.rows, source):
                yield ListRow(_named_source(page, named, group.key[0]))


def _named_source(page: SummaryPage, named: NamedSource, account: str) -> Mapping[str, Content]:
    request, place = named.row.request, named.row.source
    return {
        "account": account,
        "source": page.contents.definition.labels[named.source],
        "no": request.no,
        "department": page.contents.rollup.unit(request).name,
        "name": named.name,
        "named_amount": Formula(_formula_of_request(page, named.source), named.amount or 0),
        "file": place.file,
        "sheet": place.sheet,
    }


def _share(page: SummaryPage, row: int, total_row: int, part: int, whole: int) -> Formula:
    column = page.sheet.column("amount")
    cell, total = (xl_rowcol_to_cell(at, column) for at in (row, total_row))
    tenths = tenths_of_percent(part, whole)
    value = _NO_SHARE if tenths is None else tenths / 10
    return Formula(share_of(cell, total, _NO_SHARE), value)


def _contract(rollup: Rollup, one: SummaryRow) -> Mapping[str, Content]:
    request, contract = one.request, one.request.contract_authorization
    return {
        "account": rollup.key(one, "account"),
        "no": request.no,
        "kan": rollup.key(one, "kan"),
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


def _limits(rows: Sequence[SummaryRow]) -> int:
    return sum(one.request.contract_authorization.limit or 0 for one in rows)
