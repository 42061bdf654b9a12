"""Whether a text is cut: never fewer lines than it takes, and not many more (the formula: tests/office)."""

from __future__ import annotations

import random
import re

import pytest

from tests.form.samples import plan
from tests.office.test_cut_texts import PARTS, longest, rooms_of, text_of
from yosan_xl.excel.wrapping import display_lines
from yosan_xl.form.plan import Room
from yosan_xl.form.prose_length import (
    first_cut,
    fitted,
    is_cut,
    is_long,
    length,
    long_formula,
    room_content,
    room_of,
    row_lines,
)

PROSE, LABELS = plan().by_name()["yx_background"], plan().by_name()["yx_lines1_label"]
MARGINS = 0.6
"""Em that a cell leaves free (excel/wrapping.py)."""


@pytest.mark.parametrize("kind", [kind for kind in PARTS if kind != "英数字"])
@pytest.mark.parametrize("lines", [2, 5, 9, 12])
def test_text_without_a_warning__has_no_more_lines_than_excel_sets(kind: str, lines: int) -> None:
    for seed in range(6):
        chance = random.Random(seed)
        room = Room(chance.randint(20, 52), lines)
        text = longest(plan(), PROSE, 0, text_of(kind, chance, 450), {PROSE.name: room})
        assert display_lines(text, room.per_line + 1 + MARGINS) <= lines


@pytest.mark.parametrize("lines", [1, 2, 5, 9, 12])
def test_plain_japanese__is_warned_of_within_a_line_of_the_truth(lines: int) -> None:
    room = Room(30, lines)
    for kind in ("漢字", "句読点", "かな"):
        text = text_of(kind, random.Random(lines), 30 * lines + 30)
        own = longest(plan(), PROSE, 0, text, {PROSE.name: room})
        assert len(own) >= 30 * lines - 1


def test_line_breaks__each_count_what_their_line_takes() -> None:
    room = Room(52, 3)
    assert not is_cut(PROSE, "4月　契約\n5月　開始\n6月　説明会", room)
    assert is_cut(PROSE, "4月　契約\n5月　開始\n6月　説明会\n", room)
    assert not is_cut(PROSE, f"{'国' * 52}\n\n{'国' * 52}", room)
    assert is_cut(PROSE, f"{'国' * 53}\n\n{'国' * 52}", room)


def test_long_words__count_the_room_that_they_leave() -> None:
    word = "abcdefghijklmnopqrstuvwx" * 2
    assert is_cut(PROSE, "国".join([word] * 3), Room(30, 5))
    assert not is_cut(PROSE, "国" * 149, Room(30, 5))


def test_room__is_read_as_it_is_written() -> None:
    for slot, room in ((PROSE, Room(36, 9)), (LABELS, Room(41, 1, (1, 1, 2, 1, 1, 3, 1, 1)))):
        assert room_of(str(room_content(slot, room)), slot) == room
    assert room_of("", PROSE) is room_of("とても広い", LABELS) is None


def test_room__holds_what_stands_there_and_no_more_than_its_cell_can_say() -> None:
    long = "国" * 120
    assert fitted(LABELS, Room(41, 1, (1,) * 8), [None, long, *[None] * 6]).rows[1] == row_lines(
        long, 41
    )
    assert fitted(PROSE, Room(120, 60), [None]) == Room(99, 39)


def test_every_text_of_a_blank__has_a_room() -> None:
    assert rooms_of(plan()).keys() == {counter.slot for counter in plan().counters}


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", 1),
        ("国", 1),
        ("国" * 10, 1),
        ("国" * 11, 2),
        ("国" * 20, 2),
        ("国" * 21, 3),
        ("国\n国", 2),
        ("a" * 10, 1),
        ("a" * 11, 3),  # 5.5 em more
        ("（" * 11, 3),
        ("m" * 11, 3),
        ("ア" * 11, 2),
        ("国" * 11 + "a" * 9, 2),  # 4.5 em are no line
        ("国" * 10 + "a" * 10, 3),  # 5 em are one
        ("國" * 10 + "m" * 5, 3),
        ("國" * 10 + "m" * 4, 2),
        ("𠮟" * 5, 1),
        ("𠮟" * 6, 2),
    ],
)
def test_row_lines__of_ten_characters(text: str, lines: int) -> None:
    assert row_lines(text, 10) == lines
    assert first_cut([text], Room(10, 1, (lines,))) == 0
    assert first_cut(["", text], Room(10, 1, (1, lines - 1))) == 2


