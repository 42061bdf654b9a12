"""return: what went back, to whom, and what did not."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Yosan
from tests.usecases.edit import set_cell

BOOK = "0103_税務課.xlsx"


def test_return__says_how_many_and_where(yosan: Yosan, handed_in: Path) -> None:
    set_cell(handed_in / "提出" / BOOK, "yx_lines1_requested", 0, "約１２００")
    done = yosan("return", "--folder", handed_in)
    assert done.code == 0
    assert "1 冊のブックを差し戻しました" in done.out
    assert "税務課）: 誤り 1件" in done.out
    assert (handed_in / "差戻し" / BOOK).exists()


def test_return__nothing_to_return(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("return", "税務課", "--folder", handed_in)
    assert (done.code, "税務課に差し戻すブックはありません" in done.out) == (0, True)
    assert "0 冊" in done.out


def test_return__a_broken_book_is_named_with_its_remedy(yosan: Yosan, handed_in: Path) -> None:
    (handed_in / "提出" / BOOK).write_bytes(b"")
    done = yosan("return", "--folder", handed_in)
    assert done.code == 1
    assert BOOK in done.out
    assert "差し戻すブックを作れないもの 1 件" in done.out


def test_return__an_unknown_department_is_wrong_use(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("return", "なぞの課", "--folder", handed_in)
    assert (done.code, done.out) == (2, "")
    assert "「なぞの課」は 組織.csv にありません" in done.err


def test_return__never_over_another_book_unless_forced(yosan: Yosan, handed_in: Path) -> None:
    set_cell(handed_in / "提出" / BOOK, "yx_lines1_requested", 0, "約１２００")
    (handed_in / "差戻し").mkdir()
    (handed_in / "差戻し" / BOOK).write_bytes(b"other")
    done = yosan("return", "--folder", handed_in)
    assert (done.code, "--force" in done.err) == (2, True)
    assert yosan("return", "--folder", handed_in, "--force").code == 0
