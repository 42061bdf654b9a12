"""`report-problem`: what whoever looks into a problem needs, in one zip, without texts, amounts and names of anybody.

Versions, settings by their keys, findings by code and place, books by their structure, the last log by its places.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import re
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from yosan_xl import __version__
from yosan_xl.excel.structure import book_structure, length, sheet_word, zipped
from yosan_xl.form.load import parse_toml
from yosan_xl.model.finding import Finding, Place
from yosan_xl.report.table import to_json
from yosan_xl.resources import schema_file
from yosan_xl.store.faults import PathError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.settings_file import find_year_folder
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import OVER_OTHERS, refuse_over, write_bytes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import PROBLEM_REPORT, REPORT_BEGINS
from yosan_xl.usecases.submitted.read import Progress, refuse_absent
from yosan_xl.usecases.submitted.read_files import ReadOptions
from yosan_xl.usecases.validate import validate
from yosan_xl.usecases.year import open_year, shipped_forms

_LIBRARIES = ("click", "jsonschema", "openpyxl", "python-calamine", "xlsxwriter")
_BOOKS = 20
"""As many books with findings are described where none is asked for."""
_MOST_LOG = 1_000_000
_SEEN_KEYS = {"form", "structure", "header"}
_NAMED_FILES = {place.file_name for place in FilePlace if "{" not in place.path}
_CELL = re.compile(r"[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?|[0-9]{1,7}行目")
_POINTER = re.compile(r"[A-Za-z0-9_/]{1,200}")
_FRAME = re.compile(
    r'  File "(?P<file>[^"\n]+)", line (?P<line>[0-9]+)(?:, in (?P<name>[\w.<>]+))?'
)
_ERROR = re.compile(
    r"(?P<kind>yosan_xl\.[\w.]{1,80}|[\w.]{0,80}(?:Error|Exception|Warning|Interrupt|Exit))(?::(?P<text>.*))?",
    re.ASCII,
)
"""The last line of a traceback; what a message says in further lines is no exception."""
_FIXED = re.compile(
    r"yosan-xl [0-9][\w.+]{0,30}|Traceback \(most recent call last\):|(?:During|The above)[a-z ,]+:"
)

CONTENTS_NAME = "内容.txt"
_PARTS = {
    "版.json": "プログラム、Python、部品、OS の版と文字コード",
    "設定.json": "yosan.toml に書いてある項目の名前と値の種類・長さ、様式の名前、行の数",
    "指摘.json": "指摘の番号、重さ、ファイルの番号、シート、セルと、番号ごとの数",
    "ブック.json": "ブックの組み立て: シート、欄の名前、セルごとの種類と字数、式の形",
    "記録.txt": "いちばん新しい故障の記録のうち、いつ、どの版で、プログラムのどこで止まったか",
}
_INTRODUCTION = f"""{REPORT_BEGINS}

このファイルは、yosan-xl report-problem が作りました。メモ帳で、どのファイルも開いて確かめられます。

入っているもの:
{{parts}}

入っていないもの:
  記入された文章、金額、事業名、自治体・所管課・人の名前、連絡先、メールアドレス、パスワード、
  ファイルやフォルダーの名前、この機械の名前、利用者の名前。
  文字は「文字（12字）」、数は「数（5字）」のように、種類と長さだけです。
  ファイルは「ファイル1」のように番号で呼びます。どのファイルのことかは、作ったときの画面に出ています。

