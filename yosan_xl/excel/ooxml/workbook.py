"""xl/workbook.xml: the list of sheets, the defined names, the date system."""

from __future__ import annotations

from dataclasses import dataclass, field

from yosan_xl.excel.ooxml.book import Name
from yosan_xl.excel.ooxml.package import Package
from yosan_xl.excel.ooxml.refusals import malformed
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, flag, unescaped, whole

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
    names: list[Name] = field(default_factory=list)
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
                {"definedName": Node(open=reader.open_name, text=reader.close_name)}
            ),
        }
    )
    package.walk(part, Node({"workbook": root}))
    reader.finish()
    return workbook


class _Reader:
    def __init__(self, package: Package, workbook: Workbook) -> None:
        self._limits = package.limits
        self._book = workbook
        self._attributes: Attributes = {}
        self._found: list[tuple[Attributes, str]] = []
        self._taken: set[tuple[str | None, str]] = set()

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

    def open_name(self, attributes: Attributes) -> None:
        self._attributes = attributes

    def close_name(self, text: str) -> None:
        self._limits.check("cell_chars", len(text))
        self._found.append((self._attributes, unescaped(text)))
        self._limits.check("names", len(self._found))

    def finish(self) -> None:
        """Scope the names, once every sheet is known."""
        self._book.names += [self._name(*found) for found in self._found]

    def _name(self, attributes: Attributes, refers_to: str) -> Name:
        part, listed, scope = self._book.part, self._book.listed, attributes.get("localSheetId")
        name = unescaped(attributes.get("name", ""))
        key = scope, name.casefold()
        if key in self._taken:
            raise malformed(part, f"名前「{name[:40]}」が2つあります")
        self._taken.add(key)
        index = None if scope is None else whole(scope, part, len(listed))
        sheet = None if index is None else listed[index].name
        return Name(name, index, sheet, refers_to.strip(), flag(attributes, "hidden"))
