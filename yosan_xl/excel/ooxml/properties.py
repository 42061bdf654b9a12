"""docProps and comments: the small parts that tell who saved a book, when, and what was noted."""

from __future__ import annotations

import re
from functools import lru_cache

from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.package import Package
from yosan_xl.excel.ooxml.plain import (
    ATTRIBUTES,
    BLANKS,
    TEXT,
    after_declaration,
    attributes_of,
    characters,
    is_well_formed,
    remembered,
    whole_text,
)
from yosan_xl.excel.ooxml.refusals import malformed
from yosan_xl.excel.ooxml.source import Tally
from yosan_xl.excel.ooxml.text import RichText
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, walk
from yosan_xl.form.area import parse_a1

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
_TIMES = ("created", "modified")
_PLAIN_TIMES = tuple(re.compile(rf"<dcterms:{one}[^>]*(?:/>|>([^<]*)<)") for one in _TIMES)


def read_times(package: Package, part: str) -> tuple[str | None, str | None]:
    """Return dcterms:created and dcterms:modified of docProps/core.xml as they stand. Raises Refused."""
    data = package.small(part)
    plain = after_declaration(data)
    root = _PLAIN_CORE.fullmatch(whole_text(plain) or "") if plain else None
    if root is None or not _is_root(root[1]):
        return _walked_times(data, part, package.limits)
    created, modified = (one.search(root[2]) for one in _PLAIN_TIMES)
    return _text(created and characters(created[1] or "")), _text(
        modified and characters(modified[1] or "")
    )


def _text(said: str | None) -> str | None:
    return (said or "").strip() or None


@lru_cache(maxsize=32)
def _is_root(attributes: str) -> bool:
    """Return whether a root with these attributes is well-formed and declares the usual prefixes."""
    declared = {f"xmlns:{prefix}": address for prefix, address in _PREFIXES.items()}
    usual = declared.items() <= attributes_of(attributes).items()
    return usual and is_well_formed(f"<cp:coreProperties{attributes}/>")


def _walked_times(data: bytes, part: str, limits: Limits) -> tuple[str | None, str | None]:
    found: tuple[list[str], list[str]] = ([], [])
    times = {one: Node(text=texts.append) for one, texts in zip(_TIMES, found, strict=True)}
    root = Node(times, namespaces=_TERMS)
    walk((data,), Node({"coreProperties": root}, namespaces=_CORE), part, limits)
    created, modified = (texts[0] if texts else None for texts in found)
    return _text(created), _text(modified)


def read_application(package: Package, part: str) -> str | None:
    """Give the program that saved the book (docProps/app.xml). Raises Refused."""
    return _application(package.small(part), part, package.limits)


@remembered
def _application(data: bytes, part: str, limits: Limits) -> str | None:
    found: list[str] = []
    root = Node({"Application": Node(text=found.append)}, namespaces=_EXTENDED)
    walk((data,), Node({"Properties": root}, namespaces=_EXTENDED), part, limits)
    return found[0].strip() or None if found else None


def read_comments(package: Package, part: str, tally: Tally) -> dict[tuple[int, int], str]:
    """Give the notes of a sheet by (row, column), 0-based. Raises Refused."""
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
