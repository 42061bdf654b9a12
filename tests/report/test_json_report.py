from __future__ import annotations

import json
from dataclasses import replace

from jsonschema import Draft202012Validator

from tests.report.samples import CODE, WARNING, finding
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.report.findings import findings_json, findings_schema
from yosan_xl.report.json_text import to_json


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
