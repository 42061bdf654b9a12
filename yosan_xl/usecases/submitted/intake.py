"""提出状況: who has handed in, where every file belongs, and what of it counts: alike for every command."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from yosan_xl.model.department import Department, Expected
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.model.fiscal_year import save_time
from yosan_xl.model.intake import Intake, Status, Stray, UnitFile, UnitState, UnitStatus
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request
from yosan_xl.store.books import books_set_aside, leftover_kind
from yosan_xl.store.faults import shown
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.submitted.gathered import Gathered
from yosan_xl.usecases.submitted.inspection import Counting, Inspection, owners_of
from yosan_xl.usecases.submitted.resubmission import BookFile
from yosan_xl.usecases.year import form_of

_MANY_UNITS = "いくつかの課の要求が入ったデータです（要求は課ごとに数えています）。"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The due date and the day on which it is asked who is late."""

    due: date
    today: date


def intake_of(
    inspection: Inspection,
    counting: Counting,
    year: YearFolder | None,
    deadline: Deadline | None = None,
) -> Intake:
    """Return the counts of a run, alike for every command; outside of a year without its units.

    Without a `deadline` late is what was saved after that of yosan.toml: no clock is asked.
    """
    return Intake(
        files=len(inspection.gathering.books),
        left_out=counting.left_out,
        anyway=counting.anyway,
        status=_status(inspection, counting, year, deadline or deadline_of(year))
        if year
        else Status(),
        again=counting.again,
        counted=len(counting.rows),
        requested=counting.requested,
        untouched=inspection.gathering.untouched,
        unit=_unit_of(inspection, year),
    )


def _unit_of(inspection: Inspection, year: YearFolder | None) -> str:
    """Return 千円 or 円: the unit of the year's form, outside of a year that of the first request."""
    first = inspection.gathering.requests[:1]
    axes = form_of(year).axes if year else first[0].request.axes if first else None
    return axes.unit if axes else "千円"


def deadline_of(year: YearFolder, today: date | None = None) -> Deadline | None:
    """Return the day that yosan.toml has, and `today` (none: that day itself), where it has one."""
    due = year.settings.due
    return Deadline(due, today or due) if due else None


def _status(
    inspection: Inspection, counting: Counting, year: YearFolder, deadline: Deadline | None
) -> Status:
    """Return every unit's state and every file's place; every file has exactly one."""
    gathering = inspection.gathering
    by_unit = _ByUnit(inspection, counting, year)
    kept = [file for file in gathering.files if file.replaced_by is None]
    aside = tuple(
        shown(path.relative_to(year.submitted).as_posix())
        for path in books_set_aside(year.submitted)
    )
    return Status(
        units=tuple(by_unit.unit(unit, deadline) for unit in year.roster),
        replaced=tuple((f.name, f.replaced_by) for f in gathering.files if f.replaced_by),
        strays=tuple(by_unit.stray(file) for file in kept if by_unit.owner(file) is None),
        skipped=tuple(by_unit.skipped(name, gathering.findings) for name in gathering.ignored),
        files=len(gathering.books),
        due=deadline.due if deadline else None,
        attachments=tuple(by_unit.attachments[None]),
        aside=aside,
    )


