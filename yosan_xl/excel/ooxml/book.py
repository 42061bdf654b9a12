"""What an Excel workbook holds, as values: book, sheets, cells, names, formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from typing import NamedTuple

from yosan_xl.excel.number_format import GENERAL
from yosan_xl.excel.ooxml.names import Names
from yosan_xl.excel.ooxml.rich_text import WHITE, Colour, Font
from yosan_xl.form.area import Area, a1

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
    (GENERAL, "0", "@", "#,##0", "#,##0;△#,##0;0", "#,##0;\\△#,##0;0", "#,##0;-#,##0")
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
        """Give the cell (0-based); where the file has none, an EMPTY one in the format it shows."""
        return self.cells.get((row, col)) or Cell(CellKind.EMPTY, "", None, self._style(row, col))

    def text(self, row: int, col: int) -> str:
        """Give what the cell (0-based) says, nothing where the file has none."""
        cell = self.cells.get((row, col))
        return cell.text if cell else ""

    def locked(self, row: int, col: int) -> bool:
        """Tell whether the cell is locked while the sheet is protected (Excel: by default yes)."""
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


Extent = tuple[int, int]
"""The last row and column that have cells (0-based)."""


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. `created` and `modified` are when it was made and saved (ISO 8601, docProps/core.xml),
    `application` who saved it (docProps/app.xml); `kind` is xlsx, xlsm, xltx, xltm or xlam.

    `extents` tell of worksheets that were not read how far they go, None where that is not known.
    `values_only` is a book of another format: it has no formulas, names, locks or protection.
    `annotations` are what stands upon its sheets, by their names, also upon those that were not read.
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

    @property
    def is_saved(self) -> bool:
        """Tell whether a spreadsheet program saved it after it was made: else its save time is no evidence.

        What libraries write (`Microsoft Excel Compatible / Openpyxl`) and what we hand out has the time of
        its making or any other.
        """
        by_program = _SPREADSHEETS.match(self.application or "")
        return by_program is not None and self.modified not in (None, self.created)

    def sheet(self, name: str) -> Sheet | None:
        """Give the sheet of this name (case ignored, as Excel does), or None."""
        wanted = name.casefold()
        return next((sheet for sheet in self.sheets if sheet.name.casefold() == wanted), None)

    def look(self, cell: Cell) -> Format:
        """Return the format of a cell."""
        return _format(self.formats, cell.style)

    def is_date(self, cell: Cell) -> bool:
        """Tell whether the cell shows its number as a date or a time."""
        return cell.kind is CellKind.NUMBER and _format(self.formats, cell.style).is_date


def _format(formats: tuple[Format, ...], style: int) -> Format:
    return formats[style] if style < len(formats) else _DEFAULT_FORMAT
