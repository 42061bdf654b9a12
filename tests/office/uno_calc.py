# mypy: ignore-errors
"""What `uno_worker.py` does with books: each public method of `Calc` answers one request.

Like the worker it runs under the system Python and imports nothing of this project.
"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from com.sun.star.beans import PropertyValue
from com.sun.star.table import TableSortField
from com.sun.star.uno import RuntimeException
from uno import Any

XLSX = "Calc MS Excel 2007 XML"
CONTENT = 1 | 2 | 4 | 16  # CellFlags: VALUE, DATETIME, STRING, FORMULA
FORMULA = 16
THIN = 200  # 1/100 mm: what is no wider shows no letter of 9 points
RESULT_TEXT = 2  # FormulaResult.STRING
RESULT_ERROR = 4  # FormulaResult.ERROR


class Refused(Exception):
    """The request cannot be done; the message says why."""


def properties(**values):
    """Return a UNO media descriptor."""
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def url(path):
    """Return the file URL of a path."""
    return Path(path).absolute().as_uri()


def is_covered(cell):
    """Return whether the cell lies under a merged area without being its first cell."""
    cursor = cell.Spreadsheet.createCursorByRange(cell)
    cursor.collapseToMergedArea()
    area, own = cursor.RangeAddress, cell.CellAddress
    return (area.StartColumn, area.StartRow) != (own.Column, own.Row)


def constant(value):
    """Return a text or a number: an int, or a fraction's shortest text (JSON has only floats)."""
    if isinstance(value, str):
        return {"kind": "text", "value": value}
    if value is None:  # an error: its text is with the cell
        return {"kind": "error", "value": None}
    whole = value.is_integer() and abs(value) < 2**53
    return {"kind": "number", "value": int(value) if whole else repr(value)}


def content(cell):
    """Return what the cell shows: its constant, or its formula's last result."""
    kind = cell.Type.value
    if kind == "EMPTY":
        return {"kind": "empty", "value": None}
    if cell.getError():
        return {"kind": "error", "value": cell.String}
    text = kind == "TEXT" or (kind == "FORMULA" and cell.FormulaResultType2 == RESULT_TEXT)
    return constant(cell.String if text else cell.Value)


def points(ranges):
    """Return the (row, column) of every cell of a UNO ranges object."""
    return {
        (row, column)
        for area in ranges.getRangeAddresses()
        for row in range(area.StartRow, area.EndRow + 1)
        for column in range(area.StartColumn, area.EndColumn + 1)
    }


