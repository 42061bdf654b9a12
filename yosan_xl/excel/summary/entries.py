"""The sheets that finance types into, read back: every entry, and what stands outside of the entry cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Sheet
from yosan_xl.excel.reading.entries import ERROR_WORDS, raw_text
from yosan_xl.excel.rows import MOST_CHARACTERS
from yosan_xl.excel.summary.fields import (
    LINE,
    VERDICT,
    cell_of,
)
from yosan_xl.excel.summary.stamp import (
    NOTHING,
    Marks,
    SummaryStamp,
    WrittenColumn,
    changed_headings,
    is_number,
    loose_mark,
    mark,
    marks_of,
    row_mark,
)
from yosan_xl.form.area import a1
from yosan_xl.model.decision import OUTSIDE, LineKey, Spot, Typed, Value
from yosan_xl.model.finding import Place
from yosan_xl.model.money import NotWhole, limit, parse_amount, with_commas

_ELSEWHERE = "入力欄の外に書かれています"
_OVER = "集計ブックの値が書きかえられています"
_STRANGE_ROW = "どの要求書の行か分かりません"


@dataclass(frozen=True, slots=True)
class HeadedSheet:
    """A sheet of a summary: the row of its headings, and the column of each field, wherever they are now.

    `written` are the columns as they were written, from left to right.
    """

    sheet: Sheet
    name: str
    file: str
    written: tuple[WrittenColumn, ...]
    heading: int
    columns: Mapping[str, int]

    @classmethod
    def of(
        cls,
        sheet: Sheet,
        name: str,
        file: str,
        writings: Iterable[tuple[WrittenColumn, ...]],
        *,
        is_sure: bool,
    ) -> HeadedSheet:
        """Find the row with most headings of one of the `writings`; raise NotASummary.

        Where it `is_sure` what was written, a heading that somebody changed is known by those beside it, and one that
        nobody knows any more takes the entries of its column with it. A summary from before a column was added lacks
        it; what is needed is who a row is of, and, without being sure, where finance types.
        """
        found = []
        missing: list[list[str]] = []
        for written in writings:
            needed = _owners(written) if is_sure else _needed(written)
            missing.append([one.heading for one in written if one.key in needed])
            for row, texts in sorted(_texts(sheet, {one.heading for one in written}).items()):
                columns = columns_by_heading(written, texts, is_sure=is_sure)
                missing.append(
                    [one.heading for one in written if one.key in needed - columns.keys()]
                )
                if not missing[-1]:
                    there = tuple(one for one in written if is_sure or one.key in columns)
                    found.append(cls(sheet, name, file, there, row, columns))
        if not found:
            raise changed_headings(name, min(missing, key=len, default=[]))
        return max(found, key=lambda one: (one.unchanged, len(one.columns)))

    @property
    def unchanged(self) -> int:
        """Return how many headings stand there as they were written."""
        cells = self.sheet.cells
        return sum(
            one.key in self.columns
            and (cell := cells.get((self.heading, self.columns[one.key]))) is not None
            and cell.text == one.heading
            for one in self.written
        )

    @property
    def certain(self) -> HeadedSheet:
        """Return it with the columns alone whose headings stand there as they were written; raise NotASummary."""
        columns = {
            one.key: self.columns[one.key]
            for one in self.written
            if one.key in self.columns
            and self.sheet.text(self.heading, self.columns[one.key]) == one.heading
        }
        found = replace(self, columns=columns)
        if not _owners(self.written) <= columns.keys():
            raise changed_headings(self.name, found.gone)
        return found

    @property
    def gone(self) -> list[str]:
        """Return the headings that nobody knows any more, of those without which something is not read."""
        needed = {*_needed(self.written), *self.entries}
        return [
            one.heading for one in self.written if one.key in needed and one.key not in self.columns
        ]

    def is_copied(self, heading: str) -> bool:
        """Return whether a heading stands over more columns than it was written over."""
        cells = self.sheet.cells.items()
        there = sum(at[0] == self.heading and cell.text == heading for at, cell in cells)
        return there > sum(one.heading == heading for one in self.written)

    @property
    def entries(self) -> tuple[str, ...]:
        """Return the columns that finance types into."""
        return tuple(one.key for one in self.written if one.is_entry)

    def is_renamed(self, one: WrittenColumn) -> bool:
        """Return whether a column that finance does not type into has another heading now."""
        column = self.columns.get(one.key)
        known = None if one.is_entry or column is None else self.sheet.cell(self.heading, column)
        return known is not None and known.text != one.heading

    def text(self, row: int, key: str) -> str:
        """Return what stands in a row's cell of a field, nothing where there is no such column."""
        column = self.columns.get(key)
        cell = None if column is None else self.sheet.cells.get((row, column))
        return raw_text(cell) if cell else ""

    def line(self, row: int) -> LineKey | None:
        """Return the line item that a row tells of; None where the sheet has requests alone."""
        if "position" not in self.columns:
            return None
        position = self.text(row, "position")
        number = int(position) if is_number(position, 5) else 0
        return LineKey.shown(number, self.text(row, "part"), self.text(row, LINE))

    def place(self, row: int, column: int) -> Place:
        """Return where a cell is."""
        return Place(self.file, self.sheet.name, a1(row, column))


