from __future__ import annotations

import pytest

from tests.rules.samples import CURRENT, LEVEL_UP, changed, codes, findings, flat, line, sectioned


def test_yx301__hits_an_unknown_account_and_offers_the_similar_one() -> None:
    found = findings(flat(account="国民健康保険会計"))

    assert [(finding.code, finding.pointer) for finding in found] == [("YX301", "/account")]
    assert found[0].remedy.startswith("「国民健康保険事業会計」のことでしょうか。")


def test_yx301__hits_a_kan_of_another_account() -> None:
    found = findings(flat(kan="民生費"))

    assert [(finding.code, finding.pointer) for finding in found] == [("YX301", "/kan")]
    assert found[0].fact == ("「款」の「民生費」は「国民健康保険事業会計」の款の一覧にありません。")
    assert found[0].remedy.startswith("「民生費」は「一般会計」の款です。")


def test_yx301__hits_a_misspelt_kan() -> None:
    found = findings(flat(account="一般会計", kan="総務貴"))

    assert found[0].remedy == "「総務費」のことでしょうか。一覧にある名を選んでください。"


def test_yx301__hits_a_name_like_no_other_without_a_guess() -> None:
    assert findings(flat(kan="あいう"))[0].remedy == "一覧にある名を選んでください。"


def test_yx301__does_not_hit_the_same_kan_in_its_own_accounts() -> None:
    assert codes(flat(account="一般会計", kan="総務費")) == []
    assert codes(flat(account="国民健康保険事業会計", kan="総務費")) == []


def test_yx302__hits_an_unknown_category() -> None:
    found = findings(flat(category="新規"))

    assert [(finding.code, finding.pointer) for finding in found] == [("YX302", "/category")]
    assert found[0].remedy.startswith("「新規事業」のことでしょうか。")


@pytest.mark.parametrize("category", ["新規事業", "臨時事業", "レベルアップ事業"])
def test_yx302__does_not_hit_the_list(category: str) -> None:
    assert codes(flat(category=category)) == []


def test_yx303__hits_an_unknown_code_and_offers_that_of_the_name() -> None:
    found = findings(changed(flat(), "/department/code", "9999"))

    assert [(finding.code, finding.pointer) for finding in found] == [("YX303", "/department/code")]
    assert found[0].remedy.startswith("保健福祉支援部 国保年金課は「0203」です。")


def test_yx303__hits_an_unknown_code_of_an_unknown_name() -> None:
    unit = {"code": "9999", "bureau": None, "section": None}

    assert codes(flat(department=unit)) == ["YX303"]


def test_yx303__does_not_hit_a_code_of_the_roster() -> None:
    unit = {"code": "0302", "bureau": "企画経営部", "section": "区長室"}

    assert codes(flat(department=unit)) == []


def test_yx304__hits_names_of_another_department() -> None:
    found = findings(changed(flat(), "/department/section", "企画課"))

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX304", "/department/section")
    ]
    assert "「保健福祉支援部 国保年金課」" in found[0].fact


def test_yx304__does_not_hit_blanks_and_units_without_section() -> None:
    outside = {"code": "0901", "bureau": "会計室", "section": None}

    assert codes(flat(department=outside)) == []
    assert codes(changed(flat(), "/department/section", "国保 年金課")) == []


def test_yx304__does_not_hit_where_no_name_is_given() -> None:
    assert codes(flat(department={"code": "0203", "bureau": None, "section": None})) == []


def test_yx305__hits_last_years_form() -> None:
    found = findings(flat(fiscal_year=2019))

    assert [(finding.code, finding.pointer) for finding in found] == [("YX305", "/fiscal_year")]
    assert found[0].fact == "年度が令和元年度です。ここは令和2年度の要求を集めるところです。"


def test_yx305__does_not_hit_the_folders_year() -> None:
    assert codes(flat(fiscal_year=2020)) == []


def test_yx306__hits_a_flat_line_beside_a_part() -> None:
    found = findings(
        flat(lines=[line("委託料", 78955), line("印刷費", 12000, 12000, part=CURRENT)])
    )

    assert [(finding.code, finding.pointer) for finding in found] == [("YX306", "/lines/0/part")]
    assert found[0].fact == "1行目の明細には区分がなく、2行目は「経常経費分」です。"


def test_yx306__hits_alone_when_one_line_lost_its_part() -> None:
    assert codes(changed(sectioned(), "/lines/1/part", None)) == ["YX306"]


def test_yx306__does_not_hit_either_shape() -> None:
    assert codes(sectioned()) == []
    assert codes(flat(lines=[line("a", 78955), line("b", 12000, 12000)])) == []
    assert LEVEL_UP in {row["part"] for row in sectioned()["lines"]}
