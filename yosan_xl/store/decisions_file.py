"""査定.json: every entry that finance typed into a summary, kept beside it; what is decided follows from these records alone.

It knows no clock: who and when are those of the book that an entry was typed into.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from yosan_xl.model.assessment import AskedAgain, StageBasis, StageDecision
from yosan_xl.model.axes import DECIDED
from yosan_xl.model.decision import LineKey, Spot
from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState
from yosan_xl.store.decision_json import decision_of_value, decision_value
from yosan_xl.store.faults import PathError
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import Malformed, parse_json, snapshot
from yosan_xl.store.write import Output, write_bytes

DECISIONS = Code(
    "YX700",
    weight=Weight.ERROR,
    title="査定の記録が読めない",
    fact="査定の記録「{name}」が読めません（{problem}）。",
    remedy="控えの 査定.json に戻してください。控えがなければ別の場所へ移すと、集計フォルダーの集計ブックにある記入から作り直します（消した記入と、いつだれが書いたかは戻りません）。",
    why="財政課の記入は 査定.json にも残しています。読めないまま集計すると、記入が失われます。",
    wrong="メモ帳で直して「,」が欠けた 査定.json",
    right="yosan-xl consolidate が書いた 査定.json",
)
SAVED_MEANWHILE = Code(
    "YX701",
    weight=Weight.ERROR,
    title="査定の記録がほかの人に書きかえられた",
    fact="「{name}」は、読んだあとに書きかえられました。何も書いていません。",
    remedy="ほかの人の集計が終わるのを待って、もう一度実行してください。",
    why="二人が同時に集計すると、先に書いた人の記録が失われるためです。",
    wrong="二台のパソコンで同時に consolidate を実行した。",
    right="一人ずつ実行した。",
)
CODES = (DECISIONS, SAVED_MEANWHILE)

_FORMAT = 1
_OUTPUT = Output(place=FilePlace.DECISIONS)
NONE_THERE = ""


class DecisionsError(PathError):
    """A 査定.json that cannot be used, or was written by somebody else meanwhile (YX700, YX701)."""


@dataclass(frozen=True, slots=True)
class KeptDecisions:
    """What a year's 査定.json says, and the SHA-256 of its bytes (empty where there is none yet)."""

    history: DecisionHistory
    sha256: str = NONE_THERE


def read_decisions(root: Path) -> KeptDecisions:
    """Read 査定.json of the year folder `root`; empty where there is none yet.

    Raises DecisionsError for one that makes no sense, Unreadable for one that cannot be read.
    """
    path = FilePlace.DECISIONS.below(root)
    if not os.path.lexists(path):
        return KeptDecisions(DecisionHistory())
    try:
        shot = snapshot(path)
        return KeptDecisions(_history(parse_json(shot.data, "decisions")), shot.sha256)
    except Malformed as error:
        raise DecisionsError(DECISIONS, path, problem=str(error)) from error


def write_decisions(root: Path, history: DecisionHistory, read: str) -> None:
    """Put 査定.json in its place in one step; one that would not change is let be.

    `read` is the SHA-256 of the one that the history goes on from. Raises DecisionsError where another stands there
    now, WriteFailed.
    """
    path, data = FilePlace.DECISIONS.below(root), decisions_bytes(history)
    now = snapshot(path).sha256 if path.exists() else NONE_THERE
    if now == hashlib.sha256(data).hexdigest() or (not now and history == DecisionHistory()):
        return
    if now != read:
        raise DecisionsError(SAVED_MEANWHILE, path)
    write_bytes(path, data, _OUTPUT)


def decisions_bytes(history: DecisionHistory) -> bytes:
    """Return a history as JSON: the same history gives the same bytes."""
    value = {
        "format": _FORMAT,
        "records": [_plain(record) for record in history.records],
        "bases": [asdict(basis) for basis in history.bases],
        "continued": {str(one): two for one, two in sorted(history.continued.items())},
        "books": list(history.books),
        "closed": list(history.closed),
        "written": dict(sorted(history.written.items())),
    }
    if history.reopened:
        value["reopened"] = list(history.reopened)
    if history.heeded:
        value["heeded"] = dict(sorted(history.heeded.items()))
    if history.settled:
        value["settled"] = {
            stage: {str(basis): _plain_settled(one) for basis, one in own.items()}
            for stage, own in history.settled.items()
        }
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return text.encode("utf-8", "replace")


