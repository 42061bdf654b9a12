"""Workbooks by XlsxWriter's public API: its silent failures are exceptions, its bytes reproducible.

XlsxWriter writes columns, panes, validations, notes, charts, print set-up and styles. Cells, links
and names are kept here and put in when the book is packed: every text is a text, and that is many
times faster.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from yosan_xl.excel.ignored_errors import ignored_errors
from yosan_xl.excel.packing import STAND_IN, DefinedName, WorkbookParts, mark_formats, pack
from yosan_xl.excel.rows import (
    MOST_CHARACTERS,
    MOST_LINKS,
    WIDEST_ROW,
    Content,
    Formula,
    Link,
    Row,
    SheetCells,
    Value,
    fitting,
)
from yosan_xl.excel.styles import Style
from yosan_xl.form.area import COLUMNS, ROWS, Area, a1, parse_a1
from yosan_xl.model.money import limit
from yosan_xl.model.text import shortened, shown_text

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_ENGINE = 191_029
"""The calculation engine of Excel 2019 to 365 (`calcId`, ISO/IEC 29500-1, 18.2.2)."""

_LONGEST_FOOT = 100
_ROW_HEIGHT = 15
"""Points of a row whose height nobody set."""

_AS_LARGE = {"scale_with_doc": False}
"""A head or foot keeps its size however small the sheet prints."""
_A4 = 9
"""Paper size number of the file format (ECMA-376, ST_PaperSize)."""
_NAME, _NO_NAME = (
    re.compile(r"[^\W\d][\w.]{0,254}"),
    re.compile(r"(?i)[a-z]{1,3}\d+|r\d*(c\d*)?|c\d*"),
)
"""What Excel takes as a name, and what of it is a cell's (Excel の数式で名前を定義し使用する)."""

_IME_MODES = {"list": "", "any": "", "length": "hiragana"}
"""Whether Japanese is typed where a validation takes this; figures and codes are typed without."""

_DOTS = {17: 16, 18: 8}
"""Patterns of dots (gray125, gray0625), and how many 128ths of a cell LibreOffice takes for dots."""

Looks = Callable[[Style], Any]
"""Returns the XlsxWriter format for a style."""


class NotWritable(RuntimeError):
    """XlsxWriter refused or dropped something; the book must not be handed out."""


class _Checked:
    """An object of XlsxWriter whose every method raises NotWritable on a failure code."""

    def __init__(self, target: Any) -> None:
        """Wrap it."""
        self.target = target

    def __getattr__(self, name: str) -> Any:
        """Return the target's own attribute; a method comes checked."""
        found = getattr(self.target, name)
        if not callable(found):
            return found
        # Kept in the instance, so that the next call finds it without coming here.
        self.__dict__[name] = wrapped = _checked(found, name)
        return wrapped


