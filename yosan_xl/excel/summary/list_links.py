"""The links of 一覧: from every request to its sheet, and from every amount to its very cell."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.excel import links
from yosan_xl.excel.links import BookLink, Books
from yosan_xl.excel.summary.page import FIRST_ROW, Page
from yosan_xl.model.rollup import SOURCES, SummaryRow, amounts_of

POINTERS = {
    "requested": "/total/requested",
    "earmarked": "/total/earmarked",
    **{source: f"/funding/{source}/amount" for source in SOURCES},
    "limit": "/contract_authorization/limit",
}
"""The amounts of the list, and where the document has each."""

FEWER = "1シートに置けるリンクの数を超えるため、金額のリンクを省き、要求書1件に1つにしています。"
CUT = f"リンクは上から{links.MOST_LINKS:,}件までです。"


def link_listing(page: Page) -> None:
    """Let titles and amounts open the departments' books; what had to be left out is remembered."""
    rows = page.contents.rollup.rows
    books = page.contents.books
    amounts = [list(_amounts(books, row)) for row in rows]
    titles = [title_link(books, row) for row in rows]
    has_room = sum(map(len, amounts)) + len(titles) <= links.MOST_LINKS
    for at, (title, found) in enumerate(zip(titles, amounts, strict=True), FIRST_ROW):
        if at - FIRST_ROW < links.MOST_LINKS:
            page.link_cell(at, "title", title)
        for key, link in found if has_room else ():
            page.link_cell(at, key, link)
    if not has_room:
        page.remark = FEWER + (CUT if len(titles) > links.MOST_LINKS else "")


def title_link(books: Books, row: SummaryRow) -> BookLink | None:
    """Give the link from a request's title to its sheet; None where there is no title to click."""
    if not row.request.title:
        return None
    place = row.source
    sheet = place.sheet if row.cells else None
    return books.link(place.file, sheet, row.cells.get("/title"), row.request.title)


def _amounts(books: Books, row: SummaryRow) -> Iterator[tuple[str, BookLink]]:
    """Give the links of what has a cell; an amount in a JSON document has none.

    A blank has no link: openpyxl and the like read the link of an empty cell as its text.
    """
    given = amounts_of(row.request)
    for key, pointer in POINTERS.items():
        cell = row.cells.get(pointer)
        if cell and given[key] is not None:
            link = books.link(row.source.file, row.source.sheet, cell, cell)
            if link:
                yield key, link
