from __future__ import annotations

from tests.rules.samples import item
from yosan_xl.rules.across import check_all


def test_yx501__hits_the_same_no_in_another_request() -> None:
    found = check_all([item(57, "0203-1", "a.xlsx"), item(57, "0301-1", "b.xlsx")])

    assert [str(finding) for finding in found] == [
        "b.xlsx 要求書1!/no YX501 誤り NO 57 は a.xlsx 要求書1!/no でも使われています。"
        "どちらかのNOを直してください。"
    ]


def test_yx501__hits_every_later_one() -> None:
    found = check_all([item(57, f"0203-{n}", f"{n}.xlsx") for n in range(3)])

    assert [(finding.code, finding.place.file) for finding in found] == [
        ("YX501", "1.xlsx"),
        ("YX501", "2.xlsx"),
    ]


def test_yx501__does_not_hit_other_numbers_or_none() -> None:
    items = [item(57, "a-1", "a"), item(58, "b-1", "b"), item(None, "c-1", "c")]

    assert check_all([*items, item(None, "d-1", "d")]) == []


def test_yx501__does_not_hit_the_same_request_twice() -> None:
    found = check_all([item(57, "0203-1", "a.xlsx"), item(57, "0203-1", "b.xlsx")])

    assert [finding.code for finding in found] == ["YX502"]


def test_yx502__hits_the_same_id_naming_both_places() -> None:
    found = check_all([item(57, "0203-1", "a.xlsx"), item(58, "0203-1", "b.xlsx")])

    assert [finding.code for finding in found] == ["YX502"]
    assert found[0].place.file == "b.xlsx"
    assert "a.xlsx 要求書1!/id" in found[0].fact


def test_yx502__does_not_hit_other_ids_or_none() -> None:
    items = [item(1, "0203-1", "a"), item(2, "0203-2", "b"), item(3, None, "c"), item(4, None, "d")]

    assert check_all(items) == []


def test_yx503__hits_the_same_title_naming_both_places() -> None:
    items = [
        item(57, "0203-1", "a", "口座振替等 納税奨励"),
        item(58, "0203-2", "b", "口座振替等納税奨励"),
    ]
    found = check_all(items)

    assert [finding.code for finding in found] == ["YX503"]
    assert (found[0].place.file, found[0].pointer) == ("b", "/title")
    assert "事業名「口座振替等納税奨励」は a 要求書1!/title でも使われています。" in found[0].fact


def test_yx503__hits_over_width_and_radicals() -> None:
    items = [item(1, "a-1", "a", "SMS⺠生費"), item(None, None, "b", "ＳＭＳ民生費")]

    assert [finding.code for finding in check_all(items)] == ["YX503"]


def test_yx503__does_not_hit_another_department_or_no_title() -> None:
    other = {"code": "0301", "bureau": "企画経営部", "section": "企画課"}
    items = [item(1, "a-1", "a", "広報"), item(2, "b-1", "b", "広報", department=other)]

    assert check_all(items) == []
    assert check_all([item(1, "a-1", "a", " "), item(2, "a-2", "b", " ")]) == []


def test_yx503__does_not_hit_the_same_request_or_no() -> None:
    assert [
        f.code for f in check_all([item(1, "a-1", "a", "広報"), item(2, "a-1", "b", "広報")])
    ] == ["YX502"]
    assert [
        f.code for f in check_all([item(1, "a-1", "a", "広報"), item(1, "a-2", "b", "広報")])
    ] == ["YX501"]
