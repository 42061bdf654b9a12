"""The definition: a closed vocabulary, and its one list."""

from __future__ import annotations

from pathlib import Path

import pytest

from yosan_xl.excel.summary.definition import load_definition
from yosan_xl.resources import template_folder

SHIPPED = (template_folder("summary") / "summary.toml").read_text(encoding="utf-8")


def test_definition__the_list_keeps_prose_off_the_paper() -> None:
    listing = load_definition().listing
    printed = {field.key for field in listing.fields if field.printed}
    assert {"no", "title", "limit"} <= printed
    assert not {"description", "file", "id"} & printed


def test_definition__a_sheet_may_have_its_own_width() -> None:
    sheets = {sheet.name: sheet for sheet in load_definition().sheets}
    narrow, wide = sheets["一覧"], sheets["会計・款別"]
    assert narrow.fields[narrow.column("account")].width == 14
    assert wide.fields[wide.column("account")].width == 24


@pytest.mark.parametrize("kind", ['kind = "money"', 'kind = "grouped"'])
def test_definition__an_unknown_kind_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "summary.toml"
    path.write_text(SHIPPED.replace(kind, 'kind = "colour"', 1), encoding="utf-8")
    with pytest.raises(ValueError, match="colour"):
        load_definition(path)


def test_definition__an_unknown_column_is_refused() -> None:
    with pytest.raises(KeyError, match="一覧: colour"):
        load_definition().listing.column("colour")
