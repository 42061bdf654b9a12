"""The figures as JSON in the page: what its script filters and adds up, and what programs may read."""

from __future__ import annotations

import json
from collections.abc import Mapping

from yosan_xl.model.rollup import SummaryRow, amounts_of
from yosan_xl.model.text import shown_text
from yosan_xl.report.page.contents import Contents
from yosan_xl.report.page.listing import FILTERS

_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def page_data(contents: Contents) -> str:
    """Give the JSON of all requests that are shown, in the page's order; safe within `<script>`.

    The texts stand once in the page, as HTML: they are not in here. Amounts are 千円.
    """
    counted = len(contents.rollup.rows)
    rows = [_entry(contents, row, at < counted) for at, row in enumerate(contents.shown)]
    settings = contents.rollup.settings
    data = {"fiscal_year": settings.year.western, "unit": "千円", "requests": rows}
    return script_safe(data)


def script_safe(value: object) -> str:
    """Give JSON without a character that could end a script or open a comment in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "".join(_ESCAPES.get(char, char) for char in text)


def _entry(contents: Contents, row: SummaryRow, counted: bool) -> Mapping[str, object]:
    request = row.request
    keys = {field: shown_text(contents.rollup.key(row, field)) for field in FILTERS}
    return {
        "id": _shown(request.id),
        "no": request.no,
        "title": _shown(request.title),
        **keys,
        **amounts_of(request),
        "budgeted": request.total.budgeted,
        "counted": counted,
    }


def _shown(text: str | None) -> str | None:
    return None if text is None else shown_text(text)
