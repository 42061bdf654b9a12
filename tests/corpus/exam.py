"""`sh scripts/exam corpus`: the whole corpus, the mutants, and openpyxl's opinion, with figures.

Prints a table in Markdown, and exits 1 where a file does what it must not, or over the targets.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tests.corpus import measure
from tests.corpus.corpus import CLASSES, ENTRIES
from tests.corpus.differences import DIFFERENT, UNOPENED, comparable, compare, unexplained
from tests.corpus.expect import Refused
from tests.corpus.judge import problems
from tests.corpus.measure import Measured
from tests.corpus.mutants import mutant
from tests.usecases.year import make_year

MUTANTS = 1_000
MOST_SECONDS, MOST_MEGABYTES = 2, 300
"""Of our process, and of those of other readers: CPU seconds, for others use this machine too."""

HEAD = (
    "| class | files | refused | read | tracebacks | deaths | wrong | slowest (s) | peak (MB) | workers (s) | peak (MB) |\n"
    "|---|--:|--:|--:|--:|--:|--:|---|--:|---|--:|"
)


def main() -> int:
    """Run all three parts; give the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, wrong = _corpus(Path(folder))
        mutants, silent = _mutants(Path(folder))
        (Path(folder) / "other").mkdir()
        answers = compare(comparable(), Path(folder) / "other")
    measured = [*(one for rows in corpus.values() for one in rows), *mutants]
    print(HEAD)
    for title, rows in corpus.items():
        print(_row(title, rows, sum(problem.startswith(f"{title}-") for problem in wrong)))
    print(_row("mutants", mutants, len(silent)))
    print(_row("**all**", measured, len(wrong) + len(silent)))
    differing = unexplained(answers)
    print(
        f"\nopenpyxl: {len(answers)} books compared, {len(answers) - len(DIFFERENT) - len(UNOPENED)} the same, "
        f"{len(DIFFERENT)} different and {len(UNOPENED)} not opened with the reason listed, "
        f"{len(differing)} unexplained."
    )
    over = list(_over(measured))
    for problem in [*wrong, *silent, *differing, *over]:
        print(problem)
    return 1 if wrong or silent or differing or over else 0


def _corpus(folder: Path) -> tuple[Mapping[str, list[Measured]], list[str]]:
    files = {entry.name: entry.build for entry in ENTRIES}
    year = make_year(folder / "corpus")
    for name, build in files.items():
        (year / "提出" / f"{name}.xlsx").write_bytes(build())
    found = {one.name: one for one in _measure(year / "提出", "again")}
    wrong = [
        f"{entry.name}: {problem}"
        for entry in ENTRIES
        if (outcome := found[entry.name].outcome)
        for problem in problems(outcome, entry.expect, f"{entry.name}.xlsx")
    ]
    return {title: [found[e.name] for e in entries] for title, entries in CLASSES.items()}, wrong


def _mutants(folder: Path) -> tuple[list[Measured], list[str]]:
    year = make_year(folder / "mutants")
    totals = {}
    for seed in range(MUTANTS):
        data, totals[f"mutant-{seed}"] = mutant(seed)
        (year / "提出" / f"mutant-{seed}.xlsx").write_bytes(data)
    found = _measure(year / "提出")
    silent = [
        f"{one.name}: {one.outcome.total} without a finding"
        for one in found
        if one.outcome and one.outcome.total != totals[one.name] and not one.outcome.findings
    ]
    return found, silent


def _measure(folder: Path, *words: str) -> list[Measured]:
    command = [sys.executable, "-m", measure.__name__, str(folder), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        found = []
        while process.stdout.peek(1):  # type: ignore[attr-defined]
            # The class that was pickled is that of __main__ over there.
            found.append(_Unpickler(process.stdout).load())
    assert process.returncode == 0
    return found


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        """Take what the other process calls __main__ as the module that it is."""
        return super().find_class(measure.__name__ if module == "__main__" else module, name)


def _row(title: str, rows: list[Measured], wrong: int) -> str:
    slowest = max(rows, key=lambda one: one.process)
    worker = max(rows, key=lambda one: one.worker)
    refused = sum(bool(one.outcome and _is_refused(one)) for one in rows)
    traces = sum(bool(one.trace) for one in rows)
    deaths = sum(one.outcome is None and not one.trace for one in rows)
    read = len(rows) - refused - traces - deaths
    return (
        f"| {title} | {len(rows)} | {refused} | {read} | {traces} | {deaths} | {wrong} "
        f"| {slowest.process[0]:.2f} {slowest.name} | {max(one.process[1] for one in rows):.0f} "
        f"| {worker.worker[0]:.2f} {worker.name} | {max(one.worker[1] for one in rows):.0f} |"
    )


def _is_refused(one: Measured) -> bool:
    expect = {entry.name: entry.expect for entry in ENTRIES}.get(one.name)
    if expect is not None:
        return isinstance(expect, Refused)
    return one.outcome is not None and one.outcome.read == 0


def _over(measured: Iterable[Measured]) -> Iterator[str]:
    for one in measured:
        if one.outcome is None:
            yield f"{one.name}: {one.trace or 'died'}"
        for seconds, megabytes in (one.process, one.worker):
            if seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES:
                yield f"{one.name}: {seconds:.1f} s, {megabytes:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