class CheckedSheet(_Checked):
    """A worksheet being written; rows and columns count from 0."""

    def __init__(self, target: Any, looks: Looks, original: SheetCells | None = None) -> None:
        """Wrap an XlsxWriter worksheet of a book with these formats; it gets what stands in `original`."""
        super().__init__(target)
        self.looks = looks
        self.cells = SheetCells(original)
        self.drawings = 0

    def __getattr__(self, name: str) -> Any:
        """Return the target's own attribute, but for what would write into a cell there."""
        if name.startswith("write_") and name != "write_comment":
            raise AttributeError(name)
        return super().__getattr__(name)

    def write(self, row: int, column: int, content: Content, looks: Any = None) -> None:
        """Write a text, a number, a formula or nothing into a cell; a text is always a text."""
        if not (0 <= row < ROWS and 0 <= column < COLUMNS):
            raise NotWritable(f"write: no cell {row}, {column}")
        if isinstance(content, str) and len(content) > MOST_CHARACTERS:
            raise NotWritable(f"write: {len(content)} characters in {row}, {column}")
        self.cells.put(row, column, content, looks)

    def write_formula(
        self, row: int, column: int, text: str, looks: Any = None, value: Any = 0
    ) -> None:
        """Write a formula (with its `=`) and the value it has."""
        self.write(row, column, Formula(text, value, is_literal=True), looks)

    def put(self, area: Area, content: Content, style: Style) -> None:
        """Write into a cell, or into several that become one."""
        looks = self.looks(style)
        if not area.is_single:
            self.merge_range(*area, "")
            # What the others of them look like is seen in their borders alone.
            is_seen = bool(style.get("border")) or not style.get("locked", True)
            for row in range(area.top, area.bottom + 1 if is_seen else area.top):
                for column in range(area.left, area.right + 1):
                    self.write(row, column, None, looks)
        self.write(area.top, area.left, content, looks)

    def put_at(self, row: int, column: int, content: Content, style: Style) -> None:
        """Write into a single cell."""
        self.write(row, column, content, self.looks(style))

    def put_formula(self, area: Area, text: str, value: Value | Decimal, style: Style) -> None:
        """Write a formula (with its `=`) and the value it has into a cell, or into several that become one."""
        self.put(area, Formula(text, "" if value is None else value, is_literal=True), style)

    def set_row(self, row: int, height: float) -> None:
        """Set the height of a row (points)."""
        if self.target.set_row(row, height):  # by which notes and charts are placed
            raise NotWritable(f"set_row: no row {row}")
        self.cells.heights[row] = height

    def row_heights(self, last: int) -> list[float]:
        """Return the heights (points) of the rows down to `last`."""
        own = {row.number: row.height for row in self.cells.rows} | self.cells.heights
        return [own.get(row) or _ROW_HEIGHT for row in range(last + 1)]

    def pour(self, row: Row) -> None:
        """Take a whole row, below all that was written before."""
        if not 0 <= row.number < ROWS or len(row.values) > WIDEST_ROW:
            raise NotWritable(f"pour: no row {row.number} of {len(row.values)} cells")
        self.cells.rows.append(row)
        for column, link in sorted(row.links.items()):
            self.link(row.number, column, link)

    def link(self, row: int, column: int, link: Link) -> None:
        """Let a cell open something; raise NotWritable for a link too many."""
        if len(self.cells.links) >= MOST_LINKS:
            raise NotWritable(f"link: more than {MOST_LINKS}")
        # Only a link on a figure, or within the book, says what it opens.
        is_text = isinstance(self.cells.content(row, column), str)
        said = link._replace(text="") if link.target and is_text else link
        self.cells.links.append((row, column, said))

    def protect(self, password: str = "", options: Mapping[str, Any] | None = None) -> None:
        """Lock the cells whose format is locked; `options` are what may still be done."""
        self.cells.is_protected = True
        _checked(self.target.protect, "protect")(password, options)

    def data_validation(
        self, top: int, left: int, bottom: int, right: int, options: Mapping[str, Any]
    ) -> None:
        """Limit what may be typed into cells; `ime` says how the input method stands there, if not as usual."""
        own = dict(options)
        mode = own.pop("ime", _IME_MODES.get(own["validate"], "off"))
        self.cells.ime_modes.append(mode)
        _checked(self.target.data_validation, "data_validation")(top, left, bottom, right, own)

    def insert_chart(
        self, row: int, column: int, chart: CheckedChart, options: Mapping[str, Any] | None = None
    ) -> None:
        """Place a chart at a cell."""
        self.drawings += 1
        _checked(self.target.insert_chart, "insert_chart")(row, column, chart.target, options)

    def print_a4(
        self, *, landscape: bool = False, pages_high: int = 0, pages_wide: int = 1
    ) -> None:
        """Print on A4, `pages_wide` pages wide, on at most `pages_high` pages down (0: on as many as it takes)."""
        self.set_paper(_A4)
        self.fit_to_pages(pages_wide, pages_high)
        if landscape:
            self.set_landscape()

    def print_head(self, heading: str, right: str) -> None:
        """Print `heading` and `right` at the head of every page."""
        shown = heading[:_LONGEST_FOOT].replace("&", 2 * STAND_IN)
        self.set_header(f"&L{shown}&R{right}", _AS_LARGE)

    def print_foot(self, heading: str, right: str = "") -> None:
        """Print `heading`, the number of the page and `right` at the foot of every page."""
        shown = heading[:_LONGEST_FOOT].replace("&", 2 * STAND_IN)
        self.set_footer(f"&L{shown}&C&P / &N{right}", _AS_LARGE)

    def print_note(self, note: str) -> None:
        """Print a note at the foot of every page, without its number."""
        shown = shortened(note, _LONGEST_FOOT).replace("&", 2 * STAND_IN)
        self.set_footer(f"&L{shown}", _AS_LARGE)