@pytest.mark.parametrize(("lines", "cut"), [(3, False), (2, True)])
def test_is_cut__beyond_the_lines_of_its_room(lines: int, *, cut: bool) -> None:
    assert is_cut(PROSE, "国" * 30, Room(10, lines)) is cut
    assert is_cut(PROSE, "国\n国\n国", Room(10, lines)) is cut


def test_is_cut__beyond_39_lines_whatever_the_room() -> None:
    assert not is_cut(PROSE, "\n" * 38, Room(10, 99))
    assert is_cut(PROSE, "\n" * 39, Room(10, 99))


def test_first_cut__is_counted_from_one() -> None:
    room = Room(10, 1, (1, 2, 1))
    assert first_cut(["国" * 10, "国" * 20, "国" * 10], room) == 0
    assert [first_cut(texts, room) for texts in (["国" * 11], ["国", "国" * 21])] == [1, 2]
    assert first_cut(["国", "国", "国", "国" * 99], room) == 0, "what has no row is not looked at"


def test_room__fits_the_texts_that_stand_there() -> None:
    assert fitted(LABELS, Room(10, 1, (1, 2)), ["国" * 11]) == Room(10, 2, (2, 2))
    assert fitted(LABELS, Room(10, 1, (1, 2)), ["国", None]) == Room(10, 1, (1, 2))
    assert fitted(LABELS, Room(10, 1, (1,)), ["国" * 200]) == Room(10, 9, (9,))
    assert fitted(PROSE, Room(10, 2), ["国" * 20]) == Room(10, 2)
    assert fitted(PROSE, Room(10, 2), ["国" * 21]) == Room(10, 3)
    assert fitted(PROSE, Room(10, 2), ["国\n国\n国\n国"]) == Room(10, 4)
    assert fitted(PROSE, Room(10, 2), ["a" * 20]) == Room(10, 3)
    assert (room_content(PROSE, Room(36, 9)), room_content(LABELS, Room(7, 1, (1, 2)))) == (
        936,
        "1行07字、行ごとの行数12",
    )
    assert room_of("936", PROSE) == Room(36, 9)
    assert room_of("1行07字、行ごとの行数21", LABELS) == Room(7, 1, (2, 1))


def test_is_long__beyond_its_characters_or_the_lines_that_they_fill() -> None:
    form = plan()
    slot = form.by_name()["yx_background"]
    assert not is_long(slot, "国" * 450, form)
    assert is_long(slot, "国" * 451, form)
    per_line, lines = (int(one) for one in _figures(long_formula(slot, form)))
    assert lines == -(-450 // per_line) + 5
    width = sum(form.widths[slot.area.left : slot.area.right + 1])
    assert per_line == int(width) - 1
    assert lines <= per_line
    assert not is_long(slot, "\n" * (lines - 1), form)
    assert is_long(slot, "\n" * lines, form)
    room = per_line - (lines - 1)
    assert not is_long(slot, "国" * room + "\n" * (lines - 1), form)
    assert is_long(slot, "国" * (room + 1) + "\n" * (lines - 1), form)
    assert not is_long(slot, None, form)


def _figures(formula: str) -> tuple[str, str]:
    found = re.search(r"/([0-9]+),0\).*>([0-9]+)\)", formula)
    assert found
    return found[1], found[2]


def test_length__is_that_of_a_sheet_s_len() -> None:
    assert [length(one) for one in ("", "国", "𠮟", "a\n")] == [0, 1, 2, 2]
