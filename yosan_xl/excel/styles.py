"""How each role of a form looks: the one place for colours, borders and fonts of request books.

Entry, finance's and computed cells, and those of the year before, can be told apart in black and white too: entry
cells have plain borders, finance's broken ones (and dots in Excel), computed ones a double line below and bold
type, those of the year before dotted ones and slanting type.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from yosan_xl.form.definition import FieldKind, FilledBy, Role
from yosan_xl.form.plan import Label, Plan, RowRole, Slot
from yosan_xl.form.prose_length import ROOM_FORMAT

FONT = "BIZ UDPGothic"
"""Comes with Windows 10 and later and with Debian's fonts-morisawa-bizud-gothic.

By its Japanese name, BIZ UDPゴシック, LibreOffice finds only the bold face.
"""

FIGURE_FONT = "BIZ UDGothic"
"""The same with figures of half an em, so that they are aligned and 10 digits have room."""

BODY_POINTS = 9
HEAD_POINTS = 10.5
TITLE_POINTS = 16
"""Size of the body text, of the rows below the title, and of the title (pt) before the page is scaled."""

DEFAULT_FONT = {"font_name": FIGURE_FONT, "font_size": 10.5}
"""The book's Normal style. Its digits are exactly 7 pixels wide, the unit of column widths."""

MONEY = "#,##0;△#,##0;0"

Style = Mapping[str, Any]

INK = "#1F2933"
LINE = "#7B8794"
LABEL_FILL = "#E9EEF2"
ENTRY_FILL = "#FFFBE3"
TOTAL_FILL = "#DCE5EC"

_CELL: Style = {
    "font_name": FONT,
    "font_size": BODY_POINTS,
    "font_color": INK,
    "border": 1,
    "border_color": LINE,
    "valign": "vcenter",
    "text_wrap": True,
    "locked": True,
}

_BESIDE: Style = {"font_size": BODY_POINTS, "text_wrap": False, "bottom": 4}

PANEL: Style = {**_CELL, **_BESIDE}
ROOM: Style = {**PANEL, "num_format": ROOM_FORMAT, "align": "left"}
MARK: Style = {**_CELL, **_BESIDE, "align": "center", "bold": True}
REASON: Style = {**_CELL, "bg_color": ENTRY_FILL, "num_format": "@"}
STATUS: Style = {**_CELL, "border": 0, "bold": True, "text_wrap": False}

DONE: Style = {"bg_color": "#FFFFFF"}
"""What is entered, once nothing is left to be checked: it prints without yellow and dots."""
OPEN_ERROR: Style = {"font_color": "#A61B1B", "bg_color": "#FBE3E1"}
OPEN_WARNING: Style = {"font_color": "#7A5200", "bg_color": "#FFF0CC"}

LABELS: Mapping[Role, Style] = {
    Role.LABEL: {**_CELL, "bg_color": LABEL_FILL},
    Role.HEADING: {**_CELL, "bg_color": LABEL_FILL, "bold": True, "align": "center"},
    Role.TOTAL: {**_CELL, "bg_color": TOTAL_FILL, "bold": True, "align": "center"},
    Role.TITLE: {**_CELL, "border": 0, "font_size": TITLE_POINTS, "bold": True, "align": "center"},
    Role.NOTE: {**_CELL, "border": 0, "align": "right"},
    Role.PANEL: {**_CELL, **_BESIDE},
    Role.PANEL_HEADING: {**_CELL, **_BESIDE, "bold": True, "bg_color": LABEL_FILL},
}

_FILLED_BY: Mapping[FilledBy, Style] = {
    FilledBy.DEPARTMENT: {"locked": False, "bg_color": ENTRY_FILL},
    FilledBy.FINANCE: {"pattern": 18, "bg_color": "#FFFFFF", "fg_color": "#C3CCD5", "border": 3},
    FilledBy.FORMULA: {"bg_color": "#F4F6F8", "bold": True, "bottom": 6},
    FilledBy.PRIOR: {"bg_color": "#F4F6F8", "italic": True, "border": 4},
}

_WORDS = (FieldKind.TEXT, FieldKind.PROSE, FieldKind.CHOICE)

