"""概要 and the tables of sums: by 会計 and 款, by 部 and 課, by 要求区分, by 財源; accounts never mixed unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, Stage
from yosan_xl.model.intake import LEFT_OUT, UnitState, asked
from yosan_xl.model.money import Money, with_commas, with_unit
from yosan_xl.model.rollup import Group, Sums
from yosan_xl.report.page.contents import PageContents
from yosan_xl.report.page.element import Markup, element, joined
from yosan_xl.report.page.figures import (
    Bar,
    bar_chart,
    cell,
    in_words,
    money,
    share,
    source_looks,
    stacked_chart,
    table_row,
    wide_table,
)

SUBTOTAL, SUM = "小計", "計"


def headline(contents: PageContents) -> Markup:
    """Return the totals in large type, in the reader's words."""
    rollup = contents.rollup
    sums = rollup.sums(rollup.rows)
    total = contents.of_all_accounts(contents.asked)
    said = in_words(sums.requested, contents.unit)
    cards = [
        *_account_cards(contents, sums),
        *_source_cards(contents, sums),
        _card(
            "要求の件数",
            sums.count,
            f"{len(rollup.groups(['department_code'])):,} の所管課から",
            unit="件",
        ),
    ]
    main = [
        _card(total, sums.requested, said, contents.unit),
        *(_stage_card(contents, stage, sums) for stage in contents.stages if stage.key != ASKED),
    ]
    return joined(
        [
            element("dl", *main, class_="cards main"),
            element("dl", *cards, class_="cards"),
            _left_out(contents),
        ]
    )


def _account_cards(contents: PageContents, sums: Sums) -> Iterator[Markup]:
    if general := contents.general_account:
        for label, amount in (
            (f"うち{general}", sums.general_account),
            (f"うち{general}以外", sums.other_accounts),
        ):
            yield _part_card(contents, label, amount, sums.requested)


def _source_cards(contents: PageContents, sums: Sums) -> Iterator[Markup]:
    axes = contents.axes
    whole = sums.funding(ASKED, [one.key for one in axes.sources])
    if axes.specific:
        amount = sums.funding(ASKED, axes.specific)
        alone = axes.specific[0] if len(axes.specific) == 1 else SPECIFIC
        yield _part_card(contents, f"うち{axes.source_label(alone)}", amount, whole)
    if axes.rest:
        label = f"うち{axes.source_label(axes.rest)}"
        yield _part_card(contents, label, sums.amount(ASKED, axes.rest), whole)


def _part_card(contents: PageContents, label: str, amount: int, whole: int) -> Markup:
    return _card(label, amount, f"構成比 {share(amount, whole)}", contents.unit)


def _stage_card(contents: PageContents, stage: Stage, sums: Sums) -> Markup:
    """Return what a stage comes to; while it is not whole, of how many requests."""
    amount, given = sums.amount(stage.key), sums.given[stage.key]
    said = f"{given:,}件の{SUM}"
    if stage.key == DECIDED:
        said = f"{_difference(contents)} {with_unit(amount - sums.requested, contents.unit)}"
        if given < sums.count:
            said = f"{sums.count:,}件のうち、決まった{given:,}件の{SUM}"
    return _card(contents.of_all_accounts(stage.label), amount, said, contents.unit)


def _card(label: str, amount: int, said: str, unit: str) -> Markup:
    figure = element("b", with_commas(amount), element("small", unit))
    return element("div", element("dt", label), element("dd", figure, element("span", said)))


def _difference(contents: PageContents) -> str:
    """Return `要求額との差`, what is decided less what is asked for; 増減 alone is against the year before."""
    return f"{contents.asked}との差"


def charts(contents: PageContents) -> Markup:
    """Return the charts: by 款, by 部, by 要求区分, and the shares of 財源, as far as the form has them."""
    figures = [*_bar_charts(contents)]
    if contents.axes.sources:
        shares = _accounts(contents)
        figures.append(stacked_chart("財源の内訳", shares, source_looks(contents.axes)))
    key = _key(contents, contents.decided) if contents.decided else ""
    return joined([key, element("div", *figures, class_="charts")])


def _bar_charts(contents: PageContents) -> Iterator[Markup]:
    keys = contents.keys
    if "kan" in keys:
        several = len(_accounts(contents)) > 1 and "account" in keys
        title = f"{keys['kan']}別の{contents.asked}"
        yield _bar_chart(contents, title, contents.present("account", "kan"), several=several)
    for key in (contents.present("bureau", "section")[:1]) + contents.present("category"):
        title = contents.of_all_accounts(f"{keys[key]}別の{contents.asked}")
        yield _bar_chart(contents, title, (key,), several=True)


def _bar_chart(
    contents: PageContents, title: str, keys: tuple[str, ...], *, several: bool
) -> Markup:
    """Return a bar for every group; its account is named where there are several."""
    bars: list[Bar] = []
    for group in contents.rollup.groups(keys):
        label = "　".join(group.key if several else group.key[-1:])
        budgeted = group.sums.budgeted if contents.decided else None
        bars.append(Bar(label or _none(contents, keys[0]), group.sums.requested, budgeted))
    return bar_chart(title, bars, contents.unit)


def _none(contents: PageContents, key: str) -> str:
    """Return what stands for no 部."""
    return f"（{contents.keys[key]}なし）"


