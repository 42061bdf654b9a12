"""The links of 一覧: from every request to its sheet, and from every amount to its very cell."""

from __future__ import annotations

from yosan_xl.excel import links
from yosan_xl.excel.links import Books, Link
from yosan_xl.excel.summary.page import Page
from yosan_xl.model.axes import SOURCES
from yosan_xl.model.rollup import SummaryRow, amounts_of

POINTERS = {
    "requested": "/total/requested",
    "earmarked": "/total/earmarked",
    **{source: f"/funding/{source}/amount" for source in SOURCES},
    "limit": "/contract_authorization/limit",
}
"""The amounts of the list, and where the document has each."""

FEWER = "1シートに置けるリンクの数を超えるため、金額のリンクを省き、要求書1件に1つにしています。"
CUT = f"リンクは上から{links.MOST_LINKS:,}件までです。"


def has_room(page: Page) -> bool:
    """Tell whether every amount can have a link; where not, 目次 is to say so."""
    rows, books = page.contents.rollup.rows, page.contents.books
    amounts = (len(_cells(row)) for row in rows if books.link(row.source.file, None, None, ""))
    if sum(amounts) + len(rows) <= links.MOST_LINKS:
        return True
    page.remark = FEWER + (CUT if len(rows) > links.MOST_LINKS else "")
    return False


def links_of(page: Page, row: SummaryRow, *, with_amounts: bool) -> dict[str, Link]:
    """Give what a request's title and its amounts open: its department's book."""
    books, source = page.contents.books, row.source
    cells = _cells(row) if with_amounts else {}
    found = {key: books.link(source.file, source.sheet, cell, cell) for key, cell in cells.items()}
    if page.links < links.MOST_LINKS:
        found["title"] = title_link(books, row)
    return {key: link for key, link in found.items() if link is not None}


def title_link(books: Books, row: SummaryRow) -> Link | None:
    """Give the link from a request's title to its sheet; None where there is no title to click."""
    if not row.request.title:
        return None
    place = row.source
    sheet = place.sheet if row.cells else None
    return books.link(place.file, sheet, row.cells.get("/title"), row.request.title)


def _cells(row: SummaryRow) -> dict[str, str]:
    """Give the cells of a request's amounts; an amount in a JSON document has none.

    A blank is left out: openpyxl and the like read the link of an empty cell as its text.
    """
    if not row.cells:
        return {}
    given = amounts_of(row.request)
    cells = {key: row.cells.get(pointer) for key, pointer in POINTERS.items()}
    return {key: cell for key, cell in cells.items() if cell and given[key] is not None}
