"""One mistake, one finding: the same fault in many cells of a sheet is told once."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from yosan_xl.model.finding import Finding

_NAMED_CELLS = 8
_NAMED_FIGURES = 3


@dataclass(frozen=True, slots=True, eq=False)
class FindingGroup:
    """Findings of one kind, weight, sheet, field and reason, in the order given; never empty."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The finding that stands for all of them."""
        return self.findings[0]

    @property
    def cells(self) -> str:
        """Give `H22`, or `H22、H23、H24（3か所）`; nothing where no cell is known."""
        every = [finding.place.cell for finding in self.findings if finding.place.cell]
        cells = list(dict.fromkeys(every))
        if len(cells) < 2:
            return "".join(cells)
        more = "など" if len(cells) > _NAMED_CELLS else ""
        return f"{'、'.join(cells[:_NAMED_CELLS])}{more}（{len(cells)}か所）"

    @property
    def label(self) -> str | None:
        """Give the form's words for the field, without the rows where there are many."""
        return self.first.label if len(self.findings) == 1 else _field(self.first)

    @property
    def fact(self) -> str:
        """Give one sentence with the figures of every finding."""
        kind = self.first.kind
        return self._merged(kind.fact) if self._is_merged and kind else self.first.fact

    @property
    def remedy(self) -> str:
        """Give what to do, with the figures of every finding."""
        kind = self.first.kind
        return self._merged(kind.remedy) if self._is_merged and kind else self.first.remedy

    @property
    def _is_merged(self) -> bool:
        return len({(finding.fact, finding.remedy) for finding in self.findings}) > 1

    def _merged(self, template: str) -> str:
        plain = re.sub(r"\{(\w+):[^}]*\}", r"{\1}", template)  # joined figures are texts
        return plain.format_map({name: self._joined(name) for name in self.first.facts})

    def _joined(self, name: str) -> str:
        figures = list(dict.fromkeys(str(f.facts.get(name, "")) for f in self.findings))
        if figures[0].endswith("。"):
            return "".join(figures[:_NAMED_FIGURES])  # whole sentences
        more = "など" if len(figures) > _NAMED_FIGURES else ""
        return "、".join(figures[:_NAMED_FIGURES]) + more


def grouped(findings: Iterable[Finding]) -> tuple[FindingGroup, ...]:
    """Give findings as groups, each at the place of its first finding; none is left out."""
    groups: dict[Hashable, list[Finding]] = {}
    for index, finding in enumerate(findings):
        groups.setdefault(_key(finding, index), []).append(finding)
    return tuple(FindingGroup(tuple(members)) for members in groups.values())


def _key(finding: Finding, index: int) -> Hashable:
    place = finding.place
    if place.cell is None:
        return index  # nothing but its sentence tells where it is
    words = _field(finding) if finding.kind else (finding.fact, finding.remedy)
    same = (finding.code, finding.weight, place.file, place.sheet, finding.reason)
    return (*same, words, finding.facts.get("part"), finding.facts.get("column"))


def _field(finding: Finding) -> str | None:
    """Give the label without the rows in it: `「要求内容」の「要求額」`."""
    return None if finding.label is None else re.sub(r"の[0-9]+行目", "", finding.label)
