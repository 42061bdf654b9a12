"""Edit an .xlsx as people and programs do, by its XML alone: no spreadsheet program is needed."""

from __future__ import annotations

import copy
import re
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from tests.excel.reading.parts import ID, MAIN, RELATION, RELS, WORKBOOK, Parts, numeral, tag
from tests.excel.reading.references import GONE, Shift
from yosan_xl.form.area import Area, a1, parse_a1

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_PROGRAM = re.compile(rb"(<Application>)[^<]*(</Application>)")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DATE_FORMAT = "14"
"""Number of the built-in format yyyy/m/d (ECMA-376, 18.8.30)."""


class Editor(Parts):
    """A book that is being edited; sheets are told by name, cells by A1."""

    def text(self, sheet: str, ref: str) -> str:
        """Give the text, or the numeral, of a cell."""
        cell = self._cell(sheet, ref)
        if cell.get("t") == "s":
            strings = self._tree("xl/sharedStrings.xml").findall(tag("si"))
            return "".join(strings[int(numeral(cell))].itertext())
        return "".join(cell.itertext()) if cell.get("t") == "inlineStr" else numeral(cell)

    def formula(self, sheet: str, ref: str) -> str | None:
        """Give the formula of a cell, None where it has none."""
        found = self._cell(sheet, ref).find(tag("f"))
        return None if found is None else found.text or ""

    def is_number(self, sheet: str, ref: str) -> bool:
        """Tell whether a cell holds a number."""
        cell = self._cell(sheet, ref)
        return cell.get("t", "n") == "n" and bool(numeral(cell))

    def size(self, sheet: str) -> tuple[int, int]:
        """Give how many rows and columns of a sheet have cells."""
        refs = [cell.attrib["r"] for cell in self._tree(self._part(sheet)).iter(tag("c"))]
        places = [parse_a1(ref) for ref in refs]
        return 1 + max(row for row, _ in places), 1 + max(column for _, column in places)

    def allow_macros(self) -> None:
        """Make an .xlsm of it."""
        part = "[Content_Types].xml"
        old = b"spreadsheetml.sheet.main+xml"
        assert old in self._parts[part]
        new = self._parts[part].replace(
            b"application/vnd.openxmlformats-officedocument." + old,
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )
        self._parts[part] = new

    def put(self, sheet: str, ref: str, value: object) -> None:
        """Type a number, a text or TRUE; None empties the cell."""
        if value is None:
            self.clear(sheet, ref)
        elif value is True:
            self.put_boolean(sheet, ref)
        elif isinstance(value, int | float):
            self.put_number(sheet, ref, str(value))
        else:
            self.put_text(sheet, ref, str(value))

    def put_text(self, sheet: str, ref: str, text: str) -> None:
        """Type a text; a formula that was there is gone."""
        cell = self._emptied(sheet, ref)
        cell.set("t", "inlineStr")
        holder = ElementTree.SubElement(ElementTree.SubElement(cell, tag("is")), tag("t"))
        holder.text = text
        holder.set(_SPACE, "preserve")

    def put_number(self, sheet: str, ref: str, numeral: str | int) -> None:
        """Type a number; a formula that was there is gone."""
        self._put_value(self._emptied(sheet, ref), None, str(numeral))

    def put_boolean(self, sheet: str, ref: str) -> None:
        """Type TRUE."""
        self._put_value(self._emptied(sheet, ref), "b", "1")

    def put_error(self, sheet: str, ref: str, formula: str = "[1]別表!A1") -> None:
        """Let a formula end in #REF!."""
        cell = self._emptied(sheet, ref)
        ElementTree.SubElement(cell, tag("f")).text = formula
        self._put_value(cell, "e", GONE)

    def put_date(self, sheet: str, ref: str, number: int) -> None:
        """Type a date: a day number in a date format."""
        cell = self._emptied(sheet, ref)
        cell.set("s", self._date_style())
        self._put_value(cell, None, str(number))

    def put_formula(
        self, sheet: str, ref: str, formula: str, saved: str | int | Decimal | None
    ) -> None:
        """Type a formula (without `=`), with its saved result or none."""
        cell = self._emptied(sheet, ref)
        ElementTree.SubElement(cell, tag("f")).text = formula
        self._put_saved(cell, saved)

    def put_saved(self, sheet: str, ref: str, saved: str | int | Decimal | None) -> None:
        """Change the saved result of a formula."""
        cell = self._cell(sheet, ref)
        assert cell.find(tag("f")) is not None, f"{sheet}!{ref} has no formula"
        for value in cell.findall(tag("v")):
            cell.remove(value)
        self._put_saved(cell, saved)

    def cut(self, sheet: str, source: str, target: str) -> None:
        """Cut the first cell of a column and paste it within the column: its name follows."""
        old, new = Area.parse(source), Area.parse(target)
        self.put_text(sheet, target, self.text(sheet, source))
        if self.is_number(sheet, source):
            self.put_number(sheet, target, self.text(sheet, source))
        self.clear(sheet, source)
        for name in self._names():
            owner, _, ref = (name.text or "").rpartition("!")
            if self._is_of(name, sheet) and ref != GONE:
                area = Area.parse(ref)
                if not area.is_single and (area.top, area.left) == (old.top, old.left):
                    moved = Area(new.top, area.left, area.bottom, area.right)
                    name.text = f"{owner}!{moved.a1(absolute=True)}"

    def save(self, out: BytesIO) -> None:
        """Write the book as it is now, as openpyxl's books are written."""
        out.write(self.data())

    def save_at(self, moment: str | None = None) -> None:
        """Let Excel save it at a moment (ISO 8601, any text), or now."""
        if moment is None:
            moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for part, pattern, text in (
            ("docProps/core.xml", _MODIFIED, moment),
            ("docProps/app.xml", _PROGRAM, "Microsoft Excel"),
        ):
            said = rb"\g<1>" + text.encode() + rb"\2"
            self._parts[part] = pattern.sub(said, self._parts[part])

    def clear(self, sheet: str, ref: str) -> None:
        """Delete what a cell holds; its format stays."""
        self._emptied(sheet, ref)

    def drop_saved(self) -> None:
        """Save as a program does that does not calculate: no formula has a result."""
        for sheet in self.sheets:
            for cell in self._tree(self._part(sheet)).iter(tag("c")):
                if cell.find(tag("f")) is not None:
                    for value in cell.findall(tag("v")):
                        cell.remove(value)
                    cell.attrib.pop("t", None)

    def unprotect(self, sheet: str) -> None:
        """Take the protection off a sheet."""
        root = self._tree(self._part(sheet))
        protection = root.find(tag("sheetProtection"))
        assert protection is not None
        root.remove(protection)

    def rename(self, sheet: str, name: str) -> None:
        """Rename a sheet; names follow."""
        for listed in self._listed():
            if listed.attrib["name"] == sheet:
                listed.set("name", name)
        quoted = name.replace("'", "''")
        for defined in self._names():
            plain = (defined.text or "").replace(f"'{sheet}'!", f"{sheet}!")
            defined.text = plain.replace(f"{sheet}!", f"'{quoted}'!")

    def drop_name(self, sheet: str, name: str) -> None:
        """Delete a defined name of a sheet."""
        self._defined().remove(self._name(sheet, name))

    def drop_names(self, sheet: str) -> None:
        """Delete every defined name of a sheet, as some programs do when they save."""
        for name in [name for name in self._names() if self._is_of(name, sheet)]:
            self._defined().remove(name)

    def refers_to(self, sheet: str, name: str) -> str:
        """Give what a name of a sheet stands for."""
        return self._name(sheet, name).text or ""

    def point_name(self, sheet: str, name: str, refers_to: str) -> None:
        """Let a name of a sheet stand for something else, such as `要求書1!#REF!`."""
        self._name(sheet, name).text = refers_to

    def insert_row(self, sheet: str, before: int) -> None:
        """Insert a row above row `before` (from 0): cells, merges, names and formulas move."""
        self._shift(sheet, Shift(before, rows=True))

    def insert_column(self, sheet: str, before: int) -> None:
        """Insert a column left of column `before` (from 0)."""
        self._shift(sheet, Shift(before, rows=False))

    def delete_row(self, sheet: str, row: int) -> None:
        """Delete a row (from 0); what stood for it alone is #REF! now."""
        self._shift(sheet, Shift(row, rows=True, delete=True))

    def delete_column(self, sheet: str, column: int) -> None:
        """Delete a column (from 0)."""
        self._shift(sheet, Shift(column, rows=False, delete=True))

    def copy_sheet(self, sheet: str) -> str:
        """Copy a sheet as Excel does, behind all others and with its names; give its name."""
        number, new = len(self.sheets) + 1, f"{sheet} (2)"
        part = f"xl/worksheets/sheet{number}.xml"
        self._trees[part] = copy.deepcopy(self._tree(self._part(sheet)))
        self._register(part, new, number)
        own = [name for name in self._names() if self._is_of(name, sheet)]
        for name in own:
            twin = ElementTree.SubElement(self._defined(), tag("definedName"), dict(name.attrib))
            twin.set("localSheetId", str(number - 1))
            twin.text = (name.text or "").replace(f"{sheet}!", f"'{new}'!")
        return new

    def take_sheet(self, sheet: str, other: Editor, source: str) -> None:
        """Put the cells of a sheet of another book of the same form in the place of a sheet's."""
        tree = copy.deepcopy(other._tree(other._part(source)))
        strings = other._tree("xl/sharedStrings.xml").findall(tag("si"))
        for cell in tree.iter(tag("c")):
            if cell.get("t") == "s":
                text = "".join(strings[int(numeral(cell))].itertext())
                for child in list(cell):
                    cell.remove(child)
                cell.set("t", "inlineStr")
                holder = ElementTree.SubElement(cell, tag("is"))
                ElementTree.SubElement(holder, tag("t"), {_SPACE: "preserve"}).text = text
        self._trees[self._part(sheet)] = tree

    def delete_sheet(self, sheet: str) -> None:
        """Delete the last sheet as Excel does: what refers to it is lost."""
        assert sheet == self.sheets[-1], "the sheets behind it would need other numbers"
        holder = self._tree(WORKBOOK).find(tag("sheets"))
        assert holder is not None
        holder.remove(holder[-1])
        for name in list(self._names()):
            if (name.text or "").startswith(f"{sheet}!"):
                name.text = GONE
        for other in self.sheets:
            for formula in self._tree(self._part(other)).iter(tag("f")):
                formula.text = re.sub(rf"{sheet}![$A-Z0-9:]+", GONE, formula.text or "")

    def hide_sheet(self, sheet: str) -> None:
        """Hide a sheet."""
        next(one for one in self._listed() if one.get("name") == sheet).set("state", "hidden")

    def hide_row(self, sheet: str, row: int) -> None:
        """Hide a row (0-based)."""
        rows = self._tree(self._part(sheet)).iter(tag("row"))
        next(one for one in rows if one.get("r") == str(row + 1)).set("hidden", "1")

    def flatten_row(self, sheet: str, row: int, points: str) -> None:
        """Make a row (from 0) so low."""
        rows = self._tree(self._part(sheet)).iter(tag("row"))
        found = next(one for one in rows if one.get("r") == str(row + 1))
        found.set("ht", points)
        found.set("customHeight", "1")

    def merge(self, sheet: str, ref: str) -> None:
        """Merge cells as a program does: what they hold stays."""
        merges = self._tree(self._part(sheet)).find(tag("mergeCells"))
        assert merges is not None
        ElementTree.SubElement(merges, tag("mergeCell"), {"ref": ref})

    def unlock(self, sheet: str, ref: str) -> None:
        """Take the lock off a cell, in the dialogue of its format."""
        formats = self._tree("xl/styles.xml").find(tag("cellXfs"))
        assert formats is not None
        cell = self._cell(sheet, ref)
        own = copy.deepcopy(formats[int(cell.get("s", "0"))])
        for protection in own.findall(tag("protection")):
            own.remove(protection)
        ElementTree.SubElement(own, tag("protection"), {"locked": "0"})
        formats.append(own)
        cell.set("s", str(len(formats) - 1))

    def set_stamp(self, sheet: str, key: str, text: str) -> None:
        """Change a row of the stamp on the hidden sheet."""
        row = 1
        while self.text(sheet, f"A{row}") != key:
            row += 1
        self.put_text(sheet, f"B{row}", text)

    def _register(self, part: str, name: str, number: int) -> None:
        relation = f"rIdCopy{number}"
        ElementTree.SubElement(
            self._tree(RELS),
            "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship",
            {"Id": relation, "Type": f"{RELATION}/worksheet", "Target": part[len("xl/") :]},
        )
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        ElementTree.SubElement(
            self._tree("[Content_Types].xml"),
            "{http://schemas.openxmlformats.org/package/2006/content-types}Override",
            {"PartName": f"/{part}", "ContentType": kind},
        )
        holder = self._tree(WORKBOOK).find(tag("sheets"))
        assert holder is not None
        attributes = {"name": name, "sheetId": str(number + 100), ID: relation}
        ElementTree.SubElement(holder, tag("sheet"), attributes)
        self._parts[part] = b""

    def _shift(self, sheet: str, shift: Shift) -> None:
        root = self._tree(self._part(sheet))
        data = root.find(tag("sheetData"))
        assert data is not None
        rows: dict[int, Element] = {}
        for row in list(data):
            data.remove(row)
            _shift_row(row, shift, rows)
        data.extend(rows[number] for number in sorted(rows))
        _shift_merges(root, shift)
        for name in self._names():
            self._shift_name(name, sheet, shift)

    def _shift_name(self, name: Element, sheet: str, shift: Shift) -> None:
        owner, _, ref = (name.text or "").rpartition("!")
        if owner.strip("'") == sheet and ref != GONE:
            area = shift.area(Area.parse(ref))
            name.text = f"{owner}!{area.a1(absolute=True) if area else GONE}"

    def _put_saved(self, cell: Element, saved: str | int | Decimal | None) -> None:
        cell.attrib.pop("t", None)
        if saved is not None:
            self._put_value(cell, "str" if isinstance(saved, str) else None, str(saved))

    def _put_value(self, cell: Element, kind: str | None, text: str) -> None:
        if kind:
            cell.set("t", kind)
        ElementTree.SubElement(cell, tag("v")).text = text

    def restyle(
        self, sheet: str, ref: str, *, code: str = "", font: str = "", fill: str = ""
    ) -> None:
        """Give a cell another number format, font or ground; the XML of these without its element."""
        styles, cell = self._tree("xl/styles.xml"), self._cell(sheet, ref)
        formats = styles.find(tag("cellXfs"))
        assert formats is not None
        own = copy.deepcopy(formats[int(cell.get("s", "0"))])
        for key, holder, name, inner in (
            ("fontId", "fonts", "font", font),
            ("fillId", "fills", "fill", fill),
        ):
            if inner:
                own.set(key, _added(styles, holder, f'<{name} xmlns="{MAIN}">{inner}</{name}>'))
        if code:
            own.set("numFmtId", self._number_format(code))
        formats.append(own)
        formats.set("count", str(len(formats)))
        cell.set("s", str(len(formats) - 1))

    def put_rich(self, sheet: str, ref: str, *runs: tuple[str, str]) -> None:
        """Type a text whose runs have fonts of their own: the XML inside rPr, and the letters."""
        cell = self._emptied(sheet, ref)
        cell.set("t", "inlineStr")
        holder = ElementTree.SubElement(cell, tag("is"))
        for font, text in runs:
            run = ElementTree.SubElement(holder, tag("r"))
            if font:
                run.append(ElementTree.fromstring(f'<rPr xmlns="{MAIN}">{font}</rPr>'))
            said = ElementTree.SubElement(run, tag("t"))
            said.text = text
            said.set(_SPACE, "preserve")

    def put_condition(self, sheet: str, ref: str, rule: str, look: str = "") -> None:
        """Let a condition change how a cell looks: the XML of its cfRule, and of the dxf it names."""
        styles, root = self._tree("xl/styles.xml"), self._tree(self._part(sheet))
        number = _added(styles, "dxfs", f'<dxf xmlns="{MAIN}">{look}</dxf>')
        text = f'<conditionalFormatting xmlns="{MAIN}" sqref="{ref}">{rule}</conditionalFormatting>'
        new = ElementTree.fromstring(text.replace("DXF", number))
        first = root.find(tag("conditionalFormatting"))
        assert first is not None
        root.insert(list(root).index(first), new)

    def _number_format(self, code: str) -> str:
        styles = self._tree("xl/styles.xml")
        holder = styles.find(tag("numFmts"))
        assert holder is not None
        number = str(max(int(one.attrib["numFmtId"]) for one in holder) + 1)
        ElementTree.SubElement(holder, tag("numFmt"), {"numFmtId": number, "formatCode": code})
        holder.set("count", str(len(holder)))
        return number

    def _date_style(self) -> str:
        formats = self._tree("xl/styles.xml").find(tag("cellXfs"))
        assert formats is not None
        ElementTree.SubElement(formats, tag("xf"), {"numFmtId": _DATE_FORMAT})
        formats.set("count", str(len(formats)))
        return str(len(formats) - 1)


def _added(styles: Element, holder: str, text: str) -> str:
    """Put an element behind its like, and give its number."""
    found = styles.find(tag(holder))
    assert found is not None
    found.append(ElementTree.fromstring(text))
    found.set("count", str(len(found)))
    return str(len(found) - 1)


def _shift_row(row: Element, shift: Shift, rows: dict[int, Element]) -> None:
    number = int(row.attrib["r"]) - 1
    for cell in list(row):
        place = shift.cell(number, parse_a1(cell.attrib["r"])[1])
        if place is None:
            row.remove(cell)
            continue
        cell.set("r", a1(*place))
        formula = cell.find(tag("f"))
        if formula is not None:
            formula.text = shift.formula(formula.text or "")
    now = shift.line(number) if shift.rows else number
    if now is not None:
        row.set("r", str(now + 1))
        row.attrib.pop("spans", None)
        rows[now] = row


def _shift_merges(root: Element, shift: Shift) -> None:
    merges = root.find(tag("mergeCells"))
    for merge in list(merges if merges is not None else ()):
        area = shift.area(Area.parse(merge.attrib["ref"]))
        if area is None or area.is_single:
            merges.remove(merge)  # type: ignore[union-attr]
        else:
            merge.set("ref", area.a1())
