"""`yosan-xl` alone: where the year stands, and what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import Intake, UnitState
from yosan_xl.model.next_steps import NextStep, YearState, next_steps
from yosan_xl.model.settings import DECISIONS, AssessmentStage
from yosan_xl.model.standing import AssessmentStanding, StageState
from yosan_xl.store.faults import StoreError
from yosan_xl.store.places import FilePlace
from yosan_xl.store.publication import EDITIONS, published_folder
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.read import Progress
from yosan_xl.usecases.read_files import IN_THIS_PROCESS, ReadOptions
from yosan_xl.usecases.status import YearStatus, status


@dataclass(frozen=True, slots=True)
class Overview:
    """Where a year stands: whose it is, what came in, how far 査定 is, which editions are published, what is next."""

    root: Path
    municipality: str
    year: str
    intake: Intake
    standing: AssessmentStanding
    published: tuple[str, ...]
    steps: tuple[NextStep, ...]


def overview(
    here: Path,
    today: date | None = None,
    progress: Progress = lambda files: files,
    options: ReadOptions = IN_THIS_PROCESS,
) -> Overview:
    """Return where the year at or above `here` stands; nothing is written. Raises WrongInput."""
    found = status(here, progress=progress, options=options, today=today)
    year = found.folder
    published = tuple(one for one in EDITIONS if published_folder(year.root, one))
    return Overview(
        root=year.root,
        municipality=year.settings.municipality,
        year=found.year,
        intake=found.intake,
        standing=found.standing,
        published=published,
        steps=next_steps(_state(found, published)),
    )


def _state(found: YearStatus, published: tuple[str, ...]) -> YearState:
    year, states, open_stage = found.folder, found.status.states, found.standing.open_stage
    closed = [one.stage for one in found.standing.stages if one.state is StageState.CLOSED]
    return YearState(
        following=FiscalYear(year.settings.year.western + 1).short,
        has_blanks=bool(_books(year.handed_out)),
        files=found.intake.files,
        missing=states[UnitState.MISSING],
        faulty=states[UnitState.FAULTY],
        counted=found.intake.counted,
        provisional=found.provisional,
        has_summary=bool(_books(year.summary)),
        stage=open_stage.stage.name if open_stage else "",
        decided=open_stage.decided if open_stage else 0,
        requests=open_stage.requests if open_stage else 0,
        is_any_closed=bool(closed),
        notice=_notice_due(year, closed),
        published=published,
        is_archived=DECISIONS in published and _is_archived(year),
    )


def _notice_due(year: YearFolder, closed: Sequence[AssessmentStage]) -> str:
    """Return the last closed stage of which 内示 go out and none is written yet; a later one's books bear its name."""
    stages = [one.name for one in closed if one.notice]
    if not stages:
        return ""
    end = ".xlsx" if len(stages) == 1 else f"_{stages[-1]}.xlsx"
    written = any(name.endswith(end) for name in _books(year.at(FilePlace.NOTICES)))
    return "" if written else stages[-1]


def _books(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir() if path.suffix == ".xlsx"]
    except OSError:
        return []


def _is_archived(year: YearFolder) -> bool:
    """Return whether the year is in its archive as `archive add` would call it now."""
    from yosan_xl.store.archive.shelf import read_shelf  # only a year that is published asks
    from yosan_xl.usecases.archive.add import usual_name
    from yosan_xl.usecases.archive.stages import archive_of

    try:
        shelf = read_shelf(archive_of(year.root))
        return shelf.find(year.settings.year, usual_name(year)) is not None
    except StoreError:
        return False
