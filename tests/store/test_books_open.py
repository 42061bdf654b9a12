"""Who has a book open: names out of marks that anybody may have written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from yosan_xl.store.books import holder


def excel_mark(name: str) -> bytes:
    """Give an owner file as Excel writes it: 165 bytes, the name in two encodings."""
    narrow = name.encode("cp932")
    head = bytes([len(narrow)]) + narrow.ljust(54)
    wide = name.ljust(54).encode("utf-16-le")
    return head + len(name).to_bytes(2, "little") + wide


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "R2_集計.xlsx"
    path.write_bytes(b"x")
    return path


def test_holder__nobody(book: Path) -> None:
    assert holder(book) is None


def test_holder__excel_s_name(book: Path) -> None:
    book.with_name("~$R2_集計.xlsx").write_bytes(excel_mark("財政課 山田"))
    assert holder(book) == "財政課 山田"


def test_holder__excel_s_name_in_the_code_page_alone(book: Path) -> None:
    book.with_name("~$R2_集計.xlsx").write_bytes(excel_mark("山田")[:55])
    assert holder(book) == "山田"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (",yamada,pc01,12.10.2019 10:00,file:///home;", "yamada"),
        ("山田,yamada,pc01,12.10.2019 10:00,file:///home;", "山田"),
    ],
)
def test_holder__libreoffice_s_name(book: Path, text: str, expected: str) -> None:
    book.with_name(".~lock.R2_集計.xlsx#").write_text(text, encoding="utf-8")
    assert holder(book) == expected


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"\x05", b"\x00" * 165, b"\xff" * 165, b"A" * 100_000, b"\x1b[31m" * 30],
    ids=["empty", "length", "short", "zeros", "ones", "large", "escapes"],
)
@pytest.mark.parametrize("name", ["~$R2_集計.xlsx", ".~lock.R2_集計.xlsx#"])
def test_holder__a_hostile_mark_gives_a_short_printable_name_or_none(
    book: Path, data: bytes, name: str
) -> None:
    book.with_name(name).write_bytes(data)
    found = holder(book)
    assert found is None or (found.isprintable() and 0 < len(found) <= 54)


def test_holder__a_pipe_is_not_waited_for(book: Path) -> None:
    os.mkfifo(book.with_name("~$R2_集計.xlsx"))
    assert holder(book) is None
