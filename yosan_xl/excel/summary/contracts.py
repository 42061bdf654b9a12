"""債務負担行為調書: what the requests bind later years to, per account (地方自治法 第214条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from yosan_xl.excel.rows import Formula, Value
from yosan_xl.excel.summary.formulas import sum_of, sum_where
from yosan_xl.excel.summary.grid import FIRST_ROW
from yosan_xl.excel.summary.page import Page, Run
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import ContractAuthorization
from yosan_xl.model.rollup import Group, Rollup, SummaryRow

NO_CONTRACT = "債務負担行為のある要求書はありません。"


def write_contracts(page: Page) -> None:
    """Write the requests of each account with its 小計, and 計 of all accounts."""
    rollup, row = page.contents.rollup, FIRST_ROW
    for group in rollup.groups(["account"]):
        bound = [one for one in group.rows if _binds(one.request.contract_authorization)]
        if bound:
            row = _write_account(page, row, group, bound)
    if not page.runs:
        page.say(row, NO_CONTRACT)
        row += 1
    _write_total(page, row, rollup.rows)
    page.total = row
    page.entries = sum(run.end - run.first for run in page.runs)
    page.finish(row, row - 1)


def _write_account(page: Page, row: int, group: Group, bound: Sequence[SummaryRow]) -> int:
    """Write an account's requests and their 小計; give the next row."""
    account, column = group.key[0], page.sheet.column("limit")
    for at, one in enumerate(bound, row):
        _write_request(page, at, one)
    end = row + len(bound)
    limit = Formula(sum_of([xl_range(row, column, end - 1, column)]), _limits(bound))
    words = {"account": account, "kan": page.contents.definition.subtotal}
    page.write(end, {**words, "limit": limit}, "subtotal")
    page.runs.append(Run(account, row, end, end))
    return end + 1


def _write_request(page: Page, row: int, one: SummaryRow) -> None:
    # File and sheet are what tells every request from every other, even one without NO or ID.
    cells = {key: page.here(key) for key in ("file", "sheet")}
    limit = Formula(sum_where(page.contents.definition, cells, "limit"), _limits([one]))
    values = _values(page.contents.rollup, one)
    page.write(row, {**values, "limit": limit}, "row", folds=True)


def _write_total(page: Page, row: int, rows: Sequence[SummaryRow]) -> None:
    definition, column = page.contents.definition, page.sheet.column("limit")
    cells = [xl_rowcol_to_cell(run.total, column) for run in page.runs]
    limit = Formula(sum_of(cells), _limits(rows))
    account = f"{definition.all_accounts} {definition.total}"
    page.write(row, {"account": account, "limit": limit}, "total")


def _values(rollup: Rollup, one: SummaryRow) -> Mapping[str, Value]:
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
    """Give `令和2年度～令和5年度`, and what of it is known."""
    if contract.term_start is None and contract.term_end is None:
        return None
    return "～".join(_label(year) for year in (contract.term_start, contract.term_end))


def _label(year: int | None) -> str:
    return "" if year is None else FiscalYear(year).label


def _binds(contract: ContractAuthorization) -> bool:
    return any((contract.term_start, contract.term_end, contract.limit))


def _limits(rows: Sequence[SummaryRow]) -> int:
    return sum(one.request.contract_authorization.limit or 0 for one in rows)
