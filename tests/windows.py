"""Windows, as far as Linux can play it: what it refuses while a file is open, its locks of bytes, its names, its numbers of errors."""

from __future__ import annotations

import errno
import fcntl
import os
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from yosan_xl.store import system

DENIED, SHARING, NO_PATH, FULL = 5, 32, 3, 112
_NUMBERS = {
    DENIED: errno.EACCES,
    SHARING: errno.EACCES,
    NO_PATH: errno.ENOENT,
    206: errno.ENOENT,
    FULL: errno.ENOSPC,
    39: errno.EINVAL,
    64: errno.EINVAL,
}


def refused(number: int, path: object = None) -> OSError:
    """Return an error as Python on Windows raises it."""
    error = OSError(_NUMBERS[number], "refused", str(path))
    error.winerror = number  # type: ignore[attr-defined,unused-ignore]
    return error


def _locking(handle: int, mode: int, count: int) -> None:
    """Lock bytes from where the handle stands, for this handle alone: as Windows does (and Linux, for open descriptions)."""
    kind = fcntl.F_UNLCK if mode == MSVCRT.LK_UNLCK else fcntl.F_WRLCK
    start = os.lseek(handle, 0, os.SEEK_CUR)
    region = struct.pack("hhqqi4x", kind, os.SEEK_SET, start, count, 0)
    try:
        fcntl.fcntl(handle, fcntl.F_OFD_SETLK, region)
    except BlockingIOError as error:
        raise PermissionError(errno.EACCES, "locked") from error


MSVCRT = SimpleNamespace(LK_UNLCK=0, LK_NBLCK=2, locking=_locking)


def held(path: Path) -> bool:
    """Return whether this process has `path`, or a file below it, open."""
    place = os.path.realpath(path)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            target = os.readlink(f"/proc/self/fd/{name}")  # noqa: PTH115
        except OSError:
            continue
        if target == place or target.startswith(place + os.sep):
            return True
    return False


def _refusing(real: Callable[..., Any], paths: int, *, anew: bool = False) -> Callable[..., Any]:
    def act(*arguments: Any, **options: Any) -> Any:
        for path in arguments[:paths]:
            if held(Path(path)):
                raise refused(SHARING, path)
        if anew and os.path.lexists(arguments[1]):
            raise FileExistsError(errno.EEXIST, "there", str(arguments[1]))
        return real(*arguments, **options)

    return act


@contextmanager
def windows() -> Iterator[None]:
    """Let the program believe that it runs on Windows, whose disk moves and removes nothing that is open."""
    patches = (
        mock.patch.object(system, "IS_WINDOWS", True),
        mock.patch.object(system, "BY_HANDLE", False),
        mock.patch.object(system, "_PAUSES", ()),
        mock.patch.dict(sys.modules, {"msvcrt": MSVCRT}),
        mock.patch("os.replace", _refusing(os.replace, 2)),
        mock.patch("os.rename", _refusing(os.rename, 2, anew=True)),
        mock.patch("os.unlink", _refusing(os.unlink, 1)),
        mock.patch("os.rmdir", _refusing(os.rmdir, 1)),
        mock.patch("os.fchmod", None),
        mock.patch("shutil._use_fd_functions", False),
    )
    for patch in patches:
        patch.start()
    try:
        yield
    finally:
        for patch in reversed(patches):
            patch.stop()
