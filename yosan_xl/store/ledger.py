"""台帳: what `consolidate` accepted, the NO each request was given, the reasons it accepted.

It knows no clock: the order of acceptance is the order of `books`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.history import ProjectState
from yosan_xl.model.text import shortened
from yosan_xl.store.faults import PathError
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import Malformed, parse_json, snapshot
from yosan_xl.store.write import Output, write_bytes

LEDGER = Code(
    "YX095",
    weight=Weight.ERROR,
    title="台帳が読めない",
    fact="台帳「{name}」が読めません（{problem}）。",
    remedy="控えの台帳に戻してください。控えがなければ別の場所へ移すと、NOを「提出」のブックから付け直します（前のNOと変わることがあるので、前の集計ブックのNOと見くらべてください）。",
    why="台帳は、受け付けたブックと、一度付けたNOを覚えています。読めないまま付けると、NOが変わってしまいます。",
    wrong="メモ帳で直して「,」が欠けた 台帳.json",
    right="yosan-xl consolidate が書いた 台帳.json",
)

CODES = (LEDGER,)

LEDGER_NAME = FilePlace.LEDGER.file_name
_FORMAT = 1
_LEDGER = Output(place=FilePlace.LEDGER)
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
    """The ledger of a year; `numbers` holds by request id the NO that was given, for good.

    A NO is its project's: `bases` holds by NO what the project was when it was last seen. `accepted` are by department the
    requests that were there in the last run, `heeded` the moves of 対応表.csv that were acted on. Ledgers of before have none of them.
    """

    books: tuple[AcceptedBook, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    acknowledgements: Acknowledgements = field(default_factory=dict)
    bases: Mapping[int, ProjectState] = field(default_factory=dict)
    accepted: Mapping[str, tuple[ProjectState, ...]] = field(default_factory=dict)
    heeded: Mapping[str, str] = field(default_factory=dict)

    @property
    def beside(self) -> tuple[ProjectState, ...]:
        """Return every request that was there in the last run."""
        return tuple(one for requests in self.accepted.values() for one in requests)

    @property
    def given(self) -> frozenset[int]:
        """Return every NO that was ever given."""
        return frozenset((*self.numbers.values(), *self.bases))


def read_ledger(root: Path) -> Ledger:
    """Read the ledger of the year folder `root`, empty where there is none yet.

    Raises LedgerError for one that makes no sense, Unreadable for one that cannot be read.
    """
    path = root / LEDGER_NAME
    if not path.exists():
        return Ledger()
    try:
        return _ledger(parse_json(snapshot(path).data, "ledger"))
    except Malformed as error:
        raise LedgerError(LEDGER, path, problem=str(error)) from error


def write_ledger(root: Path, ledger: Ledger) -> None:
    """Put the ledger in its place in one step; one that would not change is let be.

    Raises WriteFailed.
    """
    path, data = root / LEDGER_NAME, ledger_bytes(ledger)
    if not (path.exists() and snapshot(path).data == data):
        write_bytes(path, data, _LEDGER)


def ledger_bytes(ledger: Ledger) -> bytes:
    """Return the ledger as JSON, sorted and indented: the same ledger gives the same bytes."""
    value = {"format": _FORMAT, **asdict(replace(ledger, bases={}, accepted={}))}
    value["acknowledgements"] = {
        request: codes for request, codes in value["acknowledgements"].items() if codes
    }
    value["bases"] = {str(no): _basis_value(basis) for no, basis in ledger.bases.items()}
    value["accepted"] = {
        unit: [*map(_basis_value, requests)] for unit, requests in ledger.accepted.items()
    }
    for key in ("bases", "accepted", "heeded"):
        if not value[key]:  # as ledgers were before there were any
            del value[key]
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "replace")


def _ledger(value: dict[str, Any]) -> Ledger:
    numbers = value["numbers"]
    if len(set(numbers.values())) < len(numbers):
        raise Malformed("同じNOが二つの要求にあります")
    return Ledger(
        tuple(map(_book, value["books"])),
        numbers,
        {
            request: {
                code: Acknowledgement(row["reason"], row["values"]) for code, row in codes.items()
            }
            for request, codes in value["acknowledgements"].items()
        },
        {_number(no): _basis(row) for no, row in value.get("bases", {}).items()},
        {unit: tuple(map(_basis, rows)) for unit, rows in value.get("accepted", {}).items()},
        value.get("heeded", {}),
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Malformed(f"「bases」の「{shortened(text, 20)}」はNOではありません")
    return int(text)


def _basis(row: dict[str, Any]) -> ProjectState:
    sources = tuple((one["source"], one["amount"]) for one in row["sources"])
    lines = tuple((one["label"], one["amount"]) for one in row["lines"])
    return ProjectState(**{**row, "sources": sources, "lines": lines})


def _basis_value(basis: ProjectState) -> dict[str, Any]:
    sources = [{"source": source, "amount": amount} for source, amount in basis.sources]
    lines = [{"label": label, "amount": amount} for label, amount in basis.lines]
    own = {one.name: getattr(basis, one.name) for one in fields(basis)}  # asdict copies deeply
    return {**own, "sources": sources, "lines": lines}


def _book(row: dict[str, Any]) -> AcceptedBook:
    return AcceptedBook(
        department=row["department"],
        file=row["file"],
        sha256=row["sha256"],
        modified=row.get("modified"),
        requests=tuple(row["requests"]),
    )
