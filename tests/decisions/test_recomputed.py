"""The figures of every output are those of an independent recomputation, for nine requests and for 159."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.decisions import recomputed
from tests.decisions.books import LIST, columns, load, rows
from tests.decisions.command import yosan
from tests.decisions.outputs import (
    doubts_in_csv,
    doubts_in_json,
    in_csv,
    in_file,
    in_json,
    in_list,
    in_page,
    tables_of_sums,
    total_of_page,
)
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

    def __init__(self, root: Path, count: int, settings: str = "") -> None:
        """Make it and consolidate it; nothing is typed yet."""
        self.chance = random.Random(count)
        self.root = make_year(root / "R2", [])
        with (self.root / "yosan.toml").open("a", encoding="utf-8") as file:
            file.write(settings)
        documents = (
            faultless_documents() if count == 9 else large_year(_units(), count, self.chance)
        )
        hand_in(self.root, documents)
        self.titles = {one["id"]: one["title"] for one in documents}
        self.asked = {one.id: one for one in map(Asked.of, documents)}
        self.typed: dict[str, Typed] = {}
        self.known: dict[str, Decided] = {}
        self.summary = self.root / "集計" / "R2_集計.xlsx"
        yosan(self.root, "consolidate")

    def type(self, entries: int) -> None:
        """Type that many decisions into the summary; nothing is consolidated after that."""
        self.typed = plan(self.asked.values(), entries, self.chance)
        assert sum(one.count for one in self.typed.values()) == entries
        type_all(self.summary, self.typed)
        self.known = {key: decided(one, self.typed[key]) for key, one in self.asked.items()}


def _units() -> list[tuple[str, str, str]]:
    with (EXAMPLE / "組織.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["コード"], row["部"], row["課"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("count", "entries"), [(9, 12), (159, 309)])
def test_figures__of_all_outputs_are_those_worked_out_a_second_time(
    tmp_path: Path, count: int, entries: int
) -> None:
    year = Year(tmp_path, count)
    year.type(entries)
    told = yosan(year.root, "consolidate").text
    check_amounts(in_list(year.summary), year, told)
    check_sums(year)
    check_data(year, tmp_path)
    check_page(year)
    yosan(year.root, "archive", "add", "--stage", "決定", "--anyway")
    kept = tmp_path / "保存庫" / "R2" / "決定" / "保存" / "要求書.json"
    check_amounts(in_file(kept), year, told)


STAGES = """
[[stages]]
name = "財政課"
edition = "要求状況"

[[stages]]
name = "区長"
edition = "決定状況"
"""


@pytest.mark.parametrize(("count", "entries"), [(9, 12), (159, 309)])
def test_figures__before_and_after_each_stage(tmp_path: Path, count: int, entries: int) -> None:
    year = Year(tmp_path, count, STAGES)
    yosan(year.root, "number")
    nobody = {key: Decided(None, None) for key in year.asked}
    for stage, label in (("財政課", "財政課の額"), ("区長", "予算額")):
        yosan(year.root, "consolidate")
        year.type(entries)
        told = yosan(year.root, "consolidate").text
        check_amounts(in_list(year.summary, label), year, told)
        before = in_list(year.summary, label)
        yosan(year.root, "stage", "close", stage, "--anyway")
        after = in_list(year.summary, label)
        assert {key: one.total for key, one in after.items()} == {
            key: one.total for key, one in before.items()
        }
        documents = in_file(tmp_path / "保存庫" / "R2" / stage / "保存" / "要求書.json")
        if stage == "財政課":
            # What is decided on the way is no 予算額.
            assert {key: one.total for key, one in documents.items()} == dict.fromkeys(nobody)
        else:
            check_amounts(documents, year, told)
    check_sums(year)
    check_data(year, tmp_path)
    check_page(year)
    yosan(year.root, "publish", "要求状況", finds_office=False)
    yosan(year.root, "publish", "決定状況", "--anyway", finds_office=False)
    first, second = (
        in_file(year.root / "公表" / name / "要求書.json") for name in ("1_要求状況", "2_決定状況")
    )
    assert {key: one.total for key, one in first.items()} == dict.fromkeys(year.asked)
    # What is not funded is told, and not published.
    funded = {
        key: one if one.sources is not None else Decided(None, None)
        for key, one in year.known.items()
    }
    assert {key: one.total for key, one in second.items()} == {
        key: one.total for key, one in funded.items()
    }


def check_data(year: Year, folder: Path) -> None:
    """Assert that CSV and JSON have the amounts."""
    yosan(year.root, "export", "--findings")
    table, path = year.root / "集計" / "R2_一覧.csv", folder / "要求.json"
    yosan(year.root, "export", "--format", "json", "--output", str(path))
    check_amounts(in_csv(table), year, doubts_in_csv(table))
    check_amounts(in_json(path), year, doubts_in_json(path))


def check_page(year: Year) -> None:
    """Assert that the page has the amount of each request, and says beside their sum how many are decided."""
    yosan(year.root, "page")
    page = year.root / "集計" / "R2_集計.html"
    sheet = load(year.summary, values=True)[LIST]
    number = columns(sheet)["NO"]
    numbers = {str(sheet.cell(row, number).value): request for row, request, _ in rows(sheet)}
    found = {
        numbers[no.split("（")[0].strip("仮 ")]: amount for no, amount in in_page(page).items()
    }
    assert found == {key: one.total for key, one in year.known.items()}
    amounts = [one.total for one in year.known.values() if one.total is not None]
    assert f"決定 {len(amounts)} / {len(year.known)}" in total_of_page(page)
    assert f"{sum(amounts):,}" in total_of_page(page)


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
            assert not told or key in told or year.titles[key] in told, (key, "is not told")


def check_sums(year: Year) -> None:
    """Assert that the sheets of sums have the sums, and say how many requests are decided."""
    for name, (keys, by) in BY.items():
        shown = tables_of_sums(year.summary, name, keys)
        for key, (count, asked, amount, given) in sums(year.asked.values(), year.known, by).items():
            row = shown[key]
            assert (row["件数"], row["要求額"]) == (count, asked), (name, key)
            found = row["予算額"]
            assert (found or None) == (amount or None) or (amount is None and found == "未定"), (
                name,
                key,
                found,
                amount,
            )
            how_far = [row[label] for label in row if label.endswith("決定件数")][-1]
            assert how_far == f"{given} / {count}", (name, key)
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
