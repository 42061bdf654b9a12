"""The program as finance runs it: commands in a year folder, each a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.usecases.year import ROOT


@dataclass(frozen=True, slots=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    text: str


def yosan(
    year: Path, *words: str, ends: tuple[int, ...] = (0, 1), finds_office: bool = True
) -> Said:
    """Run a command in a year folder, with or without LibreOffice to be found; raise AssertionError where it ends otherwise."""
    program = [sys.executable, "-m", "yosan_xl", *words]
    env = os.environ | {"PYTHONPATH": str(ROOT)} | ({} if finds_office else {"PATH": ""})
    done = subprocess.run(program, cwd=year, env=env, capture_output=True, check=False)
    text = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode in ends, f"{words} ended with {done.returncode}:\n{text}"
    assert "Traceback" not in text, text
    return Said(done.returncode, text)
