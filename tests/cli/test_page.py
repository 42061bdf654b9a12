"""page on the command line: says what stands on it, and where it is."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Yosan


def test_page__says_what_and_where(handed_in: Path, tmp_path: Path, yosan: Yosan) -> None:
    out = tmp_path / "page.html"
    done = yosan("page", handed_in, "-o", out)
    assert done.code == 0
    assert "要求 9 件、383,511千円をページにしました。" in done.out
    assert f"ページ: {out}" in done.out
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_page__public(handed_in: Path, yosan: Yosan) -> None:
    done = yosan("page", handed_in, "--public")
    assert done.code == 0
    assert "R2_公表.html" in done.out


def test_page__nothing_handed_in_is_an_error(year: Path, yosan: Yosan) -> None:
    done = yosan("page", year)
    assert done.code == 1
    assert "YX060" in done.out


def test_page__with_errors_has_the_same_exit_code_either_way(handed_in: Path, yosan: Yosan) -> None:
    faulty(handed_in)
    for command in ("page", "export"):
        short, whole = (yosan(command, handed_in, *more) for more in ((), ("--findings",)))
        assert (short.code, whole.code) == (1, 1)
        lines = short.out + short.err
        assert "誤り 1件（--findings で一覧、または yosan-xl validate）" in lines
        assert "YX" not in lines
        assert "YX" in whole.out + whole.err


def faulty(year: Path) -> None:
    """Let one book of the year be none."""
    (year / "提出" / "0101_地域振興課.xlsx").write_bytes(b"%PDF-1.7")
