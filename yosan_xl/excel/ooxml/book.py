"""A workbook as values: its sheets, cells, defined names and the areas they stand for, formats, and what stands upon its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.excel.number_format import GENERAL
from yosan_xl.excel.ooxml.rich_text import WHITE, Colour, Font
from yosan_xl.form.area import Area, a1


class Name(NamedTuple):
    """A defined name; one scoped to a sheet has the sheet's name and place in the workbook.

    `sheet_index` counts every sheet of the workbook (0-based), chart sheets and unread ones too.
    """

    name: str
    sheet_index: int | None
    sheet: str | None
    refers_to: str
    hidden: bool


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """The names of the form in a workbook, in the file's order.

    It is equal to itself alone: books of one template share it, and what follows from the names
    can be remembered by it. `sheets` are those that a name is scoped to.
    """

    every: tuple[Name, ...] = ()
    sheets: frozenset[str | None] = field(init=False, repr=False)
    _scoped: dict[str, dict[str, Area]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Group the names by their sheets."""
        object.__setattr__(self, "sheets", frozenset(name.sheet for name in self.every))
        object.__setattr__(self, "_scoped", _scoped(self.every))

    def __iter__(self) -> Iterator[Name]:
        return iter(self.every)

    def areas(self, sheet: str) -> Mapping[str, Area]:
        """Return the areas of the names scoped to a sheet that still point into that sheet."""
        return self._scoped.get(sheet, {})


def _scoped(names: tuple[Name, ...]) -> dict[str, dict[str, Area]]:
    scoped: dict[str, dict[str, Area]] = {}
    for name in names:
        if name.sheet is not None:
            found = name_area(name)
            if found and found[0] == name.sheet:
                scoped.setdefault(name.sheet, {})[name.name] = found[1]
    return scoped


# A sheet's name unquoted, or in '...' with '' for an apostrophe; a bracket would be another book.
_REFERENCE = re.compile(
    r"(?:'((?:[^'\[\]]|'')+)'|([^'!\[\]():,#\s]+))!([$A-Za-z0-9]+(?::[$A-Za-z0-9]+)?)"
)


def name_area(name: Name) -> tuple[str, Area] | None:
    """Return the sheet's name and the area a name stands for; None unless it is one plain area."""
    # No reference to one area is longer, and what is remembered must not be.
    return _area(name.refers_to) if len(name.refers_to) <= _LONGEST else None


_LONGEST = 200
"""Characters: a sheet's name has 31, each perhaps an apostrophe that is doubled."""


@lru_cache(maxsize=8_192)
def _area(refers_to: str) -> tuple[str, Area] | None:
    match = _REFERENCE.fullmatch(refers_to.strip().removeprefix("="))
    if not match:
        return None
    sheet = match[2] or match[1].replace("''", "'")
    try:
        return sheet, Area.parse(match[3])
    except ValueError:
        return None


_SPREADSHEETS = re.compile(
    "(?:Microsoft (?:Macintosh )?Excel(?! Compatible)|LibreOffice|Apache OpenOffice|OpenOffice|Collabora|ONLYOFFICE"
    "|WPS|Kingsoft|Numbers|Gnumeric|SoftMaker|PlanMaker|Hancom|JUST|Cal[cq])",
    re.IGNORECASE,
)
"""How the programs call themselves in which people type."""


class CellKind(Enum):
    """What a cell holds. EMPTY: a format or a formula, but no (saved) value.

    A date saved as ISO 8601 text (t="d", which Excel reads and never writes) is TEXT: its
    characters are kept as they stand. A date as Excel saves it is a NUMBER; see `Book.is_date`.
    """

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    ERROR = "error"
    EMPTY = "empty"


_SHOWN = Context(prec=15, rounding=ROUND_HALF_UP)
"""The figures of a number that Excel keeps (Excel の仕様と制限)."""


# A named tuple and no dataclass: there are up to a million, and it is made in a third of the time.
class Cell(NamedTuple):
    """A cell as saved: `text` is the string, the numeral of the file, TRUE/FALSE or `#REF!`.

    `formula` has no leading "="; it is "" for a what-if data table, which has no formula text.
    `style` is an index of `Book.formats`.
    """

    kind: CellKind
    text: str
    formula: str | None
    style: int

    def number(self) -> Decimal | None:
        """Return the number as Excel shows and compares it; None where the cell holds none.

        What Excel saves has 17 figures, of which the last two are remainders of its arithmetic:
        `=100*1.1` is saved as 110.00000000000001.
        """
        return _SHOWN.create_decimal(self.text) if self.kind is CellKind.NUMBER else None


def figures(number: int | Decimal) -> Decimal:
    """Return what Excel shows and compares of a number."""
    return _SHOWN.create_decimal(number)


PLAIN_CODES = frozenset(
    (
        GENERAL,
        "0",
        "@",
        "#,##0",
        "#,##0;△#,##0;0",
        "#,##0_ ;△#,##0_ ;0_ ",
        "#,##0;\\△#,##0;0",
        "#,##0;-#,##0",
    )
)
"""Number formats that show just what the cell holds: those of our form, and what Excel offers first."""


