"""Read yosan.toml, the settings of one fiscal year, strictly: a typo is told, never skipped.

Where 科目.csv lies beside it, 会計 and 款 are that table's.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from yosan_xl.form.load import BeyondBounds, parse_toml
from yosan_xl.model.axes import DECIDED, Axes
from yosan_xl.model.ceiling import ceiling_faults
from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Code, Fault, Finding, Place, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Rounding
from yosan_xl.model.settings import (
    DECISIONS,
    Account,
    AssessmentStage,
    Ceiling,
    ExportColumn,
    ExportLayout,
    Folders,
    LevelPath,
    PriorList,
    Settings,
    fillable_stages,
)
from yosan_xl.rules import entry
from yosan_xl.rules.entry import bundled_check, unknown_keys
from yosan_xl.rules.pointer import Schema, Step, to_path
from yosan_xl.store.faults import StoreError, shown
from yosan_xl.store.levels_file import LevelsError, accounts_of, odd_name, read_levels
from yosan_xl.store.places import FilePlace, why_unsafe
from yosan_xl.store.roster_file import ROSTER_NAME as ROSTER_NAME
from yosan_xl.store.snapshot import snapshot

SETTINGS_TEXT = Code(
    "YX077",
    weight=Weight.ERROR,
    title="設定ファイルの書き方",
    fact="設定ファイルを読めません({problem})。",
    remedy="{remedy}",
    why="yosan.toml は TOML という書き方の、UTF-8 のテキストです。",
    wrong="municipality = 港区",
    right='municipality = "港区"',
)
SETTINGS_KEY = Code(
    "YX078",
    weight=Weight.ERROR,
    title="設定の項目名",
    fact="「{key}」という項目はありません。",
    remedy="{remedy}",
    why="つづりちがいを黙って読みとばすと、直したつもりの設定が効きません。",
    wrong="sheet = 5",
    right="sheets = 5",
)
SETTINGS_VALUE = Code(
    "YX079",
    weight=Weight.ERROR,
    title="設定の値",
    fact="「{key}」{problem}。",
    remedy="{remedy}",
    why="設定の誤りは配布したすべてのブックに及ぶため、作る前に止めます。",
    wrong="sheets = 0",
    right="sheets = 5",
)

CODES = (
    SETTINGS_TEXT,
    SETTINGS_KEY,
    SETTINGS_VALUE,
)

SETTINGS_NAME = FilePlace.SETTINGS.file_name

_LIMIT_BYTES = 1024 * 1024
_LINE = r"^{key}\s*=.*$"
_OF_A_FORM = ("fields", "funding", "checks", "head", "left", "right", "print", "columns")
"""Keys of a form's definition, which some write into yosan.toml."""

_MOST_KEYS = 20
"""How many unknown keys of a table are told in one run: a file may hold 50,000."""

_NEAR = 0.75
"""How like a known key (difflib) a misspelt one is."""

_NEARLY = 1e-6
"""97.5 * 10 need not be 975 exactly."""

_LONGEST = 2**63
"""TOML has no greater integers, and Python may refuse to print them."""

_DEFAULT = Settings(municipality="", year=FiscalYear(2020), form="", accounts=(), categories=())
_Table = dict[str, Any]
_Wrong = tuple[tuple[Step, ...], str, str | None]
"""The way to a value, what is wrong with it, and what to do where that is not a line to copy."""


class SettingsError(StoreError):
    """Settings that cannot be used (YX077-YX079): every fault of the file."""


def find_year_folder(start: Path) -> Path | None:
    """Return the nearest folder with a yosan.toml: `start` or one above it."""
    return next(year_folders_around(start), None)


def year_folders_around(start: Path) -> Iterator[Path]:
    """Return every folder with a yosan.toml from `start` upwards."""
    absolute = start.absolute()
    return filter(has_settings, (absolute, *absolute.parents))


def has_settings(folder: Path) -> bool:
    """Return whether a folder has a yosan.toml, as far as we may know."""
    try:
        return (folder / SETTINGS_NAME).is_file()
    except OSError:
        return False


