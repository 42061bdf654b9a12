"""A workbook that XlsxWriter wrote, packed again with its cells, texts and links in their parts.

XlsxWriter writes all that is not in a cell; what is put in stands where ISO/IEC 29500-1 has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from yosan_xl.excel.rows import Numbers, SheetCells, escaped, rows_xml, text_xml
from yosan_xl.excel.styles import FONT
from yosan_xl.form.area import a1

STAND_IN = "\ufdd0"
"""Stands for `&` in the foot of a page: XlsxWriter would take the text `&&G` for a picture."""

_AT_A_TIME = 500
"""Rows that are packed together: some hundred KB."""

_BOOK, _STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
_THEME, _ABOUT = "xl/theme/theme1.xml", "docProps/app.xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMAS = "http://schemas.openxmlformats.org"
_NO_RELATIONS = (
    f'{_DECLARATION}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships"></Relationships>'
)
_HYPERLINK = f"{_SCHEMAS}/officeDocument/2006/relationships/hyperlink"
_DIMENSION = re.compile(r'(?<=<dimension ref=")[^"]*')
_STYLE = re.compile(r'<c r="[A-Z]+[0-9]+"( s="[0-9]+")/>')
_AFTER_LINKS = re.compile(r"<printOptions|<pageMargins")
_NOTES = re.compile(r"<legacyDrawing [^>]*/>")
_VALIDATION = "<dataValidation "
_OTHER_SCRIPT = re.compile(r'<a:font script="(?!Jpan)[^>]*/>')
"""Fonts of the theme for texts that are not Japanese: no cell uses them."""
_CONTENTS = re.compile(r"<HeadingPairs>.*</TitlesOfParts>")
"""A list of the sheets once more."""
_IGNORED = re.compile(r'<ignoredError sqref="([^"]*)"([^>]*)/>')
_BOOK_PROPERTIES = re.compile(r"<workbookPr [^>]*/>")
_LATIN = re.compile(r'<a:latin( typeface="[^"]*")[^>]*/>')
_CHART_END = "<c:printSettings>"
_CHART_FONT = (
    f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr><a:latin typeface="{FONT}"/></a:defRPr></a:pPr>'
    '<a:endParaRPr lang="ja-JP"/></a:p></c:txPr>'
)
"""What the texts of a chart are written in where they do not say it themselves."""


def mark_formats(sheet: Any, row: int, formats: Sequence[Any]) -> None:
    """Write a cell in each format on XlsxWriter's first sheet: `pack` reads the styles from them."""
    for column, looks in enumerate(formats):
        sheet.write_blank(row, column, None, looks)
    # So that the package has a part for the shared strings.
    sheet.write_string(row, len(formats), "text")


class DefinedName(NamedTuple):
    """A name for what a formula (with its `=`) refers to, in the book or on its n-th sheet."""

    name: str
    formula: str
    sheet: int | None
    is_hidden: bool = False


_NAMED = attrgetter("name")


class WorkbookParts(NamedTuple):
    """What is put into a workbook: the cells of its sheets, the formats that are marked, and names.

    `structure_password` lifts the lock of the order and names of its sheets; None leaves them unlocked. `level` is
    how much time is taken to make it small (1 to 9).
    """

    sheets: Sequence[SheetCells]
    formats: Sequence[Any]
    names: Sequence[DefinedName]
    structure_password: str | None = None
    level: int = 6


def pack(written: BytesIO, package: WorkbookParts, out: BytesIO) -> None:
    """Pack a workbook anew, with what is put into it.

    The rows are made while they are packed, so that they are never in memory as one text.
    """
    with ZipFile(written) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    changed = _changed(parts, package)
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=package.level) as target:
        for name in {**parts, **changed}:
            with target.open(name, "w") as file:
                file.writelines(_blocks(changed[name]) if name in changed else [parts[name]])


def _blocks(pieces: Iterable[str]) -> Iterator[bytes]:
    pieces = iter(pieces)
    while block := "".join(islice(pieces, _AT_A_TIME)):
        yield block.encode()


def _changed(parts: dict[str, bytes], package: WorkbookParts) -> dict[str, Iterator[str]]:
    """Return the parts that are not as XlsxWriter has them, the shared strings last."""
    sheets = package.sheets
    names = {sheet: f"xl/worksheets/sheet{number}.xml" for number, sheet in enumerate(sheets, 1)}
    texts = {sheet: _completed(parts[name].decode(), sheet) for sheet, name in names.items()}
    styles = dict(zip(package.formats, _STYLE.findall(texts[sheets[0]]), strict=True))
    numbers, made = Numbers(), dict[SheetCells, dict[int, str]]()
    book = _locked(parts[_BOOK].decode(), package.structure_password)
    changed = {_BOOK: _book_xml(book, package.names)}
    changed[_ABOUT] = iter([_CONTENTS.sub("", parts[_ABOUT].decode())])
    changed[_THEME] = iter([_OTHER_SCRIPT.sub("", parts[_THEME].decode())])
    charts = (name for name in parts if name.startswith("xl/charts/chart"))
    changed.update((name, iter([_chart_xml(parts[name].decode())])) for name in charts)
    for sheet, name in names.items():
        text = _copied(texts[sheet.original], texts[sheet]) if sheet.original else texts[sheet]
        rows = numbers.counted(rows_xml(sheet, {None: "", **styles}, numbers, made))
        changed[name] = _sheet_xml(text, sheet, rows)
        if any(link.target for _, _, link in sheet.links):
            path = name.replace("worksheets", "worksheets/_rels") + ".rels"
            known = parts[path].decode() if path in parts else _NO_RELATIONS
            changed[path] = _relations_xml(known, sheet)
    del parts[_STRINGS]
    changed[_STRINGS] = _strings_xml(numbers)
    return changed


