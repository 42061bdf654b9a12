from __future__ import annotations

import json

from tests.report.samples import CODE, WARNING, finding
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.report.json_report import findings_json, to_json


def test_findings_json__has_every_field_and_the_counts() -> None:
    found = [finding(CODE, "a.xlsx", "要求書1", "M24"), finding(WARNING, "b.xlsx")]
    text = findings_json(found, [CODE, WARNING])
    report = json.loads(text)

    assert report["findings"][0] == {
        "code": "YX203",
        "weight": "error",
        "file": "a.xlsx",
        "sheet": "要求書1",
        "cell": "M24",
        "pointer": "/funding/metropolitan/amount",
        "title": "うち特財の計が特定財源の計とちがう",
        "fact": "計 12,000千円 が 11,999千円 とちがいます。",
        "remedy": "「都支出金」の額を直してください。",
    }
    assert report["findings"][1]["sheet"] is None
    assert report["summary"] == {"errors": 1, "warnings": 1, "infos": 0}
    assert '\n  "findings": [\n    {\n      "code"' in text
    assert text.endswith("}\n")


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
