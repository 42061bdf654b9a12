"""The tables that go out: one datum a cell, the published sums, nothing of notes for the public."""

from __future__ import annotations

import json

import jsonschema

from tests.excel.summary.samples import nine, row
from tests.report.page.samples import FORM
from tests.usecases.year import ROOT, example_documents
from yosan_xl.model.table import Table, Value
from yosan_xl.report.export_tables import line_table, public_document, request_table


def _column(table: Table, heading: str) -> list[Value]:
    at = table.headings.index(heading)
    return [found[at] for found in table.rows]


def _sum(table: Table, heading: str) -> int:
    return sum(value for value in _column(table, heading) if isinstance(value, int))


def test_tables__headings_are_unique_and_every_row_has_all() -> None:
    for make in (request_table, line_table):
        for public in (False, True):
            table = make(nine(), FORM, public=public)
            assert len(set(table.headings)) == len(table.headings)
            assert {len(found) for found in table.rows} == {len(table.headings)}


def test_request_table__adds_up_to_what_was_published() -> None:
    table = request_table(nine(), FORM, public=False)
    assert len(table.rows) == 9
    assert _sum(table, "合計の要求額") == 383_511
    assert _sum(table, "一般財源") == 365_643
    assert set(_column(table, "単位")) == {"千円"}
    assert _column(table, "年度（西暦）") == [2020] * 9
    assert set(_column(table, "年度")) == {"令和2年度"}


def test_line_table__adds_up_to_the_same_and_keeps_the_order_of_the_sheet() -> None:
    table = line_table(nine(), FORM, public=False)
    assert _sum(table, "要求額") == 383_511
    assert _sum(table, "うち特財") == 17_868
    of_55 = [found for found in table.rows if found[table.headings.index("NO")] == 55]
    assert [found[table.headings.index("明細の番号")] for found in of_55] == [1, 2, 3]
    assert of_55[0][table.headings.index("明細の区分")] == "レベルアップ分"


def test_request_table__what_is_not_given_is_empty_and_zero_is_zero() -> None:
    table = request_table([row(1, total={"requested": None, "earmarked": 0})], FORM, public=False)
    assert _column(table, "合計の要求額") == [None]
    assert _column(table, "合計のうち特財") == [0]


def test_request_table__the_public_gets_no_note_and_no_source() -> None:
    inside = set(request_table(nine(), FORM, public=False).headings)
    open_to_all = set(request_table(nine(), FORM, public=True).headings)
    assert inside - open_to_all == {"一般財源の備考", "ファイル", "シート"}
    assert open_to_all < inside


def test_public_document__has_no_note_and_still_follows_the_schema() -> None:
    document = example_documents()[4]
    assert document["funding"]["general"]["name"]
    public = public_document(document)
    assert public["funding"]["general"]["name"] is None
    assert public["funding"]["metropolitan"] == document["funding"]["metropolitan"]
    schema = json.loads((ROOT / "schemas" / "request.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(public, schema)


def test_public_document__of_a_broken_one_is_left_as_it_is() -> None:
    assert public_document({"funding": 3}) == {"funding": 3}
