"""A summary being written over is the old one or the new one, whatever happens: a few points.

A command is killed at its first, its middle and its last call, and starved at half of its largest file; `sh scripts/exam
survival` does both at many more.
"""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.usecases.survival import (
    SCENES,
    Outcome,
    Scene,
    examine,
    killed_at,
    points_of,
    spread,
    typed_year,
    within,
)
from yosan_xl.store.snapshot import snapshot
from yosan_xl.usecases.decisions.summary_books import keep

pytestmark = pytest.mark.slow

OLD, NEW = b"old" * 1000, b"new" * 20_000


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "集計" / "R2_集計.xlsx"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


def kept(target: Path) -> None:
    keep(target, NEW, snapshot(target).sha256, wait=lambda seconds: None)


def test_keep__killed_at_any_call_the_target_is_whole(target: Path) -> None:
    points = points_of(lambda: kept(target))
    assert points >= 15
    seen = set()
    for point in spread(points, 25):
        # What a killed run left is taken away first, which would be further points.
        for left in target.parent.glob(".yosan-*"):
            left.unlink()
        target.write_bytes(OLD)
        assert killed_at(point, lambda: kept(target)) == Outcome(signal.SIGKILL, None)
        seen.add(target.read_bytes())
    assert seen == {OLD, NEW}
    kept(target)
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("dies", [False, True], ids=["full", "killed"])
def test_keep__in_mid_write_the_target_is_whole(target: Path, dies: bool) -> None:
    seen = set()
    for size in spread(len(NEW) + 100, 12):
        target.write_bytes(OLD)
        within(size, lambda: kept(target), dies=dies)
        seen.add(target.read_bytes())
    assert seen == {OLD, NEW}
    if not dies:
        assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return typed_year(tmp_path_factory.mktemp("typed"))


@pytest.mark.parametrize("name", SCENES)
def test_command__killed_or_without_space_leaves_every_file_old_or_new(
    name: str, typed: Path, tmp_path: Path
) -> None:
    words, before = SCENES[name]
    scene = Scene(typed, tmp_path, words, before)
    assert len(list(examine(scene, kills=2, sizes=1))) == 3
