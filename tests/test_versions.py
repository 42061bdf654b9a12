"""The versions of libraries that are allowed: bounds on both sides, and the same in the document."""

from __future__ import annotations

import re
import tomllib
from itertools import chain

import pytest

from tests.versions import ROOT, lowest, requirements


def every() -> list[str]:
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = whole["project"]
    optional = project["optional-dependencies"].values()
    return [*whole["build-system"]["requires"], *project["dependencies"], *chain(*optional)]


@pytest.mark.parametrize("requirement", every())
def test_requirement__has_a_lowest_and_a_highest_version_that_the_document_says(
    requirement: str,
) -> None:
    found = re.fullmatch(r"([\w-]+)(>=[\d.]+,<[\d.]+)", requirement)
    assert found, requirement
    name, bounds = found.groups()
    document = (ROOT / "docs" / "dependencies.md").read_text()
    assert re.search(rf"\b{name}(?: \| | \(| ){re.escape(bounds)}", document), requirement


def test_lowest__is_the_lower_bound() -> None:
    assert lowest("click>=8.1,<9") == "click==8.1"
    names = [re.split("[>=]", one)[0] for one in requirements()]
    assert {"xlsxwriter", "openpyxl", "pytest"} <= set(names)
    assert "mypy" not in names
