"""export --format sqlite: years and stages as plain tables that say what they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.usecases.publish.samples import decide, json_year
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.store.faults import StoreError
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.database import write_database


@pytest.fixture
def year(tmp_path: Path) -> Path:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    return year


@pytest.fixture
def rows(year: Path, tmp_path: Path) -> Iterator[Any]:
    file = write_database([str(year)], tmp_path / "要求.sqlite").file
    with closing(sqlite3.connect(file)) as connection:
        yield lambda query: connection.execute(query).fetchall()


def test_database__adds_up_as_published(rows: Any) -> None:
    assert rows('SELECT count(*), sum("要求額"), count("決定額") FROM "要求"') == [(9, 383_511, 0)]
    query = (
        'SELECT "財源", sum("金額") FROM "財源別の額" WHERE "段階" = \'要求額\' AND "財源の区分" IN '
        "('特定財源', '一般財源') GROUP BY 1 ORDER BY 2"
    )
    assert rows(query) == [("国庫支出金", 5868), ("都支出金", 12_000), ("一般財源", 365_643)]
    assert rows('SELECT sum("要求額") FROM "明細"') == [(383_511,)]
    assert rows('SELECT "年度", "保存段階", "和暦", "金額の単位" FROM "年度"') == [
        (2020, "現在", "令和2年度", "千円")
    ]


def test_database__every_table_and_column_is_described(rows: Any) -> None:
    told = {
        (table, column)
        for table, column, about in rows('SELECT "表", "列", "説明" FROM "説明"')
        if about
    }
    tables = [name for (name,) in rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert len(tables) == 9
    for name in tables:
        assert (name, "") in told
        for _, column, kind, *_ in rows(f'PRAGMA table_info("{name}")'):
            assert (name, column) in told
            assert kind in ("INTEGER", "TEXT")


def test_database__is_made_anew_and_the_same_again(year: Path, tmp_path: Path) -> None:
    out = tmp_path / "要求.sqlite"
    first = write_database([str(year)], out).file.read_bytes()
    assert write_database([str(year)], out).file.read_bytes() == first
    assert first.startswith(b"SQLite format 3\0")
    # Bytes 18 and 19 of the header are 1 without a write-ahead log.
    assert first[18:20] == b"\x01\x01"


def test_database__two_sources_of_one_year_are_told_apart(year: Path, tmp_path: Path) -> None:
    done = write_database([str(year), str(year / "提出")], tmp_path / "要求.sqlite")
    assert (done.years, done.requests) == (2, 18)
    with closing(sqlite3.connect(done.file)) as connection:
        found = connection.execute('SELECT "保存段階" FROM "年度"').fetchall()
    assert found == [("現在",), ("現在（2）",)]


def test_database__for_the_public_has_no_file_and_no_note(year: Path, tmp_path: Path) -> None:
    done = write_database([str(year)], tmp_path / "公表.sqlite", public=True)
    data = done.file.read_bytes()
    assert b".xlsx" not in data
    assert "一般会計繰入金".encode() not in data
    inside = write_database([str(year)], tmp_path / "庁内.sqlite").file.read_bytes()
    assert b".xlsx" in inside


def test_database__never_over_something_else(year: Path) -> None:
    settings = year / "yosan.toml"
    before = settings.read_bytes()
    with pytest.raises(StoreError):
        write_database([str(year)], settings)
    assert settings.read_bytes() == before


def test_yx800__hits_a_database_for_the_public_that_leaves_decisions_out(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    decide(year, {"0103-2": (38_484, 0, "認める。")})
    consolidate([], year)
    done = write_database([str(year)], tmp_path / "公表.sqlite", public=True)
    assert [(one.code, one.place.file) for one in done.own] == [("YX800", "R2/現在")]
    assert "1 件" in done.own[0].fact
    assert done.own[0] in done.findings


def test_yx800__does_not_hit_a_database_with_every_decision(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    decide(year)
    assert write_database([str(year)], tmp_path / "公表.sqlite", public=True).own == ()
    assert write_database([str(year)], tmp_path / "全部.sqlite").own == ()
