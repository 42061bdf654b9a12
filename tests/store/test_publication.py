"""公表: the folder of each edition, whole or not there, and never written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from yosan_xl.store.faults import StoreError
from yosan_xl.store.publication import next_folder, published_folder, put_edition, read_published


def test_put_edition__puts_every_file_and_leaves_nothing_beside(tmp_path: Path) -> None:
    made = put_edition(tmp_path, "1_要求状況", {"a.csv": b"1", "要求書.json": b"{}"})
    assert made == tmp_path / "公表" / "1_要求状況"
    assert sorted(path.name for path in made.iterdir()) == ["a.csv", "要求書.json"]
    assert [path.name for path in (tmp_path / "公表").iterdir()] == ["1_要求状況"]
    assert read_published(made, "a.csv") == b"1"


def test_put_edition__never_replaces_one(tmp_path: Path) -> None:
    made = put_edition(tmp_path, "1_要求状況", {"a.csv": b"1"})
    with pytest.raises(StoreError, match="YX083"):
        put_edition(tmp_path, "1_要求状況", {"a.csv": b"2"})
    assert read_published(made, "a.csv") == b"1"


def test_published_folder__is_the_last_that_was_added_to(tmp_path: Path) -> None:
    assert published_folder(tmp_path, "要求状況") is None
    assert next_folder(tmp_path, "要求状況") == "1_要求状況"
    for number in range(12):
        put_edition(tmp_path, next_folder(tmp_path, "要求状況"), {"a": b"%d" % number})
    last = published_folder(tmp_path, "要求状況")
    assert last is not None
    assert last.name == "1_要求状況_追加11"
    assert next_folder(tmp_path, "決定状況") == "2_決定状況"


def test_published_folder__is_no_file_and_no_copy(tmp_path: Path) -> None:
    folder = tmp_path / "公表"
    folder.mkdir()
    (folder / "1_要求状況").write_bytes(b"")
    for name in ("1_要求状況 - コピー", "1_要求状況_追加0", "旧1_要求状況"):
        (folder / name).mkdir()
    assert published_folder(tmp_path, "要求状況") is None
