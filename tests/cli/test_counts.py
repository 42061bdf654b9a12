"""One run, one count: every output tells the same files, requests and 千円 of the same 提出."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.conftest import Yosan
from tests.lazy_book import lazy_book
from tests.usecases.edit import set_cell
from tests.usecases.resaved import save_at
from tests.usecases.year import example_documents

Counts = dict[str, int]


@pytest.fixture
def year(handed_in: Path) -> Path:
    """A year with one of everything that may lie in 提出."""
    books = handed_in / "提出"
    save_at(books / "0103_税務課.xlsx", "いつか", books / "0103_税務課(2).xlsx")  # three twice
    save_at(books / "0101_地域振興課.xlsx", "2019-10-02T00:00:00Z", books / "0101_修正.xlsx")
    shutil.copy(books / "0601_企画課.xlsx", books / "0601_企画課 - コピー.xlsx")
    (books / "追加.json").write_text(json.dumps([_more()]), encoding="utf-8")
    (books / "壊れた.xlsx").write_bytes(b"PK\x03\x04 broken")
    set_cell(books / "0205_生活福祉調整課.xlsx", "yx_funding_national_amount", 0, 5_000)
    openpyxl.Workbook().save(books / "予定表.xlsx")
    (books / "0103_見積書.pdf").write_bytes(b"%PDF")
    (books / "~$0103_税務課.xlsx").write_bytes(b"x")
    return handed_in


def _more() -> dict[str, Any]:
    """Give one more request, of a unit that is not in the roster."""
    unit = {"code": "9901", "bureau": "なくなった部", "section": "なくなった課"}
    return {
        **example_documents()[8],
        "id": "9901-1",
        "no": 70,
        "title": "別の事業",
        "department": unit,
    }


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1].replace(",", "")) if found else 0


def _closing(out: str) -> Counts:
    """Give what the lines at the end of a command say."""
    return {
        "files": _number(r"ファイル (\d+)", out),
        "untouched": _number(r"記入のないシート (\d+)", out),
        "left_out": _number(r"未算入: 要求 (\d+) 件", out),
        "left_out_requested": _number(r"未算入: 要求 \d+ 件、([\d,]+)千円", out),
        "again": _number(r"重複: 要求 (\d+) 件", out),
        "again_requested": _number(r"重複: 要求 \d+ 件、([\d,]+)千円", out),
        "missing": _number(r"未提出 (\d+)", out),
        "late": _number(r"期限後 (\d+)", out),
    }


def _summary(path: Path) -> Counts:
    book = lazy_book(path, values=True)
    rows: dict[str, tuple[int, int]] = {}
    for row in book["目次"].iter_rows(min_row=5, values_only=True):
        rows.setdefault(str(row[0]), (row[1] or 0, row[2] or 0))  # type: ignore[arg-type]
    (total,) = [row for row in book["提出状況"].iter_rows(values_only=True) if row[0] == "計"]
    kinds = [row[3] for row in book["提出状況"].iter_rows(min_row=5, values_only=True)]
    listed = [row for row in book["一覧"].iter_rows(min_row=5, values_only=True)]
    assert rows["算入"] == (len(listed), sum(int(str(row[8])) for row in listed))
    assert rows["計"] == total[4:6]
    assert rows["未提出の課"][0] == kinds.count("未提出")
    return {
        "files": rows["提出されたファイル"][0],
        "counted": rows["算入"][0],
        "requested": rows["算入"][1],
        "left_out": rows["未算入"][0],
        "left_out_requested": rows["未算入"][1],
        "again": rows["重複（計に入れません）"][0],
        "again_requested": rows["重複（計に入れません）"][1],
        "missing": rows["未提出の課"][0],
        "late": rows["期限のあとに提出した課"][0],
        "requests": rows["計"][0],
        "asked": rows["計"][1],
    }


def _agree(first: Counts, *others: Counts) -> None:
    for other in others:
        assert {key: value for key, value in other.items() if first[key] != value} == {}


def test_counts__every_output_tells_the_same(yosan: Yosan, year: Path) -> None:
    consolidated = yosan("consolidate", year).out
    summed = _summary(year / "集計/R2_集計.xlsx")
    whole = {**_closing(consolidated), **summed}
    assert all(whole[key] for key in ("again", "left_out", "untouched", "missing"))
    assert (summed["requests"], summed["asked"]) == (
        summed["counted"] + summed["left_out"],
        summed["requested"] + summed["left_out_requested"],
    )
    _agree(summed, {k: v for k, v in _closing(consolidated).items() if k in summed})
    assert f"要求 {whole['counted']} 件、{whole['requested']:,}千円を集計しました" in consolidated

    validated = yosan("validate", year).out
    _agree(
        whole, _closing(validated), {"requests": _number(r"要求 (\d+) 件、記入のない", validated)}
    )

    text = yosan("status", year, "--today", "2019-10-04").out
    told = {"requests": _number(r"\n要求 (\d+) 件", text)}
    told["asked"] = _number(r"\n要求 \d+ 件、([\d,]+)千円", text)
    of_status = _closing(text) | {"late": whole["late"], "untouched": whole["untouched"]}
    _agree(whole, of_status | {"files": _number(r"\nファイル (\d+): ", text)}, told)

    report = json.loads(yosan("status", year, "--format", "json").out)
    files = report["files"]
    assert files["total"] == files["units"] + files["replaced"] + files["strays"] == whole["files"]
    _agree(
        whole,
        {key: report[key] for key in ("requests", "left_out", "again")},
        {"asked": report["requested"], "missing": report["states"]["未提出"]},
    )


def test_counts__page_export_and_archive_tell_the_same(yosan: Yosan, year: Path) -> None:
    yosan("consolidate", year)
    whole = _summary(year / "集計/R2_集計.xlsx")
    counted = f"要求 {whole['counted']} 件、{whole['requested']:,}千円"
    apart = ("left_out", "left_out_requested", "again", "again_requested", "missing", "late")

    paged = yosan("page", year).out
    assert f"{counted}をページにしました。" in paged
    _agree(whole, {key: value for key, value in _closing(paged).items() if key in apart})

    exported = yosan("export", year).err
    assert f"{counted}を書き出しました。" in exported
    _agree(whole, {key: value for key, value in _closing(exported).items() if key in apart})
    with (year / "集計/R2_一覧.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(rows), sum(int(row["合計の要求額"]) for row in rows)) == (
        whole["counted"],
        whole["requested"],
    )

    added = yosan("archive", "add", year, "--anyway").out
    assert f"要求 {whole['requests']} 件）。" in added
    (stage,) = json.loads(
        yosan("archive", "list", "--archive", year.parent / "保存庫", "--format", "json").out
    )["stages"]
    assert (stage["count"], stage["requested"], stage["left_out"], stage["books"]) == (
        whole["requests"],
        whole["requested"],
        whole["left_out"],
        whole["files"],
    )
