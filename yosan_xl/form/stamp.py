"""The stamp of a book: which form, which department, and what was handed out.

It stands as text in two columns of a hidden sheet, which Excel, LibreOffice and others keep.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from yosan_xl.model.fiscal_year import YEARS

SHEET = "_yosan"
"""The hidden sheet with the stamp and the lists."""

NAME = "yx_stamp"
"""The book's defined name of the stamp's two columns."""

_MOST_LINES = 200
"""More rows than any group of line items is handed out with."""

_ANSWERS = "answers"

PREFECTURES = ("都", "道", "府", "県")
"""What the 47 are."""

_FORM = re.compile(r"(?!\.)[^\\/:\x00-\x1f]{1,60}")
"""What a form may be called: the name of a folder, and no way out of it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a book says of itself.

    `issued` holds by request id what was in its input cells when the book was handed out
    (defined name, of a column its `row_key`, → text), so that an untouched sheet can be told from
    a request. `answers` are the SHA-256 of the books for which this one was returned, the last one first.
    `panel` is the SHA-256 of the formulas of its checks panel (form/checks.py), None in books issued
    before stamps had it. `prefecture` is the word 都, 道, 府 or 県 that the form was printed with, None where it
    has no such word.
    """

    form: str
    version: int
    sha256: str
    fiscal_year: int
    department: str
    line_rows: tuple[int, ...]
    issued: Mapping[str, Mapping[str, str]]
    panel: str | None = None
    answers: tuple[str, ...] = ()
    prefecture: str | None = None

    def rows(self) -> list[tuple[str, str]]:
        """Return the stamp as rows of two texts."""
        head = [
            ("form", self.form),
            ("version", str(self.version)),
            ("sha256", self.sha256),
            ("fiscal_year", str(self.fiscal_year)),
            ("department", self.department),
            ("line_rows", ",".join(map(str, self.line_rows))),
        ]
        optional = (("panel", self.panel), ("prefecture", self.prefecture))
        given = [(key, text) for key, text in optional if text is not None]
        sheets = [("sheet", request_id) for request_id in self.issued]
        issued = [
            (f"{request_id}/{name}", text)
            for request_id, texts in self.issued.items()
            for name, text in texts.items()
        ]
        answers = [(_ANSWERS, sha256) for sha256 in self.answers]
        return [*head, *given, *answers, *sheets, *issued]

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, str]]) -> Stamp:
        """Read a stamp back; raise ValueError where a part of it is missing or makes no sense."""
        rows = list(rows)
        one = dict(rows)
        issued: dict[str, dict[str, str]] = {text: {} for key, text in rows if key == "sheet"}
        for key, text in rows:
            request_id, slash, name = key.rpartition("/")
            if slash and request_id in issued:
                issued[request_id][name] = text
        try:
            return cls(
                _form(one["form"]),
                _whole(one["version"]),
                one["sha256"],
                _whole(one["fiscal_year"], *YEARS),
                one["department"],
                _rows(one["line_rows"]),
                issued,
                one.get("panel"),
                tuple(text for key, text in rows if key == _ANSWERS),
                _prefecture(one.get("prefecture")),
            )
        except KeyError as missing:
            raise ValueError(f"stamp without {missing}") from None


def _rows(text: str) -> tuple[int, ...]:
    """Return the rows of each group; a form without lists has none."""
    return tuple(_whole(part, 1, _MOST_LINES) for part in text.split(",")) if text else ()


def _prefecture(word: str | None) -> str | None:
    if word is not None and word not in PREFECTURES:
        raise ValueError(f"stamp: {word!r}")
    return word


def row_key(name: str, row: int) -> str:
    """Return how the stamp names one row of a column of line items, counted from 0."""
    return f"{name}:{row}"


@lru_cache(maxsize=256)
def row_keys(name: str, rows: int) -> tuple[str, ...]:
    """Return how the stamp names the rows of a column of line items, in order."""
    return tuple(row_key(name, row) for row in range(rows))


def slot_name(key: str) -> str:
    """Return the defined name in a key of `issued`."""
    return key.partition(":")[0]


def _form(text: str) -> str:
    if not _FORM.fullmatch(text):
        raise ValueError(f"stamp: {text!r}")
    return text


def _whole(text: str, least: int = 0, most: int = 999_999_999) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise ValueError(f"stamp: {text!r}")
    if not least <= int(text) <= most:
        raise ValueError(f"stamp: {text!r}")
    return int(text)
