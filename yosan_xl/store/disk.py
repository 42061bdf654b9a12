"""What a folder lies on: share or own disk, whether files can be made, replaced and locked there, and how much room is left."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable
from pathlib import Path

from yosan_xl.store import system
from yosan_xl.store.temporary import temporary_file

_MOUNTS = Path("/proc/self/mounts")
_SHARED = re.compile(
    r"nfs[0-9]*|cifs|smb[0-9a-z]*|9p|afs|ceph|fuse\.(?:sshfs|glusterfs|s3fs|rclone)"
)
_CONTENT = b"yosan-xl\n"
_REMOTE = 4
"""DRIVE_REMOTE of Windows' GetDriveType."""


def share_of(folder: Path, mounts: str | None = None) -> str | None:
    """Return what the file share is called on which a folder lies, None on a disk of this machine's own.

    `mounts` is the system's table where it is not to be read.
    """
    place = Path(os.path.realpath(folder))
    if system.IS_WINDOWS:  # pragma: no cover - windows_share is tested
        return windows_share(str(place))
    if mounts is None:
        if not _MOUNTS.is_file():
            return None
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    return _mounted(place, mounts)


def windows_share(place: str, drive_type: Callable[[str], int] | None = None) -> str | None:
    """Return the share of an absolute Windows path: of `\\\\server\\share`, or of a drive letter that stands for one."""
    place = re.sub(r"^\\\\\?\\UNC\\", r"\\\\", place).removeprefix("\\\\?\\")
    if found := re.match(r"\\\\[^\\]+\\[^\\]+", place):
        return found[0]
    drive = place[:2]
    kind = (drive_type or _drive_type)(f"{drive}\\")
    return f"ネットワークドライブ {drive}" if kind == _REMOTE else None


def _drive_type(root: str) -> int:  # pragma: no cover - Windows
    import ctypes

    windows = getattr(ctypes, "windll")  # noqa: B009 - there only on Windows, also for mypy
    return int(windows.kernel32.GetDriveTypeW(root))


def _mounted(place: Path, mounts: str) -> str | None:
    """Return the device and kind of the share that holds a path, by the lines of /proc/mounts."""
    longest: tuple[int, str | None] = (-1, None)
    for line in mounts.splitlines():
        device, point, kind, *_ = map(_unescaped, line.split(" "))
        if place.is_relative_to(point) and len(point) >= longest[0]:
            longest = len(point), f"{device} {kind}" if _SHARED.fullmatch(kind) else None
    return longest[1]


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)


def try_writing(folder: Path) -> bool:
    """Make two files, put one in place of the other and remove it; return whether a lock keeps others off.

    Raises OSError where that cannot be done.
    """
    with temporary_file(folder) as old:
        old.write(_CONTENT, 0o600)
        is_locked = _is_locked(old.path)
        with temporary_file(
            folder
        ) as new:  # which sweeps away the first where locks keep nobody off
            new.write(_CONTENT, 0o600)
            old.close()
            try:
                new.move_over(old.path)
            finally:
                with contextlib.suppress(FileNotFoundError):
                    old.path.unlink()
    return is_locked


def _is_locked(path: Path) -> bool:
    """Return whether a second lock on a file that is locked is refused."""
    handle = os.open(path, system.CHANGE_IN_PLACE)
    try:
        system.lock(handle)
    except OSError as error:
        return system.is_taken(error)
    finally:
        system.close(handle)
    return False


def free_bytes(folder: Path) -> int:
    """Return how many bytes can still be written; raise OSError."""
    from shutil import disk_usage

    return disk_usage(folder).free
