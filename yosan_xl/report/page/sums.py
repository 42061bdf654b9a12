"""概要 and the tables of sums: by 会計 and 款, by 部 and 課, by 要求区分, by 財源; accounts never mixed unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from yosan_xl.model.axes import SOURCES
from yosan_xl.model.intake import LEFT_OUT, UnitState, asked
from yosan_xl.model.money import Money, with_commas, with_unit
from yosan_xl.model.rollup import Group, SummaryRow
from yosan_xl.report.page.contents import KEYS, PageContents, budgeted_of
from yosan_xl.report.page.element import Markup, element, joined
from yosan_xl.report.page.figures import (
    Bar,
    bar_chart,
    cell,
    in_words,
    money,
    share,
    stacked_chart,
    table_row,
    wide_table,
)

_DIFFERENCE = "要求額との差"
"""予算額 less 要求額; 増減 alone is against the year before."""
_UNIT, _UNIT_DECIDED = "単位：千円", "単位：千円（財源などの内訳は要求額のもの）"
SUBTOTAL, TOTAL, ALL = "小計", "計", "全会計"


def headline(contents: PageContents) -> Markup:
    """Return the totals in large type, in the reader's words."""
    rollup = contents.rollup
    sums = rollup.sums(rollup.rows)
    general = rollup.settings.accounts[0].name
    main = [
        _card("要求額（全会計）", sums.requested, in_words(sums.requested)),
        *_decided(contents, sums.requested),
    ]
    cards = [
        _card(
            f"うち{general}",
            sums.general_account,
            f"構成比 {share(sums.general_account, sums.requested)}",
        ),
        _card(
            f"うち{general}以外",
            sums.other_accounts,
            f"構成比 {share(sums.other_accounts, sums.requested)}",
        ),
        _card(
            "うち特定財源",
            Money(sums.funding - sums.general),
            f"構成比 {share(sums.funding - sums.general, sums.funding)}",
        ),
        _card("うち一般財源", sums.general, f"構成比 {share(sums.general, sums.funding)}"),
        _card(
            "要求の件数",
            sums.count,
            f"{len(rollup.groups(['department_code'])):,} の所管課から",
            unit="件",
        ),
    ]
    return joined(
        [
            element("dl", *main, class_="cards main"),
            element("dl", *cards, class_="cards"),
            _left_out(contents),
        ]
    )


def charts(contents: PageContents) -> Markup:
    """Return the four charts: by 款, by 部, by 要求区分, and the shares of 財源."""
    rollup = contents.rollup
    accounts = rollup.groups(["account"])
    several = len(accounts) > 1
    kan = [
        _bar(contents, g, "　".join(g.key) if several else g.key[1])
        for g in rollup.groups(["account", "kan"])
    ]
    bureaus = [_bar(contents, g, g.key[0] or "（部なし）") for g in rollup.groups(["bureau"])]
    categories = [_bar(contents, g, g.key[0]) for g in rollup.groups(["category"])]
    labels = [source_label(contents, source) for source in SOURCES]
    shares = [(g.key[0], g.sums) for g in accounts]
    if several:
        shares = [(ALL, rollup.sums(rollup.rows)), *shares]
    figures = [
        bar_chart("款別の要求額", kan),
        bar_chart("部別の要求額（全会計）", bureaus),
        bar_chart("要求区分別の要求額（全会計）", categories),
        stacked_chart("財源の内訳", shares, labels),
    ]
    key = element(
        "p",
        element("span", class_="key asked", aria_hidden="true"),
        "要求額　",
        element("span", class_="key decided", aria_hidden="true"),
        "予算額",
        class_="key-list",
    )
    return joined([key if contents.decided else "", element("div", *figures, class_="charts")])


def _bar(contents: PageContents, group: Group, label: str) -> Bar:
    budgeted = budgeted_of(group.rows) if contents.decided else None
    return Bar(label, group.sums.requested, budgeted)


def _decided(contents: PageContents, requested: int) -> list[Markup]:
    if not contents.decided:
        return []
    rows = contents.rollup.rows
    budgeted = budgeted_of(rows)
    done = sum(one.request.total.budgeted is not None for one in rows)
    said = f"要求額との差 {with_commas(budgeted - requested)}千円"
    if done < len(rows):
        said = f"{len(rows):,}件のうち、決まった{done:,}件の計"
    return [_card("予算額（全会計）", budgeted, said)]


