"""What stands upon a sheet and in none of its cells: notes, comments, text boxes, pictures, objects, links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import ParamSpec

from yosan_xl.excel.ooxml.book import Annotation, AnnotationKind
from yosan_xl.excel.ooxml.limits import Tally
from yosan_xl.excel.ooxml.package import Package, Relation
from yosan_xl.excel.ooxml.refusals import MALFORMED, Refused, malformed
from yosan_xl.excel.ooxml.rich_text import RichText
from yosan_xl.excel.ooxml.xml_parts import (
    Attributes,
    Node,
    anywhere,
)
from yosan_xl.form.area import parse_a1


def read_comments(package: Package, part: str, tally: Tally) -> dict[tuple[int, int], str]:
    """Return the notes of a sheet by (row, column), 0-based. Raises Refused."""
    comments: dict[tuple[int, int], str] = {}
    rich = RichText()
    place = (0, 0)

    def opened(attributes: Attributes) -> None:
        nonlocal place
        reference = attributes.get("ref", "")
        try:
            place = parse_a1(reference)
        except ValueError as error:
            raise malformed(part, f"コメントの位置「{reference[:20]}」") from error

    def closed() -> None:
        comments[place] = rich.take()
        package.limits.check("cell_chars", len(comments[place]))
        tally.add("text_chars", len(comments[place]))
        tally.add("comments")

    note = Node({"text": Node(rich.children, close=closed)}, open=opened)
    root = Node({"commentList": Node({"comment": note})})
    package.walk(part, Node({"comments": root}))
    return comments


P = ParamSpec("P")

Place = tuple[int, int]

_COMMENTS = ("http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",)
_SHAPES = (
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
)
_TEXTS = (
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
)
_ROOTS = (
    *_SHAPES,
    "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "http://purl.oclc.org/ooxml/drawingml/chart",
    "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "http://purl.oclc.org/ooxml/drawingml/diagram",
)
_CHOICES = ("http://schemas.openxmlformats.org/markup-compatibility/2006",)
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")

_WITH_TEXT = {"chart", "chartEx", "diagramData", "chartUserShapes"}
_OBJECTS = {"oleObject", "package", "control"}
"""Relationships by the last words of their types."""

_NOTICE = re.compile(
    r"\s*\[(?:スレッド化されたコメント|Threaded comment)\].*?\n\s*(?:コメント|Comment):\s*", re.S
)
"""What Excel writes into the note that stands for a comment in older programs."""

_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|K[0-9]{2}[+-][0-9]{3}|[0-9]+|[A-Za-z&])')
_WORD = re.compile(r"[^\W\d_]")
_PAGE = re.compile(r"&[PN]")
_OF_PAGES = re.compile(r"\b(?:Pages?|of)\b|ページ|頁|総数|全", re.I)
"""Words that stand beside a page's number, as LibreOffice writes them into every new sheet."""


def read_annotations(
    package: Package, part: str, notes: Mapping[Place, str], tally: Tally
) -> Iterator[Annotation]:
    """Return what stands upon the sheet of this part, whose `notes` are read, but for its links. Raises Refused.

    A note that Excel writes for a comment is left out where the comment itself is there.
    """
    relations = package.relations(part)
    comments: dict[Place, list[str]] = {}
    for relation in _of(package, relations, {"threadedComment"}):
        _tolerant(_comments, package, relation.target, comments, tally)
    for place, text in notes.items():
        said = _NOTICE.sub("", text, count=1)
        if place not in comments and said.strip():
            kind = AnnotationKind.NOTE if said == text else AnnotationKind.COMMENT
            yield Annotation(kind, place, said)
    for place, texts in comments.items():
        yield Annotation(AnnotationKind.COMMENT, place, "\n".join(texts))
    for relation in _of(package, relations, {"drawing"}):
        yield from _drawing(package, relation.target, tally)
    for relation in _of(package, relations, _OBJECTS):
        yield Annotation(AnnotationKind.OBJECT, None, posixpath.basename(relation.target))


def read_links(package: Package, part: str, tally: Tally) -> Iterator[Annotation]:
    """Return where the links of the sheet of this part lead out of the book. Raises Refused."""
    for target in package.links(part):
        yield Annotation(AnnotationKind.LINK, None, _counted(package, target, tally))


