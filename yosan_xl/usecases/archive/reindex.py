"""`archive reindex`: the index made anew from the files."""

from __future__ import annotations

from pathlib import Path

from yosan_xl.store.archive.lock import locked
from yosan_xl.store.archive.shelf import INDEX_NAME
from yosan_xl.store.files import Files
from yosan_xl.store.write import write_failed
from yosan_xl.usecases.archive.index_file import write_index
from yosan_xl.usecases.archive.place import open_shelf
from yosan_xl.usecases.errors import WrongInput


def reindex(root: Path, files: Files | None = None) -> Path:
    """Write 索引.sqlite whether or not there is one, and give where it is; raise WrongInput."""
    shelf = open_shelf(root)
    if shelf.broken:
        raise WrongInput(*shelf.broken)
    index = root / INDEX_NAME
    with locked(root):
        try:
            write_index(open_shelf(root), files or Files())
        except OSError as error:
            raise write_failed(index, error) from error
    return index
