"""The tables that go out: 一覧, one row per request, and one row per row of each list.

One cell one datum, numbers without commas or units, the unit and 西暦 in columns of their own
(総務省, 統計表における機械判読可能なデータの表記方法の統一ルール).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from operator import attrgetter

from yosan_xl.model.assessment import Progress
from yosan_xl.model.axes import (
    DECIDED,
    ENVELOPE,
    SPECIFIC,
    TOTAL,
    Axes,
    Column,
    FieldWords,
    RowList,
)
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.public import public_axes
from yosan_xl.model.request import VERDICT, Line, Request
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.table import Table, TableColumn, Value

VERDICT_WORD = "査定区分"

REQUESTS, LINES = "一覧", "明細"

_KEYS = (
    "account",
    "level1",
    "level2",
    "level3",
    "unit_code",
    "unit_upper",
    "unit",
    "title",
    "kind",
)
"""The meanings that tell one request from another, beside its ID, year and NO."""

_CONTRACT = ("contract_start", "contract_end", "contract_limit")

_Field = tuple[str, Callable[[Request], Value]]
"""A column's heading, and its value in a request."""


def export_tables(rows: Sequence[SummaryRow], axes: Axes, *, public: bool) -> tuple[Table, ...]:
    """Return 一覧 and a table for each list of the form; what is not for the public is left out with its columns."""
    seen = public_axes(axes) if public else axes
    requests, *names = table_names(axes, public=public)
    return (
        _request_table(rows, seen, requests, public=public),
        *(_list_table(rows, seen, own, name) for own, name in zip(seen.lists, names, strict=True)),
    )


def table_names(axes: Axes, *, public: bool) -> tuple[str, ...]:
    """Return what the tables of a form are called: 一覧, and 明細 where there is one list only, else its label."""
    lists = (public_axes(axes) if public else axes).lists
    labels = (LINES,) if len(lists) == 1 else (own.label for own in lists)
    return tuple(unique((REQUESTS, *labels)))


def _request_table(rows: Sequence[SummaryRow], axes: Axes, name: str, *, public: bool) -> Table:
    fields = request_fields(axes)
    sources = () if public else ("ファイル", "シート")
    standing = _standing(rows, axes, public=public)
    values = [
        (
            *(value(row.request) for _, value in fields),
            *(() if public else (row.source.file, row.source.sheet)),
            *(value(row) for _, value in standing),
        )
        for row in rows
    ]
    headings = (*(one for one, _ in fields), *sources, *(one for one, _ in standing))
    return _table(name, headings, values)


def request_fields(axes: Axes) -> list[_Field]:
    """Return every column of a request: its keys, its amounts, its other fields."""
    return [*_keys(axes), *_amounts(axes), *_others(axes)]


def _standing(
    rows: Sequence[SummaryRow], axes: Axes, *, public: bool
) -> list[tuple[str, Callable[[SummaryRow], Value]]]:
    """Return how far each request is: whether its NO may change, its decision, and what every stage said of it."""
    found: list[tuple[str, Callable[[SummaryRow], Value]]] = [
        (f"{axes.word('no')}の状態", number_state),
        ("決定の状況", partial(decision_state, public=public)),
    ]
    stages = () if public else dict.fromkeys(one.stage for row in rows for one in row.decisions)
    for stage in stages:
        # Of the one stage of always the form's own fields say the rest.
        is_one = len(stages) == 1
        parts = (VERDICT_WORD,) if is_one else ("進み具合", VERDICT_WORD, "理由")
        for part in parts if not (is_one and axes.has(VERDICT)) else ():
            found.append((part if is_one else f"{stage}の{part}", partial(_said, stage, part)))
    if any(row.restoration for row in rows):
        found.append(("復活要求の理由", _restoration_reason))
    return found


def _restoration_reason(row: SummaryRow) -> Value:
    return row.restoration.reason if row.restoration else None


def number_state(row: SummaryRow) -> str | None:
    """Return 仮 for a NO that may be another one tomorrow, else 確定; nothing without NO."""
    return None if row.request.no is None else "仮" if row.provisional else "確定"


def decision_state(row: SummaryRow, *, public: bool = False) -> str:
    """Return 未定, 一部, 保留, 要確認 or 済; the public sees whether there is an amount."""
    is_given = row.request.amount(DECIDED) is not None
    if row.decision and not public:
        return str(row.decision.progress.value)
    return str((Progress.DONE if is_given else Progress.OPEN).value)


def _said(stage: str, part: str, row: SummaryRow) -> Value:
    found = next((one for one in row.decisions if one.stage == stage), None)
    if found is None:
        return None
    said = {"進み具合": found.progress.value, VERDICT_WORD: found.verdict, "理由": found.reason}
    return said[part]


def export_standing(rollup: Rollup, *, public: bool) -> dict[str, object]:
    """Return as JSON what a year comes to, with how far it is decided, and how far each of its requests is."""
    sums = rollup.sums(rollup.rows)
    known = {
        stage.key: {
            "label": stage.label,
            "amount": sums.known(stage.key),
            "given": sums.given.get(stage.key, 0),
        }
        for stage in (public_axes(rollup.axes) if public else rollup.axes).stages
        if TOTAL in stage.amounts
    }
    rows = [_standing_of(row, public=public) for row in rollup.rows]
    return {"totals": {"count": sums.count, "stages": known}, "decisions": rows}


