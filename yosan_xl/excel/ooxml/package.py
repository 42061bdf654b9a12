"""The package (ISO/IEC 29500-2): parts by name, unpacked under limits, and their relationships."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote
from zipfile import ZIP_STORED

from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.refusals import DAMAGED, Refused, malformed
from yosan_xl.excel.ooxml.xml_parts import LARGEST, Attributes, Node, remembered, walk
from yosan_xl.excel.ooxml.zip_entries import ZipEntry, read_entries

_CONTENT_TYPES = ("http://schemas.openxmlformats.org/package/2006/content-types",)
_RELATIONSHIPS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_PACKED, _UNPACKED = 16_384, 262_144  # bytes taken and given at a time
_AT_ONCE = 1_048_576  # bytes of a part that is unpacked in one go
_REMEMBERED = 16_384  # bytes of a part that is remembered as it was packed


class Relation(NamedTuple):
    """A relationship: `kind` is the last word of its type, `target` a part's name."""

    id: str
    kind: str
    target: str


class Package:
    """The parts of a workbook. Nothing is unpacked before it is asked for."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Check the directory of the zip file. Raises Refused."""
        self._data = memoryview(data)
        self._entries = read_entries(data, limits)
        self._unpacked = self._tags = 0
        self.limits = limits

    def __contains__(self, part: str) -> bool:
        """Return whether the package has this part (case ignored)."""
        return part.lower() in self._entries

    def chunks(self, part: str) -> Iterator[bytes]:
        """Return the bytes of a part, counted while they are unpacked. Raises Refused."""
        entry = self._entry(part)
        size = crc = 0
        for chunk in self._inflated(entry):
            size += len(chunk)
            self._count(size, len(chunk), chunk.count(b"<"))
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != entry.size:
            raise Refused(DAMAGED, what=f"{entry.name[:60]} の大きさが目次と違います")
        if crc != entry.crc:
            raise Refused(DAMAGED, what=f"{entry.name[:60]} の検査値が合いません")

    def small(self, part: str) -> bytes:
        """Return a part that is small in every honest book. Raises Refused."""
        return self._at_once(self._entry(part)) or b"".join(self.chunks(part))

    def whole(self, part: str) -> bytes | Iterator[bytes]:
        """Return a part in one piece, or in many where it is large. Raises Refused."""
        return self.chunks(part) if self._entry(part).size > LARGEST else self.small(part)

    def _entry(self, part: str) -> ZipEntry:
        entry = self._entries.get(part.lower())
        if entry is None:
            raise malformed(part, "部品がありません")
        return entry

    def _at_once(self, entry: ZipEntry) -> bytes | None:
        """Unpack what is no larger than it should be; None where `chunks` must say what is wrong."""
        if entry.method == ZIP_STORED or entry.size > _AT_ONCE:
            return None
        packed = bytes(self._data[entry.start : entry.end])
        # Of what is remembered the packed bytes are kept as well.
        unpack = _remembered if max(entry.size, len(packed)) <= _REMEMBERED else _unpacked
        found = unpack(packed, entry.size, entry.crc)
        if found is not None:
            self._count(len(found.data), len(found.data), found.tags)
        return found.data if found else None

    def _count(self, size: int, more: int, tags: int) -> None:
        """Count `more` bytes with so many tags, of a part that now has `size`. Raises Refused."""
        self._unpacked += more
        self._tags += tags
        self.limits.check("part_bytes", size)
        self.limits.check("total_bytes", self._unpacked)
        self.limits.check("tags", self._tags)

    def walk(self, part: str, document: Node) -> None:
        """Read an XML part along the wanted elements. Raises Refused."""
        walk(self.chunks(part), document, part, self.limits)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return the relationships of a part ("" is the package) to other parts. Raises Refused."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        return _relations(self.small(rels), folder, rels, self.limits)[0] if rels in self else ()

    def links(self, part: str) -> tuple[str, ...]:
        """Return where the hyperlinks of a part lead out of the book. Raises Refused."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        return _relations(self.small(rels), folder, rels, self.limits)[1] if rels in self else ()

    def content_type(self, part: str) -> str:
        """Return the content type of a part, "" where none is said. Raises Refused."""
        name = "[Content_Types].xml"
        types = _content_types(self.small(name), name, self.limits)
        return types.get(part.lower(), types.get(posixpath.splitext(part)[1].lower(), ""))

    def _inflated(self, entry: ZipEntry) -> Iterator[bytes]:
        data = self._data
        if entry.method == ZIP_STORED:
            for at in range(entry.start, entry.end, _UNPACKED):
                yield bytes(data[at : min(at + _UNPACKED, entry.end)])
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        at = entry.start
        try:
            for at in range(entry.start, entry.end, _PACKED):
                packed: bytes | memoryview = data[at : min(at + _PACKED, entry.end)]
                while packed and not inflater.eof:
                    yield inflater.decompress(packed, _UNPACKED)
                    packed = inflater.unconsumed_tail
                if inflater.eof:
                    break
            if rest := inflater.flush():  # less than a window may still be held back
                yield rest
        except zlib.error as error:
            raise Refused(DAMAGED, what=f"{entry.name[:60]} が展開できません") from error
        if not inflater.eof or inflater.unused_data or at + _PACKED < entry.end:
            raise Refused(DAMAGED, what=f"{entry.name[:60]} の長さが目次と違います")


class _Unpacked(NamedTuple):
    data: bytes
    tags: int


def _unpacked(packed: bytes, size: int, crc: int) -> _Unpacked | None:
    """Return what unpacks to just so many bytes with this check value, else None."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = inflater.decompress(packed, size + 1)
    except zlib.error:
        return None
    ended = inflater.eof and not inflater.unused_data
    if not ended or len(data) != size or zlib.crc32(data) != crc:
        return None
    return _Unpacked(data, data.count(b"<"))


# Books of one template have the same styles and lists of parts, packed alike.
_remembered = lru_cache(maxsize=64)(_unpacked)


@remembered
def _relations(
    data: bytes, folder: str, rels: str, limits: Limits
) -> tuple[tuple[Relation, ...], tuple[str, ...]]:
    found: dict[str, Relation] = {}
    links: dict[str, None] = {}

    def add(attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = unquote(attributes.get("Target", ""))
        if attributes.get("TargetMode") == "External":
            if kind == "hyperlink" and not target.startswith("#"):
                limits.check("entries", len(links) + 1)
                links[target] = None
            return
        where = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        key = attributes.get("Id", "")
        if key in found:
            raise malformed(rels, f"関連付け {key[:20]} が2つあります")
        limits.check("entries", len(found) + 1)
        found[key] = Relation(key, kind, where)

    item = Node({"Relationship": Node(open=add)}, namespaces=_RELATIONSHIPS)
    walk((data,), Node({"Relationships": item}, namespaces=_RELATIONSHIPS), rels, limits)
    return tuple(found.values()), tuple(links)


@remembered
def _content_types(data: bytes, part: str, limits: Limits) -> dict[str, str]:
    types: dict[str, str] = {}

    def add(key: str, attributes: Attributes) -> None:
        types[key.lower()] = attributes.get("ContentType", "")
        limits.check("entries", len(types))

    def default(attributes: Attributes) -> None:
        add("." + attributes.get("Extension", ""), attributes)

    def override(attributes: Attributes) -> None:
        add(attributes.get("PartName", "").lstrip("/"), attributes)

    item = Node(
        {"Default": Node(open=default), "Override": Node(open=override)},
        namespaces=_CONTENT_TYPES,
    )
    walk((data,), Node({"Types": item}, namespaces=_CONTENT_TYPES), part, limits)
    return types
