"""Any definition within the language: its book is written, filled, read back, validated and summed up.

A short form runs in the suite, 200 and more with `sh scripts/exam definitions`.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests import seeds
from tests.excel.forms import LEVELS, KnownForm, form_of
from tests.form.definitions import any_definition, spoilt
from tests.form.toml_text import to_toml
from yosan_xl.form.definition import DefinitionError
from yosan_xl.form.mapping import differences
from yosan_xl.form.plan import Plan
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.validate import validate

SETTINGS = """\
municipality = "架空市"
prefecture = "千葉県"
year = "令和9年度"
form = "any-form"
sheets = 2
categories = ["新規", "拡充", "継続", "臨時"]
"""
_SPOILT = 5
"""Spoilt definitions of a seed."""

ROSTER = "\ufeffコード,部,課\r\n0101,総務部,財政課\r\n"


def check(seed: int, folder: Path) -> None:
    """Make a form of the seed, and a year with a book of it, and run what a year runs."""
    chance = random.Random(seed)
    table = any_definition(chance)
    for _ in range(_SPOILT):
        check_spoilt(to_toml(spoilt(table, chance)), seed)
    text = to_toml(table)
    form = form_of(text)
    assert_filled(form.plan)
    documents = [form.any_document(seed), form.any_document(seed + 1)]
    for number, document in enumerate(documents, 1):
        document["id"] = f"0101-{number}"
    book = form.book(*documents)
    assert_read_back(form, book, documents)
    year = make_year(folder / "R9", text, book)
    validated = validate((), year)
    assert validated.requests == 2, validated.findings
    done = consolidate((), year, include_errors=True)
    assert done.written, done.findings


def check_spoilt(text: str, seed: int) -> None:
    """Assert that a spoilt definition is refused with lines, or makes books that are read back."""
    form = made_of(text)
    if form is None:
        return
    assert_filled(form.plan)
    document = form.any_document(seed)
    assert_read_back(form, form.book(document), [document])


def made_of(text: str) -> KnownForm | None:
    """Return the form of a text, None where it is refused with lines."""
    told = None
    try:
        return form_of(text)
    except DefinitionError as error:
        told = error.faults
    assert told
    assert all(fault.line for fault in told), told
    return None


def assert_filled(plan: Plan) -> None:
    """Assert that the printed page has one cell of the form at every place, and no two."""
    areas = [*(label.area for label in plan.labels), *(slot.area for slot in plan.slots)]
    places = [
        (row, column)
        for area in areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    page = plan.print_area
    printed = {
        (row, column)
        for row in range(page.top, page.bottom + 1)
        for column in range(page.left, page.right + 1)
    }
    assert len(places) == len(set(places))
    assert printed <= set(places)


def assert_read_back(form: KnownForm, book: bytes, documents: list[dict[str, object]]) -> None:
    """Assert that a book says what it was filled with."""
    reading = form.read(book)
    assert not reading.findings, reading.findings
    assert len(reading.requests) == len(documents)
    for one, document in zip(reading.requests, documents, strict=True):
        assert one.document == document, differences(document, one.document)


def make_year(folder: Path, text: str, book: bytes) -> Path:
    """Return a year folder with the form, and a book that was handed in."""
    (folder / "様式" / "any-form").mkdir(parents=True)
    (folder / "提出").mkdir()
    (folder / "様式" / "any-form" / "form.toml").write_text(text, encoding="utf-8")
    (folder / "yosan.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "組織.csv").write_text(ROSTER, encoding="utf-8")
    rows = "".join(f"{','.join(path)}\r\n" for path in LEVELS)
    (folder / "科目.csv").write_text(f"\ufeff会計,款,項,目\r\n{rows}", encoding="utf-8")
    (folder / "提出" / "0101_財政課.xlsx").write_bytes(book)
    return folder


@pytest.mark.parametrize("seed", seeds.short(8))
def test_definition__goes_through_the_year(seed: int, tmp_path: Path) -> None:
    check(seed, tmp_path)


if __name__ == "__main__":
    sys.exit(seeds.main(check, 200))
