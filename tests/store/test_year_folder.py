from __future__ import annotations

from pathlib import Path

import pytest

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.resources import data_root
from yosan_xl.store.roster_file import RosterError
from yosan_xl.store.settings_file import SettingsError, find_year_folder
from yosan_xl.store.snapshot import Unreadable
from yosan_xl.store.write import WriteFailed
from yosan_xl.store.year_folder import (
    AlreadyAYearFolder,
    NotAYearFolder,
    YearFolder,
    carried_content,
    create_year_folder,
    open_year_folder,
    refuse_second,
    template_content,
)

TEMPLATES = data_root() / "templates"
YEAR = FiscalYear(2021)
_YEAR = {"year": YEAR.label}


def _create(root: Path) -> YearFolder:
    content = template_content(TEMPLATES / "minato-r2", TEMPLATES / "municipal-1", _YEAR)
    return create_year_folder(root, content)


def _carry(root: Path, before: YearFolder) -> YearFolder:
    return create_year_folder(root, carried_content(before, {"year": "令和4年度"}))


def _contents(root: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def test_create_year_folder__makes_all_and_opens(tmp_path: Path) -> None:
    made = _create(tmp_path / "庁内" / "R3")
    assert made == open_year_folder(tmp_path / "庁内" / "R3")
    assert made.settings.year == YEAR
    assert set(_contents(made.root)) == {
        "yosan.toml", "組織.csv", "配布", "提出", "差戻し", "集計", "記録",
    }  # fmt: skip
    assert all(folder.is_dir() for folder in made.folders)


def test_create_year_folder__roster_is_the_template_s_bytes(tmp_path: Path) -> None:
    _create(tmp_path)
    original = TEMPLATES / "minato-r2" / "組織.csv"
    assert (tmp_path / "組織.csv").read_bytes() == original.read_bytes()


def test_create_year_folder__a_roster_already_there_is_used(tmp_path: Path) -> None:
    roster = "コード,部,課\n01,総務部,総務課\n".encode("cp932")
    (tmp_path / "組織.csv").write_bytes(roster)
    assert len(_create(tmp_path).roster) == 1
    assert (tmp_path / "組織.csv").read_bytes() == roster


def test_create_year_folder__a_faulty_roster_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "組織.csv").write_text("コード,部\n", encoding="utf-8")
    before = _contents(tmp_path)
    with pytest.raises(RosterError):
        _create(tmp_path)
    assert _contents(tmp_path) == before


def test_yx089__never_twice(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").write_text("mine", encoding="utf-8")
    before = _contents(tmp_path)
    with pytest.raises(AlreadyAYearFolder, match="YX089"):
        _create(tmp_path)
    assert _contents(tmp_path) == before


def test_create_year_folder__a_file_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "提出").touch()
    with pytest.raises(WriteFailed, match=r"YX083 .*「提出」を書けませんでした"):
        _create(tmp_path)
    assert not (tmp_path / "yosan.toml").exists()


def test_year_folder__folders_may_be_renamed(tmp_path: Path) -> None:
    _create(tmp_path)
    settings = tmp_path / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('submitted = "提出"', 'submitted = "受領"'), encoding="utf-8")
    year = open_year_folder(tmp_path)
    assert year.submitted == tmp_path / "受領"
    assert year.handed_out == tmp_path / "配布"
    assert year.returned == tmp_path / "差戻し"
    assert year.summary == tmp_path / "集計"
    assert year.kept == tmp_path / "記録"


def test_find_year_folder__walks_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _create(tmp_path / "R3")
    book = made.submitted / "a.xlsx"
    book.touch()
    assert find_year_folder(made.root) == made.root
    assert find_year_folder(book) == made.root
    monkeypatch.chdir(made.submitted)
    assert find_year_folder(Path()) == made.root


def test_find_year_folder__none(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").mkdir()
    assert find_year_folder(tmp_path) is None


def test_yx088__not_a_year_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "机の上").mkdir()
    monkeypatch.chdir(tmp_path / "机の上")
    with pytest.raises(NotAYearFolder, match="「机の上」は年度フォルダーではありません"):
        open_year_folder(Path())


def test_yx088__says_which_year_folder_lies_there(tmp_path: Path) -> None:
    ways = []
    for years in ([], ["R 9"], ["R8"]):
        for name in years:
            (tmp_path / name).mkdir()
            (tmp_path / name / "yosan.toml").touch()
        with pytest.raises(NotAYearFolder) as caught:
            open_year_folder(tmp_path)
        ways.append(caught.value.findings[0].remedy)
    assert "yosan-xl init R9 --year R9 --municipality 佐倉市 --prefecture 千葉県" in ways[0]
    assert ways[1].startswith(f'「cd "{tmp_path / "R 9"}"」で')
    assert "（R 9、R8）のどれか" in ways[2]


