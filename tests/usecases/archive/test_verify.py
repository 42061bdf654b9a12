from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.usecases.archive.samples import json_year, put
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.shelf import EARLIER_INDEX, HEAD_NAME, head_bytes, read_shelf
from yosan_xl.usecases.archive.verify import verify
from yosan_xl.usecases.errors import WrongInput

FLIPS = 60


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with two stages."""
    base = tmp_path_factory.mktemp("kept")
    year = json_year(base / "R2")
    put(year)
    put(year, "内示")
    return base / "保存庫"


@pytest.fixture
def archive(kept: Path, tmp_path: Path) -> Path:
    """A copy of it to spoil."""
    shutil.copytree(kept, tmp_path / "保存庫")
    return tmp_path / "保存庫"


def _codes(root: Path, *years: int) -> list[str]:
    return [f.code for f in verify(root, [FiscalYear(year) for year in years]).findings]


def flip(path: Path, bit: int) -> None:
    """Turn one bit of a file around."""
    data = bytearray(path.read_bytes())
    data[bit // 8] ^= 1 << bit % 8
    path.write_bytes(data)


def archived_files(root: Path) -> list[Path]:
    """Give every file of every stage, manifests and seals too."""
    return sorted(path for path in root.glob("*/**/*") if path.is_file())


def test_any_bit__is_found(archive: Path) -> None:
    drawn = random.Random(7)
    files = archived_files(archive)
    for _ in range(FLIPS):
        path = drawn.choice(files)
        bit = drawn.randrange(path.stat().st_size * 8)
        flip(path, bit)
        assert verify(archive).findings, f"{path} bit {bit}"
        flip(path, bit)
    assert verify(archive).findings == ()


def test_yx644__hits_a_book_that_was_saved_again(archive: Path) -> None:
    (archive / "R2" / "要求" / "提出" / "要求.json").write_text("[]")
    (finding,) = verify(archive).findings
    assert (finding.code, finding.place.file) == ("YX644", "R2/要求/提出/要求.json")
    assert "2バイトになっています" in finding.fact


def test_yx644__does_not_hit_what_is_as_it_was(archive: Path) -> None:
    assert _codes(archive) == []
    assert verify(archive).stages == ("R2/要求", "R2/内示")


def test_yx645__hits_a_file_that_is_gone(archive: Path) -> None:
    (archive / "R2" / "要求" / "組織.csv").unlink()
    assert _codes(archive) == ["YX645"]


def test_yx645__does_not_hit_a_folder_without_files(archive: Path) -> None:
    (archive / "R2" / "要求" / "空").mkdir()
    assert _codes(archive) == []


@pytest.mark.parametrize("place", ["R2/要求/提出/あとから.xlsx", "メモ.txt", "R2/メモ.txt"])
def test_yx646__hits_a_file_that_was_not_archived(archive: Path, place: str) -> None:
    (archive / place).write_text("x")
    (finding,) = verify(archive).findings
    assert (finding.code, finding.place.file) == ("YX646", place)


def test_yx646__does_not_hit_what_the_system_leaves(archive: Path) -> None:
    (archive / "R2" / "Thumbs.db").write_text("x")
    (archive / "R2" / "要求" / "提出" / "~$要求.xlsx").write_text("x")
    assert _codes(archive) == []


def test_yx647__hits_a_manifest_that_was_edited(archive: Path) -> None:
    manifest = archive / "R2" / "要求" / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("港区", "湊区"), "utf-8")
    assert _codes(archive) == ["YX647"]


def test_yx647__hits_a_folder_under_another_name(archive: Path) -> None:
    (archive / "R2" / "要求").rename(archive / "R2" / "別名")
    assert "YX647" in _codes(archive)


def test_yx647__does_not_hit_a_seal_that_sha256sum_reads(archive: Path) -> None:
    seal = (archive / "R2" / "要求" / "manifest.sha256").read_text()
    assert seal.endswith("  manifest.json\n")
    assert _codes(archive) == []


def test_yx648__hits_a_stage_that_was_taken_away(archive: Path) -> None:
    shutil.rmtree(archive / "R2" / "要求")
    assert set(_codes(archive)) == {"YX648"}


def test_yx648__hits_the_last_stage_that_was_taken_away(archive: Path) -> None:
    shutil.rmtree(archive / "R2" / "内示")
    (finding,) = verify(archive).findings
    assert finding.fact.endswith("（最後に保存した「R2/内示」がありません）。")


def test_yx648__hits_a_stage_that_was_forged_whole(archive: Path, tmp_path: Path) -> None:
    other = json_year(tmp_path / "other" / "R2")
    (other / "メモ.txt").write_text("x")
    put(other)
    shutil.rmtree(archive / "R2" / "要求")
    shutil.copytree(tmp_path / "other" / "保存庫" / "R2" / "要求", archive / "R2" / "要求")
    assert _codes(archive) == ["YX648"]


def test_yx648__hits_a_last_stage_that_was_forged_whole(
    kept: Path, archive: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "R2"
    shutil.copytree(kept.parent, other.parent)
    shutil.rmtree(other.parent / "保存庫" / "R2" / "内示")
    (other / "メモ.txt").write_text("x")
    put(other, "内示")
    shutil.rmtree(archive / "R2" / "内示")
    shutil.copytree(other.parent / "保存庫" / "R2" / "内示", archive / "R2" / "内示")
    (finding,) = verify(archive).findings
    assert finding.fact.endswith(
        "（最後に保存した「R2/内示」の記録が、保存したときとちがいます）。"
    )


def test_yx648__does_not_hit_an_archive_of_an_earlier_version(archive: Path) -> None:
    (archive / HEAD_NAME).unlink()
    (archive / EARLIER_INDEX).write_bytes(b"SQLite format 3")
    assert _codes(archive) == []


def test_yx648__does_not_hit_a_note_of_a_stage_before_the_last(archive: Path) -> None:
    (archive / HEAD_NAME).write_bytes(head_bytes(read_shelf(archive).stages[0]))
    assert _codes(archive) == []


@pytest.mark.parametrize("data", [b"", b"x", b"\xff\n"])
def test_yx644__hits_a_note_of_the_last_stage_that_is_none(archive: Path, data: bytes) -> None:
    (archive / HEAD_NAME).write_bytes(data)
    assert _codes(archive) == ["YX644"]


def test_add__notes_the_last_stage_anew(kept: Path, archive: Path) -> None:
    shutil.copytree(kept.parent / "R2", archive.parent / "R2")
    before = (archive / HEAD_NAME).read_bytes()
    (archive / HEAD_NAME).write_bytes(b"x")
    put(archive.parent / "R2", "内示")
    assert (archive / HEAD_NAME).read_bytes() == before


def test_yx642__hits_a_folder_without_an_archive(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(WrongInput, match="YX642"):
            verify(folder)


def test_yx642__does_not_hit_an_archive(archive: Path) -> None:
    assert verify(archive, [FiscalYear(2020)]).files == verify(archive).files


def test_yx643__hits_a_year_that_is_not_there(archive: Path) -> None:
    with pytest.raises(WrongInput, match=r"YX643 .*保存庫に R9 はありません。.*R2/要求、R2/内示"):
        verify(archive, [FiscalYear(2027)])


def test_yx643__does_not_hit_a_year_that_is_there(archive: Path) -> None:
    assert _codes(archive, 2020) == []
