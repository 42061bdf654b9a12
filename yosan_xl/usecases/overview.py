"""`yosan-xl` alone: where the year stands, and what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.model.assessment import Progress as Decided
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import Intake, UnitState
from yosan_xl.model.next_steps import NextStep, YearState, next_steps
from yosan_xl.model.settings import DECISIONS, AssessmentStage
from yosan_xl.model.standing import AssessmentStanding, StageState
from yosan_xl.store.faults import StoreError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.publication import EDITIONS, published_folder
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.decisions.summary_books import summaries_in, usual_summary
from yosan_xl.usecases.status import YearStatus, status
from yosan_xl.usecases.submitted.read import Progress
from yosan_xl.usecases.submitted.read_files import IN_THIS_PROCESS, ReadOptions
from yosan_xl.usecases.year import form_of

if TYPE_CHECKING:
    from yosan_xl.store.archive.shelf import ArchivedStage


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
    late = found.standing.unfinished
    kept = _kept(year) if DECISIONS in published else None
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
        returned=_returned(found, UnitState.FAULTY),
        also_returned=_returned(found, UnitState.SUBMITTED),
        warnings=sum(one.warnings for one in found.status.units),
        is_stale=found.came or _is_older(year) or _is_behind(found),
        entry=_entry(year, open_stage.stage) if open_stage else "",
        late=late.requests - late.decided if late else 0,
        last_stage=late.stage.name if late else "",
        unsettled=open_stage.progress.get(Decided.DOUBTFUL, 0) if open_stage else 0,
        for_restoration=open_stage.stage.restoration if open_stage else False,
        restoring=len(found.standing.restoring),
        kept=kept.manifest.stage if kept else "",
        changed=_changed(year, kept) if kept else (),
        misplaced=found.misplaced,
        tables=year.tables,
    )


def _entry(year: YearFolder, stage: AssessmentStage) -> str:
    """Return where the amounts of a stage are typed: `集計/R2_集計.xlsx の「一覧」の「予算額」の列`."""
    axes, summary = form_of(year).axes, usual_summary(year)
    filled = year.settings.filled(stage, axes)
    column = axes.stage(filled).label if filled else f"{stage.name}の額"
    place = shown(summary.relative_to(year.root).as_posix())
    return f"{place} の「一覧」の「{column}」の列"


def _is_older(year: YearFolder) -> bool:
    """Return whether the last summary was written before 査定.json: a stage was closed or opened again since."""
    books = [path for path in summaries_in(year.summary) if path.suffix == ".xlsx"]
    try:
        last = max((path.stat().st_mtime for path in books), default=0)
        return 0 < last < year.at(FilePlace.DECISIONS).stat().st_mtime
    except OSError:
        return False


def _is_behind(found: YearStatus) -> bool:
    """Return whether the usual summary was written of other requests than count now: there would be no row to type into."""
    from yosan_xl.excel.ooxml.limits import SUMMARY_LIMITS
    from yosan_xl.excel.ooxml.open_book import open_book
    from yosan_xl.excel.ooxml.refusals import Refused
    from yosan_xl.excel.summary.stamp import SHEET, NotASummary, read_stamp

    try:
        data = snapshot(usual_summary(found.folder)).data
        stamp = read_stamp(open_book(data, SUMMARY_LIMITS, SHEET.__eq__))
    except (StoreError, Refused, NotASummary):
        return False
    then, now = (
        {key: one.asked for key, one in bases.items()}
        for bases in (stamp.history.bases, found.bases)
    )
    return then != now


def _returned(found: YearStatus, state: UnitState) -> int:
    """Return how many departments in a state have the books back of which something is asked."""
    own = [one for one in found.status.units if one.state is state and one.errors + one.warnings]
    if not own:
        return 0
    from yosan_xl.usecases.return_books import is_returned  # only where something is wrong

    paths = found.paths
    return sum(
        all(is_returned(paths[file.name], found.folder) for file in one.files) for one in own
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


def _kept(year: YearFolder) -> ArchivedStage | None:
    """Return the year in its archive, as `archive add` would call it now or with a number, the last one."""
    from yosan_xl.store.archive.shelf import read_shelf  # only a year that is published asks
    from yosan_xl.usecases.archive.add import usual_name
    from yosan_xl.usecases.archive.stages import archive_of

    try:
        name, shelf = usual_name(year), read_shelf(archive_of(year.root))
    except StoreError:
        return None
    own = (one for one in reversed(shelf.stages) if one.manifest.year == year.settings.year.western)
    return next((one for one in own if one.manifest.stage.rstrip("0123456789") == name), None)


def _changed(year: YearFolder, kept: ArchivedStage) -> tuple[str, ...]:
    """Return the files of the year that are others than in its archive."""
    from yosan_xl.usecases.archive.add import year_files

    known = kept.manifest.as_given()
    try:
        files = [(path, snapshot(path).sha256) for path, _ in year_files(year).files]
    except StoreError:
        return ()
    named = ((path.relative_to(year.root).as_posix(), sha256) for path, sha256 in files)
    return tuple(shown(name) for name, sha256 in named if (name, sha256) not in known)
