"""Text for a terminal or a log: nothing in it moves the cursor, hides or turns the line around."""

from __future__ import annotations

import re
import unicodedata

# Controls, formats (bidi overrides, zero width), surrogates, private use, unassigned, and the
# two Unicode line ends. Blanks (Zs) stay: 全角 spaces are ordinary in Japanese.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

_LINE_END = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")

# What CP932 lacks, beside the look-alike it has.
_LOOKALIKES = {"⏎": "／", "—": "―", "–": "-", "¥": "￥"}


def is_invisible(char: str) -> bool:
    """Tell whether a character has no picture of its own or changes how others are shown."""
    return unicodedata.category(char) in _INVISIBLE


def printable(text: str) -> str:
    r"""Give text as one safe line: line ends as `⏎`, a tab as a blank, other unprintables as `\u{202e}`."""
    one_line = _LINE_END.sub("⏎", text).replace("\t", " ")
    return "".join(escaped(char) if is_invisible(char) else char for char in one_line)


def encodable(text: str, encoding: str) -> str:
    r"""Give text that `encoding` (a console's, such as cp932) can show, the rest as `\u{20bb7}`."""
    if _fits(text, encoding):
        return text
    return "".join(_shown(char, encoding) for char in text)


def escaped(char: str) -> str:
    r"""Give a character as `\u{...}`."""
    return f"\\u{{{ord(char):x}}}"


def _shown(char: str, encoding: str) -> str:
    offers = (char, _LOOKALIKES.get(char, char))
    return next((offer for offer in offers if _fits(offer, encoding)), escaped(char))


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
