"""Everything that is found in what was gathered, alike for every command, and which requests therefore count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from yosan_xl.excel.reading.codes import ELSEWHERE
from yosan_xl.model.axes import ASKED, LAST_YEAR, Axes
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.intake import Doubtful, SummaryRow
from yosan_xl.model.money import Money, with_unit
from yosan_xl.model.request import lacks_last_year, steps
from yosan_xl.model.text import canonical
from yosan_xl.rules.across import COUNTED_ELSEWHERE, SAME_NO
from yosan_xl.rules.units import (
    THOUSANDS_BESIDE,
    YEN_BESIDE,
    thousands_beside,
    usual_total,
    yen_beside,
)
from yosan_xl.store.ledger import Acknowledgement, Acknowledgements, Ledger, read_ledger
from yosan_xl.store.roster_file import refuse_lost_zeros
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.submitted import codes
from yosan_xl.usecases.submitted.check import (
    Acknowledged,
    acknowledge,
    check_across,
    check_request,
    is_told,
)
from yosan_xl.usecases.submitted.form_changes import changed_form, foreign_books, is_foreign
from yosan_xl.usecases.submitted.gathered import Gathered
from yosan_xl.usecases.submitted.numbering import Numbering, number_requests, with_published
from yosan_xl.usecases.submitted.read import Gathering
from yosan_xl.usecases.year import form_of

Project = tuple[str | None, str]
"""The code of a unit, and a title as titles are compared."""

_NAMED = 3
"""So many names stand in the finding; `status` has them all."""

TWICE = "二度提出されているため"
_UNCLEAR = "どの課のどの年度の要求か決まらないため"
_FOREIGN = "年度の様式とちがう様式で書かれているため"
_WRONG = "金額か財源に誤りがあるため"

_REMEDIES = {
    _UNCLEAR: "所管課に確かめ、その課と年度のブックで出し直してもらうと集計に入ります。",
    _FOREIGN: "YX699 の指摘のとおりにすると集計に入ります。",
    _WRONG: "誤りを直すと集計に入ります。",
}


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """What was found: request by request, between requests, and with the NO they have.

    `elsewhere` are the places of requests that are counted at another one, `unclear` of those whose unit
    or year their own cells leave in doubt, `foreign` of those that the year's form does not hold.
    """

    gathering: Gathering
    ledger: Ledger
    own: tuple[Acknowledged, ...]
    across: tuple[Finding, ...]
    numbering: Numbering
    of_year: tuple[Finding, ...] = ()
    elsewhere: frozenset[Place] = frozenset()
    unclear: frozenset[Place] = frozenset()
    foreign: frozenset[Place] = frozenset()

    def is_counted_elsewhere(self, item: Gathered) -> bool:
        """Return whether the request is there twice, and another sheet counts."""
        return item.place in self.elsewhere

    def is_unclear(self, item: Gathered) -> bool:
        """Return whether the sheet itself does not say whose request it is, or of which year."""
        return item.place in self.unclear

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

    @property
    def number_findings(self) -> tuple[Finding, ...]:
        """Return what is found of NO: two that have the same one, and what does not agree with the ledger."""
        twice = (finding for finding in self.across if finding.code == SAME_NO.code)
        return (*twice, *self.numbering.findings)

    def acknowledgements(self) -> Acknowledgements:
        """Return what the ledger is to keep: what it had, and what was accepted in this run."""
        kept: dict[str, dict[str, Acknowledgement]] = {
            request: dict(known) for request, known in self.ledger.acknowledgements.items()
        }
        for item, own in zip(self.gathering.requests, self.own, strict=True):
            request_id = _id(item)
            if request_id is not None and not self.is_counted_elsewhere(item):
                kept.setdefault(request_id, {}).update(own.accepted)
        return kept


def inspect(
    gathering: Gathering, year: YearFolder | None, last_year: Mapping[Project, int] | None = None
) -> Inspection:
    """Return all there is to find; `last_year` is what its projects came to (千円), where the run has it.

    Raises WrongInput where the year's ledger cannot be read, or its roster lost the zeros of the
    codes that the books have.
    """
    if year:
        stamped = {file.department: file.name for file in gathering.files if file.department}
        refuse_lost_zeros(year.roster, stamped)
    ledger = read_ledger(year.root) if year else Ledger()
    items = gathering.requests
    usual = usual_total(item.request for item in items)
    prior = (_prior(year) if year else {}) if last_year is None else last_year
    own = tuple(
        acknowledge(
            item,
            _with_yen(item, _checked(item, year), prior, usual),
            _known(item, ledger),
            year.root if year else None,
        )
        for item in items
    )
    unclear = frozenset(item.place for item in items if year and _is_unclear(item, year))
    across = tuple(check_across(_preferred_first(gathering, ledger, unclear)))
    elsewhere = counted_elsewhere(across)
    form = form_of(year) if year else None
    foreign = frozenset(item.place for item in items if form and is_foreign(item, form))
    # Whose request it is must be known: a NO is for good.
    apart = {*elsewhere, *unclear, *foreign}
    numbering = _numbering([one for one in items if one.place not in apart], ledger, year)
    of_year = _of_year(gathering, year) if year else ()
    return Inspection(
        gathering=gathering,
        ledger=ledger,
        own=own,
        across=across,
        numbering=numbering,
        of_year=of_year,
        elsewhere=elsewhere,
        unclear=unclear,
        foreign=foreign,
    )


def _of_year(gathering: Gathering, year: YearFolder) -> tuple[Finding, ...]:
    return (
        *told_of_deadline(year),
        *changed_form(year),
        *foreign_books(gathering.requests, year),
        *of_no_unit(gathering, year),
    )


def _prior(year: YearFolder) -> Mapping[Project, int]:
    """Return what last year's projects came to (千円), as far as the year folder knows."""
    if not year.prior.is_file():
        return {}
    from yosan_xl.usecases.prior import prior_amounts  # most years have none to ask

    return prior_amounts(year)


