"""Which project is which: by what people said, by id, by title; likeness is only asked.

A row of 対応表.csv counts for the step into its year.
"""

from __future__ import annotations

import pytest

from tests.years import AXES
from yosan_xl.form.load import load_definition
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import (
    Project,
    Succession,
    SuccessionKind,
    SuccessionRow,
    alike,
    has_all_of,
    has_most_lines,
    is_like,
    likeness,
    match,
    same_content,
    same_project,
    words_of,
)
from yosan_xl.model.request import Request


def project(request_id: str | None, title: str | None, unit: str = "0103") -> Project:
    return Project(Request.from_document({"id": request_id, "title": title}, AXES), unit)


def test_id__counts_where_the_titles_are_alike() -> None:
    old = [project("0103-1", "口座振替等納税奨励"), project("0103-2", "電子化の推進")]
    new = [project("0103-1", "口座振替等の納税の奨励"), project("0103-2", "電子化の推進")]
    found = match(old, new, {})
    assert (dict(found.successor), found.likely) == ({0: 0, 1: 1}, ())


def test_id__of_a_sheet_used_for_another_project_is_asked() -> None:
    found = match([project("0103-1", "電子化の推進")], [project("0103-1", "防災訓練")], {})
    assert dict(found.successor) == {}
    (likely,) = found.likely
    assert likely.same_id


@pytest.mark.parametrize("title", [None, ""])
def test_id__counts_where_a_title_is_not_given(title: str | None) -> None:
    found = match([project("0103-1", title)], [project("0103-1", "防災訓練")], {})
    assert dict(found.successor) == {0: 0}


def _coded(request_id: str, title: str, code: str | None) -> Project:
    document = {"id": request_id, "title": title, "code": code}
    return Project(Request.from_document(document, load_definition("municipal-1").axes), "0201")


def test_code__goes_before_id_and_title() -> None:
    old = [_coded("0201-1", "任意の見守り", "300102"), _coded("0201-2", "防災訓練", None)]
    new = [_coded("0201-1", "任意の見守り", "300999"), _coded("0201-2", "改めた事業", "300102")]
    found = match(old, new, {})
    assert dict(found.successor) == {0: 1}


def test_code__that_stands_twice_is_not_taken() -> None:
    old = [_coded("0201-1", "見守り", "300102"), _coded("0201-2", "訓練", "300102")]
    new = [_coded("0201-3", "改めた事業", "300102")]
    assert dict(match(old, new, {}).successor) == {}


def test_code__a_project_that_it_names_is_no_other_s_by_id() -> None:
    old = [_coded("0201-1", "見守り", "300102"), _coded("0201-2", "防災訓練", None)]
    new = [_coded("0201-2", "防災訓練", "300102")]
    assert dict(match(old, new, {}).successor) == {0: 0}
    plain = [_coded("0201-1", "見守り", None), _coded("0201-2", "防災訓練", None)]
    found = match(plain, [_coded("0201-2", "防災訓練", "300102")], {0: 0})
    assert dict(found.successor) == {0: 0, 1: 0}, "what people said is no code"


def test_title__counts_in_the_same_unit_only() -> None:
    old = [project("0103-1", "防災 訓練"), project("0201-1", "窓口改善", "0201")]
    new = [project("0103-7", "防災訓練"), project("0202-1", "窓口改善", "0202")]
    found = match(old, new, {})
    assert dict(found.successor) == {0: 0}
    assert [(one.old.unit, one.new.unit) for one in found.likely] == [("0201", "0202")]


def test_title__that_stands_twice_is_not_taken() -> None:
    old = [project("0103-1", "防災訓練")]
    new = [project("0103-8", "防災訓練"), project("0103-9", "防災訓練")]
    found = match(old, new, {})
    assert dict(found.successor) == {}
    assert [one.new.request.id for one in found.likely] == ["0103-8"]


def test_likeness__is_asked_and_never_taken() -> None:
    found = match(
        [project("0103-1", "預貯金照会サービスの導入")],
        [project("0103-5", "預貯金照会サービスの運用"), project("0103-6", "防災訓練")],
        {},
    )
    assert dict(found.successor) == {}
    assert [(one.old.request.id, one.new.request.id, one.same_id) for one in found.likely] == [
        ("0103-1", "0103-5", False)
    ]


def test_likeness__from_half_of_the_pairs_on_is_asked() -> None:
    old = [project("0103-1", "あいう")]
    for title, asked in (("あいえ", True), ("あいえお", False)):
        found = match(old, [project("0103-5", title)], {})
        assert bool(found.likely) is asked
        assert alike("あいう", title) is asked


