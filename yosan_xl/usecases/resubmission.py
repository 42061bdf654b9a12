"""出し直し: which of several books of one department counts.

Books are known by their stamp, never by their name; how late one is by the save time within it,
never by the file's own, which copying destroys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.save_time import save_time, shown_time
from yosan_xl.usecases import codes


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file that was handed in: whose it is, when it was saved, which requests it holds.

    `department` is the code of its stamp (of its documents, in JSON), None where it is nobody's;
    `is_attachment` is true of what lies beside the books (見積書, pictures) and holds no request;
    `replaced_by` the name of the file that stands for it; `findings` are those of the file alone.
    """

    name: str
    sha256: str = ""
    department: str | None = None
    modified: str | None = None
    requests: tuple[str, ...] = ()
    untouched: int = 0
    findings: tuple[Finding, ...] = ()
    replaced_by: str | None = None
    is_read: bool = False
    is_json: bool = False
    is_attachment: bool = False


Replaced = Mapping[str, str]
"""File → the file that stands for it."""


def settled(files: Sequence[BookFile]) -> tuple[Replaced, list[Finding]]:
    """Give which files are replaced by which, and what is to be told of it."""
    copies = _copies(files)
    distinct = [file for file in files if file.is_read and file.name not in copies]
    units = _by_unit(distinct)
    later = {old.name: new for unit in units for old in unit if (new := _successor(old, unit))}
    kept = [[file for file in unit if file.name not in later] for unit in units]
    findings = [
        *(codes.SAME_BOOK.at(Place(name), other=other) for name, other in copies.items()),
        *(_told(old, later[old.name]) for old in distinct if old.name in later),
        *(finding for unit in kept for finding in _apart(unit)),
    ]
    return {**copies, **{old: new.name for old, new in later.items()}}, findings


def leave(file: BookFile, replaced: Replaced) -> BookFile:
    """Give the file with what stands for it, if anything does."""
    return replace(file, replaced_by=replaced.get(file.name))


def _copies(files: Sequence[BookFile]) -> dict[str, str]:
    """Give the files whose bytes an earlier one (by name) has as well, with that one's name."""
    first: dict[str, str] = {}
    read = [file for file in files if file.is_read]
    for file in read:
        first.setdefault(file.sha256, file.name)
    return {file.name: first[file.sha256] for file in read if first[file.sha256] != file.name}


def _by_unit(files: Sequence[BookFile]) -> list[list[BookFile]]:
    """Give the books (not the JSON, which says nothing of when) of each department."""
    units: dict[str, list[BookFile]] = {}
    for file in files:
        if file.department is not None and not file.is_json:
            units.setdefault(file.department, []).append(file)
    return list(units.values())


def _successor(old: BookFile, unit: Sequence[BookFile]) -> BookFile | None:
    """Give the latest book of the unit that certainly replaces `old`."""
    moment = save_time(old.modified)
    certain: list[tuple[datetime, BookFile]] = []
    for file in unit:
        saved = save_time(file.modified)
        if moment and saved and saved > moment and set(old.requests) <= set(file.requests):
            certain.append((saved, file))
    return max(certain, key=lambda one: one[0])[1] if certain else None


def _apart(unit: Sequence[BookFile]) -> Iterator[Finding]:
    """Tell of two books of a department that have no request in common.

    Where they have one, it is told at the request (YX502).
    """
    for one, two in combinations((file for file in unit if file.requests), 2):
        if not {*one.requests} & {*two.requests}:
            yield codes.TWO_BOOKS.at(Place(two.name), other=one.name)


def _told(old: BookFile, new: BookFile) -> Finding:
    return codes.REPLACED.at(
        Place(old.name),
        newer=new.name,
        old=shown_time(old.modified),
        new=shown_time(new.modified),
    )
