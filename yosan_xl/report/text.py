"""Findings as text for a terminal: grouped by book and sheet, and one line of counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from yosan_xl.model.finding import Finding, FindingGroup, Place, Weight, grouped
from yosan_xl.report.printable import printable

_COLOURS = {Weight.ERROR: "31", Weight.WARNING: "33", Weight.INFO: "36"}
NOTHING = "指摘はありません。"
ACKNOWLEDGED = "確認済み"
NO_DEPARTMENTS: Mapping[str, str] = {}


def findings_text(
    findings: Sequence[Finding],
    *,
    colour: bool = False,
    departments: Mapping[str, str] = NO_DEPARTMENTS,
) -> str:
    """Give the findings under their book and sheet, in the order given, and a last summary line.

    The same fault in many cells is one line. `departments` says by file whose book it is. Every
    line is `printable`; with `colour` the weights carry ANSI colours. No final newline.
    """
    lines = []
    for file, of_file in _by_place(findings, lambda place: place.file).items():
        owner = f"（{departments[file]}）" if file in departments else ""
        lines.append(f"{printable(file + owner)}: {counts(of_file)}")
        for sheet, of_sheet in _by_place(of_file, lambda place: place.sheet or "").items():
            if sheet:
                lines.append(f"  {printable(sheet)}")
            lines += [f"    {_line(group, colour)}" for group in grouped(of_sheet)]
        lines.append("")
    return "\n".join([*lines, summary(findings)])


def summary(findings: Iterable[Finding]) -> str:
    """Give `誤り 2件、注意 1件`, or that there is nothing to tell."""
    return counts(findings) or NOTHING


def counts(findings: Iterable[Finding]) -> str:
    """Give how many there are of each weight that occurs, the heaviest first."""
    found = list(findings)
    of_weight = {weight: [f for f in found if f.weight is weight] for weight in Weight}
    return "、".join(f"{w.value} {_count(some)}" for w, some in of_weight.items() if some)


def finding_line(finding: Finding) -> str:
    """Give one finding with its whole place, ungrouped and safe for a terminal or a log."""
    return printable(str(finding))


def _count(findings: Sequence[Finding]) -> str:
    acknowledged = sum(finding.is_acknowledged for finding in findings)
    told = f"（うち{ACKNOWLEDGED} {acknowledged}件）" if acknowledged else ""
    return f"{len(findings)}件{told}"


def _line(group: FindingGroup, colour: bool) -> str:
    weight = group.first.weight.value
    if colour:
        weight = f"\x1b[{_COLOURS[group.first.weight]}m{weight}\x1b[0m"
    cells = f"{printable(group.cells)} " if group.cells else ""
    return f"{cells}{group.first.code} {weight}{_sentences(group)}"


def _sentences(group: FindingGroup) -> str:
    """Give what is and what to do; of what was acknowledged, the reason in place of the latter."""
    if group.first.is_acknowledged:
        return printable(f"（{ACKNOWLEDGED}） {group.fact}理由: {group.first.reason}")
    return printable(f" {group.fact}{group.remedy}")


def _by_place(findings: Iterable[Finding], key: Callable[[Place], str]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding.place), []).append(finding)
    return groups
