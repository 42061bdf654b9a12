"""Printed request sheets: where the file puts each cell on paper, and what the PDF shows there.

Nothing of excel/layout/page.py is used: widths, heights, margins and texts come from the file written.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS

from tests.office.office import Office
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan

PAPER = (297 / 25.4 * 72, 210 / 25.4 * 72)
"""A4 landscape in pt (ISO 216)."""

WORD_EM = 1.3
"""How high poppler makes the box of a word of BIZ UDGothic and UDPGothic, in em."""

TOLERANCE = 0.4
"""Points: LibreOffice rounds widths and heights to 1/20 pt, places of words to 1/10."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a PDF page and its box (pt, from the upper left corner)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def points(self) -> float:
        """The size of its letters."""
        return (self.bottom - self.top) / WORD_EM

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell on paper: what must stand in it, and its edges (pt)."""

    name: str
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, word: Word) -> bool:
        """Tell whether the middle of a word is in this cell."""
        x, y = word.middle
        return self.left <= x < self.right and self.top <= y < self.bottom

    def clips(self, word: Word) -> bool:
        """Tell whether a letter of the word crosses an edge."""
        half = word.points / 2
        above, below = word.middle[1] - half, word.middle[1] + half
        return (
            word.left < self.left - TOLERANCE
            or word.right > self.right + TOLERANCE
            or above < self.top - TOLERANCE
            or below > self.bottom + TOLERANCE
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A request sheet as it must be printed."""

    scale: float
    cells: tuple[Cell, ...]


def print_requests(office: Office, book: bytes, folder: Path, plan: Plan) -> list[list[Word]]:
    """Print the request sheets of a book and give the words of each page."""
    path = folder / "book.xlsx"
    path.write_bytes(book)
    opened = office.open(path)
    office.recalculate(opened)
    names = [sheet.name for sheet in office.sheets(opened) if _is_request(sheet.name, plan)]
    pdf = folder / "book.pdf"
    office.save_pdf(opened, pdf, names)
    office.close(opened)
    return pdf_pages(pdf)


