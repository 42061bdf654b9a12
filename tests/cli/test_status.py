"""status on the command line: text, JSON, and dates that are given."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.edit import set_cell


def test_status__as_text(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in, "--today", "2019-10-04")
    assert (done.code, done.err) == (0, "")
    assert "所管課 57: 未提出 51、提出 6、要修正 0、要求なし 0、対象外 0\n" in done.out
    assert done.out.endswith("要求 9 件、383,511千円\n")
    assert "期限 2019-10-04 に遅れた所管課 0\n" in done.out


def test_status__marks_the_late(yosan: Yosan, handed_in: Path) -> None:
    dates = ("--due", "2019-10-04", "--today", "2019-10-05")
    assert "期限 2019-10-04 に遅れた所管課 51\n" in yosan("status", handed_in, *dates).out
    report = json.loads(yosan("status", handed_in, *dates, "--format", "json").out)
    assert sum(unit["late"] for unit in report["units"]) == 51
    assert "2019-10-05" not in json.dumps(report)


def test_status__a_word_that_is_no_date(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in, "--due", "10月4日")
    assert (done.code, done.out) == (2, "")
    assert "「10月4日」は日付として読めません。2019-10-04、R1.10.4、" in done.err


@pytest.mark.parametrize("due", ["2019/10/4", "R1.10.4", "令和元年１０月４日（金）"])
def test_status__due_as_people_write_a_day(due: str, yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in, "--due", due, "--today", "2019.10.5")
    assert "期限 2019-10-04 に遅れた所管課 51\n" in done.out


def test_status__goes_by_the_deadline_of_the_settings(yosan: Yosan, handed_in: Path) -> None:
    settings = handed_in / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    assert "期限 2019-10-04 に遅れた所管課 51\n" in yosan("status", handed_in).out
    settings.write_text(text.replace("令和元年10月4日（金）", "月末"), encoding="utf-8")
    out = yosan("status", handed_in).out
    assert "期限: yosan.toml の deadline「月末」は日付として読めません" in out
    assert "遅れ" not in out
    assert "期限 2019-10-04 に" in yosan("status", handed_in, "--due", "2019-10-04").out


def test_status__outside_of_a_year_folder(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("status", tmp_path)
    assert (done.code, "YX088" in done.err) == (2, True)


def test_status__letters_are_written_and_told(yosan: Yosan, handed_in: Path) -> None:
    mails = handed_in.parent / "メール"
    done = yosan("status", handed_in, "--mail", mails, "--today", "2019-10-04")
    assert (done.code, done.err) == (0, "")
    assert (
        f"メールの文 57 通（未提出 51、受付済 6）、うち今回書いたもの 57 通: {mails}\n" in done.out
    )
    assert done.out.count("YX825") == 1
    (first,) = [one for one in done.out.splitlines() if one.startswith("先に送るもの: ")]
    assert (first.count("（未提出）"), "（受付済）" in first) == (10, False)
    assert first.endswith(" ほか 41 通")
    again = yosan(
        "status", handed_in, "--mail", mails, "--due", "2019-10-11", "--today", "2019-10-04"
    )
    assert "うち今回書いたもの 51 通" in again.out
    text = (mails / "0603_財政課.txt").read_text(encoding="utf-8")
    assert "提出期限は、令和元年10月11日（金）です。" in text


def test_status__json_is_alone_on_stdout(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("status", handed_in, "--mail", handed_in / "メール", "--format", "json")
    assert json.loads(done.out)["changes"] == []
    assert "メールの文 57 通" in done.err


def test_status__somebody_s_file_stops_all_letters(yosan: Yosan, handed_in: Path) -> None:
    mails = handed_in.parent / "メール"
    mails.mkdir()
    (mails / "0602_区長室.txt").write_text("覚書", encoding="utf-8")
    done = yosan("status", handed_in, "--mail", mails)
    assert (done.code, done.out, "YX826" in done.err) == (2, "", True)
    assert [path.name for path in mails.iterdir()] == ["0602_区長室.txt"]


ADDRESS = "himitsu-no-atesaki@example.lg.jp"
EVERY = (
    *("status {0}", "status {0} --format json", "validate {0}", "validate {0} --format json"),
    *("consolidate {0}", "page {0}", "page {0} --public", "export {0}", "export {0} --public"),
    *("export {0} --format json", "export {0} --format sqlite -o {1}/data.sqlite"),
    *("generate {0} --department 財政課", "return --folder {0}", "notice --folder {0} --anyway"),
    *("publish 要求状況 {0}", "archive add {0} --anyway", "archive show R2 --archive {1}/保存庫"),
    *("archive list --archive {1}/保存庫", "compare {0} {0}", "number {0}", "page {0}"),
    "init {1}/R3 --year R3 --from {0}",
)


def test_addresses__are_in_no_output_but_the_letters(yosan: Yosan, handed_in: Path) -> None:
    roster, base = handed_in / "組織.csv", handed_in.parent
    head, *rows = roster.read_text(encoding="utf-8-sig").splitlines()
    lines = [f"{head},メール", *(f"{row},{ADDRESS}" for row in rows)]
    roster.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    set_cell(
        handed_in / "提出/0602_区長室.xlsx", "yx_lines1_requested", 0, 5_000
    )  # a warning: return has a book
    for command in EVERY:
        done = yosan(*command.format(handed_in, base).split())
        assert done.code == 0, (command, done.err)
        assert ADDRESS not in done.out + done.err
    files = [path for path in base.rglob("*") if path.is_file()]
    assert len(files) > 70
    assert {path.name for path in files if ADDRESS.encode() in _content(path)} == {"組織.csv"}
    yosan("status", base / "R3", "--mail", base / "メール")
    assert (
        (base / "メール/0603_財政課.txt").read_text(encoding="utf-8").startswith(f"To: {ADDRESS}\n")
    )


def _content(path: Path) -> bytes:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as zipped:
        return b"".join(map(zipped.read, zipped.namelist()))
