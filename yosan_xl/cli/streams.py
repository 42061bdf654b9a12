"""stdout and stderr as they must be before anything is printed: there, and never failing for a character that they lack."""

from __future__ import annotations

import codecs
import io
import os
import sys

_READABLE = "yosan-xl"


def make_printable() -> None:
    """Send what is printed nowhere where the caller closed a stream (`>&-`), and let each show every text.

    A console's encoding may lack a character (cp932 has no 𠮷): its look-alike or its number is shown then.
    """
    codecs.register_error(_READABLE, _readable)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_READABLE)


def _readable(error: UnicodeError) -> tuple[str | bytes, int]:
    from yosan_xl.report.printable import encodable  # most of what is printed needs none

    if not isinstance(error, UnicodeEncodeError):
        raise error
    return encodable(error.object[error.start : error.end], error.encoding), error.end
