"""Which sheet of a book is which of the summary that it was: by the hidden names of sheets, whatever they are called now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yosan_xl.excel.ooxml.book import Name
from yosan_xl.excel.summary.stamp import KEY, SHEET, SummaryStamp, is_number


@dataclass(frozen=True, slots=True)
class FoundSheets:
    """The sheets of a book: of those that were written their names now, the copies of them, and what else there is.

    `copies` have by their own names what they are copies of; `gone` were written and are not there.
    """

    names: Mapping[str, str]
    copies: Mapping[str, str]
    strange: tuple[str, ...]
    gone: tuple[str, ...]

    @classmethod
    def of(cls, stamp: SummaryStamp, there: Iterable[str], keys: Mapping[str, str]) -> FoundSheets:
        """Find the sheets among those that are `there`; `keys` says what some of them were written as."""
        every = [name for name in there if name.casefold() != SHEET]
        written = {one.casefold(): one for one in stamp.sizes}
        names: dict[str, str] = {}
        for name in every:  # who has kept the name is no copy
            own = written.get(name.casefold())
            if own is not None and keys.get(name, own) == own:
                names[own] = name
        for name in every:
            if name in keys:
                names.setdefault(keys[name], name)
        taken = set(names.values())
        copies = {name: keys[name] for name in every if name in keys and name not in taken}
        return cls(
            names=names,
            copies=copies,
            strange=tuple(name for name in every if name not in taken and name not in copies),
            gone=tuple(one for one in stamp.sizes if one not in names),
        )

    @property
    def renamed(self) -> dict[str, str]:
        """The sheets that have another name than they were written with."""
        return {
            written: name
            for written, name in self.names.items()
            if written.casefold() != name.casefold()
        }


def keys_of(stamp: SummaryStamp, names: Iterable[Name]) -> Mapping[str, str]:
    """Return by the names of sheets what they were written as, as their hidden names say."""
    found: dict[str, str] = {}
    for one in names:
        number = one.name.casefold().removeprefix(KEY)
        if one.sheet is None or number == one.name.casefold() or not is_number(number, 3):
            continue
        if int(number) < len(stamp.sheets) and stamp.sheets[int(number)] in stamp.sizes:
            found.setdefault(one.sheet, stamp.sheets[int(number)])
    return found
