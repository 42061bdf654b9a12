"""Findings as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from jsonschema import Draft202012Validator

from tests.report.samples import CODE, WARNING, finding
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.report.findings import (
    finding_line,
    findings_json,
    findings_schema,
    findings_text,
    summary,
)
from yosan_xl.report.table import to_json


def test_findings_text__groups_by_file_and_sheet() -> None:
    found = [
        finding(CODE, "0203_国保年金課.xlsx", "要求書1", "M24"),
        finding(WARNING, "0301_企画課.xlsx"),
        finding(CODE, "0203_国保年金課.xlsx", "要求書2", "M24"),
        finding(CODE, "0203_国保年金課.xlsx", "要求書1", "M25"),
    ]

    fix = "「都支出金」の額を直してください。"
    assert findings_text(found) == (
        "0203_国保年金課.xlsx: 誤り 3件\n"
        "  要求書1\n"
        f"    M24、M25（2か所） YX203 誤り 計 12,000千円 が 11,999千円 とちがいます。{fix}\n"
        "  要求書2\n"
        f"    M24 YX203 誤り 計 12,000千円 が 11,999千円 とちがいます。{fix}\n"
        "\n"
        "0301_企画課.xlsx: 注意 1件\n"
        "    YX017 注意 <b>名前</b>がちがいます。確かめてください。\n"
        "\n"
        "誤り 3件、注意 1件"
    )


def test_findings_text__says_whose_book_it_is() -> None:
    departments = {"a.xlsx": "企画経営部 企画課", "c.xlsx": "総務部 総務課"}
    text = findings_text(
        [finding(CODE, "a.xlsx"), finding(CODE, "b.xlsx")], departments=departments
    )

    assert "a.xlsx（企画経営部 企画課）: 誤り 1件" in text.splitlines()
    assert "b.xlsx: 誤り 1件" in text.splitlines()
    assert "総務課" not in text


def test_findings_text__an_acknowledged_warning_shows_its_reason() -> None:
    found = replace(finding(WARNING, "a.xlsx", "要求書1", "M24"), reason="国の\n内示による")

    assert findings_text([found, finding(WARNING, "a.xlsx")]).splitlines() == [
        "a.xlsx: 注意 2件（うち確認済み 1件）",
        "  要求書1",
        "    M24 YX017 注意（確認済み） <b>名前</b>がちがいます。理由: 国の⏎内示による",
        "    YX017 注意 <b>名前</b>がちがいます。確かめてください。",
        "",
        "注意 2件（うち確認済み 1件）",
    ]


def test_findings_text__of_nothing_is_one_sentence() -> None:
    assert findings_text([]) == "指摘はありません。"


def test_findings_text__colours_the_weight_only_when_asked() -> None:
    found = [finding(CODE, "a.xlsx", "要求書1", "M24"), finding(WARNING, "a.xlsx")]

    assert "\x1b[31m誤り\x1b[0m" in findings_text(found, colour=True)
    assert "\x1b[33m注意\x1b[0m" in findings_text(found, colour=True)
    assert "\x1b" not in findings_text(found)


def test_findings_text__lets_no_name_move_the_cursor_or_break_a_line() -> None:
    place = Place("a\u202e\n.xlsx", "要\x1b[2J求", "A1")
    text = findings_text([Finding("YX017", Weight.INFO, place, "「\x07\n」。", "直す。")])

    assert text.splitlines() == [
        "a\\u{202e}⏎.xlsx: 情報 1件",
        "  要\\u{1b}[2J求",
        "    A1 YX017 情報 「\\u{7}⏎」。直す。",
        "",
        "情報 1件",
    ]


def test_finding_line__is_the_whole_finding_in_one_safe_line() -> None:
    found = finding(WARNING, "a\n.xlsx", "要求書1", "M24")

    assert finding_line(found) == (
        "a⏎.xlsx 要求書1!M24 YX017 注意 <b>名前</b>がちがいます。確かめてください。"
    )


def test_summary__counts_each_weight() -> None:
    found = [finding(WARNING, "a"), finding(CODE, "a"), finding(CODE, "b")]

    assert summary(found) == "誤り 2件、注意 1件"
    assert summary([]) == "指摘はありません。"


def test_findings_json__has_every_field_and_the_counts() -> None:
    found = [finding(CODE, "a.xlsx", "要求書1", "M24"), finding(WARNING, "b.xlsx")]
    text = findings_json(found, [CODE, WARNING], {"a.xlsx": "企画経営部 企画課"})
    report = json.loads(text)

    assert report["findings"][0] == {
        "code": "YX203",
        "weight": "error",
        "file": "a.xlsx",
        "sheet": "要求書1",
        "cell": "M24",
        "label": "うち特財の計",
        "pointer": "/funding/metropolitan/amount",
        "value": 12000,
        "expected": ["国庫支出金", "都支出金"],
        "repaired_to": None,
        "fact": "計 12,000千円 が 11,999千円 とちがいます。",
        "remedy": "「都支出金」の額を直してください。",
        "reason": None,
        "title": "うち特財の計が特定財源の計とちがう",
        "department": "企画経営部 企画課",
        "group": 1,
    }
    assert report["findings"][1]["sheet"] is None
    assert report["summary"] == {"errors": 1, "warnings": 1, "infos": 0, "acknowledged": 0}
    assert '\n  "findings": [\n    {\n      "code"' in text
    assert text.endswith("}\n")


def test_findings_json__keeps_every_cell_and_says_what_belongs_together() -> None:
    found = [finding(CODE, "a.xlsx", "要求書1", cell) for cell in ("H22", "M24", "H23")]
    found.insert(1, replace(finding(WARNING, "a.xlsx", "要求書1", "H22"), reason="内示による"))
    report = json.loads(findings_json(found, [CODE, WARNING]))

    assert [row["group"] for row in report["findings"]] == [1, 2, 1, 1]
    assert [row["cell"] for row in report["findings"]] == ["H22", "H22", "M24", "H23"]
    assert report["findings"][1]["reason"] == "内示による"
    assert report["summary"] == {"errors": 3, "warnings": 1, "infos": 0, "acknowledged": 1}


def test_findings_json__is_as_its_schema_says() -> None:
    found = [finding(CODE, "a.xlsx", "要求書1", "M24"), finding(WARNING, "b.xlsx")]
    report = json.loads(findings_json(found, [CODE]))
    Draft202012Validator.check_schema(findings_schema())
    validator = Draft202012Validator(findings_schema())

    assert list(validator.iter_errors(report)) == []
    assert list(validator.iter_errors({**report, "more": 1})) != []
    del report["findings"][0]["group"]
    assert [error.validator for error in validator.iter_errors(report)] == ["required"]


def test_findings_json__of_nothing_is_an_empty_list() -> None:
    assert json.loads(findings_json([], []))["findings"] == []


def test_to_json__escapes_what_is_unprintable_and_keeps_the_value() -> None:
    value = {"名": "a\u202e\udcff\x85\ue000\U000e0001\n\x1b"}
    text = to_json(value)

    assert "\\u202e" in text
    assert text.encode("utf-8").decode("utf-8") == text
    assert all(char == "\n" or char.isprintable() for char in text)
    assert json.loads(text) == value


def test_findings_json__takes_a_code_without_title() -> None:
    found = [Finding("YX999", Weight.INFO, Place("a"), "事実。", "直す。")]

    assert json.loads(findings_json(found, []))["findings"][0]["title"] is None
