"""要求書: every request as a sheet to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from yosan_xl.model.assessment import Progress
from yosan_xl.model.axes import (
    ENVELOPE,
    TOTAL,
    Amounts,
    Axes,
    Column,
    FieldWords,
    RowList,
    Source,
)
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import LEFT_OUT
from yosan_xl.model.money import with_commas, with_unit
from yosan_xl.model.request import Line, Request
from yosan_xl.model.rollup import NOT_GIVEN, SummaryRow
from yosan_xl.model.staged import RESTORATION_LABEL
from yosan_xl.report.page.contents import LEVELS, PageContents
from yosan_xl.report.page.element import Markup, element, joined
from yosan_xl.report.page.figures import cell, money, table, table_row

_CONTRACT = ("contract_start", "contract_end", "contract_limit")
_HEADED = {*ENVELOPE, *LEVELS, *_CONTRACT, "title", "kind"}
"""The meanings of what stands in a sheet's heading, or in a table of its own."""

_OF_MONEY = {*_CONTRACT, "funding_effort", "future_cost", "verdict", "rationale"}
"""The meanings of what is said of money."""

_NOT_YET = ("finance", "prior", "formula")
"""By whom a field may still be filled when a department has handed in."""

_FIGURES = ("money", "number")
_BESIDE = 5
"""So many columns stand beside the texts of a sheet, a wider table below them."""


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
    left, right = _halves(contents)
    tables = [*_tables(contents, row)]
    beside = [made for made, columns in tables if columns <= _BESIDE]
    halves = (
        joined(_fields(contents, request, left)),
        joined(beside),
        _contract(contents, request),
        joined(_fields(contents, request, right)),
    )
    # A form may have nothing but amounts.
    own = element("div", halves[0]) if halves[0].html else ""
    look = "halves" if own else "halves single"
    body = element("div", own, element("div", *halves[1:]), class_=look)
    wide = (_across(made, request) for made, columns in tables if columns > _BESIDE)
    source = None if contents.public else f"{row.source.file}　{row.source.sheet or ''}"
    return element(
        "article",
        _heading(contents, row, name, left_out),
        body,
        *wide,
        _steps(contents, row),
        element("p", source, class_="source") if source else "",
        _way(contents, at),
        class_="sheet",
        id=sheet_id(at),
        aria_labelledby=name,
    )


def _across(made: Markup, request: Request) -> Markup:
    """Return a table that scrolls sideways where it is wider than the sheet, by keyboard too."""
    return element(
        "div",
        made,
        class_="across",
        role="group",
        aria_label=f"{request.title or ''}の表（横に動かせます）",
        tabindex=0,
    )


def _way(contents: PageContents, at: int) -> Markup:
    """Return the way to the sheet before, to the list and to the sheet after."""
    before = element("a", "前の要求", href=f"#{sheet_id(at - 1)}", rel="prev") if at else ""
    is_last = at + 1 == len(contents.shown)
    after = "" if is_last else element("a", "次の要求", href=f"#{sheet_id(at + 1)}", rel="next")
    home = element("a", "一覧へ", href=f"#l{at + 1}")
    return element("p", before, home, after, class_="way")


def _steps(contents: PageContents, row: SummaryRow) -> Markup:
    """Return 査定経過: what each stage decided and why; never for the public."""
    said = [one for one in row.decisions if one.verdict or one.reason or not one.is_decided]
    is_told = len(row.decisions) > 1 or any(one.progress is not Progress.OPEN for one in said)
    if contents.public or not is_told:
        return joined([])
    rows = [
        table_row(
            one.stage,
            cell(one.progress.value),
            money(one.total, nothing=one.progress.value),
            cell(one.verdict),
            cell(one.reason),
        )
        for one in row.decisions
    ]
    back = row.restoration
    if back:
        asked = money(back.amounts.get(TOTAL))
        rows.append(table_row(RESTORATION_LABEL, cell(None), asked, cell(None), cell(back.reason)))
    caption = _with_unit("査定経過", contents)
    heads = [("段階", None), ("進み具合", None), ("額", "n"), ("査定区分", None), ("理由", None)]
    made = table(caption, heads, element("tbody", *rows), class_="figures steps")
    return _across(made, row.request)


def _heading(contents: PageContents, row: SummaryRow, name: str, left_out: bool) -> Markup:
    axes, request = contents.axes, row.request
    number = f"{axes.word('no')} {contents.number(row)}"
    unit = contents.rollup.unit(request).name or NOT_GIVEN
    levels = [request.meaning(level) or NOT_GIVEN for level in LEVELS if axes.has(level)]
    tags = (
        [element("span", request.category or NOT_GIVEN, class_="tag")] if axes.has("kind") else []
    )
    if left_out:
        tags.append(element("span", LEFT_OUT, class_="tag warn"))
    if contents.decided and not left_out:
        tags += (element("span", word, class_="tag") for word in contents.decision_words(row))
    return element(
        "header",
        element("p", element("b", number), f"　{unit}"),
        element("h3", contents.title_of(request), id=name),
        element("p", "　".join(levels), " ", *tags) if levels or tags else "",
    )


