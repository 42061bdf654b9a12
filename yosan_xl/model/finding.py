"""指摘: what is wrong or noteworthy, where, and what to do about it; the same fault in many cells is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from yosan_xl.model.text import shortened

NO_FINDING = "指摘はありません。"


class Weight(Enum):
    """How much a finding weighs; only an error (誤り) makes the exit code 1."""

    ERROR = "誤り"
    WARNING = "注意"
    INFO = "情報"

    def reaches(self, other: Weight) -> bool:
        """Return whether this weighs as much as `other`, or more."""
        order = list(Weight)
        return order.index(self) <= order.index(other)


Datum = str | int | tuple[str, ...] | None
"""A value as programs get it: a text, an amount (千円) or a year, the choices, or nothing."""


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
    warning; an error cannot be acknowledged. `kind` and `facts` are what the sentences were made
    of: with them like findings are told as one, and programs get the figures themselves.
    """

    code: str
    weight: Weight
    place: Place
    fact: str
    remedy: str
    pointer: str | None = None
    reason: str | None = None
    kind: Code | None = field(default=None, compare=False, repr=False)
    facts: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.place} {self.code} {self.weight.value} {self.fact}{self.remedy}"

    @property
    def is_error(self) -> bool:
        """Return whether this is 誤り."""
        return self.weight is Weight.ERROR

    @property
    def is_acknowledged(self) -> bool:
        """Return whether a department gave its reason for this; an error stays one all the same."""
        return self.reason is not None and not self.is_error

    @property
    def to_department(self) -> str:
        """Return what a department is to do, "" where that is what finance is told."""
        return self.kind.to_department.format_map(self.facts) if self.kind else ""

    @property
    def label(self) -> str | None:
        """Return the form's words for the field in question (the fact `label`)."""
        label = self.facts.get("label")
        return None if label is None else _bare(str(label))

    @property
    def value(self) -> Datum:
        """Return what stands there: the fact `raw_value`, or as the sentence says it."""
        return _datum(self._first("raw_value", "value", "found"))

    @property
    def expected(self) -> Datum:
        """Return what should stand there: the fact `raw_expected`, or as the sentence says it."""
        return _datum(self._first("raw_expected", "expected"))

    @property
    def repaired_to(self) -> Datum:
        """Return what the value was read as, where it was repaired (the fact `repaired_to`)."""
        return _datum(self._first("repaired_to", "mended"))

    def _first(self, *names: str) -> object:
        return next((self.facts[name] for name in names if name in self.facts), None)


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding: written once, beside the check that gives it, and never used again.

    `fact` and `remedy` are whole Japanese sentences with `{name}` places for the figures, and places
    such as `{label:title}` for what the form calls something (`Axes.word`); `why`
    gives the reason and its source; `wrong` and `right` are one example each, for `explain`. `to_department` is what a
    department is asked to do, where that is another thing than finance does.
    """

    code: str
    weight: Weight
    title: str
    fact: str
    remedy: str
    why: str
    wrong: str
    right: str
    to_department: str = ""

    def named(self, word: Callable[[str], str]) -> Code:
        """Return it with the form's word for each symbol that its sentences name, `「{label:account}」`."""

        def words(text: str) -> str:
            return _LABEL.sub(lambda found: re.sub(r"[{}]", r"\g<0>\g<0>", word(found[1])), text)

        texts = (self.fact, self.remedy, self.why, self.to_department)
        if not any(map(_LABEL.search, texts)):
            return self
        fact, remedy, why, own = map(words, texts)
        return replace(self, fact=fact, remedy=remedy, why=why, to_department=own)

    def at(self, place: Place, pointer: str | None = None, **facts: object) -> Finding:
        """Return the finding of this kind at `place`, its sentences filled with `facts`.

        What is quoted is cut: a cell may hold 100,000 characters, a line of a report cannot.
        """
        facts = {key: _cut(fact) for key, fact in facts.items()}
        return Finding(
            code=self.code,
            weight=self.weight,
            place=place,
            fact=self.fact.format_map(facts),
            remedy=self.remedy.format_map(facts),
            pointer=pointer,
            kind=self,
            facts=facts,
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found in a request document: a JSON pointer and the figures of the message.

    `weight` stands for that of the code, where a form says how much its own rule weighs.
    """

    pointer: str
    facts: Mapping[str, object] = field(default_factory=dict)
    weight: Weight | None = None


def fails(findings: Iterable[Finding], weight: Weight) -> bool:
    """Return whether any finding that nobody acknowledged weighs as much as `weight`, or more."""
    return any(f.weight.reaches(weight) and not f.is_acknowledged for f in findings)


def unexplained(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the warnings (注意) that nobody gave a reason for."""
    return (f for f in findings if f.weight is Weight.WARNING and not f.is_acknowledged)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is an error."""
    return any(finding.is_error for finding in findings)


_LABEL = re.compile(r"\{label:([^{}]+)\}")

_MOST = 4_000
"""More characters than any sentence needs, however much it lists."""


def _cut(fact: object) -> object:
    return shortened(fact, _MOST) if isinstance(fact, str) else fact


def _datum(value: object) -> Datum:
    if isinstance(value, tuple | list):
        return tuple(map(str, value))
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return str(value)


def _bare(label: str) -> str:
    """Return a label without the brackets that a sentence puts around it."""
    return label[1:-1] if label.startswith("「") and label.find("」") == len(label) - 1 else label


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
        """Return `H22`, or `H22、H23、H24（3か所）`; nothing where no cell is known."""
        every = [finding.place.cell for finding in self.findings if finding.place.cell]
        cells = list(dict.fromkeys(every))
        if len(cells) < 2:
            return "".join(cells)
        more = "など" if len(cells) > _NAMED_CELLS else ""
        return f"{'、'.join(cells[:_NAMED_CELLS])}{more}（{len(cells)}か所）"

    @property
    def label(self) -> str | None:
        """Return the form's words for the field, without the rows where there are many."""
        return self.first.label if len(self.findings) == 1 else _field(self.first)

    @property
    def fact(self) -> str:
        """Return one sentence with the figures of every finding."""
        kind = self.first.kind
        return self._merged(kind.fact) if self._is_merged and kind else self.first.fact

    @property
    def remedy(self) -> str:
        """Return what to do, with the figures of every finding."""
        kind = self.first.kind
        return self._merged(kind.remedy) if self._is_merged and kind else self.first.remedy

    @property
    def to_department(self) -> str:
        """Return what a department is to do, "" where that is what finance is told."""
        kind = self.first.kind
        if not self._is_merged or not kind:
            return self.first.to_department
        return self._merged(kind.to_department)

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
    """Return findings as groups, each at the place of its first finding; none is left out."""
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
    """Return the label without the rows in it: `「要求内容」の「要求額」`."""
    return None if finding.label is None else re.sub(r"の[0-9]+行目", "", finding.label)


def tally(findings: Iterable[Finding]) -> str:
    """Return how many there are of each weight, of none too: `誤り 2件、注意 0件、情報 0件`."""
    weights = [finding.weight for finding in findings]
    return "、".join(f"{weight.value} {weights.count(weight)}件" for weight in Weight)
