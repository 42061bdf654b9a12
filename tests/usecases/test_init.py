"""init --from: settings, roster and requests of an earlier year, and what generate makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lazy_book import lazy_book
from tests.usecases.edit import cell_of
from tests.usecases.year import EXAMPLE, make_year
from tests.years import document, save
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.faults import StoreError
from yosan_xl.store.succession_file import read_succession
from yosan_xl.store.year_folder import open_year_folder
from yosan_xl.usecases.compare import compare
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.init import init

R3 = FiscalYear(2021)


def refused(source: str, root: Path) -> list[str]:
    with pytest.raises(StoreError) as error:
        init(root, R3, source=source)
    assert not root.exists()
    return [finding.code for finding in error.value.findings]


def test_init__carries_settings_roster_and_requests_over(tmp_path: Path) -> None:
    made = init(tmp_path / "R3", R3, source=str(EXAMPLE))
    before, after = open_year_folder(EXAMPLE), open_year_folder(made.root)
    assert after.roster == before.roster
    assert (after.settings.year, after.settings.deadline) == (R3, "")
    assert (after.settings.accounts, after.settings.contact) == (
        before.settings.accounts,
        before.settings.contact,
    )
    assert made.carried is not None
    assert made.carried.basis.words == "要求額 9件"
    assert "# 会計年度" in (made.root / "yosan.toml").read_text(encoding="utf-8")
    assert read_succession(made.root / "対応表.csv").links == ()


def test_prior_file__keeps_the_budget_and_where_there_is_none_the_request(tmp_path: Path) -> None:
    source = save(
        tmp_path / "R2.json", document("0103-1", "甲", 10, 8), document("0103-2", "乙", 20)
    )
    made = init(tmp_path / "R3", R3, source=source)
    kept = json.loads((made.root / "記録" / "前年度.json").read_text(encoding="utf-8"))
    assert kept["fiscal_year"] == 2020
    assert [(row["title"], row["figure"], row["amount"]) for row in kept["prior_budget"]] == [
        ("甲", "予算額", 8),
        ("乙", "要求額", 20),
    ]
    assert made.carried is not None
    assert (made.carried.settings, made.carried.basis.words) == (False, "予算額 1件、要求額 1件")


def test_generate__uses_what_was_kept_and_the_map(tmp_path: Path) -> None:
    made = init(tmp_path / "R3", R3, source=str(EXAMPLE))
    roster = made.root / "組織.csv"
    text = (
        roster.read_bytes()
        .decode("utf-8")
        .replace("0602,企画経営部,区長室", "0606,企画経営部,広報室")
    )
    roster.write_bytes(text.encode())
    (made.root / "対応表.csv").write_text("種類,前,後\n所管課,0602,広報室\n", encoding="utf-8")
    done = generate(made.root, "0606")
    assert done.findings == ()
    sheet = lazy_book(done.books[0])["要求書1"]
    assert sheet[cell_of("yx_title")].value == "報道機関情報提供活動"


def test_generate__tells_of_a_unit_that_is_gone_without_the_map(tmp_path: Path) -> None:
    made = init(tmp_path / "R3", R3, source=str(EXAMPLE))
    roster = made.root / "組織.csv"
    text = (
        roster.read_bytes()
        .decode("utf-8")
        .replace("0602,企画経営部,区長室", "0606,企画経営部,広報室")
    )
    roster.write_bytes(text.encode())
    found = generate(made.root, "0606").findings
    assert [finding.code for finding in found] == ["YX068"]
    assert "対応表.csv" in found[0].remedy


def test_compare__shows_what_nobody_asks_for_from_the_kept_file(tmp_path: Path) -> None:
    made = init(tmp_path / "R3", R3, source=str(EXAMPLE))
    now = save(tmp_path / "now.json", document("0602-1", "報道機関情報提供活動", 5_000, year=2021))
    found = compare(str(made.root / "保存" / "前年度.json"), now).comparison
    assert found.tally == "継続 1件、皆増 0件、皆減 8件"


def test_yx677__hits_a_year_that_is_not_earlier(tmp_path: Path) -> None:
    source = save(tmp_path / "R3.json", document("0103-1", "甲", 10, year=2021))
    assert refused(source, tmp_path / "R3") == ["YX677"]


def test_yx677__does_not_hit_a_year_before_last(tmp_path: Path) -> None:
    source = save(tmp_path / "R1.json", document("0103-1", "甲", 10, year=2019))
    made = init(tmp_path / "R3", R3, source=source)
    assert made.carried is not None
    assert made.carried.year.label == "令和元年度"


def test_yx678__hits_settings_whose_year_is_written_otherwise(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8").replace("year = ", '"year" = ')
    settings.write_text(text, encoding="utf-8")
    (year / "requests.json").replace(year / "提出" / "requests.json")
    assert refused(str(year), tmp_path / "R3") == ["YX678"]


def test_yx678__does_not_hit_a_year_folder_that_init_made(tmp_path: Path) -> None:
    old = init(tmp_path / "R2", FiscalYear(2020)).root
    (make_year(tmp_path / "nine") / "requests.json").replace(old / "提出" / "requests.json")
    made = init(tmp_path / "R3", R3, source=str(old))
    assert made.settings.year == R3
    assert made.carried is not None
    assert made.carried.settings


def test_init__refuses_a_source_before_it_makes_a_folder(tmp_path: Path) -> None:
    assert refused(str(tmp_path / "ない"), tmp_path / "R3") == ["YX070"]
