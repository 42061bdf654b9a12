from __future__ import annotations

from pathlib import Path

import pytest

from tests.form.samples import definition
from yosan_xl.form.definition import DefinitionError
from yosan_xl.form.load import load_definition, read_definition
from yosan_xl.resources import template_folder

TEXT = (template_folder("minato-r2") / "form.toml").read_text(encoding="utf-8")


def read(tmp_path: Path, old: str, new: str) -> None:
    """Read the definition with one thing of it changed."""
    assert old in TEXT, old
    path = tmp_path / "form.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    read_definition(path)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('id = "minato-r2"', 'id = "minato-r2"\ncolour = "red"', r"\[form\.toml\] colour"),
        ('"/no" = {', '"/no" = { when = "x",', r"\[/no\] when"),
        ("[lines]", '[lines]\nfont = "x"', r"\[lines\] font"),
        (
            'label = { columns = "group:note",',
            'label = { columns = "a", if = 1,',
            r"\[label\] if",
        ),
        ("optional = true", "optional = true\nshow = 1", r"\[lines\.groups\] show"),
        ("[checks]", "[checks]\nwhen = 1", r"\[checks\] when"),
        (
            '{ kind = "missing",',
            '{ kind = "missing", formula = "A1",',
            r"\[checks\.items\] formula",
        ),
        ('role = "title"', 'role = "title"\nheight = 3', r"\[row\] height"),
        ('label = "所管課" }', 'label = "所管課", bold = true }', r"\[cells\] bold"),
        ("[left]", "[left]\nfill = 1", r"\[left, right\] fill"),
    ],
)
def test_unknown_key__is_refused_and_located(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    with pytest.raises(DefinitionError, match=where):
        read(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('kind = "number"', 'kind = "float"', "/no: 「float」は使えません"),
        (
            'kind = "number", by = "finance"',
            'kind = "number", by = "mayor"',
            "/no: 「mayor」は使えません",
        ),
        ('role = "title"', 'role = "banner"', "row: 「banner」は使えません"),
        ('role = "note"', 'role = "red"', "cells: 「red」は使えません"),
        (
            'relation = "bracket"',
            'relation = "product"',
            "account_note: relation の「product」は使えません",
        ),
    ],
)
def test_unknown_word__is_refused_and_located(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    with pytest.raises(DefinitionError, match=where):
        read(tmp_path, old, new)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('kind = "number", by = "finance"', 'kind = "number"', "/no: by と relation のどちらか1つ"),
        (
            'relation = "bracket"',
            'relation = "bracket", by = "finance"',
            "account_note: by と relation のどちらか1つ",
        ),
    ],
)
def test_by_or_relation__one_and_only_one(tmp_path: Path, old: str, new: str, where: str) -> None:
    with pytest.raises(DefinitionError, match=where):
        read(tmp_path, old, new)


def test_load__unknown_form() -> None:
    with pytest.raises(KeyError):
        load_definition("minato-r0")


def test_order__has_every_pointer_once_and_the_lists_before_the_total() -> None:
    order = definition().order
    pointers = {key for key in definition().fields if key.startswith("/")}
    assert set(order) == {*pointers, "/lines", "/subtotals"}
    assert len(order) == len(set(order))
    place = order.index
    assert place("/lines") < place("/subtotals") < place("/total/requested")


def test_hints__fit_an_input_message() -> None:
    # Excel takes 255 characters, and 32 for the title.
    fields = [*definition().fields.values(), *(c.field for c in definition().lists[0].columns)]
    assert all(len(field.hint) <= 255 for field in fields)
    entries = [field for field in fields if field.by.value == "department"]
    assert all(field.hint and len(field.label) <= 32 for field in entries)


def test_fingerprint__comments_may_be_edited_and_words_may_not(tmp_path: Path) -> None:
    text = (template_folder("minato-r2") / "form.toml").read_text(encoding="utf-8")
    own = load_definition("minato-r2").sha256
    path = tmp_path / "form.toml"
    path.write_text("# 註\n" + text, encoding="utf-8")
    assert read_definition(path).sha256 == own
    path.write_text(text.replace("事業名", "事業の名称", 1), encoding="utf-8")
    assert read_definition(path).sha256 != own