def _card(label: str, amount: int, said: str, unit: str = "千円") -> Markup:
    figure = element("b", with_commas(amount), element("small", unit))
    return element("div", element("dt", label), element("dd", figure, element("span", said)))


def _left_out(contents: PageContents) -> Markup:
    """Say what is in no total, what is in them in spite of errors, and who is missing."""
    intake = contents.intake
    told = [
        f"{words} {len(some):,}件（{with_unit(asked(some))}）{rest}"
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


def grouped_table(contents: PageContents, caption: str, first: str, second: str) -> Markup:
    """Return the sums by two keys, with a 小計 for each of the first, and 計."""
    rollup = contents.rollup
    groups = groupby(rollup.groups([first, second]), lambda group: group.key[0])
    total = _total(contents, first)
    return _sums(
        caption,
        [KEYS[first], KEYS[second]],
        _amount_heads(contents, first),
        *(_body(contents, name, list(run), first) for name, run in groups),
        element("tfoot", total),
    )


def funding_table(contents: PageContents) -> Markup:
    """Return what each 会計 asks of each 財源 (千円), and its share."""
    rollup = contents.rollup
    groups = rollup.groups(["account"])
    rows = [_funding_row(group.key[0], group.rows, contents) for group in groups]
    heads = [label for source in SOURCES for label in (source_label(contents, source), "構成比")]
    return _sums(
        "財源別（会計ごと）",
        ["会計"],
        [*heads, "計"],
        element("tbody", *rows),
        element("tfoot", _funding_row(f"{ALL}の{TOTAL}", rollup.rows, contents)),
    )


def source_label(contents: PageContents, source: str) -> str:
    """Return the form's word for a 財源."""
    return contents.label(f"/funding/{source}/amount")


def _sums(caption: str, keys: Sequence[str], amounts: Sequence[str], *bodies: Markup) -> Markup:
    heads = [*((key, None) for key in keys), *((amount, "n") for amount in amounts)]
    unit = _UNIT_DECIDED if _DIFFERENCE in amounts else _UNIT
    return wide_table(caption, unit, heads, *bodies, class_="sums")


def _amount_heads(contents: PageContents, first: str) -> list[str]:
    decided = ["予算額", _DIFFERENCE] if contents.decided else []
    general = f"うち{contents.rollup.settings.accounts[0].name}"
    accounts = [] if first == "account" else [general, f"{general}以外"]
    return ["件数", "要求額", *decided, *accounts, *(source_label(contents, s) for s in SOURCES)]


def _body(contents: PageContents, name: str, groups: list[Group], first: str) -> Markup:
    rows = [one for group in groups for one in group.rows]
    lines = [
        element(
            "tr",
            element("th", name or "（部なし）", rowspan=len(groups) + 1, scope="rowgroup")
            if at == 0
            else "",
            element("th", group.key[1] or "-", scope="row"),
            *_cells(contents, group.rows, first),
        )
        for at, group in enumerate(groups)
    ]
    last = table_row(SUBTOTAL, *_cells(contents, rows, first), look="sub")
    return element("tbody", *lines, last)


def _total(contents: PageContents, first: str) -> Markup:
    head = element("th", f"{ALL}の{TOTAL}", colspan=2, scope="row")
    return element("tr", head, *_cells(contents, contents.rollup.rows, first))


def _cells(contents: PageContents, rows: Sequence[SummaryRow], first: str) -> list[Markup]:
    sums = contents.rollup.sums(rows)
    amounts = [sums.requested]
    if contents.decided:
        budgeted = budgeted_of(rows)
        amounts += [budgeted, Money(budgeted - sums.requested)]
    if first != "account":
        amounts += [sums.general_account, sums.other_accounts]
    amounts += [getattr(sums, source) for source in SOURCES]
    return [cell(f"{sums.count:,}", "n"), *map(money, amounts)]


def _funding_row(name: str, rows: Sequence[SummaryRow], contents: PageContents) -> Markup:
    sums = contents.rollup.sums(rows)
    cells = [
        one
        for source in SOURCES
        for one in (
            money(getattr(sums, source)),
            cell(share(getattr(sums, source), sums.funding), "n"),
        )
    ]
    return table_row(name, *cells, money(sums.funding))
