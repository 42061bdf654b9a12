"""Offer the name that was probably meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def hint(written: str, names: Iterable[str]) -> str:
    """Give `「総務費」のことでしょうか。` for up to two similar names, or an empty string."""
    from difflib import get_close_matches  # only a wrong name needs it

    plain = {_plain(name): name for name in names}
    close = get_close_matches(_plain(written), plain, n=2, cutoff=0.6)
    if not close:
        return ""
    offered = close[:1] if close[0] == _plain(written) else close
    return "か".join(f"「{plain[name]}」" for name in offered) + "のことでしょうか。"


def _plain(name: str) -> str:
    # Only to compare: width and blanks do not make another name.
    return "".join(unicodedata.normalize("NFKC", name).split())
