"""export --name: a CSV for another system as yosan.toml lays it out; and decisions that the public does not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.forms import TOWN, TOWN_UNITS, TOWN_YEAR, made_row, town_document
from tests.usecases.publish.samples import DECIDED as DECIDED_NINE
from tests.usecases.publish.samples import decide, json_year
from tests.usecases.year import hand_in_filled, make_year
from yosan_xl.model.rollup import Rollup
from yosan_xl.store.faults import StoreError
from yosan_xl.store.settings_file import parse_settings
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.export import ExportOptions, export
from yosan_xl.usecases.shown import public_rollup

LAYOUT = """
[[exports]]
name = "財務会計"
rows = "財源"
encoding = "cp932"
header = false
delimiter = ";"
unit = "円"
order = ["会計", "NO"]
columns = [
  { heading = "年度", value = "年度（西暦）" },
  { heading = "区分", constant = "1" },
  { heading = "所属", value = "unit_code", width = 6 },
  { heading = "款", value = "level1", codes = "款" },
  { heading = "財源", value = "財源", codes = "財源", width = 2 },
  { heading = "金額", value = "要求額" },
]
[exports.codes]
"款" = { "総務費" = "02", "民生費" = "03" }
"財源" = { "国庫支出金" = "1", "都支出金" = "2", "一般財源" = "9" }
"""


def _year(tmp_path: Path, layout: str = LAYOUT) -> Path:
    year = make_year(tmp_path / "R2")
    hand_in_filled(year)
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n{layout}", encoding="utf-8")
    return year


def _export(year: Path, name: str = "財務会計") -> tuple[list[str], list[str]]:
    done = export([], year, ExportOptions(name=name))
    (file,) = done.files
    told = [finding.code for finding in done.own]
    return file.read_bytes().decode("cp932").split("\r\n"), told


def test_named__has_its_own_columns_order_codes_unit_and_encoding(tmp_path: Path) -> None:
    lines, told = _export(_year(tmp_path))
    assert lines[0] == "2020;1;000101;02;09;151486000"
    assert lines[4:6] == ["2020;1;000205;03;01;5868000", "2020;1;000205;03;09;391000"]
    assert lines[-1] == ""
    assert sum(int(line.rpartition(";")[2]) for line in lines[:-1]) == 383_511_000
    assert told == []


def test_named__per_line_and_per_request(tmp_path: Path) -> None:
    layout = LAYOUT.split("columns")[0].replace("header = false", "header = true")
    line = layout.replace('"財源"', '"明細"') + (
        'columns = [{ heading = "番号", value = "明細の番号" },'
        ' { heading = "内容", value = "内容" }, { heading = "額", value = "lines/x" }]'
    )
    with pytest.raises(WrongInput):
        _export(_year(tmp_path / "a", line))
    lines, _ = _export(_year(tmp_path / "b", line.replace("lines/x", "要求額")))
    assert lines[0] == "番号;内容;額"
    assert len(lines) == 22 + 2
    assert sum(int(line.rpartition(";")[2]) for line in lines[1:-1]) == 383_511_000
    whole = layout.replace('"財源"', '"要求"') + (
        'columns = [{ heading = "事業", value = "/title" }, { heading = "額", value = "asked/total" }]'
    )
    lines, _ = _export(_year(tmp_path / "c", whole))
    assert len(lines) == 9 + 2


def test_named__is_written_again_over_its_own_and_over_nothing_else(tmp_path: Path) -> None:
    year = _year(tmp_path, LAYOUT.replace("header = false", "header = true"))
    first = export([], year, ExportOptions(name="財務会計")).files[0]
    data = first.read_bytes()
    export([], year, ExportOptions(name="財務会計"))
    assert first.read_bytes() == data
    first.write_text("人の書いたもの", encoding="utf-8")
    with pytest.raises(StoreError):
        export([], year, ExportOptions(name="財務会計"))


def test_yx801__hits_a_name_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WrongInput) as refused:
        _export(_year(tmp_path), "財務")
    (finding,) = refused.value.findings
    assert finding.code == "YX801"
    assert "「財務会計」" in finding.remedy


def test_yx801__does_not_hit_one_that_is(tmp_path: Path) -> None:
    assert "YX801" not in _export(_year(tmp_path))[1]


def test_yx802__hits_a_word_that_the_form_has_not(tmp_path: Path) -> None:
    with pytest.raises(WrongInput) as refused:
        _export(_year(tmp_path, LAYOUT.replace('"要求額"', '"要求金額"')))
    (finding,) = refused.value.findings
    assert finding.code == "YX802"
    assert "「要求金額」" in finding.fact
    assert "要求額" in finding.remedy


def test_yx802__does_not_hit_words_meanings_and_pointers(tmp_path: Path) -> None:
    for at, word in enumerate(("合計の要求額", "asked/total", "/title", "title")):
        layout = LAYOUT.replace('"要求額"', f'"{word}"')
        assert "YX802" not in _export(_year(tmp_path / str(at), layout))[1]


def test_yx803__hits_a_value_without_a_code_and_one_too_long(tmp_path: Path) -> None:
    layout = LAYOUT.replace(', "民生費" = "03"', "").replace("width = 6", "width = 3")
    lines, told = _export(_year(tmp_path, layout))
    assert set(told) == {"YX803"}
    assert lines[4].split(";")[2:4] == ["", ""]


def test_yx803__does_not_hit_codes_that_are_there(tmp_path: Path) -> None:
    assert "YX803" not in _export(_year(tmp_path))[1]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("constant", "constnat", "「constnat」という項目はありません"),
        ("width = 6", 'width = "6"', "「width」は整数"),
        ("width = 6", "width = 0", "width は 1 から 40"),
        ('heading = "区分"', 'heading = "年度"', "「年度」が 2回あります"),
        ('codes = "款"', 'codes = "目"', "codes「目」の表がありません"),
        ('heading = "金額", value = "要求額"', 'heading = "金額"', "どちらか1つ"),
    ],
)
def test_settings__a_wrong_column_is_told(old: str, new: str, said: str) -> None:
    text = 'municipality = "港区"\nyear = "R2"\nform = "minato-r2"\n' + LAYOUT.replace(old, new)
    with pytest.raises(StoreError) as refused:
        parse_settings(text.encode())
    assert said in refused.value.findings[0].fact


def _rollup(*decided: int | None) -> Rollup:
    rows = [made_row(town_document(at, decided=one), TOWN) for at, one in enumerate(decided, 1)]
    return Rollup.of(rows, TOWN_YEAR, TOWN_UNITS, TOWN)


def test_yx800__hits_decisions_that_the_public_does_not_see() -> None:
    rollup, told = public_rollup(_rollup(5, None))
    assert [finding.code for finding in told] == ["YX800"]
    assert rollup.sums(rollup.rows).given["decided"] == 0


def test_yx800__does_not_hit_what_is_decided_to_the_last() -> None:
    rollup, told = public_rollup(_rollup(5, 0))
    assert told == ()
    assert rollup == _rollup(5, 0)


BY_LINE = """
[[exports]]
name = "財務会計"
rows = "明細"
encoding = "cp932"
columns = [{ heading = "額", value = "予算額" }]
"""


@pytest.fixture
def lines_year(tmp_path: Path) -> Path:
    year = json_year(tmp_path / "R2")
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n{BY_LINE}", encoding="utf-8")
    return year


def test_yx804__hits_amounts_that_stand_in_no_line(lines_year: Path) -> None:
    decide(lines_year, {**DECIDED_NINE, "0601-1": (None, None, "")})
    done = export([], lines_year, ExportOptions(name="財務会計"))
    (told,) = (one for one in done.own if one.code == "YX804")
    assert "NO 56「税務資料の電子化の推進」" in told.fact
    rows = done.files[0].read_bytes().decode("cp932").split()[1:]
    found = sum(int(one) for one in rows if one.isdigit())
    decided = sum(amount or 0 for key, (amount, _, _) in DECIDED_NINE.items() if key != "0601-1")
    assert f"決定額のうち {decided - found:,}千円 は" in told.fact
    assert done.how_far == "決定 8 / 9"


def test_yx804__does_not_hit_what_is_as_asked_nor_rows_of_requests(lines_year: Path) -> None:
    decide(lines_year, {"0601-2": (24_103, 0, "認める。"), "0103-3": (0, 0, "見直す。")})
    assert export([], lines_year, ExportOptions(name="財務会計")).own == ()
    settings = lines_year / "yosan.toml"
    text = settings.read_text(encoding="utf-8").replace('"明細"', '"要求"')
    settings.write_text(text, encoding="utf-8")
    decide(lines_year)
    assert export([], lines_year, ExportOptions(name="財務会計")).own == ()
