"""init: a year folder, once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.year import EXAMPLE
from tests.windows import windows
from yosan_xl.cli import init as cli_init
from yosan_xl.usecases.double_click import double_click_bytes
from yosan_xl.usecases.example import EXAMPLES


@pytest.mark.parametrize("written", ["R2", "令和2年度", "2020", "Ｒ２"])
def test_init__makes_a_year_folder_to_generate_in(
    written: str, yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = yosan("init", "新年度", "--year", written)
    assert (done.code, done.err) == (0, "")
    assert (
        "港区の令和2年度の年度フォルダーを作りました: 新年度（様式 minato-r2、所管課 57）"
        in done.out
    )
    assert "yosan-xl generate" in done.out
    monkeypatch.chdir(tmp_path / "新年度")
    assert yosan("generate", "--department", "税務課").code == 0
    assert [path.name for path in Path("配布").iterdir()] == ["0103_税務課.xlsx"]


def test_init__names_the_tables_to_fill_in(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("--municipality", "架空市", "--prefecture", "架空県")
    assert "次は、yosan.toml、組織.csv を直し" in yosan("init", "港", "--year", "R9").out
    out = yosan("init", "市", "--year", "R9", *words).out
    assert "次は、yosan.toml、組織.csv、科目.csv を直し" in out
    monkeypatch.chdir(tmp_path / "市")
    assert "1. yosan.toml、組織.csv、科目.csv を直し" in yosan().out


def test_init__twice_refuses_and_changes_nothing(yosan: Yosan, tmp_path: Path) -> None:
    assert yosan("init", tmp_path / "R2", "--year", "R2").code == 0
    settings = tmp_path / "R2" / "yosan.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# 直した\n", encoding="utf-8")
    before = settings.read_bytes()
    done = yosan("init", tmp_path / "R2", "--year", "R3")
    assert (done.code, done.out) == (2, "")
    assert "すでに" in done.err
    assert settings.read_bytes() == before


@pytest.mark.parametrize("wish", [("--year", "R3"), ("--example", "港区")])
@pytest.mark.parametrize("inside", [".", "提出"])
def test_init__within_a_year_is_refused_and_says_where_else(
    inside: str,
    wish: tuple[str, str],
    yosan: Yosan,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert yosan("init", tmp_path / "R2", "--year", "R2").code == 0
    monkeypatch.chdir(tmp_path / "R2" / inside)
    done = yosan("init", "練習", *wish)
    assert (done.code, done.out) == (2, "")
    assert "YX854" in done.err
    assert f"「{'../' if inside == '.' else '../../'}練習」として" in done.err
    assert not Path("練習").exists()
    assert not Path("../練習").exists()


def test_init__from_an_earlier_year_says_which_amounts_it_has(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("init", tmp_path / "R3", "--year", "R3", "--from", EXAMPLE)
    assert (done.code, done.err) == (0, "")
    assert "令和2年度の要求 9 件を引き継ぎました" in done.out
    assert "予算額がないので前年度要求額のもの 9 件" in done.out
    assert "提出期限は空にした" in done.out


def test_init__of_a_city_is_refused_by_generate_until_its_units_are_replaced(
    yosan: Yosan, tmp_path: Path
) -> None:
    year = tmp_path / "R9"
    words = ("--municipality", "佐倉市", "--prefecture", "千葉県")
    done = yosan("init", year, "--year", "R9", *words)
    assert (done.code, done.err) == (0, "")
    assert "所管課 3" in done.out
    done = yosan("generate", year)
    assert (done.code, done.out) == (2, "")
    assert "YX608" in done.err
    (year / "組織.csv").write_text("コード,部,課\n0101,総務部,総務課\n", encoding="utf-8")
    (year / "R8.csv").write_text(
        "所管課,事業名,前年度当初(千円)\n総務課,庁舎管理,500\n", encoding="utf-8"
    )
    done = yosan("generate", year, "--prior", year / "R8.csv")
    assert (done.code, done.err) == (0, "")
    assert "前年度の要求 1 件の事業名と文章を入れました、うち 1 件に前年度の額" in done.out


def test_init__forms_lists_them_with_a_line_each(yosan: Yosan) -> None:
    done = yosan("init", "--forms")
    assert (done.code, done.err) == (0, "")
    assert "minato-r2　予算要求事業概要書\n" in done.out
    assert "municipal-1　事業別予算要求書\n    款項目" in done.out


def test_init__one_form_or_another(yosan: Yosan, tmp_path: Path) -> None:
    both = ("--form", "minato-r2", "--form-file", "form.toml")
    done = yosan("init", tmp_path / "R9", "--year", "R9", *both)
    assert (done.code, done.out) == (2, "")
    assert "どちらか1つだけ" in done.err


def test_init__a_form_file_that_is_not_there(yosan: Yosan, tmp_path: Path) -> None:
    done = yosan("init", tmp_path / "R9", "--year", "R9", "--form-file", tmp_path / "form.toml")
    assert (done.code, "YX070" in done.err) == (2, True)
    assert not (tmp_path / "R9").exists()


@pytest.mark.parametrize("example", ["港区", "municipal"])
def test_init__an_example_says_what_is_wrong_in_it_and_what_to_try(
    example: str, yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = yosan("init", "練習 1", "--example", example)
    assert (done.code, done.err) == (0, "")
    assert "環境課のブックはまだ届いていません" in done.out
    assert '    cd "練習 1"\n' in done.out
    monkeypatch.chdir(tmp_path / "練習 1")
    codes = []
    for verb in re.findall(r"^    yosan-xl( [a-z]+)?  ", done.out, re.M):
        codes.append(yosan(*verb.split()).code)
    assert codes == [0, 0, 1, 0, 1]


def test_init__knows_the_examples_there_are() -> None:
    assert tuple(EXAMPLES) == cli_init.EXAMPLES


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "「--year」を書いてください。"),
        (["--example", "港区", "--year", "R9", "--from", "R8"], "--year、--from を書きません"),
        (["--example", "港町"], "港区、municipal のどれか"),
    ],
)
def test_init__wishes_that_do_not_go_together(
    words: list[str], said: str, yosan: Yosan, tmp_path: Path
) -> None:
    done = yosan("init", tmp_path / "R9", *words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (tmp_path / "R9").exists()


def test_init__on_windows_makes_it_and_says_so(tmp_path: Path, yosan: Yosan) -> None:
    with windows():
        done = yosan("init", tmp_path / "R9", "--year", "R9")
    assert done.code == 0
    assert "「集計.bat」をダブルクリック" in done.out
    assert (tmp_path / "R9" / "集計.bat").read_bytes() == double_click_bytes(None, Path.home())


def test_init__elsewhere_makes_none(tmp_path: Path, yosan: Yosan) -> None:
    assert "集計.bat" not in yosan("init", tmp_path / "R9", "--year", "R9").out
    assert not (tmp_path / "R9" / "集計.bat").exists()
