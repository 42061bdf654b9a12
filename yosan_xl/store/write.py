"""Write a file beside its place and move it over it: a target is the old one or the new, whole."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from yosan_xl.store.faults import (
    NO_SPACE,
    TARGET_OPEN,
    UNWRITABLE,
    WRITE_FORBIDDEN,
    PathError,
    reason,
)
from yosan_xl.store.holder import marks_beside

TEMPORARY_PREFIX = ".yosan-"
"""How our temporary files begin; one left behind by a power cut is not a submitted book."""

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


class WriteFailed(PathError):
    """A file that could not be written (YX080-YX083); what stood there before is whole."""


def write_bytes(path: Path, data: bytes) -> None:
    """Put `data` in place of `path` in one step, making its folder; raise WriteFailed."""
    _refuse_open(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_beside(path, data)
    except OSError as error:
        raise write_failed(path, error) from error
    _move_over(temporary, path)


def write_new_bytes(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, making its folder; raise WriteFailed if it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fill(os.open(path, _NEW, 0o666), data, path)
    except OSError as error:
        raise write_failed(path, error) from error
    _sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, if it is not there; raise WriteFailed."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_failed(path, error) from error


def _refuse_open(path: Path) -> None:
    # Excel and LibreOffice leave these beside a book that is open, on a file share too, where the
    # system would let us replace it under the reader's hands.
    try:
        is_open = path.exists() and any(mark.exists() for mark in marks_beside(path))
        is_folder = path.is_dir()
    except OSError as error:
        raise write_failed(path, error) from error
    if is_open:
        raise WriteFailed(TARGET_OPEN, path)
    if is_folder:
        raise write_failed(path, IsADirectoryError(errno.EISDIR, ""))


def _write_beside(path: Path, data: bytes) -> Path:
    import tempfile  # who only reads needs none of what it loads

    mode = _mode_for(path)
    handle, name = tempfile.mkstemp(prefix=TEMPORARY_PREFIX, suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    _fill(handle, data, temporary)
    # A file share may refuse to change a mode; the book is readable by its owner all the same.
    with contextlib.suppress(OSError):
        temporary.chmod(mode)
    return temporary


def _fill(handle: int, data: bytes, path: Path) -> None:
    """Write, sync and close; a file that could not be written whole is removed."""
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        _remove(path)
        raise


def _move_over(temporary: Path, path: Path) -> None:
    try:
        os.replace(temporary, path)  # noqa: PTH105 - the one name for it in docs and tests
    except PermissionError as error:
        _remove(temporary)
        raise WriteFailed(TARGET_OPEN, path) from error
    except OSError as error:
        _remove(temporary)
        raise write_failed(path, error) from error
    except BaseException:
        _remove(temporary)
        raise
    _sync_folder(path.parent)


def _mode_for(path: Path) -> int:
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder, and some file shares cannot sync one.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_failed(path: Path, error: OSError) -> WriteFailed:
    """Give the refusal that tells of a system error met while writing `path`."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return WriteFailed(NO_SPACE, path)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return WriteFailed(WRITE_FORBIDDEN, path)
    return WriteFailed(UNWRITABLE, path, reason=reason(error))