def a1(row, column):
    """Return the A1 name of a 0-based place."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


@contextlib.contextmanager
def only_printed(book, wanted):
    """Let only the wanted sheets print for a while (None: as the book is).

    LibreOffice prints a hidden sheet that has a print area, so that goes too; a PDF of a
    selection (the filter's own way) would ignore the print areas of the wanted sheets.
    """
    if wanted is None:
        yield
        return
    guarded = book.isProtected()
    if guarded:
        book.unprotect("")
    pages = [book.Sheets.getByIndex(index) for index in range(book.Sheets.Count)]
    before = [(page, page.IsVisible, page.getPrintAreas()) for page in pages]
    names = {page.Name for page in wanted}
    try:
        for page in wanted:  # first, for one sheet must always be visible
            page.IsVisible = True
        for page in pages:
            if page.Name not in names:
                page.IsVisible = False
                if page.getPrintAreas():
                    page.setPrintAreas(())
        yield
    finally:
        for page, visible, areas in sorted(before, key=lambda one: not one[1]):
            page.IsVisible = visible
            if areas:
                page.setPrintAreas(areas)
        if guarded:
            book.protect("")


def _each(found):
    return [found.getByIndex(index) for index in range(found.Count)]


class Calc:
    """Keeps the open books."""

    def __init__(self, directory, context):
        self.directory = directory
        self.books = {}
        self.manager = context.ServiceManager
        self.desktop = self._service("com.sun.star.frame.Desktop", context)
        self.dispatcher = self._service("com.sun.star.frame.DispatchHelper", context)

    def _service(self, name, context):
        return self.manager.createInstanceWithContext(name, context)

    def is_alive(self):
        """Return whether LibreOffice still answers (a dead one raises all sorts of errors)."""
        try:
            return bool(self.desktop.getImplementationName())
        except Exception:
            return False

    def _book(self, handle):
        if handle not in self.books:
            raise Refused(f"no open book {handle} (closed, or LibreOffice was started anew)")
        return self.books[handle]

    def _sheet(self, handle, sheet):
        sheets = self._book(handle).Sheets
        if not sheets.hasByName(sheet):
            raise Refused(f"no sheet {sheet!r}; there are {list(sheets.ElementNames)}")
        return sheets.getByName(sheet)

    def _cells(self, handle, sheet, names):
        page, found = self._sheet(handle, sheet), []
        for name in names:
            try:
                found.append(page.getCellRangeByName(name).getCellByPosition(0, 0))
            except RuntimeException as problem:
                raise Refused(f"no cell or name {name!r} on sheet {sheet!r}") from problem
        return found

    def _writable(self, handle, sheet, names):
        cells = self._cells(handle, sheet, names)
        protected = self._sheet(handle, sheet).isProtected()
        for name, cell in zip(names, cells, strict=True):
            if protected and cell.CellProtection.IsLocked:
                raise Refused(f"cell {name} of sheet {sheet!r} is locked")
            if is_covered(cell):
                raise Refused(f"cell {name} of sheet {sheet!r} lies under a merged cell")
        return cells

    def open(self, handle, path):
        # A private copy: no lock file beside the original, which stays free to be replaced.
        folder = self.directory / f"book{handle}"
        folder.mkdir()
        copy = shutil.copyfile(path, folder / ("copy" + Path(path).suffix))
        # 0: NEVER_EXECUTE macros, NO_UPDATE of links
        options = properties(Hidden=True, MacroExecutionMode=0, UpdateDocMode=0)
        book = self.desktop.loadComponentFromURL(url(copy), "_blank", 0, options)
        if book is None or not hasattr(book, "Sheets"):
            raise Refused(f"LibreOffice Calc cannot open {path}")
        self.books[handle] = book

    def close(self, handle):
        self._book(handle).close(True)
        del self.books[handle]
        shutil.rmtree(self.directory / f"book{handle}", ignore_errors=True)

    def save_as(self, handle, path):
        self._book(handle).storeToURL(url(path), properties(FilterName=XLSX))

    def save_pdf(self, handle, path, sheets):
        book = self._book(handle)
        wanted = [self._sheet(handle, sheet) for sheet in sheets] if sheets is not None else None
        with only_printed(book, wanted):
            book.storeToURL(url(path), properties(FilterName="calc_pdf_Export"))

    def recalculate(self, handle):
        self._book(handle).calculateAll()

    def sheets(self, handle):
        found = [self._sheet(handle, name) for name in self._book(handle).Sheets.ElementNames]
        return [[one.Name, bool(one.IsVisible), bool(one.isProtected())] for one in found]

    def sort(self, handle, sheet, area, column, descending):
        """Take the protection off and sort an area, headings first, as Data > Sort does."""
        page = self._sheet(handle, sheet)
        if page.isProtected():
            page.unprotect("")
        field = TableSortField()
        field.Field, field.IsAscending = column, not descending
        fields = Any("[]com.sun.star.table.TableSortField", (field,))
        how = properties(SortFields=fields, IsSortColumns=False, ContainsHeader=True)
        page.getCellRangeByName(area).sort(how)

    def rename(self, handle, sheet, name):
        """Give a sheet another name."""
        self._sheet(handle, sheet).Name = name

    def copy(self, handle, sheet, name):
        """Copy a sheet behind all others."""
        sheets = self._book(handle).Sheets
        sheets.copyByName(sheet, name, sheets.Count)

    def colour(self, handle, sheet, cell):
        """Fill a cell with yellow, protected or not."""
        self._sheet(handle, sheet).getCellRangeByName(cell).CellBackColor = 0xFFFF00

    def comment(self, handle, sheet, cell, text):
        """Put a note at a cell, protected or not."""
        page = self._sheet(handle, sheet)
        page.Annotations.insertNew(page.getCellRangeByName(cell).CellAddress, text)

    def values(self, handle, sheet, cells):
        return [content(cell) for cell in self._cells(handle, sheet, cells)]

    def displays(self, handle, sheet, cells):
        page = self._sheet(handle, sheet)
        return [
            [one.String, bool(one.CharStrikeout), self._is_seen(page, one)]
            for one in self._cells(handle, sheet, cells)
        ]

    def _is_seen(self, page, cell):
        """Return whether the cell, with all that is merged into it, is large enough to show a letter."""
        cursor = page.createCursorByRange(cell)
        cursor.collapseToMergedArea()
        rows = [one for one in _each(cursor.Rows) if one.IsVisible]
        columns = [one for one in _each(cursor.Columns) if one.IsVisible]
        high, wide = sum(one.Height for one in rows), sum(one.Width for one in columns)
        return bool(high > THIN and wide > THIN and not is_covered(cell))

    def formulas(self, handle, sheet, cells):
        found = self._cells(handle, sheet, cells)
        return [cell.Formula if cell.Type.value == "FORMULA" else None for cell in found]

    def used(self, handle, sheet):
        page = self._sheet(handle, sheet)
        filled = sorted(points(page.queryContentCells(CONTENT)))
        if not filled:
            return []
        last_row, last_column = (max(point[axis] for point in filled) for axis in (0, 1))
        area = page.getCellRangeByPosition(0, 0, last_column, last_row)
        data, texts = area.getDataArray(), area.getFormulaArray()
        formulas = points(page.queryContentCells(FORMULA))
        errors = points(page.queryFormulaCells(RESULT_ERROR))
        answer = []
        for row, column in filled:
            shown = constant(data[row][column])
            if (row, column) in errors:
                shown = content(page.getCellByPosition(column, row))
            formula = texts[row][column] if (row, column) in formulas else None
            answer.append([a1(row, column), shown["kind"], shown["value"], formula])
        return answer

    def enter(self, handle, sheet, entries):
        cells = self._writable(handle, sheet, [cell for cell, _ in entries])
        for cell, (_, value) in zip(cells, entries, strict=True):
            if value is None:
                cell.setFormula("")
            elif isinstance(value, str):
                cell.setString(value)
            else:
                cell.setValue(value)

    def type_into(self, handle, sheet, entries):
        self._writable(handle, sheet, [cell for cell, _ in entries])
        self.type_unguarded(handle, sheet, entries)

    def type_unguarded(self, handle, sheet, entries):
        page = self._sheet(handle, sheet)
        if not page.IsVisible:
            raise Refused(f"sheet {sheet!r} is hidden: nobody can type there")
        controller = self._book(handle).CurrentController
        controller.setActiveSheet(page)
        cells = self._cells(handle, sheet, [name for name, _ in entries])
        for cell, (name, text) in zip(cells, entries, strict=True):
            place = cell.CellAddress
            target = a1(place.Row, place.Column)
            self._dispatch(controller.Frame, ".uno:GoToCell", ToPoint=target)
            area = controller.Model.CurrentSelection.RangeAddress
            if (area.StartColumn, area.StartRow) != (place.Column, place.Row):
                raise Refused(f"the cursor did not reach {name} of sheet {sheet!r}")
            self._dispatch(controller.Frame, ".uno:EnterString", StringName=text)

    def tab(self, handle, sheet, cell, times):
        """Return the cells (A1) that Tab goes to on a protected sheet, from a cell on."""
        page = self._sheet(handle, sheet)
        controller = self._book(handle).CurrentController
        controller.setActiveSheet(page)
        self._dispatch(controller.Frame, ".uno:GoToCell", ToPoint=cell)
        found = []
        for _ in range(times):
            self._dispatch(controller.Frame, ".uno:JumpToNextUnprotected")
            area = controller.Model.CurrentSelection.RangeAddress
            found.append(a1(area.StartRow, area.StartColumn))
        return found

    def _dispatch(self, frame, command, **arguments):
        self.dispatcher.executeDispatch(frame, command, "", 0, properties(**arguments))

    def is_locked(self, handle, sheet, cell):
        (found,) = self._cells(handle, sheet, [cell])
        return bool(found.Spreadsheet.isProtected() and found.CellProtection.IsLocked)

    def lifts(self, handle, password):
        """Try a password on every sheet; return which were protected, and whether they still are."""
        protected = [one for one in self._book(handle).Sheets if one.isProtected()]
        for one in protected:
            with contextlib.suppress(Exception):  # what LibreOffice says of a wrong one
                one.unprotect(password)
        return [[one.Name, bool(one.isProtected())] for one in protected]

    def validations(self, handle, sheet, cells):
        found = [cell.Validation for cell in self._cells(handle, sheet, cells)]
        return [
            {
                "kind": one.Type.value,
                "source": one.getFormula1(),
                "error_title": one.ErrorTitle,
                "error_message": one.ErrorMessage,
                "shows_error": bool(one.ShowErrorMessage),
                "shows_list": one.Type.value == "LIST" and one.ShowList != 0,
            }
            for one in found
        ]
