"""Whatever stands in place of a file or folder that a command reads, writes or removes: nothing else is changed or waited for."""

from __future__ import annotations

import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.archive.samples import json_year
from yosan_xl.cli.main import main

COMMANDS = (
    "status R2",
    "consolidate R2",
    "generate R2 --department 税務課 --force",
    "archive add R2 --stage 内示",
    "archive verify --archive 保存庫",
    "archive restore R2 --archive 保存庫 -o again",
)
KINDS = ("link", "loop", "pipe", "device", "other", "gone")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a year with every file that a year has, and an archive with it."""
    folder = tmp_path_factory.mktemp("base")
    year = json_year(folder / "R2")
    for command in (
        "generate {} --department 税務課",
        "consolidate {}",
        "page {}",
        "export {}",
        "archive add {}",
    ):
        main.main(command.format(year).split(), standalone_mode=False)
    (year / "対応表.csv").write_text("種類,前,後\n", encoding="utf-8")
    (year / "差戻し").mkdir(exist_ok=True)
    return folder


@pytest.fixture
def in_time() -> Iterator[None]:
    """Let nothing wait for more than a minute."""
    signal.alarm(120)
    yield
    signal.alarm(0)


def _contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.lstat().st_mode, _bytes(path))
        for path in sorted(folder.rglob("*"))
    }


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else b""


def _replace(path: Path, kind: str, victim: Path) -> None:
    is_folder = path.is_dir()
    shutil.rmtree(path) if is_folder else path.unlink()
    if kind == "link":
        path.symlink_to(victim if is_folder else victim / "file")
    elif kind == "loop":
        path.symlink_to(path.name)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "other":
        path.write_bytes(b"x") if is_folder else path.mkdir()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("in_time")
def test_place__whatever_stands_there_nothing_outside_is_changed_or_waited_for(
    kind: str, base: Path, tmp_path: Path, yosan: Yosan, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    (victim / "content").mkdir(parents=True)
    (victim / "file").write_bytes(b"precious")
    before = _contents(victim)
    places = sorted(path.relative_to(base) for path in base.rglob("*"))
    assert len(places) > 30
    for at, place in enumerate(places):
        # Each place with two of the commands, all of them over all places.
        for command in (COMMANDS[at % len(COMMANDS)], COMMANDS[(at + 3) % len(COMMANDS)]):
            work = tmp_path / "work"
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(base, work)
            _replace(work / place, kind, victim)
            monkeypatch.chdir(work)
            done = yosan(*command.split())
            assert done.code in (0, 1, 2), (place, command, done.err)
            assert _contents(victim) == before, (place, command)
            monkeypatch.chdir(tmp_path)