def _owners(written: Iterable[WrittenColumn]) -> set[str]:
    """Return the columns that say whose row it is; of what could not be carried, what it was besides."""
    keys = {one.key for one in written}
    own = ("position", "part", LINE, *(("field", "typed") if "typed" in keys else ()))
    return {"id", *keys.intersection(own)}


def _needed(written: Iterable[WrittenColumn]) -> set[str]:
    """Return the columns without which nobody knows what an entry is: whose row it is, and the entries of version 2."""
    own = ("id", "position", "part", LINE, "field", "typed", "why", "origin")
    return {"id", *(one.key for one in written if one.key in (*own, *_FIRST_ENTRIES))}


_FIRST_ENTRIES = ("decided/total", "decided/specific", "rationale", "remarks")
"""What finance typed into before the hidden sheet said which column is which."""


def _texts(sheet: Sheet, wanted: Collection[str]) -> Mapping[int, Mapping[int, str]]:
    """Return the texts by column of every row that has one of the wanted headings."""
    cells, is_text = sheet.cells, CellKind.TEXT
    found = {
        row for (row, _), cell in cells.items() if cell.kind is is_text and cell.text in wanted
    }
    rows: dict[int, dict[int, str]] = {row: {} for row in found}
    for (row, column), cell in cells.items():
        if row in found and cell.kind is is_text:
            rows[row][column] = cell.text
    return rows


def columns_by_heading(
    written: Sequence[WrittenColumn], texts: Mapping[int, str], *, is_sure: bool = True
) -> dict[str, int]:
    """Return where each column is now; where it `is_sure` what was written, a changed heading is known by those beside it."""
    if not is_sure:
        return _placed(written, texts)
    there, wanted = Counter(texts.values()), Counter(one.heading for one in written)
    # Of a heading that now stands over another column too, nobody knows which is ours.
    certain = [one for one in written if there[one.heading] == wanted[one.heading]]
    columns = _placed(certain, texts)
    return columns | _between(written, columns, texts)


def _placed(written: Iterable[WrittenColumn], texts: Mapping[int, str]) -> dict[str, int]:
    """Return the column of each heading that is there; of headings that are alike each has the next."""
    columns: dict[str, list[int]] = {}
    for column in sorted(texts, reverse=True):
        columns.setdefault(texts[column], []).append(column)
    return {one.key: columns[one.heading].pop() for one in written if columns.get(one.heading)}


