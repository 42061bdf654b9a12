"""Wall, CPU and peak memory of a command with all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.02  # seconds between two looks at the memory


@dataclass(frozen=True, slots=True)
class Run:
    """A run: seconds, KiB (PSS over all processes; of the largest process), exit code, output."""

    wall: float
    cpu: float
    peak: int
    largest: int
    code: int
    out: str


def run(command: list[str], *, memory: bool = False) -> Run:
    """Run a command; its memory is looked at only where asked, since looking takes time."""
    before, began = _cpu(), time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    )
    done, peaks = threading.Event(), [0, 0]
    watcher = threading.Thread(target=_watch, args=(process.pid, done, peaks))
    if memory:
        watcher.start()
    out = process.communicate()[0].decode(errors="replace")
    wall, cpu = time.perf_counter() - began, _cpu() - before
    done.set()
    if memory:
        watcher.join()
    return Run(wall, cpu, peaks[0], peaks[1], process.returncode, out)


def _cpu() -> float:
    """Give the CPU seconds of all processes that have ended, by the microsecond (os.times counts in 10 ms)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(root: int, done: threading.Event, peaks: list[int]) -> None:
    while not done.wait(_EVERY):
        sizes = [_pss(pid) for pid in _tree(root)]
        peaks[:] = [max(peaks[0], sum(sizes)), max(peaks[1], *sizes, 0)]


def _tree(pid: int) -> list[int]:
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in _tree(int(child)))]


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
