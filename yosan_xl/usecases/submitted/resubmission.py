"""出し直し: which of several books of one department counts, and whose a book is by its name.

A book replaces another one only where that is certain. Books are known by their stamp; how late one is
by the save time within it, never by the file's own, which copying destroys.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import PurePosixPath

from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import JAPAN, save_time, shown_time
from yosan_xl.model.matching import has_all_of, is_like
from yosan_xl.model.money import with_unit
from yosan_xl.model.request import Request
from yosan_xl.model.text import canonical
from yosan_xl.usecases.submitted import codes

_AHEAD = timedelta(days=31)
"""A clock may be wrong; a save time further in the future says nothing of which book is the later."""

_CONFLICT = re.compile("競合|conflict", re.IGNORECASE)
_MACHINE = re.compile(
    r"-(?!(?:[VR][0-9.]+|NEW|FINAL|LAST|FIX|COPY|REV[0-9]*|VER[0-9]*)$)[A-Z][A-Z0-9-]{2,}"
)
"""What OneDrive puts behind the name of a book that two machines wrote at the same time."""

_ADDRESSEE = re.compile(r"[^\W\d_]+?(?:課|室|局|部|係)(?:へ|宛|あて|御中|提出用)")
_NO_LETTERS = re.compile(r"[\W\d_]+")
_LEADING_CODE = re.compile(r"\W*([0-9A-Za-z]+)")


Requests = Mapping[str, Sequence[Request]]
"""The requests of each file."""


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file that was handed in: whose it is, when it was saved, which requests it holds.

    `department` is the code of its stamp (of its documents, in JSON), None where it is nobody's;
    `is_attachment` is true of what lies beside the books (見積書, pictures) and holds no request;
    `form` is the fingerprint of its stamp's form, None where the stamp is lost; `is_saved` tells whether
    a spreadsheet program wrote its save time, `answers` the SHA-256 of the books that it was returned for.
    `replaced_by` is the name of the file that stands for it, `named` the codes of other units that its own
    name names; `findings` are those of the file alone. `below` is where it lies below 提出, or below the folder that was
    given ("": as `name` says).
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
    form: str | None = None
    is_saved: bool = False
    answers: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    below: str = ""

    @property
    def place(self) -> PurePosixPath:
        """Return its path as far as folders say whose it is: those above 提出 are not about units."""
        return PurePosixPath(self.below or self.name)


def settled(
    files: Sequence[BookFile], requests: Requests, roster: Roster, now: datetime
) -> tuple[list[BookFile], list[Finding]]:
    """Return the files with what replaces them, and what is to be told of it and of their names."""
    misnamed = {file.name: units for file in files if (units := named_others(file, roster))}
    copies = _copies(files, misnamed)
    distinct = [file for file in files if file.is_read and file.name not in copies]
    books = _Books(requests, frozenset(misnamed), now)
    later = {old.name: new for unit in _by_unit(distinct) for old, new in books.successors(unit)}
    kept = _by_unit([file for file in distinct if file.name not in later])
    findings = [
        *(_misnamed(file, misnamed[file.name], roster) for file in files if file.name in misnamed),
        *(codes.SAME_BOOK.at(Place(name), other=other) for name, other in copies.items()),
        *(f for old in distinct if old.name in later for f in books.told(old, later[old.name])),
        *(finding for unit in kept for finding in books.parts(unit)),
    ]
    replaced = {**copies, **{old: new.name for old, new in later.items()}}
    return [
        replace(
            file,
            replaced_by=replaced.get(file.name),
            named=tuple(unit.code for unit in misnamed.get(file.name, ())),
        )
        for file in files
    ], findings


def named_others(file: BookFile, roster: Roster) -> tuple[Department, ...]:
    """Return the units that a book's name names where the book is not theirs, in the roster's order.

    A name that has the book's own unit as well may name others, but not begin with another's code,
    and not have only its own code beside another's name (税務課's 0302_納税課).
    Where the file's name names none, that of the nearest folder counts that names one.
    """
    if file.department is None or file.is_json:
        return ()
    path = PurePosixPath(unicodedata.normalize("NFKC", str(file.place)))
    texts = [path.stem, *(folder.name for folder in path.parents)]
    found = ((text, roster.named_in(_ADDRESSEE.sub("", text))) for text in texts)
    text, named = next(((text, units) for text, units in found if units), ("", frozenset()))
    own = roster.by_code(file.department)
    others = (named if own not in named else named & _put_first(text, own, roster)) - {own}
    return tuple(unit for unit in roster if unit in others)


def _put_first(text: str, own: Department | None, roster: Roster) -> set[Department]:
    """Return the units that a name names before all: by its first code, or by name where `own` is not."""
    leading = _LEADING_CODE.match(text)
    first = roster.by_code(leading[1]) if leading else None
    found = {first} if first else set()
    if own and canonical(own.section or own.bureau) not in canonical(text):
        alike = map(roster.find, _NO_LETTERS.split(text))
        found |= {units[0] for units in alike if len(units) == 1}
    return found


def _misnamed(file: BookFile, others: Sequence[Department], roster: Roster) -> Finding:
    own = roster.by_code(file.department)
    return codes.MISNAMED.at(
        Place(file.name),
        named="、".join(f"{unit.code} {unit.name}" for unit in others),
        own=f"{own.code} {own.name}" if own else file.department,
    )


def _copies(files: Sequence[BookFile], misnamed: Mapping[str, object]) -> dict[str, str]:
    """Return the files whose bytes another one has as well, with that one's name.

    The one with the shortest name counts (a copy is called `… - コピー`), before it one whose name is its
    own unit's.
    """
    first: dict[str, str] = {}
    read = [file for file in files if file.is_read]
    for file in sorted(read, key=lambda one: (one.name in misnamed, len(one.name), one.name)):
        first.setdefault(file.sha256, file.name)
    return {
        file.name: first[file.sha256]
        for file in files
        if file.is_read and first[file.sha256] != file.name
    }


def _by_unit(files: Sequence[BookFile]) -> list[list[BookFile]]:
    """Return the books (not the JSON, which says nothing of when) of each department."""
    units: dict[str, list[BookFile]] = {}
    for file in files:
        if file.department is not None and not file.is_json:
            units.setdefault(file.department, []).append(file)
    return list(units.values())


@dataclass(frozen=True, slots=True)
class _Books:
    """Compares the books of one unit."""

    requests: Requests
    misnamed: frozenset[str]
    now: datetime

    def successors(self, unit: Sequence[BookFile]) -> Iterator[tuple[BookFile, BookFile]]:
        """Yield each replaced book with the latest that certainly replaces it.

        What was answered is out first: no save time brings it back.
        """
        answered = {old.name: new for old in unit for new in unit if self._is_answered(old, new)}
        rest = [file for file in unit if file.name not in answered]
        yield from ((old, answered[old.name]) for old in unit if old.name in answered)
        for old in rest:
            later = [new for new in rest if self._is_replaced(old, new)]
            if later:
                yield old, max(later, key=self._saved)

    def told(self, old: BookFile, new: BookFile) -> Iterator[Finding]:
        """Yield that a book replaced another one, and which request went with it."""
        times = {"old": shown_time(old.modified), "new": shown_time(new.modified)}
        code = codes.ANSWERED if self._is_answered(old, new) else codes.REPLACED
        yield code.at(Place(old.name), newer=new.name, **times)
        if set(old.requests) - set(new.requests):
            lost = self._listed(old, new)
            yield codes.GONE_IN_ANSWER.at(Place(new.name), older=old.name, lost=lost)

    def parts(self, unit: Sequence[BookFile]) -> Iterator[Finding]:
        """Yield the books of which each has requests that the other lacks: they are added up.

        Where only the earlier one has more, they may have been withdrawn; not so where the later one
        is a sheet alone, without the stamp.
        """
        for one, two in combinations(unit, 2):
            here, there = self._listed(two, one), self._listed(one, two)
            if here and there:
                yield codes.TWO_BOOKS.at(Place(two.name), other=one.name, here=here, there=there)
            elif here or there:
                old, new = (two, one) if here else (one, two)
                if new.form and self._is_later(old, new):
                    yield codes.FEWER_LATER.at(Place(new.name), older=old.name, lost=here or there)

    def _is_answered(self, old: BookFile, new: BookFile) -> bool:
        return old.sha256 in new.answers and new.name not in self.misnamed

    def _is_replaced(self, old: BookFile, new: BookFile) -> bool:
        """Return whether all is certain: the stamp, the times, the names, and what stands in them."""
        if old.form is None or old.form != new.form or new.name in self.misnamed:
            return False
        if not self._is_later(old, new) or _is_conflict(old.name, new.name):
            return False
        before, after = self._by_id(old), self._by_id(new)
        alike = all(key in after and is_like(one, after[key]) for key, one in before.items())
        return alike and "" not in before and has_all_of(before, after)

    def _is_later(self, old: BookFile, new: BookFile) -> bool:
        is_known = self._is_evident(old) and self._is_evident(new)
        return is_known and self._saved(old) < self._saved(new)

    def _is_evident(self, file: BookFile) -> bool:
        moment = save_time(file.modified)
        return file.is_saved and moment is not None and moment <= self.now + _AHEAD

    def _saved(self, file: BookFile) -> datetime:
        return save_time(file.modified) or datetime.min.replace(tzinfo=JAPAN)

    def _by_id(self, file: BookFile) -> dict[str, Request]:
        return {request.id or "": request for request in self.requests.get(file.name, ())}

    def _listed(self, file: BookFile, other: BookFile) -> str:
        """Return the requests that `file` alone has: id, title, amount."""
        own = self._by_id(file)
        return "、".join(_shown(own[key], key) for key in own if key not in other.requests)


def _shown(request: Request, key: str) -> str:
    title = request.title or f"{request.axes.word('title')}なし"
    return f"{key}「{title}」{with_unit(request.requested, request.axes.unit)}"


def _is_conflict(one: str, two: str) -> bool:
    """Return whether one name is what a sync program calls the copy of a book that two people changed."""
    stems = sorted((canonical(PurePosixPath(name).stem) for name in (one, two)), key=len)
    rest = stems[1].removeprefix(stems[0]) if stems[1].startswith(stems[0]) else ""
    return bool(_MACHINE.fullmatch(rest)) or any(map(_CONFLICT.search, stems))
