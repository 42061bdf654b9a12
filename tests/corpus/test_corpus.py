"""Every file of the corpus does what its entry says: read right and told, or refused by its code."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.corpus.corpus import CLASSES, ENTRIES
from tests.corpus.expect import Entry
from tests.corpus.judge import problems, run
from tests.usecases.year import make_year

pytestmark = pytest.mark.slow

LEAST = 400
"""The corpus may grow, and never shrinks below this."""


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_year(tmp_path_factory.mktemp("corpus") / "R2")


LIGHT = [entry for entry in ENTRIES if not entry.heavy]
WRITTEN = {entry.name for entry in LIGHT[::8]}
"""Of which a summary is written too; `sh scripts/exam corpus` writes one of every file."""


@pytest.mark.parametrize("entry", LIGHT[::2], ids=lambda entry: entry.name)
def test_corpus__each_file_does_what_its_entry_says(entry: Entry, year: Path) -> None:
    """Of the files every second; `sh scripts/exam corpus` reads all of them."""
    book = year / "提出" / f"{entry.name}.xlsx"
    book.write_bytes(entry.build())
    summary = year / "集計.xlsx" if entry.name in WRITTEN else None
    assert problems(run(book, summary), entry.expect, book.name) == []
    book.unlink()
    # The ledger of a thousand books that were there takes longer than the next one.
    (year / "台帳.json").unlink(missing_ok=True)


def test_corpus__has_enough_files_and_each_name_once() -> None:
    assert len(LIGHT) >= LEAST
    assert [name for name, times in Counter(e.name for e in ENTRIES).items() if times > 1] == []
    assert all(CLASSES.values())
