"""`python -m bench consolidate --books 1000`: this program and what else could do it, in turn.

Prints medians, and checks that all come to the same sum. `--scaling 100,1000,10000` prints how this
program alone grows. Books are made once, in --folder.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.books import make_year, total
from bench.contenders import CONTENDERS, NOT_INSTALLED
from bench.measure import Run, run

_SUM = re.compile(r"要求 [0-9]+ 件、([0-9,]+)千円を集計")


def ours(year: Path, out: Path, *options: str) -> list[str]:
    """Give the command that consolidates a year folder with this program."""
    program = [sys.executable, "-m", "yosan_xl", "consolidate", str(year)]
    return [*program, "-o", str(out), *options]


def contender(name: str, year: Path, out: Path) -> list[str]:
    """Give the command that runs a contender."""
    return [sys.executable, "-m", "bench.contenders", name, str(year / "提出"), str(out)]


def commands(year: Path, names: list[str], work: Path) -> dict[str, Callable[[], list[str]]]:
    """Give every command by its name; ours comes first, for its summary is what the floor writes."""
    summary, first = work / "ours.xlsx", work / "first.xlsx"

    def fresh(*options: str) -> list[str]:
        first.unlink(missing_ok=True)
        return ours(year, first, *options)

    found: dict[str, Callable[[], list[str]]] = {
        "ours": fresh,
        "ours --jobs 1": lambda: fresh("--jobs", "1"),
        "ours, over the last summary": lambda: ours(year, summary),
    }
    for name in names:
        found[name] = lambda name=name: contender(name, year, work / "theirs.xlsx")  # type: ignore[misc]
    return found


def consolidate(year: Path, rounds: int, names: list[str]) -> None:
    """Run all in turn, `rounds` times and once for the memory, and print the medians."""
    expected = total(year)
    with tempfile.TemporaryDirectory() as folder:
        every = commands(year, names, Path(folder))
        run(ours(year, Path(folder) / "ours.xlsx", "--jobs", "1"))
        memory = {name: run(command(), memory=True) for name, command in every.items()}
        absent = {name for name, one in memory.items() if one.code == NOT_INSTALLED}
        for name in absent:
            print(f"{name}: not installed: {memory[name].out.strip()}")
        runs: dict[str, list[Run]] = {name: [] for name in every if name not in absent}
        for _ in range(rounds):
            for name in runs:
                runs[name].append(run(every[name]()))
    for name, own in runs.items():
        _check(name, own, expected)
    _print(runs, memory)


def _check(name: str, runs: list[Run], expected: int) -> None:
    """Stop where a sum is not what the documents say: a wrong answer has no speed."""
    for one in runs:
        found = _SUM.search(one.out)
        said = found[1].replace(",", "") if found else one.out.strip()
        if name != "floor" and said != str(expected):
            sys.exit(f"{name}: {said[-300:]} and not {expected}")


def _print(runs: dict[str, list[Run]], memory: dict[str, Run]) -> None:
    floor = statistics.median(one.wall for one in runs["floor"]) if "floor" in runs else None
    ours_wall = statistics.median(one.wall for one in runs["ours"])
    print("| what | wall s | CPU s | MiB | x floor | x ours |\n|---|--:|--:|--:|--:|--:|")
    for name, own in runs.items():
        wall = statistics.median(one.wall for one in own)
        cpu = statistics.median(one.cpu for one in own)
        title = CONTENDERS[name][0] if name in CONTENDERS else f"yosan-xl ({name})"
        ratio = f"{wall / floor:.1f}" if floor else ""
        peak = memory[name].peak / 1024
        print(
            f"| {title} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {ratio} | {wall / ours_wall:.1f} |"
        )


def scaling(folder: Path, sizes: list[int], sheets: int, rounds: int) -> None:
    """Print how this program grows with the number of books."""
    print(
        "| books | wall s | CPU s | ms a book | MiB, all | MiB, largest |\n|--:|--:|--:|--:|--:|--:|"
    )
    for size in sizes:
        year = make_year(folder, size, sheets)
        with tempfile.TemporaryDirectory() as work:
            command = ours(year, Path(work) / "ours.xlsx")
            memory = run(command, memory=True)
            runs = [run(command) for _ in range(rounds)]
        wall = statistics.median(one.wall for one in runs)
        cpu = statistics.median(one.cpu for one in runs)
        peaks = f"{memory.peak / 1024:.0f} | {memory.largest / 1024:.0f}"
        print(f"| {size:,} | {wall:.2f} | {cpu:.2f} | {wall / size * 1000:.2f} | {peaks} |")


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["consolidate"])
    parser.add_argument("--books", type=int, default=1000)
    parser.add_argument("--sheets", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default=",".join(CONTENDERS), help="short names of contenders")
    parser.add_argument("--scaling", default="", help="numbers of books, for a table of growth")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "yosan-bench")
    asked = parser.parse_args()
    if asked.scaling:
        sizes = [int(size) for size in asked.scaling.split(",")]
        scaling(asked.folder, sizes, asked.sheets, asked.rounds)
        return
    year = make_year(asked.folder, asked.books, asked.sheets)
    consolidate(year, asked.rounds, [name for name in asked.only.split(",") if name])


if __name__ == "__main__":
    main()
