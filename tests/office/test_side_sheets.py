"""はじめに, 一覧 and 積算 on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.excel.documents import SETTINGS, book_of, longest
from tests.excel.forms import ODD, OTHERS, USUAL, known
from tests.excel.pages import Word, pdf_pages
from tests.office.office import Office
from tests.office.recalculated import open_book
from tests.usecases.year import example_documents
from yosan_xl.excel.sheet_words import ESTIMATE, GUIDE, OVERVIEW, guide_steps
from yosan_xl.form.mapping import put

pytestmark = pytest.mark.slow

TITLE = "高齢者及び障害者等の移動手段の確保に係る地域公共交通網形成計画の策定並びに実証運行の支援及び効果検証の委託（二か年目分）"
AMOUNTS = (28_257_972, 9_999_999, 151_486)


def _printed(office: Office, data: bytes, sheet: str, folder: Path) -> list[list[Word]]:
    book = open_book(office, data, folder)
    office.recalculate(book)
    office.save_pdf(book, folder / "sheet.pdf", [sheet])
    office.close(book)
    return pdf_pages(folder / "sheet.pdf")


def _text(words: list[Word]) -> str:
    return "".join(word.text for word in words)


def _large(amount: int) -> dict[str, object]:
    document = example_documents()[0]
    put(document, "/title", TITLE)
    document["lines"] = [{**document["lines"][0], "requested": amount, "earmarked": None}]
    document["funding"]["general"]["amount"] = amount
    return document


def test_overview__shows_large_amounts_and_long_titles_whole(
    office: Office, tmp_path: Path
) -> None:
    assert len(TITLE) == 60
    data = book_of([_large(amount) for amount in AMOUNTS])
    (page,) = _printed(office, data, OVERVIEW, tmp_path)
    text = _text(page)
    assert "#" not in text
    lines = {round(word.top) for word in page if len(word.text) > 9 and word.text in TITLE}
    assert len(lines) == 2 * len(AMOUNTS)  # as many as its row is high for
    assert all(text.count(f"{one:,}") == 2 for one in (*AMOUNTS, sum(AMOUNTS)))
    assert min(word.points for word in page) >= 7


def test_overview__shows_the_greatest_amounts(office: Office, tmp_path: Path) -> None:
    (page,) = _printed(office, book_of([longest("長い文")]), OVERVIEW, tmp_path)
    assert "#" not in _text(page)


@pytest.mark.parametrize("form", [USUAL, *OTHERS, *ODD])
def test_overview__of_any_form_shows_all_that_a_request_says(
    form: str, office: Office, tmp_path: Path
) -> None:
    (page,) = _printed(office, known(form).full(), OVERVIEW, tmp_path)
    assert "#" not in _text(page)


@pytest.mark.parametrize("form", [USUAL, *OTHERS, *ODD])
def test_guide__is_one_page_that_can_be_read(form: str, office: Office, tmp_path: Path) -> None:
    own = known(form)
    (page,) = _printed(office, own.blank(), GUIDE, tmp_path)
    text = _text(page)
    for _, said in guide_steps(own.plan):
        assert "".join(said.split()) in text
    assert min(word.points for word in page) >= 7.5


def test_estimate__is_one_page(office: Office, tmp_path: Path) -> None:
    assert SETTINGS.sheets == 1
    book = open_book(office, book_of([]), tmp_path)
    office.type_into(book, ESTIMATE, [("A5", "要求書1"), ("B5", "委託料"), ("C5", "1,000円")])
    office.recalculate(book)
    office.save_pdf(book, tmp_path / "sheet.pdf", [ESTIMATE])
    office.close(book)
    (page,) = pdf_pages(tmp_path / "sheet.pdf")
    assert "赤い欄を確認" in _text(page)
    assert min(word.points for word in page) >= 7
