"""What the hidden sheet says of the history of decisions, and what it cannot be made to say."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from openpyxl.workbook import Workbook

from tests.excel.summary.samples import SETTINGS, opened, roster, row
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.excel.summary.reading import SummaryReading, read_summary
from yosan_xl.excel.summary.stamp import SHEET, StampedHistory
from yosan_xl.model.decision import FinanceEntries, Spot, Typed, Uncarried
from yosan_xl.model.finding import Place
from yosan_xl.model.history import ProjectState

ROWS = [row(1, id="0301-1", no=1), row(2, id="0301-2", no=2)]
LONG = ProjectState(
    "0301-1", title="事業 =1+1", lines=tuple((f"明細{at}" * 40, at) for at in range(400))
)
BASES = {
    "0301-1": LONG,
    "0301-2": ProjectState(
        "0301-2", "0301", "A1", "二", 100, (("national", 50), ("general", 50)), (("一", None),)
    ),
}
HISTORY = StampedHistory(generation=309, stage="部長査定", bases=BASES)


def _left(record: int | None, text: str) -> Uncarried:
    typed = Typed(Spot("0900-1", "remarks"), text, text, Place("a.xlsx", "一覧", "L5"))
    return Uncarried(typed, "行がないため", record)


LEFT = tuple(_left(record, text) for record, text in ((0, "一"), (7, "長" * 40_000), (None, "無")))


def edited(change: Callable[[Workbook], None]) -> SummaryReading:
    entries = FinanceEntries(uncarried=LEFT)
    book = opened(
        summary_bytes(ROWS, (), SETTINGS, roster(), entries=entries, history=HISTORY), values=False
    )
    change(book)
    book.properties.lastModifiedBy = "財政 <花子>"
    out = BytesIO()
    book.save(out)
    return read_summary(out.getvalue(), "R2_集計.xlsx")


def test_stamp__says_what_was_known_of_the_history() -> None:
    reading = edited(lambda _: None)
    assert (reading.generation, reading.stage, reading.bases) == (309, "部長査定", BASES)
    assert reading.saved_by == "財政 <花子>"
    assert reading.dismissed == ()
    assert [one.number for one in reading.uncarried] == [0, 7, 7, None]


def _delete(first: int, count: int) -> Callable[[Workbook], None]:
    return lambda book: book["引き継げない記入"].delete_rows(first, count)


def _clear(book: Workbook) -> None:
    for line in book["引き継げない記入"].iter_rows(min_row=5, max_row=5):
        for cell in line:
            cell.value = None


@pytest.mark.parametrize(
    ("change", "dismissed"),
    [(_delete(5, 1), (0,)), (_delete(6, 1), ()), (_delete(5, 3), (0, 7)), (_clear, (0,))],
    ids=["one", "half of a long one", "two", "emptied"],
)
def test_stamp__a_deleted_row_is_dismissed(
    change: Callable[[Workbook], None], dismissed: tuple[int, ...]
) -> None:
    assert edited(change).dismissed == dismissed


def _no_numbers(book: Workbook) -> None:
    sheet = book["引き継げない記入"]
    sheet.delete_cols(sheet.max_column)


def test_stamp__without_the_column_of_numbers_nothing_is_dismissed() -> None:
    reading = edited(_no_numbers)
    assert (reading.dismissed, len(reading.uncarried)) == ((), 4)


def _rows(kind: str, text: str, column: int = 3) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        for line in book[SHEET].iter_rows():
            if line[0].value == kind:
                line[column - 1].value = text

    return change


@pytest.mark.parametrize(
    "text",
    [
        *("{", "[" * 100_000, "null", "7", "{}", "9" * 5_000, '{"request":"a"}'),
        '{"request":"a","department":"","project_code":"","title":"","asked":1e400,"sources":[],"lines":[]}',
        f'{{"request":"a","department":"","project_code":"","title":"","asked":{10**16},"sources":[],"lines":[]}}',
        '{"request":"a","department":"","project_code":"","title":"","asked":true,"sources":[],"lines":[]}',
        '{"request":"a","department":"","project_code":"","title":"","asked":1,"sources":[[1]],"lines":[]}',
        '{"request":"a","department":"","project_code":"","title":"","asked":1,"sources":[],"lines":[["a",[]]]}',
        '{"request":[],"department":"","project_code":"","title":"","asked":1,"sources":[],"lines":[]}',
    ],
    ids=lambda text: text[:40],
)
def test_stamp__what_is_no_basis_is_left_out(text: str) -> None:
    reading = edited(_rows("basis", text[:32_767]))
    assert (reading.bases, reading.generation, len(reading.uncarried)) == ({}, 309, 4)


@pytest.mark.parametrize("text", ["-1", "１", "9" * 10, "=1", None, "1.5"])
def test_stamp__what_is_no_generation_is_none(text: str) -> None:
    assert edited(_rows("generation", text, column=2)).generation is None


def test_stamp__numbers_of_records_that_are_none_are_left_out() -> None:
    assert edited(_rows("listed", "9" * 400, column=2)).dismissed == ()
