"""復活要求: read apart from the requests, tolerant of typing, and every fault told with its cell."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.excel.reading.edit import Editor
from tests.lazy_book import lazy_book
from tests.usecases.noticed import (
    BOOK,
    NATIONAL,
    REASON,
    TOTAL,
    cell_of,
    close_stage,
    decide,
    hand_in,
    year_of,
)
from yosan_xl.model.finding import Finding
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.counted import count
from yosan_xl.usecases.decisions.restoration import Restorations, read_restorations
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.year import open_year

ASKED = {("0103-2", TOTAL): 5_000, ("0103-2", REASON): "契約の更新が避けられないため"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = year_of(tmp_path_factory.mktemp("made") / "R2")
    decide(folder, {"0103-1": 30_765, "0103-2": 30_000, "0103-3": 0, "0601-1": 300, "0601-2": 0})
    close_stage(folder, "財政課")
    notice(folder, ["税務課", "企画課"])
    return folder


@pytest.fixture
def year(made: Path, tmp_path: Path) -> Path:
    """Give a year whose 内示 are out."""
    return Path(shutil.copytree(made, tmp_path / "R2"))


def _read(year: Path, unit: str = "千円") -> Restorations:
    found = (row.request for row in count((), year).rows)
    rows = {str(one.id): replace(one, axes=replace(one.axes, unit=unit)) for one in found}
    return read_restorations(open_year(year), rows)


def _told(found: Restorations, code: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.code == code]


def _codes(found: Restorations) -> list[str]:
    return [finding.code for finding in found.findings]


def test_restorations__without_the_folder_there_are_none(year: Path) -> None:
    assert read_restorations(open_year(year)) == Restorations()


def test_restorations__are_read_with_source_reason_and_cell(year: Path) -> None:
    hand_in(year, {**ASKED, ("0103-2", NATIONAL): 1_000})
    found = _read(year)
    assert found.findings == ()
    assert found.departments == ("0103",)
    one = found.by_request["0103-2"]
    assert one.amounts == {"total": 5_000, "national": 1_000, "general": 4_000}
    assert (one.reason, one.file, one.cell) == (ASKED["0103-2", REASON], f"復活/{BOOK}", "F7")


def test_restorations__never_change_the_request(year: Path) -> None:
    before = consolidate([year], year)
    hand_in(year, ASKED)
    done = consolidate([year], year)
    assert (done.counted, done.requested) == (before.counted, before.requested)
    rows = {row.request.id: row for row in count((), year).rows}
    assert rows["0103-2"].request.requested == 38_484
    assert rows["0103-2"].restoration is not None
    assert rows["0103-1"].restoration is None


@pytest.mark.parametrize("typed", ["５，０００", "5,000千円", " 5000 ", "5,000,000円"])
def test_restorations__amounts_are_read_as_people_type_them(year: Path, typed: str) -> None:
    hand_in(year, {**ASKED, ("0103-2", TOTAL): typed})
    found = _read(year)
    assert found.by_request["0103-2"].amounts["total"] == 5_000
    assert _codes(found) == ["YX130"]
    assert _told(found, "YX130")[0].place.cell == "F7"


def test_restorations__what_is_no_amount_is_told_and_not_taken(year: Path) -> None:
    hand_in(year, {**ASKED, ("0103-2", TOTAL): "約5000"})
    found = _read(year)
    assert found.by_request == {}
    assert _codes(found) == ["YX121"]


def test_restorations__a_sheet_moved_about_is_read_all_the_same(year: Path) -> None:
    editor = Editor(hand_in(year, ASKED).read_bytes())
    editor.unprotect("復活要求")
    editor.drop_name("復活要求", "_xlnm.Print_Titles")
    editor.insert_column("復活要求", 2)
    editor.insert_row("復活要求", 3)
    editor.rename("復活要求", "復活（税務課）")
    (year / "復活" / BOOK).write_bytes(editor.data())
    found = _read(year)
    assert found.findings == ()
    assert found.by_request["0103-2"].cell == "G8"


def test_restorations__without_names_the_headings_tell(year: Path) -> None:
    path = hand_in(year, ASKED)
    book = openpyxl.load_workbook(path)
    book["復活要求"].defined_names.clear()
    book.save(path)
    assert _read(year).by_request["0103-2"].amounts["total"] == 5_000


def test_yx763__hits_a_book_that_is_no_notice(year: Path) -> None:
    (year / "復活").mkdir()
    book = openpyxl.Workbook()
    book.save(year / "復活" / "復活.xlsx")
    found = _read(year)
    assert _codes(found) == ["YX763"]
    assert found.departments == ()


def test_yx763__does_not_hit_a_notice(year: Path) -> None:
    hand_in(year, {})
    assert "YX763" not in _codes(_read(year))


def test_yx719__hits_a_book_into_which_nothing_was_typed(year: Path) -> None:
    hand_in(year, {})
    found = _read(year)
    assert _codes(found) == ["YX719"]
    assert found.departments == ()  # nobody whose 復活要求 came


def test_yx719__does_not_hit_a_book_that_was_filled(year: Path) -> None:
    hand_in(year, ASKED)
    assert "YX719" not in _codes(_read(year))


@pytest.mark.parametrize(
    ("request_id", "amount", "codes"),
    [
        ("0103-2", 38_484 - 30_000, []),
        ("0103-2", 38_484 - 30_000 + 1, ["YX718"]),
        ("0103-1", 5_000, ["YX718"]),
        ("0103-2", 38_484 * 500 - 1, ["YX718"]),
        ("0103-2", 38_484 * 500, ["YX717"]),
        ("0103-1", 500_000_000, ["YX717"]),
    ],
)
def test_yx717_yx718__hits_what_comes_to_more_than_was_asked_for(
    year: Path, request_id: str, amount: int, codes: list[str]
) -> None:
    hand_in(year, {(request_id, TOTAL): amount, (request_id, REASON): "契約の更新のため"})
    found = _read(year)
    assert _codes(found) == codes
    assert found.by_request[request_id].amounts["total"] == amount


def test_yx717__does_not_hit_a_part_of_the_request(year: Path) -> None:
    hand_in(year, ASKED)
    assert _codes(_read(year)) == []


@pytest.mark.parametrize(("amount", "codes"), [(8, ["YX727"]), (4, []), (17, []), (5_000, [])])
def test_yx727__hits_a_thousandth_of_what_is_lacking_in_a_form_in_yen(
    year: Path, amount: int, codes: list[str]
) -> None:
    hand_in(year, {("0103-2", TOTAL): amount, ("0103-2", REASON): "契約の更新のため"})
    assert _codes(_read(year, "円")) == codes
    assert _codes(_read(year)) == []


def test_yx727__does_not_hit_a_part_of_the_request(year: Path) -> None:
    hand_in(year, ASKED)
    assert _codes(_read(year, "円")) == []


def test_yx718__does_not_hit_a_part_of_the_request(year: Path) -> None:
    hand_in(year, ASKED)
    assert _codes(_read(year)) == []


def test_restorations__what_stands_beside_the_table_is_told(year: Path) -> None:
    path = hand_in(year, ASKED)
    _put(
        path,
        {"P6": "財政課さまへ: 急ぎます", "K8": "復活後は未定", "B2": "回答", "C7": "新しい名前"},
    )
    (told,) = _told(_read(year), "YX092")
    assert told.place.sheet == "復活要求"
    for text in ("財政課さまへ", "K8「復活後は未定」", "B2「回答」", "新しい名前"):
        assert text in told.fact
    assert "5000" not in told.fact  # 復活要求額 has been read


def test_restorations__what_stands_on_other_sheets_is_told(year: Path) -> None:
    path = hand_in(year, ASKED)
    book = openpyxl.load_workbook(path)
    book["内示書"]["A1"].comment = Comment("この理由は納得できない", "花子")
    book["要求書1"]["A3"] = "ここも直しました"
    book["要求書2"].title = "税務2"
    book.create_sheet("別紙")["A1"] = "追加 5,000千円"
    book.save(path)
    found = [(one.code, one.place.sheet) for one in _read(year).findings]
    assert sorted(found) == [("YX022", "別紙"), ("YX092", "要求書1"), ("YX093", "内示書")]


def test_restorations__a_stamp_without_marks_tells_nothing_of_cells(year: Path) -> None:
    path = hand_in(year, ASKED)
    book = openpyxl.load_workbook(path)
    hidden = book["_yosan_notice"]
    for row in range(hidden.max_row, 1, -1):
        if str(hidden.cell(row, 1).value).startswith("marked "):
            hidden.delete_rows(row)
    book.save(path)
    assert _read(year).findings == ()


def test_yx764__hits_where_the_sheet_is_gone(year: Path) -> None:
    path = hand_in(year, ASKED)
    book = openpyxl.load_workbook(path)
    del book["復活要求"]
    book.save(path)
    assert _codes(_read(year)) == ["YX764"]


def test_yx764__does_not_hit_a_sheet_with_another_name(year: Path) -> None:
    editor = Editor(hand_in(year, ASKED).read_bytes())
    editor.rename("復活要求", "要望")
    (year / "復活" / BOOK).write_bytes(editor.data())
    assert "YX764" not in _codes(_read(year))


def _with_column(path: Path, heading: str, before: int = 6) -> None:
    """Insert a column as a program does that leaves the defined names where they are."""
    book = openpyxl.load_workbook(path)
    sheet = book["復活要求"]
    sheet.insert_cols(before)
    sheet.cell(5, before).value = heading
    sheet.cell(7, before).value = 888
    book.save(path)


def test_restorations__a_column_put_in_is_not_read_for_the_one_that_stood_there(
    year: Path,
) -> None:
    path = hand_in(year, {**ASKED, ("0103-2", NATIONAL): 1_000})
    _with_column(path, "部内調整")
    one = _read(year).by_request["0103-2"]
    assert one.amounts == {"total": 5_000, "national": 1_000, "general": 4_000}
    assert (one.reason, one.cell) == (ASKED["0103-2", REASON], "G7")


def test_restorations__a_sheet_renamed_by_a_program_that_lets_names_be_is_read(year: Path) -> None:
    path = hand_in(year, ASKED)
    book = openpyxl.load_workbook(path)
    book["復活要求"].title = "復活要求書（修正）"
    book.save(path)
    found = _read(year)
    assert found.by_request["0103-2"].amounts["total"] == 5_000
    assert "YX764" not in _codes(found)


def test_yx764__hits_two_columns_of_one_heading(year: Path) -> None:
    _with_column(hand_in(year, ASKED), TOTAL)
    found = _read(year)
    (told,) = _told(found, "YX764")
    assert "列「復活要求額」がいくつもあり" in told.fact
    assert "5行目" in told.fact
    assert found.by_request == {}


def test_yx764__hits_a_heading_that_was_changed_where_columns_moved(year: Path) -> None:
    path = hand_in(year, ASKED)
    _with_column(path, "部内調整")
    _put(path, {"G5": "ふっかつ"})
    found = _read(year)
    assert "列「復活要求額」が見つからない" in _told(found, "YX764")[0].fact
    assert found.by_request == {}


def test_yx764__does_not_hit_a_heading_that_was_changed_where_nothing_moved(year: Path) -> None:
    _put(hand_in(year, ASKED), {"F5": "復活要求額（千円）"})
    assert _read(year).by_request["0103-2"].amounts["total"] == 5_000


def _put(path: Path, cells: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book["復活要求"][place] = value
    book.save(path)


def test_yx765__hits_a_row_that_is_no_request_of_the_notice(year: Path) -> None:
    _put(hand_in(year, ASKED), {"A10": "0103-9", "F10": 700, "A11": "0103-2", "F11": 800})
    found = _read(year)
    assert [one.place.cell for one in _told(found, "YX765")] == ["A10", "A11"]
    assert found.by_request["0103-2"].amounts["total"] == 5_000


def test_yx765__hits_ids_that_changed_places(year: Path) -> None:
    path = hand_in(year, ASKED)
    _put(path, {"A7": "0103-3", "A8": "0103-2"})
    found = _read(year)
    (told,) = _told(found, "YX765")
    assert told.place.cell == "A7"
    assert "口座振替等納税奨励" in told.fact
    assert found.by_request == {}


def test_yx797__hits_a_year_without_a_stage_for_them(year: Path) -> None:
    hand_in(year, ASKED)
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("restoration = true\n", ""), encoding="utf-8")
    (told,) = _told(_read(year), "YX797")
    assert "1 課から 1 件" in told.fact


def test_yx797__does_not_hit_a_year_with_one(year: Path) -> None:
    hand_in(year, ASKED)
    assert _told(_read(year), "YX797") == []


def test_restorations__a_copy_of_the_sheet_that_was_typed_into_is_told(year: Path) -> None:
    path = hand_in(year, ASKED)
    book = openpyxl.load_workbook(path)
    copy = book.copy_worksheet(book["復活要求"])
    copy["F6"] = 9_999
    book.save(path)
    (told,) = _read(year).findings
    assert (told.code, told.place.sheet) == ("YX092", copy.title)
    assert "F6「9,999」" in told.fact


def test_restorations__a_link_in_the_folder_is_told(year: Path) -> None:
    path = hand_in(year, ASKED)
    path.rename(year / "x.xlsx")
    path.symlink_to(year / "x.xlsx")
    assert _codes(_read(year)) == ["YX076"]


def test_yx765__does_not_hit_words_beside_the_table(year: Path) -> None:
    _put(hand_in(year, ASKED), {"A12": "※ 課長決裁済み"})
    assert _codes(_read(year)) == ["YX092"]


@pytest.mark.parametrize("typed", [None, 0, -5_000])
def test_yx766__hits_a_reason_without_an_amount(year: Path, typed: int | None) -> None:
    hand_in(year, {**ASKED, ("0103-2", TOTAL): typed})
    found = _read(year)
    assert [one.place.cell for one in _told(found, "YX766")] == ["F7"]
    assert found.by_request == {}


def test_yx766__does_not_hit_an_empty_row(year: Path) -> None:
    hand_in(year, ASKED)
    assert _told(_read(year), "YX766") == []


def test_yx767__hits_an_amount_without_reason(year: Path) -> None:
    hand_in(year, {("0103-2", TOTAL): 5_000})
    found = _read(year)
    assert [one.place.cell for one in _told(found, "YX767")] == ["L7"]
    assert found.by_request["0103-2"].reason is None


def test_yx767__does_not_hit_an_amount_with_its_reason(year: Path) -> None:
    hand_in(year, ASKED)
    assert _told(_read(year), "YX767") == []


def test_yx768__hits_sources_above_the_amount(year: Path) -> None:
    hand_in(year, {**ASKED, ("0103-2", NATIONAL): 5_001})
    found = _read(year)
    assert len(_told(found, "YX768")) == 1
    assert found.by_request["0103-2"].amounts == {"total": 5_000}


def test_yx768__does_not_hit_sources_that_cover_it(year: Path) -> None:
    hand_in(year, {**ASKED, ("0103-2", NATIONAL): 5_000})
    assert _read(year).findings == ()


def test_yx769__hits_a_notice_amount_that_was_written_over(year: Path) -> None:
    hand_in(year, {**ASKED, ("0103-2", "内示額"): 10_000})
    (told,) = _told(_read(year), "YX769")
    assert told.place.cell == "E7"
    assert "30,000千円" in told.fact


def test_yx769__does_not_hit_the_amount_as_it_was_told(year: Path) -> None:
    hand_in(year, {**ASKED, ("0103-2", "内示額"): 30_000})
    assert _read(year).findings == ()


def _stamped(year: Path, key: str, text: str) -> Restorations:
    """Give what is read of a book whose hidden sheet says otherwise."""
    path = hand_in(year, ASKED)
    book = openpyxl.load_workbook(path)
    hidden = book["_yosan_notice"]
    (row,) = [row for row in hidden.iter_rows() if row[0].value == key]
    row[1].value = text
    book.save(path)
    return _read(year)


@pytest.mark.parametrize(
    ("key", "text"),
    [("fiscal_year", "2019"), ("department", "9999"), ("stage", "区長"), ("form", "municipal-1")],
)
def test_yx770__hits_another_year_unit_stage_or_form(year: Path, key: str, text: str) -> None:
    found = _stamped(year, key, text)
    assert [code for code in _codes(found) if code != "YX764"] == ["YX770"]
    assert (found.by_request, found.departments) == ({}, ())


def test_yx770__does_not_hit_this_year_s(year: Path) -> None:
    assert _stamped(year, "stage", "財政課").findings == ()


@pytest.mark.parametrize("text", ["", "二千二十", "99999"])
def test_yx763__hits_a_broken_stamp(year: Path, text: str) -> None:
    assert _codes(_stamped(year, "fiscal_year", text)) == ["YX763"]


def test_yx771__hits_a_file_with_another_unit_s_name(year: Path) -> None:
    hand_in(year, ASKED, name="0601_企画課.xlsx")
    found = _read(year)
    assert _codes(found) == ["YX771"]
    assert found.departments == ("0103",)


def test_yx771__does_not_hit_a_file_with_any_name(year: Path) -> None:
    hand_in(year, ASKED, name="復活要求（提出）.xlsx")
    assert _read(year).findings == ()


def test_yx772__hits_the_earlier_of_two_books(year: Path) -> None:
    hand_in(year, ASKED, name="0103_税務課(2).xlsx")
    hand_in(year, {})
    found = _read(year)
    (told,) = _told(found, "YX772")
    assert told.place.file == f"復活/{BOOK}"  # nothing was typed into it
    assert found.by_request["0103-2"].amounts["total"] == 5_000


def test_yx772__does_not_hit_one_book_of_each_unit(year: Path) -> None:
    hand_in(year, ASKED)
    hand_in(year, {}, name="0601_企画課.xlsx", source="0601_企画課.xlsx")
    found = _read(year)
    assert _codes(found) == ["YX719"]
    assert found.departments == ("0103",)


def test_yx773__hits_a_request_that_is_gone(year: Path) -> None:
    hand_in(year, ASKED)
    found = read_restorations(open_year(year), {})
    assert [(one.code, one.place.cell) for one in found.findings] == [("YX773", "F7")]
    assert found.by_request == {}


def test_yx773__does_not_hit_where_requests_are_not_known(year: Path) -> None:
    hand_in(year, ASKED)
    assert read_restorations(open_year(year)).findings == ()


def test_yx774__hits_a_request_with_another_title(year: Path) -> None:
    hand_in(year, ASKED)
    text = (year / "提出" / "requests.json").read_text(encoding="utf-8")
    path = year / "提出" / "requests.json"
    path.write_text(text.replace('"口座振替等納税奨励"', '"公用車"'), encoding="utf-8")
    found = _read(year)
    assert [one.code for one in _told(found, "YX774")] == ["YX774"]
    assert "0103-2" in found.by_request


def test_yx774__does_not_hit_the_same_title(year: Path) -> None:
    hand_in(year, ASKED)
    assert _told(_read(year), "YX774") == []


def _exchange(year: Path, one: str, two: str) -> None:
    """Let two requests change their sheets."""
    path = year / "提出" / "requests.json"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(f'"{one}"', '"-"').replace(f'"{two}"', f'"{one}"').replace('"-"', f'"{two}"'),
        encoding="utf-8",
    )


def test_yx795__hits_a_project_on_another_sheet_and_takes_its_restoration_along(
    year: Path,
) -> None:
    hand_in(year, ASKED)
    _exchange(year, "0103-1", "0103-2")
    found = _read(year)
    assert [one.code for one in found.findings] == ["YX795"]
    assert {one: own.amounts["total"] for one, own in found.by_request.items()} == {"0103-1": 5_000}


def test_yx795__does_not_hit_a_project_where_it_was(year: Path) -> None:
    hand_in(year, ASKED)
    assert _told(_read(year), "YX795") == []


def test_yx773__hits_a_project_that_is_gone_where_another_with_its_own_stands_now(
    year: Path,
) -> None:
    hand_in(year, {**ASKED, ("0103-1", TOTAL): 700, ("0103-1", REASON): "要る"})
    path = year / "提出" / "requests.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows = [one for one in rows if one["id"] != "0103-1"]
    for one in rows:
        one["id"] = {"0103-2": "0103-1"}.get(one["id"], one["id"])
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    found = _read(year)
    assert sorted(_codes(found)) == ["YX773", "YX795"]
    assert {one: own.amounts["total"] for one, own in found.by_request.items()} == {"0103-1": 5_000}


def test_restorations__what_is_no_workbook_is_refused(year: Path) -> None:
    (year / "復活").mkdir()
    (year / "復活" / BOOK).write_bytes(b"PK\x03\x04 no workbook")
    found = _read(year)
    assert len(found.findings) == 1
    assert found.findings[0].place.file == f"復活/{BOOK}"


def test_yx716__hits_what_lies_beside_the_books(year: Path) -> None:
    hand_in(year, ASKED)
    (year / "復活" / "見積書.pdf").write_bytes(b"%PDF-1.7")
    (year / "復活" / "メモ.txt").write_text("急ぎます", encoding="utf-8")
    found = _read(year)
    (told,) = found.findings
    assert (told.code, found.departments) == ("YX716", ("0103",))
    assert "「メモ.txt」" in told.fact
    assert "「見積書.pdf」" in told.fact


def test_yx716__does_not_hit_the_books(year: Path) -> None:
    hand_in(year, ASKED)
    assert _read(year).findings == ()


def test_restorations__formulas_of_the_sheet_have_what_they_show_while_nothing_is_typed(
    year: Path,
) -> None:
    sheet = lazy_book(year / "内示" / BOOK, values=True)["復活要求"]
    assert cell_of(sheet, "0103-2", "復活後の額").value == 30_000
    assert cell_of(sheet, "0103-2", "一般財源").value in (None, "")
