"""The table of 積算: the formulas of its rows as books have them, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from yosan_xl.excel.sheet_words import (
    ESTIMATE_ENTRIES,
    ESTIMATE_ROWS,
    ESTIMATE_TOP,
    MOST_TAX,
)
from yosan_xl.form.area import a1
from yosan_xl.form.relation import CellValue, is_number
from yosan_xl.model.money import Rounding, thousand_yen

TEXTS = 2
"""How many columns of 積算 hold texts; figures follow."""

WRONG, ABSENT = "赤い欄を確認", "単価と数量を入力"
"""What 積算 says of a row: its 確認."""

_MOST = 10**15
"""円, of which a cell keeps every figure."""

_FUNCTIONS = {Rounding.UP: "ROUNDUP", Rounding.NEAREST: "ROUND", Rounding.DOWN: "ROUNDDOWN"}


def estimate_formulas(row: int, unit: str, rounding: Rounding) -> tuple[str, ...]:
    """Return the formulas of a row of 積算: its amounts, and what of its entries is to be mended.

    A row without a price and a quantity has no amount; one with a text for a figure has an error, since what
    takes an amount from it must not go on with another.
    """
    price, quantity, times, tax = (a1(row, column) for column in range(TEXTS, ESTIMATE_ENTRIES))
    figures, yen = f"{price}:{tax}", a1(row, ESTIMATE_ENTRIES)
    # A spreadsheet program holds 10% as 0.1.
    product = f'{price}*{quantity}*IF({times}="",1,{times})*(100+{tax}*IF({tax}<1,100,1))/100'
    known = f'IF(COUNT({price}:{quantity})<2,"",ROUND({product},0))'
    amount = f"=IF(OR(COUNTA({figures})>COUNT({figures}),{beyond_tax(tax)}),NA(),{known})"
    absent = f'IF(AND({yen}="",COUNT({figures})>0),"{ABSENT}","")'
    state = f'=IF(ISERROR({yen}),"{WRONG}",{absent})'
    if unit == "円":
        return amount, state
    return amount, f"=IF(ISNUMBER({yen}),{_FUNCTIONS[rounding]}({yen}/1000,0),{yen})", state


def beyond_tax(cell: str) -> str:
    """Return the test whether a 税率 is none."""
    return f"ABS(N({cell})-{MOST_TAX // 2})>{MOST_TAX // 2}"


def results(figures: Sequence[CellValue], unit: str, rounding: Rounding) -> tuple[int | str, ...]:
    """Return what the formulas of a row give for its 単価, 数量, 回数 and 税率."""
    yen = yen_of(figures)
    if yen is None and _is_wrong(figures):
        found: tuple[int | str, ...] = ("#N/A", "#N/A", WRONG)
    elif yen is None:
        found = ("", "", "" if all(one is None for one in figures) else ABSENT)
    else:
        found = (yen, thousand_yen(yen, rounding), "")
    return (found[0], found[2]) if unit == "円" else found


def yen_of(figures: Sequence[CellValue]) -> int | None:
    """Return 単価 × 数量 × 回数 with 税率 in 円; None where they do not say it."""
    price, quantity, times, tax = figures
    if _is_wrong(figures) or not (is_number(price) and is_number(quantity)):
        return None
    rate = Decimal(tax) if is_number(tax) else Decimal(0)
    percent = rate * 100 if rate < 1 else rate
    product = price * quantity * (times if is_number(times) else 1) * (100 + percent) / 100
    return int(product.to_integral_value(ROUND_HALF_UP)) if abs(product) < _MOST else None


def _is_wrong(figures: Sequence[CellValue]) -> bool:
    tax = figures[-1]
    is_beyond = is_number(tax) and not 0 <= tax <= MOST_TAX
    return is_beyond or not all(one is None or is_number(one) for one in figures)


def is_own_formula(formula: str | None, row: int) -> bool:
    """Return whether a formula (without `=`) is one that its row of 積算 was handed out with."""
    is_in_table = ESTIMATE_TOP <= row < ESTIMATE_TOP + ESTIMATE_ROWS
    return bool(formula) and is_in_table and "".join((formula or "").split()) in _own_formulas(row)


def rounding_of(formula: str) -> Rounding:
    """Return how a formula of 千円 rounds; that of 円 does to the nearest."""
    return next(
        (one for one, name in _FUNCTIONS.items() if f"{name}(" in formula), Rounding.NEAREST
    )


@lru_cache(maxsize=1_000)
def _own_formulas(row: int) -> frozenset[str]:
    """Return the formulas (without `=`) that a row of 積算 may have been handed out with."""
    found = {
        text
        for unit in ("千円", "円")
        for one in Rounding
        for text in estimate_formulas(row, unit, one)
    }
    return frozenset(text.removeprefix("=") for text in (*found, *_earlier_formulas(row)))


def _earlier_formulas(row: int) -> list[str]:
    """Return those of earlier programs: a text counted for nothing, and 10% for a tenth of a percent."""
    price, quantity, times, tax = (a1(row, column) for column in range(TEXTS, ESTIMATE_ENTRIES))
    yen = a1(row, ESTIMATE_ENTRIES)
    product = f'{price}*{quantity}*IF({times}="",1,{times})*(100+N({tax}))/100'
    below = (f'IF({yen}="","",{name}({yen}/1000,0))' for name in _FUNCTIONS.values())
    return [f'IF(COUNT({price},{quantity})<2,"",ROUND({product},0))', *below]
