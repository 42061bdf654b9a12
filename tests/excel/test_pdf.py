"""The PDF of a book: what LibreOffice leaves open on Windows costs nobody the PDF."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path

import pytest

from tests.windows import windows
from yosan_xl.excel import pdf


def test_printed__a_profile_that_is_still_held_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def convert(folder: Path, names: list[str], office: str) -> None:
        for name in names:
            (folder / name).with_suffix(".pdf").write_bytes(b"%PDF")
        held.append((folder / "profile").open("wb"))

    held: list[BufferedWriter] = []
    monkeypatch.setattr(pdf, "_convert", convert)
    with windows():
        assert pdf.printed({"a": b""}, "soffice", datetime(2020, 1, 1, tzinfo=UTC)) == {
            "a": b"%PDF"
        }
    (file,) = held
    file.close()
    assert Path(file.name).exists()
    shutil.rmtree(Path(file.name).parent)
