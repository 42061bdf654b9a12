"""Money of a budget: integers of 千円, how they are written, and the one place of rounding."""

from __future__ import annotations

from enum import Enum
from typing import NewType

ThousandYen = NewType("ThousandYen", int)

LIMIT = ThousandYen(10**10)
"""An amount lies within ±LIMIT (千円): ten trillion yen, beyond any municipality's budget."""


class Rounding(Enum):
    """端数処理: how 円 become 千円. The values stand in yosan.toml."""

    UP = "切上げ"
    NEAREST = "四捨五入"
    DOWN = "切捨て"


def thousand_yen(yen: int, rounding: Rounding) -> ThousandYen:
    """Give `yen` (円) as 千円, rounded away from zero, to the nearest (half away), or to zero."""
    sign, size = (-1, -yen) if yen < 0 else (1, yen)
    quotient, rest = divmod(size, 1000)
    more = {
        Rounding.UP: rest > 0,
        Rounding.NEAREST: rest >= 500,
        Rounding.DOWN: False,
    }[rounding]
    return ThousandYen(sign * (quotient + more))


def with_commas(amount: int) -> str:
    """Give `1,234`, and `△1,234` for a negative (統計表の表記: △ is minus)."""
    return f"△{-amount:,}" if amount < 0 else f"{amount:,}"


def with_unit(amount: int) -> str:
    """Give an amount of 千円 as it stands in a sentence: `1,234千円`."""
    return f"{with_commas(amount)}千円"
