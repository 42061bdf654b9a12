"""財源内訳: what is asked for and decided by source, and the grants by name; every figure is a formula over 一覧."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
    sum_of_columns,
    sum_of_sources,
    sum_where,
)
from yosan_xl.excel.summary.page import NO_REQUESTS, ListRow, SummaryPage
from yosan_xl.excel.summary.stages import OPEN, shown_no
from yosan_xl.excel.summary.sums import cells_of_request
from yosan_xl.model.axes import ASKED
from yosan_xl.model.money import tenths_of_percent
from yosan_xl.model.rollup import Group, NamedSource, SummaryRow

_NO_SHARE = "－"  # 統計表の表記: no figure, which is not 0


def write_funding(page: SummaryPage) -> None:
    """Write a block per account, one of all accounts, and then the grants by name."""
    rollup, row = page.contents.rollup, FIRST_ROW
    has_accounts = page.sheet.has("account")
    groups = rollup.groups(["account"] if has_accounts else [])
    for group in groups if has_accounts else ():
        row = _write_sources(page, row, group.key[0], group.rows)
    if not groups:
        page.say(row, NO_REQUESTS)
        row += 1
    row = _write_sources(page, row, "", rollup.rows)
    end = page.write_rows(row, _named_sources(page, groups))
    page.finish(end - 1, end - 1)


def _write_sources(page: SummaryPage, row: int, account: str, rows: Sequence[SummaryRow]) -> int:
    """Write the sources of an account, or of all together, and their 計; return the next row."""
    definition = page.contents.definition
    keys = {"account": page.here("account")} if account else {}
    names = {"account": account or definition.all_accounts} if page.sheet.has("account") else {}
    for source in asked_sources(definition.axes):
        own = {**names, "source": definition.axes.source_label(source)}
        page.write(row, {**own, **_figures(page, rows, keys, [source])}, "row")
        row += 1
    own = {**names, "source": definition.total}
    sums = _figures(page, rows, keys, asked_sources(definition.axes))
    sums |= _how_far(page, rows, keys)
    if account:
        page.write(row, {**own, **sums}, "subtotal")
    else:
        page.write_whole(row, own, sums)
    return row + 1


def _figures(
    page: SummaryPage,
    rows: Sequence[SummaryRow],
    keys: Mapping[str, str],
    sources: Sequence[str],
) -> dict[str, Content]:
    """Return what the requests whose keys equal cells ask for of these sources, its share, and what is decided of them."""
    definition = page.contents.definition
    value = _asked(rows, sources)
    columns = [amount_key(ASKED, source) for source in sources]
    found: dict[str, Content] = {
        "amount": Formula(sum_of_columns(definition, keys, columns), value),
        "share": _share(page, rows, keys, value),
    }
    known = [one for one in sources if one in definition.decided_sources]
    if page.sheet.has("drafted") and known:
        found["drafted"] = decided_of_sources(page, rows, keys, known)
    return found


def _share(
    page: SummaryPage, rows: Sequence[SummaryRow], keys: Mapping[str, str], part: int
) -> Formula:
    """Return the share in % of the amount beside it in what the requests whose keys equal cells ask for."""
    sources = asked_sources(page.contents.definition.axes)
    columns = [amount_key(ASKED, source) for source in sources]
    whole = sum_of_columns(page.contents.definition, keys, columns).removeprefix("=")
    return share(page.here("amount"), whole, part, _asked(rows, sources))


def share(cell: str, whole: str, part: int, value: int) -> Formula:
    """Return the share in % of a cell in a sum, of which `part` and `value` are the values."""
    tenths = tenths_of_percent(part, value)
    return Formula(share_of(cell, whole, _NO_SHARE), _NO_SHARE if tenths is None else tenths / 10)


def _asked(rows: Sequence[SummaryRow], sources: Sequence[str]) -> int:
    return sum(row.request.amount(ASKED, one) or 0 for row in rows for one in sources)


def _how_far(
    page: SummaryPage, rows: Sequence[SummaryRow], keys: Mapping[str, str]
) -> dict[str, Content]:
    is_shown = page.sheet.has("drafted") and page.contents.definition.decided_sources
    return {"how_far": how_far_funded(page, rows, keys)} if is_shown else {}


def decided_of_sources(
    page: SummaryPage, rows: Sequence[SummaryRow], keys: Mapping[str, str], sources: Sequence[str]
) -> Formula:
    """Return what is decided of sources; 未定 where that is not known of any request and source."""
    definition, values = page.contents.definition, page.contents.values
    stage = definition.plan.last
    decided = [row for row in rows if values.counts(row, stage)]
    amounts = [values.amount(row, stage, source) for row in decided for source in sources]
    is_known = bool(funded(page, decided)) or any(one is not None for one in amounts)
    value = sum(one or 0 for one in amounts) if is_known else OPEN
    return Formula(sum_of_sources(definition, keys, sources), value)


def funded(page: SummaryPage, rows: Sequence[SummaryRow]) -> int:
    """Return how many of these requests are decided with sources that are known."""
    definition, values = page.contents.definition, page.contents.values
    stage, rest = definition.plan.last, definition.axes.rest
    sources = definition.decided_sources
    return sum(values.is_funded(row, stage, sources, rest) for row in rows)


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


def _named_sources(page: SummaryPage, groups: Sequence[Group]) -> Iterator[ListRow]:
    """Yield the grants and notes of every account by source."""
    for group in groups:
        for source in asked_sources(page.contents.definition.axes):
            for named in page.contents.rollup.named_sources(group.rows, source):
                yield ListRow(_named_source(page, named, "".join(group.key)))


def _named_source(page: SummaryPage, named: NamedSource, account: str) -> Mapping[str, Content]:
    request, place = named.row.request, named.row.source
    cells, column = cells_of_request(page), amount_key(ASKED, named.source)
    formula = sum_where(page.contents.definition, cells, column)
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
