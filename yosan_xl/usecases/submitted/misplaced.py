"""Books outside of 提出: those that departments filled in, where nobody counts them, and blanks of nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from yosan_xl.excel.ooxml.book import Book
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.form.compile import slot_name
from yosan_xl.model.axes import ENVELOPE
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import JAPAN, save_time
from yosan_xl.model.text import canonical
from yosan_xl.store.books import is_leftover, submitted_books
from yosan_xl.store.faults import StoreError, shown
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.submitted.read import Gathering
from yosan_xl.usecases.submitted.read_files import ReadContext, Task, read_one

_NAMED = 5
_YEAR = slot_name(ENVELOPE["year"])
_NEVER = datetime.min.replace(tzinfo=JAPAN)


def misplaced(year: YearFolder, gathering: Gathering) -> tuple[str, ...]:
    """Return a sentence for each folder beside 提出 in which filled books lie that are not in 提出, nor older than what is; another for blanks of nobody."""
    stale = (f"{one.fact}{one.remedy}" for one in stale_blanks(year))
    return (*_sentences(year, gathering), *stale)


def stale_blanks(year: YearFolder) -> Iterator[Finding]:
    """Yield one finding for the books in 配布 that are of no unit as the roster has it now, by code and name."""
    found = [path.name for path in _below(year.handed_out) if _is_stale(path, year)]
    if found:
        folder = year.handed_out.name
        yield codes.STALE_BLANKS.at(Place(folder), folder=folder, names=_some(found))


def _is_stale(path: Path, year: YearFolder) -> bool:
    code, _, name = path.stem.partition("_")
    unit = year.roster.by_code(code)
    if unit is not None and (not name or canonical(unit.section) in canonical(name)):
        return False
    with suppress(StoreError, Refused):
        return _is_of_requests(open_book(snapshot(path).data, sheets=lambda _: False))
    return False


def _sentences(year: YearFolder, gathering: Gathering) -> Iterator[str]:
    places = {
        f"{year.handed_out.name}フォルダー": _below(year.handed_out),
        f"{year.returned.name}フォルダー": _below(year.returned),
        f"{year.summary.name}フォルダー": _in(year.summary),
        "年度フォルダーの直下": _in(year.root),
    }
    for where, paths in places.items():
        found = [path for path in paths if _is_saved(path) and _is_new(path, year, gathering)]
        if found:
            names, to = _some([path.name for path in found]), year.submitted.name
            yield f"{where}に記入されたブックがあります: {names}。{to}フォルダーに移してください。"


def _some(names: Sequence[str]) -> str:
    more = f" ほか {len(names) - _NAMED} 冊" if len(names) > _NAMED else ""
    return "、".join(map(shown, names[:_NAMED])) + more


def _below(folder: Path) -> list[Path]:
    try:
        return [path for path in submitted_books(folder)[0] if path.suffix.lower() == ".xlsx"]
    except StoreError:
        return []


def _in(folder: Path) -> list[Path]:
    try:
        return [path for path in sorted(folder.glob("*.xlsx")) if not is_leftover(path.name)]
    except OSError:
        return []


def _is_saved(path: Path) -> bool:
    """Return whether a spreadsheet program saved a book of requests; of what we write ourselves no sheet is read."""
    with suppress(StoreError, Refused):
        book = open_book(snapshot(path).data, sheets=lambda _: False)
        return book.is_saved and _is_of_requests(book)
    return False


def is_untouched(path: Path, year: YearFolder) -> bool:
    """Return whether a book is a blank as we wrote it: saved by nobody since, and nothing in it."""
    with suppress(StoreError, Refused):
        book = open_book(snapshot(path).data, sheets=lambda _: False)
        if book.modified is None or book.modified != book.created:
            return False
        _, file = read_one(Task(path, path.name), ReadContext(year.settings.year, year))
        return bool(file.untouched) and not file.requests and not file.findings
    return False


def _is_of_requests(book: Book) -> bool:
    return any(name.name == _YEAR for name in book.names)


def _is_new(path: Path, year: YearFolder, gathering: Gathering) -> bool:
    """Return whether a book of a unit says what no book in 提出 says, and none there was saved later."""
    found, file = read_one(Task(path, path.name), ReadContext(year.settings.year, year))
    if not found or year.roster.by_code(file.department) is None:
        return False
    own = [one for one in gathering.files if one.department == file.department]
    last = max((save_time(one.modified) or _NEVER for one in own), default=_NEVER)
    rows = (*gathering.requests, *gathering.replaced_requests)
    known = [row.document for row in rows if row.request.department_code == file.department]
    return last < (save_time(file.modified) or _NEVER) and any(
        one.document not in known for one in found
    )
