from __future__ import annotations

import re
from typing import Any

import pytest

from tests.rules.samples import CURRENT, changed, findings, flat, schema, sectioned
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Document
from yosan_xl.rules.entry import SchemaCheck, UnmappedKeyword
from yosan_xl.rules.pointer import to_path


def _only(document: Document) -> Finding:
    found = findings(document)
    assert len(found) == 1, found
    # jsonschema speaks English; what is Latin here is ours (YX, ID, NO).
    assert not re.search(r"[A-Za-z]{3,}", found[0].fact + found[0].remedy)
    return found[0]


def _without(document: Document, key: str) -> Document:
    return {name: value for name, value in document.items() if name != key}


@pytest.mark.parametrize("value", [None, ""])
def test_yx101__hits_what_is_empty(value: str | None) -> None:
    found = _only(changed(flat(), "/title", value))

    assert (found.code, found.pointer) == ("YX101", "/title")
    assert found.fact == "「事業名」が入力されていません。"


def test_yx101__hits_a_key_that_is_not_there() -> None:
    assert _only(_without(flat(), "title")).code == "YX101"
    assert _only(_without(flat(), "department")).pointer == "/department"


def test_yx101__hits_an_empty_list_of_lines() -> None:
    assert _only(flat(lines=[])).fact == "「要求内容」が入力されていません。"


def test_yx101__does_not_hit_what_may_be_empty() -> None:
    assert findings(flat(description=None)) == []
    assert findings(changed(flat(), "/department/bureau", None))[0].code == "YX304"


def test_yx101__does_not_hit_what_the_reader_reported() -> None:
    document = changed(flat(), "/title", None)

    assert findings(document, "/title") == []
    assert [finding.code for finding in findings(document, "/kan")] == ["YX101"]


@pytest.mark.parametrize("value", ["４０１７", 4017.0, 4017.5, True, [4017], {"円": 1}, ""])
def test_yx102__hits_what_is_no_integer(value: object) -> None:
    found = findings(changed(sectioned(), "/lines/2/requested", value))

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX102", "/lines/2/requested")
    ]
    assert found[0].fact.startswith("「要求内容」の3行目の「要求額」の値「")
    assert found[0].remedy == "整数を入れてください。"


def test_yx102__hits_a_document_that_is_none() -> None:
    found = SchemaCheck(schema()).faults([1, 2])

    assert [(code.code, fault.pointer) for code, fault in found] == [("YX102", "")]


def test_yx102__hits_a_number_for_text() -> None:
    assert _only(changed(flat(), "/title", 5)).remedy == "文字を入れてください。"


def test_yx102__hits_a_long_value_in_short() -> None:
    assert "…" in _only(changed(flat(), "/no", "五" * 50)).fact


def test_yx102__does_not_hit_zero_and_negatives() -> None:
    document = changed(flat(), "/contract_authorization/limit", 0)

    assert findings(document) == []
    assert findings(changed(document, "/contract_authorization/limit", -5)) == []


def test_yx103__hits_an_unknown_part() -> None:
    found = _only(changed(sectioned(), "/lines/0/part", "拡充分"))

    assert (found.code, found.pointer) == ("YX103", "/lines/0/part")
    assert found.remedy == "「レベルアップ分」「経常経費分」のどれかにしてください。"


def test_yx103__does_not_hit_the_choices() -> None:
    assert {finding.code for finding in findings(sectioned())} == set()
    assert CURRENT in {row["part"] for row in sectioned()["lines"]}


def test_yx104__hits_amounts_out_of_range_in_thousand_yen() -> None:
    found = _only(changed(flat(), "/contract_authorization/limit", 10**10 + 1))

    assert found.code == "YX104"
    assert found.fact == (
        "「限度額」の 10,000,000,001千円 は、"
        "入れられる範囲(△10,000,000,000千円～10,000,000,000千円)の外です。"
    )


@pytest.mark.parametrize(("pointer", "value"), [("/no", 0), ("/fiscal_year", 20200)])
def test_yx104__hits_numbers_without_a_unit(pointer: str, value: int) -> None:
    found = _only(changed(flat(), pointer, value))

    assert (found.code, found.pointer) == ("YX104", pointer)
    assert "円" not in found.fact + found.remedy


def test_yx104__does_not_hit_the_limits_themselves() -> None:
    highest = findings(changed(flat(), "/contract_authorization/limit", 10**10))
    assert "YX104" not in [finding.code for finding in highest]
    assert findings(changed(flat(), "/contract_authorization/limit", -(10**10))) == []


def test_yx105__hits_text_over_the_limit() -> None:
    found = _only(flat(title="あ" * 23))

    assert (found.code, found.pointer) == ("YX105", "/title")
    assert found.fact == "「事業名」は 23字 で、上限の 20字 を 3字 こえています。"


def test_yx105__does_not_hit_text_at_the_limit() -> None:
    assert findings(flat(title="事業" * 10)) == []


def test_yx106__hits_each_unknown_key() -> None:
    found = findings(changed(flat(事業=1), "/total/合~計", 1))

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX106", "/total/合~0計"),
        ("YX106", "/事業"),
    ]
    assert found[1].fact == "「事業」は様式にない項目です。"


