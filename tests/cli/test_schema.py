"""schema: the JSON Schemas as they are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.forms.years import documents_of, form_text, make_year
from yosan_xl.resources import schema_file


@pytest.mark.parametrize("name", ["request", "read-result", "findings"])
def test_schema__as_it_is_kept(name: str, yosan: Yosan) -> None:
    done = yosan("schema", name)
    assert (done.code, done.err) == (0, "")
    assert done.out == schema_file(name).read_text(encoding="utf-8")


def test_schema__of_a_request_where_none_is_named(yosan: Yosan) -> None:
    assert json.loads(yosan("schema").out)["title"] == "予算要求事業概要書"


def test_schema__of_a_request_of_the_year_around(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = make_year(tmp_path / "R9", form_text("prefecture"), documents_of("prefecture"))
    monkeypatch.chdir(year)
    found = json.loads(yosan("schema").out)
    assert found["title"] == "予算要求調書"
    assert "treasury" in found["properties"]["amounts"]["properties"]["asked"]["properties"]
