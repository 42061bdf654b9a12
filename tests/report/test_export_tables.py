"""The tables that go out: one datum a cell, the published sums, nothing of notes for the public."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import jsonschema

from tests.excel.summary.samples import nine, row
from tests.report.forms import (
    PREFECTURE,
    SECRET,
    TOWN,
    made_row,
    prefecture_document,
    town_document,
)
from tests.report.page.samples import FORM
from tests.usecases.year import ROOT, example_documents
from yosan_xl.model.axes import FieldWords
from yosan_xl.model.public import public_document
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.table import Table, Value
from yosan_xl.report.export_tables import export_tables


def _column(table: Table, heading: str) -> list[Value]:
    at = table.headings.index(heading)
    return [found[at] for found in table.rows]


def _tables(rows: Sequence[SummaryRow], *, public: bool = False) -> tuple[Table, ...]:
    return export_tables(rows, FORM.axes, public=public)


def _sum(table: Table, heading: str) -> int:
    return sum(value for value in _column(table, heading) if isinstance(value, int))


def test_tables__headings_are_unique_and_every_row_has_all() -> None:
    for public in (False, True):
        for table in _tables(nine(), public=public):
            assert len(set(table.headings)) == len(table.headings)
            assert {len(found) for found in table.rows} == {len(table.headings)}


def test_request_table__adds_up_to_what_was_published() -> None:
    table = _tables(nine())[0]
    assert len(table.rows) == 9
    assert _sum(table, "合計の要求額") == 383_511
    assert _sum(table, "一般財源") == 365_643
    assert set(_column(table, "単位")) == {"千円"}
    assert _column(table, "年度（西暦）") == [2020] * 9
    assert set(_column(table, "年度")) == {"令和2年度"}


def test_line_table__adds_up_to_the_same_and_keeps_the_order_of_the_sheet() -> None:
    table = _tables(nine())[1]
    assert _sum(table, "要求額") == 383_511
    assert _sum(table, "うち特財") == 17_868
    of_55 = [found for found in table.rows if found[table.headings.index("NO")] == 55]
    assert [found[table.headings.index("明細の番号")] for found in of_55] == [1, 2, 3]
    assert of_55[0][table.headings.index("明細の区分")] == "レベルアップ分"


def test_request_table__what_is_not_given_is_empty_and_zero_is_zero() -> None:
    table = _tables([row(1, total={"requested": None, "earmarked": 0})])[0]
    assert _column(table, "合計の要求額") == [None]
    assert _column(table, "合計のうち特財") == [0]


def test_request_table__the_public_gets_no_note_and_no_source() -> None:
    inside = set(_tables(nine())[0].headings)
    open_to_all = set(_tables(nine(), public=True)[0].headings)
    assert inside - open_to_all == {"一般財源の備考", "ファイル", "シート"}
    assert open_to_all < inside


def test_public_document__has_no_note_and_still_follows_the_schema() -> None:
    document = example_documents()[4]
    assert document["funding"]["general"]["name"]
    public = public_document(document, FORM.axes)
    assert public["funding"]["general"]["name"] is None
    assert public["funding"]["metropolitan"] == document["funding"]["metropolitan"]
    schema = json.loads((ROOT / "schemas" / "request.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(public, schema)


def test_public_document__of_a_broken_one_is_left_as_it_is() -> None:
    assert public_document({"funding": 3}, FORM.axes) == {"funding": 3}


def _made(*, public: bool) -> tuple[Table, ...]:
    return export_tables([made_row(prefecture_document(), PREFECTURE)], PREFECTURE, public=public)


def test_tables__of_any_form_have_every_field_stage_source_and_list_in_its_order() -> None:
    requests, items, income = _made(public=False)
    assert [requests.name, items.name, income.name] == ["一覧", "節ごとの積上げ", "国費などの根拠"]
    assert list(zip(requests.headings, requests.rows[0], strict=True)) == [
        ("調書番号", "01-1"),
        ("予算年度", "令和9年度"),
        ("予算年度（西暦）", 2027),
        ("整理番号", 1),
        ("予算の別", "普通の会計"),
        ("大区分", "土木の費"),
        ("中区分", "道路の費"),
        ("小区分", "橋の費"),
        ("課の番号", "01"),
        ("局", "県土局"),
        ("室", "道路室"),
        ("細事業", "橋の直し1"),
        ("当初予算", 100),
        ("見積", 6_000),
        ("差引", 5_900),
        ("内示", 10_010),
        ("復活", 210),
        ("計上", 11_110),
        *(
            (f"{source}{stage and f'の{stage}'}", amount)
            for source, amounts in (
                ("国費", (10, 1_100, 1_001, 51, 1_111)),
                ("県の債券", (20, 2_200, 2_002, 52, 2_222)),
                ("使用の料", (30, 3_300, 3_003, 53, 3_333)),
                ("県費", (40, -600, 4_004, 54, 4_444)),
            )
            for stage, amount in [
                *zip(("当初予算", "", "内示", "復活", "計上"), amounts, strict=True),
                *(
                    {"国費": [("名称", "橋の交付金")], "県費": [("備考", f"{SECRET}繰入")]}.get(
                        source, []
                    )
                ),
            ]
        ),
        ("単位", "千円"),
        ("番号", "0042"),
        ("あらまし", "古い橋を直す。"),
        ("対象の人数", 12_345),
        ("補助の割合", Decimal("0.55")),
        ("始めた年度", 2021),
        ("全体の額", 7_654_321),
        ("内線", f"{SECRET}電話"),
        ("査定のわけ", "急ぐため。"),
        ("ファイル", "01.xlsx"),
        ("シート", "要求1"),
        ("整理番号の状態", "確定"),
        ("決定の状況", "済"),
    ]
    keys = len(items.headings) - 11
    assert items.headings[keys:] == (
        *("節ごとの積上げの番号", "節ごとの積上げの区分", "細節", "摘要", "計算", "割合"),
        *("見積", "内示", "可否", "覚え", "単位"),
    )
    first = (1, "報償費", "07-01", "委員の謝礼", "2人×3回", Decimal("0.25"))
    assert items.rows[0][keys:] == (*first, 2_000, 1_500, "一部だめ", f"{SECRET}覚え", "千円")
    assert income.headings[keys:] == ("国費などの根拠の番号", "名目", "受入", "単位")
    assert income.rows[0][keys:] == (1, "橋の交付金の計算", 1_234, "千円")


def test_tables__for_the_public_lack_what_is_private_and_what_finance_thought_on_its_way() -> None:
    requests, items, _ = _made(public=True)
    hidden = {*_made(public=False)[0].headings} - {*requests.headings}
    sources = ("国費", "県の債券", "使用の料", "県費")
    assert hidden == {
        *("内示", *(f"{source}の内示" for source in sources)),
        *("県費の備考", "内線", "ファイル", "シート"),
    }
    assert {"内示", "覚え"}.isdisjoint(items.headings)
    assert SECRET not in str(_made(public=True))


def test_tables__what_a_form_lacks_has_no_column_and_no_table() -> None:
    (table,) = export_tables([made_row(town_document(), TOWN)], TOWN, public=False)
    assert table.headings == (
        *("調書番号", "予算年度", "予算年度（西暦）", "整理番号", "課の番号", "局", "室", "しごと"),
        *("要望", "決定", "補助", "補助の決定", "町のお金", "町のお金の決定", "単位"),
        *("ファイル", "シート", "整理番号の状態", "決定の状況"),
    )
    assert set(_column(table, "単位")) == {"円"}


def test_tables__a_list_s_own_year_and_unit_say_whose_they_are() -> None:
    labels = ("予算年度", "単位", "額")
    columns = [
        one._replace(label=label)
        for one, label in zip(PREFECTURE.lists[0].columns, labels, strict=False)
    ]
    plan = replace(PREFECTURE.lists[0], columns=tuple(columns), label="計画", groups=())
    own = (*PREFECTURE.fields, FieldWords("/measure", "単位", "text", "department"))
    axes = replace(PREFECTURE, lists=(plan,), fields=own)
    requests, rows = export_tables([], axes, public=False)
    assert rows.headings[-5:] == ("明細の番号", "計画の予算年度", "単位", "額", "金額の単位")
    assert {"単位", "金額の単位"} <= {*requests.headings}
    assert not [heading for heading in requests.headings if "（2）" in heading]


def test_tables__words_that_come_twice_are_told_apart() -> None:
    columns = [one._replace(label="査定") for one in PREFECTURE.lists[0].columns[:3]]
    own = [replace(PREFECTURE.lists[0], columns=tuple(columns), label="一覧")] * 2
    axes = replace(PREFECTURE, lists=tuple(own))
    _, one, two = export_tables([made_row(prefecture_document(), axes)], axes, public=False)
    assert (one.name, two.name) == ("一覧（2）", "一覧（3）")
    assert one.headings[-4:-1] == ("査定", "査定（2）", "査定（3）")


def test_public_document__of_any_form_has_nothing_private_and_keeps_every_key() -> None:
    document = prefecture_document()
    public = public_document(document, PREFECTURE)
    assert SECRET not in json.dumps(public, ensure_ascii=False)
    assert public["amounts"]["notice"] == dict.fromkeys(document["amounts"]["notice"])
    assert [row["offer"] for row in public["lists"]["items"]] == [None, None]
    assert [row["offer"] for row in public["subtotals"]["items"]] == [None, None]
    for key in ("last_year", "asked", "change", "appeal", "decided"):
        assert public["amounts"][key] == document["amounts"][key]
    assert _keys_of(public) == _keys_of(document)


def _keys_of(value: object) -> object:
    if isinstance(value, dict):
        return {key: _keys_of(inner) for key, inner in value.items()}
    return [*map(_keys_of, value)] if isinstance(value, list) else None
