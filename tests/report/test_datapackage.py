"""datapackage.json: every column of every form in both languages, its type and its phase."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.excel.forms import FORMS, known
from yosan_xl.model.axes import ASKED, DECIDED, Axes
from yosan_xl.model.finding import Place
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.request import Request
from yosan_xl.model.table import Table
from yosan_xl.report.datapackage import PackageFacts, datapackage
from yosan_xl.report.export_tables import export_tables

FACTS = PackageFacts(
    name="yosan-2020-approved",
    title="令和2年度 予算案の決定状況",
    municipality="港区",
    year=2020,
    edition="決定状況",
    as_of="2019-12-20T00:00:00Z",
    licence="CC-BY-4.0",
    about={"NO": "財政課が付ける整理番号。"},
    files=[("要求書.json", "要求書のデータ", "json")],
)


def _tables(form: str) -> tuple[list[tuple[str, Table]], Axes]:
    own = known(form)
    axes = own.definition.axes
    rows = [
        SummaryRow(Request.from_document(document, axes), Place("f", str(at)))
        for at, document in enumerate(own.documents)
    ]
    tables = export_tables(rows, axes, public=True)
    return [(f"{table.name}.csv", table) for table in tables], axes


def _package(form: str) -> dict[str, Any]:
    tables, axes = _tables(form)
    return datapackage(FACTS, tables, axes)


@pytest.mark.parametrize("form", FORMS)
def test_fields__are_the_columns_each_told_in_both_languages(form: str) -> None:
    tables, _ = _tables(form)
    for (name, table), resource in zip(tables, _package(form)["resources"], strict=False):
        fields = resource["schema"]["fields"]
        assert (resource["path"], resource["title"]) == (name, table.name)
        assert [field["name"] for field in fields] == list(table.headings)
        for field in fields:
            assert field["description"], field
            for key in ("title_en", "description_en"):
                assert re.fullmatch(r"[ -~]+", field[key]), field


@pytest.mark.parametrize("form", FORMS)
def test_types__fit_every_value(form: str) -> None:
    tables, _ = _tables(form)
    kinds: dict[str, tuple[type, ...]] = {
        "integer": (int,),
        "number": (int, Decimal),
        "string": (str,),
    }
    for (_, table), resource in zip(tables, _package(form)["resources"], strict=False):
        for at, field in enumerate(resource["schema"]["fields"]):
            values = [row[at] for row in table.rows if row[at] is not None]
            for value in values:
                assert isinstance(value, kinds[field["type"]]), (field, value)


@pytest.mark.parametrize("form", FORMS)
def test_amounts__are_proposed_or_approved(form: str) -> None:
    tables, axes = _tables(form)
    fields = {
        field["name"]: field.get("phase")
        for field in _package(form)["resources"][0]["schema"]["fields"]
    }
    assert fields[axes.amount_label(ASKED)] == "proposed"
    assert fields[axes.amount_label(DECIDED)] == "approved"
    measures = _package(form)["model"]["measures"]
    assert {key: one["phase"] for key, one in measures.items()} == {
        ASKED: "proposed",
        DECIDED: "approved",
    }
    factor = 1 if axes.unit == "円" else 1000
    assert {one["factor"] for one in measures.values()} == {factor}
    assert {one["source"] for one in measures.values()} <= {*tables[0][1].headings}


def test_package__says_licence_and_date_only_where_they_are_known() -> None:
    package = _package("minato-r2")
    assert (package["licenses"], package["version"]) == (
        [{"name": "CC-BY-4.0"}],
        "2019-12-20T00:00:00Z",
    )
    tables, axes = _tables("minato-r2")
    bare = datapackage(replace(FACTS, licence="", as_of=None), tables, axes)
    assert not {"licenses", "version"} & {*bare}


def test_about__of_the_form_goes_before_what_is_said_in_general() -> None:
    fields = _package("minato-r2")["resources"][0]["schema"]["fields"]
    (no,) = [field for field in fields if field["name"] == "NO"]
    assert no["description"] == "財政課が付ける整理番号。"
