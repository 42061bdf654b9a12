"""One lock on an archive, that the system takes away with the process that holds it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yosan_xl.store.archive import codes
from yosan_xl.store.archive.shelf import LOCK_NAME
from yosan_xl.store.faults import PathError, reason
from yosan_xl.store.files import NotAFile
from yosan_xl.store.temporary import lock
from yosan_xl.store.write import write_failed

_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


class Locked(PathError):
    """An archive that another process writes to (YX640), or that cannot be locked (YX653)."""


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the archive's lock; raise Locked at once where another has it, or WriteFailed.

    The file of the lock stays: to remove it would let two hold a lock, each on a file of its own.
    """
    path = root / LOCK_NAME
    try:
        if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
            raise NotAFile(path)
        handle = os.open(path, _FLAGS, 0o666)
    except OSError as error:
        raise write_failed(root, error) from error
    try:
        _take(handle, root)
        yield
    finally:
        os.close(handle)


def _take(handle: int, root: Path) -> None:
    try:
        lock(handle)
    except OSError as error:
        if error.errno in _TAKEN:
            raise Locked(codes.LOCKED, root) from error
        raise Locked(codes.NO_LOCK, root, reason=reason(error)) from error
