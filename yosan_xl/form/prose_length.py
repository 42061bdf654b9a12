"""Whether a text has more characters than it may, or more lines than its cell shows: as a formula, and as the fact.

How many lines a cell shows and how many characters stand on one, a cell of the panel says: 936 is 9 lines of 36, and of
the rows of a list `1行41字、行ごとの行数11211`. A formula cannot break lines as a spreadsheet program does, so it counts so that it
never says fewer: a character is at most one em wide, and a word of Latin letters, which goes to the next line whole and
leaves as much of its own line empty as it is wide, counts twice its width.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import ceil

from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan, Room, Slot
from yosan_xl.form.relation import CellValue

_COUNTED = 40
"""Paragraphs of a single text that the formula counts; a text of more is cut."""

_LONGEST = 32_000
"""A text in a formula has 32,767 characters at most (Excel の仕様と制限)."""

_MOST_OF_A_ROW = 9
_WIDEST = 99
"""The most lines of a row, and characters of a line, that the panel's cell says."""

_NARROW = "0123456789abcdeghknopqsuvxyzABEFJKLPRSTVYZ?"
_WIDE = "mwCDGHMNOQUWX$+<=>&#@%"
"""Characters of BIZ UDPゴシック that are up to 0.77 em and up to 1 em wide; what is not named is up to half an em wide."""

_BRACKETS = "（）「」『』【】〔〕［］"
"""They go to the next line with what stands in them, or before them (禁則処理)."""

_HALVES = {**dict.fromkeys(_NARROW + _BRACKETS, 1), **dict.fromkeys(_WIDE, 2)}
"""By character the half ems that its place in a word may cost beyond the em that it counts."""


def is_cut(slot: Slot, text: str, room: Room) -> bool:
    """Return whether a single text may have more lines than its cell shows."""
    lines = sum(_full_lines(line, room.per_line) for line in text.split("\n"))
    return lines + _lost_lines(text, room.per_line) > min(room.lines, _most_lines(slot))


def first_cut(texts: Sequence[str], room: Room) -> int:
    """Return which text of a column, from 1, may have more lines than its row shows; 0 for none."""
    rows = enumerate(zip(texts, room.rows, strict=False), 1)
    return next((at for at, (text, most) in rows if row_lines(text, room.per_line) > most), 0)


def row_lines(text: str, per_line: int) -> int:
    """Return the lines that a text takes at most, each of its line breaks counted as one more."""
    return _full_lines(text, per_line) + _lost_lines(text, per_line) + text.count("\n")


def fitted(slot: Slot, room: Room, column: Sequence[CellValue]) -> Room:
    """Return a room, as the panel's cell says it, in which its present texts, of which all show, are not counted as cut."""
    texts, per_line = [text_of(value) for value in column], min(_WIDEST, room.per_line)
    if room.rows:
        texts += [""] * (len(room.rows) - len(texts))
        needed = (row_lines(text, per_line) for text in texts)
        rows = tuple(min(_MOST_OF_A_ROW, lines) for lines in map(max, room.rows, needed))
        return Room(per_line, min(rows), rows)
    lines = sum(_full_lines(line, per_line) for line in texts[0].split("\n"))
    most = max(room.lines, lines + _lost_lines(texts[0], per_line))
    return Room(per_line, min(_most_lines(slot), most))


def _full_lines(line: str, per_line: int) -> int:
    return 1 + max(0, 2 * length(line) - 1) // (2 * per_line)


def _lost_lines(text: str, per_line: int) -> int:
    """Return the lines that long words may leave empty; none in a text that stands on one line."""
    if length(text) <= per_line:
        return 0
    halves = sum(_HALVES.get(character, 0) for character in text)
    return (halves + per_line) // (2 * per_line)


