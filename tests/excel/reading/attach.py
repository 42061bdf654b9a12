"""Put notes, comments, drawings and other parts upon a sheet of a book, as programs write them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from tests.excel.reading.edit import Editor
from tests.excel.reading.parts import MAIN, RELATION, tag

_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_TEXT = "http://schemas.openxmlformats.org/drawingml/2006/main"
THREAD = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
NOTICE = (
    "[スレッド化されたコメント]\n\nお使いのバージョンの Excel では、このスレッド化されたコメントを読み取ることが"
    "できますが、新しいバージョンの Excel でファイルを開くと、コメントに対する編集がすべて削除されます。詳細については、"
    "次をご覧ください: https://go.microsoft.com/fwlink/?linkid=870924。\n\nコメント:\n    "
)
"""What Excel writes into the note that stands for a comment."""


def attach(book: Editor, sheet: str, target: str, content: str, kind: str = "") -> None:
    """Add a part, and a relationship of this kind (or type) to it from the part of a sheet."""
    part = book._part(sheet)
    relate(book, part, target, kind)
    book._parts[target] = content.encode()


def relate(book: Editor, part: str, target: str, kind: str) -> None:
    """Add a relationship between two parts."""
    folder, name = part.rsplit("/", 1)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in book._parts:
        book._parts[rels] = f'<Relationships xmlns="{_RELS}"/>'.encode()
    root = book._tree(rels)
    kind = kind if "/" in kind else f"{RELATION}/{kind}"
    attributes = {"Id": f"rId{len(root) + 1}", "Type": kind, "Target": f"/{target}"}
    ElementTree.SubElement(root, f"{{{_RELS}}}Relationship", attributes)


def note(book: Editor, sheet: str, notes: Mapping[str, str]) -> None:
    """Write notes, by cell."""
    body = "".join(
        f'<comment ref="{ref}" authorId="0"><text><r><t xml:space="preserve">{escape(text)}</t></r></text></comment>'
        for ref, text in notes.items()
    )
    target = f"xl/comments{len(book._parts)}.xml"
    content = (
        f'<comments xmlns="{MAIN}"><authors><author>担当</author></authors>'
        f"<commentList>{body}</commentList></comments>"
    )
    attach(book, sheet, target, content, "comments")


def comment(book: Editor, sheet: str, ref: str, *texts: str) -> None:
    """Write a comment and its answers, and the note that stands for them in older programs."""
    body = "".join(
        f'<threadedComment ref="{ref}" dT="2026-11-30T01:02:03.45" personId="{{1}}" id="{{{number}}}">'
        f"<text>{escape(text)}</text></threadedComment>"
        for number, text in enumerate(texts)
    )
    target = f"xl/threadedComments/threadedComment{len(book._parts)}.xml"
    attach(
        book,
        sheet,
        target,
        f'<ThreadedComments xmlns="{_THREADS}">{body}</ThreadedComments>',
        THREAD,
    )
    note(book, sheet, {ref: NOTICE + "\n返信:\n    ".join(texts)})


def draw(book: Editor, sheet: str, *anchors: str) -> str:
    """Write a drawing of these anchors; give its part."""
    target = f"xl/drawings/drawing{len(book._parts)}.xml"
    content = (
        f'<xdr:wsDr xmlns:xdr="{_DRAWING}" xmlns:a="{_TEXT}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"{''.join(anchors)}</xdr:wsDr>"
    )
    attach(book, sheet, target, content, "drawing")
    return target


def anchor(row: int, column: int, content: str) -> str:
    """Give an anchor at a cell (0-based)."""
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>9</xdr:col>"
        f"<xdr:row>99</xdr:row></xdr:to>{content}<xdr:clientData/></xdr:twoCellAnchor>"
    )


def text_box(*lines: str) -> str:
    """Give a shape with these lines in it."""
    body = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return f"<xdr:sp><xdr:spPr/><xdr:txBody><a:bodyPr/>{body}</xdr:txBody></xdr:sp>"


def set_header(book: Editor, sheet: str, text: str) -> None:
    """Write a header above the pages of a sheet."""
    root = book._tree(book._part(sheet))
    place = root.find(tag("headerFooter"))
    if place is None:
        place = ElementTree.SubElement(root, tag("headerFooter"))
    ElementTree.SubElement(place, tag("oddHeader")).text = text


def unmerge(book: Editor, sheet: str, ref: str) -> None:
    """End a merge, as a paste does."""
    merges = book._tree(book._part(sheet)).find(tag("mergeCells"))
    assert merges is not None
    merges.remove(next(merge for merge in merges if merge.get("ref") == ref))


def set_height(book: Editor, sheet: str, row: int, height: float) -> None:
    """Give a row (0-based) a height (points)."""
    rows = book._tree(book._part(sheet)).iter(tag("row"))
    found = next(one for one in rows if one.get("r") == str(row + 1))
    found.set("ht", f"{height:g}")
    found.set("customHeight", "1")


def set_width(book: Editor, sheet: str, column: int, width: float) -> None:
    """Give a column (0-based) a width (characters)."""
    for found in book._tree(book._part(sheet)).iter(tag("col")):
        if found.get("min") == str(column + 1):
            assert found.get("max") == found.get("min")
            found.set("width", f"{width:g}")


def add_sheet(book: Editor, name: str, cells: Mapping[str, str], state: str = "visible") -> None:
    """Add a sheet of their own."""
    number = len(book.sheets) + 20
    part = f"xl/worksheets/sheet{number}.xml"
    book._register(part, name, number)
    book._parts[part] = f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'.encode()
    next(one for one in book._listed() if one.get("name") == name).set("state", state)
    for ref, text in cells.items():
        book.put_text(name, ref, text)
