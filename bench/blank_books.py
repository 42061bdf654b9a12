"""How long writing blank books takes, and how large they are: `python -m bench.blank_books`."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from yosan_xl.resources import data_root
from yosan_xl.usecases.generate import blank_book, plan_for
from yosan_xl.usecases.year import open_year

ROUNDS = 15


def main() -> None:
    """Print the median time of a blank book by its number of sheets, and of a whole roster."""
    year = open_year(data_root() / "examples" / "R2")
    plan, unit = plan_for(year.settings), next(iter(year.roster))
    for sheets in (year.settings.sheets, 8):
        settings = replace(year.settings, sheets=sheets)
        times = []
        for _ in range(ROUNDS):
            began = time.perf_counter()
            data = blank_book(plan, settings, unit)
            times.append(time.perf_counter() - began)
        print(f"{sheets} sheets: {statistics.median(times) * 1000:.0f} ms, {len(data):,} bytes")
    began = time.perf_counter()
    for unit in year.roster:
        blank_book(plan, year.settings, unit)
    print(f"{len(year.roster)} departments: {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
