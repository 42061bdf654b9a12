"""The picture of the floors: every part of the contract, arrows down alone, the same while single imports come and go."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from scripts.make_floors import about, floors, floors_svg, import_counts


def test_floors__are_those_of_the_contract_from_the_top() -> None:
    assert floors()[0] == ("cli",)
    assert floors()[-1] == ("resources",)
    assert ("excel", "store", "report") in floors()


def test_picture__is_xml_and_names_every_part_and_only_imports_that_go_down() -> None:
    words = [one.text or "" for one in ElementTree.fromstring(floors_svg()).iter()]
    rows = {part: row for row, floor in enumerate(floors()) for part in floor}
    assert all(part in words for part in rows)
    told = re.findall(r"(\w+) → ((?:\w+ [0-9]+(?:, )?)+)", " ".join(words))
    assert {part for part, _ in told} >= {"cli", "usecases", "excel", "store", "rules"}
    for part, targets in told:
        assert all(rows[name] > rows[part] for name in re.findall(r"([a-z]+) [0-9]", targets))


def test_import_counts__counts_modules_of_other_parts_once() -> None:
    links = {
        "yosan_xl.cli.a": frozenset({"yosan_xl.model.x", "yosan_xl.model.y", "yosan_xl.cli.b"}),
        "yosan_xl.cli.b": frozenset({"yosan_xl.model.x", "yosan_xl"}),
    }
    assert import_counts(links) == {("cli", "model"): 3}


@pytest.mark.parametrize(
    ("count", "told"), [(1, 1), (9, 9), (38, 40), (61, 60), (148, 100), (293, 300)]
)
def test_about__keeps_the_first_figure(count: int, told: int) -> None:
    assert about(count) == told
