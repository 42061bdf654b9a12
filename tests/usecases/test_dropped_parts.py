"""Each optional part of a form dropped in turn: the whole year goes through, and no output has what the form lacks."""

from __future__ import annotations

import copy
import json
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.form.toml_text import to_toml
from tests.forms.outputs import commands, compared, files
from tests.forms.years import documents_of, form_text, make_year
from tests.usecases.test_renamed_form import words_of_forms
from tests.usecases.year import hand_in_filled
from yosan_xl.form.mapping import complete, document_of, get, sheet_values
from yosan_xl.form.plan import Plan
from yosan_xl.model.request import Document
from yosan_xl.store.year_folder import open_year_folder
from yosan_xl.usecases.generate import generate, plan_for
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate
from yosan_xl.usecases.year_source import open_source

pytestmark = pytest.mark.slow

Table = dict[str, Any]
Drop = Callable[[Table], None]

FORMS = ("municipal-1", "prefecture", "small_town")
CONTRACT = ("contract_start", "contract_end", "contract_limit")
LEVELS = ("account", "level1", "level2", "level3")


def field_of(table: Table, meaning: str) -> str | None:
    """Return the key of the field with a meaning."""
    fields = table["fields"].items()
    return next((key for key, own in fields if own.get("is") == meaning), None)


def without_field(table: Table, key: str) -> None:
    """Drop a field, and those whose choices depend on it."""
    del table["fields"][key]
    for other, own in list(table["fields"].items()):
        if own.get("under") == key and own.get("is") == "level1":
            del own["under"]
        elif own.get("under") == key:
            without_field(table, other)
    unplace(table, key)


def without_meanings(table: Table, *meanings: str) -> None:
    """Drop what says that fields mean something; the fields stay. A 款 without it has no list, and goes."""
    for meaning in meanings:
        if key := field_of(table, meaning):
            if meaning in LEVELS:
                without_field(table, key)
            else:
                del table["fields"][key]["is"]


def without_column_meaning(table: Table, list_key: str, column: str) -> None:
    del table["lists"][list_key]["columns"][column]["is"]


def without_source(table: Table, key: str) -> None:
    del table["sources"][key]
    without_relations(table)


def without_rest(table: Table) -> None:
    """Make 一般財源 a source like any other."""
    for own in table["sources"].values():
        own.pop("rest", None)
    without_relations(table)


def without_names(table: Table) -> None:
    for own in table["sources"].values():
        own.pop("name", None)


def without_sources(table: Table) -> None:
    del table["sources"]
    without_relations(table)


def without_stage(table: Table, key: str) -> None:
    """Drop a stage, the columns that add up to it and what is computed of it."""
    del table["stages"][key]
    for own in table.get("lists", {}).values():
        for name, column in list(own["columns"].items()):
            if column.get("stage") == key:
                del own["columns"][name]
    for other, own in list(table["stages"].items()):
        if key in own.get("of", ()):
            without_stage(table, other)


def without_list(table: Table, key: str) -> None:
    del table["lists"][key]
    without_relations(table)
    unplace(table, key)


def without_relations(table: Table) -> None:
    table.pop("relations", None)


def without_groups(table: Table, key: str) -> None:
    table["lists"][key] |= {"rows": sum(one["rows"] for one in table["lists"][key].pop("groups"))}


def without_prose(table: Table) -> None:
    for key, own in list(table["fields"].items()):
        if own.get("kind") == "prose":
            without_field(table, key)


def unplace(table: Table, key: str) -> None:
    """Take a field or a list from the page."""
    table["bands"] = _kept(table["bands"], key)


def _kept(value: Any, key: str) -> Any:
    if isinstance(value, list):
        made = [_kept(one, key) for one in value if one != key and not _places(one, key)]
        return [one for one in made if not _is_bare(one)]
    if isinstance(value, dict):
        return {name: _kept(one, key) for name, one in value.items()}
    return value


def _places(value: Any, key: str) -> bool:
    return isinstance(value, dict) and key in (value.get("field"), value.get("list"))


def _is_bare(value: Any) -> bool:
    if isinstance(value, list):
        return not value or all(isinstance(one, dict) and "text" in one for one in value)
    parts = ("rows", "beside", "fields", "stack")
    return isinstance(value, dict) and any(value.get(part) == [] for part in parts)


