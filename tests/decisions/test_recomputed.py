"""The figures of every output are those of an independent recomputation, for nine requests and for 159."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from tests.decisions import recomputed
from tests.decisions.books import AMOUNT, LIST, columns, rows
from tests.decisions.command import yosan
from tests.decisions.outputs import (
    LABELS,
    amount_of,
    doubts_in_csv,
    doubts_in_json,
    in_course,
    in_csv,
    in_database,
    in_database_of,
    in_draft,
    in_file,
    in_json,
    in_json_of,
    in_list,
    in_notices,
    in_page,
    in_print,
    in_progress,
    in_sources,
    sums_of_page,
    tables_of_sums,
)
from tests.decisions.recomputed import (
    Asked,
    Decided,
    Typed,
    decided,
    hand_in,
    large_year,
    parts,
    plan,
    state,
    sums,
    type_all,
)
from tests.read_once import values_of
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
        self.begin()
        self.summary = self.root / "集計" / "R2_集計.xlsx"
        yosan(self.root, "consolidate")

    def begin(self) -> None:
        """Nothing is typed for the stage that is open now."""
        self.typed = {key: Typed() for key in self.asked}
        self.known = {key: Decided(None, None) for key in self.asked}

    @property
    def numbers(self) -> dict[str, str]:
        """Return the NO of every request."""
        return _numbers(self.summary.read_bytes())

    def type(self, entries: int) -> None:
        """Type that many decisions into the summary; nothing is consolidated after that."""
        self.typed = plan(self.asked.values(), entries, self.chance)
        assert sum(one.count for one in self.typed.values()) == entries
        type_all(self.summary, self.typed)
        self.known = {key: decided(one, self.typed[key]) for key, one in self.asked.items()}


@lru_cache(2)
def _numbers(summary: bytes) -> dict[str, str]:
    sheet = values_of(summary)[LIST]
    column = columns(sheet)["NO"]
    return {request: str(sheet.cell(row, column).value) for row, request, _ in rows(sheet)}


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
    check_summary(year, AMOUNT)
    check_data(year, tmp_path)
    check_page(year)
    check_database(year, tmp_path)
    yosan(year.root, "archive", "add", "--stage", "決定", "--anyway")
    kept = tmp_path / "保存庫" / "R2" / "決定" / "保存" / "要求書.json"
    check_amounts(in_file(kept), year, told)


STAGES = """
[[stages]]
name = "財政課"
notice = true
edition = "要求状況"

