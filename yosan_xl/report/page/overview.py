"""概要: the totals in large type, and charts."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, Stage
from yosan_xl.model.intake import LEFT_OUT, UnitState, asked
from yosan_xl.model.money import with_commas, with_unit
from yosan_xl.model.rollup import Sums
from yosan_xl.model.text import by_word
from yosan_xl.report.page.contents import SUM, PageContents
from yosan_xl.report.page.element import Markup, element, joined
from yosan_xl.report.page.figures import (
    NO_FIGURE,
    Bar,
    bar_chart,
    in_words,
    share,
    source_looks,
    stacked_chart,
)


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
    if axes.specific and axes.rest:
        amount = sums.funding(ASKED, axes.specific)
        alone = axes.specific[0] if len(axes.specific) == 1 else SPECIFIC
        yield _part_card(contents, f"うち{axes.source_label(alone)}", amount, whole)
    if axes.rest:
        label = f"うち{axes.source_label(axes.rest)}"
        yield _part_card(contents, label, sums.amount(ASKED, axes.rest), whole)


def _asked_beside_others(contents: PageContents) -> str:
    """Return what is asked for, in the form's word, where amounts of other stages stand beside it; else nothing."""
    others = any(one.key != ASKED for one in contents.stages)
    return contents.axes.stage(ASKED).label if others else ""


def _part_card(contents: PageContents, label: str, amount: int, whole: int) -> Markup:
    # Beside what is decided, the parts of what was asked for say so: they stand below the amounts of all stages.
    asked = _asked_beside_others(contents)
    return _card(
        f"{asked}の{label}" if asked else label,
        amount,
        f"構成比 {share(amount, whole)}",
        contents.unit,
    )


def _stage_card(contents: PageContents, stage: Stage, sums: Sums) -> Markup:
    """Return what a stage comes to; while it is not whole, of how many requests."""
    amount, given = contents.sum_of(sums, stage), sums.given.get(stage.key, 0)
    said = f"{given:,}件の{SUM}" if given else ""
    if unknown := contents.unknown(sums, stage):
        said = "、".join(filter(None, (said, unknown)))
    if stage.key == DECIDED:
        said = f"{contents.difference} {with_unit((amount or 0) - sums.requested, contents.unit)}"
    if how_far := contents.how_far(sums, stage):
        said = f"{how_far}（決まった分の{SUM}）"
    return _card(contents.of_all_accounts(stage.label), amount, said, contents.unit)


def _card(label: str, amount: int | None, said: str, unit: str) -> Markup:
    """Return a figure in large type, `-` where it is not known."""
    known = NO_FIGURE if amount is None else with_commas(amount)
    figure = element("b", known, "" if amount is None else element("small", unit))
    return element("div", element("dt", label), element("dd", figure, element("span", said)))


def charts(contents: PageContents) -> Markup:
    """Return the charts: by 款, by 部, by 要求区分, and the shares of 財源, as far as the form has them."""
    figures = [*_bar_charts(contents)]
    if contents.axes.sources:
        shares = _accounts(contents)
        asked = _asked_beside_others(contents)
        title = f"財源の内訳（{asked}）" if asked else "財源の内訳"
        figures.append(stacked_chart(title, shares, source_looks(contents.axes)))
    key = _key(contents, contents.decided) if contents.decided else ""
    return joined([key, element("div", *figures, class_="charts")])


def _bar_charts(contents: PageContents) -> Iterator[Markup]:
    keys = contents.keys
    if "kan" in keys:
        several = len(_accounts(contents)) > 1 and "account" in keys
        title = f"{by_word(keys['kan'])}の{contents.asked}"
        yield _bar_chart(contents, title, contents.present("account", "kan"), several=several)
    for key in (contents.present("bureau", "section")[:1]) + contents.present("category"):
        title = contents.of_all_accounts(f"{by_word(keys[key])}の{contents.asked}")
        yield _bar_chart(contents, title, (key,), several=True)


def _bar_chart(
    contents: PageContents, title: str, keys: tuple[str, ...], *, several: bool
) -> Markup:
    """Return a bar for every group; its account is named where there are several."""
    bars: list[Bar] = []
    for group in contents.rollup.groups(keys):
        label = "　".join(group.key if several else group.key[-1:])
        decided = contents.decided
        budgeted = contents.sum_of(group.sums, decided) if decided else None
        how_far = contents.how_far(group.sums, decided) if decided else ""
        name = label or contents.none(keys[0])
        bars.append(Bar(name, group.sums.requested, budgeted, how_far))
    return bar_chart(title, bars, contents.unit)


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
