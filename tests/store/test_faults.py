from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest

from yosan_xl.model.finding import Code, Place
from yosan_xl.store import (
    books,
    ledger,
    roster_file,
    settings_file,
    snapshot,
    write,
    year_folder,
)
from yosan_xl.store.faults import PathError, StoreError, reason, shown
from yosan_xl.store.snapshot import ABSENT

CODES = sorted(
    (
        *(*books.CODES, *ledger.CODES, *roster_file.CODES, *settings_file.CODES),
        *(*snapshot.CODES, *write.CODES, *year_folder.CODES),
    ),
    key=lambda code: code.code,
)


def test_codes__are_of_this_floor_and_distinct() -> None:
    names = [code.code for code in CODES]
    assert names == sorted(set(names))
    assert all(re.fullmatch(r"YX(?:027|0[6789]\d|604|621|85[12478])", name) for name in names)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_codes__explain_themselves(code: Code) -> None:
    assert code.title
    assert code.why.endswith("。")
    assert code.wrong != code.right
    assert code.remedy.endswith(("。", "{remedy}"))


def test_path_error__tells_of_the_given_place() -> None:
    error = PathError(ABSENT, Path("提出/税務課.xlsx"))
    assert error.finding("R2/提出/税務課.xlsx").place == Place("R2/提出/税務課.xlsx")
    assert str(error) == (
        f"{Path('提出/税務課.xlsx')} YX070 誤り 「税務課.xlsx」が見つかりません。"
        "名前（前や後ろに空白がないかも）と場所を確かめてください。"
    )


def test_store_error__says_every_finding() -> None:
    finding = PathError(ABSENT, Path("a")).finding()
    assert str(StoreError(finding, finding)).count("YX070") == 2


def test_shown__composes_and_survives_undecodable_bytes() -> None:
    assert shown("か\u3099.xlsx") == "が.xlsx"
    assert shown("a\udcff.xlsx") == "a?.xlsx"


def test_reason__known_and_unknown() -> None:
    assert reason(OSError(errno.ENAMETOOLONG, "x")) == "名前が長すぎます"
    assert reason(OSError(12345, "x")) == "エラー番号 12345"
