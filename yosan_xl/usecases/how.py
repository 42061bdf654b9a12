"""How the files of a run are read: on how many processes of this machine."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from yosan_xl.usecases.read_one import Manner, One, Task, read_one

CHUNK = 64
"""Files that go to a process at once: one at a time wins nothing, all at once balances nothing."""


@dataclass(frozen=True, slots=True)
class How:
    """`jobs` processes; None for as many as are worth while."""

    jobs: int | None = 1

    def read(self, tasks: Sequence[Task], manner: Manner) -> Generator[One, None, None]:
        """Give what each file holds, in the order of the files."""
        jobs = usual_jobs(len(tasks)) if self.jobs is None else self.jobs
        if jobs == 1:
            yield from (read_one(task, manner) for task in tasks)
        else:
            # What processes need takes long to import, and one book needs none.
            from yosan_xl.usecases.pool import read_all

            yield from read_all(tasks, manner, jobs)


USUAL = How()
"""One process: what a function does that was not asked otherwise."""


def usual_jobs(files: int) -> int:
    """Give how many processes are worth while: one for each processor, one for few files."""
    return 1 if files <= CHUNK else min(_processors(), -(-files // CHUNK))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