def _halves(contents: PageContents) -> tuple[list[FieldWords], list[FieldWords]]:
    """Return the fields of either half: from the first one on that says something of money, they stand beside the amounts."""
    fields = contents.axes.fields
    money = (at for at, one in enumerate(fields) if one.meaning in _OF_MONEY)
    first = next(money, len(fields))
    halves = fields[:first], fields[first:]
    left, right = ([one for one in half if one.meaning not in _HEADED] for half in halves)
    return left, right


def _fields(
    contents: PageContents, request: Request, fields: Iterable[FieldWords]
) -> Iterator[Markup]:
    """Yield what is written in fields: a prose under its caption, shorter ones in a table."""
    shown = ((one, _value(contents, request, one)) for one in fields)
    # What finance has not written yet is not missing.
    given = [(one, text) for one, text in shown if text or one.by not in _NOT_YET]
    for is_prose, run in groupby(given, lambda one: one[0].kind == "prose"):
        if is_prose:
            for field, text in run:
                yield element("h4", field.caption)
                yield element("p", text or NOT_GIVEN, class_=None if text else "none")
        else:
            yield _short(run)


def _short(fields: Iterable[tuple[FieldWords, str]]) -> Markup:
    rows = (
        table_row(field.caption, cell(text or NOT_GIVEN, None if text else "none"))
        for field, text in fields
    )
    return element("table", element("tbody", *rows), class_="figures short")


def _value(contents: PageContents, request: Request, field: FieldWords) -> str:
    value = request.value(field)
    if isinstance(value, int) and not isinstance(value, bool):
        if field.kind == "year":
            return FiscalYear(value).label
        return with_unit(value, contents.unit) if field.kind == "money" else with_commas(value)
    return "" if value is None else _plain(value).strip()


def _plain(value: object) -> str:
    """Return a value as it is read: △ is the minus of a rate too."""
    if isinstance(value, float):
        return f"{'△' if value < 0 else ''}{abs(value)}"
    return str(value)


def _tables(contents: PageContents, row: SummaryRow) -> Iterator[tuple[Markup, int]]:
    """Yield the lists and the grid of amounts of a request, each with how many columns it has."""
    for own in contents.axes.lists:
        if own is contents.axes.main or row.request.rows(own.key):
            yield _list(contents, row, own)
    grid = _grid(contents, row)
    if grid:
        yield grid


def _list(contents: PageContents, row: SummaryRow, own: RowList) -> tuple[Markup, int]:
    columns, request = contents.columns[own.key], row.request
    has_money = any(one.kind == "money" for one in columns)
    groups = groupby(request.rows(own.key), lambda line: line.group)
    made = table(
        _with_unit(own.caption, contents) if has_money else own.caption,
        [(one.label, _figure(one)) for one in columns],
        *(_group(request, own, name, list(rows), columns) for name, rows in groups),
        element("tfoot", _sum(contents, row, own, columns)) if has_money else joined([]),
        class_="figures",
    )
    return made, len(columns)


def _with_unit(caption: str, contents: PageContents) -> str:
    return f"{caption}（単位：{contents.unit}）"


def _figure(column: Column) -> str | None:
    return "n" if column.kind in _FIGURES else None


def _group(
    request: Request, own: RowList, name: str | None, rows: list[Line], columns: Sequence[Column]
) -> Markup:
    sums = [one for one in request.subtotals.get(own.key, ()) if one.group == name and name]
    head = element("tr", element("th", name or "", colspan=len(columns), scope="rowgroup"))
    return element(
        "tbody",
        head if name else "",
        *(_row([_cell(row, one) for one in columns], columns) for row in rows),
        *(_row(_sums_of(own.subtotal, one.amounts, rows, columns), columns, "sub") for one in sums),
    )


def _cell(row: Line, column: Column) -> object:
    return row.amount(*column.amount) if column.amount else row.values.get(column.key)


def _sums_of(
    word: str, amounts: Amounts, rows: Iterable[Line], columns: Sequence[Column]
) -> list[object]:
    """Return the cells of a row of sums: a word, and what there is of each column."""
    sums = [_sum_of(one, amounts, rows) for one in columns[1:]]
    return [word, *sums]


