"""What a use case raises for wrong input (findings to print, exit code 2), and what a fault of our own leaves."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.store.faults import StoreError as WrongInput

if TYPE_CHECKING:
    from yosan_xl.form.definition import DefinitionError

__all__ = ["WrongInput", "broken_form", "keep_traceback", "of_the_disk"]


def of_the_disk(error: OSError) -> WrongInput:
    """Return the refusal that tells of a file or folder that the system would not let us look at.

    One that vanishes, or that we may not enter, can be met wherever a path is asked for anything.
    """
    from yosan_xl.store.snapshot import unreadable

    return unreadable(Path(os.fsdecode(error.filename)), error)


def broken_form(file: str, error: DefinitionError) -> WrongInput:
    """Return the refusal of a form definition in `file`: each of its faults at its line."""
    from yosan_xl.model.finding import Place
    from yosan_xl.usecases.codes import BROKEN_FORM

    found = [
        BROKEN_FORM.at(
            Place(f"{file}:{fault.line}" if fault.line else file),
            where=f"{fault.where}: " if fault.where else "",
            word=fault.word,
            problem=fault.problem.removesuffix("。"),
            remedy=fault.remedy,
        )
        for fault in error.faults
    ]
    return WrongInput(*found)


def keep_traceback(text: str) -> str:
    """Write a traceback to a log file, below the version, and return where it is, or the text where even that fails."""
    from yosan_xl import __version__
    from yosan_xl.store.write import write_log

    try:
        return str(write_log(f"yosan-xl {__version__}\n{text}"))
    except Exception:
        return text
