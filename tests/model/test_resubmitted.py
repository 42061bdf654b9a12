"""What changed of the requests of a department: new, gone, renamed, another amount; never what only moved."""

from __future__ import annotations

from dataclasses import replace

from yosan_xl.model.history import ProjectState
from yosan_xl.model.resubmitted import ChangeKind, changes_between


def _state(number: int, title: str, asked: int | None) -> ProjectState:
    lines = ((f"{title}の経費", asked),)
    sources = (("general", asked or 0),)
    return ProjectState(f"0103-{number}", "0103", "", title, asked, sources, lines)


ONE, TWO = _state(1, "税務資料の電子化", 30_765), _state(2, "窓口の改修", 38_484)


def _told(*now: ProjectState) -> list[tuple[ChangeKind, str]]:
    return [(one.kind, one.shown.title) for one in changes_between((ONE, TWO), now)]


def test_changes__none_where_nothing_changed() -> None:
    assert _told(ONE, TWO) == []


def test_changes__sheets_that_changed_places_are_no_change() -> None:
    assert _told(replace(TWO, request="0103-1"), replace(ONE, request="0103-2")) == []


def test_changes__a_request_that_moved_to_another_sheet_with_another_amount_is_the_same() -> None:
    moved = replace(_state(3, TWO.title, 9), lines=(("ほかの経費", 9),))
    assert _told(ONE, moved) == [(ChangeKind.AMOUNT, TWO.title)]


def test_changes__an_amount_and_one_that_is_open_now() -> None:
    assert _told(replace(ONE, asked=31_000), replace(TWO, asked=None)) == [
        (ChangeKind.AMOUNT, ONE.title),
        (ChangeKind.AMOUNT, TWO.title),
    ]


def test_changes__a_new_one_and_one_that_is_gone() -> None:
    assert _told(ONE, _state(3, "相続の相談", 500)) == [
        (ChangeKind.NEW, "相続の相談"),
        (ChangeKind.GONE, TWO.title),
    ]


def test_changes__another_project_on_the_same_sheet_is_no_new_name() -> None:
    assert _told(ONE, _state(2, "防災無線", 7)) == [
        (ChangeKind.NEW, "防災無線"),
        (ChangeKind.GONE, TWO.title),
    ]


def test_changes__another_name_whatever_its_width_is() -> None:
    renamed = replace(ONE, title="税務資料の電子化の推進")
    assert _told(renamed, TWO) == [(ChangeKind.RENAMED, renamed.title)]
    assert _told(replace(ONE, title="税務資料の 電子化"), TWO) == []


def test_changes__other_sources_of_the_same_amount() -> None:
    (change,) = changes_between((ONE,), (replace(ONE, sources=(("national", 30_765),)),))
    assert (change.kind, change.old) == (ChangeKind.SOURCES, ONE)
