"""SARIF 2.1.0: what the standard asks of a log, a run, a rule and a result."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from tests.report.samples import CODE, WARNING, finding
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.report.sarif import findings_sarif

FOUND = [
    finding(CODE, "甲 係/0203_国保#1.xlsx", "要求書1", "M24"),
    replace(finding(WARNING, "b.xlsx", "要求書2"), reason="国の内示による"),
    Finding("YX060", Weight.INFO, Place("提出"), "空です。", "入れてください。"),
]


def run_of(found: list[Finding]) -> dict[str, Any]:
    log = json.loads(findings_sarif(found, [WARNING, CODE], "1.2.3"))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    return dict(run)


def test_findings_sarif__names_the_program_and_the_rules_that_found_something() -> None:
    driver = run_of(FOUND)["tool"]["driver"]
    assert (driver["name"], driver["version"], driver["language"]) == ("yosan-xl", "1.2.3", "ja")
    assert [rule["id"] for rule in driver["rules"]] == ["YX017", "YX203"]
    rule = driver["rules"][1]
    assert rule["shortDescription"] == {"text": CODE.title}
    assert rule["fullDescription"] == {"text": CODE.why}
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert CODE.right in rule["help"]["text"]
    assert "helpUri" not in rule


def test_findings_sarif__has_a_result_for_every_finding_in_order() -> None:
    run = run_of(FOUND)
    results = run["results"]
    assert [result["ruleId"] for result in results] == ["YX203", "YX017", "YX060"]
    assert [result["level"] for result in results] == ["error", "warning", "note"]
    assert results[0]["message"] == {"text": FOUND[0].fact + FOUND[0].remedy}
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in results[:2]] == ["YX203", "YX017"]
    assert "ruleIndex" not in results[2]
    assert results[0]["properties"]["value"] == 12000


def test_findings_sarif__the_place_is_a_relative_uri_and_a_cell() -> None:
    first, second, third = (result["locations"][0] for result in run_of(FOUND)["results"])
    uri = first["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert not set(uri) & set("# :")
    assert unquote(uri) == FOUND[0].place.file
    assert first["logicalLocations"] == [{"name": "M24", "fullyQualifiedName": "要求書1!M24"}]
    assert second["logicalLocations"][0]["fullyQualifiedName"] == "要求書2"
    assert "logicalLocations" not in third


def test_findings_sarif__an_acknowledged_warning_is_suppressed_with_its_reason() -> None:
    open_, told, info = (result["suppressions"] for result in run_of(FOUND)["results"])
    assert told == [{"kind": "inSource", "status": "accepted", "justification": "国の内示による"}]
    assert open_ == info == []


def test_findings_sarif__of_nothing_is_a_run_without_results() -> None:
    run = run_of([])
    assert run["results"] == run["tool"]["driver"]["rules"] == []


def test_findings_sarif__takes_a_file_name_that_is_no_utf_8() -> None:
    found = Finding("YX010", Weight.ERROR, Place("\udcff.xlsx"), "読めません。", "直す。")
    (result,) = run_of([found])["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].isascii()


def test_findings_sarif__text_of_staff_is_no_link_and_no_placeholder() -> None:
    found = Finding("YX121", Weight.ERROR, Place("a"), "「[押す](http://x) {0}」。", "直す。")
    (result,) = run_of([found])["results"]
    assert result["message"]["text"] == "「[押す] (http://x) {{0}}」。直す。"
