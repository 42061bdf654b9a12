"""A stated total and its parts in running text: `3,523千円（SMS 429千円、区外転出 660千円、…）`.

Only what is plainly a breakdown is taken for one: every piece of the list is a name with one amount,
and either 内訳 is written or the pieces come near the total. Other years, a part (うち…), a range
or an estimate (約) give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yosan_xl.rules.sum_text import NUMBER, YEN, halved

_UNIT = r"(?:千|万|百万|億)?円"
_MONEY = rf"(?<![0-9.,△▲\-])(?P<number>{NUMBER})\s*(?P<unit>{_UNIT})"
_BRACKETED = re.compile(rf"{_MONEY}(?P<between>[^0-9()。、+=]{{0,20}})\((?P<list>[^()]*)\)")
_HEADED = re.compile(rf"{_MONEY}(?P<between>[^0-9()。+=]{{0,20}})(?=内訳)(?P<list>[^()。]*)")
_EQUATED = re.compile(rf"(?P<list>[^()。=\n]*)=\s*(?:合?計)?\s*{_MONEY}")
_FORMS = (_BRACKETED, _HEADED, _EQUATED)

_NO_FIGURES = re.compile(r"\((?![^()]*内訳)[^()0-9]*\)")
_HEADING = re.compile(r"\s*内訳\s*[は:]?\s*")
_SEPARATOR = re.compile(r",(?![0-9]{3})|[、;\n]|及び|並びに|\+")
_PIECE = re.compile(rf"(?P<name>.*?){_MONEY}(?P<tail>[^0-9]*)", re.DOTALL)
_UNSURE = re.compile(
    r"約|うち|内数|程度|以上|以下|以内|上限|最大|除|控除|差引|→|⇒|から|ほか|当たり|[△▲×÷~～〜]"
)
_COMPARISON = re.compile(r"年度|年分|前年|昨年|増|減|当初|決算|予算|比|通常|定価")
_LONG = 2000  # characters; no block is longer (YX105), and what is costs time without end
_NEAR = Fraction(1, 10)  # how far from the total a list without the word 内訳 may be


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A stated total and its parts as they were typed, and what the parts come to (円)."""

    total: str
    parts: tuple[str, ...]
    stated: Fraction
    summed: Fraction
    slack: int

    @property
    def agrees(self) -> bool:
        """Tell whether the parts come to the total, but for rounding where the units differ."""
        return abs(self.stated - self.summed) <= self.slack


def breakdowns(text: str) -> Iterator[Breakdown]:
    """Give every stated total that stands with its breakdown."""
    if len(text) > _LONG:
        return
    plain = _NO_FIGURES.sub("", halved(text))
    for form in _FORMS:
        for match in form.finditer(plain):
            before = plain[max(0, match.start("number") - 6) : match.start("number")]
            if form is _EQUATED or not _UNSURE.search(before + match["between"]):
                yield from _breakdown(match)


def _breakdown(match: re.Match[str]) -> Iterator[Breakdown]:
    heading = _HEADING.match(match["list"])
    pieces = _pieces(match["list"][heading.end() :] if heading else match["list"])
    if len(pieces) < 2 or _UNSURE.search(match["list"]):
        return
    stated, amounts = _yen(match), [_yen(piece) for piece in pieces]
    named = heading or match.re is _EQUATED
    near = abs(sum(amounts) - stated) <= stated * _NEAR and max(amounts) < stated
    if not named and (not near or any(_COMPARISON.search(piece["name"]) for piece in pieces)):
        return
    yield Breakdown(
        f"{match['number']}{match['unit']}",
        tuple(f"{piece['number']}{piece['unit']}" for piece in pieces),
        stated,
        sum(amounts, Fraction(0)),
        0 if {piece["unit"] for piece in pieces} == {match["unit"]} else YEN[match["unit"]],
    )


def _pieces(written: str) -> list[re.Match[str]]:
    """Give the pieces of a list, none where one of them is no name with one amount."""
    lines = [line for line in written.strip().split("\n") if line.strip()]
    # A list within one line ends with it; what follows is another sentence.
    one_line = lines and len(_SEPARATOR.split(lines[0])) > 1
    split = _SEPARATOR.split(lines[0] if one_line else "\n".join(lines))
    pieces = [_PIECE.fullmatch(piece) for piece in split if piece.strip()]
    return [piece for piece in pieces if piece] if all(pieces) else []


def _yen(match: re.Match[str]) -> Fraction:
    return Fraction(match["number"].replace(",", "")) * YEN[match["unit"]]
