from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from yosan_xl.store.write import write_log


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_write_log__in_the_temporary_folder(temporary: Path) -> None:
    place = write_log("Traceback 税務課 \udcff\n")
    assert place == temporary / f"yosan-xl-{os.getpid()}.log"
    assert place.read_bytes().decode("utf-8") == "Traceback 税務課 \\udcff\n"


def test_write_log__never_over_an_existing_file(temporary: Path) -> None:
    target = temporary / "target"
    target.write_text("old")
    (temporary / f"yosan-xl-{os.getpid()}.log").symlink_to(target)
    place = write_log("new")
    assert target.read_text() == "old"
    assert place.read_text() == "new"
