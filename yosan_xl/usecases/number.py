"""`number`: NO for good, once, in the order of the roster; those who come late get the next ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.model.continuity import basis_of
from yosan_xl.model.finding import Finding, unexplained
from yosan_xl.model.intake import Intake, SummaryRow
from yosan_xl.model.request import Request
from yosan_xl.store.ledger import Ledger, write_ledger
from yosan_xl.usecases.counted import Counted, accept, count, remember
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.numbering import NO_ID, NO_TAKEN
from yosan_xl.usecases.submitted.read import Progress


@dataclass(frozen=True, slots=True)
class VacantNumber:
    """欠番: a NO whose project is not there any more."""

    no: int
    request: str
    title: str


@dataclass(frozen=True, slots=True)
class NumberedRequest:
    """A request that has its NO; `is_new` where it got it in this run."""

    no: int
    request: Request
    is_new: bool


@dataclass(frozen=True, slots=True)
class Numbered:
    """The requests that have their NO now, in its order.

    `warnings` (注意) of the books have no reason yet. `left_out` are 未算入, of which those have a NO too whose unit is clear. `vacant` are 欠番. `is_first` tells whether nothing had one before.
    """

    rows: tuple[NumberedRequest, ...]
    left_out: tuple[Request, ...]
    vacant: tuple[VacantNumber, ...]
    findings: tuple[Finding, ...]
    intake: Intake
    is_first: bool
    warnings: int

    @property
    def new(self) -> tuple[NumberedRequest, ...]:
        """Return those that got their NO in this run."""
        return tuple(row for row in self.rows if row.is_new)


def number(
    here: Path,
    progress: Progress = lambda files: files,
    *,
    dry_run: bool = False,
) -> Numbered:
    """Give every counted request its NO for good, and keep them in 台帳.json unless it is a `dry_run`; raise WrongInput."""
    counted = count((), here, progress).of_requests()
    refuse_clashes(counted)
    numbering = counted.inspection.numbering
    before = accept(counted.inspection, counted.year)
    given = {one: no for one, no in numbering.numbers.items() if one in numbering.requests}
    bases = {no: basis_of(numbering.requests[one], one) for one, no in given.items()}
    told: tuple[Finding, ...] = ()
    if not dry_run and given:
        told = remember(counted)
        numbers, bases = {**before.numbers, **given}, {**before.bases, **bases}
        write_ledger(counted.year.root, replace(before, numbers=numbers, bases=bases))
    return Numbered(
        rows=tuple(
            NumberedRequest(no, numbering.requests[one], is_new=one not in numbering.final)
            for one, no in sorted(given.items(), key=lambda pair: pair[1])
        ),
        left_out=tuple(one.row.request for one in counted.counting.left_out),
        vacant=tuple(_vacant(no, before) for no in numbering.vacant),
        findings=(*counted.own, *told, *counted.inspection.number_findings, *_without_id(counted)),
        intake=counted.intake,
        is_first=not before.given,
        warnings=len([*unexplained(counted.inspection.findings)]),
    )


def refuse_clashes(counted: Counted) -> None:
    """Raise WrongInput where a document brings the NO of another request: who has it for good, people must say."""
    numbering = counted.inspection.numbering
    left_out = (one.row for one in counted.counting.left_out)
    known = (one for one in left_out if one.request.id in numbering.requests)
    if found := tuple(numbering.clashing((*counted.rows, *known))):
        told = (one for one in counted.inspection.number_findings if one.is_error)
        raise WrongInput(*told, *map(_taken, found))


def _taken(row: SummaryRow) -> Finding:
    request = row.request
    facts = {"id": request.id or "", "title": request.title or "", "no": request.no}
    return NO_TAKEN.at(row.source, "/no", word=request.axes.word("no"), **facts)


def _without_id(counted: Counted) -> Iterator[Finding]:
    for row in counted.counting.rows:
        if row.request.id is None and row.request.no is None:
            yield NO_ID.at(row.source, title=row.request.title or "")


def _vacant(no: int, ledger: Ledger) -> VacantNumber:
    if basis := ledger.bases.get(no):
        return VacantNumber(no, basis.request, basis.title)
    return VacantNumber(no, next(one for one, own in ledger.numbers.items() if own == no), "")