class _ByUnit:
    """Sorts files, requests and findings by unit, and those that are no unit's by file."""

    def __init__(self, inspection: Inspection, counting: Counting, year: YearFolder) -> None:
        self.roster = year.roster
        again = {(one.row.source.file, one.row.source.sheet) for one in counting.again}
        self.ledger = inspection.ledger
        self.files: dict[str | None, list[BookFile]] = defaultdict(list)
        self.requests: dict[str, list[Request]] = defaultdict(list)
        self.attachments: dict[str | None, list[str]] = defaultdict(list)
        self.notes: dict[str, list[str]] = defaultdict(list)
        self.open: dict[str, list[Finding]] = defaultdict(list)
        self._by_file: dict[str, str] = {}
        self._by_sheet: dict[tuple[str, str | None], str] = {}
        for file in inspection.gathering.files:
            owner = self.owner(file)
            self.files[owner.code if owner else None].append(file)
            self._by_file[file.name] = owner.code if owner else _alone(file.name)
            self._note_names(file, owner)
        for name in inspection.gathering.ignored:
            self._by_file[name] = _alone(name)
        for name, unit in owners_of(inspection.gathering, year.roster).items():
            self.attachments[unit.code if unit else None].append(name)
            self._by_file[name] = unit.code if unit else _alone(name)
        json = {file.name for file in inspection.gathering.files if file.is_json}
        for item in inspection.gathering.requests:
            self._take(item, item.file in json, (item.file, item.sheet) in again)
        self._note_sheets(inspection, json)
        for finding in inspection.findings:
            self._count(finding)

    def owner(self, file: BookFile) -> Department | None:
        """Return the unit of a file, None where it is nobody's."""
        return self.roster.by_code(file.department)

    def unit(self, unit: Department, deadline: Deadline | None) -> UnitStatus:
        files = self.files[unit.code]
        kept = tuple(UnitFile(f.name, f.modified) for f in files if f.replaced_by is None)
        requests, errors = self.requests[unit.code], self._times(unit.code, Weight.ERROR)
        elsewhere = bool(requests and self.notes[unit.code] and not files)
        state = _state(unit, bool(kept), len(requests), errors or elsewhere)
        return UnitStatus(
            department=unit,
            state=state,
            requests=len(requests),
            requested=_sum(requests),
            errors=errors,
            warnings=self._times(unit.code, Weight.WARNING),
            files=kept,
            late=deadline is not None and self._is_late(unit, state, deadline),
            attachments=tuple(self.attachments[unit.code]),
            notes=tuple(self.notes[unit.code]),
            findings=tuple(self.open[unit.code]),
        )

    def _note_names(self, file: BookFile, owner: Department | None) -> None:
        """Note at both units that a file has one's name and is the other's book."""
        named = [unit for code in file.named if (unit := self.roster.by_code(code))]
        for unit in named:
            whose = _shown(owner) if owner else "別の課"
            self.notes[unit.code].append(
                f"「{file.name}」はこの課の名前ですが、{whose}のブックです。"
            )
        if owner and named:
            names = "、".join(map(_shown, named))
            self.notes[owner.code].append(
                f"この課のブックが、{names}の名前の「{file.name}」で出ています。"
            )

    def _note_sheets(self, inspection: Inspection, json: Collection[str]) -> None:
        """Note at both units that a request of one stands in the other's book."""
        found = Counter(
            (item.file, item.request.department_code)
            for item in inspection.gathering.requests
            if item.file not in json
        )
        for (file, code), times in found.items():
            unit, owner = self.roster.by_code(code), self.roster.by_code(self._by_file[file])
            if unit and owner and unit is not owner:
                self.notes[unit.code].append(
                    f"この課の要求書 {times} 件が、{_shown(owner)}の「{file}」にあります。"
                )
                self.notes[owner.code].append(
                    f"「{file}」に、{_shown(unit)}の要求書 {times} 件があります。"
                )

    def stray(self, file: BookFile) -> Stray:
        return self._alone(file.name, _why(file))

    def skipped(self, name: str, findings: Iterable[Finding]) -> Stray:
        told = (finding.fact for finding in findings if finding.place.file == name)
        return self._alone(name, next(told, f"{leftover_kind(PurePath(name).name)}です。"))

    def _alone(self, file: str, why: str) -> Stray:
        key = _alone(file)
        errors, warnings = self._times(key, Weight.ERROR), self._times(key, Weight.WARNING)
        requests = self.requests[key]
        return Stray(
            file=file,
            why=why,
            requests=len(requests),
            requested=_sum(requests),
            errors=errors,
            warnings=warnings,
        )

    def _take(self, item: Gathered, by_document: bool, again: bool) -> None:
        """Take a request: it says whose it is. What is found in a book is to be mended by the unit of its stamp."""
        request = item.request
        owner = self.roster.by_code(request.department_code)
        key = owner.code if owner else self._by_file[item.file]
        self._by_sheet[item.file, item.sheet] = key if by_document else self._by_file[item.file]
        if not again:
            self.requests[key].append(request)

    def _count(self, finding: Finding) -> None:
        place: Place = finding.place
        key = self._by_sheet.get((place.file, place.sheet)) or self._by_file.get(place.file)
        if key is not None and finding.reason is None:
            self.open[key].append(finding)

    def _times(self, key: str, weight: Weight) -> int:
        return sum(finding.weight is weight for finding in self.open[key])

    def _is_late(self, unit: Department, state: UnitState, deadline: Deadline) -> bool:
        """Return whether nothing came in time: what is mended after the day is not late."""
        if state is UnitState.MISSING:
            return deadline.today > deadline.due
        accepted = [book.modified for book in self.ledger.books if book.department == unit.code]
        saved = [file.modified for file in self.files[unit.code]]
        days = [moment.date() for one in (*accepted, *saved) if (moment := save_time(one))]
        return bool(days) and min(days) > deadline.due


def _shown(unit: Department) -> str:
    return f"{unit.code} {unit.name}"


def _state(unit: Department, has_book: bool, requests: int, errors: int) -> UnitState:
    if errors:
        return UnitState.FAULTY
    if requests:
        return UnitState.SUBMITTED
    if has_book or unit.expected is Expected.NONE:
        return UnitState.NONE
    return UnitState.EXEMPT if unit.expected is Expected.EXEMPT else UnitState.MISSING


def _alone(file: str) -> str:
    """Return a key for what is no unit's: no code of a unit has a slash."""
    return f"/{file}"


def _sum(requests: Iterable[Request]) -> Money:
    return Money(sum(request.requested for request in requests))


def _why(file: BookFile) -> str:
    if not file.is_read:
        return "".join(finding.fact for finding in file.findings[:1])
    if file.department is None:
        return _MANY_UNITS
    return f"所管課コード「{file.department}」は 組織.csv にありません。"
