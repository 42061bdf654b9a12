"""How the files of a run are read: on how many processes of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

from yosan_xl.usecases.read_one import Manner, One, Task, read_one

CHUNK = 64
"""Files that go to a process at once: one at a time wins nothing, all at once balances nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class How:
    """On `jobs` processes; None for as many as are worth while.

    A `scheduler` (host:port) of a Dask cluster has its workers read. `meanwhile` is called in this
    process once others have begun to read.
    """

    jobs: int | None = 1
    scheduler: str | None = None
    meanwhile: Callable[[], object] = lambda: None

    def read(self, tasks: Sequence[Task], manner: Manner) -> Generator[One, None, None]:
        """Give what each file holds, in the order of the files."""
        jobs = usual_jobs(len(tasks)) if self.jobs is None else self.jobs
        if self.scheduler is not None:
            from yosan_xl.usecases.cluster import read_on_cluster

            yield from read_on_cluster(tasks, manner, self.scheduler)
        elif jobs == 1:
            yield from (read_one(task, manner) for task in tasks)
        else:
            # What processes need takes long to import, and one book needs none.
            from yosan_xl.usecases.pool import read_all

            yield from read_all(tasks, manner, jobs, meanwhile=self.meanwhile)


USUAL = How()
"""One process: what a function does that was not asked otherwise."""


def usual_jobs(files: int) -> int:
    """Give how many processes are worth while: one for each processor, one for few files."""
    return 1 if files <= CHUNK else min(processors(), -(-files // CHUNK))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