def _book_xml(text: str, names: Sequence[DefinedName]) -> Iterator[str]:
    """Yield the workbook's part with these names behind those of XlsxWriter."""
    if not names:
        yield text
        return
    head, begin, tail = text.partition("<calcPr")
    known = head.removesuffix("</definedNames>")
    yield known if known != head else f"{head}<definedNames>"
    for name, formula, sheet, is_hidden in sorted(names, key=_NAMED):
        place = "" if sheet is None else f' localSheetId="{sheet}"'
        hidden = ' hidden="1"' if is_hidden else ""
        refers = escaped(formula.removeprefix("="))
        yield f'<definedName name="{name}"{place}{hidden}>{refers}</definedName>'
    yield f"</definedNames>{begin}{tail}"


def _locked(text: str, password: str | None) -> str:
    """Return the workbook's part with its structure locked by a password ("": without one), if not None."""
    if password is None:
        return text
    key = f' workbookPassword="{password_verifier(password)}"' if password else ""
    return _BOOK_PROPERTIES.sub(
        rf'\g<0><workbookProtection{key} lockStructure="1"/>', text, count=1
    )


def password_verifier(password: str) -> str:
    """Return what the file keeps of a password of ASCII (ISO/IEC 29500-4, 14.7.1, workbookPassword), as XlsxWriter does for sheets."""
    digest = 0
    for number in (*map(ord, reversed(password)), len(password)):
        digest = (digest >> 14 & 1 | digest << 1 & 0x7FFF) ^ number
    return f"{digest ^ 0xCE4B:X}"


def _chart_xml(text: str) -> str:
    """Return the part of a chart with its fonts named for Japanese characters too, and its language."""
    text = text.replace(_CHART_END, f"{_CHART_FONT}{_CHART_END}", 1)
    text = text.replace('lang="en-US"', 'lang="ja-JP"').replace(' val="en-US"', ' val="ja-JP"')
    return _LATIN.sub(r"\g<0><a:ea\1/>", text)


def _completed(text: str, sheet: SheetCells) -> str:
    """Return the part of a sheet with what XlsxWriter cannot say.

    Its validations say whether Japanese is typed, and one element all errors that the same cells ignore.
    """
    ignored: dict[str, str] = {}
    for cells, errors in _IGNORED.findall(text):
        ignored[cells] = ignored.get(cells, "") + errors
    together = "".join(f'<ignoredError sqref="{one}"{own}/>' for one, own in ignored.items())
    text = _IGNORED.sub("", text).replace("<ignoredErrors>", f"<ignoredErrors>{together}")
    before, *validations = text.split(_VALIDATION)
    if sheet.original or not validations:
        return text
    marked = zip(sheet.ime_modes, validations, strict=True)
    return before + "".join(
        f'{_VALIDATION}imeMode="{mode}" {rest}' if mode else f"{_VALIDATION}{rest}"
        for mode, rest in marked
    )


def _copied(original: str, own: str) -> str:
    """Return the part of a copy: what its original has, with the notes that are its own."""
    notes = "".join(_NOTES.findall(own))
    bare = _NOTES.sub("", original).replace(' tabSelected="1"', "", 1)
    return bare.replace("</worksheet>", f"{notes}</worksheet>")


def _sheet_xml(text: str, sheet: SheetCells, rows: Iterator[str]) -> Iterator[str]:
    """Yield the part of a sheet with these rows in the place of XlsxWriter's."""
    head, _, rest = text.partition("<sheetData")
    tail = rest.rpartition("</sheetData>")[2].removeprefix("/>")
    last = a1(*sheet.size)
    yield _DIMENSION.sub("A1" if last == "A1" else f"A1:{last}", head)
    yield "<sheetData>"
    yield from rows
    yield "</sheetData>"
    if sheet.links:
        place = _AFTER_LINKS.search(tail)
        at = place.start() if place else 0
        yield f"{tail[:at]}<hyperlinks>"
        yield from _hyperlinks_xml(sheet)
        tail = f"</hyperlinks>{tail[at:]}"
    yield tail.replace(STAND_IN, "&amp;")


def _hyperlinks_xml(sheet: SheetCells) -> Iterator[str]:
    for number, (row, column, link) in enumerate(sheet.links):
        relation = f' r:id="rIdLink{number}"' if link.target else ""
        called = link.text if link.target else ""  # in the book itself a cell says it
        shown = (("location", link.anchor), ("tooltip", link.tip), ("display", called))
        said = "".join(f' {key}="{_quoted(text)}"' for key, text in shown if text)
        yield f'<hyperlink ref="{a1(row, column)}"{relation}{said}/>'


def _relations_xml(known: str, sheet: SheetCells) -> Iterator[str]:
    yield known.removesuffix("</Relationships>")
    for number, (_, _, link) in enumerate(sheet.links):
        if link.target:
            target = f'Target="{_quoted(link.target)}" TargetMode="External"'
            yield f'<Relationship Id="rIdLink{number}" Type="{_HYPERLINK}" {target}/>'
    yield "</Relationships>"


def _strings_xml(numbers: Numbers) -> Iterator[str]:
    counts = f'count="{numbers.used}" uniqueCount="{len(numbers)}"'
    yield f'{_DECLARATION}<sst xmlns="{_SCHEMAS}/spreadsheetml/2006/main" {counts}>'
    yield from map(text_xml, numbers)
    yield "</sst>"


def _quoted(text: str) -> str:
    """Return a text as it stands in an attribute of XML."""
    return escaped(text).replace('"', "&quot;").replace("\n", "&#xA;")
