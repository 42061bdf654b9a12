"""return: what staff typed comes back in a clean form, and a mended book has no finding."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.excel.reading import attach
from tests.excel.reading.edit import Editor
from tests.excel.reading.ods import as_ods
from tests.lazy_book import lazy_book
from tests.usecases.edit import cell_of, plan
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.excel.checked import NotWritable
from yosan_xl.form.area import column_number
from yosan_xl.form.stamp import SHEET
from yosan_xl.model.finding import Finding
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.return_books import Returned, return_books
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate

BOOK = "0103_税務課.xlsx"
AMOUNT = cell_of("yx_lines1_requested")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_year(tmp_path_factory.mktemp("return") / "R2")
    hand_in_filled(folder)
    return folder


@pytest.fixture
def year(handed_in: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(handed_in, tmp_path / "R2"))


def _edit(path: Path, *changes: Callable[[Editor], object]) -> None:
    editor = Editor(path.read_bytes())
    for change in changes:
        change(editor)
    path.write_bytes(editor.data())


def _findings(*paths: Path) -> list[Finding]:
    return list(validate(paths, paths[0].parent).findings)


def _seen(findings: list[Finding]) -> set[tuple[str, str | None, str | None]]:
    return {(finding.code, finding.place.sheet, finding.place.cell) for finding in findings}


def _return_one(year: Path) -> Path:
    (book,) = return_books(year).books
    return book.path


def _hand_in_again(returned: Path) -> Path:
    target = returned.parent.parent / "提出" / returned.name
    shutil.copyfile(returned, target)
    return target


def test_return__values_as_typed_and_the_same_findings(year: Path) -> None:
    submitted = year / "提出" / BOOK
    _edit(
        submitted,
        lambda e: e.put_text("要求書1", AMOUNT, "約１２００"),
        lambda e: e.put_text("要求書1", cell_of("yx_lines1_requested", 1), "１，２３４"),
        lambda e: e.put_number("要求書1", cell_of("yx_lines1_requested", 2), "12.5"),
        lambda e: e.put_date("要求書2", AMOUNT, 43000),
        lambda e: e.put_text("要求書2", cell_of("yx_category"), "なぞ事業"),
        lambda e: e.put_boolean("要求書3", cell_of("yx_title")),
        lambda e: e.put_error("要求書3", cell_of("yx_description")),
    )
    # The saved totals are not what the sheet would show; that is told of the submitted book alone.
    expected = {s for s in _seen(_findings(submitted)) if s[0] != "YX044"}

    returned = _return_one(year)

    assert _seen(_findings(returned)) == expected
    book = lazy_book(returned, values=True)
    assert book["要求書1"][AMOUNT].value == "約１２００"
    assert book["要求書1"][cell_of("yx_lines1_requested", 1)].value == "１，２３４"
    assert book["要求書1"][cell_of("yx_total_requested")].value == 12.5


def test_return__filled_in_correctly_it_has_no_finding(year: Path) -> None:
    submitted = year / "提出" / BOOK
    before = read([submitted]).result["requests"]
    amount = Editor(submitted.read_bytes()).text("要求書1", AMOUNT)
    _edit(
        submitted,
        lambda e: e.put_text("要求書1", AMOUNT, "約１２００"),
        lambda e: e.put_number("要求書1", cell_of("yx_total_requested"), 99_999),
        lambda e: e.unprotect("要求書2"),
        lambda e: e.insert_row("要求書2", 9),
    )
    again = _hand_in_again(_return_one(year))
    assert {f.code for f in _findings(again)} == {"YX121"}

    _edit(
        again,
        lambda e: e.put_number("要求書1", AMOUNT, amount),
        lambda e: e.drop_saved(),
    )

    assert {f.code for f in _findings(again)} <= {"YX045"}  # edited without a calculation
    assert read([again]).result["requests"] == before


def test_return__the_submitted_book_is_untouched(year: Path) -> None:
    submitted = year / "提出" / BOOK
    _edit(submitted, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))
    before = submitted.read_bytes()
    return_books(year)
    assert submitted.read_bytes() == before


def test_return__a_book_without_findings_is_not_returned(year: Path) -> None:
    done = return_books(year)
    assert (done.books, done.unreturned) == ((), ())
    assert not (year / "差戻し").exists()


def test_return__a_note_at_the_faulty_cell_and_a_link_in_the_list(year: Path) -> None:
    _edit(year / "提出" / BOOK, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))

    book = openpyxl.load_workbook(_return_one(year))

    assert book.sheetnames[0] == "指摘一覧"
    note = book["要求書1"][AMOUNT].comment
    assert note is not None
    assert "YX121 誤り" in note.text
    assert "約１２００" in note.text
    assert note.author == "財政課"
    links = {link.location for row in book["指摘一覧"] for c in row if (link := c.hyperlink)}
    assert f"要求書1!{AMOUNT}" in links
    sheet = book["指摘一覧"]
    assert sheet.page_setup.paperSize == 9
    properties = sheet.sheet_properties.pageSetUpPr
    assert properties is not None
    assert properties.fitToPage
    assert sheet.page_setup.fitToHeight in (None, 1)


def _texts(book: openpyxl.Workbook) -> str:
    cells = (str(cell.value) for row in book["指摘一覧"] for cell in row if cell.value)
    return "\n".join(cells)


def test_return__the_list_says_counts_deadline_and_whom_to_send_it_to(year: Path) -> None:
    _edit(year / "提出" / BOOK, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))

    text = _texts(openpyxl.load_workbook(_return_one(year)))

    assert "誤り 1件" in text
    assert "令和元年10月4日（金）" in text
    assert "企画経営部 財政課 予算担当" in text


def test_return__the_whole_book_names_the_day_of_resubmission(year: Path) -> None:
    _edit(year / "提出" / BOOK, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    day = 'resubmission_deadline = "令和元年10月18日（金）"\n'
    settings.write_text(day + text, encoding="utf-8")
    path = _return_one(year)
    book = openpyxl.load_workbook(path)
    guide = "\n".join(str(cell.value) for row in book["はじめに"] for cell in row if cell.value)
    for said in (_texts(book), guide):
        assert "令和元年10月18日（金）" in said
        assert "令和元年10月4日（金）" not in said
    assert not [one for one in read([path]).findings if one.code in ("YX022", "YX023", "YX093")]


def test_return__inserted_lines_are_kept_in_a_longer_form(year: Path) -> None:
    submitted = year / "提出" / BOOK
    label, column = cell_of("yx_lines1_label")[0], AMOUNT[0]
    top = int(AMOUNT[1:])
    rows = range(top, top + 10)
    _edit(
        submitted,
        lambda e: e.insert_row("要求書1", top),
        lambda e: e.insert_row("要求書1", top),
        *(lambda e, row=row: e.put_number("要求書1", f"{column}{row}", 10) for row in rows),
        *(lambda e, row=row: e.put_text("要求書1", f"{label}{row}", f"内容{row}") for row in rows),
        lambda e: e.put_text("要求書1", f"{column}{top + 9}", "10千"),
    )

    returned = _return_one(year)

    lines = read([returned]).result["requests"][0]["lines"]
    assert [line["label"] for line in lines] == [f"内容{row}" for row in rows]
    assert _seen(_findings(returned)) >= {("YX121", "要求書1", f"{column}{top + 9}")}
    assert not {f.code for f in _findings(returned)} & {"YX038", "YX042", "YX043", "YX044"}


def test_return__a_copied_sheet_is_a_further_sheet(year: Path) -> None:
    submitted = year / "提出" / BOOK
    names: list[str] = []
    _edit(submitted, lambda e: names.append(e.copy_sheet("要求書1")))
    _edit(submitted, lambda e: e.put_text(names[0], cell_of("yx_title"), "写しの事業"))

    returned = _return_one(year)

    found = read([returned]).result["requests"]
    assert [row["id"] for row in found] == ["0103-1", "0103-2", "0103-3", "0103-1-2"]
    assert found[-1]["title"] == "写しの事業"
    assert not {f.code for f in _findings(returned)} & {"YX034", "YX035"}


def test_return__a_reason_of_the_panel_is_kept(year: Path) -> None:
    cell = next(check.reason.first for check in plan().checks if check.reason_name)
    _edit(
        year / "提出" / BOOK,
        lambda e: e.put_text("要求書1", AMOUNT, "約１２００"),
        lambda e: e.put_text("要求書1", cell, "国の補助が決まる前のため"),
    )
    reasons = read([_return_one(year)]).result["reasons"]
    assert "国の補助が決まる前のため" in reasons[0].values()


def test_return__what_staff_calculated_is_kept(year: Path) -> None:
    _edit(
        year / "提出" / BOOK,
        lambda e: e.put_text("要求書1", AMOUNT, "約１２００"),
        lambda e: e.put_text("積算", "B5", "端末"),
        lambda e: e.put_number("積算", "C5", 456_450),
        lambda e: e.put_number("積算", "J9", 8),
        lambda e: e.put_formula("要求書2", AMOUNT, "積算!H5", 4_017),
    )

    returned = _return_one(year)

    values = lazy_book(returned, values=True)
    assert values["積算"]["B5"].value == "端末"
    assert values["積算"]["C5"].value == 456_450
    assert values["積算"]["J9"].value == 8
    assert values["要求書2"][AMOUNT].value == 4_017
    formulas = openpyxl.load_workbook(returned)
    assert formulas["要求書2"][AMOUNT].value == "=積算!H5"
    assert formulas["積算"]["H5"].value.startswith("=IF(ISNUMBER(G5)")
    assert values["積算"]["I5"].value == "単価と数量を入力"


def test_return__what_staff_calculated_in_a_book_of_before_is_calculated_anew(year: Path) -> None:
    product = 'IF(COUNT(C5,D5)<2,"",ROUND(C5*D5*IF(E5="",1,E5)*(100+N(F5))/100,0))'
    _edit(
        year / "提出" / BOOK,
        lambda e: e.put_text("要求書1", AMOUNT, "約１２００"),
        lambda e: e.put_number("積算", "C5", 456_450),
        lambda e: e.put_number("積算", "D5", 8),
        lambda e: e.put_number("積算", "F5", "0.1"),
        lambda e: e.put_formula("積算", "G5", product, 3_655_252),
        lambda e: e.put_formula("積算", "H5", 'IF(G5="","",ROUNDUP(G5/1000,0))', 3_656),
        lambda e: e.put_number("積算", "H6", 500),
    )
    (book,) = return_books(year).books
    assert book.left_behind == ()
    values = lazy_book(book.path, values=True)["積算"]
    assert [values[cell].value for cell in ("G5", "H5", "I5")] == [4_016_760, 4_017, None]
    formulas = lazy_book(book.path)["積算"]
    assert "COUNTA" in formulas["G5"].value
    assert (formulas["H6"].value, formulas["H6"].protection.locked) == (500, False)


@pytest.mark.parametrize("formula", ["[1]別表!A1", 'WEBSERVICE("http://a.example/")', "K5+1"])
def test_return__any_other_formula_comes_back_as_its_value_and_is_named(
    formula: str, year: Path
) -> None:
    _edit(
        year / "提出" / BOOK,
        lambda e: e.put_text("要求書1", AMOUNT, "約１２００"),
        lambda e: e.put_formula("要求書2", AMOUNT, formula, 4_017),
    )
    (book,) = return_books(year).books
    assert lazy_book(book.path)["要求書2"][AMOUNT].value == 4_017
    assert any(f"式（値だけを写しました）: {AMOUNT}" in f.fact for f in book.left_behind)


def test_return__what_is_not_carried_is_named(year: Path) -> None:
    submitted = year / "提出" / BOOK
    book = openpyxl.load_workbook(submitted)
    book.create_sheet("内訳メモ")["A1"] = "別の表"
    book["要求書1"]["AA3"] = "欄外の言葉"
    book["要求書1"][AMOUNT].comment = Comment("見積を確認中", "x")
    book.save(submitted)

    (done,) = return_books(year).books

    facts = "".join(finding.fact for finding in done.left_behind)
    assert all(
        word in facts for word in ("シート「内訳メモ」", "AA3「欄外の言葉」", "見積を確認中")
    )
    assert "欄外の言葉" in _texts(openpyxl.load_workbook(done.path))


def test_return__words_on_the_other_sheets_are_carried_or_named(year: Path) -> None:
    _edit(
        year / "提出" / BOOK,
        lambda e: e.put_text("要求書1", AMOUNT, "約１２００"),
        lambda e: e.put_text("はじめに", "B30", "提出が遅れます"),
        lambda e: e.put_text("積算", "J5", "見積りは2社"),
    )
    (book,) = return_books(year).books
    assert lazy_book(book.path)["積算"]["J5"].value == "見積りは2社"
    facts = [finding.fact for finding in book.left_behind]
    assert sum("シート「はじめに」のB30「提出が遅れます」" in fact for fact in facts) == 1
    assert not any("見積りは2社" in fact for fact in facts)
    again = _hand_in_again(book.path)
    _edit(again, lambda e: e.put_text("指摘一覧", "A60", "直しました。"))
    assert "A60「直しました。」" in "".join(f.fact for f in _findings(again))


def test_return__a_note_or_words_beside_the_form_alone_send_no_book_back(year: Path) -> None:
    _edit(
        year / "提出" / BOOK,
        lambda e: attach.note(e, "要求書1", {AMOUNT: "この額は概算です。"}),
        lambda e: e.put_text("要求書1", "U3", "財政課様 別紙のとおり"),
        lambda e: attach.add_sheet(e, "別紙", {"A1": "追加の要求"}),
    )
    assert {f.code for f in _findings(year / "提出" / BOOK)} == {"YX022", "YX092", "YX093"}
    assert return_books(year).books == ()


def test_return__all_that_was_pasted_into_a_field_is_carried_and_the_rest_is_listed(
    year: Path,
) -> None:
    slots, description = plan().by_name(), cell_of("yx_description")
    column, row = description[0], int(description[1:])
    _edit(
        year / "提出" / BOOK,
        lambda e: attach.unmerge(e, "要求書1", slots["yx_description"].area.a1()),
        lambda e: e.put_text("要求書1", description, "次のとおり行う。"),
        lambda e: e.put_text("要求書1", f"{column}{row + 1}", "１ 電子化する。"),
        lambda e: e.put_text("要求書1", f"{column}{row + 2}", "２ 書庫を減らす。"),
        lambda e: attach.unmerge(e, "要求書1", slots["yx_lines1_label"].cells()[0].a1()),
        lambda e: e.put_number("要求書1", "F6", 12),
        lambda e: e.put_text("要求書1", "C13", "結合の下の文字"),
        lambda e: attach.comment(e, "要求書1", AMOUNT, "概算です。", "了解しました。"),
    )
    (done,) = return_books(year).books
    book = openpyxl.load_workbook(done.path)
    assert book["要求書1"][description].value == (
        "次のとおり行う。\n１ 電子化する。\n２ 書庫を減らす。"
    )
    listed = [finding.fact for finding in done.left_behind]
    assert [fact.split("は、差戻し")[0] for fact in listed] == [
        "シート「要求書1」のF6「12」",
        "シート「要求書1」のC13（結合の下）「結合の下の文字」",
        f"シート「要求書1」の{AMOUNT}のコメント「概算です。 了解しました。」",
    ]
    assert "了解しました。" in _texts(book)
    assert {f.code for f in _findings(done.path)} == set()


def test_return__a_returned_book_handed_in_again_has_nothing_of_its_own_to_name(year: Path) -> None:
    _edit(year / "提出" / BOOK, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))
    first = _hand_in_again(_return_one(year))
    (again,) = return_books(year, force=True).books
    assert again.left_behind == ()
    assert _without_stamp(again.path) == _without_stamp(first)


def _without_stamp(path: Path) -> list[tuple[str, str, object]]:
    """Return what stands in the cells of a book: its stamp alone says which book it answers."""
    sheets = [sheet for sheet in openpyxl.load_workbook(path) if sheet.title != SHEET]
    return [(s.title, c.coordinate, c.value) for s in sheets for row in s.rows for c in row]


def test_return__a_deleted_row_comes_back_empty(year: Path) -> None:
    row = int(cell_of("yx_funding_national_amount")[1:]) - 1
    _edit(year / "提出" / BOOK, lambda e: e.delete_row("要求書1", row))
    assert "YX036" in {f.code for f in _findings(year / "提出" / BOOK)}
    assert "YX036" not in {f.code for f in _findings(_return_one(year))}


def test_return__a_request_that_lost_its_amounts_is_not_taken_for_never_calculated(
    year: Path,
) -> None:
    column = column_number(AMOUNT[0])
    _edit(year / "提出" / BOOK, lambda e: e.delete_column("要求書1", column))
    assert "YX036" in {f.code for f in _findings(year / "提出" / BOOK)}
    assert not {f.code for f in _findings(_return_one(year))} & {"YX036", "YX045"}


def test_return__a_book_that_no_form_can_hold_is_named(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise NotWritable("too long")

    _edit(year / "提出" / BOOK, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))
    monkeypatch.setattr("yosan_xl.usecases.return_books.returned_book", refuse)
    done = return_books(year)
    assert done.books == ()
    assert [finding.code for finding in done.unreturned] == ["YX121"]


def test_return__values_of_an_ods_come_back_as_xlsx(year: Path) -> None:
    data = (year / "提出" / BOOK).read_bytes()
    (year / "提出" / BOOK).unlink()
    (year / "提出/0103_税務課.ods").write_bytes(as_ods(Editor(data)))
    before = read([year / "提出/0103_税務課.ods"]).result["requests"]
    returned = _return_one(year)
    assert returned.name == BOOK
    assert read([returned]).result["requests"] == before
    assert _findings(returned) == []


def test_return__a_book_that_cannot_be_read_is_named_and_not_made(year: Path) -> None:
    (year / "提出" / BOOK).write_bytes(b"PK\x03\x04 broken")
    done = return_books(year)
    assert done.books == ()
    assert [finding.place.file for finding in done.unreturned] == [BOOK]


def test_return__only_the_departments_that_are_wanted(year: Path) -> None:
    for name in (BOOK, "0206_国保年金課.xlsx"):
        _edit(year / "提出" / name, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))
    done = return_books(year, ["国保年金課", "0601"])
    assert [book.path.name for book in done.books] == ["0206_国保年金課.xlsx"]
    assert [unit.code for unit in done.without] == ["0601"]


def test_return__an_unknown_department_stops_it(year: Path) -> None:
    with pytest.raises(WrongInput) as wrong:
        return_books(year, ["なぞの課", "区民課"])
    assert [f.code for f in wrong.value.findings] == [codes.UNKNOWN_DEPARTMENT.code] * 2


def test_return__never_over_another_book_unless_forced(year: Path) -> None:
    _edit(year / "提出" / BOOK, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))
    path = _return_one(year)
    assert _return_one(year) == path
    path.write_bytes(b"somebody's work")
    with pytest.raises(WrongInput) as wrong:
        return_books(year)
    assert [f.code for f in wrong.value.findings] == [codes.ALREADY_THERE.code]
    assert path.read_bytes() == b"somebody's work"
    return_books(year, force=True)
    assert path.read_bytes() != b"somebody's work"


def test_yx058__hits_a_sheet_of_their_own(year: Path) -> None:
    book = openpyxl.load_workbook(year / "提出" / BOOK)
    book.create_sheet("内訳")["A1"] = "単価の内訳"
    book.save(year / "提出" / BOOK)
    assert _codes_left(return_books(year)) == {codes.NOT_TAKEN_OVER.code}


def test_yx058__does_not_hit_a_book_of_the_form_alone(year: Path) -> None:
    _edit(year / "提出" / BOOK, lambda e: e.put_text("要求書1", AMOUNT, "約１２００"))
    assert _codes_left(return_books(year)) == set()


def _codes_left(done: Returned) -> set[str]:
    return {finding.code for book in done.books for finding in book.left_behind}
