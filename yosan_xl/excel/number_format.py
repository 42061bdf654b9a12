"""Number formats: what a cell shows of the number or text that it holds (ISO/IEC 29500-1, 18.8.31).

Only what is certain is given: a format that is not understood shows None, which nobody may guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"

LONGEST = 255
"""Characters of a format: Excel takes no more of them, so nobody knows what a longer one shows."""

# The built-in formats as a Japanese Excel shows them (18.8.30, 27-36 and 50-58 those of East Asia).
_ERA, _ERA_LONG = "[$-411]ge.m.d", '[$-411]ggge"年"m"月"d"日"'
_MONTH, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00"},
    **{5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0'},
    **{7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;"¥"-#,##0.00'},
    **{9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??"},
    **{14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM"},
    **{19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm"},
    **{27: _ERA, 28: _ERA_LONG, 29: _ERA_LONG, 30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"'},
    **{32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: _MONTH, 35: _DAY, 36: _ERA},
    **{37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"},
    **{41: '#,##0;-#,##0;"-";@', 42: '"¥"#,##0;"¥"-#,##0;"¥-";@'},
    **{43: '#,##0.00;-#,##0.00;"-";@', 44: '"¥"#,##0.00;"¥"-#,##0.00;"¥-";@'},
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"},
    **{50: _ERA, 51: _ERA_LONG, 52: _MONTH, 53: _DAY, 54: _ERA_LONG, 55: _MONTH, 56: _DAY},
    **{57: _ERA, 58: _ERA_LONG},
}
"""By numFmtId; every other number below 164 shows as General does."""

_TOKEN = re.compile(
    r'(?P<literal>"[^"]*"?|\\.)|(?P<blank>_.)|(?P<fill>\*.)|(?P<unclosed>\[[^\]]*\Z)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/標準)|(?P<exponent>E[+-]0+)|(?P<noon>AM/PM|A/P|午前/午後)"
    r"|(?P<digit>[0#?])|(?P<date>y+|m+|d+|h+|s+|g+|e+|a{3,4}|b+)|(?P<mark>[.,%/@])|(?P<other>.)",
    re.I | re.S,
)
_COLOUR = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|[黒青緑紫赤白黄]|水|colou?r ?\d+|色 ?\d+)",
    re.I,
)
_WHITE = re.compile(r"white|白|(?:colou?r|色) ?2", re.I)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+))")
_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}
_DATE_KINDS = {"date", "noon", "elapsed"}
_FULL_WIDTH = str.maketrans("0123456789,-", "０１２３４５６７８９，－")
_DIGITS = 15  # figures that Excel keeps of a number


class Token(NamedTuple):
    """A piece of a format: its kind, and what it says."""

    kind: str
    text: str


_AT, _POINT, _COMMA, _PERCENT = (Token("mark", mark) for mark in "@.,%")


class _Section(NamedTuple):
    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    full_width: bool

    def has(self, kind: str, text: str | None = None) -> bool:
        return any(t.kind == kind and text in (None, t.text) for t in self.tokens)

    @property
    def is_date(self) -> bool:
        return any(t.kind in _DATE_KINDS for t in self.tokens)


class _Unknown(Exception):
    """A format, or a value in it, of which it is not certain what it shows."""


def is_date_format(code: str) -> bool:
    """Return whether a format shows a date or a time: `ggge"年"m"月"`, `[h]:mm`."""
    try:
        return any(section.is_date for section in _sections(code))
    except _Unknown:
        return False


def shown_text(code: str, text: str) -> str:
    """Return what a text shows in a format: `@"課"` adds to it, and `;;;` hides it."""
    try:
        sections = _sections(code)
    except _Unknown:
        return text
    own = sections[-1] if len(sections) > 3 or sections[-1].has("mark", "@") else None
    if own is None:
        return text
    return "".join(text if token == _AT else _said(token) for token in own.tokens)


def shown_number(code: str, number: Decimal, *, date1904: bool = False) -> str | None:
    """Return what a number shows in a format, without blanks at its ends; None where it is not certain."""
    try:
        section, value = _section_for(_sections(code), number)
        if section.is_date:
            shown = _date(section.tokens, number + (1462 if date1904 else 0))
        else:
            shown = _plain(section, value)
    except (_Unknown, InvalidOperation):  # what has more figures than are reckoned with
        return None
    return (shown.translate(_FULL_WIDTH) if section.full_width else shown).strip()


def general(number: Decimal) -> str:
    """Return a number as the format General shows it in a cell that is wide enough."""
    if number.adjusted() >= _DIGITS or (number and number.adjusted() < -9):
        raise _Unknown
    kept = Decimal(f"{number:.{_DIGITS - 1}E}")
    return f"{kept:f}".rstrip("0").rstrip(".") if "." in f"{kept:f}" else f"{kept:f}"


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...]:
    if len(code) > LONGEST:
        raise _Unknown
    found: list[list[Token]] = [[]]
    for match in _TOKEN.finditer(code):
        kind, text = str(match.lastgroup), match[0]
        if kind == "unclosed":
            raise _Unknown
        if kind == "other" and text == ";":
            found.append([])
        else:
            found[-1].append(Token(kind, match["bracket"] if kind == "bracket" else text))
    if len(found) > 4:
        raise _Unknown
    return tuple(map(_section, found))


def _section(tokens: Sequence[Token]) -> _Section:
    kept: list[Token] = []
    condition, full_width = None, False
    for token in tokens:
        if token.kind != "bracket":
            kept.append(token)
            continue
        said, elapsed = token.text, re.fullmatch(r"h+|m+|s+", token.text, re.I)
        if found := _CONDITION.fullmatch(said):
            condition = found[1], Decimal(found[2])
        elif said.upper() == "DBNUM3":
            full_width = True
        elif said.startswith("$"):
            kept.append(Token("literal", f'"{said[1:].partition("-")[0]}"'))
        elif elapsed:
            kept.append(Token("elapsed", said.lower()))
        elif not _COLOUR.fullmatch(said):
            raise _Unknown
    if any(token.kind == "bracket" and _WHITE.fullmatch(token.text) for token in tokens):
        kept = []  # on white paper
    return _Section(tuple(kept), condition, full_width)


def _section_for(sections: Sequence[_Section], number: Decimal) -> tuple[_Section, Decimal]:
    """Return the section that shows a number, and the number without the sign it leaves out."""
    numeric = [s for s in sections[:3] if not s.has("mark", "@")] or [
        _section([Token("general", "")])
    ]
    if any(section.condition for section in numeric):
        if number < 0:
            raise _Unknown  # whether a sign stands before it, programs do not agree
        for section in numeric:
            if section.condition is None or _HOLDS[section.condition[0]](
                number, section.condition[1]
            ):
                return section, number
        raise _Unknown
    if number < 0 and len(numeric) > 1:
        return numeric[1], -number
    return (numeric[2] if number == 0 and len(numeric) > 2 else numeric[0]), number


def _said(token: Token) -> str:
    if token.kind == "literal":
        return token.text[1:] if token.text[0] == "\\" else token.text.strip('"')
    if token.kind == "blank":
        return " "
    return "" if token.kind == "fill" else token.text


def _plain(section: _Section, number: Decimal) -> str:
    tokens = section.tokens
    if section.has("general"):
        sign = "-" if number < 0 else ""
        return sign + "".join(
            general(abs(number)) if t.kind == "general" else _said(t) for t in tokens
        )
    if section.has("exponent") or section.has("mark", "/"):
        raise _Unknown
    places = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    if not places:
        sign = "-" if number < 0 and tokens else ""
        return sign + "".join(map(_said, tokens))
    return _figures(tokens, places, number)


def _figures(tokens: Sequence[Token], places: Sequence[int], number: Decimal) -> str:
    """Return a number in its places (`0`, `#`, `?`), what stands between them left where it is."""
    point = next((i for i, token in enumerate(tokens) if token == _POINT), len(tokens))
    last = max((place for place in places if place < point), default=-1)
    commas = {i for i, token in enumerate(tokens) if token == _COMMA}
    grouped = any(places[0] < comma < last for comma in commas)
    thousands = sum(comma > places[-1] or last < comma < point for comma in commas)
    percents = tokens.count(_PERCENT)
    decimals = [place for place in places if place > point]
    size = abs(number).scaleb(2 * percents - 3 * thousands)
    if size.adjusted() >= 25:
        raise _Unknown
    size = size.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    whole, _, part = f"{size:f}".partition(".")
    fill = _filled(tokens, [p for p in places if p < point], whole.lstrip("0"), grouped=grouped)
    fill |= _decimals(tokens, decimals, part)
    pieces = (fill.get(i, "" if i in commas else _said(t)) for i, t in enumerate(tokens))
    return ("-" if number < 0 and size else "") + "".join(pieces)


def _filled(
    tokens: Sequence[Token], places: Sequence[int], digits: str, *, grouped: bool
) -> dict[int, str]:
    """Return what stands at the places before the point; the first takes all digits that are left."""
    fill: dict[int, str] = {}
    done, left = 0, digits
    for place in reversed(places):
        own = left if place == places[0] else left[-1:]
        left = left[: len(left) - len(own)]
        own = own or {"0": "0", "?": " "}.get(tokens[place].text, "")
        text = ""
        for digit in reversed(own):
            comma = "," if grouped and done and done % 3 == 0 and digit != " " else ""
            text, done = digit + comma + text, done + 1
        fill[place] = text
    return fill


def _decimals(tokens: Sequence[Token], places: Sequence[int], digits: str) -> dict[int, str]:
    fill: dict[int, str] = {}
    kept = len(digits)
    while kept and digits[kept - 1] == "0" and tokens[places[kept - 1]].text != "0":
        kept -= 1
    for index, place in enumerate(places):
        blank = " " if tokens[place].text == "?" else ""
        fill[place] = digits[index] if index < kept else blank
    return fill


_ERAS = (
    (date(2019, 5, 1), "R", "令", "令和"),
    (date(1989, 1, 8), "H", "平", "平成"),
    (date(1926, 12, 25), "S", "昭", "昭和"),
    (date(1912, 7, 30), "T", "大", "大正"),
    (date(1868, 1, 25), "M", "明", "明治"),
)
"""First day of each era, and its name in one letter, short and whole (元号法; 改元の政令)."""

_MONTHS = "January February March April May June July August September October November December"
_DAYS = "月火水木金土日"
_DAYS_EN = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"


def _day(serial: int) -> date:
    """Return the day of a number; before March 1900 programs do not agree on it."""
    if not 60 < serial < 2_958_466:
        raise _Unknown
    return date(1899, 12, 30) + timedelta(serial)


def _date(tokens: Sequence[Token], number: Decimal) -> str:
    if any(t.kind in ("digit", "general") for t in tokens):
        raise _Unknown  # parts of a second
    seconds = int((number * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    serial, second = divmod(seconds, 86_400)
    needs_day = any(t.kind == "date" and t.text[0].lower() not in "hs" for t in tokens)
    kinds = _with_minutes(tokens)
    if number < 0:
        raise _Unknown
    day = _day(serial) if needs_day and any(k == "day" for k in kinds) else None
    half = any(token.kind == "noon" for token in tokens)
    pieces = []
    for token, kind in zip(tokens, kinds, strict=True):
        text = token.text.lower()
        if kind == "elapsed":
            pieces.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[text[0]]).zfill(len(text)))
        elif kind == "day" and day:
            pieces.append(_of_day(text, day))
        elif kind == "time":
            pieces.append(_of_time(text, second, half=half))
        elif kind == "noon":
            words = token.text.split("/")
            pieces.append(words[second >= 43_200])
        else:
            pieces.append(_said(token))
    return "".join(pieces)


def _with_minutes(tokens: Sequence[Token]) -> list[str]:
    """Return what each token tells: `m` is minutes behind hours and before seconds."""
    timed = [i for i, t in enumerate(tokens) if t.kind in ("date", "elapsed")]
    kinds = [t.kind for t in tokens]
    for at, index in enumerate(timed):
        token = tokens[index]
        if token.kind == "elapsed":
            continue
        letter = token.text[0].lower()
        before = tokens[timed[at - 1]].text[0].lower() if at else ""
        after = tokens[timed[at + 1]].text[0].lower() if at + 1 < len(timed) else ""
        minutes = letter == "m" and len(token.text) < 3 and (before == "h" or after == "s")
        kinds[index] = "time" if letter in "hs" or minutes else "day"
    return kinds


def _of_time(text: str, second: int, *, half: bool) -> str:
    hours = second // 3600
    if half:
        hours = hours % 12 or 12
    value = {"h": hours, "m": second // 60 % 60, "s": second % 60}[text[0]]
    return str(value).zfill(min(len(text), 2))


def _of_day(text: str, day: date) -> str:
    letter, width = text[0], len(text)
    if letter in "ge":
        start, *names = next((era for era in _ERAS if era[0] <= day), (None,))
        if start is None:
            raise _Unknown
        return (
            names[min(width, 3) - 1]
            if letter == "g"
            else str(day.year - start.year + 1).zfill(width)
        )
    if letter == "y":
        return f"{day.year % 100:02}" if width < 3 else str(day.year)
    if letter == "a":
        return _DAYS[day.weekday()] + ("曜日" if width > 3 else "")
    if letter not in "md":
        raise _Unknown
    if width < 3:
        return str(day.month if letter == "m" else day.day).zfill(width)
    name = _MONTHS.split()[day.month - 1] if letter == "m" else _DAYS_EN.split()[day.weekday()]
    return {3: name[:3], 4: name}.get(width, name[:1])
