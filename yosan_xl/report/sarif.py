"""Findings as SARIF 2.1.0 (OASIS), for tools that show findings of many programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from yosan_xl.model.finding import Code, Finding, Weight
from yosan_xl.report.json_report import to_json

_LEVELS = {Weight.ERROR: "error", Weight.WARNING: "warning", Weight.INFO: "note"}
_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)

Json = dict[str, object]


def findings_sarif(findings: Sequence[Finding], codes: Iterable[Code], version: str) -> str:
    """Give one run with a result for every finding; `version` is the program's.

    A cell is a logical location (`要求書1!M24`); an acknowledged warning is suppressed.
    """
    used = {finding.code for finding in findings}
    rules = sorted((code for code in codes if code.code in used), key=lambda code: code.code)
    index = {code.code: at for at, code in enumerate(rules)}
    driver = {
        "name": "yosan-xl",
        "version": version,
        "language": "ja",
        "rules": [_rule(code) for code in rules],
    }
    run = {"tool": {"driver": driver}, "results": [_result(f, index) for f in findings]}
    return to_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: Code) -> Json:
    return {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.why},
        "help": {"text": f"誤った例: {code.wrong}\n正しい例: {code.right}"},
        "defaultConfiguration": {"level": _LEVELS[code.weight]},
    }


def _result(finding: Finding, index: dict[str, int]) -> Json:
    result: Json = {
        "ruleId": finding.code,
        "level": _LEVELS[finding.weight],
        "message": {"text": _plain(finding.fact + finding.remedy)},
        "locations": [_location(finding)],
        # Where one result of a run has this, all must (SARIF 2.1.0, 3.27.23).
        "suppressions": _suppressions(finding),
        "properties": _properties(finding),
    }
    return result | ({"ruleIndex": index[finding.code]} if finding.code in index else {})


def _plain(text: str) -> str:
    """Keep staff's text from being a placeholder or a link (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "] (")


def _location(finding: Finding) -> Json:
    place = finding.place
    artifact = {"uri": quote(place.file, safe="/", errors="surrogatepass")}
    location: Json = {"physicalLocation": {"artifactLocation": artifact}}
    if place.sheet:
        full = f"{place.sheet}!{place.cell}" if place.cell else place.sheet
        name = {"name": place.cell or place.sheet, "fullyQualifiedName": full}
        location["logicalLocations"] = [name]
    return location


def _suppressions(finding: Finding) -> list[Json]:
    if not finding.is_acknowledged:
        return []
    # The reason stands in the submitted book itself.
    return [{"kind": "inSource", "status": "accepted", "justification": finding.reason}]


def _properties(finding: Finding) -> Json:
    facts: Json = {
        "label": finding.label,
        "pointer": finding.pointer,
        "value": finding.value,
        "expected": finding.expected,
        "repaired_to": finding.repaired_to,
    }
    return {name: value for name, value in facts.items() if value is not None}
