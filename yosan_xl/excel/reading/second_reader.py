"""The fields of a book as openpyxl reads them: where that is not what we read, both are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from yosan_xl.excel.foreign.read_values import values_by
from yosan_xl.excel.ooxml.book import Book, Cell, CellKind, Sheet
from yosan_xl.excel.ooxml.xml_parts import decoded, with_line_feeds
from yosan_xl.excel.reading.placement import PlacedSheet, Spot
from yosan_xl.excel.reading.read_book import BookReading, Contents
from yosan_xl.form.area import Area, a1
from yosan_xl.model.finding import Code, Finding, Place, Weight

DIFFERS = Code(
    "YX679",
    weight=Weight.WARNING,
    title="別の読み方と値がちがう",
    fact="「{label}」を、{values}と読みました。",
    remedy="ブックを Excel で開いて、正しいほうを確かめてください。このプログラムの読み方が正しければ、そのままで構いません。ちがっていれば、そのブックを添えて yosan-xl の開発者に知らせてください。",
    why="保存庫のデータは10年使うので、保存のときに別のプログラム（openpyxl）でも読み、記入欄の値を比べます。ちがっても保存は止めません。",
    wrong="要求額のセルを 1,000 と読んだが、openpyxl は 1,001 と読んだ。",
    right="どちらの読み方でも 1,000 だった。",
)
UNOPENED = Code(
    "YX680",
    weight=Weight.INFO,
    title="別の読み方で確かめられない",
    fact="別の読み方（openpyxl）では読めませんでした（{problem}）。このプログラムは読めています。",
    remedy="保存はしてあります。そのままで構いません。",
    why="openpyxl は .xlsx だけを読みます。書き方によっては、.xlsx でも開けないものがあります。時間とメモリーの上限も設けています。",
    wrong="保存庫に入れた .xls のブック",
    right="Excel で保存した .xlsx のブック",
)
CODES = (DIFFERS, UNOPENED)

SecondReader = Callable[[bytes], tuple[Sheet, ...]]
"""Gives the sheets of a book with their values; raises Unread where it cannot."""

_DATE_APART = 1e-5
"""Less than a second, in days: openpyxl rounds a time to its milliseconds."""

_BEFORE, _QUOTED = 10, 40
"""How many characters are quoted before the first that differs, and in all."""


def by_openpyxl(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a book as openpyxl reads them, in a worker process; raise Unread."""
    return values_by("openpyxl", data)


def unopened(reading: BookReading, problem: str) -> Finding:
    """Return the note that the second reader gave nothing."""
    return UNOPENED.at(Place(reading.file), problem=problem)


def disagreements(reading: BookReading, theirs: Sequence[Sheet]) -> Iterator[Finding]:
    """Report every field of the form that the second reader reads as something else."""
    by_name = {sheet.name: sheet for sheet in theirs}
    contents = reading.contents
    if contents is None:
        return
    for placed in (one.placed for one in contents.sheets):
        name = placed.sheet.name
        if name in by_name:
            yield from _of_a_sheet(reading.file, contents, placed, by_name[name])
        else:
            yield UNOPENED.at(Place(reading.file, name), problem="このシートがありません")


def _of_a_sheet(
    file: str, contents: Contents, placed: PlacedSheet, sheet: Sheet
) -> Iterator[Finding]:
    for label, spot in _fields(placed):
        ours, theirs = placed.sheet.cell(*spot), sheet.cell(*spot)
        if not same(contents.book, ours, theirs):
            one, two = _quoted(ours.text, theirs.text)
            place = Place(file, sheet.name, a1(*spot))
            values = f"このプログラムは「{one}」、別の読み方（openpyxl）は「{two}」"
            yield DIFFERS.at(place, label=label, values=values, found=one, expected=two)


def _fields(placed: PlacedSheet) -> Iterator[tuple[str, Spot]]:
    """Return label and cell of what people fill in; openpyxl drops what a merged area covers."""
    at, merges = placed.at, placed.sheet.merges
    typed = [slot for slot in at.plan.slots if slot.formula is None and slot.name in at.spots]
    spots = [(slot.label, spot) for slot in typed for spot in at.spots[slot.name]]
    spots += (
        (c.label, at.reason_areas[c.kind][:2]) for c in at.plan.checks if c.kind in at.reason_areas
    )
    return (own for own in spots if not any(_covers(area, own[1]) for area in merges))


def _covers(area: Area, spot: Spot) -> bool:
    inside = area.top <= spot[0] <= area.bottom and area.left <= spot[1] <= area.right
    return inside and spot != (area.top, area.left)


def same(book: Book, ours: Cell, theirs: Cell) -> bool:
    """Return whether two readers have the same in a cell.

    A number is the same to 15 figures, as Excel shows it, a date to the second. A text is the same
    without the blanks at its ends, its line ends as line feeds and its `_xHHHH_` decoded.
    """
    if book.is_date(ours):
        # A number that is no date of the calendar is an error to openpyxl.
        return theirs.kind is CellKind.ERROR or (
            theirs.kind is CellKind.NUMBER
            and abs(float(ours.text) - float(theirs.text)) < _DATE_APART
        )
    if CellKind.NUMBER in (ours.kind, theirs.kind):
        return ours.kind is theirs.kind and _figures(ours.text) == _figures(theirs.text)
    return _words(ours.text) == _words(theirs.text)


def _figures(numeral: str) -> str:
    return f"{float(numeral) + 0.0:.14e}"


def _words(text: str) -> str:
    """Return a text as both readers have it: openpyxl drops `x005F_` and decodes nothing else."""
    return with_line_feeds(decoded(decoded(text.replace("x005F_", "")))).strip(" \t\n")


def _quoted(*texts: str) -> Iterator[str]:
    """Return of each text the part in which it differs from the other."""
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(*texts, strict=False)))
    begin = max(0, alike - _BEFORE)
    for text in texts:
        before, after = "…" * (begin > 0), "…" * (len(text) > begin + _QUOTED)
        yield f"{before}{text[begin : begin + _QUOTED]}{after}" if text else "空欄"