def header(text: str) -> Iterator[Annotation]:
    """Return the words of a header or footer without its codes; page numbers alone are none."""
    words = _CODES.sub(" ", text)
    said = " ".join((_OF_PAGES.sub(" ", words) if _PAGE.search(text) else words).split())
    if _WORD.search(said):
        yield Annotation(AnnotationKind.HEADER, None, said)


def _of(package: Package, relations: tuple[Relation, ...], kinds: set[str]) -> list[Relation]:
    return [one for one in relations if one.kind in kinds and one.target in package]


def _tolerant(read: Callable[P, None], *args: P.args, **options: P.kwargs) -> None:
    """Read a part without which the form can be read all the same: it may be written wrongly."""
    try:
        read(*args, **options)
    except Refused as refused:
        if refused.code is not MALFORMED:
            raise


def _comments(package: Package, part: str, found: dict[Place, list[str]], tally: Tally) -> None:
    """Read the comments of a part and the answers to them, without who wrote them."""
    places: list[Place] = []

    def opened(attributes: Attributes) -> None:
        try:
            places.append(parse_a1(attributes.get("ref", "")))
        except ValueError:
            places.append((0, 0))

    def said(text: str) -> None:
        found.setdefault(places[-1], []).append(_counted(package, text.strip(), tally))

    one = Node({"text": Node(text=said)}, open=opened, namespaces=_COMMENTS)
    root = Node({"threadedComment": one}, namespaces=_COMMENTS)
    package.walk(part, Node({"ThreadedComments": root}, namespaces=_COMMENTS))


def _counted(package: Package, text: str, tally: Tally) -> str:
    package.limits.check("cell_chars", len(text))
    tally.add("text_chars", len(text))
    tally.add("comments")
    return text


def _drawing(package: Package, part: str, tally: Tally) -> Iterator[Annotation]:
    """Return the shapes of a drawing, each with its words, and the words of its charts."""
    shapes = _Shapes()
    _tolerant(package.walk, part, shapes.document())
    for place, text in shapes.found:
        said = _counted(package, text.strip(), tally)
        kind = AnnotationKind.TEXT if said else AnnotationKind.PICTURE
        yield Annotation(kind, place, said)
    for relation in _of(package, package.relations(part), _WITH_TEXT):
        words = _Shapes()
        _tolerant(package.walk, relation.target, words.document())
        said = _counted(package, words.text().strip(), tally)
        if said:
            yield Annotation(AnnotationKind.TEXT, None, said)


class _Shapes:
    """Takes the shapes of a drawing: where each is anchored, and the paragraphs in it."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[tuple[Place | None, str]] = []
        self._numbers: list[str] = []
        self._words: list[str] = []

    def document(self) -> Node:
        """Return the elements to look at; a drawing's words may stand at any depth."""
        run = Node({"t": Node(text=self._words.append)}, namespaces=_TEXTS)
        line = Node(
            {"r": run, "fld": run, "br": Node(open=self._break)},
            close=lambda: self._words.append("\n"),
            namespaces=_TEXTS,
        )
        number = Node(text=self._numbers.append)
        start = Node({"col": number, "row": number}, namespaces=_SHAPES)
        # What stands there for older programs says the same once more.
        contents = anywhere({"p": line}, _TEXTS)
        contents.children |= Node({"Fallback": Node()}, namespaces=_CHOICES).children
        anchor = Node({"from": start}, close=self._close, namespaces=_SHAPES, rest=contents)
        root = anywhere(dict.fromkeys(_ANCHORS, anchor), _SHAPES)
        root.children |= contents.children
        names = ("wsDr", "chartSpace", "dataModel", "userShapes")
        return Node(dict.fromkeys(names, root), namespaces=_ROOTS)

    def text(self) -> str:
        """Return the words that belong to no anchor, and those that do."""
        return "\n".join((*(text for _, text in self.found), "".join(self._words)))

    def _break(self, _: Attributes) -> None:
        self._words.append("\n")

    def _close(self) -> None:
        numbers = [int(text) for text in self._numbers if text.isascii() and text.isdigit()]
        place = (numbers[1], numbers[0]) if len(numbers) == 2 else None
        self.found.append((place, "".join(self._words)))
        self._numbers.clear()
        self._words.clear()
