"""number: says which NO are given, to whom late, and what is vacant."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Yosan
from tests.usecases.noticed import year_of


def test_number__a_dry_run_lists_and_writes_nothing(yosan: Yosan, tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2", stages="")
    done = yosan("number", year, "--dry-run")
    assert done.code == 0
    assert "NO 57　産業・地域振興支援部 税務課　口座振替等納税奨励（0103-2）" in done.out
    assert "要求 9 件にNOが付きます。まだ書いていません" in done.out
    assert not (year / "台帳.json").exists()


def test_number__late_and_vacant_ones_are_told(yosan: Yosan, tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2", stages="")
    path = year / "提出" / "requests.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([row for row in rows if row["id"] != "0101-1"]), encoding="utf-8")
    assert "要求 8 件にNOを付けました。もう変わりません" in yosan("number", year).out
    path.write_text(json.dumps([row for row in rows if row["id"] != "0103-1"]), encoding="utf-8")
    done = yosan("number", year)
    assert "NO 63　産業・地域振興支援部 地域振興課　区民保養施設（0101-1）（あとから）" in done.out
    assert "NO 55　欠番　税務資料の電子化の推進（0103-1）" in done.out
    assert "新しくNOを付ける要求はありません" in yosan("number", year).out


def test_number__two_documents_with_one_no_are_told(yosan: Yosan, tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2", stages="")
    path = year / "提出" / "requests.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    twice = [{**row, "no": 99 if row["id"] in ("0103-1", "0103-2") else None} for row in rows]
    path.write_text(json.dumps(twice), encoding="utf-8")
    done = yosan("number", year)
    assert (done.code, "YX501" in done.err, "もう変わりません" in done.out) == (2, True, False)
