"""What a code looks like (`99999999-99999999`): 9 is a digit, A a letter, anything else stands for itself.

One picture is a pattern of the schema, a formula of the checks panel and a validation of its cell.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby

_CLASSES = {"9": "[0-9]", "A": "[A-Za-z]"}
_BOUNDS = {"9": (48, 57), "A": (65, 90)}


def pattern(picture: str) -> str:
    """Return the pattern of the codes that look so: `^[0-9]{8}-[0-9]{8}$`."""
    runs = ((mark, len(list(own))) for mark, own in groupby(picture))
    return "^" + "".join(_run(mark, count) for mark, count in runs) + "$"


def fits(text: str, picture: str) -> bool:
    """Return whether a code looks so."""
    return _compiled(picture).fullmatch(text) is not None


def misfits_formula(ref: str, picture: str) -> str:
    """Return the formula (without `=`) of the number of cells of `ref` that look otherwise; empty ones do not count."""
    size = len(picture)
    padded = f'UPPER({ref}&REPT(" ",{size}))'
    tests = [f"(LEN({ref})<>{size})"]
    for mark in dict.fromkeys(picture):
        places = [str(at) for at, own in enumerate(picture, 1) if own == mark]
        each = f"MID({padded},{{{','.join(places)}}},1)"
        if mark in _BOUNDS:
            low, high = _BOUNDS[mark]
            tests.append(f"((CODE({each})<{low})+(CODE({each})>{high}))")
        else:
            tests.append(f'({each}<>"{_quoted(mark.upper())}")')
    return "+".join(f'SUMPRODUCT(({ref}<>"")*{test})' for test in tests)


def validation_formula(ref: str, picture: str) -> str:
    """Return the formula of the cell's data validation, which may hold no array: its length, digits and marks."""
    tests, at = [f"LEN({ref})={len(picture)}"], 1
    for mark, own in groupby(picture):
        count = len(list(own))
        part = f"MID({ref},{at},{count})"
        if mark == "9":
            tests.append(f"ISNUMBER(-{part})")
        elif mark != "A":
            tests.append(f'{part}="{_quoted(mark * count)}"')
        at += count
    return f"AND({','.join(tests)})"


def _run(mark: str, count: int) -> str:
    own = _CLASSES.get(mark) or re.escape(mark)
    return own if count == 1 else f"{own}{{{count}}}"


def _quoted(text: str) -> str:
    return text.replace('"', '""')


@lru_cache(maxsize=64)
def _compiled(picture: str) -> re.Pattern[str]:
    return re.compile(pattern(picture))
