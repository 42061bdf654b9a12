"""Archived years are compared like any other, and next year begins from them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.usecases.archive.samples import json_year, put, small_year
from tests.usecases.year import EXAMPLE
from yosan_xl.model.comparison import By
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.usecases.compare import compare
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.init import init
from yosan_xl.usecases.year_source import open_source, years_of

TOTAL = 383_511


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Give an archive of R2 in two stages, and of an R3 with one line raised by 100千円."""
    year = json_year(tmp_path / "R2")
    put(year)
    book = year / "提出" / "要求.json"
    raise_a_line(book, 50)
    put(year, "内示")
    later = small_year(tmp_path / "R3", 0)
    text = (later / SETTINGS_NAME).read_text(encoding="utf-8").replace("令和2年度", "令和3年度")
    (later / SETTINGS_NAME).write_text(text, encoding="utf-8")
    documents = json.loads((EXAMPLE / "requests.json").read_text(encoding="utf-8"))
    for document in documents:
        document["fiscal_year"] = 2021
    (later / "提出" / "要求.json").write_text(json.dumps(documents), encoding="utf-8")
    raise_a_line(later / "提出" / "要求.json", 100)
    put(later)
    return tmp_path / "保存庫"


def raise_a_line(path: Path, by: int) -> None:
    """Let NO 61 ask for more (千円)."""
    documents = json.loads(path.read_text(encoding="utf-8"))
    one = next(document for document in documents if document["no"] == 61)
    for amount in (one["lines"][0], one["total"]):
        amount["requested"] += by
    one["funding"]["general"]["amount"] += by
    path.write_text(json.dumps(documents), encoding="utf-8")


def test_open_source__a_year_is_its_last_stage_and_a_stage_is_itself(shelf: Path) -> None:
    def total(source: str) -> int:
        return sum(request.requested for request in open_source(source).requests.requests)

    assert total(f"{shelf}:R2") == TOTAL + 50
    assert total(f"{shelf}:令和2年度/要求") == TOTAL
    assert total(f"{shelf}:2021") == TOTAL + 100


def test_compare__two_archived_years_add_up(shelf: Path) -> None:
    done = compare(f"{shelf}:R2/要求", f"{shelf}:R3", By.KAN)
    total = done.comparison.total
    assert (total.old.sum, total.new.sum) == (TOTAL, TOTAL + 100)


def test_years_of__an_archive_are_all_of_its_years(shelf: Path) -> None:
    assert years_of(str(shelf)) == (f"{shelf}:R2", f"{shelf}:R3")
    for source in (f"{shelf}:R2", str(shelf.parent / "R2"), "R9"):
        assert years_of(source) == (source,)


def test_open_source__a_year_or_stage_that_is_not_there_is_told(shelf: Path) -> None:
    for source in (f"{shelf}:R9", f"{shelf}:R2/決定"):
        with pytest.raises(WrongInput, match="YX643"):
            open_source(source)
    with pytest.raises(WrongInput, match="YX070"):
        open_source(f"{shelf}:いつか")


def test_init__begins_from_an_archived_year(shelf: Path, tmp_path: Path) -> None:
    made = init(tmp_path / "R4", FiscalYear.parse("R4"), source=f"{shelf}:R3")
    assert made.carried
    kept = json.loads(made.carried.file.read_text(encoding="utf-8"))
    assert len(kept["requests"] if isinstance(kept, dict) else kept) == 9
    assert 'year = "令和4年度"' in (tmp_path / "R4" / SETTINGS_NAME).read_text(encoding="utf-8")
