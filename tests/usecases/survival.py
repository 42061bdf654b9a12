"""Examine that decisions survive: a command that is killed at any moment, or out of disk, leaves each file old or new.

`python -m tests.usecases.survival [COMMAND...]` runs all points of `consolidate`, `close`, `notice` and `publish`; the suite
runs a few.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any
from unittest import mock

from tests.decisions.books import AMOUNT, REASON, Place, cell_at, load, save
from tests.usecases.archive.samples import ALIKE
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.cli.main import run
from yosan_xl.usecases.archive.record import SecondReadOptions

_WATCHED = ("/yosan_xl/store/", "usecases/decisions/summary_books.py", "/tempfile.py")
_CALLS = {
    *(
        "open",
        "write",
        "fsync",
        "close",
        "flush",
        "stat",
        "lstat",
        "fstat",
        "listdir",
        "scandir",
        "flock",
        "chmod",
    ),
    *(
        "replace",
        "rename",
        "link",
        "unlink",
        "remove",
        "mkdir",
        "rmdir",
        "fdopen",
        "truncate",
        "utime",
    ),
}
"""What asks the system for something; all else is arithmetic, between two of these points."""
_ERROR_EXIT = 70


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child ended: by a signal, or with an exit code."""

    signal: int | None
    code: int | None


def in_child(work: Callable[[], object]) -> Outcome:
    """Do `work` in a process of its own; an exception there is exit code 70."""
    child = os.fork()
    if child == 0:
        code = _ERROR_EXIT
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return Outcome(os.WTERMSIG(status), None)
    return Outcome(None, os.waitstatus_to_exitcode(status))


def killed_at(point: int, work: Callable[[], object]) -> Outcome:
    """Do `work`, killed (-9) at its `point`-th call of the system from a room that writes."""
    return in_child(lambda: _counting(work, point))


def points_of(work: Callable[[], object]) -> int:
    """Give how many such calls `work` makes, doing it once in a child."""
    reading, writing = os.pipe()

    def told() -> None:
        os.write(writing, str(_counting(work, None)).encode())

    outcome = in_child(told)
    os.close(writing)
    count = os.read(reading, 20)
    os.close(reading)
    assert outcome == Outcome(None, 0), outcome
    return int(count)


def within(size: int, work: Callable[[], object], *, dies: bool) -> Outcome:
    """Do `work` where no file may be over `size` bytes: a full disk, or (`dies`) a kill mid-write."""

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL if dies else signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        work()

    return in_child(limited)


