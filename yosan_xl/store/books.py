"""Find the books to read: what staff handed in, without what Excel and the system leave behind."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from yosan_xl.model.finding import Finding
from yosan_xl.store.faults import FORBIDDEN, SKIPPED, PathError
from yosan_xl.store.snapshot import kind_of, unreadable
from yosan_xl.store.temporary import PREFIX

Books = tuple[tuple[Path, ...], tuple[Path, ...]]
"""The books, and what was left out; `left_out_findings` tells which of these matter."""

_LEFTOVERS = (
    "~$*",
    ".~lock*",
    "._*",
    ".ds_store",
    "thumbs.db",
    "desktop.ini",
    f"{PREFIX}*.tmp",
)
_LEFTOVER = re.compile("|".join(map(fnmatch.translate, _LEFTOVERS)))


def submitted_books(folder: Path) -> Books:
    """Give the regular files below `folder` in the order of their composed names, and the rest.

    No link is followed: its target may change, and would count twice. Raises Unreadable where
    `folder` itself cannot be listed.
    """
    books: list[Path] = []
    ignored: list[Path] = []
    try:
        _walk(folder, books, ignored)
    except OSError as error:
        raise unreadable(folder, error) from error
    return _in_order(books, folder), _in_order(ignored, folder)


def expand_paths(paths: Iterable[Path]) -> Books:
    """Give the books meant by files and folders, each once; a missing file stays, to be refused.

    Raises Unreadable where a folder cannot be listed.
    """
    books: dict[tuple[str, ...], Path] = {}
    ignored: dict[tuple[str, ...], Path] = {}
    for path in paths:
        if _is_folder(path):
            found, left_out = submitted_books(path)
        else:
            found, left_out = ((), (path,)) if is_leftover(path.name) else ((path,), ())
        # Below a folder no link is followed, so that it alone has to be resolved.
        above, same = len(path.parts), _same(path).parts
        for known, more in ((books, found), (ignored, left_out)):
            for one in more:
                known.setdefault((*same, *one.parts[above:]), one)
    return tuple(books.values()), tuple(ignored.values())


def left_out_findings(ignored: Iterable[Path]) -> tuple[Finding, ...]:
    """Tell of what was left out though it is no leftover: links, pipes, closed folders."""
    return tuple(_left_out(path) for path in ignored if not is_leftover(path.name))


def is_leftover(name: str) -> bool:
    """Tell whether a file of this name comes from Excel, LibreOffice, the system or ourselves."""
    return _LEFTOVER.fullmatch(name.casefold()) is not None


def _walk(folder: Path, books: list[Path], ignored: list[Path]) -> None:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = folder / entry.name
            if is_leftover(entry.name):
                ignored.append(path)
            elif entry.is_dir(follow_symlinks=False) and not _is_junction(path):
                _walk_below(path, books, ignored)
            elif entry.is_file(follow_symlinks=False):
                books.append(path)
            else:
                ignored.append(path)


def _walk_below(folder: Path, books: list[Path], ignored: list[Path]) -> None:
    try:
        _walk(folder, books, ignored)
    except OSError:
        ignored.append(folder)


def _in_order(paths: list[Path], folder: Path) -> tuple[Path, ...]:
    # A Mac hands in decomposed names: か + ゛ must stand where が does.
    above = len(folder.parts)

    def key(path: Path) -> tuple[tuple[str, ...], str]:
        parts = path.parts[above:]
        return tuple(unicodedata.normalize("NFC", part) for part in parts), str(path)

    return tuple(sorted(paths, key=key))


def _left_out(path: Path) -> Finding:
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        return unreadable(path, error).finding()
    if stat.S_ISDIR(mode) and not _is_junction(path):
        return PathError(FORBIDDEN, path).finding()
    kind = "リンク" if stat.S_ISDIR(mode) else kind_of(mode)
    return PathError(SKIPPED, path, kind=kind).finding()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_junction(path: Path) -> bool:
    # Python 3.12 can tell; a link to a folder on Windows that is_dir takes for the folder.
    return bool(getattr(os.path, "isjunction", lambda _: False)(path))


def _same(path: Path) -> Path:
    """Give what two names of one file have in common."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()
