"""Findings as text for a terminal: grouped by file and sheet, and one line of counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.report.printable import printable

_COLOURS = {Weight.ERROR: "31", Weight.WARNING: "33", Weight.INFO: "36"}
NOTHING = "指摘はありません。"


def findings_text(findings: Sequence[Finding], *, colour: bool = False) -> str:
    """Give the findings under their file and sheet, in the order given, and a last summary line.

    Every line is `printable`; with `colour` the weights carry ANSI colours. No final newline.
    """
    lines = []
    for file, of_file in _grouped(findings, lambda place: place.file).items():
        lines.append(f"{printable(file)}: {counts(of_file)}")
        for sheet, of_sheet in _grouped(of_file, lambda place: place.sheet or "").items():
            if sheet:
                lines.append(f"  {printable(sheet)}")
            lines += [f"    {_line(finding, colour)}" for finding in of_sheet]
        lines.append("")
    return "\n".join([*lines, summary(findings)])


def summary(findings: Iterable[Finding]) -> str:
    """Give `誤り 2件、注意 1件`, or that there is nothing to tell."""
    return counts(findings) or NOTHING


def counts(findings: Iterable[Finding]) -> str:
    """Give how many there are of each weight that occurs, the heaviest first."""
    weights = [finding.weight for finding in findings]
    return "、".join(
        f"{weight.value} {weights.count(weight)}件" for weight in Weight if weight in weights
    )


def finding_line(finding: Finding) -> str:
    """Give one finding with its whole place, ungrouped and safe for a terminal or a log."""
    return printable(str(finding))


def _line(finding: Finding, colour: bool) -> str:
    weight = finding.weight.value
    if colour:
        weight = f"\x1b[{_COLOURS[finding.weight]}m{weight}\x1b[0m"
    cell = f"{printable(finding.place.cell)} " if finding.place.cell else ""
    return f"{cell}{finding.code} {weight} {printable(finding.fact + finding.remedy)}"


def _grouped(findings: Iterable[Finding], key: Callable[[Place], str]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding.place), []).append(finding)
    return groups
