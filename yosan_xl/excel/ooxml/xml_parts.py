"""XML of a package: read by expat along a tree of wanted elements, or by patterns where programs write it as usual."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import NoReturn, ParamSpec, TypeVar
from xml.parsers import expat

from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.refusals import DTD_FOUND, Refused, malformed

Attributes = dict[str, str]

SPREADSHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",  # Transitional
    "http://purl.oclc.org/ooxml/spreadsheetml/main",  # Strict
)
XML_SPACE = "http://www.w3.org/XML/1998/namespace}space"

# OPC allows UTF-8 and UTF-16 (ISO/IEC 29500-2, 8.2.2); the others are ASCII or known to expat.
_ENCODINGS = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ISO-8859-1"}
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_PIECE = 262_144  # bytes given to expat at a time
_TRUE = {"1", "true", "on"}


class Node:
    """A wanted element: its children by local name, and what to call when it opens and closes.

    `open` gets the attributes. A leaf has `text`, which gets its characters; others may have
    `close`. `namespaces` are those of the children. A leaf that has a child all the same is refused, and
    so is one that is called like a wanted one of a worksheet in a namespace that nobody knows.
    so are the wanted ones within an element of another namespace (`mc:AlternateContent`), and those
    called `misplaced`. `rest` is what any other child is, where it is not passed over.
    """

    __slots__ = ("children", "close", "names", "open", "rest", "text")

    def __init__(
        self,
        children: Mapping[str, Node] | None = None,
        *,
        open: Callable[[Attributes], None] | None = None,
        text: Callable[[str], None] | None = None,
        close: Callable[[], None] | None = None,
        namespaces: tuple[str, ...] = SPREADSHEET,
        rest: Node | None = None,
        misplaced: tuple[str, ...] = (),
    ) -> None:
        """Take the children by local name; without any of the rest the element is only a way."""
        self.children = {
            f"{namespace}}}{name}": child
            for name, child in (children or {}).items()
            for namespace in namespaces
        }
        wanted = (*(children or ()), *misplaced) if namespaces is SPREADSHEET else ()
        self.names = frozenset(wanted)
        self.open = open
        self.text = text
        self.close = close
        self.rest = rest


def anywhere(children: Mapping[str, Node], namespaces: tuple[str, ...]) -> Node:
    """Return an element whose `children` are found at any depth below it."""
    node = Node(children, namespaces=namespaces)
    node.rest = node
    return node


_OTHER = Node()


def walk(chunks: Iterable[bytes], document: Node, part: str, limits: Limits) -> None:
    """Read the part in `chunks`; `document` has its possible roots as children.

    Raises Refused: DTD, malformed XML, an unexpected root, over a limit.
    """
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = 65_536
    _forbid(parser, part)
    _follow(parser, document, part, limits)
    fed = 0
    try:
        for chunk in chunks:
            for piece in _pieces(chunk):
                parser.Parse(piece, False)
                fed += len(piece)
                # Older expats read an unfinished tag from its start again with every piece.
                limits.check("tag_bytes", fed - parser.CurrentByteIndex)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise malformed(part, f"{error.lineno}行目がXMLとして読めません") from error
    except (LookupError, UnicodeError) as error:
        raise malformed(part, "文字コードが正しくありません") from error


def _pieces(chunk: bytes) -> Iterable[bytes]:
    if len(chunk) <= _PIECE:
        return (chunk,)
    return (chunk[at : at + _PIECE] for at in range(0, len(chunk), _PIECE))


def _forbid(parser: expat.XMLParserType, part: str) -> None:
    def doctype(*_: object) -> NoReturn:
        raise Refused(DTD_FOUND, part=part)

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.upper() not in _ENCODINGS:
            raise malformed(part, f"文字コード {encoding[:20]} は使えません")

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.XmlDeclHandler = declaration


# One stack of nodes and one list of characters: this runs for every element of every sheet.
def _follow(parser: expat.XMLParserType, document: Node, part: str, limits: Limits) -> None:
    stack = [document]
    texts: list[str] = []
    push, pop, clear = stack.append, stack.pop, texts.clear
    other, depth = _OTHER, limits.depth

    def start(tag: str, attributes: Attributes) -> None:
        parent = stack[-1]
        rest = parent.rest or other
        node = parent.children.get(tag, rest)
        push(node)
        if node is rest:
            if parent.text is not None:
                raise malformed(part, "文字の中に要素があります")
            name = tag.rpartition("}")[2]
            if name in parent.names:
                raise malformed(part, f"「{name}」の名前空間か場所がちがいます")
            if parent.names and not tag.startswith(SPREADSHEET):
                stack[-1] = _within(parent)
            _pass_over(len(stack) - 1, depth, part, limits)
        if node.text is not None:
            clear()
        if node.open is not None:
            node.open(attributes)

    def end(_tag: str) -> None:
        node = pop()
        if node.text is not None:
            node.text("".join(texts))
        elif node.close is not None:
            node.close()

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = texts.append


def _within(parent: Node) -> Node:
    """Return an element that nobody knows: what its parent wants must not stand in it, at any depth."""
    node = Node()
    node.names, node.rest = parent.names, node
    return node


def _pass_over(level: int, depth: int, part: str, limits: Limits) -> None:
    if level == 1:
        raise malformed(part, "種類の違うXMLです")
    if level > depth:
        raise limits.refusal("depth")


def unescaped(text: str) -> str:
    """Decode `_xHHHH_` and give every line end as one line feed."""
    return with_line_feeds(decoded(text))


def decoded(text: str) -> str:
    """Decode `_xHHHH_` (ISO/IEC 29500-1, 22.9.2.19)."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        if _SURROGATE.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def with_line_feeds(text: str) -> str:
    """Return every line end as one line feed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def flag(attributes: Attributes, name: str) -> bool:
    """Return an xsd:boolean attribute, False where it is absent or nonsense."""
    return attributes.get(name) in _TRUE


def whole(text: str | None, part: str, below: int) -> int:
    """Return the whole number 0 <= n < `below` that an attribute or a value says, else refuse."""
    if text is not None and text.isascii() and text.isdigit() and len(text) <= 10:
        number = int(text)
        if number < below:
            return number
    raise malformed(part, f"番号「{(text or '')[:20]}」が範囲の外です")


P = ParamSpec("P")
T = TypeVar("T")

LARGEST = 4_000_000
"""Bytes of a part that is taken apart as a whole; a larger one is read piece by piece."""

_REMEMBERED = 65_536  # bytes: a part of a form has 10 KB, and 32 of them are remembered

_CHARS = r"[^<&\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
TEXT = rf"{_CHARS}*+(?:&(?:amp|lt|gt|quot|apos);{_CHARS}*+)*+"
"""Characters of an element, entities of XML 1.0 included."""

BLANKS = r"[ \t\n]*+"
"""White space as XML has it; \\s takes control characters too."""

ATTRIBUTES = r"""(?: (?!xmlns=)[A-Za-z_][\w.:-]*="[^"<&\x00-\x1f\ufffe\uffff]*")*+"""
"""Attributes of no interest, of which `prefixes_of` must say that they are well-formed."""

