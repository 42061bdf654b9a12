"""The hidden sheet of a 内示 book: whose it is, of which stage, and what each request was told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yosan_xl.excel.ooxml.book import Book, Sheet
from yosan_xl.model.fiscal_year import YEARS
from yosan_xl.model.money import Money

if TYPE_CHECKING:
    from yosan_xl.excel.summary.stamp import MarkedSheet

SHEET = "_yosan_notice"
"""Tells a 内示 book from every other."""

NOTICE, RESTORATION = "内示書", "復活要求"
"""Its sheets, beside those of the requests."""

_HEAD = ("yosan-xl", "notice", "1")
_MOST = 10**15


@dataclass(frozen=True, slots=True)
class ToldRequest:
    """What a department was told of a request; `mark` changes with anything of it. `amount` is None while it is 未定."""

    request_id: str
    title: str
    amount: Money | None
    mark: str = ""


@dataclass(frozen=True, slots=True)
class NoticeStamp:
    """What a 内示 book says of itself; `requests` by their ids, in order; `marked` what stood on its sheets."""

    fiscal_year: int
    department: str
    stage: str
    form: str
    requests: Mapping[str, ToldRequest] = field(default_factory=dict)
    marked: Mapping[str, MarkedSheet] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield the rows of the hidden sheet."""
        from yosan_xl.excel.summary.stamp import marked_rows

        yield (*_HEAD, "")
        yield "fiscal_year", str(self.fiscal_year), "", ""
        yield "department", self.department, "", ""
        yield "stage", self.stage, "", ""
        yield "form", self.form, "", ""
        for one in self.requests.values():
            amount = "" if one.amount is None else str(one.amount)
            yield "request", one.request_id, amount, f"{one.mark}{one.title}"
        for name, sheet in self.marked.items():
            yield from ((*row, "") for row in marked_rows(name, sheet))


class BrokenStamp(Exception):
    """A hidden sheet that says no 内示 of ours."""


def has_stamp(book: Book) -> bool:
    """Return whether a book is one of 内示."""
    return book.sheet(SHEET) is not None


def read_stamp(book: Book) -> NoticeStamp | None:
    """Return what a book says of itself, None where it is no 内示; raise BrokenStamp."""
    hidden = book.sheet(SHEET)
    if hidden is None:
        return None
    # Who asks of a book in 提出 whether it is a 内示 needs no more of a summary.
    from yosan_xl.excel.summary.stamp import read_marked

    rows = [_row(hidden, at) for at in sorted({row for row, _ in hidden.cells})]
    one = {key: second for key, second, _, _ in rows}
    year = one.get("fiscal_year", "")
    if not rows or rows[0][:3] != _HEAD or not {"department", "stage", "form"} <= one.keys():
        raise BrokenStamp
    if not (_is_whole(year) and YEARS[0] <= int(year) <= YEARS[1]):
        raise BrokenStamp
    told = [_told(*row[1:]) for row in rows if row[0] == "request"]
    return NoticeStamp(
        fiscal_year=int(year),
        department=one["department"],
        stage=one["stage"],
        form=one["form"],
        requests={request.request_id: request for request in told},
        marked=read_marked(row[:3] for row in rows),
    )


MARK = 12
"""The characters of a mark."""


def mark_of(*said: object) -> str:
    """Return the mark of what was said of a request."""
    return hashlib.sha256(repr(said).encode("utf-8", "replace")).hexdigest()[:MARK]


def _row(sheet: Sheet, row: int) -> tuple[str, str, str, str]:
    one, two, three, four = (sheet.cell(row, column).text for column in range(4))
    return one, two, three, four


def _told(request_id: str, amount: str, said: str) -> ToldRequest:
    if amount and not (_is_whole(amount.removeprefix("-")) and abs(int(amount)) <= _MOST):
        raise BrokenStamp
    return ToldRequest(request_id, said[MARK:], Money(int(amount)) if amount else None, said[:MARK])


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 16
