"""Requests to sum up: the nine of the examples, and many made ones with awkward names."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence

from openpyxl.workbook import Workbook

from tests.lazy_book import lazy_book
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.form.load import load_definition
from yosan_xl.model.comparison import YearRequests
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession, SuccessionRow
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.settings import Account, Settings
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.resources import data_root
from yosan_xl.usecases.succession import two_years

SETTINGS = Settings(
    municipality="港区",
    year=FiscalYear(2020),
    form="minato-r2",
    accounts=(
        Account("一般会計", ("議会費", "総務費", "民生費", "衛生費")),
        Account("国民健康保険事業会計", ("総務費", "保険給付費")),
        Account("介護保険会計", ("総務費",)),
    ),
    categories=("新規事業", "臨時事業", "レベルアップ事業"),
)
AXES = load_definition("minato-r2").axes
AWKWARD = ("総務費", "総*費", "総?費", "~総務費", "=総務費", "<>総務費", "ABC", "abc", "")
"""款 that SUMIFS would take for patterns or for one another."""


def roster() -> Roster:
    """Give the roster of the examples."""
    path = data_root() / "examples" / "R2" / "組織.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = tuple(csv.DictReader(file))
    return Roster(tuple(Department(row["コード"], row["部"], row["課"]) for row in rows))


def row(sheet: int = 1, **changes: object) -> SummaryRow:
    """Give a request of 100千円 from 0301 in the sheet 要求書<sheet>, with changes to it."""
    document: Document = {
        "id": None,
        "no": None,
        "department": {"code": "0301", "bureau": "企画経営部", "section": "企画課"},
        "account": "一般会計",
        "kan": "総務費",
        "title": "事業",
        "category": "新規事業",
        "total": {"requested": 100, "earmarked": None},
        "funding": {"general": {"name": None, "amount": 100}},
        **changes,
    }
    place = Place("0301_企画課.xlsx", f"要求書{sheet}")
    return SummaryRow(Request.from_document(document, AXES), place)


def nine() -> tuple[SummaryRow, ...]:
    """Give the nine requests of the examples, NO 55 to 63."""
    path = data_root() / "examples" / "R2" / "requests.json"
    documents = json.loads(path.read_text(encoding="utf-8"))
    requests = [Request.from_document(document, AXES) for document in documents]
    return tuple(
        SummaryRow(request, Place(f"{request.department_code}.xlsx", f"要求書{at}"))
        for at, request in enumerate(requests, 1)
    )


def many(count: int) -> tuple[SummaryRow, ...]:
    """Give requests of many accounts, 款 and units, every amount another; none names a grant."""
    units = [*roster(), Department("", "", ""), Department("9999", "知らない部", "知らない課")]
    return tuple(_made(at, units[at % len(units)]) for at in range(count))


def _made(at: int, unit: Department) -> SummaryRow:
    accounts = [*(account.name for account in SETTINGS.accounts), "=知らない会計*", None]
    amounts = dict(
        zip([one.key for one in AXES.sources], (at, None, 3 * at, 1000 * at - 7000), strict=True)
    )
    return row(
        at,
        no=None if at % 7 == 0 else at,
        department={"code": unit.code, "bureau": unit.bureau, "section": unit.section},
        account=accounts[at % len(accounts)],
        kan=AWKWARD[at % len(AWKWARD)],
        category=[*SETTINGS.categories, None][at % 4],
        total={"requested": 1004 * at - 7000, "earmarked": 4 * at},
        funding={source: {"name": None, "amount": amount} for source, amount in amounts.items()},
    )


def book_bytes(rows: Sequence[SummaryRow], findings: Sequence[Finding] = ()) -> bytes:
    """Give the summary of these rows."""
    return summary_bytes(rows, findings, SETTINGS, roster())


def against(
    rows: Sequence[SummaryRow], last: Sequence[SummaryRow], *links: SuccessionRow
) -> AgainstLastYear:
    """Bring the rows together with those of the year before; `links` are the rows of 対応表.csv."""
    before = Rollup.of(last, SETTINGS, roster(), AXES).rows
    years = [
        YearRequests(year.short, year, tuple(row.request for row in found), roster(), SETTINGS)
        for year, found in (
            (FiscalYear(2019), before),
            (SETTINGS.year, Rollup.of(rows, SETTINGS, roster(), AXES).rows),
        )
    ]
    return AgainstLastYear(before, two_years(years[0], years[1], Succession(links))[0])


def opened(content: bytes, values: bool = True) -> Workbook:
    """Open a workbook with its cached values, or with its formulas."""
    return lazy_book(content, values=values)


def table(book: Workbook, sheet: str) -> list[dict[str, object]]:
    """Give the rows of a sheet by heading; row 4 holds the headings."""
    rows = list(book[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(map(str, rows[0]), found, strict=True)) for found in rows[1:]]
