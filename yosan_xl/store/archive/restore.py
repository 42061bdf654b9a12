"""A stage copied out of the archive: built beside its place, proven, and moved there whole."""

from __future__ import annotations

import errno
from pathlib import Path

from yosan_xl.store.archive.disk import Unsteady, copy_file, make_folders
from yosan_xl.store.archive.shelf import Stage
from yosan_xl.store.files import Files
from yosan_xl.store.temporary import temporary_folder
from yosan_xl.store.write import write_failed


def restore_stage(stage: Stage, out: Path, files: Files) -> None:
    """Copy every file of a stage into the new or empty folder `out`; raise WriteFailed."""
    parent = out.absolute().parent
    try:
        make_folders(files, parent)
        with temporary_folder(files, parent, "restore") as aside:
            _copy(stage, aside, files)
            if out.exists():
                files.remove_folder(out)
            files.rename(aside, out)
            files.sync_folder(parent)
    except OSError as error:
        raise write_failed(out, error) from error


def _copy(stage: Stage, aside: Path, files: Files) -> None:
    for entry in stage.manifest.files:
        target = aside / entry.path
        make_folders(files, target.parent)
        if copy_file(files, stage.folder / entry.path, target) != (entry.size, entry.sha256):
            raise Unsteady(errno.EIO, "", str(target))
