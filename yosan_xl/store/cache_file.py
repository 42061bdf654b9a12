"""What was read of books before, on this machine: a file of the user's own, never beside the books.

A year folder lies on a share where many may write: what stands there could make a finding vanish. A
line that is damaged is left out, and so is a file that cannot be read: the books are read anew.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from yosan_xl import __version__
from yosan_xl.resources import data_root
from yosan_xl.store.faults import StoreError
from yosan_xl.store.write import write_bytes

_KEPT = 16
"""Files that are kept: one for each year folder and kind of check that was worked with lately."""

_MARK = 16  # bytes of the digest before each line

Entries = Mapping[str, bytes]
"""By key (no space in it) what was kept: one line of ASCII."""


def cache_folder() -> Path:
    """Give the folder for what a program may lose (XDG Base Directory; Windows: LOCALAPPDATA)."""
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    if named:
        return Path(named) / "yosan-xl"
    usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return Path.home() / usual / "yosan-xl"


def fingerprint(manner: str) -> str:
    """Give what a cache is good for: this very program with its forms, and this manner of reading."""
    digest = hashlib.sha256(f"{__version__}\n{sys.version}\n{manner}".encode())
    package = Path(__file__).resolve().parent.parent
    for root, kind in ((package, "*.py"), (data_root() / "templates", "*.toml")):
        for path in sorted(root.rglob(kind)):
            status = path.stat()
            digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def read_cache(folder: Path, name: str) -> dict[str, bytes]:
    """Give what was kept under `name`; nothing where there is nothing, or nothing to be trusted."""
    try:
        lines = _place(folder, name).read_bytes().splitlines()
    except OSError:
        return {}
    entries: dict[str, bytes] = {}
    for line in lines:
        mark, _, rest = line.partition(b" ")
        key, _, value = rest.partition(b" ")
        if mark == _mark(rest):
            entries[key.decode("ascii")] = value
    return entries


def write_cache(folder: Path, name: str, entries: Entries) -> None:
    """Keep entries under `name`, and of older files the latest; a disk that is full is no fault."""
    rows = (b"%s %s" % (key.encode("ascii"), value) for key, value in entries.items())
    data = b"".join(b"%s %s\n" % (_mark(row), row) for row in rows)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_bytes(_place(folder, name), data)
        files = sorted(folder.glob("*.cache"), key=lambda path: path.stat().st_mtime_ns)
        for old in files[:-_KEPT]:
            old.unlink(missing_ok=True)
    except (OSError, StoreError):
        return


def _place(folder: Path, name: str) -> Path:
    return folder / f"{name}.cache"


def _mark(row: bytes) -> bytes:
    return hashlib.blake2b(row, digest_size=_MARK).hexdigest().encode("ascii")
