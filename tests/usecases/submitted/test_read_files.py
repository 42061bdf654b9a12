"""Files read on several processes: the same out, in the same order, and a death costs one book."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.usecases.submitted import read_files as module
from yosan_xl.usecases.submitted.read_files import (
    CHUNK,
    FileResult,
    ReadContext,
    Task,
    processes,
    read_files,
    read_on,
    usual_jobs,
)
from yosan_xl.usecases.year import open_year


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_year(tmp_path_factory.mktemp("pool") / "R2")
    hand_in_filled(made)
    (made / "提出" / "壊.xlsx").write_bytes(b"PK")
    return made


def tasks(year: Path) -> list[Task]:
    return [Task(path, path.name) for path in sorted((year / "提出").iterdir())]


def context(year: Path) -> ReadContext:
    folder = open_year(year)
    return ReadContext(folder.settings.year, folder, checks=True)


class OneAfterTheOther(Executor):
    """Runs at once what is submitted; dies, as a process does, of a book of a certain name."""

    def __init__(self, deadly: str = "") -> None:
        self.deadly, self.is_dead = deadly, False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        if self.is_dead or any(self.deadly == task.name for task in args[0]):
            self.is_dead = True
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(fn(*args, **kwargs))
        return future


def as_alone(year: Path) -> list[FileResult]:
    return list(read_files(tasks(year), context(year)))


def test_read_on__processes_started_anew_give_the_same_in_the_same_order(year: Path) -> None:
    spawned = list(read_on(lambda: processes(2, "spawn"), tasks(year), context(year), 2))
    assert spawned == as_alone(year)
    assert sum(len(found) for found, _ in spawned) == 9
    assert all(one.checked is not None for found, _ in spawned for one in found)


def test_read_on__what_is_done_meanwhile_comes_before_the_first_file(year: Path) -> None:
    order: list[str] = []
    reading = read_on(
        OneAfterTheOther, tasks(year), context(year), 2, lambda: order.append("meanwhile")
    )
    order += [file.name for _, file in reading]
    assert order == ["meanwhile", *(file.name for _, file in as_alone(year))]


def test_read_on__no_process_is_left_when_the_work_is_cut_short(year: Path) -> None:
    before = set(multiprocessing.active_children())
    reading = read_on(lambda: processes(2, "spawn"), tasks(year), context(year), 2)
    next(reading)
    with pytest.raises(KeyboardInterrupt):
        reading.throw(KeyboardInterrupt())  # type: ignore[attr-defined]
    assert set(multiprocessing.active_children()) <= before


@pytest.mark.parametrize("jobs", [1, 2, 50])
def test_read_on__any_executor_gives_the_same(year: Path, jobs: int) -> None:
    assert list(read_on(OneAfterTheOther, tasks(year), context(year), jobs)) == as_alone(year)


def test_yx690__hits_the_one_book_a_process_dies_of(year: Path) -> None:
    deadly = tasks(year)[1].name
    found = list(read_on(lambda: OneAfterTheOther(deadly), tasks(year), context(year), 1))
    told = [(file.name, f.code) for _, file in found for f in file.findings if f.code == "YX690"]
    assert told == [(deadly, "YX690")]
    others = [one for one in as_alone(year) if one[1].name != deadly]
    assert [one for one in found if one[1].name != deadly] == others


def test_yx690__does_not_hit_where_a_process_died_once(year: Path) -> None:
    fresh = iter([OneAfterTheOther(tasks(year)[1].name)])
    found = list(read_on(lambda: next(fresh, OneAfterTheOther()), tasks(year), context(year), 1))
    assert found == as_alone(year)


@pytest.mark.parametrize(
    ("files", "processors", "expected"), [(0, 8, 1), (CHUNK, 8, 1), (CHUNK + 1, 8, 2), (9999, 8, 8)]
)
def test_usual_jobs__few_files_need_no_processes(
    files: int, processors: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "processors", lambda: processors)
    assert usual_jobs(files) == expected