_INDENTED_EM = 20.0
"""The width (em) from which on words are indented."""

_HEAD: Mapping[RowRole, Style] = {RowRole.HEAD: {"font_size": HEAD_POINTS}}
"""The rows below the title are read at arm's length."""

_FIGURES: Style = {
    "font_name": FIGURE_FONT,
    # XlsxWriter takes the book's own font for the theme's, and Excel would put that in its place.
    "font_scheme": "none",
    "text_wrap": False,
    "shrink": True,
}


def _spaced(figures: str) -> str:
    """Return a number format whose figures keep a blank's width away from the border on their right."""
    return ";".join(f"{one}_ " for one in figures.split(";"))


_HOLDS: Mapping[FieldKind, Style] = {
    FieldKind.TEXT: {"num_format": "@"},
    FieldKind.PROSE: {"num_format": "@"},
    FieldKind.CHOICE: {"num_format": "@"},
    FieldKind.MONEY: {**_FIGURES, "num_format": _spaced(MONEY), "align": "right"},
    FieldKind.NUMBER: {**_FIGURES, "num_format": "0", "align": "center"},
    FieldKind.YEAR: {**_FIGURES, "num_format": "@", "align": "center"},
}


def label_style(label: Label, plan: Plan, *, roomy: bool = True) -> Style:
    """Return the look of a label; a sign between two cells (⇒, ～) stands in the middle, as a caption does."""
    look = {**LABELS[label.role], **(_HEAD.get(plan.rows[label.area.top], {}) if roomy else {})}
    return {**look, "align": "center"} if label.role is Role.LABEL else look


@cache
def slot_style(kind: FieldKind, by: FilledBy, decimals: int = 0, is_code: bool = False) -> Style:
    """Return the look of a place for a value: of this kind, filled by these, with so many decimals, or a code."""
    look = {**_CELL, **_HOLDS[kind], **(_FIGURES if is_code else {}), **_FILLED_BY[by]}
    zeros = "0" * decimals
    figures = f"#,##0.{zeros};△#,##0.{zeros};0.{zeros}"
    return {**look, "num_format": _spaced(figures)} if decimals else look


def place_style(slot: Slot, plan: Plan, *, roomy: bool = True) -> Style:
    """Return the look of a slot's cells; on a page that is too full nothing is indented or large."""
    look = slot_style(slot.kind, slot.by, slot.decimals, slot.picture is not None)
    large = roomy and slot.area.right <= plan.print_area.right
    head = _HEAD.get(plan.rows[slot.area.top], {}) if large else {}
    return {**look, **head, **_aligned(slot, plan, roomy=roomy)}


def _aligned(slot: Slot, plan: Plan, *, roomy: bool) -> Style:
    if is_indented(slot, plan):
        return {"align": "left", "indent": int(roomy)}
    return {"align": "center"} if slot.kind in _WORDS else {}


def is_indented(slot: Slot, plan: Plan) -> bool:
    """Return whether a text keeps away from the border on its left; in narrow places it stands in the middle."""
    if slot.kind not in _WORDS or slot.picture or slot.area.right > plan.print_area.right:
        return False
    is_broad = sum(plan.widths[slot.area.left : slot.area.right + 1]) >= _INDENTED_EM
    return (
        is_broad or slot.kind is FieldKind.PROSE or (slot.repeats and slot.kind is FieldKind.TEXT)
    )


PLAIN: Style = {"font_name": FONT, "font_size": 10.5, "font_color": INK}

GUIDE: Mapping[str, Style] = {
    "title": {"font_name": FONT, "font_size": 18, "bold": True, "font_color": INK},
    "lead": {"font_name": FONT, "font_size": 11, "font_color": INK, "text_wrap": True},
    "heading": {
        "font_name": FONT,
        "font_size": 12,
        "bold": True,
        "font_color": INK,
        "bottom": 2,
        "bottom_color": LINE,
    },
    "text": {
        "font_name": FONT,
        "font_size": 10.5,
        "font_color": INK,
        "text_wrap": True,
        "valign": "top",
    },
    "beside": {
        "font_name": FONT,
        "font_size": 10.5,
        "font_color": INK,
        "valign": "vcenter",
        "indent": 1,
    },
    "name": {
        "font_name": FONT,
        "font_size": 10.5,
        "bold": True,
        "font_color": INK,
        "valign": "top",
    },
}
"""The looks of はじめに."""

