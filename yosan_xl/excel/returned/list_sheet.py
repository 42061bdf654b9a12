"""指摘一覧: every finding of a book on a page, with links to the cells, by when and to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from yosan_xl.excel import styles
from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.returned.remarks import Remark
from yosan_xl.excel.rows import Link
from yosan_xl.excel.sheet_words import REMARKS, REMARKS_COLUMNS
from yosan_xl.excel.wrapping import display_lines
from yosan_xl.form.area import Area, of_sheet
from yosan_xl.form.relation import CellValue
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Weight
from yosan_xl.model.settings import Settings

_COLUMNS = tuple(zip(REMARKS_COLUMNS, (44, 84, 66, 52, 66, 410, 336, 36), strict=True))
_LAST = len(_COLUMNS) - 1
_FACT, _REMEDY = 5, 6
_PIXELS_PER_EM = 14
_LINE, _PADDING, _HIGHEST = 14, 8, 400
"""Heights in pt."""

_PAGE = (297 - 2 * 12.7, 210 - 2 * 12.7)
"""What A4 landscape prints between margins of half an inch (mm)."""

_MARGIN_INCHES = 0.5
_LEAST_SCALE = 0.7
"""Below this the list goes on to a second page and stays readable."""

_HOW = (
    "指摘のあるセルには右上に赤い印があり、ポインターを合わせると指摘が出ます。"
    "下の表のセル番号をクリックすると、そのセルへ移ります。"
    "欄に記入された内容はそのまま写してあります。写していないものがあれば、表の下に挙げてあります。"
    "直したら上書き保存し、"
    "ファイル名を変えずに、このブックを提出してください。"
)
_NOT_CARRIED = (
    "セルの色、罫線、行の高さ、条件付き書式などの書式は、配布したときの様式に戻してあります。"
)
_COLOURS = {Weight.ERROR: styles.OPEN_ERROR, Weight.WARNING: styles.OPEN_WARNING, Weight.INFO: {}}
_INDENT_EM = 1.0
"""What the indent of a text takes of its column: its first letter stands off the border."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the list: the form and what it calls a request's sheet, whose book, and its file."""

    title: str
    sheet: str
    department: Department
    file: str


def write_list_sheet(
    book: CheckedBook,
    heading: Heading,
    settings: Settings,
    remarks: Sequence[Remark],
    left_behind: Sequence[str],
    password: str,
) -> None:
    """Write 指摘一覧 as the next sheet of a book; it prints one A4 page wide."""
    page = _ListPage(book.add_worksheet(REMARKS))
    page.head(heading, settings, remarks)
    first = page.row
    page.table(remarks)
    page.left_behind(left_behind)
    page.finish(first, password)


