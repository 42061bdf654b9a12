from __future__ import annotations

from dataclasses import replace

import pytest

from tests.form.samples import FORMS, YEAR, plan, plan_of
from yosan_xl.form.choices import choices_formula, lists_of, parents
from yosan_xl.model.settings import Account, Settings

ACCOUNTS = (Account("一般会計", ("総務費", "民生費")), Account("介護保険会計", ()))
LEVELS = (
    ("一般会計", "総務費", "総務管理費", "一般管理費"),
    ("一般会計", "総務費", "総務管理費", "財産管理費"),
    ("一般会計", "総務費", "徴税費", "賦課徴収費"),
    ("一般会計", "民生費"),
    ("介護保険会計",),
)
SETTINGS = Settings("佐倉市", YEAR, "minato-r2", ACCOUNTS, ("新規", "継続"))
DEEP = replace(SETTINGS, levels=LEVELS)


def test_lists__of_the_first_vocabulary_have_a_column_for_each_account() -> None:
    lists = lists_of(SETTINGS, plan())
    assert list(lists) == [
        *("accounts", "categories", "years", "part1"),
        *("kan/一般会計", "kan/介護保険会計"),
    ]
    assert lists["kan/一般会計"] == ("総務費", "民生費")
    assert lists["kan/介護保険会計"] == ()


def test_lists__hold_each_level_under_the_path_to_it() -> None:
    lists = lists_of(DEEP, plan_of("municipal-1"))
    assert lists["level1/一般会計"] == ("総務費", "民生費")
    assert lists["level2/一般会計/総務費"] == ("総務管理費", "徴税費")
    assert lists["level3/一般会計/総務費/総務管理費"] == ("一般管理費", "財産管理費")
    assert "level2/一般会計/民生費" not in lists
    assert lists["verdicts"][0] == "要求どおり"
    assert lists["setsu"][0] == "報酬"


def test_lists__of_a_form_without_accounts_are_those_of_the_first() -> None:
    lists = lists_of(DEEP, plan_of("small_town"))
    assert lists == {"level1": ("総務費", "民生費")}


@pytest.mark.parametrize("name", FORMS)
def test_lists__are_there_for_every_drop_down(name: str) -> None:
    lists, sheet = lists_of(DEEP, plan_of(name)), plan_of(name)
    for slot in sheet.slots:
        if slot.choices:
            assert [one for one in lists if one.partition("/")[0] == slot.choices], slot.name


def test_formula__of_the_deepest_level_asks_all_above_it() -> None:
    sheet = plan_of("municipal-1")
    moku = sheet.slot_of("level3")
    assert moku
    above = [sheet.by_name()[one].area.first_absolute for one in parents(moku, sheet)]
    path = '&"/"&'.join(above)
    first = f"MATCH({path},yx_list_level3_of,0)"
    assert len(above) == 3
    assert choices_formula(moku, sheet) == (
        f"INDEX(yx_list_level3,{first}):"
        f"INDEX(yx_list_level3,{first}+COUNTIF(yx_list_level3_of,{path})-1)"
    )


@pytest.mark.parametrize("name", [name for name in FORMS if name != "minato-r2"])
def test_formula__is_not_volatile_and_fits_a_data_validation(name: str) -> None:
    sheet = plan_of(name)
    formulas = [choices_formula(slot, sheet) for slot in sheet.slots if slot.choices]
    assert not [one for one in formulas if "OFFSET" in one or "INDIRECT" in one]
    assert max(map(len, formulas)) <= 255


def test_lists__have_ten_years_back_and_forty_ahead() -> None:
    years = lists_of(SETTINGS, plan())["years"]
    assert (years[0], years[-1], len(years)) == ("平成22年度", "令和42年度", 51)
    assert [one for one in lists_of(SETTINGS, plan()) if one == "kan"] == []


def test_lists__of_a_form_without_accounts_leave_special_ones_out() -> None:
    levels = (*LEVELS, ("介護保険会計", "保険給付費"), ("一般会計",))
    assert lists_of(replace(DEEP, levels=levels), plan_of("small_town")) == {
        "level1": ("総務費", "民生費")
    }


def test_lists__name_the_group_that_may_be_chosen() -> None:
    assert lists_of(SETTINGS, plan())["part1"] == ("レベルアップ分",)
    assert lists_of(SETTINGS, plan_of("every_check"))["lines_group1"] == ("新しい分",)
