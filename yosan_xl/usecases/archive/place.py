"""Where the archive is, and the stage a person means in it."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from yosan_xl.model.finding import Code, Place, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.shelf import NO_ARCHIVE, Shelf, Stage, read_shelf
from yosan_xl.store.archive.verify import strangers
from yosan_xl.store.faults import PathError, shown
from yosan_xl.store.places import Area, why_unsafe
from yosan_xl.store.settings_file import SETTINGS_NAME, find_year_folder, read_settings
from yosan_xl.usecases.errors import WrongInput

USUAL = Area.ARCHIVE.value
"""What an archive is called where nobody says otherwise."""


NO_STAGE = Code(
    "YX643",
    Weight.ERROR,
    "保存庫にない年度や段階",
    "保存庫に {wanted} はありません。",
    "保存してあるもの: {known}。",
    "年度と段階は、archive add で保存したときの名前で探します。",
    "まだ保存していない年度を archive show で見ようとした。",
    "archive list に出る年度を指定した。",
)

ELSEWHERE = Code(
    "YX687",
    Weight.ERROR,
    "設定にある保存庫の場所",
    "yosan.toml の archive「{path}」は、年度フォルダーとかかわりのない場所です。",
    "この場所でよければ、--archive でもう一度指定してください。年度フォルダーから見た場所（../保存庫 など）は、そのまま使います。",
    "yosan.toml は人から受け取ることがあります。書いてあるだけの場所に、知らないうちに書き込まないためです。",
    'archive = "/srv/共有/保存庫" と書いて yosan-xl archive add',
    "yosan-xl archive add --archive /srv/共有/保存庫",
)


STAGE_NAME = Code(
    "YX652",
    Weight.ERROR,
    "段階の名前",
    "段階の名前「{stage}」{problem}。",
    "「要求」「内示」「決定」のような短い名前にしてください。",
    "段階の名前は、保存庫のフォルダーの名前になります。",
    "--stage 要求/1回目",
    "--stage 要求1回目",
)

INSIDE = Code(
    "YX654",
    Weight.ERROR,
    "保存庫と年度フォルダーが重なる",
    "保存庫「{name}」と保存する年度フォルダーは、一方がもう一方の中にあります。",
    "yosan.toml の archive か --archive で、年度フォルダーの外の場所を指定してください。",
    "重なっていると、保存庫の中に保存庫を保存したり、作業中の年度フォルダーに書き込んだりします。",
    'archive = "保存庫"',
    'archive = "../保存庫"',
)

FOREIGN = Code(
    "YX655",
    Weight.ERROR,
    "ほかに使われているフォルダー",
    "「{name}」は保存庫ではなく、ほかのファイル（{found}）があります。",
    "--archive に、保存庫か、新しいフォルダーの名前を指定してください。",
    "ほかのファイルがあるところを保存庫にすると、保存した覚えのないファイルと見分けられません。",
    "yosan-xl archive add R2 --archive デスクトップ",
    "yosan-xl archive add R2 --archive デスクトップ/保存庫",
)


def archive_of(year_root: Path, given: Path | None = None) -> Path:
    """Give the archive of a year folder: the one given, yosan.toml's, or 保存庫 beside the folder."""
    if given is not None:
        return given
    named = read_settings(year_root / SETTINGS_NAME).archive
    if PurePosixPath(named).is_absolute() or PureWindowsPath(named).anchor:
        raise WrongInput(ELSEWHERE.at(Place(SETTINGS_NAME), path=shown(named)))
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
        raise WrongInput(NO_STAGE.at(place, wanted=wanted, known=known), *shelf.broken)
    return found


def refuse_stage_name(stage: str) -> None:
    """Raise WrongInput for a name that no folder can have."""
    if problem := why_unsafe(stage):
        raise WrongInput(STAGE_NAME.at(Place("--stage"), stage=shown(stage), problem=problem))


def refuse_overlap(root: Path, year_root: Path) -> None:
    """Raise WrongInput for an archive that overlaps with the year, and for a folder that is something else."""
    ours, theirs = Path(os.path.realpath(root)), Path(os.path.realpath(year_root))
    if ours.is_relative_to(theirs) or theirs.is_relative_to(ours):
        raise PathError(INSIDE, root)
    shelf = read_shelf(root) if root.is_dir() else None
    if shelf and not shelf.stages and not shelf.broken:
        found = next(strangers(shelf), None)
        if found:
            raise PathError(FOREIGN, root, found=found.place.file)
