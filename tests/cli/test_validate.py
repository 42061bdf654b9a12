"""validate: findings in every format, exit code 1 for 誤り or from --fail-on on."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import Yosan
from tests.lazy_book import lazy_book
from tests.usecases.edit import set_cell
from yosan_xl.cli import output
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.resources import schema_file


def test_validate__in_the_year_folder_without_an_argument(
    yosan: Yosan, handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(handed_in)
    done = yosan("validate")
    assert (done.code, done.err) == (0, "")
    assert "指摘はありません" in done.out
    assert "ファイル 6、要求 9 件" in done.out


def test_validate__as_json(yosan: Yosan, handed_in: Path) -> None:
    book = handed_in / "提出/0602_区長室.xlsx"
    cell = set_cell(book, "yx_lines1_requested", 0, "１，２３４")
    done = yosan("validate", handed_in / "提出", "--format", "json")
    report = json.loads(done.out)
    assert (done.code, done.err) == (1, "")
    (finding,) = (f for f in report["findings"] if f["weight"] == "error")
    assert (finding["code"], finding["file"], finding["cell"]) == ("YX120", book.name, cell)
    assert "1,234千円" in finding["fact"]
    assert (finding["value"], finding["repaired_to"]) == ("１，２３４", 1234)
    assert (finding["label"], finding["department"]) == ("要求額", "企画経営部 区長室")
    schema = json.loads(schema_file("findings").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(report)) == []
    assert report["summary"]["errors"] == 1


def test_validate__only_notes_are_no_error(yosan: Yosan, handed_in: Path, tmp_path: Path) -> None:
    book = tmp_path / "0602_区長室.xlsx"
    book.write_bytes((handed_in / "提出" / book.name).read_bytes())
    done = yosan("validate", book)
    assert (done.code, "YX066 情報" in done.out) == (0, True)


def test_validate__as_text_tells_whose_book_it_is(yosan: Yosan, handed_in: Path) -> None:
    book = handed_in / "提出/0602_区長室.xlsx"
    for row in (0, 1):
        cell = set_cell(book, "yx_lines1_requested", row, "約5")
    done = yosan("validate", handed_in)
    assert f"{book.name}（企画経営部 区長室）: 誤り 2件" in done.out
    assert f"、{cell}（2か所） YX121 誤り 「要求額」の「約5」は" in done.out


def test_validate__as_a_workbook_with_links(yosan: Yosan, handed_in: Path) -> None:
    cell = set_cell(handed_in / "提出/0602_区長室.xlsx", "yx_lines1_requested", 0, "約5")
    out = handed_in / "検証/指摘.xlsx"
    done = yosan("validate", handed_in, "--format", "xlsx", "-o", out)
    assert (done.code, done.err, f"検証結果: {out}" in done.out) == (1, "", True)
    sheet = lazy_book(out)["検証結果"]
    assert str(sheet["A1"].value) == "港区　令和2年度　検証結果"
    link = sheet["D5"].hyperlink
    assert (sheet["D5"].value, link.location) == (cell, f"'要求書1'!{cell}")
    assert link.target == "../提出/0602_区長室.xlsx"


def test_validate__a_workbook_needs_a_file(yosan: Yosan, handed_in: Path) -> None:
    done = yosan("validate", handed_in, "--format", "xlsx")
    assert (done.code, done.out) == (2, "")
    assert "「--output」を書いてください。" in done.err


@pytest.mark.parametrize(("form", "end"), [("text", "txt"), ("json", "json")])
def test_validate__into_a_file_is_what_would_be_printed(
    form: str, end: str, yosan: Yosan, handed_in: Path, tmp_path: Path
) -> None:
    set_cell(handed_in / "提出/0602_区長室.xlsx", "yx_lines1_requested", 0, "約5")
    out = tmp_path / f"結果.{end}"
    done = yosan("validate", handed_in, "--format", form, "-o", out)
    assert (done.code, f"検証結果: {out}" in done.out) == (1, True)
    printed = yosan("validate", handed_in, "--format", form).out
    assert printed.startswith(out.read_text(encoding="utf-8"))


def test_validate__never_writes_over_what_it_reads(yosan: Yosan, handed_in: Path) -> None:
    book = handed_in / "提出/0602_区長室.xlsx"
    before = book.read_bytes()
    done = yosan("validate", handed_in, "--format", "xlsx", "-o", book)
    assert (done.code, "YX069" in done.err, book.read_bytes()) == (2, True, before)


@pytest.mark.parametrize("verb", ["validate", "consolidate"])
def test_fail_on__a_warning_counts_only_when_asked(
    verb: str, yosan: Yosan, handed_in: Path
) -> None:
    set_cell(handed_in / "提出/0602_区長室.xlsx", "yx_lines1_earmarked", 0, "-")
    assert "YX125 注意" in yosan(verb, handed_in).out
    codes = [yosan(verb, handed_in, "--fail-on", weight).code for weight in ("error", "warning")]
    assert codes == [0, 1]


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_show__colours_a_terminal_unless_no_color_is_set(
    no_color: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("NO_COLOR", no_color)
    output.show([Finding("YX1", Weight.ERROR, Place("a.xlsx"), "何か。", "直す。")])
    assert ("\x1b[31m誤り" in terminal.getvalue()) == coloured
