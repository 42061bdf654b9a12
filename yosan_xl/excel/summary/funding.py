"""財源内訳: what is asked for and decided by source, and the grants by name; every figure is a formula over 一覧."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.utility import xl_rowcol_to_cell

from yosan_xl.excel.rows import Content, Formula
from yosan_xl.excel.summary.definition import FIRST_ROW
from yosan_xl.excel.summary.fields import (
    amount_key,
    asked_sources,
)
from yosan_xl.excel.summary.formulas import (
    count_decided,
    count_funded,
    count_where,
    share_of,
    sum_down,
    sum_if_any,
    sum_of,
    sum_of_cells,
    sum_of_source,
    sum_where,
)
from yosan_xl.excel.summary.page import NO_REQUESTS, ListRow, SummaryPage
from yosan_xl.excel.summary.stages import OPEN, shown_no
from yosan_xl.excel.summary.sums import down, formula_of_request, write_subtotal
from yosan_xl.model.axes import ASKED
from yosan_xl.model.money import tenths_of_percent
from yosan_xl.model.rollup import Group, NamedSource, SummaryRow, Sums

_NO_SHARE = "－"  # 統計表の表記: no figure, which is not 0


def write_funding(page: SummaryPage) -> None:
    """Write a block per account, one of all accounts, and then the grants by name."""
    rollup, row = page.contents.rollup, FIRST_ROW
    has_accounts = page.sheet.has("account")
    groups = rollup.groups(["account"] if has_accounts else [])
    for group in groups if has_accounts else ():
        row = _write_sources(page, row, group)
    if not groups:
        page.say(row, NO_REQUESTS)
        row += 1
    page.total = _write_all_sources(page, row, rollup.sums(rollup.rows))
    end = page.write_rows(page.total + 1, _named_sources(page, groups))
    page.finish(end - 1, end - 1)


def _write_sources(page: SummaryPage, row: int, group: Group) -> int:
    """Write the sources of an account and its 計; return the next row."""
    definition, account, sums = page.contents.definition, group.key[0], group.sums
    sources = asked_sources(definition.axes)
    end, whole = row + len(sources), sums.funding(ASKED, sources)
    for at, source in enumerate(sources, row):
        keys, part = {"account": page.here("account")}, sums.amount(ASKED, source)
        formula = sum_where(definition, keys, amount_key(ASKED, source))
        values: dict[str, Content] = {
            "account": account,
            "source": definition.axes.source_label(source),
            "amount": Formula(formula, part),
            "share": _share(page=page, row=at, total_row=end, part=part, whole=whole),
            **_drafted(page, group.rows, keys, source),
        }
        page.write(at, values, "row", folds=True)
    share = _share(page=page, row=end, total_row=end, part=whole, whole=whole)
    names: dict[str, Content] = {"account": account, "source": definition.total, "share": share}
    write_subtotal(
        page=page,
        first=row,
        end=end,
        names=names,
        figures={"amount": whole},
        others=_drafted_sum(page, group.rows, keys, row, end),
    )
    return end + 1


def _drafted(
    page: SummaryPage, rows: Sequence[SummaryRow], keys: Mapping[str, str], source: str
) -> dict[str, Content]:
    """Return what is decided of a source, by the rows of 一覧 whose keys equal cells."""
    if not page.sheet.has("drafted") or source not in page.contents.definition.decided_sources:
        return {}
    return {"drafted": decided_of_source(page, rows, keys, source)}


def _drafted_sum(
    page: SummaryPage, rows: Sequence[SummaryRow], keys: Mapping[str, str], start: int, end: int
) -> dict[str, Content]:
    """Return the sum of what is decided of the sources, and of how many requests that is."""
    if not page.sheet.has("drafted") or not page.contents.definition.decided_sources:
        return {}
    return {
        "drafted": sum_of_sources(page, rows, [down(page, "drafted", start, end)]),
        "how_far": how_far_funded(page, rows, keys),
    }


def decided_of_source(
    page: SummaryPage, rows: Sequence[SummaryRow], keys: Mapping[str, str], source: str
) -> Formula:
    """Return what is decided of a source; 未定 where that is not known of any request."""
    definition, values = page.contents.definition, page.contents.values
    stage = definition.plan.last
    decided = [row for row in rows if values.counts(row, stage)]
    amounts = [values.amount(row, stage, source) for row in decided]
    is_known = bool(funded(page, decided)) or any(one is not None for one in amounts)
    value = sum(one or 0 for one in amounts) if is_known else OPEN
    return Formula(sum_of_source(definition, keys, source), value)


def sum_of_sources(
    page: SummaryPage, rows: Sequence[SummaryRow], references: Sequence[str]
) -> Formula:
    """Return the sum of the cells of the sources; 未定 where all say so."""
    each = [decided_of_source(page, rows, {}, one).value for one in _decided_sources(page)]
    known = [one for one in each if isinstance(one, int)]
    return Formula(sum_if_any(references), sum(known) if known else OPEN)


def funded(page: SummaryPage, rows: Sequence[SummaryRow]) -> int:
    """Return how many of these requests are decided with sources that are known."""
    definition, values = page.contents.definition, page.contents.values
    stage, rest = definition.plan.last, definition.axes.rest
    return sum(values.is_funded(row, stage, _decided_sources(page), rest) for row in rows)


def how_far_funded(
    page: SummaryPage, rows: Sequence[SummaryRow], keys: Mapping[str, str]
) -> Formula:
    """Return of how many requests of all the sources are known, and of how many decided ones they are not: `18 / 29、財源未定 4件`."""
    definition = page.contents.definition
    sums = page.contents.values.sums(rows, definition.plan.last)
    known = funded(page, rows)
    said = f"{known} / {len(rows)}" + (
        f"、財源未定 {sums.decided - known}件" if sums.decided > known else ""
    )
    decided, own = (
        count_decided(definition, keys, definition.plan.last),
        count_funded(definition, keys),
    )
    whole = count_where(definition, keys, "file").removeprefix("=")
    text = f'={own}&" / "&{whole}&IF({decided}>{own},"、財源未定 "&({decided}-{own})&"件","")'
    return Formula(text, said)


def _decided_sources(page: SummaryPage) -> tuple[str, ...]:
    return page.contents.definition.decided_sources


def _write_all_sources(page: SummaryPage, row: int, sums: Sums) -> int:
    """Write the block of all accounts, each source summed over them; return its last row."""
    definition = page.contents.definition
    sources = asked_sources(definition.axes)
    last, whole = row + len(sources), sums.funding(ASKED, sources)
    labels = [*map(definition.axes.source_label, sources), definition.total]
    amounts = [*(sums.amount(ASKED, source) for source in sources), whole]
    rows = page.contents.rollup.rows
    drafted = [
        *(_drafted(page, rows, {}, source) for source in sources),
        _drafted_sum(page, rows, {}, row, last),
    ]
    for place, (label, amount) in enumerate(zip(labels, amounts, strict=True)):
        at = row + place
        values: dict[str, Content] = {
            "account": definition.all_accounts,
            "source": label,
            "amount": _of_all_accounts(page=page, row=row, place=place, amount=amount),
            "share": _share(page=page, row=at, total_row=last, part=amount, whole=whole),
            **drafted[place],
        }
        page.write(at, values, "total" if at == last else "row")
    return last


def _of_all_accounts(page: SummaryPage, row: int, place: int, amount: int) -> Formula:
    """Return the sum of a source over the accounts; in a form without accounts that over 一覧."""
    definition, sheet = page.contents.definition, page.sheet
    if sheet.has("account"):
        return sum_of_cells(sheet, "amount", [run.first + place for run in page.runs], amount)
    sources = asked_sources(definition.axes)
    if place == len(sources):
        return sum_down(sheet=sheet, key="amount", first=row, end=row + place, value=amount)
    return Formula(sum_of([definition.range_name(amount_key(ASKED, sources[place]))]), amount)


def _named_sources(page: SummaryPage, groups: Sequence[Group]) -> Iterator[ListRow]:
    """Yield the grants and notes of every account by source."""
    for group in groups:
        for source in asked_sources(page.contents.definition.axes):
            for named in page.contents.rollup.named_sources(group.rows, source):
                yield ListRow(_named_source(page, named, "".join(group.key)))


def _named_source(page: SummaryPage, named: NamedSource, account: str) -> Mapping[str, Content]:
    request, place = named.row.request, named.row.source
    formula = formula_of_request(page, amount_key(ASKED, named.source))
    return {
        "account": account,
        "source": page.contents.definition.axes.source_label(named.source),
        "no": shown_no(named.row),
        "department": page.contents.rollup.unit(request).name,
        "name": named.name,
        "named_amount": Formula(formula, named.amount or 0),
        "file": place.file,
        "sheet": place.sheet,
    }


def _share(page: SummaryPage, row: int, total_row: int, part: int, whole: int) -> Formula:
    column = page.sheet.column("amount")
    cell, total = (xl_rowcol_to_cell(at, column) for at in (row, total_row))
    tenths = tenths_of_percent(part, whole)
    value = _NO_SHARE if tenths is None else tenths / 10
    return Formula(share_of(cell, total, _NO_SHARE), value)
