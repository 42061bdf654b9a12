from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.excel.returned.test_carry import SHEET, _carry
from yosan_xl.excel.reading import codes
from yosan_xl.excel.returned.remarks import (
    RESTORED,
    asks,
    for_department,
    notes_of,
    remarks,
)
from yosan_xl.model.finding import Code, Place
from yosan_xl.rules import across
from yosan_xl.rules.check import rule_codes
from yosan_xl.usecases.catalogue import all_codes
from yosan_xl.usecases.codes import NOT_TAKEN_OVER
from yosan_xl.usecases.submitted import codes as submitted
from yosan_xl.usecases.submitted.codes import CUT, MARKED

HERE = Place("a.xlsx", "要求書1", "I9")
WARNING = codes.NO_FIGURE.at(HERE, "/lines/*/requested", label="要求額", found="-")
ERROR = codes.NOT_AN_AMOUNT.at(
    HERE, "/lines/*/requested", label="要求額", found="約5", wanted="千円単位の整数", kind="金額"
)
SPOT = replace(SHEET, spots={"I9": ("yx_lines1_requested", 1)})


def test_asks__an_error_and_a_warning_without_a_reason() -> None:
    assert asks(ERROR)
    assert asks(WARNING)
    assert not asks(replace(WARNING, reason="国の要綱による"))
    assert not asks(codes.MOVED.at(HERE))


def test_remarks__at_the_cell_of_the_clean_form_the_heavy_first() -> None:
    carried = _carry(SPOT)
    here = carried.plan.by_name()["yx_lines1_requested"].cells()[1].first
    found = remarks([WARNING, ERROR], carried)
    assert [(r.finding.code, r.sheet, r.cell) for r in found] == [
        ("YX121", "要求書1", here),
        ("YX125", "要求書1", here),
    ]
    assert found[0].there == "I9"
    assert found[0].remedy == "千円単位の整数を半角の数字で入力してください。"


def test_notes_of__several_findings_share_the_note_of_a_cell() -> None:
    carried = _carry(SPOT)
    (note,) = notes_of(remarks([WARNING, ERROR], carried), "要求書1").values()
    assert "YX121 誤り" in note
    assert "YX125 注意" in note


def test_notes_of__none_where_a_reason_is_given() -> None:
    carried = _carry(SPOT)
    given = remarks([replace(WARNING, reason="国の要綱による")], carried)
    assert notes_of(given, "要求書1") == {}
    assert "国の要綱による" in given[0].remedy


def test_remarks__what_the_clean_form_mends_says_so() -> None:
    (remark,) = remarks([codes.UNPROTECTED.at(Place("a.xlsx", "要求書1"))], _carry(SPOT))
    assert remark.remedy == RESTORED["YX039"]


def test_remarks__a_field_that_was_deleted_is_found_by_its_pointer() -> None:
    lost = codes.LOST_PLACE.at(Place("a.xlsx", "要求書1"), "/title", labels="「事業名」")
    carried = _carry(SPOT)
    (remark,) = remarks([lost], carried)
    assert remark.cell == carried.plan.by_name()["yx_title"].area.first


def test_remarks__of_the_book_stand_first_and_link_nowhere() -> None:
    (first, _) = remarks([ERROR, codes.WITH_MACROS.at(Place("a.xlsx"))], _carry(SPOT))
    assert (first.finding.code, first.sheet, first.cell) == ("YX049", None, None)


def _asked(code: Code) -> str:
    """Give what a department is asked to do by a code, its figures left open."""
    own = replace(code, to_department=_open(code.to_department), remedy=_open(code.remedy))
    return for_department(replace(own, fact="").at(HERE))


def _open(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def test_for_department__is_a_sentence_of_the_field() -> None:
    assert _asked(MARKED) == "直すか、正しいときはその理由を右の欄に書いてください。"
    assert _asked(CUT).startswith("短くするか、シートの行を高くしてください。")


_ON_THE_LIST = [c for c in all_codes() if c.code not in RESTORED and c is not NOT_TAKEN_OVER]
_OF_BOOKS = [
    code
    for code in _ON_THE_LIST
    if code in (*across.CODES, *rule_codes(), *vars(codes).values(), *vars(submitted).values())
    and asks(replace(code, fact="", remedy="").at(HERE))
    and code.code not in ("YX061", "YX603", "YX691", "YX698")  # of a command, not of a book
]


@pytest.mark.parametrize("code", _ON_THE_LIST, ids=lambda code: code.code)
def test_for_department__asks_the_department_itself(code: Code) -> None:
    assert "もら" not in _asked(code)
    assert "所管課に" not in _asked(code)


@pytest.mark.parametrize("code", _OF_BOOKS, ids=lambda code: code.code)
def test_for_department__names_no_folder_nor_command_of_finance(code: Code) -> None:
    assert not re.search(
        "「提出」|」のフォルダー|年度フォルダー|組織.csv|yosan-xl|--", _asked(code)
    )


def test_for_department__of_two_books_it_is_asked_which_is_right() -> None:
    assert len(_OF_BOOKS) > 80
    told = across.SAME_ID.to_department
    found = replace(across.SAME_ID, fact="", remedy="").at(HERE)
    assert for_department(found) == told
    assert told.startswith("2つのブックのどちらが正しいかを、財政課に知らせてください。")
    (remark,) = remarks([found], _carry(SPOT))
    assert remark.remedy == told
