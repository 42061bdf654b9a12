"""`python -m tests.corpus.measure FOLDER [again]`: consolidate every file, each in a process of its own.

With `again` each is read by openpyxl too, as before it is archived. For each file a pickled `Measured` on
stdout. This process stays small, for what it has in memory counts in each of its children.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.judge import Outcome, run
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.usecases.archive.record import SecondReadOptions, read_again

MOST_SECONDS = 60
"""A process that takes longer is ended, and counts as dead."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How a file was read: `outcome`, or the traceback, or neither where the process died.

    `process` and `worker` are CPU seconds and peak megabytes: of ours, and of other readers in theirs.
    """

    name: str
    outcome: Outcome | None
    trace: str
    process: tuple[float, float]
    worker: tuple[float, float]


def main() -> None:
    """Measure every file of the folder that is named, in the order of their names."""
    folder, again = Path(sys.argv[1]), "again" in sys.argv
    for path in sorted(folder.iterdir()):
        measured = _measured(path, folder.parent / "集計.xlsx", again=again)
        pickle.dump(measured, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _measured(path: Path, summary: Path, *, again: bool) -> Measured:
    # What the file before was accepted as is no matter of this one.
    (summary.parent / "台帳.json").unlink(missing_ok=True)
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        _read(path, summary, theirs, again=again)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        said = pipe.read()
    used = _used(os.wait4(child, 0)[2])  # its workers are in it
    outcome, trace, *both = pickle.loads(said) if said else (None, "", used, used)
    return Measured(path.stem, outcome, trace, *both)


def _read(path: Path, summary: Path, pipe: int, *, again: bool) -> None:
    """Write the outcome and what it took into the pipe, and end the process."""
    signal.alarm(MOST_SECONDS)
    outcome, trace = None, ""
    try:
        outcome = run(path, summary)
    except BaseException:
        trace = traceback.format_exc()
    process = _used(resource.getrusage(resource.RUSAGE_SELF))
    if again:
        read_again({path.name: path}, FiscalYear(2020), SecondReadOptions())
    worker = _used(resource.getrusage(resource.RUSAGE_CHILDREN))
    with os.fdopen(pipe, "wb") as file:
        file.write(pickle.dumps((outcome, trace, process, worker)))
    os._exit(0)


def _used(usage: resource.struct_rusage) -> tuple[float, float]:
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
