"""Amounts that show something else than they are, or nothing, and rows too low to be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

from tests.corpus.book import AMOUNT, FORM, SHEET, TOTAL, Parts, changed, edited
from tests.corpus.expect import Entry, Expectation, accepted, left_out
from tests.excel.reading.edit import Editor

_OTHERWISE, _UNCERTAIN = left_out(TOTAL, "YX131"), left_out(TOTAL, "YX134")
_UNSEEN, _LOW = accepted(TOTAL, "YX132"), accepted(TOTAL, "YX054")

_FORMATS: Mapping[str, tuple[str, Expectation]] = {
    "thousands": ("#,##0,", _OTHERWISE),
    "thousands-plain": ("0,", _OTHERWISE),
    "millions": ("#,##0,,", _OTHERWISE),
    "thousands-word": ('0.0,"千"', _OTHERWISE),
    "thousands-added": ('0"000"', _OTHERWISE),
    "words": ('"450"', _OTHERWISE),
    "percent": ("0%", _OTHERWISE),
    "condition": ('[>=1000]"0";0', _OTHERWISE),
    "all-gone": ("#,##0,,,;", _OTHERWISE),
    "exponent": ("0.0E+00", _UNCERTAIN),
    "words-of-china": ("[DBNum1]0", _UNCERTAIN),
    "decimals": ("0.00", accepted(TOTAL)),
    "longest": (f'0"{" " * 252}"', accepted(TOTAL)),
    "too-long": (f'0"{" " * 253}"', _UNCERTAIN),
    "brackets": ("[" * 60_000, _UNCERTAIN),
    "brackets-few": ("[" * 255, _UNCERTAIN),
    "commas": ("#," * 30_000, _UNCERTAIN),
    "commas-few": ("#," * 127, _OTHERWISE),
    "sections": (";" * 60_000, _UNCERTAIN),
    "literal": (f'"{"x" * 60_000}"0', _UNCERTAIN),
    "decimals-many": (f"0.{'0' * 250}", _UNCERTAIN),
    "condition-no-number": ("[>1.2.3]0", _UNCERTAIN),
    "hide": (";;;", _UNSEEN),
    "hide-empty": ('""', _UNSEEN),
    "hide-numbers": (";;;@", _UNSEEN),
    "hide-blank": ('" "', _UNSEEN),
    "hide-positive": (";0", _UNSEEN),
    "hide-condition": ("[<0]0;", _UNSEEN),
    "hide-white": ("[White]#,##0", _UNSEEN),
    "hide-white-ja": ("[白]0;[白]-0", _UNSEEN),
    "hide-white-number": ("[Color2]0", _UNSEEN),
    "red": ("[Red]#,##0", accepted(TOTAL)),
}
_ROWS: Mapping[str, tuple[str, Expectation]] = {
    "ht-0": ('ht="0" customHeight="1"', _LOW),
    "ht-0-alone": ('ht="0"', _LOW),
    "ht-0.0": ('ht="0.0"', _LOW),
    "ht-00": ('ht="00" customHeight="1"', _LOW),
    "ht-1": ('ht="1" customHeight="1"', _LOW),
    "ht-3": ('ht="3.75" customHeight="1"', _LOW),
    "ht-exponent": ('ht="1e-3"', _LOW),
    "ht-negative": ('ht="-1"', _LOW),
    "hidden": ('hidden="1"', _LOW),
    "hidden-word": ('hidden="true"', _LOW),
    "ht-usual": ('ht="15.5" customHeight="1"', accepted(TOTAL)),
}


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    for name, (code, expect) in _FORMATS.items():
        restyle = partial(Editor.restyle, sheet=SHEET, ref=AMOUNT, code=code)
        yield Entry(f"format-{name}", edited(restyle), expect)
    for name, (attributes, expect) in _ROWS.items():
        yield Entry(f"row-{name}", changed(partial(_row, attributes)), expect)
    yield Entry("rows-low", changed(_all_low), _LOW)


def _row(attributes: str, whole: Parts) -> Mapping[str, str]:
    """Give the row of the first line other attributes of its height."""
    form = whole[FORM].decode()
    row = re.search(r'<row r="6"[^>]*>', form)
    assert row
    bare = _without_height(row[0])
    return {FORM: form.replace(row[0], f"{bare[:-1]} {attributes}>")}


def _all_low(whole: Parts) -> Mapping[str, str]:
    form = _without_height(whole[FORM].decode())
    low = '<sheetFormatPr defaultRowHeight="1"/>'
    return {FORM: re.sub(r"<sheetFormatPr[^>]*/>", low, form)}


def _without_height(text: str) -> str:
    return re.sub(r' (?:ht|customHeight)="[^"]*"', "", text)