_STEP: Style = {"valign": "vcenter", "bottom": 1, "bottom_color": "#D5DBE1"}
GUIDE_STEP: Mapping[str, Style] = {one: {**GUIDE[one], **_STEP} for one in ("name", "text")}
"""Of its steps, ruled since they are of different heights."""

_LIST: Style = {**_CELL, "font_size": 10.5, "text_wrap": False}
LIST_HEADING: Style = {**_LIST, "bg_color": LABEL_FILL, "bold": True, "align": "center"}
LIST_TEXT: Style = {**_LIST, "text_wrap": True}
OVERVIEW_TEXT: Style = {**LIST_TEXT, "indent": 1}
LIST_MONEY: Style = {**_LIST, "num_format": MONEY, "align": "right"}
LIST_COUNT: Style = {**_LIST, "num_format": "0", "align": "center"}
LIST_TOTAL: Style = {**_LIST, "num_format": MONEY, "align": "right", "bold": True, "bottom": 6}
LIST_TOTAL_COUNT: Style = {**LIST_TOTAL, "align": "center"}
LIST_FIGURES: Style = {**LIST_MONEY, **_FIGURES}
LIST_FIGURES_TOTAL: Style = {**LIST_TOTAL, **_FIGURES}
"""The same for amounts of any size."""
_SPACED: Style = {"num_format": "#,##0_ ;△#,##0_ ;0_ "}
OVERVIEW_FIGURES: Style = {**LIST_FIGURES, **_SPACED}
OVERVIEW_TOTAL: Style = {**LIST_FIGURES_TOTAL, **_SPACED}
"""The looks of 一覧: nothing touches its border."""
LIST_LINK: Style = {**_LIST, "align": "center", "font_color": "#1F4E9E", "underline": 1}

ESTIMATED: Style = {**OVERVIEW_FIGURES, "bg_color": "#F4F6F8", "bold": True}
OVERVIEW_UNIT: Style = {**PLAIN, "align": "right"}
LIST_STATE: Style = {**_LIST, "indent": 1}
LIST_NOTE: Style = {**PLAIN, "text_wrap": True, "valign": "vcenter"}

FREE: Style = {**PLAIN, "locked": False}
_OPEN: Style = {"locked": False, "bg_color": ENTRY_FILL}
FREE_TEXT: Style = {**OVERVIEW_TEXT, **_OPEN}
FREE_FIGURE: Style = {**OVERVIEW_FIGURES, **_OPEN}
FREE_TAX: Style = {**FREE_FIGURE, "num_format": "General", "align": "center"}
"""The looks of 積算: of its entries, and of what is below its table and free."""

WITH_FRACTION: Style = {"num_format": "#,##0.0###_ ;△#,##0.0###_ "}
PERCENT: Style = {"num_format": "0%"}
PERCENT_WITH_FRACTION: Style = {"num_format": "0.0##%"}
"""What a figure shows by its value: no format shows a point before decimals alone."""

FADED: Style = {"font_color": "#C3CCD5", "bg_color": "#FFFFFF"}
"""A heading that this request does not use."""

_PRINTED_BY: Mapping[FilledBy, Style] = {
    FilledBy.DEPARTMENT: {},
    FilledBy.FINANCE: {},
    FilledBy.FORMULA: {"bold": True},
    FilledBy.PRIOR: {},
}
"""On paper nobody types: no colour, no broken line."""


def printed_style(slot: Slot, plan: Plan, *, roomy: bool = True) -> Style:
    """Return the look of a slot's cells in a publication."""
    look = {
        **place_style(slot, plan, roomy=roomy),
        "border": 1,
        "border_color": LINE,
        "italic": False,
    }
    for name in ("bg_color", "fg_color", "pattern", "bottom"):
        look.pop(name, None)
    return {**look, "locked": True, **_PRINTED_BY[slot.by]}
