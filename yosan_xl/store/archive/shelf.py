"""What is in an archive: its stages in the order in which they were added."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.manifest import (
    MANIFEST_NAME,
    SEAL_NAME,
    Kind,
    Manifest,
    parse_manifest,
)
from yosan_xl.store.faults import PathError, StoreError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import Malformed, Unreadable, snapshot, unreadable

LOCK_NAME = FilePlace.LOCK.file_name

HEAD_NAME = FilePlace.HEAD.file_name
"""Says which stage was added last, so that its loss shows; as `sha256sum -c` reads it."""

EARLIER_INDEX = "索引.sqlite"
"""What earlier versions of this program kept beside the years; nothing reads it any more."""


NO_ARCHIVE = Code(
    "YX642",
    weight=Weight.ERROR,
    title="保存庫がない",
    fact="「{name}」に保存庫がありません。",
    remedy="--archive で保存庫のフォルダーを指定するか、年度フォルダーの中で実行してください。",
    why="保存庫は、yosan-xl archive add がはじめて年度を保存したときに作ります。",
    wrong="yosan-xl archive list --archive 何もないフォルダー",
    right="yosan-xl archive list --archive 保存庫",
)

MANIFEST = Code(
    "YX647",
    weight=Weight.ERROR,
    title="保存の記録が読めない",
    fact="保存の記録（manifest.json）が使えません（{problem}）。",
    remedy="控え（バックアップ）から、manifest.json と manifest.sha256 を元に戻してください。",
    why="何を保存したかは manifest.json だけが知っています。その SHA-256 は manifest.sha256 にあります。",
    wrong="manifest.json をメモ帳で直した。",
    right="manifest.json は archive add が書いたまま",
)


FROZEN = Code(
    "YX641",
    weight=Weight.ERROR,
    title="保存した段階は変えられない",
    fact="{year}の「{stage}」は、ちがう内容ですでに保存されています（ちがうもの: {different}）。",
    remedy="保存したものは変えません。直したあとの内容も残すときは、--stage に別の名前（「{stage}2」など）を付けてください。",
    why="あとから差し替えられる記録は、証拠になりません。",
    wrong="提出フォルダーのブックを入れ替えて、もう一度 archive add を実行した。",
    right="内容を変えたあとは archive add --stage 内示 と、別の段階として保存した。",
)

CODES = (NO_ARCHIVE, FROZEN, MANIFEST)


@dataclass(frozen=True, slots=True)
class ArchivedStage:
    """A stage on the shelf: its folder, its manifest, and the SHA-256 of that."""

    folder: Path
    manifest: Manifest
    sha256: str

    @property
    def name(self) -> str:
        """`R2/要求`: how people and findings call it."""
        return f"{FiscalYear(self.manifest.year).short}/{self.manifest.stage}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """An archive as it was read: its whole stages in order, and those whose manifest is broken."""

    root: Path
    stages: tuple[ArchivedStage, ...]
    broken: tuple[Finding, ...]

    @property
    def head(self) -> str | None:
        """The SHA-256 of the manifest that was added last."""
        return self.stages[-1].sha256 if self.stages else None

    def find(self, year: FiscalYear, stage: str | None = None) -> ArchivedStage | None:
        """Return a stage of a year; without a name the one that was added last."""
        own = [one for one in self.stages if one.manifest.year == year.western]
        return next((one for one in reversed(own) if stage in (None, one.manifest.stage)), None)


def read_shelf(root: Path) -> Shelf:
    """Read every manifest of the archive `root`; raise PathError where that is no folder."""
    try:
        found = [_stage(folder, root) for folder in _stage_folders(root)]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PathError(NO_ARCHIVE, root) from error
    except OSError as error:
        raise unreadable(root, error) from error
    stages = [one for one in found if isinstance(one, ArchivedStage)]
    broken = [one for one in found if isinstance(one, Finding)]
    return Shelf(root, tuple(sorted(stages, key=_order)), tuple(broken))


def is_there(shelf: Shelf, manifest: Manifest) -> bool:
    """Return whether the same stage is there; raise StoreError (YX641) where it is there with other files."""
    year = FiscalYear(manifest.year)
    there = shelf.find(year, manifest.stage)
    if there is None:
        return False
    different = there.manifest.as_given() ^ manifest.as_given()
    if different:
        names = _some(sorted({shown(path) for path, _ in different}))
        facts = {"year": year.label, "stage": manifest.stage, "different": names}
        raise StoreError(FROZEN.at(Place(there.name), **facts))
    return True


def _some(names: list[str]) -> str:
    more = f" ほか{len(names) - 3}件" if len(names) > 3 else ""
    return "、".join(names[:3]) + more


def head_bytes(stage: ArchivedStage) -> bytes:
    """Return what HEAD_NAME holds once `stage` was added."""
    return f"{stage.sha256}  {stage.name}/{MANIFEST_NAME}\n".encode("utf-8", "backslashreplace")


def stage_folder(root: Path, year: FiscalYear, stage: str) -> Path:
    """Return where a stage stands, or will."""
    return FilePlace.STAGE.below(root, year=year.short, stage=stage)


def _order(stage: ArchivedStage) -> tuple[int, str]:
    return stage.manifest.sequence, stage.name


def _stage_folders(root: Path) -> Iterator[Path]:
    """Yield every folder two below the root that has a manifest or a seal."""
    for year in sorted(path for path in root.iterdir() if _is_folder(path)):
        for folder in sorted(path for path in year.iterdir() if _is_folder(path)):
            if any(os.path.lexists(folder / name) for name in (MANIFEST_NAME, SEAL_NAME)):
                yield folder


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink() and not path.name.startswith(".")


def _stage(folder: Path, root: Path) -> ArchivedStage | Finding:
    place = Place(shown((folder / MANIFEST_NAME).relative_to(root).as_posix()))
    try:
        data = snapshot(folder / MANIFEST_NAME).data
        manifest = parse_manifest(data, snapshot(folder / SEAL_NAME).data)
        if not manifest.forms or len(manifest.of_kind(Kind.DOCUMENTS)) != 1:
            raise Malformed("決まった形ではありません")
        if stage_folder(root, FiscalYear(manifest.year), manifest.stage) != folder:
            raise Malformed("別の年度か段階の記録です")
    except Malformed as broken:
        return MANIFEST.at(place, problem=str(broken))
    except ValueError:
        return MANIFEST.at(place, problem="年度として読めない数があります")
    except Unreadable as error:
        return MANIFEST.at(place, problem=error.findings[0].fact.rstrip("。"))
    return ArchivedStage(folder, manifest, hashlib.sha256(data).hexdigest())
