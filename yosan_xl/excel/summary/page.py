"""What every sheet of the summary has: title, headings, rows, entry cells, and its print set-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType
from typing import Any, NamedTuple

from xlsxwriter.utility import quote_sheetname, xl_col_to_name, xl_range_abs

from yosan_xl.excel.checked import CheckedBook, CheckedSheet, money_limits
from yosan_xl.excel.rows import MOST_CHARACTERS, NO_LINKS, Content, Link, Row, fitting
from yosan_xl.excel.summary.definition import (
    FIRST_ROW,
    HEADING_ROW,
    NOTE_ROW,
    TEXT_INDENT,
    SheetDefinition,
    SummaryContents,
)
from yosan_xl.excel.summary.fields import (
    SummaryField,
)
from yosan_xl.excel.summary.paper import PrintedWidth, most_columns, pages_high
from yosan_xl.excel.summary.stages import ProvisionalNo
from yosan_xl.excel.summary.styles import STILL_ALLOWED, Formats, set_page
from yosan_xl.excel.wrapping import line_count, most_lines, row_height, surely_fit
from yosan_xl.model.money import with_commas

_NOTHING: Mapping[str, Any] = MappingProxyType({})

_MOST_OF_A_NOTE = 150
"""Characters of a line of the note, which a screen shows and a page is wide enough for."""

_COLUMNS_OF_A_NOTE = 13
"""Columns that the note of a sheet without columns of its own runs over."""

_LONGEST_LIST, _LONGEST_TITLE = 255, 32
"""Characters of a list in a cell, and of the title of a message (Excel's limits)."""

_ROWS_OF_A_TABLE = 10
_OF_A_TABLE = "（プログラムで使う表のため、印刷は先頭だけです）"

NO_REQUESTS = "要求書はまだありません。"
NO_LINES = "明細はまだありません。"


class Style(NamedTuple):
    """Looks of one cell that are not its row's (`LEVELS` and `KINDS`); without a kind, its column's."""

    level: str
    kind: str = ""


class ListRow(NamedTuple):
    """A row of a list: its values by field, cells that look otherwise, and what cells open."""

    values: Mapping[str, Content]
    styles: Mapping[str, Style] = _NOTHING
    links: Mapping[str, Link] = _NOTHING


class SummaryPage:
    """One sheet being written, row by row from the top.

    `entries` and the number of `links` are what was written, for the sheets that show or link to it;
    `remark` is what 目次 has to say of it besides. `marks` tell the next run of each row what stood
    in it (see marks.py).
    """

    def __init__(
        self, book: CheckedBook, formats: Formats, contents: SummaryContents, sheet: SheetDefinition
    ) -> None:
        """Add the sheet with its title and headings."""
        self.sheet = sheet
        self.contents = contents
        self.entries: int | None = None
        self.remark = ""
        self.links = 0
        self.marks: list[tuple[str, str, str]] = []
        self._whole: Mapping[str, str] = _NOTHING
        self._last = FIRST_ROW
        self.target: CheckedSheet = book.add_worksheet(sheet.name)
        self._formats = formats
        self._book = book
        self._fields = {field.key: field for field in sheet.fields}
        self._columns = {key: column for column, key in enumerate(self._fields)}
        wrap = (field for field in sheet.fields if field.is_text)
        rooms = ((field.key, max(1, field.width - TEXT_INDENT)) for field in wrap)
        self._wraps = [(key, room, surely_fit(room)) for key, room in rooms]
        self._looks: dict[tuple[Any, ...], Sequence[Any]] = {}
        self._set_columns()
        if not sheet.is_table:
            self._write_title(f"{contents.heading}　{sheet.name}")
        if sheet.fields:
            self._write_headings()

    def write(
        self,
        row: int,
        values: Mapping[str, Content],
        level: str,
        *,
        styles: Mapping[str, Style] = _NOTHING,
        links: Mapping[str, Link] = _NOTHING,
    ) -> None:
        """Write a row (0-based) by field; a field without a value gets the looks alone.

        Cells in `styles` look otherwise than the row, and those in `links` open something. No row
        is put away under its sum: Excel opens no outline of a protected sheet, a filter shows the sums.
        """
        if isinstance(values.get("no"), ProvisionalNo):
            styles = {**styles, "no": Style("link" if "no" in links else level, "provisional")}
        self.target.pour(
            Row(
                number=row,
                values=[values.get(key) for key in self._columns],
                looks=self._row_looks(level, tuple(styles.items()), tuple(links)),
                height=row_height(most_lines(values, self._wraps)),
                links={self._columns[key]: link for key, link in links.items()}
                if links
                else NO_LINKS,
            )
        )
        self.links += len(links)

    def write_whole(self, row: int, names: Mapping[str, str], sums: Mapping[str, Content]) -> None:
        """Write the sums of everything in a row (0-based), by whose `names` other sheets find it."""
        self.write(row, {**names, **sums}, "total")
        self._whole = names

    def whole(self, key: str) -> str:
        """Return, without its =, the formula of a figure in the row of the sums of everything, wherever it is sorted to; nothing where there is no such row."""
        tests = (f'EXACT({self._down(name)},"{text}")' for name, text in self._whole.items())
        match = "*".join(tests)
        return f"SUMPRODUCT({match}*1,{self._down(key)})" if match else ""

    def _down(self, key: str) -> str:
        """Return the cells of a column as formulas of other sheets name them."""
        column = self.sheet.column(key)
        return f"{quote_sheetname(self.sheet.name)}!{xl_range_abs(FIRST_ROW, column, self._last, column)}"

    def write_rows(self, row: int, rows: Iterable[ListRow]) -> int:
        """Write rows from `row` (0-based) on; return the next one."""
        for one in rows:
            self.write(row, one.values, "row", styles=one.styles, links=one.links)
            row += 1
        return row

    def write_list(self, rows: Iterable[ListRow], nothing: str | None = None) -> int:
        """Write all rows of the sheet; return how many there are.

        Where there is none, `nothing` is said in a row that formulas can refer to; without it there is no row.
        """
        first = self.sheet.heading_row + 1
        end = self.write_rows(first, rows)
        count = end - first
        if nothing is not None and not count:
            if nothing:
                self.say(first, nothing)
            end += 1
        self.finish(end - 1, end - 1)
        return count

    def name_columns(self, keys: Iterable[str], count: int) -> None:
        """Name columns of a list (一覧_要求額), for formulas that read as what they do.

        A list of nothing keeps one empty row to refer to.
        """
        last = FIRST_ROW + max(count, 1) - 1
        for key in keys:
            column = self.sheet.column(key)
            cells = xl_range_abs(FIRST_ROW, column, last, column)
            place = f"={quote_sheetname(self.sheet.name)}!{cells}"
            self._book.define_name(self.contents.definition.range_name(key, self.sheet.kind), place)

    def here(self, key: str) -> str:
        """Return the cell of a column as formulas of the same row name it, whichever row it is."""
        return f"${xl_col_to_name(self.sheet.column(key))}#"

    def say(self, row: int, sentence: str) -> None:
        """Write a sentence where there is nothing to list."""
        self.put(row, 0, sentence, "plain", "note")

    def subtitle(self, row: int, text: str) -> None:
        """Write what stands above a part of a sheet that has no columns of its own."""
        self.put(row, 0, text, "plain", "subtitle")

    def heading(self, key: str, text: str, kind: str) -> None:
        """Write the heading of a column in the number format of `kind`."""
        self.put(HEADING_ROW, self.sheet.column(key), text, kind, "heading")

    def put(self, row: int, column: int, content: Content, kind: str, level: str) -> None:
        """Write into a cell (0-based) in the looks of a kind and of a level of row."""
        shown = fitting(content) if isinstance(content, str) else content
        self.target.write(row, column, shown, self._formats(kind, level))

    def finish(self, last_row: int, last_filtered: int, own_heading: int | None = None) -> None:
        """Set what depends on the number of rows: print area, filter and protection.

        `own_heading` is the row of the headings of a list below something else: that alone is filtered, where it has rows.
        """
        self._last = last_row
        fields, heading = self.sheet.fields, self.sheet.heading_row
        top = heading if own_heading is None else own_heading
        if own_heading is None or own_heading < last_filtered:
            self.target.autofilter(top, 0, max(last_filtered, top), len(fields) - 1)
        self._set_print(last_row)
        self._limit_entries(last_row)
        if self.sheet.is_guarded:
            self.guard()

    def guard(self) -> None:
        """Protect the sheet, without a password: that helps finance not to type over what is computed.

        Excel filters under it; it sorts only where no cell of the area is locked. A remark (コメント) can be put on a cell.
        """
        self.target.protect("", STILL_ALLOWED)

    def _set_print(self, last_row: int) -> None:
        """Print what is read on paper; of a table for programs the head of it, which says so."""
        sheet, heading, unit = self.sheet, self.sheet.heading_row, self.contents.definition.unit
        last, column = max(last_row, heading + 1), len(sheet.printed) - 1
        if sheet.is_table:
            last = min(last, _ROWS_OF_A_TABLE)
            column = most_columns([self._width(one) for one in sheet.fields], sheet.paper) - 1
        # What stands above the headings would be cut at the edge of a page: beside one another each has it in its head.
        top = heading if sheet.pages > 1 else 0
        self.target.print_area(top, 0, last, column)
        set_page(
            self.target,
            heading,
            self.contents.heading,
            "&R&A",
            pages_wide=sheet.pages,
            paper=sheet.paper,
            first_row=top,
            pages_high=self._pages_high(last),
        )
        if sheet.pages > 1:
            self.target.repeat_columns(0, len(sheet.keys) - 1)
        if sheet.pages > 1 or sheet.is_table:
            said = f"{self.contents.heading}　{sheet.name}"
            said += _OF_A_TABLE if sheet.is_table else ""
            self.target.print_head(said, unit if self._has_money else "")

    def _pages_high(self, last: int) -> int:
        """Return on how many pages below one another the rows down to `last` are to print."""
        if self.sheet.is_table:
            return 1
        heights = self.target.row_heights(last)
        first = self.sheet.heading_row + 1
        widths = tuple(map(self._width, self.sheet.printed))
        printed = PrintedWidth(self.sheet.paper, self.sheet.pages, widths)
        keys = len(self.sheet.keys)
        repeated = heights[first - 1 : first] if self.sheet.pages > 1 else heights[:first]
        return pages_high(heights[first:], sum(repeated), printed, keys)

    def _limit_entries(self, last: int) -> None:
        """Put messages and limits on the entry cells of the rows down to `last`."""
        unit = self.contents.definition.axes.unit
        for column, one in enumerate(self.sheet.fields):
            if one.key in self.sheet.entries:
                message = {"input_title": one.label[:_LONGEST_TITLE], "input_message": one.hint}
                limit = {"ignore_blank": True, **message, **_limit(one, unit)}
                self.target.data_validation(FIRST_ROW, column, last, column, limit)

    def _row_looks(
        self, level: str, others: tuple[tuple[str, Style], ...], links: tuple[str, ...]
    ) -> Sequence[Any]:
        """Return how the cells of a row look: entry cells, links and some others in their own ways."""
        known = self._looks.get((level, others, links))
        if known is None:
            own = {key: self._style(field, level) for key, field in self._fields.items()}
            styles = own | {key: self._linked(key) for key in links} | dict(others)
            known = [self._look(key, style) for key, style in styles.items()]
            self._looks[level, others, links] = known
        return known

    def _style(self, field: SummaryField, level: str) -> Style:
        if level == "heading":
            return Style(level, "plain")
        if level != "row" or field.key not in self.sheet.entries:
            return Style(level)
        return Style("entry", "typed" if field.kind in ("text", "prose") else field.kind)

    def _look(self, key: str, style: Style) -> Any:
        return self._formats(style.kind or self._kind(self._fields[key]), style.level)

    def _linked(self, key: str) -> Style:
        kind = self._fields[key].kind
        return Style("linked" if kind == "money" else "link", kind)

    def _kind(self, field: SummaryField) -> str:
        """Return the looks of a field: a sum of nothing is no figure, a change of nothing is 0."""
        is_sum = self.sheet.is_of_sums and field.kind in ("money", "count")
        return "sum" if is_sum and not field.is_decided else field.kind

    def finish_free(self, last_row: int, last_column: int, percent: int) -> None:
        """Set how a sheet without columns of its own prints, at a percent of its size."""
        self.target.print_area(0, 0, last_row, last_column)
        set_page(self.target, NOTE_ROW, self.contents.heading, "&R&A", percent=percent)
        self.guard()

    def add_chart(self, options: Mapping[str, str]) -> Any:
        """Return a new chart of the book, to be drawn and placed."""
        return self._book.add_chart(options)

    def _set_columns(self) -> None:
        for column, one in enumerate(self.sheet.fields):
            self.target.set_column(column, column, self._width(one))

    def _width(self, field: SummaryField) -> int:
        return self.contents.column_width(self.sheet, field)

    def _write_title(self, title: str) -> None:
        self.target.write(0, 0, title, self._formats("plain", "title"))
        if self._has_money:
            unit, looks = self.contents.definition.unit, self._formats("unit", "note")
            self.target.write(NOTE_ROW, self._last_printed(), unit, looks)
        if end := self._note_columns():
            self.target.merge_range(NOTE_ROW, 0, NOTE_ROW, end, "")
        for row, height in ((0, 26), (2, 6)):
            self.target.set_row(row, height)
        self.note(self.sheet.note)

    def note(self, text: str) -> None:
        """Write what stands below the title, in as many lines as it takes beside the unit."""
        self.target.write(NOTE_ROW, 0, text, self._formats("note", "note"))
        widths = map(self._width, self.sheet.fields[: self._note_columns() + 1])
        lines = line_count(text, sum(widths)) if self.sheet.fields else 1
        self.target.set_row(NOTE_ROW, max(16, row_height(lines)))

    def _note_columns(self) -> int:
        """Return the last column (0-based) that the note runs over."""
        if not self.sheet.fields:
            return _COLUMNS_OF_A_NOTE
        widths = accumulate(map(self._width, self.sheet.fields))
        fit = sum(width <= _MOST_OF_A_NOTE for width in widths)
        return max(0, min(fit, self._last_printed()) - 1)

    @property
    def _has_money(self) -> bool:
        return any(field.kind == "money" for field in self.sheet.fields)

    def _write_headings(self) -> None:
        row = self.sheet.heading_row
        for column, one in enumerate(self.sheet.fields):
            looks = self._formats("plain", "heading")
            self.target.write(row, column, one.label, looks)
        lines = max(line_count(field.label, field.width) for field in self.sheet.fields)
        self.target.set_row(row, max(34, row_height(lines)))
        self.target.freeze_panes(row + 1, len(self.sheet.keys))

    def _last_printed(self) -> int:
        return len(self.sheet.printed) - 1


def _limit(field: SummaryField, unit: str) -> dict[str, Any]:
    if field.choices and _fits_list(field.choices):
        # Where the words are the summary's own, another one is allowed: the list only helps.
        return {
            "validate": "list",
            "source": list(field.choices),
            "show_error": field.is_closed,
        }
    if field.kind == "money":
        return money_limits(unit)
    return {
        "validate": "length",
        "criteria": "<=",
        "value": MOST_CHARACTERS,
        "error_title": "文字数が多すぎます",
        "error_message": f"「{field.label}」は{with_commas(MOST_CHARACTERS)}字までです。",
    }


def _fits_list(choices: tuple[str, ...]) -> bool:
    """Return whether Excel takes the words as the list of a cell, which a comma divides."""
    return len(",".join(choices)) <= _LONGEST_LIST and not any("," in one for one in choices)
