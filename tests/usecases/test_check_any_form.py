"""Requests of any form checked as a year checks them: rules, panel, reasons."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from tests.forms.years import documents_of, form_text, make_year
from tests.usecases.year import faultless_documents
from tests.usecases.year import make_year as first_year
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Document
from yosan_xl.usecases.submitted.check import check_requests
from yosan_xl.usecases.submitted.gathered import gathered_documents
from yosan_xl.usecases.year import open_year


def _told(folder: Path, name: str, documents: list[Document]) -> list[Finding]:
    year = open_year(make_year(folder / "R9", form_text(name), documents))
    return check_requests(gathered_documents(documents, "requests.json", year.root), year)


@pytest.mark.parametrize("name", ["municipal-1", "prefecture", "small_town"])
def test_check__a_good_year_of_any_form_has_no_finding(name: str, tmp_path: Path) -> None:
    assert _told(tmp_path, name, documents_of(name)) == []


def test_check__sources_that_change_places_are_nothing_to_tell(tmp_path: Path) -> None:
    """財源振替: neither a rule nor a mark of the panel says anything of it."""
    document = copy.deepcopy(documents_of("municipal-1")[0])
    asked = document["amounts"]["request"]
    asked |= {**dict.fromkeys(asked), "total": 0, "national": 60_000, "general": -60_000}
    prior = document["amounts"]["prior"]
    change = {key: (asked[key] or 0) - (prior[key] or 0) for key in asked}
    document["amounts"]["change"] = {**document["amounts"]["change"], **change}
    for row in document["lists"]["lines"]:
        row |= {"amount": 0, "formula": None}
    document["effort"] = "国の補助金を充当"

    assert _told(tmp_path, "municipal-1", [document]) == []


def test_check__a_document_is_held_against_the_form_that_it_names() -> None:
    """Outside a year folder too."""
    found = check_requests(gathered_documents(documents_of("municipal-1"), "requests.json"), None)

    assert found == []


def test_check__a_document_that_names_no_form_is_of_the_year_s(tmp_path: Path) -> None:
    year = first_year(tmp_path / "R2")
    (year / "様式").mkdir()
    text = form_text("minato-r2").replace('id = "minato-r2"', 'id = "my-own"')
    own = text.replace('label = "一般財源"', 'label = "区の財源"')
    (year / "様式" / "my-own.toml").write_text(own, encoding="utf-8")
    said = (year / "yosan.toml").read_text(encoding="utf-8").replace("minato-r2", "my-own")
    (year / "yosan.toml").write_text(said, encoding="utf-8")
    document = copy.deepcopy(faultless_documents()[0])
    document["funding"]["general"]["amount"] += 1
    items = gathered_documents([document], "requests.json", year / "requests.json")
    (found,) = check_requests(items, open_year(year))

    assert (found.code, found.fact[:5]) == ("YX206", "区の財源 ")


def test_check__a_wrong_source_is_told_by_the_form_s_own_words(tmp_path: Path) -> None:
    document = copy.deepcopy(documents_of("municipal-1")[0])
    document["amounts"]["request"]["general"] += 1
    document["amounts"]["change"]["general"] = (document["amounts"]["change"]["general"] or 0) + 1
    (found,) = _told(tmp_path, "municipal-1", [document])

    assert (found.code, found.pointer) == ("YX206", "/amounts/request/general")
    assert "「要求額」の合計" in found.fact
