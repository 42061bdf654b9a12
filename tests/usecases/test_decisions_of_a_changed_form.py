"""What finance typed outlives a form that has no place for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl

from tests.usecases.year import hand_in_filled
from yosan_xl.resources import data_root
from yosan_xl.usecases.consolidate import consolidate

AMOUNT = 123_456


def _year(root: Path) -> Path:
    """Make a year of an own form with two requests in it."""
    shutil.copytree(data_root() / "examples" / "架空市" / "R9", root)
    text = (data_root() / "templates" / "municipal-1" / "form.toml").read_text(encoding="utf-8")
    (root / "様式").mkdir()
    form = text.replace('"municipal-1"', '"own-1"')
    (root / "様式" / "own-1.toml").write_text(form, encoding="utf-8")
    settings = (root / "yosan.toml").read_text(encoding="utf-8")
    (root / "yosan.toml").write_text(settings.replace("municipal-1", "own-1"), encoding="utf-8")
    documents = json.loads((root / "requests.json").read_text(encoding="utf-8"))[:2]
    own = [{**document, "form": "own-1"} for document in documents]
    (root / "requests.json").write_text(json.dumps(own), encoding="utf-8")
    hand_in_filled(root)
    return root


def _typed(summary: Path) -> list[object]:
    book = openpyxl.load_workbook(summary)
    return [
        cell.value
        for name in ("一覧", "引き継げない記入")
        if name in book.sheetnames
        for row in book[name].iter_rows()
        for cell in row
        if cell.value in (AMOUNT, str(AMOUNT), f"{AMOUNT:,}")
    ]


def test_entries__stay_while_the_form_has_no_decided_stage(tmp_path: Path) -> None:
    year = _year(tmp_path / "R9")
    summary = consolidate([], year).summary
    book = openpyxl.load_workbook(summary)
    headings = [cell.value for cell in book["一覧"][4]]
    book["一覧"].cell(5, headings.index("査定額") + 1).value = AMOUNT
    book.save(summary)
    assert consolidate([], year).carried == 1
    form = year / "様式" / "own-1.toml"
    before = form.read_text(encoding="utf-8")
    form.write_text(
        before.replace("version = 1", "version = 2").replace('is = "decided", ', ""),
        encoding="utf-8",
    )
    consolidate([], year)
    assert _typed(summary)
    form.write_text(before, encoding="utf-8")
    consolidate([], year)
    assert _typed(summary)
