"""査定履歴.csv: a row for every record, and an earlier table that had more is kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.usecases.year import make_year
from yosan_xl.form.load import load_definition
from yosan_xl.model.decision import LineKey, Spot, Value
from yosan_xl.model.finding import Finding
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.decisions import history_table
from yosan_xl.usecases.decisions.history_table import write_history_table
from yosan_xl.usecases.year import open_year

FORM = load_definition("minato-r2")
BASES = ProjectState("0103-1", title="道路"), ProjectState("0103-9", title="道路の改良")
ORIGIN = Origin("R2_集計.xlsx", "a", 0, "田中", "2019-11-01T09:00:00Z", "一覧", "R5")


@pytest.fixture
def year(tmp_path: Path) -> YearFolder:
    return open_year(make_year(tmp_path / "R2"))


def record(value: Value, raw: str = "", basis: int | None = 0, **more: object) -> EntryRecord:
    line = LineKey(2, None, "工事") if basis is None else None
    spot = Spot("0103-1", "decided/total", line)
    return EntryRecord("査定", spot, value, ORIGIN, raw=raw, basis=basis, **more)  # type: ignore[arg-type]


def write(year: YearFolder, *records: EntryRecord) -> tuple[Finding, ...]:
    history = DecisionHistory(records, BASES, {0: 1})
    return write_history_table(year, history, FORM, {"0103-9": 12, "0103-1": 7})


def read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_table__has_what_was_typed_and_of_what_project_it_is_now(year: YearFolder) -> None:
    write(year, record(0, "０"), record(None, "約5", why="x"), record(None, "", None, dismisses=1))
    rows = read(year.root / "査定履歴.csv")
    names = ("番号", "NO", "事業名", "明細の行", "明細", "後", "消した記入の番号")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("1", "12", "道路", "", "", "0", ""),
        ("2", "12", "道路", "", "", "約5", ""),
        ("3", "7", "", "2", "工事", "", "2"),
    ]


def test_table__that_had_more_is_kept_and_told(year: YearFolder) -> None:
    path = year.root / "査定履歴.csv"
    assert write(year, record(1), record(2), record(3)) == ()
    before = path.read_bytes()
    assert write(year, record(1), record(2), record(4)) == ()
    path.write_bytes(before)
    (told,) = write(year, record(1), record(2))
    assert (told.code, "3 件" in told.fact, "2 件" in told.fact) == ("YX706", True, True)
    (kept,) = year.summary.rglob("査定履歴_*.csv")
    assert (kept.read_bytes(), len(read(path))) == (before, 2)
    path.write_bytes(before)
    assert write(year, record(1), record(2)) == (told,)
    assert kept.read_bytes() == before
    path.write_bytes(before)
    assert len(write(year)) == 1
    assert read(path) == []


def test_table__as_it_is_is_not_written_again(
    year: YearFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert write(year) == ()
    assert not (year.root / "査定履歴.csv").exists()
    write(year, record(1))
    monkeypatch.setattr(history_table, "write_bytes", None)
    assert write(year, record(1)) == ()


def test_table__that_is_empty_is_written(year: YearFolder) -> None:
    path = year.root / "査定履歴.csv"
    path.write_bytes(b"")
    assert write(year, record(1)) == ()
    assert len(read(path)) == 1
