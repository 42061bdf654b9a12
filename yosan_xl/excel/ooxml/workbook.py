"""The workbook part (xl/workbook.xml) and docProps: the sheets, the names of the form, who saved the book and when."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.excel.ooxml.book import Name, Names
from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.package import Package
from yosan_xl.excel.ooxml.refusals import malformed
from yosan_xl.excel.ooxml.xml_parts import (
    ATTRIBUTES,
    BLANKS,
    TEXT,
    Attributes,
    Node,
    after_declaration,
    attributes_of,
    characters,
    cut,
    flag,
    is_well_formed,
    remembered,
    unescaped,
    walk,
    whole,
    whole_text,
)
from yosan_xl.form.relation import NAMES

_CORE = (
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "http://purl.oclc.org/ooxml/package/metadata/core-properties",
)
_TERMS = ("http://purl.org/dc/terms/",)
_EXTENDED = (
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties",
)


# As most programs write it: their prefixes, declared at the root, and nothing within an element.
_PREFIXES = {
    "cp": _CORE[0],
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": _TERMS[0],
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_PLAIN_CORE = re.compile(
    rf"<cp:coreProperties({ATTRIBUTES})>"
    rf'((?:<((?:cp|dc|dcterms):[A-Za-z]+)(?: xsi:type="[\w:]*")?(?:/>|>{TEXT}</\3>))*)'
    rf"</cp:coreProperties>{BLANKS}"
)
_SAVED = {"created": "dcterms", "modified": "dcterms", "lastModifiedBy": "cp", "creator": "dc"}
_PLAIN_SAVED = tuple(
    re.compile(rf"<{prefix}:{one}(?:/>|(?: [^>]*)?(?:(?<=/)>|>([^<]*)<))")
    for one, prefix in _SAVED.items()
)


class Saved(NamedTuple):
    """When a book was made and saved (dcterms:created and dcterms:modified as they stand), who saved it last, and who made it."""

    created: str | None = None
    modified: str | None = None
    by: str | None = None
    maker: str | None = None


def read_saved(package: Package, part: str) -> Saved:
    """Return what docProps/core.xml says of the saving of a book. Raises Refused."""
    data = package.small(part)
    plain = after_declaration(data)
    root = _PLAIN_CORE.fullmatch(whole_text(plain) or "") if plain else None
    if root is None or not _is_root(root[1]):
        return _walked(data, part, package.limits)
    found = (one.search(root[2]) for one in _PLAIN_SAVED)
    return Saved(*(_text(one and characters(one[1] or "")) for one in found))


def _text(said: str | None) -> str | None:
    return (said or "").strip() or None


@lru_cache(maxsize=32)
def _is_root(attributes: str) -> bool:
    """Return whether a root with these attributes is well-formed and declares the usual prefixes."""
    declared = {f"xmlns:{prefix}": address for prefix, address in _PREFIXES.items()}
    usual = declared.items() <= attributes_of(attributes).items()
    return usual and is_well_formed(f"<cp:coreProperties{attributes}/>")


def _walked(data: bytes, part: str, limits: Limits) -> Saved:
    found: dict[str, list[str]] = {one: [] for one in _SAVED}
    nodes = {one: Node(text=texts.append) for one, texts in found.items()}
    root = Node(nodes, namespaces=(*_TERMS, *_CORE, _PREFIXES["dc"]))
    walk((data,), Node({"coreProperties": root}, namespaces=_CORE), part, limits)
    return Saved(*(_text(texts[0]) if texts else None for texts in found.values()))


def read_application(package: Package, part: str) -> str | None:
    """Return the program that saved the book (docProps/app.xml). Raises Refused."""
    return _application(package.small(part), part, package.limits)


@remembered
def _application(data: bytes, part: str, limits: Limits) -> str | None:
    found: list[str] = []
    root = Node({"Application": Node(text=found.append)}, namespaces=_EXTENDED)
    walk((data,), Node({"Properties": root}, namespaces=_EXTENDED), part, limits)
    return found[0].strip() or None if found else None


_RELATIONSHIP_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_STATES = {"visible", "hidden", "veryHidden"}


class Listed(NamedTuple):
    """A sheet as the workbook lists it; `relation` leads to its part.

    A module of macros, which Excel 95 had as a sheet, has an empty one and no part.
    """

    name: str
    state: str
    relation: str


class Workbook(NamedTuple):
    """What xl/workbook.xml says. Sheets of every kind are listed, chart sheets too."""

    listed: tuple[Listed, ...]
    names: Names
    date1904: bool


def read_workbook(package: Package, part: str) -> Workbook:
    """Return what the workbook part says. Raises Refused."""
    return _workbook(package.small(part), part, package.limits)


@remembered
def _workbook(data: bytes, part: str, limits: Limits) -> Workbook:
    plain = cut(data, "definedNames", b"<definedName/>")
    if plain is not None and _NAMES.fullmatch(plain[1]):
        reader = _WorkbookReader(part, limits)
        walk((plain[0],), reader.document(), part, limits)
        if reader.is_marked:
            return reader.workbook(plain[1])
    reader = _WorkbookReader(part, limits)
    walk((data,), reader.document(), part, limits)
    return reader.workbook()


_NAME = rf'<definedName name="([^"<&\x00-\x1f\ufffe\uffff]*)"(?: localSheetId="([0-9]+)")?( hidden="1")?>({TEXT})</definedName>'
_NAMES = re.compile(rf"{BLANKS}(?:{_NAME.replace('(', '(?:').replace('(?:?:', '(?:')}{BLANKS})*+")
_ONE_NAME = re.compile(_NAME)


class _WorkbookReader:
    def __init__(self, part: str, limits: Limits) -> None:
        self._part, self._limits = part, limits
        self._listed: list[Listed] = []
        self._attributes: Attributes = {}
        self._found: list[tuple[Attributes, str]] = []
        self._date1904 = False
        self._name_lists = 0

    def document(self) -> Node:
        """Return the elements to look at."""
        name = Node(open=self._open_name, text=self._close_name)
        root = Node(
            {
                "workbookPr": Node(open=self._properties),
                "sheets": Node({"sheet": Node(open=self._sheet)}),
                "definedNames": Node({"definedName": name}, open=self._open_names),
            }
        )
        return Node({"workbook": root})

    @property
    def is_marked(self) -> bool:
        """Whether the names that were cut out stood where names stand, and no others do."""
        return self._name_lists == 1 and self._found == [({}, "")]

    def workbook(self, plain_names: str | None = None) -> Workbook:
        """Return what was found, with the names that were cut out in place of their mark."""
        sheets = tuple(sheet.name for sheet in self._listed)
        if plain_names is not None:
            names = _plain_names(plain_names, sheets, self._part, self._limits)
        else:
            names = _names(self._found, sheets, self._part, self._limits)
        return Workbook(tuple(self._listed), names, self._date1904)

    def _properties(self, attributes: Attributes) -> None:
        self._date1904 = flag(attributes, "date1904")

    def _sheet(self, attributes: Attributes) -> None:
        name, state = unescaped(attributes.get("name", "")), attributes.get("state", "visible")
        relation = next((attributes[key] for key in _RELATIONSHIP_IDS if key in attributes), None)
        if relation is None:
            raise malformed(self._part, f"シート「{name[:40]}」の部品がありません")
        if not name or state not in _STATES:
            raise malformed(self._part, f"シート「{name[:40]}」の名前か状態")
        if any(name.casefold() == other.name.casefold() for other in self._listed):
            raise malformed(self._part, f"シート「{name[:40]}」が2つあります")
        self._listed.append(Listed(name, state, relation))
        self._limits.check("sheets", len(self._listed))

    def _open_names(self, _: Attributes) -> None:
        self._name_lists += 1

    def _open_name(self, attributes: Attributes) -> None:
        self._attributes = attributes

    def _close_name(self, text: str) -> None:
        self._found.append((self._attributes, text))
        self._limits.check("names", len(self._found))


# Where Excel marks each book as its own, the names are still the same, word for word.
@remembered
def _plain_names(body: str, sheets: tuple[str, ...], part: str, limits: Limits) -> Names:
    """Return the names of a `<definedNames>` that is written as programs write it."""
    found: list[tuple[Attributes, str]] = []
    for name, scope, hidden, text in _ONE_NAME.findall(body):
        attributes = {"name": name, "hidden": "1" if hidden else "0"}
        found.append((attributes | ({"localSheetId": scope} if scope else {}), characters(text)))
    return _names(found, sheets, part, limits)


# What other names stand for is never asked. LibreOffice 6 wrote `_xlnm.Print_Area` twice, and
# names of print areas and of cells long gone are copied along with sheets for years.
def _names(
    found: list[tuple[Attributes, str]], sheets: tuple[str, ...], part: str, limits: Limits
) -> Names:
    limits.check("names", len(found))
    every = (_name(*one, sheets, part, limits) for one in found)
    ours = tuple(name for name in every if name.name.casefold().startswith(NAMES))
    taken = Counter((name.sheet_index, name.name.casefold()) for name in ours)
    for (_, name), times in taken.items():
        if times > 1:
            raise malformed(part, f"名前「{name[:40]}」が2つあります")
    return Names(ours)


def _name(
    attributes: Attributes, text: str, sheets: tuple[str, ...], part: str, limits: Limits
) -> Name:
    limits.check("cell_chars", len(text))
    scope = attributes.get("localSheetId")
    index = None if scope is None else whole(scope, part, len(sheets))
    sheet = None if index is None else sheets[index]
    refers_to = unescaped(text).strip()
    return Name(
        name=unescaped(attributes.get("name", "")),
        sheet_index=index,
        sheet=sheet,
        refers_to=refers_to,
        hidden=flag(attributes, "hidden"),
    )
