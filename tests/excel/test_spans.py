"""Rows keep every span and fill the room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yosan_xl.excel.spans import Spans, fits, heights, union


@st.composite
def _spans(draw: st.DrawFn) -> Spans:
    rows = draw(st.integers(1, 12))
    single = {(row, row + 1): draw(st.integers(1, 40)) for row in range(rows)}
    edges = st.tuples(st.integers(0, rows - 1), st.integers(1, rows)).filter(lambda e: e[0] < e[1])
    return union(single, draw(st.dictionaries(edges, st.integers(1, 300), max_size=12)))


def _least(spans: Spans) -> int:
    return next(room for room in range(5_000) if fits(spans, room))


def test_fits__two_halves_beside_each_other_need_their_longest_path() -> None:
    spans = {(0, 1): 10, (1, 2): 10, (2, 3): 10, (0, 2): 50, (1, 3): 30}
    assert fits(spans, 60)
    assert not fits(spans, 59)


@given(_spans(), st.integers(0, 200), st.integers(0, 3))
def test_heights__keep_every_span_and_fill_the_room(spans: Spans, more: int, fixed: int) -> None:
    room = _least(spans) + more
    found = heights(spans, room, min(fixed, max(bottom for _, bottom in spans) - 1))
    assert sum(found) == room
    assert {rows: sum(found[slice(*rows)]) >= height for rows, height in spans.items()} == (
        dict.fromkeys(spans, True)
    )


def test_heights__are_even_where_nothing_asks_for_more() -> None:
    spans = {(row, row + 1): 16 for row in range(5)}
    assert heights(spans, 128, fixed=1) == [16, 28, 28, 28, 28]


def test_heights__a_tall_span_takes_from_all_other_rows() -> None:
    spans = {(row, row + 1): 10 for row in range(6)} | {(0, 2): 100}
    assert heights(spans, 160, fixed=0) == [50, 50, 15, 15, 15, 15]
