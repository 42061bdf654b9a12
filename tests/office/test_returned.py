"""A returned book in LibreOffice: its saved results, and the way back without findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.reading.edit import Editor
from tests.office.office import Office
from tests.office.recalculated import recalculated
from tests.usecases.edit import cell_of
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate

pytestmark = pytest.mark.slow

BOOK = "0103_税務課.xlsx"
AMOUNTS = [cell_of("yx_lines1_requested", row) for row in range(8)]


@pytest.fixture
def year(tmp_path: Path) -> Path:
    folder = make_year(tmp_path / "R2")
    hand_in_filled(folder)
    return folder


def _return(year: Path, editor: Editor) -> Path:
    (year / "提出" / BOOK).write_bytes(editor.data())
    (book,) = return_books(year).books
    return book.path


def test_returned__cached_values_are_what_libreoffice_computes(
    year: Path, office: Office, tmp_path: Path
) -> None:
    editor = Editor((year / "提出" / BOOK).read_bytes())
    editor.put_text("要求書1", AMOUNTS[0], "約１２００")
    editor.put_number("要求書1", AMOUNTS[1], "12.5")
    editor.put_number("要求書1", AMOUNTS[2], -7)
    # TRUE is left out: LibreOffice's SUM counts it as 1, and Excel's does not.
    editor.put_date("要求書2", AMOUNTS[0], 43_000)
    editor.put_error("要求書2", AMOUNTS[1])
    editor.put_number("要求書3", cell_of("yx_description"), 2_020)
    editor.put_text("要求書3", cell_of("yx_account"), "なぞの会計")
    found = recalculated(office, _return(year, editor).read_bytes(), tmp_path)
    assert len(found.saved) > 200
    assert found.computed == found.saved


def test_returned__mended_and_saved_by_libreoffice_it_has_no_finding(
    year: Path, office: Office
) -> None:
    before = read([year / "提出" / BOOK]).result["requests"]
    editor = Editor((year / "提出" / BOOK).read_bytes())
    amount = int(editor.text("要求書1", AMOUNTS[0]))
    editor.put_text("要求書1", AMOUNTS[0], "約１２００")
    editor.put_number("要求書2", cell_of("yx_total_requested"), 1)
    editor.unprotect("要求書3")
    book = office.open(_return(year, editor))
    office.enter(book, "要求書1", [(AMOUNTS[0], amount)])
    office.recalculate(book)
    office.save_as(book, year / "提出" / BOOK)
    office.close(book)
    assert validate([year / "提出" / BOOK], year).findings == ()
    assert read([year / "提出" / BOOK]).result["requests"] == before
    assert return_books(year).books == ()
