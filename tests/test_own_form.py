"""docs/own-form.md: every word of the language stands in it, and every example in it is of a form that is accepted."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from yosan_xl.form.load import parse_definition
from yosan_xl.form.vocabulary.words import BUILT_IN, COLUMN_MEANINGS, FIELD_MEANINGS, words

PAGE = (Path(__file__).parents[1] / "docs" / "own-form.md").read_text(encoding="utf-8")
TOML = re.compile(r"^```toml\n(.*?)```", re.DOTALL | re.MULTILINE)
EXAMPLES = TOML.findall(PAGE)
RUNNING = TOML.findall(PAGE[PAGE.index("## 3. ") : PAGE.index("## 4. ")])
"""The steps from a paper to a form: together they are one definition."""

BASE = """\
vocabulary = 2
id = "ours-1"
version = 1
title = "予算要求書"

[stages]
prior = { label = "前年度", is = "last_year", by = "prior" }
request = { label = "要求額", is = "asked" }
decision = { label = "査定額", is = "decided", by = "finance" }

[sources]
national = { label = "国庫支出金" }
general = { label = "一般財源", rest = true }

[fields]
title = { label = "事業名", is = "title", max = 60 }
account = { label = "会計", is = "account", choices = "accounts" }
"""
"""A form that an example is put into, where it is no whole form itself."""

SECTION = re.compile(r"^\[+([^\]\n]+)\]+$", re.MULTILINE)
WHOLE = ("stages", "sources", "choices")
"""Tables that an example replaces; of [fields] it replaces what has the same key."""


def sections(text: str) -> list[tuple[str, str]]:
    """Return the tables of a definition in order, by their names ("" for what stands before)."""
    starts = [(found[1], found.start()) for found in SECTION.finditer(text)]
    ends = [*(start for _, start in starts), len(text)]
    own = [(name, text[start:end]) for (name, start), end in zip(starts, ends[1:], strict=True)]
    return [("", text[: ends[0]]), *own]


def completed(example: str) -> str:
    """Return a whole definition with an example in it; what it does not place stands at the end."""
    if example.startswith("vocabulary") and "[[bands]]" in example:
        return example
    given = dict(sections(example))
    head = given[""] if example.startswith("vocabulary") else dict(sections(BASE))[""]
    parts = [head, *(text for name, text in sections(BASE) if name in WHOLE and name not in given)]
    parts.append(_fields(given.get("fields", "")))
    parts += [text for name, text in sections(example) if name not in ("", "fields")]
    text = "\n".join(parts)
    return text + _placed(tomllib.loads(text))


def _fields(given: str) -> str:
    own = set(re.findall(r"^(\w+) *=", given, re.MULTILINE))
    base = dict(sections(BASE))["fields"].splitlines()
    usual = [line for line in base if line.partition(" ")[0] not in own]
    # A field of an example may be `under` one of the base.
    return "\n".join([*usual, *given.splitlines()[1:], ""])


def _placed(table: dict[str, Any]) -> str:
    """Return bands for what no band of the definition has."""
    said = set(_words(table.get("bands", [])))
    free = [key for key in table["fields"] if key not in said]
    rows = "".join(f'[[bands]]\nrows = [["{key}"]]\n' for key in free)
    items = [f'{{ list = "{key}" }}' for key in table.get("lists", {}) if key not in said]
    items += [] if "amounts" in said else ['{ amounts = "sources" }']
    beside = f"[[bands]]\nbeside = [{{ width = 98, stack = [{', '.join(items)}] }}]\n"
    return "\n" + rows + (beside if items else "")


def _words(value: object) -> Iterable[str]:
    if isinstance(value, dict):
        yield from value
        yield from (word for inner in value.values() for word in _words(inner))
    elif isinstance(value, list):
        yield from (word for inner in value for word in _words(inner))
    elif isinstance(value, str):
        yield value


def test_own_form__has_examples() -> None:
    assert len(EXAMPLES) > len(RUNNING) > 5


def test_own_form__steps_are_one_form() -> None:
    definition = parse_definition("\n".join(RUNNING).encode(), "form.toml")
    assert definition.id == "municipal-1"


@pytest.mark.parametrize("example", [one for one in EXAMPLES if one not in RUNNING])
def test_own_form__each_example_is_accepted(example: str) -> None:
    definition = parse_definition(completed(example).encode(), "form.toml")
    assert definition.vocabulary == 2


def test_own_form__has_every_word() -> None:
    missing = [word for word in words() if f"| `{word.key}`" not in PAGE or word.about not in PAGE]
    assert missing == []


def test_own_form__has_an_example_of_every_word() -> None:
    said = {word for text in EXAMPLES for word in re.findall(r"\w+", text)}
    assert {word.key for word in words()} <= said
    own = [one for word in words() for one in word.words]
    assert [one for one in own if one not in said and f"`{one}`" not in PAGE] == []


def test_own_form__has_every_meaning_and_every_list_that_a_year_gives() -> None:
    for one in (*FIELD_MEANINGS, *COLUMN_MEANINGS, *BUILT_IN):
        assert f"`{one}`" in PAGE, one


def test_own_form__has_the_forms_it_shows() -> None:
    for name in re.findall(r"\]\((pictures/[^)]+|[\w-]+\.md)\)", PAGE):
        assert (Path(__file__).parents[1] / "docs" / name).is_file(), name
