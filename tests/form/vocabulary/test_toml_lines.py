from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from yosan_xl.form.vocabulary.toml_lines import line_of, lines_of
from yosan_xl.resources import data_root

ROOT = Path(__file__).parents[3]
FORMS = [*(ROOT / "tests" / "forms").glob("*.toml"), *data_root().glob("templates/*/*.toml")]

TEXT = '''# 註 [a]
title = "[x] # = 題"
"quoted key" = { "a b" = 1, c.d = [1, [2, 3]] }
[one.two]
text = """
[not]
a = 1
"""
list = [
  { name = 'é' }, # { }
  { name = "二" },
]
[[rows]]
a = 1
[[rows]]
a = 2
[rows.inner]
b = 1979-05-27T07:32:00Z
'''


def _paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _paths(inner, (*path, index))


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_lines__of_every_key_and_element_with_the_key_on_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, rows = lines_of(text), text.split("\n")
    for one in _paths(tomllib.loads(text)):
        assert one in lines, one
        if isinstance(one[-1], str):
            assert one[-1] in rows[lines[one] - 1], one


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("quoted key", "a b"), 3),
        (("quoted key", "c", "d", 1, 0), 3),
        (("one", "two"), 4),
        (("one", "two", "text"), 5),
        (("one", "two", "list", 1), 11),
        (("one", "two", "list", 1, "name"), 11),
        (("rows", 0, "a"), 14),
        (("rows", 1), 15),
        (("rows", 1, "a"), 16),
        (("rows", 1, "inner", "b"), 18),
        (("rows", 1, "gone"), 15),
        (("gone",), 1),
    ],
)
def test_line__of_a_path_or_what_is_around_it(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(path, lines_of(TEXT)) == line


@pytest.mark.parametrize(
    "text", ["", "[", "a", "=", "a = ", "[[", "]", "{", 'a = "', "a = [", "a.", "'"]
)
def test_lines__end_for_text_that_is_no_toml(text: str) -> None:
    assert all(line == 1 for line in lines_of(text).values())
