"""What a use case raises for wrong input (findings to print, exit code 2), and what a fault of our own leaves."""

from __future__ import annotations

import os
from pathlib import Path

from yosan_xl.store.faults import StoreError as WrongInput

__all__ = ["WrongInput", "keep_traceback", "of_the_disk"]


def of_the_disk(error: OSError) -> WrongInput:
    """Return the refusal that tells of a file or folder that the system would not let us look at.

    One that vanishes, or that we may not enter, can be met wherever a path is asked for anything.
    """
    from yosan_xl.store.snapshot import unreadable

    return unreadable(Path(os.fsdecode(error.filename)), error)


def keep_traceback(text: str) -> str:
    """Write a traceback to a log file and return where it is, or the text where even that fails."""
    from yosan_xl.store.write import write_log

    try:
        return str(write_log(text))
    except Exception:
        return text
