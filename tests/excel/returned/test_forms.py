"""The book that goes back, of forms other than the usual one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.excel.forms import OTHERS, KnownForm, known
from tests.excel.reading.edit import Editor
from tests.forms.years import documents_of, form_text, make_year
from yosan_xl.excel.reading import codes
from yosan_xl.form.area import Area
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.mapping import differences, get
from yosan_xl.form.plan import Slot
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Document
from yosan_xl.usecases.return_books import clean_book
from yosan_xl.usecases.year import open_year


@pytest.mark.parametrize("name", OTHERS)
def test_returned_book__holds_all_that_came_back(name: str, tmp_path: Path) -> None:
    form, documents = known(name), known(name).documents
    editor = Editor(form.book())
    sheet, total = f"{form.plan.sheet}1", _total(form)
    editor.put_number(sheet, total.area.first, 1)
    returned = _returned(form, editor, tmp_path)
    reading = form.read(returned)
    found = [request.document for request in reading.requests]
    assert len(found) == len(documents)
    wanted = documents[0] if total.formula else _with_total(documents[0])
    assert differences(wanted, found[0]) == ()
    for one, other in zip(documents[1:], found[1:], strict=True):
        assert differences(one, other) == ()
    assert reading.stamp
    assert len(reading.stamp.answers) == 1


@pytest.mark.parametrize("name", ["municipal-1", "prefecture"])
def test_returned_book__is_wider_where_rows_were_inserted_and_filled(
    name: str, tmp_path: Path
) -> None:
    form = known(name)
    group = form.plan.groups[0]
    own = form.plan.axes.rows(group.list)
    key = own.label_key or ""
    labels = form.plan.by_name()[group.columns[key]].area
    editor = Editor(form.book())
    editor.insert_row(f"{form.plan.sheet}1", labels.top + 2)
    below = Area(labels.bottom + 1, labels.left, labels.bottom + 1, labels.left)
    editor.put_text(f"{form.plan.sheet}1", below.first, "最後の行")
    reading = form.read(_returned(form, editor, tmp_path))
    assert reading.stamp
    assert reading.stamp.line_rows[0] == group.rows + 1
    rows = get(reading.requests[0].document, own.pointer)
    before = get(form.documents[0], own.pointer)
    assert "最後の行" in [row[key] for row in rows]
    assert [row for row in rows if row[key] != "最後の行"] == before


def test_returned_book__has_its_notes_and_the_form_s_words(tmp_path: Path) -> None:
    form = known("prefecture")
    slot = next(s for s in form.plan.slots if s.kind is FieldKind.MONEY and s.is_entry)
    editor = Editor(form.book())
    editor.put_text(f"{form.plan.sheet}1", slot.area.first, "約500")
    returned = Editor(_returned(form, editor, tmp_path))
    rows = (returned.text("指摘一覧", f"A{row}") for row in range(1, 12))
    assert any(form.plan.title in text for text in rows)


def _returned(form: KnownForm, editor: Editor, folder: Path) -> bytes:
    """Return the clean book for one that came back, with all that was found in it."""
    name = form.definition.id
    year = open_year(make_year(folder / "R9", form_text(name), documents_of(name)))
    reading = form.read(editor.data())
    own: list[Finding] = [one for request in reading.requests for one in request.findings]
    told = [*reading.findings, *own]
    clean = clean_book(editor.data(), f"{form.unit.code}.xlsx", told, year, "")
    assert clean.data
    assert [one for one in told if one.code == codes.UNKNOWN_FORM.code] == []
    return clean.data


def _total(form: KnownForm) -> Slot:
    slot = form.plan.slot_at(form.plan.axes.pointer("asked"))
    assert slot
    return slot


def _with_total(document: Document) -> Document:
    """Return the document in which 1 is asked for: the rest follows from it."""
    amounts = document["amounts"]["request"]
    own = amounts | {"total": 1, "general": 1 - (amounts["grant"] or 0)}
    return document | {"amounts": document["amounts"] | {"request": own}}


def _assessed() -> tuple[KnownForm, Slot, Document]:
    """Return the city with an amount that finance decided in the second row of its list, as it was handed out."""
    city = known("municipal-1")
    slots = [slot for slot in city.plan.slots if slot.is_handed_out and slot.repeats]
    slot = next(slot for slot in slots if slot.kind is FieldKind.MONEY)
    document = city.documents[0]
    (key, rows), *_ = document["lists"].items()
    decided = [{**row, slot.column: 700 + n} if n else row for n, row in enumerate(rows)]
    return city, slot, document | {"lists": {**document["lists"], key: decided}}


def _column(form: KnownForm, data: bytes, slot: Slot) -> list[object]:
    (request,) = form.read(data).requests
    rows = request.document["lists"][slot.list or ""]
    return [row[slot.column or ""] for row in rows if row[slot.column or ""] is not None]


@pytest.mark.parametrize("how", ["as it was", "overwritten", "row inserted", "deleted"])
def test_returned_book__keeps_finance_s_columns_as_they_were_handed_out(
    how: str, tmp_path: Path
) -> None:
    city, slot, document = _assessed()
    sheet, data = f"{city.plan.sheet}1", city.book(document)
    decided = _column(city, data, slot)
    assert decided
    editor = Editor(data)
    if how == "overwritten":
        editor.put_number(sheet, next(iter(slot.cells())).first, 9)
    elif how == "row inserted":
        editor.insert_row(sheet, slot.area.top + 2)
    elif how == "deleted":
        editor = Editor(_without(sheet, city.book(document, {**document, "id": "0101-2"})))
    returned = city.read(_returned(city, editor, tmp_path))
    assert len(returned.requests) == 1
    assert returned.stamp
    for issued in returned.stamp.issued.values():
        assert sorted(int(issued[key]) for key in issued if key.startswith(slot.name)) == decided
    told = [finding for request in returned.requests for finding in request.findings]
    assert codes.FINANCE_CHANGED.code not in [finding.code for finding in told]
    for request in returned.requests:
        rows = request.document["lists"][slot.list or ""]
        column = [row[slot.column or ""] for row in rows]
        assert [one for one in column if one is not None] == decided


def _without(sheet: str, data: bytes) -> bytes:
    book, out = openpyxl.load_workbook(BytesIO(data)), BytesIO()
    del book[sheet]
    book.save(out)
    return out.getvalue()
