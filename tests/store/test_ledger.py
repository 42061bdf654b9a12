"""台帳: written and read back as it was, and never half understood."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from yosan_xl.model.history import ProjectState
from yosan_xl.store.faults import StoreError
from yosan_xl.store.ledger import (
    LEDGER_NAME,
    AcceptedBook,
    Acknowledgement,
    Ledger,
    ledger_bytes,
    read_ledger,
    write_ledger,
)

BOOK = AcceptedBook("0103", "0103_税務課.xlsx", "ab" * 32, "2019-10-01T01:02:03Z", ("0103-1",))
LEDGER = Ledger(
    (BOOK, AcceptedBook("0602", "区長室.xlsx", "cd" * 32, None, ())),
    {"0602-1": 63, "0103-1": 56},
    {"0103-1": {"YX207": Acknowledgement("国の決定を待つため", "ef" * 32)}},
    {
        56: ProjectState(
            "0103-1", "0103", "", "電子化", 30, (("national", 5),), (("車両", None), ("", 30))
        )
    },
    {
        "0103": (ProjectState("0103-1", "0103", "", "電子化", 30, (), (("車両", 30),)),),
        "0602": (),
    },
    {"0103-2": "0602-1"},
)


def test_ledger__comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_ledger(tmp_path, LEDGER)
    assert read_ledger(tmp_path) == LEDGER


def test_ledger__none_yet_is_empty(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) == Ledger()


def test_ledger__bytes_do_not_hang_on_the_order_of_numbers() -> None:
    numbers = {"0103-1": 56, "0602-1": 63}
    other = replace(LEDGER, numbers=numbers)
    assert ledger_bytes(LEDGER) == ledger_bytes(other)
    assert "税務課" in ledger_bytes(LEDGER).decode("utf-8")


def test_ledger__of_before_there_were_projects_is_read_and_says_no_more(tmp_path: Path) -> None:
    before = replace(LEDGER, bases={}, accepted={}, heeded={})
    assert {"bases", "accepted", "heeded"}.isdisjoint(json.loads(ledger_bytes(before)))
    write_ledger(tmp_path, before)
    assert read_ledger(tmp_path) == before
    assert before.given == {56, 63}
    assert replace(before, bases={7: LEDGER.bases[56]}).given == {7, 56, 63}


def test_ledger__that_does_not_change_is_not_written_again(tmp_path: Path) -> None:
    write_ledger(tmp_path, LEDGER)
    before = (tmp_path / LEDGER_NAME).stat().st_ino
    write_ledger(tmp_path, LEDGER)
    assert (tmp_path / LEDGER_NAME).stat().st_ino == before
    write_ledger(tmp_path, Ledger())
    assert read_ledger(tmp_path) == Ledger()


def _value(**changes: Any) -> dict[str, Any]:
    return {**json.loads(ledger_bytes(LEDGER)), **changes}


def _book(**changes: Any) -> dict[str, Any]:
    return {**_value()["books"][0], **changes}


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ([], "「全体」の値「行の並び」は項目の組ではありません"),
        ({}, "この版のプログラムが書いたものではありません"),
        (_value(format=2), "この版のプログラムが書いたものではありません"),
        (_value(books={}), "「books」の値「項目の組」は行の並びではありません"),
        (
            _value(books=[_book(requests=[1])]),
            "「books」の1行目の「requests」の1行目の値「1」は文字ではありません",
        ),
        (_value(books=[{"requests": []}]), "「books」の1行目の「department」が入力されていません"),
        (
            _value(books=[_book(modified=1)]),
            "「books」の1行目の「modified」の値「1」は文字ではありません",
        ),
        (
            _value(bases={"五十六": _value()["bases"]["56"]}),
            "「bases」の「五十六」はNOではありません",
        ),
        (_value(bases={"56": {}}), "「request」が入力されていません"),
        (_value(numbers={"0103-1": True}), "「0103-1」の値「true」は整数ではありません"),
        (_value(numbers={"0103-1": 5, "0103-2": 5}), "同じNOが二つの要求にあります"),
        (_value(acknowledgements={"0103-1": {"YX207": {}}}), "「reason」が入力されていません"),
    ],
)
def test_yx095__hits_what_makes_no_sense(value: object, problem: str, tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(StoreError, match=f"YX095 誤り 台帳「台帳.json」が読めません（{problem}）"):
        read_ledger(tmp_path)


@pytest.mark.parametrize("data", [b"{", b"\xff", b"[" * 100_000], ids=["cut", "bytes", "deep"])
def test_yx095__hits_what_is_no_json(data: bytes, tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).write_bytes(data)
    with pytest.raises(StoreError, match="UTF-8 の JSON ではありません"):
        read_ledger(tmp_path)


def test_yx095__does_not_hit_a_ledger_saved_by_an_editor(tmp_path: Path) -> None:
    (tmp_path / LEDGER_NAME).write_bytes(b"\xef\xbb\xbf" + ledger_bytes(LEDGER))
    assert read_ledger(tmp_path) == LEDGER