def _with_yen(
    item: Gathered, found: Sequence[Finding], prior: Mapping[Project, int], usual: int
) -> Sequence[Finding]:
    """Return the findings, and what amounts beside the request say of its own, unless one does."""
    project = item.request.department_code, canonical(item.request.title or "")
    last = prior.get(project) or item.request.amount(LAST_YEAR) or 0
    told = (
        (YEN_BESIDE, yen_beside(item.request, last, usual)),
        (THOUSANDS_BESIDE, thousands_beside(item.request, last)),
    )
    label = item.request.axes.amount_label(ASKED)
    new = (
        code.at(item.locate(fault.pointer), fault.pointer, label=label, **fault.facts)
        for code, fault in told
        if fault
    )
    return found if is_told("yen", found) else (*found, *new)


def _preferred_first(
    gathering: Gathering, ledger: Ledger, unclear: Collection[Place]
) -> list[Gathered]:
    """Return the requests in the order in which they count where one is there twice.

    What was accepted stays; then a unit's own book comes before another's, and a book that has its own
    name before one that has another unit's.
    """
    files = {file.name: file for file in gathering.files}
    accepted = {
        (request, book.sha256): at
        for at, book in enumerate(ledger.books, 1)
        for request in book.requests
    }

    def rank(item: Gathered) -> tuple[bool, int, bool, bool]:
        file = files[item.file]
        return (
            item.place in unclear,
            -accepted.get((_id(item) or "", file.sha256), 0),
            file.department != item.request.department_code,
            bool(file.named),
        )

    return sorted(gathering.requests, key=rank)


def _is_unclear(item: Gathered, year: YearFolder) -> bool:
    """Return whether a sheet's own cells name another year, or do not agree on one unit."""
    request, roster = item.request, year.roster
    if request.fiscal_year not in (None, year.settings.year.western):
        return True
    unit = roster.by_code(request.department_code)
    if any(finding.code == ELSEWHERE.code for finding in item.findings):
        own = f"{canonical(request.department_code or '')}-"
        if unit is None or not canonical(request.id or "").startswith(own):
            return True
    named = roster.find(f"{request.bureau or ''}{request.section or ''}")
    return bool(unit and named) and unit not in named


