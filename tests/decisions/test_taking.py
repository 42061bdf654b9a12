"""What is typed into a summary is taken by every command that writes, from every book of 集計 and from those that are named."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.decisions.books import AMOUNT, Place, cell_at, load, save
from tests.decisions.command import yosan
from tests.decisions.outputs import in_list
from tests.usecases.publish.samples import hand_in, json_year
from tests.usecases.year import faultless_documents
from yosan_xl.excel.summary import reading
from yosan_xl.store.decisions_file import read_decisions

NOTICED = '\n[[stages]]\nname = "財政課"\nnotice = true\n\n[[stages]]\nname = "区長"\n'


@pytest.fixture
def year(tmp_path: Path) -> Path:
    folder = json_year(tmp_path / "R2")
    hand_in(folder, [one | {"no": None} for one in faultless_documents()])
    yosan(folder, "consolidate")
    return folder


def summary_of(year: Path) -> Path:
    return year / "集計" / "R2_集計.xlsx"


def type_at(path: Path, amounts: dict[str, int | None]) -> None:
    book = load(path)
    for request, amount in amounts.items():
        cell = cell_at(book, Place(request, AMOUNT))
        assert cell is not None
        cell.value = amount
    save(book, path)


def kept(year: Path) -> list[object]:
    """Return the values that 査定.json has, in their order."""
    return [one.value for one in read_decisions(year).history.records]


def test_consolidate__prints_how_many_entries_are_new_changed_and_removed(year: Path) -> None:
    type_at(summary_of(year), {"0601-1": 300, "0602-1": 4_000})
    said = yosan(year, "consolidate").text
    assert "財政課の記入 2 件を入れました（新しい 2、変わった 0、消された 0）。" in said
    type_at(summary_of(year), {"0601-1": 310, "0602-1": None, "0205-1": 6_000})
    assert "（新しい 1、変わった 1、消された 1）" in yosan(year, "consolidate").text
    assert "（新しい 0、変わった 0、消された 0）" in yosan(year, "consolidate").text
    type_at(summary_of(year), {"0601-1": None, "0205-1": None})
    assert "（新しい 0、変わった 0、消された 2）" in yosan(year, "consolidate").text


def test_consolidate_with__takes_a_book_from_anywhere_once(year: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "メールの添付.xlsx"
    shutil.copyfile(summary_of(year), elsewhere)
    type_at(elsewhere, {"0601-1": 300})
    before = elsewhere.read_bytes()
    yosan(year, "consolidate")
    assert kept(year) == []
    said = yosan(year, "consolidate", "--with", str(elsewhere)).text
    assert "新しい 1、変わった 0、消された 0" in said
    assert in_list(summary_of(year))["0601-1"].total == 300
    type_at(summary_of(year), {"0601-1": 310})
    yosan(year, "consolidate")
    # It is known: what it says is not said again.
    yosan(year, "consolidate", "--with", str(elsewhere))
    assert kept(year) == [300, 310]
    assert in_list(summary_of(year))["0601-1"].total == 310
    assert elsewhere.read_bytes() == before


def test_copies_that_we_keep__are_not_read(year: Path) -> None:
    folder = year / "集計" / "控え"
    folder.mkdir()
    shutil.copyfile(summary_of(year), folder / "R2_集計_田中.xlsx")
    type_at(folder / "R2_集計_田中.xlsx", {"0601-1": 300})
    yosan(year, "consolidate")
    assert kept(year) == []


def test_books__that_were_read_are_not_opened_again(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("R2_集計 - コピー", "R2_集計_田中"):
        shutil.copyfile(summary_of(year), summary_of(year).with_name(f"{name}.xlsx"))
    type_at(summary_of(year).with_name("R2_集計_田中.xlsx"), {"0601-1": 300})
    yosan(year, "consolidate")
    opened: list[str] = []
    own = reading.read_summary

    def seen(data: bytes, name: str, *rest: Any) -> object:
        opened.append(name)
        return own(data, name, *rest)

    monkeypatch.setattr(reading, "read_summary", seen)
    yosan(year, "consolidate")
    assert opened == []
    type_at(summary_of(year).with_name("R2_集計_田中.xlsx"), {"0602-1": 4_000})
    yosan(year, "consolidate")
    assert opened == ["R2_集計_田中.xlsx"]
    assert kept(year) == [300, 4_000]


@pytest.mark.parametrize(
    "words",
    [
        ("page",),
        ("export",),
        ("publish", "要求状況"),
        ("notice",),
        ("stage", "close", "区長", "--anyway"),
        ("stage", "reopen", "財政課"),
    ],
    ids=" ".join,
)
def test_command__keeps_what_was_typed_before_it_writes(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    year = json_year(tmp_path / "R2")
    with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
        settings.write(NOTICED)
    yosan(year, "number")
    yosan(year, "consolidate")
    type_at(summary_of(year), {one["id"]: 300 for one in faultless_documents()})
    yosan(year, "stage", "close", "財政課", "--anyway")
    yosan(year, "consolidate")
    type_at(summary_of(year), {"0601-1": 310})
    yosan(year, *words, finds_office=False)
    assert kept(year)[-1] == 310
    # The summary is lost: that costs nothing.
    shutil.rmtree(year / "集計")
    yosan(year, "consolidate")
    assert kept(year)[-1] == 310
    if "reopen" not in words:
        assert in_list(summary_of(year))["0601-1"].total == 310


def test_database__says_which_no_may_still_change(year: Path) -> None:
    path = year.parent / "要求.sqlite"
    for state in ("仮", "確定"):
        yosan(year, "export", "--format", "sqlite", "--output", str(path))
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute('SELECT DISTINCT "NOの状態" FROM "要求"').fetchall()
        assert found == [(state,)]
        yosan(year, "number")
