"""Codes of a year folder that cannot be used: what is set wrong is said by its name."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.usecases.edit import set_cell
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.init import Wishes, init
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.status import status
from yosan_xl.usecases.validate import validate
from yosan_xl.usecases.year import open_year


def test_yx067__hits_a_password_that_is_not_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = make_year(tmp_path / "R2")
    monkeypatch.delenv("YOSAN_NO_SUCH", raising=False)
    _set(year, 'password_env = ""', 'password_env = "YOSAN_NO_SUCH"')
    with pytest.raises(WrongInput, match="YX067 誤り 環境変数「YOSAN_NO_SUCH」に"):
        generate(year, "税務課")


def test_yx078__hits_a_key_that_is_misspelt(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    _set(year, "municipality =", "municipalty =")
    with pytest.raises(WrongInput, match="YX078 誤り 「municipalty」という項目は"):
        open_year(year)


def test_yx603__hits_a_deadline_that_is_no_day_and_it_is_printed_as_typed(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    _set(year, "令和元年10月4日（金）", "10月の第1金曜日")
    hand_in_filled(year)
    done = validate([], year)
    assert [(f.code, f.place.file, f.weight.value) for f in done.findings] == [
        ("YX603", "yosan.toml", "注意")
    ]
    assert open_year(year).settings.deadline == "10月の第1金曜日"


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("令和元年10月4日（月）", "曜日がちがいます（正しくは 令和元年10月4日（金））"),
        ("10月上旬", "日付として読めません"),
        ("令和2年10月4日", "令和2年度が始まったあとの日付です"),
    ],
)
def test_yx603__hits_before_it_is_printed(written: str, problem: str, tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    _set(year, "令和元年10月4日（金）", written)
    (told,) = generate(year, "税務課").findings
    assert (told.code, f"「{written}」）は、{problem}。" in told.fact) == ("YX603", True)


@pytest.mark.parametrize("written", ["", "10月4日(金) 17時", "R1.10.4"])
def test_yx603__does_not_hit_a_day_or_none(written: str, tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    _set(year, "令和元年10月4日（金）", written)
    hand_in_filled(year)
    assert validate([], year).findings == ()


def test_yx087__hits_a_form_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX087"):
        init(tmp_path / "R9", FiscalYear(2027), Wishes(form="minato-r9"))


def test_yx088__hits_a_folder_without_settings(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX088"):
        open_year(tmp_path)


def _set(year: Path, old: str, new: str) -> None:
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    assert old in settings
    (year / "yosan.toml").write_text(settings.replace(old, new), encoding="utf-8")


def _without_zeros(year: Path) -> None:
    """Save 組織.csv as Excel does, in a municipality whose codes all begin with 0."""
    lines = (year / "組織.csv").read_text(encoding="utf-8-sig").splitlines()
    kept = [line.removeprefix("0") for line in lines if line.startswith(("コード", "0"))]
    (year / "組織.csv").write_text("\n".join(kept), encoding="utf-8")


def _handed_out(year: Path) -> None:
    generate(year, "税務課")


def _handed_in(year: Path) -> None:
    hand_in_filled(year)


def _accepted(year: Path) -> None:
    _handed_in(year)
    consolidate([year], year)
    for book in (year / "提出").iterdir():
        book.rename(year / "提出" / f"{book.stem[5:]}.xlsx")


def _stamped(year: Path) -> None:
    _accepted(year)
    (year / "台帳.json").unlink()


@pytest.mark.parametrize("evidence", [_handed_out, _handed_in, _accepted, _stamped])
def test_yx604__hits_codes_that_lost_their_zeros(
    evidence: Callable[[Path], None], tmp_path: Path
) -> None:
    year = make_year(tmp_path / "R2")
    evidence(year)
    _without_zeros(year)
    verbs: list[Callable[[], object]] = [lambda: status(year), lambda: validate([year], year)]
    if evidence is not _stamped:
        verbs.append(lambda: generate(year))
    for verb in verbs:
        with pytest.raises(WrongInput, match=r"YX604 誤り コード「\d{3}」は、「0\d{3}」（"):
            verb()
    assert len(list((year / "配布").glob("*"))) <= 1


def test_yx604__does_not_hit_codes_that_never_had_zeros(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    _without_zeros(year)
    generate(year, "税務課")
    (year / "提出/0103.xlsx").write_bytes(b"x")  # a name alone proves nothing
    assert (year / "配布/103_税務課.xlsx").is_file()
    assert "103" in {unit.department.code for unit in status(year).status.units}


def test_yx621__hits_codes_without_zeros_until_the_first_book_is_in(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    _without_zeros(year)
    (told,) = generate(year, "税務課").findings
    assert str(told).startswith("組織.csv YX621 注意 コードがどれも 3けたです（「101」など ")
    assert "もとが「0101」のようなコードなら、" in str(told)
    (year / "提出/103_税務課.xlsx").write_bytes((year / "配布/103_税務課.xlsx").read_bytes())
    assert generate(year, "税務課").findings == ()


def test_yx621__does_not_hit_codes_with_zeros_or_of_pairs_of_figures(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    assert generate(year, "税務課").findings == ()
    table = (year / "組織.csv").read_text(encoding="utf-8-sig")
    (year / "組織.csv").write_text(re.sub(r"(?m)^0(?=[0-9])", "9", table), encoding="utf-8")
    assert "YX621" not in str(generate(year, "税務課").findings)


def test_yx855__hits_blanks_of_codes_and_names_that_the_roster_has_no_more(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    table = (year / "組織.csv").read_bytes()
    _without_zeros(year)
    generate(year, "税務課")
    (year / "組織.csv").write_bytes(table.replace("企画課".encode(), "企画室".encode()))
    generate(year, "0601")
    (year / "組織.csv").write_bytes(table)
    (told,) = generate(year, "税務課").findings
    assert str(told).startswith(
        "配布 YX855 注意 「配布」に、いまの 組織.csv の課のものではないブックがあります: 0601_企画室.xlsx、103_税務課.xlsx。"
    )
    assert status(year).misplaced == (f"{told.fact}{told.remedy}",)


def test_yx855__does_not_hit_blanks_of_the_roster_nor_files_of_others(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    generate(year, "税務課")
    shutil.copyfile(year / "配布/0103_税務課.xlsx", year / "配布/0103_税務課 - コピー.xlsx")
    Workbook().save(year / "配布/配布先.xlsx")
    assert generate(year, "企画課").findings == ()
    assert status(year).misplaced == ()


def test_yx604__does_not_hit_the_codes_that_were_handed_out(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    _handed_out(year)
    _accepted(year)
    assert validate([year], year).findings == ()


_WRONG_PASSWORDS = {
    "あいことば": "1文字目が、半角の",
    "Zaisei２０２６": "7文字目が、半角の",
    "zaisei\n2026": "7文字目が、改行などの制御文字",
    "zaisei\x7f": "7文字目が、改行などの制御文字",
    "z" * 256: "256字あります",
    "Zaisei-2026 ": "前か後ろに空白があります",
}


@pytest.mark.parametrize("password", _WRONG_PASSWORDS)
def test_yx820__hits_a_password_that_would_not_lift_the_protection(
    password: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = _protected(tmp_path, password, monkeypatch)
    with pytest.raises(WrongInput, match="YX820 誤り 環境変数「YOSAN_PASSWORD」の") as refused:
        generate(year, "税務課")
    (finding,) = refused.value.findings
    assert _WRONG_PASSWORDS[password] in finding.fact
    assert password.strip() not in finding.fact


@pytest.mark.parametrize("password", ["Zaisei-2026", "a b", "~!\"#$%&'()=|`{+*}<>?_", "z" * 255])
def test_yx820__does_not_hit_what_can_be_typed(
    password: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book,) = generate(_protected(tmp_path, password, monkeypatch), "税務課").books
    assert book.is_file()


def _protected(tmp_path: Path, password: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a year whose sheets are to be protected by a password."""
    year = make_year(tmp_path / "R2")
    monkeypatch.setenv("YOSAN_PASSWORD", password)
    _set(year, 'password_env = ""', 'password_env = "YOSAN_PASSWORD"')
    return year


def _files(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


@pytest.mark.parametrize("verb", ["generate", "fill", "return", "notice"])
def test_yx820__hits_in_every_verb_that_protects_before_anything_is_written(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = make_year(tmp_path / "R2")
    for book in fill(year / "requests.json", year / "提出").books[:1]:
        set_cell(book, "yx_lines1_requested", 0, "約５")
    monkeypatch.setenv("YOSAN_PASSWORD", "あいことば")
    _set(year, 'password_env = ""', 'password_env = "YOSAN_PASSWORD"')
    before = _files(year)
    act: dict[str, Callable[[], object]] = {
        "generate": lambda: generate(year),
        "fill": lambda: fill(year / "requests.json", year / "別"),
        "return": lambda: return_books(year),
        "notice": lambda: notice(year, anyway=True),
    }
    with pytest.raises(WrongInput, match="YX820"):
        act[verb]()
    assert _files(year) == before
