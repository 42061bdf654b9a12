"""What a file gave, as a line of JSON and back: for the cache of what was read before.

JSON and never pickle: whatever may stand in that file, reading it runs nothing.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.gathered import Gathered
from yosan_xl.usecases.read_one import One
from yosan_xl.usecases.resubmission import BookFile


def to_line(one: One) -> bytes | None:
    """Give a line of ASCII; None for what JSON would not give back as it was."""
    requests, file = one
    try:
        value = [[_request_out(request) for request in requests], _file_out(file)]
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode("ascii")
    except (TypeError, ValueError):
        return None


def from_line(line: bytes) -> One | None:
    """Give what a file gave; None for a line that makes no sense."""
    try:
        requests, file = json.loads(line)
        return [_request(request) for request in requests], _file(file)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _request_out(item: Gathered) -> list[Any]:
    checked = None if item.checked is None else list(map(_finding_out, item.checked))
    return [
        item.document,
        item.file,
        item.sheet,
        dict(item.cells),
        list(map(_finding_out, item.findings)),
        sorted(item.broken),
        dict(item.reasons),
        item.form,
        item.form_sha256,
        item.is_json,
        checked,
    ]


def _request(row: list[Any]) -> Gathered:
    document, file, sheet, cells, findings, broken, reasons, form, sha256, is_json, checked = row
    return Gathered(
        document,
        file,
        sheet,
        cells,
        tuple(map(_finding, findings)),
        frozenset(broken),
        reasons,
        form,
        sha256,
        is_json,
        None if checked is None else tuple(map(_finding, checked)),
    )


def _file_out(file: BookFile) -> list[Any]:
    own = list(map(_finding_out, file.findings))
    head = [file.name, file.sha256, file.department, file.modified, list(file.requests)]
    return [*head, file.untouched, own, file.is_read, file.is_json]


def _file(row: list[Any]) -> BookFile:
    name, sha256, department, modified, requests, untouched, findings, is_read, is_json = row
    return BookFile(
        name,
        sha256,
        department,
        modified,
        tuple(requests),
        untouched,
        tuple(map(_finding, findings)),
        is_read=is_read,
        is_json=is_json,
    )


def _finding_out(finding: Finding) -> list[Any]:
    if finding.kind is None or _codes().get(finding.code) != finding.kind:
        raise TypeError(finding.code)
    place = [finding.place.file, finding.place.sheet, finding.place.cell]
    facts = {name: _fact_out(fact) for name, fact in finding.facts.items()}
    told = [finding.fact, finding.remedy, finding.pointer, finding.reason]
    return [finding.code, finding.weight.value, place, *told, facts]


def _finding(row: list[Any]) -> Finding:
    code, weight, place, fact, remedy, pointer, reason, facts = row
    return Finding(
        code,
        Weight(weight),
        Place(*place),
        fact,
        remedy,
        pointer,
        reason,
        kind=_codes()[code],
        facts={name: _fact(value) for name, value in facts.items()},
    )


def _fact_out(value: object) -> Any:
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) in (tuple, list):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {kind: [_fact_out(one) for one in value]}  # type: ignore[attr-defined]
    raise TypeError(type(value))


def _fact(value: Any) -> object:
    if isinstance(value, dict):
        ((kind, rows),) = value.items()
        found = (_fact(row) for row in rows)
        return tuple(found) if kind == "tuple" else list(found)
    return value


@lru_cache(maxsize=1)
def _codes() -> dict[str, Code]:
    return {code.code: code for code in all_codes()}
