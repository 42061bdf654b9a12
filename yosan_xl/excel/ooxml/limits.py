"""How much of a workbook is read before it is refused: one table, a reason each.

A limit stops hostile or runaway files; the largest honest book stays far below all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import NamedTuple

from yosan_xl.excel.ooxml.refusals import TOO_LARGE, Refused


def _limit(value: int, what: str, unit: str, why: str) -> int:
    metadata = {"what": what, "unit": unit, "why": why}
    number: int = field(default=value, metadata=metadata)
    return number


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one reading; a field is what is counted, its metadata says what and why."""

    file_bytes: int = _limit(
        30_000_000,
        "ファイルの大きさ",
        "バイト",
        "a request book has 0.1 MB, with photographs 10 MB",
    )
    entries: int = _limit(
        2_000, "ブックの部品の数", "個", "a sheet needs 1 to 5 parts: 400 sheets with pictures"
    )
    part_bytes: int = _limit(
        60_000_000, "展開した部品の大きさ", "バイト", "a million cells unpack to about 50 MB"
    )
    total_bytes: int = _limit(
        120_000_000, "展開した大きさの合計", "バイト", "two of the largest parts"
    )
    tags: int = _limit(
        1_100_000,
        "XMLのタグの数",
        "個",
        "500 sheets of this form have 900,000, a sheet of hidden rows 1,048,576; 1.5 s of reading",
    )
    tag_bytes: int = _limit(
        1_000_000, "XMLの1つのタグの長さ", "バイト", "Excel writes 10 KB; the time grows squared"
    )
    sheets: int = _limit(
        500, "シートの数", "枚", "the most sheets a whole prefecture puts in a book"
    )
    cells: int = _limit(
        250_000,
        "セルの数",
        "個",
        "150 sheets of this form have 80,000; 1.5 s of reading and of telling what is beside the form",
    )
    row_elements: int = _limit(
        1_048_576,
        "行の数",
        "行",
        "one whole sheet, as LibreOffice writes hidden ones; empty ones cost time",
    )
    column_elements: int = _limit(
        100_000, "列の書式の数", "個", "a form has 50 a sheet, also as LibreOffice saves it"
    )
    comments: int = _limit(20_000, "コメントの数", "個", "a form has few; people add some")
    merges: int = _limit(
        20_000, "結合セルの数", "個", "a form has 100 a sheet; later checks compare them in pairs"
    )
    depth: int = _limit(64, "XMLの入れ子の深さ", "段", "Excel itself nests about 12 deep")
    cell_chars: int = _limit(
        131_068,
        "1つのセルの文字数",
        "字",
        "Excel allows 32,767; LibreOffice and programs write more, which the form then judges",
    )
    names: int = _limit(
        120_000,
        "名前の定義の数",
        "個",
        "a form has 100 a sheet; names that go along with copied sheets grow to tens of thousands",
    )
    shared_strings: int = _limit(
        2_000_000, "共有文字列の数", "個", "more than a text for every cell would be of no use"
    )
    text_chars: int = _limit(
        16_000_000,
        "セルとコメントの文字数の合計",
        "字",
        "150 requests have 0.3 million; a second of reading",
    )
    used_chars: int = _limit(
        16_000_000,
        "セルに使われた文字数の合計",
        "字",
        "a shared text counts in every cell that it is used in: so often it is looked through",
    )
    formula_chars: int = _limit(
        4_000_000,
        "数式の文字数",
        "字",
        "500 sheets of this form have 3 million; a second of writing out shared ones",
    )
    formats: int = _limit(65_536, "セルの書式の数", "個", "Excel allows 65,490")
    number_formats: int = _limit(
        5_000,
        "表示形式の数",
        "個",
        "Excel allows about 250; each is looked at: a second at the longest",
    )

    def check(self, name: str, count: int) -> None:
        """Raise Refused where `count` is over the limit called `name`."""
        if count > getattr(self, name):
            raise self.refusal(name)

    def refusal(self, name: str) -> Refused:
        """Return the refusal that tells of the limit called `name`."""
        said = next(limit.metadata for limit in fields(self) if limit.name == name)
        number = f"{getattr(self, name):,}{said['unit']}"
        return Refused(TOO_LARGE, what=said["what"], limit=number)


LIMITS = Limits()
"""The limits for files handed in."""

SUMMARY_LIMITS = replace(
    LIMITS,
    entries=20_000,
    cells=4_000_000,
    tags=40_000_000,
    part_bytes=300_000_000,
    total_bytes=600_000_000,
    text_chars=64_000_000,
    used_chars=64_000_000,
    formula_chars=64_000_000,
)
"""A summary of 10,000 requests, each in a book that it links to, can be read again. A prefecture's 3,000 requests of 8 lines give some million cells on all sheets of a summary."""


class Tally:
    """Counts over all parts of one book, held against the limits."""

    __slots__ = ("_counts", "_limits")

    def __init__(self, limits: Limits) -> None:
        """Begin at nought."""
        self._limits = limits
        self._counts = {field.name: 0 for field in fields(limits)}

    def add(self, name: str, count: int = 1) -> None:
        """Count more of what the limit called `name` is for. Raises Refused."""
        counted = self._counts[name] = self._counts[name] + count
        self._limits.check(name, counted)


class PartSource(NamedTuple):
    """A worksheet part, and the strings, limits and counts it shares with the other sheets.

    `numbered_strings` are the strings by their number as a cell writes it.
    """

    part: str
    strings: list[str]
    numbered_strings: dict[str, str]
    limits: Limits
    tally: Tally
