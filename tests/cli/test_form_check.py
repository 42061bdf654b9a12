"""`form check`: faults at their lines, or the size of the form."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.form.test_language import TEXT

FORM = Path("town") / "form.toml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good definition in it, where we are."""
    (tmp_path / "town").mkdir()
    (tmp_path / FORM).write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("wanted", ["town", "town/form.toml", "."])
def test_form_check__a_good_form_has_its_size(wanted: str, home: Path, yosan: Yosan) -> None:
    done = yosan("form", "check", wanted)
    assert (done.code, done.err) == (0, "")
    assert "要求調書（town 第1版）の様式に誤りはありません。" in done.out
    assert "欄 14、明細の行 5、金額 17、用紙 A4横。" in done.out


def test_form_check__every_fault_has_its_line(home: Path, yosan: Yosan) -> None:
    bad = TEXT.replace('title = "要求調書"', 'titel = "要求調書"').replace(
        '"code", "rate"]', '"code", "rata"]'
    )
    (home / FORM).write_text(bad, encoding="utf-8")
    done = yosan("form", "check", "town")
    assert done.code == 1
    lines = done.out.splitlines()
    assert [line.split()[1:3] for line in lines] == [["YX606", "誤り"]] * len(lines)
    titel, rata = (bad[: bad.index(word)].count("\n") + 1 for word in ("titel", '"rata"'))
    assert any(f"form.toml:{titel} " in line and "titel" in line for line in lines)
    assert any(f"form.toml:{rata} " in line and "「rate」の書きまちがい" in line for line in lines)


def test_form_check__gives_programs_the_same(home: Path, yosan: Yosan) -> None:
    (home / FORM).write_text(TEXT.replace("max = 60", "max = 0"), encoding="utf-8")
    done = yosan("form", "check", "town", "--format", "json")
    (finding,) = json.loads(done.out)["findings"]
    assert (done.code, finding["code"]) == (1, "YX606")
    assert finding["file"].endswith("form.toml:24")


def test_form_check__an_id_is_that_of_its_place_among_forms(home: Path, yosan: Yosan) -> None:
    (home / "様式").mkdir()
    shutil.copytree(home / "town", home / "様式" / "city")
    done = yosan("form", "check", "様式/city")
    assert done.code == 1
    assert "form.toml:2 YX606" in done.out
    assert "id「town」が、置き場所の名前「city」とちがいます" in done.out


def test_form_check__a_wrong_id_is_told_with_all_that_is_wrong(home: Path, yosan: Yosan) -> None:
    place = home / "様式" / "city"
    shutil.copytree(home / "town", place)
    (place / "form.toml").write_text(TEXT.replace("max = 60", "max = 0"), encoding="utf-8")
    lines = yosan("form", "check", "様式/city").out.splitlines()
    assert [line.split()[0].rpartition(":")[2] for line in lines] == ["2", "24"]


def test_form_check__a_draft_may_lie_anywhere(home: Path, yosan: Yosan) -> None:
    shutil.move(home / "town", home / "city")
    assert yosan("form", "check", "city/form.toml").code == 0


def test_form_check__the_forms_of_the_program_are_right(
    yosan: Yosan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = yosan("form", "check")
    assert done.code == 0
    assert "minato-r2 第1版" in done.out
    assert "municipal-1 第1版" in done.out


def test_yx697__hits_where_there_is_no_such_form(home: Path, yosan: Yosan) -> None:
    done = yosan("form", "check", "village")
    assert done.code == 2
    assert "YX697" in done.err
    assert "municipal-1" in done.err


def test_yx697__does_not_hit_a_form_of_the_program(home: Path, yosan: Yosan) -> None:
    done = yosan("form", "check", "municipal-1")
    assert (done.code, done.err) == (0, "")


def test_yx696__hits_where_long_texts_make_the_print_small(home: Path, yosan: Yosan) -> None:
    (home / FORM).write_text(
        TEXT.replace("max = 40", "max = 400").replace("rows = 3", "rows = 9"), encoding="utf-8"
    )
    done = yosan("form", "check", "town")
    assert done.code == 0
    assert "YX696 注意" in done.out


def test_yx696__does_not_hit_where_all_can_be_read(home: Path, yosan: Yosan) -> None:
    assert "YX696" not in yosan("form", "check", "town").out


def test_yx606__hits_in_init_generate_and_validate_as_in_form_check(
    home: Path, yosan: Yosan
) -> None:
    bad = TEXT.replace('"code", "rate"]', '"code", "rata"]').replace("max = 60", "max = 0")
    (home / "bad.toml").write_text(bad, encoding="utf-8")
    told = [line.partition(" ")[2] for line in yosan("form", "check", "bad.toml").out.splitlines()]
    assert len(told) == 2
    made = ("init", "R9", "--year", "R9", "--municipality", "架空市", "--prefecture", "千葉県")
    refused = yosan(*made, "--form-file", "bad.toml")
    assert refused.code == 2
    assert [line.partition(" ")[2] for line in refused.err.splitlines()] == told
    assert not (home / "R9").exists()
    assert yosan(*made, "--form-file", FORM).code == 0
    (own,) = (home / "R9" / "様式").rglob("*.toml")
    own.write_text(bad, encoding="utf-8")
    for command in ("generate", "validate", "consolidate", "status"):
        done = yosan(command, "R9")
        assert done.code == 2, done.err
        assert [line.partition(" ")[2] for line in done.err.splitlines()] == told
