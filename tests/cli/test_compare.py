"""compare on the command line: every format, where it goes, and the exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.year import EXAMPLE
from tests.years import R3, document, save
from yosan_xl.cli.options import BY, FIGURES
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.model.comparison import By, Figure


def test_compare__as_text(yosan: Yosan) -> None:
    done = yosan("compare", EXAMPLE, R3)
    assert (done.code, done.err) == (0, "")
    assert "（増減 △128,568千円、△33.5%）\n" in done.out
    assert "要求のない事業（皆減）: 2 件、31,096千円" in done.out


def test_words__of_the_options_are_those_of_the_comparison() -> None:
    assert [*BY] == [by.value for by in By]
    assert [*FIGURES] == [figure.name.lower() for figure in Figure]


def test_compare__adds_no_special_account_to_the_general_one(yosan: Yosan) -> None:
    lines = yosan("compare", EXAMPLE, R3, "--by", "department").out.splitlines()
    sums = [line.split()[:4] for line in lines if "小計" in line or line.startswith("全会計")]
    assert sums == [
        ["一般会計", "小計", "292,556", "160,183"],
        ["国民健康保険事業会計", "小計", "90,955", "94,760"],
        ["全会計", "計", "383,511", "254,943"],
    ]
    report = json.loads(yosan("compare", EXAMPLE, R3, "--format", "json").out)
    assert [row["to"]["amount"] for row in report["subtotals"]] == [160_183, 94_760]


def test_compare__as_json_and_csv(yosan: Yosan) -> None:
    report = json.loads(yosan("compare", EXAMPLE, R3, "--by", "kan", "--format", "json").out)
    assert report["total"]["change"] == -128_568
    assert yosan("compare", EXAMPLE, R3, "--format", "csv").out.startswith("\ufeff会計,要求書ID,")


@pytest.mark.parametrize("name", ["比較.xlsx", "比較.csv", "比較.json", "比較.txt"])
def test_compare__into_a_file_by_its_ending(yosan: Yosan, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    done = yosan("compare", EXAMPLE, R3, "-o", out)
    assert (done.code, done.out) == (0, "")
    assert f"書き出しました: {out}" in done.err
    data = out.read_bytes()
    if name.endswith("xlsx"):
        assert [sheet.name for sheet in open_book(data).sheets] == ["比較", "確認"]
    else:
        assert "区政広報室" in data.decode("utf-8")


def test_compare__as_a_workbook_needs_a_file(yosan: Yosan) -> None:
    done = yosan("compare", EXAMPLE, R3, "--format", "xlsx")
    assert (done.code, done.out) == (2, "")
    assert "-o でファイルを指定します" in done.err


def test_compare__never_writes_over_what_it_reads(yosan: Yosan, tmp_path: Path) -> None:
    path = save(tmp_path / "R2.json", document("0103-1", "甲", 1))
    before = Path(path).read_bytes()
    done = yosan("compare", path, path, "--format", "json", "-o", path)
    assert done.code == 2
    assert "YX069" in done.err
    assert Path(path).read_bytes() == before


def test_compare__with_a_wrong_map(yosan: Yosan, tmp_path: Path) -> None:
    table = tmp_path / "対応表.csv"
    table.write_text("種類,前,後\n部,甲,乙\n", encoding="utf-8")
    done = yosan("compare", EXAMPLE, R3, "--map", table)
    assert (done.code, done.out) == (2, "")
    assert "YX671" in done.err
    assert "2行目" in done.err


def test_compare__a_source_that_is_not_there(yosan: Yosan) -> None:
    done = yosan("compare", EXAMPLE, "ない年度")
    assert done.code == 2
    assert "「ない年度」が見つかりません" in done.err
