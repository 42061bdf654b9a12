"""The tables of sums: by 会計 and 款, by 部 and 課, by 要求区分, by 財源; accounts never mixed unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from yosan_xl.model.money import ThousandYen
from yosan_xl.model.rollup import SOURCES, Group, SummaryRow
from yosan_xl.report.page.contents import Contents, budgeted_of
from yosan_xl.report.page.element import Markup, element
from yosan_xl.report.page.figures import money, share

_DIFFERENCE = "要求額との差"
"""予算額 less 要求額; 増減 alone is against the year before."""
_UNIT, _UNIT_DECIDED = "単位：千円", "単位：千円（財源などの内訳は要求額のもの）"
SUBTOTAL, TOTAL, ALL = "小計", "計", "全会計"
_KEYS = {"account": "会計", "kan": "款", "bureau": "部", "section": "課", "category": "要求区分"}


def grouped_table(contents: Contents, caption: str, first: str, second: str) -> Markup:
    """Give the sums by two keys, with a 小計 for each of the first, and 計."""
    rollup = contents.rollup
    groups = groupby(rollup.groups([first, second]), lambda group: group.key[0])
    total = _total(contents, first)
    return _table(
        caption,
        [_KEYS[first], _KEYS[second]],
        _amount_heads(contents, first),
        *(_body(contents, name, list(run), first) for name, run in groups),
        element("tfoot", total),
    )


def funding_table(contents: Contents) -> Markup:
    """Give what each 会計 asks of each 財源 (千円), and its share."""
    rollup = contents.rollup
    groups = rollup.groups(["account"])
    rows = [_funding_row(group.key[0], group.rows, contents) for group in groups]
    heads = [label for source in SOURCES for label in (source_label(contents, source), "構成比")]
    return _table(
        "財源別（会計ごと）",
        ["会計"],
        [*heads, "計"],
        element("tbody", *rows),
        element("tfoot", _funding_row(f"{ALL}の{TOTAL}", rollup.rows, contents)),
    )


def source_label(contents: Contents, source: str) -> str:
    """Give the form's word for a 財源."""
    return contents.label(f"/funding/{source}/amount")


def wide(caption: str, table: Markup) -> Markup:
    """Give a table that scrolls sideways where it is wider than the screen, by keyboard too."""
    return element(
        "div",
        table,
        class_="wide",
        role="region",
        aria_label=f"{caption}（横に動かせます）",
        tabindex=0,
    )


def _table(caption: str, keys: Sequence[str], amounts: Sequence[str], *bodies: Markup) -> Markup:
    heads = [element("th", key, scope="col") for key in keys]
    heads += [element("th", amount, scope="col", class_="n") for amount in amounts]
    unit = _UNIT_DECIDED if _DIFFERENCE in amounts else _UNIT
    table = element(
        "table",
        element("caption", caption, element("small", unit)),
        element("thead", element("tr", *heads)),
        *bodies,
        class_="sums",
    )
    return wide(caption, table)


def _amount_heads(contents: Contents, first: str) -> list[str]:
    decided = ["予算額", _DIFFERENCE] if contents.decided else []
    general = f"うち{contents.rollup.settings.accounts[0].name}"
    accounts = [] if first == "account" else [general, f"{general}以外"]
    return ["件数", "要求額", *decided, *accounts, *(source_label(contents, s) for s in SOURCES)]


def _body(contents: Contents, name: str, groups: list[Group], first: str) -> Markup:
    rows = [row for group in groups for row in group.rows]
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
    last = element(
        "tr", element("th", SUBTOTAL, scope="row"), *_cells(contents, rows, first), class_="sub"
    )
    return element("tbody", *lines, last)


def _total(contents: Contents, first: str) -> Markup:
    head = element("th", f"{ALL}の{TOTAL}", colspan=2, scope="row")
    return element("tr", head, *_cells(contents, contents.rollup.rows, first))


def _cells(contents: Contents, rows: Sequence[SummaryRow], first: str) -> list[Markup]:
    sums = contents.rollup.sums(rows)
    amounts = [sums.requested]
    if contents.decided:
        budgeted = budgeted_of(rows)
        amounts += [budgeted, ThousandYen(budgeted - sums.requested)]
    if first != "account":
        amounts += [sums.general_account, sums.other_accounts]
    amounts += [getattr(sums, source) for source in SOURCES]
    return [element("td", f"{sums.count:,}", class_="n"), *map(money, amounts)]


def _funding_row(name: str, rows: Sequence[SummaryRow], contents: Contents) -> Markup:
    sums = contents.rollup.sums(rows)
    cells = [
        cell
        for source in SOURCES
        for cell in (
            money(getattr(sums, source)),
            element("td", share(getattr(sums, source), sums.funding), class_="n"),
        )
    ]
    return element("tr", element("th", name, scope="row"), *cells, money(sums.funding))
