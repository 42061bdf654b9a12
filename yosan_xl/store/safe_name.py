"""Whether a text can be one name in a path, on Windows, macOS and Linux alike, and how our own begin."""

from __future__ import annotations

import re
import unicodedata

PREFIX = ".yosan-"
"""How the names of our own working files begin, beside their targets and in the root of an archive."""

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")
# Characters of three bytes each, with an ending, stay below the 255 bytes of a file name.
_LONGEST = 60
# What turns a line around or has no width; 外字 (private use) are characters of names.
_UNSEEN = {"Cf", "Cs", "Zl", "Zp"}


def why_unsafe(name: str, longest: int = _LONGEST) -> str | None:
    """Say what keeps `name` from being a file name (`に…` or `が…`), or give None where it can."""
    if not name:
        return "が空です"
    if bad := _FORBIDDEN.search(name):
        return f"に、ファイル名に使えない文字({_shown(bad.group())})があります"
    if unseen := next((char for char in name if unicodedata.category(char) in _UNSEEN), None):
        return f"に、見えない文字(U+{ord(unseen):04X})があります"
    if name.startswith((".", "~")) or name.endswith((".", " ")):
        return "が「.」や「~」で始まるか、「.」や空白で終わっています"
    if _RESERVED.fullmatch(name):
        return "は、Windows が別の用に使う名前です"
    return f"が {longest}字を超えています" if len(name) > longest else None


def _shown(character: str) -> str:
    return f"「{character}」" if character.isprintable() else "改行などの制御文字"