def drops(form: str) -> Iterator[tuple[str, Drop]]:
    """Yield every optional part of a form by its name, with what drops it."""
    table = tomllib.loads(form_text(form))
    yield "all sources", without_sources
    yield "rest", without_rest
    yield "prose", without_prose
    for key in table["sources"]:
        yield f"source {key}", partial(without_source, key=key)
    if any(own.get("name") for own in table["sources"].values()):
        yield "names", without_names
    for key, own in table["stages"].items():
        if own.get("is") != "asked":
            yield f"stage {key}", partial(without_stage, key=key)
    if "relations" in table:
        yield "relations", without_relations
    for key, own in table.get("lists", {}).items():
        yield from _of_list(key, own)
    for key, own in table["fields"].items():
        if own.get("is") not in CONTRACT[1:]:
            yield from _of_field(key, own)


def _of_list(key: str, own: Table) -> Iterator[tuple[str, Drop]]:
    yield f"list {key}", partial(without_list, key=key)
    if "groups" in own:
        yield f"groups {key}", partial(without_groups, key=key)
    for name, column in own["columns"].items():
        if "is" in column:
            part = partial(without_column_meaning, list_key=key, column=name)
            yield f"meaning {key}.{name}", part


def _of_field(key: str, own: Table) -> Iterator[tuple[str, Drop]]:
    if own.get("is") == CONTRACT[0]:
        yield "meaning contract", lambda table: without_meanings(table, *CONTRACT)
    elif meaning := own.get("is"):
        yield f"meaning {meaning}", lambda table: without_meanings(table, meaning)
    elif own.get("private"):
        yield f"field {key}", partial(without_field, key=key)


def fitted(document: Document, plan: Plan) -> Document:
    """Return a document with just what a form has, its sums as they are then."""
    made = copy.deepcopy(document)
    axes = plan.axes
    for rows in (get(made, one.pointer) for one in axes.lists if not one.groups):
        for row in rows or ():
            row.pop("group", None)
    for stage in axes.stages:
        total = stage.amounts["total"]
        own = [p for source, p in stage.amounts.items() if source not in ("total", "specific")]
        if axes.sources and axes.rest is None and isinstance(whole := get(made, total), int):
            rest = whole - sum(get(made, pointer) or 0 for pointer in own[:-1])
            key, source = own[-1].rsplit("/", 2)[1:]
            made["amounts"][key][source] = rest
    values = complete(sheet_values(made, plan), plan, {"accounts": "一般会計"})
    return document_of(values, plan)[0]


CASES = [(form, name) for form in FORMS for name, _ in drops(form)]


@pytest.mark.parametrize(("form", "part"), CASES[::2])
def test_dropped_part__leaves_a_year_that_goes_through(
    form: str, part: str, tmp_path: Path
) -> None:
    """Of the parts every second; `sh scripts/exam dropped_parts` drops all of them."""
    check(form, part, tmp_path)


def check(form: str, part: str, tmp_path: Path) -> None:
    """Drop a part, and see that a year of the form goes through and has none of its words in an output."""
    table = tomllib.loads(form_text(form))
    dict(drops(form))[part](table)
    text = to_toml(table)
    documents = [one for one in documents_of(form) if one["id"].startswith(("02", "05"))][:3]
    year = make_year(tmp_path / "R9", text, documents)
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text(settings.replace("sheets = 5", "sheets = 1"), "utf-8")
    plan = plan_for(open_year_folder(year).settings, year)
    own = [fitted(document, plan) for document in documents]
    (year / "requests.json").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    generate(year)
    hand_in_filled(year)
    (year / "requests.json").unlink()
    assert read([year / "配布"]).result["requests"] == []
    assert by_id(read([year / "提出"]).result["requests"]) == by_id(own)
    assert [str(one) for one in validate([year], year).findings if one.is_error] == []
    said = {**commands(year), **compared(year, plan.axes)}
    said |= {path.name: words for path, words in files(year)}
    listed = open_source(str(next((year / "集計").glob("*_集計.xlsx")))).requests.requests
    asked = plan.axes.pointer("asked") or ""
    assert sum(get(one.document, asked) for one in listed) == sum(get(one, asked) for one in own)
    for word in lost(form, text, own):
        assert [name for name, words in said.items() if word in words] == []


def by_id(documents: list[Document]) -> dict[object, Document]:
    return {document["id"]: {**document, "no": None} for document in documents}


def lost(form: str, text: str, documents: list[Document]) -> set[str]:
    """Return the words that the form no longer has, nor the requests."""
    there = text.replace("{prefecture}", "県") + json.dumps(documents, ensure_ascii=False)
    whole = form_text(form).replace("{prefecture}", "県")
    return {word for word in words_of_forms() if word in whole and word not in there}


def main() -> int:
    """Drop every part in turn, and print the counts."""
    for form, part in CASES:
        with TemporaryDirectory() as folder:
            check(form, part, Path(folder))
    print(f"{len(CASES)} parts dropped: every year goes through")
    return 0


if __name__ == "__main__":
    sys.exit(main())
