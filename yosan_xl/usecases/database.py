"""`export --format sqlite`: the requests of years and stages as tables that Datasette, Excel and SQL read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Axes
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.public import public_axes, public_rows
from yosan_xl.model.settings import Settings
from yosan_xl.model.staged import staged
from yosan_xl.report.export_tables import decision_state, number_state
from yosan_xl.store.database_file import (
    INTEGER,
    TEXT,
    Cell,
    DatabaseColumn,
    DatabaseTable,
    database_bytes,
)
from yosan_xl.store.write import refuse_over, write_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.outputs import DATABASE
from yosan_xl.usecases.year_source import YearSource, open_source, stages_of

_Make = Callable[["_Year"], Iterator[Sequence[Cell]]]

_OF_YEAR = (
    DatabaseColumn("年度", INTEGER, "会計年度の西暦（令和2年度は 2020）"),
    DatabaseColumn(
        "保存段階", TEXT, "保存庫の段階の名前。年度フォルダーなどのいまの内容は「現在」"
    ),
)
_OF_REQUEST = (
    *_OF_YEAR,
    DatabaseColumn("要求番号", INTEGER, "年度と保存段階の中で要求を見分ける番号（1から）"),
)


@dataclass(frozen=True, slots=True)
class DatabaseMade:
    """The database, how many requests of how many years and stages are in it, and what reading them found."""

    file: Path
    years: int
    requests: int
    findings: tuple[Finding, ...]
    own: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Year:
    """A year at a stage: its requests with the axes that are shown of them."""

    source: YearSource
    stage: str
    rows: tuple[SummaryRow, ...]
    axes: Axes
    public: bool
    told: tuple[Finding, ...] = ()

    @property
    def key(self) -> tuple[Cell, ...]:
        return (self.source.requests.year.western, self.stage)

    @property
    def numbered(self) -> Iterator[tuple[tuple[Cell, ...], SummaryRow]]:
        return (((*self.key, at), row) for at, row in enumerate(self.rows, 1))


def write_database(sources: Sequence[str], out: Path, *, public: bool = False) -> DatabaseMade:
    """Write every year and stage that is named into a database, made anew; raise WrongInput.

    A source is whatever `compare` takes; an archive is all its years with all their stages, nothing the year folder here.
    """
    named = dict.fromkeys(one for source in sources or (".",) for one in stages_of(source))
    found = [_year(open_source(source), stage, public=public) for source, stage in named]
    years = [*_told_apart(found)]
    books = [Path(source) for source in sources if Path(source).is_file()]
    refuse_over(out, DATABASE, books)
    tables = [*_tables(years)]
    write_bytes(out, database_bytes([_described(tables), *tables]), DATABASE, books)
    own = tuple(finding for year in years for finding in year.told)
    told = (finding for year in years for finding in year.source.findings)
    requests = sum(len(year.rows) for year in years)
    return DatabaseMade(out, len(years), requests, (*told, *own), own)


def _told_apart(years: Iterable[_Year]) -> Iterator[_Year]:
    """Yield the years, the second of the same year and stage with a number: a folder and its summary."""
    times = Counter[tuple[Cell, ...]]()
    for year in years:
        times[year.key] += 1
        number = times[year.key]
        yield year if number == 1 else replace(year, stage=f"{year.stage}（{number}）")


def _year(source: YearSource, stage: str, *, public: bool) -> _Year:
    requests = source.requests
    axes = requests.axes
    assert axes is not None  # a year without requests is refused
    settings = requests.settings or Settings("", requests.year, axes.form, (), ())
    if public:
        rows, left_out = public_rows(source.rows, settings)
        place = Place(f"{requests.year.short}/{stage}")
        told = (codes.NOT_PUBLISHED.at(place, count=left_out),) if left_out else ()
        return _Year(source, stage, rows, public_axes(axes), public, told)
    rows, axes = staged(source.rows, axes, settings)
    return _Year(source, stage, rows, axes, public)


def _tables(years: Sequence[_Year]) -> Iterator[DatabaseTable]:
    for name, about, columns, keys, make in _LAYOUT:
        rows = [row for year in years for row in make(year)]
        yield DatabaseTable(name, about, columns, rows, keys)


def _described(tables: Iterable[DatabaseTable]) -> DatabaseTable:
    """Return 説明: what every table and column is."""
    columns = (
        DatabaseColumn("表", TEXT, "表の名前"),
        DatabaseColumn("列", TEXT, "列の名前。空は表そのもの"),
        DatabaseColumn("型", TEXT, "INTEGER は整数、TEXT は文字"),
        DatabaseColumn("説明", TEXT, "何が入っているか"),
    )
    own = DatabaseTable("説明", "この表。すべての表と列の説明", columns, ())
    rows = [
        row
        for table in (own, *tables)
        for row in (
            (table.name, "", "", table.about),
            *((table.name, one.name, one.kind, one.about) for one in table.columns),
        )
    ]
    return replace(own, rows=rows)


def _years(year: _Year) -> Iterator[Sequence[Cell]]:
    requests = year.source.requests
    settings = requests.settings
    decided = sum(row.request.amount(DECIDED) is not None for row in year.rows)
    yield (
        *year.key,
        FiscalYear(requests.year.western).label,
        settings.municipality if settings else None,
        requests.source,
        year.axes.title,
        year.axes.unit,
        len(year.rows),
        decided,
    )


def _units(year: _Year) -> Iterator[Sequence[Cell]]:
    for unit in year.source.requests.units:
        yield (*year.key, unit.code, unit.bureau, unit.section)


def _requests(year: _Year) -> Iterator[Sequence[Cell]]:
    for key, row in year.numbered:
        request = row.request
        unit = year.source.requests.unit(request)
        levels = (request.meaning(one) for one in ("account", "level1", "level2", "level3"))
        yield (
            *key,
            request.id,
            request.no,
            number_state(row),
            request.department_code,
            unit.bureau,
            unit.section,
            *levels,
            request.meaning("project_code"),
            request.title,
            request.category,
            request.amount(ASKED),
            request.amount(DECIDED),
            decision_state(row, public=year.public),
            *((None, None) if year.public else (row.source.file, row.source.sheet)),
        )


def _texts(year: _Year) -> Iterator[Sequence[Cell]]:
    for key, row in year.numbered:
        for field in year.axes.fields:
            value = row.request.value(field)
            if value is not None and field.pointer not in ("/id", "/no"):
                yield (*key, field.label, _cell(value))


def _lines(year: _Year) -> Iterator[Sequence[Cell]]:
    for key, row in year.numbered:
        for own in year.axes.lists:
            for at, line in enumerate(row.request.rows(own.key), 1):
                amounts = (
                    line.amount(stage, one)
                    for stage in (ASKED, DECIDED)
                    for one in (TOTAL, SPECIFIC)
                )
                yield (*key, own.label, at, line.group, line.label, *amounts)


def _line_fields(year: _Year) -> Iterator[Sequence[Cell]]:
    for key, row in year.numbered:
        for own in year.axes.lists:
            for at, line in enumerate(row.request.rows(own.key), 1):
                for column in own.columns:
                    value = (
                        line.amount(*column.amount)
                        if column.amount
                        else line.values.get(column.key)
                    )
                    if value is not None:
                        yield (*key, own.label, at, column.label, _cell(value))


def _sources(year: _Year) -> Iterator[Sequence[Cell]]:
    axes, words = year.axes, {TOTAL: "合計", SPECIFIC: "うち特定財源"}
    for key, row in year.numbered:
        for stage in axes.stages:
            for source in stage.amounts:
                amount = row.request.amount(stage.key, source)
                kind = words.get(source) or ("一般財源" if source == axes.rest else "特定財源")
                if amount is not None:
                    name = row.request.source_name(source) if _has_name(axes, source) else None
                    yield (*key, stage.label, axes.source_label(source), kind, name, amount)


def _has_name(axes: Axes, source: str) -> bool:
    return any(one.key == source and one.name for one in axes.sources)


def _decisions(year: _Year) -> Iterator[Sequence[Cell]]:
    for key, row in year.numbered:
        for one in row.decisions:
            closed = int(one.is_closed)
            yield (*key, one.stage, one.progress.value, one.total, one.verdict, one.reason, closed)


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, int | str) else str(value)


def _columns(kind: str, **words: str) -> tuple[DatabaseColumn, ...]:
    return tuple(DatabaseColumn(name, kind, about) for name, about in words.items())


_AMOUNT = "（単位は表「年度」の「金額の単位」）。空は未定か記入なしで、0とはちがう"
_LIST = (
    *_OF_REQUEST,
    *_columns(TEXT, 表="様式の表の名前"),
    *_columns(INTEGER, 番号="表の中の行の番号（1から）"),
)
_BY_LIST = ("年度", "保存段階", "要求番号", "表", "番号")
_BY_REQUEST = _BY_LIST[:3]

_LAYOUT: tuple[tuple[str, str, tuple[DatabaseColumn, ...], tuple[str, ...], _Make], ...] = (
    (
        "年度",
        "入っている年度と保存庫の段階",
        (
            *_OF_YEAR,
            *_columns(TEXT, 和暦="年度の和暦", 団体="団体の名前", 出どころ="読んだ場所の名前"),
            *_columns(TEXT, 様式="様式の表題", 金額の単位="千円か円"),
            *_columns(INTEGER, 要求の件数="数えた要求の件数", 決定の件数="決定額のある要求の件数"),
        ),
        ("年度", "保存段階"),
        _years,
    ),
    (
        "所管課",
        "年度ごとの所管課",
        (*_OF_YEAR, *_columns(TEXT, 所管課コード="所管課のコード", 部="部など", 課="課など")),
        ("年度", "保存段階", "所管課コード"),
        _units,
    ),
    (
        "要求",
        "要求1件が1行",
        (
            *_OF_REQUEST,
            *_columns(TEXT, 要求書ID="要求書のID"),
            *_columns(INTEGER, NO="公表する番号"),
            *_columns(
                TEXT, NOの状態="確定か仮（仮は変わることがある）", 所管課コード="所管課のコード"
            ),
            *_columns(TEXT, 部="部など", 課="課など", 会計="会計", 款="款", 項="項", 目="目"),
            *_columns(TEXT, 事業コード="事業コード", 事業名="事業名", 要求区分="要求区分"),
            *_columns(
                INTEGER, 要求額=f"要求額の合計{_AMOUNT}", 決定額=f"決定した額の合計{_AMOUNT}"
            ),
            *_columns(
                TEXT,
                決定の状況="未定、一部、済、保留、要確認",
                ファイル="読んだブック",
                シート="読んだシート",
            ),
        ),
        _BY_REQUEST,
        _requests,
    ),
    (
        "本文",
        "要求の欄ごとに1行（事業説明文、編成の考え方など）",
        (*_OF_REQUEST, *_columns(TEXT, 欄="様式の欄の名前", 内容="書かれたもの")),
        (),
        _texts,
    ),
    (
        "明細",
        "要求の表（要求内容など）の1行が1行",
        (
            *_LIST,
            *_columns(TEXT, 区分="表の中の区分", 内容="何のための行か"),
            *_columns(
                INTEGER,
                要求額=f"要求額{_AMOUNT}",
                要求額のうち特定財源=f"要求額のうち特定財源{_AMOUNT}",
            ),
            *_columns(
                INTEGER,
                決定額=f"決定した額{_AMOUNT}",
                決定額のうち特定財源=f"決定した額のうち特定財源{_AMOUNT}",
            ),
        ),
        _BY_LIST,
        _lines,
    ),
    (
        "明細の欄",
        "明細の1行の欄ごとに1行（様式のすべての列）",
        (*_LIST, *_columns(TEXT, 列="様式の列の名前", 内容="書かれたもの")),
        (),
        _line_fields,
    ),
    (
        "財源別の額",
        "要求、額の段階、財源ごとに1行。未定の額は行がない",
        (
            *_OF_REQUEST,
            *_columns(TEXT, 段階="要求額、前年度、内示、査定の段階、予算額など", 財源="財源の名前"),
            *_columns(
                TEXT,
                財源の区分="合計、うち特定財源、特定財源、一般財源。足すときは1つの区分だけを使う",
            ),
            *_columns(TEXT, 名称="補助金などの名前"),
            *_columns(INTEGER, 金額="金額（単位は表「年度」の「金額の単位」）"),
        ),
        (),
        _sources,
    ),
    (
        "査定",
        "要求と査定の段階ごとに1行",
        (
            *_OF_REQUEST,
            *_columns(TEXT, 査定の段階="段階の名前", 進み具合="未定、一部、済、保留、要確認"),
            *_columns(INTEGER, 額=f"その段階で決めた額{_AMOUNT}"),
            *_columns(TEXT, 査定="査定区分", 理由="その段階の理由"),
            *_columns(INTEGER, 閉じた="段階を閉じていれば 1、いなければ 0"),
        ),
        (),
        _decisions,
    ),
)
