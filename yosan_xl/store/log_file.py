"""Where the traceback of a fault of our own goes: a file to send, not text on the screen."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from yosan_xl.store.places import FilePlace
from yosan_xl.store.write import write_bytes


def write_log(text: str, path: Path | None = None) -> Path:
    """Write `text` to `path`, or to a new file in the temporary folder; give where it is.

    Raises WriteFailed or OSError where even that cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    if path is not None:
        write_bytes(path, data)
        return path
    handle, place = _new_log()
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    return place


def _new_log() -> tuple[int, Path]:
    # Never an existing file: in a shared temporary folder that could be someone else's link.
    place = FilePlace.LOG.below(Path(tempfile.gettempdir()), process=os.getpid())
    try:
        return os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), place
    except FileExistsError:
        handle, name = tempfile.mkstemp(prefix=f"yosan-xl-{os.getpid()}-", suffix=".log")
        return handle, Path(name)
