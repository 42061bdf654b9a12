"""`status --mail`: a letter to each department, in a folder of its own: what is missing, to be mended, or taken."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.returned.remarks import RESTORED, asks, for_department, order_of
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Finding, FindingGroup, Place, Weight, grouped
from yosan_xl.model.fiscal_year import shown_day
from yosan_xl.model.intake import Intake, UnitState, UnitStatus
from yosan_xl.model.standing import AssessmentStanding
from yosan_xl.report.mail_text import (
    Letter,
    MailHead,
    MailRemark,
    MailState,
    RestorationState,
    is_letter,
    mail_bytes,
)
from yosan_xl.rules.across import SAME_ID
from yosan_xl.store.faults import shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.roster_file import ROSTER_NAME
from yosan_xl.store.snapshot import Unreadable, snapshot, unreadable
from yosan_xl.store.write import Output, refuse_over, write_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.decisions.restoration import read_restorations
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.return_books import answers, returned_place
from yosan_xl.usecases.submitted.intake import Deadline
from yosan_xl.usecases.submitted.read import Gathering
from yosan_xl.usecases.year import form_of

LETTER = Output(is_one=is_letter)

_NAMED = 5
_WITHOUT = (UnitState.NONE, UnitState.EXEMPT)


@dataclass(frozen=True, slots=True)
class Mailing:
    """The letters that stand in `folder` now, by state; `new` were written in this run. `without` are the units that get none."""

    folder: Path
    letters: Mapping[Path, Letter]
    new: tuple[Path, ...]
    without: tuple[UnitStatus, ...]
    findings: tuple[Finding, ...]

    @property
    def states(self) -> Mapping[MailState, int]:
        """Return how many letters there are of each state that occurs."""
        times = Counter(letter.state for letter in self.letters.values())
        return {state: times[state] for state in MailState if times[state]}


@dataclass(frozen=True, slots=True)
class YearNow:
    """A year as `status` found it: what the letters are made of."""

    year: YearFolder
    gathering: Gathering
    intake: Intake
    standing: AssessmentStanding
    deadline: Deadline | None = None


def write_letters(folder: Path, now: YearNow) -> Mailing:
    """Write a letter to each department into `folder`; raise WrongInput, before the first one, for what stands in the way.

    A letter of before that nobody changed is replaced.
    """
    units = now.intake.status.units
    told = [unit for unit in units if unit.state not in _WITHOUT or unit.files]
    made = _Letters(now)
    letters = {
        folder / f"{now.year.roster.file_stem(unit.department)}.txt": made.letter(unit)
        for unit in told
    }
    head = made.head()
    data = {path: mail_bytes(letter, head) for path, letter in letters.items()}
    new = tuple(_to_write(data))
    for path in new:
        write_bytes(path, data[path], LETTER)
    findings = (*made.findings(told), *_old_letters(folder, letters))
    without = tuple(unit for unit in units if unit not in told)
    return Mailing(folder, letters, new, without, findings)


def _to_write(letters: Mapping[Path, bytes]) -> Iterator[Path]:
    """Yield the places where a letter is to be written; raise WrongInput for all where somebody's file stands."""
    there = {path: snapshot(path).data for path in letters if path.is_file()}
    others = [path for path, data in there.items() if data != letters[path] and not is_letter(data)]
    if others:
        raise WrongInput(
            *(codes.OTHER_FILE.at(Place(shown(one)), name=shown(one)) for one in others)
        )
    for path in letters:
        refuse_over(path, LETTER)
    yield from (path for path, data in letters.items() if there.get(path) != data)


def _old_letters(folder: Path, letters: Mapping[Path, Letter]) -> Iterator[Finding]:
    """Yield what lies in the folder and is a letter of before to somebody who gets none now."""
    try:
        files = sorted(path for path in folder.glob("*.txt") if path.is_file())
    except OSError as error:
        raise unreadable(folder, error) from error
    old = [path for path in files if path not in letters and _is_letter(path)]
    if old:
        names = _named([shown(path.name) for path in old])
        name = shown(folder)
        yield codes.OLD_LETTER.at(Place(name), folder=name, count=len(old), names=names)


def _is_letter(path: Path) -> bool:
    try:
        return is_letter(snapshot(path).data)
    except Unreadable:
        return False


def _named(names: Sequence[str]) -> str:
    more = f" ほか {len(names) - _NAMED}" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


