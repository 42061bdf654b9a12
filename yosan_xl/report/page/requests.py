"""一覧, one row per request, with its filters; and 要求書, every request as a sheet to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from yosan_xl.model.axes import SOURCES
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import LEFT_OUT
from yosan_xl.model.request import Amounts, Line, Request
from yosan_xl.model.rollup import NOT_GIVEN, SummaryRow
from yosan_xl.report.page.contents import KEYS, PageContents
from yosan_xl.report.page.element import Markup, element, joined
from yosan_xl.report.page.figures import NO_FIGURE, cell, money, table, table_row, wide_table

_HEADED = ("/title", "/category")
"""Blocks that stand in a sheet's heading."""


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
                placeholder="事業名、本文など",
            ),
            class_="search",
        ),
        *(_choice(contents, field, label) for field, label in KEYS.items()),
        element("button", "条件を消す", type="reset"),
        id="filters",
        role="search",
        aria_label="要求の絞り込み",
        hidden=True,
    )


def listing_table(contents: PageContents) -> Markup:
    """Return the table of all requests that are shown."""
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
    rows = [_listed(contents, row, at, at >= counted) for at, row in enumerate(contents.shown)]
    unit = "単位：千円"
    return wide_table("要求の一覧", unit, heads, element("tbody", *rows), class_="list")


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
    request = row.request
    title = element("a", request.title or NOT_GIVEN, href=f"#{sheet_id(at)}")
    mark = [element("span", LEFT_OUT, class_="tag warn")] if left_out else []
    general, unit = request.funding.get("general"), contents.rollup.unit(request)
    return element(
        "tr",
        cell(NO_FIGURE if request.no is None else str(request.no), "n"),
        element("th", title, *mark, scope="row"),
        cell("\n".join(filter(None, (unit.bureau, unit.section))) or NOT_GIVEN, "far"),
        cell(f"{request.account or NOT_GIVEN}\n{request.kan or NOT_GIVEN}", "far"),
        cell(request.category or NOT_GIVEN, "far"),
        money(request.total.requested),
        money(request.total.budgeted) if contents.decided else "",
        money(request.total.earmarked, far=True),
        money(general.amount if general else None, far=True),
        id=f"l{at + 1}",
    )


def request_sheets(contents: PageContents) -> Markup:
    """Return the sheet of every request that is shown, one after another."""
    counted = len(contents.rollup.rows)
    return joined(_sheet(contents, row, at, at >= counted) for at, row in enumerate(contents.shown))


def sheet_id(at: int) -> str:
    """Return the page's own id of a request by its place (0-based) among those that are shown."""
    return f"r{at + 1}"


def _sheet(contents: PageContents, row: SummaryRow, at: int, left_out: bool) -> Markup:
    request = row.request
    name = f"{sheet_id(at)}t"
    halves = (
        _blocks(contents, request, [block.field for block in contents.form.left.blocks]),
        joined([_amounts(contents, request), _funding(contents, request)]),
        _contract(contents, request),
        _blocks(contents, request, [block.field for block in contents.form.right.blocks]),
    )
    body = element("div", element("div", halves[0]), element("div", *halves[1:]), class_="halves")
    source = None if contents.public else f"{row.source.file}　{row.source.sheet or ''}"
    return element(
        "article",
        _heading(contents, request, name, left_out),
        body,
        element("p", source, class_="source") if source else "",
        class_="sheet",
        id=sheet_id(at),
        aria_labelledby=name,
    )


def _heading(contents: PageContents, request: Request, name: str, left_out: bool) -> Markup:
    number = f"NO {request.no}" if request.no is not None else "NO -"
    unit = contents.rollup.unit(request).name or NOT_GIVEN
    account = f"{request.account or NOT_GIVEN}　{request.kan or NOT_GIVEN}"
    tags = [element("span", request.category or NOT_GIVEN, class_="tag")]
    if left_out:
        tags.append(element("span", LEFT_OUT, class_="tag warn"))
    return element(
        "header",
        element("p", element("b", number), f"　{unit}"),
        element("h3", request.title or NOT_GIVEN, id=name),
        element("p", account, " ", *tags),
    )


def _blocks(contents: PageContents, request: Request, pointers: list[str]) -> Markup:
    return joined(
        found
        for pointer in pointers
        if pointer not in _HEADED
        for found in _block(contents, request, pointer)
    )


def _block(contents: PageContents, request: Request, pointer: str) -> Iterator[Markup]:
    field = contents.form.fields[pointer]
    text = request.texts.get(pointer.removeprefix("/"), "").strip()
    if text or field.by.value != "finance":  # what finance has not written yet is not missing
        yield element("h4", field.caption)
        yield element("p", text or NOT_GIVEN, class_=None if text else "none")


def _amounts(contents: PageContents, request: Request) -> Markup:
    lines = contents.form.lines
    columns = ["requested", *(["budgeted"] if contents.decided else []), "earmarked"]
    heads = [(contents.line_label(key), "n") for key in columns]
    parts = groupby(request.lines, lambda line: line.part)
    return table(
        f"{lines.number} {lines.label}（単位：千円）",
        [(contents.line_label("label"), None), *heads],
        *(
            _part(
                request=request,
                part=part,
                rows=list(rows),
                columns=columns,
                subtotal=lines.subtotal,
            )
            for part, rows in parts
        ),
        element("tfoot", _row("合計", request.total, columns)),
        class_="figures",
    )


def _part(
    request: Request, part: str | None, rows: list[Line], columns: list[str], subtotal: str
) -> Markup:
    sums = [one for one in request.subtotals if one.part == part and part is not None]
    head = element("tr", element("th", part or "", colspan=len(columns) + 1, scope="rowgroup"))
    return element(
        "tbody",
        head if part else "",
        *(_row(row.label or NOT_GIVEN, row.amounts, columns) for row in rows),
        *(_row(subtotal, one.amounts, columns, "sub") for one in sums),
    )


def _row(label: str, amounts: Amounts, columns: list[str], look: str | None = None) -> Markup:
    return table_row(label, *(money(getattr(amounts, key)) for key in columns), look=look)


def _funding(contents: PageContents, request: Request) -> Markup:
    heads = ["財源", "名称", "要求額", *(["予算額"] if contents.decided else [])]
    return table(
        "財源内訳（単位：千円）",
        [(head, "n" if "額" in head else None) for head in heads],
        element("tbody", *(_source(contents, request, source) for source in SOURCES)),
        class_="figures",
    )


def _source(contents: PageContents, request: Request, source: str) -> Markup:
    found = request.funding.get(source)
    # The note beside 一般財源 is a note: it is not for the public.
    name = None if (contents.public and source == "general") or found is None else found.name
    label = contents.label(f"/funding/{source}/amount")
    return table_row(
        label,
        cell(name),
        money(found.amount if found else None),
        money(found.budgeted if found else None) if contents.decided else "",
    )


def _contract(contents: PageContents, request: Request) -> Markup:
    contract = request.contract_authorization
    if contract.term_start is None and contract.term_end is None and contract.limit is None:
        return joined([])
    years = [
        FiscalYear(year).label if year else NOT_GIVEN
        for year in (contract.term_start, contract.term_end)
    ]
    return table(
        "債務負担行為（単位：千円）",
        (),
        element(
            "tbody",
            table_row("期間", cell("～".join(years), "n")),
            table_row("限度額", money(contract.limit)),
        ),
        class_="figures",
    )
