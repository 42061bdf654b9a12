"""`consolidate`: all departments into one summary workbook."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from yosan_xl.model.ceiling import CeilingStanding
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.history import DecisionHistory
from yosan_xl.model.standing import AssessmentStanding
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.store.decisions_file import read_decisions, write_decisions
from yosan_xl.store.faults import shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import refuse_over
from yosan_xl.usecases.ceilings import ceilings_of, check_ceilings
from yosan_xl.usecases.counted import Counted, Outcome, count_gathered, remember
from yosan_xl.usecases.decisions.codes import NO_LONGER_NEEDED
from yosan_xl.usecases.decisions.entries import TakenEntries, take_entries
from yosan_xl.usecases.decisions.summary_books import Wait, beside, keep, usual_summary
from yosan_xl.usecases.outputs import SUMMARY, relative_paths, told_of_paths
from yosan_xl.usecases.submitted.form_changes import refuse_changed
from yosan_xl.usecases.submitted.read import Progress, gather, no_books, year_and_books
from yosan_xl.usecases.submitted.read_files import IN_THIS_PROCESS, ReadContext, ReadOptions
from yosan_xl.usecases.year import form_of
from yosan_xl.usecases.year_source import read_last_year


@dataclass(frozen=True, slots=True)
class Consolidated(Outcome):
    """The summary; with no book at all none is written, and an old one is left alone.

    `carried` counts the entries of finance that stand in it; of them `new`, `changed` and `removed` were typed since the last run.
    `standing` is how far the assessment is.
    """

    summary: Path
    written: bool
    carried: int
    new: int = 0
    changed: int = 0
    removed: int = 0
    standing: AssessmentStanding | None = None

    @property
    def files(self) -> int:
        """Return how many books and JSON files were read."""
        return self.intake.files


def consolidate(
    paths: Sequence[Path],
    here: Path,
    out: Path | None = None,
    progress: Progress = lambda files: files,
    *,
    include_errors: bool = False,
    last_year: str | None = None,
    given: Sequence[Path] = (),
    wait: Wait = time.sleep,
    options: ReadOptions = IN_THIS_PROCESS,
) -> Consolidated:
    """Read, check, number, sum and write; raise WrongInput.

    `paths` are year folders, or files and folders in one; none means the year folder `here`. With
    `include_errors` requests with errors in their amounts are counted, and told. `last_year` is
    where last year's requests are (whatever `compare` takes), to be compared with. What finance typed into any summary
    of the year, and into the `given` ones, is taken over; `wait` passes the seconds between tries to write.
    """
    year, chosen = year_and_books(paths, here)
    usual, form = usual_summary(year), form_of(year)
    target = out or usual
    old = read_last_year(last_year, year.settings.year, form.axes.unit) if last_year else None
    gathering = gather(
        chosen,
        progress=progress,
        options=replace(options, meanwhile=_load_writer),
        context=ReadContext(year.settings.year, year, checks=True),
    )
    inputs = (*gathering.books, *given, *([Path(last_year)] if last_year else []))
    refuse_over(target, SUMMARY, inputs)
    # A summary that cannot be read stops the run before anything is written.
    taken = take_entries(year, form, target, given) if gathering.books else TakenEntries()
    refuse_changed(gathering.requests, year)
    counted = count_gathered(
        gathering, year, taken, old.amounts if old else None, include_errors=include_errors
    )
    compared, unused = old.beside(counted.rows, year) if old else (None, ())
    ceilings = ceilings_of(year, counted.counting, compared)
    findings = (
        *no_books(gathering, chosen),
        *(old.findings if old else ()),
        *unused,
        *counted.findings,
        *check_ceilings(ceilings),
    )
    if not gathering.books:
        # A folder that is empty by mistake makes no summary of 0千円, and costs finance none it has.
        return Consolidated(counted.intake, findings, target, written=False, carried=0)
    data = _summary(counted, findings, target, compared, ceilings)
    kept, told = _keep(counted, data, target, inputs, wait)
    return Consolidated(
        intake=counted.intake,
        findings=(*findings, *told),
        summary=kept,
        written=True,
        carried=len(counted.decided.entries.typed),
        new=taken.new,
        changed=taken.changed,
        removed=taken.removed,
        standing=counted.standing,
    )


def _summary(
    counted: Counted,
    findings: Sequence[Finding],
    target: Path,
    last_year: AgainstLastYear | None,
    ceilings: Sequence[CeilingStanding],
) -> bytes:
    """Return the summary workbook."""
    # It takes long to import, and comes after the reading.
    from yosan_xl.excel.summary.book import summary_bytes

    year, decided = counted.year, counted.decided
    return summary_bytes(
        decided.rows,
        findings,
        settings=year.settings,
        roster=year.roster,
        intake=counted.intake,
        last_year=last_year,
        paths=relative_paths(counted.gathering.paths, target.parent),
        entries=decided.entries,
        form=form_of(year),
        history=decided.stamped(),
        closed=decided.history.closed,
        ceilings=ceilings,
    )


def _keep(
    counted: Counted, data: bytes, target: Path, inputs: Sequence[Path], wait: Wait
) -> tuple[Path, tuple[Finding, ...]]:
    """Keep what was typed and counted, then the summary; return where it is, and what is told of that.

    What it is made from comes first; and one that nobody touches need not be read again.
    """
    root, decided, before = counted.year.root, counted.decided, counted.taken.target
    history = decided.history.knowing(sha256(data).hexdigest()).writing(shown(target.name))
    told = remember(counted, history)
    kept = keep(target, data, before=before, inputs=inputs, wait=wait)
    if kept.path != target:
        # Who has the old one open goes on in it.
        aside = replace(history, written=decided.history.written).writing(shown(kept.path.name))
        write_decisions(root, aside, read_decisions(root).sha256)
    else:
        told = (*told, *_left_over(counted, history, target))
    return kept.path, (*told, *kept.findings, *told_of_paths([kept.path]))


def _left_over(counted: Counted, history: DecisionHistory, target: Path) -> Iterator[Finding]:
    """Yield the summaries that were written beside the target while it was open: all that is in them is in it now; told once."""
    root = counted.year.root
    read = (path for path in beside(target) if snapshot(path).sha256 in history.books)
    names = [name for path in read if (name := shown(path.name)) in history.written]
    if names:
        write_decisions(root, history.forgetting(names), read_decisions(root).sha256)
    for name in names:
        yield NO_LONGER_NEEDED.at(Place(name), name=name, target=shown(target.name))


def _load_writer() -> None:
    import yosan_xl.excel.summary.book  # noqa: F401 - where others read, this process has the time
