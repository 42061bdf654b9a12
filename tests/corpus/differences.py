"""Where we and openpyxl read a book of the corpus differently, and why we are right."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.corpus.corpus import ENTRIES
from tests.corpus.expect import Accepted, Entry

_SAME = "a text that begins with = is a text (t says so), and no formula"

DIFFERENT: Mapping[str, str] = {
    "spelled-flat-strict": "Strict is the standard's own namespace (ISO/IEC 29500-1); openpyxl finds no sheet",
    "spelled-flat-moved-parts": "a target is a URI: %20 is a blank (RFC 3986); openpyxl drops the sheets",
    "spelled-flat-rows-reversed": "a cell of a shared formula may stand before the one that has its text; openpyxl then reads none",
    "amounts-no-amount-16": _SAME,
    "form-title-formula": _SAME,
    "cells-data-table": "a what-if table has no formula text, but is no typed value; openpyxl says neither",
    "cells-kind-date": "an ISO 8601 date is kept as it stands; the form has no cell for a date",
}
"""The differences by entry: the cells differ there, and nowhere else."""

UNOPENED: Mapping[str, str] = {
    "spelled-flat-upper-case": "names of parts are alike in any case (ISO/IEC 29500-2, 6.2.2.3)",
    "cells-dollars": "$I$6 is I6",
    "cells-extension": "an extension of a cell is passed over",
    "cells-style-gone": "a format that is not there is the default one: locked, a number",
    "cells-styles-none": "a format that is not there is the default one: locked, a number",
    "cells-merge-everything": "a merged area costs nothing until it is asked for; openpyxl makes every cell of it",
    "cells-note": "a comment needs no author",
    "cells-note-long": "a comment needs no author",
    "xml-sheet-kind-chart": "a part that is said to be a chart is passed over, and its loss is told",
    "false-names-type-unknown": "the relationships say which part is the workbook",
    "false-names-type-none": "the relationships say which part is the workbook",
}
"""Books that we read and openpyxl does not, with what lets us."""


def comparable() -> list[Entry]:
    """Give the entries that are read as .xlsx, heavy ones and another spelling of the same left out."""
    return [
        entry
        for entry in ENTRIES
        if isinstance(entry.expect, Accepted)
        and not entry.name.startswith(("false-names-ods", "formats", "packages-bomb"))
        and not entry.name.startswith(("spelled-parts", "spelled-three"))
        and not entry.heavy
    ]


def compare(entries: Iterable[Entry], folder: Path) -> dict[str, Any]:
    """Give by name what the second reader answers, each book in a process with limits."""
    for entry in entries:
        (folder / f"{entry.name}.xlsx").write_bytes(entry.build())
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus.second_reader", str(folder)],
        capture_output=True,
        check=True,
        timeout=1_200,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {answer["name"]: answer for answer in answers}


def unexplained(answers: Mapping[str, Any]) -> list[str]:
    """Tell of every difference that is not listed, and of what is listed and is none."""
    told = []
    for name, answer in answers.items():
        if ("unopened" in answer) != (name in UNOPENED):
            told.append(f"{name}: {answer}")
        if bool(answer.get("differences")) != (name in DIFFERENT):
            told.append(f"{name}: {answer}")
    return told
