"""予算案比較: what is decided, asked for and was, by 会計・款, by 部 and by source; 差 is 0 where all funding is known."""

from __future__ import annotations

from dataclasses import replace

from tests.excel.summary.samples import against, opened, row, table
from tests.excel.summary.staged import TYPED, requests, staged_bytes

SHEET = "予算案比較"


def by_item(data: bytes, block: str) -> dict[object, dict[str, object]]:
    rows = table(opened(data), SHEET)
    return {one["内訳"] or one["会計"]: one for one in rows if one["比較の単位"] == block}


def test_draft__every_block_comes_to_the_same() -> None:
    data = staged_bytes(requests())
    rows = [one for one in table(opened(data), SHEET) if one["会計"] == "全会計 計"]
    assert [(one["比較の単位"], one["件数"]) for one in rows] == [("会計・款", 4), ("部", 4)]
    shown = ("財政課の額", "決定件数", "要求額", "要求との差")
    for one in rows:
        assert [one[key] for key in shown] == [650, "4 / 4", 1_000, -350]


def test_draft__what_is_not_all_decided_has_no_difference() -> None:
    found = by_item(staged_bytes(requests(), closed=["財政課"]), "会計・款")
    assert (found["総務費"]["区長の額"], found["総務費"]["決定件数"]) == (250, "2 / 3")
    assert (found["民生費"]["区長の額"], found["民生費"]["決定件数"]) == ("未定", "0 / 1")
    assert {one["要求との差"] for one in found.values()} == {"未定"}


def test_draft__the_sources_come_to_what_is_decided() -> None:
    found = by_item(staged_bytes(requests()), "財源")
    assert (found["国庫支出金"]["財政課の額"], found["国庫支出金"]["要求額"]) == (0, 150)
    assert (found["一般財源"]["財政課の額"], found["一般財源"]["要求額"]) == (650, 850)
    assert (found["財源の計"]["財政課の額"], found["財源の計"]["決定件数"]) == (650, "4 / 4")
    assert (found["差"]["財政課の額"], found["差"]["要求額"]) == (0, 0)


def test_draft__funding_that_nobody_decided_is_a_difference_that_shows() -> None:
    typed = {("財政課", "0301-3", "decided/total"): 290}
    data = staged_bytes(requests()[2:3], typed)
    found = by_item(data, "財源")["差"]
    assert found["財政課の額"] == 290
    sheet = opened(data)[SHEET]
    at = next(cell.column_letter for cell in sheet[4] if cell.value == "財政課の額")
    cell = sheet[f"{at}{sheet.max_row}"]
    assert (cell.value, cell.font.color.rgb) == (290, "FFA61B1B")


def test_draft__last_year_stands_beside_it_where_it_is_known() -> None:
    before = [
        row(1, id="0301-1", title="事業1", total={"requested": 90, "budgeted": 80}),
        row(2, id="0301-9", title="終わる事業", kan="衛生費", total={"requested": 70}),
    ]
    before = [replace(one, source=replace(one.source, file="前年度")) for one in before]
    last = against(requests(), before)
    found = by_item(staged_bytes(requests(), last_year=last), "会計・款")
    shown = ("財政課の額", "前年度", "増減額", "増減率（％）")
    assert [found["総務費"][key] for key in shown] == [250, 80, 170, 212.5]
    assert [found["衛生費"][key] for key in shown] == ["－", 70, -70, -100]
    assert found["全会計 計"]["前年度"] == 150
    sources = by_item(staged_bytes(requests(), last_year=last), "財源")
    assert {one["前年度"] for item, one in sources.items() if item != "差"} == {"－"}
    units = by_item(staged_bytes(requests(), last_year=last), "部")
    assert units["子ども家庭支援部"]["前年度"] == 150


def test_draft__last_year_by_source_where_all_of_it_is_known() -> None:
    before = [replace(one, source=replace(one.source, file="前年度")) for one in requests()[:3]]
    found = by_item(staged_bytes(requests(), last_year=against(requests(), before)), "財源")
    shown = [found[item]["前年度"] for item in ("国庫支出金", "一般財源", "財源の計", "差")]
    assert shown == [150, 450, 600, 0]
    assert found["国庫支出金"]["増減額"] == -150
    listed = table(
        opened(staged_bytes(requests(), last_year=against(requests(), before))), "前年度一覧"
    )
    assert [one["前年度の国庫支出金"] for one in listed] == [None, None, 150]


def test_draft__without_last_year_has_no_column_of_it() -> None:
    headings = [cell.value for cell in opened(staged_bytes(requests(), TYPED))[SHEET][4]]
    assert not {"前年度", "増減額", "増減率（％）"} & {*headings}


def partly_funded() -> bytes:
    """Give a summary of four decided requests: of one only a part of its sources is typed."""
    typed = {
        **TYPED,
        ("財政課", "0301-3", "verdict"): "一部減額",
        ("財政課", "0301-3", "decided/total"): 290,
        ("財政課", "0301-4", "decided/total"): 90,
        ("財政課", "0301-4", "decided/national"): 8,
    }
    asked = {
        "national": {"name": None, "amount": 100},
        "metropolitan": {"name": None, "amount": 100},
        "general": {"name": None, "amount": 200},
    }
    rows = requests()
    rows[3] = row(4, id="0301-4", no=4, title="事業4", total={"requested": 400}, funding=asked)
    return staged_bytes(rows, typed)


def test_draft__requests_without_known_funding_are_counted_and_their_typed_sources_added() -> None:
    data = partly_funded()
    found = by_item(data, "財源")
    assert found["財源の計"]["決定件数"] == "2 / 4、財源未定 2件"
    assert found["国庫支出金"]["財政課の額"] == 8
    assert found["財源の計"]["要求との差"] == found["国庫支出金"]["要求との差"] == "未定"
    listed = [one for one in table(opened(data), "財源内訳") if one["会計"] == "全会計"]
    assert listed[-1]["決定件数"] == "2 / 4、財源未定 2件"
    assert {one["財源"]: one["財政課の額"] for one in listed}["国庫支出金"] == 8


def test_draft__sources_of_which_nothing_is_known_are_open() -> None:
    typed = {("財政課", "0301-3", "decided/total"): 290}
    found = by_item(staged_bytes(requests()[2:3], typed), "財源")
    shown = [found[item]["財政課の額"] for item in ("国庫支出金", "一般財源", "財源の計")]
    assert shown == ["未定", "未定", "未定"]
    assert found["財源の計"]["決定件数"] == "0 / 1、財源未定 1件"


def test_draft__the_sum_of_sources_has_a_difference() -> None:
    found = by_item(staged_bytes(requests()), "財源")
    assert (found["財源の計"]["要求との差"], found["国庫支出金"]["要求との差"]) == (-350, -150)
