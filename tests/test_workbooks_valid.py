"""Every workbook written passes the Open XML SDK's rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from tests.excel.reading.edit import Editor
from tests.usecases.edit import cell_of, set_cell
from tests.usecases.year import make_year
from tests.written_books import one_of_each
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.validate import save_findings, validate

pytestmark = pytest.mark.slow


def _errors(books: list[Path]) -> dict[str, list[object]]:
    found = {book.name: list(OpenXmlValidator().validate(str(book)).errors) for book in books}
    assert found
    return {name: errors for name, errors in found.items() if errors}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    return make_year(tmp_path / "R2")


def test_written_books__have_no_error(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.xlsx" for name in one_of_each()]
    for path in paths:
        path.write_bytes(one_of_each()[path.stem])
    assert _errors(paths) == {}


def test_findings_book__has_no_error(year: Path, tmp_path: Path) -> None:
    handed_in = year / "提出"
    fill(year / "requests.json", handed_in)
    renamed = (handed_in / "0602_区長室.xlsx").rename(handed_in / "区長室 [再提出] 50%#2.xlsx")
    set_cell(renamed, "yx_lines1_requested", 0, "=1+1&約5")
    (year / "提出/こわれた.xlsx").write_bytes(b"")
    out = tmp_path / "検証結果.xlsx"
    save_findings("xlsx", validate([year], tmp_path), out)
    assert _errors([out]) == {}


def test_returned_books__have_no_error(year: Path) -> None:
    for path in fill(year / "requests.json", year / "提出").books:
        editor = Editor(path.read_bytes())
        editor.put_text("要求書1", cell_of("yx_lines1_requested"), "約１２００")
        editor.put_boolean("要求書1", cell_of("yx_title"))
        editor.put_date("要求書1", cell_of("yx_lines1_requested", 1), 43_000)
        editor.put_error("要求書1", cell_of("yx_description"))
        editor.put_formula("要求書2", cell_of("yx_lines1_requested"), "積算!H5", 4_017)
        path.write_bytes(editor.data())
    books = [book.path for book in return_books(year).books]
    assert len(books) == 6
    assert _errors(books) == {}
