"""概要: the year's figures at a glance, and the charts."""

from __future__ import annotations

from yosan_xl.model.intake import asked
from yosan_xl.model.money import ThousandYen, with_commas, with_unit
from yosan_xl.model.rollup import SOURCES, Group
from yosan_xl.report.page.bars import Bar, bar_chart, stacked_chart
from yosan_xl.report.page.contents import Contents, budgeted_of
from yosan_xl.report.page.element import Markup, element, joined
from yosan_xl.report.page.figures import in_words, share
from yosan_xl.report.page.sums import ALL, source_label


def headline(contents: Contents) -> Markup:
    """Give the totals in large type, in the reader's words."""
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
            ThousandYen(sums.funding - sums.general),
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


def charts(contents: Contents) -> Markup:
    """Give the four charts: by 款, by 部, by 要求区分, and the shares of 財源."""
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


def _bar(contents: Contents, group: Group, label: str) -> Bar:
    budgeted = budgeted_of(group.rows) if contents.decided else None
    return Bar(label, group.sums.requested, budgeted)


def _decided(contents: Contents, requested: int) -> list[Markup]:
    if not contents.decided:
        return []
    rows = contents.rollup.rows
    budgeted = budgeted_of(rows)
    done = sum(row.request.total.budgeted is not None for row in rows)
    said = f"要求額との差 {with_commas(budgeted - requested)}千円"
    if done < len(rows):
        said = f"{len(rows):,}件のうち、決まった{done:,}件の計"
    return [_card("予算額（全会計）", budgeted, said)]


def _card(label: str, amount: int, said: str, unit: str = "千円") -> Markup:
    figure = element("b", with_commas(amount), element("small", unit))
    return element("div", element("dt", label), element("dd", figure, element("span", said)))


def _left_out(contents: Contents) -> Markup:
    """Say what is in no total, what is in them in spite of errors, and who is missing."""
    intake = contents.intake
    told = [
        f"{words} {len(some):,}件（{with_unit(asked(some))}）{rest}"
        for words, some, rest in (
            ("未算入", intake.left_out, "は、どの合計にも入っていません。"),
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
                ("未提出", intake.status.missing),
                ("期限後の提出", intake.status.handed_in_late),
            )
            if units
        ]
    return joined([element("p", *told, class_="notice", role="note")] if told else [])
