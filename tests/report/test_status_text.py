"""提出状況 on the terminal: aligned by width, every file named, sums that add up."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from yosan_xl.model.department import Department
from yosan_xl.model.intake import Intake, Status, Stray, UnitFile, UnitState, UnitStatus
from yosan_xl.model.money import Money
from yosan_xl.report.printable import columns
from yosan_xl.report.status_text import status_json, status_text

TAX = Department("0103", "産業・地域振興支援部", "税務課")
OFFICE = Department("0602", "", "区長室")
STATUS = Status(
    units=(
        UnitStatus(
            TAX,
            UnitState.FAULTY,
            3,
            Money(106_185),
            2,
            0,
            (UnitFile("0103_税務課.xlsx", "2019-10-01T01:02:03Z"),),
            False,
        ),
        UnitStatus(OFFICE, UnitState.MISSING, 0, Money(0), 0, 0, (), True),
    ),
    replaced=(("古い.xlsx", "0103_税務課.xlsx"),),
    strays=(Stray("予定\x1b[31m表.xlsx", "様式ではありません。", 1, Money(-5)),),
    skipped=(Stray("~$a.xlsx", "一時ファイルです。"),),
    files=3,
)
INTAKE = Intake(3, status=STATUS)


def test_status_text__columns_stand_below_one_another() -> None:
    lines = status_text("令和2年度", INTAKE).splitlines()
    heading, tax, office = lines[2:5]
    assert columns(heading.split("状態")[0]) == columns(tax.split("要修正")[0])
    assert columns(tax.split("要修正")[0]) == columns(office.split("未提出")[0])
    assert columns(heading.split("千円")[0] + "千円") == columns(
        tax.split("106,185")[0] + "106,185"
    )
    assert "2019-10-01 10:02" in tax
    assert office.endswith("未提出（遅れ）")


def test_status_text__names_every_other_file_and_is_printable() -> None:
    text = status_text("令和2年度", INTAKE)
    assert "古い.xlsx: 「0103_税務課.xlsx」を使います。" in text
    assert "\x1b" not in text
    assert "様式ではありません。（要求 1 件、△5千円）" in text
    assert "~$a.xlsx: 一時ファイルです。" in text


def test_status_text__sums() -> None:
    due = Intake(3, status=replace(STATUS, due=date(2019, 10, 4)))
    lines = status_text("令和2年度", due).splitlines()[-4:]
    assert lines == [
        "所管課 2: 未提出 1、提出 0、要修正 1、要求なし 0、対象外 0",
        "期限 2019-10-04 に遅れた所管課 1",
        "ファイル 3: 所管課のもの 1、置きかわったもの 1、どの課のものでもないもの 1（ほかに読まないもの 1）",
        "要求 4 件、106,180千円",
    ]


def test_status_json__says_the_same() -> None:
    report = json.loads(status_json("令和2年度", INTAKE))
    assert report["files"] == {
        "total": 3,
        "units": 1,
        "replaced": 1,
        "strays": 1,
        "attachments": 0,
        "skipped": 1,
        "aside": 0,
    }
    assert report["states"] == {"未提出": 1, "提出": 0, "要修正": 1, "要求なし": 0, "対象外": 0}
    assert report["units"][0]["files"][0]["modified"] == "2019-10-01T01:02:03Z"
    assert (report["due"], report["requested"]) == (None, 106_180)
    assert report["strays"][0]["file"] == "予定\x1b[31m表.xlsx"
