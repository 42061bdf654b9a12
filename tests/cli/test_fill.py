"""fill: the documents into books, findings on stderr."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.year import example_documents


def test_fill__in_the_year_folder(
    yosan: Yosan, year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(year)
    done = yosan("fill", "requests.json", "-o", "提出")
    assert (done.code, done.err) == (0, "")
    assert "要求 9 件を 6 冊" in done.out
    assert len(list(Path("提出").glob("*.xlsx"))) == 6


def test_fill__wrong_documents_are_told_and_exit_1(yosan: Yosan, year: Path) -> None:
    documents = example_documents()
    documents[0]["lines"][0]["requested"] = "151,486"
    (year / "requests.json").write_text(json.dumps(documents), encoding="utf-8")
    done = yosan("fill", year / "requests.json", "-o", year / "提出")
    assert done.code == 1
    assert "requests.json" in done.err
    assert "誤り" in done.err
    assert "/lines/0/requested" in done.err


def test_fill__five_thousand_requests_of_one_unit_are_refused_in_a_sentence(
    yosan: Yosan, year: Path
) -> None:
    documents = [{"department": {"code": "0602"}, "title": f"事業{n}"} for n in range(5_000)]
    (year / "requests.json").write_text(json.dumps(documents), encoding="utf-8")
    done = yosan("fill", year / "requests.json", "-o", year / "提出")
    assert (done.code, "YX686" in done.err, "5000件" in done.err.replace(",", "")) == (
        2,
        True,
        True,
    )
    assert list((year / "提出").iterdir()) == []