def _between(
    written: Sequence[WrittenColumn], found: Mapping[str, int], texts: Mapping[int, str]
) -> dict[str, int]:
    """Return the columns of changed headings: as many as are missing between two that are known, emptied ones too."""
    known = [-1, *(at for at, one in enumerate(written) if one.key in found), len(written)]
    taken = set(found.values())
    added: dict[str, int] = {}
    for left, right in pairwise(known):
        missing = written[left + 1 : right]
        first = found[written[left].key] + 1 if left >= 0 else 0
        last = found[written[right].key] if right < len(written) else max(texts, default=-1) + 1
        free = [column for column in range(first, last) if column not in taken]
        if len(free) == len(missing):
            added |= {one.key: column for one, column in zip(missing, free, strict=True)}
    return added


class _KnownRow(NamedTuple):
    """A row that the stamp knows: whose it is, and its marks."""

    request: str
    line: LineKey | None
    marks: Marks


class EntryPlaces(NamedTuple):
    """The entry cells that a sheet still has: its rows (request and line), and its columns."""

    rows: frozenset[tuple[str, LineKey | None]]
    fields: frozenset[str]

    def has(self, spot: Spot) -> bool:
        """Return whether the cell of an entry is there."""
        return spot.field in self.fields and (spot.request, spot.line) in self.rows


class ReadSheet(NamedTuple):
    """What was read of a sheet that finance types into: the entries of the rows that are known, what stands where nobody
    is to type, and the headings that nobody knows any more."""

    cells: list[Typed]
    notes: list[Typed]
    gone: list[str]
    places: EntryPlaces


def read_entries(book: Book, headed: HeadedSheet, stamp: SummaryStamp, unit: str) -> ReadSheet:
    """Return the entries of a sheet; raise NotASummary where the marks of a row are broken, or it is not known whose they are.

    Where a column was taken for another, only those count whose headings stand there.
    """
    known = dict(_known_rows(headed, stamp))
    if _is_mistaken(headed, known, stamp):
        headed = headed.certain
        known = dict(_known_rows(headed, stamp))
    cells = list(_cells(book=book, headed=headed, known=known, unit=unit))
    places = EntryPlaces(
        frozenset((one.request, one.line) for one in known.values()),
        frozenset(key for key in headed.entries if key in headed.columns),
    )
    return ReadSheet(cells, list(_notes(headed, known, stamp)), headed.gone, places)


def _is_mistaken(headed: HeadedSheet, known: Mapping[int, _KnownRow], stamp: SummaryStamp) -> bool:
    """Return whether a column was taken for another: under a changed heading nothing stands that was written there."""
    renamed = [one.key for one in headed.written if headed.is_renamed(one)]
    if renamed and not known:
        return any(name == headed.name for name, _ in stamp.rows)
    return any(_holds_nothing(headed, known, key) for key in renamed)


def _holds_nothing(headed: HeadedSheet, known: Mapping[int, _KnownRow], key: str) -> bool:
    texts = ((one.marks, headed.text(row, key)) for row, one in known.items())
    told = [marks.tell(key, text) for marks, text in texts if text or not marks.tell(key, text)]
    return bool(told) and not any(told)


def _known_rows(headed: HeadedSheet, stamp: SummaryStamp) -> Iterator[tuple[int, _KnownRow]]:
    """Yield the rows that the stamp knows; of two that say they are one, that with more of what was written there."""
    found: dict[str, list[tuple[int, _KnownRow]]] = {}
    keys = tuple(one.key for one in headed.written)
    for row in sorted({row for row, _ in headed.sheet.cells if row > headed.heading}):
        request, line = headed.text(row, "id"), headed.line(row)
        key = row_mark(request, line)
        text = stamp.rows.get((headed.name, key))
        if text is not None:
            marks = marks_of(text, keys, headed.entries, headed.name)
            found.setdefault(key, []).append((row, _KnownRow(request, line, marks)))
    rows = (_most_alike(headed, own) if len(own) > 1 else own[0] for own in found.values())
    yield from sorted(rows, key=itemgetter(0))


