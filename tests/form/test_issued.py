"""What was issued is frozen: books in the departments' hands are read by it for as long as they are kept."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.form.samples import YEAR, form
from yosan_xl.form import checks
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.load import load_definition
from yosan_xl.form.plan import Plan
from yosan_xl.form.prose_length import constants
from yosan_xl.model.fiscal_year import FiscalYear

ISSUED = {
    "minato-r2": "51b524f9a44c68a55f4f9ede38714edc1dbecba4d50e652e66353e7388f14072",
    "municipal-1": "8917e15e063c137d2d8ffaf4a0099c9673bd8179aa32c033cb2035a7a39abae2",
}
PLANS: dict[tuple[str, tuple[int, ...], int], str] = {
    ("minato-r2", (8, 6), 1): "95f807aa7f98c726fff734e633610e69913025001419d18c3e65a747a188cc89",
    ("minato-r2", (20, 10), 1): "69fc3615fa706106b1fa24363697efb99ca83986cfcb2ba5bfb886f011bb3a1a",
    ("minato-r2", (8, 6), 2): "8c9aae65395295ba27e581e0f3123e13cf7720bd32c7c9db11a9d95609dbc9ac",
    ("minato-r2", (20, 10), 2): "950654068782eae47b57ee16da7fae5bbd94f5d437b26b6bfac2fdb451895726",
}
"""Form, rows of its groups and version of the panel → the fingerprint of every cell of a sheet."""


def test_issued_definitions__say_what_they_said() -> None:
    assert {form: load_definition(form).sha256 for form in ISSUED} == ISSUED, (
        "an issued form has changed: give the change a form of its own (CONTRIBUTING.md)"
    )


@pytest.mark.parametrize(("form", "rows", "panel"), PLANS)
def test_issued_plans__have_every_cell_where_it_was_and_as_it_was(
    form: str, rows: tuple[int, ...], panel: int
) -> None:
    plan = compile_plan(load_definition(form), FiscalYear(2020), rows, panel)
    said = json.dumps(cells_of(plan), ensure_ascii=False)
    assert hashlib.sha256(said.encode()).hexdigest() == PLANS[form, rows, panel], (
        "an issued form has moved or changed a cell: another place or label is another form, "
        "another formula of the panel another version of it (CONTRIBUTING.md)"
    )


SECOND_VOCABULARY: dict[tuple[str, int], str] = {
    ("municipal-1", 1): "48486f964371d8eacf9308393944da2dcdc8dd01074a00cff290ebe1503c565b",
    ("prefecture", 1): "54656877aef9899d4e1d8984aa5d8426d24170e180e5c806bd8d4aecbce31618",
    ("small_town", 1): "8185fc785fabf9803f4bd74eaddb6e9b9b8526d007e01a034902412cbb9234a2",
    ("every_check", 1): "231e4d0925bf416d581fd23ba8fff0bb30e5f64a9d364804c7392b29e6810616",
    ("municipal-1", 2): "5e8beb045e681682f2f23ea89bd8486d8cde35111837c1afd01b96c0c536c479",
    ("prefecture", 2): "41095d3c51f33fa48c431f88c117dce4a1a88dc22d219a3243ef41c61a97002e",
    ("small_town", 2): "032658ad59325012cce2847340ba6a5cec3b6f9ec5e3eb4c7562d13d8ada1a0a",
    ("every_check", 2): "f5ef761365e52760f097aa28f4b21af9237005f6cb48831c8257ded2fa46deb6",
}
"""Forms whose places, formulas and checks this program makes out of a definition, and version of the panel → the fingerprint of every cell of a sheet."""


@pytest.mark.parametrize(("name", "panel"), SECOND_VOCABULARY)
def test_second_vocabulary__a_definition_always_gives_the_same_cells(name: str, panel: int) -> None:
    said = json.dumps(cells_of(compile_plan(form(name), YEAR, panel=panel)), ensure_ascii=False)
    assert hashlib.sha256(said.encode()).hexdigest() == SECOND_VOCABULARY[name, panel], (
        "books of every form of the second vocabulary would be read as changed: what makes cells of a definition "
        "stays as it was issued, another way of it needs a version of its own (CONTRIBUTING.md)"
    )


def cells_of(plan: Plan) -> list[tuple[str | None, ...]]:
    """Return every cell of a sheet: where it stands, its name, and what is written into it."""
    slots, labels = plan.slots, plan.labels
    return [
        *(("label", a.area.a1(), a.role.value, a.text) for a in labels),
        *(("slot", s.area.a1(), s.name, s.pointer, s.by.value, s.kind.value) for s in slots),
        *((s.area.a1(), s.formula.text(plan.ref)) for s in slots if s.formula),
        *((area.a1(), formula) for area, formula in checks.panel_formulas(plan)),
        *(
            ("check", c.mark_name, c.reason_name, c.mark.a1(), c.advice_area.a1(), c.reason.a1())
            for c in plan.checks
        ),
        ("printed", plan.sheet, plan.print_area.a1()),
    ]


SECOND_PANEL = "f8ffd13dc168a552744fde43364e9ae5b5ffa7dd1c01f7e46ec5414244cdb58f"


def test_second_panel__counts_what_it_counted() -> None:
    said = "\n".join(f"{name} {array}" for name, array in constants().items())
    assert hashlib.sha256(said.encode()).hexdigest() == SECOND_PANEL, (
        "the names that the counters of issued books ask for have changed: other weights need names of their own"
    )
