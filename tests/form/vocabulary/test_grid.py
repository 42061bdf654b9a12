"""How cells share a width, and the columns that the edges of all bands make."""

from __future__ import annotations

import pytest

from yosan_xl.form.vocabulary.grid import Edges, Fit, em, least, share_out


@pytest.mark.parametrize(
    ("fits", "room", "widths"),
    [
        ([Fit(4, 2), Fit(6, 3)], 10, [4, 6]),
        ([Fit(4, 2), Fit(6, 3)], 20, [8, 12]),
        ([Fit(4, 2), Fit(6, 3, grows=True)], 10, [4, 6]),
        ([Fit(4, 2), Fit(6, 3, grows=True)], 7, [4, 3]),  # just enough
        ([Fit(4, 2), Fit(6, 3, grows=True)], 5, [2, 3]),  # not enough: all in proportion
        ([Fit(4, 1, grows=True), Fit(8, 2, grows=True)], 15, [5, 10]),
        ([Fit(0, 0, grows=True), Fit(5, 5)], 10, [0, 10]),
    ],
)
def test_share_out__what_grows_takes_the_rest(
    fits: list[Fit], room: float, widths: list[float]
) -> None:
    assert share_out(fits, room) == pytest.approx(widths)


def test_least__is_that_of_what_grows_and_the_width_of_what_does_not() -> None:
    assert least([Fit(4, 2), Fit(6, 3, grows=True)]) == 7
    assert least([]) == 0


def test_em__is_one_for_a_wide_character() -> None:
    assert [em(one) for one in ("国", "a", "国a", "")] == [1.0, 0.55, 1.55, 0]


def edges(*found: float, width: float = 20) -> Edges:
    own = Edges()
    for edge in found:
        assert own.span(edge, width) == ""
    own.close(width)
    return own


def test_edges__near_one_another_are_one() -> None:
    assert edges(5, 5.69).widths() == {"c1": 5.0, "c2": 15.0}
    assert edges(5, 5.7).widths() == {"c1": 5.0, "c2": 0.7, "c3": 14.3}
    assert edges(0.69, 19.31).widths() == {"c1": 20.0}
    assert edges(0.7, 19.25).widths() == {"c1": 0.7, "c2": 18.55, "c3": 0.75}


@pytest.mark.parametrize(
    ("left", "right", "columns"),
    [
        (0, 5, "c1"),
        (5, 10, "c2"),
        (0, 20, "c1:c3"),
        (5, 20, "c2:c3"),
        (5.3, 9.8, "c2"),
        (10, 10.2, "c3"),
    ],
)
def test_span__is_from_the_nearest_edge_to_the_nearest(
    left: float, right: float, columns: str
) -> None:
    assert edges(5, 10).span(left, right) == columns
