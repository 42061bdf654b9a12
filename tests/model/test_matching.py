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
    likeness,
    match,
    same_project,
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
    assert 0 < likeness("防災訓練", "防災倉庫") < 1


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
