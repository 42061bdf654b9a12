"""Examine that a summary survives: killed at any moment, out of disk, it is the old one or the new.

`python -m tests.usecases.survival` runs all points on a whole `consolidate`; the suite runs a few.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from tests.usecases.typing import shown, type_in
from tests.usecases.year import make_year
from yosan_xl.store.ledger import read_ledger
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill

ENTRY = ("0602-1", "予算額", None)
_WATCHED = (
    "store/write.py",
    "store/files.py",
    "store/temporary.py",
    "usecases/summary_books.py",
    "store/ledger.py",
    "/tempfile.py",
)
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
    """Do `work`, killed (-9) at its `point`-th call of the system from a file that writes."""
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

    def watch(frame: FrameType, event: str, _: Any) -> None:
        nonlocal count
        if event == "c_call" and frame.f_code.co_filename.endswith(_WATCHED):
            count += 1
            if count == stop:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def spread(most: int, wanted: int) -> Iterator[int]:
    """Give `wanted` numbers from 1 to `most`, evenly; all of them where there are fewer."""
    count = min(most, wanted)
    yield from (1 + at * (most - 1) // max(count - 1, 1) for at in range(count))


def _year(folder: Path) -> Path:
    year = make_year(folder / "R2")
    fill(year / "requests.json", year / "提出")
    return year


class Exam:
    """A year whose summary has an entry, and a late department that changes the next one."""

    def __init__(self, folder: Path) -> None:
        """Make the year, the summary, and what the next summary will be."""
        self.year = _year(folder)
        late = self.year / "提出" / "0206_国保年金課.xlsx"
        aside = late.rename(folder / late.name)
        self.summary = self.run().summary
        type_in(self.summary, {ENTRY: 4_000})
        aside.rename(late)
        self.old = self.summary.read_bytes()
        self.new = self.run().summary.read_bytes()
        assert self.new != self.old

    def run(self) -> Any:
        """Consolidate the year."""
        return consolidate([self.year], self.year, wait=lambda seconds: None)

    def check(self) -> str:
        """Give which summary is there; raise AssertionError where it is neither."""
        data = self.summary.read_bytes()
        assert data in (self.old, self.new), "neither the old summary nor the new one"
        assert shown(self.summary, *ENTRY) == 4_000
        read_ledger(self.year)
        return "new" if data == self.new else "old"

    def reset(self) -> None:
        """Put the old summary back and take away what a killed run left."""
        for path in (*self.summary.parent.iterdir(), *self.year.glob(".yosan-*")):
            path.unlink()
        self.summary.write_bytes(self.old)


def main(kills: int = 50, sizes: int = 30) -> None:
    """Run the whole examination and print its figures."""
    with tempfile.TemporaryDirectory() as folder:
        exam = Exam(Path(folder))
        exam.reset()
        points = points_of(exam.run)
        states = {"old": 0, "new": 0}
        for point in spread(points, kills):
            exam.reset()
            assert killed_at(point, exam.run).signal == signal.SIGKILL, point
            states[exam.check()] += 1
        print(f"kill -9 at {sum(states.values())} of {points} points: {states}")
        for dies in (False, True):
            states = {"old": 0, "new": 0}
            for size in spread(len(exam.new) + 2_000, sizes):
                exam.reset()
                outcome = within(size, exam.run, dies=dies)
                state = exam.check()
                assert (outcome == Outcome(None, 0)) == (state == "new"), (size, outcome)
                states[state] += 1
            print(f"{'killed in mid-write' if dies else 'disk full'} at {sizes} sizes: {states}")
        exam.run()
        exam.check()


if __name__ == "__main__":
    main()
