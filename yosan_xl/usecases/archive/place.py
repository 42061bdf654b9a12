"""Where the archive is, and the stage a person means in it."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.shelf import NO_ARCHIVE, Shelf, Stage, read_shelf
from yosan_xl.store.archive.verify import strangers
from yosan_xl.store.faults import PathError, shown
from yosan_xl.store.places import Area, why_unsafe
from yosan_xl.store.settings_file import SETTINGS_NAME, find_year_folder, read_settings
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput

USUAL = Area.ARCHIVE.value
"""What an archive is called where nobody says otherwise."""


def archive_of(year_root: Path, given: Path | None = None) -> Path:
    """Give the archive of a year folder: the one given, yosan.toml's, or 保存庫 beside the folder."""
    if given is not None:
        return given
    named = read_settings(year_root / SETTINGS_NAME).archive
    if PurePosixPath(named).is_absolute() or PureWindowsPath(named).anchor:
        raise WrongInput(codes.ARCHIVE_ELSEWHERE.at(Place(SETTINGS_NAME), path=shown(named)))
    # normpath and not resolve: a share is known by the letter or the link people know it by.
    return Path(os.path.normpath(year_root.absolute() / named))


def find_archive(here: Path, given: Path | None = None) -> Path:
    """Give the archive to read: the one given, that of the year folder around us, or 保存庫 here."""
    if given is not None:
        return given
    year = find_year_folder(here)
    if year is not None:
        return archive_of(year)
    return here / USUAL if (here / USUAL).is_dir() else here


def year_around(here: Path) -> tuple[FiscalYear, ...]:
    """Give the year of the year folder around us, none outside of any; raise WrongInput."""
    root = find_year_folder(here)
    return (read_settings(root / SETTINGS_NAME).year,) if root else ()


def open_shelf(root: Path) -> Shelf:
    """Read an archive; raise WrongInput where there is none."""
    shelf = read_shelf(root)
    if not shelf.stages and not shelf.broken:
        raise PathError(NO_ARCHIVE, root.absolute())
    return shelf


def stage_of(root: Path, year: FiscalYear, stage: str | None = None) -> Stage:
    """Give a stage, without a name the year's last; raise WrongInput where it is not there."""
    shelf = open_shelf(root)
    found = shelf.find(year, stage)
    if found is None:
        known = "、".join(one.name for one in shelf.stages) or "なし"
        wanted = year.short if stage is None else f"{year.short}/{stage}"
        place = Place(shown(root))
        raise WrongInput(codes.NO_STAGE.at(place, wanted=wanted, known=known), *shelf.broken)
    return found


def refuse_stage_name(stage: str) -> None:
    """Raise WrongInput for a name that no folder can have."""
    if problem := why_unsafe(stage):
        raise WrongInput(codes.STAGE_NAME.at(Place("--stage"), stage=shown(stage), problem=problem))


def refuse_overlap(root: Path, year_root: Path) -> None:
    """Raise WrongInput for an archive that overlaps with the year, and for a folder that is something else."""
    ours, theirs = Path(os.path.realpath(root)), Path(os.path.realpath(year_root))
    if ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
        raise PathError(codes.ARCHIVE_INSIDE, root)
    shelf = read_shelf(root) if root.is_dir() else None
    if shelf and not shelf.stages and not shelf.broken:
        found = next(strangers(shelf), None)
        if found:
            raise PathError(codes.FOREIGN_FOLDER, root, found=found.place.file)