def _most_lines(slot: Slot) -> int:
    return min(_COUNTED - 1, _LONGEST // _apart(slot))


def _apart(slot: Slot) -> int:
    """Return how far the formula moves the paragraphs of a text apart: as far in most, so that their formulas are alike."""
    return max(_LONGEST // _COUNTED, slot.max_length or 0)


def cut_formula(slot: Slot, room: str) -> str:
    """Return the formula of `is_cut` for a text no longer than it may be; FALSE where the cell `room` is empty."""
    ref, most, per_line = slot.ref, _apart(slot), f"MOD({room},100)"
    apart = f"SUBSTITUTE({ref},CHAR(10),REPT(CHAR(10),{most}))"
    line = f'SUBSTITUTE(MID({apart},{_NUMBERS}*{most}+1,{most}),CHAR(10),"")'
    full = f"SUMPRODUCT(({_NUMBERS}<={_breaks(ref)})*(1+INT(ABS(LEN({line})-0.5)/{per_line})))"
    ems = f"SUMPRODUCT(({_letters(ref)})*{_EMS})"
    lost = f"(LEN({ref})>{per_line})*INT({ems}/{per_line}+0.5)"
    return f'IFERROR({full}+{lost}>INT({room}/100),{room}<>"")'


def first_cut_formula(column: Area, room: str) -> str:
    """Return the formula of `first_cut`; 0 where the cell `room` is empty."""
    ref, per_line = column.a1(), f"VALUE(MID({room},3,2))"
    row = f"(ROW({ref})-ROW({column.first}))"
    shown = f"VALUE(MID({room},{_FIRST_ROW}+{row},1))"
    ems = f"MMULT({_letters(ref)},{_EMS_DOWN})"
    lost = f"(LEN({ref})>{per_line})*INT({ems}/{per_line}+0.5)"
    used = f"1+INT(ABS(LEN({ref})-0.5)/{per_line})+{lost}+{_breaks(ref)}"
    last, none = column.height, column.height + 1
    return f"IFERROR(MOD({none}-SUMPRODUCT(MAX(({used}>{shown})*({last}-{row}))),{none}),0)"


def _breaks(ref: str) -> str:
    return f'(LEN({ref})-LEN(SUBSTITUTE({ref},CHAR(10),"")))'


def _letters(ref: str) -> str:
    return f'LEN({ref})-LEN(SUBSTITUTE({ref},{_CHARACTERS},""))'


_NUMBERS, _CHARACTERS, _EMS, _EMS_DOWN = "yx_numbers", "yx_letters", "yx_ems", "yx_ems_down"


def constants() -> Mapping[str, str]:
    """Return the names of a book that the formulas ask for, and what they are (with `=`)."""
    ems = [f"{halves / 2:g}" for halves in _HALVES.values()]
    return {
        _NUMBERS: f"={{{','.join(map(str, range(_COUNTED)))}}}",
        _CHARACTERS: "={" + ",".join(f'"{character}"' for character in _HALVES) + "}",
        _EMS: f"={{{','.join(ems)}}}",
        _EMS_DOWN: f"={{{';'.join(ems)}}}",
    }


ROOM_FORMAT = '0"行まで（1行"00"字）"'
"""How the room of a single text shows: 936 as 9行まで（1行36字）."""

_HEAD = "1行{:02}字、行ごとの行数"
_FIRST_ROW = len(_HEAD.format(1)) + 1
_ROOM, _ROWS = (
    re.compile(r"([0-9]{1,2})([0-9]{2})"),
    re.compile(r"1行([0-9]{2})字、行ごとの行数([1-9]+)"),
)


def room_content(slot: Slot, room: Room) -> str | int:
    """Return what the panel's cell holds of the room (`fitted`) of a text."""
    if not slot.repeats:
        return 100 * room.lines + room.per_line
    return _HEAD.format(room.per_line) + "".join(map(str, room.rows))


def room_of(text: str, slot: Slot) -> Room | None:
    """Read the room of a text back from the panel's cell; None where it says nothing."""
    said = (_ROWS if slot.repeats else _ROOM).fullmatch(text)
    if said is None:
        return None
    if not slot.repeats:
        return Room(int(said[2]), int(said[1]))
    rows = tuple(map(int, said[2]))
    return Room(int(said[1]), min(rows), rows)


def long_formula(slot: Slot, plan: Plan) -> str:
    """A text is long beyond its characters, or with its line breaks beyond the lines they fill."""
    ref, (per_line, lines) = slot.ref, _room(slot, plan)
    breaks = f'LEN({ref})-LEN(SUBSTITUTE({ref},CHAR(10),""))'
    return f"OR(LEN({ref})>{slot.max_length},ROUNDUP(LEN({ref})/{per_line},0)+{breaks}>{lines})"


def is_long(slot: Slot, value: CellValue, plan: Plan) -> bool:
    """Return whether a prose block with this value holds more than its place on the page."""
    text = text_of(value)
    per_line, lines = _room(slot, plan)
    used = ceil(length(text) / per_line) + text.count("\n")
    return length(text) > (slot.max_length or 0) or used > lines


def length(text: str) -> int:
    """Return the length as a sheet's LEN counts it: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def text_of(value: CellValue) -> str:
    """Return a value as `&` and LEN take it."""
    return "" if value is None else str(value)


def _room(slot: Slot, plan: Plan) -> tuple[int, int]:
    """Return the characters of a line, and the lines of a text of full length and six paragraphs."""
    width = sum(plan.widths[slot.area.left : slot.area.right + 1])
    per_line = max(1, int(width) - 1)
    return per_line, ceil((slot.max_length or 0) / per_line) + 5
