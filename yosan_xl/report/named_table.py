"""A named CSV as yosan.toml lays it out ([[exports]]): columns by the form's words, codes for words, digits filled up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from yosan_xl.model.axes import DECIDED, TOTAL, Axes, Column, FieldWords, Source
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.request import Line
from yosan_xl.model.settings import BY_LINE, BY_SOURCE, ExportColumn, ExportLayout
from yosan_xl.model.table import Table, TableColumn, Value
from yosan_xl.report.export_tables import (
    LINES,
    datum,
    decision_state,
    line_cell,
    number_state,
    request_fields,
)

_TIMES = 1000


class NamedRow(NamedTuple):
    """What a row of the CSV is made of: a request, and of it a line or a source."""

    row: SummaryRow
    line: Line | None = None
    number: int = 0
    source: Source | None = None


class NamedField(NamedTuple):
    """A value that a column may have: the words that mean it, and whether it is money of the form's unit."""

    words: tuple[str, ...]
    of: Callable[[NamedRow], Value]
    is_money: bool = False


class WrongCell(NamedTuple):
    """A value that has no code, or more digits than its column: row (0-based), heading, and why."""

    row: int
    heading: str
    problem: str


def named_fields(axes: Axes, layout: ExportLayout) -> dict[str, NamedField]:
    """Return by every word what a column may have; what a line or a source has comes before what the request has."""
    own = {BY_LINE: _of_lines, BY_SOURCE: _of_sources}.get(layout.rows)
    every = [*(own(axes) if own else ()), *_of_requests(axes)]
    return {word: one for one in reversed(every) for word in reversed(one.words)}


def unknown_words(layout: ExportLayout, fields: Mapping[str, NamedField]) -> tuple[str, ...]:
    """Return the words of a layout that mean nothing in the form, each once."""
    asked = [*(one.value for one in layout.columns if not one.constant), *layout.order]
    return tuple(dict.fromkeys(word for word in asked if word and word not in fields))


def named_table(
    rows: Sequence[SummaryRow], axes: Axes, layout: ExportLayout
) -> tuple[Table, list[WrongCell]]:
    """Return the CSV as a table, and the cells that are empty because they have no code."""
    fields = named_fields(axes, layout)
    items = [item for row in rows for item in _items(row, axes, layout)]
    if layout.order:
        items.sort(key=lambda item: [_rank(fields[word].of(item)) for word in layout.order])
    times = _TIMES if layout.unit == "円" and axes.unit == "千円" else 1
    wrong: list[WrongCell] = []
    values = []
    for at, item in enumerate(items):
        cells = []
        for column in layout.columns:
            found, problem = _cell(column, item, fields, layout, times)
            cells.append(found)
            wrong += [WrongCell(at, column.heading, problem)] if problem else []
        values.append(tuple(cells))
    headings = tuple(TableColumn(one.heading) for one in layout.columns)
    return Table(layout.name, headings, tuple(values)), wrong


def left_out_of(
    rows: Sequence[SummaryRow], axes: Axes, layout: ExportLayout
) -> list[tuple[SummaryRow, int]]:
    """Return the requests whose decided amount the rows of a layout do not come to, and what of it is in none of them.

    An amount that was decided as a whole stands in no line, one whose sources are not known in none of these.
    """
    if not _is_decided_by(axes, layout) & {one.value for one in layout.columns}:
        return []
    gaps = (
        (row, (row.request.amount(DECIDED) or 0) - sum(filter(None, _parts(row, axes, layout))))
        for row in rows
    )
    return [(row, gap) for row, gap in gaps if gap]


def _is_decided_by(axes: Axes, layout: ExportLayout) -> set[str]:
    """Return the words of what is decided of a line, or of a source."""
    if layout.rows == BY_SOURCE and axes.has_stage(DECIDED):
        label = axes.stage(DECIDED).label
        return {label, f"財源の{label}", DECIDED}
    column = axes.main.of_amount(DECIDED) if layout.rows == BY_LINE and axes.main else None
    return {column.label, f"{LINES}の{column.label}", column.key} if column else set()


def _parts(row: SummaryRow, axes: Axes, layout: ExportLayout) -> list[int | None]:
    request = row.request
    if layout.rows == BY_LINE:
        return [line.amount(DECIDED) for line in request.lines]
    return [request.amount(DECIDED, source.key) for source in axes.sources]


