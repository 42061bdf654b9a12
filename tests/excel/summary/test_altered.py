"""Sheets that somebody renamed, copied, deleted, coloured or wrote upon: all is read, noted or told."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.excel.summary.samples import SETTINGS, opened, roster, row
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.summary.reading import SummaryReading, read_summary
from yosan_xl.excel.summary.stamp import SHEET, NotASummary
from yosan_xl.model.decision import FinanceEntries, LineKey, Spot, Typed, Uncarried, Value
from yosan_xl.model.finding import Place

LINES = [{"label": label, "part": None, "requested": 50} for label in ("一", "二")]
ROWS = [row(at, id=f"0301-{at}", no=at, lines=LINES) for at in range(1, 9)]
TOTALS: dict[Spot, Value] = {Spot(f"0301-{at}", "decided/total"): 10 * at for at in range(1, 9)}
TYPED: dict[Spot, Value] = {**TOTALS, Spot("0301-2", "remarks", LineKey(2, None, "二")): "備考"}
DATA = summary_bytes(ROWS, (), SETTINGS, roster(), entries=FinanceEntries(typed=TYPED))

Change = Callable[[Workbook], None]


def edited(*changes: Change, data: bytes = DATA) -> SummaryReading:
    book = opened(data, values=False)
    for change in changes:
        change(book)
    out = BytesIO()
    book.save(out)
    return read_summary(out.getvalue(), "R2_集計.xlsx")


def values(reading: SummaryReading) -> dict[Spot, Value]:
    return {one.spot: one.value for one in reading.cells}


def codes(reading: SummaryReading) -> list[str]:
    return [one.code for one in reading.findings]


def notes(reading: SummaryReading) -> list[tuple[str | None, str | None, str]]:
    return [(one.place.sheet, one.place.cell, one.raw) for one in reading.notes]


def lost(reading: SummaryReading) -> list[str]:
    return list(map(str, reading.lost))


def _rename(written: str, name: str) -> Change:
    def change(book: Workbook) -> None:
        book[written].title = name

    return change


def test_altered__saved_by_another_library_is_as_it_was() -> None:
    reading = edited()
    assert values(reading) == TYPED
    assert (reading.notes, reading.lost, reading.findings) == ((), (), ())
    assert reading.strange_sheets == ()


def test_yx710__hits_renamed_sheets_which_are_read() -> None:
    reading = edited(
        _rename("一覧", "一覧（最終）"), _rename("査定", "X"), _rename("会計・款別", "款")
    )
    assert values(reading) == TYPED
    assert codes(reading) == ["YX710"] * 3
    assert (reading.notes, reading.lost, reading.strange_sheets) == ((), (), ())
    assert {one.place.sheet for one in reading.cells} == {"一覧（最終）", "X"}


def test_yx710__hits_sheets_that_changed_their_names() -> None:
    reading = edited(_rename("一覧", "間"), _rename("査定", "一覧"), _rename("間", "査定"))
    assert values(reading) == TYPED


def test_yx710__does_not_hit_sheets_with_their_names() -> None:
    assert "YX710" not in codes(edited())


def _headings(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): at for at, cell in enumerate(sheet[4], 1)}


def _copied(book: Workbook, name: str) -> Worksheet:
    """Copy a sheet as Excel does, with its hidden name."""
    copy = book.copy_worksheet(book[name])
    copy.title = f"{name} (2)"
    for own, defined in book[name].defined_names.items():
        if own.startswith("yx_"):
            copied = type(defined)(own, attr_text=f"'{name} (2)'!$A$1", hidden=True)
            copy.defined_names[own] = copied
    return copy


def _copy(book: Workbook) -> None:
    """Copy 一覧, and type into the copy alone."""
    copy = _copied(book, "一覧")
    copy.cell(5, _headings(copy)["予算額"]).value = 777
    copy.cell(6, _headings(copy)["編成の考え方"]).value = "写しの考え方"


def test_yx711__hits_a_copied_sheet_and_notes_what_was_typed_there_alone() -> None:
    reading = edited(_copy)
    assert values(reading) == TYPED
    assert codes(reading) == ["YX711"]
    assert sorted(one.raw for one in reading.notes) == ["777", "写しの考え方"]
    assert {one.spot.request for one in reading.notes} == {"0301-1", "0301-2"}
    assert reading.strange_sheets == ()


def _copy_without_name(book: Workbook) -> None:
    copy = book.copy_worksheet(book["査定"])
    copy.cell(5, _headings(copy)["備考"]).value = "写しの備考"


def test_yx711__hits_a_copy_without_a_hidden_name() -> None:
    reading = edited(_copy_without_name)
    assert (values(reading), codes(reading)) == (TYPED, ["YX711"])
    assert [one.raw for one in reading.notes] == ["写しの備考"]
    assert reading.strange_sheets == ("査定 Copy",)


def test_yx711__does_not_hit_a_sheet_of_somebody_s_own() -> None:
    def change(book: Workbook) -> None:
        book.create_sheet("メモ")["A1"] = "大切"

    reading = edited(change)
    assert (codes(reading), reading.strange_sheets) == ([], ("メモ",))


def _remove(*names: str) -> Change:
    def change(book: Workbook) -> None:
        for name in names:
            book.remove(book[name])

    return change


@pytest.mark.parametrize("name", ["一覧", "査定"])
def test_yx712__hits_a_deleted_sheet_and_reads_the_other(name: str) -> None:
    reading = edited(_remove(name))
    assert codes(reading) == ["YX712"]
    assert values(reading) == {
        s: v for s, v in TYPED.items() if (s.line is None) != (name == "一覧")
    }
    assert reading.dismissed == ()


def test_yx712__does_not_hit_a_deleted_table() -> None:
    reading = edited(_remove("明細", "会計・款別"))
    assert (values(reading), codes(reading), reading.lost) == (TYPED, [], ())


def test_altered__without_any_sheet_to_type_into_it_is_refused() -> None:
    with pytest.raises(NotASummary, match="「一覧」「査定」"):
        edited(_remove("一覧", "査定"))


def test_summary__of_a_program_before_says_nothing_of_the_words_of_its_own_charts() -> None:
    def as_version_3(book: Workbook) -> None:
        stamp = book["_yosan_summary"]
        stamp["C1"] = "3"
        for line in range(stamp.max_row, 1, -1):
            if str(stamp.cell(line, 1).value).startswith(("marked ", "generation", "ground")):
                stamp.delete_rows(line)
        chart = BarChart()
        chart.title = "部別の要求額（千円）"
        book["部別"].add_chart(chart)

    assert notes(edited(as_version_3)) == []


def _delete_column(heading: str) -> Change:
    def change(book: Workbook) -> None:
        book["一覧"].delete_cols(_headings(book["一覧"])[heading])

    return change


def test_yx713__hits_a_deleted_column_and_reads_the_others() -> None:
    reading = edited(_delete_column("予算額"))
    assert codes(reading) == ["YX713"]
    assert "「予算額」" in reading.findings[0].fact
    assert values(reading) == {s: v for s, v in TYPED.items() if s.line}


def test_yx713__hits_a_deleted_column_of_later_versions() -> None:
    (told,) = edited(_delete_column("査定区分")).findings
    assert (told.code, "「査定区分」" in told.fact) == ("YX713", True)


def test_yx713__hits_a_heading_that_stands_over_two_columns() -> None:
    def change(book: Workbook) -> None:
        sheet = book["一覧"]
        column = _headings(sheet)["予算額"]
        sheet.insert_cols(column)
        for line in range(1, sheet.max_row + 1):
            sheet.cell(line, column).value = sheet.cell(line, column + 1).value

    (told,) = edited(change).findings
    assert told.code == "YX713"
    assert "「予算額」がいくつもあり" in told.fact
    assert "写した列の見出しを別の名前に変え" in told.remedy


def test_yx713__does_not_hit_an_inserted_column() -> None:
    def change(book: Workbook) -> None:
        book["一覧"].insert_cols(3)
        book["一覧"].cell(4, 3).value = "私の列"
        book["一覧"].cell(5, 3).value = "要確認"

    reading = edited(change)
    assert (values(reading), codes(reading)) == (TYPED, [])
    assert [one.raw for one in reading.notes] == ["私の列", "要確認"]


def _sort(entries_alone: bool) -> Change:
    def change(book: Workbook) -> None:
        sheet = book["一覧"]
        at = _headings(sheet)["予算額"]
        columns = [at] if entries_alone else range(1, sheet.max_column + 1)
        for column in columns:
            contents = [sheet.cell(line, column).value for line in range(5, 13)]
            for line, content in enumerate(reversed(contents), 5):
                sheet.cell(line, column).value = content

    return change


def test_yx714__hits_entries_sorted_alone() -> None:
    reading = edited(_sort(entries_alone=True))
    assert codes(reading) == ["YX714"]
    assert "「予算額」で、前にあった記入 8件" in reading.findings[0].fact
    assert values(reading)[Spot("0301-1", "decided/total")] == 80


def test_yx714__does_not_hit_whole_rows_sorted() -> None:
    reading = edited(_sort(entries_alone=False))
    assert (values(reading), codes(reading)) == (TYPED, [])


def test_yx714__does_not_hit_entries_typed_anew() -> None:
    def change(book: Workbook) -> None:
        sheet = book["一覧"]
        for line in range(5, 13):
            sheet.cell(line, _headings(sheet)["予算額"]).value = 1_000 + line
        sheet.cell(5, _headings(sheet)["予算額"]).value = 20

    assert codes(edited(change)) == []


def _put(sheet: str, cell: str, content: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = content  # type: ignore[assignment]

    return change


@pytest.mark.parametrize(
    ("sheet", "cell", "content", "raw"),
    [
        ("明細", "C4", 999, "999"),
        ("明細", "Z3", "欄外", "欄外"),
        ("明細", "A40", "下", "下"),
        ("目次", "J3", "=1+1", "=1+1"),
        ("会計・款別", "D5", 12_345, "12345"),
        ("会計・款別", "P3", "大切", "大切"),
        ("検証結果", "A9", "確認済み", "確認済み"),
        ("提出状況", "B3", "=要連絡", "=要連絡"),
    ],
)
def test_altered__what_stands_on_a_table_is_noted(
    sheet: str, cell: str, content: object, raw: str
) -> None:
    reading = edited(_put(sheet, cell, content))
    assert (sheet, cell, raw) in notes(reading)
    assert all(name == sheet for name, _, _ in notes(reading))
    assert values(reading) == TYPED


def test_altered__too_many_cells_are_lost_together() -> None:
    def change(book: Workbook) -> None:
        for line in range(1, 100):
            book["目次"].cell(line, 20).value = line

    reading = edited(change)
    assert (reading.notes, lost(reading)) == ((), ["「目次」の値（たくさんのセル）"])


def test_altered__rows_of_a_table_sorted_or_deleted_are_nothing() -> None:
    def change(book: Workbook) -> None:
        sheet = book["明細"]
        lines = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]
        for at, line in enumerate(reversed(lines), 2):
            for column, content in enumerate(line, 1):
                sheet.cell(at, column).value = content
        sheet.delete_rows(3, 2)

    reading = edited(change)
    assert (reading.notes, reading.lost) == ((), ())


def _colour(sheet: str, cell: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell].fill = PatternFill("solid", fgColor="FFFF00")

    return change


def test_altered__a_colour_is_lost_and_told() -> None:
    reading = edited(_colour("一覧", "B5"), _colour("明細", "B3"), _colour("目次", "K9"))
    assert sorted(lost(reading)) == [
        "「一覧」B5 の塗りつぶし",
        "「明細」B3 の塗りつぶし",
        "「目次」K9 の塗りつぶし",
    ]


def test_altered__comments_are_notes_with_their_place() -> None:
    def change(book: Workbook) -> None:
        book["一覧"]["B6"].comment = Comment("この件は保留", "花子")
        book["明細"]["B3"].comment = Comment("明細のメモ", "花子")

    reading = edited(change)
    assert notes(reading) == [("一覧", "B6", "この件は保留"), ("明細", "B3", "明細のメモ")]
    assert reading.notes[0].spot.request == "0301-2"


def test_altered__a_drawing_is_lost_and_told() -> None:
    def change(book: Workbook) -> None:
        for name in ("一覧", "目次"):
            sheet: Worksheet = book[name]
            sheet.add_chart(BarChart(), "C3")

    assert lost(edited(change)) == ["「一覧」の図形か画像（1個）", "「目次」の図形か画像（1個）"]


def test_altered__a_note_beside_a_row_that_could_not_be_carried_is_read() -> None:
    def change(book: Workbook) -> None:
        sheet = book["引き継げない記入"]
        sheet["A5"] = "0900-1"
        sheet.cell(5, _headings(sheet)["記入された内容"]).value = "残り"
        sheet["P5"] = "横のメモ"

    reading = edited(change)
    assert [one.raw for one in reading.uncarried] == ["残り"]
    assert [(one.raw, one.spot.request) for one in reading.notes] == [("横のメモ", "0900-1")]


_LEFT = tuple(
    Uncarried(
        Typed(Spot(f"0900-{at}", "remarks"), text, text, Place("a.xlsx", "一覧", "L5"), "消えた"),
        "要求がないため",
        at,
    )
    for at, text in enumerate(("六千", "約五百"))
)
LISTED = summary_bytes(ROWS, (), SETTINGS, roster(), entries=FinanceEntries(uncarried=_LEFT))


def _write(cells: dict[str, str]) -> Change:
    def change(book: Workbook) -> None:
        sheet = book["引き継げない記入"]
        for cell, value in cells.items():
            sheet[cell] = value

    return change


def test_altered__what_is_written_over_and_below_what_could_not_be_carried_is_noted() -> None:
    over = {
        "B5": "直した事業名",
        "H6": "田中に確認中",
        "A9": "下のメモ",
        "E10": "下の項目",
        "D4": "見出し",
    }
    reading = edited(_write(over), data=LISTED)
    assert {cell: text for _, cell, text in notes(reading)} == over
    assert [one.spot.request for one in reading.notes] == ["", "0900-0", "0900-1", "", ""]
    assert [(one.raw, one.number) for one in reading.uncarried] == [("六千", 0), ("約五百", 1)]


def test_altered__a_row_deleted_or_mended_of_what_could_not_be_carried_is_no_note() -> None:
    reading = edited(
        lambda book: book["引き継げない記入"].delete_rows(5), _write({"G5": "500"}), data=LISTED
    )
    assert (reading.notes, [one.raw for one in reading.uncarried]) == ((), ["500"])


def test_altered__a_row_that_somebody_added_to_what_could_not_be_carried_is_one_entry() -> None:
    added = {"A7": "0301-1", "B7": "事業", "G7": "メモ", "H7": "わけ"}
    reading = edited(_write(added), data=LISTED)
    assert reading.notes == ()
    assert [one.raw for one in reading.uncarried] == ["六千", "約五百", "メモ"]


@pytest.mark.parametrize("cell", ["A5", "A6", "C8", "G5", "P5"])
def test_altered__what_is_written_where_nothing_was_left_is_read(cell: str) -> None:
    reading = edited(_write({cell: "メモ"}))
    found = [(one.raw, one.spot.request) for one in (*reading.notes, *reading.uncarried)]
    assert found == [("メモ", "")]


def test_altered__a_copy_of_what_could_not_be_carried_is_looked_at() -> None:
    def change(book: Workbook) -> None:
        _copied(book, "引き継げない記入")["G5"] = "写しに書いた"

    assert [text for _, _, text in notes(edited(change, data=LISTED))] == ["写しに書いた"]


def test_altered__of_a_summary_that_does_not_tell_what_was_left_what_stands_beside_is_read() -> (
    None
):
    def change(book: Workbook) -> None:
        hidden = book[SHEET]
        for at in range(hidden.max_row, 0, -1):
            if hidden.cell(at, 2).value == "texts":
                hidden.delete_rows(at)

    reading = edited(change, _write({"H5": "わけ", "P5": "横のメモ"}), data=LISTED)
    assert [text for _, _, text in notes(reading)] == ["横のメモ"]
