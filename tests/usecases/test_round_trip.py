"""The nine requests: JSON → workbook → read, and nothing is lost, changed or invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.lazy_book import lazy_book
from tests.usecases.year import PUBLISHED_FAULTS, by_no, example_documents, make_year, sources
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.resources import schema_file
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate

NINE = pytest.mark.parametrize("documents", sources().values(), ids=sources().keys())


def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(schema_file(name).read_text(encoding="utf-8"))
    return schema


@NINE
def test_round_trip__identical(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2", documents)
    filled = fill(year / "requests.json", year / "提出")
    assert [finding.code for finding in filled.findings] == PUBLISHED_FAULTS
    back = read([year / "提出"])
    assert back.findings == ()
    assert by_no(back.result["requests"]) == documents


@NINE
def test_round_trip__no_false_alarm(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2", documents)
    fill(year / "requests.json", year / "提出")
    done = validate([year / "提出"], tmp_path)
    assert [finding.code for finding in done.findings] == PUBLISHED_FAULTS
    assert (done.files, done.requests) == (6, 9)


@NINE
def test_read__result_and_requests_pass_their_schemas(
    documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    year = make_year(tmp_path / "R2", documents)
    fill(year / "requests.json", year / "提出")
    result = read([year / "提出"]).result
    request = _schema("request")
    beside = Registry().with_resource("request.schema.json", Resource.from_contents(request))
    Draft202012Validator(_schema("read-result"), registry=beside).validate(result)
    for document in result["requests"]:
        Draft202012Validator(request).validate(document)


@NINE
def test_read__every_value_absent_or_not_stands_in_the_cell_that_is_told(
    documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    year = make_year(tmp_path / "R2", documents)
    books = {
        path.name: lazy_book(path, values=True)
        for path in fill(year / "requests.json", year / "提出").books
    }
    result = read([year / "提出"]).result
    for document, places in zip(result["requests"], result["sources"], strict=True):
        values = _pointers(document)
        assert set(values) <= set(places)
        for pointer, value in values.items():
            place = places[pointer]
            cell = books[place["file"]][place["sheet"]][place["cell"]].value
            if pointer == "/fiscal_year":
                value = FiscalYear(value).label
            elif pointer.endswith("/part") and value == "経常経費分":
                continue  # its rows are known by where they stand; nobody enters it
            assert (None if cell == "" else cell) == value, (place, pointer)


def test_read__the_paper_s_special_cases(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    fill(year / "requests.json", year / "提出")
    requests = {r["no"]: r for r in read([year / "提出"]).result["requests"]}
    flat, special = requests[57], requests[59]
    assert flat["category"] == "新規事業"
    assert [line["part"] for line in flat["lines"]] == [None, None, None]
    assert flat["subtotals"] == []
    assert "経常経費" in flat["lines"][2]["label"]
    assert (special["account"], special["kan"]) == ("国民健康保険事業会計", "総務費")
    assert special["funding"]["metropolitan"]["name"].startswith("国民健康保険保険給付費等交付金")
    assert [line["earmarked"] for line in special["lines"]] == [2863, 660, 8477]
    assert [line["part"] for line in special["lines"]] == ["レベルアップ分"] * 2 + ["経常経費分"]


def test_read__a_blank_book_yields_no_request(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    documents = example_documents()
    (year / "requests.json").write_text(json.dumps(documents), encoding="utf-8")
    fill(year / "requests.json", year / "提出", only_finance=True)
    back = read([year / "提出"])
    assert (back.result["requests"], back.findings) == ([], ())
    assert back.untouched == 30


def _pointers(value: Any, at: str = "") -> dict[str, Any]:
    """Give every pointer that leads to a value, and the value."""
    if not isinstance(value, dict | list):
        return {at: value}
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    return {p: v for key, one in inner for p, v in _pointers(one, f"{at}/{key}").items()}