class CheckedBook(_Checked):
    """A workbook being written: checked, its sheets and charts too, with one format per look."""

    def __init__(self, target: Workbook) -> None:
        """Wrap an XlsxWriter workbook."""
        super().__init__(target)
        self.sheets: dict[str, CheckedSheet] = {}
        self.names: list[DefinedName] = []
        self.structure_password: str | None = None
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._by_identity: dict[int, tuple[Style, Any]] = {}

    def add_worksheet(self, name: str, original: SheetCells | None = None) -> CheckedSheet:
        """Add a sheet; XlsxWriter's own exceptions (a name twice, too long) come through."""
        self.sheets[name] = CheckedSheet(self.target.add_worksheet(name), self.format, original)
        return self.sheets[name]

    def add_copy(self, name: str, original: CheckedSheet, texts: Mapping[str, str]) -> CheckedSheet:
        """Add a sheet that holds what `original` holds, but for the `texts` of some text cells (A1).

        It costs a tenth. Its names and print area are the workbook's and still to be given.
        """
        copy = self.add_worksheet(name, original.cells)
        for cell, text in texts.items():
            row, column = parse_a1(cell)
            before, looks = original.cells.cells.get(row, {}).get(column, (None, None))
            if not isinstance(before, str):
                raise NotWritable(f"{cell} holds no text to be replaced")
            copy.write(row, column, text, looks)
        return copy

    def define_name(
        self, name: str, formula: str, sheet: str | None = None, *, hidden: bool = False
    ) -> None:
        """Define a name for what a formula (with its `=`) refers to, in the book or on one sheet."""
        if not _NAME.fullmatch(name) or _NO_NAME.fullmatch(name):
            raise NotWritable(f"define_name: {name}")
        at = None if sheet is None else list(self.sheets).index(sheet)
        self.names.append(DefinedName(name, formula, at, hidden))

    def lock_structure(self, password: str) -> None:
        """Lock the order and the names of the sheets; the password lifts it, "" is none."""
        self.structure_password = password

    def add_chart(self, options: Mapping[str, Any]) -> CheckedChart:
        """Return a new chart, to be drawn from cells that are written, and placed."""
        return CheckedChart(self.target.add_chart(dict(options)), self.sheets)

    @property
    def grounds(self) -> frozenset[str]:
        """The colours (RRGGBB) that fill cells of the book, dots as LibreOffice mixes them too."""
        found = set()
        for style in map(dict, self._formats):
            own = [_rgb(style[one]) for one in ("fg_color", "bg_color") if one in style]
            found.update(own)
            part = _DOTS.get(style.get("pattern", 0))
            if part and len(own) == 2:
                pairs = zip(*own, strict=True)
                found.add(tuple(on + int((dot - on) * part / 128) for dot, on in pairs))
        return frozenset(bytes(one).hex().upper() for one in found)

    def format(self, style: Style) -> Any:
        """Return the workbook's format for a look, made once."""
        known = self._by_identity.get(id(style))
        if known and known[0] is style:
            return known[1]
        found = self._by_content(style)
        self._by_identity[id(style)] = (style, found)
        return found

    def _by_content(self, style: Style) -> Any:
        key = tuple(style.items())
        if key not in self._formats:
            self._formats[key] = self.target.add_format(dict(style))
        return self._formats[key]


