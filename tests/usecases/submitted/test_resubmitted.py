"""What departments changed since their books were accepted: told by status until the next run accepts it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.usecases.edit import set_cell
from tests.usecases.resaved import save_at
from tests.usecases.year import faultless_documents, hand_in_filled, make_year
from yosan_xl.model.resubmitted import ChangeKind
from yosan_xl.report.status_text import status_json, status_text
from yosan_xl.store.ledger import LEDGER_NAME, read_ledger
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.status import YearStatus, status

OFFICE, TAX = "0602_区長室.xlsx", "0103_税務課.xlsx"


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year folder whose nine requests were handed in and accepted."""
    year = make_year(tmp_path_factory.mktemp("accepted") / "R2")
    hand_in_filled(year)
    consolidate([year], year)
    return year


@pytest.fixture
def year(stock: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stock, tmp_path / "R2"))


def _told(done: YearStatus) -> list[tuple[str, ChangeKind, str]]:
    return [
        (one.department.code, change.kind, change.shown.request)
        for one in done.changes
        for change in one.changes
    ]


def _fill_again(year: Path, *, drop: str = "", **changes: object) -> None:
    """Hand in 税務課's book again, made of its requests with `changes` in the first one, without the request `drop`."""
    own = [one for one in faultless_documents() if one["department"]["code"] == "0103"]
    own = [{**own[0], **changes}, *own[1:]]
    kept = [one for one in own if one["id"] != drop]
    (year / "again.json").write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    (year / "提出" / TAX).unlink()
    fill(year / "again.json", year / "提出")
    (year / "again.json").unlink()


def test_status__is_quiet_where_nothing_changed(year: Path) -> None:
    assert status(year).changes == ()
    save_at(year / "提出" / TAX, "2019-10-30T00:00:00Z")
    done = status(year)
    assert done.changes == ()
    assert "出し直しで変わった要求" not in status_text(done.year, done.intake)


def test_status__tells_another_amount_until_a_run_accepts_it(year: Path) -> None:
    set_cell(year / "提出" / OFFICE, "yx_lines1_requested", 0, 5_000)
    done = status(year)
    assert _told(done) == [("0602", ChangeKind.AMOUNT, "0602-1")]
    text = status_text(done.year, done.intake, changes=done.changes)
    assert "  0602 企画経営部 区長室（前に集計したときから）:" in text
    assert "額 0602-1「報道機関情報提供活動」 4,192千円 → 6,423千円" in text
    assert _told(status(year)) == _told(done)
    consolidate([year], year)
    assert status(year).changes == ()
    set_cell(year / "提出" / OFFICE, "yx_lines1_requested", 0, 2_769)
    assert _told(status(year)) == _told(done)


def test_status__tells_a_new_name_and_a_request_that_is_gone(year: Path) -> None:
    _fill_again(year, title="税務資料の電子化と活用の推進", drop="0103-3")
    done = status(year)
    assert _told(done) == [
        ("0103", ChangeKind.RENAMED, "0103-1"),
        ("0103", ChangeKind.GONE, "0103-3"),
    ]
    value = json.loads(status_json(done.year, done.intake, changes=done.changes))
    first, second = value["changes"][0]["requests"]
    assert (first["what"], first["now"]["title"]) == ("renamed", "税務資料の電子化と活用の推進")
    assert (second["what"], second["now"], second["before"]["requested"]) == ("gone", None, 36_936)
    consolidate([year], year)
    _fill_again(year)
    assert _told(status(year)) == [
        ("0103", ChangeKind.RENAMED, "0103-1"),
        ("0103", ChangeKind.NEW, "0103-3"),
    ]


def test_status__a_book_under_another_name_with_the_same_requests_changed_nothing(
    year: Path,
) -> None:
    (year / "提出" / OFFICE).rename(year / "提出" / "区長室（再提出）.xlsx")
    assert status(year).changes == ()
    (year / "提出" / TAX).unlink()
    assert status(year).changes == ()  # 未提出 says it


def test_status__who_hands_in_for_the_first_time_changed_nothing(year: Path) -> None:
    book = (year / "提出" / TAX).read_bytes()
    (year / "提出" / TAX).unlink()
    consolidate([year], year)
    (year / "提出" / TAX).write_bytes(book)
    assert status(year).changes == ()


def test_status__without_a_run_before_the_replaced_book_says_what_was(year: Path) -> None:
    (year / LEDGER_NAME).unlink()
    assert status(year).changes == ()
    old, new = year / "提出" / OFFICE, year / "提出/0602_あとから.xlsx"
    shutil.copyfile(old, new)
    shutil.copyfile(old, year / "提出/0602_区長室 - コピー.xlsx")
    set_cell(new, "yx_lines1_requested", 0, 2_000)
    save_at(new, "2019-10-02T01:00:00Z")
    save_at(old, "2019-10-01T01:00:00Z")
    save_at(year / "提出/0602_区長室 - コピー.xlsx", "2019-10-01T01:00:00Z")
    done = status(year)
    assert _told(done) == [("0602", ChangeKind.AMOUNT, "0602-1")]
    assert done.changes[0].replaced in (OFFICE, "0602_区長室 - コピー.xlsx")
    text = status_text(done.year, done.intake, changes=done.changes)
    assert f"区長室（「{done.changes[0].replaced}」から）:" in text
    consolidate([year], year)
    assert status(year).changes == ()


def test_status__a_ledger_of_before_says_nothing_of_requests(year: Path) -> None:
    ledger = json.loads((year / LEDGER_NAME).read_text(encoding="utf-8"))
    del ledger["accepted"]
    (year / LEDGER_NAME).write_text(json.dumps(ledger), encoding="utf-8")
    set_cell(year / "提出" / OFFICE, "yx_lines1_requested", 0, 5_000)
    assert status(year).changes == ()


def test_consolidate__of_one_book_forgets_no_request_of_the_others(year: Path) -> None:
    before = read_ledger(year).accepted
    set_cell(year / "提出" / OFFICE, "yx_lines1_requested", 0, 5_000)
    consolidate([year / "提出" / OFFICE], year)
    after = read_ledger(year).accepted
    assert {unit for unit in before if before[unit] != after[unit]} == {"0602"}
    assert status(year).changes == ()
