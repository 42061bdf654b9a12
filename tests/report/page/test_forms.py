"""The page of any form: everything that it has and nothing that it lacks; nothing private for the public."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tests.report.forms import (
    PREFECTURE,
    PREFECTURE_UNITS,
    PREFECTURE_YEAR,
    SECRET,
    TOWN,
    TOWN_UNITS,
    TOWN_YEAR,
    made_row,
    prefecture_document,
    town_document,
)
from tests.report.page.samples import Parts, page
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import ASKED, Axes, Column, RowList, Source
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.intake import Intake
from yosan_xl.model.request import Document
from yosan_xl.model.rollup import Rollup
from yosan_xl.report.page import PageContents, page_html


def _prefecture(
    *documents: Document, axes: Axes = PREFECTURE, public: bool = False
) -> PageContents:
    rows = [made_row(one, axes) for one in documents or (prefecture_document(),)]
    return PageContents(
        Rollup.of(rows, PREFECTURE_YEAR, PREFECTURE_UNITS, axes), Intake(), (), public
    )


def _town(*documents: Document, axes: Axes = TOWN, units: Roster = TOWN_UNITS) -> PageContents:
    rows = [made_row(one, axes) for one in documents or (town_document(),)]
    return PageContents(Rollup.of(rows, TOWN_YEAR, units, axes), Intake(), (), False)


def _data(parts: Parts) -> Document:
    found = json.loads(parts.scripts[0])
    assert isinstance(found, dict)
    return found


STAGES = ["当初予算", "見積", "差引", "内示", "復活", "計上"]
SOURCES = ["国費", "県の債券", "使用の料", "県費"]


def test_page__of_a_prefecture_sums_by_all_its_levels_stages_and_sources() -> None:
    tables = page(_prefecture(prefecture_document(1), prefecture_document(2))).tables
    amounts = ["件数", *STAGES, "見積との差", *SOURCES]
    assert tables["予算の別・大区分別の見積"] == [
        ["予算の別", "大区分", *amounts],
        *(
            [
                *first,
                *("2", "200", "12,000", "11,800", "20,020", "420", "22,220", "10,220"),
                *("2,200", "4,400", "6,600", "△1,200"),
            ]
            for first in (["普通の会計", "土木の費"], ["小計"], ["全予算の別の計"])
        ),
    ]
    assert tables["中区分・小区分別の見積"][0][:3] == ["予算の別・大区分", "中区分", "小区分"]
    assert tables["中区分・小区分別の見積"][1][:3] == ["普通の会計　土木の費", "道路の費", "橋の費"]
    assert [head for head in tables["局・室別の見積"][0] if "うち" in head] == []
    stages = tables["段階別（全予算の別）"]
    assert [row[0] for row in stages[1:]] == STAGES
    assert stages[2] == ["見積", "2,200", "4,400", "6,600", "△1,200", "12,000"]
    assert stages[3] == ["差引", "-", "-", "-", "-", "11,800"]


def test_page__of_a_prefecture_has_every_field_list_and_amount_of_a_request() -> None:
    found = page(_prefecture())
    assert found.tables["節ごとの積上げ（単位：千円）"] == [
        ["細節", "摘要", "計算", "割合", "見積", "内示", "可否", "覚え"],
        ["報償費"],
        ["07-01", "委員の謝礼", "2人×3回", "0.25", "2,000", "1,500", "一部だめ", f"{SECRET}覚え"],
        ["節の計", "", "", "", "2,000", "1,500", "", ""],
        ["委託料"],
        ["12-01", "点検の委託", "", "", "4,000", "-", "", ""],
        ["節の計", "", "", "", "4,000", "-", "", ""],
        ["合計", "", "", "", "6,000", "10,010", "", ""],
    ]
    assert found.tables["国費などの根拠（単位：千円）"] == [
        ["名目", "受入"],
        ["橋の交付金の計算", "1,234"],
        ["合計", "1,234"],
    ]
    assert found.tables["財源内訳（単位：千円）"] == [
        ["財源", "名称", *STAGES],
        ["国費", "橋の交付金", "10", "1,100", "", "1,001", "51", "1,111"],
        ["県の債券", "", "20", "2,200", "", "2,002", "52", "2,222"],
        ["使用の料", "", "30", "3,300", "", "3,003", "53", "3,333"],
        ["県費", f"{SECRET}繰入", "40", "△600", "", "4,004", "54", "4,444"],
        ["合計", "100", "6,000", "5,900", "10,010", "210", "11,110"],
    ]
    texts = found.texts
    for label, value in (
        ("番号", "0042"),
        ("4 あらまし", "古い橋を直す。"),
        ("対象の人数", "12,345"),
        ("補助の割合", "0.55"),
        ("始めた年度", "令和3年度"),
        ("全体の額", "7,654,321千円"),
        ("内線", f"{SECRET}電話"),
        ("査定のわけ", "急ぐため。"),
    ):
        assert texts[texts.index(label) + 1] == value
    assert texts[texts.index("整理番号 1") :][:4] == [
        *("整理番号 1", "　県土局 道路室", "橋の直し1", "普通の会計　土木の費　道路の費　橋の費 "),
    ]


def test_page__for_the_public_has_nothing_private_and_no_step_of_finance() -> None:
    html = page_html(_prefecture(public=True))
    found = Parts(html)
    assert SECRET not in html
    assert "内示" not in html
    assert "notice" not in html.split("</style>")[1]
    assert found.tables["財源内訳（単位：千円）"][0] == [
        "財源",
        "名称",
        *(one for one in STAGES if one != "内示"),
    ]
    assert found.tables["節ごとの積上げ（単位：千円）"][0] == [
        *("細節", "摘要", "計算", "割合", "見積", "可否"),
    ]
    assert "急ぐため。" in found.texts


def test_page__a_stage_that_no_request_has_yet_stands_nowhere() -> None:
    document = prefecture_document()
    early = {key: document["amounts"][key] for key in (ASKED, "last_year", "change")}
    rows = [{**row, "offer": None, "ruling": None} for row in document["lists"]["items"]]
    lists = {**document["lists"], "items": rows}
    found = page(_prefecture({**document, "amounts": early, "lists": lists}))
    seen = " ".join(found.texts)
    assert all(word not in seen for word in ("内示", "復活", "計上", "可否", "見積との差"))
    assert found.tables["財源内訳（単位：千円）"][0][2:] == ["当初予算", "見積", "差引"]


def test_page__of_a_small_town_has_no_section_column_or_filter_without_anything_in_it() -> None:
    found = page(_town(town_document(1), town_document(2, decided=90_000)))
    heads = [
        *("室別の要望", "財源別", "要求の一覧", "財源内訳（単位：円）", "提出状況"),
    ]
    assert list(found.tables) == heads
    assert found.tables["室別の要望"] == [
        ["室", "件数", "要望", "決定", "要望との差", "補助", "町のお金"],
        ["総務係", "2", "246,912", "90,000決定 1 / 2", "-", "200,000", "46,912"],
        ["計", "2", "246,912", "90,000決定 1 / 2", "-", "200,000", "46,912"],
    ]
    assert found.tables["財源別"][1:] == [
        [
            "計",
            "200,000",
            "81.0％",
            "0",
            "46,912",
            "19.0％",
            "90,000",
            "246,912",
            "90,000決定 1 / 2",
        ]
    ]
    assert found.tables["要求の一覧"][0] == [
        *("整理番号", "しごと", "所管課", "要望", "決定", "補助", "町のお金"),
    ]
    assert [a.get("name") for name, a in found.elements if name == "select"] == [
        *("section", "decision"),
    ]
    empty = [text for text in found.texts if text in ("会計", "款", "（記入なし）", "千円")]
    assert empty == []
    assert "24万6,912円" in found.texts
    assert _data(found)["unit"] == "円"
    assert _data(found)["asked"] == "要望"


def test_page__of_a_form_without_sources_lists_and_title_is_a_page_all_the_same() -> None:
    stages = tuple(one._replace(amounts={"total": one.amounts["total"]}) for one in TOWN.stages)
    fields = tuple(one for one in TOWN.fields if one.meaning != "title")
    bare = replace(TOWN, stages=stages, sources=(), fields=fields)
    found = page(_town(axes=bare))
    assert "財源別" not in found.tables
    assert found.tables["金額（単位：円）"] == [["区分", "要望"], ["合計", "123,456"]]
    assert found.tables["要求の一覧"] == [
        ["整理番号", "調書番号", "所管課", "要望"],
        ["1", "1-1", "総務係", "123,456"],
    ]


def test_page__a_rate_below_zero_has_the_same_minus_as_amounts() -> None:
    texts = page(_prefecture(prefecture_document(rate=-12.5, people=-3))).texts
    assert texts[texts.index("補助の割合") + 1] == "△12.5"
    assert texts[texts.index("対象の人数") + 1] == "△3"


def test_page__an_organisation_of_bureaus_is_summed_by_them() -> None:
    units = Roster((Department("1", "まち局", "総務係"),))
    found = page(_town(town_document(department={"code": "1"}), units=units))
    assert found.tables["局・室別の要望"][1][:2] == ["まち局", "総務係"]


def test_page__contract_authorization_is_called_as_the_form_calls_it() -> None:
    labels = ("約束の期間の始め", "約束の期間の終り", "約束の上限")
    fields = tuple(
        TOWN.fields[0]._replace(
            pointer=f"/contract_{part}", label=label, meaning=f"contract_{part}", kind=kind
        )
        for part, label, kind in zip(
            ("start", "end", "limit"), labels, ("year", "year", "money"), strict=True
        )
    )
    axes = replace(TOWN, fields=(*TOWN.fields, *fields))
    given = {"contract_start": 2027, "contract_end": 2029, "contract_limit": 500}
    tables = page(_town(town_document(**given), axes=axes)).tables
    assert tables["約束（単位：円）"] == [["期間", "令和9年度～令和11年度"], ["上限", "500"]]
    hidden = tuple(one._replace(private=True) for one in fields)
    for own, limit in (((*fields[:2], hidden[2]), "500"), (hidden, "令和11年度")):
        seen = replace(TOWN, fields=(*TOWN.fields, *own))
        html = page_html(replace(_town(town_document(**given), axes=seen), public=True))
        assert limit not in html
        assert ("令和9年度～令和11年度" in html) is (own != hidden)


def test_page__a_list_that_is_all_private_is_not_for_the_public() -> None:
    secret = RowList(
        "firms",
        "業者の表",
        "/lists/firms",
        (Column("a", "業者", "text", "department", private=True),),
    )
    axes = replace(PREFECTURE, lists=(*PREFECTURE.lists, secret))
    document = prefecture_document()
    document = {**document, "lists": {**document["lists"], "firms": [{"a": "橋建設"}]}}
    assert "橋建設" in page_html(_prefecture(document, axes=axes))
    html = page_html(_prefecture(document, axes=axes, public=True))
    assert not {"橋建設", "業者"} & set(re.findall(r"\w+", html))


def test_page__a_group_has_the_sum_of_every_amount() -> None:
    first, *others = PREFECTURE.lists
    spent = Column("spent", "前年", "money", "department")
    axes = replace(PREFECTURE, lists=(replace(first, columns=(*first.columns, spent)), *others))
    document = prefecture_document()
    rows = [{**row, "spent": at} for at, row in enumerate(document["lists"]["items"], 3)]
    document = {**document, "lists": {**document["lists"], "items": rows}}
    tables = page(_prefecture(document, axes=axes)).tables
    sums = [row[-1] for own in tables.values() for row in own if row[0] == "節の計"]
    groups = {row["group"] for row in rows}
    expected = [sum(row["spent"] for row in rows if row["group"] == group) for group in groups]
    assert sorted(sums) == sorted(map(str, expected))


@pytest.mark.parametrize("count", [1, 5, 12, 30])
def test_page__any_number_of_sources_has_a_look_each(count: int) -> None:
    own = tuple(Source(f"k{at}", f"財源{at}") for at in range(count))
    pointers = {"total": "/amounts/asked/total", **{one.key: f"/a/{one.key}" for one in own}}
    asked = TOWN.stages[0]._replace(amounts=pointers)
    axes = replace(TOWN, sources=own, stages=(asked,))
    document = town_document(a={one.key: 10 for one in own})
    html = page_html(_town(document, axes=axes))
    assert Parts(html).tables["財源内訳（単位：円）"][-2:] == [
        [f"財源{count - 1}", "10"],
        ["合計", "123,456"],
    ]
    assert html.count('<li><span class="key ') == count


def test_page__renamed_form_has_no_old_word_left() -> None:
    form = load_definition("minato-r2").axes
    words = {
        *(one.label for one in form.stages),
        *(one.label for one in form.sources),
        *(one.label for one in form.fields if one.kind == "prose"),
        *(column.label for own in form.lists for column in own.columns if len(column.label) > 2),
        *(own.label for own in form.lists),
        *(one.label for one in form.fields if one.meaning in ("kind", "title")),
    }
    axes = _renamed(form)
    document = {
        "id": "0301-1",
        "no": 1,
        "total": {"requested": 5, "budgeted": 4},
        "lines": [{"label": "x", "part": None, "requested": 5, "budgeted": 4}],
        "department": {"code": "01"},
    }
    html = page_html(_prefecture(document, axes=axes))
    texts = " ".join(Parts(html).texts)
    assert [word for word in words if word in texts] == []


def _renamed(axes: Axes) -> Axes:
    return replace(
        axes,
        stages=tuple(one._replace(label=f"甲{at}") for at, one in enumerate(axes.stages)),
        sources=tuple(one._replace(label=f"乙{at}") for at, one in enumerate(axes.sources)),
        fields=tuple(one._replace(label=f"丙{at}") for at, one in enumerate(axes.fields)),
        lists=tuple(
            replace(
                own,
                label="丁",
                columns=tuple(one._replace(label=f"戊{at}") for at, one in enumerate(own.columns)),
            )
            for own in axes.lists
        ),
    )


def test_page__what_no_request_has_of_a_source_is_no_figure() -> None:
    document = prefecture_document(1)
    stage = next(one for one in PREFECTURE.stages if one.by == "prior")
    known = document["amounts"][_key(stage.amounts["total"])]
    unknown = {source: None for source in known} | {"total": known["total"]}
    document["amounts"][_key(stage.amounts["total"])] = unknown
    rows = page(_prefecture(document)).tables["段階別（全予算の別）"]
    (row,) = (one for one in rows if one[0] == stage.label)
    assert row[1:-1] == ["-"] * len(SOURCES)
    assert row[-1] != "-"


def _key(pointer: str) -> str:
    return pointer.split("/")[2]


def test_page__of_a_form_without_a_rest_does_not_speak_of_specific_sources() -> None:
    sources = tuple(one._replace(is_rest=False) for one in TOWN.sources)
    found = page(_town(axes=replace(TOWN, sources=sources)))
    assert [text for text in found.texts if "特定財源" in text] == []
    assert "補助" not in found.tables["要求の一覧"][0]


def test_page__a_word_that_says_by_which_already_says_it_once() -> None:
    fields = tuple(
        one._replace(label="収支の別") if one.meaning == "level1" else one
        for one in PREFECTURE.fields
    )
    found = page(_prefecture(axes=replace(PREFECTURE, fields=fields)))
    assert [text for text in found.texts if "別別" in text] == []
    assert "予算の別・収支の別の見積" in found.tables


def test_page__tells_the_general_account_apart_once_there_is_another() -> None:
    harbour = prefecture_document(2, budget="港の会計", chapter="港の費")
    found = page(_prefecture(prefecture_document(1), harbour))
    assert found.tables["局・室別の見積"][0][10:12] == ["うち普通の会計", "うち普通の会計以外"]
    assert "うち普通の会計以外" in found.texts
    assert "うち普通の会計以外" not in page(_prefecture()).texts