def told_of_deadline(year: YearFolder) -> Iterator[Finding]:
    """Yield a finding where 提出期限 is no day, or none of a deadline."""
    if problem := year.settings.deadline_problem:
        deadline = year.settings.deadline
        yield codes.NO_DAY.at(Place(SETTINGS_NAME), deadline=deadline, problem=problem)


def _checked(item: Gathered, year: YearFolder | None) -> Sequence[Finding]:
    return check_request(item, year) if item.checked is None else item.checked


def _numbering(items: Sequence[Gathered], ledger: Ledger, year: YearFolder | None) -> Numbering:
    if year is None:
        return Numbering({}, ())
    known, told = with_published(ledger, items, year)
    found = number_requests(items, known, year.roster, year.settings.first_no, _moves(known, year))
    return replace(found, findings=(*told, *found.findings))


def _moves(ledger: Ledger, year: YearFolder) -> Mapping[str, str]:
    if not ledger.bases:
        return {}
    from yosan_xl.usecases.succession import moves_of  # before there are NO nobody asks

    return moves_of(year)


def _known(item: Gathered, ledger: Ledger) -> dict[str, Acknowledgement]:
    return dict(ledger.acknowledgements.get(_id(item) or "", {}))


def _id(item: Gathered) -> str | None:
    found = item.document.get("id")
    return found if isinstance(found, str) else None


def owners_of(gathering: Gathering, roster: Roster) -> dict[str, Department | None]:
    """Return for each attachment the unit that it is of, None where that is not certain.

    Its name says so, or the nearest folder's that names one unit, or it lies in a folder whose books
    are all of one unit; 提出 itself, where all lie together, says nothing.
    """
    by_folder = _units_by_folder(gathering, roster)
    return {file.name: _owner(file.place, roster, by_folder) for file in gathering.attachments}


def of_no_unit(gathering: Gathering, year: YearFolder) -> Iterator[Finding]:
    """Yield one finding for the attachments that no unit can be found for."""
    owners = owners_of(gathering, year.roster)
    names = [name for name, unit in owners.items() if unit is None]
    if names:
        more = f" ほか {len(names) - _NAMED} 件" if len(names) > _NAMED else ""
        shown = "、".join(names[:_NAMED]) + more
        place = Place(year.settings.folders.submitted)
        yield codes.WHOSE_ATTACHMENT.at(place, count=len(names), names=shown)


def _owner(
    path: PurePosixPath, roster: Roster, by_folder: Mapping[PurePosixPath, set[str]]
) -> Department | None:
    for part in (path, *path.parents):
        named = roster.named_in(part.name)
        units = {unit.code for unit in named} or by_folder.get(part, set())
        if len(units) == 1:
            return roster.by_code(*units)
    return None


def _units_by_folder(gathering: Gathering, roster: Roster) -> dict[PurePosixPath, set[str]]:
    """Return the units whose books lie in a folder below 提出, by that folder."""
    found: dict[PurePosixPath, set[str]] = defaultdict(set)
    for file in gathering.files:
        folder = file.place.parent
        if roster.by_code(file.department) and folder.name:
            found[folder].add(str(file.department))
    return found


@dataclass(frozen=True, slots=True)
class Counting:
    """The rows of the totals, and what is told of the other requests.

    `left_out` are 未算入, `anyway` counted in spite of errors, `again` counted in another book.
    """

    rows: tuple[SummaryRow, ...]
    left_out: tuple[Doubtful, ...]
    anyway: tuple[Doubtful, ...]
    findings: tuple[Finding, ...]
    again: tuple[Doubtful, ...] = ()

    @property
    def requested(self) -> Money:
        """Return what the counted requests ask for together (千円)."""
        return Money(sum(row.request.requested for row in self.rows))


