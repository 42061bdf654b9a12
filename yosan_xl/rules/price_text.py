"""Unit-price expressions as staff type them: `@456,450円×8月×1.1`, `(1,000円×3人＋500円)×2回`.

A small grammar of our own: factors joined by × or ÷, products joined by ＋ or 、, and brackets. What
is not understood whole gives nothing, so that no rule speaks of a guess. Fractions, never floats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from yosan_xl.rules.sum_text import NUMBER, YEN, halved

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
    """What a part of an expression comes to; `is_money` where it carries 円 or @."""

    amount: Fraction
    is_money: bool
    end: int
    times: int = 0


def prices(label: str) -> tuple[Price, ...]:
    """Give the unit-price expressions of a label, none where the label is not understood whole."""
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
    return value if value and value.is_money and value.times else None


def _is_inside_number(plain: str, at: int) -> bool:
    return at > 0 and plain[at].isdigit() and plain[at - 1] in "0123456789,."


def _bare(text: str) -> str:
    """Give an expression without the brackets around the whole of it."""
    text = text.strip()
    return re.sub(r"^[(（]([^()（）]*)[)）]$", r"\1", text)


def _sum(plain: str, at: int, depth: int) -> _Value | None:
    total, times = Fraction(0), 0
    while True:
        lead = _LEAD.match(plain, at)
        value = _product(plain, lead.end() if lead else at, depth)
        if value is None:
            return None
        total, times = total + value.amount, times + value.times
        if not value.is_money:
            return value if total == value.amount else None
        joined = _JOIN.match(plain, value.end)
        if not joined:
            return _Value(total, True, value.end, times)
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
        money, times = value.is_money or factor.is_money, value.times + factor.times + 1
        value = _Value(value.amount * amount, money, factor.end, times)
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
    return _Value(inner.amount, inner.is_money, close.end(), inner.times) if close else None
