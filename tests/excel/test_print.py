"""Every request sheet prints on one page, whole and readable (LibreOffice, poppler).

Of requests at random the suite prints the first few; `sh scripts/exam printed` prints any number.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests import seeds
from tests.excel.documents import (
    DEFINITION,
    PARTS,
    PLAN,
    SETTINGS,
    UNIT,
    book_of,
    longest,
    mixed,
)
from tests.excel.forms import FORMS, ODD, known
from tests.excel.pages import Sheet, Word, expected_sheets, misprints, print_requests
from tests.office.office import Office
from tests.usecases.year import sources
from yosan_xl.excel import request_sheet
from yosan_xl.excel.layout.page import Page, lay_out
from yosan_xl.form.mapping import put
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import Values
from yosan_xl.form.schema import request_schema
from yosan_xl.model.settings import Settings
from yosan_xl.usecases.generate import blank_book, plan_for

pytestmark = pytest.mark.slow

BODY = 9
"""Size of the body text (pt) before scaling."""

Printed = list[tuple[Sheet, list[Word]]]
Print = Callable[[bytes, Plan], Printed]

MANY_ROWS = replace(SETTINGS, line_rows=(20, 10))
AT_RANDOM = 10
"""How many requests at random, of a form each, a seed stands for."""

LONG_TEXTS = ("要求事業概要書のながい文章、", "全角漢字連続", "（①×10%）・ABC 12,345千円～")


@pytest.fixture
def printed(office: Office, tmp_path: Path) -> Print:
    """Print a book; as many pages come out as it has request sheets."""

    return partial(_printed, office, tmp_path)


def _printed(office: Office, folder: Path, book: bytes, plan: Plan) -> Printed:
    pages = print_requests(office, book, folder, plan)
    return list(zip(expected_sheets(book, plan), pages, strict=True))


@pytest.mark.parametrize("source", sources())
@pytest.mark.parametrize(("year", "least"), [(SETTINGS, 8), (MANY_ROWS, 6)], ids=["8+6", "20+10"])
def test_nine_requests__print_whole(
    printed: Print, source: str, year: Settings, least: float
) -> None:
    found = printed(book_of(sources()[source], year), plan_for(year))
    assert len(found) == 9
    assert _problems(found, least) == []


def test_longest_requests__print_whole_with_letters_of_7_points(printed: Print) -> None:
    found = printed(book_of([longest(text) for text in LONG_TEXTS]), PLAN)
    assert _problems(found, 7) == []


def test_mixed_texts__print_whole(printed: Print) -> None:
    assert _mixed(printed, seeds.FIRST) == []


def test_texts_of_short_paragraphs__print_whole_but_smaller(printed: Print) -> None:
    """Line breaks fill a page sooner than letters do; the panel tells of it, the page takes it."""
    document = longest("十五字の段落が続いています。\n")
    for group in document["lines"]:
        group["label"] = "一行の内容"
    ((sheet, words),) = printed(book_of([document | {"title": "事業名"}]), PLAN)
    assert misprints(sheet, words, 2) == []
    assert sheet.scale < 7 / BODY


def test_blank_sheet__prints_its_labels(printed: Print) -> None:
    ((sheet, words),) = printed(blank_book(PLAN, SETTINGS, UNIT), PLAN)
    assert misprints(sheet, words, 7.5) == []
    assert {"款", "小計", "合計", "単位：千円"} <= {word.text for word in words}


def test_scale__is_where_the_words_are(printed: Print) -> None:
    """The last words of a page are as far from the first as the percent worked out says."""
    for sheet, words in printed(book_of([longest(LONG_TEXTS[0]), *sources()["examples"]]), PLAN):
        x = _place(words, "小計")[0] - _place(words, "所管課")[0]
        y = _place(words, "その他特財")[1] - _place(words, "国庫支出金")[1]
        left, top = _distance(sheet, "A3", "G5"), _distance(sheet, "F22", "F24")
        assert x == pytest.approx(left[0], abs=0.3)
        assert y == pytest.approx(top[1], abs=0.3)
        labels = [word.points for word in words if word.text in ("小計", "都支出金", "その他特財")]
        assert labels == [pytest.approx(BODY * sheet.scale, abs=0.02)] * len(labels)


@pytest.mark.parametrize("name", ["yx_proposal", "yx_lines1_label", "yx_schedule"])
def test_rows_a_line_too_low__are_found(
    printed: Print, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The test can fail: each in turn loses a line of its text, the others stay as they are."""
    area = PLAN.by_name()[name].cells()[-1]

    def lowered(plan: Plan, values: Values) -> Page:
        page = lay_out(plan, values)
        heights = list(page.heights)
        needed = {"yx_proposal": 11, "yx_lines1_label": 3, "yx_schedule": 3}[name]
        for row in range(area.top, area.bottom + 1):
            heights[row] = (needed - 1) * BODY / area.height
        return replace(page, heights=tuple(heights))

    monkeypatch.setattr(request_sheet, "lay_out", lowered)
    found = _problems(printed(book_of([longest(LONG_TEXTS[1])]), PLAN), 7)
    assert found
    assert any(problem.startswith(f"page 1: {area.first} ") for problem in found)


