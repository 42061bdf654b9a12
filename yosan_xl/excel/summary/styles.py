"""How the summary and other tables look and print: a dictionary per kind of value and per level of row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yosan_xl.excel.checked import CheckedBook, CheckedSheet
from yosan_xl.excel.styles import FIGURE_FONT, FONT, MONEY
from yosan_xl.excel.summary.paper import A4

FONT_SIZE = 10

_INK = "#1F2D3D"
_NAVY = "#1F3864"
_GREY = "#5F6B7A"
_LINE = "#C9D1DA"
_HEADING_FILL = "#DCE5EF"
_SUBTOTAL_FILL = "#F1F5F9"

# 統計表の表記: △ is minus, - is no figure; a 0 that someone wrote stays a 0.
SUM_FORMAT = '#,##0;△#,##0;"-"'

# No theme scheme: with it Excel would put its own theme font in the place of ours.
BODY: Mapping[str, Any] = {"font_name": FONT, "font_size": FONT_SIZE, "font_scheme": "none"}

_FIGURES: Mapping[str, Any] = {"font_name": FIGURE_FONT}
"""Figures as wide as one another, so that they stand in line and a column holds as many as it is wide."""

KINDS: Mapping[str, Mapping[str, Any]] = {
    "text": {"align": "left", "text_wrap": True, "indent": 1},
    "note": {"align": "left", "text_wrap": True},
    "code": {**_FIGURES, "align": "center", "text_wrap": True},
    # A text right of a figure keeps away from it.
    "beside": {"align": "left", "text_wrap": True, "indent": 1},
    "prose": {"align": "left", "text_wrap": True},
    "integer": {**_FIGURES, "align": "center", "num_format": "0"},
    # The cell stays a number: that it may be another one tomorrow is how it is shown.
    "provisional": {**_FIGURES, "align": "center", "num_format": '"仮"0'},
    "decimal": {**_FIGURES, "align": "right"},
    "count": {**_FIGURES, "align": "right", "num_format": MONEY},
    "money": {**_FIGURES, "align": "right", "num_format": MONEY},
    "sum": {**_FIGURES, "align": "right", "num_format": SUM_FORMAT},
    "change": {**_FIGURES, "align": "right", "num_format": MONEY},
    "share": {**_FIGURES, "align": "right", "num_format": "0.0;△0.0;0.0"},
    "plain": {"align": "left"},
    "about": {"align": "left", "indent": 1},
    # Text that finance types: `=1+2` and `1-2` stay as typed.
    "typed": {"align": "left", "text_wrap": True, "indent": 1, "num_format": "@"},
    "unit": {"align": "right"},
    # The heading holds the account's own name, so that formulas can compare with it.
    "account_heading": {"align": "center", "num_format": '"うち"@'},
}

CHART_COLOURS = ("#1F4E9E", "#8FAADC")
CHART: Mapping[str, Any] = {
    "title": {"name": FONT, "size": 11, "bold": True, "color": _NAVY},
    "grid": _LINE,
    "num_format": MONEY,
}

# As in the request form: a broken border and dots are finance's.
_ENTRY = {
    "border": 3,
    "border_color": _GREY,
    "pattern": 18,
    "bg_color": "#FFFFFF",
    "fg_color": "#C3CCD5",
    "locked": False,
}

_ROW = {"font_color": _INK, "valign": "vcenter", "bottom": 4, "bottom_color": _LINE}

LEVELS: Mapping[str, Mapping[str, Any]] = {
    "title": {"font_size": 14, "bold": True, "font_color": _NAVY, "valign": "vcenter"},
    "subtitle": {"font_size": 11, "bold": True, "font_color": _NAVY, "valign": "bottom"},
    "note": {"font_color": _GREY, "valign": "vcenter"},
    "heading": {
        "bold": True,
        "font_color": _NAVY,
        "bg_color": _HEADING_FILL,
        "align": "center",
        "valign": "vcenter",
        "text_wrap": True,
        "top": 2,
        "top_color": _NAVY,
        "bottom": 1,
        "bottom_color": _NAVY,
    },
    "row": _ROW,
    "entry": {"font_color": _INK, "valign": "vcenter", **_ENTRY},
    "error": {**_ROW, "bold": True, "font_color": "#A61B1B"},
    "warning": {**_ROW, "bold": True, "font_color": "#8A5A00"},
    "link": {**_ROW, "font_color": "#1F4E9E", "underline": 1},
    # An amount that opens its cell: no line below, which would clutter a column of figures.
    "linked": {**_ROW, "font_color": "#1F4E9E"},
    "subtotal": {
        **_ROW,
        "bold": True,
        "bg_color": _SUBTOTAL_FILL,
        "top": 1,
        "top_color": _GREY,
        "bottom": 1,
        "bottom_color": _GREY,
    },
    "total": {
        **_ROW,
        "bold": True,
        "font_color": _NAVY,
        "bg_color": _HEADING_FILL,
        "top": 1,
        "top_color": _NAVY,
        "bottom": 2,
        "bottom_color": _NAVY,
    },
}


class Formats:
    """The book's formats by kind of value and level of row."""

    def __init__(self, book: CheckedBook) -> None:
        """Keep the book that the formats belong to."""
        self._book = book

    def __call__(self, kind: str, level: str) -> Any:
        """Return the XlsxWriter format of a kind of value in a level of row."""
        return self._book.format({**BODY, **KINDS[kind], **LEVELS[level]})


STILL_ALLOWED: Mapping[str, bool] = {
    **{"autofilter": True, "sort": True, "format_columns": True, "format_rows": True},
    "objects": True,
}
"""What a sheet that is protected lets everybody do; a remark (コメント) is an object."""


def set_page(
    sheet: CheckedSheet,
    heading_row: int,
    foot: str,
    right: str = "",
    pages_wide: int = 1,
    paper: int = A4,
    first_row: int = 0,
    pages_high: int = 0,
    percent: int = 0,
) -> None:
    """Let a sheet print as wide as a page on its side, or as several, with the rows from `first_row` to `heading_row` (0-based) on each page.

    At a `percent` of its own it keeps the breaks between its pages, which Excel passes over where a sheet is to fit.
    """
    sheet.print_a4(landscape=True, pages_wide=pages_wide, pages_high=pages_high)
    if percent:
        sheet.set_print_scale(percent)
    sheet.set_paper(paper)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.repeat_rows(first_row, heading_row)
    sheet.print_foot(foot, right)
    if pages_wide == 1:
        sheet.center_horizontally()
    sheet.hide_gridlines(2)
