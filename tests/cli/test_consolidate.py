"""consolidate: one finding for each thing that is wrong, the rest summed, exit code 1."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Yosan
from tests.usecases.edit import cell_of, set_cell
from tests.usecases.resaved import save_at
from tests.usecases.year import hand_in_filled, make_year

BOOK = "0602_区長室.xlsx"
ERROR = re.compile(r"^ +(?:[A-Z]+[0-9]+ )?YX[0-9]{3} 誤り ", re.M)
WITHOUT = "379,319千円"  # 383,511 without the 4,192 of 区長室


def _stranger(year: Path) -> None:
    openpyxl.Workbook().save(year / "提出" / "予定表.xlsx")


def _text_amount(year: Path) -> None:
    set_cell(year / "提出" / BOOK, "yx_lines1_requested", 0, "約2,769")


def _other_year(year: Path) -> None:
    other = make_year(year.parent / "R3")
    for name, old, new in (
        ("yosan.toml", "令和2年度", "令和3年度"),
        ("requests.json", '"fiscal_year": 2020', '"fiscal_year": 2021'),
    ):
        text = (other / name).read_text(encoding="utf-8")
        assert old in text
        (other / name).write_text(text.replace(old, new), encoding="utf-8")
    hand_in_filled(other)
    shutil.copyfile(other / "提出" / BOOK, year / "提出" / BOOK)


@pytest.mark.parametrize(
    ("plant", "file", "cell", "words", "total"),
    [
        (_stranger, "予定表.xlsx", None, "YX030 誤り", "383,511千円"),
        (_text_amount, BOOK, "yx_lines1_requested", "YX121 誤り", WITHOUT),
        (_other_year, BOOK, "yx_fiscal_year", "YX032 誤り", WITHOUT),
    ],
)
def test_consolidate__one_finding_and_the_rest_is_summed(
    plant: Callable[[Path], None],
    file: str,
    cell: str | None,
    words: str,
    total: str,
    handed_in: Path,
    yosan: Yosan,
) -> None:
    plant(handed_in)
    done = yosan("consolidate", handed_in)
    assert (done.code, done.err) == (1, "")
    assert len(ERROR.findall(done.out)) == 1
    (line,) = [line for line in done.out.splitlines() if words in line]
    if cell:
        assert line.lstrip().startswith(f"{cell_of(cell)} {words}")
    assert done.out.splitlines()[0].startswith(f"{file}: 誤り 1件")
    assert total in done.out
    assert (handed_in / "集計/R2_集計.xlsx").is_file()


def test_consolidate__an_empty_folder_is_a_finding(year: Path, yosan: Yosan) -> None:
    done = yosan("consolidate", year)
    assert done.code == 1
    assert len(ERROR.findall(done.out)) == 1
    assert "「提出」に提出されたブックがありません" in done.out
    assert "要求 0 件" in done.out


def test_consolidate__into_a_file_of_one_s_choice(handed_in: Path, yosan: Yosan) -> None:
    out = handed_in / "会議用.xlsx"
    done = yosan("consolidate", handed_in, "-o", out)
    assert (done.code, str(out) in done.out) == (0, True)
    assert "383,511千円" in done.out
    assert not (handed_in / "集計").exists()


def test_consolidate__in_the_year_folder_without_an_argument(
    handed_in: Path, yosan: Yosan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(handed_in)
    done = yosan("consolidate")
    assert (done.code, "指摘はありません" in done.out) == (0, True)
    assert Path("集計/R2_集計.xlsx").is_file()


def test_consolidate__a_damaged_file_is_told_and_the_rest_is_summed(
    handed_in: Path, yosan: Yosan
) -> None:
    (handed_in / "提出" / BOOK).write_bytes((handed_in / "提出" / BOOK).read_bytes()[:3000])
    done = yosan("consolidate", handed_in)
    assert done.code == 1
    assert len(ERROR.findall(done.out)) == 1
    assert BOOK in done.out
    assert WITHOUT in done.out


def test_consolidate__says_what_is_not_counted_and_leaves_with_1(
    handed_in: Path, yosan: Yosan
) -> None:
    set_cell(handed_in / "提出/0205_生活福祉調整課.xlsx", "yx_funding_national_amount", 0, 5_000)
    done = yosan("consolidate", handed_in)
    assert (done.code, "未算入: 要求 1 件、6,259千円\n" in done.out) == (1, True)
    again = yosan("consolidate", handed_in, "--include-errors")
    assert (again.code, "誤りのまま算入: 要求 1 件、6,259千円\n" in again.out) == (1, True)
    assert "要求 9 件、383,511千円を集計しました" in again.out


@pytest.mark.parametrize("name", ["A&G市", "A&[Picture]市", "&P市"])
def test_municipality__whatever_its_name(name: str, handed_in: Path, yosan: Yosan) -> None:
    settings = handed_in / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"港区"', f'"{name}"'), encoding="utf-8")
    assert yosan("consolidate", handed_in).code == 0
    out = handed_in / "指摘.xlsx"
    assert yosan("validate", handed_in, "--format", "xlsx", "-o", out).code == 0
    with zipfile.ZipFile(out) as book:
        foot = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert f"&amp;L{name.replace('&', '&amp;&amp;')}　" in foot


def test_municipality__every_command_takes_its_name(handed_in: Path, yosan: Yosan) -> None:
    settings = handed_in / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"港区"', '"A&G市"'), encoding="utf-8")
    set_cell(handed_in / "提出/0205_生活福祉調整課.xlsx", "yx_lines1_requested", 0, "約5")
    for command in (
        "generate {0} --department 税務課",
        "return --folder {0}",
        "status {0}",
        "consolidate {0}",
        "page {0}",
        "export {0}",
        "archive add {0}",
        "compare {0} {0} --format xlsx -o {0}/比較.xlsx",
        "init {0}3 --year R3 --from {0}",
    ):
        done = yosan(*command.format(handed_in).split())
        assert done.code in (0, 1), (command, done.err)
    page = (handed_in / "集計/R2_集計.html").read_text(encoding="utf-8")
    assert "A&amp;G市" in page
    assert "A&G市" not in page.partition("<script")[0]


def test_consolidate__ends_with_who_is_missing_and_who_was_late(
    yosan: Yosan, handed_in: Path
) -> None:
    save_at(handed_in / "提出" / BOOK, "2019-10-05T00:00:00Z")
    told = (
        "未提出 51 課（産業振興課、保健福祉課、高齢者支援課 ほか 48 課）、期限後 1 課（区長室）。"
        "すべての課は yosan-xl status で見られます。\n"
    )
    for verb in ("consolidate", "page", "validate"):
        assert told in yosan(verb, handed_in).out
    assert told in yosan("export", handed_in).err
    # Of one book nobody can say who is missing.
    assert "未提出" not in yosan("validate", handed_in / "提出" / BOOK).out


def test_consolidate__names_a_section_that_several_bureaus_have_with_its_bureau(
    yosan: Yosan, handed_in: Path
) -> None:
    roster = handed_in / "組織.csv"
    lines = roster.read_text(encoding="utf-8-sig").splitlines()
    asked = re.compile("コード|010[13]|020[56]|060[12]|0804|0904")
    roster.write_text("\n".join(filter(asked.match, lines)), encoding="utf-8")
    out = yosan("consolidate", handed_in).out
    assert "未提出 2 課（芝地区総合支所 区民課、麻布地区総合支所 区民課）。" in out


@pytest.mark.parametrize("verb", ["consolidate", "page"])
def test_output__of_an_empty_folder_none_is_made(verb: str, yosan: Yosan, year: Path) -> None:
    done = yosan(verb, year)
    assert (done.code, "YX060 誤り" in done.out) == (1, True)
    assert "0千円" not in done.out
    assert "（読むブックがないため、作っていません）" in done.out
    assert not (year / "集計").exists()
