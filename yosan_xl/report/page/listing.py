"""一覧: one row per request, each leading to its sheet; the filters that narrow both."""

from __future__ import annotations

from collections.abc import Iterable

from yosan_xl.model.rollup import NOT_GIVEN, SummaryRow
from yosan_xl.report.page.contents import Contents
from yosan_xl.report.page.element import Markup, element
from yosan_xl.report.page.figures import money
from yosan_xl.report.page.request import LEFT_OUT, sheet_id
from yosan_xl.report.page.sums import wide

FILTERS = {"account": "会計", "kan": "款", "bureau": "部", "section": "課", "category": "要求区分"}


def filter_form(contents: Contents) -> Markup:
    """Give the filters; they stay hidden until the page's script shows them."""
    return element(
        "form",
        element(
            "label",
            "ことばで探す",
            element(
                "input",
                type="search",
                id="words",
                autocomplete="off",
                placeholder="事業名、本文など",
            ),
            class_="search",
        ),
        *(_choice(contents, field, label) for field, label in FILTERS.items()),
        element("button", "条件を消す", type="reset"),
        id="filters",
        role="search",
        aria_label="要求の絞り込み",
        hidden=True,
    )


def listing_table(contents: Contents) -> Markup:
    """Give the table of all requests that are shown."""
    heads = [
        ("NO", "n"),
        ("事業名", None),
        ("所管課", "far"),
        ("会計・款", "far"),
        ("要求区分", "far"),
        ("要求額", "n"),
    ]
    heads += [("予算額", "n")] if contents.decided else []
    heads += [("うち特財", "n far"), ("一般財源", "n far")]
    counted = len(contents.rollup.rows)
    rows = [_row(contents, row, at, at >= counted) for at, row in enumerate(contents.shown)]
    table = element(
        "table",
        element("caption", "要求の一覧", element("small", "単位：千円")),
        element(
            "thead",
            element("tr", *(element("th", word, scope="col", class_=look) for word, look in heads)),
        ),
        element("tbody", *rows),
        class_="list",
        id="list",
    )
    return wide("要求の一覧", table)


def _choice(contents: Contents, field: str, label: str) -> Markup:
    options = [element("option", word, value=word) for word in _words(contents, field)]
    every = element("option", "すべて", value="")
    return element("label", label, element("select", every, *options, name=field))


def _words(contents: Contents, field: str) -> Iterable[str]:
    """Give each value once, in the order of the settings and of the roster."""
    known = [group.key[0] for group in contents.rollup.groups([field])]
    others = [contents.rollup.key(row, field) for row in contents.left_out]
    return [word for word in dict.fromkeys([*known, *others]) if word]


def _row(contents: Contents, row: SummaryRow, at: int, left_out: bool) -> Markup:
    request = row.request
    title = element("a", request.title or NOT_GIVEN, href=f"#{sheet_id(at)}")
    mark = [element("span", LEFT_OUT, class_="tag warn")] if left_out else []
    general, unit = request.funding.get("general"), contents.rollup.unit(request)
    return element(
        "tr",
        element("td", "-" if request.no is None else str(request.no), class_="n"),
        element("th", title, *mark, scope="row"),
        element(
            "td", "\n".join(filter(None, (unit.bureau, unit.section))) or NOT_GIVEN, class_="far"
        ),
        element("td", f"{request.account or NOT_GIVEN}\n{request.kan or NOT_GIVEN}", class_="far"),
        element("td", request.category or NOT_GIVEN, class_="far"),
        money(request.total.requested),
        money(request.total.budgeted) if contents.decided else "",
        money(request.total.earmarked, far=True),
        money(general.amount if general else None, far=True),
        id=f"l{at + 1}",
    )
