"""Temporary places: made fresh beside their target, and removed only where they are the very ones that were made.

Whoever uses one holds a lock on it, so that what a killed run left can be told from what is in use.
Nothing here follows a link.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.store import system
from yosan_xl.store.files import Files
from yosan_xl.store.places import PREFIX, FilePlace

_BEGINNING, _END = FilePlace.TEMPORARY_FILE.path.split("{random}")
_FILE = re.compile(re.escape(_BEGINNING) + "[a-z0-9_]{8}" + re.escape(_END))
_FOLDER = re.compile(
    FilePlace.TEMPORARY_FOLDER.path.replace(".", r"\.").format(use="[a-z]+", random="[0-9a-f]{16}")
)
_MARKER = "own"
_CONTENT = "content"
_TRIES = 3


@dataclass(slots=True)
class TemporaryFile:
    """A file aside that is being written."""

    path: Path
    handle: int | None

    def write(self, data: bytes, mode: int) -> None:
        """Write it whole and wait until it is on the disk; raise OSError."""
        assert self.handle is not None
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(self.handle, rest) :]
        os.fsync(self.handle)
        # A file share may refuse to change a mode; the file is readable by its owner all the same.
        with contextlib.suppress(OSError):
            system.set_mode(self.path, self.handle, mode)

    def move_over(self, target: Path) -> None:
        """Put it in place of `target` in one step; raise OSError."""
        if system.IS_WINDOWS:  # an open file cannot be moved there
            self.close()
        system.replace(self.path, target)

    def close(self) -> None:
        """Let go of it."""
        if self.handle is not None:
            system.close(self.handle)
            self.handle = None


@contextmanager
def temporary_file(folder: Path) -> Iterator[TemporaryFile]:
    """Make a file in `folder` that goes away unless it is moved; raise OSError."""
    import tempfile  # who only reads needs none of what it loads

    sweep(folder)
    handle, name = tempfile.mkstemp(prefix=_BEGINNING, suffix=_END, dir=folder)
    made = TemporaryFile(Path(name), handle)
    own = os.fstat(handle)
    with contextlib.suppress(OSError):  # without locks, it is never swept
        system.lock(handle)
    try:
        yield made
    finally:
        made.close()
        with contextlib.suppress(OSError):
            if os.path.samestat(own, made.path.lstat()):
                made.path.unlink()


@contextmanager
def temporary_folder(files: Files, parent: Path, use: str) -> Iterator[Path]:
    """Make a folder aside in `parent` and give the empty folder in it that is to be filled and moved.

    What is not moved goes away. Nobody else may enter the folder aside. Raises OSError.
    """
    sweep(parent, files)
    place, own, marker = _made(files, parent, use)
    try:
        files.make_folder(place / _CONTENT)
        yield place / _CONTENT
    finally:
        system.close(marker)
        # A disk that fails here too is swept by the next start.
        with contextlib.suppress(OSError):
            _remove(files, place, own)


def sweep(folder: Path, files: Files | None = None) -> None:
    """Remove what killed runs of ours left in `folder`; nothing is raised where that is not to be.

    Of our names, our own, no link, and held by no process: everything else stays as it is.
    """
    with contextlib.suppress(OSError):
        with os.scandir(folder) as entries:
            found = sorted(entry.name for entry in entries if entry.name.startswith(PREFIX))
        for name in found:
            with contextlib.suppress(OSError):
                if _FILE.fullmatch(name):
                    _sweep_file(folder / name)
                elif _FOLDER.fullmatch(name):
                    _sweep_folder(files or Files(), folder / name)


def _made(files: Files, parent: Path, use: str) -> tuple[Path, os.stat_result, int]:
    """Return a new folder, what it is, and its marker, open and locked."""
    for tried in range(1, _TRIES + 1):
        place = FilePlace.TEMPORARY_FOLDER.below(parent, use=use, random=os.urandom(8).hex())
        try:
            files.make_folder(place, system.mode_aside())
            own = place.lstat()
            marker = files.create(place / _MARKER)
        except FileNotFoundError:
            # Another start may have swept it while it was still empty.
            if tried == _TRIES:
                raise
            continue
        break
    try:
        files.write(marker, _note(place, own))
        with contextlib.suppress(OSError):
            system.lock(marker)
    except BaseException:
        system.close(marker)
        raise
    return place, own, marker


def _note(place: Path, own: os.stat_result) -> bytes:
    return f"{place.name} {own.st_ino}\n".encode()


def _sweep_file(path: Path) -> None:
    found = path.lstat()
    if not (stat.S_ISREG(found.st_mode) and system.is_mine(found) and found.st_nlink == 1):
        return
    handle = os.open(path, system.CHANGE_IN_PLACE)
    try:
        system.lock(handle)
        is_it = os.path.samestat(found, os.fstat(handle))
    finally:
        system.close(handle)
    if is_it:
        path.unlink()


def _sweep_folder(files: Files, place: Path) -> None:
    found = place.lstat()
    if not (stat.S_ISDIR(found.st_mode) and system.is_mine(found)):
        return
    try:
        marker = os.open(place / _MARKER, system.CHANGE_IN_PLACE)
    except FileNotFoundError:
        files.remove_folder(place)  # made, and killed before it was marked: only where it is empty
        return
    try:
        system.lock(marker)
        said, note = os.read(marker, 200), _note(place, found)
    finally:
        system.close(marker)
    # Killed while it was marked: then nothing else is in it yet.
    if said == note or (note.startswith(said) and os.listdir(place) == [_MARKER]):  # noqa: PTH208
        _remove(files, place, found)


def _remove(files: Files, place: Path, own: os.stat_result) -> None:
    """Remove a folder with all that is in it, if it is the very one that is meant; raise OSError."""
    if not system.BY_HANDLE:  # on Windows
        import shutil

        if os.path.samestat(own, place.lstat()):
            shutil.rmtree(place)
        return
    handle = os.open(place, system.FOLDER_IN_PLACE)
    try:
        if not os.path.samestat(own, os.fstat(handle)):
            return
        _empty(files, handle, own.st_dev)
    finally:
        os.close(handle)
    files.remove_folder(place)


def _empty(files: Files, folder: int, device: int) -> None:
    """Remove all that is in an open folder, without leaving its disk; raise OSError."""
    with os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries)
    # The marker last: as long as something is there, it tells whose.
    for name in sorted(names, key=lambda name: name == _MARKER):
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if not stat.S_ISDIR(found.st_mode):
            files.remove(Path(name), folder)
            continue
        if found.st_dev != device:
            raise OSError(f"{name} is on another disk")
        inner = os.open(name, system.FOLDER_IN_PLACE, dir_fd=folder)
        try:
            _empty(files, inner, device)
        finally:
            os.close(inner)
        files.remove_folder(Path(name), folder)
