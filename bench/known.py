"""What it is worth to remember books: `python -m bench.known --books 1000`.

Reads the books of a year once, and again when nothing has changed: reading alone, in this process, without
the summary. Prints medians of the seconds, and the ratio.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from bench.books import make_year
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.gather import gather
from yosan_xl.usecases.how import How
from yosan_xl.usecases.read_one import Manner
from yosan_xl.usecases.year import open_year


def seconds(year: YearFolder, how: How) -> float:
    """Give the seconds of reading and checking what was handed in."""
    manner = Manner(year.settings.year, year, checks=True)
    started = time.perf_counter()
    gather([year.submitted], how=how, manner=manner)
    return time.perf_counter() - started


def main() -> None:
    """Print what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--books", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "yosan-bench")
    asked = parser.parse_args()
    year = open_year(make_year(asked.folder, asked.books))
    with tempfile.TemporaryDirectory() as folder:
        remembering = How(cache=Path(folder))
        seconds(year, remembering)
        anew = [seconds(year, How()) for _ in range(asked.rounds)]
        known = [seconds(year, remembering) for _ in range(asked.rounds)]
    first, second = statistics.median(anew), statistics.median(known)
    print(
        f"reading {asked.books} books anew {first:.2f} s, unchanged {second:.2f} s: {second / first:.2f}"
    )


if __name__ == "__main__":
    main()