def _counting(work: Callable[[], object], stop: int | None) -> int:
    count = 0

    def watch(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal count
        file = frame.f_code.co_filename
        if event == "c_call" and any(one in file for one in _WATCHED):
            count += arg.__name__ in _CALLS
            if count == stop and arg.__name__ in _CALLS:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def spread(most: int, wanted: int) -> Iterator[int]:
    """Give `wanted` numbers from 1 to `most`, evenly (the middle if one); all of them where there are fewer."""
    count = min(most, wanted)
    if count == 1:
        yield (most + 1) // 2
        return
    yield from (1 + at * (most - 1) // max(count - 1, 1) for at in range(count))


STAGES = """
[[stages]]
name = "財政課"
notice = true
edition = "要求状況"

[[stages]]
name = "区長"
edition = "決定状況"
"""
LATE = "0206_国保年金課.xlsx"
IDS = ("0101-1", "0103-1", "0103-2", "0103-3", "0205-1", "0601-1", "0601-2", "0602-1")
ENTRIES: tuple[tuple[str, str, int | str], ...] = (
    *((request, AMOUNT, 300) for request in IDS),
    ("0101-1", REASON, "要求どおり計上する。"),
)
_TEMPORARY, _LOCK = ".yosan-", ".yosan-lock"

Tree = Mapping[str, bytes]


def tree(root: Path) -> Tree:
    """Return every file below a folder, without those that a command was about to write."""
    files = sorted(path for path in root.rglob("*") if path.is_file())
    names = {path.relative_to(root).as_posix(): path for path in files}
    return {name: path.read_bytes() for name, path in names.items() if _TEMPORARY not in name}


_ALIKE = mock.patch(
    "yosan_xl.usecases.archive.record.SecondReadOptions", partial(SecondReadOptions, ALIKE.reader)
)
"""What reads each book again for the archive writes nothing: here it needs no process."""


@_ALIKE
def command(root: Path, *words: str) -> None:
    """Run a command in the year folder, without a word; raise RuntimeError where it refuses."""
    os.chdir(root / "R2")
    os.environ["PATH"] = ""  # a PDF is LibreOffice's own matter, and takes its time
    with Path(os.devnull).open("w") as nowhere:
        kept = os.dup(1), os.dup(2)
        for number in (1, 2):
            os.dup2(nowhere.fileno(), number)
        try:
            run(list(words))
        except SystemExit as stop:
            if stop.code not in (0, 1, None):
                raise RuntimeError(f"{words} ended with {stop.code}") from stop
        finally:
            for number, own in zip((1, 2), kept, strict=True):
                os.dup2(own, number)
                os.close(own)


def typed_year(folder: Path) -> Path:
    """Return a year in whose summary decisions are typed, without a department whose book is beside it."""
    year = make_year(folder / "R2")
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write(STAGES)
    hand_in_filled(year)
    (year / "提出" / LATE).rename(folder / LATE)
    assert in_child(partial(command, folder, "consolidate")) == Outcome(None, 0)
    _type(year / "集計" / "R2_集計.xlsx")
    return year


class Scene:
    """A year in which a command has something to write: what it is before and after, file by file."""

    def __init__(
        self, typed: Path, folder: Path, words: tuple[str, ...], before: tuple[tuple[str, ...], ...]
    ) -> None:
        """Copy the year of `typed_year`, and let a late department change the next summary."""
        self.root, self.words = folder / "root", words
        year = Path(shutil.copytree(typed, self.root / "R2"))
        for each in before:
            self.run(*each)
        shutil.copyfile(typed.parent / LATE, year / "提出" / LATE)
        self.kept = folder / "kept"
        shutil.copytree(self.root, self.kept)
        self.before = tree(self.root)
        self.run(*words)
        self.after = tree(self.root)

    def run(self, *words: str) -> None:
        """Run a command, that of the scene where none is named, in a process of its own."""
        outcome = in_child(partial(command, self.root, *(words or self.words)))
        assert outcome == Outcome(None, 0), (words or self.words, outcome)

    @property
    def work(self) -> Callable[[], None]:
        """Return the command as it is done in a child."""
        return partial(command, self.root, *self.words)

    def reset(self) -> None:
        """Put everything back."""
        shutil.rmtree(self.root)
        shutil.copytree(self.kept, self.root)

    def check(self) -> str:
        """Return how far the command came; raise AssertionError where a file is neither old nor new, or too early."""
        now = tree(self.root)
        for name in {*now, *self.before, *self.after}:
            assert now.get(name) in (self.before.get(name), self.after.get(name)), (
                f"{name}: between"
            )
        for name in now:
            if name.startswith("R2/提出/"):
                assert now[name] == self.before[name], name
        new = {name for name in self.after if self.before.get(name) != self.after[name]}
        written = {name for name in new if now.get(name) == self.after[name]}
        # What is said outside is remembered inside: the history is the first to be written.
        if "R2/査定.json" in new and written:
            early = {
                name for name in written if "査定履歴" in name or "集計" in name or "内示/" in name
            }
            assert "R2/査定.json" in written or not early, early
        return "new" if written == new else "old" if not written else "half way"

    def again(self) -> None:
        """Run the command once more, and assert that all is as if nothing had happened.

        A stage that is closed is only archived by that: its table is made anew by the next consolidate.
        """
        self.run()
        is_closed = self.words == CLOSE
        if is_closed:
            self.run("consolidate")
        now = tree(self.root)
        names = {"R2/査定履歴.csv"} if is_closed else {*now, *self.after}
        assert {n for n in names if now.get(n) != self.after.get(n)} == set()
        assert decided_in(now) == decided_in(self.after)
        left = [path.name for path in self.root.rglob(f"{_TEMPORARY}*") if path.name != _LOCK]
        assert not left, left


def decided_in(files: Tree) -> list[object]:
    """Return what a year's 査定.json says was typed and closed."""
    data = json.loads(files["R2/査定.json"])
    return [data["records"], data["closed"]]


def _type(summary: Path) -> None:
    book = load(summary)
    for request, heading, value in ENTRIES:
        cell = cell_at(book, Place(request, heading))
        assert cell is not None, heading
        cell.value = value
    save(book, summary)


CLOSE = ("stage", "close", "財政課", "--anyway")
SCENES: Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {
    "consolidate": (("consolidate",), ()),
    "close": (CLOSE, ()),
    "notice": (("notice", "0101", "0103", "0205", "0601", "0602"), (CLOSE,)),
    "publish": (("publish", "要求状況"), ()),
}
"""The commands that write decisions, each with those that come before it."""


def examine(scene: Scene, kills: int, sizes: int) -> Iterator[str]:
    """Kill and starve a command, and yield what came of it."""
    scene.reset()
    points = points_of(scene.work)
    states: Counter[str] = Counter()
    for point in spread(points, kills):
        scene.reset()
        assert killed_at(point, scene.work).signal == signal.SIGKILL, point
        states[scene.check()] += 1
        scene.again()
    yield f"kill -9 at {sum(states.values())} of {points} points: {dict(states)}"
    most = max(len(data) for name, data in scene.after.items() if scene.before.get(name) != data)
    for dies in (False, True):
        states.clear()
        for size in spread(most + 2_000, sizes):
            scene.reset()
            within(size, scene.work, dies=dies)
            states[scene.check()] += 1
            scene.again()
        how = "killed in mid-write" if dies else "disk full"
        yield f"{how} at {sum(states.values())} sizes: {dict(states)}"


def main(kills: int = 60, sizes: int = 30) -> None:
    """Run the whole examination and print its figures."""
    with tempfile.TemporaryDirectory() as top:
        typed = typed_year(Path(top))
        for name in sys.argv[1:] or SCENES:
            words, before = SCENES[name]
            scene = Scene(typed, Path(top) / name, words, before)
            for line in examine(scene, kills, sizes):
                print(f"{' '.join(words)}: {line}", flush=True)


if __name__ == "__main__":
    main()
