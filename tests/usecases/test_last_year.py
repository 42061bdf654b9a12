"""前年度: from JSON, books or a year folder; compared with, told where it is not what it should be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.lazy_book import lazy_book
from tests.usecases.resaved import save_at
from tests.usecases.year import faultless_documents, hand_in_filled, make_year
from yosan_xl.model.axes import ASKED, SPECIFIC
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.resources import template_folder
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.init import Wishes, init
from yosan_xl.usecases.year_source import read_last_year

THIS = FiscalYear(2020)


def documents(western: int = 2019) -> list[dict[str, Any]]:
    """Give the nine as another year's, with half of it budgeted."""
    found = [{**one, "fiscal_year": western} for one in faultless_documents()]
    for one in found:
        asked = one["total"]["requested"]
        one["total"] = {**one["total"], "budgeted": asked // 2}
    return found


def json_of(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def codes(path: Path) -> list[str]:
    return [finding.code for finding in read_last_year(str(path), THIS).findings]


def test_consolidate__compares_with_last_year(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    old = json_of(tmp_path / "R1.json", documents())
    done = consolidate([year], tmp_path, last_year=str(old))
    assert done.findings == ()
    sheet = lazy_book(done.summary, values=True)["前年度比較"]
    rows = [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[1] == "全会計 計"]
    before = sum(one["total"]["budgeted"] for one in documents())
    assert [(row[7], row[8], row[9]) for row in rows] == [(383_511, before, 383_511 - before)] * 3


def test_last_year__is_read_from_a_year_folder_and_its_books(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    found = read_last_year(str(year), FiscalYear(2021))
    assert (len(found.rows), found.findings) == (9, ())
    assert {row.source.file.split("/")[0] for row in found.rows} == {"前年度"}


def test_last_year__a_book_handed_in_twice_counts_once(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    save_at(year / "提出/0602_区長室.xlsx", "いつか", year / "提出/0602_区長室(修正).xlsx")
    assert len(read_last_year(str(year), FiscalYear(2021)).rows) == 9


def test_last_year__is_read_from_its_summary(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    summary = consolidate([year], tmp_path).summary
    found = read_last_year(str(summary), FiscalYear(2021))
    assert (len(found.rows), found.findings) == (9, ())
    assert sum(found.amounts.values()) == 383_511
    sixth = found.rows[4].request
    assert (sixth.id, sixth.no, sixth.account) == ("0206-1", 59, "国民健康保険事業会計")
    assert (sixth.department_code, sixth.section) == ("0206", "国保年金課")
    assert [sixth.amount(ASKED, one) for one in (SPECIFIC, "metropolitan")] == [12_000, 12_000]


def test_yx600__hits_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX600"):
        read_last_year(str(tmp_path), THIS)


def test_yx600__does_not_hit_a_single_request(tmp_path: Path) -> None:
    assert codes(json_of(tmp_path / "R1.json", documents()[:1])) == []


def test_yx601__hits_requests_of_another_year(tmp_path: Path) -> None:
    path = json_of(tmp_path / "R1.json", documents(2018))
    (finding,) = read_last_year(str(path), THIS).findings
    assert finding.code == "YX601"
    assert "令和元年度の要求書と比べるところ、平成30年度の要求書が9件" in finding.fact


def test_yx601__does_not_hit_a_request_that_says_no_year(tmp_path: Path) -> None:
    rows = [{**documents()[0], "fiscal_year": None}]
    assert codes(json_of(tmp_path / "R1.json", rows)) == []


def test_yx602__hits_a_broken_book_beside_good_ones(tmp_path: Path) -> None:
    json_of(tmp_path / "R1.json", documents())
    (tmp_path / "こわれた.xlsx").write_bytes(b"")
    assert codes(tmp_path) == ["YX602"]


def test_yx602__does_not_hit_a_leftover_of_excel(tmp_path: Path) -> None:
    json_of(tmp_path / "R1.json", documents())
    (tmp_path / "~$R1.xlsx").write_bytes(b"")
    assert codes(tmp_path) == []


def test_yx605__hits_a_request_that_did_not_count_last_year(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    wrong = faultless_documents()
    wrong[0]["total"]["requested"] += 1
    json_of(year / "提出" / "要求.json", wrong)
    found = read_last_year(str(year), FiscalYear(2021))
    assert ([finding.code for finding in found.findings], len(found.rows)) == (["YX605"], 8)
    assert "1件（区民保養施設）" in found.findings[0].fact


def test_yx605__does_not_hit_a_request_that_is_there_twice(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    for name in ("要求.json", "同じ要求.json"):
        json_of(year / "提出" / name, faultless_documents())
    found = read_last_year(str(year), FiscalYear(2021))
    assert (found.findings, len(found.rows)) == ((), 9)


def test_yx682__hits_a_year_in_yen_beside_one_in_thousands(tmp_path: Path) -> None:
    path = _in_yen(tmp_path)
    with pytest.raises(WrongInput) as error:
        read_last_year(str(path), FiscalYear(2028))
    assert [finding.code for finding in error.value.findings] == ["YX682"]


def test_yx682__does_not_hit_a_year_in_yen_beside_another(tmp_path: Path) -> None:
    assert len(read_last_year(str(_in_yen(tmp_path)), FiscalYear(2028), "円").rows) == 1


def _in_yen(folder: Path) -> Path:
    """Return a file of a request of a form in 円, which lies in a year folder."""
    text = (template_folder("municipal-1") / "form.toml").read_text(encoding="utf-8")
    form = text.replace('"municipal-1"', '"yen-1"').replace(
        "version = 1", 'version = 1\nunit = "円"'
    )
    (folder / "form.toml").write_text(form, encoding="utf-8")
    year = folder / "R9"
    init(
        year,
        FiscalYear(2027),
        Wishes(form_file=folder / "form.toml", municipality="架空市", prefecture="千葉県"),
    )
    document = {"form": "yen-1", "fiscal_year": 2027, "amounts": {"request": {"total": 5_000}}}
    path = year / "requests.json"
    path.write_text(json.dumps([document]), encoding="utf-8")
    return path
