"""`form show`: every field of the form, its cell, and who reads it."""

from __future__ import annotations

from pathlib import Path

from tests.usecases.year import make_year
from yosan_xl.usecases.catalogue import form_fields
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year


def test_form_fields__has_every_slot_of_the_year_s_own_plan(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text(settings.replace("rows = [8, 6]", "rows = [10, 3]"), "utf-8")
    plan = plan_for(open_year(year).settings)
    shown = form_fields(year)
    assert [row[shown.at("/name")] for row in shown.rows] == [slot.name for slot in plan.slots]
    assert [row[shown.at("/cells")] for row in shown.rows] == [s.area.a1() for s in plan.slots]


def test_form_fields__outside_a_year_folder_are_those_of_the_usual_form(tmp_path: Path) -> None:
    (row,) = form_fields(tmp_path, "I25").rows
    assert row[0] == "一般財源"
    assert row[-1] == "YX204 YX206 YX207"


def test_form_fields__are_found_by_label_cell_name_and_rule(tmp_path: Path) -> None:
    def names(word: str) -> list[object]:
        return [row[2] for row in form_fields(tmp_path, word).rows]

    assert names("都支出金")[1] == "yx_funding_metropolitan_amount"
    assert names("k7") == ["yx_lines1_budgeted"]
    assert "yx_lines2_earmarked" in names("YX205")
    assert names("/funding/general/name") == ["yx_funding_general_name"]
    assert names("何でもない言葉") == []
