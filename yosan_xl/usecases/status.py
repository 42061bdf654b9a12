"""`status`: who has handed in, where every file belongs, and how far the assessment (査定) is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.model.ceiling import CeilingStanding
from yosan_xl.model.history import ProjectState
from yosan_xl.model.intake import Intake, Status
from yosan_xl.model.resubmitted import UnitChanges
from yosan_xl.model.standing import AssessmentStanding
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.ceilings import beside_last_year, ceilings_of
from yosan_xl.usecases.counted import accept, count_gathered
from yosan_xl.usecases.decisions.entries import take_entries
from yosan_xl.usecases.submitted.form_changes import refuse_changed
from yosan_xl.usecases.submitted.inspection import Inspection
from yosan_xl.usecases.submitted.intake import Deadline, deadline_of, intake_of
from yosan_xl.usecases.submitted.misplaced import misplaced
from yosan_xl.usecases.submitted.read import Progress, gather
from yosan_xl.usecases.submitted.read_files import IN_THIS_PROCESS, ReadContext, ReadOptions
from yosan_xl.usecases.submitted.resubmitted import resubmitted
from yosan_xl.usecases.year import form_of, open_year

if TYPE_CHECKING:
    from yosan_xl.usecases.mail import Mailing


@dataclass(frozen=True, slots=True)
class YearStatus:
    """The year's status with its counts, and its `folder` as it was opened; `deadline` is 提出期限 as yosan.toml has it, `standing` how far 査定 is.

    `changes` are the departments whose requests are others than when they were accepted;
    `mailing` the letters that were asked for, `ceilings` how シーリング stand; so many counted requests have a `provisional` NO.
    `bases` say what every request is now; `came` tells whether a book counts that no output has taken yet; `paths` are those of all files, by name.
    `misplaced` are sentences on filled books outside of 提出.
    """

    year: str
    folder: YearFolder
    intake: Intake
    standing: AssessmentStanding
    deadline: str = ""
    changes: tuple[UnitChanges, ...] = ()
    mailing: Mailing | None = None
    ceilings: tuple[CeilingStanding, ...] = ()
    provisional: int = 0
    came: bool = False
    paths: Mapping[str, Path] = field(default_factory=dict)
    misplaced: tuple[str, ...] = ()
    bases: Mapping[str, ProjectState] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """Return the state of every unit and the place of every file."""
        return self.intake.status


def status(
    folder: Path,
    deadline: Deadline | None = None,
    progress: Progress = lambda files: files,
    options: ReadOptions = IN_THIS_PROCESS,
    today: date | None = None,
    mail: Path | None = None,
    last_year: str | None = None,
) -> YearStatus:
    """Return how the year folder at or above `folder` stands; raise WrongInput.

    Without a `deadline` it is that of yosan.toml, and who is missing is late from `today` on. Letters to all departments
    are written into the folder `mail`, where one is given. `last_year` is where last year's requests are (whatever
    `compare` takes), for ceilings that are a percentage of it.
    """
    year = open_year(folder)
    context = ReadContext(year.settings.year, year, checks=True)
    gathering = gather([year.submitted], progress=progress, options=options, context=context)
    refuse_changed(gathering.requests, year)
    counted = count_gathered(gathering, year, take_entries(year, form_of(year)))
    inspection, counting, decided = counted.inspection, counted.counting, counted.decided
    day, settings = deadline or deadline_of(year, today), year.settings
    intake = intake_of(inspection, counting, year, day)
    standing = counted.standing
    changes = tuple(resubmitted(inspection, year))
    mailing = None
    if mail:
        from yosan_xl.usecases.mail import YearNow, write_letters  # most runs write none

        mailing = write_letters(mail, YearNow(year, gathering, intake, standing, day))
    compared = beside_last_year(last_year, year, counting.rows) if last_year else None
    return YearStatus(
        year=settings.year.label,
        folder=year,
        intake=intake,
        standing=standing,
        deadline=settings.deadline,
        changes=changes,
        mailing=mailing,
        ceilings=ceilings_of(year, counting, compared),
        provisional=sum(row.provisional for row in counting.rows),
        came=_has_come(inspection, year),
        paths=gathering.paths,
        misplaced=misplaced(year, gathering),
        bases=decided.bases,
    )


def _has_come(inspection: Inspection, year: YearFolder) -> bool:
    """Return whether a book or a request counts that was not there when an output was made last."""
    known, now = inspection.ledger, accept(inspection, year)
    books = {book.sha256 for book in now.books} - {book.sha256 for book in known.books}
    return bool(books) or now.accepted != known.accepted
