"""How long the program takes to start: `python -m bench.start`.

Each command is a process of its own, all in turn, with compiled modules there and nothing else
remembered; medians, and the ratio to a Python that does nothing. CPU beside wall: another
program on the machine makes the one longer, and the other hardly.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.books import make_year
from bench.measure import Run, run

DEPARTMENTS, ROUNDS = 60, 21
_PROGRAM = "from yosan_xl.cli.main import run; run()"
"""What the installed script `yosan-xl` does."""


def commands(book: Path, year: Path) -> dict[str, list[str]]:
    """Give what is measured, by its name; the first is what the others are compared with."""
    return {
        "python -c pass": ["pass"],
        "import click": ["import click"],
        "--version": [_PROGRAM, "--version"],
        "--help": [_PROGRAM, "--help"],
        "validate --help": [_PROGRAM, "validate", "--help"],
        "validate BOOK": [_PROGRAM, "validate", str(book)],
        "status": [_PROGRAM, "status", str(year)],
    }


def measure(rounds: int) -> dict[str, list[Run]]:
    """Run each command `rounds` times, in turn, after one time that compiles the modules."""
    with tempfile.TemporaryDirectory() as folder:
        year = make_year(Path(folder), DEPARTMENTS)
        first, *others = sorted((year / "提出").iterdir())
        for book in others:
            book.unlink()
        todo = commands(first, year)
        turns = [{name: _run(todo[name]) for name in todo} for _ in range(rounds + 1)]
    return {name: [turn[name] for turn in turns[1:]] for name in todo}


def _run(command: list[str]) -> Run:
    done = run([sys.executable, "-c", *command])
    assert done.code in (0, 1), done.out
    return done


def main() -> None:
    """Print the milliseconds of each command, and how many times `python -c pass` that is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    measured = measure(parser.parse_args().rounds)
    print("| what | wall ms | CPU ms | x python (wall) | x python (CPU) |\n|---|--:|--:|--:|--:|")
    bare = next(iter(measured.values()))
    for name, runs in measured.items():
        print(f"| {name} | {_row(runs, bare)} |")


def _row(runs: list[Run], bare: list[Run]) -> str:
    pairs = list(zip(runs, bare, strict=True))
    figures = (
        1000 * median(one.wall for one in runs),
        1000 * median(one.cpu for one in runs),
        median(one.wall / other.wall for one, other in pairs),
        median(one.cpu / other.cpu for one, other in pairs),
    )
    return " | ".join(f"{figure:.1f}" for figure in figures)


if __name__ == "__main__":
    main()