@pytest.mark.parametrize("pointer", ["", "/total", "/department", "/lines/0", "/funding"])
def test_yx106__is_one_finding_for_all_unknown_keys_of_an_object(pointer: str) -> None:
    value: Any = changed(flat(), f"{pointer}/項0", 1)
    document = value
    for step in to_path(pointer):
        value = value[step]
    value |= {f"項{key}": 1 for key in range(50_000)}
    (found,) = findings(document)
    assert (found.code, found.pointer) == ("YX106", f"{pointer}/項0")
    assert found.fact.endswith("「項0」「項1」「項2」など50000項目は様式にない項目です。")


def test_yx106__names_every_one_of_three() -> None:
    assert _only(flat(項1=1, 項2=1, 項3=1)).fact == "「項1」「項2」「項3」は様式にない項目です。"


def test_yx106__does_not_hit_known_keys_and_silences_no_rule() -> None:
    assert findings(flat()) == []
    document = changed(flat(事業=1), "/total/requested", 1)
    assert [finding.code for finding in findings(document)] == ["YX106", "YX202"]


def test_yx107__hits_more_rows_than_the_form_has() -> None:
    document = sectioned()
    document["subtotals"] = [*document["subtotals"], document["subtotals"][0]]
    found = _only(document)

    assert found.code == "YX107"
    assert found.fact == "「小計」は 3行 で、上限の 2行 をこえています。"


def test_yx107__does_not_hit_as_many_rows_as_the_form_has() -> None:
    assert findings(sectioned()) == []


def test_yx108__hits_an_id_written_otherwise() -> None:
    found = _only(flat(id="301の1"))

    assert (found.code, found.pointer) == ("YX108", "/id")
    assert found.remedy == "「0301-1」のように書き方を直してください。"


def test_yx108__does_not_hit_an_id_as_it_should_be() -> None:
    assert findings(flat(id="0301-12")) == []


def _number(value: object) -> list[str]:
    """Return the codes of what a number with two decimals says of a value."""
    number = {"type": ["number", "null"], "minimum": -99, "maximum": 99, "multipleOf": 0.01}
    check = SchemaCheck({"type": "object", "properties": {"rate": {"title": "率", **number}}})
    found = check.faults({"rate": value})
    assert bool(found) != check._validator.is_valid({"rate": value})
    return [code.code for code, _ in found]


@pytest.mark.parametrize("value", [0.005, 1.255, -0.001, 1e-30])
def test_yx109__hits_more_decimals_than_the_form_has(value: float) -> None:
    assert _number(value) == ["YX109"]


@pytest.mark.parametrize("value", [None, 0, 7, -99, 0.07, 0.57, 1.1, 4.35, 98.99, -0.29, 1.0])
def test_yx109__does_not_hit_decimals_that_a_float_only_nears(value: float | None) -> None:
    assert _number(value) == []


@pytest.mark.parametrize(
    ("value", "code"),
    [(1e300, "YX104"), (float("inf"), "YX104"), (float("nan"), "YX109"), (True, "YX102")],
)
def test_number__that_is_none_is_told(value: float, code: str) -> None:
    assert _number(value) == [code]


def test_yx109__hits_in_words() -> None:
    schema = {"type": "object", "properties": {"rate": {"title": "率", "multipleOf": 0.1}}}
    ((code, fault),) = SchemaCheck(schema).faults({"rate": 1.25})

    assert (
        code.fact.format_map(fault.facts) == "「率」の 1.25 は、小数のけたが 1けた をこえています。"
    )


def test_yx103__hits_a_document_of_another_form() -> None:
    schema = {"type": "object", "properties": {"form": {"title": "様式", "const": "machi"}}}
    ((code, fault),) = SchemaCheck(schema).faults({"form": "mura"})

    assert (code.code, fault.facts["choices"]) == ("YX103", "「machi」")
    assert SchemaCheck(schema).faults({"form": "machi"}) == []


def test_yx104__hits_in_the_form_s_unit() -> None:
    schema = {"type": "object", "properties": {"limit": _money_of_any_form()}}
    ((code, fault),) = SchemaCheck(schema, "円").faults({"limit": 10**14})

    assert code.remedy.format_map(fault.facts) == "桁と単位(円)を確かめて直してください。"
    assert str(fault.facts["high"]).endswith("円")
    assert "千円" not in str(fault.facts)


def _money_of_any_form() -> dict[str, Any]:
    return {"title": "限度額", "type": "integer", "minimum": -(10**13), "maximum": 10**13}


def test_entry__refuses_a_schema_with_a_keyword_that_has_no_code() -> None:
    with pytest.raises(UnmappedKeyword, match="oneOf"):
        SchemaCheck({"type": "object", "properties": {"a": {"items": {"oneOf": []}}}})


def test_faults__come_in_the_order_of_the_schema_whatever_the_document_s_order() -> None:
    document = dict(reversed(flat(title=None, category=None, id="x").items()))

    assert [fault.pointer for _, fault in SchemaCheck(schema()).faults(document)] == [
        "/id",
        "/title",
        "/category",
    ]
