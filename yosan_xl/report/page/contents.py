"""What stands on the page: the year's roll-up, what came in, the findings, and who reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from yosan_xl.form.definition import Definition
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.money import ThousandYen
from yosan_xl.model.rollup import Rollup, SummaryRow


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the page shows; with `public` only what is for the public.

    `decided` tells whether any 予算額 is given: then it stands beside every 要求額.
    """

    form: Definition
    rollup: Rollup
    intake: Intake
    findings: tuple[Finding, ...] = ()
    public: bool = False
    decided: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look once for any 予算額: every cell asks."""
        found = any(row.request.total.budgeted is not None for row in self.rollup.rows)
        object.__setattr__(self, "decided", found)

    @property
    def left_out(self) -> tuple[SummaryRow, ...]:
        """Give the requests that are 未算入 and shown all the same; the public sees none."""
        return () if self.public else tuple(one.row for one in self.intake.left_out)

    @property
    def shown(self) -> tuple[SummaryRow, ...]:
        """Give every request that is shown, counted ones first."""
        return (*self.rollup.rows, *self.left_out)

    def label(self, pointer: str) -> str:
        """Give the form's own words for a field; raise KeyError for none of its fields."""
        return self.form.fields[pointer].label

    def line_label(self, column: str) -> str:
        """Give the form's own words for a column of 10 要求内容."""
        return next(c.field.label for c in self.form.lines.columns if c.field.key == column)


def budgeted_of(rows: Iterable[SummaryRow]) -> ThousandYen:
    """Give 予算額 (千円) of these requests; what is not decided adds nothing."""
    return ThousandYen(sum(row.request.total.budgeted or 0 for row in rows))
