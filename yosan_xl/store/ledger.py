"""台帳: what `consolidate` accepted, the NO each request was given, the reasons it accepted.

It knows no clock: the order of acceptance is the order of `books`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yosan_xl.store.faults import LEDGER, PathError
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import Output, write_bytes

LEDGER_NAME = FilePlace.LEDGER.file_name
_FORMAT = 1
_LEDGER = Output(is_one=lambda _: True)
"""It was read before, in its place."""


class LedgerError(PathError):
    """A ledger that cannot be used (YX095)."""


@dataclass(frozen=True, slots=True)
class AcceptedBook:
    """A book as it was accepted: its unit, its name when last seen, its bytes, its requests."""

    department: str
    file: str
    sha256: str
    modified: str | None
    requests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The reason for a warning, and the SHA-256 of the values it was accepted with."""

    reason: str
    values: str


Acknowledgements = Mapping[str, Mapping[str, Acknowledgement]]
"""By request id, then by code."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of a year; `numbers` holds by request id the NO that was given, for good."""

    books: tuple[AcceptedBook, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    acknowledgements: Acknowledgements = field(default_factory=dict)


def read_ledger(root: Path) -> Ledger:
    """Read the ledger of the year folder `root`, empty where there is none yet.

    Raises LedgerError for one that makes no sense, Unreadable for one that cannot be read.
    """
    path = root / LEDGER_NAME
    if not path.exists():
        return Ledger()
    try:
        return _ledger(json.loads(snapshot(path).data.decode("utf-8-sig")))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise LedgerError(LEDGER, path, problem="UTF-8 の JSON ではありません") from error
    except _Odd as odd:
        raise LedgerError(LEDGER, path, problem=str(odd)) from odd


def write_ledger(root: Path, ledger: Ledger) -> None:
    """Put the ledger in its place in one step; one that would not change is let be.

    Raises WriteFailed.
    """
    path, data = root / LEDGER_NAME, ledger_bytes(ledger)
    if not (path.exists() and snapshot(path).data == data):
        write_bytes(path, data, _LEDGER)


def ledger_bytes(ledger: Ledger) -> bytes:
    """Give the ledger as JSON, sorted and indented: the same ledger gives the same bytes."""
    value = {
        "format": _FORMAT,
        "books": [
            {
                "department": book.department,
                "file": book.file,
                "modified": book.modified,
                "requests": list(book.requests),
                "sha256": book.sha256,
            }
            for book in ledger.books
        ],
        "numbers": dict(ledger.numbers),
        "acknowledgements": {
            request: {
                code: {"reason": known.reason, "values": known.values}
                for code, known in codes.items()
            }
            for request, codes in ledger.acknowledgements.items()
            if codes
        },
    }
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "replace")


class _Odd(Exception):
    """What is wrong with the ledger, in Japanese."""


def _ledger(value: object) -> Ledger:
    table = _table(value, "全体")
    if table.get("format") != _FORMAT:
        raise _Odd("この版のプログラムの台帳ではありません")
    rows = table.get("books")
    if not isinstance(rows, list):
        raise _Odd("「books」が配列ではありません")
    notes = _table(table.get("acknowledgements"), "acknowledgements")
    return Ledger(
        tuple(_book(row) for row in rows),
        _numbers(_table(table.get("numbers"), "numbers")),
        {request: _codes(codes, request) for request, codes in notes.items()},
    )


def _numbers(table: Mapping[str, Any]) -> Mapping[str, int]:
    for request, number in table.items():
        if not isinstance(number, int) or isinstance(number, bool):
            raise _Odd(f"要求 {request} のNOが整数ではありません")
    if len(set(table.values())) < len(table):
        raise _Odd("同じNOが二つの要求にあります")
    return table


def _book(value: object) -> AcceptedBook:
    row = _table(value, "books")
    requests, modified = row.get("requests"), row.get("modified")
    if not isinstance(requests, list) or not all(isinstance(one, str) for one in requests):
        raise _Odd("「requests」が文字の配列ではありません")
    return AcceptedBook(
        _text(row, "department"),
        _text(row, "file"),
        _text(row, "sha256"),
        None if modified is None else _text(row, "modified"),
        tuple(requests),
    )


def _codes(value: object, request: str) -> Mapping[str, Acknowledgement]:
    rows = {code: _table(row, code) for code, row in _table(value, request).items()}
    return {
        code: Acknowledgement(_text(row, "reason"), _text(row, "values"))
        for code, row in rows.items()
    }


def _table(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Odd(f"「{name}」が表ではありません")
    return value


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise _Odd(f"「{key}」が文字ではありません")
    return value
