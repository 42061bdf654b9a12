"""一覧: one row per request, with its filters."""

from __future__ import annotations

from collections.abc import Iterable

from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, Stage
from yosan_xl.model.intake import LEFT_OUT
from yosan_xl.model.rollup import NOT_GIVEN, SummaryRow
from yosan_xl.report.page.contents import AS_ASKED, CUT, OPEN, RAISED, PageContents
from yosan_xl.report.page.element import Markup, element
from yosan_xl.report.page.figures import cell, money, wide_table
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
                name="words",
                id="words",
                autocomplete="off",
                placeholder=f"{contents.axes.word('title')}、本文、金額、{contents.words['no']} 56 など",
            ),
            class_="search",
        ),
        *(_choice(label, field, _words(contents, field)) for field, label in contents.keys.items()),
        _choice("決定", "decision", _decisions(contents)) if contents.decided else "",
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
        *([("前年度", "n far"), ("増減", "n far")] if contents.beside_last_year else []),
        *([(contents.specific, "n far")] if axes.specific and axes.rest else []),
        *([(axes.source_label(axes.rest), "n far")] if axes.rest else []),
    ]
    counted = len(contents.rollup.rows)
    rows = [_listed(contents, row, at, at >= counted) for at, row in enumerate(contents.shown)]
    unit = f"単位：{contents.unit}"
    if contents.beside_last_year:
        unit += f"（増減は{contents.now.word(axes)}と前年度の差）"
    return wide_table("要求の一覧", unit, heads, element("tbody", *rows), class_="list")


def _look(stage: Stage, look: str = "") -> str:
    """Return the look of a stage's amounts: on a phone only what is asked for and what counts is shown."""
    return look if stage.key in (ASKED, DECIDED) else f"{look} far".strip()


def _choice(label: str, field: str, words: Iterable[str]) -> Markup:
    options = [element("option", word, value=word) for word in words]
    every = element("option", "すべて", value="")
    return element("label", label, element("select", every, *options, name=field))


def _decisions(contents: PageContents) -> list[str]:
    """Return what requests can be looked for by once decisions are there; what nobody has is no choice."""
    rows = contents.rollup.rows
    found = {word for row in rows for word in contents.decision_words(row)}
    usual = (RAISED, CUT, AS_ASKED, OPEN)
    return [*usual, *sorted(found - {*usual})]


def _words(contents: PageContents, field: str) -> Iterable[str]:
    """Return each value once, in the order of the settings and of the roster."""
    known = [group.key[0] for group in contents.rollup.groups([field])]
    others = [contents.rollup.key(row, field) for row in contents.left_out]
    return [word for word in dict.fromkeys([*known, *others]) if word]


def _amount(contents: PageContents, row: SummaryRow, stage: Stage) -> Markup:
    nothing = contents.open_word(row, stage)
    return money(row.request.amount(stage.key), far=bool(_look(stage)), nothing=nothing)


def _listed(contents: PageContents, row: SummaryRow, at: int, left_out: bool) -> Markup:
    request, axes = row.request, contents.axes
    title = element("a", contents.title_of(request), href=f"#{sheet_id(at)}")
    mark = [element("span", LEFT_OUT, class_="tag warn")] if left_out else []
    unit = contents.rollup.unit(request)
    keys = contents.present("account", "kan")
    accounts = "\n".join(contents.rollup.key(row, key) for key in keys)
    return element(
        "tr",
        cell(contents.number(row), "n"),
        element("th", title, *mark, scope="row"),
        cell("\n".join(filter(None, (unit.bureau, unit.section))) or NOT_GIVEN, "far"),
        cell(accounts, "far") if keys else "",
        *(cell(contents.rollup.key(row, key), "far") for key in contents.present("category")),
        *(_amount(contents, row, stage) for stage in contents.stages),
        *(
            (
                money(contents.last_amount(row), far=True, nothing="新規"),
                money(contents.change(row), far=True),
            )
            if contents.beside_last_year
            else ()
        ),
        money(request.amount(ASKED, SPECIFIC), far=True) if axes.specific and axes.rest else "",
        money(request.amount(ASKED, axes.rest), far=True) if axes.rest else "",
        id=f"l{at + 1}",
    )
