"""What the hidden sheet of a summary says: that it is ours, which column is which, and what stood in its cells when written.

From each cell's mark (a short hash) the next run tells what finance typed, without a copy of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from yosan_xl.excel.ooxml.book import Book, Sheet, figures
from yosan_xl.excel.reading.entries import numeral
from yosan_xl.excel.rows import Value, fitting
from yosan_xl.model.assessment import StageBasis
from yosan_xl.model.decision import LineKey
from yosan_xl.model.fiscal_year import YEARS
from yosan_xl.model.history import ProjectState
from yosan_xl.model.text import on_one_line, shown_text

SHEET = "_yosan_summary"
VERSION = "4"
"""Since 4 the hidden sheet tells of the history of decisions; since 3 which column of a sheet is which; in 2 the headings say so."""

_WITHOUT_COLUMNS = "2"
_READ = (_WITHOUT_COLUMNS, "3", VERSION)
_OURS = ("yosan-xl", "summary")
SIZE = 8
"""The characters of a mark."""

COLUMN, ENTRY = "column", "entry"
"""How rows of the hidden sheet begin that say what a column is."""

_BROKEN = "集計ブックの隠しシートがこわれています"
_NEWER = "この yosan-xl より新しい版の yosan-xl で作られています"
NOT_OURS = "yosan-xl の集計ブックではありません"

_STEP = "step"
_PIECE = 15_000
"""The characters of what is cut: a cell holds twice as many units of UTF-16."""

_COLOUR = re.compile("[0-9A-F]{6}")

MOST_DIGITS = 9
"""The figures of the number of a record."""

KEY = "yx_sheet_"
"""How the hidden name begins by which a sheet of ours is known, under whatever name."""

RECORD = "entry"
"""The column of 引き継げない記入 with the number of the record."""

_MOST_AMOUNT = 10**15

NOTHING = " " * SIZE
"""The mark of an empty cell."""


class NotASummary(Exception):
    """The book is no summary of ours, or has lost what tells so; `what` says it in Japanese."""

    def __init__(self, what: str) -> None:
        """Keep what is wrong."""
        super().__init__(what)
        self.what = what


class NewerSummary(NotASummary):
    """A summary of ours, from a program that is newer than this one."""


_MOST_TOLD = 8


def quoted(headings: Sequence[str]) -> str:
    """Return the first of some headings as a sentence quotes them."""
    more = "ほか" if len(headings) > _MOST_TOLD else ""
    return "".join(f"「{on_one_line(one, 30)}」" for one in headings[:_MOST_TOLD]) + more


def changed_headings(sheet: str, headings: Sequence[str] = ()) -> NotASummary:
    """Return the error of a sheet whose headings are not those that it was written with."""
    if not headings:
        return NotASummary(f"「{sheet}」の見出しが変わっています")
    return NotASummary(
        f"「{sheet}」の見出し{quoted(headings)}が見つかりません（見出しの行に入れ直してください）"
    )


class WrittenColumn(NamedTuple):
    """A column as it was written: its key, its heading, and whether finance types into it."""

    key: str
    heading: str
    is_entry: bool


class MarkedSheet(NamedTuple):
    """The marks of the rows of a sheet that nobody types into, and those of its columns; `drawings` is how many were drawn.

    Of 引き継げない記入, whose rows people mend, these are `texts`: the marks of all that stood in its cells.
    """

    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    drawings: int = 0
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StampedHistory:
    """What a summary knows of the history of decisions: how many records there were, the stage that is open, and what
    each request was (by its id).

    `mark` is what the history is known by at that generation, empty in summaries of before.
    `generation` is None of a summary from before version 4; `listed` are the numbers of the records on 引き継げない記入.
    While the open stage is not the last (`is_last`), what stands in the cells of entries is not what is decided in the end.
    `stage_bases` are what the stage before and 復活要求 said of each request, `closed` the stages that were closed.
    """

    generation: int | None = 0
    stage: str = ""
    bases: Mapping[str, ProjectState] = field(default_factory=dict)
    listed: frozenset[int] = frozenset()
    is_last: bool = True
    mark: str = ""
    stage_bases: Mapping[str, StageBasis] = field(default_factory=dict)
    closed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SummaryStamp:
    """What a summary says of itself; `rows` has by sheet and row the marks of its columns.

    `columns` are those of the sheets of requests and their lines, by sheet; there are none before version 3.
    `lists` has by the name of a sheet which list of the form it shows, `marked` what stood on those that nobody types
    into; `grounds` are the colours of cells (RRGGBB). Both are empty before version 4.
    """

    fiscal_year: int
    sheets: tuple[str, ...]
    own: Mapping[str, frozenset[str]]
    rows: Mapping[tuple[str, str], str]
    absorbed: frozenset[str]
    sizes: Mapping[str, tuple[int, int]]
    columns: Mapping[str, tuple[WrittenColumn, ...]]
    lists: Mapping[str, str]
    form: str
    history: StampedHistory
    marked: Mapping[str, MarkedSheet]
    grounds: frozenset[str]


# Of a request's lines each says its title, its department and its id again.
_remembered = lru_cache(maxsize=4_096)


@_remembered
def mark(content: Value) -> str:
    """Return the mark of a cell's content; line breaks of all kinds are one, blank text is nothing."""
    if content is None:
        return NOTHING
    text = _read_back(content)
    return hashed(text) if text and not text.isspace() else NOTHING