PRESERVE = ' xml:space="preserve"'

_DECLARATION = re.compile(
    rb"""<\?xml version=(["'])1\.0\1 encoding=(["'])[Uu][Tt][Ff]-8\2(?: standalone=(["'])yes\3)? ?\?>"""
)
_LINE_END = re.compile(r"\r\n?")


def cut(data: bytes, element: str, mark: bytes) -> tuple[bytes, str] | None:
    """Return a part (UTF-8) with `mark` for what `element` holds, and that; None where it cannot be told.

    What is left must be read by expat: it says whether the mark is where it belongs.
    """
    opening, closing = f"<{element}>".encode(), f"</{element}>".encode()
    declaration = _DECLARATION.match(data)
    start, end = data.find(opening), data.rfind(closing)
    if declaration is None or not 0 <= start < end:
        return None
    start += len(opening)
    if data.find(b"<!", 0, start) >= 0 or data.find(b"<?", declaration.end(), start) >= 0:
        return None  # the element may stand in a comment
    held = whole_text(data[start:end])
    return None if held is None else (data[:start] + mark + data[end:], held)


def whole_text(data: bytes) -> str | None:
    """Return the characters of UTF-8 with every line end as XML has it; None for other bytes.

    `]]>` may not stand in a text (XML 1.0, 2.4): expat is to say so.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if "]]>" in text:
        return None
    return _LINE_END.sub("\n", text) if "\r" in text else text


def after_declaration(data: bytes) -> bytes | None:
    """Return a part without its XML declaration; None where it is not in UTF-8 by its own words."""
    declaration = _DECLARATION.match(data)
    return data[declaration.end() :].lstrip(b" \t\r\n") if declaration else None


def characters(text: str) -> str:
    """Return a matched TEXT with its entities as the characters they stand for."""
    if "&" in text:
        for entity, char in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
            text = text.replace(f"&{entity};", char)
    return text


def attributes_of(text: str) -> dict[str, str]:
    """Return matched ATTRIBUTES by name."""
    return dict(_ATTRIBUTE.findall(text))


@lru_cache(maxsize=4_096)
def prefixes_of(attributes: str) -> frozenset[str] | None:
    """Return the prefixes in the ATTRIBUTES of a tag; None where they are not well-formed.

    Two of one name under different prefixes may be the same attribute: only expat can tell.
    """
    found = frozenset(_PREFIX.findall(attributes)) - {"xml"}
    declared = "".join(f' xmlns:{prefix}="_"' for prefix in sorted(found))
    return found if is_well_formed(f"<_{declared}{attributes}/>") else None


def is_well_formed(element: str) -> bool:
    """Return whether expat takes an element."""
    try:
        expat.ParserCreate(namespace_separator="}").Parse(element, True)
    except expat.ExpatError:
        return False
    return True


_PREFIX = re.compile(r' ([\w.-]+):[\w.-]+="')
_ATTRIBUTE = re.compile(r' ([\w.:-]+)="([^"]*)"')


def remembered(read: Callable[P, T]) -> Callable[P, T]:
    """Let a function of a part's bytes or characters (and of hashable rest) remember what it gave.

    Books of one template have the same styles, relationships and sheet frames, byte for byte.
    """
    cached = lru_cache(maxsize=32)(read)

    def call(*args: P.args, **options: P.kwargs) -> T:
        data = args[0]
        small = isinstance(data, bytes | str) and len(data) <= _REMEMBERED
        return cached(*args, **options) if small else read(*args, **options)  # type: ignore[arg-type]

    return call
