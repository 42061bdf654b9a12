from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from tests.rules.samples import (
    AXES,
    amounts,
    changed,
    codes,
    findings,
    flat,
    funding,
    line,
    locate,
    sectioned,
)
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.form.schema import request_schema
from yosan_xl.model.axes import RowList
from yosan_xl.model.finding import Code, Place
from yosan_xl.rules.check import check, rule_codes, rules_by_field, rules_of
from yosan_xl.rules.entry import SchemaCheck

_FORM = request_schema(load_definition(USUAL_FORM))


def test_check__collects_everything_in_a_stable_order() -> None:
    document = flat(
        title=None,
        category="新規",
        fiscal_year=2019,
        funding=funding(metropolitan=11999, general=78956),
        contract_authorization={"term_start": 2023, "term_end": 2021, "limit": 1},
    )

    assert codes(document) == ["YX101", "YX203", "YX302", "YX305", "YX402"]
    assert findings(document) == findings(document)


def test_check__leaves_out_rules_that_read_a_broken_value() -> None:
    document = changed(sectioned(), "/lines/0/requested", "４千")

    assert codes(document) == ["YX102"]


def test_check__goes_on_with_rules_that_read_other_values() -> None:
    document = changed(sectioned(category="新規"), "/lines/0/requested", "４千")

    assert codes(document) == ["YX102", "YX302"]


def test_check__sees_sums_beside_a_broken_label() -> None:
    document = changed(sectioned(), "/lines/0/label", 5)

    assert codes(changed(document, "/subtotals/0/requested", 1)) == ["YX102", "YX201"]


def test_check__is_silent_about_what_stands_in_a_broken_object() -> None:
    document = changed(flat(), "/department", None)

    assert codes(document) == ["YX101"]
    assert codes(document, "/department") == []


def test_check__a_text_that_is_too_long_hides_nothing_of_the_others() -> None:
    document = flat(title="𠮷" * 131_000, description="𠮷田町")
    found = {finding.code: finding for finding in findings(document)}

    assert list(found) == ["YX105", "YX902"]
    assert found["YX902"].pointer == "/description"
    assert "事業名" not in found["YX902"].fact


def test_check__of_a_document_that_is_no_object_tells_that_only() -> None:
    assert codes([]) == ["YX102"]  # type: ignore[arg-type]


def test_finding__stands_where_its_pointer_is() -> None:
    found = findings(flat(category="新規"))[0]

    assert str(found.place) == "0203_国保年金課.xlsx 要求書1!/category"


def test_import__is_quick_without_jsonschema() -> None:
    code = "import sys, yosan_xl.rules.check; print('jsonschema' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"


def test_check__tells_programs_the_label_and_the_figures() -> None:
    document = flat(category="新規", funding=funding(metropolitan=11999, general=78956))
    sums, category = findings(document)

    assert (sums.code, sums.label) == ("YX203", "金額")
    assert (sums.value, sums.expected) == (11999, 12000)
    assert (category.code, category.label, category.value) == ("YX302", "要求区分", "新規")
    assert category.expected == ("新規事業", "臨時事業", "レベルアップ事業")


def test_check__labels_a_line_by_its_row() -> None:
    (finding,) = findings(changed(sectioned(), "/lines/0/requested", "４千"))

    assert finding.label == "「要求内容」の1行目の「要求額」"
    assert finding.value == "４千"


_SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py"))
)


@pytest.mark.parametrize("code", rule_codes(), ids=lambda code: code.code)
@pytest.mark.parametrize("case", ["hits", "does_not"])
def test_code__has_a_test_that_hits_and_one_that_does_not(code: Code, case: str) -> None:
    assert f"def test_{code.code.lower()}__{case}" in _SOURCE


def test_tests__name_no_code_that_is_gone() -> None:
    named = set(re.findall(r"def test_(yx\d{3})__", _SOURCE))

    assert named == {code.code.lower() for code in rule_codes()}


def test_codes__are_in_order_and_unique() -> None:
    found = [code.code for code in rule_codes()]

    assert found == sorted(set(found))
    assert all(re.fullmatch(r"YX(?:025|[1-59]\d\d|7[45]\d)", code) for code in found)


@pytest.mark.parametrize("code", rule_codes(), ids=lambda code: code.code)
def test_code__is_whole_japanese_sentences_that_can_be_filled(code: Code) -> None:
    named = code.named(lambda pointer: pointer)
    finding = named.at(Place("a.xlsx"), None, **_anything(code))

    assert finding.fact.endswith("。")
    assert finding.remedy.endswith("。")
    assert "{" not in str(finding)
    assert all((code.title, code.why, code.wrong, code.right))
    assert code.wrong != code.right


def _anything(code: Code) -> dict[str, str]:
    facts: dict[str, str] = defaultdict(str)
    for name in re.findall(r"\{(\w+)\}", code.fact + code.remedy):
        facts[name] = "値"
    return facts


def test_rules_by_field__names_every_field_once_and_every_rule() -> None:
    found = list(rules_by_field(_FORM, AXES))
    pointers = [pointer for _, pointer, _ in found]

    assert len(set(pointers)) == len(pointers)
    by_words = {words: codes for words, _, codes in found}
    assert by_words["都支出金"] == ["YX203", "YX204", "YX206", "YX207", "YX210", "YX211", "YX219"]
    assert {code for *_, codes in found for code in codes} == {r.code.code for r in rules_of(AXES)}


def test_check__speaks_with_the_words_of_the_form() -> None:
    document = flat(
        lines=[line(None, 6259, 6000)],
        total=amounts(6259, 6000),
        funding=funding(national=5868, general=391),
    )
    renamed = replace(
        AXES,
        sources=tuple(one._replace(label=f"新{one.label}") for one in AXES.sources),
        lists=tuple(map(_renamed, AXES.lists)),
    )
    found = check(document, axes=renamed, schema=SchemaCheck(_FORM), context=None, locate=locate)
    said = {finding.code: f"{finding.fact}{finding.remedy}" for finding in found}

    assert "「新要求額」 6,259千円" in said["YX213"]
    assert "「新内容」がありません" in said["YX213"]
    assert "「(新うち特財)」の計" in said["YX203"]
    assert "「新国庫支出金」の額" in said["YX203"]
    assert not any(f"「{word}」" in said[code] for code in said for word in ("内容", "要求額"))


def _renamed(own: RowList) -> RowList:
    columns = tuple(one._replace(label=f"新{one.label}") for one in own.columns)
    return replace(own, label=f"新{own.label}", columns=columns)
