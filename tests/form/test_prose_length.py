"""Whether a text is cut: never fewer lines than it takes, and not many more (the formula: tests/office)."""

from __future__ import annotations

import random

import pytest

from tests.form.samples import plan
from tests.office.test_cut_texts import PARTS, longest, rooms_of, text_of
from yosan_xl.excel.wrapping import display_lines
from yosan_xl.form.plan import Room
from yosan_xl.form.prose_length import fitted, is_cut, room_content, room_of, row_lines

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
