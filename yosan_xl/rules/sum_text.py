"""The figures and signs of sums in what staff write, and whether a text may hold any.

Most texts hold none: the grammars that take sums apart (price_text, breakdown_text) are loaded for
the others alone, since their patterns take long to compile.
"""

from __future__ import annotations

_WIDE = "０１２３４５６７８９，．（）［］〔〕＠￥＋＝％／✕✖＊*　"
_HALF = "0123456789,.()()()@¥+=%/××××　".replace("　", " ")
_PLAIN = str.maketrans(_WIDE, _HALF)
_TIMES = frozenset("×✕✖＊*xXｘＸ")
NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?(?![0-9]|[.,][0-9])"
YEN = {"円": 1, "千円": 1000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
"""The units of money, in 円."""


def halved(text: str) -> str:
    """Give a text with the figures and signs of sums in half width, character by character."""
    return text.translate(_PLAIN)


def may_multiply(label: str) -> bool:
    """Tell whether there is any sign of multiplication, without which nothing is a unit price."""
    return not _TIMES.isdisjoint(label)


def may_break_down(text: str) -> bool:
    """Tell whether there are three amounts: a total and two parts at least."""
    return text.count("円") >= 3
