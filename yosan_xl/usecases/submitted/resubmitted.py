"""出し直しで変わった要求: what departments ask for now against what the last run accepted, or the book that was replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from yosan_xl.model.continuity import basis_of
from yosan_xl.model.fiscal_year import JAPAN, save_time
from yosan_xl.model.history import ProjectState
from yosan_xl.model.resubmitted import UnitChanges, changes_between
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.submitted.gathered import Gathered
from yosan_xl.usecases.submitted.inspection import Inspection
from yosan_xl.usecases.submitted.resubmission import BookFile

Accepted = Mapping[str, tuple[ProjectState, ...]]
"""The requests of each department that handed something in, by its code."""


def accepted_requests(inspection: Inspection, year: YearFolder) -> Accepted:
    """Return what the ledger is to know of the requests of this run.

    A run over a few files forgets no request of a department, and begins to know none.
    """
    now, known = _requests_now(inspection, year), inspection.ledger.accepted
    given = (path.resolve() for path in inspection.gathering.given)
    if year.submitted.resolve() in given:
        return now
    return {unit: _updated(old, now.get(unit, ())) for unit, old in known.items()}


def resubmitted(inspection: Inspection, year: YearFolder) -> Iterator[UnitChanges]:
    """Yield the departments whose requests are others than they were, in the order of the roster.

    Who hands in for the first time has changed nothing.
    """
    now, known = _requests_now(inspection, year), inspection.ledger.accepted
    before = _replaced_books(inspection)
    for unit in year.roster:
        file = before.get(unit.code) if unit.code not in known else None
        old = _of_file(inspection, file) if file else known.get(unit.code)
        if old is not None and unit.code in now:
            found = tuple(changes_between(old, now[unit.code]))
            if found:
                yield UnitChanges(unit, found, file.name if file else None)


def _requests_now(inspection: Inspection, year: YearFolder) -> Accepted:
    """Return the requests of every department with a book that counts; one that is there twice once."""
    kept = (file.department for file in inspection.gathering.files if file.replaced_by is None)
    found: dict[str, list[ProjectState]] = {
        code: [] for code in kept if code and year.roster.by_code(code)
    }
    for item in inspection.gathering.requests:
        code = item.request.department_code
        if code and year.roster.by_code(code) and not inspection.is_counted_elsewhere(item):
            found.setdefault(code, []).extend(_states([item]))
    return {code: tuple(rows) for code, rows in found.items()}


def _states(items: Iterable[Gathered]) -> Iterator[ProjectState]:
    """Yield what requests are; one without an id cannot be known again."""
    for item in items:
        if item.request.id is not None:
            yield basis_of(item.request, item.request.id)


def _updated(
    old: tuple[ProjectState, ...], now: tuple[ProjectState, ...]
) -> tuple[ProjectState, ...]:
    return tuple({one.request: one for one in (*old, *now)}.values())


def _replaced_books(inspection: Inspection) -> dict[str, BookFile]:
    """Return the book of each department that was replaced last; a copy of the one that counts is none."""
    files = {file.name: file for file in inspection.gathering.files}
    found: dict[str, list[BookFile]] = defaultdict(list)
    for file in files.values():
        newer = files.get(file.replaced_by or "")
        if newer and newer.sha256 != file.sha256 and file.department == newer.department:
            found[file.department or ""].append(file)
    return {unit: max(some, key=_saved) for unit, some in found.items()}


def _saved(file: BookFile) -> tuple[datetime, str]:
    return save_time(file.modified) or datetime.min.replace(tzinfo=JAPAN), file.name


def _of_file(inspection: Inspection, file: BookFile) -> tuple[ProjectState, ...]:
    items = inspection.gathering.replaced_requests
    return tuple(_states(one for one in items if one.file == file.name))