def years_below(folder: Path) -> tuple[str, ...]:
    """Return the names of the year folders that lie in a folder, as far as we may know."""
    try:
        return tuple(sorted(path.name for path in folder.iterdir() if has_settings(path)))
    except OSError:
        return ()


def read_settings(path: Path) -> Settings:
    """Read yosan.toml, and 科目.csv beside it; raise SettingsError with all that is wrong, or Unreadable."""
    data, file = snapshot(path, _LIMIT_BYTES).data, shown(path.name)
    try:
        levels = read_levels(path.parent / FilePlace.LEVELS.file_name)
    except LevelsError as error:
        raise SettingsError(*error.findings, *_faults_of(data, file)) from error
    return parse_settings(data, file, levels)


def _faults_of(data: bytes, file: str) -> tuple[Finding, ...]:
    try:
        parse_settings(data, file)
    except SettingsError as error:
        return error.findings
    return ()


@lru_cache(maxsize=8)
def parse_settings(
    data: bytes, file: str = SETTINGS_NAME, levels: tuple[LevelPath, ...] = ()
) -> Settings:
    """Return the settings in the bytes of a yosan.toml called `file`; raise SettingsError.

    `levels` are those of 科目.csv; without them 会計 and 款 are those of [[accounts]].
    """
    # Cached: what a form is called is asked for every book of a year.
    values = _parse_toml(data, file)
    found = [*_schema_findings(values, file)]
    wrong = [*_relations(values), *_levels_twice(values, levels)]
    found += [
        _value_finding(_spot(path, values), file, problem, remedy)
        for path, problem, remedy in wrong
    ]
    if found:
        raise SettingsError(*found)
    return _settings(values, levels)


def missing_setting(key: str, file: str = SETTINGS_NAME) -> Finding:
    """Return the finding that a setting is not there which the form needs."""
    return _value_finding(_spot((key,), {}), file, "が入力されていません")


def odd_accounts(settings: Settings, file: str = SETTINGS_NAME) -> Iterator[Finding]:
    """Yield a finding for every 会計 and 款 that a drop-down of the second vocabulary could not look up."""
    for name in dict.fromkeys(name for path in settings.levels for name in path):
        if problem := odd_name(name):
            yield _value_finding(
                _spot(("accounts",), {}), file, f"の{problem}", "全角にしてください。"
            )


def odd_stages(settings: Settings, axes: Axes, file: str = SETTINGS_NAME) -> Iterator[Finding]:
    """Yield a finding for every `column` of a stage that is none of the form's, not its own, or stands twice."""
    last, taken = len(settings.stages) - 1, set[str]()
    known = [one for one in fillable_stages(axes) if one.key != DECIDED]
    for number, stage in enumerate(settings.stages):
        key = settings.filled(replace(stage, restoration=False), axes)
        # What departments ask for again (調整要求) may fill any of them, whichever stage decides on it.
        is_last = number == last and not (stage.restoration and key != DECIDED)
        problem = _odd_column(stage.column, key, is_last=is_last, taken=taken)
        taken.add(key)
        if problem:
            labels = "".join(f"「{one.label}」" for one in known)
            remedy = (
                f"{labels}のどれかにするか、column の行を消してください"
                if known and number < last
                else "column の行を消してください"
            )
            spot = _spot(("stages", number, "column"), {"stages": [{}] * (number + 1)})
            yield _value_finding(
                spot, file, problem, f"{remedy}（最後の段階は、様式の決定の欄に入ります）。"
            )


def _odd_column(column: str, key: str, *, is_last: bool, taken: Collection[str]) -> str | None:
    """Return what is wrong with the `column` of a stage, None where nothing is."""
    if not column:
        return None
    if not key:
        return f"の「{column}」は、様式で財政課が記入する段階ではありません"
    if is_last != (key == DECIDED):
        return f"の「{column}」は、{'最後' if is_last else '最後より前'}の段階では使えません"
    return f"の「{column}」は、前の段階で使っています" if key in taken else None


