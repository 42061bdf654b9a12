"""How the files of a run are read: on how many processes of this machine."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

from yosan_xl.usecases.pool import read_all, usual_jobs
from yosan_xl.usecases.read_one import Manner, One, Task


@dataclass(frozen=True, slots=True)
class How:
    """`jobs` processes; None for as many as are worth while."""

    jobs: int | None = 1

    def read(self, tasks: Sequence[Task], manner: Manner) -> Generator[One, None, None]:
        """Give what each file holds, in the order of the files."""
        jobs = usual_jobs(len(tasks)) if self.jobs is None else self.jobs
        yield from read_all(tasks, manner, jobs)


USUAL = How()
"""One process: what a function does that was not asked otherwise."""