def _all(contents: PageContents) -> str:
    """Return `全会計の計`, in a form that does not tell accounts apart `計`."""
    keys = contents.keys
    return f"全{keys['account']}の{SUM}" if "account" in keys else SUM


def _accounts(contents: PageContents) -> list[tuple[str, Sums]]:
    """Return the sums of each account, and of all where there are several."""
    rollup, keys = contents.rollup, contents.keys
    if "account" not in keys:
        return [(SUM, rollup.sums(rollup.rows))]
    found = [(group.key[0], group.sums) for group in rollup.groups(["account"])]
    whole = [(f"全{keys['account']}", rollup.sums(rollup.rows))] if len(found) > 1 else []
    return [*whole, *found]


def _key(contents: PageContents, decided: Stage) -> Markup:
    return element(
        "p",
        element("span", class_="key asked", aria_hidden="true"),
        f"{contents.asked}　",
        element("span", class_="key decided", aria_hidden="true"),
        decided.label,
        class_="key-list",
    )


def _left_out(contents: PageContents) -> Markup:
    """Say what is in no total, what is in them in spite of errors, and who is missing."""
    intake = contents.intake
    told = [
        f"{words} {len(some):,}件（{with_unit(asked(some), contents.unit)}）{rest}"
        for words, some, rest in (
            (LEFT_OUT, intake.left_out, "は、どの合計にも入っていません。"),
            ("金額か財源に誤りのある要求", intake.anyway, "が、合計に入っています。"),
            (
                "二度提出された要求",
                () if contents.public else intake.again,
                "は、一度だけ数えています。",
            ),
        )
        if some
    ]
    if not contents.public:
        told += [
            f"{what} {len(units):,}課（{intake.status.names(units)}）。"
            for what, units in (
                (UnitState.MISSING.value, intake.status.missing),
                ("期限後の提出", intake.status.handed_in_late),
            )
            if units
        ]
    return joined([element("p", *told, class_="notice", role="note")] if told else [])


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
    labels = [one.label for one in contents.axes.sources]
    each = f"（{contents.keys[first[0]]}ごと）" if first else ""
    return _sums(
        contents,
        f"財源別{each}",
        [contents.keys[first[0]] if first else "区分"],
        [*(head for label in labels for head in (label, "構成比")), SUM],
        element("tbody", *(_funding_row(contents, one.key[0], one.sums) for one in groups))
        if first
        else joined([]),
        element("tfoot", _funding_row(contents, _all(contents), rollup.sums(rollup.rows))),
    )


def stages_table(contents: PageContents) -> Markup:
    """Return what each stage comes to, and what of it is of each 財源."""
    sums = contents.rollup.sums(contents.rollup.rows)
    sources = contents.axes.sources
    rows = [
        table_row(
            stage.label,
            *(
                money(sums.amount(stage.key, one.key) if one.key in stage.amounts else None)
                for one in sources
            ),
            money(sums.amount(stage.key)),
        )
        for stage in contents.stages
    ]
    heads = [*(one.label for one in sources), SUM]
    caption = contents.of_all_accounts("段階別")
    return _sums(contents, caption, ["段階"], heads, element("tbody", *rows))


def _sums(
    contents: PageContents,
    caption: str,
    keys: Sequence[str],
    amounts: Sequence[str],
    *bodies: Markup,
) -> Markup:
    heads = [*((key, None) for key in keys), *((amount, "n") for amount in amounts)]
    unit = f"単位：{contents.unit}"
    if _difference(contents) in amounts:
        unit += f"（財源などの内訳は{contents.asked}のもの）"
    return wide_table(caption, unit, heads, *bodies, class_="sums")


def _amount_heads(contents: PageContents, first: tuple[str, ...]) -> list[str]:
    heads = ["件数"]
    for stage in contents.stages:
        heads.append(stage.label)
        if stage.key == DECIDED:
            heads.append(_difference(contents))
    if general := _told_apart(contents, first):
        heads += [f"うち{general}", f"うち{general}以外"]
    return [*heads, *(one.label for one in contents.axes.sources)]


def _told_apart(contents: PageContents, first: tuple[str, ...]) -> str | None:
    """Return the name of 一般会計 where rows are of several accounts."""
    return None if "account" in first else contents.general_account


def _body(contents: PageContents, groups: list[Group], first: tuple[str, ...]) -> Markup:
    name = "　".join(groups[0].key[: len(first)]) or (_none(contents, first[0]) if first else "")
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
    amounts: list[int | None] = []
    for stage in contents.stages:
        amounts.append(sums.amount(stage.key))
        if stage.key == DECIDED:
            amounts.append(Money(sums.budgeted - sums.requested))
    if _told_apart(contents, first):
        amounts += [sums.general_account, sums.other_accounts]
    amounts += [sums.amount(ASKED, one.key) for one in contents.axes.sources]
    return [cell(f"{sums.count:,}", "n"), *map(money, amounts)]


def _funding_row(contents: PageContents, name: str, sums: Sums) -> Markup:
    sources = [one.key for one in contents.axes.sources]
    whole = sums.funding(ASKED, sources)
    cells = [
        one
        for source in sources
        for one in (
            money(sums.amount(ASKED, source)),
            cell(share(sums.amount(ASKED, source), whole), "n"),
        )
    ]
    return table_row(name, *cells, money(whole))
