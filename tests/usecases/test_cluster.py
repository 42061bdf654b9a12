"""Files read by the workers of a Dask cluster: the same bytes out, and a sentence where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster

from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.read_files import ReadOptions


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    hand_in_filled(made)
    return made


@pytest.fixture
def scheduler() -> Iterator[str]:
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
    ) as cluster:
        yield cluster.scheduler_address


def test_cluster__the_summary_is_the_same(year: Path, tmp_path: Path, scheduler: str) -> None:
    alone, together = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    first = consolidate([year], year, alone, options=ReadOptions())
    second = consolidate([year], year, together, options=ReadOptions(scheduler=scheduler))
    assert second.counted == first.counted == 9
    assert together.read_bytes() == alone.read_bytes()


def test_yx691__hits_without_the_library(year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongInput, match=r"YX691 .*distributed.*pip install 'yosan-xl\[cluster\]'"):
        consolidate([year], year, options=ReadOptions(scheduler="127.0.0.1:8786"))


def test_yx691__hits_an_address_that_makes_no_sense(year: Path) -> None:
    with pytest.raises(WrongInput, match="YX691 誤り --scheduler の「nonsense://x」は使えません"):
        consolidate([year], year, options=ReadOptions(scheduler="nonsense://x"))


def test_yx691__does_not_hit_a_scheduler_with_workers(year: Path, scheduler: str) -> None:
    done = consolidate([year], year, options=ReadOptions(scheduler=scheduler))
    assert not [finding for finding in done.findings if finding.code == "YX691"]
