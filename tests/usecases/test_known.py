"""Files that were read before: not read again, and nothing that a cache can do changes the result."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.usecases.year import make_year
from yosan_xl.model.finding import Finding
from yosan_xl.store import cache_file
from yosan_xl.usecases import how
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.gathered import Gathered
from yosan_xl.usecases.how import USUAL, How
from yosan_xl.usecases.read_one import Manner, One, Task, read_one
from yosan_xl.usecases.remembered import from_line, to_line
from yosan_xl.usecases.year import open_year


class Counted:
    """A way of reading that remembers, and the names of the files that it did read."""

    def __init__(self, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.how, self.read = How(1, cache), list[str]()
        monkeypatch.setattr(how, "CACHED_FROM", 0)
        monkeypatch.setattr(how, "read_one", self._one)

    def _one(self, task: Task, manner: Manner) -> One:
        self.read.append(task.name)
        return read_one(task, manner)

    def again(self, tasks: Sequence[Task], manner: Manner) -> tuple[list[One], list[str]]:
        """Give what the files hold, and which of them were read for that."""
        self.read.clear()
        return list(self.how.read(tasks, manner)), list(self.read)


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(tmp_path / "cache", monkeypatch)


@pytest.fixture
def year(tmp_path: Path) -> Path:
    made = make_year(tmp_path / "R2")
    fill(made / "requests.json", made / "提出")
    shutil.copy(made / "requests.json", made / "提出")
    return made


def tasks(year: Path) -> list[Task]:
    return [Task(path, path.name) for path in sorted((year / "提出").iterdir())]


def manner(year: Path) -> Manner:
    folder = open_year(year)
    return Manner(folder.settings.year, folder, checks=True)


def everything(read: Sequence[One]) -> Iterator[object]:
    """Give all that is remembered, also what findings do not compare."""
    for requests, file in read:
        yield requests, file
        for one in (*file.findings, *(f for r in requests for f in _findings(r))):
            yield one.kind, dict(one.facts)


def _findings(item: Gathered) -> tuple[Finding, ...]:
    return (*item.findings, *(item.checked or ()))


def test_known__an_unchanged_file_is_not_read_again(year: Path, counted: Counted) -> None:
    first, read = counted.again(tasks(year), manner(year))
    assert read == [task.name for task in tasks(year)]
    second, read = counted.again(tasks(year), manner(year))
    assert read == []
    assert list(everything(second)) == list(everything(first))


def test_known__a_changed_and_a_renamed_file_are_read_again(year: Path, counted: Counted) -> None:
    counted.again(tasks(year), manner(year))
    changed, renamed, *_ = [task.path for task in tasks(year)]
    changed.write_bytes(changed.read_bytes() + b"\0")
    renamed.rename(renamed.with_stem("別名"))
    found, read = counted.again(tasks(year), manner(year))
    assert sorted(read) == sorted([changed.name, f"別名{renamed.suffix}"])
    assert found == [read_one(task, manner(year)) for task in tasks(year)]


def test_known__other_settings_are_another_reading(year: Path, counted: Counted) -> None:
    counted.again(tasks(year), manner(year))
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"新規事業", ', ""), encoding="utf-8")
    found, read = counted.again(tasks(year), manner(year))
    assert len(read) == len(tasks(year))
    assert found == [read_one(task, manner(year)) for task in tasks(year)]


def test_known__another_program_reads_anew(
    year: Path, counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted.again(tasks(year), manner(year))
    monkeypatch.setattr(cache_file, "__version__", "999")
    assert len(counted.again(tasks(year), manner(year))[1]) == len(tasks(year))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"0", b"1"),
        lambda data: data[::-1],
        lambda data: b"\0" * len(data),
    ],
)
def test_known__a_damaged_cache_is_made_anew(
    damage: object, year: Path, counted: Counted, tmp_path: Path
) -> None:
    first, _ = counted.again(tasks(year), manner(year))
    (cache,) = (tmp_path / "cache").iterdir()
    whole = cache.read_bytes()
    cache.write_bytes(damage(whole))  # type: ignore[operator]
    second, read = counted.again(tasks(year), manner(year))
    assert second == first
    assert read
    assert sorted(cache.read_bytes().splitlines()) == sorted(whole.splitlines())


def test_known__a_file_that_cannot_be_read_is_tried_again(year: Path, counted: Counted) -> None:
    (year / "提出" / "壊.xlsx").write_bytes(b"PK")
    counted.again(tasks(year), manner(year))
    assert counted.again(tasks(year), manner(year))[1] == ["壊.xlsx"]


def test_known__a_cache_that_cannot_be_written_is_no_fault(
    year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    counted = Counted(tmp_path / "file", monkeypatch)
    assert len(counted.again(tasks(year), manner(year))[0]) == len(tasks(year))


def test_known__the_summary_is_the_same(year: Path, counted: Counted, tmp_path: Path) -> None:
    summaries = []
    for number, way in enumerate((USUAL, counted.how, counted.how)):
        out = tmp_path / f"{number}.xlsx"
        consolidate([year], year, out, how=way)
        summaries.append(out.read_bytes())
    assert summaries[0] == summaries[1] == summaries[2]


@pytest.mark.parametrize("line", [b"", b"[]", b"[[],[]]", b"[[[]],[]]", b"\xff", b"[" * 100_000])
def test_from_line__what_makes_no_sense_is_nothing(line: bytes) -> None:
    assert from_line(line) is None


def test_to_line__what_json_would_not_give_back_is_not_remembered(year: Path) -> None:
    requests, file = read_one(tasks(year)[0], manner(year))
    odd = Gathered({"title": {1, 2}}, "a", "b")
    assert to_line((requests, file)) is not None
    assert to_line(([odd], file)) is None
