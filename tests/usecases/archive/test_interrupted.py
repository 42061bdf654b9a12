from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.archive.faulty import EIO, ENOSPC, FailingFrom
from tests.usecases.archive.interrupted import Scene
from tests.usecases.archive.samples import json_year, put, stages
from tests.usecases.year import ROOT
from yosan_xl.store.archive.shelf import HEAD_NAME
from yosan_xl.store.archive.staging import locked
from yosan_xl.usecases.archive.verify import verify
from yosan_xl.usecases.errors import WrongInput

pytestmark = pytest.mark.slow

POINTS = 25


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    return Scene(tmp_path_factory.mktemp("scene"))


def _points(scene: Scene, seed: int) -> list[int]:
    """Give calls to stop at: the first, the last, the rest drawn with a fixed seed."""
    assert scene.calls > 100
    drawn = random.Random(seed).sample(range(2, scene.calls), POINTS - 2)
    return sorted([1, *drawn, scene.calls])


def test_killed_anywhere__nothing_is_half_there_and_the_next_start_ends_alike(
    scene: Scene,
) -> None:
    for n in _points(scene, 1):
        scene.killed(n)


@pytest.mark.parametrize(("number", "times"), [(EIO, 1), (ENOSPC, 1), (ENOSPC, 10_000)])
def test_failing_disk__nothing_is_half_there_and_the_next_start_ends_alike(
    scene: Scene, number: int, times: int
) -> None:
    for n in _points(scene, number):
        scene.failing(n, number, times)


def test_full_disk__is_said(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX082"):
        put(json_year(tmp_path / "R2"), files=FailingFrom(1, ENOSPC, 10_000))


def test_head__that_cannot_be_written_is_told_and_the_stage_is_kept(scene: Scene) -> None:
    work = scene.copy(scene.work)
    done = put(work / "R2", "内示", FailingFrom(scene.calls - 3, EIO, 100))
    (finding,) = done.findings
    assert (finding.code, Path(finding.place.file).name) == ("YX083", HEAD_NAME)
    assert stages(work / "保存庫") == ["R2/要求", "R2/内示"]
    assert verify(work / "保存庫").findings == ()


def test_yx640__hits_the_second_of_two_at_once(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    put(year)
    with locked(tmp_path / "保存庫"), pytest.raises(WrongInput, match="YX640"):
        put(year, "内示")
    assert stages(tmp_path / "保存庫") == ["R2/要求"]


def test_yx640__does_not_hit_after_its_holder_died(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    put(year)
    root = tmp_path / "保存庫"
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from yosan_xl.store.archive.staging import locked\n"
        "with locked(Path(sys.argv[1])):\n    os._exit(9)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code, root], env=environment, check=False)
    assert done.returncode == 9
    assert put(year, "内示").is_new


def test_yx653__hits_a_share_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: int) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr("yosan_xl.store.system.lock", refuse)
    with pytest.raises(WrongInput, match="YX653"):
        put(json_year(tmp_path / "R2"))


def test_yx653__does_not_hit_an_ordinary_disk(tmp_path: Path) -> None:
    assert put(json_year(tmp_path / "R2")).is_new


def test_read_only_share__is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    year = json_year(tmp_path / "R2")
    put(year)

    def refuse(*_: object) -> int:
        raise OSError(30, "read-only")

    monkeypatch.setattr(os, "open", refuse)
    with (
        pytest.raises(WrongInput, match="YX081 誤り 「保存庫」を書く権限がありません。"),
        locked(tmp_path / "保存庫"),
    ):
        pass
