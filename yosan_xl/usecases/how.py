"""How the files of a run are read: on how many processes of this machine."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.store.cache_file import cache_folder
from yosan_xl.usecases.read_one import Manner, One, Task, read_one

CHUNK = 64
"""Files that go to a process at once: one at a time wins nothing, all at once balances nothing."""

CACHED_FROM = 16
"""Files from which on it is worth while to remember what they gave."""


@dataclass(frozen=True, slots=True, eq=False)
class How:
    """On `jobs` processes; None for as many as are worth while.

    `cache` is the folder of what was read before; without it every file is read. A `scheduler`
    (host:port) of a Dask cluster has its workers read.
    """

    jobs: int | None = 1
    cache: Path | None = None
    scheduler: str | None = None

    def read(self, tasks: Sequence[Task], manner: Manner) -> Generator[One, None, None]:
        """Give what each file holds, in the order of the files."""
        if self.cache is None or len(tasks) < CACHED_FROM:
            yield from self._read_anew(tasks, manner)
        else:
            from yosan_xl.usecases.known import read_known

            yield from read_known(tasks, manner, self.cache, self._read_anew)

    def _read_anew(self, tasks: Sequence[Task], manner: Manner) -> Generator[One, None, None]:
        jobs = usual_jobs(len(tasks)) if self.jobs is None else self.jobs
        if self.scheduler is not None:
            from yosan_xl.usecases.cluster import read_on_cluster

            yield from read_on_cluster(tasks, manner, self.scheduler)
        elif jobs == 1:
            yield from (read_one(task, manner) for task in tasks)
        else:
            # What processes need takes long to import, and one book needs none.
            from yosan_xl.usecases.pool import read_all

            yield from read_all(tasks, manner, jobs)


USUAL = How()
"""One process: what a function does that was not asked otherwise."""


def usual_cache() -> Path:
    """Give the folder where what was read is remembered."""
    return cache_folder()


def usual_jobs(files: int) -> int:
    """Give how many processes are worth while: one for each processor, one for few files."""
    return 1 if files <= CHUNK else min(_processors(), -(-files // CHUNK))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
