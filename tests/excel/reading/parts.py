"""The parts of an .xlsx as XML: its sheets, cells and defined names, to read and to change."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile

from yosan_xl.excel.ooxml.formulas import SharedFormula
from yosan_xl.form.area import parse_a1

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ID = f"{{{RELATION}}}id"
WORKBOOK, RELS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

ElementTree.register_namespace("", MAIN)
ElementTree.register_namespace("r", RELATION)


class Parts:
    """The parts of a book; sheets are told by name, cells by A1."""

    def __init__(self, data: bytes) -> None:
        with ZipFile(BytesIO(data)) as package:
            self._parts = {name: package.read(name) for name in package.namelist()}
        self._trees: dict[str, Element] = {}

    def data(self) -> bytes:
        """Give the book as it is now."""
        for part, tree in self._trees.items():
            self._parts[part] = ElementTree.tostring(tree, "utf-8", xml_declaration=True)
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as package:
            for name, content in self._parts.items():
                package.writestr(name, content)
        return out.getvalue()

    @property
    def sheets(self) -> list[str]:
        """Give the names of the sheets in order."""
        return [sheet.attrib["name"] for sheet in self._listed()]

    def _tree(self, part: str) -> Element:
        if part not in self._trees:
            self._trees[part] = ElementTree.fromstring(self._parts[part])
            _unshare(self._trees[part])
        return self._trees[part]

    def _listed(self) -> list[Element]:
        return self._tree(WORKBOOK).findall(f"{tag('sheets')}/{tag('sheet')}")

    def _part(self, sheet: str) -> str:
        relation = next(s.attrib[ID] for s in self._listed() if s.attrib["name"] == sheet)
        target = next(r for r in self._tree(RELS) if r.attrib["Id"] == relation)
        return "xl/" + target.attrib["Target"].removeprefix("/xl/")

    def _defined(self) -> Element:
        found = self._tree(WORKBOOK).find(tag("definedNames"))
        assert found is not None
        return found

    def _names(self) -> list[Element]:
        return list(self._defined())

    def _is_of(self, name: Element, sheet: str) -> bool:
        return name.get("localSheetId") == str(self.sheets.index(sheet))

    def _name(self, sheet: str, name: str) -> Element:
        return next(n for n in self._names() if n.get("name") == name and self._is_of(n, sheet))

    def _cell(self, sheet: str, ref: str) -> Element:
        data = self._tree(self._part(sheet)).find(tag("sheetData"))
        assert data is not None
        row_number, column = parse_a1(ref)
        row = _found(
            data, "row", str(row_number + 1), lambda e: int(e.attrib["r"]) > row_number + 1
        )
        return _found(row, "c", ref, lambda e: parse_a1(e.attrib["r"])[1] > column)

    def _emptied(self, sheet: str, ref: str) -> Element:
        cell = self._cell(sheet, ref)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        return cell


def _unshare(tree: Element) -> None:
    """Let every cell have its formula itself, as programs write a sheet that was edited."""
    shared: dict[str, SharedFormula] = {}
    for cell in tree.iter(tag("c")):
        formula = cell.find(tag("f"))
        if formula is None or formula.get("t") != "shared":
            continue
        row, column = parse_a1(cell.attrib["r"])
        if formula.text:
            shared[formula.attrib["si"]] = SharedFormula(formula.text, row, column)
        formula.text = shared[formula.attrib["si"]].at(row, column)
        formula.attrib.clear()


def tag(name: str) -> str:
    return f"{{{MAIN}}}{name}"


def numeral(cell: Element) -> str:
    return cell.findtext(tag("v")) or ""


def _found(parent: Element, kind: str, ref: str, is_after: Callable[[Element], bool]) -> Element:
    """Give the row or cell `ref`, made at its place where the file has none."""
    for index, child in enumerate(parent):
        if child.attrib["r"] == ref:
            return child
        if is_after(child):
            new = Element(tag(kind), {"r": ref})
            parent.insert(index, new)
            return new
    return ElementTree.SubElement(parent, tag(kind), {"r": ref})
