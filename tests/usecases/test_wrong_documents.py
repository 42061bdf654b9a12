"""Documents of any shape are told of, each at its place, and never stop a run."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.year import example_documents, make_year
from yosan_xl.model.finding import has_errors
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.gathered import parse_documents
from yosan_xl.usecases.validate import validate

POINTERS = (
    "id",
    "no",
    "fiscal_year",
    "department",
    "department/code",
    "title",
    "lines",
    "lines/0",
    "lines/0/requested",
    "subtotals/0",
    "total",
    "total/requested",
    "funding",
    "funding/metropolitan/amount",
    "contract_authorization",
)
VALUES: tuple[Any, ...] = ("=1+1", 1.5, True, ["x"], {"x": 1}, 10**30, 10**400, "あ" * 2_000)


def _changed(pointer: str, value: Any) -> dict[str, Any]:
    document = copy.deepcopy(example_documents()[4])
    target: Any = document
    *path, last = (int(step) if step.isdecimal() else step for step in pointer.split("/"))
    for step in path:
        target = target[step]
    target[last] = value
    return document


@pytest.mark.parametrize("pointer", POINTERS)
def test_wrong_documents__each_is_told_and_the_good_one_is_summed(
    pointer: str, tmp_path: Path
) -> None:
    wrong = [_changed(pointer, value) for value in VALUES]
    good = example_documents()[8]
    year = make_year(tmp_path / "R2", [{}, *wrong, good])
    path = year / "requests.json"
    errors = [f for f in validate([path], year).findings if f.is_error]
    told = {f.place.sheet for f in errors if f.code != "YX502"}
    expected = {f"{number}件目" for number in range(1, len(wrong) + 2)}
    if pointer in ("id", "title"):
        expected.discard("2件目")  # any short text is good there, and stays a text
    assert told == expected
    done = consolidate([path], year, tmp_path / "集計.xlsx")
    assert has_errors(done.findings)
    assert done.requested >= 4_192
    assert done.counted + done.left_out + len(done.intake.again) == len(VALUES) + 2
    json.dumps([str(finding) for finding in done.findings], ensure_ascii=False).encode()


def test_parse_documents__a_key_given_twice_is_refused_by_its_name() -> None:
    text = json.dumps(example_documents()[:1], ensure_ascii=False)
    twice = text.replace('"requested":', '"requested": 1, "requested":', 1)
    assert json.loads(twice) == json.loads(text)
    with pytest.raises(WrongInput, match=r"YX061.*「requested」が1つの要素に2回あります"):
        parse_documents(twice.encode(), "x.json")
    assert parse_documents(text.encode(), "x.json") == json.loads(text)


def test_parse_documents__one_of_very_many_keys_given_twice_is_named() -> None:
    keys = ", ".join(f'"k{number}": 1' for number in (*range(50_000), 49_999))
    with pytest.raises(WrongInput, match="「k49999」"):
        parse_documents(f"[{{{keys}}}]".encode(), "x.json")


@pytest.mark.parametrize(("levels", "is_read"), [(48, True), (49, False), (600, False)])
def test_parse_documents__nested_more_deeply_than_can_be_copied(levels: int, is_read: bool) -> None:
    text = f'[{{"title": {"[" * levels}{"]" * levels}}}]'
    if is_read:
        assert parse_documents(text.encode(), "x.json")
    else:
        with pytest.raises(WrongInput, match="50段より深い入れ子"):
            parse_documents(text.encode(), "x.json")
