"""Text for a terminal, a log or a file: what of it is shown, how wide it is, what an encoding holds."""

from __future__ import annotations

import re
import unicodedata

# Controls, formats (bidi overrides, zero width), surrogates, private use, unassigned, and the
# two Unicode line ends. Blanks (Zs) stay: 全角 spaces are ordinary in Japanese.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}

_LINE_END = re.compile("\r\n|[\n\r\x0b\x85\u2028\u2029]")

UTF8, CP932 = "utf-8-sig", "cp932"
"""The encodings of CSV: UTF-8 with a BOM, without which Excel takes it for CP932; and CP932 itself."""

# What CP932 lacks, beside the look-alike it has.
_LOOKALIKES = {"⏎": "／", "—": "―", "–": "-", "¥": "￥"}


def is_invisible(char: str) -> bool:
    """Return whether a character has no picture of its own or changes how others are shown."""
    return unicodedata.category(char) in _INVISIBLE


def printable(text: str) -> str:
    r"""Return text as one safe line: line ends as `⏎`, a tab as a blank, other unprintables as `\u{202e}`."""
    one_line = _LINE_END.sub("⏎", text).replace("\t", " ")
    return "".join(escaped(char) if is_invisible(char) else char for char in one_line)


def plain(text: str) -> str:
    r"""Return text as it is, with what hides or turns a line around as JSON may write it as well: `\u202e`."""
    invisible = {char for char in set(text) - {"\n"} if is_invisible(char)}
    return text.translate({ord(char): _in_json(char) for char in invisible})


def _in_json(char: str) -> str:
    from json import dumps

    return dumps(char)[1:-1]


def columns(text: str) -> int:
    """Return how many columns a text takes on a terminal: a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def encodable(text: str, encoding: str) -> str:
    """Return text that `encoding` (a console's, such as cp932) can show, the rest as `〓(U+20BB7)`."""
    if fits(text, encoding):
        return text
    return "".join(_shown(char, encoding) for char in text)


def escaped(char: str) -> str:
    r"""Return a character as `\u{...}`."""
    return f"\\u{{{ord(char):x}}}"


def fits(text: str, encoding: str) -> bool:
    """Return whether an encoding has every character of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _shown(char: str, encoding: str) -> str:
    offers = (char, _LOOKALIKES.get(char, char), f"〓(U+{ord(char):04X})")
    return next((offer for offer in offers if fits(offer, encoding)), escaped(char))
