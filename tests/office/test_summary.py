"""The summary recalculated by LibreOffice: every formula gives the value that was cached."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from tests.excel.summary import any_form
from tests.excel.summary.samples import SETTINGS, against, many, roster, row
from tests.excel.summary.staged import requests, staged_bytes
from tests.forms.years import form_text
from tests.lazy_book import lazy_book
from tests.office.office import Book, Office
from tests.office.recalculated import WRONG, plant_wrong_caches
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.form.load import parse_definition
from yosan_xl.model.matching import SuccessionKind, SuccessionRow
from yosan_xl.usecases.consolidate import consolidate

pytestmark = pytest.mark.slow


@pytest.fixture
def summary(tmp_path: Path) -> Path:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    return consolidate([year], tmp_path).summary


def test_summary__recalculation_gives_the_cached_values(
    office: Office, summary: Path, tmp_path: Path
) -> None:
    seen = recalculated_as_cached(office, summary, tmp_path)
    sums = [value for (sheet, _), value in seen.items() if sheet == "会計・款別"]
    for total in (383_511, 286_297, 6_259, 90_955, 17_868, 5_868, 12_000, 365_643):
        assert total in sums


def test_summary__of_150_requests_and_last_year_gives_the_cached_values(
    office: Office, tmp_path: Path
) -> None:
    rows = many(150)
    before = [replace(one, source=replace(one.source, file="前年度")) for one in many(120)]
    path = tmp_path / "集計.xlsx"
    path.write_bytes(summary_bytes(rows, (), SETTINGS, roster(), None, against(rows, before)))
    seen = recalculated_as_cached(office, path, tmp_path)
    whole = sum(one.request.requested for one in rows)
    for name in ("会計・款別", "部別", "部・課別", "要求区分別", "財源内訳", "前年度比較"):
        assert whole in [value for (sheet, _), value in seen.items() if sheet == name], name


def test_summary__of_merged_projects_and_moved_units_gives_the_cached_values(
    office: Office, tmp_path: Path
) -> None:
    now = [row(1, id="0301-1", title="甲と乙", no=1), row(2, id="0301-2", title="丙", no=2)]
    before = [
        row(1, id="0301-7", title="甲", total={"requested": 90, "budgeted": 80}),
        row(2, id="0301-8", title="乙", total={"requested": -100}),
        row(3, id="0999-1", title="丁", department={"code": "0999", "bureau": "旧部"}),
    ]
    before = [replace(one, source=replace(one.source, file="前年度")) for one in before]
    links = (
        SuccessionRow(2, SuccessionKind.PROJECT, "0301-7", "0301-1"),
        SuccessionRow(3, SuccessionKind.PROJECT, "0301-8", "0301-1"),
        SuccessionRow(4, SuccessionKind.DEPARTMENT, "0999", "0602"),
    )
    path = tmp_path / "集計.xlsx"
    last_year = against(now, before, *links)
    path.write_bytes(summary_bytes(now, (), SETTINGS, roster(), None, last_year))
    seen = recalculated_as_cached(office, path, tmp_path)
    shown = [value for (sheet, _), value in seen.items() if sheet == "前年度比較"]
    assert {-20, 600, 150} <= {*shown}


@pytest.mark.parametrize("form", ["municipal-1", "prefecture", "small_town"])
def test_summary__of_a_form_and_its_last_year_gives_the_cached_values(
    form: str, office: Office, tmp_path: Path
) -> None:
    own = parse_definition(form_text(form).encode(), "form.toml")
    rows, before = (any_form.rows_of(own, count, Random(form)) for count in (25, 20))
    before = [replace(one, source=replace(one.source, file="前年度")) for one in before]
    last_year = any_form.against(rows, before)
    path = tmp_path / "集計.xlsx"
    path.write_bytes(
        summary_bytes(rows, (), any_form.SETTINGS, any_form.ROSTER, None, last_year, form=own)
    )
    seen = recalculated_as_cached(office, path, tmp_path)
    whole = sum(one.request.requested for one in rows)
    sheets = {sheet for (sheet, _), value in seen.items() if value == whole}
    assert {"部別", "部・課別", "前年度比較"} <= sheets


@pytest.mark.parametrize("closed", [[], ["財政課"], ["財政課", "区長"], ["財政課", "区長", "復活"]])
def test_summary__of_a_year_with_stages_gives_the_cached_values(
    closed: list[str], office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "集計.xlsx"
    before = [replace(row(1), source=replace(row(1).source, file="前年度"))]
    last_year = against(requests(), before)
    path.write_bytes(staged_bytes(requests(), closed=closed, last_year=last_year))
    seen = recalculated_as_cached(office, path, tmp_path)
    assert "4 / 4" in [value for (sheet, _), value in seen.items() if sheet == "会計・款別"]


def recalculated_as_cached(
    office: Office, summary: Path, folder: Path
) -> dict[tuple[str, str], object]:
    """Give what every formula comes to in LibreOffice, which is what the book has cached."""
    wrong = folder / "wrong.xlsx"
    planted = plant_wrong_caches(summary, wrong)
    assert planted > 50
    cached = lazy_book(summary, values=True)
    book = office.open(wrong)
    try:
        first = _formulas(office, book, cached.sheetnames)
        assert set(first.values()) == {WRONG}, "LibreOffice must have kept the planted values"
        office.recalculate(book)
        seen = _formulas(office, book, cached.sheetnames)
    finally:
        office.close(book)
    assert len(seen) == planted
    for (sheet, cell), value in seen.items():
        expected = cached[sheet][cell].value
        assert _same(value, expected), (sheet, cell, value, expected)
    return seen


def _formulas(office: Office, book: Book, sheets: list[str]) -> dict[tuple[str, str], object]:
    return {
        (sheet, cell.a1): cell.value
        for sheet in sheets
        for cell in office.used(book, sheet)
        if cell.formula
    }


def _same(value: object, expected: object) -> bool:
    if isinstance(value, int | Decimal) and isinstance(expected, int | float):
        return abs(Decimal(str(expected)) - value) < Decimal("0.000001")
    return value == expected
