"""One lock on an archive, that the system takes away with the process that holds it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from yosan_xl.store.archive import codes
from yosan_xl.store.archive.shelf import LOCK_NAME
from yosan_xl.store.faults import PathError, reason
from yosan_xl.store.write import write_failed

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
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise write_failed(root, error) from error
    try:
        _take(handle, root)
        yield
    finally:
        os.close(handle)


def _take(handle: int, root: Path) -> None:
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _TAKEN:
            raise Locked(codes.LOCKED, root) from error
        raise Locked(codes.NO_LOCK, root, reason=reason(error)) from error


if sys.platform == "win32":  # pragma: no cover
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
