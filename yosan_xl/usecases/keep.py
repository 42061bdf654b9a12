"""Keep a summary: in its place, or under another name where somebody has that open."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.store.books import holder
from yosan_xl.store.faults import StoreError, shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import TARGET_OPEN, WriteFailed, write_bytes, write_new_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.outputs import SUMMARY
from yosan_xl.usecases.summary_books import Before, numbered

_TRIES = 3
_SECONDS = 1

Wait = Callable[[float], None]

Make = Callable[[str | None], bytes]
"""Gives the bytes of a summary; the SHA-256 is of the target that stays beside it, taken over."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the summary is now, and what there is to tell of that."""

    path: Path
    findings: tuple[Finding, ...] = ()


def keep(
    target: Path,
    make: Make,
    before: Before,
    inputs: Iterable[Path] = (),
    wait: Wait = time.sleep,
) -> Kept:
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
            return Kept(target, told)
    name = holder(target)
    who = f"{name} さんが開いているため" if name else "Excel などで開かれているため"
    return _beside(target, make(before.sha256), who, told)


def _changed(target: Path, before: Before) -> bool:
    try:
        return snapshot(target).sha256 != before.sha256
    except StoreError:
        return before.sha256 is not None and target.exists()


def _beside(target: Path, data: bytes, why: str, told: tuple[Finding, ...]) -> Kept:
    path = next((one for one in numbered(target) if not one.exists()), target)
    # With every name taken this refuses, as it should: nothing is ever written over.
    write_new_bytes(path, data)
    name, kept = shown(target.name), shown(path.name)
    finding = codes.KEPT_ASIDE.at(Place(shown(target.name)), name=name, holder=why, kept=kept)
    return Kept(path, (*told, finding))


def _aside(target: Path, before: Before) -> tuple[Finding, ...]:
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
