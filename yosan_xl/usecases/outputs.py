"""The files that commands write: their kinds, put without writing over anybody's work, links to books.

A file of the year folder is replaced only by the command that makes its kind: `store/write.py`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.store.faults import shown
from yosan_xl.store.places import LONGEST_FOR_EXCEL, path_length, why_not_on_windows
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import Output, refuse_over, write_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput

_COUNTS = "(?:誤り|注意|情報) [0-9]+件(?:（[^（）]*）)?"

SUMMARY = Output(is_one=lambda _: True, ends=(".xlsx",))
"""集計ブック: `summary_books` has read what stands there, and knows that it is one."""


def _recognised(
    *beginnings: str, then: str = "", last: str = "", sheets: tuple[str, ...] = ()
) -> Callable[[bytes], bool]:
    """Return whether a file is a workbook whose first sheet is one of `sheets`, or a text like that.

    Patterns say how it may begin and what its `last` line is; `then` stands somewhere in it. What stands there is
    anybody's text: no pattern has two ways to match the same piece of it.
    """
    known = [re.compile(pattern) for pattern in beginnings]

    def is_one(data: bytes) -> bool:
        if data.startswith(b"PK"):
            return _first_sheet(data) in sheets
        text = _text(data)
        if any(pattern.match(text) for pattern in known) and then in text:
            return True
        line = text.removesuffix("\n").rpartition("\n")[2]
        return bool(last) and re.fullmatch(last, line) is not None

    return is_one


def _first_sheet(data: bytes) -> str:
    from yosan_xl.excel.ooxml.open_book import first_sheet
    from yosan_xl.excel.ooxml.refusals import Refused

    try:
        return first_sheet(data)
    except Refused:
        return ""


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp932", "replace")


PAGE = Output(
    is_one=_recognised(
        '<!DOCTYPE html>\n<html lang="ja"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy"',
        then='<script type="application/json" id="data">',
    ),
    ends=(".html", ".htm"),
)

DATA = Output(
    is_one=_recognised(
        # The forms' own words: the second heading again, with 西暦, is the third.
        r"[^,\n]{1,50},([^,\n]{1,50}),\1（西暦）,",
        r'\{\s*"fiscal_year": [0-9]+,\s*"unit": "(?:千円|円)",\s*"(?:edition|totals|requests)": ',
        r'\{"(?:id|form)":',
    )
)
"""What `export` writes."""

DATABASE = Output(
    is_one=lambda data: data.startswith(b"SQLite format 3\x00"), ends=(".sqlite", ".sqlite3", ".db")
)
"""What `export --format sqlite` writes."""

DOCUMENTS = Output(
    is_one=_recognised(r'\{\n  "requests": ', then='\n  "reasons": '), ends=(".json",)
)
"""What `read` writes."""

FINDINGS = Output(
    is_one=_recognised(
        r'\{\s*"findings": ',
        last=rf"指摘はありません。|{_COUNTS}(?:、{_COUNTS})*",
        sheets=("検証結果",),
    )
)

COMPARISON = Output(
    is_one=_recognised(
        r'\{\s*"by": "[a-z]+",\s*"figure": ',
        "[^\n　]{1,300}　[^\n]{1,300}の(?:比較|推移)\n",
        r"[^\n]*額\((?:千円|円)\)",
        sheets=("比較", "推移"),
    )
)
"""What `compare` and `trend` write."""

_ENDS = {
    "text": (".txt",),
    "csv": (".csv",),
    "json": (".json",),
    "ndjson": (".ndjson", ".jsonl"),
    "xlsx": (".xlsx",),
}


def in_format(output: Output, form: str) -> Output:
    """Return an output as it is written in a format: its name ends so."""
    return replace(output, ends=_ENDS[form])


_OF_EXCEL = (".xlsx", ".csv")
_NAMED = 3


def told_of_paths(paths: Iterable[Path]) -> Iterator[Finding]:
    """Yield what is told of files that we write: those too deep for Excel, and names that Windows has not, or takes for one."""
    written = [*paths]
    lengths = {path: path_length(path) for path in written if path.suffix in _OF_EXCEL}
    deep = [path for path, length in lengths.items() if length > LONGEST_FOR_EXCEL]
    if deep:
        yield codes.TOO_DEEP_FOR_EXCEL.at(
            Place(shown(deep[0].name)),
            names=_some([f"「{shown(path.name)}」" for path in deep]),
            most=LONGEST_FOR_EXCEL,
            length=max(lengths.values()),
        )
    if told := [*_not_on_windows(written)]:
        yield codes.NAMES_OF_WINDOWS.at(Place(shown(written[0].parent.name)), told=_some(told))


def _not_on_windows(paths: Sequence[Path]) -> Iterator[str]:
    """Yield in words which names Windows has not, and which it takes for one."""
    known: dict[str, Path] = {}
    for path in paths:
        name = shown(path.name)
        if problem := why_not_on_windows(path.name):
            yield f"「{name}」{problem}"
        first = known.setdefault(str(path).lower(), path)
        if first != path:
            yield f"「{shown(first.name)}」と「{name}」は、大文字と小文字のほかは同じ名前です"


def _some(told: Sequence[str]) -> str:
    more = f" ほか {len(told) - _NAMED} 件" if len(told) > _NAMED else ""
    return "、".join(told[:_NAMED]) + more


REPORT_BEGINS = "yosan-xl の不具合の報告"
PROBLEM_REPORT = Output(
    is_one=lambda data: data.startswith(b"PK") and REPORT_BEGINS.encode() in data[:200],
    ends=(".zip",),
)
"""What `report-problem` writes: its first entry is not compressed."""

BLANK = Output("handed_out", _recognised(sheets=("はじめに",)))
RETURNED = Output("returned", _recognised(sheets=("指摘一覧",)))
PUBLISHED = Output("published")
NOTICES = Output("notices", _recognised(sheets=("内示書",)))
FILLED = Output(
    is_one=_recognised(sheets=("はじめに",)),
    new_in=("submitted", "handed_out", "returned"),
    ends=(".xlsx",),
)


def put_all(books: Mapping[Path, bytes], output: Output, *, force: bool = False) -> int:
    """Write books and return how many; raise WrongInput before the first one for all that stand in the way.

    With `force` what is there is replaced, as far as `output` may.
    """
    there = {path: path.exists() and not force for path in books}
    if others := [path for path in books if there[path] and snapshot(path).data != books[path]]:
        raise WrongInput(*map(_already_there, others))
    for path in books:
        if not there[path]:
            refuse_over(path, output)
    for path, data in books.items():
        if not there[path]:
            write_bytes(path, data, output)
    return len(books) - sum(there.values())


def _already_there(path: Path) -> Finding:
    return codes.ALREADY_THERE.at(Place(shown(path)), name=shown(path.name))


def relative_paths(paths: Mapping[str, Path], folder: Path) -> dict[str, str]:
    """Return by file name the way from a folder, with `/`; what lies on another drive is left out."""
    ways = {name: _relative(path, folder.absolute()) for name, path in paths.items()}
    return {name: way for name, way in ways.items() if way is not None}


def _relative(path: Path, folder: Path) -> str | None:
    """Return the way to a book from a folder; None from one drive of Windows to another."""
    try:
        return os.path.relpath(path.absolute(), folder).replace(os.sep, "/")
    except ValueError:
        return None
