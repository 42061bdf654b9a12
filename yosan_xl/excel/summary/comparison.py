"""前年度比較: by 会計・款, by 会計・部 and request by request, what is asked now and what was; and 前年度一覧.

Rows, states and amounts are those of `compare` (model/two_years.py); here they become formulas.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from sys import intern

from yosan_xl.excel.rows import Content, Formula, Value
from yosan_xl.excel.summary.definition import ASKED_TOTAL, FIRST_ROW
from yosan_xl.excel.summary.fields import (
    asked_sources,
    last_key,
)
from yosan_xl.excel.summary.formulas import rate_of, sum_where, trend_of
from yosan_xl.excel.summary.page import ListRow, SummaryPage
from yosan_xl.excel.summary.stages import shown_no
from yosan_xl.model.axes import ASKED, DECIDED
from yosan_xl.model.comparison import By, ComparedRow, Figure, State, last_sources, sum_of_rows
from yosan_xl.model.department import Department
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.rollup import NOT_GIVEN, keys_of_request
from yosan_xl.model.two_years import AgainstLastYear, TwoYears

KIND = "last_list"
_NAMED = ("account", "kan", "bureau", "base", "file", "sheet", "next_file", "next_sheet")
_OF_CEILINGS = ("department_code", "category")
"""What シーリング looks last year's amounts up by besides."""

_NO_RATE = "－"  # 統計表の表記: no figure, which is not 0
_LAST, _NOW = Figure.EITHER, Figure.REQUESTED


@dataclass(frozen=True, slots=True)
class _Item:
    """A row: what it is in the comparison, what it shows, and the formulas that look its amounts up."""

    row: ComparedRow
    values: Mapping[str, Value]
    of_now: str = ""
    of_last: str = ""


def write_comparison(page: SummaryPage) -> None:
    """Write the blocks one below another, each with 小計 per account and a 計."""
    last_year = _last_year(page)
    page.note(f"{_said(page, last_year.years)}{page.sheet.note}")
    row = FIRST_ROW
    for by, label in _blocks(page).items():
        row = _write_block(page, row, label, _items(page, last_year, by))
    page.finish(row - 1, row - 1)


def _blocks(page: SummaryPage) -> dict[By, str]:
    """Return what is compared, and what each is called: `会計・款`, `会計・部`, 事業."""
    axes = page.contents.definition.axes
    wanted = (By.KAN, By.BUREAU) if page.contents.has_bureaus else (By.KAN,)
    kept = (by for by in wanted if by.is_of(axes))
    return {by: "・".join(by.words(axes).headings) for by in kept} | {By.REQUEST: "事業"}


def write_last_list(page: SummaryPage) -> None:
    """Write every request of last year, with the amount that this year is compared with."""
    last_year = _last_year(page)
    goes_on = _sources_now(page, last_year.years)
    rows = zip(last_year.rows, last_year.years.old_units, strict=True)
    listed = ({**_listed(*row), **goes_on.get(at, {})} for at, row in enumerate(rows))
    page.entries = page.write_list(map(ListRow, listed), "")
    sources = map(last_key, asked_sources(page.contents.definition.axes))
    keys = _OF_CEILINGS if page.contents.ceilings else ()
    page.name_columns(filter(page.sheet.has, (*_NAMED, *keys, *sources)), page.entries)


def _last_year(page: SummaryPage) -> AgainstLastYear:
    if page.contents.last_year is None:
        raise ValueError("no last year to compare with")
    return page.contents.last_year


def _listed(row: SummaryRow, unit: Department) -> dict[str, Value]:
    request = row.request
    return {
        **keys_of_request(request),
        "no": request.no,
        "department_code": unit.code if request.department_code else NOT_GIVEN,
        "bureau": unit.bureau,
        "section": unit.section,
        "title": request.title,
        "last_requested": request.amount(ASKED),
        "last_budgeted": request.amount(DECIDED),
        "base": _LAST.of(request) or 0,
        **{last_key(source): amount for source, amount in (last_sources(request) or {}).items()},
        "basis": (Figure.BUDGETED if _LAST.is_budgeted(request) else Figure.REQUESTED).word(
            request.axes
        ),
        "file": row.source.file,
        "sheet": row.source.sheet,
        "id": request.id,
    }


def _sources_now(page: SummaryPage, years: TwoYears) -> dict[int, dict[str, Value]]:
    """Return by the place of a request of last year where this year's request is that it became."""
    rows, successor = page.contents.rollup.rows, years.matching.successor
    return {
        one: {"next_file": rows[two].source.file, "next_sheet": rows[two].source.sheet}
        for one, two in successor.items()
    }


def _said(page: SummaryPage, years: TwoYears) -> str:
    """Say which amounts are compared, how many projects go on, and what is to be asked."""
    budgeted = sum(map(_LAST.is_budgeted, years.old.requests))
    states = [row.state for row in years.rows(By.REQUEST, _LAST, _NOW)]
    tally = "、".join(f"{state.value} {states.count(state)}件" for state in State)
    asked = len(years.matching.likely)
    now = _NOW.word(page.contents.definition.axes)
    decided, last = (one.word(years.old.axes) for one in (Figure.BUDGETED, Figure.REQUESTED))
    return (
        f"今年度は{now}、前年度は、{decided}のある{budgeted}件は{decided}、ない{len(years.old.requests) - budgeted}件は{last}です。"
        f"事業は、{tally}です。"
        + (f"同じ事業かもしれないものが {asked} 件あります（yosan-xl compare）。" if asked else "")
    )