def test_likeness__of_two_that_are_the_most_alike_is_asked() -> None:
    new = [project(f"0103-{at}", title) for at, title in enumerate(("防災計画", "防災訓練会"), 5)]
    (likely,) = match([project("0103-1", "防災訓練")], new, {}).likely
    assert likely.new is new[1]


def test_what_people_said__goes_before_the_id() -> None:
    old = [project("0103-1", "電子化の推進"), project("0103-2", "窓口改善")]
    new = [project("0103-1", "電子化の推進"), project("0103-2", "行政の電子化")]
    found = match(old, new, {0: 1})
    assert dict(found.successor) == {0: 1}
    assert [one.old.request.id for one in found.likely] == [], "nothing is like 窓口改善"


def test_several_projects__may_become_one() -> None:
    old = [project("0103-1", "電子化の推進"), project("0103-2", "窓口改善")]
    new = [project("0103-1", "電子化の推進と窓口改善")]
    assert dict(match(old, new, {1: 0}).successor) == {0: 0, 1: 0}


def test_no_successor__is_not_asked_again() -> None:
    old, new = [project("0103-1", "電子化の推進")], [project("0103-1", "防災訓練")]
    found = match(old, new, {0: None})
    assert (dict(found.successor), found.likely) == ({}, ())


def test_likeness__is_between_0_and_1() -> None:
    assert likeness("防災訓練", "防災訓練") == 1
    assert likeness("防災訓練", "窓口改善") == 0
    assert likeness("", "窓口改善") == 0
    assert likeness("防災訓練", "防災倉庫") == 1 / 3
    assert (likeness("甲", "甲"), likeness("甲", "乙"), likeness("", "")) == (1, 0, 0)


def test_alike__sees_through_width_radicals_and_added_words() -> None:
    assert alike("ＳＭＳによる⺠生費", "SMSによる民生費")
    assert alike("研究所の運営", "港区政策創造研究所の運営")
    assert not alike("防災訓練", "窓口改善")


R2, R3, R4 = FiscalYear(2020), FiscalYear(2021), FiscalYear(2022)


@pytest.mark.parametrize(
    ("year", "old", "new", "counts"),
    [
        (None, R2, R3, True),
        (R3, R2, R3, True),
        (R3, R2, R4, True),
        (R3, R3, R4, False),
        (R4, R2, R3, False),
        (R2, R2, R3, False),
    ],
)
def test_link__counts_for_the_step_into_its_year(
    year: FiscalYear | None, old: FiscalYear, new: FiscalYear, counts: bool
) -> None:
    table = Succession((SuccessionRow(2, SuccessionKind.PROJECT, "a", "b", year),))
    assert bool([*table.of(SuccessionKind.PROJECT, old, new)]) is counts
    assert [*table.of(SuccessionKind.DEPARTMENT, old, new)] == []


def test_moves__are_those_of_the_year_or_of_any() -> None:
    moved, made = SuccessionKind.MOVED, SuccessionKind.PROJECT
    rows = (
        SuccessionRow(2, moved, "a", "b"),
        SuccessionRow(3, moved, "c", "d", R3),
        SuccessionRow(4, moved, "e", "f", R4),
        SuccessionRow(5, made, "g", "h"),
    )
    assert Succession(rows).moves(R3) == {"a": "b", "c": "d"}


LONG = "区民が窓口に来なくても手続きを済ませられるようにします。"


def asking(
    title: str | None = "防災訓練", *lines: tuple[str | None, int | None], **texts: str
) -> Request:
    rows = [{"label": label, "requested": amount} for label, amount in lines]
    return Request.from_document({"title": title, "lines": rows, **texts}, AXES)


A, B, C, D = (("委託料", 5), ("印刷費", 7), ("謝礼", 9), ("備品費", 11))


def test_same_content__is_all_but_id_and_no() -> None:
    one = asking("防災訓練", A, id="0103-1")
    assert same_content(one, asking("防災訓練", A, id="0205-1"))
    assert not same_content(one, asking("防災訓練", B, id="0103-1"))
    assert not same_content(one, asking("防災訓練", A, id="0103-1", description="説明"))


