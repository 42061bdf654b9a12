"""What only finance sees: the state of units, findings with their reasons."""

from __future__ import annotations

from dataclasses import replace

from tests.report.page.samples import contents, page
from tests.report.samples import CODE, WARNING, finding
from yosan_xl.model.department import Department
from yosan_xl.model.intake import Intake, Status, Stray, UnitFile, UnitState, UnitStatus
from yosan_xl.model.money import Money


def test_status__units_then_files_that_are_nobodys() -> None:
    unit = Department("0301", "企画経営部", "企画課")
    files = (UnitFile("0301_企画課.xlsx", "2019-10-04T01:02:03Z"),)
    amount = Money(1500)
    status = Status(
        (
            UnitStatus(unit, UnitState.FAULTY, 2, amount, 1, 3, files, False),
            UnitStatus(unit, UnitState.MISSING, 0, Money(0), 0, 0, (), False),
        ),
        (("旧.xlsx", "新.xlsx"),),
        (Stray("予定表.xlsx", "様式ではありません。"),),
    )
    rows = page(contents(intake=Intake(1, status=status))).tables["提出状況"]
    assert rows[1][:6] == ["企画経営部 企画課", "要修正", "2", "1,500", "1", "3"]
    assert rows[1][7] == "0301_企画課.xlsx"
    assert rows[2][1:] == ["未提出", "", "", "", "", "", ""]
    assert rows[3] == ["旧.xlsx", "置きかえ", "「新.xlsx」を使います。"]
    assert rows[4][:2] == ["予定表.xlsx", "課のものでない"]


def test_findings__one_row_each_with_place_and_reason() -> None:
    found = [
        finding(CODE, "a.xlsx", "要求書1", "G33"),
        replace(finding(WARNING, "b.xlsx"), reason="確かめました"),
    ]
    rows = page(contents(findings=found)).tables["検証結果"]
    assert rows[1][:5] == ["誤り", "YX203", "a.xlsx", "要求書1", "G33"]
    assert rows[2][0] == "注意"
    assert rows[2][-1] == "確かめました"


def test_findings__none_is_said() -> None:
    assert "指摘はありません。" in page(contents()).texts
