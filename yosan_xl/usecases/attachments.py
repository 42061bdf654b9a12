"""添付: what lies beside the books (見積書, pictures, mail), and whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.gather import Gathering

_NAMED = 3
"""So many names stand in the finding; `status` has them all."""


def owners_of(gathering: Gathering, roster: Roster) -> dict[str, Department | None]:
    """Return for each attachment the unit that it is of, None where that is not certain.

    Its name says so, or the nearest folder's that names one unit, or it lies in a folder whose books
    are all of one unit; 提出 itself, where all lie together, says nothing.
    """
    by_folder = _units_by_folder(gathering, roster)
    return {name: _owner(PurePosixPath(name), roster, by_folder) for name in gathering.attachments}


def of_no_unit(gathering: Gathering, year: YearFolder) -> Iterator[Finding]:
    """Tell once of the attachments that no unit can be found for."""
    owners = owners_of(gathering, year.roster)
    names = [name for name, unit in owners.items() if unit is None]
    if names:
        more = f" ほか {len(names) - _NAMED} 件" if len(names) > _NAMED else ""
        shown = "、".join(names[:_NAMED]) + more
        place = Place(year.settings.folders.submitted)
        yield codes.WHOSE_ATTACHMENT.at(place, count=len(names), names=shown)


def _owner(
    path: PurePosixPath, roster: Roster, by_folder: Mapping[PurePosixPath, set[str]]
) -> Department | None:
    for part in (path, *path.parents):
        named = roster.named_in(part.name)
        units = {unit.code for unit in named} or by_folder.get(part, set())
        if len(units) == 1:
            return roster.by_code(*units)
    return None


def _units_by_folder(gathering: Gathering, roster: Roster) -> dict[PurePosixPath, set[str]]:
    """Return the units whose books lie in a folder below 提出, by that folder."""
    found: dict[PurePosixPath, set[str]] = defaultdict(set)
    for file in gathering.files:
        folder = PurePosixPath(file.name).parent
        if roster.by_code(file.department) and folder.name:
            found[folder].add(str(file.department))
    return found
