"""提出状況: every unit in the order of the roster, then their sum, then the other files."""

from __future__ import annotations

from pathlib import Path

from openxml_audit import OpenXmlValidator

from tests.excel.summary.samples import SETTINGS, nine, opened, roster, row, table
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.intake import Doubtful, Intake, Status, Stray, UnitFile, UnitState, UnitStatus
from yosan_xl.model.money import Money

FILES = (UnitFile("一.xlsx", "2019-10-01T01:02:03Z"), UnitFile("二.xlsx", None))


def _status() -> Status:
    one, two, *_ = roster()
    return Status(
        units=(
            UnitStatus(one, UnitState.FAULTY, 2, Money(300), 1, 0, FILES, False),
            UnitStatus(two, UnitState.MISSING, 0, Money(0), 0, 0, (), True),
        ),
        replaced=(("古い.xlsx", "一.xlsx"),),
        strays=(Stray("=1+1.xlsx", "様式ではありません。", 1, Money(5), 1),),
        skipped=(Stray("~$一.xlsx", "一時ファイルです。"),),
        files=5,
    )


def _rows(status: Status) -> list[dict[str, object]]:
    intake = Intake(2, status=status)
    return table(opened(summary_bytes(nine(), (), SETTINGS, roster(), intake)), "提出状況")


def test_status__units_and_their_sum() -> None:
    one, two, _, total, *_ = _rows(_status())
    assert (one["所管課コード"], one["区分"], one["件数"], one["要求額"]) == (
        "0101",
        "要修正",
        2,
        300,
    )
    assert one["ブックの保存日時"] == "2019-10-01 10:02\n不明"
    assert one["ファイル"] == "一.xlsx\n二.xlsx"
    assert (two["区分"], two["件数"], two["要求額"], two["誤り"]) == ("未提出", None, None, None)
    assert (total["所管課コード"], total["件数"], total["要求額"], total["誤り"]) == (
        "計",
        3,
        305,
        2,
    )


def test_status__every_other_file_and_why() -> None:
    others = [
        (row["区分"], row["ファイル"], row["わけ"])
        for row in _rows(_status())[2:]
        if row["ファイル"]
    ]
    assert others == [
        ("課のものでない", "=1+1.xlsx", "様式ではありません。"),
        ("置きかえ", "古い.xlsx", "「一.xlsx」を使います。"),
        ("読まない", "~$一.xlsx", "一時ファイルです。"),
    ]


def test_status__says_nothing_of_who_is_late() -> None:
    assert "遅れ" not in str(_rows(_status()))


def test_status__a_summary_with_all_of_it_is_a_valid_workbook(tmp_path: Path) -> None:
    doubtful = (Doubtful(row(1), "二度提出されているため"),)
    path = tmp_path / "集計.xlsx"
    intake = Intake(5, doubtful, doubtful, _status())
    path.write_bytes(summary_bytes(nine(), (), SETTINGS, roster(), intake))
    assert OpenXmlValidator().validate(str(path)).errors == []
