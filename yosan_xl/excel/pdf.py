"""A PDF of a book, by LibreOffice where a machine has it; with nothing in it of the machine, of a person or of today."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
_SECONDS = 540
"""How long LibreOffice may take; 150 sheets take about ten seconds."""
_ROOM = 50_000_000
"""Bytes that a fresh profile, the books and their PDF may need."""
_NO_ROOM = "一時フォルダー（Windows では %TEMP%）に書けないか、空き容量が足りません"

_MADE = re.compile(rb"/CreationDate\(D:[0-9]{14}[^)]*\)")
_IDS = re.compile(rb"(?<=<)[0-9A-F]{32}(?=>)|(?<=/DocChecksum /)[0-9A-F]{32}")


class NotPrinted(RuntimeError):
    """No PDF was made; says why in Japanese."""


def find_office() -> str | None:
    """Return the program of LibreOffice, None where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    usual = next((str(place) for place in _USUAL_PLACES if place.is_file()), None)
    return found or usual


def printed(books: Mapping[str, bytes], office: str, moment: datetime) -> dict[str, bytes]:
    """Return the PDF of each book by its name; `moment` stands in them for when they were made. Raises NotPrinted."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="yosan-xl-pdf-"))
    except OSError as error:
        raise NotPrinted(_NO_ROOM) from error
    try:
        for number, data in enumerate(books.values(), 1):
            (folder / f"{number}.xlsx").write_bytes(data)
        _convert(folder, [f"{number}.xlsx" for number in range(1, len(books) + 1)], office)
        return {
            book: _impersonal(_read(folder / f"{number}.pdf"), moment)
            for number, book in enumerate(books, 1)
        }
    except (OSError, NotPrinted) as error:
        # A full disk names no file, and LibreOffice says nothing of it.
        is_full = isinstance(error, OSError) or shutil.disk_usage(folder).free < _ROOM
        raise NotPrinted(_NO_ROOM if is_full else str(error)) from error
    finally:
        # On Windows LibreOffice may hold its profile for a moment longer than it runs.
        shutil.rmtree(folder, ignore_errors=True)


def _convert(folder: Path, names: list[str], office: str) -> None:
    # A profile of its own: one that is open on the screen would take the work, and do nothing.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder))
    try:
        subprocess.run(
            [office, profile, *options, *(str(folder / name) for name in names)],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
            cwd=folder,
            env={**os.environ, "TZ": "UTC"},
        )
    except subprocess.TimeoutExpired as error:
        raise NotPrinted(f"LibreOffice が{_SECONDS}秒たっても終わりませんでした") from error
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotPrinted("LibreOffice が途中で終わりました") from error


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise NotPrinted("LibreOffice を動かしましたが、PDF ができませんでした")
    return path.read_bytes()


def _impersonal(data: bytes, moment: datetime) -> bytes:
    """Return a PDF of the same length with another time of making, and with ids that follow from what is in it."""
    when = moment.astimezone(UTC).strftime("%Y%m%d%H%M%S").encode()

    def same_length(found: re.Match[bytes]) -> bytes:
        told = b"/CreationDate(D:" + when
        return told + found[0][len(told) :]

    bare = _IDS.sub(b"0" * 32, _MADE.sub(same_length, data))
    digest = hashlib.sha256(bare).hexdigest()[:32].upper().encode()
    return _IDS.sub(digest, bare)