@pytest.mark.parametrize(
    ("lines", "others", "least", "found"),
    [
        ((A,), (A,), 1, True),
        ((A,), (B,), 1, False),
        ((), (), 1, False),
        ((), (), 0, False),
        ((A, B), (A, C), 1, False),
        ((A, B, C), (A, B, D), 1, True),
        ((A, B, C), (A, B, D), 2, True),
        ((A, B, C), (A, B, D), 3, False),
        ((A, B), (A,), 1, False),
        ((("委託料", 5),), (("委託料", 6),), 1, False),
        (((None, 5),), ((None, 5),), 1, True),
        (((None, 5),), (("委託料", 5),), 1, False),
    ],
)
def test_has_most_lines__by_label_and_amount(
    lines: tuple[tuple[str, int], ...],
    others: tuple[tuple[str, int], ...],
    least: int,
    *,
    found: bool,
) -> None:
    one, two = asking("甲", *lines), asking("乙", *others)
    assert has_most_lines(one, two, least) is found
    assert is_like(one, two, least) is found
    assert is_like(one, asking("甲", *others), least), "one title, one request"


def test_is_like__titles_that_are_not_given_are_not_the_same() -> None:
    assert not is_like(asking(None, A), asking(None, B))
    assert not is_like(asking("", A), asking(None, B))
    assert not is_like(asking("甲", A), asking(None, B))


def test_words_of__are_the_title_and_long_texts_that_no_list_has() -> None:
    twenty = LONG[:20]
    one = asking("防災訓練", description=twenty, background=twenty[:19], account=LONG, kan=LONG)
    assert words_of(one) == {"防災訓練", twenty}
    assert words_of(asking(None)) == set()


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([A, B], [A, B], True),
        ([A, B], [A], True),
        ([A], [A, B], True),
        ([A, B], [A, C], False),
        ([A], [("委託料", 6)], True),
        ([("委託", 5)], [("業務の委託", 6)], True),
        ([("委託料", 5)], [("謝礼", 5)], True),
        ([("委託料", None)], [("謝礼", None)], False),
        ([("委託料", 5)], [("謝礼", 6)], False),
        ([(None, 5)], [(None, 6)], True),
        ([A, A], [A], True),
        ([A, ("謝礼", 5)], [("謝礼", 5), A], True),
        ([A, ("謝礼", 5)], [("謝礼", 6), B], False),
    ],
)
def test_has_all_of__lines_may_be_cut_or_added_not_both(
    old: list[tuple[str | None, int | None]],
    new: list[tuple[str | None, int | None]],
    *,
    found: bool,
) -> None:
    assert has_all_of({"1": asking("甲", *old)}, {"1": asking("甲", *new)}) is found


def test_has_all_of__a_cut_line_in_one_request_and_a_new_one_in_another_are_two_editions() -> None:
    old = {"1": asking("甲", A, B), "2": asking("乙", A)}
    assert has_all_of(old, {**old, "1": asking("甲", A)})
    assert not has_all_of(old, {"1": asking("甲", A), "2": asking("乙", A, B)})


def test_has_all_of__requests_may_come_and_not_go() -> None:
    one, cut = asking("甲", A, B), asking("甲", A)
    assert has_all_of({"1": one}, {"1": one, "2": one})
    assert not has_all_of({"1": one, "2": one}, {"1": one})
    assert not has_all_of({"1": one}, {"2": one})
    assert not has_all_of({"1": one}, {"1": cut, "2": one}), "a line cut, and a request more"
    assert has_all_of({}, {})


def test_has_all_of__a_text_may_come_and_not_go() -> None:
    bare, told = asking("甲", A, B), asking("甲", A, B, description="説明")
    assert has_all_of({"1": bare}, {"1": told})
    assert not has_all_of({"1": told}, {"1": bare})
    assert not has_all_of({"1": bare}, {"1": asking("甲", A, description="説明")})
    assert has_all_of({"1": asking("甲", A, description=" ")}, {"1": asking("甲", A)})


def test_same_project__has_title_lines_and_a_long_text_in_common() -> None:
    long = "区民が窓口に来なくても手続きを済ませられるようにします。"
    lines = [{"label": "委託料", "requested": 500}]
    own = {"title": "口座振替等納税奨励", "lines": lines, "description": long}

    def is_same(**changes: object) -> bool:
        return same_project(
            Request.from_document(own, AXES), Request.from_document({**own, **changes}, AXES)
        )

    assert is_same(id="0205-1", no=3)
    assert not is_same(title="電子化の推進")
    assert not is_same(description="短い。")
    assert not is_same(lines=[{"label": "委託料", "requested": 501}])
    assert not is_same(lines=lines * 2)
