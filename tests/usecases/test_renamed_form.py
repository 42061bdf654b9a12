"""Every label of a form renamed: no output has an old word, so nothing downstream knows a form's words."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.form.toml_text import to_toml
from tests.forms.outputs import commands, compared, files
from tests.forms.years import documents_of, form_text, make_year
from tests.usecases.year import faultless_documents
from yosan_xl.form.mapping import get, put
from yosan_xl.model.axes import Axes
from yosan_xl.model.request import Document
from yosan_xl.store.year_folder import open_year_folder
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.validate import validate
from yosan_xl.usecases.year import form_of

pytestmark = pytest.mark.slow

WORDS = (
    *("title", "label", "name", "text", "hint", "subtotal", "say", "sheet", "about"),
    *("part", "printed", "advice"),  # of the first vocabulary
)
"""Keys of a definition whose texts are words of the form (`name` of a group; of a source it is true)."""

FORMS = ("minato-r2", "municipal-1", "prefecture", "small_town")


def renamed(value: Any, names: dict[str, str]) -> Any:
    """Return a definition's table with every word of it replaced, noting what by what."""
    if isinstance(value, dict):
        return {key: _word(key, one, names) for key, one in value.items()}
    return [renamed(one, names) for one in value] if isinstance(value, list) else value


def _word(key: str, value: Any, names: dict[str, str]) -> Any:
    if key in WORDS and isinstance(value, str):
        return names.setdefault(value, f"札{len(names) + 1:02d}号")
    return renamed(value, names)


def in_groups(documents: list[Document], names: Mapping[str, str]) -> list[Document]:
    """Return documents whose rows and 小計 have the groups' new names."""
    text = json.dumps(documents, ensure_ascii=False)
    group = re.compile('("(?:group|part)": )"([^"]*)"')
    made: list[Document] = json.loads(
        group.sub(lambda found: f'{found[1]}"{names.get(found[2], found[2])}"', text)
    )
    return made


def requests_of(form: str) -> list[Document]:
    """Return requests of a form for the city's year."""
    if form != "minato-r2":
        return documents_of(form)[:12]
    own = [{**one, "fiscal_year": 2027, "account": "一般会計"} for one in faultless_documents()]
    return own[:6]


def spoilt(documents: list[Document], axes: Axes) -> list[Document]:
    """Return documents in which much is wrong, each in its own way, so that as many rules as may be speak."""
    made: list[Document] = json.loads(json.dumps(documents, ensure_ascii=False))[:8]
    for at, document in enumerate(made):
        for number, field in enumerate(axes.fields):
            if field.by == "department" and number % len(made) == at:
                put(document, field.pointer, _wrong(field.kind))
        for source in axes.specific[at % 2 : at % 2 + 1]:
            put(document, axes.pointer("asked", source) or "", 99_000_000)
        for own in axes.lists:
            for row in (get(document, own.pointer) or [])[: at + 1]:
                row[own.columns[at % len(own.columns)].key] = None
    return made


def _wrong(kind: str) -> Any:
    return {"money": -5, "number": 7, "year": 1990, "choice": "ない語"}.get(kind)


def whole_year(root: Path, documents: list[Document], axes: Axes) -> dict[str, str]:
    """Return every text that a year's commands write or say, once with right and once with spoilt requests."""
    said: dict[str, str] = {}
    for name, own in (("right", documents), ("spoilt", spoilt(documents, axes))):
        year = root / name
        shutil.copytree(root / "blank", year)
        (year / "requests.json").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
        told = [str(one) for one in fill(year / "requests.json", year / "提出").findings]
        told += [str(one) for one in validate([year], year).findings]
        said |= {f"{name} findings": "\n".join(told), **commands(year)}
        (year / "requests.json").unlink()
        said |= {f"{name} {path.name}": text for path, text in files(year)}
    return said | compared(root / "right", axes)


GENERAL = {
    *("所管課", "所管課コード", "要求書", "要求書ID", "財源内訳", "単位：千円"),
    *("債務負担行為", "債務負担行為の期間", "限度額"),  # words of the law
    "査定区分",  # a column of the summary's own sheet 査定, beside 備考
}
"""Words of three and more characters that the program says of every form, and one form has too."""


def words_of_forms() -> set[str]:
    """Return the words of all forms, but the shortest: those are parts of others (款, 金額)."""
    names: dict[str, str] = {}
    for form in FORMS:
        table = tomllib.loads(form_text(form))
        table.pop("checks", None)  # its words are the panel's of every form
        renamed(table, names)
    every = {word.replace("{prefecture}", "県").replace("{year}", "") for word in names}
    return {word for word in every if len(word) > 2} - GENERAL


@pytest.mark.parametrize("form", FORMS)
def test_renamed_form__has_no_old_word_in_any_output(form: str, tmp_path: Path) -> None:
    names: dict[str, str] = {}
    table = renamed(tomllib.loads(form_text(form)), names)
    documents = in_groups(requests_of(form), names)
    make_year(tmp_path / "blank", to_toml(table), documents)
    generate(tmp_path / "blank")
    axes = form_of(open_year_folder(tmp_path / "blank")).axes
    said = whole_year(tmp_path, documents, axes)
    data = json.dumps(documents, ensure_ascii=False)
    old = {word for word in words_of_forms() if word not in data}
    assert len(old) > 50
    found = {(word, name) for word in old for name, text in said.items() if word in text}
    assert sorted(found) == []
    # In the first vocabulary an amount has a label of its own, for findings alone.
    parts = ("stages", "fields") if "vocabulary" in table else ()
    labels = [own["label"] for part in parts for own in table[part].values()]
    assert [one for one in labels if not any(one in text for text in said.values())] == []
