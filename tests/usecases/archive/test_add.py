from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from tests.usecases.archive.samples import contents, documents, json_year, put, small_year, stages
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.store.archive.manifest import Kind
from yosan_xl.store.archive.shelf import read_shelf
from yosan_xl.store.snapshot import unreadable
from yosan_xl.usecases.archive.add import HasErrors, add
from yosan_xl.usecases.archive.verify import restore, verify
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted import read_files

R2 = FiscalYear(2020)


def test_add__keeps_the_books_as_they_came(tmp_path: Path) -> None:
    year = small_year(tmp_path / "R2", 2)
    done = put(year)
    root = tmp_path / "保存庫"
    assert (done.is_new, done.name) == (True, "R2/要求")
    for book in (year / "提出").iterdir():
        assert (root / "R2" / "要求" / "提出" / book.name).read_bytes() == book.read_bytes()


def test_add__has_form_settings_roster_documents_and_findings(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    (stage,) = read_shelf(tmp_path / "保存庫").stages
    kinds = {entry.kind for entry in stage.manifest.files}
    assert kinds >= {Kind.FORM, Kind.SETTINGS, Kind.ROSTER, Kind.DOCUMENTS, Kind.FINDINGS}
    assert len(documents(tmp_path / "保存庫", R2)) == 9
    assert sum(row["total"]["requested"] for row in documents(tmp_path / "保存庫", R2)) == 383_511


def test_add__leaves_blanks_and_returned_books_out(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    for folder in ("配布", "差戻し"):
        (year / folder).mkdir()
        (year / folder / "a.xlsx").write_bytes(b"x")
    (year / "対応表.csv").write_text("種類,前,後,年度\n", encoding="utf-8")
    put(year)
    found = {Path(name).name for name in contents(tmp_path / "保存庫")}
    assert "a.xlsx" not in found
    assert "対応表.csv" in found


def test_add__same_input_same_archive(tmp_path: Path) -> None:
    one, two = (tmp_path / name for name in ("a", "b"))
    for place in (one, two):
        put(json_year(place / "R2"))
    assert contents(one / "保存庫") == contents(two / "保存庫")


def test_add__the_same_again_is_there_already(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    put(year)
    before = contents(tmp_path / "保存庫")
    assert put(year).is_new is False
    assert contents(tmp_path / "保存庫") == before


def test_yx641__hits_a_stage_that_was_frozen_with_other_books(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    put(year)
    before = contents(tmp_path / "保存庫")
    (year / "メモ.txt").write_text("あとから")
    with pytest.raises(WrongInput, match=r"YX641 .*ちがうもの: メモ.txt"):
        put(year)
    assert contents(tmp_path / "保存庫") == before


def test_yx641__does_not_hit_another_stage(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    put(year)
    (year / "メモ.txt").write_text("あとから")
    put(year, "内示")
    assert stages(tmp_path / "保存庫") == ["R2/要求", "R2/内示"]
    first, second = read_shelf(tmp_path / "保存庫").stages
    assert second.manifest.previous == first.sha256


def test_yx060__a_year_without_books_is_not_archived(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX060"):
        put(small_year(tmp_path / "R2", 0))
    assert contents(tmp_path / "保存庫") == {}


@pytest.mark.parametrize("number", [5, 13])
def test_add__a_copy_that_cannot_be_read_is_never_frozen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    year = json_year(tmp_path / "R2")

    def fail(path: Path, limit_bytes: int = 0) -> NoReturn:
        raise unreadable(path, OSError(number, ""))

    with monkeypatch.context() as patch:
        patch.setattr(read_files, "snapshot", fail)
        with pytest.raises(WrongInput, match=r"YX07[15]"):
            put(year)
    assert contents(tmp_path / "保存庫") == {}
    assert put(year).requests == 9


def test_yx076__a_link_is_told_and_not_archived(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    (year / "提出" / "b.json").symlink_to(year / "提出" / "要求.json")
    done = put(year)
    assert [finding.code for finding in done.findings] == ["YX076"]
    assert not (tmp_path / "保存庫" / "R2" / "要求" / "提出" / "b.json").exists()


def test_yx071__a_folder_that_cannot_be_listed_is_never_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = json_year(tmp_path / "R2")
    (year / "提出" / "税務課").mkdir()
    real = os.scandir

    def fail(path: Path | int) -> object:
        if str(path).endswith("税務課"):
            raise PermissionError(13, "")
        return real(path)

    monkeypatch.setattr(os, "scandir", fail)
    with pytest.raises(WrongInput, match="YX071"):
        put(year)


def test_yx652__hits_a_name_that_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match="YX652"):
        put(json_year(tmp_path / "R2"), "要求/1")


def test_yx652__does_not_hit_a_plain_name(tmp_path: Path) -> None:
    assert put(json_year(tmp_path / "R2"), "要求1回目").is_new


def test_yx654__hits_an_archive_inside_the_year(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text('archive = "保存庫"\n' + settings, encoding="utf-8")
    with pytest.raises(WrongInput, match="YX654"):
        put(year)


def test_yx654__does_not_hit_one_beside_it(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text('archive = "../財政課"\n' + settings, encoding="utf-8")
    put(year)
    assert stages(tmp_path / "財政課") == ["R2/要求"]


def test_yx654__hits_a_year_inside_the_archive(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    with pytest.raises(WrongInput, match="YX654"):
        add(year, archive=tmp_path)


def test_yx655__hits_a_folder_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "机" / "仕事").mkdir(parents=True)
    (tmp_path / "机" / "仕事" / "メモ.txt").write_text("x")
    with pytest.raises(WrongInput, match=r"YX655 .*ほかのファイル（仕事/メモ.txt）"):
        add(json_year(tmp_path / "R2"), archive=tmp_path / "机")
    assert contents(tmp_path / "机") == {"仕事/メモ.txt": b"x"}
    assert not (tmp_path / "机" / ".yosan-lock").exists()


def test_yx655__does_not_hit_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "棚" / "空").mkdir(parents=True)
    assert add(json_year(tmp_path / "R2"), archive=tmp_path / "棚").is_new
    assert (tmp_path / "棚" / "空").is_dir()


def test_add__a_name_that_is_no_text_comes_back(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    odd = os.fsdecode("メモ".encode("cp932")) + ".txt"
    (year / odd).write_text("x")
    put(year)
    assert verify(tmp_path / "保存庫").findings == ()
    assert restore(tmp_path / "保存庫", R2, tmp_path / "again").files == 8
    assert (tmp_path / "again" / odd).read_text() == "x"


@pytest.mark.parametrize(
    "place",
    [
        "/srv/保存庫",
        "//server/財政課",
        "C:/保存庫",
        "C:\\\\保存庫",
        "../../../../srv/保存庫",
        "../link",
    ],
)
def test_yx687__hits_an_archive_elsewhere_that_the_settings_alone_name(
    place: str, tmp_path: Path
) -> None:
    year = json_year(tmp_path / "R2")
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text(f'archive = "{place}"\n' + settings, encoding="utf-8")
    (tmp_path / "link").symlink_to("/srv")
    with pytest.raises(WrongInput, match=r"YX687 .*--archive でもう一度"):
        put(year)
    assert add(year, archive=tmp_path / "別の場所").is_new


def test_yx687__does_not_hit_a_place_beside_the_year(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text('archive = "../別の場所"\n' + settings, encoding="utf-8")
    assert put(year).is_new


@pytest.mark.parametrize(
    "name", ["manifest.json", "manifest.sha256", "組織.csv", "保存/要求書.json"]
)
def test_archive__a_pipe_or_a_link_in_it_is_told_and_not_waited_for(
    name: str, tmp_path: Path
) -> None:
    put(json_year(tmp_path / "R2"))
    root = tmp_path / "保存庫"
    path = root / "R2" / "要求" / name
    for plant in (os.mkfifo, lambda path: path.symlink_to("/dev/zero")):
        path.unlink()
        plant(path)
        found = verify(root).findings
        assert {finding.code for finding in found} & {"YX644", "YX647"}, found


def _with_error(year: Path) -> Path:
    book = year / "提出" / "要求.json"
    book.write_text(book.read_text(encoding="utf-8").replace("30765", "30766", 1), "utf-8")
    return year


def test_yx720__hits_a_year_with_errors_and_tells_them_all(tmp_path: Path) -> None:
    year = _with_error(json_year(tmp_path / "R2"))
    with pytest.raises(HasErrors) as caught:
        put(year)
    found = [one.code for one in caught.value.findings]
    assert found[-1] == "YX720"
    assert len(found) > 1
    assert all(one.is_error for one in caught.value.findings)
    assert contents(tmp_path / "保存庫") == {}


def test_yx720__does_not_hit_where_it_is_wanted_nor_a_year_with_warnings(tmp_path: Path) -> None:
    assert put(json_year(tmp_path / "a" / "R2")).of_requests
    done = put(_with_error(json_year(tmp_path / "b" / "R2")), anyway=True)
    assert (done.is_new, done.requests) == (True, 9)


def test_add__writes_once_what_the_folder_is(tmp_path: Path) -> None:
    year = json_year(tmp_path / "R2")
    put(year)
    path = tmp_path / "保存庫" / "はじめに.txt"
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    text = data.decode("utf-8-sig")
    assert text.startswith("この保存庫について")
    for word in ("sha256sum -c manifest.sha256", "Get-FileHash", "certutil -hashfile", "台帳.json"):
        assert word in text
    path.write_text("メモ", encoding="utf-8")
    put(year, "内示")
    assert path.read_text(encoding="utf-8") == "メモ"


def test_add__what_the_folder_says_of_checking_it_holds(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    root = tmp_path / "保存庫"
    lines = (root / "はじめに.txt").read_text(encoding="utf-8-sig").splitlines()
    commands = [line for line in lines if line.startswith(("sha256sum", "awk"))]
    assert len(commands) == 2

    def run(command: str) -> int:
        return subprocess.run(
            ["sh", "-c", command], cwd=root / "R2" / "要求", capture_output=True, check=False
        ).returncode

    assert [run(command) for command in commands] == [0, 0]
    (root / "R2" / "要求" / "組織.csv").write_bytes(b"x")
    assert [run(command) for command in commands] == [0, 1]
    (root / "R2" / "要求" / "manifest.json").write_bytes(b"x")
    assert run(commands[0]) == 1


def test_verify__knows_what_the_folder_is_and_tells_when_that_is_changed(tmp_path: Path) -> None:
    put(json_year(tmp_path / "R2"))
    root = tmp_path / "保存庫"
    assert verify(root).findings == ()
    (root / "はじめに.txt").write_text("別の文", encoding="utf-8")
    (finding,) = verify(root).findings
    assert (finding.code, finding.place.file) == ("YX644", "はじめに.txt")
    (root / "はじめに.txt").unlink()
    assert verify(root).findings == ()
