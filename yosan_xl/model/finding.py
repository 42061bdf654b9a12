"""指摘: what is wrong or noteworthy, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


class Weight(Enum):
    """How much a finding weighs; only an error (誤り) makes the exit code 1."""

    ERROR = "誤り"
    WARNING = "注意"
    INFO = "情報"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a file, and in it a sheet and a cell (A1) where they are known."""

    file: str
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        cell = f"!{self.cell}" if self.cell else ""
        return f"{self.file} {self.sheet}{cell}" if self.sheet else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: code, weight, place, what is (fact) and what to do (remedy).

    `reason` is the 理由 a department wrote in the book's checks panel, where it acknowledges this
    warning; an error cannot be acknowledged.
    """

    code: str
    weight: Weight
    place: Place
    fact: str
    remedy: str
    pointer: str | None = None
    reason: str | None = None

    def __str__(self) -> str:
        return f"{self.place} {self.code} {self.weight.value} {self.fact}{self.remedy}"

    @property
    def is_error(self) -> bool:
        """Tell whether this is 誤り."""
        return self.weight is Weight.ERROR


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: written once, beside the check that gives it, and never used again.

    `fact` and `remedy` are whole Japanese sentences with `{name}` places for the figures; `why`
    gives the reason and its source; `wrong` and `right` are one example each, for `explain`.
    """

    code: str
    weight: Weight
    title: str
    fact: str
    remedy: str
    why: str
    wrong: str
    right: str

    def at(self, place: Place, pointer: str | None = None, **facts: object) -> Finding:
        """Give the finding of this kind at `place`, its sentences filled with `facts`."""
        return Finding(
            self.code,
            self.weight,
            place,
            self.fact.format_map(facts),
            self.remedy.format_map(facts),
            pointer,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found in a request document: a JSON pointer and the figures of the message."""

    pointer: str
    facts: Mapping[str, object] = field(default_factory=dict)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding is an error."""
    return any(finding.is_error for finding in findings)