def count_requests(inspection: Inspection, *, include_errors: bool = False) -> Counting:
    """Return which requests count; with `include_errors` only what is there twice is left out."""
    rows: list[SummaryRow] = []
    apart: dict[str, list[Doubtful]] = {"left_out": [], "anyway": [], "again": []}
    findings: list[Finding] = []
    requests = [item.request for item in inspection.gathering.requests]
    is_listed = any(one.amount(LAST_YEAR) is not None for one in requests)
    for item, why in _doubts(inspection):
        row = _row(item, inspection.numbering, is_listed)
        if why is None or (include_errors and why == _WRONG):
            rows.append(row)
        if why is not None:
            counted = include_errors and why == _WRONG
            kind = "anyway" if counted else "again" if why == TWICE else "left_out"
            apart[kind].append(Doubtful(row, why))
            if why != TWICE:  # where it stands twice says which of them is counted
                findings.append(_not_counted(item, why, counted))
    told = {kind: tuple(doubtful) for kind, doubtful in apart.items()}
    return Counting(tuple(rows), findings=tuple(findings), **told)


def counted_elsewhere(across: Iterable[Finding]) -> frozenset[Place]:
    """Return the places of requests that are counted at another one, by what was found between requests."""
    return frozenset(_sheet(one.place) for one in across if one.code in COUNTED_ELSEWHERE)


def _sheet(place: Place) -> Place:
    return Place(place.file, place.sheet)


def _doubts(inspection: Inspection) -> Iterator[tuple[Gathered, str | None]]:
    """Yield every request with what keeps it out of the totals."""
    across: dict[Place, list[Finding]] = {}
    for finding in inspection.across:
        across.setdefault(_sheet(finding.place), []).append(finding)
    for item, own in zip(inspection.gathering.requests, inspection.own, strict=True):
        told = across.get(item.place, [])
        if inspection.is_counted_elsewhere(item):
            yield item, TWICE
        else:
            found = [*own.findings, *told]
            wrong = _WRONG if any(_is_of(one, item.request.axes) for one in found) else None
            foreign = _FOREIGN if item.place in inspection.foreign else wrong
            yield item, _UNCLEAR if inspection.is_unclear(item) else foreign


@lru_cache(maxsize=64)
def _amount_places(axes: Axes) -> frozenset[str]:
    """Return the first steps of the pointers where an error keeps a request out of the totals: its amounts and lists."""
    amounts = (pointer for stage in axes.stages for pointer in stage.amounts.values())
    names = (source.name for source in axes.sources)
    lists = (pointer for own in axes.lists for pointer in (own.pointer, own.subtotals))
    return frozenset(steps(one)[0] for one in (*amounts, *names, *lists) if one)


@lru_cache(maxsize=64)
def _words_of_rows(axes: Axes) -> frozenset[tuple[str, str]]:
    """Return the lists and their columns of words (節, 内容): a wrong one changes no amount."""
    return frozenset(
        (steps(own.pointer)[0], column.key)
        for own in axes.lists
        for column in own.columns
        if column.kind in ("choice", "text") and column.meaning != "estimate"
    )


def _is_of(finding: Finding, axes: Axes) -> bool:
    """Return whether a finding is an error in an amount, its funding, or a row that adds up to one."""
    path = steps(finding.pointer or "")
    is_word = (path[0], path[-1]) in _words_of_rows(axes)
    return finding.is_error and path[0] in _amount_places(axes) and not is_word


def _not_counted(item: Gathered, why: str, counted: bool) -> Finding:
    request = item.request
    axes, amount = request.axes, request.amount(ASKED)
    pointer = axes.pointer(ASKED) or ""
    code = codes.COUNTED_ANYWAY if counted else codes.NOT_COUNTED
    return code.at(
        item.locate(pointer),
        pointer,
        id=request.id or item.sheet,
        title=request.title or f"（{axes.word('title')}なし）",
        amount=f"（{with_unit(amount, axes.unit)}）" if amount is not None else "",
        reason=why,
        remedy=_REMEDIES[why],
    )


def _row(item: Gathered, numbering: Numbering, is_listed: bool) -> SummaryRow:
    request = numbering.put(item).request
    provisional = numbering.is_provisional(request.id)
    if lacks_last_year(request, is_listed=is_listed):
        request = request.without_last_year()
    return SummaryRow(request, item.place, item.cells, provisional=provisional)
