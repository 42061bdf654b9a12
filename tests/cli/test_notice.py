"""notice: says which books went out, to whom, and what is still open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.noticed import BOOK, close_stage, decide, year_of


@pytest.fixture
def year(tmp_path: Path) -> Path:
    folder = year_of(tmp_path / "R2")
    decide(folder, {"0103-1": 30_765, "0103-2": 30_000, "0103-3": 0})
    close_stage(folder, "財政課")
    return folder


def test_notice__names_the_books_and_where_they_are(yosan: Yosan, year: Path) -> None:
    done = yosan("notice", "税務課", "--folder", year)
    assert done.code == 0
    assert f"{BOOK}（産業・地域振興支援部 税務課）" in done.out
    assert "「財政課」の内示 1 冊: " in done.out
    assert f"{BOOK}（産業・地域振興支援部 税務課）（前と同じです）" in (
        yosan("notice", "税務課", "--folder", year).out
    )


def test_notice__undecided_requests_stop_it_unless_anyway(yosan: Yosan, year: Path) -> None:
    done = yosan("notice", "--folder", year)
    assert (done.code, "YX776" in done.err) == (2, True)
    again = yosan("notice", "--folder", year, "--anyway")
    assert (again.code, "内示 6 冊（未定 6 件）" in again.out) == (0, True)


def test_notice__a_department_without_requests_is_told(yosan: Yosan, year: Path) -> None:
    done = yosan("notice", "税務課", "産業振興課", "--folder", year)
    assert "産業振興課には、集計に入る要求がありません" in done.out
