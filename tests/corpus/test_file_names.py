"""What lies in a folder beside good books: names and kinds of files that are no books to read."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus.book import TOTAL, good
from tests.corpus.judge import Outcome, run
from tests.usecases.year import make_year

GOOD_NAME = "0103_税務課.xlsx"
NFD = "0103_カ\u3099バナンス課.xlsx"


def folder(tmp_path: Path, add: Callable[[Path], object]) -> Outcome:
    """Consolidate a folder with one good book and what `add` puts beside it."""
    submitted = make_year(tmp_path / "R2") / "提出"
    (submitted / GOOD_NAME).write_bytes(good())
    add(submitted)
    return run(submitted, tmp_path / "R2" / "集計.xlsx")


@pytest.mark.parametrize(
    "name",
    [
        "~$0103_税務課.xlsx", ".~lock.0103_税務課.xlsx#", "._0103_税務課.xlsx", ".DS_Store", "Thumbs.db",
        "desktop.ini", "DESKTOP.INI", "._.DS_Store", "~$x.xlsx",
    ],
)  # fmt: skip
def test_folder__what_programs_leave_behind_is_passed_over(name: str, tmp_path: Path) -> None:
    outcome = folder(tmp_path, lambda f: (f / name).write_bytes(good()))
    assert (outcome.total, outcome.findings) == (TOTAL, ())


def _link(target: str) -> Callable[[Path], object]:
    return lambda f: (f / "リンク.xlsx").symlink_to(target)


def _socket(folder: Path) -> None:
    # A path of a socket is short: it is bound by the name alone.
    here = Path.cwd()
    os.chdir(folder)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("ソケット.xlsx")
    finally:
        os.chdir(here)


@pytest.mark.parametrize(
    ("add", "told"),
    [
        (lambda f: os.mkfifo(f / "パイプ.xlsx"), "パイプ"),
        (_socket, "ソケット"),
        (_link(GOOD_NAME), "リンク"),
        (_link("リンク.xlsx"), "リンク"),
        (_link("ない.xlsx"), "リンク"),
        (_link("/dev/zero"), "リンク"),
        (_link(".."), "リンク"),
    ],
    ids=["pipe", "socket", "link", "loop", "dangling", "device", "folder above"],
)
def test_folder__what_is_no_file_is_told_and_not_opened(
    add: Callable[[Path], object], told: str, tmp_path: Path
) -> None:
    outcome = folder(tmp_path, add)
    assert [(f.code, told in f.fact) for f in outcome.findings] == [("YX076", True)]
    assert outcome.total == TOTAL


def test_folder__a_folder_called_like_a_book_is_a_folder(tmp_path: Path) -> None:
    outcome = folder(tmp_path, lambda f: (f / "0103.xlsx").mkdir())
    assert (outcome.total, outcome.findings) == (TOTAL, ())


def test_folder__books_below_are_read(tmp_path: Path) -> None:
    def below(submitted: Path) -> None:
        (submitted / "総務部").mkdir()
        (submitted / GOOD_NAME).rename(submitted / "総務部" / GOOD_NAME)

    assert folder(tmp_path, below).total == TOTAL


@pytest.mark.parametrize(
    "name",
    [
        NFD, "新しい ブック (1) のコピー.xlsx", "０１０３.ＸＬＳＸ", "0103.XLSX", "0103.xlsm", "0103.csv", "0103",
        "-rf.xlsx", "#1.xlsx", "'税務'.xlsx", "%E7%A8%8E.xlsx", "𠮷.xlsx", "税" * 80 + ".xlsx", " .xlsx", "a\nb.xlsx",
        "\u202e\u0007.xlsx", "=cmd.xlsx", "CON.xlsx",
    ],
)  # fmt: skip
def test_folder__a_book_of_any_name_is_read_by_its_content(name: str, tmp_path: Path) -> None:
    outcome = folder(tmp_path, lambda f: (f / GOOD_NAME).rename(f / name))
    assert (outcome.total, outcome.findings) == (TOTAL, ())


def test_folder__a_name_that_is_no_unicode_is_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"\x90\xc5.xlsx")
    outcome = folder(tmp_path, lambda f: (f / GOOD_NAME).rename(f / name))
    assert (outcome.total, outcome.findings) == (TOTAL, ())


@pytest.mark.parametrize("name", [NFD, "同じ.xlsx"])
def test_folder__the_same_book_twice_is_counted_once(name: str, tmp_path: Path) -> None:
    outcome = folder(tmp_path, lambda f: (f / name).write_bytes(good()))
    assert outcome.total == TOTAL
    assert "YX097" in outcome.codes