def _plain(record: EntryRecord) -> dict[str, Any]:
    """Return a record as JSON has it; what says nothing is left out."""
    value = {
        "stage": record.stage,
        "request": record.spot.request,
        "field": record.spot.field,
        "line": asdict(record.spot.line) if record.spot.line else None,
        "before": record.before,
        "value": record.value,
        "raw": record.raw,
        "why": record.why,
        "basis": record.basis,
        "dismisses": record.dismisses,
        "decided_on": asdict(record.stage_basis) if record.stage_basis else None,
        **asdict(record.origin),
    }
    needed = ("stage", "request", "field", "value")
    return {key: one for key, one in value.items() if one not in (None, "") or key in needed}


def _plain_settled(decision: StageDecision) -> dict[str, Any]:
    again = {"again": asdict(decision.again)} if decision.again else {}
    return {**decision_value(decision), **again}


def _history(value: dict[str, Any]) -> DecisionHistory:
    records = tuple(map(_record, value["records"]))
    bases = tuple(map(_basis, value["bases"]))
    continued = {int(one): two for one, two in value["continued"].items() if one.isdecimal()}
    settled = _settled(value.get("settled", {}))
    places = [*continued, *continued.values(), *(one.basis for one in records)]
    places += [basis for own in settled.values() for basis in own]
    if any(at is not None and not 0 <= at < len(bases) for at in places):
        raise Malformed("記録の番号が合いません")
    return DecisionHistory(
        records=records,
        bases=bases,
        continued=continued,
        books=tuple(value["books"]),
        closed=tuple(value["closed"]),
        reopened=tuple(value.get("reopened", ())),
        written=value.get("written", {}),
        heeded=value.get("heeded", {}),
        settled=settled,
    )


def _settled(value: dict[str, Any]) -> dict[str, dict[int, StageDecision]]:
    try:
        return {
            stage: {int(basis): _settled_decision(row) for basis, row in own.items()}
            for stage, own in value.items()
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Malformed("記録の形がちがいます") from error


def _settled_decision(row: dict[str, Any]) -> StageDecision:
    again = row.get("again")
    return replace(decision_of_value(row), again=None if again is None else AskedAgain.of(again))


def _record(row: dict[str, Any]) -> EntryRecord:
    line, is_listed = row.get("line"), bool(row.get("why")) or row.get("dismisses") is not None
    is_text = isinstance(row["value"], str) and row["field"].startswith(f"{DECIDED}/")
    if not is_listed and (is_text or not row["field"]):
        raise Malformed(f"「{row['request']}」の記入の形がちがいます")
    return EntryRecord(
        stage=row["stage"],
        spot=Spot(
            row["request"],
            row["field"],
            LineKey(line["position"], line.get("group"), line.get("label")) if line else None,
        ),
        value=row["value"],
        origin=Origin(
            book=row.get("book", ""),
            sha256=row.get("sha256", ""),
            generation=row.get("generation", 0),
            saved_by=row.get("saved_by", ""),
            saved_at=row.get("saved_at", ""),
            sheet=row.get("sheet", ""),
            cell=row.get("cell", ""),
            mark=row.get("mark", ""),
        ),
        before=row.get("before"),
        raw=row.get("raw", ""),
        basis=row.get("basis"),
        why=row.get("why", ""),
        dismisses=row.get("dismisses"),
        stage_basis=_stage_basis(row.get("decided_on")),
    )


def _stage_basis(row: dict[str, Any] | None) -> StageBasis | None:
    try:
        return None if row is None else StageBasis.of(row)
    except (KeyError, TypeError, ValueError) as error:
        raise Malformed("記録の形がちがいます") from error


def _basis(row: dict[str, Any]) -> ProjectState:
    return ProjectState(
        request=row["request"],
        department=row["department"],
        project_code=row["project_code"],
        title=row["title"],
        asked=row["asked"],
        sources=tuple((one, two) for one, two in _pairs(row["sources"])),
        lines=tuple((one, two) for one, two in _pairs(row["lines"])),
    )


def _pairs(rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    if any(len(row) != 2 for row in rows):
        raise Malformed("記録の形がちがいます")
    return list(rows)
