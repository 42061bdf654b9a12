"""One comparison: what `compare` says of two years, 前年度比較 of the summary says too.

Count, state, amount and rate, for R2 → R3 and for random years; and last year's figure is the same
whether last year is a folder, a stage of the archive or a summary.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests import seeds
from tests.excel.summary.samples import opened, table
from tests.usecases.archive.samples import put
from tests.usecases.typing import type_in
from tests.usecases.year import EXAMPLE, hand_in_filled, make_year
from tests.years import AXES, R3, document
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.comparison import By, ComparedRow, Figure, YearRequests
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.matching import Succession, SuccessionKind, SuccessionRow
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.settings import Account, Settings
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.usecases.compare import compare, compare_years, trend, trend_of
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.init import init
from yosan_xl.usecases.succession import two_years

Shown = tuple[tuple[str, ...], str, int, int, float | None]
"""A row: its account and names, 継続 / 皆増 / 皆減, both amounts, and 増減率 in %."""

BLOCKS = {
    By.KAN: ("会計・款", ("款",)),
    By.BUREAU: ("会計・部", ("部",)),
    By.REQUEST: ("事業", ("事業名",)),
}


def of_engine(rows: Sequence[ComparedRow], by: By) -> list[Shown]:
    return sorted(
        (
            (row.key[0], row.key[-1] if by is not By.REQUEST else row.key[3]),
            row.state.value,
            row.old.sum,
            row.new.sum,
            None if row.rate is None else row.rate / 10,
        )
        for row in rows
    )


def of_sheet(rows: Sequence[Mapping[str, Any]], by: By) -> list[Shown]:
    label, names = BLOCKS[by]
    return sorted(
        (
            (row["会計"], *(row[name] or "" for name in names)),
            row["増減"] if row["増減"] in ("皆増", "皆減") else "継続",
            row["前年度"] or 0,
            row["要求額"] or 0,
            None if row["増減率（％）"] == "－" else row["増減率（％）"],
        )
        for row in rows
        if row["比較の単位"] == label and row["款"] != "小計" and row["会計"] != "全会計 計"
    )


def comparison_of(summary: bytes) -> list[dict[str, Any]]:
    return table(opened(summary), "前年度比較")


ACCOUNTS = ("一般会計", "国民健康保険事業会計", "介護保険会計")
SETTINGS = Settings(
    "港区",
    FiscalYear(2021),
    "minato-r2",
    tuple(Account(name, ("総務費", "民生費")) for name in ACCOUNTS),
    ("新規事業", "レベルアップ事業"),
)
TITLES = (
    "防災訓練",
    "防災訓練の実施",
    "窓口の改善",
    "窓口改善",
    "電子化の推進",
    "公園の整備",
    "保育園",
)
NAMES = ("総務課", "防災課", "税務課", "住民課")


def units_of(chance: random.Random) -> Roster:
    """Return a roster in which names may have moved to other codes and bureaux."""
    names = chance.sample(NAMES, len(NAMES))
    bureaux = [chance.choice(("企画部", "区民部")) for _ in names]
    return Roster(
        tuple(
            Department(f"010{at}", bureau, name)
            for at, (bureau, name) in enumerate(zip(bureaux, names, strict=True), 1)
        )
    )


def requests_of(chance: random.Random, units: Roster, *, decided: bool) -> list[Document]:
    found = []
    for at in range(1, chance.randint(2, 14)):
        unit = chance.choice(list(units))
        asked = chance.choice((None, 0, chance.randint(-200, 5_000)))
        found.append(
            document(
                f"{unit.code}-{at // 3 + 1 if chance.random() < 0.3 else at}",
                chance.choice(TITLES),
                asked,
                chance.choice((None, 0, chance.randint(-50, 4_000))) if decided else None,
                account=chance.choice((*ACCOUNTS, "一般会計", "一般会計")),
                kan=chance.choice(("総務費", "民生費")),
                department={"code": unit.code, "bureau": unit.bureau, "section": unit.section},
            )
        )
    return found


def said(chance: random.Random, old: YearRequests, new: YearRequests) -> Succession:
    """Return some rows of 対応表.csv: every old id at most once."""
    ids = {request.id for request in old.requests if request.id}
    once = [one for one in sorted(ids) if sum(r.id == one for r in old.requests) == 1]
    after = [r.id for r in new.requests if r.id and sum(o.id == r.id for o in new.requests) == 1]
    chosen = chance.sample(once, min(len(once), 3))
    pairs = [(one, chance.choice([*after, ""])) for one in chosen]
    return Succession(
        tuple(
            SuccessionRow(at, SuccessionKind.PROJECT, one, two)
            for at, (one, two) in enumerate(pairs, 2)
        )
    )


def check(seed: int, folder: Path) -> None:
    """Make two years and assert that compare, trend and 前年度比較 say the same of them."""
    chance = random.Random(seed)
    rosters = units_of(chance), units_of(chance)
    is_decided = chance.random() < 0.5  # this year too: then 前年度比較 still shows 要求額
    rows = [
        [
            SummaryRow(Request.from_document(one, AXES), Place(f"{name}/{at}.xlsx", "要求書1"))
            for at, one in enumerate(requests_of(chance, roster, decided=decided))
        ]
        for name, roster, decided in zip(("前年度", ""), rosters, (True, is_decided), strict=True)
    ]
    before, now = (Rollup.of(own, SETTINGS, rosters[1], AXES).rows for own in rows)
    old = YearRequests("R2", FiscalYear(2020), tuple(r.request for r in before), rosters[0])
    new = YearRequests("R3", SETTINGS.year, tuple(r.request for r in now), rosters[1], SETTINGS)
    succession = said(chance, old, new)
    years, _ = two_years(old, new, succession)
    data = summary_bytes(now, (), SETTINGS, rosters[1], None, AgainstLastYear(before, years))
    sheet = comparison_of(data)
    for by in BLOCKS:
        asked = compare_years(old, new, by, Figure.EITHER, succession).comparison.rows
        if is_decided:
            asked = tuple(years.rows(by, Figure.EITHER, Figure.REQUESTED))
        assert of_sheet(sheet, by) == of_engine(asked, by), by
    for by in (by for by in By if by.is_of(AXES)):
        pair = compare_years(old, new, by, Figure.EITHER, succession).comparison.rows
        row = trend_of([old, new], by, Figure.EITHER, [succession]).trend.rows
        assert {(one.key, one.amounts[0].sum, one.amounts[1].sum) for one in row} == {
            (one.key, one.old.sum, one.new.sum) for one in pair
        }, by


@pytest.mark.parametrize("seed", seeds.short())
def test_random_years__compare_and_the_summary_agree(seed: int, tmp_path: Path) -> None:
    check(seed, tmp_path)


def test_r2_to_r3__compare_and_the_summary_agree(tmp_path: Path) -> None:
    year = tmp_path / "R3"
    shutil.copytree(R3, year)
    done = consolidate([year], tmp_path, last_year=str(EXAMPLE))
    sheet = comparison_of(done.summary.read_bytes())
    for by in BLOCKS:
        found = compare(str(EXAMPLE), str(year), by).comparison
        assert of_sheet(sheet, by) == of_engine(found.rows, by)
    assert found.tally == "継続 7件、皆増 2件、皆減 2件"


DECIDED: dict[tuple[str, str, int | None], object] = {
    ("0103-1", "予算額", None): 30_000,
    ("0602-1", "予算額", None): "４,０００",
    ("0206-1", "予算額", 1): 12_000,
    ("0206-1", "予算額", 2): 345,
    ("0206-1", "予算額", 3): 0,
}
"""Three of the nine: a figure, figures as text, and line by line."""


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same decided year as a folder, a stage of the archive, and a summary."""
    folder = tmp_path_factory.mktemp("decided")
    year = make_year(folder / "R2")
    hand_in_filled(year)
    summary = consolidate([year], folder).summary
    type_in(summary, DECIDED)
    put(year, anyway=True)
    return {
        "folder": str(year),
        "archive": f"{folder / '保存庫'}:R2",
        "stage": f"{folder / '保存庫'}:R2/要求",
        "summary": str(summary),
    }


