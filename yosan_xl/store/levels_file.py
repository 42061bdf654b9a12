"""Read 科目.csv: 会計, 款, 項 and 目 that may be chosen, as Excel or an editor saved it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.settings import Account, LevelPath
from yosan_xl.model.text import canonical
from yosan_xl.store.csv_rows import CsvFaults, CsvRow, check_width, columns_of, quoted, rows_of
from yosan_xl.store.faults import StoreError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import snapshot

LEVELS_TABLE = Code(
    "YX609",
    weight=Weight.ERROR,
    title="科目の表の形",
    fact="科目の表を読めません: {problem}。",
    remedy="{remedy}",
    why="1行目に 会計,款,項,目 の見出しがある CSV(UTF-8 または Shift_JIS)を読みます。項と目はなくてもかまいません。",
    wrong="科目,款",
    right="会計,款",
)
LEVELS_ROW = Code(
    "YX607",
    weight=Weight.ERROR,
    title="科目の表の行",
    fact="{row}行目: {problem}。",
    remedy="{remedy}",
    why="会計・款・項・目は、ブックの選択肢になり、集計の見出しになります。",
    wrong="一般会計,,総務管理費",
    right="一般会計,総務費,総務管理費",
)

CODES = (LEVELS_TABLE, LEVELS_ROW)

LEVELS = ("会計", "款", "項", "目")
"""From the top; only the first two must be there."""

_REQUIRED, _OPTIONAL = LEVELS[:2], (*LEVELS[2:], "備考")
_LIMIT_BYTES = 5 * 1024 * 1024
_LONGEST_NAME = 100
_LONGEST_PATH = 255
"""Excel looks up no longer text; a drop-down looks up the names above it, with a / between."""

_ODD = re.compile(r"[*?~/]|^[=<>]")
"""What the look-up of a drop-down (MATCH, COUNTIF) takes for any characters, the end of a name, or a comparison."""

_MOST_ROWS = 5_000
"""More 目 than a prefecture has."""

_HEADING = "1行目(説明の # の行を除く)を「会計,款,項,目」としてください。"


class LevelsError(StoreError):
    """A 科目.csv that cannot be used: every fault of the file."""


def read_levels(path: Path) -> tuple[LevelPath, ...]:
    """Read 科目.csv, nothing where there is none; raise LevelsError with all that is wrong, or Unreadable."""
    if not path.exists():
        return ()
    return parse_levels(snapshot(path, _LIMIT_BYTES).data, shown(path.name))


@lru_cache(maxsize=8)
def parse_levels(data: bytes, file: str = FilePlace.LEVELS.file_name) -> tuple[LevelPath, ...]:
    """Return the paths in the bytes of a table called `file`, each once, in order; raise LevelsError."""
    report = CsvFaults(file, LEVELS_TABLE, LEVELS_ROW)
    rows = rows_of(data, report)
    found = [*_paths(rows, report)]
    if not found and not report.findings:
        report.table("款が 1つもありません", "見出しの下に、1行に 1つの科目を書いてください。")
    if report.findings:
        raise LevelsError(*report.findings)
    return tuple(found)


def accounts_of(levels: Iterable[LevelPath]) -> tuple[Account, ...]:
    """Return the accounts of paths with their 款, in order."""
    kan: dict[str, dict[str, None]] = {}
    for path in levels:
        kan.setdefault(path[0], {})[path[1]] = None
    return tuple(Account(name, tuple(own)) for name, own in kan.items())


def odd_name(name: str) -> str:
    """Return what keeps a name from being looked up by a drop-down, "" where nothing does."""
    odd = dict.fromkeys(_ODD.findall(name))
    return f"「{name}」に、選択肢を探す式の記号になる半角の{quoted(odd)}があります" if odd else ""


def missing_level(level: str) -> Finding:
    """Return the finding that no 科目 has a level (項, 目) that the form asks for."""
    name = FilePlace.LEVELS.file_name
    return LEVELS_TABLE.at(
        Place(name),
        problem=f"様式にある「{level}」が 1つもありません",
        remedy=f"年度フォルダーの {name} に、{','.join(LEVELS)} の列で書いてください。",
    )


def _paths(rows: list[CsvRow], report: CsvFaults) -> Iterator[LevelPath]:
    if not rows:
        return
    columns = columns_of(
        header=rows[0], faults=report, required=_REQUIRED, optional=_OPTIONAL, remedy=_HEADING
    )
    if len(rows) > _MOST_ROWS:
        report.table(f"行が {_MOST_ROWS:,}行より多くあります", "使わない科目の行を消してください。")
    elif columns is not None:
        yield from _each_once(rows, columns, report)


def _each_once(
    rows: list[CsvRow], columns: Mapping[str, int], report: CsvFaults
) -> Iterator[LevelPath]:
    first: dict[LevelPath, int] = {}
    alike: dict[LevelPath, tuple[str, int]] = {}
    for row in rows[1:]:
        names = [unicodedata.normalize("NFC", row.cell(columns.get(key))) for key in LEVELS]
        path = tuple(filter(None, names))
        check_width(row, rows[0], report)
        _check(row.number, names, report)
        _check_alike(row.number, path, alike, report)
        if first.setdefault(path, row.number) == row.number:
            yield path
        else:
            problem = f"{first[path]}行目と同じ科目です"
            report.row(row.number, problem, "どちらかの行を消してください。")


def _check(row: int, names: list[str], report: CsvFaults) -> None:
    depth = max(len(_REQUIRED), *(at for at, name in enumerate(names, 1) if name), 0)
    if empty := [LEVELS[at] for at in range(depth) if not names[at]]:
        report.row(row, f"{quoted(empty)}が空です", "上の段から順に、どの行にも書いてください。")
    for level, name in zip(LEVELS, names, strict=True):
        if len(name) > _LONGEST_NAME or any(unicodedata.category(one) == "Cc" for one in name):
            problem = f"{level}が {_LONGEST_NAME}字を超えているか、改行などの制御文字があります"
            report.row(row, problem, "その行を直してください。")
        if problem := odd_name(name):
            report.row(row, f"{level}{problem}", "全角にしてください。")
    if len("/".join(names[:3]).encode("utf-16-le")) // 2 > _LONGEST_PATH:
        problem = f"会計、款、項の名前を合わせると {_LONGEST_PATH}字を超えます"
        report.row(row, problem, "名前を短くしてください。")


def _check_alike(
    row: int, path: LevelPath, alike: dict[LevelPath, tuple[str, int]], report: CsvFaults
) -> None:
    """Report a name that the look-up, or the reader of a book, takes for another one beside it."""
    same = tuple(map(_as_looked_up, path))
    for depth, name in enumerate(path, 1):
        other, number = alike.setdefault(same[:depth], (name, row))
        if other != name:
            problem = f"「{name}」は、{number}行目の「{other}」と、大文字・小文字、全角・半角、始まりの 0 しかちがいません"
            report.row(row, problem, "どちらかに書き方をそろえてください。")
            return


def _as_looked_up(name: str) -> str:
    same = canonical(name).casefold()
    return same.lstrip("0") if same.isdecimal() else same
