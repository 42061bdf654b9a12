"""A letter: what a mailer reads of it, whatever people wrote; and which file is one."""

from __future__ import annotations

from dataclasses import replace
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.model.department import Department
from yosan_xl.report.mail_text import (
    Letter,
    MailHead,
    MailRemark,
    MailState,
    RestorationState,
    is_letter,
    mail_bytes,
)

TAX = Department("0103", "総務部", "税務課", addresses=("a@example.jp", "b@example.jp"))
HEAD = MailHead(
    "令和2年度", "港区", "財政課 内線2100", "10月4日（金）", "10月18日（金）", "要求書", "千円"
)
REMARK = MailRemark(
    "0103_税務課.xlsx　要求書1", "H22", "誤り YX203", "計がちがいます。", "直してください。"
)
MISSING = Letter(TAX, "税務課", MailState.MISSING, "配布/0103_税務課.xlsx")
FAULTY = replace(
    MISSING,
    state=MailState.FAULTY,
    files=["0103_税務課.xlsx"],
    requests=3,
    requested=106_185,
    remarks=[REMARK],
    errors=1,
)
TAKEN = replace(FAULTY, state=MailState.TAKEN, remarks=[], errors=0)


def _lines(letter: Letter, head: MailHead = HEAD) -> list[str]:
    return mail_bytes(letter, head).decode("utf-8").removesuffix("\r\n").split("\r\n")


def _headers(data: bytes) -> dict[str, str]:
    found = BytesParser(policy=policy.default.clone(utf8=True)).parsebytes(data)
    return {key: str(value) for key, value in found.items()}


def test_mail__to_subject_blank_line_and_body() -> None:
    lines = _lines(MISSING)
    assert lines[0] == "To: a@example.jp, b@example.jp"
    assert lines[1] == "Subject: 【令和2年度予算要求】税務課　予算要求書のご提出のお願い"
    assert lines[2:4] == ["", "総務部 税務課　予算要求ご担当者様"]
    assert _headers(mail_bytes(MISSING, HEAD)) == {
        "To": "a@example.jp, b@example.jp",
        "Subject": "【令和2年度予算要求】税務課　予算要求書のご提出のお願い",
    }


def test_mail__of_what_is_missing_says_which_book_and_by_when() -> None:
    text = "\n".join(_lines(MISSING))
    assert "「配布/0103_税務課.xlsx」に記入して" in text
    assert "提出期限は、10月4日（金）です。" in text
    late = "\n".join(_lines(replace(MISSING, late=True)))
    assert "提出期限は、10月4日（金）でしたので、お急ぎください。" in late
    assert "提出期限" not in "\n".join(_lines(MISSING, replace(HEAD, deadline="")))


def test_mail__of_what_is_to_be_mended_says_where_what_and_what_to_do() -> None:
    lines = _lines(replace(FAULTY, returned=["差戻し/0103_税務課.xlsx"]))
    assert lines[1].endswith("税務課　予算要求書の修正のお願い（1件）")
    at = lines.index("■ 0103_税務課.xlsx 要求書1")
    assert lines[at + 1 : at + 4] == [
        "(1) H22　誤り YX203",
        "    計がちがいます。",
        "    → 直してください。",
    ]
    assert "  差戻し/0103_税務課.xlsx" in lines
    assert "再提出期限: 10月18日（金）" in lines


def test_mail__without_a_returned_book_it_is_the_own_one_that_is_mended() -> None:
    lines = _lines(FAULTY, replace(HEAD, resubmission_deadline=""))
    assert "お手元のブックを直し、ファイルの名前を変えずに、ご提出をお願いします。" in lines
    assert not any("再提出期限" in line for line in lines)


def test_mail__what_was_taken_says_how_much() -> None:
    lines = _lines(TAKEN)
    assert "  要求: 3 件、106,185千円" in lines
    assert "  ファイル: 0103_税務課.xlsx" in lines
    assert lines[1].endswith("受付のお知らせ")
    assert "  要求: なし" in _lines(replace(TAKEN, requests=0, requested=0))
    warned = _lines(replace(TAKEN, remarks=[REMARK], warnings=1))
    assert warned[1].endswith("受付のお知らせ（確認のお願い）")
    assert "あわせて、次のところをご確認ください（注意 1件）。" in warned


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (RestorationState.MISSING, "復活要求は、まだ届いていません。"),
        (RestorationState.CAME, "復活要求を受け付けました。"),
        (RestorationState.NONE, "「復活要求なし」とのご回答を受け付けました。"),
        (RestorationState.NOT_ASKED, None),
    ],
)
def test_mail__of_restorations(state: RestorationState, told: str | None) -> None:
    lines = _lines(replace(TAKEN, restoration=state, notice="内示/0103_税務課.xlsx"))
    assert [line for line in lines if "復活要求" in line][:1] == ([told] if told else [])


def test_mail__of_many_findings_is_cut_and_says_so() -> None:
    lines = _lines(replace(FAULTY, remarks=[REMARK] * 50))
    assert sum(line.startswith("(") for line in lines) == 40
    assert "ほか 10件は、差し戻すブックの「指摘一覧」をご覧ください。" in lines


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [
        "税務課\r\nBcc: evil@example.com",
        "課\n\n本文",
        "課\x85To: x",
        "課\u2028X: y",
        "課\x00\x0b",
        "\u202e課",
    ]
)


@given(anything, anything, anything)
def test_mail__no_text_of_people_makes_a_line_or_a_header(name: str, fact: str, note: str) -> None:
    name, fact, note = (f"x{text}" for text in (name, fact, note))
    remark = MailRemark(name, fact, name, fact, note)
    unit = Department("0103", name, note, addresses=TAX.addresses)
    letter = replace(FAULTY, department=unit, title=name, remarks=[remark], notes=[note])
    own = replace(HEAD, municipality=name, contact=note, resubmission_deadline=fact)
    data = mail_bytes(replace(letter, files=[fact], returned=[note]), own)
    lines = data.decode("utf-8").splitlines()
    plain = replace(FAULTY, department=TAX, remarks=[REMARK], notes=["x"], returned=["x"])
    assert list(_headers(data)) == ["To", "Subject"]
    assert len(lines) == len(_lines(replace(plain, files=["x"]), HEAD))
    assert is_letter(data)


def test_is_letter__none_that_somebody_changed_or_wrote() -> None:
    data = mail_bytes(TAKEN, HEAD)
    assert is_letter(data)
    others = (
        data + b"x",
        data.replace("受け付け".encode(), b"x", 1),
        data.replace(b"a@", b"c@"),
        data.replace(b"\r\n", b"\n"),
        data[:-2],
        b"",
        "To: a@example.jp\r\nSubject: 会議\r\n\r\n整理番号: 0103-0123abcd\r\n".encode(),
        b"\xff\xfe",
    )
    assert not any(map(is_letter, others))
