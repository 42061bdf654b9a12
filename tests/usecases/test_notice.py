"""内示: one book for each department of a closed stage; undecided is 未定, and what went out does not change in silence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.lazy_book import lazy_book
from tests.usecases.noticed import (
    BOOK,
    REASON,
    STAGES,
    TOTAL,
    cell_of,
    close_stage,
    decide,
    hand_in,
    year_of,
)
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.notice import Noticed, notice
from yosan_xl.usecases.number import number

TAX = {"0103-1": 30_765, "0103-2": 30_000, "0103-3": 0}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """Give a year whose first stage is closed, with the requests of 税務課 alone decided."""
    folder = year_of(tmp_path / "R2")
    decide(folder, TAX, n0103_2="経費を精査し、減額")
    close_stage(folder, "財政課")
    return folder


def _rows(path: Path) -> dict[str, tuple[Any, ...]]:
    """Give the rows of 内示書 by title."""
    sheet = lazy_book(path, values=True)["内示書"]
    return {str(row[1]): row for row in sheet.iter_rows(min_row=5, values_only=True)}


def _refused(
    year: Path, wanted: Sequence[str] = (), *, force: bool = False
) -> list[tuple[str, str]]:
    with pytest.raises(WrongInput) as caught:
        notice(year, wanted, force=force)
    return [(finding.code, finding.fact) for finding in caught.value.findings]


def test_notice__a_sum_says_of_how_many_it_is(tmp_path: Path) -> None:
    folder = year_of(tmp_path / "R2")
    decide(folder, {"0103-2": 30_000})
    close_stage(folder, "財政課")
    (path,) = notice(folder, ["税務課"], anyway=True).books
    book = lazy_book(path, values=True)
    for name, row in (("内示書", 8), ("復活要求", 9)):
        words = [str(cell.value) for cell in book[name][row]]
        assert any("内示 1 / 3 件（ほかは未定）" in word for word in words), (name, words)


def test_notice__the_sheets_call_an_amount_that_is_not_final_by_its_name(year: Path) -> None:
    notice(year, ["税務課"])
    book = openpyxl.load_workbook(year / "内示" / BOOK)
    words = {str(cell.value) for row in book["要求書1"].iter_rows() for cell in row}
    assert "内示額" in words
    assert not {"予算額", "予算額のうち特財"} & words


def test_notice__says_what_was_decided_with_funding_and_reason(year: Path) -> None:
    done = notice(year, ["税務課"])
    assert [path.name for path in done.books] == [BOOK]
    rows = _rows(year / "内示" / BOOK)
    assert rows["口座振替等納税奨励"][2:5] == (38_484, 30_000, -8_484)
    assert rows["口座振替等納税奨励"][-2:] == (None, "経費を精査し、減額")
    assert rows["滞納整理のための預貯金照会サービスの導入"][3] == 0
    assert rows["計"][2:5] == (106_185, 60_765, -45_420)
    assert rows["計"][8] == 60_765


def test_notice__its_sheets_have_the_amount_and_are_locked(year: Path) -> None:
    notice(year, ["税務課"])
    book = openpyxl.load_workbook(year / "内示" / BOOK)
    assert book.sheetnames[:5] == ["内示書", "復活要求", "要求書1", "要求書2", "要求書3"]
    assert [sheet.protection.sheet for sheet in book] == [True] * 6
    assert book["_yosan_notice"].sheet_state == "hidden"
    values = [cell.value for row in book["要求書2"].iter_rows() for cell in row]
    assert 30_000 in values
    assert "57（仮）" in values
    unlocked = {
        cell.coordinate
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    entries = {f"{column}{row}" for column in "FGHIL" for row in (6, 7, 8)}
    assert unlocked == entries


def test_notice__of_a_stage_that_fills_nothing_shows_no_later_decision(year: Path) -> None:
    decide(year, {"0103-2": 31_000})
    notice(year, ["税務課"])
    values = [
        cell.value for row in lazy_book(year / "内示" / BOOK)["要求書2"].iter_rows() for cell in row
    ]
    assert 30_000 in values
    assert 31_000 not in values


def test_notice__a_final_no_is_not_provisional(year: Path) -> None:
    number(year)
    notice(year, ["税務課"])
    assert _rows(year / "内示" / BOOK)["口座振替等納税奨励"][0] == "57"


def test_notice__the_same_again_writes_nothing(year: Path) -> None:
    first = notice(year, ["税務課"])
    before = (year / "内示" / BOOK).read_bytes()
    assert first.new
    assert notice(year, ["税務課"]).new == ()
    assert (year / "内示" / BOOK).read_bytes() == before


def test_yx775__hits_a_stage_that_is_not_closed(tmp_path: Path) -> None:
    folder = year_of(tmp_path / "R2")
    ((code, fact),) = _refused(folder)
    assert code == "YX775"
    assert "財政課" in fact
    without = year_of(
        tmp_path / "R3", STAGES.split("[[stages]]")[0] + '[[stages]]\nname = "査定"\n'
    )
    assert [code for code, _ in _refused(without)] == ["YX775"]


def test_yx775__does_not_hit_a_year_without_stages(tmp_path: Path) -> None:
    folder = year_of(tmp_path / "R2", stages="")
    decide(folder, TAX)
    assert notice(folder, ["税務課"]).stage == "査定"


def test_yx776__hits_undecided_requests_and_names_them(year: Path) -> None:
    ((code, fact),) = _refused(year, ["税務課", "国保年金課"])
    assert code == "YX776"
    assert "1 件" in fact
    assert "国民健康保険料徴収" in fact
    assert not (year / "内示").exists()


def test_yx776__does_not_hit_with_anyway_and_undecided_is_never_0(year: Path) -> None:
    done = notice(year, ["国保年金課"], anyway=True)
    assert done.open == 1
    rows = _rows(year / "内示" / "0206_国保年金課.xlsx")
    assert rows["国民健康保険料徴収"][3:5] == ("未定", None)
    total = rows["計　内示 0 / 1 件（ほかは未定）"]
    assert total[3:9] == ("未定",) * 6  # 内示額, 増減 and the sources
    book = lazy_book(year / "内示" / "0206_国保年金課.xlsx", values=True)
    assert cell_of(book["復活要求"], "計", "内示額").value == "未定"
    sheet = lazy_book(year / "内示" / "0206_国保年金課.xlsx", values=True)
    assert "未定" in [cell.value for row in sheet["要求書1"].iter_rows() for cell in row]


def _changed(year: Path, *, force: bool = False) -> Noticed:
    """Decide otherwise after 内示 went out, as somebody does who opens the stage again."""
    notice(year, ["税務課"])
    record = json.loads((year / "査定.json").read_text(encoding="utf-8"))
    record["closed"] = []
    (year / "査定.json").write_text(json.dumps(record), encoding="utf-8")
    decide(year, {"0103-2": 29_000})
    close_stage(year, "財政課")
    return notice(year, ["税務課"], force=force)


def test_yx777__hits_a_notice_that_would_change_and_says_how(year: Path) -> None:
    with pytest.raises(WrongInput) as caught:
        _changed(year)
    (finding,) = caught.value.findings
    assert finding.code == "YX777"
    assert "0103-2「口座振替等納税奨励」の内示額 30,000 → 29,000" in finding.fact
    assert _rows(year / "内示" / BOOK)["口座振替等納税奨励"][3] == 30_000


def test_yx777__does_not_hit_with_force(year: Path) -> None:
    _changed(year, force=True)
    assert _rows(year / "内示" / BOOK)["口座振替等納税奨励"][3] == 29_000


def test_yx778__hits_what_was_replaced(year: Path) -> None:
    (finding,) = [one for one in _changed(year, force=True).findings if one.code == "YX778"]
    assert "30,000 → 29,000" in finding.fact


def test_yx778__does_not_hit_a_notice_that_is_the_same(year: Path) -> None:
    notice(year, ["税務課"])
    again = notice(year, ["税務課"], force=True)
    assert [one.code for one in again.findings if one.code == "YX778"] == []


def test_yx779__hits_a_notice_that_somebody_typed_into(year: Path) -> None:
    notice(year, ["税務課"])
    path = year / "内示" / BOOK
    book = openpyxl.load_workbook(path)
    cell_of(book["復活要求"], "0103-2", TOTAL).value = 5_000
    book.save(path)
    assert [code for code, _ in _refused(year, ["税務課"], force=True)] == ["YX779"]
    assert cell_of(lazy_book(path)["復活要求"], "0103-2", TOTAL).value == 5_000


def test_yx779__does_not_hit_one_that_was_only_saved(year: Path) -> None:
    notice(year, ["税務課"])
    path = year / "内示" / BOOK
    openpyxl.load_workbook(path).save(path)
    assert notice(year, ["税務課"], force=True).new == (path,)


def test_notice__a_second_one_of_a_later_stage_has_a_name_of_its_own(tmp_path: Path) -> None:
    stages = STAGES + "notice = true\n"
    folder = year_of(tmp_path / "R2", stages)
    decide(folder, TAX)
    close_stage(folder, "財政課")
    notice(folder, ["税務課"])
    close_stage(folder, "復活")
    decide(folder, {"0103-2": 33_000})
    close_stage(folder, "区長")
    done = notice(folder, ["税務課"], anyway=True)
    assert [path.name for path in done.books] == ["0103_税務課_区長.xlsx"]
    assert _rows(folder / "内示" / BOOK)["口座振替等納税奨励"][3] == 30_000
    assert _rows(*done.books)["口座振替等納税奨励"][3] == 33_000


def test_yx760__hits_a_notice_in_the_folder_of_requests(year: Path) -> None:
    notice(year, ["税務課"])
    before = consolidate([year], year)
    path = hand_in(year, {("0103-2", TOTAL): 5_000, ("0103-2", REASON): "契約の更新"})
    path.rename(year / "提出" / BOOK)
    done = consolidate([year], year)
    (told,) = [finding for finding in done.findings if finding.code == "YX760"]
    assert told.place.file == BOOK
    assert "復活" in told.remedy
    assert (done.counted, done.requested) == (before.counted, before.requested)


def test_yx760__does_not_hit_a_notice_in_its_own_folder(year: Path) -> None:
    notice(year, ["税務課"])
    hand_in(year, {("0103-2", TOTAL): 5_000, ("0103-2", REASON): "契約の更新"})
    assert "YX760" not in [finding.code for finding in consolidate([year], year).findings]


def test_yx729__hits_a_year_in_which_nobody_decides_on_restoration(tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2", "")
    decide(year, {"0103-1": 1, "0103-2": 2, "0103-3": 3})
    done = notice(year, ["税務課"], anyway=True)
    assert "YX729" in [one.code for one in done.findings]
    assert lazy_book(year / "内示" / BOOK).sheetnames[:2] == ["内示書", "要求書1"]


def test_yx729__does_not_hit_where_a_later_stage_decides_on_restoration(year: Path) -> None:
    assert "YX729" not in [one.code for one in notice(year, ["税務課"], force=True).findings]