def test_open_year_folder__faults_of_both_files(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").write_text("x", encoding="utf-8")
    (tmp_path / "組織.csv").write_text("x", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        open_year_folder(tmp_path)
    assert [finding.code for finding in caught.value.findings] == ["YX077", "YX084"]


def test_open_year_folder__faulty_settings_alone(tmp_path: Path) -> None:
    _create(tmp_path)
    (tmp_path / "yosan.toml").write_text("x", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        open_year_folder(tmp_path)
    assert [finding.code for finding in caught.value.findings] == ["YX077"]


def test_open_year_folder__no_roster(tmp_path: Path) -> None:
    _create(tmp_path)
    (tmp_path / "組織.csv").unlink()
    with pytest.raises(Unreadable, match=r"YX070 .*「組織.csv」"):
        open_year_folder(tmp_path)


def test_open_year_folder__account_of_a_unit_is_checked(tmp_path: Path) -> None:
    _create(tmp_path)
    table = "コード,部,課,会計\n01,総務部,総務課,病院会計\n"
    (tmp_path / "組織.csv").write_text(table, encoding="utf-8")
    with pytest.raises(RosterError, match=r"YX085 .*会計「病院会計」"):
        open_year_folder(tmp_path)


def test_carry_year_folder__takes_settings_and_roster_of_the_year_before(tmp_path: Path) -> None:
    before = _create(tmp_path / "R3")
    roster = "コード,部,課\n01,総務部,総務課\n".encode("cp932")
    (before.root / "組織.csv").write_bytes(roster)
    made = _carry(tmp_path / "R4", before)
    assert (tmp_path / "R4" / "組織.csv").read_bytes() == roster
    assert made.settings.year == FiscalYear(2022)
    assert made.settings.accounts == before.settings.accounts
    assert made == open_year_folder(tmp_path / "R4")


def test_carry_year_folder__over_a_year_folder_is_refused(tmp_path: Path) -> None:
    before = _create(tmp_path / "R3")
    contents = _contents(before.root)
    with pytest.raises(AlreadyAYearFolder):
        _carry(tmp_path / "R3", before)
    assert _contents(before.root) == contents


def test_carried_content__what_the_old_settings_lack_is_written_above_them(tmp_path: Path) -> None:
    before = _create(tmp_path / "R3")
    content = carried_content(before, {"year": "令和4年度", "prefecture": "千葉県"})
    made = create_year_folder(tmp_path / "R4", content)
    assert made.settings.prefecture_word == "県"
    assert made.settings.year == FiscalYear(2022)


def test_carried_content__takes_the_table_of_levels_along(tmp_path: Path) -> None:
    template = TEMPLATES / "municipal-1"
    content = template_content(template, template, _YEAR)
    before = create_year_folder(tmp_path / "R3", content)
    made = _carry(tmp_path / "R4", before)
    assert made.settings.levels == before.settings.levels
    assert made.settings.accounts[0].kan[:3] == ("議会費", "総務費", "民生費")


def test_create_year_folder__a_table_of_levels_already_there_is_used(tmp_path: Path) -> None:
    (tmp_path / "科目.csv").write_text("会計,款\n一般会計,総務費\n", encoding="utf-8")
    template = TEMPLATES / "municipal-1"
    made = create_year_folder(tmp_path, template_content(template, template, _YEAR))
    assert made.settings.levels == (("一般会計", "総務費"),)


def test_open_year_folder__an_old_year_has_its_folder_of_that_name(tmp_path: Path) -> None:
    made = _create(tmp_path)
    settings = tmp_path / "yosan.toml"
    text = settings.read_text(encoding="utf-8").replace('kept = "記録"\n', "")
    settings.write_text(text, encoding="utf-8")
    assert open_year_folder(made.root).kept == tmp_path / "保存"


def test_yx854__hits_a_year_within_another(tmp_path: Path) -> None:
    (tmp_path / "yosan.toml").touch()
    with pytest.raises(AlreadyAYearFolder, match="YX854"):
        refuse_second(tmp_path / "提出" / "R9")


def test_yx854__does_not_hit_a_year_beside_another(tmp_path: Path) -> None:
    (tmp_path / "R8").mkdir()
    refuse_second(tmp_path / "R8")
    (tmp_path / "R8" / "yosan.toml").touch()
    refuse_second(tmp_path / "R8" / ".." / "R9")