class _Letters:
    """Makes the letters of a year; keeps which books went back to each unit."""

    def __init__(self, now: YearNow) -> None:
        self.now, self.year = now, now.year
        self.files = {file.name: file for file in now.gathering.files}
        self.sheets: dict[str, list[str]] = {}
        for one in now.gathering.requests:
            self.sheets.setdefault(one.file, []).append(one.sheet or "")
        self.returned: dict[Department, list[str]] = {}
        stage = now.standing.open_stage
        self.is_asked = stage is not None and stage.stage.restoration
        back = read_restorations(now.year) if self.is_asked else None
        self.restoring, self.answered = (back.departments, back.answered) if back else ((), ())

    def head(self) -> MailHead:
        settings, form, deadline = self.year.settings, form_of(self.year), self.now.deadline
        is_other = deadline is not None and deadline.due != settings.due
        return MailHead(
            year=settings.year.label,
            municipality=settings.municipality,
            contact=settings.contact,
            deadline=shown_day(deadline.due) if deadline and is_other else settings.deadline,
            resubmission_deadline=settings.resubmission_deadline,
            sheet=form.sheet,
            unit=form.axes.unit,
        )

    def letter(self, unit: UnitStatus) -> Letter:
        own = unit.department
        found = sorted(filter(asks, unit.findings), key=self._order)
        weights = Counter(one.weight for one in found)
        returned = self.returned[own] = [*self._returned(unit)] if found else []
        restoration = self._restoration(unit)
        folders, stem = self.year.settings.folders, self.year.roster.file_stem(own)
        return Letter(
            department=own,
            title=stem.partition("_")[2],
            state=_state(unit, restoration),
            blank=f"{folders.handed_out}/{stem}.xlsx",
            files=[file.name for file in unit.files],
            requests=unit.requests,
            requested=unit.requested,
            late=unit.late,
            remarks=[_remark(one, bool(returned)) for one in grouped(found)],
            errors=weights[Weight.ERROR],
            warnings=weights[Weight.WARNING],
            is_twice=any(one.code == SAME_ID.code for one in found),
            returned=returned,
            notes=[*unit.notes, *self._unread(own)],
            restoration=restoration,
            notice=f"{FilePlace.NOTICES.path}/{stem}{self._of_notice()}.xlsx",
        )

    def _order(self, finding: Finding) -> tuple[str, int, int]:
        """Return where a finding stands, as on 指摘一覧."""
        file, sheet = finding.place.file, finding.place.sheet
        return file, *order_of(sheet, finding, self.sheets.get(file, ()))

    def _unread(self, unit: Department) -> Iterator[str]:
        """Yield what came under the unit's name and is no book of anybody's: who sent it must not be told that nothing came."""
        for stray in self.now.intake.status.strays:
            if self.year.roster.named_in(stray.file) == {unit}:
                yield f"「{stray.file}」が届いていますが、この課の要求書として読めませんでした（{stray.why.removesuffix('。')}）。"

    def _of_notice(self) -> str:
        """Return what the names of the last 内示 end in: nothing, or of a second one its stage."""
        open_stage = self.now.standing.open_stage
        names = [
            one.stage.name
            for one in itertools.takewhile(
                lambda one: one is not open_stage, self.now.standing.stages
            )
            if one.stage.notice
        ]
        return f"_{names[-1]}" if len(names) > 1 else ""

    def _returned(self, unit: UnitStatus) -> Iterator[str]:
        """Yield the books in 差戻し that answer what the unit handed in, from the year folder."""
        for file in unit.files:
            path = self.now.gathering.paths[file.name]
            target = returned_place(path, self.year)
            if self.files[file.name].sha256 in answers(target, self.year):
                yield shown(target.relative_to(self.year.root).as_posix())

    def _restoration(self, unit: UnitStatus) -> RestorationState:
        code = unit.department.code
        if not self.is_asked or not unit.requests:
            return RestorationState.NOT_ASKED
        if code in self.restoring:
            return RestorationState.CAME
        return RestorationState.NONE if code in self.answered else RestorationState.MISSING

    def findings(self, units: Sequence[UnitStatus]) -> Iterator[Finding]:
        """Yield who has no address, and who has no book to mend yet."""
        silent = [one.department.name for one in units if not one.department.addresses]
        if silent:
            yield codes.NO_ADDRESS.at(Place(ROSTER_NAME), count=len(silent), names=_named(silent))
        own = [one.department for one in units if any(map(asks, one.findings))]
        waiting = [one.name for one in own if not self.returned[one]]
        if waiting:
            place = Place(self.year.settings.folders.returned)
            yield codes.NOT_RETURNED.at(place, count=len(waiting), names=_named(waiting))


def _state(unit: UnitStatus, restoration: RestorationState) -> MailState:
    if unit.state is UnitState.FAULTY:
        return MailState.FAULTY
    if restoration is RestorationState.MISSING:
        return MailState.RESTORING
    return MailState.MISSING if unit.state is UnitState.MISSING else MailState.TAKEN


def _remark(group: FindingGroup, is_returned: bool) -> MailRemark:
    first = group.first
    remedy = for_department(group)
    return MailRemark(
        place=f"{first.place.file}　{first.place.sheet or ''}".rstrip(),
        spot=group.cells,
        head=f"{first.weight.value} {first.code}",
        fact=group.fact,
        remedy=RESTORED.get(first.code, remedy) if is_returned else remedy,
    )
