"""The package (ISO/IEC 29500-2): parts by name, unpacked under limits, and their relationships."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from zipfile import ZIP_STORED

from yosan_xl.excel.ooxml.limits import Limits
from yosan_xl.excel.ooxml.plain import LARGEST, remembered
from yosan_xl.excel.ooxml.refusals import DAMAGED, Refused, malformed
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, walk
from yosan_xl.excel.ooxml.zip_entries import Entry, read_entries

_CONTENT_TYPES = ("http://schemas.openxmlformats.org/package/2006/content-types",)
_RELATIONSHIPS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_PACKED, _UNPACKED = 16_384, 262_144  # bytes taken and given at a time


@dataclass(frozen=True, slots=True)
class Relation:
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
        """Tell whether the package has this part (case ignored)."""
        return part.lower() in self._entries

    def chunks(self, part: str) -> Iterator[bytes]:
        """Give the bytes of a part, counted while they are unpacked. Raises Refused."""
        entry = self._entries.get(part.lower())
        if entry is None:
            raise malformed(part, "部品がありません")
        size = crc = 0
        for chunk in self._inflated(entry):
            size += len(chunk)
            self._unpacked += len(chunk)
            self.limits.check("part_bytes", size)
            self.limits.check("total_bytes", self._unpacked)
            self._tags += chunk.count(b"<")
            self.limits.check("tags", self._tags)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != entry.size:
            raise Refused(DAMAGED, what=f"{entry.name[:60]} の大きさが目次と違います")
        if crc != entry.crc:
            raise Refused(DAMAGED, what=f"{entry.name[:60]} の検査値が合いません")

    def small(self, part: str) -> bytes:
        """Give a part that is small in every honest book. Raises Refused."""
        return b"".join(self.chunks(part))

    def whole(self, part: str) -> bytes | Iterator[bytes]:
        """Give a part in one piece, or in many where it is large. Raises Refused."""
        entry = self._entries.get(part.lower())
        if entry is None or entry.size > LARGEST:
            return self.chunks(part)
        return b"".join(self.chunks(part))

    def walk(self, part: str, document: Node) -> None:
        """Read an XML part along the wanted elements. Raises Refused."""
        walk(self.chunks(part), document, part, self.limits)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Give the relationships of a part ("" is the package) to other parts. Raises Refused."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        return _relations(self.small(rels), folder, rels, self.limits) if rels in self else ()

    def content_type(self, part: str) -> str:
        """Give the content type of a part, "" where none is said. Raises Refused."""
        name = "[Content_Types].xml"
        types = _content_types(self.small(name), name, self.limits)
        return types.get(part.lower(), types.get(posixpath.splitext(part)[1].lower(), ""))

    def _inflated(self, entry: Entry) -> Iterator[bytes]:
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


@remembered
def _relations(data: bytes, folder: str, rels: str, limits: Limits) -> tuple[Relation, ...]:
    found: dict[str, Relation] = {}

    def add(attributes: Attributes) -> None:
        if attributes.get("TargetMode") == "External":
            return
        target = unquote(attributes.get("Target", ""))
        where = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        key = attributes.get("Id", "")
        if key in found:
            raise malformed(rels, f"関連付け {key[:20]} が2つあります")
        limits.check("entries", len(found) + 1)
        found[key] = Relation(key, attributes.get("Type", "").rpartition("/")[2], where)

    item = Node({"Relationship": Node(open=add)}, namespaces=_RELATIONSHIPS)
    walk((data,), Node({"Relationships": item}, namespaces=_RELATIONSHIPS), rels, limits)
    return tuple(found.values())


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
