"""A year whose form is known only from 保存/様式: every output calls the fields as that form does."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.report.page.samples import Parts
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.resources import template_folder
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.page import page

WORDS = {
    USUAL_FORM: "kept-only",
    "事業名": "事業の名称",
    "要求する事業内容": "要求の中身",
    '"予算額"': '"査定した額"',
}


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A year of nine requests in a form that the program does not come with."""
    year = make_year(tmp_path / "R2")
    form = (template_folder(USUAL_FORM) / "form.toml").read_text(encoding="utf-8")
    for usual, own in WORDS.items():
        form = form.replace(usual, own)
    (year / "保存" / "様式").mkdir(parents=True)
    (year / "保存" / "様式" / "kept.toml").write_text(form, encoding="utf-8")
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    assert USUAL_FORM in settings
    (year / "yosan.toml").write_text(settings.replace(USUAL_FORM, "kept-only"), encoding="utf-8")
    hand_in_filled(year)
    return year


def test_page_and_export__have_the_words_of_the_kept_form(year: Path) -> None:
    done = page([], year)
    assert done.counted == 9
    texts = Parts(done.page.read_text(encoding="utf-8")).texts
    assert any("要求の中身" in text for text in texts)
    tables = export([], year, ExportOptions(format="csv")).files
    assert any("要求の中身" in path.read_text(encoding="utf-8-sig") for path in tables)


def test_consolidate__has_them_too_and_reads_them_again(year: Path) -> None:
    summary = consolidate([], year).summary
    book = openpyxl.load_workbook(summary)
    headings = [cell.value for cell in book["一覧"][4]]
    assert "事業の名称" in headings
    book["一覧"].cell(5, headings.index("査定した額") + 1).value = "1,000"
    book.save(summary)
    again = consolidate([], year)
    assert again.carried == 1
    (read,) = (one for one in again.findings if one.code == "YX613")
    assert "査定した額" in read.fact
