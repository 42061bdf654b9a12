"""What is in an archive: its stages in the order in which they were added."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive import codes
from yosan_xl.store.archive.manifest import (
    MANIFEST_NAME,
    SEAL_NAME,
    BrokenManifest,
    Manifest,
    parse_manifest,
)
from yosan_xl.store.faults import PathError, reason, shown
from yosan_xl.store.temporary import PREFIX

LOCK_NAME = f"{PREFIX}lock"

INDEX_NAME = "索引.sqlite"


@dataclass(frozen=True, slots=True)
class Stage:
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
    stages: tuple[Stage, ...]
    broken: tuple[Finding, ...]

    @property
    def head(self) -> str | None:
        """The SHA-256 of the manifest that was added last."""
        return self.stages[-1].sha256 if self.stages else None

    def find(self, year: FiscalYear, stage: str | None = None) -> Stage | None:
        """Give a stage of a year; without a name the one that was added last."""
        own = [one for one in self.stages if one.manifest.year == year.western]
        return next((one for one in reversed(own) if stage in (None, one.manifest.stage)), None)


def read_shelf(root: Path) -> Shelf:
    """Read every manifest of the archive `root`; raise PathError where that is no folder."""
    try:
        found = [_stage(folder, root) for folder in _stage_folders(root)]
    except OSError as error:
        raise PathError(codes.NO_ARCHIVE, root) from error
    stages = [one for one in found if isinstance(one, Stage)]
    broken = [one for one in found if isinstance(one, Finding)]
    return Shelf(root, tuple(sorted(stages, key=_order)), tuple(broken))


def stage_folder(root: Path, year: FiscalYear, stage: str) -> Path:
    """Give where a stage stands, or will."""
    return root / year.short / stage


def _order(stage: Stage) -> tuple[int, str]:
    return stage.manifest.sequence, stage.name


def _stage_folders(root: Path) -> Iterator[Path]:
    """Give every folder two below the root that has a manifest or a seal."""
    for year in sorted(path for path in root.iterdir() if _is_year(path)):
        for folder in sorted(path for path in year.iterdir() if path.is_dir()):
            if any((folder / name).exists() for name in (MANIFEST_NAME, SEAL_NAME)):
                yield folder


def _is_year(path: Path) -> bool:
    return path.is_dir() and not path.name.startswith(".")


def _stage(folder: Path, root: Path) -> Stage | Finding:
    place = Place(shown((folder / MANIFEST_NAME).relative_to(root).as_posix()))
    try:
        data = (folder / MANIFEST_NAME).read_bytes()
        manifest = parse_manifest(data, (folder / SEAL_NAME).read_bytes())
        if stage_folder(root, FiscalYear(manifest.year), manifest.stage) != folder:
            raise BrokenManifest("別の年度か段階の記録です")
    except BrokenManifest as broken:
        return codes.MANIFEST.at(place, problem=str(broken))
    except OSError as error:
        return codes.MANIFEST.at(place, problem=reason(error))
    return Stage(folder, manifest, hashlib.sha256(data).hexdigest())
