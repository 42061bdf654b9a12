"""The hidden sheet of a book read back: its stamp, and the lists its drop-downs offered."""

from __future__ import annotations

from yosan_xl.excel.ooxml.book import Book, Sheet
from yosan_xl.excel.ooxml.names import name_area
from yosan_xl.form import stamp
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Slot
from yosan_xl.form.relation import list_name
from yosan_xl.form.stamp import Stamp

Lists = dict[str, tuple[str, ...]]
"""The names that each list of choices offers; 款 are under the name of their account."""


def read_stamp(book: Book) -> Stamp | None:
    """Give the stamp of a book, None where it has none or it cannot be read."""
    sheet = hidden_sheet(book)
    if sheet is None:
        return None
    rows = sorted({row for row, column in sheet.cells if column == 0})
    try:
        return Stamp.from_rows((sheet.text(row, 0), sheet.text(row, 1)) for row in rows)
    except ValueError:
        return None


def read_lists(book: Book) -> Lists:
    """Give the lists of choices as the book was handed out with them."""
    prefix = list_name("")
    lists: Lists = {}
    sheet = hidden_sheet(book)
    if sheet is None:
        return lists
    for name in book.names:
        place = name_area(name) if name.sheet is None and name.name.startswith(prefix) else None
        if place and place[0] == sheet.name:
            lists[name.name.removeprefix(prefix)] = _column(sheet, place[1])
    kan = next((n for n in book.names if n.name == list_name("kan")), None)
    head = name_area(kan) if kan else None
    if head and head[0] == sheet.name:
        lists |= _kan(sheet, head[1], len(lists.get("accounts", ())))
    return lists


def choices_for(slot: Slot, lists: Lists, account: str | None) -> tuple[str, ...]:
    """Give the names that a drop-down offers; those of 款 depend on the account."""
    if slot.choices == "kan":
        return lists.get(f"kan/{account}", ())
    return lists.get(slot.choices or "", ())


def hidden_sheet(book: Book) -> Sheet | None:
    """Give the hidden sheet: by its name, or where it was renamed, by the name of its stamp."""
    named = next((name for name in book.names if name.name == stamp.NAME), None)
    place = name_area(named) if named else None
    return book.sheet(stamp.SHEET) or (book.sheet(place[0]) if place else None)


def _column(sheet: Sheet, area: Area) -> tuple[str, ...]:
    said, rows = sheet.cells.get, range(area.top, area.bottom + 1)
    cells = [cell for row in rows if (cell := said((row, area.left)))]
    return tuple(cell.text for cell in cells if cell.text)


def _kan(sheet: Sheet, head: Area, accounts: int) -> Lists:
    lists: Lists = {}
    for column in range(head.left, head.left + accounts):
        name, *kan = _column(sheet, Area(head.top, column, head.top + 60, column)) or ("",)
        lists[f"kan/{name}"] = tuple(kan)
    return lists
