"""What a year's commands write and say, as text: for tests that look for words in it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from tests.usecases.archive.samples import ALIKE
from yosan_xl.model.axes import Axes
from yosan_xl.model.comparison import By
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.report.archive_text import request_text, requests_text
from yosan_xl.usecases.archive.add import add
from yosan_xl.usecases.archive.stages import show_request, show_year
from yosan_xl.usecases.compare import compare_years, comparison_as
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.page import page
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.year_source import open_source

_MARKUP = re.compile("<(?![^>]*(prompt|error|formula|name=))[^>]*>")
"""Tags of a book's XML, but those that have words of the program in their attributes."""


def commands(year: Path) -> dict[str, str]:
    """Run the commands of a year that has its books; return what they say."""
    return_books(year)
    consolidate([year], year, include_errors=True)
    for public in (False, True):
        page([year], year, public=public)
        export([year], year, ExportOptions("csv", public=public, include_errors=True))
    archive = year.parent / f"{year.name}保存庫"
    add(year, archive=archive, second=ALIKE, anyway=True)
    row = show_year(archive, FiscalYear(2027))
    requests = [one.request for one in row.rows]
    pages = [show_request(archive, FiscalYear(2027), one.no) for one in requests if one.no]
    return {
        f"{year.name} archive": requests_text(row.stage, row.rows)
        + "".join(map(request_text, pages))
    }


def compared(year: Path, axes: Axes) -> dict[str, str]:
    """Return what the comparison of a year with itself says."""
    own = open_source(str(year)).requests
    every = [compare_years(own, own, by).comparison for by in By if by.is_of(axes)]
    return {"compare": b"".join(comparison_as("text", one) for one in every).decode()}


def files(year: Path) -> Iterator[tuple[Path, str]]:
    """Yield the text of every file that the program wrote into a year folder; a definition and the tables are given."""
    for path in sorted(year.rglob("*")):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                parts = [book.read(one).decode() for one in book.namelist() if one.endswith("l")]
            yield path, unescape(_MARKUP.sub("\n", "".join(parts)))
        elif path.suffix in (".html", ".csv", ".json") and path.parent != year:
            yield path, unescape(path.read_text(encoding="utf-8-sig"))
