"""`archive restore`: a working year folder again, old form definition included."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import has_errors
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.shelf import read_shelf
from yosan_xl.store.archive.staging import restore_stage
from yosan_xl.store.archive.verify import verify_stage
from yosan_xl.store.faults import PathError
from yosan_xl.store.files import Files
from yosan_xl.store.write import make_folder
from yosan_xl.store.year_folder import open_year_folder
from yosan_xl.usecases import codes
from yosan_xl.usecases.archive.place import stage_of
from yosan_xl.usecases.errors import WrongInput


@dataclass(frozen=True, slots=True)
class Restored:
    """The year folder that was made, and of what."""

    folder: Path
    name: str
    files: int


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
    return Restored(out, found.name, len(found.manifest.files))


def _refuse_used(out: Path, root: Path) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise PathError(codes.NOT_EMPTY, out)
    if (
        Path(os.path.realpath(out)).is_relative_to(os.path.realpath(root))
        and read_shelf(root).stages
    ):
        raise PathError(codes.NOT_EMPTY, out)
