"""公表: what was published, edition by edition. Each is a folder that is put in its place by one rename and never changed after."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from yosan_xl.model.settings import DECISIONS, REQUESTS
from yosan_xl.store.faults import PathError, StoreError
from yosan_xl.store.files import Files, make_folders, write_file
from yosan_xl.store.places import FilePlace
from yosan_xl.store.snapshot import Malformed, parse_json, snapshot
from yosan_xl.store.temporary import sweep, temporary_folder
from yosan_xl.store.write import OVER_OTHERS, write_failed

EDITIONS = {REQUESTS: f"1_{REQUESTS}", DECISIONS: f"2_{DECISIONS}"}
"""The folder of each edition, in the order in which they are published."""

DATA_NAME = "要求書.json"
"""The requests of an edition."""

_ADDED = "_追加"
"""Behind the name of the folder of an edition that late requests were added to, with a number from 1."""


def published_folder(root: Path, edition: str) -> Path | None:
    """Return the folder of an edition of the year folder `root`, the last one where requests were added; None where there is none."""
    found = _folders(root, edition)
    return found[max(found)] if found else None


def published_requests(root: Path) -> list[dict[str, Any]]:
    """Return the requests of the editions of the year folder `root`, those of the later edition last; of one that makes no sense none."""
    found: list[dict[str, Any]] = []
    for edition in EDITIONS:
        if folder := published_folder(root, edition):
            with suppress(Malformed, StoreError):
                found += parse_json(read_published(folder, DATA_NAME), "edition")["requests"]
    return found


def next_folder(root: Path, edition: str) -> str:
    """Return the name of the folder that is written next of an edition."""
    found = _folders(root, edition)
    return EDITIONS[edition] + (f"{_ADDED}{max(found) + 1}" if found else "")


def read_published(folder: Path, name: str) -> bytes:
    """Return a file of an edition as it stands; raise Unreadable."""
    return snapshot(folder / name).data


def put_edition(
    root: Path, folder: str, files: Mapping[str, bytes], disk: Files | None = None
) -> Path:
    """Write an edition whole beside its place and put it there by one rename; raise WriteFailed.

    There must be nothing of that name.
    """
    disk = disk or Files()
    parent = FilePlace.PUBLICATIONS.below(root)
    target = FilePlace.PUBLICATION.below(root, edition=folder)
    if Path(os.path.realpath(parent)) != Path(os.path.realpath(root)) / parent.name:
        raise PathError(OVER_OTHERS, parent, what="年度フォルダーの外へのリンクの先")
    try:
        make_folders(disk, parent)
        with temporary_folder(disk, parent, "publish") as aside:
            for name, data in files.items():
                write_file(disk, aside / name, data)
            disk.sync_folder(aside)
            # The one step that counts: before it nothing is published, after it everything.
            disk.rename(aside, target)
            disk.sync_folder(parent)
    except OSError as error:
        raise write_failed(target, error) from error
    return target


def clear_aside(root: Path) -> None:
    """Remove what a run left beside the editions that was killed when its own was in place."""
    sweep(FilePlace.PUBLICATIONS.below(root))


def _folders(root: Path, edition: str) -> dict[int, Path]:
    """Return the folders of an edition by how often requests were added."""
    parent = FilePlace.PUBLICATIONS.below(root)
    pattern = re.compile(re.escape(EDITIONS[edition]) + f"(?:{_ADDED}([1-9][0-9]*))?")
    if not parent.is_dir():
        return {}
    named = ((pattern.fullmatch(path.name), path) for path in sorted(parent.iterdir()))
    return {int(match[1] or 0): path for match, path in named if match and path.is_dir()}
