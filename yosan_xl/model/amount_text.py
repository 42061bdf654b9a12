"""What people type into an amount cell, understood as 千円.

Only what is listed here is understood. `int()` is never asked: it takes `１２３４`, `1_000` and `٣٤`
without a word, while the sheet's own SUM counts every text as 0.
"""

from __future__ import annotations

import re

from yosan_xl.model.money import LIMIT, ThousandYen
from yosan_xl.model.shown_text import shown_text

_HALF_WIDTH = str.maketrans("０１２３４５６７８９，．（）＋－−‐―—ー　￥", "0123456789,.()+------ ¥")
_SIZE = r"¥?\s*(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)?\s*(?:千円|円)?"
_AMOUNT = re.compile(rf"(?P<sign>[-▲△+]?)\s*{_SIZE}")
_BRACKETED = re.compile(rf"\(\s*{_SIZE}\s*\)")
_NO_FIGURE = frozenset({"", "-", "--", "なし", "無し", "無", "ナシ", "※", "未定", "皆増", "皆減"})
"""What stands for 「no figure」: 未定 is not known yet, 皆増 and 皆減 are changes and no amounts."""


def parse_amount(text: str) -> ThousandYen | None:
    """Give the amount (千円) a text means, None for 「no figure」; raise ValueError otherwise.

    A unit that is written out is taken as the cell's own: `1,234円` in a 千円 cell is 1,234千円,
    and the finding about it asks to look at the unit.
    """
    plain = shown_text(text).translate(_HALF_WIDTH).strip()
    if "".join(plain.split()) in _NO_FIGURE:
        return None
    bracketed = _BRACKETED.fullmatch(plain)
    match = bracketed or _AMOUNT.fullmatch(plain)
    if not match or len(match["digits"]) > 20:
        raise ValueError(text)
    size = int(match["digits"].replace(",", ""))
    amount = -size if bracketed or match["sign"] in ("-", "▲", "△") else size
    if abs(amount) > LIMIT:
        raise ValueError(text)
    return ThousandYen(amount)
