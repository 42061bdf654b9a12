"""Every formula of a form of the second vocabulary gives in LibreOffice the value that the program put beside it.

The suite computes values that together have every mark of every check, and a few forms at random; `sh scripts/exam
formulas` many of both.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.form.definitions import any_definition
from tests.form.samples import YEAR, plan_of
from tests.form.toml_text import to_toml
from tests.office.office import Office
from tests.office.recalculated import recalculated, telling
from yosan_xl.excel.request_book import SheetContent, request_book
from yosan_xl.form import checks
from yosan_xl.form.choices import lists_of, parents
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.load import parse_definition
from yosan_xl.form.mapping import complete, shown_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.model.department import Department
from yosan_xl.model.settings import Account, Settings

Sheet = dict[str, Any]
"""The values of a sheet by the names of its slots."""

FORMS = ("municipal-1", "prefecture", "small_town", "every_check")
SHEETS, MANY = 20, 200
UNIT = Department("0101", "総務部", "総務課")
LEVELS = tuple(
    (account, f"{kan}費", f"{kan}管理費", f"{kan}{moku}費")
    for account in ("一般会計", "介護保険会計")
    for kan in ("総務", "民生")
    for moku in ("一般", "財産")
)
SETTINGS = Settings(
    municipality="佐倉市",
    year=YEAR,
    form="municipal-1",
    accounts=(
        Account("一般会計", ("総務費", "民生費")),
        Account("介護保険会計", ("総務費", "民生費")),
    ),
    categories=("新規", "継続"),
    levels=LEVELS,
)


@pytest.mark.parametrize("name", FORMS)
def test_any_values__cached_values_are_what_libreoffice_computes(
    office: Office, tmp_path: Path, name: str
) -> None:
    few = telling(_sheets(name, range(MANY)), lambda one: _marks(plan_of(name), one))
    assert len(few) > 5
    _check(office, tmp_path, plan_of(name), few)


@pytest.mark.parametrize("seed", range(4))
def test_any_form__cached_values_are_what_libreoffice_computes(
    office: Office, tmp_path: Path, seed: int
) -> None:
    check_any_form(office, tmp_path, seed, 8)


@pytest.mark.parametrize("name", FORMS)
def test_values__set_off_every_check_and_leave_every_check_quiet(name: str) -> None:
    plan = plan_of(name)
    marks = {mark for one in _sheets(name, range(MANY)) for mark in _marks(plan, one)}
    for check in plan.checks:
        assert marks >= {(check.kind, check.weight), (check.kind, checks.GOOD)}


def test_every_check__is_in_the_form_that_has_all() -> None:
    tests = {check.test for name in FORMS for check in plan_of(name).checks}
    assert tests == {*checks.PANELS[1].kinds, "told"} - {"negative_rest"}


def check_any_form(office: Office, folder: Path, seed: int, count: int) -> None:
    """Compute so many sheets of a form at random."""
    text = to_toml(any_definition(random.Random(seed)))
    plan = compile_plan(parse_definition(text.encode(), "form.toml").worded("県"), YEAR)
    _check(office, folder, plan, [complete(_Values(plan, n).values(), plan) for n in range(count)])


def check_any_values(office: Office, folder: Path, seed: int) -> None:
    """Compute 20 sheets of one of the forms."""
    name = FORMS[seed % len(FORMS)]
    _check(office, folder, plan_of(name), _sheets(name, range(seed * SHEETS, (seed + 1) * SHEETS)))


def _check(office: Office, folder: Path, plan: Plan, made: Sequence[Sheet]) -> None:
    sheets = [SheetContent(f"0101-{n}", one, {}) for n, one in enumerate(made, 1)]
    year = replace(SETTINGS, form=plan.form_id, sheets=len(sheets))
    found = recalculated(office, request_book(plan, year, UNIT, sheets), folder)
    assert len(found.saved) > len(sheets) * len(plan.checks)
    assert found.computed == found.saved


def _marks(plan: Plan, one: Sheet) -> set[tuple[str, object]]:
    """Return what the checks of a sheet say."""
    sheet = PanelSheet(plan, shown_values(one, plan), lists_of(SETTINGS, plan))
    return {(check.kind, checks.check_value(check, sheet)) for check in plan.checks}


@cache
def _sheets(name: str, numbers: range) -> list[Sheet]:
    """Give the values of many sheets: a blank one, more and more of any, and every third filled with care."""
    sheet = plan_of(name)
    made = [_Values(sheet, n).values() for n in numbers]
    return [complete(values, sheet) for values in made]


class _Values:
    """The values of a sheet at random, or with care: all of them, and each right by itself."""

    def __init__(self, sheet: Plan, number: int) -> None:
        self.sheet = sheet
        self.lists = lists_of(SETTINGS, sheet)
        self.chance = random.Random(number)
        self.number = number
        self.careful = number % 3 == 1
        self.made: dict[str, Any] = {}

    def values(self) -> dict[str, Any]:
        for slot in self.sheet.slots:
            if slot.formula is None:
                used = self.careful or self.chance.random() < self.number % SHEETS / SHEETS
                rows = [self.value(slot) if used else None for _ in slot.cells()]
                self.made[slot.name] = tuple(rows) if slot.repeats else rows[0]
        return {**self.made, "yx_id": f"0101-{self.number}"}

    def value(self, slot: Slot) -> object:
        good = self.good(slot)
        return good if self.careful else self.chance.choice([None, good, *self.others(slot)])

    def good(self, slot: Slot) -> object:
        if slot.kind is FieldKind.YEAR:
            return YEAR.western + self.chance.randint(0, 3)
        if slot.choices:
            above = [str(self.made.get(one)) for one in parents(slot, self.sheet)]
            offered = self.lists.get("/".join([slot.choices, *above]))
            return self.chance.choice(offered) if offered else None
        if slot.kind is FieldKind.MONEY:
            return self.chance.choice([0, 5, 40, 5_000])
        if slot.kind is FieldKind.NUMBER:
            return Decimal("12.34") if slot.decimals else self.number
        return slot.picture.replace("9", "1").replace("A", "b") if slot.picture else "短い"

    def others(self, slot: Slot) -> list[object]:
        if slot.kind is FieldKind.MONEY:
            return [-3, 1_000_000, 10**9, "約5"] if slot.is_entry else [-3]
        if slot.choices:
            return ["ない名前"] if slot.kind is FieldKind.CHOICE else []
        if slot.picture:
            return ["0123", "b12ー34", "A1２-34", "1２3456", "12345678-1234567x"]
        return [] if slot.kind is FieldKind.NUMBER else ["あ" * 401, "一\n" * 30]
