"""xl/workbook.xml: the list of sheets, the defined names, the date system."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.names import Name, Names
from yosan_xl.excel.ooxml.package import Package
from yosan_xl.excel.ooxml.plain import TEXT, characters, cut
from yosan_xl.excel.ooxml.refusals import malformed
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, flag, unescaped, walk, whole

_RELATIONSHIP_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_STATES = {"visible", "hidden", "veryHidden"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A sheet as the workbook lists it; `relation` leads to its part."""

    name: str
    state: str
    relation: str


@dataclass(slots=True)
class Workbook:
    """What xl/workbook.xml says. Sheets of every kind are listed, chart sheets too."""

    part: str
    listed: list[Listed] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    date1904: bool = False


def read_workbook(package: Package, part: str) -> Workbook:
    """Give what the workbook part says. Raises Refused."""
    workbook = Workbook(part)
    reader = _Reader(package, workbook)
    root = Node(
        {
            "workbookPr": Node(open=reader.properties),
            "sheets": Node({"sheet": Node(open=reader.sheet)}),
            "definedNames": Node(
                {"definedName": Node(open=reader.open_name, text=reader.close_name)},
                open=reader.open_names,
            ),
        }
    )
    document = Node({"workbook": root})
    data = package.small(part)
    plain = cut(data, "definedNames")
    if plain is None or len(data) > _LONGEST or not _NAMES.fullmatch(plain[1]):
        walk((data,), document, part, package.limits)
        reader.finish()
        return workbook
    walk((plain[0],), document, part, package.limits)
    if reader.name_lists == 1:
        sheets = tuple(sheet.name for sheet in workbook.listed)
        workbook.names = _plain_names(plain[1], sheets, part, package.limits)
    return workbook


_NAME = rf'<definedName name="([^"<&\n\t]*)"(?: localSheetId="([0-9]+)")?( hidden="1")?>({TEXT})</definedName>'
_NAMES = re.compile(rf"\s*+(?:{_NAME.replace('(', '(?:').replace('(?:?:', '(?:')}\s*+)*+")
_ONE_NAME = re.compile(_NAME)


_LONGEST = 1_000_000  # bytes: 10 times the workbook part of a book of 60 sheets


# Books of one template have the same names, word for word.
@lru_cache(maxsize=8)
def _plain_names(body: str, sheets: tuple[str, ...], part: str, limits: Limits) -> Names:
    """Give the names of a `<definedNames>` that is written as programs write it."""
    found: list[tuple[Attributes, str]] = []
    for name, scope, hidden, text in _ONE_NAME.findall(body):
        attributes = {"name": name, "hidden": "1" if hidden else "0"}
        found.append((attributes | ({"localSheetId": scope} if scope else {}), characters(text)))
    return Names(_names(found, sheets, part, limits))


class _Reader:
    def __init__(self, package: Package, workbook: Workbook) -> None:
        self._limits = package.limits
        self._book = workbook
        self._attributes: Attributes = {}
        self._found: list[tuple[Attributes, str]] = []
        self.name_lists = 0

    def properties(self, attributes: Attributes) -> None:
        self._book.date1904 = flag(attributes, "date1904")

    def sheet(self, attributes: Attributes) -> None:
        name, state = unescaped(attributes.get("name", "")), attributes.get("state", "visible")
        relation = next((attributes[key] for key in _RELATIONSHIP_IDS if key in attributes), "")
        if not name or state not in _STATES:
            raise malformed(self._book.part, f"シート「{name[:40]}」の名前か状態")
        if any(name.casefold() == other.name.casefold() for other in self._book.listed):
            raise malformed(self._book.part, f"シート「{name[:40]}」が2つあります")
        self._book.listed.append(Listed(name, state, relation))
        self._limits.check("sheets", len(self._book.listed))

    def open_names(self, _: Attributes) -> None:
        self.name_lists += 1

    def open_name(self, attributes: Attributes) -> None:
        self._attributes = attributes

    def close_name(self, text: str) -> None:
        self._found.append((self._attributes, text))
        self._limits.check("names", len(self._found))

    def finish(self) -> None:
        """Scope the names, once every sheet is known."""
        sheets = tuple(sheet.name for sheet in self._book.listed)
        self._book.names = Names(_names(self._found, sheets, self._book.part, self._limits))


def _names(
    found: list[tuple[Attributes, str]], sheets: tuple[str, ...], part: str, limits: Limits
) -> tuple[Name, ...]:
    limits.check("names", len(found))
    names = tuple(_name(*one, sheets, part, limits) for one in found)
    taken = Counter((name.sheet_index, name.name.casefold()) for name in names)
    for (_, name), times in taken.items():
        if times > 1:
            raise malformed(part, f"名前「{name[:40]}」が2つあります")
    return names


def _name(
    attributes: Attributes, text: str, sheets: tuple[str, ...], part: str, limits: Limits
) -> Name:
    limits.check("cell_chars", len(text))
    scope = attributes.get("localSheetId")
    index = None if scope is None else whole(scope, part, len(sheets))
    sheet = None if index is None else sheets[index]
    refers_to = unescaped(text).strip()
    return Name(
        unescaped(attributes.get("name", "")), index, sheet, refers_to, flag(attributes, "hidden")
    )
