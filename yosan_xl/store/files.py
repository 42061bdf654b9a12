"""Every change the archive makes to a disk, and every read it proves one with, goes through here.

So a test can stop the program, or break the disk, at each of them.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from yosan_xl.store import system

_CHUNK = 1024 * 1024


class NotAFile(OSError):
    """What stands where a regular file must be: a link, a pipe, a folder."""

    def __init__(self, path: Path) -> None:
        """Report `path`."""
        super().__init__(errno.ENXIO, "not a regular file", os.fspath(path))


class Files:
    """The system's own calls, one method each; all raise OSError."""

    def make_folder(self, path: Path, mode: int = 0o777) -> None:
        """Make a folder whose parent is there."""
        path.mkdir(mode)

    def create(self, path: Path) -> int:
        """Return a handle to write a file that is not there yet."""
        return os.open(path, system.NEW, 0o666)

    def open(self, path: Path) -> int:
        """Return a handle to read a regular file: a link is not followed, a pipe not waited for."""
        if not stat.S_ISREG(path.lstat().st_mode):
            raise NotAFile(path)
        handle = os.open(path, system.READ_IN_PLACE)
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise NotAFile(path)
        return handle

    def read(self, handle: int, most: int) -> bytes:
        """Return the next bytes, none at the end."""
        return os.read(handle, most)

    def write(self, handle: int, data: bytes) -> int:
        """Write what the system takes at once, and say how much that was."""
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        """Wait until what was written is on the disk."""
        os.fsync(handle)

    def sync_folder(self, path: Path) -> None:
        """Wait until a folder's names are on the disk, where the system can do that."""
        # Windows cannot open a folder, and some file shares cannot sync one.
        with contextlib.suppress(OSError):
            handle = os.open(path, system.READ)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def close(self, handle: int) -> None:
        """Close a handle."""
        os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        """Rename a folder; there must be nothing of that name."""
        system.rename(old, new)

    def replace(self, old: Path, new: Path) -> None:
        """Put a file in place of another in one step."""
        system.replace(old, new)

    def remove(self, path: Path, folder: int | None = None) -> None:
        """Remove a file, of the open `folder` where one is given."""
        os.unlink(path, dir_fd=folder)

    def remove_folder(self, path: Path, folder: int | None = None) -> None:
        """Remove an empty folder, of the open `folder` where one is given."""
        os.rmdir(path, dir_fd=folder)


class Unsteady(OSError):
    """A file that changed while it was copied, or does not read back as it was written."""


def write_file(files: Files, path: Path, data: bytes) -> str:
    """Write a new file, sync it, read it again, and give its SHA-256; raise OSError."""
    handle = files.create(path)
    try:
        _put(files, handle, data)
        files.sync(handle)
    finally:
        files.close(handle)
    sha256 = hashlib.sha256(data).hexdigest()
    _prove(files, path, sha256)
    return sha256


def copy_file(files: Files, source: Path, target: Path) -> tuple[int, str]:
    """Copy a regular file as it is, sync it, read it again; give its size and SHA-256.

    Raises Unsteady where it changes meanwhile, or OSError.
    """
    before = source.stat()
    handle = files.create(target)
    try:
        size, sha256 = _pass(files, source, lambda part: _put(files, handle, part))
        files.sync(handle)
    finally:
        files.close(handle)
    after = source.stat()
    if (before.st_size, before.st_mtime_ns) != (size, after.st_mtime_ns) or size != after.st_size:
        raise Unsteady(errno.EAGAIN, "", str(source))
    _prove(files, target, sha256)
    return size, sha256


def hash_file(files: Files, path: Path) -> tuple[int, str]:
    """Return the size and the SHA-256 of a file as it stands; raise OSError."""
    return _pass(files, path, lambda _: None)


def make_folders(files: Files, path: Path) -> None:
    """Make a folder and those above it that are not there; raise OSError."""
    if path.is_dir():
        return
    make_folders(files, path.parent)
    files.make_folder(path)
    files.sync_folder(path.parent)


def _pass(files: Files, path: Path, take: Callable[[bytes], None]) -> tuple[int, str]:
    """Pass a file part by part to `take`; give its size and SHA-256."""
    size, digest = 0, hashlib.sha256()
    handle = files.open(path)
    try:
        while part := files.read(handle, _CHUNK):
            take(part)
            digest.update(part)
            size += len(part)
    finally:
        files.close(handle)
    return size, digest.hexdigest()


def _put(files: Files, handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[files.write(handle, bytes(rest)) :]


def _prove(files: Files, path: Path, sha256: str) -> None:
    if hash_file(files, path)[1] != sha256:
        raise Unsteady(errno.EIO, "", str(path))
