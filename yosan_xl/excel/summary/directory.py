"""The part of 目次 that leads to the sheets, with what each of them comes to."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import quote_sheetname

from yosan_xl.excel.summary.page import Page

_HEADINGS = {"state": "シート（押すと開きます）", "count": "件数", "requested": "要求額の計"}
_WHAT = "内容"


def write_directory(page: Page, row: int, pages: Sequence[Page]) -> int:
    """Write from `row` (0-based) a link per sheet; give the row of what may follow."""
    page.headings(row, _HEADINGS)
    page.put(row, "no", _WHAT, "about", "heading")
    others = [one for one in pages if one is not page]
    for at, other in enumerate(others, row + 1):
        _write_link(page, at, other)
    absent = [one for one in page.contents.definition.sheets if one.absent]
    missing = [one for one in absent if one not in page.contents.sheets]
    for at, sheet in enumerate(missing, row + len(others) + 1):
        page.write(at, {"state": sheet.name}, "row")
        page.put(at, "no", sheet.absent, "about", "row")
    return row + len(others) + len(missing) + 3


def _write_link(page: Page, row: int, other: Page) -> None:
    name = other.sheet.name
    page.write(row, {"state": name, "count": other.entries}, "row")
    page.open_link(row, "state", name, f"internal:{quote_sheetname(name)}!A1")
    said = "。".join(filter(None, (other.sheet.about or other.sheet.note, other.remark)))
    page.put(row, "no", said, "about", "row")
    if other.total is not None:
        _write_total(page, row, other, other.total)


def _write_total(page: Page, row: int, other: Page, total: int) -> None:
    """Show what the sheet comes to: every sheet of sums must say the same."""
    rollup = page.contents.rollup
    sums = rollup.sums(rollup.rows)
    figures = {
        "grouped": (("count", "count", sums.count), ("requested", "requested", sums.requested)),
        "comparison": (("requested", "requested", sums.requested),),
        "funding": (("requested", "amount", sums.funding),),
    }
    for key, of_other, value in figures.get(other.sheet.kind, ()):
        page.formula(row, key, f"={other.cell(total, of_other)}", value, "row")
