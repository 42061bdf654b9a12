"""init --example: a filled year with one book missing and one mistake, made of the bundled requests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.usecases.publish.samples import bytes_of
from yosan_xl.model.intake import UnitState
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.example import EXAMPLES, make_example
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.status import status
from yosan_xl.usecases.validate import validate

FOUND = {
    "港区": (6, 9, "環境課", "生活福祉調整課", ["YX203", "YX209"], 383_511),
    "municipal": (9, 27, "環境課", "情報政策課", ["YX401"], 3_182_242),
}
"""Books, requests, who is missing, whose book is wrong, what is found, 要求額 (千円)."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_example__has_one_book_missing_and_one_mistake(name: str, tmp_path: Path) -> None:
    books, requests, missing, faulty, codes, asked = FOUND[name]
    made = make_example(tmp_path / "練習", name)
    assert (made.books, made.requests) == (books, requests)
    assert (made.missing.section, made.faulty.section) == (missing, faulty)
    done = status(tmp_path / "練習")
    states = {state: times for state, times in done.status.states.items() if times}
    assert states.pop(UnitState.NONE, 50) == 50
    assert states == {
        UnitState.MISSING: 1,
        UnitState.SUBMITTED: books - 1,
        UnitState.FAULTY: 1,
    }
    assert done.status.missing[0].department == made.missing
    assert (done.status.requests, done.status.requested) == (requests, asked)
    assert [one.code for one in validate([], tmp_path / "練習").findings] == codes
    returned = return_books(tmp_path / "練習")
    assert f"{made.faulty.code}_{faulty}.xlsx" in {book.path.name for book in returned.books}


def test_example__is_the_same_each_time_and_made_once(tmp_path: Path) -> None:
    for name in ("1", "2"):
        make_example(tmp_path / name, "municipal")
    assert bytes_of(tmp_path / "1") == bytes_of(tmp_path / "2")
    with pytest.raises(WrongInput, match="YX089"):
        make_example(tmp_path / "1", "港区")
