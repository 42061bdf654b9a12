"""シーリング on the command line: status, validate and init say how each stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.year import EXAMPLE, faultless_documents


@pytest.fixture
def limited(handed_in: Path) -> Path:
    """Give a year whose 税務課 may ask for 95 % of last year's amount."""
    path = handed_in / "yosan.toml"
    ceiling = '\n[[ceilings]]\ndepartment = "税務課"\nof = "要求額"\npercent = 95\n'
    path.write_text(path.read_text(encoding="utf-8") + ceiling, encoding="utf-8")
    return handed_in


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    path = tmp_path / "R1.json"
    documents = [{**one, "fiscal_year": 2019} for one in faultless_documents()]
    path.write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    return path


def test_status__shows_room_or_excess(yosan: Yosan, limited: Path, last_year: Path) -> None:
    done = yosan("status", limited, "--last-year", last_year)
    assert done.code == 0
    assert "シーリング（超過 1件）:" in done.out
    report = yosan("status", limited, "--last-year", last_year, "--format", "json").out
    (one,) = json.loads(report)["ceilings"]
    assert (one["name"], one["limit"], one["room"]) == (
        "産業・地域振興支援部 税務課",
        100_875,
        -5_310,
    )


def test_validate__tells_of_excess_and_of_a_year_that_is_not_known(
    yosan: Yosan, limited: Path, last_year: Path
) -> None:
    assert "YX831" in yosan("validate", limited).out
    assert "YX830" in yosan("validate", limited, "--last-year", last_year).out


def test_init__says_that_limits_are_last_year_s(
    yosan: Yosan, limited: Path, tmp_path: Path
) -> None:
    done = yosan("init", tmp_path / "R3", "--year", "R3", "--from", limited)
    assert "シーリング 1 件を引き継ぎました。" in done.out
    other = yosan("init", tmp_path / "R4", "--year", "R4", "--from", EXAMPLE)
    assert "シーリング" not in other.out
