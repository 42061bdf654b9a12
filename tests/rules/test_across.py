from __future__ import annotations

from typing import Any

import pytest

from tests.rules import forms
from tests.rules.samples import item, line
from yosan_xl.model.axes import ASKED
from yosan_xl.model.finding import Place
from yosan_xl.rules.across import COUNTED_ELSEWHERE, check_all


def test_yx501__hits_the_same_no_in_another_request() -> None:
    found = check_all([item(57, "0203-1", "a.xlsx"), item(57, "0301-1", "b.xlsx", lines=[])])

    assert [str(finding) for finding in found] == [
        "b.xlsx 要求書1!/no YX501 誤り NO 57 は a.xlsx 要求書1!/no でも使われています。"
        "どちらかのNOを直してください。"
    ]


def test_yx501__hits_every_later_one() -> None:
    found = check_all(
        [item(57, f"0203-{n}", f"{n}.xlsx", lines=[line("委託料", n)]) for n in range(3)]
    )

    assert [(finding.code, finding.place.file) for finding in found] == [
        ("YX501", "1.xlsx"),
        ("YX501", "2.xlsx"),
    ]


def test_yx501__does_not_hit_other_numbers_or_none() -> None:
    items = [item(57, "a-1", "a"), item(58, "b-1", "b", lines=[]), item(None, "c-1", "c", lines=[])]

    assert check_all([*items, item(None, "d-1", "d", lines=[])]) == []


def test_yx501__does_not_hit_the_same_request_twice() -> None:
    found = check_all([item(57, "0203-1", "a.xlsx"), item(57, "0203-1", "b.xlsx")])

    assert [finding.code for finding in found] == ["YX502"]


def test_yx502__hits_the_same_id_naming_both_places() -> None:
    found = check_all([item(57, "0203-1", "a.xlsx"), item(58, "0203-1", "b.xlsx")])

    assert [finding.code for finding in found] == ["YX502"]
    assert found[0].place.file == "b.xlsx"
    assert "a.xlsx 要求書1!/id" in found[0].fact


def test_yx502__does_not_hit_other_ids_or_none() -> None:
    items = [
        item(1, "0203-1", "a"),
        item(2, "0203-2", "b", lines=[]),
        item(3, None, "c"),
        item(4, None, "d"),
    ]

    assert check_all(items) == []


def test_yx503__hits_the_same_title_naming_both_places() -> None:
    items = [
        item(57, "0203-1", "a", "口座振替等 納税奨励"),
        item(58, "0203-2", "a", "口座振替等納税奨励"),
    ]
    found = check_all(items)

    assert [finding.code for finding in found] == ["YX503"]
    assert (found[0].place.file, found[0].pointer) == ("a", "/title")
    assert "事業名「口座振替等納税奨励」は a 要求書1!/title でも使われています。" in found[0].fact


def test_yx503__hits_over_width_and_radicals() -> None:
    items = [item(1, "a-1", "a", "SMS⺠生費"), item(None, None, "b", "ＳＭＳ民生費")]

    assert [finding.code for finding in check_all(items)] == ["YX503"]


def test_yx503__does_not_hit_another_department_or_no_title() -> None:
    other = {"code": "0301", "bureau": "企画経営部", "section": "企画課"}
    lines = [line("委託料", 1)]
    items = [
        item(1, "a-1", "a", "広報"),
        item(2, "b-1", "b", "広報", department=other, lines=lines),
    ]

    assert check_all(items) == []
    assert check_all([item(1, "a-1", "a", " "), item(2, "a-2", "a", " ")]) == []


def test_yx503__does_not_hit_the_same_request_or_no() -> None:
    twice = [item(1, "a-1", "a", "広報"), item(2, "a-1", "b", "広報", lines=[])]
    assert [f.code for f in check_all(twice)] == ["YX502"]
    of_one_no = [item(1, "a-1", "a", "広報"), item(1, "a-2", "a", "広報", lines=[])]
    assert [f.code for f in check_all(of_one_no)] == ["YX501"]


