"""Books put into a folder without ever writing over somebody's work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from yosan_xl.model.finding import Finding, Place
from yosan_xl.store.faults import shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import Output, refuse_over, write_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput


def put(path: Path, data: bytes, output: Output, *, force: bool = False) -> None:
    """Write a book; raise WrongInput where another one is there already, unless `force`."""
    put_all({path: data}, output, force=force)


def put_all(books: Mapping[Path, bytes], output: Output, *, force: bool = False) -> None:
    """Write books; raise WrongInput before the first one for all that stand in the way.

    With `force` what is there is replaced, as far as `output` may.
    """
    there = {path: path.exists() and not force for path in books}
    if others := [path for path in books if there[path] and snapshot(path).data != books[path]]:
        raise WrongInput(*map(_already_there, others))
    for path in books:
        if not there[path]:
            refuse_over(path, output)
    for path, data in books.items():
        if not there[path]:
            write_bytes(path, data, output)


def _already_there(path: Path) -> Finding:
    return codes.ALREADY_THERE.at(Place(shown(path)), name=shown(path.name))
