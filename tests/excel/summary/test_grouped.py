"""会計・款別, 部・課別, 要求区分別: live formulas over the list, and their values."""

from __future__ import annotations

from tests.excel.summary.samples import AWKWARD, book_bytes, many, nine, opened, roster, row, table


def test_grouped__accounts_and_kan_of_the_nine() -> None:
    special = "国民健康保険事業会計"
    rows = [list(one.values()) for one in table(opened(book_bytes(nine())), "会計・款別")]
    assert rows == [
        ["一般会計", "総務費", 7, 286_297, 0, 0, 0, 0, 286_297, "未定", "0 / 7"],
        ["一般会計", "民生費", 1, 6_259, 5_868, 5_868, 0, 0, 391, "未定", "0 / 1"],
        ["一般会計", "小計", 8, 292_556, 5_868, 5_868, 0, 0, 286_688, "未定", "0 / 8"],
        [special, "総務費", 1, 90_955, 12_000, 0, 12_000, 0, 78_955, "未定", "0 / 1"],
        [special, "小計", 1, 90_955, 12_000, 0, 12_000, 0, 78_955, "未定", "0 / 1"],
        ["全会計 計", None, 9, 383_511, 17_868, 5_868, 12_000, 0, 365_643, "未定", "0 / 9"],
    ]


def test_grouped__formulas_say_what_they_sum() -> None:
    sheet = opened(book_bytes(nine()), values=False)["会計・款別"]
    keys = "1*EXACT(一覧_会計,$A5)*EXACT(一覧_款,$B5)"
    assert sheet["C5"].value == f"=SUMPRODUCT({keys})"
    assert sheet["D5"].value == f"=SUMPRODUCT({keys},一覧_要求額)"
    assert sheet["D7"].value == "=SUMPRODUCT(1*EXACT(一覧_会計,$A7),一覧_要求額)"
    assert sheet["D10"].value == "=SUM(一覧_要求額)"


def test_grouped__units_in_roster_order_with_a_subtotal_per_bureau() -> None:
    rows = table(opened(book_bytes(nine())), "部・課別")
    assert [(one["部"], one["課"], one["件数"]) for one in rows] == [
        ("産業・地域振興支援部", "地域振興課", 1),
        ("産業・地域振興支援部", "税務課", 3),
        ("産業・地域振興支援部", "小計", 4),
        ("保健福祉支援部", "生活福祉調整課", 1),
        ("保健福祉支援部", "国保年金課", 1),
        ("保健福祉支援部", "小計", 2),
        ("企画経営部", "企画課", 2),
        ("企画経営部", "区長室", 1),
        ("企画経営部", "小計", 3),
        ("全会計 計", None, 9),
    ]


def test_grouped__a_bureau_shows_its_accounts_apart() -> None:
    content = book_bytes(nine())
    health = table(opened(content), "部・課別")[5]
    assert (health["要求額"], health["一般会計"], health["うち一般会計以外"]) == (
        97_214,
        6_259,
        90_955,
    )
    heading = opened(content)["部・課別"]["F4"]
    assert (heading.value, heading.number_format) == ("一般会計", '"うち"@')
    formulas = opened(content, values=False)["部・課別"]
    assert "EXACT(一覧_会計,$F$4)" in str(formulas["F5"].value)
    assert formulas["G5"].value == "=E5-F5"


def test_grouped__sections_of_one_name_have_a_row_each() -> None:
    same = [unit for unit in roster() if unit.section == "管理課"]
    rows = [
        row(at, department={"code": unit.code, "bureau": "", "section": ""})
        for at, unit in enumerate(same)
    ]
    found = [one for one in table(opened(book_bytes(rows)), "部・課別") if one["課"] == "管理課"]
    assert [(one["所管課コード"], one["部"]) for one in found] == [
        (unit.code, unit.bureau) for unit in same
    ]


def test_grouped__names_that_look_like_patterns_are_taken_as_they_stand() -> None:
    rows = [row(at, kan=name, account="一般会計") for at, name in enumerate(AWKWARD * 2)]
    found = [one for one in table(opened(book_bytes(rows)), "会計・款別") if one["款"]]
    counts = {one["款"]: one["件数"] for one in found if one["款"] != "小計"}
    assert counts == {name or "（記入なし）": 2 for name in AWKWARD}


def test_grouped__categories_per_account_in_the_order_of_the_settings() -> None:
    rows = table(opened(book_bytes(nine())), "要求区分別")
    assert [(one["会計"], one["要求区分"], one["要求額"]) for one in rows] == [
        ("一般会計", "新規事業", 112_775),
        ("一般会計", "レベルアップ事業", 179_781),
        ("一般会計", "小計", 292_556),
        ("国民健康保険事業会計", "レベルアップ事業", 90_955),
        ("国民健康保険事業会計", "小計", 90_955),
        ("全会計 計", None, 383_511),
    ]


def test_grouped__negative_sums_are_shown_with_a_triangle() -> None:
    cell = opened(book_bytes(many(3)))["会計・款別"]["D5"]
    assert isinstance(cell.value, int)
    assert cell.value < 0
    assert cell.number_format == '#,##0;△#,##0;"-"'


def test_grouped__is_protected_and_filtered_and_no_row_folds() -> None:
    # Excel opens no outline of a protected sheet.
    sheet = opened(book_bytes(nine()))["会計・款別"]
    assert {sheet.row_dimensions[at].outlineLevel for at in range(5, 11)} == {0}
    protection = sheet.protection
    assert (protection.sheet, protection.password) == (True, None)
    assert not any((protection.autoFilter, protection.sort, protection.formatColumns))
    assert not any((protection.formatRows, protection.objects))
    assert protection.formatCells
    assert sheet.auto_filter.ref == "A4:K9"


def test_grouped__no_request_says_so_and_totals_zero() -> None:
    rows = table(opened(book_bytes([])), "会計・款別")
    assert rows[0]["会計"] == "要求書はまだありません。"
    assert list(rows[1].values()) == [
        *("全会計 計", None, 0, 0, 0, 0, 0, 0, 0, "未定", "0 / 0"),
    ]
