from __future__ import annotations

import pytest

from tests.rules.samples import AXES
from yosan_xl.rules.amounts import computed
from yosan_xl.rules.check import RULES
from yosan_xl.rules.registry import overlap


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
