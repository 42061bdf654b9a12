"""Sums as staff type them, understood whole or not at all, so that no rule speaks of a guess.

Unit-price expressions, `@456,450円×8月×1.1`, `(1,000円×3人＋500円)×2回`: a small grammar of our own, of
factors joined by × or ÷, products joined by ＋ or 、, and brackets. Fractions, never floats.

A stated total and its parts, `3,523千円（SMS 429千円、区外転出 660千円、…）`: only where every piece of the
list is a name with one amount, and either 内訳 is written or the pieces come near the total. Other
years, a part (うち…), a range or an estimate (約) give nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yosan_xl.rules.figures import NUMBER, YEN, halved

_WORD = r"[^\s0-9×÷+=%@¥()/,、。・~～〜‐―−-]"
_FACTOR = re.compile(
    rf"(?P<mark>[@¥]{{0,2}})\s*(?P<number>{NUMBER})\s*"
    rf"(?:/\s*(?P<below>{NUMBER})|(?P<percent>%)|(?P<money>(?:千|万|百万|億)?円)(?:/{_WORD}{{1,6}})?"
    rf"|(?P<unit>{_WORD}{{1,6}}))?"
)
_NOTE = re.compile(r"\([^()0-9×÷+=%@¥]{0,20}\)")
_LEAD = re.compile(rf"(?:{_WORD}|[ :・]){{0,20}}")
_TIMES, _JOIN = re.compile(r"\s*([×÷])\s*"), re.compile(r"\s*[+、,\n]\s*")
_RESULT = re.compile(rf"\s*=\s*{NUMBER}\s*(?:(?:千|万|百万|億)?円)?")
_LETTER = re.compile(r"(?<![A-Za-z])[xXｘＸ](?=\s*[0-9(@¥])")
_DOUBTFUL = re.compile(
    r"[0-9×÷=+@¥%円~～〜]|ほか|他|など|外|税率|調整|等\s*[)。]?\s*$|半|各|毎|当たり|あたり"
)
"""What else may change the amount, where it stands beside the expressions."""
_YEAR = re.compile(r"(?:令和|平成|[RH])(?:元|[0-9]{1,2})年度?")
_UNSURE = re.compile(r"税抜|税別|別途|割引|値引|減額|控除|端数|約|以内|上限|程度|うち|内数|除")
_VAGUE = re.compile(r"ほか|他|など|等|外|弱|強|以|前後|余|超")
_PLUS = re.compile(rf"\s*\+\s*(?:{_WORD}|[ :・]){{0,20}}(?=[(@¥0-9])")
_LONG = 500  # characters; no label is longer, and what is costs time without end
_DEPTH = 8  # brackets within brackets; a label has 120 characters


@dataclass(frozen=True, slots=True)
class Price:
    """An expression as it was typed, and what it comes to (円; exact)."""

    text: str
    yen: Fraction


@dataclass(frozen=True, slots=True)
class _Value:
    """What a part of an expression comes to; `is_money` where it carries 円 or @, `is_product` where a × or ÷ is in it."""

    amount: Fraction
    is_money: bool
    end: int
    is_product: bool = False


def prices(label: str) -> tuple[Price, ...]:
    """Return the unit-price expressions of a label, none where the label is not understood whole."""
    plain = _LETTER.sub("×", halved(label))
    if len(label) > _LONG or "×" not in plain or _UNSURE.search(plain):
        return ()
    found: list[Price] = []
    rest, at = "", 0
    while at < len(plain):
        start = _after_plus(plain, at) if found else at
        value = _expression(plain, start)
        if value is None:
            rest += plain[at]
            at += 1
            continue
        found.append(Price(_bare(label[start : value.end]), value.amount))
        result = _RESULT.match(plain, value.end)
        rest, at = f"{rest} ", result.end() if result else value.end
    return () if _DOUBTFUL.search(_YEAR.sub("", rest)) else tuple(found)


def _after_plus(plain: str, at: int) -> int:
    """Skip the ＋ between two expressions of a label, and the words before the second."""
    joined = _PLUS.match(plain, at)
    return joined.end() if joined else at


def _expression(plain: str, at: int) -> _Value | None:
    """Read a product of money with at least one × at `at`."""
    if plain[at : at + 1] not in tuple("(@¥0123456789") or _is_inside_number(plain, at):
        return None
    value = _product(plain, at, 0)
    return value if value and value.is_money and value.is_product else None


def _is_inside_number(plain: str, at: int) -> bool:
    return at > 0 and plain[at].isdigit() and plain[at - 1] in "0123456789,."


def _bare(text: str) -> str:
    """Return an expression without the brackets around the whole of it."""
    text = text.strip()
    return re.sub(r"^[(（]([^()（）]*)[)）]$", r"\1", text)


def _sum(plain: str, at: int, depth: int) -> _Value | None:
    total, is_product = Fraction(0), False
    while True:
        lead = _LEAD.match(plain, at)
        value = _product(plain, lead.end() if lead else at, depth)
        if value is None:
            return None
        total, is_product = total + value.amount, is_product or value.is_product
        if not value.is_money:
            return value if total == value.amount else None
        joined = _JOIN.match(plain, value.end)
        if not joined:
            return _Value(total, True, value.end, is_product)
        at = joined.end()


def _product(plain: str, at: int, depth: int) -> _Value | None:
    value = _factor(plain, at, depth)
    while value and (sign := _TIMES.match(plain, value.end)):
        factor = _factor(plain, sign.end(), depth)
        if factor is None or (value.is_money and factor.is_money):
            return None
        if sign[1] == "÷" and (factor.is_money or not factor.amount):
            return None
        amount = factor.amount if sign[1] == "×" else 1 / factor.amount
        is_money = value.is_money or factor.is_money
        value = _Value(value.amount * amount, is_money, factor.end, is_product=True)
    return value


def _factor(plain: str, at: int, depth: int) -> _Value | None:
    if plain[at : at + 1] == "(":
        return _bracket(plain, at, depth)
    match = _FACTOR.match(plain, at)
    if not match or _VAGUE.search(match["unit"] or ""):
        return None
    amount = Fraction(match["number"].replace(",", ""))
    if match["below"]:
        below = Fraction(match["below"].replace(",", ""))
        if not below:
            return None
        amount /= below
    amount *= Fraction(1, 100) if match["percent"] else YEN.get(match["money"] or "", 1)
    note = _NOTE.match(plain, match.end())
    end = note.end() if note else match.end()
    return _Value(amount, bool(match["money"] or match["mark"]), end)


def _bracket(plain: str, at: int, depth: int) -> _Value | None:
    inner = _sum(plain, at + 1, depth + 1) if depth < _DEPTH else None
    if inner is None:
        return None
    result = _RESULT.match(plain, inner.end)
    close = re.compile(r"\s*\)").match(plain, result.end() if result else inner.end)
    return _Value(inner.amount, inner.is_money, close.end(), inner.is_product) if close else None


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
_UNCERTAIN = re.compile(
    r"約|うち|内数|程度|以上|以下|以内|上限|最大|除|控除|差引|→|⇒|から|ほか|当たり|[△▲×÷~～〜]"
)
_COMPARISON = re.compile(r"年度|年分|前年|昨年|増|減|当初|決算|予算|比|通常|定価")
_LONG_BLOCK = 2000  # characters; no block is longer (YX105), and what is costs time without end
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
        """Return whether the parts come to the total, but for rounding where the units differ."""
        return abs(self.stated - self.summed) <= self.slack


def breakdowns(text: str) -> Iterator[Breakdown]:
    """Return every stated total that stands with its breakdown."""
    if len(text) > _LONG_BLOCK:
        return
    plain = _NO_FIGURES.sub("", halved(text))
    for form in _FORMS:
        for match in form.finditer(plain):
            before = plain[max(0, match.start("number") - 6) : match.start("number")]
            if form is _EQUATED or not _UNCERTAIN.search(before + match["between"]):
                yield from _breakdown(match)


def _breakdown(match: re.Match[str]) -> Iterator[Breakdown]:
    heading = _HEADING.match(match["list"])
    pieces = _pieces(match["list"][heading.end() :] if heading else match["list"])
    if len(pieces) < 2 or _UNCERTAIN.search(match["list"]):
        return
    stated, amounts = _yen(match), [_yen(piece) for piece in pieces]
    named = heading or match.re is _EQUATED
    near = abs(sum(amounts) - stated) <= stated * _NEAR and max(amounts) < stated
    if not named and (not near or any(_COMPARISON.search(piece["name"]) for piece in pieces)):
        return
    yield Breakdown(
        total=f"{match['number']}{match['unit']}",
        parts=tuple(f"{piece['number']}{piece['unit']}" for piece in pieces),
        stated=stated,
        summed=sum(amounts, Fraction(0)),
        slack=0 if {piece["unit"] for piece in pieces} == {match["unit"]} else YEN[match["unit"]],
    )


def _pieces(written: str) -> list[re.Match[str]]:
    """Return the pieces of a list, none where one of them is no name with one amount."""
    lines = [line for line in written.strip().split("\n") if line.strip()]
    # A list within one line ends with it; what follows is another sentence.
    one_line = lines and len(_SEPARATOR.split(lines[0])) > 1
    split = _SEPARATOR.split(lines[0] if one_line else "\n".join(lines))
    pieces = [_PIECE.fullmatch(piece) for piece in split if piece.strip()]
    return [piece for piece in pieces if piece] if all(pieces) else []


def _yen(match: re.Match[str]) -> Fraction:
    return Fraction(match["number"].replace(",", "")) * YEN[match["unit"]]
