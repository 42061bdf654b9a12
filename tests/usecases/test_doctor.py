"""doctor: what there is, and what each lack means."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from yosan_xl.model.finding import Finding, Weight
from yosan_xl.usecases import doctor
from yosan_xl.usecases.doctor import Checked, examine

FONTS = ("BIZ UDPGothic,BIZ UDPゴシック", "BIZ UDGothic,BIZ UDゴシック")


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that lacks nothing."""
    monkeypatch.setattr(doctor, "find_office", lambda: "C:/LibreOffice/soffice.exe")
    monkeypatch.setattr(doctor, "share_of", lambda _: None)
    monkeypatch.setattr(doctor, "free_bytes", lambda _: 50_000_000_000)
    monkeypatch.setattr(doctor, "LONGEST_FOR_EXCEL", 10_000)


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files, apart from the one that is examined."""
    made = tmp_path.with_name(f"{tmp_path.name}-temp")
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    return made


def _examined(
    folder: Path, encoding: str = "cp932", fonts: tuple[str, ...] = FONTS
) -> dict[str, Checked]:
    return {one.key: one for one in examine(folder, encoding, fonts)}


def _findings(*arguments: object) -> list[Finding]:
    return [one for checked in _examined(*arguments).values() for one in checked.findings]  # type: ignore[arg-type]


def test_machine__that_lacks_nothing_has_no_finding(tmp_path: Path) -> None:
    found = _examined(tmp_path)
    assert {one.state for one in found.values()} == {"よし"}
    assert found["folder"].value == f"{tmp_path}（年度フォルダーではありません）"
    assert found["disk"].value == "この機械のディスク"
    assert found["space"].value == "50.0 GB"


def test_year_folder__is_found_from_within(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").touch()
    (tmp_path / "提出").mkdir()
    assert _examined(tmp_path / "提出")["folder"].value == f"{tmp_path}（年度フォルダー）"


def test_folder__that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        examine(tmp_path / "none", "utf-8", FONTS)


def test_share__is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "share_of", lambda _: "\\\\server\\財政課")
    disk = _examined(tmp_path)["disk"]
    assert (disk.value, disk.findings) == ("共有フォルダー（\\\\server\\財政課）", ())


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.EACCES, "「変更」が許可されているか"),
        (errno.ENOSPC, "（空き容量がありません）。不要な"),
    ],
)
def test_yx840__hits_a_folder_where_nothing_can_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    def refuse(folder: Path) -> bool:
        if folder == tmp_path:
            raise OSError(number, "denied")
        return True

    monkeypatch.setattr(doctor, "try_writing", refuse)
    (found,) = _findings(tmp_path)
    assert (found.code, found.weight) == ("YX840", Weight.ERROR)
    assert told in found.fact + found.remedy
    assert _examined(tmp_path)["writing"].state == "誤り"


def test_yx840__does_not_hit_a_folder_that_takes_files(tmp_path: Path) -> None:
    assert _examined(tmp_path)["writing"].value == "作成、置きかえ、錠ができます"


def test_yx841__hits_each_font_that_is_not_there(tmp_path: Path) -> None:
    found = _findings(tmp_path, "cp932", ("Noto Sans CJK JP", FONTS[1]))
    assert [one.code for one in found] == ["YX841"]
    assert "「BIZ UDPGothic」" in found[0].fact
    assert [one.code for one in _findings(tmp_path, "cp932", ())] == ["YX841", "YX841"]


@pytest.mark.parametrize(
    "fonts", [FONTS, ("BIZ-UDGothicR",), ("BIZUDPGothic-Regular", "BIZUDGothic-Regular")]
)
def test_yx841__does_not_hit_names_and_files_of_the_fonts(
    tmp_path: Path, fonts: tuple[str, ...]
) -> None:
    assert _findings(tmp_path, "cp932", fonts) == []


def test_yx842__hits_a_machine_without_libreoffice_and_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "find_office", lambda: None)
    (found,) = _findings(tmp_path)
    assert (found.code, found.weight) == ("YX842", Weight.INFO)


def test_yx842__does_not_hit_where_the_program_is(tmp_path: Path) -> None:
    assert _examined(tmp_path)["office"].value == "C:/LibreOffice/soffice.exe"


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "cp1252", "none"])
def test_yx843__hits_a_screen_without_japanese(tmp_path: Path, encoding: str) -> None:
    (found,) = _findings(tmp_path, encoding)
    assert (found.code, encoding in found.fact) == ("YX843", True)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "euc_jis_2004"])
def test_yx843__does_not_hit_a_screen_with_japanese(tmp_path: Path, encoding: str) -> None:
    assert _findings(tmp_path, encoding) == []


def test_yx844__hits_a_place_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "try_writing", lambda _: False)
    (found,) = _findings(tmp_path)  # files of a temporary folder are locked by nobody
    assert (found.code, found.weight, "錠が使えません" in found.fact) == (
        "YX844",
        Weight.WARNING,
        True,
    )


@pytest.mark.parametrize(("free", "codes"), [(199_999_999, ["YX844"]), (200_000_000, [])])
def test_yx844__hits_a_disk_that_is_nearly_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, codes: list[str]
) -> None:
    monkeypatch.setattr(doctor, "free_bytes", lambda one: free if one == tmp_path else 10**9)
    found = _findings(tmp_path)
    assert [one.code for one in found] == codes
    assert all("199 MB しかありません" in one.fact for one in found)


@pytest.mark.parametrize(("beyond", "codes"), [(1, ["YX844"]), (0, [])])
def test_yx844__hits_a_place_so_deep_that_excel_cannot_open_its_books(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beyond: int, codes: list[str]
) -> None:
    most = len(str(tmp_path)) + doctor._BELOW_YEAR - beyond
    monkeypatch.setattr(doctor, "LONGEST_FOR_EXCEL", most)
    found = _findings(tmp_path)
    assert [one.code for one in found] == codes
    assert all(f"{len(str(tmp_path))}字あり" in one.fact for one in found)
    assert all(f"{len(str(tmp_path)) - 1}字までに" in one.remedy for one in found)


@pytest.mark.parametrize(("free", "codes"), [(199_999_999, ["YX845"]), (200_000_000, [])])
def test_yx845__hits_a_temporary_folder_that_is_nearly_full(
    tmp_path: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    free: int,
    codes: list[str],
) -> None:
    monkeypatch.setattr(doctor, "free_bytes", lambda one: free if one == temporary else 10**9)
    found = _findings(tmp_path)
    assert [one.code for one in found] == codes
    assert all("199 MB しかありません" in one.fact for one in found)


def test_yx845__hits_a_temporary_folder_that_takes_nothing(tmp_path: Path, temporary: Path) -> None:
    temporary.rmdir()
    (found,) = _findings(tmp_path)
    assert (found.code, found.weight) == ("YX845", Weight.WARNING)
    assert f"「{temporary}」は、書けません" in found.fact


def test_yx845__does_not_hit_one_with_room(tmp_path: Path, temporary: Path) -> None:
    found = _examined(tmp_path)["temporary"]
    assert (found.value, found.state) == (str(temporary), "よし")


def test_yx844__does_not_hit_a_shallow_folder_with_locks_and_room(tmp_path: Path) -> None:
    found = _examined(tmp_path)
    assert not any(found[key].findings for key in ("writing", "space", "path_length"))
