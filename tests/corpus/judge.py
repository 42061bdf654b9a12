"""Read a file the whole way, as `consolidate` does, and compare with what must happen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.corpus.expect import Accepted, Expectation, Refused
from yosan_xl.model.finding import Finding
from yosan_xl.usecases import counted
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.submitted.read import gather


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened: 千円 in the totals, 千円 read, requests counted, all findings."""

    total: int
    read: int
    counted: int
    findings: tuple[Finding, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The kinds of finding."""
        return frozenset(finding.code for finding in self.findings)


def run(path: Path, summary: Path | None) -> Outcome:
    """Consolidate one file (or folder) of a year folder; without a summary it is read and counted alone."""
    if summary:
        done: counted.Outcome = consolidate([path], path.parent, summary)
    else:
        found = counted.count([path], path.parent)
        done = counted.Outcome(found.intake, found.findings)
    total = read = int(done.requested)
    if done.left_out:
        gathered = gather([path]).requests
        read = sum(item.request.requested for item in gathered)
    return Outcome(total, read, done.counted, done.findings)


def problems(outcome: Outcome, expect: Expectation, file: str) -> list[str]:
    """Tell where an outcome is not what must happen."""
    if isinstance(expect, Refused):
        return _refusal(outcome, expect, file)
    return _reading(outcome, expect)


def _reading(outcome: Outcome, expect: Accepted) -> list[str]:
    told = [str(finding) for finding in outcome.findings]
    read = expect.total if expect.read is None else expect.read
    return [
        *_differ("total", outcome.total, expect.total, told),
        *_differ("read", outcome.read, read, told),
        *_differ("codes", sorted(outcome.codes), sorted(expect.codes), told),
    ]


def _refusal(outcome: Outcome, expect: Refused, file: str) -> list[str]:
    told = [str(finding) for finding in outcome.findings]
    errors = [(f.code, f.is_error, f.place.file) for f in outcome.findings]
    return [
        *_differ("findings", errors, [(expect.code, True, file)], told),
        *_differ("total", (outcome.total, outcome.counted), (0, 0), told),
        *(["no remedy"] if not all(f.remedy.endswith("。") for f in outcome.findings) else []),
    ]


def _differ(what: str, found: object, expected: object, told: list[str]) -> list[str]:
    return [] if found == expected else [f"{what}: {found!r}, not {expected!r}: {told}"]
