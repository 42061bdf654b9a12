"""A 内示 book that came back → what stands in 復活要求, with a finding for every fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from yosan_xl.excel.notice import codes
from yosan_xl.excel.notice.contents import (
    FIRST_ROW,
    GIVEN,
    ID,
    REASON,
    TITLE,
    TOTAL_WORD,
    RestorationColumn,
    column_name,
    restoration_columns,
    source_key,
)
from yosan_xl.excel.notice.left_out import ReadCells, left_out
from yosan_xl.excel.notice.stamp import (
    RESTORATION,
    BrokenStamp,
    NoticeStamp,
    ToldRequest,
    read_stamp,
)
from yosan_xl.excel.ooxml.book import Book, Cell, Sheet
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.excel.reading.entries import NO_CELL, Entry, is_filled, raw_text, read_entry
from yosan_xl.form.area import Area, a1
from yosan_xl.form.definition import FieldKind, FilledBy
from yosan_xl.form.plan import Slot
from yosan_xl.model.assessment import Restoration
from yosan_xl.model.axes import TOTAL, Axes
from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.model.money import Money, parse_amount, with_unit
from yosan_xl.model.text import canonical

_LONGEST_SHEET = 3_000
"""Rows that are looked at: a department has far fewer requests."""


@dataclass(frozen=True, slots=True)
class NoticeReading:
    """What a book that came back says; without a `stamp` it was not read, and `findings` say why.

    `modified` is its save time. `is_filled` tells whether anything was typed into 復活要求.
    """

    stamp: NoticeStamp | None
    restorations: tuple[Restoration, ...] = ()
    findings: tuple[Finding, ...] = ()
    modified: str = ""
    is_filled: bool = False


def read_notice_stamp(data: bytes) -> NoticeStamp | None:
    """Return whose 内示 a book is, None where it is none or cannot be read."""
    try:
        return read_stamp(open_book(data))
    except (Refused, BrokenStamp):
        return None


def read_notice(data: bytes, file: str, axes: Axes) -> NoticeReading:
    """Read a book whole; nothing is raised for what may be wrong with it."""
    try:
        book = open_book(data, annotated=True)
        stamp = read_stamp(book)
    except Refused as refused:
        return NoticeReading(None, findings=(refused.at(Place(file)),))
    except BrokenStamp:
        stamp = None
    if stamp is None:
        return NoticeReading(None, findings=(codes.NO_NOTICE.at(Place(file)),))
    found = _found_sheet(book, axes)
    if isinstance(found, str):
        left = left_out(book, file, stamp)
        return NoticeReading(stamp, findings=(codes.NO_SHEET.at(Place(file), what=found), *left))
    rows = _Rows(book, file, axes, found, stamp)
    restorations = tuple(rows.read())
    rows.findings += left_out(book, file, stamp, rows.read_cells())
    return NoticeReading(
        stamp,
        restorations,
        findings=tuple(rows.findings),
        modified=book.modified or "",
        is_filled=rows.is_filled,
    )


@dataclass(frozen=True, slots=True)
class _FoundSheet:
    """The sheet, the place (from 0) of every column by its key, and the first row of requests."""

    sheet: Sheet
    columns: Mapping[str, int]
    top: int


def _found_sheet(book: Book, axes: Axes) -> _FoundSheet | str:
    """Return the sheet by its defined names, its name or its headings, and its columns by their headings; what is missing in words where they are not there.

    Names stay where they were when another program inserts a column: what they say is believed only as far as the headings agree.
    """
    columns = restoration_columns(axes)
    every = [_Named.of(book, sheet, columns) for sheet in book.sheets]
    own = [one for one in every if ID in one.columns] or [
        one for one in every if canonical(one.sheet.name) == canonical(RESTORATION)
    ]
    found = [_by_headings(one, columns) for one in own or every]
    whole = [one for one in found if isinstance(one, _FoundSheet)]
    if len(whole) == 1 or (own and whole):
        return whole[0]
    if own:
        return next(one for one in found if isinstance(one, str))
    return "シートがいくつもあり、どれか分からない" if whole else "シートが見つからない"


@dataclass(frozen=True, slots=True)
class _Named:
    """A sheet, and where its defined names say that columns are and requests begin."""

    sheet: Sheet
    columns: Mapping[str, int]
    top: int

    @classmethod
    def of(cls, book: Book, sheet: Sheet, columns: tuple[RestorationColumn, ...]) -> _Named:
        areas = book.names.areas(sheet.name)
        named = {one.key: areas.get(column_name(one.key)) for one in columns}
        places = {key: own.left for key, own in named.items() if own}
        area = named[ID]
        return cls(sheet, places, area.top if area else FIRST_ROW)


def _by_headings(named: _Named, columns: tuple[RestorationColumn, ...]) -> _FoundSheet | str:
    """Return where the columns of a sheet are by the row that has most of their headings, else what is missing."""
    sheet = named.sheet
    wanted = {canonical(one.heading): one.key for one in columns}
    found: dict[str, list[int]] = {}
    heading = FIRST_ROW - 1
    for row in range(FIRST_ROW * 4):
        here: dict[str, list[int]] = {}
        for column in range(len(columns) * 2):
            if key := wanted.get(canonical(sheet.cell(row, column).text)):
                here.setdefault(key, []).append(column)
        if len(here) > len(found):
            found, heading = here, row
    once = {key: at[0] for key, at in found.items() if len(at) == 1}
    are_in_place = all(named.columns.get(key, at) == at for key, at in once.items())
    kept = {k: at for k, at in named.columns.items() if k not in found} if are_in_place else {}
    needed = [one for one in columns if one.is_entry or one.key == ID]
    missing = [one for one in needed if one.key not in {**once, **kept}]
    if missing:
        twice = [one for one in missing if one.key in found]
        words = f"列「{'」「'.join(one.heading for one in twice or missing)}」"
        what = "がいくつもあり、どれか分からない" if twice else "が見つからない"
        at = f"（「{sheet.name}」の見出しは{heading + 1}行目）" if found else ""
        return f"{words}{what}{at}"
    return _FoundSheet(sheet, {**kept, **once}, heading + 1)


class _Rows:
    """The rows of 復活要求 as they are read."""

    def __init__(
        self, book: Book, file: str, axes: Axes, found: _FoundSheet, stamp: NoticeStamp
    ) -> None:
        self._book, self._file, self._axes = book, file, axes
        self._found, self._stamp = found, stamp
        self._entries = [one for one in restoration_columns(axes) if one.is_entry]
        self.findings: list[Finding] = []
        self.is_filled = False
        self._of_requests: list[int] = []

    def read_cells(self) -> ReadCells:
        """Return what was looked at of the sheet, and which formulas are ours."""
        found = self._found.columns
        keys = [*(one.key for one in self._entries), *({GIVEN} & found.keys())]
        return ReadCells(
            self._found.sheet.name,
            frozenset((row, found[key]) for row in self._of_requests for key in keys),
            frozenset(found.values()),
        )

    def read(self) -> Iterator[Restoration]:
        """Yield what is asked for of each request."""
        open_ids = dict(self._stamp.requests)
        rows = sorted({row for row, _ in self._found.sheet.cells if row >= self._found.top})
        for row in rows[:_LONGEST_SHEET]:
            request_id = raw_text(self._cell(row, ID)).strip()
            if canonical(request_id) == TOTAL_WORD:
                continue
            typed = any(is_filled(self._cell(row, one.key)) for one in self._entries)
            self.is_filled |= typed
            told = open_ids.pop(request_id, None)
            if told is None or (other := self._other_title(row, told)):
                what = f"事業名は別の要求の「{other}」な" if told else _OF_NONE
                if typed:
                    shown = request_id or "（空）"
                    self._tell(codes.OF_NO_REQUEST, row, ID, id=shown, what=what)
                continue
            self._of_requests.append(row)
            self._check_given(row, told)
            if typed and (found := self._restoration(row, told)):
                yield found

    def _restoration(self, row: int, told: ToldRequest) -> Restoration | None:
        total = self._amount(row, TOTAL)
        amounts = {one: self._amount(row, source_key(one)) for one in self._axes.specific}
        if total.value is None or int(str(total.value)) <= 0:
            if not total.unread:
                self._tell(codes.NO_AMOUNT, row, TOTAL, title=told.title, what=_what(total))
            return None
        amount = Money(int(str(total.value)))
        reason = raw_text(self._cell(row, REASON)).strip() or None
        shown = with_unit(amount, self._axes.unit)
        if reason is None:
            self._tell(codes.NO_REASON, row, REASON, title=told.title, amount=shown)
        given = {
            key: Money(int(str(one.value))) for key, one in amounts.items() if one.value is not None
        }
        if sum(given.values()) > amount:
            sources = with_unit(sum(given.values()), self._axes.unit)
            self._tell(codes.ABOVE, row, TOTAL, title=told.title, sources=sources, amount=shown)
            given = {}
        elif self._axes.rest and not any(one.unread for one in amounts.values()):
            given[self._axes.rest] = Money(amount - sum(given.values()))
        return Restoration(
            request_id=told.request_id,
            amounts={TOTAL: amount, **given},
            reason=reason,
            file=self._file,
            cell=self._place(row, TOTAL).cell,
            sheet=self._found.sheet.name,
            stage=self._stamp.stage,
            given=told.amount,
        )

    def _other_title(self, row: int, told: ToldRequest) -> str:
        """Return the title in a row where it is that of another request: somebody sorted a part of the columns."""
        title = raw_text(self._cell(row, TITLE)) if TITLE in self._found.columns else ""
        titles = {canonical(one.title) for one in self._stamp.requests.values()}
        found = canonical(title)
        return title if found in titles - {canonical(told.title)} else ""

    def _amount(self, row: int, key: str) -> Entry:
        """Return an amount as the house reads amounts, and tell what there is to tell of it."""
        heading = next(one.heading for one in self._entries if one.key == key)
        slot = replace(_MONEY_SLOT, label=heading)
        unit = self._axes.unit
        cell = self._cell(row, key)
        entry = read_entry(cell, slot, self._book, (), summed=False, unit=unit)
        if entry.code:
            place = self._place(row, key)
            self.findings.append(entry.code.at(place, None, **(entry.facts or {})))
        return entry

    def _check_given(self, row: int, told: ToldRequest) -> None:
        if GIVEN not in self._found.columns:
            return
        text = raw_text(self._cell(row, GIVEN))
        try:
            found: int | None = parse_amount(text, self._axes.unit)
        except ValueError:
            found = -1
        if found != told.amount:
            expected = "未定" if told.amount is None else with_unit(told.amount, self._axes.unit)
            self._tell(
                codes.GIVEN_CHANGED, row, GIVEN, title=told.title, found=text, expected=expected
            )

    def _cell(self, row: int, key: str) -> Cell:
        return self._found.sheet.cells.get((row, self._found.columns[key]), NO_CELL)

    def _place(self, row: int, key: str) -> Place:
        return Place(self._file, self._found.sheet.name, a1(row, self._found.columns[key]))

    def _tell(self, code: Code, row: int, key: str, **facts: object) -> None:
        self.findings.append(code.at(self._place(row, key), None, **facts))


_OF_NONE = "この内示にある要求ではないか、同じ要求の二度目の行な"


def _what(total: Entry) -> str:
    return "復活要求額がない" if total.value is None else "復活要求額が1以上ではない"


_MONEY_SLOT = Slot(
    name="restoration",
    pointer=None,
    label="",
    kind=FieldKind.MONEY,
    by=FilledBy.DEPARTMENT,
    area=Area(0, 0, 0, 0),
)
