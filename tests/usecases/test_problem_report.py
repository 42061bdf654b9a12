"""The report of a problem: nothing that anybody wrote is in it, and what a developer needs is."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.usecases.year import EXAMPLE, ROOT
from yosan_xl.store.faults import PathError
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.problem_report import CONTENTS_NAME, log_places, report_problem

YEARS = (EXAMPLE, ROOT / "examples/R3", ROOT / "examples/架空市/R9")
_SECRET = "極秘の文章"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "temporary"
    folder.mkdir()
    with mock.patch("tempfile.gettempdir", return_value=str(folder)):
        yield folder


def _year(folder: Path, example: Path) -> Path:
    shutil.copytree(example, folder)
    (folder / "提出").mkdir(exist_ok=True)
    shutil.copyfile(example / "requests.json", folder / "提出/税務課の分.json")
    return folder


def _files(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as found:
        assert {one.date_time for one in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: found.read(name).decode("utf-8-sig") for name in found.namelist()}


def _written(value: object) -> Iterator[str | int]:
    """Yield every text and number of a document, and every line of a text."""
    if isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from _written(below)
    elif isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, int) and not isinstance(value, bool):
        yield value


def _texts_and_amounts(example: Path) -> tuple[set[str], set[int]]:
    documents = json.loads((example / "requests.json").read_text(encoding="utf-8"))
    found = [*_written(documents)]
    with (example / "組織.csv").open(encoding="utf-8-sig") as file:
        found += [cell for row in [*csv.reader(file)][1:] for cell in row]
    settings = (example / "yosan.toml").read_text(encoding="utf-8")
    found += re.findall(r'(?:municipality|prefecture|contact|deadline|name) = "([^"]*)"', settings)
    texts = {one for one in found if isinstance(one, str) and len(one) > 1 and not one.isascii()}
    return texts, {one for one in found if isinstance(one, int) and one > 99}


def _kept(report: str, texts: set[str], amounts: set[int]) -> list[object]:
    """Return what of the texts and amounts stands in a report; an amount also with commas, and not as part of a longer figure."""
    said = [text for text in texts if text in report]
    figures = set(
        re.findall(r"(?<![0-9A-Za-z.$_])[0-9](?:[0-9,]*[0-9])?(?![0-9字けA-Za-z._-])", report)
    )
    return [*said, *(amount for amount in amounts if {str(amount), f"{amount:,}"} & figures)]


@pytest.mark.parametrize("example", YEARS, ids=lambda path: path.name)
def test_report__holds_no_text_and_no_amount_of_the_examples(example: Path, tmp_path: Path) -> None:
    year = _year(tmp_path / "年度", example)
    books = sorted((year / "提出").iterdir())
    done = report_problem(year, tmp_path / "報告.zip", books)
    texts, amounts = _texts_and_amounts(example)
    assert len(texts) > 50
    assert len(amounts) > 10
    files = _files(done.file)
    assert _kept("".join(files.values()), texts, amounts) == []
    assert [path.stem for path in books if path.stem in "".join(files.values())] == []
    if any(path.suffix == ".xlsx" for path in books):
        assert "yx_title" in files["ブック.json"]


def test_kept__is_seen_in_a_report_that_holds_it() -> None:
    report = '{"a": "国保年金課", "b": 12000, "c": "1,234", "d": "A1200", "e": "文字（500字）"}'
    found = _kept(report, {"国保年金課", "税務課"}, {12000, 1234, 1200, 500})
    assert {*found} == {"国保年金課", 12000, 1234}


def _spoilt(year: Path) -> Path:
    """Let staff write whatever they can into a book and into the settings."""
    path = next(iter(sorted((year / "提出").glob("*.xlsx"))))
    book = openpyxl.load_workbook(path)
    sheet: Any = book["要求書1"]
    for row, (column, value) in enumerate(
        [
            ("AA", f'=IF(A1="{_SECRET}",98765,SUM(A1:A3)*98765.5)'),
            ("AB", f"='{_SECRET}'!A1+{_SECRET}"),
            ("AC", _SECRET),
            ("AD", 98765),
        ],
        60,
    ):
        sheet[f"{column}{row}"] = value
    sheet["A1"].comment = Comment(_SECRET, _SECRET)
    book.create_sheet(_SECRET)["A1"] = _SECRET
    book.properties.creator = book.properties.lastModifiedBy = _SECRET
    book.save(path)
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'"{_SECRET}" = "{_SECRET}"\n{text}', encoding="utf-8")
    return path


def test_report__keeps_the_shape_of_formulas_and_nothing_that_staff_wrote(tmp_path: Path) -> None:
    year = _year(tmp_path / _SECRET, EXAMPLE)
    book = _spoilt(year)
    files = _files(report_problem(year, tmp_path / "報告.zip", [book]).file)
    everything = "".join(files.values())
    assert _SECRET not in everything
    assert "98765" not in everything
    cells = _sheet(files, "要求書1")["セル"]
    assert cells["AA60"].startswith("=IF(A1=［文字7字］,［数5字］,SUM(A1:A3)*［数7字］)")
    assert cells["AB61"].startswith("=［名前7字］!A1+［名前")
    assert cells["AC62"].startswith("文字（5字）")
    assert cells["AD63"].startswith("数（5字）")
    assert _sheet(files, "ほかのシート10（5字）")["セル"] == {"A1": "文字（5字）"}
    assert "ほかの項目（5字）" in files["設定.json"]


def _sheet(files: dict[str, str], name: str) -> dict[str, Any]:
    (book,) = json.loads(files["ブック.json"]).values()
    found: dict[str, Any] = next(one for one in book["シート"] if one["名前"] == name)
    return found


def test_report__tells_findings_by_code_and_place(tmp_path: Path) -> None:
    done = report_problem(_year(tmp_path / "R2", EXAMPLE))
    assert done.file == tmp_path / "R2/yosan-xl_報告.zip"
    files = _files(done.file)
    assert set(files) == set(done.parts)
    assert next(iter(files)) == CONTENTS_NAME
    assert all(name in files[CONTENTS_NAME] for name in files if name != CONTENTS_NAME)
    found = json.loads(files["指摘.json"])
    assert found["番号ごとの数"]["YX209"] >= 1
    one = next(one for one in found["指摘"] if one["番号"] == "YX209" and one["シート"])
    assert (one["シート"], one["セル"], one["項目"]) == ("要求書1", "G33", "/future_cost")
    assert done.books[one["ファイル"]] == "0206_国保年金課.xlsx"
    settings = json.loads(files["設定.json"])
    assert settings["様式"] == "minato-r2"
    assert settings["yosan.toml"]["sheets"] == "数（1字）"


def test_report__is_the_same_again_and_replaces_itself(tmp_path: Path) -> None:
    year = _year(tmp_path / "R2", EXAMPLE)
    first = report_problem(year).file.read_bytes()
    assert report_problem(year).file.read_bytes() == first


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 another zip", "覚え".encode()])
def test_report__replaces_no_other_file(data: bytes, tmp_path: Path) -> None:
    other = tmp_path / "報告.zip"
    other.write_bytes(data)
    with pytest.raises(PathError, match="YX069"):
        report_problem(tmp_path, other)
    assert other.read_bytes() == data


def test_report__of_settings_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").write_text(f"{_SECRET} = = 1\n", encoding="utf-8")
    files = _files(report_problem(tmp_path).file)
    assert json.loads(files["設定.json"])["指摘"] == ["YX070", "YX077"]
    assert _SECRET not in "".join(files.values())


def test_report__outside_of_a_year_is_of_the_program_alone(tmp_path: Path) -> None:
    done = report_problem(tmp_path)
    assert [*_files(done.file)] == [CONTENTS_NAME, "版.json"]


def test_report__of_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX070"):
        report_problem(tmp_path / "R9")
    with pytest.raises(WrongInput, match="YX070"):
        report_problem(tmp_path, None, [tmp_path / "ない.xlsx"])
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"]


def test_report__has_the_fault_that_stops_the_check_itself(tmp_path: Path) -> None:
    year = _year(tmp_path / "R2", EXAMPLE)
    with mock.patch("yosan_xl.usecases.problem_report.validate", side_effect=RuntimeError(_SECRET)):
        files = _files(report_problem(year).file)
    assert "RuntimeError: 文字（5字）" in files["記録.txt"]
    assert "yosan_xl/usecases/problem_report.py:" in files["記録.txt"]
    assert _SECRET not in files["記録.txt"]


def test_report__takes_the_newest_log(tmp_path: Path, temporary: Path) -> None:
    for number, kind in enumerate(("KeyError", "ValueError")):
        log = temporary / f"yosan-xl-{number}.log"
        log.write_text(f"yosan-xl 0.{number}\n{kind}: '{_SECRET}'\n", encoding="utf-8")
        moment = datetime(2026, 4, 1 + number, 9, 5).timestamp()
        os.utime(log, (moment, moment))
    assert _files(report_problem(tmp_path).file)["記録.txt"].splitlines() == [
        "2026-04-02 09:05 の故障の記録（この PC でいちばん新しいもの）",
        "yosan-xl 0.1",
        "ValueError: 文字（7字）",
    ]


def test_log_places__keeps_where_and_which_and_nothing_that_was_said() -> None:
    log = f"""\
Traceback (most recent call last):
  File "C:\\Users\\田中\\yosan_xl\\usecases\\validate.py", line 12, in validate
    raise ValueError("{_SECRET}")
  File "/home/tanaka/lib/site-packages/click/core.py", line 9, in main
    ~~~^^^
ValueError: {_SECRET}
Secret
{_SECRET}

During handling of the above exception, another exception occurred:

yosan_xl.store.faults.PathError
"""
    assert log_places(log).splitlines() == [
        "Traceback (most recent call last):",
        "  yosan_xl/usecases/validate.py:12 validate",
        "  site-packages/click/core.py:9 main",
        "ValueError: 文字（5字）",
        "During handling of the above exception, another exception occurred:",
        "yosan_xl.store.faults.PathError",
    ]


def test_contents__begin_as_the_program_knows_them_again(tmp_path: Path) -> None:
    data = report_problem(tmp_path).file.read_bytes()
    first = zipfile.ZipFile(io.BytesIO(data)).infolist()[0]
    assert (first.filename, first.compress_type) == (CONTENTS_NAME, zipfile.ZIP_STORED)