送るときは、何をしたら、どうなったか（画面の文のとおり）を、ことばで添えてください。
"""


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """The zip that was written: what is in it by file, and which book it calls by which number."""

    file: Path
    parts: Mapping[str, str]
    books: Mapping[str, str] = field(default_factory=dict)


def report_problem(
    folder: Path,
    out: Path | None = None,
    books: Sequence[Path] = (),
    progress: Progress = lambda files: files,
) -> ProblemReport:
    """Write the report of the year folder around `folder`, or without one of the program alone.

    Raises WrongInput where `out` is another's file, or one of `books` cannot be read.
    """
    refuse_absent((folder, *books))
    root = find_year_folder(folder)
    file = out or FilePlace.PROBLEM_REPORT.below(root or folder)
    refuse_over(file, PROBLEM_REPORT)
    if file.is_file() and not PROBLEM_REPORT.is_one(snapshot(file).data):
        raise PathError(OVER_OTHERS, file, what="この命令が作ったものではないファイル")
    checked = _checked(root, progress) if root else _YearFindings()
    chosen = checked.named(books) or checked.paths_with_findings
    numbers = _numbers(chosen, checked)
    parts = _parts(root, checked, chosen, numbers)
    told = {name: _PARTS[name] for name in parts}
    lines = "\n".join(f"  {name}　{what}" for name, what in told.items())
    write_bytes(
        file, zipped({CONTENTS_NAME: _INTRODUCTION.format(parts=lines), **parts}), PROBLEM_REPORT
    )
    described = {numbers[name]: name for name in chosen}
    return ProblemReport(file, {CONTENTS_NAME: "何が入っているか", **told}, described)


@dataclass(frozen=True, slots=True)
class _YearFindings:
    """What `validate` finds in a year, with where its files are; the traceback where it stopped."""

    findings: tuple[Finding, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=dict)
    stopped: str = ""

    def named(self, books: Iterable[Path]) -> dict[str, Path]:
        """Return books by the names under which findings tell of them."""
        known = {path.resolve(): name for name, path in self.paths.items()}
        return {known.get(path.resolve(), shown(path)): path for path in books}

    @property
    def paths_with_findings(self) -> dict[str, Path]:
        """Return the first files with findings; without any the first file."""
        named = dict.fromkeys(one.place.file for one in self.findings)
        found = [name for name in named if name in self.paths] or [*self.paths][:1]
        return {name: self.paths[name] for name in found[:_BOOKS]}


def _checked(root: Path, progress: Progress) -> _YearFindings:
    try:
        done = validate((), root, progress, ReadOptions(jobs=None))
    except WrongInput as error:
        return _YearFindings(error.findings)
    except Exception:  # the problem itself, perhaps
        return _YearFindings(stopped=traceback.format_exc())
    return _YearFindings(done.findings, done.paths)


def _numbers(chosen: Iterable[str], checked: _YearFindings) -> dict[str, str]:
    """Return what each file is called: those of the program by their names, all others by a number."""
    files = [*chosen, *checked.paths, *(one.place.file for one in checked.findings)]
    others = (name for name in dict.fromkeys(files) if name not in _NAMED_FILES)
    return {name: f"ファイル{number}" for number, name in enumerate(others, 1)}


def _parts(
    root: Path | None,
    checked: _YearFindings,
    chosen: Mapping[str, Path],
    numbers: Mapping[str, str],
) -> dict[str, str]:
    parts = {"版.json": to_json(_versions())}
    if root:
        parts["設定.json"] = to_json(_settings(root))
        parts["指摘.json"] = to_json(_findings(checked.findings, numbers))
    if chosen:
        structures = {numbers[name]: _structure(path) for name, path in chosen.items()}
        parts["ブック.json"] = to_json(structures)
    if checked.stopped:
        parts["記録.txt"] = f"この報告を作るときに止まったところ\n{log_places(checked.stopped)}"
    elif log := _last_log():
        parts["記録.txt"] = log
    return parts


def _versions() -> dict[str, Any]:
    return {
        "yosan-xl": __version__,
        "Python": platform.python_version(),
        "実装": platform.python_implementation(),
        "ビット": 64 if sys.maxsize > 2**32 else 32,
        "OS": f"{platform.system()} {platform.release()} {platform.machine()}",
        "文字コード": {"ファイル名": sys.getfilesystemencoding(), "画面": sys.stdout.encoding},
        "部品": {name: _version(name) for name in _LIBRARIES},
    }


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _settings(root: Path) -> dict[str, Any]:
    """Return the keys of yosan.toml with the kinds of their values, and how large the year is."""
    try:
        text = snapshot(root / FilePlace.SETTINGS.path).data.decode("utf-8-sig")
        keys = _shape(parse_toml(text), _known_keys())
    except (WrongInput, ValueError, RecursionError) as error:
        keys = f"読めません（{type(error).__name__}）"
    return {"yosan.toml": keys, **_counts(root)}


def _counts(root: Path) -> dict[str, Any]:
    try:
        year = open_year(root)
    except WrongInput as error:
        return {"指摘": sorted({one.code for one in error.findings})}
    settings, form = year.settings, year.settings.form
    own = {path.parent.name for path in shipped_forms()}
    return {
        "様式": form if form in own else f"年度だけの様式（名前 {len(form)}字）",
        "所管課の数": len(year.roster.departments),
        "会計の数": len(settings.accounts),
        "科目の行の数": len(settings.levels),
        "査定の段階の数": len(settings.stages),
        "シーリングの数": len(settings.ceilings),
    }


def _shape(value: object, known: frozenset[str]) -> Any:
    """Return a table with the keys that settings have, and of its values the kinds and lengths."""
    if isinstance(value, Mapping):
        keys = {name: name if name in known else f"ほかの項目（{len(name)}字）" for name in value}
        return {keys[name]: _shape(below, known) for name, below in value.items()}
    if isinstance(value, list):
        return {"数": len(value), "中身": [_shape(one, known) for one in value[:1]]}
    if isinstance(value, bool):
        return value
    return length(value) if isinstance(value, str) else f"数（{len(str(value))}字）"


def _known_keys() -> frozenset[str]:
    schema = json.loads(schema_file("settings").read_text(encoding="utf-8"))
    return frozenset(_names(schema))


def _names(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        properties = schema.get("properties")
        yield from properties if isinstance(properties, Mapping) else ()
    below = schema.values() if isinstance(schema, Mapping) else schema
    for one in below if isinstance(below, Iterable) and not isinstance(below, str) else ():
        yield from _names(one)


def _findings(findings: Sequence[Finding], numbers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "番号ごとの数": dict(sorted(Counter(one.code for one in findings).items())),
        "指摘": [_finding(one, numbers) for one in findings],
    }


def _finding(finding: Finding, numbers: Mapping[str, str]) -> dict[str, Any]:
    place = finding.place
    return {
        "番号": finding.code,
        "重さ": finding.weight.value,
        "ファイル": numbers.get(place.file, place.file),
        "シート": _sheet_of(place),
        "セル": place.cell if _CELL.fullmatch(place.cell or "") else length(place.cell or ""),
        "項目": pointer
        if _POINTER.fullmatch(pointer := finding.pointer or "")
        else length(pointer),
        "理由あり": finding.reason is not None,
    }


def _sheet_of(place: Place) -> str | None:
    if place.sheet is None or _CELL.fullmatch(place.sheet):
        return place.sheet
    return sheet_word(place.sheet)


def _structure(path: Path) -> dict[str, Any]:
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm", ".xltx", ".xltm"):
        try:
            return book_structure(snapshot(path).data)
        except WrongInput as error:
            return {"読めない理由": sorted({one.code for one in error.findings})}
    return {"種類": suffix if suffix.isascii() and len(suffix) <= 6 else length(suffix)}


def _last_log() -> str:
    """Return when the newest fault of ours on this machine was and where, nothing where there is none.

    It may be of another day, version or person: whoever reads it must see that.
    """
    pattern = FilePlace.LOG.path.format(process="*")
    try:
        logs = [path for path in Path(tempfile.gettempdir()).glob(pattern) if path.is_file()]
        newest = max(logs, key=lambda path: path.stat().st_mtime, default=None)
        if newest is None:
            return ""
        text = snapshot(newest, _MOST_LOG).data.decode("utf-8", "replace")
        when = datetime.fromtimestamp(newest.stat().st_mtime, UTC).astimezone()
        return f"{when:%Y-%m-%d %H:%M} の故障の記録（この PC でいちばん新しいもの）\n{log_places(text)}"
    except (OSError, WrongInput):
        return ""


def log_places(text: str) -> str:
    """Return of a traceback where it went and which exceptions there were; what they said stands as its length."""
    return "".join(f"{line}\n" for line in map(_log_line, text.splitlines()) if line)


def _log_line(line: str) -> str:
    if _FIXED.fullmatch(line):
        return line
    if found := _FRAME.fullmatch(line):
        return f"  {_module(found['file'])}:{found['line']} {found['name'] or ''}".rstrip()
    if not line.startswith(" ") and (found := _ERROR.fullmatch(line)):
        said = (found["text"] or "").strip()
        return f"{found['kind']}: {length(said)}" if said else found["kind"]
    return ""


def _module(file: str) -> str:
    """Return a file of a program as it is below the folder of its package, without where that lies."""
    parts = file.replace(os.sep, "/").replace("\\", "/").split("/")
    known = [at for at, part in enumerate(parts) if part in ("yosan_xl", "site-packages")]
    below = parts[known[-1] :] if known else parts[-1:]
    return "/".join(below) if all(part.isascii() for part in below) else "…"
