"""The program as finance runs it: commands in a year folder, in this process.

That a command is a process of its own is for tests/cli/test_main.py to see.
"""

from __future__ import annotations

import contextlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from yosan_xl.cli.main import run


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    text: str


def yosan(
    year: Path, *words: str, ends: tuple[int, ...] = (0, 1), finds_office: bool = True
) -> Said:
    """Run a command in a year folder, with or without LibreOffice to be found; raise AssertionError where it ends otherwise."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with (
        contextlib.chdir(year),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        mock.patch.dict(os.environ, {} if finds_office else {"PATH": ""}),
    ):
        try:
            run(list(words))
        except SystemExit as stop:
            code = int(stop.code or 0)
    out.seek(0)
    text = out.read()
    assert code in ends, f"{words} ended with {code}:\n{text}"
    assert "Traceback" not in text, text
    return Said(code, text)