def _most_alike(headed: HeadedSheet, rows: list[tuple[int, _KnownRow]]) -> tuple[int, _KnownRow]:
    """Return the row with the most cells as they were written: a copied row is no second request."""
    return max(rows, key=lambda one: _as_written(headed, one[0], one[1].marks))


def _as_written(headed: HeadedSheet, row: int, marks: Marks) -> int:
    """Return how many cells of a row have what was written there, of those that nobody types into."""
    own = (key for key in headed.columns if key not in headed.entries)
    return sum(marks.tell(key, headed.text(row, key)) for key in own)


def _cells(
    book: Book, headed: HeadedSheet, known: Mapping[int, _KnownRow], unit: str
) -> Iterator[Typed]:
    """Yield the entry cells that hold a decision or were changed, emptied ones too."""
    entries = [key for key in headed.entries if key in headed.columns]
    for row, one in known.items():
        for key in entries:
            base, written = one.marks.of(key)
            raw = headed.text(row, key)
            own = mark(raw) if raw else NOTHING
            if own == base == written:
                continue
            cell = headed.sheet.cell(row, headed.columns[key])
            meant = understood(cell, key, book, unit)
            yield Typed(
                spot=Spot(one.request, key, one.line),
                value=meant.value,
                raw=raw,
                place=headed.place(row, headed.columns[key]),
                title=headed.text(row, "title"),
                problem=meant.problem,
                repaired=meant.repaired,
                formula=cell.formula,
                base=base,
                written=written,
                own=own,
            )


def _notes(
    headed: HeadedSheet, known: Mapping[int, _KnownRow], stamp: SummaryStamp
) -> Iterator[Typed]:
    by_column = {column: key for key, column in headed.columns.items()}
    our_texts, copied = stamp.own.get(headed.name, frozenset()), _CopiedRows(headed, stamp)
    for (row, column), cell in sorted(headed.sheet.cells.items()):
        text, key = raw_text(cell), by_column.get(column)
        if not text or (row not in known and loose_mark(text) in our_texts):
            continue
        if row not in known:
            if key and copied.has(row, key, text):
                continue
            why = _STRANGE_ROW if row > headed.heading and key else _ELSEWHERE
            yield note_at(headed=headed, row=row, column=column, text=text, why=why)
        elif key is None:
            yield note_at(headed=headed, row=row, column=column, text=text, why=_ELSEWHERE)
        elif key not in headed.entries and not known[row].marks.tell(key, text):
            yield note_at(headed=headed, row=row, column=column, text=text, why=_OVER)


class _CopiedRows:
    """The rows of a sheet that are copies of others, or whose 要求書ID was changed: what stands there as written is no note."""

    def __init__(self, headed: HeadedSheet, stamp: SummaryStamp) -> None:
        """Take the sheet, and what is known of the rows that were written."""
        self._headed, self._stamp = headed, stamp
        self._found: dict[int, Marks | None] = {}

    @cached_property
    def _by_title(self) -> Mapping[str, list[Marks]]:
        found: dict[str, list[Marks]] = {}
        keys = tuple(one.key for one in self._headed.written)
        for (name, _), text in self._stamp.rows.items():
            if name == self._headed.name and "title" in keys:
                marks = marks_of(text, keys, self._headed.entries, name)
                found.setdefault(marks.of("title")[1], []).append(marks)
        return found

    def has(self, row: int, key: str, text: str) -> bool:
        """Return whether a cell has what was written in the row that this is a copy of."""
        if row not in self._found:
            self._found[row] = self._original(row)
        marks = self._found[row]
        if marks is None:
            return False
        if key in self._headed.entries:
            return set(marks.of(key)) == {mark(text)}  # no entry, and none that was cleared
        return marks.tell(key, text)

    def _original(self, row: int) -> Marks | None:
        """Return the row with the same title of which most stands here as it was written."""
        best, most = None, len(self._headed.columns) // 2
        for marks in self._by_title.get(loose_mark(self._headed.text(row, "title")), ()):
            same = _as_written(self._headed, row, marks)
            if same > most:
                best, most = marks, same
        return best


