"""The figures of every output are those of an independent recomputation, for nine requests and for 159."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.decisions import recomputed
from tests.decisions.command import yosan
from tests.decisions.outputs import in_csv, in_json, in_list, tables_of_sums
from tests.decisions.recomputed import (
    Asked,
    Decided,
    Typed,
    decided,
    hand_in,
    large_year,
    plan,
    sums,
    type_all,
)
from tests.usecases.year import EXAMPLE, faultless_documents, make_year

pytestmark = pytest.mark.slow

BY: dict[str, tuple[tuple[str, ...], Callable[[Asked], tuple[str, ...]]]] = {
    "会計・款別": (("会計", "款"), lambda one: (one.account, one.kan)),
    "部別": (("部",), lambda one: (one.bureau,)),
    "部・課別": (("部", "課"), lambda one: (one.bureau, one.section)),
}


class Year:
    """A year with what was handed in and typed, and what that comes to."""

    def __init__(self, root: Path, count: int, entries: int) -> None:
        """Make it and type into its summary; nothing is consolidated after that."""
        chance = random.Random(count)
        self.root = make_year(root / "R2", [])
        documents = faultless_documents() if count == 9 else large_year(_units(), count, chance)
        hand_in(self.root, documents)
        self.asked = {one.id: one for one in map(Asked.of, documents)}
        self.typed = plan(self.asked.values(), entries, chance)
        yosan(self.root, "consolidate")
        self.summary = self.root / "集計" / "R2_集計.xlsx"
        type_all(self.summary, self.typed)
        self.known = {key: decided(one, self.typed[key]) for key, one in self.asked.items()}


def _units() -> list[tuple[str, str, str]]:
    with (EXAMPLE / "組織.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["コード"], row["部"], row["課"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("count", "entries"), [(9, 12), (159, 309)])
def test_figures__of_all_outputs_are_those_worked_out_a_second_time(
    tmp_path: Path, count: int, entries: int
) -> None:
    year = Year(tmp_path, count, entries)
    assert sum(one.count for one in year.typed.values()) == entries
    told = yosan(year.root, "consolidate").text
    check_amounts(in_list(year.summary), year, told)
    check_sums(year)
    told = yosan(year.root, "export").text
    check_amounts(in_csv(year.root / "集計" / "R2_一覧.csv"), year, told)
    path = tmp_path / "要求.json"
    yosan(year.root, "export", "--format", "json", "--out", str(path))
    check_amounts(in_json(path), year, told)


def check_amounts(found: dict[str, Decided], year: Year, told: str) -> None:
    """Assert that each request has its amount and its sources; undecided is never 0, and what does not add up is told."""
    assert found.keys() == year.known.keys()
    for key, known in year.known.items():
        assert found[key].total == known.total, (key, found[key], known, year.typed[key])
        if known.sources is not None:
            shown = {
                source: amount for source, amount in (found[key].sources or {}).items() if amount
            }
            assert shown == {s: a for s, a in known.sources.items() if a}, (key, year.typed[key])
        elif known.total is not None:
            assert key in told or title_of(year, key) in told, (key, "is not told")


def title_of(year: Year, key: str) -> str:
    """Return what a request is called."""
    for path in (year.root / "提出").glob("*.json"):
        for one in json.loads(path.read_text(encoding="utf-8")):
            if one["id"] == key:
                return str(one["title"])
    raise LookupError(key)


def check_sums(year: Year) -> None:
    """Assert that the sheets of sums have the sums, and say how many requests are decided."""
    for name, (keys, by) in BY.items():
        shown = tables_of_sums(year.summary, name, keys)
        for key, (count, asked, amount, _) in sums(year.asked.values(), year.known, by).items():
            row = shown[key]
            assert (row["件数"], row["要求額"]) == (count, asked), (name, key)
            found = row["予算額"]
            assert (found or None) == (amount or None) or (amount is None and found == "未定"), (
                name,
                key,
                found,
                amount,
            )
            if amount is None:
                assert found != 0, (name, key)


def test_recomputed__the_laws_by_hand() -> None:
    asked = Asked(
        "1", "一般会計", "民生費", "部", "課", 6_259, {"national": 5_868, "general": 391}, (6_259,)
    )
    assert decided(asked, Typed({"予算額": 6_259})) == Decided(6_259, asked.sources)
    assert decided(asked, Typed({"予算額": 6_000})) == Decided(6_000, None)
    found = decided(asked, Typed({"予算額": 6_000, "予算額のうち特財": 5_000}))
    assert (found.sources or {})["national"] == 5_000
    assert (found.sources or {})[recomputed.REST] == 1_000
    assert decided(asked, Typed()) == Decided(None, None)
    assert decided(asked, Typed({"査定区分": "ゼロ査定"})).total == 0
    assert decided(asked, Typed({"予算額": 10, "査定区分": "保留"})).total is None
    two = Asked("1", "", "", "", "", 30, {"general": 30}, (10, 20))
    assert decided(two, Typed({}, {(1, "予算額"): 10})) == Decided(None, None)
    assert decided(two, Typed({}, {(1, "予算額"): 10, (2, "予算額"): 5})).total == 15
