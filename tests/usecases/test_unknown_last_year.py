"""A year that does not know what its requests came to last year: no output compares with 0."""

from __future__ import annotations

import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.forms.years import documents_of, form_text, make_year
from tests.lazy_book import lazy_book
from tests.report.page.samples import Parts
from tests.usecases.publish.samples import FIRST, REQUESTS, put
from yosan_xl.model.request import Document
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.number import number
from yosan_xl.usecases.page import page

ONGOING, NEW, ONCE = "継続", "新規", "臨時"


def made_request(kind: str, *, prior: int | None = None) -> Document:
    """Return a request of this kind that asks for more than `prior`, as its book works it out."""
    *_, found = (one for one in documents_of("municipal-1") if one["kind"] == kind)
    amounts = found["amounts"]
    last = dict.fromkeys(amounts["prior"]) | ({"total": prior, "general": prior} if prior else {})
    change = {key: (one or 0) - (last[key] or 0) for key, one in amounts["request"].items()}
    return {**found, "amounts": {**amounts, "prior": last, "change": change}}


def year_of(folder: Path, *documents: Document) -> Path:
    year = make_year(folder / "R9", form_text("municipal-1"), list(documents))
    (year / "requests.json").rename(year / "提出" / "要求.json")
    return year


def _cards(path: Path) -> dict[str, str]:
    """Return the figures in large type of a page, by what they are called."""
    texts = Parts(path.read_text(encoding="utf-8")).texts
    return dict(pairwise(texts))


def _changes(year: Path) -> list[str]:
    """Return 増減 of each request in the CSV of all requests."""
    path = next(one for one in export([], year, ExportOptions()).files if "一覧" in one.name)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["増減"] for row in csv.DictReader(file)]


def _cells(year: Path, sheet: str) -> list[list[Any]]:
    book = lazy_book(consolidate([], year).summary, values=True)
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


def test_page__of_a_year_that_knows_no_last_year_has_no_change(tmp_path: Path) -> None:
    year = year_of(tmp_path, made_request(ONGOING), made_request(NEW), made_request(ONCE))
    assert "増減" not in "".join(Parts(page([], year).page.read_text("utf-8")).texts)


def test_page__compares_a_total_only_where_it_is_known_of_every_part(tmp_path: Path) -> None:
    some = made_request(ONGOING, prior=1_000)
    year = year_of(tmp_path, some, made_request("拡充"))
    path = page([], year).page
    assert _cards(path)["増減（全会計）"] == "-"
    assert "前年度不明 1件" in "".join(Parts(path.read_text("utf-8")).texts)


def test_requests__of_which_nobody_knows_last_year_have_no_change(tmp_path: Path) -> None:
    new = made_request(NEW)
    year = year_of(tmp_path, made_request(ONGOING), new, made_request(ONCE))
    assert sorted(_changes(year)) == sorted(["", str(new["amounts"]["request"]["total"]), ""])


def test_requests__for_this_once_came_to_nothing_where_last_year_is_known(tmp_path: Path) -> None:
    once, some = made_request(ONCE), made_request(ONGOING, prior=1_000)
    year = year_of(tmp_path, some, once)
    change = some["amounts"]["change"]["total"], once["amounts"]["request"]["total"]
    assert sorted(_changes(year)) == sorted(map(str, change))
    assert _cards(page([], year).page)["増減（全会計）"] == f"{sum(change):,}"


@pytest.mark.parametrize("sheet", ["会計・款別", "部別", "事業区分別"])
def test_summary__has_no_sum_of_changes_that_are_not_known(tmp_path: Path, sheet: str) -> None:
    year = year_of(tmp_path, made_request(ONGOING, prior=1_000), made_request("拡充"))
    rows = _cells(year, sheet)
    column = rows[3].index("増減")
    assert rows[-1][column] == "－"
    assert "分からない要求（1件）" in str(rows[1])


def test_summary__compares_the_draft_with_a_last_year_that_is_known(tmp_path: Path) -> None:
    year = year_of(tmp_path, made_request(ONGOING, prior=1_000), made_request("拡充"))
    rows = _cells(year, "予算案比較")
    column = rows[3].index("前年度当初")
    assert {row[column] for row in rows if row[0] == "部"} == {1_000, "－"}


def test_edition__says_nothing_of_a_last_year_that_is_not_known(tmp_path: Path) -> None:
    year = year_of(tmp_path, made_request(ONGOING, prior=1_000), made_request("拡充"))
    number(year)
    put(year, REQUESTS)
    folder = year / FIRST
    documents = json.loads((folder / "要求書.json").read_text("utf-8"))["requests"]
    changes = [one["amounts"]["change"]["total"] for one in documents]
    assert changes.count(None) == 1
    assert _cards(next(folder.glob("*.html")))["増減（全会計）"] == "-"
