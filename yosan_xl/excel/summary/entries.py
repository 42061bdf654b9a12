"""The sheets that finance types into, read back: every entry, and what stands outside of the entry cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Sheet
from yosan_xl.excel.reading.entries import ERROR_WORDS, raw_text
from yosan_xl.excel.rows import MOST_CHARACTERS
from yosan_xl.excel.summary.definition import (
    SheetDefinition,
    SummaryDefinition,
    SummaryField,
)
from yosan_xl.excel.summary.marks import (
    NOTHING,
    Marks,
    SummaryStamp,
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
from yosan_xl.model.money import LIMIT, parse_amount, with_commas

_ELSEWHERE = "入力欄の外に書かれています"
_OVER = "集計ブックの値が書きかえられています"
_STRANGE_ROW = "どの要求書の行か分かりません"
_COMMENT = "セルのコメントです"

_ASKED_FOR = ("id", "title", "position", "part", "line", "field", "typed", "why", "origin")
"""What a row says of itself, on the sheets that have such a column."""


@dataclass(frozen=True, slots=True)
class HeadedSheet:
    """A sheet of a summary: the row of its headings, and the column of each field, wherever they are now."""

    sheet: Sheet
    own: SheetDefinition
    file: str
    heading: int
    columns: Mapping[str, int]

    @classmethod
    def of(
        cls, sheet: Sheet, kind: str, file: str, definitions: Sequence[SummaryDefinition]
    ) -> HeadedSheet:
        """Find the row with most headings, in the words of one of the forms; raise NotASummary.

        A summary from before a column was added lacks it; what is needed is who a row is of, and
        where finance types.
        """
        found = []
        for own in (definition.of_kind(kind) for definition in definitions):
            wanted = {field.label: field.key for field in own.fields}
            asked_for = {key for key in _ASKED_FOR if key in wanted.values()}
            needed = {*(field.key for field in own.keys), *own.entries, *asked_for}
            for row, columns in sorted(_headings(sheet, wanted).items()):
                if needed <= columns.keys():
                    found.append(cls(sheet, own, file, row, columns))
        if not found:
            raise changed_headings(own.name)
        return max(found, key=lambda one: len(one.columns))

    def text(self, row: int, key: str) -> str:
        """Return what stands in a row's cell of a field."""
        cell = self.sheet.cells.get((row, self.columns[key]))
        return raw_text(cell) if cell else ""

    def line(self, row: int) -> LineKey | None:
        """Return the line item that a row tells of; None where the sheet has requests alone."""
        if "position" not in self.columns:
            return None
        position = self.text(row, "position")
        number = int(position) if is_number(position, 5) else 0
        return LineKey(number, self.text(row, "part") or None, self.text(row, "line") or None)

    def place(self, row: int, column: int) -> Place:
        """Return where a cell is."""
        return Place(self.file, self.own.name, a1(row, column))


