"""`stage`: how far each stage of the assessment is; to close one, and to open it again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.model.axes import Axes
from yosan_xl.model.decision import Spot, reason_field
from yosan_xl.model.finding import Finding, Place, has_errors
from yosan_xl.model.history import DecisionHistory
from yosan_xl.model.settings import AssessmentStage, Settings
from yosan_xl.model.standing import AssessmentStanding
from yosan_xl.rules.decisions import check_decision
from yosan_xl.store.archive.shelf import FROZEN, read_shelf
from yosan_xl.store.decisions_file import read_decisions
from yosan_xl.store.files import Files
from yosan_xl.store.places import FilePlace
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.archive.add import USUAL_SECOND, Added, add, finish
from yosan_xl.usecases.archive.record import SecondReadOptions
from yosan_xl.usecases.archive.stages import archive_of, refuse_overlap
from yosan_xl.usecases.counted import Counted, count, remember
from yosan_xl.usecases.decisions.entries import keep_entries, take_entries
from yosan_xl.usecases.decisions.summary_books import usual_summary
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.read import Progress
from yosan_xl.usecases.year import form_of, open_year


@dataclass(frozen=True, slots=True)
class StagesShown:
    """The year, how far its assessment is, and what is told of the entries."""

    year: str
    axes: Axes
    standing: AssessmentStanding
    findings: tuple[Finding, ...]


def show_stages(folder: Path, progress: Progress = lambda files: files) -> StagesShown:
    """Return how far the stages of the year at or above `folder` are; nothing is written. Raises WrongInput."""
    counted = count((), open_year(folder).root, progress)
    return StagesShown(
        counted.year.settings.year.label,
        form_of(counted.year).axes,
        counted.standing,
        counted.decided.findings,
    )


@dataclass(frozen=True, slots=True)
class StageClosed:
    """A stage that was closed, or why it was not (`is_refused`, with everything in `findings`).

    `is_new` is false where it was closed before and only its archive was looked after (`added` is None where that was
    there too); `following` is the stage after it.
    """

    stage: AssessmentStage
    decided: int
    requests: int
    findings: tuple[Finding, ...]
    is_refused: bool = False
    is_new: bool = True
    added: Added | None = None
    following: AssessmentStage | None = None


def close_stage(
    folder: Path,
    name: str,
    archive: Path | None = None,
    progress: Progress = lambda files: files,
    second: SecondReadOptions = USUAL_SECOND,
    files: Files | None = None,
    *,
    anyway: bool = False,
) -> StageClosed:
    """Close a stage and archive the year under its name; raise WrongInput.

    It is refused while anything is not settled, unless `anyway`. One that was closed last is archived where that is
    still to be done: a run that was killed is completed by another.
    """
    year = open_year(folder)
    stage = _named(name, year.settings)
    root = archive_of(year.root, archive)
    refuse_overlap(root, year.root)
    counted = count((), year.root, progress)
    is_new = _is_open(stage, counted.decided.history, year.settings)
    done = _closed(stage, counted)
    if is_new:
        # What departments may still mend (注意) is a matter of validate; here it would bury the rest.
        wrong = [one for one in counted.findings if one.is_error and one not in counted.own]
        found = (*wrong, *counted.own, *unsettled(stage, counted))
        if not counted.rows or (has_errors(found) and not anyway):
            return replace(done, findings=(*found, _refusal(done, found)), is_refused=True)
        told = remember(_closing(counted, name))
        done = replace(done, findings=(*found, *told))
    names = _archive_names(root, year, stage.name)
    if not is_new and _is_archived(root, year, names[0], counted.taken.history):
        finish(root, files)
        return replace(done, is_new=False)
    added = _archived(year, names, archive=archive, second=second, files=files)
    return replace(done, is_new=is_new, added=added)


def _named(name: str, settings: Settings) -> AssessmentStage:
    if stage := settings.stage(name):
        return stage
    known = "".join(f"「{one.name}」" for one in settings.assessment)
    raise WrongInput(codes.NO_SUCH_STAGE.at(Place(SETTINGS_NAME), stage=name, known=known))


def _is_open(stage: AssessmentStage, history: DecisionHistory, settings: Settings) -> bool:
    """Return whether a stage is the open one, false where it was closed last; raise WrongInput for any other."""
    closed = [one.name for one in settings.assessment if one.name in history.closed]
    before = settings.assessment[: settings.assessment.index(stage)]
    waiting = next((one.name for one in before if one.name not in closed), None)
    if waiting:
        problem = f"まだ締められません（前の段階「{waiting}」を締めていません）"
        remedy = f"先に「yosan-xl stage close {waiting}」を実行してください。"
    elif stage.name in closed[:-1]:
        problem = "すでに締めています"
        remedy = f"直すときは、「yosan-xl stage reopen {stage.name}」で開き直してください。"
    else:
        return stage.name not in closed
    raise WrongInput(
        codes.STAGE_ORDER.at(Place(SETTINGS_NAME), stage=stage.name, problem=problem, remedy=remedy)
    )


def _closed(stage: AssessmentStage, counted: Counted) -> StageClosed:
    stages = counted.year.settings.assessment
    decisions = [one for row in counted.rows for one in row.decisions if one.stage == stage.name]
    return StageClosed(
        stage=stage,
        decided=sum(one.is_decided for one in decisions),
        requests=len(counted.rows),
        findings=(),
        following=next(iter(stages[stages.index(stage) + 1 :]), None),
    )


def unsettled(stage: AssessmentStage, counted: Counted) -> Iterator[Finding]:
    """Yield what is undecided, held, unbalanced, changed or without a reason, where it is not told already."""
    places, told = places_of(counted.decided.history, stage.name), set(counted.findings)
    settings, axes = counted.year.settings, form_of(counted.year).axes
    reason, fills = reason_field(settings, axes), settings.filled(stage, axes)
    # What nobody typed stands in no cell; it is missing in the summary, and not in the request.
    summary = Place(usual_summary(counted.year).name, "一覧")
    for row in counted.rows:
        before = None
        for decision in row.decisions:
            if decision.stage == stage.name:
                found = check_decision(
                    row,
                    decision,
                    places,
                    before=before,
                    closing=True,
                    reason=reason,
                    fills=fills,
                )
                for one in found:
                    if one not in told:
                        yield replace(one, place=summary) if one.place == row.source else one
            before = decision


def places_of(history: DecisionHistory, stage: str) -> Mapping[Spot, Place]:
    """Return where the entries of a stage were typed, by what they are of."""
    return {
        record.spot: Place(
            record.origin.book, record.origin.sheet or None, record.origin.cell or None
        )
        for _, record in history.of_stage(stage)
    }


def _refusal(done: StageClosed, found: tuple[Finding, ...]) -> Finding:
    return codes.STAGE_NOT_SETTLED.at(
        Place(FilePlace.DECISIONS.file_name),
        stage=done.stage.name,
        errors=sum(one.is_error for one in found),
        decided=done.decided,
        count=done.requests,
    )


def _closing(counted: Counted, name: str) -> Counted:
    decided = counted.decided
    return replace(counted, decided=replace(decided, history=decided.closing(name)))


def _archive_names(root: Path, year: YearFolder, stage: str) -> tuple[str, ...]:
    """Return the names to archive under, to be tried in turn: the stage's, with a number where it was closed before.

    The last one that is there comes first: what did not change since is there already.
    """
    shelf = read_shelf(root) if root.is_dir() else None
    taken = [
        one.manifest.stage
        for one in (shelf.stages if shelf else ())
        if one.manifest.year == year.settings.year.western
    ]
    last, name, number = "", stage, 1
    while name in taken:
        last, number = name, number + 1
        name = f"{stage}{number}"
    return (last, name) if last else (name,)


def _is_archived(root: Path, year: YearFolder, name: str, history: DecisionHistory) -> bool:
    """Return whether the archive has a stage with all that was typed until the stages that are closed now."""
    shelf = read_shelf(root) if root.is_dir() else None
    there = shelf.find(year.settings.year, name) if shelf else None
    if there is None:
        return False
    kept = read_decisions(there.folder).history
    same = all([*kept.of_stage(one)] == [*history.of_stage(one)] for one in history.closed)
    return same and kept.closed == history.closed


def _archived(
    year: YearFolder,
    names: tuple[str, ...],
    archive: Path | None,
    second: SecondReadOptions,
    files: Files | None,
) -> Added:
    """Archive a year whose stage is closed; raise WrongInput, with that it is closed all the same."""
    for name in names:
        try:
            return add(year.root, name, archive, files=files, second=second, anyway=True)
        except WrongInput as error:
            is_other = [one.code for one in error.findings] == [FROZEN.code]
            if not is_other or name == names[-1]:
                place = Place(FilePlace.DECISIONS.file_name)
                raise WrongInput(
                    *error.findings, codes.CLOSED_NOT_ARCHIVED.at(place, stage=names[0])
                ) from error
    raise AssertionError(names)


@dataclass(frozen=True, slots=True)
class StageReopened:
    """The stages that are open again, the first of them to be typed into, and what is told."""

    stages: tuple[str, ...]
    findings: tuple[Finding, ...]


def reopen_stage(folder: Path, name: str) -> StageReopened:
    """Open a closed stage again, and those after it; raise WrongInput."""
    year = open_year(folder)
    form = form_of(year)
    stage = _named(name, year.settings)
    taken = take_entries(year, form)
    closed = taken.history.closed
    if name not in closed:
        remedy = "締めていない段階は、そのまま集計ブックに入力できます。"
        facts = {"stage": name, "problem": "締めていません", "remedy": remedy}
        raise WrongInput(codes.STAGE_ORDER.at(Place(SETTINGS_NAME), **facts))
    again = closed[closed.index(name) :]
    told = keep_entries(year, replace(taken, history=taken.history.reopening(name)), form)
    return StageReopened(again, (*taken.findings, *told, *_given_out(year, stage)))


def _given_out(year: YearFolder, stage: AssessmentStage) -> Iterator[Finding]:
    """Yield what went out on the decisions of a stage and those after it: 内示, editions."""
    stages = year.settings.assessment
    later = stages[stages.index(stage) :]
    editions = {one.edition for one in later if one.edition}
    published = year.at(FilePlace.PUBLICATIONS)
    found = sorted(
        f"{published.name}/{path.name}"
        for path in (published.iterdir() if published.is_dir() else ())
        if path.is_dir() and any(path.name.endswith(edition) for edition in editions)
    )
    notices = year.at(FilePlace.NOTICES)
    if any(one.notice for one in later) and notices.is_dir() and any(notices.iterdir()):
        found.insert(0, notices.name)
    if found:
        what = "、".join(f"「{one}」" for one in found)
        yield codes.REOPENED_PUBLISHED.at(
            Place(FilePlace.DECISIONS.file_name), stage=stage.name, what=what
        )