def figures(rows: Sequence[ComparedRow]) -> list[Shown]:
    return of_engine(rows, By.REQUEST)


@pytest.mark.parametrize("kind", ["archive", "stage", "summary"])
def test_decided_year__has_one_answer_in_compare_and_trend(
    decided: dict[str, str], kind: str
) -> None:
    expected = compare(decided["folder"], str(R3)).comparison
    assert (expected.old.basis.budgeted, expected.old.basis.requested) == (3, 6)
    amounts = {row.key[1]: row.old.sum for row in expected.rows if row.old.count}
    assert (amounts["0103-1"], amounts["0206-1"]) == (30_000, 12_345)
    found = compare(decided[kind], str(R3)).comparison
    assert (found.old.basis, found.tally) == (expected.old.basis, expected.tally)
    assert figures(found.rows) == figures(expected.rows)
    sums = [
        trend([source, str(R3)], By.REQUEST).trend for source in (decided["folder"], decided[kind])
    ]
    assert sums[0].total == sums[1].total
    assert sorted(row.amounts[0].sum for row in sums[0].rows) == sorted(
        row.amounts[0].sum for row in sums[1].rows
    )
    assert sums[0].total.amounts[0].sum == expected.total.old.sum


@pytest.mark.parametrize("kind", ["folder", "archive", "stage", "summary"])
def test_decided_year__has_that_answer_in_the_summary_too(
    decided: dict[str, str], kind: str, tmp_path: Path
) -> None:
    year = tmp_path / "R3"
    shutil.copytree(R3, year)
    done = consolidate([year], tmp_path, last_year=decided[kind])
    expected = compare(decided["folder"], str(year)).comparison
    book = done.summary.read_bytes()
    assert of_sheet(comparison_of(book), By.REQUEST) == figures(expected.rows)
    said = str(opened(book)["前年度比較"]["A2"].value)
    assert "前年度は、予算額のある3件は予算額、ない6件は要求額です。" in said
    assert expected.tally in said
    assert done.findings == ()


def carried(source: str, root: Path) -> tuple[Any, Any]:
    """Return 前年度予算額 and the prose that a year made from this source begins with."""
    made = init(root, FiscalYear(2021), source=source).carried
    assert made
    kept = json.loads(made.file.read_text(encoding="utf-8"))
    texts = {one["id"]: (one["title"], one["description"]) for one in kept["requests"]}
    return sorted(map(str, kept["prior_budget"])), texts


def test_decided_year__is_carried_over_alike(decided: dict[str, str], tmp_path: Path) -> None:
    expected = carried(decided["folder"], tmp_path / "folder")
    assert len(expected[0]) == 9
    for kind in ("archive", "summary"):
        assert carried(decided[kind], tmp_path / kind) == expected


def test_decided_year__is_the_same_after_it_is_consolidated_again(
    decided: dict[str, str], tmp_path: Path
) -> None:
    year = tmp_path / "R2"
    shutil.copytree(decided["folder"], year)
    before = figures(compare(str(year), str(R3)).comparison.rows)
    summary = consolidate([year], tmp_path).summary
    assert figures(compare(str(summary), str(R3)).comparison.rows) == before
    shutil.rmtree(year / "提出")
    assert figures(compare(str(summary), str(R3)).comparison.rows) == before
    assert json.loads((year / "requests.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    sys.exit(seeds.main(check))
