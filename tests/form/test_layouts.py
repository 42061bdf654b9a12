"""Where everything of a form stands, and how wide it is, as a text: tests/forms/<form>.txt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.form.samples import YEAR
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.load import read_definition
from yosan_xl.form.plan import Plan

FOLDER = Path(__file__).parents[1] / "forms"


@pytest.mark.parametrize("name", ["every_layout", "every_check", "prefecture"])
def test_layout__is_the_one_that_is_written_down(name: str) -> None:
    plan = compile_plan(read_definition(FOLDER / f"{name}.toml").worded("県"), YEAR)
    found = "".join(f"{line}\n" for line in layout_of(plan))
    assert found == (FOLDER / f"{name}.txt").read_text(encoding="utf-8"), "the layout has changed"


def layout_of(plan: Plan) -> Iterator[str]:
    """Yield a line for each thing of a sheet: the columns and rows, what is printed, labels, cells, groups."""
    yield f"columns {' '.join(map(str, plan.widths))}"
    yield f"rows {' '.join(row.value for row in plan.rows)}"
    yield f"printed {plan.print_area.a1()} {plan.paper} {plan.title} {plan.sheet} {plan.elastic}"
    for label in plan.labels:
        yield f"label {label.area.a1()} {label.role.value} {label.text!r}"
    for slot in plan.slots:
        said = (slot.label, slot.kind.value, slot.by.value, slot.choices, slot.max_length)
        more = (slot.required, slot.number, slot.meaning, slot.picture, slot.decimals, slot.under)
        yield f"cell {slot.area.a1()} {slot.name} {said} {more} {slot.not_more} {slot.hint}"
    for group in plan.groups:
        yield f"group {group.list} {group.name} {group.group_slot} {[*group.columns]}"
    for counter in plan.counters:
        yield f"counter {counter.area.a1()} {counter.slot}"
