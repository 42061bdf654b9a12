"""What was written into a book and is read by nothing: all of it is told, with its words."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.excel.reading import attach
from tests.excel.reading.attach import NOTICE, anchor, text_box
from tests.excel.reading.edit import Editor
from tests.excel.reading.ods import as_ods
from tests.excel.reading.samples import (
    FLAT,
    SECOND,
    SECTIONED,
    SHEET,
    assert_one,
    blank,
    cell,
    codes_of,
    documents,
    editor,
    filled,
    found,
    label,
    line,
    one,
    plan,
    read,
)
from yosan_xl.excel.ooxml.refusals import DTD_FOUND
from yosan_xl.excel.reading import codes
from yosan_xl.form.area import Area, a1, parse_a1
from yosan_xl.model.finding import Finding

WORDS = "財政課様 この額は概算です。見積りが届いたら 6,200千円 に直します。"
TITLE, AMOUNT = cell("/title"), line("requested")
ORIGINAL = documents(SECTIONED)[0]


def _area(pointer: str) -> Area:
    return next(slot for slot in plan().slots if slot.pointer == pointer).area


def _told(book: Editor, code: str) -> Finding:
    (finding,) = [finding for finding in found(read(book)) if finding.code == code]
    return finding


# Text of a field in several cells


def _pasted_down(*lines: str) -> Editor:
    """Give a book with lines pasted onto 事業説明文, which ended its merge."""
    book, area = editor(), _area("/description")
    attach.unmerge(book, SHEET, area.a1())
    for row, text in enumerate(lines, area.top):
        book.put_text(SHEET, a1(row, area.left), text)
    return book


def _pasted_across(*texts: str | int) -> Editor:
    """Give a book with a table pasted onto the first 内容, which ended its merge."""
    book, area = editor(), plan().by_name()["yx_lines1_label"].cells()[0]
    attach.unmerge(book, SHEET, area.a1())
    for column, text in enumerate(texts, area.left):
        place = a1(area.top, column)
        if isinstance(text, int):
            book.put_number(SHEET, place, text)
        else:
            book.put_text(SHEET, place, text)
    return book


def test_yx059__hits_four_rows_pasted_onto_a_text_and_reads_them_all() -> None:
    book = _pasted_down(
        "次のとおり行う。", "１ 紙の資料を電子化する。", "２ 検索を早くする。", "３ 書庫を減らす。"
    )
    finding = assert_one(book, codes.SPLIT, cell("/description"))
    assert "「事業説明文」の文字がB7、B8、B9など4か所に分かれています" in finding.fact
    assert read(book).requests[0].document["description"] == (
        "次のとおり行う。\n１ 紙の資料を電子化する。\n２ 検索を早くする。\n３ 書庫を減らす。"
    )


def test_yx059__hits_columns_pasted_onto_a_line_and_reads_them_all() -> None:
    book = _pasted_across("端末", "12台", "単価 10,000円")
    assert_one(book, codes.SPLIT, line("label"))
    assert read(book).requests[0].document["lines"][0]["label"] == "端末　12台　単価 10,000円"


def test_yx059__hits_a_text_whose_first_cell_is_empty() -> None:
    book = _pasted_down("", "", "本文")
    assert_one(book, codes.SPLIT, cell("/description"))
    assert read(book).requests[0].document["description"] == "本文"


def test_yx059__does_not_hit_a_field_without_its_merge_whose_text_is_in_one_cell() -> None:
    assert codes_of(_pasted_down("１行だけ。")) == []


def test_yx059__a_sheet_with_nothing_but_such_a_text_is_a_request() -> None:
    book, area = Editor(blank()), _area("/description")
    attach.unmerge(book, SHEET, area.a1())
    book.put_text(SHEET, a1(area.top + 1, area.left), "２行目から貼り付けた。")
    (request,) = read(book).requests
    assert request.document["description"] == "２行目から貼り付けた。"


def test_yx090__hits_a_number_in_a_text_at_its_cell() -> None:
    finding = assert_one(_pasted_across("端末", 12), codes.IN_FIELD, "F6")
    assert "「内容」の欄の中に、読めない記入があります（F6「12」）" in finding.fact
    assert finding.pointer is None, "the amount of the line is still counted"


def test_yx090__hits_a_second_cell_of_a_choice() -> None:
    area, book = _area("/kan"), editor()
    attach.unmerge(book, SHEET, area.a1())
    book.put_text(SHEET, a1(area.top, area.left + 1), "総務管理費")
    assert_one(book, codes.IN_FIELD, a1(area.top, area.left + 1))


def test_yx090__does_not_hit_texts_that_can_be_joined() -> None:
    assert "YX090" not in codes_of(_pasted_across("端末", "12台"))


# Amounts in rows that are no line's


def _inserted(before: int) -> Editor:
    """Give a book with a row inserted above row `before` (from 0), and a line typed into it."""
    book = editor()
    book.insert_row(SHEET, before)
    book.put_text(SHEET, a1(before, parse_a1(line("label"))[1]), "追加の委託")
    book.put_number(SHEET, a1(before, parse_a1(AMOUNT)[1]), 1000)
    return book


_EDGES = [
    *(plan().by_name()[name].area.top for name in ("yx_lines1_requested", "yx_lines2_requested")),
    *(
        plan().by_name()[name].area.bottom + 1
        for name in ("yx_lines1_requested", "yx_lines2_requested")
    ),
    plan().by_name()["yx_subtotal1_requested"].area.top,
]


@pytest.mark.parametrize("row", _EDGES)
def test_yx091__hits_a_line_in_a_row_at_the_edge_of_the_list(row: int) -> None:
    book = _inserted(row)
    finding = _told(book, "YX091")
    assert finding.place.cell == a1(row, parse_a1(AMOUNT)[1])
    assert finding.pointer == "/lines", "the request is left out of the totals"
    assert "「追加の委託」" in finding.fact
    assert "「1000」" in finding.fact
    assert codes_of(book) == ["YX038", "YX091"]


@pytest.mark.parametrize("amount", ["1,000", "１０００千円", "△500", "1,234円"])
def test_yx091__hits_an_amount_typed_as_text(amount: str) -> None:
    row = plan().by_name()["yx_subtotal2_requested"].area.top
    book = _inserted(row)
    book.put_text(SHEET, a1(row, parse_a1(AMOUNT)[1]), amount)
    assert amount in _told(book, "YX091").fact


def test_yx091__hits_a_formula_without_result_and_an_amount_between_sources() -> None:
    row = plan().by_name()["yx_subtotal2_requested"].area.top
    book = _inserted(row)
    book.put_formula(SHEET, a1(row, parse_a1(AMOUNT)[1]), "積算!H5", None)
    assert "「=積算!H5」" in _told(book, "YX091").fact
    assert _told(_inserted(_area("/funding/other/amount").top), "YX091").pointer == "/funding"


def test_yx091__does_not_hit_a_line_in_the_middle_which_is_read() -> None:
    row = plan().by_name()["yx_lines1_requested"].area.top + 1
    lines = read(_inserted(row)).requests[0].document["lines"]
    assert (lines[1]["label"], lines[1]["requested"]) == ("追加の委託", 1000)
    assert "YX091" not in codes_of(_inserted(row))


# Words beside the form


@pytest.mark.parametrize("place", ["U7", "A45", "D9", "AA500", "XFD1048576", "L22"])
def test_yx092__hits_a_text_beside_below_and_between(place: str) -> None:
    book = editor()
    book.put_text(SHEET, place, WORDS)
    assert WORDS in assert_one(book, codes.BESIDE, place).fact


def test_yx092__hits_once_a_sheet_and_names_every_word() -> None:
    book = editor()
    for row in range(50, 70):
        book.put_text(SHEET, f"A{row}", f"注記{row}")
    finding = assert_one(book, codes.BESIDE, "A50")
    assert "A50「注記50」、A51「注記51」" in finding.fact
    assert "ほか8か所" in finding.fact


def test_yx092__hits_a_formula_with_and_without_result() -> None:
    book = editor()
    book.put_formula(SHEET, "U3", "I21*2", 246)
    book.put_formula(SHEET, "U4", "I21*3", None)
    assert "U3「246」、U4「=I21*3」" in assert_one(book, codes.BESIDE, "U3").fact


def test_yx092__hits_text_under_a_merge() -> None:
    book, area = editor(), _area("/description")
    book.put_text(SHEET, a1(area.top + 1, area.left), "結合の下に残った2行目")
    finding = assert_one(book, codes.BESIDE, a1(area.top + 1, area.left))
    assert "（結合の下）「結合の下に残った2行目」" in finding.fact


def test_yx092__hits_a_text_in_a_row_inserted_beside_the_lines() -> None:
    row, book = plan().by_name()["yx_subtotal2_requested"].area.top, editor()
    book.insert_row(SHEET, row)
    book.put_text(SHEET, a1(row, parse_a1(line("label"))[1]), "※見積は別紙")
    assert codes_of(book) == ["YX038", "YX092"]


def test_yx092__hits_a_sheet_that_is_no_request() -> None:
    book = Editor(blank())
    book.put_text(SECOND, "U3", WORDS)
    reading = read(book)
    assert reading.requests == ()
    assert [(f.code, f.place.sheet, f.place.cell) for f in reading.findings] == [
        ("YX092", SECOND, "U3")
    ]


def test_yx092__hits_a_book_in_another_format() -> None:
    book = editor()
    book.put_text(SHEET, "U3", WORDS)
    assert WORDS in next(f for f in found(read(as_ods(book))) if f.code == "YX092").fact


@pytest.mark.parametrize("code", [SECTIONED, FLAT])
def test_yx092__does_not_hit_a_book_as_it_is_or_where_rows_and_columns_moved(code: str) -> None:
    assert codes_of(editor(code)) == []
    book = editor(code)
    book.insert_row(SHEET, 8)
    book.insert_row(SHEET, 0)
    book.insert_column(SHEET, 3)
    assert codes_of(book) == ["YX038"]


def test_yx092__does_not_hit_reasons_changed_labels_or_what_has_a_finding_of_its_own() -> None:
    book = editor()
    for check in plan().checks:
        if check.reason_name:
            book.put_text(SHEET, check.reason.first, "見積りのとおり")
    assert codes_of(book) == []
    book.put_text(SHEET, label("3 事業説明文").first, "概要")
    assert codes_of(book) == ["YX037"]


# Notes, comments, shapes, headers


def test_yx093__hits_a_note_with_its_words() -> None:
    book = editor()
    attach.note(book, SHEET, {AMOUNT: WORDS})
    assert f"{AMOUNT}のメモ「{WORDS}」" in assert_one(book, codes.NOTE, AMOUNT).fact


def test_yx093__hits_a_comment_and_its_answer_and_not_the_notice_of_excel() -> None:
    book = editor()
    attach.comment(book, SHEET, AMOUNT, WORDS, "了解しました")
    fact = assert_one(book, codes.NOTE, AMOUNT).fact
    assert f"{AMOUNT}のコメント「{WORDS} 了解しました」" in fact
    assert "スレッド化" not in fact


@pytest.mark.parametrize(
    "notice", [NOTICE, "[Threaded comment]\n\nYour version of Excel allows…\n\nComment:\n    "]
)
def test_yx093__hits_a_comment_of_which_a_program_kept_the_note_alone(notice: str) -> None:
    book = editor()
    attach.note(book, SHEET, {AMOUNT: notice + WORDS})
    assert f"のコメント「{WORDS}」" in assert_one(book, codes.NOTE, AMOUNT).fact


def test_yx093__hits_a_text_box_also_in_a_group() -> None:
    book = editor()
    group = f"<xdr:grpSp>{text_box('取り下げる', '予定です。')}<xdr:grpSp>{text_box('内側')}</xdr:grpSp></xdr:grpSp>"
    attach.draw(book, SHEET, anchor(10, 1, group))
    assert (
        "B11の図形の文字「取り下げる 予定です。 内側」" in assert_one(book, codes.NOTE, "B11").fact
    )


def test_yx093__hits_a_shape_with_a_fallback_once() -> None:
    book = editor()
    shape = (
        f'<mc:AlternateContent><mc:Choice Requires="a14">{text_box("新しい形")}</mc:Choice>'
        f"<mc:Fallback>{text_box('新しい形')}</mc:Fallback></mc:AlternateContent>"
    )
    attach.draw(book, SHEET, anchor(0, 0, shape))
    assert "「新しい形」" in assert_one(book, codes.NOTE, "A1").fact


def test_yx093__hits_the_title_of_a_chart() -> None:
    book = editor()
    part = attach.draw(book, SHEET, anchor(3, 1, "<xdr:graphicFrame/>"))
    attach.relate(book, part, "xl/charts/chart1.xml", "chart")
    text = "http://schemas.openxmlformats.org/drawingml/2006"
    book._parts["xl/charts/chart1.xml"] = (
        f'<c:chartSpace xmlns:c="{text}/chart" xmlns:a="{text}/main"><c:chart><c:title><c:tx><c:rich>'
        "<a:p><a:r><a:t>契約の推移</a:t></a:r></a:p></c:rich></c:tx></c:title></c:chart></c:chartSpace>"
    ).encode()
    assert {f.code for f in found(read(book))} == {"YX093", "YX023"}
    assert "「契約の推移」" in _told(book, "YX093").fact


def test_yx093__hits_a_header_and_leaves_its_codes_out() -> None:
    book = editor()
    attach.set_header(book, SHEET, '&L&"MS P ゴシック,標準"&12取扱注意&C&P / &N')
    assert "「取扱注意 /」" in assert_one(book, codes.NOTE, None).fact


@pytest.mark.parametrize("sheet", ["はじめに", "一覧", "積算"])
def test_yx093__hits_a_note_on_a_sheet_that_is_not_read(sheet: str) -> None:
    book = editor()
    attach.note(book, sheet, {"B2": WORDS})
    assert WORDS in assert_one(book, codes.NOTE, "B2", sheet=sheet).fact


def test_yx093__hits_what_staff_wrote_below_a_note_of_ours_and_beside_one() -> None:
    book = editor()
    ours = "YX121 誤り\n「要求額」の「約\n１２００」は金額として読めません。\n→ 半角の数字で入力してください。"
    attach.note(book, SHEET, {AMOUNT: f"{ours}\n\n{ours}\n直しました", TITLE: "YX209 は端数です。"})
    fact = assert_one(book, codes.NOTE, TITLE).fact
    assert f"{TITLE}のメモ「YX209 は端数です。」、{AMOUNT}のメモ「直しました」" in fact


def test_yx093__hits_a_very_long_note_and_says_that_it_goes_on() -> None:
    book = editor()
    attach.note(book, SHEET, {AMOUNT: "長" * 20_000})
    fact = assert_one(book, codes.NOTE, AMOUNT).fact
    assert "長…」" in fact
    assert len(fact) < 400


def test_yx093__does_not_hit_our_own_notes_nor_a_header_of_page_numbers() -> None:
    book = editor()
    ours = "YX121 誤り\n「要求額」の「約１２００」は金額として読めません。\n→ 入力してください。"
    attach.note(book, SHEET, {AMOUNT: f"{ours}\n\n{ours}", TITLE: ours, "B7": "  \n"})
    attach.set_header(book, SHEET, '&C&"MS P ゴシック,標準"&A　&P / &N')
    assert codes_of(book) == []


@pytest.mark.parametrize("text", ["&C&12Page &P", "&Cページ &P / 全&N ページ", "&CPage &P of &N"])
def test_yx093__does_not_hit_the_page_numbers_of_a_new_sheet(text: str) -> None:
    book = editor()
    attach.set_header(book, SHEET, text)
    assert codes_of(book) == []


def test_yx093__does_not_hit_a_drawing_that_cannot_be_read() -> None:
    book = editor()
    attach.attach(book, SHEET, "xl/drawings/drawing9.xml", "<wsDr", "drawing")
    assert codes_of(book) == []
    book = editor()
    attach.attach(book, SHEET, "xl/drawings/drawing9.xml", "<!DOCTYPE a><a/>", "drawing")
    assert codes_of(book) == [DTD_FOUND.code], "what is hostile is refused"


# Sheets of their own, pictures, links


@pytest.mark.parametrize(("state", "said"), [("visible", ""), ("veryHidden", "非表示の")])
def test_yx022__hits_a_sheet_of_their_own_with_what_stands_in_it(state: str, said: str) -> None:
    book = editor()
    attach.add_sheet(book, "別紙", {"B2": "追加の要求 備品購入 5,000千円", "C9": "以上"}, state)
    fact = assert_one(book, codes.OWN_SHEET, "B2", sheet="別紙").fact
    assert f"様式にない{said}シートで、2個のセルに記入があります" in fact
    assert "B2「追加の要求 備品購入 5,000千円」、C9「以上」" in fact


def test_yx022__does_not_hit_an_empty_sheet() -> None:
    book = editor()
    attach.add_sheet(book, "Sheet1", {})
    assert codes_of(book) == []


def test_yx022__does_not_hit_a_sheet_that_looks_like_a_request_which_is_an_error() -> None:
    book = editor()
    texts = {a1(one.area.top + 1, one.area.left): one.text for one in plan().labels if one.text}
    attach.add_sheet(book, "５件目", texts)
    assert "様式の見出し 34個" in assert_one(book, codes.ALIKE, "E2", sheet="５件目").fact


def test_yx694__hits_a_sheet_with_the_words_of_a_request_in_another_order() -> None:
    book = editor()
    texts = {
        f"{'CDEFGHIJ'[n % 8]}{200 - n}": one.text for n, one in enumerate(plan().labels) if one.text
    }
    attach.add_sheet(book, "５件目", texts, "hidden")
    finding = one(book)
    assert (finding.code, finding.place.sheet) == (codes.ALIKE.code, "５件目")


def test_yx694__does_not_hit_an_estimate_with_the_headings_of_line_items() -> None:
    book = editor()
    attach.add_sheet(
        book, "別紙", {"A1": "事業名", "A2": "内容", "B2": "要求額", "B3": "500", "A4": "合計"}
    )
    assert_one(book, codes.OWN_SHEET, "A1", sheet="別紙")


def test_yx023__hits_a_picture_an_object_and_a_link_to_another_book() -> None:
    book = editor()
    attach.draw(book, SHEET, anchor(9, 9, "<xdr:pic/>"))
    assert "J10の画像、図形またはグラフ" in assert_one(book, codes.NOT_READ, "J10").fact
    book = editor()
    attach.attach(book, SHEET, "xl/embeddings/見積書.docx", "", "package")
    assert "「見積書.docx」" in assert_one(book, codes.NOT_READ, None).fact
    book = editor()
    attach.relate(book, "xl/workbook.xml", "xl/externalLinks/externalLink1.xml", "externalLink")
    assert "ほかのブックへのリンク" in assert_one(book, codes.NOT_READ, None, sheet=None).fact


def test_yx023__does_not_hit_a_book_without() -> None:
    assert "YX023" not in codes_of(filled(FLAT))


# Rows and columns that nobody sees


@pytest.mark.parametrize("height", [0, 0.75, 5])
def test_yx054__hits_a_row_too_low_to_be_seen(height: float) -> None:
    book = editor()
    attach.set_height(book, SHEET, parse_a1(AMOUNT)[0], height)
    finding = one(book)
    assert finding.code == codes.UNSEEN.code
    assert AMOUNT in finding.fact
    assert read(book).requests[0].document == ORIGINAL


@pytest.mark.parametrize("width", [0, 0.3])
def test_yx054__hits_a_column_too_narrow_to_be_seen(width: float) -> None:
    book = editor()
    attach.set_width(book, SHEET, parse_a1(AMOUNT)[1], width)
    assert_one(book, codes.UNSEEN, AMOUNT)


def test_yx054__hits_rows_that_are_low_by_default() -> None:
    book = editor()
    root = book._tree(book._part(SHEET))
    for one_row in root.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row"):
        one_row.attrib.pop("ht", None)
    root.find("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheetFormatPr").set(  # type: ignore[union-attr]
        "defaultRowHeight", "0"
    )
    assert one(book).code == codes.UNSEEN.code


def test_yx054__does_not_hit_a_low_empty_row_or_one_as_low_as_the_form_has() -> None:
    book = editor()
    attach.set_height(book, SHEET, parse_a1(line("requested", 7))[0], 0)
    attach.set_height(book, SHEET, parse_a1(AMOUNT)[0], 10.5)
    assert codes_of(book) == []


def test_all_kinds__are_told_of_one_book_that_openpyxl_wrote() -> None:
    made = openpyxl.load_workbook(BytesIO(filled()))
    made[SHEET]["U7"] = WORDS
    made.create_sheet("別紙")["A1"] = WORDS
    made[SHEET][AMOUNT].comment = Comment(WORDS, "担当")
    out = BytesIO()
    made.save(out)
    told = {f.code: f.fact for f in found(read(out.getvalue()))}
    assert all(WORDS in told[code] for code in ("YX022", "YX092", "YX093"))


def test_left_out__the_words_of_a_field_that_is_gone_go_along_with_what_is_told_of_it() -> None:
    book = editor()
    book.drop_name(SHEET, "yx_title")
    finding = assert_one(book, codes.LOST_PLACE, None)
    assert finding.facts["each"] == (f"シート「{SHEET}」の{TITLE}「{ORIGINAL['title']}」",)