def _items(page: SummaryPage, last_year: AgainstLastYear, by: By) -> list[_Item]:
    rows = last_year.years.rows(by, _LAST, _NOW)
    if by is not By.REQUEST:
        return [_group(page, by, row) for row in rows]
    units = last_year.years.old_units
    return [_request(page, last_year.rows, units, row) for row in rows]


def _group(page: SummaryPage, by: By, row: ComparedRow) -> _Item:
    keys = tuple(filter(page.sheet.has, ("account", by.value)))
    same = {key: key for key in keys}
    return _Item(row, {by.value: row.key[1]}, _of_now(page, keys), _of_last(page, same))


def _request(
    page: SummaryPage, before: Sequence[SummaryRow], units: Sequence[Department], row: ComparedRow
) -> _Item:
    # File and sheet are what tells every request from every other, even one without NO or ID.
    rollup = page.contents.rollup
    now, last = [rollup.rows[at] for at in row.after], [before[at] for at in row.before]
    goes_on = {"next_file": "file", "next_sheet": "sheet"}
    ended = {"file": "last_file", "sheet": "last_sheet"}
    request = (now or last)[0].request
    unit = rollup.unit(request) if now else units[row.before[0]]
    values = {
        **keys_of_request(request),
        "bureau": unit.bureau,
        "section": unit.section,
        "no": shown_no((now or last)[0]),
        "title": request.title,
        **_places("", now),
        **_places("last_", last),
    }
    of_last = _of_last(page, goes_on if now else ended) if last else ""
    return _Item(row, values, _of_now(page, ("file", "sheet")) if now else "", of_last)


def _places(prefix: str, rows: Sequence[SummaryRow]) -> dict[str, Value]:
    """Return where requests stand; of several that became one all are named."""
    files = dict.fromkeys(row.source.file for row in rows)
    sheets = (row.source.sheet or "" for row in rows)
    return {f"{prefix}file": "、".join(files), f"{prefix}sheet": "、".join(sheets)} if rows else {}


def _of_now(page: SummaryPage, keys: Sequence[str]) -> str:
    """Return the formula of what the row of these keys asks for."""
    return sum_where(page.contents.definition, {key: page.here(key) for key in keys}, ASKED_TOTAL)


def _of_last(page: SummaryPage, keys: Mapping[str, str]) -> str:
    """Return the formula of last year's amount; `keys` are columns of 前年度一覧 and of this sheet."""
    cells = {key: page.here(own) for key, own in keys.items()}
    return sum_where(page.contents.definition, cells, "base", KIND)


def _write_block(page: SummaryPage, row: int, label: str, items: Sequence[_Item]) -> int:
    """Write a block by account, each with its 小計, and the sum of all; return the next row."""
    words, has_accounts = page.contents.definition, page.sheet.has("account")
    beside = "kan" if page.sheet.has("kan") else "bureau"
    for account, found in groupby(items, key=lambda item: item.row.key[0] if has_accounts else ""):
        run = list(found)
        for at, item in enumerate(run, row):
            _write_item(page, at, label, item)
        row += len(run)
        if has_accounts:
            names = {"block": label, "account": account, beside: words.subtotal}
            page.write(row, {**names, **_sums(page, run, ("account",))}, "subtotal")
            row += 1
    # Without accounts the name of the block stands alone in the columns that stay in view.
    beside = "account" if has_accounts else "bureau"
    page.write_whole(row, {"block": label, beside: words.sum_label}, _sums(page, items, ()))
    return row + 1


def _write_item(page: SummaryPage, at: int, label: str, item: _Item) -> None:
    row = item.row
    values: dict[str, Content] = {**item.values, "block": label, "account": row.key[0]}
    if item.of_now:
        values[ASKED_TOTAL] = Formula(item.of_now, row.new.sum)
    if item.of_last:
        values["last"] = Formula(item.of_last, row.old.sum)
    page.write(at, {**values, **_change(page, row)}, "row")


def _sums(page: SummaryPage, items: Sequence[_Item], keys: Sequence[str]) -> dict[str, Content]:
    """Return the sums of both years over the rows of these keys, and how they differ."""
    row = sum_of_rows((), [item.row for item in items])
    return {
        ASKED_TOTAL: Formula(_of_now(page, keys), row.new.sum),
        "last": Formula(_of_last(page, {key: key for key in keys}), row.old.sum),
        **_change(page, row),
    }


def _change(page: SummaryPage, row: ComparedRow) -> dict[str, Content]:
    """Return 増減額, 増減率 and 増減; whether a row is 皆増 or 皆減 its requests say, and no amount."""
    asked, before, change = (
        page.here(key).removeprefix("$") for key in (ASKED_TOTAL, "last", "change")
    )
    goes_on = row.state is State.CONTINUED
    return {
        "change": Formula(intern(f"={asked}-{before}"), row.change),
        "rate": Formula(
            intern(rate_of(change, before, _NO_RATE)),
            _NO_RATE if row.rate is None else row.rate / 10,
        ),
        "trend": Formula(intern(trend_of(change)), row.trend) if goes_on else row.trend,
    }
