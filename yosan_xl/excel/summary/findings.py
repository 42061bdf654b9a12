"""検証結果: every finding of the year's books."""

from __future__ import annotations

from collections.abc import Iterable

from yosan_xl.excel.summary.page import FIRST_ROW, NOTE_ROW, Page
from yosan_xl.model.finding import Finding, Weight

NO_FINDING = "指摘はありません。"
_LEVELS = {Weight.ERROR: "error", Weight.WARNING: "warning", Weight.INFO: "row"}


def write_findings(page: Page) -> None:
    """Write the findings in the order in which they are given."""
    findings = page.contents.findings
    page.say(NOTE_ROW, f"{_tally(findings)}　{page.sheet.note}")
    for at, finding in enumerate(findings, FIRST_ROW):
        values = {
            "file": finding.place.file,
            "sheet": finding.place.sheet,
            "cell": finding.place.cell,
            "code": finding.code,
            "weight": finding.weight.value,
            "fact": finding.fact,
            "remedy": finding.remedy,
            "reason": finding.reason,
        }
        page.write(at, values, "row")
        page.restyle(at, "weight", finding.weight.value, _LEVELS[finding.weight])
    if not findings:
        page.say(FIRST_ROW, NO_FINDING)
    last = FIRST_ROW + max(len(findings), 1) - 1
    page.finish(last, last)


def _tally(findings: Iterable[Finding]) -> str:
    weights = [finding.weight for finding in findings]
    return "、".join(f"{weight.value} {weights.count(weight)}件" for weight in Weight)
