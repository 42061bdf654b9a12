"""Findings as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from yosan_xl.model.finding import Code, Finding, Weight
from yosan_xl.report.printable import is_invisible


def findings_json(findings: Sequence[Finding], codes: Iterable[Code]) -> str:
    """Give the findings in the order given, each with its code's title, and their counts."""
    titles = {code.code: code.title for code in codes}
    report = {
        "findings": [_entry(finding, titles.get(finding.code)) for finding in findings],
        "summary": {
            "errors": _count(findings, Weight.ERROR),
            "warnings": _count(findings, Weight.WARNING),
            "infos": _count(findings, Weight.INFO),
        },
    }
    return to_json(report)


def to_json(value: object) -> str:
    """Give JSON with Japanese as it is, two blanks of indent and a final newline.

    Unprintable characters are escaped, so that the same text is safe on a terminal and a lone
    surrogate (of a file name that is no UTF-8) does not stop the output.
    """
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    return "".join(_escaped(char) if char != "\n" and is_invisible(char) else char for char in text)


def _entry(finding: Finding, title: str | None) -> dict[str, str | None]:
    return {
        "code": finding.code,
        "weight": finding.weight.name.lower(),
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "pointer": finding.pointer,
        "title": title,
        "fact": finding.fact,
        "remedy": finding.remedy,
    }


def _count(findings: Sequence[Finding], weight: Weight) -> int:
    return sum(finding.weight is weight for finding in findings)


def _escaped(char: str) -> str:
    return json.dumps(char)[1:-1]  # ASCII: a pair of surrogates beyond U+FFFF
