"""Everything that the sheets of the summary are made from, and what they have in common."""

from __future__ import annotations

from dataclasses import dataclass, field

from yosan_xl.excel.links import Books
from yosan_xl.excel.summary.definition import SheetDefinition, SummaryDefinition
from yosan_xl.model.decision import FinanceEntries
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import Rollup, amounts_of
from yosan_xl.model.two_years import AgainstLastYear


@dataclass(frozen=True, slots=True)
class SummaryContents:
    """Everything that the sheets are made from."""

    definition: SummaryDefinition
    rollup: Rollup
    findings: tuple[Finding, ...]
    intake: Intake
    entries: FinanceEntries
    books: Books
    last_year: AgainstLastYear | None = None
    _widths: tuple[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look through all amounts once: every sheet asks how wide they are."""
        left_out = [one.row for one in (*self.intake.left_out, *self.intake.again)]
        last = self.last_year.rows if self.last_year else ()
        every = (amounts_of(row.request) for row in (*self.rollup.rows, *left_out, *last))
        sizes = [abs(amount or 0) for amounts in every for amount in amounts.values()]
        widths = tuple(len(with_commas(-most)) + 2 for most in (max(sizes, default=0), sum(sizes)))
        object.__setattr__(self, "_widths", widths)

    @property
    def sheets(self) -> tuple[SheetDefinition, ...]:
        """The sheets there are: those of last year only where it is known."""
        every = self.definition.sheets
        return tuple(one for one in every if self.last_year or not one.is_of_last_year)

    @property
    def heading(self) -> str:
        """`港区　令和2年度　予算要求集計`."""
        settings = self.rollup.settings
        return f"{settings.municipality}　{settings.year.label}　{self.definition.title}"

    def head_texts(self, sheet: SheetDefinition) -> tuple[str, ...]:
        """Return every text above the rows of a sheet."""
        title = f"{self.heading}　{sheet.name}"
        labels = (field.label for field in sheet.fields)
        return (title, sheet.note, self.definition.unit, *labels)

    def figure_width(self, summed: bool) -> int:
        """How wide a column must be that no amount, or no sum of them, shows as ####."""
        largest, sum_of_all = self._widths
        return sum_of_all if summed else largest


@dataclass(frozen=True, slots=True)
class RowRun:
    """Rows of one first key that stand together (0-based, `end` is past them), and their sum's row."""

    key: str
    first: int
    end: int
    total: int