def pdf_pages(path: Path) -> list[list[Word]]:
    """Give the words of every page of a PDF."""
    command = ["pdftotext", "-bbox", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout
    pages = ElementTree.fromstring(text).iterfind(".//{*}page")
    return [[_word(one) for one in page.iterfind("{*}word")] for page in pages]


def expected_sheets(book: bytes, plan: Plan) -> list[Sheet]:
    """Give how each request sheet of a book must be printed."""
    file = _File(book)
    return [_sheet(file, name, plan) for name in file.names if _is_request(name, plan)]


def expected_publication(book: bytes, plans: Mapping[str, Plan]) -> list[Sheet]:
    """Give how each sheet of a published book must be printed, by the plan of each."""
    file = _File(book)
    return [_sheet(file, name, plans[name]) for name in file.names]


def _is_request(sheet: str, plan: Plan) -> bool:
    return re.fullmatch(rf"{re.escape(plan.sheet)}[0-9]+", sheet) is not None


def misprints(sheet: Sheet, words: list[Word], least: float) -> list[str]:
    """Give what is wrong with a page whose letters must be at least `least` pt high."""
    found = [f"{word.text} is in no cell" for word in words if not _cell_of(sheet, word)]
    for cell in sheet.cells:
        own = [word for word in words if cell.holds(word)]
        shown = "".join(word.text for word in _in_order(own))
        if shown != _squeezed(cell.text):
            found.append(f"{cell.name} shows {shown!r}, not {_squeezed(cell.text)!r}")
        found += [f"{cell.name} clips {word.text!r}" for word in own if cell.clips(word)]
    small = [word for word in words if round(word.points, 2) < least]
    return found + [f"{word.text} has {word.points:.2f} pt" for word in small]


def _word(element: ElementTree.Element) -> Word:
    box = (float(element.attrib[key]) for key in ("xMin", "yMin", "xMax", "yMax"))
    return Word(element.text or "", *box)


def _cell_of(sheet: Sheet, word: Word) -> Cell | None:
    return next((cell for cell in sheet.cells if cell.holds(word)), None)


def _in_order(words: list[Word]) -> Iterator[Word]:
    """Give words line by line; words of a line have their middles within half a letter."""
    rows = sorted(words, key=lambda word: word.middle[1])
    line = accumulate(
        (
            later.middle[1] - earlier.middle[1] > later.points / 2
            for earlier, later in pairwise(rows)
        ),
        initial=0,
    )
    for _, numbered in groupby(zip(line, rows, strict=False), key=lambda pair: pair[0]):
        yield from sorted((word for _, word in numbered), key=lambda word: word.left)


class _File:
    """The XML of a book: openpyxl takes five times as long to read a sheet."""

    def __init__(self, book: bytes) -> None:
        """Read what all sheets share."""
        self._package = zipfile.ZipFile(BytesIO(book))
        workbook, styles = self.part("workbook.xml"), self.part("styles.xml")
        self.names = [one.attrib["name"] for one in workbook.iterfind("{*}sheets/{*}sheet")]
        self.print_areas = {
            self.names[int(one.attrib["localSheetId"])]: (one.text or "").rpartition("!")[2]
            for one in workbook.iterfind("{*}definedNames/{*}definedName")
            if one.attrib["name"] == "_xlnm.Print_Area"
        }
        self.texts = [_text(one) for one in self.part("sharedStrings.xml").iterfind("{*}si")]
        own = styles.iterfind("{*}numFmts/{*}numFmt")
        formats = {int(one.attrib["numFmtId"]): one.attrib["formatCode"] for one in own}
        used = (int(one.attrib["numFmtId"]) for one in styles.iterfind("{*}cellXfs/{*}xf"))
        self.formats = [{**BUILTIN_FORMATS, **formats}[one] for one in used]

    def part(self, name: str) -> ElementTree.Element:
        """Return a part of the book."""
        return ElementTree.fromstring(self._package.read(f"xl/{name}"))

    def sheet(self, name: str) -> ElementTree.Element:
        """Return a sheet; XlsxWriter numbers them in their order."""
        return self.part(f"worksheets/sheet{self.names.index(name) + 1}.xml")

    def shown(self, cell: ElementTree.Element) -> str:
        """Return how a cell shows its value."""
        value, kind = cell.findtext("{*}v", ""), cell.get("t", "n")
        if kind != "n":
            return self.texts[int(value)] if kind == "s" else value or _text(cell)
        if not value:
            return ""
        number_format = self.formats[int(cell.get("s", "0"))]
        if "." in value:
            places = number_format.partition(";")[0].count("0") - 1
            figures = f"{abs(float(value)):,.{places}f}"
        elif "#,##0" in number_format:
            figures = f"{abs(int(value)):,}"
        else:
            return value
        return f"△{figures}" if value.startswith("-") else figures


def _text(element: ElementTree.Element) -> str:
    return "".join(one.text or "" for one in element.iterfind(".//{*}t"))


def _sheet(file: _File, name: str, plan: Plan) -> Sheet:
    sheet = file.sheet(name)
    widths, heights = _widths(sheet), _heights(sheet)
    page = Area.parse(file.print_areas[name])
    assert page == plan.print_area
    setup, centred = _attributes(sheet, "pageSetup"), _attributes(sheet, "printOptions")
    assert setup["paperSize"] == "9"
    assert centred["horizontalCentered"] == "1"
    paper = PAPER if setup["orientation"] == "landscape" else PAPER[::-1]
    margins = {side: 72 * float(one) for side, one in _attributes(sheet, "pageMargins").items()}
    size = sum(widths[page.left : page.right + 1]), sum(heights[page.top : page.bottom + 1])
    scale = _scale(margins, size, paper)
    above = (paper[1] - size[1] * scale) / 2
    if centred.get("verticalCentered") != "1":
        above = margins["top"]
    left = [(paper[0] - size[0] * scale) / 2 + x * scale for x in _edges(widths, page.left)]
    top = [above + y * scale for y in _edges(heights, page.top)]
    shown = {one.attrib["r"]: file.shown(one) for one in sheet.iterfind(".//{*}c")}
    cells = []
    for area in _areas(plan):
        edges = left[area.left], top[area.top], left[area.right + 1], top[area.bottom + 1]
        cells.append(Cell(area.first, shown.get(area.first, ""), *edges))
    return Sheet(scale, tuple(cells))


def _attributes(sheet: ElementTree.Element, name: str) -> dict[str, str]:
    found = sheet.find(f"{{*}}{name}")
    return {} if found is None else found.attrib


def _scale(
    margins: Mapping[str, float], size: tuple[float, float], paper: tuple[float, ...]
) -> float:
    """Give the whole percent at which the page holds the print area, as LibreOffice does."""
    width = paper[0] - (margins["left"] + margins["right"])
    height = paper[1] - (margins["top"] + margins["bottom"])
    return int(min(1, width / size[0], height / size[1]) * 100 + 1e-9) / 100


def _areas(plan: Plan) -> list[Area]:
    """Give every cell of the plan that is printed."""
    page = plan.print_area
    areas = [label.area for label in plan.labels]
    areas += [area for slot in plan.slots for area in slot.cells()]
    return [area for area in areas if area.top >= page.top and area.right <= page.right]


def _widths(sheet: ElementTree.Element) -> list[float]:
    """Give the width (pt) of each column; the default font's figures are 7 pixels wide."""
    widths: dict[int, float] = {}
    for column in sheet.iterfind("{*}cols/{*}col"):
        for at in range(int(column.attrib["min"]), int(column.attrib["max"]) + 1):
            widths[at] = round(float(column.attrib["width"]) * 7) * 0.75
    return [widths[at] for at in sorted(widths)]


def _heights(sheet: ElementTree.Element) -> list[float]:
    rows = {int(row.attrib["r"]): row for row in sheet.iterfind("{*}sheetData/{*}row")}
    return [float(rows[at].get("ht", 0)) if at in rows else 0.0 for at in range(1, max(rows) + 1)]


def _edges(sizes: list[float], first: int) -> list[float]:
    """Give the edges before each column or row and after the last, from `first` on at 0."""
    edges = list(accumulate(sizes, initial=0.0))
    return [edge - edges[first] for edge in edges]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
