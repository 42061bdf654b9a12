"""The tables of sums: by 会計 and 款, by 部 and 課, by 要求区分, by 財源; accounts never mixed unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from yosan_xl.model.axes import ASKED, DECIDED, Source, Stage, amount_label, has_total_alone
from yosan_xl.model.rollup import Group, Sums
from yosan_xl.report.page.contents import OPEN, SUM, PageContents
from yosan_xl.report.page.element import Markup, element, joined
from yosan_xl.report.page.figures import (
    NO_FIGURE,
    cell,
    money,
    share,
    table_row,
    wide_table,
)

SUBTOTAL = "小計"


def grouped_table(
    contents: PageContents, name: str, first: tuple[str, ...], rest: tuple[str, ...]
) -> Markup:
    """Return the sums by keys, with a 小計 for each of the first ones, if there are any, and 計."""
    groups = contents.rollup.groups([*first, *rest])
    runs = groupby(groups, lambda group: group.key[: len(first)])
    keys = [contents.keys[key] for key in rest]
    return _sums(
        contents,
        f"{name}の{contents.asked}",
        [*(["・".join(contents.keys[key] for key in first)] if first else []), *keys],
        _amount_heads(contents, first),
        *(_body(contents, list(run), first) for _, run in runs),
        element("tfoot", _total(contents, len(rest) + bool(first), first)),
    )


def funding_table(contents: PageContents) -> Markup:
    """Return what is asked of each 財源, by 会計 where the form has it, and its share."""
    rollup = contents.rollup
    first = contents.present("account", "kan")[:1]
    groups = rollup.groups(first) if first else ()
    sources = contents.axes.sources
    decided = [one.label for one in [contents.decided] if one]
    each = f"（{contents.keys[first[0]]}ごと）" if first else ""
    return _sums(
        contents,
        f"財源別{each}",
        [contents.keys[first[0]] if first else "区分"],
        [*(head for one in sources for head in _source_heads(contents, one)), SUM, *decided],
        element("tbody", *(_funding_row(contents, one.key[0], one.sums) for one in groups))
        if first
        else joined([]),
        element("tfoot", _funding_row(contents, _all(contents), rollup.sums(rollup.rows))),
    )


def _source_heads(contents: PageContents, source: Source) -> Iterator[str]:
    yield from (source.label, "構成比")
    if contents.decided and source.key in contents.decided.amounts:
        yield amount_label(contents.decided, source.label)


def stages_table(contents: PageContents) -> Markup:
    """Return what each stage comes to, and what of it is of each 財源."""
    requests = [row.request for row in contents.rollup.rows]
    sums = contents.rollup.sums(contents.rollup.rows)
    sources = contents.axes.sources

    def of_source(stage: str, source: str) -> Markup:
        is_given = any(one.amount(stage, source) is not None for one in requests)
        is_open = any(has_total_alone(stage, one.amounts) for one in requests)
        return money(sums.known(stage, source) if is_given and not is_open else None)

    rows = [
        table_row(
            stage.label,
            *(of_source(stage.key, one.key) for one in sources),
            stage_cell(contents, sums, stage),
        )
        for stage in contents.stages
    ]
    heads = [*(one.label for one in sources), SUM]
    caption = contents.of_all_accounts("段階別")
    return _sums(contents, caption, ["段階"], heads, element("tbody", *rows))


def _all(contents: PageContents) -> str:
    """Return `全会計の計`, in a form that does not tell accounts apart `計`."""
    keys = contents.keys
    return f"全{keys['account']}の{SUM}" if "account" in keys else SUM


def _sums(
    contents: PageContents,
    caption: str,
    keys: Sequence[str],
    amounts: Sequence[str],
    *bodies: Markup,
) -> Markup:
    heads = [*((key, None) for key in keys), *((amount, "n") for amount in amounts)]
    unit = f"単位：{contents.unit}"
    if contents.difference in amounts and len(amounts) > len(contents.stages) + 2:
        unit += f"（財源などの内訳は{contents.asked}のもの）"
    return wide_table(caption, unit, heads, *bodies, class_="sums")


def _amount_heads(contents: PageContents, first: tuple[str, ...]) -> list[str]:
    heads = ["件数"]
    for stage in contents.stages:
        heads.append(stage.label)
        if stage.key == DECIDED:
            heads.append(contents.difference)
    if general := _told_apart(contents, first):
        heads += [f"うち{general}", f"うち{general}以外"]
    return [*heads, *(one.label for one in contents.axes.sources)]


def _told_apart(contents: PageContents, first: tuple[str, ...]) -> str | None:
    """Return the name of 一般会計 where rows are of several accounts."""
    return None if "account" in first else contents.general_account


def _body(contents: PageContents, groups: list[Group], first: tuple[str, ...]) -> Markup:
    name = "　".join(groups[0].key[: len(first)]) or (contents.none(first[0]) if first else "")
    head = element("th", name, rowspan=len(groups) + 1, scope="rowgroup") if first else ""
    lines = [
        element(
            "tr",
            "" if at else head,
            *(element("th", word or "-", scope="row") for word in group.key[len(first) :]),
            *_cells(contents, group.sums, first),
        )
        for at, group in enumerate(groups)
    ]
    sums = contents.rollup.sums([one for group in groups for one in group.rows])
    keys = len(groups[0].key) - len(first)
    last = element(
        "tr",
        element("th", SUBTOTAL, scope="row", colspan=keys if keys > 1 else None),
        *_cells(contents, sums, first),
        class_="sub",
    )
    return element("tbody", *lines, last if first else "")


def _total(contents: PageContents, columns: int, first: tuple[str, ...]) -> Markup:
    head = element("th", _all(contents), colspan=columns, scope="row")
    sums = contents.rollup.sums(contents.rollup.rows)
    return element("tr", head, *_cells(contents, sums, first))


def _cells(contents: PageContents, sums: Sums, first: tuple[str, ...]) -> list[Markup]:
    cells = [cell(f"{sums.count:,}", "n")]
    for stage in contents.stages:
        cells.append(stage_cell(contents, sums, stage))
        if stage.key == DECIDED:
            cells.append(money(contents.difference_of(sums)))
    amounts: list[int] = []
    if _told_apart(contents, first):
        amounts += [sums.general_account, sums.other_accounts]
    amounts += [sums.amount(ASKED, one.key) for one in contents.axes.sources]
    return [*cells, *map(money, amounts)]


def stage_cell(contents: PageContents, sums: Sums, stage: Stage) -> Markup:
    """Return what a stage comes to; 未定 where nothing is decided, and how far it is while not all is."""
    amount = contents.sum_of(sums, stage)
    nothing = OPEN if stage.by == "finance" and sums.count else NO_FIGURE
    how_far = "" if amount is None else contents.how_far(sums, stage)
    return money(amount, nothing=nothing, said=how_far or contents.unknown(sums, stage))


def _funding_row(contents: PageContents, name: str, sums: Sums) -> Markup:
    sources = [one.key for one in contents.axes.sources]
    whole = sums.funding(ASKED, sources)
    cells = [
        one
        for source in sources
        for one in (
            money(sums.amount(ASKED, source)),
            cell(share(sums.amount(ASKED, source), whole), "n"),
            *_decided_cells(contents, sums, source),
        )
    ]
    last = [stage_cell(contents, sums, one) for one in [contents.decided] if one]
    return table_row(name, *cells, money(whole), *last)


def _decided_cells(contents: PageContents, sums: Sums, source: str) -> Iterator[Markup]:
    """Yield what is decided of a source; of decisions without their sources it says so."""
    if contents.decided and source in contents.decided.amounts:
        funded, given = sums.funded.get(DECIDED, 0), sums.given.get(DECIDED, 0)
        known = sums.amount(DECIDED, source)
        amount = known if funded or known else None
        said = f"財源未定 {given - funded:,}件" if given > funded else ""
        yield money(amount, nothing=OPEN, said="" if amount is None else said)