def _items(row: SummaryRow, axes: Axes, layout: ExportLayout) -> Iterator[NamedRow]:
    if layout.rows == BY_LINE:
        lines = enumerate(row.request.lines, 1)
        yield from (NamedRow(row, line, number) for number, line in lines)
    elif layout.rows == BY_SOURCE:
        for source in axes.sources:
            if any(row.request.amount(stage.key, source.key) for stage in axes.stages):
                yield NamedRow(row, source=source)
    else:
        yield NamedRow(row)


def _cell(
    column: ExportColumn,
    item: NamedRow,
    fields: Mapping[str, NamedField],
    layout: ExportLayout,
    times: int,
) -> tuple[Value, str]:
    """Return a value as the layout wants it, and why it is empty where it cannot be."""
    found: Value = column.constant or None
    if column.value:
        own = fields[column.value]
        found = own.of(item)
        if own.is_money and isinstance(found, int):
            found *= times
    if column.codes:
        table = layout.codes[column.codes]
        text = "" if found is None else str(found)
        if text and text not in table:
            return None, f"の「{text}」は、表「{column.codes}」にありません"
        found = table.get(text)
    if not column.width or found is None:
        return found, ""
    text = str(found).zfill(column.width)
    if len(text) > column.width:
        return None, f"の「{found}」は、{column.width}桁を超えています"
    return text, ""


def _rank(value: Value) -> tuple[int, Decimal, str]:
    if value is None:
        return 2, Decimal(0), ""
    return (0, Decimal(value), "") if isinstance(value, int | Decimal) else (1, Decimal(0), value)


def _of_requests(axes: Axes) -> Iterator[NamedField]:
    amounts = {
        axes.amount_label(stage.key, source): (stage.key, source) for stage, source in _cells(axes)
    }
    money = {field.label for field in axes.fields if field.kind == "money"} | {*amounts}
    for heading, of in request_fields(axes):
        more = ("/".join(amounts[heading]),) if heading in amounts else ()
        yield NamedField((heading, *more), partial(_request, of), heading in money)
    for stage in axes.stages:
        if TOTAL in stage.amounts:
            yield NamedField((stage.label,), partial(_amount, stage.key, TOTAL), is_money=True)
    for meaning in axes.meanings:
        yield NamedField((meaning,), partial(_meaning, meaning))
    for field in axes.fields:
        yield NamedField((field.pointer,), partial(_pointed, field), field.kind == "money")
    yield NamedField((f"{axes.word('no')}の状態",), lambda item: number_state(item.row))
    yield NamedField(("決定の状況",), lambda item: decision_state(item.row))


def _cells(axes: Axes) -> Iterator[tuple[Any, str]]:
    return ((stage, source) for stage in axes.stages for source in stage.amounts)


def _of_lines(axes: Axes) -> Iterator[NamedField]:
    yield NamedField((f"{LINES}の番号",), lambda item: item.number)
    yield NamedField((f"{LINES}の区分",), lambda item: item.line.group if item.line else None)
    for column in axes.main.columns if axes.main else ():
        words = (column.label, f"{LINES}の{column.label}", column.key)
        yield NamedField(words, partial(_of_line, column), column.kind == "money")


def _of_sources(axes: Axes) -> Iterator[NamedField]:
    yield NamedField(("財源",), lambda item: item.source.label if item.source else None)
    yield NamedField(("財源の名称",), _source_name)
    for stage in axes.stages:
        words = (stage.label, f"財源の{stage.label}", stage.key)
        yield NamedField(words, partial(_of_source, stage.key), is_money=True)


def _request(of: Callable[[Any], Value], item: NamedRow) -> Value:
    return of(item.row.request)


def _amount(stage: str, source: str, item: NamedRow) -> Value:
    return item.row.request.amount(stage, source)


def _meaning(meaning: str, item: NamedRow) -> Value:
    request = item.row.request
    own = {
        "id": request.id,
        "year": request.fiscal_year,
        "no": request.no,
        "unit_code": request.department_code,
        "unit_upper": request.bureau,
        "unit": request.section,
    }
    return own[meaning] if meaning in own else request.meaning(meaning)


def _pointed(field: FieldWords, item: NamedRow) -> Value:
    return datum(item.row.request.value(field))


def _of_line(column: Column, item: NamedRow) -> Value:
    return line_cell(item.line, column) if item.line else None


def _of_source(stage: str, item: NamedRow) -> Value:
    return item.row.request.amount(stage, item.source.key) if item.source else None


def _source_name(item: NamedRow) -> Value:
    return item.row.request.source_name(item.source.key) if item.source else None