def _sum_of(column: Column, amounts: Amounts, rows: Iterable[Line]) -> object:
    """Return the sum of a column; what adds up to no stage is added up here."""
    if column.amount:
        return amounts.get(column.amount)
    if column.kind != "money":
        return ""
    given = (row.values.get(column.key) for row in rows)
    return sum(value for value in given if isinstance(value, int))


def _sum(
    contents: PageContents, row: SummaryRow, own: RowList, columns: Sequence[Column]
) -> Markup:
    """Return 合計 of a list; what is not decided is 未定."""
    request, stages = row.request, {one.key: one for one in contents.stages}
    sums = _sums_of("合計", request.amounts, request.rows(own.key), columns)
    told = [
        contents.open_word(row, stages[one.stage])
        if value is None and one.stage in stages and one.source == TOTAL
        else value
        for value, one in zip(sums, columns, strict=True)
    ]
    return _row(told, columns)


def _row(values: Sequence[object], columns: Sequence[Column], look: str | None = None) -> Markup:
    first, *others = values
    cells = (_shown(value, column) for value, column in zip(others, columns[1:], strict=True))
    return table_row(NOT_GIVEN if first is None else str(first), *cells, look=look)


def _shown(value: object, column: Column) -> Markup:
    if column.kind == "money" and not isinstance(value, str):
        return money(value if isinstance(value, int) else None)
    if column.amount and value is not None:
        return money(None, nothing=str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return cell(with_commas(value), "n")
    return cell(None if value is None else _plain(value), _figure(column))


def _grid(contents: PageContents, row: SummaryRow) -> tuple[Markup, int] | None:
    """Return the stages beside one another, by source; None where the lists say all of it already."""
    axes, stages, request = contents.axes, contents.stages, row.request
    listed = {one.amount for own in axes.lists for one in contents.columns[own.key]}
    is_told = all((stage.key, TOTAL) in listed for stage in stages)
    if is_told and not axes.sources:
        return None
    names = any(source.name for source in axes.sources)
    heads = ["財源", *([axes.sources[0].name_label] if names else [])] if axes.sources else ["区分"]
    made = table(
        _with_unit("財源内訳" if axes.sources else "金額", contents),
        [*((head, None) for head in heads), *((stage.label, "n") for stage in stages)],
        element("tbody", *(_source(contents, request, one, names=names) for one in axes.sources)),
        joined([]) if is_told else element("tfoot", _total(contents, row, len(heads))),
        class_="figures",
    )
    return made, len(heads) + len(stages)


def _source(contents: PageContents, request: Request, source: Source, *, names: bool) -> Markup:
    name = request.source_name(source.key) if source.name else None
    return table_row(
        source.label,
        *([cell(name)] if names else []),
        *(
            money(request.amount(stage.key, source.key))
            if source.key in stage.amounts
            else cell(None)
            for stage in contents.stages
        ),
    )


def _total(contents: PageContents, row: SummaryRow, heads: int) -> Markup:
    label = contents.axes.source_label(TOTAL)
    head = element("th", label, scope="row", colspan=heads if heads > 1 else None)
    amounts = (
        (row.request.amount(one.key), contents.open_word(row, one)) for one in contents.stages
    )
    return element("tr", head, *(money(amount, nothing=word) for amount, word in amounts))


def _contract(contents: PageContents, request: Request) -> Markup:
    own = request.contract_authorization
    given = {"start": own.term_start, "end": own.term_end, "limit": own.limit}
    seen = {part: value for part, value in given.items() if contents.axes.has(f"contract_{part}")}
    if all(value is None for value in seen.values()):
        return joined([])
    years = [seen[part] for part in ("start", "end") if part in seen]
    said = "～".join(FiscalYear(year).label if year else NOT_GIVEN for year in years)
    caption, term, limit = _contract_words(contents.axes)
    return table(
        _with_unit(caption, contents),
        (),
        element(
            "tbody",
            *([table_row(term, cell(said, "n"))] if years else []),
            *([table_row(limit, money(own.limit))] if "limit" in seen else []),
        ),
        class_="figures",
    )


def _contract_words(axes: Axes) -> tuple[str, str, str]:
    """Return what 債務負担行為, its term and its limit are called: what the form's labels share, and what is left of them."""
    start, end, limit = (axes.word(f"contract_{part}") for part in ("start", "end", "limit"))
    shared = _shared(start, end, limit)
    term = _shared(start, end).removeprefix(shared).removesuffix("の")
    return (
        shared.removesuffix("の") or "債務負担行為",
        term or f"{start}～{end}",
        limit.removeprefix(shared) or limit,
    )


def _shared(*words: str) -> str:
    """Return what all words begin with."""
    same = takewhile(lambda chars: len({*chars}) == 1, zip(*words, strict=False))
    return "".join(chars[0] for chars in same)
