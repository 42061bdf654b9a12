"""generate: whose book, and never over another one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Yosan
from tests.usecases.edit import set_cell


@pytest.mark.parametrize(
    "wanted", ["0206", "国保年金課", "保健福祉支援部 国保年金課", "保健福祉支援部　国保年金課"]
)
def test_generate__department_by_code_section_or_both(
    wanted: str, yosan: Yosan, year: Path
) -> None:
    done = yosan("generate", year, "--department", wanted)
    assert (done.code, "1 冊" in done.out) == (0, True)
    assert [path.name for path in (year / "配布").iterdir()] == ["0206_国保年金課.xlsx"]


def test_generate__an_ambiguous_section_lists_its_five(yosan: Yosan, year: Path) -> None:
    done = yosan("generate", year, "--department", "区民課")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("地区総合支所 区民課") == 5
    assert not (year / "配布").exists()
    done = yosan("generate", year, "--department", "なぞの課")
    assert done.code == 2
    assert "「なぞの課」は 組織.csv にありません" in done.err


def test_generate__never_writes_over_another_book(yosan: Yosan, year: Path) -> None:
    assert yosan("generate", year, "--department", "税務課").code == 0
    again = yosan("generate", year, "--department", "税務課")
    assert (again.code, again.out.partition(":")[0]) == (
        0,
        "1 冊のブックは前に作ったものと同じで、何も変えていません",
    )
    rest = yosan("generate", year)
    assert "56 冊のブックを作りました（ほかの 1 冊は前に作ったものと同じです）" in rest.out
    book = year / "配布/0103_税務課.xlsx"
    set_cell(book, "yx_title", 0, "記入ずみ")
    filled = book.read_bytes()
    done = yosan("generate", year, "--department", "税務課")
    assert (done.code, "--force" in done.err) == (2, True)
    assert book.read_bytes() == filled
    assert yosan("generate", year, "--department", "税務課", "--force").code == 0
    assert book.read_bytes() != filled


def test_generate__after_the_settings_changed_makes_blanks_anew_until_a_book_is_in(
    yosan: Yosan, year: Path
) -> None:
    tax = ("generate", year, "--department", "税務課")
    assert yosan(*tax).code == 0
    book, settings = year / "配布/0103_税務課.xlsx", year / "yosan.toml"
    before, text = book.read_bytes(), settings.read_text(encoding="utf-8")
    settings.write_text(re.sub("(?m)^contact = .*", 'contact = "内線9"', text), encoding="utf-8")
    done = yosan(*tax)
    assert (done.code, book.read_bytes() == before) == (0, False)
    assert (
        "記入のないブック 1 冊を、いまの設定で作り直しました。もう配ったものがあれば、" in done.out
    )
    assert "1 冊のブックを作りました" in done.out
    settings.write_text(text, encoding="utf-8")
    (year / "提出/0101_某課.xlsx").write_bytes(before)
    again = yosan(*tax)
    assert (again.code, "YX064" in again.err) == (2, True)


def test_generate__from_last_year_prefills_and_is_no_request(yosan: Yosan, year: Path) -> None:
    json_file = year / "requests.json"
    assert yosan("generate", year, "--from", json_file, "--department", "国保年金課").code == 0
    done = yosan("read", year / "配布/0206_国保年金課.xlsx")
    assert (done.code, json.loads(done.out)["requests"]) == (0, [])
    set_cell(year / "配布/0206_国保年金課.xlsx", "yx_category", 0, "レベルアップ事業")
    done = yosan("read", year / "配布/0206_国保年金課.xlsx")
    (request,) = json.loads(done.out)["requests"]
    assert request["title"] == "国民健康保険料徴収"
    assert request["lines"] == []


def test_generate__a_password_comes_from_the_environment_only(
    yosan: Yosan, year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    assert 'password_env = ""' in settings
    (year / "yosan.toml").write_text(
        settings.replace('password_env = ""', 'password_env = "YOSAN_TEST_PASSWORD"'),
        encoding="utf-8",
    )
    monkeypatch.delenv("YOSAN_TEST_PASSWORD", raising=False)
    done = yosan("generate", year, "--department", "税務課")
    assert (done.code, "YOSAN_TEST_PASSWORD" in done.err) == (2, True)
    monkeypatch.setenv("YOSAN_TEST_PASSWORD", "himitsu-himitsu")
    done = yosan("generate", year, "--department", "税務課")
    assert (done.code, "himitsu" in done.out + done.err) == (0, False)


def test_generate__says_which_projects_of_last_year_it_put_in(
    yosan: Yosan, year: Path, tmp_path: Path
) -> None:
    yosan("init", tmp_path / "R3", "--year", "R3", "--from", year / "requests.json")
    done = yosan("generate", tmp_path / "R3", "--department", "税務課")
    assert (done.code, done.err) == (0, "")
    assert "前年度の要求 3 件の事業名と文章を入れました" in done.out
    assert "前年度.json" in done.out