[[stages]]
name = "区長"
edition = "決定状況"
"""


@pytest.mark.parametrize(("count", "entries"), [(9, 12), (159, 309)])
def test_figures__before_and_after_each_stage(tmp_path: Path, count: int, entries: int) -> None:
    year = Year(tmp_path, count, STAGES)
    yosan(year.root, "number")
    for stage, label in (("財政課", "財政課の額"), ("区長", AMOUNT)):
        year.begin()
        yosan(year.root, "consolidate")
        check_summary(year, label)  # nothing is decided yet
        year.type(entries)
        told = yosan(year.root, "consolidate").text
        check_amounts(in_list(year.summary, label), year, told)
        check_summary(year, label)
        yosan(year.root, "stage", "close", stage, "--anyway")
        yosan(year.root, "consolidate")
        closed = in_list(year.summary, label)
        # Beside the open stage a closed one has its amount, verdict and reason.
        if label == AMOUNT:
            check_amounts(closed, year, told)
        assert {k: one.total for k, one in closed.items()} == {
            k: one.total for k, one in year.known.items()
        }
        check_summary(year, label)
        check_stage(year, tmp_path, stage, label)
        if stage == "財政課":
            yosan(year.root, "notice", "--anyway")
            check_amounts(by_id(year, in_notices(year.root / "内示")), year, "")
    check_data(year, tmp_path)
    check_page(year)
    check_database(year, tmp_path)
    check_editions(year)


def check_stage(year: Year, folder: Path, stage: str, label: str) -> None:
    """Assert that data, page, database and archive have what a stage decided, and no more than that of 予算額."""
    yosan(year.root, "export")
    yosan(year.root, "page")
    path, base = folder / f"{stage}.json", folder / f"{stage}.sqlite"
    yosan(year.root, "export", "--format", "json", "--output", str(path))
    yosan(year.root, "export", "--format", "sqlite", "--output", str(base), ".", "../保存庫")
    check_amounts(in_csv(year.root / "集計" / "R2_一覧.csv", label), year, "")
    check_amounts(in_json_of(path, stage), year, "")
    totals = {key: one.total for key, one in year.known.items()}
    assert in_database_of(base, stage) == totals
    page = year.root / "集計" / "R2_集計.html"
    found = in_page(page, label)
    assert {numbered(no): amount for no, amount in found.items()} == {
        year.numbers[key]: amount for key, amount in totals.items()
    }
    check_sums_of_page(year, page, label)
    documents = in_file(folder / "保存庫" / "R2" / stage / "保存" / "要求書.json")
    for kept in (documents, in_database(base, stage)):
        if stage == "区長":
            check_amounts(kept, year, "")
        else:
            # What is decided on the way is no 予算額.
            assert {key: one.total for key, one in kept.items()} == dict.fromkeys(year.asked)


def check_editions(year: Year) -> None:
    """Assert that both editions have in every file what is decided and funded, and the first nothing of it."""
    yosan(year.root, "publish", "要求状況", finds_office=False)
    yosan(year.root, "publish", "決定状況", "--anyway", finds_office=False)
    # What is not funded is told, and not published.
    funded = {key: one for key, one in year.known.items() if one.sources is not None}
    nobody = Decided(None, None)
    for name, known in (("1_要求状況", {}), ("2_決定状況", funded)):
        folder = year.root / "公表" / name
        year.known = {key: known.get(key, nobody) for key in year.asked}
        book = folder / f"R2_{name[2:]}.xlsx"
        for found in (
            in_file(folder / "要求書.json"),
            in_csv(folder / f"R2_{name[2:]}_一覧.csv"),
            by_id(year, in_print(book)),
        ):
            check_amounts(found, year, "")
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert manifest["requested_amount"] == sum(one.total for one in year.asked.values())
        if known:
            amounts = [one.total or 0 for one in known.values()]
            assert (manifest["decided"], manifest["decided_amount"]) == (len(known), sum(amounts))
            assert manifest["undecided"] == len(year.asked) - len(known)
            check_sums_of_page(year, book.with_suffix(".html"), AMOUNT)


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
    found = {numbered(no): amount for no, amount in in_page(page).items()}
    assert found == {year.numbers[key]: one.total for key, one in year.known.items()}
    check_sums_of_page(year, page, AMOUNT)
    for key, amount in source_sums(year).items():
        label = f"{LABELS[key[1]]}の{AMOUNT}"
        found_sum, _ = sums_of_page(page, "財源別", label)[key[0] or "全会計の計"]
        assert (found_sum or 0) == (amount or 0), key


def check_sums_of_page(year: Year, page: Path, label: str) -> None:
    """Assert that the tables of sums of a page have the sums, and say how many are decided where not all are."""
    for caption, by in (
        ("会計・款別", lambda one: f"{one.account}・{one.kan}"),
        ("部・課別", lambda one: f"{one.bureau}・{one.section or '-'}"),
        ("会計・款別", lambda one: "全会計の計"),
        ("部・課別", lambda one: "全会計の計"),
    ):
        shown = sums_of_page(page, caption, label)
        own = sums(year.asked.values(), year.known, by)
        for key, (count, _, amount, given) in own.items():
            how_far = f"決定 {given} / {count}" if given not in (0, count) else None
            assert shown[key] == (amount, how_far), (caption, key)


def check_database(year: Year, folder: Path) -> None:
    """Assert that a database has the amounts."""
    path = folder / "要求.sqlite"
    yosan(year.root, "export", "--format", "sqlite", "--output", str(path))
    check_amounts(in_database(path), year, "")


def numbered(shown: str) -> str:
    """Return the NO of a cell that may say that it is provisional."""
    return shown.split("（")[0].strip("仮 ")


def by_id(year: Year, found: dict[str, Decided]) -> dict[str, Decided]:
    """Return by request what an output has by NO."""
    ids = {number: key for key, number in year.numbers.items()}
    return {ids[number]: one for number, one in found.items()}


def check_summary(year: Year, label: str) -> None:
    """Assert that every sheet of the summary has what is decided at a stage."""
    check_sums(year, label)
    totals = {year.numbers[key]: one.total for key, one in year.known.items()}
    given = [amount for amount in totals.values() if amount is not None]
    course = in_course(year.summary, label)
    assert course.pop("全会計 計") == (sum(given) if given else None)
    assert course == totals
    if label != AMOUNT:
        return
    states = {year.numbers[key]: state(one, year.typed[key]) for key, one in year.asked.items()}
    assert in_progress(year.summary) == states
    check_draft(year)


def check_draft(year: Year) -> None:
    """Assert that 予算案比較 and 財源内訳 have the sums, those of sources too, and a difference where they do not come to the sum."""
    for block, by in (
        ("会計・款", lambda one: f"{one.account}・{one.kan}"),
        ("部", lambda one: one.bureau),
        ("会計・款", lambda one: "全会計 計"),
    ):
        shown = in_draft(year.summary, block)
        own = sums(year.asked.values(), year.known, by)
        for key, (count, asked, amount, given) in own.items():
            row = shown[key]
            assert (row["件数"], row["要求額"]) == (count, asked), key
            assert (amount_of(row[AMOUNT]), row["決定件数"]) == (amount, f"{given} / {count}"), key
            gap = None if given < count or amount is None else amount - asked
            assert amount_of(row["要求との差"]) == gap, key
    known = source_sums(year)
    total = sum(one.total or 0 for one in year.known.values())
    shown, rows_of = in_draft(year.summary, "財源"), in_sources(year.summary)
    for (account, source), amount in known.items():
        found = [rows_of[account or "全会計", LABELS[source]][AMOUNT]]
        found += [] if account else [shown[LABELS[source]][AMOUNT]]
        assert [amount_of(one) or 0 for one in found] == [amount or 0] * len(found), (
            account,
            source,
        )
    whole = sum(amount or 0 for (account, _), amount in known.items() if not account)
    assert (amount_of(shown["差"][AMOUNT]) or 0) == total - whole


def source_sums(year: Year) -> dict[tuple[str, str], int | None]:
    """Return by 会計 (empty: all of them) and source what is known of what is decided."""
    found: dict[tuple[str, str], int | None] = {
        (account, source): None
        for account in ("", *{one.account for one in year.asked.values()})
        for source in LABELS
    }
    for key, asked in year.asked.items():
        for source, amount in parts(asked, year.typed[key]).items():
            for account in ("", asked.account):
                found[account, source] = (found[account, source] or 0) + amount
    return found


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


def check_sums(year: Year, label: str) -> None:
    """Assert that the sheets of sums have the sums, and say how many requests are decided."""
    for name, (keys, by) in BY.items():
        shown = tables_of_sums(year.summary, name, keys)
        for key, (count, asked, amount, given) in sums(year.asked.values(), year.known, by).items():
            row = shown[key]
            assert (row["件数"], row["要求額"]) == (count, asked), (name, key)
            found = row[label]
            assert (found or None) == (amount or None) or (amount is None and found == "未定"), (
                name,
                key,
                found,
                amount,
            )
            heads = [*row]
            how_far = row[heads[heads.index(label) + 1]]
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