def odd_ceilings(
    settings: Settings, roster: Roster, axes: Axes, file: str = SETTINGS_NAME
) -> Iterator[Finding]:
    """Yield a finding for everything that is wrong with [[ceilings]], by the roster and in the form's words."""
    for fault in ceiling_faults(settings, roster, axes):
        spot = _spot(("ceilings", fault.at, fault.key), {"ceilings": [{}] * (fault.at + 1)})
        yield _value_finding(spot, file, fault.problem, fault.remedy)


def wrong_rows(problem: str, file: str = SETTINGS_NAME) -> Finding:
    """Return the finding that the rows of the lists do not suit the form."""
    return _value_finding(_spot(("lines", "rows"), {"lines": {}}), file, problem)


def render_settings(text: str, values: Mapping[str, str]) -> str:
    """Return the text of a yosan.toml with its lines of `values` (key → text) replaced.

    A setting that the text lacks is written above it, but for the year. Raises ValueError where the text sets one of
    them otherwise than in one line of its own.
    """
    above = []
    for key, value in values.items():
        line = _line(key, value)
        said = line.replace("\\", r"\\")
        text, replaced = re.subn(_LINE.format(key=key), said, text, flags=re.MULTILINE)
        if not replaced and key != "year":
            above.append(f"{line}\n")
        elif replaced != 1:
            raise ValueError(f"{replaced} lines set {key}")
    return "".join(above) + text


def carried_settings(text: str, values: Mapping[str, str]) -> str:
    """Return the text of last year's yosan.toml for a new year: rendered with `values`, and no 提出期限 or 再提出期限 yet."""
    carried = render_settings(text, values)
    days = _LINE.format(key="((?:resubmission_)?deadline)")
    return re.sub(days, r'\1 = ""', carried, flags=re.MULTILINE)


def _line(key: str, value: str) -> str:
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"


def _settings(values: _Table, levels: tuple[LevelPath, ...]) -> Settings:
    """Build the settings of values that are right; an empty text is as good as none."""
    lines, rounding, protection, folders = (
        values.get(key, {}) for key in ("lines", "rounding", "protection", "folders")
    )
    as_written = (
        *("sheets", "first_no", "deadline", "resubmission_deadline", "contact"),
        *("archive", "prefecture", "licence"),
    )
    accounts = accounts_of(levels) or tuple(
        Account(row["name"], tuple(row["kan"])) for row in values.get("accounts", ())
    )
    return Settings(
        municipality=values["municipality"],
        year=FiscalYear.parse(str(values["year"])),
        form=values["form"],
        accounts=accounts,
        categories=tuple(values.get("categories", ())),
        levels=levels or tuple((one.name, kan) for one in accounts for kan in one.kan),
        line_rows=tuple(lines.get("rows", ())),
        expenditure_rounding=Rounding(rounding.get("expenditure", _DEFAULT.expenditure_rounding)),
        revenue_rounding=Rounding(rounding.get("revenue", _DEFAULT.revenue_rounding)),
        password_env=protection.get("password_env", ""),
        locks_structure=protection.get("structure", False),
        folders=Folders(**{key: _composed(name) for key, name in folders.items()}),
        prior=PriorList(**values.get("prior", {})),
        stages=_stages(values.get("stages", ())),
        exports=tuple(map(_layout, values.get("exports", ()))),
        ceilings=tuple(map(_ceiling, values.get("ceilings", ()))),
        **{key: values[key] for key in as_written if values.get(key)},
    )


def _layout(row: _Table) -> ExportLayout:
    columns = tuple(ExportColumn(**column) for column in row["columns"])
    order = tuple(row.get("order", ()))
    return ExportLayout(**{**row, "columns": columns, "order": order})


def _ceiling(row: _Table) -> Ceiling:
    percent = row.get("percent")
    return Ceiling(
        department=row["department"],
        of=row["of"],
        limit=row.get("limit"),
        tenths=None if percent is None else round(percent * 10),
        categories=tuple(dict.fromkeys(row.get("categories", ()))),
    )


def _stages(rows: Iterable[_Table]) -> tuple[AssessmentStage, ...]:
    """Return the stages; where none says so, 決定状況 shows what the last decided."""
    found = [AssessmentStage(**{**row, "name": _composed(row["name"])}) for row in rows]
    if found and all(one.edition != DECISIONS for one in found):
        found[-1] = replace(found[-1], edition=found[-1].edition or DECISIONS)
    return tuple(found)


