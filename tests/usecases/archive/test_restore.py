from __future__ import annotations

from pathlib import Path

import pytest

from tests.usecases.archive.samples import contents, json_year, put, small_year
from tests.usecases.year import EXAMPLE
from yosan_xl.form.load import read_definition
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.resources import template_folder
from yosan_xl.usecases import year as year_module
from yosan_xl.usecases.archive.stages import list_stages, show_request, show_year
from yosan_xl.usecases.archive.verify import restore
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.validate import validate

R2 = FiscalYear(2020)


def test_restore__is_a_working_year_folder(tmp_path: Path) -> None:
    year = small_year(tmp_path / "R2", 2)
    before = consolidate([], year)
    put(year)
    done = restore(tmp_path / "保存庫", R2, tmp_path / "again")
    again = consolidate([], done.folder)
    assert (again.counted, again.requested) == (before.counted, before.requested)
    assert again.summary.read_bytes() == before.summary.read_bytes()
    assert generate(done.folder, "税務課").books


def test_restore__archived_again_is_the_same(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    restore(tmp_path / "保存庫", R2, tmp_path / "again")
    assert put(tmp_path / "again").is_new is False


def test_restore__leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    before = contents(tmp_path / "保存庫")
    restore(tmp_path / "保存庫", R2, tmp_path / "again")
    assert contents(tmp_path / "保存庫") == before


def test_restore__books_are_read_with_a_definition_the_program_no_longer_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(small_year(tmp_path / "R2"))
    before = [f.code for f in validate([], tmp_path / "R2").findings]
    _forget(monkeypatch)
    restore(tmp_path / "保存庫", R2, tmp_path / "again")
    done = validate([], tmp_path / "again")
    assert (done.requests, [f.code for f in done.findings]) == (1, before)
    assert consolidate([], tmp_path / "again").requested == 151_486
    assert generate(tmp_path / "again", "税務課").books


def test_restore__books_are_read_after_another_definition_replaced_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(small_year(tmp_path / "R2"))
    _replace(tmp_path / "form.toml", monkeypatch)
    assert [f.code for f in validate([tmp_path / "R2" / "提出"], tmp_path / "R2").findings] == [
        "YX031"
    ]
    restore(tmp_path / "保存庫", R2, tmp_path / "again")
    assert consolidate([], tmp_path / "again").requested == 151_486


def test_generate__carries_over_with_a_definition_the_program_no_longer_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(small_year(tmp_path / "R2"))
    _forget(monkeypatch)
    restored = restore(tmp_path / "保存庫", R2, tmp_path / "again").folder
    (book,) = generate(restored, "税務課", EXAMPLE / "requests.json").books
    assert book.is_file()


def test_generate__keeps_the_definition_of_its_books(tmp_path: Path) -> None:
    year = small_year(tmp_path / "R2", 0)
    generate(year, "税務課")
    (kept,) = (year / "保存" / "様式").iterdir()
    assert kept.read_bytes() == (template_folder("minato-r2") / "form.toml").read_bytes()


def test_yx650__hits_a_folder_in_use(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    put(year)
    with pytest.raises(WrongInput, match="YX650"):
        restore(tmp_path / "保存庫", R2, year)


def test_yx650__hits_a_place_in_the_archive(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    with pytest.raises(WrongInput, match="YX650"):
        restore(tmp_path / "保存庫", R2, tmp_path / "保存庫" / "R3")


def test_yx650__does_not_hit_an_empty_folder(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    (tmp_path / "again").mkdir()
    assert restore(tmp_path / "保存庫", R2, tmp_path / "again").files > 5


def test_restore__refuses_what_is_damaged(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    (tmp_path / "保存庫" / "R2" / "要求" / "組織.csv").write_text("x")
    with pytest.raises(WrongInput, match="YX644"):
        restore(tmp_path / "保存庫", R2, tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_yx651__hits_a_no_that_was_not_given(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    with pytest.raises(WrongInput, match=r"YX651 .*NO 99 .*55、56"):
        show_request(tmp_path / "保存庫", R2, 99)


def test_yx651__does_not_hit_one_that_was(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    page = show_request(tmp_path / "保存庫", R2, 60)
    assert ("1 事業名", "生活保護受給者健康管理支援事業") in page.values
    assert ("年度", "2020") in page.values


def test_show__refuses_documents_that_were_changed(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    (tmp_path / "保存庫" / "R2" / "要求" / "保存" / "要求書.json").write_text("{}")
    with pytest.raises(WrongInput, match="YX644"):
        show_year(tmp_path / "保存庫", R2)


def test_show__adds_up_to_the_summary(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    (stage,) = list_stages(tmp_path / "保存庫").stages
    assert (stage.requests, stage.requested, stage.left_out) == (9, 383_511, 0)
    assert show_year(tmp_path / "保存庫", R2).stage == stage


def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program come with no definition at all."""
    monkeypatch.setattr(year_module, "_shipped", lambda _: None)


def _replace(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program come with a later version of the definition under the same id."""
    text = (template_folder("minato-r2") / "form.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("version = 1", "version = 2", 1), encoding="utf-8")
    later = read_definition(path)
    assert later.version == 2
    monkeypatch.setattr(year_module, "_shipped", lambda _: later)
