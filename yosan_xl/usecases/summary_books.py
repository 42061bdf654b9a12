"""The summaries that finance may have typed into, read as one; and the new one kept, under another name where its own is open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.form.definition import Definition
from yosan_xl.model.decision import Spot, Typed, Uncarried
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear, save_time
from yosan_xl.store.books import holder
from yosan_xl.store.faults import PathError, StoreError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import TARGET_OPEN, WriteFailed, write_bytes, write_new_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import SUMMARY

if TYPE_CHECKING:
    from yosan_xl.excel.summary.reading import SummaryReading

_MOST_BESIDE = 99
_OTHER_ENTRY = "別の集計ブックに、あとから別の記入がされたため"
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_TRIES = 3
_SECONDS = 1

Wait = Callable[[float], None]

Make = Callable[[str | None], bytes]
"""Makes the bytes of a summary; the SHA-256 is of the target that stays beside it, taken over."""


@dataclass(frozen=True, slots=True)
class EarlierEntries:
    """What was typed so far: entries by place, what is listed or noted apart, and what there is to tell.

    `sha256` is the target's as it was read, None where there is none; `data` its bytes.
    `strange_sheets` are those of the target that somebody added or wrote beside the table of.
    """

    cells: tuple[Typed, ...] = ()
    notes: tuple[Typed, ...] = ()
    uncarried: tuple[Uncarried, ...] = ()
    absorbed: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    sha256: str | None = None
    data: bytes | None = field(default=None, repr=False)
    strange_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    path: Path
    data: bytes
    sha256: str
    reading: SummaryReading


def usual_summary(year: YearFolder) -> Path:
    """Return where the summary of a year is, unless another place is named."""
    return year.at(FilePlace.SUMMARY)


def read_before(target: Path, usual: Path, year: FiscalYear, form: Definition) -> EarlierEntries:
    """Read `target` and the books kept beside it; without any, those of the `usual` summary.

    Raises WrongInput where the target is there and cannot be read: it must not be written over.
    """
    if not target.exists():
        found, told = _readable(beside(target), year, form)
        if found or target == usual:
            return _together(found, told, None)
        found, told = _readable(
            [path for path in (usual, *beside(usual)) if path.exists()], year, form
        )
        return _together(found, told, None)
    try:
        own = _read(target, year, form)
    except (_NotRead, PathError) as error:
        raise WrongInput(_unread(codes.UNREADABLE_SUMMARY, target, error)) from error
    found, told = _readable(beside(target), year, form)
    return _together([own, *found], told, own)


def beside(path: Path) -> list[Path]:
    """Return the books that were kept under another name: `R2_集計(2).xlsx`, ..."""
    return [other for other in numbered(path) if other.is_file()]


def numbered(path: Path, first: int = 2) -> Iterator[Path]:
    """Yield the names under which a summary is kept where its own is taken."""
    for number in range(first, _MOST_BESIDE + 1):
        yield path.with_name(f"{path.stem}({number}){path.suffix}")


class _NotRead(Exception):
    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def _read(path: Path, year: FiscalYear, form: Definition) -> _Read:
    # It takes long to import, and a year's first run has no summary to read.
    from yosan_xl.excel.summary.reading import read_summary, why_refused
    from yosan_xl.excel.summary.stamp import NotASummary

    shot = snapshot(path)
    try:
        reading = read_summary(shot.data, shown(path.name), form)
    except Refused as error:
        raise _NotRead(why_refused(error)) from error
    except NotASummary as error:
        raise _NotRead(error.what) from error
    if reading.fiscal_year != year.western:
        raise _NotRead(f"{FiscalYear(reading.fiscal_year).label}の集計ブックです")
    return _Read(path, shot.data, shot.sha256, reading)


def _readable(
    paths: Iterable[Path], year: FiscalYear, form: Definition
) -> tuple[list[_Read], list[Finding]]:
    found, told = [], []
    for path in paths:
        try:
            found.append(_read(path, year, form))
        except (_NotRead, PathError) as error:
            told.append(_unread(codes.NOT_READ, path, error))
    return found, told


def _unread(code: Code, path: Path, error: _NotRead | PathError) -> Finding:
    if isinstance(error, PathError):
        problem = f"読めません（{error.findings[0].fact.rstrip('。')}）"
    else:
        problem = error.what
    # By name: findings stand in the summary too, and no path of this machine does.
    return code.at(Place(shown(path.name)), name=shown(path.name), problem=problem)


def _together(found: Sequence[_Read], told: Sequence[Finding], own: _Read | None) -> EarlierEntries:
    known = {sha256 for one in found for sha256 in one.reading.absorbed}
    # A book whose every entry is in another one already has nothing to say.
    fresh = [one for one in found if one is own or one.sha256 not in known]
    cells, overruled = _merged([(one.reading, one is own) for one in sorted(fresh, key=_saved)])
    others = [
        codes.CARRIED_FROM.at(Place(shown(one.path.name)), name=shown(one.path.name))
        for one in fresh
        if one is not own
    ]
    listed = {
        _content(one): Uncarried(one, one.why) for read in fresh for one in read.reading.uncarried
    }
    noted = {_content(one): one for read in fresh for one in read.reading.notes}
    return EarlierEntries(
        cells=cells,
        notes=tuple(noted.values()),
        uncarried=(*listed.values(), *overruled),
        absorbed=tuple(sorted({one.sha256 for one in found if one is not own})),
        findings=(*told, *others),
        sha256=own.sha256 if own else None,
        data=own.data if own else None,
        strange_sheets=own.reading.strange_sheets if own else (),
    )


def _saved(read: _Read) -> datetime:
    # Our own books bear a date long past: what a person saved comes after, and counts.
    return save_time(read.reading.modified) or _EARLIEST


def _merged(
    readings: Iterable[tuple[SummaryReading, bool]],
) -> tuple[tuple[Typed, ...], list[Uncarried]]:
    """Return one entry for each place: the last that was typed; one that it did not know is listed.

    With each reading stands whether it is the target's. What a book beside the target holds
    unchanged it has from the target, whose own entry knows of it.
    """
    cells: dict[Spot, tuple[Typed, bool]] = {}
    overruled: list[Uncarried] = []
    for reading, is_target in readings:
        for typed in reading.cells:
            old, was_target = cells.get(typed.spot, (None, False))
            if old is not None and not typed.is_changed:
                continue
            cells[typed.spot] = typed, is_target
            if old and (old.is_changed or was_target) and _is_lost(old, typed):
                overruled.append(Uncarried(old, _OTHER_ENTRY))
    return tuple(typed for typed, _ in cells.values() if typed.is_decision), overruled


def _is_lost(old: Typed, typed: Typed) -> bool:
    return bool(old.raw) and old.is_decision and old.own not in (typed.written, typed.own)


def _content(typed: Typed) -> tuple[Spot, str, str]:
    return typed.spot, typed.raw, str(typed.place)


@dataclass(frozen=True, slots=True)
class KeptSummary:
    """Where the summary is now, and what there is to tell of that."""

    path: Path
    findings: tuple[Finding, ...] = ()


def keep(
    target: Path,
    make: Make,
    before: EarlierEntries,
    inputs: Iterable[Path] = (),
    wait: Wait = time.sleep,
) -> KeptSummary:
    """Write the summary that `make` gives; raise WrongInput where nothing can be written.

    A target that is open, or that was saved again since `before` was read, is left as it is, and
    the result stands beside it: `R2_集計(2).xlsx`. The next run takes over the entries of both.
    """
    told = _aside(target, before)
    data = make(None)
    for tried in range(_TRIES):
        if _changed(target, before):
            return _beside(target, make(before.sha256), "読んだあとに保存し直されたため", told)
        try:
            write_bytes(target, data, SUMMARY, inputs)
        except WriteFailed as error:
            if error.code is not TARGET_OPEN:
                raise
            if tried + 1 < _TRIES:
                wait(_SECONDS)
        else:
            return KeptSummary(target, told)
    name = holder(target)
    who = f"{name} さんが開いているため" if name else "Excel などで開かれているため"
    return _beside(target, make(before.sha256), who, told)


def _changed(target: Path, before: EarlierEntries) -> bool:
    try:
        return snapshot(target).sha256 != before.sha256
    except StoreError:
        return before.sha256 is not None and target.exists()


def _beside(target: Path, data: bytes, why: str, told: tuple[Finding, ...]) -> KeptSummary:
    path = next((one for one in numbered(target) if not one.exists()), target)
    # With every name taken this refuses, as it should: nothing is ever written over.
    write_new_bytes(path, data)
    name, kept = shown(target.name), shown(path.name)
    finding = codes.KEPT_ASIDE.at(Place(shown(target.name)), name=name, holder=why, kept=kept)
    return KeptSummary(path, (*told, finding))


def _aside(target: Path, before: EarlierEntries) -> tuple[Finding, ...]:
    """Keep a copy of a summary to which somebody added sheets; they are not taken over."""
    if not before.strange_sheets or before.data is None:
        return ()
    path = next(
        one for one in numbered(target.with_stem(f"{target.stem}_控え"), 1) if not one.exists()
    )
    write_new_bytes(path, before.data)
    sheets = "、".join(f"「{shown(name[:31])}」" for name in before.strange_sheets[:5])
    kept = shown(path.name)
    return (codes.STRANGE_SHEETS.at(Place(shown(target.name)), sheets=sheets, kept=kept),)
