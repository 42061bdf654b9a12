"""The book of a publication: every form, its longest texts too, whole on a page for each sheet (LibreOffice, poppler)."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.excel.documents import mixed
from tests.excel.forms import FORMS, ODD, known
from tests.excel.pages import expected_publication, misprints, pdf_pages
from yosan_xl.excel.pdf import NotPrinted, find_office, printed
from yosan_xl.excel.printed_book import printed_book
from yosan_xl.excel.styles import printed_style
from yosan_xl.form.definition import FilledBy
from yosan_xl.form.printed import PrintedSheet, printed_sheet
from yosan_xl.model.axes import DECIDED
from yosan_xl.model.request import Document
from yosan_xl.model.table import Table, TableColumn

LONG_TEXTS = ("要求事業概要書のながい文章、", "全角漢字連続", "（①×10%）・ABC 12,345千円～")
MOMENT = datetime(2019, 12, 20, tzinfo=UTC)


def _sheets(form: str, documents: list[Document]) -> list[PrintedSheet]:
    own = known(form)
    return [
        printed_sheet(
            f"NO {at}",
            document,
            own.definition,
            year=own.settings.year,
            first_choices={"accounts": "一般会計"},
            notes={},
        )
        for at, document in enumerate(documents, 1)
    ]


def _documents(form: str) -> list[Document]:
    own = known(form)
    return [*own.documents, *(own.longest(text) for text in LONG_TEXTS)]


@pytest.mark.slow
def test_each_form__prints_whole_on_a_page_for_each_sheet(tmp_path: Path) -> None:
    """All are printed in one go, as the books of a publication are."""
    office = find_office()
    assert office
    made = {form: (_sheets(form, _documents(form)), 7.0) for form in [*FORMS, *ODD]}
    made["mixed"] = _sheets("minato-r2", [mixed(seed) for seed in range(12)]), 6.5
    books = {name: printed_book("公表", sheets, year=2020) for name, (sheets, _) in made.items()}
    for name, pdf in printed(books, office, MOMENT).items():
        sheets, least = made[name]
        (tmp_path / "book.pdf").write_bytes(pdf)
        wanted = expected_publication(books[name], {sheet.name: sheet.plan for sheet in sheets})
        for sheet, words in zip(wanted, pdf_pages(tmp_path / "book.pdf"), strict=True):
            assert misprints(sheet, words, least) == [], name


@pytest.mark.slow
def test_same_book__gives_the_same_pdf_whenever_it_is_made() -> None:
    office = find_office()
    assert office
    book = printed_book(
        "公表", _sheets("small_town", list(known("small_town").documents)), year=2020
    )
    one, two = (printed({"a": book}, office, MOMENT)["a"] for _ in range(2))
    assert one == two
    other = printed({"a": book}, office, MOMENT.replace(year=2018))["a"]
    assert len(other) == len(one)
    assert b"D:20181220" in other


def test_office_that_fails__is_told(tmp_path: Path) -> None:
    with pytest.raises(NotPrinted, match="途中で終わりました"):
        printed({"a": b"no book"}, str(tmp_path / "soffice"), MOMENT)
    with pytest.raises(NotPrinted, match="PDF ができませんでした"):
        printed({"a": b"no book"}, "true", MOMENT)


def test_find_office__is_none_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert find_office() is None


def test_groups__are_those_that_have_rows() -> None:
    document = known("minato-r2").documents[0]
    lines = [{**line, "part": None} for line in document["lines"]]
    (flat,) = _sheets("minato-r2", [{**document, "lines": lines, "subtotals": []}])
    assert "小計" not in [label.text for label in flat.labels]
    assert [group.name for group in flat.plan.groups] == [None]
    alone = [{**line, "part": "経常経費分"} for line in document["lines"]]
    (grouped,) = _sheets("minato-r2", [{**document, "lines": alone, "subtotals": []}])
    assert [label.text for label in grouped.labels].count("小計") == 1
    assert [group.name for group in grouped.plan.groups] == ["経常経費分"]


def test_list_without_rows__keeps_its_headings() -> None:
    document = known("minato-r2").documents[0]
    (empty,) = _sheets("minato-r2", [{**document, "lines": [], "subtotals": []}])
    texts = [label.text for label in empty.labels]
    assert ("10 要求内容" in texts, "小計" in texts) == (True, False)


@pytest.mark.parametrize("form", FORMS)
def test_sheet__holds_every_value_of_its_document_that_is_printed(form: str) -> None:
    own = known(form)
    for document, sheet in zip(own.documents, _sheets(form, list(own.documents)), strict=True):
        totals = [own.definition.axes.pointer(stage.key) for stage in own.definition.axes.stages]
        for pointer in filter(None, totals):
            slot = sheet.plan.slot_at(pointer)
            if slot:
                value = sheet.values[slot.name]
                assert value == _at(document, pointer), (form, pointer)


def _at(document: Document, pointer: str) -> object:
    value: object = document
    for key in pointer.strip("/").split("/"):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def test_notes__stand_where_there_is_no_value_and_nowhere_else() -> None:
    own = known("minato-r2")
    pointer = own.definition.axes.pointer(DECIDED)
    assert pointer
    document = own.documents[0]
    for value in (None, 0):
        total = {**document["total"], "budgeted": value}
        sheet = printed_sheet(
            "NO 1",
            {**document, "total": total},
            own.definition,
            year=own.settings.year,
            first_choices={},
            notes={pointer: "未定"},
        )
        slot = sheet.plan.slot_at(pointer)
        assert slot
        assert sheet.values[slot.name] == ("未定" if value is None else 0)


def test_look__has_no_colour_for_whoever_fills_a_cell() -> None:
    looks = {
        slot.by: printed_style(slot, known(form).plan)
        for form in FORMS
        for slot in known(form).plan.slots
    }
    assert {*looks} >= {FilledBy.DEPARTMENT, FilledBy.FINANCE, FilledBy.FORMULA}
    for look in looks.values():
        assert not {"bg_color", "fg_color", "pattern"} & {*look}
        assert (look["border"], look["locked"]) == (1, True)


def test_table__stands_behind_the_sheets() -> None:
    sheets = _sheets("minato-r2", list(known("minato-r2").documents[:2]))
    table = Table("変更一覧", (TableColumn("NO"), TableColumn("変更")), ((55, "追加"),))
    book = openpyxl.load_workbook(BytesIO(printed_book("公表", sheets, year=2020, table=table)))
    assert book.sheetnames == ["NO 1", "NO 2", "変更一覧"]
    assert [sheet.sheet_view.tabSelected for sheet in book] == [True, True, True]