def _trimmed(value: Any) -> Any:
    """Leave out white space around texts, wherever they stand."""
    if isinstance(value, dict):
        return {key: _trimmed(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_trimmed(one) for one in value]
    if isinstance(value, int) and abs(value) > _LONGEST:
        return _LONGEST
    return value.strip() if isinstance(value, str) else value


def _schema() -> Schema:
    return bundled_check("settings").schema


class _Spot(NamedTuple):
    """A key in a table: `where` says which table that is; `schema` and `values` are the table's."""

    where: str
    key: str
    schema: Schema
    values: _Table

    @property
    def own(self) -> Schema:
        """The schema of the key's value."""
        own: Schema = self.schema["properties"][self.key]
        return own

    @property
    def line(self) -> str:
        """A line to copy."""
        headings = {key: heading for key, heading, _ in _tables()}
        if not self.where and self.key in headings:
            return headings[self.key]
        return f"{self.key} = {_toml(self.own['examples'][0])}"


def _toml(value: Any) -> str:
    """Return a value as TOML writes it in one line: as JSON, but for tables."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{_toml(key)} = {_toml(one)}' for key, one in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)


def _spot(path: Sequence[Step], values: _Table) -> _Spot:
    """Return the key whose value a path leads to, or into."""
    first, *rest = path
    own = _schema()["properties"].get(first, {})
    if rest and "properties" in own:
        return _Spot(f"[{first}] ", str(rest[0]), own, values[str(first)])
    if len(rest) > 1 and "properties" in own.get("items", {}):
        row = int(rest[0])
        where = f"[[{first}]] {row + 1}番目の "
        return _Spot(where, str(rest[1]), own["items"], values[str(first)][row])
    return _Spot("", str(first), _schema(), values)


def _tables() -> Iterator[tuple[str, str, Schema]]:
    """Yield key, heading and schema of every table below the first."""
    for key, own in _schema()["properties"].items():
        if "properties" in own:
            yield key, f"[{key}]", own
        elif "properties" in own.get("items", {}):
            yield key, f"[[{key}]]", own["items"]


def _schema_findings(values: _Table, file: str) -> Iterator[Finding]:
    """Yield what is not as the schema wants it, and take it out of `values`."""
    faults = bundled_check("settings").faults(values)
    spots = [_spot(to_path(fault.pointer), values) for _, fault in faults]
    for (code, fault), spot in zip(faults, spots, strict=True):
        spot.values.pop(spot.key, None)
        if code is entry.UNKNOWN:
            more = unknown_keys(spot.values, spot.schema)
            for key in more:
                del spot.values[key]
            for key in (spot.key, *more)[:_MOST_KEYS]:
                meant = _meant(spot._replace(key=key))
                yield SETTINGS_KEY.at(Place(file), None, key=spot.where + key, remedy=meant)
        else:
            remedy = code.remedy.format_map(fault.facts) if code is entry.CHOICE else None
            yield _value_finding(spot, file, _problem(code, fault, spot), remedy)


def _problem(code: Code, fault: Fault, spot: _Spot) -> str:
    """Say what is wrong, as of a request; where that would be vague, in the settings' own words."""
    if code is entry.PATTERN:
        return str(spot.own.get("items", spot.own)["$comment"])
    if code is entry.TYPE:
        wanted = f"{spot.line} の表" if spot.line.startswith("[") else fault.facts["wanted"]
        return f"は{wanted}で書きます"
    if code is entry.MISSING and isinstance(to_path(fault.pointer)[-1], int):
        return "に空の文字があります"
    return code.fact.format_map({**fault.facts, "label": ""}).removesuffix("。")


def _value_finding(spot: _Spot, file: str, problem: str, remedy: str | None = None) -> Finding:
    advice = remedy or f"「{spot.line}」のように書いてください。"
    key = spot.where + spot.key
    return SETTINGS_VALUE.at(Place(file), None, key=key, problem=problem, remedy=advice)


def _meant(spot: _Spot) -> str:
    """Say what to do about a key that has no meaning where it stands."""
    key, known = spot.key, list(spot.schema["properties"])
    if spot.where and key in _schema()["properties"]:
        return f"「{key}」は、[ ] で囲んだ最初の行より上に書いてください。"
    if heading := next(
        (heading for _, heading, own in _tables() if key in own["properties"]), None
    ):
        return f"「{key}」は、{heading} の行より下に書いてください。"
    if key in _OF_A_FORM:
        return f"「{key}」は様式の定義（form.toml）で決まるもので、yosan.toml では変えられません。消してください。"
    import difflib  # only for a key that is wrong

    # A slip of the fingers seldom is the first letter: funding is not rounding.
    alike = [name for name in known if name[:1] == key[:1].lower()]
    if close := difflib.get_close_matches(key.lower(), alike, n=1, cutoff=_NEAR):
        return f"「{close[0]}」の書きまちがいではありませんか。"
    return f"使える項目は {'・'.join(known)} です。要らなければ消してください。"


def _relations(values: _Table) -> Iterator[_Wrong]:
    """Yield what is wrong with values of the right kind; what the schema refused is not among them."""
    if "year" in values and not _is_year(values["year"]):
        yield ("year",), "の値は年度として読めません", None
    if "form" in values and (problem := why_unsafe(values["form"])):
        yield ("form",), problem, None
    accounts = values.get("accounts", [])
    yield from _twice(("categories",), values.get("categories", []))
    yield from _twice(("accounts",), [account.get("name") for account in accounts])
    for number, account in enumerate(accounts):
        yield from _twice(("accounts", number, "kan"), account.get("kan", []))
    yield from _folder_faults(values.get("folders", {}))
    yield from _stage_faults(values.get("stages", []))
    yield from _export_faults(values.get("exports", []))
    yield from _percent_faults(values.get("ceilings", []))


def _percent_faults(ceilings: Sequence[_Table]) -> Iterator[_Wrong]:
    """Yield what is no number of 0.1 %: `inf` and `nan` of TOML among them."""
    for number, one in enumerate(ceilings):
        tenths = one.get("percent", 0) * 10
        if not (math.isfinite(tenths) and abs(tenths - round(tenths)) < _NEARLY):
            remedy = "「percent = 95」「percent = 97.5」のように書いてください。"
            yield ("ceilings", number, "percent"), "は 0.1 きざみの数で書きます", remedy


def _export_faults(exports: Sequence[_Table]) -> Iterator[_Wrong]:
    """Yield names that are there twice or of no file, and columns and codes that are none."""
    yield from _twice(("exports",), [_composed(one.get("name", "")).casefold() for one in exports])
    for number, one in enumerate(exports):
        if problem := why_unsafe(one.get("name", "")):
            yield ("exports", number, "name"), problem, "ファイル名に使える名前にしてください。"
        tables = one.get("codes", {})
        for table, codes in tables.items():
            if not isinstance(codes, dict) or not all(isinstance(v, str) for v in codes.values()):
                problem = f"の「{table}」は、言葉とコード（文字）の表ではありません"
                yield ("exports", number, "codes"), problem, None
        columns = one.get("columns", [])
        headings = [column.get("heading") for column in columns if isinstance(column, dict)]
        yield from _twice(
            ("exports", number, "columns"), [one for one in headings if isinstance(one, str)]
        )
        for at, column in enumerate(columns, 1):
            if problem := _wrong_column(column, tables):
                yield ("exports", number, "columns"), f"の{at}番目{problem}", None


_COLUMN_KINDS = {"heading": str, "value": str, "constant": str, "codes": str, "width": int}
_MOST_DIGITS = 40


def _wrong_column(column: _Table, tables: Mapping[str, Any]) -> str | None:
    """Say what is wrong with a column of a named CSV; None where nothing is."""
    known = "・".join(_COLUMN_KINDS)
    if other := next((key for key in column if key not in _COLUMN_KINDS), None):
        return f"に「{other}」という項目はありません（使えるのは {known}）"
    if wrong := next(
        (key for key, one in column.items() if type(one) is not _COLUMN_KINDS[key]), None
    ):
        return f"の「{wrong}」は{'整数' if wrong == 'width' else '文字'}で書きます"
    if not column.get("heading"):
        return "に heading（見出し）がありません"
    if ("value" in column) == ("constant" in column):
        return "には value と constant のどちらか1つを書きます"
    if not 1 <= column.get("width", 1) <= _MOST_DIGITS:
        return f"の width は 1 から {_MOST_DIGITS} までです"
    if column.get("codes") and column["codes"] not in tables:
        return f"の codes「{column['codes']}」の表がありません"
    return None


def _stage_faults(stages: Sequence[_Table]) -> Iterator[_Wrong]:
    """Yield names and editions that stand twice, names that no folder can have, and 復活 before any 内示."""
    # Windows and macOS take names that differ only in case for one.
    yield from _twice(("stages",), [_composed(one.get("name", "")).casefold() for one in stages])
    yield from _twice(("stages",), [one.get("edition") for one in stages])
    has_notice = False
    for number, stage in enumerate(stages):
        if "name" in stage and (problem := why_unsafe(stage["name"])):
            yield ("stages", number, "name"), problem, "ファイル名に使える名前にしてください。"
        if stage.get("restoration") and not has_notice:
            remedy = "復活要求の前の段階に「notice = true」と書いてください。"
            yield ("stages", number, "restoration"), "より前に、内示をする段階がありません", remedy
        has_notice |= bool(stage.get("notice"))


def _levels_twice(values: _Table, levels: tuple[LevelPath, ...]) -> Iterator[_Wrong]:
    """Yield that accounts stand both in yosan.toml and in 科目.csv: only one of them would count."""
    if levels and "accounts" in values:
        remedy = "会計と款は 科目.csv に書き、yosan.toml の [[accounts]] をすべて消してください。"
        yield ("accounts",), "は、科目.csv があるので使いません", remedy


def _is_year(value: str | int) -> bool:
    try:
        FiscalYear.parse(str(value))
    except ValueError:
        return False
    return True


def _twice(path: tuple[Step, ...], names: Iterable[str | None]) -> Iterator[_Wrong]:
    for name, times in Counter(filter(None, names)).items():
        if times > 1:
            yield path, f"に「{name}」が {times}回あります", "1回だけ書いてください。"


def _folder_faults(given: Mapping[str, str]) -> Iterator[_Wrong]:
    """Yield names that are none of a folder, of another folder, or of a file of the year folder."""
    names = {**asdict(_DEFAULT.folders), **{key: _composed(name) for key, name in given.items()}}
    # Windows and macOS take names that differ only in case for one.
    taken = (
        *(FilePlace.SETTINGS, FilePlace.ROSTER, FilePlace.LEVELS, FilePlace.SUCCESSION),
        *(FilePlace.LEDGER, FilePlace.OWN_FORMS),
    )
    seen = {place.path.casefold(): place.path for place in taken} | {"復活": "復活"}
    for key, name in names.items():
        if problem := why_unsafe(name):
            yield ("folders", key), problem, None
        if other := seen.get(name.casefold()):
            problem = f"の「{name}」は {other} と同じ名前です"
            yield ("folders", key), problem, "別の名前にしてください。"
        seen.setdefault(name.casefold(), key)


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _parse_toml(data: bytes, file: str) -> _Table:
    try:
        values: _Table = _trimmed(parse_toml(data.decode("utf-8-sig") + "\n"))
        return values
    except UnicodeDecodeError:
        problem = "文字コードが UTF-8 ではありません"
        remedy = "メモ帳などで開き、文字コード UTF-8 で保存し直してください。"
    except BeyondBounds as error:
        problem, remedy = str(error), "要らない部分を消すか、行を分けてください。"
    except (ValueError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        problem = f"{place[1]}行目あたり" if place else '閉じていない [ や " があります'
        remedy = (
            '項目は 名前 = 値 の形で 1つずつ、文字は半角の "…" で囲み、'
            "= と , と [ ] も半角で書いてください(同じ項目は 1回だけです)。"
        )
    raise SettingsError(SETTINGS_TEXT.at(Place(file), problem=problem, remedy=remedy))
