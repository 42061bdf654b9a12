"""The nine requests typed through LibreOffice into blanks that carry only finance's fields."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.office.office import Office
from tests.office.process import OfficeError
from tests.usecases.edit import cell_of, plan
from tests.usecases.year import PUBLISHED_FAULTS, by_no, make_year, sources
from yosan_xl.form.mapping import sheet_values, shown
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate

pytestmark = pytest.mark.slow

NINE = pytest.mark.parametrize("documents", [[*sources().values()][-1]], ids=[[*sources()][-1]])
"""The nine as they were published where they are at hand, else those of the example."""


def _entries(document: dict[str, Any]) -> list[tuple[str, int | str | None]]:
    """Give what a person types for a document: cells and contents, entry cells only."""
    values = sheet_values(document, plan())
    typed: list[tuple[str, int | str | None]] = []
    for slot in plan().slots:
        if not slot.is_entry:
            continue
        value = values[slot.name]
        column = value if isinstance(value, tuple) else (value,)
        for area, one in zip(slot.cells(), column, strict=True):
            if one is not None:
                held = shown(one, slot.kind)
                assert not isinstance(held, Decimal)  # a document has whole numbers only
                typed.append((area.first, held))
    return typed


@NINE
def test_typing__the_nine_come_back_identical(
    documents: list[dict[str, Any]], office: Office, tmp_path: Path
) -> None:
    year = make_year(tmp_path / "R2", documents)
    blanks = fill(year / "requests.json", tmp_path / "blank", only_finance=True)
    for path in blanks.books:
        own = [d for d in documents if path.name.startswith(d["department"]["code"])]
        book = office.open(path)
        for document in own:
            sheet = f"要求書{document['id'].rpartition('-')[2]}"
            office.enter(book, sheet, _entries(document))
        office.recalculate(book)
        office.save_as(book, year / "提出" / path.name)
        office.close(book)
    back = read([year / "提出"])
    assert back.findings == ()
    assert by_no(back.result["requests"]) == documents
    told = validate([year / "提出"], tmp_path).findings
    assert [finding.code for finding in told] == PUBLISHED_FAULTS


@NINE
def test_saving__untouched_by_libreoffice_gives_no_finding(
    documents: list[dict[str, Any]], office: Office, tmp_path: Path
) -> None:
    year = make_year(tmp_path / "R2", documents)
    for path in fill(year / "requests.json", tmp_path / "filled").books:
        book = office.open(path)
        office.save_as(book, year / "提出" / path.name)
        office.close(book)
    told = validate([year / "提出"], tmp_path).findings
    assert [finding.code for finding in told] == PUBLISHED_FAULTS
    assert by_no(read([year / "提出"]).result["requests"]) == documents


@pytest.fixture
def blank(office: Office, tmp_path: Path) -> Path:
    year = make_year(tmp_path / "R2")
    fill(year / "requests.json", tmp_path / "blank", only_finance=True)
    return tmp_path / "blank" / "0206_国保年金課.xlsx"


@pytest.mark.parametrize("name", ["yx_no", "yx_budget_rationale", "yx_total_requested"])
def test_typing__finance_s_and_computed_cells_refuse(
    name: str, office: Office, blank: Path
) -> None:
    book = office.open(blank)
    try:
        with pytest.raises(OfficeError, match=cell_of(name)):
            office.enter(book, "要求書1", [(cell_of(name), 1)])
        assert office.is_locked(book, "要求書1", cell_of(name))
    finally:
        office.close(book)


def test_typing__at_no_changes_nothing(office: Office, blank: Path) -> None:
    entry, locked = cell_of("yx_title"), cell_of("yx_no")
    typed, refused = office.type_at_locked_cell(blank, "要求書1", entry, locked, "99")
    assert (typed.changed, refused.changed) == (True, False)
