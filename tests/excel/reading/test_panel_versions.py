"""A book keeps the panel that it was issued with: a program with a newer one finds nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.excel.reading.edit import Editor
from tests.excel.reading.samples import (
    FILE,
    NEWER,
    SECTIONED,
    SHEET,
    OnlyForm,
    codes_of,
    documents,
    filled,
    found,
    newer_book,
    newer_plan,
    plan,
    read,
    settings,
    year,
)
from tests.issued.test_issued_books import ISSUED
from tests.office.office import Office
from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.read_book import read_request_book
from yosan_xl.form import stamp
from yosan_xl.form.area import Area
from yosan_xl.form.check_kinds import CheckKind
from yosan_xl.form.checks import (
    GOOD,
    PANELS,
    WARNING,
    check_value,
    counter_value,
    panel_sha256,
)
from yosan_xl.form.compile import compile_plan, issued_plan
from yosan_xl.form.definition import CheckDefinition
from yosan_xl.form.load import load_definition
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Plan
from yosan_xl.form.relation import Values
from yosan_xl.usecases.fill import filled_book

YEN = next(check for check in plan().checks if check.kind == "yen")
COUNTER = plan().counters[0]

OLD_FORMULA = Editor(filled()).formula(SHEET, YEN.mark.first) or ""


def issued() -> bytes:
    return (ISSUED / "提出" / FILE).read_bytes()


def without(book: Editor, *expected: str) -> list[str]:
    """Give the codes of a book's findings but those that are expected of it."""
    told = codes_of(book)
    for code in expected:
        told.remove(code)
    return told


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> Plan:
    return newer_plan(monkeypatch)


BOOKS: list[tuple[Callable[[], bytes], tuple[str, ...]]] = [
    (issued, ("YX209",)),
    (filled, ()),
    (newer_book, ()),
]
"""A book without a panel in its stamp, one with today's, and one of the newer program."""


@pytest.mark.parametrize(("book", "expected"), BOOKS)
@pytest.mark.usefixtures("newer")
def test_newer_program__finds_nothing_changed_in_a_book_of_any_version(
    book: Callable[[], bytes], expected: tuple[str, ...]
) -> None:
    edited = Editor(book())
    assert without(edited, *expected) == []
    edited.insert_row(SHEET, 3)
    assert without(edited, *expected) == [codes.MOVED.code]


@pytest.mark.parametrize(("book", "expected"), BOOKS)
@pytest.mark.parametrize("place", [YEN.mark, YEN.advice_area, COUNTER.area, plan().status])
@pytest.mark.usefixtures("newer")
def test_newer_program__tells_the_cell_that_was_changed_in_a_book_of_any_version(
    book: Callable[[], bytes], expected: tuple[str, ...], place: Area
) -> None:
    edited = Editor(book())
    edited.put_text(SHEET, place.first, GOOD)
    told = [finding for finding in found(read(edited)) if finding.code not in expected]
    assert [(one.code, one.place.cell) for one in told] == [("YX051", place.first)]


@pytest.mark.usefixtures("newer")
def test_newer_program__does_not_take_the_formula_of_another_version() -> None:
    edited = Editor(newer_book())
    assert edited.formula(SHEET, YEN.mark.first) != OLD_FORMULA
    edited.put_formula(SHEET, YEN.mark.first, OLD_FORMULA, GOOD)
    assert codes_of(edited) == [codes.PANEL_CHANGED.code]


@pytest.mark.parametrize(("book", "other"), [(filled, newer_book), (newer_book, filled)])
@pytest.mark.usefixtures("newer")
def test_sheet_of_a_book_of_another_version__has_its_own_panel(
    book: Callable[[], bytes], other: Callable[[], bytes]
) -> None:
    edited, into = Editor(book()), read(other()).stamp
    assert into
    edited.set_stamp(stamp.SHEET, "panel", into.panel or "")
    assert codes_of(edited) == []
    edited.put_text(SHEET, YEN.mark.first, GOOD)
    assert codes_of(edited) == [codes.PANEL_CHANGED.code]


@pytest.mark.parametrize(("own", "into"), [(1, 2), (2, 1)])
def test_sheet_with_or_without_rooms__is_read_in_a_book_of_the_other_panel(
    own: int, into: int
) -> None:
    form, unit = load_definition(plan().form_id), year().roster.by_code(SECTIONED)
    assert unit
    first, other = (
        compile_plan(form, settings().year, settings().line_rows or None, panel)
        for panel in (own, into)
    )
    edited = Editor(filled_book(first, settings(), unit, documents(SECTIONED)))
    edited.set_stamp(stamp.SHEET, "panel", panel_sha256(other))
    assert codes_of(edited) == []
    edited.put_text(SHEET, YEN.mark.first, GOOD)
    assert codes_of(edited) == [codes.PANEL_CHANGED.code]


def test_form_with_a_check_that_older_versions_lack__is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usual, unit = load_definition(plan().form_id), year().roster.by_code(SECTIONED)
    added = CheckDefinition("title", "事業名", WARNING, "事業名を確かめてください。")
    items = (*usual.checks.items, added)
    form = replace(usual, checks=usual.checks._replace(items=items))
    kind = CheckKind(lambda plan: f'{plan.ref("yx_title")}="x"', lambda sheet: False)
    newest = max(PANELS) + 1
    monkeypatch.setitem(PANELS, newest, NEWER._replace(kinds={**NEWER.kinds, "title": kind}))
    plan_of = partial(issued_plan, form, settings().year, settings().line_rows)
    assert plan_of(panel_sha256(plan_of("unknown"))).panel == newest
    assert unit
    edited = Editor(filled_book(plan_of("unknown"), settings(), unit, documents(SECTIONED)))

    def codes_now() -> list[str]:
        reading = read_request_book(edited.data(), FILE, OnlyForm(form), settings().year)
        return [finding.code for finding in (*reading.findings, *reading.requests[0].findings)]

    assert codes_now() == []
    edited.put_text(SHEET, YEN.mark.first, GOOD)
    assert codes_now() == [codes.PANEL_CHANGED.code]
    edited.set_stamp(stamp.SHEET, "panel", "unknown")
    assert codes_now() == [codes.UNKNOWN_PANEL.code, codes.PANEL_CHANGED.code]


def test_values__are_those_of_the_version(newer: Plan) -> None:
    values: Values = {"yx_total_requested": 500_000, "yx_title": "あ", COUNTER.slot: "いろは"}
    for form, expected in ((plan(), (GOOD, "3 / 200字")), (newer, (WARNING, "3字"))):
        state, counted = PanelSheet(form, values, {}), form.by_name()[COUNTER.slot]
        assert (check_value(YEN, state), counter_value(counted, state)) == expected


@pytest.mark.parametrize(("book", "ending"), [(filled, " / 200字"), (newer_book, "字")])
def test_caches__are_those_of_the_version(book: Callable[[], bytes], ending: str) -> None:
    length = len(documents(SECTIONED)[0]["description"])
    assert Editor(book()).text(SHEET, COUNTER.area.first) == f"{length}{ending}"


@pytest.mark.parametrize("is_known", [True, False])
def test_panel__is_the_same_after_libreoffice(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_known: bool
) -> None:
    path, again = tmp_path / FILE, tmp_path / "again.xlsx"
    path.write_bytes(newer_book())
    book = office.open(path)
    office.save_as(book, again)
    office.close(book)
    if is_known:
        newer_plan(monkeypatch)
    expected = [] if is_known else [codes.UNKNOWN_PANEL.code]
    assert codes_of(again.read_bytes()) == expected
