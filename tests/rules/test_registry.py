from __future__ import annotations

import pytest

from tests.rules.samples import AMOUNTS, AXES
from yosan_xl.rules.check import RULES
from yosan_xl.rules.registry import overlap
from yosan_xl.rules.stages import computed


@pytest.mark.parametrize(
    ("read", "pointer", "expected"),
    [
        ("/lines/*/requested", "/lines/3/requested", True),
        ("/lines/*/requested", "/lines/3/label", False),
        ("/lines/*/requested", "/lines", True),
        ("/lines/*/requested", "/lines/3", True),
        ("/department", "/department/code", True),
        ("/total/requested", "/total", True),
        ("/total", "/totals", False),
        ("/no", "", True),
    ],
)
def test_overlap__is_a_prefix_either_way(read: str, pointer: str, expected: bool) -> None:
    assert overlap(read, pointer) is expected


def test_rules__have_each_code_once_and_read_something() -> None:
    codes = [rule.code.code for rule in RULES]

    assert len(set(codes)) == len(codes)
    reads = [rule.reads_of(AXES) for rule in RULES if rule is not computed]
    assert all(own and all(read.startswith("/") for read in own) for own in reads)


_ROWS = "/lines/*/"
_STAGES = ("amount", "budgeted")
_OF_ROWS = {f"{_ROWS}{key}" for key in AMOUNTS}
_OF_TOTALS = {f"/total/{key}" for key in AMOUNTS}
_SOURCES = {f"/funding/{key}/{own}" for key in AXES.specific for own in _STAGES}
_TERM = {f"/contract_authorization/{key}" for key in ("term_start", "term_end")}
_CONTRACT = {*_TERM, "/contract_authorization/limit"}
_REST = {f"/funding/{AXES.rest}/{own}" for own in _STAGES}
_WARNINGS = {
    "YX207": {*_OF_ROWS, *_OF_TOTALS, *_SOURCES, *_REST},
    "YX208": {"/lines/*/label", "/lines/*/requested"},
    "YX213": {"/lines/*/label", "/lines/*/requested"},
    "YX403": {"/fiscal_year", *_TERM},
    "YX404": {"/future_cost", *_CONTRACT},
    "YX405": {"/future_cost", *_CONTRACT},
}


@pytest.mark.parametrize("code", _WARNINGS)
def test_reads__of_a_warning_stay_for_the_reasons_that_ledgers_keep(code: str) -> None:
    """A reason in a year's ledger holds while what its rule reads stays as it was."""
    (found,) = (rule for rule in RULES if rule.code.code == code)

    assert set(found.reads_of(AXES)) == _WARNINGS[code]
