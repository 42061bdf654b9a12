"""Everything that is found in what was gathered, alike for every command: validate, status, consolidate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yosan_xl.model.finding import Finding, Place
from yosan_xl.store.ledger import Acknowledgement, Acknowledgements, Ledger, read_ledger
from yosan_xl.store.roster_file import refuse_lost_zeros
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.acknowledge import Acknowledged, acknowledge
from yosan_xl.usecases.attachments import of_no_unit
from yosan_xl.usecases.check import check_across, check_request
from yosan_xl.usecases.gather import Gathered, Gathering
from yosan_xl.usecases.numbering import Numbering, number_requests


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """What was found: request by request, between requests, and with the NO they have."""

    gathering: Gathering
    ledger: Ledger
    own: tuple[Acknowledged, ...]
    across: tuple[Finding, ...]
    numbering: Numbering
    of_year: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings: of the year, of files, requests in their order, between requests, of their NO."""
        single = [finding for own in self.own for finding in own.findings]
        return (
            *self.of_year,
            *self.gathering.findings,
            *single,
            *self.across,
            *self.numbering.findings,
        )

    def acknowledgements(self) -> Acknowledgements:
        """Give what the ledger is to keep: what it had, and what was accepted in this run."""
        kept: dict[str, dict[str, Acknowledgement]] = {
            request: dict(known) for request, known in self.ledger.acknowledgements.items()
        }
        seen: set[str] = set()
        for item, own in zip(self.gathering.requests, self.own, strict=True):
            request_id = _id(item)
            if request_id is not None and request_id not in seen:
                seen.add(request_id)
                kept.setdefault(request_id, {}).update(own.accepted)
        return kept


def inspect(gathering: Gathering, year: YearFolder | None) -> Inspection:
    """Find all there is to find.

    Raises WrongInput where the year's ledger cannot be read, or its roster lost the zeros of the
    codes that the books have.
    """
    if year:
        stamped = {file.department: file.name for file in gathering.files if file.department}
        refuse_lost_zeros(year.roster, stamped)
    ledger = read_ledger(year.root) if year else Ledger()
    own = tuple(
        acknowledge(item, _checked(item, year), _known(item, ledger)) for item in gathering.requests
    )
    return Inspection(
        gathering,
        ledger,
        own,
        tuple(check_across(gathering.requests)),
        _numbering(gathering.requests, ledger, year),
        (*_deadline(year), *of_no_unit(gathering, year)) if year else (),
    )


def _deadline(year: YearFolder) -> Iterator[Finding]:
    """Tell of a 提出期限 that is no day."""
    written = year.settings.deadline
    if written and year.settings.due is None:
        yield codes.NO_DAY.at(Place(SETTINGS_NAME), deadline=written)


def _checked(item: Gathered, year: YearFolder | None) -> Sequence[Finding]:
    return check_request(item, year) if item.checked is None else item.checked


def _numbering(items: Sequence[Gathered], ledger: Ledger, year: YearFolder | None) -> Numbering:
    if year is None:
        return Numbering({}, ())
    return number_requests(items, ledger.numbers, year.roster, year.settings.first_no)


def _known(item: Gathered, ledger: Ledger) -> dict[str, Acknowledgement]:
    return dict(ledger.acknowledgements.get(_id(item) or "", {}))


def _id(item: Gathered) -> str | None:
    found = item.document.get("id")
    return found if isinstance(found, str) else None
