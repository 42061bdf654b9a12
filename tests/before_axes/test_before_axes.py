"""What the last program before axes wrote is read, compared and restored as it was then."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.typing import left, shown
from tests.years import AXES
from yosan_xl.model.comparison import By
from yosan_xl.model.finding import has_errors
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.report.comparison_text import comparison_json
from yosan_xl.usecases.archive.verify import restore, verify
from yosan_xl.usecases.compare import compare
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.init import Wishes, init
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate

HERE = Path(__file__).parent
ARCHIVE = HERE / "保存庫"
R5 = FiscalYear(2023)

TYPED: dict[tuple[str, str, int | None], int | str] = {
    ("0101-1", "予算額", None): 2_000,
    ("0101-1", "編成の考え方", None): "=要求どおり\n計上する。",
    ("0102-1", "予算額", None): 0,
    ("0102-1", "予算額のうち特財", None): 0,
    ("0102-2", "予算額", 1): 5_000,
    ("0102-2", "予算額", 2): 600,
    ("0102-2", "予算額", 3): -200,
    ("0102-2", "査定区分", 1): "その他（要協議）",
    ("0102-2", "備考", 3): "1-2",
    ("0201-2", "予算額", None): 0,
}
"""What finance typed into the summary: request, column, position of the line in 査定."""

REPLACED, NEGATIVE_LINE = "YX511", "YX214"
NEGATIVE_REST = "YX207"
"""Told of 財源振替 in those days, with the department's reason."""


def recorded(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return restore(ARCHIVE, R5, tmp_path / "R5").folder


def test_books__are_read_to_the_same_documents(year: Path) -> None:
    assert read([year / "提出"]).result["requests"] == recorded("documents.json")


def test_books__have_the_findings_they_had(year: Path) -> None:
    findings = validate([year / "提出"], year).findings
    told = {finding.code for finding in findings if finding.code != NEGATIVE_REST}
    assert told == {REPLACED, NEGATIVE_LINE}
    assert not has_errors(findings)


def test_blank_book__is_untouched(year: Path) -> None:
    for book in (year / "提出").iterdir():
        book.unlink()
    shutil.copy(HERE / "配布" / "0101_総務課.xlsx", year / "提出")
    assert read([year / "提出"]).result["requests"] == []
    assert validate([year / "提出"], year).findings == ()


def test_blank_book__holds_the_texts_of_the_year_before(tmp_path: Path) -> None:
    made = init(tmp_path / "R5", R5, Wishes("minato-r2"), str(HERE / "R4.json"))
    kept = json.loads(made.carried.file.read_text(encoding="utf-8")) if made.carried else None
    assert kept == json.loads(
        (ARCHIVE / "R5" / "要求" / "保存" / "前年度.json").read_text(encoding="utf-8")
    )


def test_summary__carries_what_finance_typed(year: Path) -> None:
    done = consolidate([year], year)
    # What was decided then without its sources is told now.
    errors = {one.code for one in done.findings if one.is_error}
    assert errors <= {"YX746", "YX747"}
    assert {spot: shown(done.summary, *spot) for spot in TYPED} == TYPED
    assert left(done.summary) == []


def test_summary__carries_what_finance_typed_beside_the_year_before(year: Path) -> None:
    done = consolidate([year], year, last_year=str(HERE / "R4.json"))
    assert {spot: shown(done.summary, *spot) for spot in TYPED} == TYPED


def test_archive__is_as_it_was_archived() -> None:
    done = verify(ARCHIVE)
    assert (done.findings, done.stages) == ((), ("R5/要求",))
    assert done.files == len(list((ARCHIVE / "R5" / "要求").rglob("*.*"))) - len(("json", "sha256"))


def test_archive__is_restored_byte_for_byte(year: Path) -> None:
    kept = ARCHIVE / "R5" / "要求"
    files = [path for path in year.rglob("*") if path.is_file()]
    assert len(files) > len(recorded("documents.json"))
    for path in files:
        assert path.read_bytes() == (kept / path.relative_to(year)).read_bytes()


@pytest.mark.parametrize("by", [by for by in By if by.is_of(AXES)])
def test_archive__compares_with_the_recorded_figures(by: By) -> None:
    found = compare(str(HERE / "R4.json"), f"{ARCHIVE}:R5", by).comparison
    assert json.loads(comparison_json(found)) == recorded("comparison.json")[by.value]


@pytest.mark.parametrize("by", [by for by in By if by.is_of(AXES)])
def test_year__compares_like_its_archive(by: By, year: Path) -> None:
    found = compare(f"{ARCHIVE}:R5", str(year), by).comparison
    rows = json.loads(comparison_json(found))["rows"]
    assert sum(row["to"]["amount"] for row in rows) == 174_355
    assert {row["change"] for row in rows} == {0}