class _ListPage:
    """Writes down the sheet, row by row, and keeps how high it is (pt)."""

    def __init__(self, sheet: CheckedSheet) -> None:
        self.sheet = sheet
        self.row, self.height = 0, 0.0
        for column, (_, width) in enumerate(_COLUMNS):
            sheet.set_column_pixels(column, column, width)

    def head(self, heading: Heading, settings: Settings, remarks: Sequence[Remark]) -> None:
        self.wide(f"{REMARKS}　{heading.title}", styles.GUIDE["title"], 30)
        self.next(6)
        for name, text in _facts(heading, settings, remarks):
            self.pair(name, text)
        self.wide(_HOW, styles.GUIDE["text"])
        self.next(6)

    def table(self, remarks: Sequence[Remark]) -> None:
        for column, (name, _) in enumerate(_COLUMNS):
            self.put(column, name, styles.LIST_HEADING)
        self.next(20)
        for number, remark in enumerate(remarks, 1):
            self.remark(number, remark)

    def remark(self, number: int, remark: Remark) -> None:
        weight = remark.finding.weight
        there = f"\n（提出時 {remark.there}）" if remark.there else ""
        values = {0: number, 3: weight.value, 4: remark.finding.code, 7: None}
        for column, value in values.items():
            colour = _COLOURS[weight] if column == 3 and remark.is_open else {}
            self.put(column, value, {**styles.LIST_COUNT, **colour})
        self.put(1, remark.sheet or "ブック", styles.OVERVIEW_TEXT)
        self.link(remark)
        self.put(_FACT, remark.fact + there, styles.OVERVIEW_TEXT)
        self.put(_REMEDY, remark.remedy, styles.OVERVIEW_TEXT)
        texts = ((remark.fact + there, _FACT), (remark.remedy, _REMEDY))
        lines = max(display_lines(text, _em(column, column) - _INDENT_EM) for text, column in texts)
        self.next(lines * _LINE + _PADDING)

    def link(self, remark: Remark) -> None:
        if remark.sheet is None:
            self.put(2, None, styles.LIST_COUNT)
            return
        anchor, text = f"{of_sheet(remark.sheet)}{remark.cell or 'A1'}", remark.cell or "シート"
        tip = f"{remark.sheet} {remark.cell or ''} へ移動します"
        self.put(2, text, styles.LIST_LINK)
        self.sheet.link(self.row, 2, Link("", anchor, text, tip))

    def left_behind(self, texts: Sequence[str]) -> None:
        self.next(8)
        heading = "写していないもの" if texts else "様式について"
        self.wide(heading, {**styles.GUIDE["heading"], "font_size": 11}, 20)
        self.next(4)
        for text in texts:
            self.wide(f"・{text}", styles.GUIDE["text"])
        self.wide(f"・{_NOT_CARRIED}", styles.GUIDE["text"])

    def finish(self, heading_row: int, password: str) -> None:
        sheet = self.sheet
        # The row of headings is the first of the table, on every page that it takes.
        sheet.repeat_rows(heading_row)
        sheet.freeze_panes(heading_row + 1, 0)
        sheet.hide_gridlines(2)
        sheet.set_margins(*[_MARGIN_INCHES] * 4)
        sheet.center_horizontally()
        sheet.set_footer("&C&P / &N")
        sheet.print_area(0, 0, self.row - 1, _LAST)
        sheet.print_a4(landscape=True, pages_high=1 if self.fits_a_page() else 0)
        sheet.protect(password, {"format_rows": True, "format_columns": True})

    def fits_a_page(self) -> bool:
        width = sum(width for _, width in _COLUMNS) * 25.4 / 96
        scale = min(1.0, _PAGE[0] / width, _PAGE[1] / (self.height * 25.4 / 72))
        return scale >= _LEAST_SCALE

    def pair(self, name: str, text: str) -> None:
        self.put_wide(0, 1, name, styles.GUIDE["name"])
        self.put_wide(2, _LAST, text, styles.GUIDE["text"])
        self.next(_LINE * display_lines(text, _em(2, _LAST)) + 3)

    def wide(self, text: str, style: styles.Style, height: float | None = None) -> None:
        self.put_wide(0, _LAST, text, style)
        self.next(height or _LINE * display_lines(text, _em(0, _LAST)) + 4)

    def put_wide(self, left: int, right: int, text: str, style: styles.Style) -> None:
        self.sheet.put(Area(self.row, left, self.row, right), text, style)

    def put(self, column: int, value: CellValue, style: styles.Style) -> None:
        self.sheet.put_at(self.row, column, value, style)

    def next(self, height: float) -> None:
        height = min(height, _HIGHEST)
        self.sheet.set_row(self.row, height)
        self.height += height
        self.row += 1


def _facts(
    heading: Heading, settings: Settings, remarks: Sequence[Remark]
) -> list[tuple[str, str]]:
    unit = heading.department
    facts = [
        ("所管課", f"{unit.name}（コード {unit.code}）"),
        ("ファイル", heading.file),
        ("指摘", _counts(remarks, heading.sheet)),
    ]
    # A book that went back is due on the later day: the first one would only confuse.
    if settings.resubmission_deadline:
        facts.append(("再提出期限", settings.resubmission_deadline))
    elif settings.deadline:
        facts.append(("提出期限", settings.deadline))
    if settings.contact:
        facts.append(("提出先・問合せ先", settings.contact))
    return facts


def _counts(remarks: Sequence[Remark], sheet: str) -> str:
    """Return how many there are of each weight, and how many of them ask for something."""
    times = Counter(remark.finding.weight for remark in remarks)
    counted = "、".join(f"{weight.value} {times[weight]}件" for weight in Weight if times[weight])
    reasoned = sum(remark.finding.reason is not None for remark in remarks)
    more = f"（注意のうち {reasoned}件は理由が書かれています）" if reasoned else ""
    advice = (
        f"。誤りは直してください。注意は、直すか、{sheet}の右の「確認すること」に"
        "理由を書いてください（例「YX209 端数を丸めた」）。"
    )
    return f"{counted}{more}{advice}"


def _em(left: int, right: int) -> float:
    return sum(width for _, width in _COLUMNS[left : right + 1]) / _PIXELS_PER_EM