class CheckedChart(_Checked):
    """A chart being drawn; it keeps what its cells hold, for viewers that show charts alone."""

    def __init__(self, target: Any, sheets: Mapping[str, CheckedSheet]) -> None:
        """Wrap an XlsxWriter chart of a book with these sheets."""
        super().__init__(target)
        self._sheets = sheets

    def add_series(self, options: Mapping[str, Any]) -> None:
        """Draw cells: `name`, `categories`, `values` are [sheet, row, column(, row, column)]."""
        for key in ("name", "categories", "values"):
            if isinstance(area := options.get(key), list):
                self._show(*area)
        self.target.add_series(options)

    def _show(self, name: str, top: int, left: int, bottom: int = -1, right: int = -1) -> None:
        # XlsxWriter keeps in a chart what it knows of its cells; on the sheet ours replace them.
        sheet = self._sheets[name]
        for row in range(top, max(top, bottom) + 1):
            for column in range(left, max(left, right) + 1):
                content = sheet.cells.content(row, column)
                value = content.value if isinstance(content, Formula) else content
                shown = fitting(shown_text(value)) if isinstance(value, str) else value
                # As the value of a formula it is kept as it is.
                sheet.target.write_formula(row, column, "=0", None, "" if shown is None else shown)


@contextmanager
def workbook(
    out: BytesIO,
    *,
    title: str,
    author: str = "",
    year: int,
    default_font: Mapping[str, Any],
    level: int = 6,
) -> Iterator[CheckedBook]:
    """Write a workbook into `out`; its date of creation is fixed by the fiscal year (西暦), `level`
    how much time is taken to make it small (1 to 9).

    Raises NotWritable where XlsxWriter gives a failure code or only warns (a list over 255
    characters, ...), and where a formula of ours can be typed over.
    """
    written = BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        try:
            target = Workbook(
                written, {**_OPTIONS, "default_format_properties": dict(default_font)}
            )
            # Budgeting begins in the September before the fiscal year; no clock stands in a book.
            created = datetime(year - 1, 9, 1)
            target.set_properties({"title": title, "author": author, "created": created})
            book = CheckedBook(target)
            # Values are saved beside all formulas, by the present engine: nothing is to be computed, and
            # to be saved, because somebody looked at the book.
            target.set_calc_mode("auto", _ENGINE)
            target.calc_on_load = False
            yield book
            for name, sheet in book.sheets.items():
                _refuse_open_formulas(name, sheet.cells)
                sheet.ignore_errors(ignored_errors(sheet.cells))
            sheets = [sheet.cells for sheet in book.sheets.values()]
            formats = list(dict.fromkeys(looks for one in sheets for looks in one.formats()))
            mark_formats(target.worksheets()[0], sheets[0].size[0] + 1, formats)
            target.close()
        except UserWarning as warning:
            raise NotWritable(str(warning)) from warning
    parts = WorkbookParts(sheets, formats, book.names, book.structure_password, level)
    pack(written, parts, out)


def _refuse_open_formulas(name: str, sheet: SheetCells) -> None:
    """Raise NotWritable where a formula of ours can be typed over."""
    for row, column in sheet.open_formulas():
        raise NotWritable(f"{name}!{a1(row, column)} holds a formula that can be typed over")


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _checked(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:
        result = method(*args, **options)
        # bool is an int, but no failure; the failures are -1, -2, ... -5.
        if isinstance(result, int) and result < 0:
            raise NotWritable(f"{name}: {result} {args[:3]!r}")
        return result

    return call


def money_limits(unit: str = "千円") -> dict[str, Any]:
    """Return what a cell for an amount takes, as XlsxWriter validates data: whole amounts of the unit within its limit."""
    most = limit(unit)
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": -most,
        "maximum": most,
        "error_title": f"{unit}の整数ではありません",
        "error_message": f"{unit}単位の整数を半角で入力してください。",
    }
