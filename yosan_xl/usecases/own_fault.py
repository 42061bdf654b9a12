"""Keep what happened when the program itself fails."""

from __future__ import annotations

from yosan_xl.store.log_file import write_log


def keep_traceback(text: str) -> str:
    """Write a traceback to a log file and give where it is, or the text where even that fails."""
    try:
        return str(write_log(text))
    except Exception:
        return text
