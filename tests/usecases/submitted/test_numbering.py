"""NO: in roster and sheet order from the first one, provisional until `number` gives them, then of their projects for good."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.lazy_book import lazy_book
from tests.usecases.year import PUBLISHED_FAULTS, example_documents, hand_in_filled, make_year
from yosan_xl.store.ledger import Ledger, read_ledger, write_ledger
from yosan_xl.usecases.consolidate import Consolidated, consolidate
from yosan_xl.usecases.counted import count
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.number import Numbered, number
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
    hand_in_filled(year)
    return consolidate([year], year)


def _number(year: Path, documents: list[dict[str, Any]]) -> Numbered:
    _hand_in(year, documents)
    return number(year)


def _shown(year: Path) -> dict[str, int]:
    """Give by request the NO that an output shows."""
    return {str(row.request.id): row.request.no or 0 for row in count((), year).rows}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return make_year(tmp_path / "R2")


def test_numbers__are_given_in_the_order_of_roster_and_sheets(year: Path) -> None:
    done = _hand_in(year, _documents())
    assert number(year).findings == ()
    assert read_ledger(year).numbers == {one: 55 + at for at, one in enumerate(IN_ORDER)}
    listed = lazy_book(done.summary)["一覧"].iter_rows(min_row=5, values_only=True)
    assert [row[0] for row in listed] == list(range(55, 64))
    assert [finding.code for finding in done.findings] == PUBLISHED_FAULTS


def test_numbers__a_document_s_own_is_kept_and_not_given_twice(year: Path) -> None:
    _number(year, _documents(n0601_1=55, n0602_1=90))
    numbers = read_ledger(year).numbers
    assert (numbers["0601-1"], numbers["0602-1"]) == (55, 90)
    assert [numbers[one] for one in IN_ORDER[:6]] == [56, 57, 58, 59, 60, 61]


def test_numbers__are_provisional_and_given_anew_until_they_are_given_for_good(year: Path) -> None:
    _hand_in(year, [row for row in _documents() if row["id"] != "0101-1"])
    assert read_ledger(year).numbers == {}
    assert _shown(year)["0103-1"] == 55
    _hand_in(year, _documents())
    rows = count((), year).rows
    assert all(row.provisional for row in rows)
    assert _shown(year)["0103-1"] == 56
    number(year, dry_run=True)
    assert read_ledger(year).numbers == {}
    number(year)
    assert not any(row.provisional for row in count((), year).rows)


def test_numbers__that_a_document_brings_are_given_and_not_provisional(year: Path) -> None:
    _hand_in(year, _documents(n0601_1=99))
    given = {row.request.id: row.provisional for row in count((), year).rows}
    assert given["0601-1"] is False
    assert given["0601-2"] is True
    assert read_ledger(year).numbers == {}


def test_numbers__never_change_and_a_withdrawn_one_stays_vacant(year: Path) -> None:
    withdrawn = [row for row in _documents() if row["id"] != "0103-2"]
    late = [row for row in withdrawn if row["id"] != "0101-1"]
    _number(year, [row for row in _documents() if row["id"] != "0101-1"])
    first = dict(read_ledger(year).numbers)
    assert first["0103-2"] == 56
    again = _number(year, late)
    assert dict(read_ledger(year).numbers) == first
    assert [(one.no, one.request) for one in again.vacant] == [(56, "0103-2")]
    assert again.new == ()
    done = _number(year, withdrawn)
    assert dict(read_ledger(year).numbers) == {**first, "0101-1": 63}
    assert [(row.no, row.request.id) for row in done.new] == [(63, "0101-1")]


def test_numbers__those_of_a_ledger_of_before_are_final(year: Path) -> None:
    write_ledger(year, Ledger(numbers={"0103-1": 5, "0101-1": 9}))
    _hand_in(year, _documents())
    rows = {row.request.id: row for row in count((), year).rows}
    assert (rows["0103-1"].request.no, rows["0103-1"].provisional) == (5, False)
    assert (rows["0103-2"].request.no, rows["0103-2"].provisional) == (55, True)
    assert read_ledger(year).numbers == {"0103-1": 5, "0101-1": 9}
    assert set(read_ledger(year).bases) == {5, 9}


def test_numbers__a_request_that_cannot_be_counted_has_one_too(year: Path) -> None:
    (one, *rest) = _documents()
    done = _number(year, [{**one, "kan": "ない款"}, *rest])
    assert done.intake.left_out or done.rows
    assert set(read_ledger(year).numbers) == set(IN_ORDER)


def _exchanged() -> list[dict[str, Any]]:
    """Give the requests with those of the first two sheets of 税務課 changed."""
    rows = {row["id"]: row for row in _documents()}
    one, two = rows["0103-1"], rows["0103-2"]
    return [
        *({**rows, "0103-1": {**two, "id": "0103-1"}, "0103-2": {**one, "id": "0103-2"}}).values()
    ]


def test_yx761__hits_two_sheets_that_change_places(year: Path) -> None:
    _number(year, _documents())
    before = {row.request.title: row.request.no for row in count((), year).rows}
    done = _hand_in(year, _exchanged())
    told = [finding for finding in done.findings if finding.code == "YX761"]
    assert [finding.place.sheet for finding in told] == ["要求書2", "要求書1"]
    assert {row.request.title: row.request.no for row in count((), year).rows} == before
    assert read_ledger(year).numbers["0103-1"] == 57


def test_yx761__does_not_hit_the_same_sheets_or_provisional_numbers(year: Path) -> None:
    _hand_in(year, _documents())
    assert "YX761" not in [one.code for one in _hand_in(year, _exchanged()).findings]
    _number(year, _documents())
    assert "YX761" not in [one.code for one in _hand_in(year, _documents()).findings]


def test_yx761__what_people_say_afterwards_goes_before_it(year: Path) -> None:
    _number(year, _documents())
    (told,) = [one for one in _hand_in(year, _exchanged()).findings if one.code == "YX761"][:1]
    assert "「移動,0103-2,（正しい要求書ID）」" in told.remedy
    table = year / "対応表.csv"
    rows = "移動,0103-2,0103-1\n移動,0103-1,0103-2\n"
    table.write_text(f"種類,前,後\n{rows}", encoding="utf-8")
    for _ in range(3):
        _hand_in(year, _exchanged())
        assert (_shown(year)["0103-1"], _shown(year)["0103-2"]) == (56, 57)


def test_moves__a_request_with_a_number_keeps_it_whatever_moves_to_it(year: Path) -> None:
    _number(year, _documents())
    own = _shown(year)["0601-1"]
    table = year / "対応表.csv"
    table.write_text("種類,前,後\n移動,0103-1,0601-1\n", encoding="utf-8")
    rest = [row for row in _documents() if row["id"] != "0103-1"]
    for _ in range(3):
        _number(year, rest)
        assert _shown(year)["0601-1"] == own


def test_number__of_several_that_one_request_was_given_the_last_stays(year: Path) -> None:
    _number(year, _documents())
    ledger = read_ledger(year)
    own = ledger.numbers["0103-1"]
    again = {**ledger.bases, 31: ledger.bases[own]}
    write_ledger(year, replace(ledger, bases=again, numbers={**ledger.numbers, "0103-1": 31}))
    for _ in range(3):
        _number(year, _documents())
        assert (_shown(year)["0103-1"], len(read_ledger(year).bases)) == (31, len(again))


def _another() -> list[dict[str, Any]]:
    """Give the requests with another project on the first sheet of 税務課."""
    lines = [{"label": "車両", "group": None, "requested": 7, "budgeted": None, "earmarked": 0}]
    rows = []
    for row in _documents():
        if row["id"] == "0103-1":
            row = {**row, "title": "公用車の更新", "lines": lines}
        rows.append(row)
    return rows


def test_yx762__hits_another_project_on_a_sheet_with_a_number(year: Path) -> None:
    _number(year, _documents())
    done = _hand_in(year, _another())
    (told,) = [finding for finding in done.findings if finding.code == "YX762"]
    assert "NO 56" in told.fact
    ledger = read_ledger(year)
    assert "0103-1" not in ledger.numbers
    assert ledger.bases[56].title != "公用車の更新"
    again = number(year)
    assert [(one.no, one.request) for one in again.vacant] == [(56, "0103-1")]
    assert read_ledger(year).numbers["0103-1"] == 64


def test_yx762__does_not_hit_a_project_whose_amounts_changed(year: Path) -> None:
    _number(year, _documents())
    rows = [{**row, "background": "書き直した"} for row in _documents()]
    assert "YX762" not in [one.code for one in _hand_in(year, rows).findings]


def test_yx798__hits_a_request_without_an_id(year: Path) -> None:
    documents = _documents()
    documents[0].pop("id")
    path = year / "提出" / "requests.json"
    path.write_text(json.dumps(documents), encoding="utf-8")
    done = number(year)
    assert [one.code for one in done.findings].count("YX798") == 1
    assert len(done.rows) == 8


def test_yx798__does_not_hit_requests_with_ids(year: Path) -> None:
    done = _number(year, _documents())
    assert "YX798" not in [one.code for one in done.findings]


def test_yx799__hits_two_documents_with_one_no(year: Path) -> None:
    _hand_in(year, _documents(n0103_1=99, n0101_1=99))
    with pytest.raises(WrongInput) as refused:
        number(year)
    assert [one.code for one in refused.value.findings] == ["YX501", "YX799"]
    assert read_ledger(year).numbers == {}


def test_yx799__hits_a_late_one_with_the_no_of_a_withdrawn_one(year: Path) -> None:
    _number(year, _documents()[:-1])
    _hand_in(year, [*_documents()[1:-1], {**_documents()[-1], "no": 56}])
    with pytest.raises(WrongInput) as refused:
        number(year)
    assert [one.code for one in refused.value.findings] == ["YX510", "YX799"]


def test_yx799__does_not_hit_what_the_ledger_settles(year: Path) -> None:
    _number(year, _documents())
    done = _number(year, _documents(n0101_1=99, n0103_1=56))
    assert "YX799" not in [one.code for one in done.findings]


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
