"""The hidden sheet of a book read back: its stamp, and the lists its drop-downs offered."""

from __future__ import annotations

from yosan_xl.excel.ooxml.book import Book, name_area
from yosan_xl.form import stamp
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Slot
from yosan_xl.form.relation import list_name
from yosan_xl.form.stamp import Stamp

Lists = dict[str, tuple[str, ...]]
"""The names that each list of choices offers; 款 are under the name of their account."""


def read_stamp(book: Book) -> Stamp | None:
    """Give the stamp of a book, None where it has none or it cannot be read."""
    sheet = book.sheet(stamp.SHEET)
    if sheet is None:
        return None
    rows = sorted({row for row, column in sheet.cells if column == 0})
    try:
        return Stamp.from_rows((sheet.cell(row, 0).text, sheet.cell(row, 1).text) for row in rows)
    except ValueError:
        return None


def read_lists(book: Book) -> Lists:
    """Give the lists of choices as the book was handed out with them."""
    prefix = list_name("")
    lists: Lists = {}
    for name in book.names:
        place = name_area(name) if name.sheet is None and name.name.startswith(prefix) else None
        if place and place[0] == stamp.SHEET:
            lists[name.name.removeprefix(prefix)] = _column(book, place[1])
    kan = next((n for n in book.names if n.name == list_name("kan")), None)
    head = name_area(kan) if kan else None
    if head and head[0] == stamp.SHEET:
        lists |= _kan(book, head[1], len(lists.get("accounts", ())))
    return lists


def choices_for(slot: Slot, lists: Lists, account: str | None) -> tuple[str, ...]:
    """Give the names that a drop-down offers; those of 款 depend on the account."""
    if slot.choices == "kan":
        return lists.get(f"kan/{account}", ())
    return lists.get(slot.choices or "", ())


def _column(book: Book, area: Area) -> tuple[str, ...]:
    sheet = book.sheet(stamp.SHEET)
    if sheet is None:
        return ()
    texts = (sheet.cell(row, area.left).text for row in range(area.top, area.bottom + 1))
    return tuple(text for text in texts if text)


def _kan(book: Book, head: Area, accounts: int) -> Lists:
    lists: Lists = {}
    for column in range(head.left, head.left + accounts):
        name, *kan = _column(book, Area(head.top, column, head.top + 60, column)) or ("",)
        lists[f"kan/{name}"] = tuple(kan)
    return lists
