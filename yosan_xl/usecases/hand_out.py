"""Books put into a folder without ever writing over somebody's work."""

from __future__ import annotations

from pathlib import Path

from yosan_xl.model.finding import Place
from yosan_xl.store.faults import shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import write_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput


def put(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a book; raise WrongInput where another one is there already, unless `force`."""
    if path.exists() and not force:
        if snapshot(path).data == data:
            return
        raise WrongInput(codes.ALREADY_THERE.at(Place(shown(path)), name=shown(path.name)))
    write_bytes(path, data)