def _standing_of(row: SummaryRow, *, public: bool) -> dict[str, object]:
    found: dict[str, object] = {
        "id": row.request.id,
        "no": row.request.no,
        "no_state": number_state(row),
        "progress": decision_state(row, public=public),
    }
    if not public:
        found["stages"] = [
            {
                "stage": one.stage,
                "progress": one.progress.value,
                "closed": one.is_closed,
                "verdict": one.verdict,
                "reason": one.reason,
                "amounts": dict(one.amounts),
            }
            for one in row.decisions
        ]
    return found


def _list_table(rows: Sequence[SummaryRow], axes: Axes, own: RowList, name: str) -> Table:
    """Return the rows of a list in the order of the requests, numbered from 1 in each."""
    keys = [*_keys(axes)]
    grouped = any(own.groups)
    before = [*(heading for heading, _ in keys), f"{name}の番号"]
    before += [f"{name}の区分"] if grouped else []
    labels = [column.label for column in own.columns]
    headings = (
        *before,
        *(f"{own.label}の{label}" if label in before else label for label in labels),
        _unit(labels),
    )
    values = [
        (
            *(value(row.request) for _, value in keys),
            at,
            *([line.group] if grouped else []),
            *(line_cell(line, column) for column in own.columns),
            axes.unit,
        )
        for row in rows
        for at, line in enumerate(row.request.rows(own.key), 1)
    ]
    return _table(name, headings, values)


def _table(name: str, headings: Iterable[str], values: Iterable[tuple[Value, ...]]) -> Table:
    return Table(name, tuple(map(TableColumn, unique(headings))), tuple(values))


def unique(words: Iterable[str]) -> Iterator[str]:
    """Yield words, each one that was there already with a number behind it: `査定`, `査定（2）`."""
    times, used = Counter[str](), set[str]()
    for word in words:
        found = word
        while found in used:
            times[word] += 1
            found = f"{word}（{times[word] + 1}）"
        used.add(found)
        yield found


def _keys(axes: Axes) -> Iterator[_Field]:
    """Yield what tells one request from another, alike in all tables."""
    word = axes.word
    yield word("id"), attrgetter("id")
    yield word("year"), _year
    yield f"{word('year')}（西暦）", attrgetter("fiscal_year")
    yield word("no"), attrgetter("no")
    for meaning in _KEYS:
        if axes.has(meaning):
            yield word(meaning), partial(_envelope, meaning)


def _envelope(meaning: str, request: Request) -> Value:
    own = _UNIT.get(meaning)
    return getattr(request, own) if own else request.meaning(meaning)


_UNIT = {"unit_code": "department_code", "unit_upper": "bureau", "unit": "section"}


def _year(request: Request) -> str | None:
    return FiscalYear(request.fiscal_year).label if request.fiscal_year else None


def _amounts(axes: Axes) -> Iterator[_Field]:
    """Yield the totals of all stages, then each source at every stage with the text beside it."""
    for stage in axes.stages:
        for source in (TOTAL, SPECIFIC):
            if source in stage.amounts:
                yield axes.amount_label(stage.key, source), partial(_amount, stage.key, source)
    for own in axes.sources:
        for stage in axes.stages:
            if own.key in stage.amounts:
                yield axes.amount_label(stage.key, own.key), partial(_amount, stage.key, own.key)
        if own.name:
            yield f"{own.label}の{own.name_label}", partial(_name, own.key)


def _amount(stage: str, source: str, request: Request) -> Value:
    return request.amount(stage, source)


def _name(source: str, request: Request) -> Value:
    return request.source_name(source)


def _others(axes: Axes) -> Iterator[_Field]:
    """Yield 債務負担行為, the unit, and every other field in the form's order."""
    contract = [one for one in axes.fields if one.meaning in _CONTRACT]
    for field in contract:
        year = "（西暦）" if field.kind == "year" else ""
        yield field.label + year, partial(_value, field)
    yield _unit(one.label for one in axes.fields), lambda _: axes.unit
    known = {*ENVELOPE, *_KEYS, *_CONTRACT}
    for field in axes.fields:
        if field.meaning not in known:
            yield field.label, partial(_value, field)


def _unit(labels: Iterable[str]) -> str:
    """Return the heading of the unit of amounts: whose it is where the form has another 単位."""
    return "金額の単位" if "単位" in labels else "単位"


def _value(field: FieldWords, request: Request) -> Value:
    return datum(request.value(field))


def line_cell(line: Line, column: Column) -> Value:
    """Return what a row of a list has in a column."""
    return line.amount(*column.amount) if column.amount else datum(line.values.get(column.key))


def datum(value: object) -> Value:
    """Return a value as a cell has it."""
    if isinstance(value, float):
        return Decimal(repr(value))
    return value if value is None or isinstance(value, int | str) else str(value)