def _headings(sheet: Sheet, wanted: Mapping[str, str]) -> Mapping[int, Mapping[str, int]]:
    """Return by row the columns of the fields whose labels stand in it."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sheet.cells.items():
        if cell.kind is CellKind.TEXT and cell.text in wanted:
            rows.setdefault(row, {}).setdefault(wanted[cell.text], column)
    return rows


class _KnownRow(NamedTuple):
    """A row that the stamp knows: whose it is, and its marks."""

    request: str
    line: LineKey | None
    marks: Marks


def read_entries(
    book: Book, headed: HeadedSheet, stamp: SummaryStamp
) -> tuple[list[Typed], list[Typed]]:
    """Return the entries of the rows that are known, and all that stands where nobody is to type.

    Raises NotASummary where the marks of a row are broken.
    """
    known = dict(_known_rows(headed, stamp))
    our_texts = stamp.own.get(headed.own.name, frozenset())
    return list(_cells(book, headed, known)), list(_notes(headed, known, our_texts))


def _known_rows(headed: HeadedSheet, stamp: SummaryStamp) -> Iterator[tuple[int, _KnownRow]]:
    seen = set()
    for row in sorted({row for row, _ in headed.sheet.cells if row > headed.heading}):
        request, line = headed.text(row, "id"), headed.line(row)
        key = row_mark(request, line)
        text = stamp.rows.get((headed.own.name, key))
        if text is None or key in seen:  # a copied row is no second request
            continue
        seen.add(key)
        yield row, _KnownRow(request, line, marks_of(text, headed.own, headed.columns))


def _cells(book: Book, headed: HeadedSheet, known: Mapping[int, _KnownRow]) -> Iterator[Typed]:
    """Yield the entry cells that hold a decision or were changed, emptied ones too."""
    fields = {field.key: field for field in headed.own.fields}
    for row, one in known.items():
        for key in headed.own.entries:
            base, written = one.marks.of(key)
            raw = headed.text(row, key)
            own = mark(raw) if raw else NOTHING
            if own == base == written:
                continue
            cell = headed.sheet.cell(row, headed.columns[key])
            meant = understood(cell, fields[key], book)
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
    headed: HeadedSheet, known: Mapping[int, _KnownRow], our_texts: frozenset[str]
) -> Iterator[Typed]:
    by_column = {column: key for key, column in headed.columns.items()}
    for (row, column), cell in sorted(headed.sheet.cells.items()):
        text, key = raw_text(cell), by_column.get(column)
        if not text or (row not in known and loose_mark(text) in our_texts):
            continue
        if row not in known:
            why = _STRANGE_ROW if row > headed.heading and key else _ELSEWHERE
            yield _note(headed=headed, row=row, column=column, text=text, why=why)
        elif key is None:
            yield _note(headed=headed, row=row, column=column, text=text, why=_ELSEWHERE)
        elif key not in headed.own.entries and not known[row].marks.tell(key, text):
            yield _note(headed=headed, row=row, column=column, text=text, why=_OVER)
    for (row, column), text in sorted(headed.sheet.comments.items()):
        yield _note(headed=headed, row=row, column=column, text=text, why=_COMMENT)


def _note(headed: HeadedSheet, row: int, column: int, text: str, why: str) -> Typed:
    below = row > headed.heading
    request, line = (headed.text(row, "id"), headed.line(row)) if below else ("", None)
    title = headed.text(row, "title") if below else ""
    spot = Spot(request, OUTSIDE, line)
    return Typed(
        spot=spot, value=text, raw=text, place=headed.place(row, column), title=title, why=why
    )


@dataclass(frozen=True, slots=True)
class EntryValue:
    """What a cell means; `problem` says why it means nothing, `repaired` that text became a number."""

    value: Value
    problem: str | None = None
    repaired: bool = False


def understood(cell: Cell, field: SummaryField, book: Book) -> EntryValue:
    """Return what a cell means as the kind of its column."""
    if cell.kind is CellKind.EMPTY:
        return EntryValue(None, "計算されていない数式です" if cell.formula is not None else None)
    if cell.kind is CellKind.ERROR:
        return EntryValue(None, "エラー値です")
    if field.kind != "money":
        return text_of(raw_text(cell))
    if cell.kind is CellKind.BOOLEAN or book.is_date(cell):
        return EntryValue(None, "日付などで、金額ではありません")
    return number_of(cell) if cell.kind is CellKind.NUMBER else amount_of(cell.text)


def text_of(text: str) -> EntryValue:
    """Return the meaning of a text; one that Excel cannot hold (LibreOffice can) is none."""
    if len(text) > MOST_CHARACTERS:
        return EntryValue(None, f"長すぎます（{with_commas(MOST_CHARACTERS)}字まで）")
    return EntryValue(text or None)


def amount_of(text: str) -> EntryValue:
    """Return the meaning of a text as an amount (千円); words for 「no figure」 are no amount."""
    if not text.strip():
        return EntryValue(None)
    if text.strip() in ERROR_WORDS:
        return EntryValue(None, "エラー値です")
    try:
        amount = parse_amount(text)
    except ValueError:
        amount = None
    if amount is None:
        return EntryValue(None, "金額（千円の整数）ではありません")
    return EntryValue(amount, repaired=True)


def number_of(cell: Cell) -> EntryValue:
    """Return the meaning of a number as an amount (千円)."""
    number = cell.number()
    if number is None or number != number.to_integral_value():
        return EntryValue(None, "千円未満の端数があります")
    if abs(number) > LIMIT:
        return EntryValue(None, "金額が大きすぎます")
    return EntryValue(int(number))
