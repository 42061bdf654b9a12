"""Money of a budget: integers of the form's unit, how they are written and understood, and the one place of rounding.

Of what people type only what is listed here is understood. `int()` is never asked: it takes `１２３４`,
`1_000` and `٣٤` without a word, while the sheet's own SUM counts every text as 0.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NewType

from yosan_xl.model.text import shown_text

Money = NewType("Money", int)
"""An amount in the unit of its form, which is 千円 unless the form says 円."""

LIMIT = Money(10**10)
"""An amount lies within ±LIMIT (千円): ten trillion yen, beyond any municipality's budget."""


def limit(unit: str) -> Money:
    """Return the greatest amount of a unit (千円 or 円): the same money in both."""
    return Money(LIMIT * 1000) if unit == "円" else LIMIT


class Rounding(Enum):
    """端数処理: how 円 become 千円. The values stand in yosan.toml."""

    UP = "切上げ"
    NEAREST = "四捨五入"
    DOWN = "切捨て"


def thousand_yen(yen: int, rounding: Rounding) -> Money:
    """Return `yen` (円) as 千円, rounded away from zero, to the nearest (half away), or to zero."""
    sign, size = (-1, -yen) if yen < 0 else (1, yen)
    quotient, rest = divmod(size, 1000)
    more = {
        Rounding.UP: rest > 0,
        Rounding.NEAREST: rest >= 500,
        Rounding.DOWN: False,
    }[rounding]
    return Money(sign * (quotient + more))


def tenths_of_percent(part: int, whole: int) -> int | None:
    """Return the share in 0.1 %, rounded half away from zero; None where there is no whole."""
    if whole == 0:
        return None
    size = (2 * abs(part) * 1000 + abs(whole)) // (2 * abs(whole))
    return -size if part * whole < 0 else size


def with_commas(amount: int) -> str:
    """Return `1,234`, and `△1,234` for a negative (統計表の表記: △ is minus)."""
    return f"△{-amount:,}" if amount < 0 else f"{amount:,}"


THOUSANDFOLD = range(500, 2_001)
"""How many times another amount is in 円 what it should be in 千円."""


def with_unit(amount: int, unit: str = "千円") -> str:
    """Return an amount of a form's unit as it stands in a sentence: `1,234千円`."""
    return f"{with_commas(amount)}{unit}"


_HALF_WIDTH = str.maketrans("０１２３４５６７８９，．（）＋－−‐―—ー　￥", "0123456789,.()+------ ¥")
_SIZE = (
    r"¥?\s*(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)?\s*(?P<unit>[千万億]円|百万円|円)?"
)
_AMOUNT = re.compile(rf"(?:¥\s*)?(?P<sign>[-▲△+]?)\s*{_SIZE}")
_BRACKETED = re.compile(rf"(?:¥\s*)?\(\s*{_SIZE}\s*\)")
_NO_FIGURE = frozenset(
    {"", "-", "--", "¥-", "なし", "無し", "無", "ナシ", "※", "未定", "皆増", "皆減"}
)
"""What stands for 「no figure」: 未定 is not known yet, 皆増 and 皆減 are changes and no amounts."""


_YEN = {"円": 1, "千円": 1_000}
"""The units that an amount is read in; a coarser one (百万円) may be rounded."""


class NotWhole(ValueError):
    """An amount is written in another unit, and is no whole number of that of its cell."""


def written_amount(text: str) -> tuple[int | None, str]:
    """Return the amount that a text says, and the unit it is written with: 円 (¥ too), 千円, 百万円, "" without one.

    The amount is None for 「no figure」; raise ValueError for anything else.
    """
    plain = shown_text(text).translate(_HALF_WIDTH).strip()
    if "".join(plain.split()) in _NO_FIGURE:
        return None, ""
    bracketed = _BRACKETED.fullmatch(plain)
    match = bracketed or _AMOUNT.fullmatch(plain)
    if not match or len(match["digits"]) > 20:
        raise ValueError(text)
    size = int(match["digits"].replace(",", ""))
    unit = match["unit"] or ("円" if "¥" in plain else "")
    return -size if bracketed or match["sign"] in ("-", "▲", "△") else size, unit


def parse_amount(text: str, unit: str = "千円") -> Money | None:
    """Return the amount that a text means in `unit` ("" for a number of none), None for 「no figure」.

    One that is written in another unit counts as that: `6,000円` are 6千円. Raise NotWhole where it is
    none in `unit`, and ValueError for what is no amount, and beyond ±`limit(unit)`.
    """
    amount, written = written_amount(text)
    if amount is None:
        return None
    if written:
        if not {written, unit} <= _YEN.keys():
            raise ValueError(text)
        amount, rest = divmod(amount * _YEN[written], _YEN[unit])
        if rest:
            raise NotWhole(text)
    if abs(amount) > limit(unit):
        raise ValueError(text)
    return Money(amount)


def other_unit(text: str, unit: str) -> str:
    """Return the unit that an amount is written with where it is not `unit`, else ""; 0 is the same in both."""
    amount, written = written_amount(text)
    return written if amount and written != unit else ""
