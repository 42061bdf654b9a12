"""What there is to tell of one sheet, collected with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yosan_xl.excel.reading.placement import Spot
from yosan_xl.form.area import a1
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.text import shortened

_QUOTED = 400
"""More characters than a formula of the form has, so that these are quoted whole."""

_NAMED = 3
"""How many cells or labels a finding names."""


@dataclass(slots=True)
class Told:
    """The findings of a sheet, in the order in which they were made."""

    file: str
    sheet: str
    findings: list[Finding] = field(default_factory=list)

    def of_sheet(self, code: Code, pointer: str | None = None, **facts: object) -> None:
        """Tell of the sheet as a whole."""
        self.findings.append(code.at(Place(self.file, self.sheet), pointer, **facts))

    def at(self, code: Code, spot: Spot, pointer: str | None, facts: Mapping[str, object]) -> None:
        """Tell of a cell."""
        place = Place(self.file, self.sheet, a1(*spot))
        shown = {key: _shortened(fact) for key, fact in facts.items()}
        self.findings.append(code.at(place, pointer, **shown))

    def at_all(self, code: Code, spots: Sequence[Spot], **facts: object) -> None:
        """Tell once of many cells, and nothing of none."""
        if spots:
            cells = "、".join(a1(*spot) for spot in spots[:_NAMED])
            self.at(code, spots[0], None, {"cells": f"{cells}{_more(len(spots))}", **facts})


def listed(labels: Sequence[str]) -> str:
    """Give labels as a sentence names them, the first of them where there are many."""
    return "".join(f"「{label}」" for label in labels[:_NAMED]) + _more(len(labels))


def _more(number: int) -> str:
    return f"など{number}か所" if number > _NAMED else ""


def _shortened(fact: object) -> object:
    """Give what a finding quotes: a cell may hold 100,000 characters, a line of a report cannot."""
    return shortened(fact, _QUOTED) if isinstance(fact, str) else fact