class Format(NamedTuple):
    """A cell's format: whether protection locks it, and what it shows of what the cell holds.

    `is_date` tells whether a number is a date, `code` is the number format; `ground` is None where
    it has no one colour. `is_plain` tells whether the cell shows just what it holds.
    """

    locked: bool = True
    is_date: bool = False
    code: str = GENERAL
    font: Font = Font()
    ground: Colour | None = WHITE
    is_plain: bool = True


_DEFAULT_FORMAT = Format()


class Columns(NamedTuple):
    """The format of columns `first` to `last` (0-based, both included)."""

    first: int
    last: int
    style: int
    hidden: bool


LOWEST = 8
"""Points: what has less height cannot be read."""


class AnnotationKind(Enum):
    """What stands upon a sheet and in none of its cells."""

    NOTE = "メモ"
    COMMENT = "コメント"
    TEXT = "図形の文字"
    HEADER = "ヘッダーかフッター"
    PICTURE = "画像、図形またはグラフ"
    OBJECT = "埋め込まれたファイル"
    LINK = "リンク"


class Annotation(NamedTuple):
    """Something upon a sheet: at which cell (0-based), where that is known, and its words, if any."""

    kind: AnnotationKind
    place: tuple[int, int] | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: the cells that hold something by (row, column), 0-based, in the file's order.

    `blanks` are the formats (numerals) of cells that hold nothing, by address (A1). `state` is
    visible, hidden or veryHidden; `row_styles` are the rows with a format of their own, `low_rows`
    the heights (points) of those below LOWEST. `altered` is where a condition may hide what stands
    there, strike it out, or show it as another number.
    """

    name: str
    state: str = "visible"
    cells: Mapping[tuple[int, int], Cell] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)
    merges: tuple[Area, ...] = ()
    protected: bool = False
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    columns: tuple[Columns, ...] = ()
    row_styles: Mapping[int, int] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    low_rows: Mapping[int, float] = field(default_factory=dict)
    formats: tuple[Format, ...] = ()
    altered: tuple[Area, ...] = ()

    def cell(self, row: int, col: int) -> Cell:
        """Return the cell (0-based); where the file has none, an EMPTY one in the format it shows."""
        return self.cells.get((row, col)) or Cell(CellKind.EMPTY, "", None, self._style(row, col))

    def text(self, row: int, col: int) -> str:
        """Return what the cell (0-based) says, nothing where the file has none."""
        cell = self.cells.get((row, col))
        return cell.text if cell else ""

    def locked(self, row: int, col: int) -> bool:
        """Return whether the cell is locked while the sheet is protected (Excel: by default yes)."""
        cell = self.cells.get((row, col))
        style = cell.style if cell else self._style(row, col)
        return _format(self.formats, style).locked

    @property
    def hidden_cols(self) -> frozenset[int]:
        """The columns that are hidden or too narrow to be seen, 0-based."""
        return frozenset(
            col
            for columns in self.columns
            if columns.hidden
            for col in range(columns.first, columns.last + 1)
        )

    def _style(self, row: int, col: int) -> int:
        own = self.blanks.get(a1(row, col))
        if own is not None:
            return int(own or 0)
        if row in self.row_styles:
            return self.row_styles[row]
        return next((c.style for c in self.columns if c.first <= col <= c.last), 0)


class RowTexts(NamedTuple):
    """The texts of each row that has some, from left to right, and the formats of cells, rows and columns."""

    rows: tuple[tuple[str, ...], ...]
    styles: frozenset[int]


Extent = tuple[int, int]
"""The last row and column that have cells (0-based)."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. `created` and `modified` are when it was made and saved (ISO 8601, docProps/core.xml),
    `saved_by` is the person who saved it, `application` with what (docProps/app.xml); `kind` is xlsx, xlsm, xltx, xltm or xlam.

    `extents` tell of worksheets that were not read how far they go, None where that is not known.
    `values_only` is a book of another format: it has no formulas, names, locks or protection.
    `annotations` are what stands upon its sheets, by their names, also upon those that were not read. `texts` are those of
    worksheets that were not read, None where only reading them can tell.
    """

    sheets: tuple[Sheet, ...]
    names: Names
    formats: tuple[Format, ...]
    date1904: bool
    created: str | None
    modified: str | None
    application: str | None
    macros: bool
    external_links: bool
    kind: str
    values_only: bool = False
    extents: Mapping[str, Extent | None] = field(default_factory=dict)
    annotations: Mapping[str, tuple[Annotation, ...]] = field(default_factory=dict)
    saved_by: str = ""
    texts: Mapping[str, RowTexts | None] = field(default_factory=dict)

    @property
    def is_saved(self) -> bool:
        """Return whether a spreadsheet program saved it after it was made: else its save time is no evidence.

        What libraries write (`Microsoft Excel Compatible / Openpyxl`) and what we hand out has the time of
        its making or any other.
        """
        by_program = _SPREADSHEETS.match(self.application or "")
        return by_program is not None and self.modified not in (None, self.created)

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of this name (case ignored, as Excel does), or None."""
        wanted = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == wanted), None)

    def look(self, cell: Cell) -> Format:
        """Return the format of a cell."""
        return _format(self.formats, cell.style)

    def is_date(self, cell: Cell) -> bool:
        """Return whether the cell shows its number as a date or a time."""
        return cell.kind is CellKind.NUMBER and _format(self.formats, cell.style).is_date


def _format(formats: tuple[Format, ...], style: int) -> Format:
    return formats[style] if style < len(formats) else _DEFAULT_FORMAT
