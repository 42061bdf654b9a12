"""We and openpyxl read the same in the form's cells, or it is listed why we are right.

Here a part of the corpus, with all that is listed; the exam compares every book.
"""

from __future__ import annotations

from pathlib import Path

from tests.corpus.differences import DIFFERENT, UNOPENED, comparable, compare, unexplained

_LISTED = {*DIFFERENT, *UNOPENED}


def test_corpus__is_read_as_openpyxl_reads_it(tmp_path: Path) -> None:
    chosen = [e for e in comparable() if e.name in _LISTED or e.name.startswith("spelled-flat")]
    assert {entry.name for entry in chosen} >= _LISTED
    answers = compare(chosen, tmp_path)
    assert len(answers) == len(chosen)
    assert unexplained(answers) == []
