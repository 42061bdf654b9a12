"""Text as it is shown: on paper, on the page, in CSV and in workbooks; documents keep what was typed.

Text pasted from Word, a web page or a PDF carries tabs, line ends of many kinds, and marks that no
reader sees. Combining marks, variation selectors (異体字) and 外字 choose a glyph and stay.
"""

from __future__ import annotations

import re

_LINE_ENDS = "\r\x0b\x85\u2028\u2029"
_NOTHING = (
    r"\x00-\x08\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    r"\xad\u180e\u200b-\u200d\u2060-\u2064\ufeff"  # soft hyphen, zero width, BOM
    r"\u061c\u200e\u200f\u202a-\u202e\u2065-\u206f"  # turns of the line
    r"\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # marks
    r"\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags; 異体字 are between
    r"\ufdd0-\ufdef\ufffe\uffff"  # no characters
)
_PICTURE = r"[\u2190-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]"  # arrows, signs, emoji
_JOINER = rf"(?<!{_PICTURE})\u200d|\u200d(?!{_PICTURE})"  # within an emoji one stays
_LINE_END = re.compile(rf"\r\n|[{_LINE_ENDS}]")
_UNSEEN = re.compile(rf"(?:(?!\u200d)[{_NOTHING}]|{_JOINER})+")
_HALF = re.compile(r"[\ud800-\udfff]")
_ANY_ODD = re.compile(rf"[{_LINE_ENDS}\t\ud800-\udfff{_NOTHING}]")  # in a tenth of the time
_ANY_JOINER = re.compile(_JOINER)
_WORDS = {"\t": "タブ", "\x0b": "改行", "\x85": "改行", "\u2028": "改行", "\u2029": "改行"}
_UNTOLD = frozenset("\r")


def shown_text(text: str) -> str:
    """Return a text with a blank for a tab, one kind of line end, and without what has no picture.

    A joiner within an emoji stays; half of a surrogate pair is U+FFFD, since no file can hold it.
    """
    if not _ANY_ODD.search(text):
        return text
    seen = _UNSEEN.sub("", _LINE_END.sub("\n", text))
    return _HALF.sub("\ufffd", seen.replace("\t", " "))


def shown_otherwise(text: str) -> dict[str, str]:
    """Return the characters of a text that are shown as others or not at all, each with its name.

    A carriage return is none of them: it is how some programs end a line.
    """
    found = dict.fromkeys(_ANY_ODD.findall(text))
    if "\u200d" in found and not _ANY_JOINER.search(text):
        del found["\u200d"]
    told = (char for char in found if char not in _UNTOLD)
    return {char: f"{_WORDS.get(char, '見えない文字')}(U+{ord(char):04X})" for char in told}


def is_blank(text: str) -> bool:
    """Tell whether nothing of a text is seen."""
    rest = text.strip()
    return not rest or (bool(_ANY_ODD.match(rest)) and not shown_text(rest).strip())