def note_at(headed: HeadedSheet, row: int, column: int, text: str, why: str) -> Typed:
    """Return what somebody wrote at a cell of a sheet of requests, with whose row it is."""
    below = row > headed.heading
    request, line = (headed.text(row, "id"), headed.line(row)) if below else ("", None)
    title = headed.text(row, "title") if below else ""
    spot = Spot(request, OUTSIDE, line)
    return Typed(
        spot=spot, value=text, raw=text, place=headed.place(row, column), title=title, why=why
    )


_FEWEST = 3
"""Different entries that stand at other rows than before: two may have changed places by hand."""


def moved_entries(cells: Iterable[Typed]) -> Mapping[str, int]:
    """Return by field how many entries stand at another row than they were written at, where most that changed do."""
    changed: dict[str, list[Typed]] = {}
    for one in cells:
        if one.is_changed:
            changed.setdefault(one.spot.field, []).append(one)
    moved = {field: _moved(found) for field, found in changed.items()}
    return {field: count for field, count in moved.items() if count}


def _moved(changed: Sequence[Typed]) -> int:
    before = Counter(one.written for one in changed if one.written != NOTHING)
    now = Counter(one.own for one in changed if one.own != NOTHING)
    same = before & now
    most = max(before.total(), now.total())
    return same.total() if len(same) >= _FEWEST and 4 * same.total() >= 3 * most else 0


@dataclass(frozen=True, slots=True)
class EntryValue:
    """What a cell means; `problem` says why it means nothing, `repaired` that text became a number."""

    value: Value
    problem: str | None = None
    repaired: bool = False


_FRACTION = "{}未満の端数があります"


def understood(cell: Cell, key: str, book: Book, unit: str) -> EntryValue:
    """Return what a cell means in the column of an entry: an amount, or a text."""
    if cell.kind is CellKind.EMPTY:
        return EntryValue(None, "計算されていない数式です" if cell.formula is not None else None)
    if cell.kind is CellKind.ERROR:
        return EntryValue(None, "エラー値です")
    if cell_of(key) is None:
        text = raw_text(cell)
        return text_of(text.strip() if key == VERDICT else text)
    if cell.kind is CellKind.BOOLEAN or book.is_date(cell):
        return EntryValue(None, "日付などで、金額ではありません")
    return number_of(cell, unit) if cell.kind is CellKind.NUMBER else amount_of(cell.text, unit)


def text_of(text: str) -> EntryValue:
    """Return the meaning of a text; one that Excel cannot hold (LibreOffice can) is none."""
    if len(text) > MOST_CHARACTERS:
        return EntryValue(None, f"長すぎます（{with_commas(MOST_CHARACTERS)}字まで）")
    return EntryValue(text or None)


def amount_of(text: str, unit: str) -> EntryValue:
    """Return the meaning of a text as an amount; words for 「no figure」 are no amount."""
    if not text.strip():
        return EntryValue(None)
    if text.strip() in ERROR_WORDS:
        return EntryValue(None, "エラー値です")
    try:
        amount = parse_amount(text, unit)
    except NotWhole:
        return EntryValue(None, _FRACTION.format(unit))
    except ValueError:
        amount = None
    if amount is None:
        return EntryValue(None, f"金額（{unit}の整数）ではありません")
    return EntryValue(amount, repaired=True)


def number_of(cell: Cell, unit: str) -> EntryValue:
    """Return the meaning of a number as an amount."""
    number = cell.number()
    if number is None or number != number.to_integral_value():
        return EntryValue(None, _FRACTION.format(unit))
    if abs(number) > limit(unit):
        return EntryValue(None, "金額が大きすぎます")
    return EntryValue(int(number))
