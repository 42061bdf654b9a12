"""Text as it is shown, and names that are the same though their characters are not.

Text pasted from Word, a web page or a PDF carries tabs, line ends of many kinds, and marks that no
reader sees: on paper, on the page, in CSV and in workbooks it is shown without them; documents keep
what was typed. Combining marks, variation selectors (異体字) and 外字 choose a glyph and stay.

Text pasted from a PDF carries CJK radicals (⺠⽣費) as well. NFKC mends U+2F00-2FDF; U+2E80-2EFF
needs a table (Unicode, EquivalentUnifiedIdeograph.txt). Only names are compared so, never prose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

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


def shortened(text: str, most: int, more: str = "…") -> str:
    """Return the first `most` characters of a text, and a mark where it goes on."""
    return text if len(text) <= most else f"{text[:most]}{more}"


def on_one_line(text: str, most: int) -> str:
    """Return a text as a sentence quotes it: without line breaks, and shortened."""
    return shortened(" ".join(text.split()), most)


def as_argument(text: str) -> str:
    """Return a path or name as it is typed after a command: in "" where a shell would take it apart."""
    plain = all(one.isalnum() or one in "._-/:\\" for one in text)
    return text if plain else f'"{text}"'


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
    """Return whether nothing of a text is seen."""
    rest = text.strip()
    return not rest or (bool(_ANY_ODD.match(rest)) and not shown_text(rest).strip())


_RADICALS = str.maketrans(
    "⺀⺁⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺪⺫⺬⺭⺮⺯⺱⺲⺳⺴⺶⺷⺹⺺⺼⺽"
    "⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "冫厂乛乚亻冂几⺈刂卜㔾小小尢尣尢尣巳幺彑彐忄㣺扌攵旡月歺母民氵氺灬爫爫丬犭王疋目示礻𥫗糹罓罒罓𦉪𦍌羊耂肀月臼"
    "艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠饣首马骨鬼鱼鸟麦黄黾斉齐歯齿竜龙龜亀龟",
)
_RADICALS |= str.maketrans("⺜⺧⺰⻞⻧", "日牛纟食卤")
_JAPANESE_FORMS = str.maketrans("戶黑靑麥黃", "戸黒青麦黄")
"""Where the radical's own character is not the one that Japanese names are written with."""


def canonical(text: str) -> str:
    """Return what two names must share to be the same name."""
    mended = unicodedata.normalize("NFKC", shown_text(text).translate(_RADICALS))
    # A 濁点 that stands alone (゛) is a space and a combining mark to NFKC.
    return unicodedata.normalize("NFC", "".join(mended.translate(_JAPANESE_FORMS).split()))


def match_name(text: str, names: Iterable[str]) -> str | None:
    """Return the one name that `text` means, itself where it is one; None for none or several."""
    names = list(names)
    if text in names:
        return text
    wanted = canonical(text)
    found = [name for name in names if canonical(name) == wanted]
    return found[0] if len(found) == 1 else None


def hint(written: str, names: Iterable[str]) -> str:
    """Return `「総務費」のことでしょうか。` for up to two similar names, or an empty string."""
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


def by_word(word: str) -> str:
    """Return what sums by a key are called: `課別` for 課; a word that ends so (収支の別) stays as it is."""
    return word if word.endswith("別") else f"{word}別"
