from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.usecases.archive.samples import json_year, put
from tests.usecases.year import ROOT
from yosan_xl.store.archive import index as index_module
from yosan_xl.store.archive.index import TABLES, VERSION, VIEWS, indexed
from yosan_xl.store.archive.shelf import read_shelf
from yosan_xl.usecases.archive.reindex import reindex
from yosan_xl.usecases.errors import WrongInput

PAGE = (ROOT / "docs" / "archive.md").read_text(encoding="utf-8")


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """The index of an archive with two stages."""
    year = json_year(tmp_path / "R2")
    put(year)
    put(year, "内示")
    return tmp_path / "保存庫" / "索引.sqlite"


def ask(index: Path, query: str) -> list[tuple[object, ...]]:
    """Ask as any other program would."""
    with closing(sqlite3.connect(index)) as db:
        return db.execute(query).fetchall()


def test_index__has_every_request_line_and_source(index: Path) -> None:
    by_stage = "SELECT stage, count(*), sum(requested) FROM requests JOIN stages USING (stage_id) GROUP BY stage_id"
    assert ask(index, by_stage) == [("要求", 9, 383_511), ("内示", 9, 383_511)]
    assert ask(index, "SELECT sum(requested) FROM lines") == [(2 * 383_511,)]
    assert ask(index, "SELECT sum(amount) FROM funding") == [(2 * 383_511,)]
    assert ask(index, "SELECT count(DISTINCT code) > 50 FROM departments") == [(1,)]


def test_index__has_a_view_in_japanese(index: Path) -> None:
    query = "SELECT 所管課, 要求額_千円 FROM 要求一覧 WHERE 段階 = '要求' AND NO = 60"
    assert ask(index, query) == [("保健福祉支援部 生活福祉調整課", 6_259)]


def test_index__is_one_closed_file(index: Path) -> None:
    assert ask(index, "PRAGMA journal_mode") == [("delete",)]
    assert ask(index, "PRAGMA integrity_check") == [("ok",)]
    assert [path.name for path in index.parent.glob("索引*")] == ["索引.sqlite"]


def test_reindex__makes_a_lost_index_anew_alike(index: Path) -> None:
    before = index.read_bytes()
    index.unlink()
    assert reindex(index.parent) == index
    assert index.read_bytes() == before


@pytest.mark.parametrize("spoilt", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_add__makes_an_index_anew_that_is_none(index: Path, spoilt: bytes) -> None:
    before = index.read_bytes()
    index.write_bytes(spoilt)
    put(index.parent.parent / "R2")
    assert index.read_bytes() == before


def test_add__makes_an_index_of_another_version_anew(index: Path) -> None:
    before = index.read_bytes()
    with closing(sqlite3.connect(index)) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
        db.commit()
    put(index.parent.parent / "R2")
    assert index.read_bytes() == before


def test_index__is_found_under_a_name_with_marks(tmp_path: Path) -> None:
    year = json_year(tmp_path / "a?b#c%20 d" / "R2")
    put(year)
    assert indexed(year.parent / "保存庫" / "索引.sqlite") == [
        (stage.name, stage.sha256) for stage in read_shelf(year.parent / "保存庫").stages
    ]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/a/索引", "file:///a/%E7%B4%A2%E5%BC%95"),
        ("C:/a", "file:///C:/a"),
        ("//server/share/a", "file:////server/share/a"),
    ],
)
def test_index__is_opened_read_only_wherever_it_is(path: str, uri: str) -> None:
    assert index_module._read_only(path) == f"{uri}?mode=ro&immutable=1"


def test_reindex__refuses_a_broken_archive(index: Path) -> None:
    (index.parent / "R2" / "要求" / "manifest.json").write_text("{}")
    with pytest.raises(WrongInput, match="YX647"):
        reindex(index.parent)


def test_page__describes_every_table_and_column() -> None:
    for table, columns in TABLES.items():
        section = PAGE.split(f"\n### {table}")[1].split("\n### ")[0]
        for name in re.findall(r"^ +([a-z_0-9]+) (?:INTEGER|TEXT)", columns, re.M):
            assert f"`{name}`" in section, f"{table}.{name}"
    for view in VIEWS:
        assert f"### {view}" in PAGE
