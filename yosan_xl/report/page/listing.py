"""一覧: one row per request, with its filters."""

from __future__ import annotations

from collections.abc import Iterable

from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, Stage
from yosan_xl.model.intake import LEFT_OUT
from yosan_xl.model.rollup import NOT_GIVEN, SummaryRow
from yosan_xl.report.page.contents import PageContents
from yosan_xl.report.page.element import Markup, element
from yosan_xl.report.page.figures import NO_FIGURE, cell, money, wide_table
from yosan_xl.report.page.requests import sheet_id


def filter_form(contents: PageContents) -> Markup:
    """Return the filters; they stay hidden until the page's script shows them."""
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
                placeholder=f"{contents.axes.word('title')}、本文など",
            ),
            class_="search",
        ),
        *(_choice(contents, field, label) for field, label in contents.keys.items()),
        element("button", "条件を消す", type="reset"),
        id="filters",
        role="search",
        aria_label="要求の絞り込み",
        hidden=True,
    )


def listing_table(contents: PageContents) -> Markup:
    """Return the table of all requests that are shown."""
    keys, axes = contents.keys, contents.axes
    accounts = "・".join(keys[key] for key in contents.present("account", "kan"))
    heads = [
        (contents.words["no"], "n"),
        (contents.words["title"], None),
        ("所管課", "far"),
        *([(accounts, "far")] if accounts else []),
        *((keys[key], "far") for key in contents.present("category")),
        *((stage.label, _look(stage, "n")) for stage in contents.stages),
        *([(contents.specific, "n far")] if axes.specific and axes.rest else []),
        *([(axes.source_label(axes.rest), "n far")] if axes.rest else []),
    ]
    counted = len(contents.rollup.rows)
    rows = [_listed(contents, row, at, at >= counted) for at, row in enumerate(contents.shown)]
    unit = f"単位：{contents.unit}"
    return wide_table("要求の一覧", unit, heads, element("tbody", *rows), class_="list")


def _look(stage: Stage, look: str = "") -> str:
    """Return the look of a stage's amounts: on a phone only what is asked for and what counts is shown."""
    return look if stage.key in (ASKED, DECIDED) else f"{look} far".strip()


def _choice(contents: PageContents, field: str, label: str) -> Markup:
    options = [element("option", word, value=word) for word in _words(contents, field)]
    every = element("option", "すべて", value="")
    return element("label", label, element("select", every, *options, name=field))


def _words(contents: PageContents, field: str) -> Iterable[str]:
    """Return each value once, in the order of the settings and of the roster."""
    known = [group.key[0] for group in contents.rollup.groups([field])]
    others = [contents.rollup.key(row, field) for row in contents.left_out]
    return [word for word in dict.fromkeys([*known, *others]) if word]


def _listed(contents: PageContents, row: SummaryRow, at: int, left_out: bool) -> Markup:
    request, axes = row.request, contents.axes
    title = element("a", contents.title_of(request), href=f"#{sheet_id(at)}")
    mark = [element("span", LEFT_OUT, class_="tag warn")] if left_out else []
    unit = contents.rollup.unit(request)
    keys = contents.present("account", "kan")
    accounts = "\n".join(contents.rollup.key(row, key) for key in keys)
    return element(
        "tr",
        cell(NO_FIGURE if request.no is None else str(request.no), "n"),
        element("th", title, *mark, scope="row"),
        cell("\n".join(filter(None, (unit.bureau, unit.section))) or NOT_GIVEN, "far"),
        cell(accounts, "far") if keys else "",
        *(cell(contents.rollup.key(row, key), "far") for key in contents.present("category")),
        *(money(request.amount(stage.key), far=bool(_look(stage))) for stage in contents.stages),
        money(request.amount(ASKED, SPECIFIC), far=True) if axes.specific and axes.rest else "",
        money(request.amount(ASKED, axes.rest), far=True) if axes.rest else "",
        id=f"l{at + 1}",
    )
