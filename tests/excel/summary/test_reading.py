"""The summary read back: entries by request and line wherever the rows are now, and no trust."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook
from openxml_audit import OpenXmlValidator

from tests.excel.summary.samples import SETTINGS, book_bytes, nine, opened, roster, row
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.summary.reading import SummaryReading, read_summary
from yosan_xl.excel.summary.stamp import SHEET, SIZE, NotASummary
from yosan_xl.excel.summary.template import read_definition
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.model.decision import FinanceEntries, LineKey, Spot, Typed, Uncarried
from yosan_xl.model.finding import Place
from yosan_xl.resources import template_folder

LINES = [{"label": label, "part": None, "requested": 50} for label in ("一", "二")]
ROWS = [row(1, id="0301-1", no=1, lines=LINES), row(2, id="0301-2", no=2, lines=LINES)]
ENTRIES = FinanceEntries(
    typed={
        Spot("0301-1", "decided/total"): 90,
        Spot("0301-2", "rationale"): "考え方",
        Spot("0301-2", "remarks", LineKey(2, None, "二")): "備考",
    },
    uncarried=(
        Uncarried(
            Typed(
                Spot("0900-1", "decided/total", LineKey(3, "経常経費分", "三")),
                70,
                "70",
                Place("R2_集計.xlsx", "査定", "I9"),
                "消えた事業",
            ),
            "要求が集計に入っていないため",
        ),
    ),
)


def written() -> bytes:
    return summary_bytes(ROWS, (), SETTINGS, roster(), entries=ENTRIES)


def edited(change: Callable[[Workbook], None]) -> bytes:
    book = opened(written(), values=False)
    change(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def values(reading: SummaryReading) -> dict[Spot, object]:
    return {one.spot: one.value for one in reading.cells}


def test_read_summary__gives_back_what_was_written() -> None:
    reading = read_summary(written(), "R2_集計.xlsx")
    assert values(reading) == ENTRIES.typed
    assert not any(one.is_changed for one in reading.cells)
    assert (reading.notes, reading.strange_sheets) == ((), ())
    assert reading.fiscal_year == 2020
    (left,) = reading.uncarried
    own = ENTRIES.uncarried[0]
    assert (left.spot, left.value, left.raw) == (own.typed.spot, 70, "70")
    assert (left.place, left.title, left.why) == (own.typed.place, own.typed.title, own.why)


@pytest.mark.parametrize("rows", [(), nine()], ids=["0", "9"])
def test_read_summary__nothing_typed_is_nothing_read(rows: tuple[object, ...]) -> None:
    reading = read_summary(book_bytes(rows), "R2_集計.xlsx")  # type: ignore[arg-type]
    assert (reading.cells, reading.notes, reading.uncarried) == ((), (), ())


def _sort_backwards(book: Workbook) -> None:
    for name in ("一覧", "査定"):
        sheet = book[name]
        rows = [[cell.value for cell in line] for line in sheet.iter_rows(min_row=5)]
        for at, line in enumerate(reversed(rows), 5):
            for column, value in enumerate(line, 1):
                sheet.cell(at, column).value = value


def _insert(book: Workbook) -> None:
    for name in ("一覧", "査定"):
        book[name].insert_rows(5)
        book[name].insert_cols(3)
        book[name].insert_rows(1)


@pytest.mark.parametrize("change", [_sort_backwards, _insert])
def test_read_summary__finds_entries_where_they_are_now(change: Callable[[Workbook], None]) -> None:
    reading = read_summary(edited(change), "R2_集計.xlsx")
    assert values(reading) == ENTRIES.typed
    assert reading.notes == ()


def _copy_a_row(book: Workbook) -> None:
    sheet = book["一覧"]
    for column, cell in enumerate(list(sheet[5]), 1):
        sheet.cell(9, column).value = cell.value


def test_read_summary__a_copied_row_is_no_second_request_and_not_lost() -> None:
    reading = read_summary(edited(_copy_a_row), "R2_集計.xlsx")
    assert values(reading) == ENTRIES.typed
    assert "90" in [note.raw for note in reading.notes]
    assert {note.spot.request for note in reading.notes} == {"0301-1"}


_TITLES_OF_BEFORE = {"row 一覧": 6, "row 査定": 2}
"""Where 事業名 stood among the columns in the time of version 2; today it is the second."""


def _as_version_2(book: Workbook) -> None:
    """Let the hidden sheet say what it said before it knew the columns."""
    sheet = book[SHEET]
    sheet["C1"] = "2"
    own = ("form", "column ", "entry ")
    rows = [
        at for at in range(1, sheet.max_row + 1) if str(sheet.cell(at, 1).value).startswith(own)
    ]
    for at in reversed(rows):
        sheet.delete_rows(at)
    for line in sheet.iter_rows():
        if line[0].value == "sheet":
            line[2].value = None
        if place := _TITLES_OF_BEFORE.get(str(line[0].value)):
            text = str(line[2].value)
            marks = [text[at : at + SIZE] for at in range(0, len(text), SIZE)]
            marks.insert(place, marks.pop(1))
            line[2].value = "".join(marks)


def test_read_summary__version_2_is_read_by_its_headings() -> None:
    reading = read_summary(edited(_as_version_2), "R2_集計.xlsx")
    assert (values(reading), reading.notes) == (ENTRIES.typed, ())
    assert [left.spot for left in reading.uncarried] == [ENTRIES.uncarried[0].typed.spot]


def test_read_summary__a_column_added_since_refuses_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = (template_folder("summary") / "summary.toml").read_text(encoding="utf-8")
    field = '[fields]\nadded = { label = "加えた列", kind = "text", width = 9 }\n'
    wider = shipped.replace("[fields]\n", field).replace(
        '"@asked_columns"', '"added", "@asked_columns"'
    )
    wider = wider.replace('"@decided"', '"added", "@decided"')
    (tmp_path / "summary.toml").write_text(wider, encoding="utf-8")
    now = read_definition(tmp_path / "summary.toml", load_definition(USUAL_FORM))
    assert all(sheet.column("added") for sheet in now.entry_sheets)
    data = edited(_as_version_2)
    monkeypatch.setattr("yosan_xl.excel.summary.reading.every_definition", lambda _: (now,))
    reading = read_summary(data, "R2_集計.xlsx")
    assert (values(reading), reading.notes) == (ENTRIES.typed, ())


def _strange_id(book: Workbook) -> None:
    sheet = book["一覧"]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "要求書ID")
    sheet[f"{column}5"] = "0301-99"


def test_read_summary__of_a_row_that_is_nobody_s_all_is_noted_that_we_did_not_write() -> None:
    reading = read_summary(edited(_strange_id), "R2_集計.xlsx")
    assert Spot("0301-1", "decided/total") not in values(reading)
    noted = [note.raw for note in reading.notes]
    assert {"90", "0301-99"} <= {*noted}
    assert "税務課" not in noted


def _rename(book: Workbook) -> None:
    for sheet in ("一覧", "査定", "引き継げない記入"):
        for column in ("A", "B", "F"):
            book[sheet][f"{column}4"] = f"別の見出し{column}"


def _rename_entries(book: Workbook) -> None:
    for sheet in ("一覧", "査定"):
        for cell in book[sheet][4]:
            if str(cell.value).startswith("予算額") or cell.value == "要求書ID":
                cell.value = f"別の{cell.value}"


@pytest.mark.parametrize("change", [_rename, _rename_entries])
def test_read_summary__a_renamed_heading_loses_nothing(change: Callable[[Workbook], None]) -> None:
    reading = read_summary(edited(change), "R2_集計.xlsx")
    assert values(reading) == ENTRIES.typed
    assert [left.spot for left in reading.uncarried] == [ENTRIES.uncarried[0].typed.spot]
    assert {note.raw[:2] for note in reading.notes} == {"別の"}


def _empty_heading(book: Workbook) -> None:
    for sheet in ("一覧", "査定"):
        for cell in book[sheet][4]:
            if cell.value == "予算額":
                cell.value = None


def test_read_summary__an_emptied_heading_is_known_by_those_beside_it() -> None:
    reading = read_summary(edited(_empty_heading), "R2_集計.xlsx")
    assert (values(reading), reading.notes) == (ENTRIES.typed, ())


def _rename_beside_a_new_column(book: Workbook) -> None:
    sheet = book["一覧"]
    at = next(cell.column for cell in sheet[4] if cell.value == "予算額")
    sheet.cell(4, at).value = "別の見出し"
    sheet.insert_cols(at)
    sheet.cell(4, at).value = "加えた列"


def test_read_summary__a_renamed_heading_beside_a_new_column_is_not_guessed() -> None:
    reading = read_summary(edited(_rename_beside_a_new_column), "R2_集計.xlsx")
    assert Spot("0301-1", "decided/total") not in values(reading)
    assert "90" in [note.raw for note in reading.notes]
    assert values(reading) == {
        spot: value for spot, value in ENTRIES.typed.items() if spot.field != "decided/total"
    }
    (told,) = [one for one in reading.findings if one.code == "YX713"]
    assert "「一覧」の見出し「予算額」が見つかりません" in told.fact


def _heading_pasted_over(book: Workbook) -> None:
    for sheet in ("一覧", "査定"):
        headings = [cell.value for cell in book[sheet][4]]
        book[sheet].cell(4, headings.index("予算額")).value = "予算額"


def test_read_summary__of_a_heading_twice_the_column_where_it_stood_counts() -> None:
    reading = read_summary(edited(_heading_pasted_over), "R2_集計.xlsx")
    assert values(reading) == ENTRIES.typed


def _renamed_and_moved(book: Workbook) -> None:
    sheet = book["査定"]
    titles = {str(cell.value): at for at, cell in enumerate(sheet[4], 1)}
    own, other = titles["予算額"], titles["要求額"]
    for line in sheet.iter_rows(min_row=4):
        line[own - 1].value, line[other - 1].value = line[other - 1].value, line[own - 1].value
    sheet.cell(4, own).value, sheet.cell(4, other).value = "要求", "決定"


def test_read_summary__columns_renamed_and_moved_are_not_taken_for_one_another() -> None:
    reading = read_summary(edited(_renamed_and_moved), "R2_集計.xlsx")
    assert values(reading) == ENTRIES.typed
    (told,) = [one for one in reading.findings if one.code == "YX713"]
    assert "「査定」の見出し「予算額」が見つかりません" in told.fact


def _no_ids(book: Workbook) -> None:
    headings = [cell.value for cell in book["査定"][4]]
    book["査定"].delete_cols(headings.index("要求書ID") + 1)


def test_read_summary__whose_rows_they_are_must_be_known() -> None:
    with pytest.raises(NotASummary, match="「査定」の見出し「要求書ID」"):
        read_summary(edited(_no_ids), "R2_集計.xlsx")


def _without_headings(sheet: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for cell in book[sheet][4]:
            cell.value = None

    return change


def _remove(sheet: str) -> Callable[[Workbook], None]:
    return lambda book: book.remove(book[sheet])


def _stamp(cell: str, text: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[SHEET][cell] = text

    return change


def _cut_marks(book: Workbook) -> None:
    for line in book[SHEET].iter_rows():
        if str(line[0].value).startswith("row "):
            line[2].value = str(line[2].value)[:-8]


@pytest.mark.parametrize(
    "change",
    [
        _without_headings("一覧"),
        _without_headings("査定"),
        _without_headings("引き継げない記入"),
        _remove(SHEET),
        _stamp("A1", "=1+1"),
        _stamp("C1", "5"),
        _stamp("B2", "２０２０"),
        _stamp("B2", "9999"),
        _cut_marks,
    ],
)
def test_read_summary__what_lost_its_frame_is_refused(change: Callable[[Workbook], None]) -> None:
    with pytest.raises(NotASummary):
        read_summary(edited(change), "R2_集計.xlsx")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600]
)
def test_read_summary__what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read_summary(data, "R2_集計.xlsx")


def _unread(cell: str, value: object) -> Typed:
    def change(book: Workbook) -> None:
        book["一覧"][cell] = value  # type: ignore[assignment]

    column = next(c.column_letter for c in opened(written())["一覧"][4] if c.value == "予算額")
    cell = f"{column}{cell}"
    reading = read_summary(edited(change), "R2_集計.xlsx")
    return next(one for one in reading.cells if one.place.cell == cell)


@pytest.mark.parametrize(
    "value", ["約90", "未定", "-", 90.5, 10**11, True, "#REF!"], ids=lambda value: str(value)
)
def test_read_summary__what_is_no_amount_is_kept_as_typed(value: object) -> None:
    typed = _unread("5", value)
    assert (typed.value, bool(typed.problem)) == (None, True)
    assert typed.raw in (str(value), str(value).upper())


@pytest.mark.parametrize(
    ("value", "amount"),
    [("１，２３４", 1_234), ("▲500", -500), ("(500)", -500), ("4,000円", 4), ("1,234千円", 1_234)],
)
def test_read_summary__an_amount_as_text_is_understood_and_told(value: str, amount: int) -> None:
    typed = _unread("5", value)
    assert (typed.value, typed.repaired, typed.problem) == (amount, True, None)


def test_summary__with_entries_is_a_valid_protected_workbook(tmp_path: Path) -> None:
    path = tmp_path / "集計.xlsx"
    path.write_bytes(written())
    assert OpenXmlValidator().validate(str(path)).errors == []
    book = opened(path.read_bytes())
    guarded = [sheet.title for sheet in book if sheet.protection.sheet]
    lists = {"引き継げない記入", "明細", "提出状況", "検証結果"}
    assert {*book.sheetnames} - {*guarded} == lists
    assert SHEET in guarded
    for name in ("一覧", "査定"):
        assert not book[name].protection.autoFilter  # False: not forbidden
        heads = [(cell.value, cell.coordinate.rstrip("4")) for cell in book[name][4]]
        free = [value for value, column in heads if not _is_locked(book, name, column)]
        assert (
            free
            == {
                "一覧": [
                    *("予算額", "予算額のうち特財", "国庫支出金の予算額", "都支出金の予算額"),
                    *("その他特財の予算額", "査定区分", "編成の考え方"),
                ],
                "査定": ["予算額", "予算額のうち特財", "査定区分", "備考"],
            }[name]
        )


def _is_locked(book: Workbook, sheet: str, column: str) -> bool:
    return bool(book[sheet][f"{column}5"].protection.locked)


def test_uncarried__a_text_longer_than_a_cell_goes_on_in_the_next_row() -> None:
    text = "長" * 40_000
    typed = Typed(Spot("0900-1", "remarks", LineKey(1)), None, text, Place("a.xlsx", "査定", "L5"))
    entries = FinanceEntries(uncarried=(Uncarried(typed, "長すぎます"),))
    reading = read_summary(summary_bytes(ROWS, (), SETTINGS, roster(), entries=entries), "a.xlsx")
    assert "".join(left.raw for left in reading.uncarried) == text
