"""The way from a workbook that is written to the books that it links to."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def relative_paths(paths: Mapping[str, Path], folder: Path) -> dict[str, str]:
    """Give by file name the way from a folder, with `/`; what lies on another drive is left out."""
    ways = {name: _relative(path, folder.absolute()) for name, path in paths.items()}
    return {name: way for name, way in ways.items() if way is not None}


def _relative(path: Path, folder: Path) -> str | None:
    """Give the way to a book from a folder; None from one drive of Windows to another."""
    try:
        return os.path.relpath(path.absolute(), folder).replace(os.sep, "/")
    except ValueError:
        return None