def test_thirty_lines_of_sixty_letters__print_whole_with_letters_of_6_5_points(
    printed: Print,
) -> None:
    plan = plan_for(MANY_ROWS)
    documents = []
    for document in sources()["examples"]:
        parts = [part for part, rows in zip(PARTS, (20, 10), strict=True) for _ in range(rows)]
        lines = [_line("庁舎の設備の更新に係る委託料" * 5, part) for part in parts]
        documents.append({**document, "lines": lines})
    assert _problems(printed(book_of(documents, MANY_ROWS), plan), 6.5) == []


@pytest.mark.parametrize("name", ["yx_proposal", "yx_description", "yx_lines1_label", "yx_plans"])
def test_texts_of_rising_length__show_whole_in_a_blank_up_to_its_room(
    printed: Print, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What the page says that a cell shows is there when it is typed into the cells of a blank."""
    blank = lay_out(PLAN, {})
    per_line, lines, _ = blank.rooms[name]
    slot = PLAN.by_name()[name]
    monkeypatch.setattr(request_sheet, "lay_out", lambda plan, values: blank)
    documents = []
    for letters in {1, per_line, per_line * lines - 1, per_line * lines}:
        text = ("要求する事業の内容、" * 60)[: min(letters, slot.max_length or letters)]
        document = copy.deepcopy(sources()["examples"][4])
        for key in ("background", "proposal", "outcome", "description", "trends"):
            document[key] = "短い文"
        if slot.repeats:
            document["lines"] = [_line(text, PARTS[0])]
        else:
            put(document, slot.pointer or "", text)
        documents.append(document)
    found = printed(book_of(documents), PLAN)
    own = {cell.first for cell in slot.cells()}
    told = [one for one in _problems(found, 0) if any(f": {cell} " in one for cell in own)]
    assert told == []


@pytest.mark.parametrize("form", FORMS)
def test_any_requests_of_each_form__print_whole_on_one_page_each(printed: Print, form: str) -> None:
    assert _at_random(printed, form, seeds.FIRST) == []


@pytest.mark.parametrize("form", [*FORMS, *ODD])
def test_each_form__prints_whole_on_one_page_with_letters_of_7_points(
    printed: Print, form: str
) -> None:
    own = known(form)
    found = printed(own.book(*(own.longest(text) for text in LONG_TEXTS)), own.plan)
    assert len(found) == len(LONG_TEXTS)
    assert _problems(found, 7) == []
    ((sheet, words), *_) = printed(own.blank(), own.plan)
    assert misprints(sheet, words, 7) == []


def test_schema__allows_the_lengths_that_the_paper_needs() -> None:
    schema = request_schema(DEFINITION)["properties"]
    label = schema["lines"]["items"]["properties"]["label"]
    assert label["maxLength"] >= 120
    for key in ("background", "proposal", "outcome"):
        assert schema[key]["maxLength"] >= 450
    for key in ("description", "trends"):
        assert schema[key]["maxLength"] >= 200


def _line(label: str, part: str) -> dict[str, object]:
    amounts = dict.fromkeys(("requested", "earmarked", "budgeted", "budgeted_earmarked"), 1_234)
    return {"label": label[:60], "part": part, **amounts}


def _mixed(printed: Print, seed: int) -> list[str]:
    """Return what is wrong with mixed texts that a seed stands for."""
    return _problems(printed(book_of([mixed(one) for one in _numbers(seed)]), PLAN), 6.5)


def _at_random(printed: Print, form: str, seed: int) -> list[str]:
    """Return what is wrong with requests of a form that a seed stands for."""
    own = known(form)
    found = printed(own.book(*(own.any_document(one) for one in _numbers(seed))), own.plan)
    assert len(found) == AT_RANDOM
    return _problems(found, 6.5)


def _numbers(seed: int) -> range:
    return range(seed * AT_RANDOM, (seed + 1) * AT_RANDOM)


def check(office: Office, seed: int, folder: Path) -> None:
    """Print mixed texts and requests of every form that a seed stands for."""
    printed = partial(_printed, office, folder)
    for form in FORMS:
        assert _at_random(printed, form, seed) == [], form
    assert _mixed(printed, seed) == []


def _problems(found: Printed, least: float) -> list[str]:
    return [
        f"page {number}: {problem}"
        for number, (sheet, words) in enumerate(found, 1)
        for problem in misprints(sheet, words, least)
    ]


def _place(words: list[Word], text: str) -> tuple[float, float]:
    """Give the middle of a word."""
    return next(word for word in words if word.text == text).middle


def _distance(sheet: Sheet, one: str, other: str) -> tuple[float, float]:
    """Give how far the middles of two cells are apart."""
    cells = {cell.name: cell for cell in sheet.cells}
    a, b = cells[one], cells[other]
    return (b.left + b.right - a.left - a.right) / 2, (b.top + b.bottom - a.top - a.bottom) / 2


if __name__ == "__main__":
    program = Office(600)
    code = seeds.main(partial(check, program), count=20)
    program.stop()
    sys.exit(code)
