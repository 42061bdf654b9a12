"""A text pasted from Word, a web page or a PDF, on its way through every output."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import cell
from tests.lazy_book import lazy_book
from tests.usecases.year import faultless_documents, hand_in_filled, make_year
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.page import page
from yosan_xl.usecases.validate import validate

BOOK, SHEET = "0602_区長室.xlsx", "要求書1"
TYPED = "次のとおり。\x0b１\t会場の設営\u2028２\t警\u200b備\u00ad\ufeff\u202e"
SHOWN = "次のとおり。\n１ 会場の設営\n２ 警備"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """Give the nine, of which one was pasted into."""
    made = make_year(tmp_path / "R2")
    hand_in_filled(made)
    path = made / "提出" / BOOK
    book = Editor(path.read_bytes())
    book.put_text(SHEET, cell("/description"), TYPED.replace("\x0b", "_x000B_"))
    path.write_bytes(book.data())
    return made


def test_validate__tells_once(year: Path) -> None:
    assert [finding.code for finding in validate([], year).findings] == ["YX025"]


@pytest.mark.parametrize("public", [True, False])
def test_page__shows_blanks_and_line_ends_and_no_code(year: Path, public: bool) -> None:
    text = page([], year, public=public).page.read_text(encoding="utf-8")
    assert SHOWN in text
    assert "\\u{" not in text


def test_export__csv_shows_it_and_json_has_what_was_typed(year: Path) -> None:
    files = export([], year, ExportOptions("csv")).files
    texts = [path.read_bytes().decode("utf-8-sig") for path in files]
    assert any(SHOWN in text for text in texts)
    assert not any("\\u{" in text for text in texts)
    found = json.loads(export([], year, ExportOptions("json")).text or "")
    assert TYPED in {request["description"] for request in found["requests"]}


def test_consolidate__the_summary_shows_it(year: Path) -> None:
    book = openpyxl.load_workbook(consolidate([], year).summary)
    values = {
        str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }
    assert not any("_x000B_" in value or "\u200b" in value for value in values)


def test_fill__a_book_that_we_write_has_the_text_as_it_is_shown(tmp_path: Path) -> None:
    documents = faultless_documents()
    documents[0]["description"] = TYPED
    made = make_year(tmp_path / "R2", documents)
    hand_in_filled(made)
    assert validate([], made).findings == ()
    unit = documents[0]["department"]
    (path,) = (made / "提出").glob(f"{unit['code']}_*.xlsx")
    sheet = lazy_book(path)[SHEET]
    assert sheet[cell("/description")].value == SHOWN
