"""The definition: a closed vocabulary, and its one list."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from yosan_xl.excel.summary.template import read_definition, summary_definition
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition, parse_definition
from yosan_xl.resources import template_folder

FORM = load_definition(USUAL_FORM)
SHIPPED = (template_folder("summary") / "summary.toml").read_text(encoding="utf-8")


def test_definition__the_list_keeps_prose_off_the_paper() -> None:
    listing = summary_definition(FORM).listing
    printed = {field.key for field in listing.fields if field.printed}
    assert {"no", "title", "limit"} <= printed
    assert not {"/description", "file", "id"} & printed


def test_definition__a_sheet_may_have_its_own_width() -> None:
    sheets = {sheet.name: sheet for sheet in summary_definition(FORM).sheets}
    narrow, wide = sheets["一覧"], sheets["会計・款別"]
    assert narrow.fields[narrow.column("account")].width == 14
    assert wide.fields[wide.column("account")].width == 24


@pytest.mark.parametrize("kind", ['kind = "money"', 'kind = "grouped"'])
def test_definition__an_unknown_kind_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "summary.toml"
    path.write_text(SHIPPED.replace(kind, 'kind = "colour"', 1), encoding="utf-8")
    with pytest.raises(ValueError, match="colour"):
        read_definition(path, FORM)


def test_definition__an_unknown_column_is_refused() -> None:
    with pytest.raises(KeyError, match="一覧: colour"):
        summary_definition(FORM).listing.column("colour")


def test_definition__a_field_of_the_form_has_the_label_of_the_form() -> None:
    labels = summary_definition(FORM).labels
    assert (labels["kan"], labels["/description"]) == ("款", "事業説明文")
    assert [labels[f"asked/{key}"] for key in ("total", "specific", "other")] == [
        *("要求額", "うち特財", "その他特財"),
    ]


def test_definition__no_label_of_the_form_is_written_again() -> None:
    said = {one.label for one in FORM.axes.fields} | {one.label for one in FORM.axes.sources}
    rows = tomllib.loads(SHIPPED)["fields"].items()
    own = {key: row["label"] for key, row in rows if "label" in row and "is" not in row}
    assert [key for key, label in own.items() if label in said] == []


@pytest.mark.parametrize("word", ['is = "level1"', '"department_code", "bureau", "section"'])
def test_definition__a_word_that_no_form_can_have_is_refused(word: str, tmp_path: Path) -> None:
    path = tmp_path / "summary.toml"
    strange = 'is = "colour"' if "is" in word else '"department_code", "colour"'
    path.write_text(SHIPPED.replace(word, strange), encoding="utf-8")
    with pytest.raises(KeyError, match="colour"):
        read_definition(path, FORM)


def test_definition__another_form_brings_its_own_words() -> None:
    data = (template_folder(USUAL_FORM) / "form.toml").read_bytes()
    other = parse_definition(data.replace("事業名".encode(), "事業の名称".encode()), "form.toml")
    labels = summary_definition(other).labels
    assert (labels["title"], labels["kan"]) == ("事業の名称", "款")
