"""What Windows and POSIX do differently with files: locks, replacing and renaming, flags of opening, refusals.

Everything else asks this module, and no other asks which system it runs on to lock, to open or to replace.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

IS_WINDOWS = bool(sys.platform == "win32")

BY_HANDLE = {os.open, os.unlink, os.rmdir, os.stat} <= os.supports_dir_fd
"""Whether what is in an open folder can be named by that; on Windows no folder can be opened."""


def _flags(*names: str) -> int:
    """Return those of the flags of opening that this system has."""
    return sum(getattr(os, name, 0) for name in names)


# Without O_BINARY Windows would write every line end as two characters.
_PLAIN = _flags("O_BINARY", "O_CLOEXEC")
READ = os.O_RDONLY | _PLAIN | _flags("O_NONBLOCK", "O_NOCTTY")
"""To read: a pipe is not waited for."""
READ_IN_PLACE = READ | _flags("O_NOFOLLOW")
"""To read what stands there itself: no link is followed."""
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN
"""To write a file that is not there yet."""
CHANGE_IN_PLACE = os.O_RDWR | _PLAIN | _flags("O_NONBLOCK", "O_NOFOLLOW")
"""To hold a lock on what stands there itself."""
FOLDER_IN_PLACE = os.O_RDONLY | _PLAIN | _flags("O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK")
"""To open a folder, where BY_HANDLE."""

_LOCKED_BYTE = 1 << 30
"""Windows locks bytes, for reading too, and from where a handle stands: all lock one byte far behind the content."""

_TAKEN = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def lock(handle: int) -> None:
    """Lock an open file at once, until `close`; raise OSError where another holds it or none can be had."""
    if IS_WINDOWS:
        _lock_byte(handle, "LK_NBLCK")
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_taken(error: OSError) -> bool:
    """Return whether `lock` failed because another holds the lock."""
    return error.errno in _TAKEN


def close(handle: int) -> None:
    """Close a file that may be locked; raise OSError."""
    try:
        if IS_WINDOWS:  # it lets go of a lock when it finds time to, unless it is told
            _lock_byte(handle, "LK_UNLCK")
    except OSError:
        pass  # it was not locked
    finally:
        os.close(handle)


def _lock_byte(handle: int, mode: str) -> None:
    msvcrt: Any = importlib.import_module("msvcrt")
    stands = os.lseek(handle, 0, os.SEEK_CUR)
    os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
    try:
        msvcrt.locking(handle, getattr(msvcrt, mode), 1)
    finally:
        os.lseek(handle, stands, os.SEEK_SET)


_DENIED, _SHARING, _REGION = 5, 32, 33
_HELD = (_SHARING, _REGION)
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds between tries: a virus scanner or an indexer lets go of a new file within them, Excel does not."""

Wait = Callable[[float], object]


def replace(old: Path, new: Path, wait: Wait = time.sleep) -> None:
    """Put a file in place of another in one step; raise OSError."""
    _patiently(lambda: os.replace(old, new), wait)  # noqa: PTH105 - the one name for it in docs and tests


def rename(old: Path, new: Path, wait: Wait = time.sleep) -> None:
    """Rename a folder; there must be nothing of that name. Raises OSError."""
    _patiently(lambda: old.rename(new), wait)


def _patiently(act: Callable[[], object], wait: Wait) -> None:
    """Do what Windows refuses while anybody has the file open, again after each pause; elsewhere nothing is tried twice."""
    for seconds in _PAUSES:
        try:
            act()
        except PermissionError as error:
            if _number(error) not in (_DENIED, *_HELD):
                raise
        else:
            return
        wait(seconds)
    act()


def set_mode(path: Path, handle: int, mode: int) -> None:
    """Give an open file of ours a mode; raise OSError. On Windows that says no more than whether it is read-only."""
    if IS_WINDOWS:
        path.chmod(mode)
    else:
        os.fchmod(handle, mode)


def mode_aside() -> int:
    """Return the mode of a folder in which something is made that is then moved to its place.

    Nobody else may enter it; but on Windows what is moved would keep that (since Python 3.11.10), and shut out colleagues.
    """
    return 0o777 if IS_WINDOWS else 0o700


def is_mine(found: os.stat_result) -> bool:
    """Return whether a file belongs to who runs the program; on Windows the folder's rights decide."""
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()


def is_held(error: OSError) -> bool:
    """Return whether Windows refused because another program has the file open."""
    return _number(error) in _HELD


def is_full(error: OSError) -> bool:
    """Return whether a disk, or what one may use of it, is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT) or _number(error) in (39, 112, 1295)


def is_nowhere(error: OSError) -> bool:
    """Return whether Windows found no place of that name: what it also says of a path that is too long for it."""
    return _number(error) in (2, 3, 206)


def reason_on_windows(error: OSError) -> str | None:
    """Return in Japanese why Windows refused; None where its number is none of ours, and elsewhere."""
    return _REASONS.get(_number(error) or 0)


_AWAY = "共有フォルダーにつながりません"
_REASONS = {
    19: "書き込みが禁じられた媒体です",
    21: "ドライブの準備ができていません",
    **dict.fromkeys(_HELD, "ほかのプログラムが開いています"),
    **dict.fromkeys((51, 53, 59, 64, 67, 121, 1231), _AWAY),
    123: "使えない文字が名前にあります",
    206: "名前か場所が長すぎます",
    267: "途中の名前がフォルダーではありません",
}
"""https://learn.microsoft.com/windows/win32/debug/system-error-codes"""


def _number(error: OSError) -> int | None:
    return getattr(error, "winerror", None)
