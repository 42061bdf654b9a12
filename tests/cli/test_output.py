"""Progress: on a terminal only, and only when it takes a while."""

from __future__ import annotations

import io
import itertools
import sys

import pytest

from yosan_xl.cli.output import progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def _shown(stream: io.StringIO, seconds: float, monkeypatch: pytest.MonkeyPatch) -> str:
    clock = itertools.count(0, seconds)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr("yosan_xl.cli.output.time.monotonic", lambda: next(clock))
    assert list(progress("作成中")(range(4))) == [0, 1, 2, 3]
    return stream.getvalue()


def test_progress__a_bar_on_a_terminal_reaches_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(Terminal(), 0.6, monkeypatch)
    assert [f"{percent}%" in shown for percent in (25, 50, 75, 100)] == [False, True, True, True]
    assert "作成中" in shown


def test_progress__quick_work_shows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(Terminal(), 0.1, monkeypatch) == ""


def test_progress__none_in_a_file_or_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _shown(io.StringIO(), 5, monkeypatch) == ""
