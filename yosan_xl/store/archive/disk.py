"""Files written so that they are on the disk and proven."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path

from yosan_xl.store.files import Files

_CHUNK = 1024 * 1024


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
    """Give the size and the SHA-256 of a file as it stands; raise OSError."""
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
