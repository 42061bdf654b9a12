"""A good book, spoilt at random (always the same way): it is refused or read.

How long that takes is measured by `sh scripts/exam corpus`.
"""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from tests.excel.ooxml.parts import Parts, zipped
from tests.excel.ooxml.samples import blank, filled
from yosan_xl.excel.ooxml.book import Book, CellKind, name_area
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.excel.ooxml.refusals import Refused
from yosan_xl.model.finding import Place

pytestmark = pytest.mark.slow

ODD = [
    "",
    "-1",
    "0",
    "1",
    "99999999999",
    "１",
    "A1",
    "XFE1",
    "x" * 70_000,
    "\u202e",
    "_x0000_",
    "n",
]


def opened(data: bytes) -> Book | None:
    """Open a book and ask it everything; None where it is refused, with a sentence."""
    try:
        book = open_book(data)
        ask(book)
        told = ""
    except Refused as refused:
        book, told = None, str(refused.at(Place("a.xlsx")))
    assert len(told) < 1_000
    return book


def ask(book: Book) -> None:
    """Call whatever computes its answer: none of it may raise."""
    for name in book.names:
        name_area(name)
    for sheet in book.sheets:
        assert sheet.hidden_cols <= set(range(16_384))
        for (row, col), cell in sheet.cells.items():
            sheet.locked(row, col)
            book.is_date(cell)
            assert (cell.number() is None) == (cell.kind is not CellKind.NUMBER)


def test_open_book__cut_short() -> None:
    data, chance = filled(), random.Random(1)
    for _ in range(200):
        assert opened(data[: chance.randrange(len(data))]) is None


def test_open_book__one_changed_byte_never_changes_the_book() -> None:
    data, chance = filled(), random.Random(2)
    good, refused = open_book(data), 0
    for _ in range(300):
        at = chance.randrange(len(data))
        changed = data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]
        book = opened(changed)
        refused += book is None
        assert book in (None, good)
    assert refused > 150


def test_open_book__one_changed_byte_of_the_directory() -> None:
    # The headers are a small part of the file: here every byte is theirs.
    data, chance = filled(), random.Random(3)
    good, start = open_book(data), data.index(b"PK\x01\x02")
    for _ in range(300):
        at = chance.randrange(start, len(data))
        changed = data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :]
        assert opened(changed) in (None, good)


def unzipped(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def mutated(content: str | bytes, chance: random.Random) -> bytes:
    """Spoil one element of an XML part: gone, twice, moved, renamed; an attribute or text odd."""
    root = ElementTree.fromstring(content)
    parent = chance.choice([element for element in root.iter() if len(element)])
    child = chance.choice(list(parent))
    bearer = chance.choice([e for e in root.iter() if e.attrib] or [root])
    key = chance.choice(list(bearer.attrib) or ["r"])
    match chance.randrange(7):
        case 0:
            parent.remove(child)
        case 1:
            parent.append(child)
        case 2:
            bearer.set(key, chance.choice(ODD))
        case 3:
            bearer.attrib.pop(key, None)
        case 4:
            child.text = chance.choice(ODD)
        case 5:
            # A copy: an element put into its own descendant would be a tree without an end.
            chance.choice(list(root.iter())).append(copy.deepcopy(child))
        case _:
            child.tag = chance.choice([e.tag for e in root.iter()])
    spoilt: bytes = ElementTree.tostring(root, "utf-8", xml_declaration=True)
    return spoilt


@pytest.mark.parametrize("make", [filled, blank])
def test_open_book__spoilt_xml(make: Callable[[], bytes]) -> None:
    whole, chance = unzipped(make()), random.Random(4)
    names = [name for name in whole if "theme" not in name]
    outcomes = set()
    for _ in range(200):
        name = chance.choice(names)
        outcomes.add(opened(zipped(whole | {name: mutated(whole[name], chance)})) is None)
    assert outcomes == {True, False}
