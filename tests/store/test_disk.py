"""What a folder lies on, and what can be done there."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.windows import windows
from yosan_xl.store import system
from yosan_xl.store.disk import free_bytes, share_of, try_writing, windows_share

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /run tmpfs rw 0 0
//server/zaisei /mnt/share cifs rw 0 0
server:/export /mnt/nfs nfs4 rw 0 0
/dev/sdb1 /mnt/share/own ext4 rw 0 0
//server/yosan /mnt/財政課\\040共有 smb3 rw 0 0
host: /mnt/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "share"),
    [
        ("/home/R9", None),
        ("/mnt/share/R9", "//server/zaisei cifs"),
        ("/mnt/shared/R9", None),
        ("/mnt/nfs", "server:/export nfs4"),
        ("/mnt/share/own/R9", None),
        ("/mnt/財政課 共有/R9", "//server/yosan smb3"),
        ("/mnt/far/R9", "host: fuse.sshfs"),
    ],
)
def test_share__is_that_of_the_innermost_mount(folder: str, share: str | None) -> None:
    assert share_of(Path(folder), MOUNTS) == share


def test_share__of_this_machine_can_be_asked_for(tmp_path: Path) -> None:
    assert share_of(tmp_path) is None or share_of(tmp_path)


@pytest.mark.parametrize(
    ("place", "kind", "share"),
    [
        ("\\\\server\\財政課\\R9", 0, "\\\\server\\財政課"),
        ("\\\\?\\UNC\\server\\財政課\\R9", 0, "\\\\server\\財政課"),
        ("Z:\\R9", 4, "ネットワークドライブ Z:"),
        ("C:\\R9", 3, None),
        ("\\\\?\\C:\\R9", 3, None),
        ("E:\\R9", 2, None),
    ],
)
def test_share__of_windows_is_a_unc_path_or_a_network_drive(
    place: str, kind: int, share: str | None
) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return kind

    assert windows_share(place, drive_type) == share
    assert asked in ([], [f"{place.removeprefix(chr(92) * 2 + '?' + chr(92))[:2]}\\"])


def test_writing__leaves_nothing_behind(tmp_path: Path) -> None:
    assert try_writing(tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_writing__on_windows_leaves_nothing_behind_too(tmp_path: Path) -> None:
    with windows():
        assert try_writing(tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_writing__that_is_forbidden_raises_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(PermissionError):
        try_writing(tmp_path)
    assert [*tmp_path.iterdir()] == []


def _unknown(_: int) -> None:
    raise OSError(errno.ENOLCK, "no locks")


@pytest.mark.parametrize("lock", [_unknown, lambda _: None])
def test_lock__that_is_unknown_or_keeps_nobody_off_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lock: Callable[[int], None]
) -> None:
    monkeypatch.setattr(system, "lock", lock)
    assert not try_writing(tmp_path)


def test_free_bytes__of_a_folder(tmp_path: Path) -> None:
    assert free_bytes(tmp_path) > 0
    with pytest.raises(FileNotFoundError):
        free_bytes(tmp_path / "none")
