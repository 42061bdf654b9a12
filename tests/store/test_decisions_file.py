"""査定.json: what is written is read again, whatever was typed; what makes no sense is refused and let be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.decision import LineKey, Spot
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState
from yosan_xl.model.money import Money
from yosan_xl.store.decisions_file import (
    DecisionsError,
    decisions_bytes,
    read_decisions,
    write_decisions,
)
from yosan_xl.store.faults import PathError

ORIGIN = Origin("R2_集計 - コピー.xlsx", "ab", 7, "財政 太郎", "2019-11-01T09:00:00Z", "一覧", "R5")
BASIS = ProjectState(
    "0103-1", "0103", "A1", "道路", 1_050, (("national", 300),), (("設計", 100), ("", None))
)
FULL = DecisionHistory(
    records=(
        EntryRecord(
            "区長",
            Spot("0103-1", "decided/total", LineKey(2, "経常", "工事")),
            0,
            ORIGIN,
            5,
            "0",
            0,
        ),
        EntryRecord(
            "区長",
            Spot("", ""),
            "メモ\n=1+2",
            Origin("a.xlsx", "cd", 0),
            raw="メモ\n=1+2",
            why="欄の外",
        ),
        EntryRecord("査定", Spot("0103-1", "rationale"), None, ORIGIN, "前", "", 1, dismisses=1),
        EntryRecord(
            "査定",
            Spot("x", "decided/total", LineKey(1)),
            None,
            ORIGIN,
            raw="約4,000",
            why="金額でない",
        ),
    ),
    bases=(BASIS, ProjectState("0103-2")),
    continued={0: 1},
    books=("aa", "bb"),
    closed=("財政課",),
    heeded={"0103-1": "0103-2"},
    settled={
        "財政課": {
            1: StageDecision(
                "財政課",
                {"total": Money(5), "national": None},
                ({"total": Money(5)},),
                "一部減額",
                "精査",
                Progress.DONE,
                is_closed=True,
            )
        }
    },
)


def write(root: Path, history: DecisionHistory, read: str = "") -> None:
    write_decisions(root, history, read)


def test_decisions__that_were_written_are_read_again(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    kept = read_decisions(tmp_path)
    assert kept.history == FULL
    data = (tmp_path / "査定.json").read_bytes()
    write(tmp_path, kept.history, kept.sha256)
    assert (tmp_path / "査定.json").read_bytes() == data == decisions_bytes(FULL)


def test_decisions__that_say_no_more_than_what_was_typed_are_read(tmp_path: Path) -> None:
    written = json.loads(decisions_bytes(FULL))
    (row, *_) = written["records"]
    kept = {key: row[key] for key in ("stage", "request", "field", "value")}
    path = tmp_path / "査定.json"
    path.write_text(json.dumps(written | {"records": [kept]}), encoding="utf-8")
    (found,) = read_decisions(tmp_path).history.records
    assert found == EntryRecord("区長", Spot("0103-1", "decided/total"), 0, Origin("", "", 0))


def test_decisions__stand_there_so_that_people_can_read_them() -> None:
    first = '{\n "format": 1,\n "records": [\n  {\n   "stage": "区長",\n   "request": "0103-1",\n'
    assert decisions_bytes(FULL).decode().startswith(first)


def test_decisions__of_a_year_without_any_make_no_file(tmp_path: Path) -> None:
    assert read_decisions(tmp_path).history == DecisionHistory()
    write(tmp_path, DecisionHistory())
    assert not (tmp_path / "査定.json").exists()


def test_decisions__go_on_from_what_was_read(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    kept = read_decisions(tmp_path)
    write(tmp_path, FULL.closing("区長"), kept.sha256)
    assert read_decisions(tmp_path).history.closed == ("財政課", "区長")


@pytest.mark.parametrize("read", ["", "0" * 64])
def test_yx701__hits_what_somebody_wrote_meanwhile(tmp_path: Path, read: str) -> None:
    write(tmp_path, FULL)
    with pytest.raises(DecisionsError) as error:
        write(tmp_path, FULL.closing("区長"), read)
    assert error.value.findings[0].code == "YX701"
    assert read_decisions(tmp_path).history == FULL


def test_yx701__hits_a_file_that_is_gone_meanwhile(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    read = read_decisions(tmp_path).sha256
    (tmp_path / "査定.json").unlink()
    with pytest.raises(DecisionsError):
        write(tmp_path, FULL.closing("区長"), read)


def test_yx701__does_not_hit_the_same_history_written_by_two(tmp_path: Path) -> None:
    write(tmp_path, FULL)
    write(tmp_path, FULL, "")
    assert read_decisions(tmp_path).history == FULL


def _spoilt(**changes: Any) -> bytes:
    return json.dumps(json.loads(decisions_bytes(FULL)) | changes).encode()


RECORD = {"stage": "査定", "request": "1", "field": "decided/total", "value": 1}
OWN = json.loads(decisions_bytes(FULL))["bases"][0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        _spoilt(records=None),
        _spoilt(records=[{"stage": 1}]),
        _spoilt(records=[{**RECORD, "basis": 2}]),
        _spoilt(records=[{**RECORD, "basis": -1}]),
        _spoilt(records=[{**RECORD, "value": "約4,000"}]),
        _spoilt(records=[{**RECORD, "field": ""}]),
        _spoilt(continued={"0": 2}),
        _spoilt(continued={"7": 0}),
        _spoilt(bases=[{**OWN, "lines": [["設計"]]}]),
    ],
    ids=[
        "empty",
        "torn",
        "list",
        "no records",
        "no place",
        "no basis",
        "negative",
        "text for an amount",
        "no field",
        "to nowhere",
        "from nowhere",
        "pair",
    ],
)
def test_yx700__hits_what_makes_no_sense_and_leaves_it(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "査定.json"
    path.write_bytes(data)
    with pytest.raises(PathError) as error:
        read_decisions(tmp_path)
    assert error.value.findings[0].code == "YX700"
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    "more", [{"why": "金額でない"}, {"dismisses": 0}, {"field": "rationale"}, {"value": None}]
)
def test_yx700__does_not_hit_a_text_that_is_no_amount_of_a_place(
    tmp_path: Path, more: dict[str, Any]
) -> None:
    record = {**RECORD, "value": "約4,000", **more}
    (tmp_path / "査定.json").write_bytes(_spoilt(records=[record]))
    assert read_decisions(tmp_path).history.records[0].value == record["value"]


def test_yx700__does_not_hit_the_last_basis(tmp_path: Path) -> None:
    (tmp_path / "査定.json").write_bytes(
        _spoilt(records=[{**RECORD, "basis": 1}], continued={"0": 1})
    )
    assert read_decisions(tmp_path).history.records[0].basis == 1
