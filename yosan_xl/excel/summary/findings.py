"""検証結果: every finding of the year's books."""

from __future__ import annotations

from collections.abc import Mapping

from yosan_xl.excel import links
from yosan_xl.excel.links import Link
from yosan_xl.excel.summary.grid import FIRST_ROW, NOTE_ROW
from yosan_xl.excel.summary.list_links import CUT
from yosan_xl.excel.summary.page import Page, Style
from yosan_xl.model.finding import NO_FINDING, FindingGroup, Weight, grouped, tally

_STYLES = {
    Weight.ERROR: Style("error"),
    Weight.WARNING: Style("warning"),
    Weight.INFO: Style("row"),
}


def write_findings(page: Page) -> None:
    """Write the findings in the order in which they are given, one row for each mistake."""
    groups = grouped(page.contents.findings)
    page.say(NOTE_ROW, f"{tally(page.contents.findings)}　{page.sheet.note}")
    for at, group in enumerate(groups, FIRST_ROW):
        styles = {"weight": _STYLES[group.first.weight]}
        page.write(at, _values(group), "row", styles=styles, links=_link(page, group))
    if not groups:
        page.say(FIRST_ROW, NO_FINDING)
    last = FIRST_ROW + max(len(groups), 1) - 1
    page.entries = len(groups)
    page.finish(last, last)


def _link(page: Page, group: FindingGroup) -> Mapping[str, Link]:
    """Let the cell's name, or the file's where no cell is known, open the book there."""
    place, key = group.first.place, "cell" if group.cells else "file"
    link = page.contents.books.link(place.file, place.sheet, place.cell, "")
    if link is None:
        return {}
    if page.links == links.MOST_LINKS:
        page.remark = CUT
        return {}
    return {key: link}


def _values(group: FindingGroup) -> dict[str, str | None]:
    return {
        "file": group.first.place.file,
        "sheet": group.first.place.sheet,
        "cell": group.cells,
        "code": group.first.code,
        "weight": group.first.weight.value,
        "fact": group.fact,
        "remedy": group.remedy,
        "reason": group.first.reason,
    }
