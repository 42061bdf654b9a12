"""A book whose saved values are taken away, and what LibreOffice makes of its formulas then."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from tests.office.office import Book, Office

Caches = dict[tuple[str, str], int | Decimal | str]
"""The saved value of each formula, by sheet and cell."""

STALE = 999

WRONG = 999_999_937
"""What no sum comes to: LibreOffice keeps it until it calculates anew."""

_FORMULA = re.compile(
    r'<c r="(?P<cell>[A-Z]+[0-9]+)"(?P<style> s="[0-9]+")?(?P<type> t="str")?>'
    r"<f(?P<how>[^>]*)>(?P<formula>[^<]*)</f><v>(?P<value>[^<]*)</v></c>"
)


T = TypeVar("T")


def telling(ones: Iterable[T], marks: Callable[[T], Collection[object]]) -> list[T]:
    """Return those that have a mark which none before them has: a few have all marks of many."""
    found: list[T] = []
    seen: set[object] = set()
    for one in ones:
        own = {*marks(one)}
        if own - seen:
            found.append(one)
            seen |= own
    return found


class Recalculated:
    """What was saved beside the formulas of a book, and what LibreOffice makes of them."""

    def __init__(self, saved: Caches, computed: Caches) -> None:
        self.saved = saved
        self.computed = computed


def recalculated(office: Office, data: bytes, folder: Path) -> Recalculated:
    """Compute a book whose saved values were all replaced, so that none can be taken for new.

    LibreOffice computes some by itself when it opens a book (what depends on OFFSET).
    """
    saved: Caches = {}
    book = open_book(office, _stale(data, saved), folder)
    assert any(value == STALE for _, value in _computed(office, book))
    office.recalculate(book)
    found = Recalculated(saved, dict(_computed(office, book)))
    office.close(book)
    return found


def open_book(office: Office, data: bytes, folder: Path) -> Book:
    path = folder / "book.xlsx"
    path.write_bytes(data)
    return office.open(path)


def _computed(office: Office, book: Book) -> Iterator[tuple[tuple[str, str], int | Decimal | str]]:
    """Yield the value of each formula, sheet by sheet as it is asked for."""
    for sheet in office.sheets(book):
        for cell in office.used(book, sheet.name):
            if cell.formula:
                yield (sheet.name, cell.a1), _plain(cell.value)


def _plain(value: object) -> int | Decimal | str:
    assert isinstance(value, int | Decimal | str), value
    return value


def _stale(data: bytes, saved: Caches) -> bytes:
    """Give the book with 999 for every saved value; what was there goes into `saved`."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as book, zipfile.ZipFile(out, "w") as changed:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        for part in book.namelist():
            content = book.read(part)
            number = re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", part)
            if number:
                text = content.decode()
                found = list(_FORMULA.finditer(text))
                assert len(found) == text.count("</f>")
                saved.update(_saved(names[int(number[1]) - 1], found))
                content = _FORMULA.sub(
                    rf'<c r="\g<cell>"\g<style>><f\g<how>>\g<formula></f><v>{STALE}</v></c>', text
                ).encode()
            changed.writestr(part, content)
    return out.getvalue()


def _saved(
    sheet: str, found: list[re.Match[str]]
) -> Iterator[tuple[tuple[str, str], int | Decimal | str]]:
    for match in found:
        value = unescape(match["value"])
        is_number = value and not match["type"]
        yield (sheet, match["cell"]), Decimal(value) if is_number else value


def plant_wrong_caches(path: Path, out: Path) -> int:
    """Replace the saved result of every formula by a wrong number; return how many there were."""
    planted = 0
    kept = re.compile(r"(<c [^>]*?)(?: t=\"str\")?(><f[^>]*>[^<]*</f>)<v>[^<]*</v>")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                text, count = kept.subn(rf"\1\2<v>{WRONG}</v>", data.decode())
                planted, data = planted + count, text.encode()
            target.writestr(name, data)
    return planted