@_remembered
def loose_mark(content: Value) -> str:
    """Return the mark of what is no entry: white space, which programs change, does not matter."""
    text = "" if content is None else loose_text(content)
    return hashed(text) if text else NOTHING


@_remembered
def loose_text(content: str | float) -> str:
    """Return what is read where this is written, without white space."""
    return "".join(_read_back(content).split())


def _read_back(content: str | float) -> str:
    """Return what is read where this is written: a number as Excel shows it, a text too long for a cell shortened."""
    if isinstance(content, float):
        return numeral(figures(Decimal(content)))
    return fitting(shown_text(str(content)))


def hashed(text: str) -> str:
    """Return the mark of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:SIZE]


def row_mark(request: str, line: LineKey | None) -> str:
    """Return how the stamp knows a row: by its request, and by its line."""
    parts = [request, *([str(line.position), line.group or "", line.label or ""] if line else [])]
    text = "\n".join("".join(_read_back(part).split()) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[: 2 * SIZE]


def read_stamp(book: Book) -> SummaryStamp:
    """Read the hidden sheet of a book; raise NotASummary where it is not one of ours."""
    hidden = book.sheet(SHEET)
    if hidden is None:
        raise NotASummary(NOT_OURS)
    numbers = sorted({row for row, _ in hidden.cells})
    rows = [(_text(hidden, at, 0), _text(hidden, at, 1), _text(hidden, at, 2)) for at in numbers]
    years = [two for one, two, _ in rows if one == "fiscal_year"]
    is_ours = rows[:1] and rows[0][:2] == _OURS and rows[0][2] in _READ
    if rows[:1] and rows[0][:2] == _OURS and _is_newer(rows[0][2]):
        raise NewerSummary(_NEWER)
    if not is_ours or not years or not _is_year(years[0]):
        raise NotASummary(_BROKEN)
    stamp = SummaryStamp(
        fiscal_year=int(years[0]),
        sheets=tuple(two for one, two, _ in rows if one == "sheet"),
        own={two: frozenset(_cut(three)) for one, two, three in rows if one == "own"},
        rows={(one[4:], two): three for one, two, three in rows if one.startswith("row ")},
        absorbed=frozenset(two for one, two, _ in rows if one == "absorbed"),
        sizes={two: _size(three) for one, two, three in rows if one == "size"},
        columns=_columns(rows),
        form=next((two for one, two, _ in rows if one == "form"), ""),
        lists={two: three for one, two, three in rows if one == "sheet" and three},
        history=_history(rows),
        marked=read_marked(rows),
        grounds=frozenset(
            two for one, two, _ in rows if one == "ground" and _COLOUR.fullmatch(two)
        ),
    )
    if rows[0][2] != _WITHOUT_COLUMNS and _lacks_columns(stamp):
        raise NotASummary(_BROKEN)
    return stamp


def _is_newer(version: str) -> bool:
    return is_number(version, 4) and int(version) > int(VERSION)


def _lacks_columns(stamp: SummaryStamp) -> bool:
    """Return whether a sheet that finance types into has lost whose rows it has, or where the entries are: nothing would be read."""
    typed = {*stamp.own, *(name for name, _ in stamp.rows)}
    columns = [stamp.columns.get(name, ()) for name in typed]
    return not all(
        any(one.is_entry for one in own) and any(one.key == "id" for one in own) for own in columns
    )


def marked_rows(name: str, sheet: MarkedSheet) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the hidden sheet that tell what stands on a sheet."""
    yield f"marked {name}", "drawings", str(sheet.drawings)
    every = {"rows": sheet.rows, "columns": sheet.columns, "texts": sheet.texts}
    for kind, marks in every.items():
        for at in range(0, len(marks), _PIECE // SIZE):
            yield f"marked {name}", kind, "".join(marks[at : at + _PIECE // SIZE])


def read_marked(rows: Iterable[tuple[str, str, str]]) -> Mapping[str, MarkedSheet]:
    """Return by sheet what such rows tell."""
    found: dict[str, dict[str, list[str]]] = {}
    for one, two, three in rows:
        if one.startswith("marked "):
            found.setdefault(one[7:], {}).setdefault(two, []).append(three)
    return {
        name: MarkedSheet(
            rows=tuple(_cut("".join(said.get("rows", ())))),
            columns=tuple(_cut("".join(said.get("columns", ())))),
            drawings=next((int(one) for one in said.get("drawings", ()) if is_number(one, 4)), 0),
            texts=tuple(_cut("".join(said.get("texts", ())))),
        )
        for name, said in found.items()
    }


def history_rows(history: StampedHistory) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of the hidden sheet that tell of the history; what a request was may need several."""
    yield "generation", str(history.generation or 0), history.mark
    yield "stage", history.stage, "" if history.is_last else _STEP
    yield from (("closed", stage, "") for stage in history.closed)
    yield from (("listed", str(number), "") for number in sorted(history.listed))
    for number, basis in enumerate(history.bases.values()):
        text = json.dumps(asdict(basis), ensure_ascii=False, separators=(",", ":"))
        for at in range(0, len(text), _PIECE):
            yield "basis", str(number), text[at : at + _PIECE]
    for request, basis_of_stage in history.stage_bases.items():
        said = json.dumps(asdict(basis_of_stage), ensure_ascii=False, separators=(",", ":"))
        yield "decided_on", request, said


def _history(rows: Iterable[tuple[str, str, str]]) -> StampedHistory:
    """Return what the rows tell of the history; what is no basis is left out: an entry counts without one."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one, two, three in rows:
        if one in ("generation", "stage", "closed", "listed", "basis", "decided_on"):
            found.setdefault(one, []).append((two, three))
    numbers = {
        kind: [int(two) for two, _ in found.get(kind, ()) if is_number(two, MOST_DIGITS)]
        for kind in ("generation", "listed")
    }
    texts: dict[str, list[str]] = {}
    for number, piece in found.get("basis", ()):
        texts.setdefault(number, []).append(piece)
    bases = [basis for basis in map(_basis, map("".join, texts.values())) if basis]
    return StampedHistory(
        generation=next(iter(numbers["generation"]), None),
        mark=next((three for _, three in found.get("generation", ())), ""),
        stage=next((two for two, _ in found.get("stage", ())), ""),
        is_last=all(three != _STEP for _, three in found.get("stage", ())),
        closed=tuple(two for two, _ in found.get("closed", ())),
        bases={one.request: one for one in bases},
        listed=frozenset(numbers["listed"]),
        stage_bases={
            request: basis
            for request, text in found.get("decided_on", ())
            if (basis := _stage_basis(text))
        },
    )


def _basis(text: str) -> ProjectState | None:
    """Return what a request was; None where that is broken."""
    try:
        said = json.loads(text)
        return ProjectState(
            request=_text_of(said["request"]),
            department=_text_of(said["department"]),
            project_code=_text_of(said["project_code"]),
            title=_text_of(said["title"]),
            asked=_amount(said["asked"]),
            sources=tuple((_text_of(one), _whole(two)) for one, two in said["sources"]),
            lines=tuple((_text_of(one), _amount(two)) for one, two in said["lines"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _stage_basis(text: str) -> StageBasis | None:
    """Return what a later stage decides on; None where that is broken."""
    try:
        return StageBasis.of(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _text_of(said: Any) -> str:
    if not isinstance(said, str):
        raise TypeError(said)
    return said


def _amount(said: Any) -> int | None:
    return None if said is None else _whole(said)


def _whole(said: Any) -> int:
    if type(said) is not int or abs(said) > _MOST_AMOUNT:
        raise ValueError
    number: int = said
    return number


def _columns(rows: Sequence[tuple[str, str, str]]) -> Mapping[str, tuple[WrittenColumn, ...]]:
    found: dict[str, list[WrittenColumn]] = {}
    for one, key, heading in rows:
        kind, _, sheet = one.partition(" ")
        if kind in (COLUMN, ENTRY):
            found.setdefault(sheet, []).append(WrittenColumn(key, heading, kind == ENTRY))
    return {sheet: tuple(columns) for sheet, columns in found.items()}


class Marks(NamedTuple):
    """The marks of a row, one after the other, and where those of each column are."""

    text: str
    places: Mapping[str, tuple[int, int]]

    def of(self, key: str) -> tuple[str, str]:
        """Return the marks of what the document said in a column, and of what was written there."""
        base, written = self.places[key]
        return self.text[base : base + SIZE], self.text[written : written + SIZE]

    def tell(self, key: str, content: str) -> bool:
        """Return whether this is what was written in a column that is no entry."""
        return self.text.startswith(loose_mark(content), self.places[key][1])


def marks_of(text: str, keys: tuple[str, ...], entries: tuple[str, ...], sheet: str) -> Marks:
    """Return the marks of a row written with these columns; raise NotASummary where they do not fit it."""
    if len(text) != SIZE * (len(keys) + len(entries)):
        raise changed_headings(sheet)
    return Marks(text, _places(keys, entries))


@lru_cache
def _places(keys: tuple[str, ...], twice: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    places, at = {}, 0
    for key in keys:
        last = at + SIZE if key in twice else at
        places[key] = at, last
        at = last + SIZE
    return places


def _text(sheet: Sheet, row: int, column: int) -> str:
    return sheet.cell(row, column).text


def _is_year(text: str) -> bool:
    return is_number(text, 4) and YEARS[0] <= int(text) <= YEARS[1]


def _size(text: str) -> tuple[int, int]:
    row, _, column = text.partition(" ")
    if not (is_number(row, 7) and is_number(column, 7)):
        raise NotASummary(_BROKEN)
    return int(row), int(column)


def is_number(text: str, most: int) -> bool:
    """Return whether a text is a whole number of at most so many figures, as we write them."""
    return text.isascii() and text.isdecimal() and len(text) <= most


def _cut(text: str) -> list[str]:
    return [text[at : at + SIZE] for at in range(0, len(text), SIZE)]