def _coded(id_: str, title: str, code: str | None, **changes: Any) -> tuple[Any, Any]:
    fields = [forms.field("project_code", "細事業番号", "text"), forms.field("future_cost")]
    form = forms.axes([forms.stage(ASKED, "要求", [])], fields=fields)
    values = {"project_code": code, "future_cost": f"{title}の説明"} | changes
    given = forms.document(form, {}, id=id_, title=title, **values)
    return forms.request(form, given), lambda pointer: Place(
        f"{id_[:4]}.xlsx", f"要求書{id_[5:]}", pointer
    )


def test_yx516__hits_one_code_of_two_projects_once() -> None:
    other = {"code": "0301", "bureau": "企画経営部", "section": "企画課"}
    items = [
        _coded("0203-1", "広報紙", "001234"),
        _coded("0203-2", "広報板", "００１２３４"),
        _coded("0301-1", "広報車", "001234", department=other),
    ]
    (one,) = check_all(items)

    assert (one.code, one.place.file, one.pointer) == ("YX516", "0301.xlsx", "/project_code")
    assert one.fact == (
        "細事業番号 001234 は、ほかの要求でも使われています（0203.xlsx 要求書1!/project_code「広報紙」、"
        "0203.xlsx 要求書2!/project_code「広報板」）。"
    )


def test_yx516__does_not_hit_other_codes_or_what_is_told_by_its_title() -> None:
    assert not check_all(
        [_coded(f"0203-{n}", f"広報{n}", code) for n, code in enumerate(["1", "2", None, None])]
    )
    same = [_coded(f"0203-{n}", "広報", "1", future_cost=f"説明{n}") for n in range(2)]
    assert [one.code for one in check_all(same)] == ["YX503"]


def test_yx504__hits_the_same_request_with_the_same_content() -> None:
    found = check_all([item(1, "a-1", "a", "広報"), item(2, "a-1", "b", "広報")])

    assert [(f.code, f.place.file) for f in found] == [("YX504", "b")]


def test_yx504__does_not_hit_where_an_amount_differs() -> None:
    lines = [line("委託料", 1)]
    found = check_all([item(1, "a-1", "a", "広報"), item(1, "a-1", "b", "広報", lines=lines)])

    assert [f.code for f in found] == ["YX502"]


def test_yx505__hits_the_same_content_under_another_id() -> None:
    found = check_all([item(1, "a-1", "a", "広報"), item(2, "a-2", "a", "広報")])

    assert [(f.code, f.pointer) for f in found] == [("YX505", "/id")]
    assert (
        "要求 a-2「広報」90,955千円は、a 要求書1!/id の要求 a-1「広報」90,955千円と"
        in found[0].fact
    )


def test_yx505__hits_the_same_title_or_lines_in_another_book() -> None:
    titles = [item(1, "a-1", "a", "広報"), item(2, "a-2", "b", "広報", lines=[])]
    lines = [item(1, "a-1", "a", "広報"), item(2, "a-2", "b", "公聴")]

    assert [f.code for f in check_all(titles)] == ["YX505"]
    assert [f.code for f in check_all(lines)] == ["YX505"]


def test_yx505__hits_another_edition_on_a_copied_sheet() -> None:
    items = [item(1, "a-1", "a", "広報"), item(1, "a-1-2", "a", "広報", lines=[line("委託料", 1)])]

    assert [f.code for f in check_all(items)] == ["YX505"]


def test_yx505__does_not_hit_like_lines_in_one_book_or_another_unit() -> None:
    other = {"code": "0301", "bureau": "企画経営部", "section": "企画課"}
    items = [
        item(1, "a-1", "a", "広報"),
        item(2, "a-2", "a", "公聴"),
        item(3, "b-1", "b", "広報誌", department=other),
    ]

    assert check_all(items) == []


WORDS = "庁内の業務端末を更新し、窓口の待ち時間を短くします。"
OTHER_UNIT = {"code": "0301", "bureau": "企画経営部", "section": "企画課"}


def test_yx513__hits_what_another_unit_has_word_for_word_and_counts_it_once() -> None:
    copied = {"description": WORDS, "department": OTHER_UNIT, "kan": "民生費"}
    items = [
        item(None, "0203-1", "a", "端末の更新", description=WORDS),
        item(None, "0301-3", "b", "端末の更新", **copied),
    ]
    (found,) = check_all(items)
    assert (found.code, found.place.file, found.is_error) == ("YX513", "b", True)
    assert "a 要求書1!/id の要求 0203-1（保健福祉支援部 国保年金課）" in found.fact
    assert found.code in COUNTED_ELSEWHERE


