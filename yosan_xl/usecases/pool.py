"""Many files on several processors: chunks of files over processes, or over any executor.

What comes out is the same, in the same order, for every number of processes. A process that dies
costs one book: the one that is told.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from dataclasses import replace

from yosan_xl.model.finding import Place
from yosan_xl.usecases import codes
from yosan_xl.usecases.how import CHUNK
from yosan_xl.usecases.read_one import Manner, One, Task, read_one
from yosan_xl.usecases.resubmission import BookFile

START = "fork" if sys.platform == "linux" else "spawn"
"""How processes begin: a fork shares what is imported; elsewhere only spawning is safe."""

_LEAST = 8
"""Files of the smallest chunk."""

Make = Callable[[], Executor]
"""Gives a fresh executor; the last one may have died."""


def read_all(
    tasks: Sequence[Task],
    manner: Manner,
    jobs: int,
    start: str = START,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[One]:
    """Read files in order, on `jobs` processes; `meanwhile` is called here once they have begun."""
    return read_on(lambda: _Processes(jobs, start), tasks, manner, jobs, meanwhile)


def read_on(
    make: Make,
    tasks: Sequence[Task],
    manner: Manner,
    jobs: int,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[One]:
    """Read files in order, on the executor that `make` gives; `jobs` chunks are read at a time."""
    chunks = [*_chunks(tasks, 2 * jobs)]
    done = 0
    try:
        with make() as executor:
            for found in _in_order(executor, chunks, manner, 2 * jobs, meanwhile):
                yield from found
                done += 1
    except BrokenExecutor:
        for chunk in chunks[done:]:
            yield from _again(make, chunk, manner)


def _chunks(tasks: Sequence[Task], parts: int) -> Iterator[Sequence[Task]]:
    """Cut the files into chunks, smaller ones towards the end: no process waits long for the last."""
    at, least = 0, min(_LEAST, -(-len(tasks) // parts))
    while at < len(tasks):
        size = min(CHUNK, max(least, (len(tasks) - at) // parts))
        yield tasks[at : at + size]
        at += size


def read_chunk(chunk: Sequence[Task], manner: Manner) -> list[One]:
    """Read the files of a chunk: what runs in another process."""
    return [_bare(read_one(task, manner)) for task in chunk]


def _bare(one: One) -> One:
    """Leave out the views of documents: they are made sooner than they are sent."""
    found, file = one
    return [replace(item) for item in found], file


def _in_order(
    executor: Executor,
    chunks: Sequence[Sequence[Task]],
    manner: Manner,
    ahead: int,
    meanwhile: Callable[[], object],
) -> Iterator[list[One]]:
    # Not all at once: what is read ahead waits in memory.
    begun = (executor.submit(read_chunk, chunk, manner) for chunk in chunks[:ahead])
    running: deque[Future[list[One]]] = deque(begun)
    meanwhile()
    for chunk in chunks[ahead:]:
        yield running.popleft().result()
        running.append(executor.submit(read_chunk, chunk, manner))
    while running:
        yield running.popleft().result()


def _again(make: Make, chunk: Sequence[Task], manner: Manner) -> Iterator[One]:
    """Read the files of a chunk after an executor died, and find the one that it dies of."""
    try:
        with make() as executor:
            found = executor.submit(read_chunk, chunk, manner).result()
    except BrokenExecutor:
        if len(chunk) == 1:
            found = [_dead(chunk[0])]
        else:
            half = len(chunk) // 2
            yield from _again(make, chunk[:half], manner)
            yield from _again(make, chunk[half:], manner)
            return
    yield from found


def _dead(task: Task) -> One:
    return [], BookFile(task.name, findings=(codes.READER_DIED.at(Place(task.name)),))


class _Processes(ProcessPoolExecutor):
    """Processes that end with us, also where Ctrl-C cuts the work short."""

    def __init__(self, jobs: int, start: str) -> None:
        super().__init__(
            jobs, multiprocessing.get_context(start), initializer=_leave_ctrl_c_to_parent
        )

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            for process in list((self._processes or {}).values()):
                process.terminate()
        self.shutdown(wait=True, cancel_futures=kind is not None)


def _leave_ctrl_c_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
