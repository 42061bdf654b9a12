"""The part of 目次 that leads to the sheets, with what each of them comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import quote_sheetname

from yosan_xl.excel.links import Link
from yosan_xl.excel.rows import Formula
from yosan_xl.excel.summary.definition import SheetDefinition
from yosan_xl.excel.summary.page import Page, Style
from yosan_xl.model.rollup import Sums

_HEADINGS = {
    "state": "シート（押すと開きます）",
    "count": "件数",
    "requested": "要求額の計",
    "no": "内容",
}
_ABOUT = {"no": Style("row", "about")}


def directory_rows(page: Page) -> int:
    """Give how many rows `write_directory` needs, with the room below it."""
    return len(page.contents.sheets) + len(_missing(page)) + 2


def write_directory(page: Page, row: int, pages: Sequence[Page]) -> None:
    """Write from `row` (0-based) a link per sheet, and what sheets there could be besides."""
    page.write(row, _HEADINGS, "heading", styles={"no": Style("heading", "about")})
    sums = page.contents.rollup.sums(page.contents.rollup.rows)
    others = [one for one in pages if one is not page]
    for at, other in enumerate(others, row + 1):
        _write_link(page, at, other, sums)
    for at, sheet in enumerate(_missing(page), row + len(others) + 1):
        page.write(at, {"state": sheet.name, "no": sheet.absent}, "row", styles=_ABOUT)


def _missing(page: Page) -> list[SheetDefinition]:
    every, there = page.contents.definition.sheets, page.contents.sheets
    return [sheet for sheet in every if sheet.absent and sheet not in there]


def _write_link(page: Page, row: int, other: Page, sums: Sums) -> None:
    name = other.sheet.name
    link = Link("", f"{quote_sheetname(name)}!A1", name)
    said = "。".join(filter(None, (other.sheet.about or other.sheet.note, other.remark)))
    total = {} if other.total is None else _total(other, other.total, sums)
    values = {"state": name, "count": other.entries, "no": said, **total}
    page.write(row, values, "row", styles=_ABOUT, links={"state": link})


def _total(other: Page, total: int, sums: Sums) -> Mapping[str, Formula]:
    """Give what the sheet comes to: every sheet of sums must say the same."""
    figures = {
        "grouped": (("count", "count", sums.count), ("requested", "requested", sums.requested)),
        "comparison": (("requested", "requested", sums.requested),),
        "funding": (("requested", "amount", sums.funding),),
    }
    return {
        key: Formula(f"={other.cell(total, of_other)}", value)
        for key, of_other, value in figures.get(other.sheet.kind, ())
    }