@pytest.mark.parametrize(
    "change",
    [
        {"title": "東の端末の更新"},
        {"description": WORDS + "東"},
        {"lines": [line("委託料", 78955), line("印刷費", 12000), line("消耗品費", 1)]},
    ],
    ids=["title", "text", "lines"],
)
def test_yx514__hits_where_the_copy_was_changed(change: dict[str, Any]) -> None:
    first = item(None, "0203-1", "a", "端末の更新", description=WORDS)
    copied = {"title": "端末の更新", "description": WORDS, "department": OTHER_UNIT, **change}
    found = check_all([first, item(None, "0301-3", "b", **copied)])
    assert [(f.code, f.is_error, f.place.file) for f in found] == [("YX514", False, "b")]


@pytest.mark.parametrize(
    "change",
    [
        {"lines": [line("委託料", 1), line("印刷費", 2)]},
        {"title": "東の端末の更新", "description": "東の端末"},
        {"title": "東の端末の更新", "description": "", "lines": []},
        {"department": {"code": "0203", "bureau": "", "section": ""}, "title": "東"},
    ],
    ids=["other amounts", "other words", "no lines", "same unit"],
)
def test_yx514__does_not_hit(change: dict[str, Any]) -> None:
    first = item(None, "0203-1", "a", "端末の更新", description=WORDS)
    same = {"title": "端末の更新", "description": WORDS, "department": OTHER_UNIT}
    found = check_all([first, item(None, "0301-3", "b", **{**same, **change})])
    assert not {"YX513", "YX514"} & {f.code for f in found}


def test_yx513__does_not_hit_without_a_text_that_says_which_it_is() -> None:
    """Short words and the same amount are written alike by chance: that is asked, and both count."""
    items = [item(1, "0203-1", "a", "報酬"), item(2, "0301-1", "b", "報酬", department=OTHER_UNIT)]
    assert [f.code for f in check_all(items)] == ["YX514"]


def test_yx513__hits_the_copy_where_another_unit_has_it_nearly() -> None:
    """What is word for word there is not hidden by what is only like it."""
    third = {"code": "0302", "bureau": "企画経営部", "section": "区長室"}
    items = [
        item(None, "0203-1", "a", "端末", description=WORDS + "東"),
        item(None, "0301-1", "b", "端末", description=WORDS, department=OTHER_UNIT),
        item(None, "0302-1", "c", "端末", description=WORDS, department=third),
    ]
    assert [f"{f.code} {f.place.file}" for f in check_all(items)] == ["YX514 b", "YX513 c"]


def test_yx502__names_what_each_of_two_books_has_alone() -> None:
    items = [
        item(1, "a-1", "a.xlsx", "広報"),
        item(2, "a-2", "a.xlsx", "窓口", lines=[line("甲", 3)]),
        item(3, "a-1", "b.xlsx", "防災", lines=[line("乙", 4)]),
        item(4, "a-3", "b.xlsx", "訓練", lines=[line("丙", 5)]),
        item(5, "a-2", "b.xlsx", "窓口", lines=[line("甲", 3)]),
    ]
    (found,) = [one for one in check_all(items) if one.facts.get("alone") is not None]
    assert "このブックだけにある要求 a-3「訓練」" in str(found.facts["alone"])
    assert "もう一方だけ" not in str(found.facts["alone"])
    without = [one for one in check_all(items[:-1]) if one.facts.get("alone")]
    assert "もう一方だけにある要求 a-2「窓口」" in str(without[0].facts["alone"])


def test_yx505__without_a_title_the_same_content_says_nothing() -> None:
    for title, told in ((" ", []), ("広報", ["YX505"])):
        items = [item(1, "a-1", "a", title), item(2, "a-2", "a", title)]
        assert [one.code for one in check_all(items)] == told
    empty = [item(at, f"a-{at}", "a", "広報", lines=[]) for at in (1, 2)]
    assert "内容がまったく同じです" not in "".join(one.fact for one in check_all(empty))
