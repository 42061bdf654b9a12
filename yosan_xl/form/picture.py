"""What a code looks like (`99999999-99999999`): 9 is a digit, A a letter, anything else stands for itself.

One picture is a pattern of the schema, a formula of the checks panel and a validation of its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import cycle, groupby

_CLASSES = {"9": "[0-9]", "A": "[A-Za-z]"}
_SPECIAL = re.compile(r"[\\^$.|?*+()\[\]{}]")
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
    """Return the formula of the cell's data validation, which may hold no array.

    A run of digits is one whose number, written with as many digits, is the run itself: no sign, blank or
    full-width digit is.
    """
    tests, at = [f"LEN({ref})={len(picture)}"], 1
    for mark, run in _runs(picture):
        tests += _tests(ref, mark, run, at)
        at += len(run)
    return f"IFERROR(AND({','.join(tests)}),FALSE)"


def in_words(picture: str) -> str:
    """Return what a picture asks for, in words: `数字8字、「-」、数字8字`."""
    names = {"9": "数字{}字", "A": "英字{}字"}
    return "、".join(
        names[mark].format(len(run)) if mark else f"「{run}」" for mark, run in _runs(picture)
    )


def example(picture: str) -> str:
    """Return a code that looks so: `12-AB`."""
    marks = {"9": cycle("1234567890"), "A": cycle(_LETTERS)}
    return "".join(next(marks[one]) if one in marks else one for one in picture)


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_DIGITS = 15
"""As many as a number of a spreadsheet program keeps."""


def _tests(ref: str, mark: str, run: str, at: int) -> Iterator[str]:
    part = f"MID({ref},{at},{len(run)})"
    if mark == "9":
        yield f'EXACT(TEXT({part}+0,REPT("0",{len(run)})),{part})'
    elif mark == "A":
        for place in range(at, at + len(run)):
            yield f'FIND(UPPER(MID({ref},{place},1)),"{_LETTERS}")'
    else:
        yield f'EXACT({part},"{_quoted(run)}")'


def _runs(picture: str) -> Iterator[tuple[str, str]]:
    """Yield the runs of a picture, each with its mark: digits, letters, or (no mark) what stands for itself."""
    for mark, run in groupby(picture, lambda one: one if one in _CLASSES else ""):
        text = "".join(run)
        for start in range(0, len(text), _MOST_DIGITS):
            yield mark, text[start : start + _MOST_DIGITS]


def _run(mark: str, count: int) -> str:
    own = _CLASSES.get(mark) or _SPECIAL.sub(r"\\\g<0>", mark)
    return own if count == 1 else f"{own}{{{count}}}"


def _quoted(text: str) -> str:
    return text.replace('"', '""')


@lru_cache(maxsize=64)
def _compiled(picture: str) -> re.Pattern[str]:
    return re.compile(pattern(picture))
