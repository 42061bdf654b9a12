"""`archive verify` and `archive restore`: everything hashed again, and a working year folder made of a stage."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding, has_errors
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.introduction import verify_introduction
from yosan_xl.store.archive.shelf import read_shelf
from yosan_xl.store.archive.staging import restore_stage
from yosan_xl.store.archive.verify import (
    Progress,
    strangers,
    verify_chain,
    verify_head,
    verify_stage,
)
from yosan_xl.store.faults import PathError
from yosan_xl.store.files import Files
from yosan_xl.store.write import make_folder, refuse_nowhere
from yosan_xl.store.year_folder import open_year_folder
from yosan_xl.usecases.archive import codes
from yosan_xl.usecases.archive.stages import open_shelf, stage_of
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import told_of_paths


@dataclass(frozen=True, slots=True)
class Verified:
    """How much was hashed, and what is not as it was."""

    root: Path
    stages: tuple[str, ...]
    files: int
    findings: tuple[Finding, ...]


def verify(
    root: Path,
    years: Sequence[FiscalYear] = (),
    progress: Progress = lambda entries: entries,
    files: Files | None = None,
) -> Verified:
    """Verify all stages of `years` (none: of all), and always the chain; raise WrongInput."""
    files = files or Files()
    shelf = open_shelf(root)
    wanted = {year.western for year in years}
    for year in years:
        if not shelf.broken:
            stage_of(root, year)
    stages = [one for one in shelf.stages if not wanted or one.manifest.year in wanted]
    found = [finding for stage in stages for finding in verify_stage(stage, files, progress)]
    # Where a manifest is broken, the chain is too: one mistake, one finding.
    chain = () if shelf.broken else (*verify_chain(shelf), *verify_head(shelf))
    others = () if wanted else tuple(strangers(shelf))
    findings = (*shelf.broken, *chain, *found, *verify_introduction(shelf), *others)
    hashed = sum(len(one.manifest.files) for one in stages)
    return Verified(root, tuple(one.name for one in stages), hashed, findings)


@dataclass(frozen=True, slots=True)
class Restored:
    """The year folder that was made, and of what; `others` are the year's other stages."""

    folder: Path
    name: str
    files: int
    findings: tuple[Finding, ...] = ()
    others: tuple[str, ...] = ()


def restore(
    root: Path,
    year: FiscalYear,
    out: Path,
    stage: str | None = None,
    files: Files | None = None,
) -> Restored:
    """Make `out` a year folder as it was archived; raise WrongInput, also where that is damaged."""
    files = files or Files()
    _refuse_used(out, root)
    found = stage_of(root, year, stage)
    if has_errors(damage := tuple(verify_stage(found, files))):
        raise WrongInput(*damage)
    restore_stage(found, out, files)
    for folder in open_year_folder(out).folders:
        make_folder(folder)
    stands = [out / entry.path for entry in found.manifest.files]
    own = [one for one in read_shelf(root).stages if one.manifest.year == year.western]
    others = tuple(one.manifest.stage for one in own if one.name != found.name)
    return Restored(out, found.name, len(stands), tuple(told_of_paths(stands)), others)


def _refuse_used(out: Path, root: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise PathError(codes.NOT_EMPTY, out)
    refuse_nowhere(out, out)
    if (
        Path(os.path.realpath(out)).is_relative_to(os.path.realpath(root))
        and read_shelf(root).stages
    ):
        raise PathError(codes.NOT_EMPTY, out)
