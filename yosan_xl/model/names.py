"""Names that look alike but are not the same characters: radicals, full width, spaces, NFD.

Text pasted from a PDF carries CJK radicals (⺠⽣費). NFKC mends U+2F00-2FDF; U+2E80-2EFF needs a
table (Unicode, EquivalentUnifiedIdeograph.txt). Only names are compared so, never prose.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from yosan_xl.model.shown_text import shown_text

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
    """Give what two names must share to be the same name."""
    mended = unicodedata.normalize("NFKC", shown_text(text).translate(_RADICALS))
    # A 濁点 that stands alone (゛) is a space and a combining mark to NFKC.
    return unicodedata.normalize("NFC", "".join(mended.translate(_JAPANESE_FORMS).split()))


def match_name(text: str, names: Iterable[str]) -> str | None:
    """Give the one name that `text` means, itself where it is one; None for none or several."""
    names = list(names)
    if text in names:
        return text
    wanted = canonical(text)
    found = [name for name in names if canonical(name) == wanted]
    return found[0] if len(found) == 1 else None
