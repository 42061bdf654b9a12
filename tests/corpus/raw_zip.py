"""A zip file written field by field, so that its headers can lie (APPNOTE.TXT 4.3)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_DATE = 0x0021  # 1980-01-01, the first day that a zip file knows


@dataclass(frozen=True, slots=True)
class Member:
    """An entry: `local` and `central` replace fields of its two headers by what is not so.

    Fields are name, flags, method, crc, packed, size, offset (central only) and extra.
    """

    name: bytes
    content: bytes
    local: Mapping[str, Any] = field(default_factory=dict)
    central: Mapping[str, Any] = field(default_factory=dict)
    method: int = 8
    packed: bytes | None = None


def members(parts: Mapping[str, bytes]) -> list[Member]:
    """Give an honest entry for each part."""
    return [Member(name.encode(), content) for name, content in parts.items()]


def lying(all_members: Sequence[Member], name: str, **change: Any) -> list[Member]:
    """Give the entries with one of them changed."""
    assert any(m.name == name.encode() for m in all_members), name
    return [replace(m, **change) if m.name == name.encode() else m for m in all_members]


def raw_zip(
    entries: Sequence[Member], end: Mapping[str, int] | None = None, before: bytes = b""
) -> bytes:
    """Pack the entries; `end` replaces fields of the end record: count, size, offset, comment."""
    body, directory = bytearray(before), bytearray()
    for entry in entries:
        packed = _packed(entry)
        head = _fields(entry, packed, len(body))
        body += _local({**head, **entry.local}) + packed
        directory += _central({**head, **entry.central})
    said = {"count": len(entries), "size": len(directory), "offset": len(body), "comment": 0}
    said |= end or {}
    tail = _END.pack(
        b"PK\x05\x06",
        0,
        0,
        said["count"],
        said["count"],
        said["size"],
        said["offset"],
        said["comment"],
    )
    return bytes(body + directory + tail)


def _packed(entry: Member) -> bytes:
    if entry.packed is not None:
        return entry.packed
    if entry.method == 0:
        return entry.content
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(entry.content) + packer.flush()


def _fields(entry: Member, packed: bytes, offset: int) -> dict[str, Any]:
    return {
        "name": entry.name,
        "flags": 0 if entry.name.isascii() else 0x0800,
        "method": entry.method,
        "crc": zlib.crc32(entry.content),
        "packed": len(packed),
        "size": len(entry.content),
        "offset": offset,
        "extra": b"",
    }


def _local(said: Mapping[str, Any]) -> bytes:
    head = _LOCAL.pack(
        said.get("signature", b"PK\x03\x04"), 20, said["flags"], said["method"], 0, _DATE,
        said["crc"], said["packed"], said["size"], len(said["name"]), len(said["extra"]),
    )  # fmt: skip
    return bytes(head + said["name"] + said["extra"])


def _central(said: Mapping[str, Any]) -> bytes:
    head = _CENTRAL.pack(
        b"PK\x01\x02", 20, 20, said["flags"], said["method"], 0, _DATE, said["crc"], said["packed"],
        said["size"], len(said["name"]), len(said["extra"]), 0, 0, 0, 0, said["offset"],
    )  # fmt: skip
    return bytes(head + said["name"] + said["extra"])
