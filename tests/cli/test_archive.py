"""The verbs of the archive on the command line: what they print, and their exit codes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.archive.samples import json_year, small_year
from yosan_xl.cli.archive import VERBS
from yosan_xl.report.printable import columns


@pytest.fixture
def kept(tmp_path: Path, yosan: Yosan, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder around a year and an archive that has it, to work in."""
    assert yosan("archive", "add", json_year(tmp_path / "R2")).code == 0
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_add__says_where_it_is(tmp_path: Path, yosan: Yosan) -> None:
    year = json_year(tmp_path / "R2")
    done = yosan("archive", "add", year)
    assert (done.code, done.err) == (0, "")
    assert "R2/要求 を保存しました（ファイル 7、要求 9 件）。" in done.out
    assert f"保存庫: {tmp_path / '保存庫'}" in done.out
    again = yosan("archive", "add", year)
    assert "R2/要求 は、同じ内容ですでに保存してあります。" in again.out


def test_add__says_how_many_books_openpyxl_reads_alike(tmp_path: Path, yosan: Yosan) -> None:
    done = yosan("archive", "add", small_year(tmp_path / "R2"))
    assert "別の読み方でも確かめ、ブック 1 冊のうち 1 冊の値が一致しました。" in done.out


def test_add__with_errors_is_refused_and_kept_when_it_is_wanted(
    tmp_path: Path, yosan: Yosan
) -> None:
    year = json_year(tmp_path / "R2")
    book = year / "提出" / "要求.json"
    book.write_text(book.read_text(encoding="utf-8").replace("30765", "30766", 1), "utf-8")
    refused = yosan("archive", "add", year)
    assert refused.code == 1
    assert "YX202 誤り" in refused.out
    assert "YX720 誤り" in refused.out
    assert not (tmp_path / "保存庫" / "R2").exists()
    done = yosan("archive", "add", year, "--anyway")
    assert done.code == 1
    assert re.search(r"保存した要求の指摘: 誤り [1-9]", done.out)
    assert (tmp_path / "保存庫" / "R2" / "要求" / "manifest.json").is_file()


def test_add__refuses_with_exit_code_2(kept: Path, yosan: Yosan) -> None:
    (kept / "R2" / "メモ.txt").write_text("x")
    done = yosan("archive", "add", kept / "R2")
    assert (done.code, done.out) == (2, "")
    assert "YX641" in done.err


def test_add__into_another_place(tmp_path: Path, yosan: Yosan) -> None:
    year = json_year(tmp_path / "R2")
    assert yosan("archive", "add", year, "--archive", tmp_path / "棚").code == 0
    assert (tmp_path / "棚" / "R2" / "要求" / "manifest.json").is_file()


def test_list__text_and_json(kept: Path, yosan: Yosan) -> None:
    assert "383,511" in yosan("archive", "list").out
    listed = json.loads(yosan("archive", "list", "--format", "json").out)
    assert [one["stage"] for one in listed["stages"]] == ["要求"]
    assert listed["stages"][0]["requested"] == 383_511


def test_show__a_year_and_a_request(kept: Path, yosan: Yosan) -> None:
    year = yosan("archive", "show", "R2")
    assert "口座振替等納税奨励" in year.out
    assert year.out.endswith("要求 9件、383,511千円\n")
    assert "1 事業名: 口座振替等納税奨励" in yosan("archive", "show", "R2", "--request", "57").out
    as_json = json.loads(yosan("archive", "show", "R2", "--request", "57", "--format", "json").out)
    assert [row["no"] for row in as_json["requests"]] == [57]


def test_show__a_year_that_is_not_there(kept: Path, yosan: Yosan) -> None:
    done = yosan("archive", "show", "R9")
    assert done.code == 2
    assert "YX643" in done.err


def test_verify__fine_and_damaged(kept: Path, yosan: Yosan) -> None:
    done = yosan("archive", "verify", "--all")
    assert (done.code, done.out) == (
        0,
        "1段階、ファイル 7 を確かめました。保存したときのままです。\n",
    )
    (kept / "保存庫" / "R2" / "要求" / "組織.csv").unlink()
    done = yosan("archive", "verify", "R2")
    assert done.code == 1
    assert "YX645" in done.out


def test_restore__gives_a_year_that_works(kept: Path, yosan: Yosan) -> None:
    done = yosan("archive", "restore", "R2", "-o", "R2_確認用")
    assert done.code == 0
    assert done.out.splitlines()[0].startswith("R2/要求 を取り出しました")
    assert "--stage" not in done.out
    assert yosan("consolidate", kept / "R2_確認用").code == 0


def test_restore__says_which_stages_there_are_besides(kept: Path, yosan: Yosan) -> None:
    assert yosan("archive", "add", kept / "R2", "--stage", "内示").code == 0
    done = yosan("archive", "restore", "R2", "-o", "一")
    assert "R2/内示 を取り出しました" in done.out
    assert "ほかの段階（要求）は --stage で取り出せます。" in done.out
    done = yosan("archive", "restore", "R2", "-o", "二", "--stage", "要求")
    assert "R2/要求 を取り出しました" in done.out
    assert "ほかの段階" not in done.out


def test_verbs__work_from_inside_a_year_folder(
    kept: Path, yosan: Yosan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(kept / "R2" / "提出")
    assert "R2/要求" in yosan("archive", "add").out
    assert yosan("archive", "list").code == 0
    assert yosan("archive", "verify").code == 0


@pytest.mark.parametrize("verb", VERBS)
def test_help__has_one_example_that_fits(
    verb: str, yosan: Yosan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    done = yosan("archive", verb, "--help")
    lines = done.out.splitlines()
    assert done.code == 0
    assert all(columns(line) < 80 for line in lines)
    assert [line for line in lines if "例:" in line] == [lines[-1]]
    assert not re.search(r"usage|options|commands?\b|required|default", done.out, re.I)


def test_help__lists_every_verb(yosan: Yosan) -> None:
    out = yosan("archive", "--help").out
    assert all(re.search(rf"^  {verb} +[^ ]", out, re.M) for verb in VERBS)


def test_compare__an_archived_year_with_itself_and_all_of_them(kept: Path, yosan: Yosan) -> None:
    done = yosan("compare", "保存庫:R2", "保存庫:R2", "--by", "kan")
    assert done.code == 0
    assert re.search(r"計 +383,511 +383,511 +0 +0\.0%", done.out)
    assert re.search(r"計 +383,511", yosan("trend", "保存庫").out)


def test_compare__a_year_that_is_not_archived_is_wrong_use(kept: Path, yosan: Yosan) -> None:
    done = yosan("compare", "保存庫:R2", "保存庫:R9")
    assert done.code == 2
    assert "R9 はありません" in done.err


def test_compare__writes_over_nothing_that_is_archived(kept: Path, yosan: Yosan) -> None:
    (kept_file,) = kept.glob("保存庫/R2/*/yosan.toml")
    before = kept_file.read_bytes()
    done = yosan("compare", "保存庫:R2", "保存庫:R2", "--format", "csv", "-o", kept_file)
    assert done.code == 2
    assert "YX069" in done.err
    assert kept_file.read_bytes() == before
