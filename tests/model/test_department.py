"""Departments are found however their names are spelled."""

from __future__ import annotations

import unicodedata

import pytest

from yosan_xl.model.department import Department, Roster

ROSTER = Roster(
    (
        Department("0301", "子ども家庭支援部", "子ども政策課"),
        Department("0801", "芝地区総合支所", "区民課"),
        Department("0901", "麻布地区総合支所", "区民課"),
        Department("1301", "会計室", ""),
    )
)


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("0301", ["0301"]),
        (unicodedata.normalize("NFD", "子ども政策課"), ["0301"]),
        ("⼦ども政策課", ["0301"]),  # U+2F26, as a PDF gives it
        ("子ども家庭支援部　子ども政策課", ["0301"]),
        ("区民課", ["0801", "0901"]),
        ("芝地区総合支所 区民課", ["0801"]),
        ("会計室", ["1301"]),
        ("税務課", []),
    ],
)
def test_find__by_code_or_name_however_spelled(wanted: str, codes: list[str]) -> None:
    assert [unit.code for unit in ROSTER.find(wanted)] == codes
