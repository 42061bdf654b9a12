"""`python -m tests.corpus.measure FOLDER`: consolidate every file, each in a process of its own.

For each file a pickled `Measured` on stdout. This process stays small, for what it has in memory
counts in each of its children.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.judge import Outcome, run

MOST_SECONDS = 60
"""A process that takes longer is ended, and counts as dead."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How a file was read: `outcome`, or the traceback, or neither where the process died."""

    name: str
    outcome: Outcome | None
    trace: str
    seconds: float
    megabytes: float


def main() -> None:
    """Measure every file of the folder that is named, in the order of their names."""
    folder = Path(sys.argv[1])
    for path in sorted(folder.iterdir()):
        pickle.dump(_measured(path, folder.parent / "集計.xlsx"), sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _measured(path: Path, summary: Path) -> Measured:
    # What the file before was accepted as is no matter of this one.
    (summary.parent / "台帳.json").unlink(missing_ok=True)
    ours, theirs = os.pipe()
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        _read(path, summary, theirs)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.read()
    usage = os.wait4(child, 0)[2]  # its workers are in it
    seconds = time.perf_counter() - started
    outcome, trace = pickle.loads(said) if said else (None, "")
    return Measured(path.stem, outcome, trace, seconds, usage.ru_maxrss / 1024)


def _read(path: Path, summary: Path, pipe: int) -> None:
    """Write the outcome into the pipe, and end the process."""
    signal.alarm(MOST_SECONDS)
    answer: tuple[Outcome | None, str]
    try:
        answer = run(path, summary), ""
    except BaseException:
        answer = None, traceback.format_exc()
    with os.fdopen(pipe, "wb") as file:
        file.write(pickle.dumps(answer))
    os._exit(0)


if __name__ == "__main__":
    main()
