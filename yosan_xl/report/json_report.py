"""Findings as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from yosan_xl.model.finding import Code, Finding, Weight, grouped
from yosan_xl.report.printable import is_invisible
from yosan_xl.report.text import NO_DEPARTMENTS


def findings_json(
    findings: Sequence[Finding],
    codes: Iterable[Code],
    departments: Mapping[str, str] = NO_DEPARTMENTS,
) -> str:
    """Give every finding (schemas/findings.schema.json), each with its code's title; and counts.

    `group` is the same number for the cells of one mistake; `departments` says by file whose book
    it is.
    """
    titles = {code.code: code.title for code in codes}
    group_of = _numbers(findings)
    report = {
        "findings": [
            {
                **_entry(finding),
                "title": titles.get(finding.code),
                "department": departments.get(finding.place.file),
                "group": group_of[id(finding)],
            }
            for finding in findings
        ],
        "summary": {
            "errors": _count(findings, Weight.ERROR),
            "warnings": _count(findings, Weight.WARNING),
            "infos": _count(findings, Weight.INFO),
            "acknowledged": sum(finding.is_acknowledged for finding in findings),
        },
    }
    return to_json(report)


def to_json(value: object) -> str:
    """Give JSON with Japanese as it is, two blanks of indent and a final newline.

    Unprintable characters are escaped, so that the same text is safe on a terminal and a lone
    surrogate (of a file name that is no UTF-8) does not stop the output.
    """
    return _safe(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def to_json_line(value: object) -> str:
    """Give JSON as one line (NDJSON), as safe as `to_json` gives it."""
    return _safe(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


def _safe(text: str) -> str:
    return "".join(_escaped(char) if char != "\n" and is_invisible(char) else char for char in text)


def _entry(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "weight": finding.weight.name.lower(),
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "label": finding.label,
        "pointer": finding.pointer,
        "value": finding.value,
        "expected": finding.expected,
        "repaired_to": finding.repaired_to,
        "fact": finding.fact,
        "remedy": finding.remedy,
        "reason": finding.reason,
    }


def _numbers(findings: Sequence[Finding]) -> dict[int, int]:
    groups = enumerate(grouped(findings), 1)
    return {id(finding): number for number, group in groups for finding in group.findings}


def _count(findings: Sequence[Finding], weight: Weight) -> int:
    return sum(finding.weight is weight for finding in findings)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1]  # ASCII: a pair of surrogates beyond U+FFFF
