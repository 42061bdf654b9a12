"""`archive add`: a year folder closed into the archive, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl import __version__
from yosan_xl.model.finding import Finding, Place, has_errors
from yosan_xl.store.archive.introduction import write_introduction
from yosan_xl.store.archive.manifest import (
    MANIFEST_NAME,
    SEAL_NAME,
    FormVersion,
    Kind,
    Manifest,
    ManifestFile,
)
from yosan_xl.store.archive.shelf import ArchivedStage, Shelf, is_there, read_shelf
from yosan_xl.store.archive.staging import Staging, locked, staging, write_head
from yosan_xl.store.books import left_out_findings, lies_beside, submitted_books
from yosan_xl.store.decisions_file import read_decisions
from yosan_xl.store.faults import PathError
from yosan_xl.store.files import Files
from yosan_xl.store.ledger import LEDGER_NAME, read_ledger
from yosan_xl.store.settings_file import ROSTER_NAME, SETTINGS_NAME
from yosan_xl.store.temporary import sweep
from yosan_xl.store.write import WriteFailed, make_folder
from yosan_xl.store.year_folder import FORMS, YearFolder
from yosan_xl.usecases.archive import codes
from yosan_xl.usecases.archive.record import DERIVED, Record, SecondReadOptions, record_of
from yosan_xl.usecases.archive.stages import archive_of, refuse_overlap, refuse_stage_name
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import told_of_paths
from yosan_xl.usecases.submitted.read import Progress
from yosan_xl.usecases.year import open_year

REQUESTED, DECIDED = "要求", ("決定", "公表", "年度末")
"""What a year is archived as where nobody says: by its requests, or the first of these that is no stage of its assessment."""

USUAL_SECOND = SecondReadOptions()

_KINDS = {
    SETTINGS_NAME: Kind.SETTINGS,
    ROSTER_NAME: Kind.ROSTER,
    LEDGER_NAME: Kind.LEDGER,
}


class HasErrors(WrongInput):
    """A year that is not archived because of its 誤り: all of them, then YX720; or that is no 決定 yet (YX726)."""


@dataclass(frozen=True, slots=True)
class Added:
    """The stage in the archive; `is_new` is false where the same was there already.

    `findings` tell of files, `of_requests` of what is archived all the same.
    Of its `books` so many are `agreed`: a second reader read them as we did.
    """

    root: Path
    name: str
    is_new: bool
    files: int
    requests: int
    findings: tuple[Finding, ...]
    of_requests: tuple[Finding, ...]
    books: int
    agreed: int


def add(
    start: Path,
    stage: str | None = None,
    archive: Path | None = None,
    progress: Progress = lambda files: files,
    files: Files | None = None,
    second: SecondReadOptions = USUAL_SECOND,
    *,
    anyway: bool = False,
) -> Added:
    """Put the year folder at or above `start` into the archive as `stage`; raise WrongInput.

    Without a name it is 決定 where every stage of the assessment is closed, else 要求. Every book is read by the
    `second` reader too, but for those that are in the archive and agreed. Where its requests have 誤り, or it is to be
    called 決定 with some of them undecided, nothing is archived and HasErrors is raised, unless `anyway`.
    """
    year = open_year(start)
    stage = usual_name(year) if stage is None else stage
    refuse_stage_name(stage)
    read_ledger(year.root)  # one that cannot be read is told of where it is, not of its copy
    root = archive_of(year.root, archive)
    refuse_overlap(root, year.root)
    files = files or Files()
    name = f"{year.settings.year.short}/{stage}"
    make_folder(root)
    with locked(root):
        with staging(files, root) as aside:
            shelf = read_shelf(root)
            if shelf.broken:
                raise WrongInput(*shelf.broken)
            left_out = _take(aside, year, progress)
            agreed = {book.sha256 for one in shelf.stages for book in one.manifest.agreed}
            record = record_of(aside.folder, replace(second, known=agreed))
            if not anyway and (wrong := [*_unfit(record, stage, Place(name))]):
                raise HasErrors(*wrong)
            manifest = _manifest(aside, year=year, stage=stage, shelf=shelf, record=record)
            is_new = not is_there(shelf, manifest)
            last = aside.commit(manifest) if is_new else shelf.stages[-1]
        # Also where the same was there: an interrupted run may not have come so far.
        unwritten = _note_last(files, root, last)
    stands = (last.folder / entry.path for entry in manifest.files)
    findings = (*left_out, *record.of_files, *unwritten, *told_of_paths(stands))
    return Added(
        root=root,
        name=name,
        is_new=is_new,
        files=len(manifest.files),
        requests=record.requests,
        findings=findings,
        of_requests=record.findings,
        books=record.again.books,
        agreed=len(manifest.agreed),
    )


def _unfit(record: Record, stage: str, place: Place) -> Iterator[Finding]:
    """Yield why a year should not be frozen as a stage: 誤り, and 決定 that is not yet one of all requests."""
    wrong = [one for one in record.findings if one.is_error]
    if wrong:
        yield from (*wrong, codes.YEAR_HAS_ERRORS.at(place, errors=len(wrong), stage=stage))
    elif stage == DECIDED[0] and 0 < record.decided < record.counted:
        yield codes.YEAR_NOT_DECIDED.at(
            place, decided=record.decided, count=record.counted, stage=stage
        )


def usual_name(year: YearFolder) -> str:
    """Return what a year is archived as where nobody says; raise WrongInput where 査定.json cannot be read."""
    names = [one.name for one in year.settings.assessment]
    if not {*names} <= {*read_decisions(year.root).history.closed}:
        return REQUESTED
    return next(one for one in DECIDED if one not in names)


def finish(root: Path, files: Files | None = None) -> None:
    """Do what a run that was killed left undone in an archive: note its last stage, take away what is aside.

    Nothing is raised where that cannot be: the next stage that is added does it.
    """
    files = files or Files()
    with contextlib.suppress(PathError, WriteFailed), locked(root):
        sweep(root, files)
        shelf = read_shelf(root)
        if shelf.stages and not shelf.broken:
            _note_last(files, root, shelf.stages[-1])


def _note_last(files: Files, root: Path, stage: ArchivedStage) -> tuple[Finding, ...]:
    """Note which stage is the last, and what the folder is; where that fails, the stage is in the archive all the same."""
    try:
        write_head(files, root, stage)
        write_introduction(files, root)
    except WriteFailed as error:
        return error.findings
    return ()


def _take(aside: Staging, year: YearFolder, progress: Progress) -> tuple[Finding, ...]:
    """Copy the year folder; what stands in the archive is then read from there, not from here."""
    aside.make_folder(year.settings.folders.submitted)
    found = year_files(year)
    if has_errors(found.left_out):
        raise WrongInput(*found.left_out)  # a folder that cannot be listed may hold books
    kinds = dict(found.files)
    for path in progress(list(kinds)):
        aside.copy(path, path.relative_to(year.root).as_posix(), kinds[path])
    return found.left_out


def _manifest(
    aside: Staging, year: YearFolder, stage: str, shelf: Shelf, record: Record
) -> Manifest:
    for path, kind, data in record.files(year.settings.folders.kept):
        if path not in aside.entries:
            aside.write(path, kind, data)
    last = shelf.stages[-1].manifest.sequence if shelf.stages else 0
    return Manifest(
        sequence=last + 1,
        previous=shelf.head,
        municipality=year.settings.municipality,
        year=year.settings.year.western,
        stage=stage,
        program=f"yosan-xl {__version__}",
        schema=hashlib.sha256(record.schema).hexdigest(),
        forms=tuple(FormVersion(form.id, form.version, form.sha256) for form in record.forms),
        files=tuple(
            replace(entry, agreed=True) if _agreed(entry, record) else entry
            for entry in aside.in_order()
        ),
        books=record.again.books,
    )


def _agreed(entry: ManifestFile, record: Record) -> bool:
    return entry.kind is Kind.SUBMITTED and entry.sha256 in record.again.agreed


@dataclass(frozen=True, slots=True)
class YearFiles:
    """The files in order, each with its kind, and what was left out and has to be told."""

    files: tuple[tuple[Path, Kind], ...]
    left_out: tuple[Finding, ...]


def year_files(year: YearFolder) -> YearFiles:
    """Return what is to be archived; raise Unreadable where the folder cannot be listed."""
    files, ignored = submitted_books(year.root)
    kept = tuple((path, _kind(path, year)) for path in files if _is_archived(path, year))
    told = [path for path in ignored if _is_archived(path, year)]
    return YearFiles(kept, left_out_findings(told))


def _is_archived(path: Path, year: YearFolder) -> bool:
    """Return whether a file belongs into the archive: blanks can be made anew, 差戻し are copies."""
    own = path.relative_to(year.root).parts
    is_ours = path.parent == year.kept and path.name in DERIVED
    is_seal = path.parent == year.root and path.name in (MANIFEST_NAME, SEAL_NAME)
    hidden = any(part.startswith(".") for part in own) and not path.is_relative_to(year.submitted)
    made_anew = path.is_relative_to(year.handed_out) or path.is_relative_to(year.returned)
    return not (is_ours or is_seal or hidden or made_anew)


def _kind(path: Path, year: YearFolder) -> Kind:
    if path.is_relative_to(year.submitted):
        return Kind.OTHER if lies_beside(path) else Kind.SUBMITTED
    if path.is_relative_to(year.summary):
        return Kind.SUMMARY
    if path.parent == year.kept / FORMS:
        return Kind.FORM
    if path.parent == year.root:
        return _KINDS.get(path.name, Kind.OTHER)
    return Kind.OTHER
