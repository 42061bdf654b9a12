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
