"""We and openpyxl read the same in the form's cells, or it is listed why we are right.

Here a part of the corpus, with all that is listed; the exam compares every book.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.differences import DIFFERENT, UNOPENED, comparable, compare, unexplained

pytestmark = pytest.mark.slow

_LISTED = {*DIFFERENT, *UNOPENED}
_ALIKE = {
    "good-0103", "good-0206", "spelled-flat-utf-16", "spelled-flat-prefixes", "spelled-flat-runs",
    "spelled-flat-inline", "spelled-flat-cdata", "spelled-flat-rows-reversed", "spelled-flat-furigana",
}  # fmt: skip


def test_corpus__is_read_as_openpyxl_reads_it(tmp_path: Path) -> None:
    chosen = [entry for entry in comparable() if entry.name in _LISTED | _ALIKE]
    assert {entry.name for entry in chosen} == _LISTED | _ALIKE
    answers = compare(chosen, tmp_path)
    assert len(answers) == len(chosen)
    assert unexplained(answers) == []
