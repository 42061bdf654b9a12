"""The PDF of a book: what LibreOffice leaves open on Windows costs nobody the PDF."""

from __future__ import annotations

import errno
import shutil
import tempfile
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path
from types import SimpleNamespace

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


def _full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "full")


@pytest.mark.parametrize(
    ("module", "name"), [(tempfile, "mkdtemp"), (Path, "write_bytes"), (pdf, "_convert")]
)
def test_full_temporary_folder__costs_the_pdf_alone(
    module: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, _full)
    with pytest.raises(pdf.NotPrinted, match="一時フォルダー"):
        pdf.printed({"a": b""}, "soffice", datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("free", "said"), [(0, "空き容量が足りません"), (10**9, "^LibreOffice を動かしましたが、PDF")]
)
def test_nothing_made__is_told_with_the_room_there_was(
    free: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_convert", lambda *_: None)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    with pytest.raises(pdf.NotPrinted, match=said):
        pdf.printed({"a": b""}, "soffice", datetime(2020, 1, 1, tzinfo=UTC))
