"""Which requests count: an error keeps one out of the totals where it is in its amounts, not in its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.guide_hands import documents
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.example import make_example


@pytest.mark.parametrize(
    ("column", "value", "left_out"), [("setsu", "賄材料費", 0), ("amount", "八万", 1)]
)
def test_inspection__a_wrong_word_in_a_row_changes_no_total(
    column: str, value: str, left_out: int, tmp_path: Path
) -> None:
    year = make_example(tmp_path / "練習", "municipal").year.root
    for book in (year / "提出").iterdir():
        book.unlink()
    own = documents()
    line = own[0]["lists"]["lines"][0]
    own[0]["lists"]["lines"][0] = {**line, column: value}
    path = year / "提出/要求書.json"
    path.write_text(json.dumps({"requests": own}, ensure_ascii=False), encoding="utf-8")
    done = consolidate([], year)
    assert any(one.is_error for one in done.findings)
    assert len(done.intake.left_out) == left_out
