"""Which files of a year folder are archived: all but the blanks, what was returned, and leftovers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.finding import Finding
from yosan_xl.store.archive.manifest import MANIFEST_NAME, SEAL_NAME, Kind
from yosan_xl.store.books import left_out_findings, lies_beside, submitted_books
from yosan_xl.store.kept_forms import FORMS
from yosan_xl.store.ledger import LEDGER_NAME
from yosan_xl.store.settings_file import ROSTER_NAME, SETTINGS_NAME
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.archive.record import DERIVED

_KINDS = {
    SETTINGS_NAME: Kind.SETTINGS,
    ROSTER_NAME: Kind.ROSTER,
    LEDGER_NAME: Kind.LEDGER,
}


@dataclass(frozen=True, slots=True)
class YearFiles:
    """The files in order, each with its kind, and what was left out and has to be told."""

    files: tuple[tuple[Path, Kind], ...]
    left_out: tuple[Finding, ...]


def year_files(year: YearFolder) -> YearFiles:
    """Give what is to be archived; raise Unreadable where the folder cannot be listed."""
    files, ignored = submitted_books(year.root)
    kept = tuple((path, _kind(path, year)) for path in files if _is_archived(path, year))
    told = [path for path in ignored if _is_archived(path, year)]
    return YearFiles(kept, left_out_findings(told))


def _is_archived(path: Path, year: YearFolder) -> bool:
    """Tell whether a file belongs into the archive: blanks can be made anew, 差戻し are copies."""
    own = path.relative_to(year.root).parts
    is_ours = path.parent == year.kept and path.name in DERIVED
    is_seal = path.parent == year.root and path.name in (MANIFEST_NAME, SEAL_NAME)
    hidden = any(part.startswith(".") for part in own) and not path.is_relative_to(year.submitted)
    made_anew = path.is_relative_to(year.handed_out) or path.is_relative_to(year.returned)
    return not (is_ours or is_seal or hidden or made_anew)


def _kind(path: Path, year: YearFolder) -> Kind:
    if path.is_relative_to(year.submitted):
        return Kind.OTHER if lies_beside(path) else Kind.SUBMITTED
    if path.is_relative_to(year.summary):
        return Kind.SUMMARY
    if path.parent == year.kept / FORMS:
        return Kind.FORM
    if path.parent == year.root:
        return _KINDS.get(path.name, Kind.OTHER)
    return Kind.OTHER
