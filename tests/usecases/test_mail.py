"""status --mail: a letter to each department; nobody's file is replaced, and no other output has an address."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.usecases.edit import set_cell
from tests.usecases.noticed import BOOK, REASON, TOTAL, close_stage, decide, hand_in, year_of
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.report.mail_text import MailState
from yosan_xl.store.places import why_unsafe
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.mail import Mailing
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.status import status

TAX, OFFICE = "0103_税務課", "0602_区長室"
ADDRESS = "himitsu-no-atesaki@example.lg.jp"
DAY = date(2019, 10, 1)


def _with_addresses(year: Path, word: str = "") -> None:
    """Let every unit have an address, and 財政課 the declaration `word`."""
    path = year / "組織.csv"
    head, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    said = [row.replace("財政課,,", f"財政課,,{word}") for row in rows]
    lines = [f"{head},メール", *(f"{row},{ADDRESS}" for row in said)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    year = make_year(tmp_path_factory.mktemp("letters") / "R2")
    hand_in_filled(year)
    set_cell(year / "提出" / f"{TAX}.xlsx", "yx_lines1_requested", 0, "約2,769")
    return year


@pytest.fixture
def year(stock: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(stock, tmp_path / "R2"))


def _mail(year: Path, today: date = DAY) -> Mailing:
    done = status(year, today=today, mail=year.parent / "メール").mailing
    assert done
    return done


def _text(year: Path, stem: str) -> str:
    return (year.parent / "メール" / f"{stem}.txt").read_bytes().decode("utf-8")


def _codes(done: Mailing) -> list[str]:
    return [finding.code for finding in done.findings]


def test_mail__one_letter_for_each_unit_by_its_state(year: Path) -> None:
    done = _mail(year)
    assert done.states == {MailState.MISSING: 51, MailState.FAULTY: 1, MailState.TAKEN: 5}
    assert sorted(done.new) == sorted((year.parent / "メール").iterdir())
    assert all(why_unsafe(path.name, 80) is None for path in done.new)
    assert "まだ届いていません" in _text(year, "0603_財政課")
    assert "提出期限は、令和元年10月4日（金）です。" in _text(year, "0603_財政課")
    assert "  要求: 1 件、4,192千円" in _text(year, OFFICE)
    faulty = _text(year, TAX)
    assert f"■ {TAX}.xlsx 要求書1\r\n(1) I6　誤り YX121\r\n    「要求額」の「約2,769」は" in faulty
    assert "約2,769" not in _text(year, OFFICE)


def test_mail__the_same_year_gives_the_same_bytes_and_writes_nothing_again(year: Path) -> None:
    before = {path: path.read_bytes() for path in _mail(year).new}
    again = _mail(year)
    assert again.new == ()
    assert {path: path.read_bytes() for path in again.letters} == before


def test_mail__a_state_that_changed_is_another_letter(year: Path) -> None:
    _mail(year)
    assert len(_mail(year, date(2019, 10, 5)).new) == 51
    assert "でしたので、お急ぎください" in _text(year, "0603_財政課")


def test_mail__remarks_stand_by_sheet_the_heavy_ones_first(year: Path) -> None:
    book = year / "提出" / f"{TAX}.xlsx"
    for sheet in (2, 1):
        set_cell(book, "yx_lines1_requested", 1, "1 000", f"要求書{sheet}")
        set_cell(book, "yx_lines1_requested", 0, "約2,769", f"要求書{sheet}")
    _mail(year)
    text = _text(year, TAX)
    heads = [line for line in text.splitlines() if line.startswith(("■", "("))]
    sheets = [line.rpartition("　")[2] for line in heads if line.startswith("■")]
    assert sheets == sorted(set(sheets))
    weights = "".join("E" if "誤り" in one else "W" if "注意" in one else " " for one in heads)
    assert "WE" not in weights


def test_mail__of_two_books_it_is_asked_which_is_right(year: Path) -> None:
    other = f"{OFFICE}（修正）.xlsx"
    shutil.copyfile(year / "提出" / f"{OFFICE}.xlsx", year / "提出" / other)
    set_cell(year / "提出" / other, "yx_lines1_requested", 0, 9_999)
    return_books(year)
    _mail(year)
    text = _text(year, OFFICE)
    assert "YX502" in text
    assert "→ 2つのブックのどちらが正しいかを、財政課に知らせてください。" in text
    assert f"ブックが届いています（{OFFICE}.xlsx、{other}）。\r\nどちらが正しいかを、" in text
    assert "差替え前" not in text
    assert "このブックを直して" not in text


def test_mail__who_asks_for_nothing_gets_none(year: Path) -> None:
    _with_addresses(year, "なし")
    done = _mail(year)
    assert [one.department.code for one in done.without] == ["0603"]
    assert len(done.letters) == 56


def test_mail__an_untouched_book_is_taken(year: Path) -> None:
    generate(year, "財政課")
    shutil.copy(year / "配布/0603_財政課.xlsx", year / "提出")
    _mail(year)
    assert "  要求: なし" in _text(year, "0603_財政課")


def test_mail__what_came_and_cannot_be_read_is_not_told_as_missing_alone(year: Path) -> None:
    (year / "提出/0603_財政課.xlsx").write_bytes(b"PK")
    _mail(year)
    assert "なお、「0603_財政課.xlsx」が届いていますが、この課の要求書として" in _text(
        year, "0603_財政課"
    )
    assert "届いていますが" not in _text(year, OFFICE)


def test_yx825__hits_once_and_the_letters_are_written(year: Path) -> None:
    done = _mail(year)
    (finding,) = (one for one in done.findings if one.code == "YX825")
    assert "メールの宛先のない課が 57 あります（" in finding.fact
    assert finding.fact.count("、") == 5
    assert _text(year, TAX).startswith("To:\r\nSubject: 【令和2年度予算要求】税務課　")


def test_yx825__does_not_hit_where_all_have_one(year: Path) -> None:
    _with_addresses(year)
    assert "YX825" not in _codes(_mail(year))
    assert _text(year, TAX).startswith(f"To: {ADDRESS}\r\nSubject: ")


@pytest.mark.parametrize("data", [b"", b"memo\n", None])
def test_yx826__hits_a_file_of_somebody_and_a_letter_that_was_changed(
    data: bytes | None, year: Path
) -> None:
    path = year.parent / "メール" / f"{OFFICE}.txt"
    if data is None:
        _mail(year)
        data = path.read_bytes().replace("ありがとう".encode(), "どうも".encode())
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    others = {one: one.read_bytes() for one in path.parent.iterdir()}
    with pytest.raises(WrongInput) as caught:
        _mail(year, date(2019, 10, 5))
    assert [(one.code, one.place.file) for one in caught.value.findings] == [("YX826", str(path))]
    assert {one: one.read_bytes() for one in path.parent.iterdir()} == others


def test_yx826__does_not_hit_a_letter_as_it_was_written(year: Path) -> None:
    _mail(year)
    (year.parent / "メール/覚書.txt").write_text("x", encoding="utf-8")
    assert _codes(_mail(year, date(2019, 10, 5))) == ["YX825", "YX828"]


def test_yx827__hits_a_letter_to_who_gets_none_now(year: Path) -> None:
    _mail(year)
    _with_addresses(year, "対象外")
    (finding,) = (one for one in _mail(year).findings if one.code == "YX827")
    assert "1 件残っています（0603_財政課.txt）" in finding.fact


def test_yx827__does_not_hit_what_is_no_letter(year: Path) -> None:
    _mail(year)
    (year.parent / "メール/0603_財政課_直し.txt").write_text("整理番号: 1", encoding="utf-8")
    assert "YX827" not in _codes(_mail(year))


def test_yx828__hits_a_book_that_was_not_returned_as_it_is_now(year: Path) -> None:
    assert "YX828" in _codes(_mail(year))
    assert "お手元のブックを直し" in _text(year, TAX)
    return_books(year)
    set_cell(year / "提出" / f"{TAX}.xlsx", "yx_lines1_requested", 0, "約3,000")
    assert "YX828" in _codes(_mail(year))


def test_yx828__does_not_hit_after_return_and_says_where_and_by_when(year: Path) -> None:
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    day = 'resubmission_deadline = "10月18日（金）"\n'
    settings.write_text(day + text, encoding="utf-8")
    return_books(year)
    assert "YX828" not in _codes(_mail(year))
    assert f"直していただくブック:\r\n  差戻し/{TAX}.xlsx\r\n" in _text(year, TAX)
    assert "再提出期限: 10月18日（金）\r\n" in _text(year, TAX)


@pytest.mark.parametrize(
    "folder", ["提出", "配布", "差戻し", "復活", "内示", "公表", "様式", "保存"]
)
def test_mail__never_into_a_folder_of_books(folder: str, year: Path) -> None:
    with pytest.raises(WrongInput, match="YX069"):
        status(year, today=DAY, mail=year / folder)
    assert not [*(year / folder).rglob("*.txt")]


def test_mail__restorations_that_are_awaited(tmp_path: Path) -> None:
    year = year_of(tmp_path / "R2")
    decide(year, {"0103-1": 30_765, "0103-2": 30_000, "0103-3": 0, "0601-1": 300, "0601-2": 0})
    assert MailState.RESTORING not in _mail(year).states
    close_stage(year, "財政課")
    notice(year, ["税務課", "企画課"])
    hand_in(year, {("0103-2", TOTAL): 5_000, ("0103-2", REASON): "契約の更新が避けられないため"})
    hand_in(year, {}, name="0601_企画課.xlsx", source="0601_企画課.xlsx")
    done = _mail(year)
    assert done.states[MailState.RESTORING] == 4
    assert "復活要求を受け付けました。" in _text(year, BOOK.removesuffix(".xlsx"))
    assert "「復活要求なし」とのご回答を受け付けました。" in _text(year, "0601_企画課")
    office = _text(year, OFFICE)
    assert "区長室　復活要求のご提出のお願い" in office
    assert f"内示のブック「内示/{OFFICE}.xlsx」の「復活要求」のシートに" in office
    assert "復活" not in _text(year, "0603_財政課")
