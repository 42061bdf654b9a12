"""`sh scripts/exam nightly [SEED [COUNT]]`: 10,000 fresh mutants of all that the program reads of a year.

The seed is printed first; without one it is new. Each mutant that does what it must not becomes a file in
build/nightly/SEED, with a text beside it that says what happened and how to repeat it.
"""

from __future__ import annotations

import atexit
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from tests.corpus import test_readers
from tests.corpus.judge import run
from tests.corpus.mutants import mutant, spoilt_book, spoilt_text
from tests.decisions.books import AMOUNT, Place, cell_at, load, save
from tests.decisions.outputs import in_list
from tests.excel.ooxml.parts import zipped
from tests.usecases.archive.samples import json_year
from tests.usecases.year import make_year
from yosan_xl.usecases.consolidate import Consolidated, consolidate
from yosan_xl.usecases.errors import WrongInput

COUNT = 10_000
SECONDS = 60
"""Longer than that no mutant may take; a machine with much else to do takes its time."""
FOLDER = Path("build/nightly")
TYPED = {"0101-1": 151_000, "0103-1": 28_000, "0602-1": 4_000}
"""What finance decided (千円) and has consolidated."""
TYPED_SINCE = {"0205-1": 6_000}
"""What it typed into the summary after that."""
SUMMARY = "集計/R2_集計.xlsx"


class Kind(NamedTuple):
    """What is spoilt: how often among 10, the ending of its file, how it is made, and what it must do."""

    share: int
    ending: str
    make: Callable[[int], bytes]
    judge: Callable[[int, bytes, Path], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A mutant that did what it must not, and what that was."""

    seed: int
    said: str


@cache
def base() -> Path:
    """Make the year whose files are spoilt, once in a process: nine requests, some of them decided."""
    folder = Path(tempfile.mkdtemp(prefix="yosan-nightly-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    year = json_year(folder / "R2")
    for typed in (TYPED, TYPED_SINCE):
        consolidate([year], year)
        _type(year / SUMMARY, typed)
        if typed is TYPED:
            consolidate([year], year)
    return year


def _type(summary: Path, amounts: Mapping[str, int]) -> None:
    book = load(summary)
    for request, amount in amounts.items():
        cell = cell_at(book, Place(request, AMOUNT))
        assert cell is not None, request
        cell.value = amount
    save(book, summary)


@cache
def _known() -> tuple[int, frozenset[str]]:
    """Return what all ask for, and what is told, where nothing is spoilt."""
    with tempfile.TemporaryDirectory() as folder:
        year = Path(shutil.copytree(base(), Path(folder) / "R2"))
        done = consolidate([year], year)
        assert _amounts(year) == TYPED | TYPED_SINCE
        return int(done.requested), frozenset(map(str, done.findings))


def _amounts(year: Path) -> dict[str, int]:
    found = in_list(year / SUMMARY)
    return {key: one.total for key, one in found.items() if one.total is not None}


def _spoilt_file(place: str, seed: int) -> bytes:
    data, chance = (base() / place).read_bytes(), random.Random(seed)
    if place.endswith(".xlsx"):
        return spoilt_book(data, chance, in_bytes=chance.randrange(4) == 0)
    return spoilt_text(data, chance)


def _judge_file(place: str, seed: int, data: bytes, folder: Path) -> None:
    """Consolidate a year with one of its files spoilt: refused with a sentence, told, or all that is known."""
    total, told = _known()
    year = Path(shutil.copytree(base(), folder / "R2"))
    (year / place).write_bytes(data)
    done = _consolidated(year)
    if isinstance(done, WrongInput):
        assert done.findings
        assert all(finding.remedy for finding in done.findings), done.findings
        return
    if {str(finding) for finding in done.findings} - told:
        return
    assert int(done.requested) == total, (int(done.requested), total)
    if place == SUMMARY:
        # What stands in a cell of ours without a sentence was typed: it is written down as such.
        assert _amounts(year) == TYPED | TYPED_SINCE or _records(year) > len(TYPED | TYPED_SINCE)


def _consolidated(year: Path) -> Consolidated | WrongInput:
    try:
        return consolidate([year], year, wait=lambda seconds: None)
    except WrongInput as refused:
        return refused


def _records(year: Path) -> int:
    return len(json.loads((year / "査定.json").read_text(encoding="utf-8"))["records"])


def _judge_book(seed: int, data: bytes, folder: Path) -> None:
    year, (_, total) = make_year(folder / "R2"), mutant(seed)
    book = year / "提出" / f"mutant-{seed}.xlsx"
    book.write_bytes(data)
    outcome = run(book, year / "集計.xlsx")
    assert outcome.total == total or outcome.findings, (outcome.total, total)


def _file(place: str, share: int) -> Kind:
    return Kind(
        share, Path(place).suffix, partial(_spoilt_file, place), partial(_judge_file, place)
    )


KINDS: Mapping[str, Kind] = {
    "要求書": Kind(3, ".xlsx", lambda seed: mutant(seed)[0], _judge_book),
    "部品": Kind(
        2,
        ".xlsx",
        lambda seed: zipped(dict(test_readers.spoilt(seed)[0])),
        lambda seed, data, folder: test_readers.check(seed, folder),
    ),
    "集計ブック": _file(SUMMARY, 2),
    "査定": _file("査定.json", 1),
    "設定": _file("yosan.toml", 1),
    "組織": _file("組織.csv", 1),
}
_TURNS = [name for name, kind in KINDS.items() for _ in range(kind.share)]


def kind_of(seed: int) -> str:
    """Return what is spoilt with a seed."""
    return _TURNS[seed % len(_TURNS)]


@contextmanager
def _in_time() -> Iterator[None]:
    def late(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"over {SECONDS} s")

    signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def failure_of(seed: int, kinds: Mapping[str, Kind] = KINDS) -> Failure | None:
    """Let a mutant be read; return what it did that it must not."""
    warnings.simplefilter("error")
    kind = kinds[kind_of(seed)]
    with tempfile.TemporaryDirectory() as folder:
        try:
            with _in_time():
                kind.judge(seed, kind.make(seed), Path(folder))
        except Exception:
            return Failure(seed, traceback.format_exc())
    return None


def keep(failure: Failure, folder: Path, kinds: Mapping[str, Kind] = KINDS) -> Path:
    """Write the mutant and what happened into a folder; return the mutant's file."""
    folder.mkdir(parents=True, exist_ok=True)
    name = kind_of(failure.seed)
    path = folder / f"{name}-{failure.seed}{kinds[name].ending}"
    path.write_bytes(kinds[name].make(failure.seed))
    said = f"sh scripts/exam nightly {failure.seed} 1\n\n{failure.said}"
    path.with_suffix(".txt").write_text(said, encoding="utf-8")
    return path


def main(words: list[str]) -> int:
    """Run all on every processor; print the seed, each failure and the counts; return the exit code."""
    first = int(words[0]) if words else random.randrange(1_000, 10**9)
    count = int(words[1]) if words[1:] else COUNT
    print(f"seed {first}", flush=True)
    base()  # the processes are forked with it where that is the usual way
    kinds, failed = Counter(map(kind_of, range(first, first + count))), 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for failure in pool.map(failure_of, range(first, first + count), chunksize=20):
            if failure:
                failed += 1
                why = failure.said.strip().splitlines()[-1]
                print(f"{keep(failure, FOLDER / str(first))}: {why}", flush=True)
    of_each = "、".join(f"{name} {number:,}" for name, number in kinds.items())
    print(f"{count:,} mutants from {first} ({of_each}): {failed} failures")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
