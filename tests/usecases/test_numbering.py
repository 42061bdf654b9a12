"""NO: in roster and sheet order from the first one, kept once given, vacant once withdrawn."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.usecases.year import PUBLISHED_FAULTS, example_documents, make_year
from yosan_xl.store.ledger import Ledger, read_ledger, write_ledger
from yosan_xl.usecases.consolidate import Consolidated, consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.validate import validate

# The roster's order: 地域振興課 0101, 税務課 0103, 生活福祉調整課 0205, 国保年金課 0206, 企画課, 区長室.
IN_ORDER = [
    "0101-1",
    "0103-1",
    "0103-2",
    "0103-3",
    "0205-1",
    "0206-1",
    "0601-1",
    "0601-2",
    "0602-1",
]


def _documents(**numbers: int) -> list[dict[str, Any]]:
    """Give the nine requests without NO, but for those given as `n0103_1=57`."""
    given = {key[1:].replace("_", "-"): number for key, number in numbers.items()}
    return [{**row, "no": given.get(row["id"])} for row in example_documents()]


def _hand_in(year: Path, documents: list[dict[str, Any]]) -> Consolidated:
    for book in (year / "提出").iterdir():
        book.unlink()
    (year / "requests.json").write_text(json.dumps(documents), encoding="utf-8")
    fill(year / "requests.json", year / "提出")
    return consolidate([year], year)


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return make_year(tmp_path / "R2")


def test_numbers__are_given_in_the_order_of_roster_and_sheets(year: Path) -> None:
    done = _hand_in(year, _documents())
    assert read_ledger(year).numbers == {one: 55 + at for at, one in enumerate(IN_ORDER)}
    listed = openpyxl.load_workbook(done.summary)["一覧"].iter_rows(min_row=5, values_only=True)
    assert [row[0] for row in listed] == list(range(55, 64))
    assert [finding.code for finding in done.findings] == PUBLISHED_FAULTS


def test_numbers__a_document_s_own_is_kept_and_not_given_twice(year: Path) -> None:
    _hand_in(year, _documents(n0601_1=55, n0602_1=90))
    numbers = read_ledger(year).numbers
    assert (numbers["0601-1"], numbers["0602-1"]) == (55, 90)
    assert [numbers[one] for one in IN_ORDER[:6]] == [56, 57, 58, 59, 60, 61]


def test_numbers__never_change_and_a_withdrawn_one_stays_vacant(year: Path) -> None:
    withdrawn = [row for row in _documents() if row["id"] != "0103-2"]
    late = [row for row in withdrawn if row["id"] != "0101-1"]
    _hand_in(year, [row for row in _documents() if row["id"] != "0101-1"])
    first = dict(read_ledger(year).numbers)
    assert first["0103-2"] == 56
    _hand_in(year, late)
    assert dict(read_ledger(year).numbers) == first
    _hand_in(year, withdrawn)
    assert dict(read_ledger(year).numbers) == {**first, "0101-1": 63}


def test_numbers__a_request_that_cannot_be_counted_has_one_too(year: Path) -> None:
    (one, *rest) = _documents()
    done = _hand_in(year, [{**one, "kan": "ない款"}, *rest])
    assert done.findings
    assert set(read_ledger(year).numbers) == set(IN_ORDER)


def test_ledger__keeps_what_was_accepted_in_its_order(year: Path) -> None:
    _hand_in(year, _documents())
    books = read_ledger(year).books
    assert [book.department for book in books] == sorted(book.department for book in books)
    assert books[1].requests == ("0103-1", "0103-2", "0103-3")
    changed = [{**row, "title": "あたらしい題"} for row in _documents() if row["id"] == "0103-1"]
    _hand_in(year, changed)
    again = read_ledger(year).books
    assert again[: len(books)] == books
    assert (again[-1].department, again[-1].requests) == ("0103", ("0103-1",))


def test_ledger__is_the_same_after_a_second_run(year: Path) -> None:
    _hand_in(year, _documents())
    before = (year / "台帳.json").read_bytes()
    consolidate([year], year)
    assert (year / "台帳.json").read_bytes() == before
    validate([year], year)
    assert (year / "台帳.json").read_bytes() == before


def test_ledger__is_not_written_where_nothing_was_handed_in(year: Path) -> None:
    consolidate([year], year)
    validate([year], year)
    assert not (year / "台帳.json").exists()


def _clashes(year: Path, known: dict[str, int], **numbers: int) -> list[str]:
    write_ledger(year, Ledger(numbers=known))
    done = _hand_in(year, _documents(**numbers))
    told = [f.fact for f in done.findings if f.code == "YX510"]
    assert [f.fact for f in validate([year], year).findings if f.code == "YX510"] == told
    return told


def test_yx510__hits_another_number_than_the_ledger_s(year: Path) -> None:
    (told,) = _clashes(year, {"0103-1": 56}, n0103_1=99)
    assert told == "NO 99 は、台帳ではこの要求（0103-1）に付けたNO 56 とちがいます。"
    assert read_ledger(year).numbers["0103-1"] == 56


def test_yx510__hits_the_number_of_a_withdrawn_request(year: Path) -> None:
    (told,) = _clashes(year, {"0209-9": 99}, n0103_1=99)
    assert told == "NO 99 は、台帳では要求 0209-9 に付けた番号です。"


def test_yx510__does_not_hit_what_the_ledger_says(year: Path) -> None:
    assert _clashes(year, {"0103-1": 99, "0209-9": 98}, n0103_1=99, n0101_1=97) == []


def test_yx510__does_not_hit_where_two_documents_have_one_no(year: Path) -> None:
    assert _clashes(year, {}, n0103_1=99, n0101_1=99) == []
    assert "YX501" in [finding.code for finding in consolidate([year], year).findings]
