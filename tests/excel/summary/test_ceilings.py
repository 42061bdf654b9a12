"""シーリング: a row for each ceiling whose figures follow 一覧 by the keys in the row; no sheet without ceilings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.excel.summary.samples import AXES, SETTINGS, against, nine, opened, roster, table
from yosan_xl.excel.summary.book import summary_bytes
from yosan_xl.model.ceiling import LastAmounts, LastOrigin, LastRow, standings_of
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.settings import Ceiling

BUREAU, TAX = "産業・地域振興支援部", "税務課"
ROOM = ("前年度の 90％", 300_000, 270_000, 257_671, 12_329, 95.4, "以内", None, None)
EXCESS = ("定額", None, 100_000, 106_185, -6_185, 106.2, "超過", None, "0103")
LAST = LastAmounts(
    LastOrigin.KEPT,
    tuple(
        LastRow(unit, None, {"total": Money(100_000), "general": Money(100_000)})
        for unit in roster()
        if unit.bureau == BUREAU
    ),
)


def ceilings_book(
    *ceilings: Ceiling,
    last: LastAmounts | None = None,
    before: Sequence[SummaryRow] = (),
) -> bytes:
    """Give the summary of the nine with ceilings."""
    rollup = Rollup.of(nine(), replace(SETTINGS, ceilings=ceilings), roster(), AXES)
    standings = standings_of(rollup, [], last)
    last_year = against(nine(), before) if before else None
    return summary_bytes(nine(), (), SETTINGS, roster(), last_year=last_year, ceilings=standings)


def test_ceilings__say_room_and_excess() -> None:
    book = ceilings_book(
        Ceiling(BUREAU, "一般財源", tenths=900), Ceiling(TAX, "要求額", 100_000), last=LAST
    )
    rows = table(opened(book), "シーリング")
    assert [tuple(one.values()) for one in rows] == [
        (BUREAU, None, "一般財源", *ROOM),
        (BUREAU, TAX, "要求額", *EXCESS),
    ]


def test_ceilings__figures_follow_the_list_by_the_keys_of_the_row() -> None:
    book = ceilings_book(
        Ceiling(BUREAU, "一般財源", 5),
        Ceiling(TAX, "要求額", 5, categories=("新規事業", "臨時事業")),
    )
    sheet = opened(book, values=False)["シーリング"]
    first, second = ([cell.value for cell in found] for found in sheet.iter_rows(min_row=5))
    assert first[6:10] == [
        "=SUMPRODUCT(1*EXACT(一覧_部,$A5),一覧_一般財源)",
        "=$F5-$G5",
        '=IF($F5=0,"－",ROUND($G5*1000/$F5,0)/10)',
        '=IF($H5<0,"超過","以内")',
    ]
    assert second[6] == (
        "=SUMPRODUCT(1*EXACT(一覧_所管課コード,$L6)"
        "*ISNUMBER(FIND(CHAR(10)&一覧_要求区分&CHAR(10),CHAR(10)&$D6&CHAR(10))),一覧_要求額)"
    )
    assert sheet.protection.sheet


def test_ceilings__of_last_year_s_requests_add_up_their_list() -> None:
    last = replace(LAST, origin=LastOrigin.REQUESTS)
    book = ceilings_book(Ceiling(BUREAU, "要求額", tenths=950), last=last, before=nine())
    sheet = opened(book, values=False)["シーリング"]
    assert sheet["E5"].value == "=SUMPRODUCT(1*EXACT(前年度一覧_部,$A5),前年度一覧_比較に使う額)"
    assert sheet["F5"].value == "=INT($E5*950/1000)"
    assert "「前年度一覧」の要求" in str(sheet["A2"].value)


def test_ceilings__an_unknown_limit_is_no_figure() -> None:
    (one,) = table(opened(ceilings_book(Ceiling(TAX, "要求額", tenths=950))), "シーリング")
    assert (one["前年度"], one["上限"], one["余裕（△は超過）"]) == ("－", "－", "－")
    assert (one["判定"], one["要求"]) == ("不明", 106_185)
    assert one["入っていないもの"] == "前年度の要求額が分からないため、上限を出せません"


def test_ceilings__the_contents_say_what_is_exceeded() -> None:
    book = opened(ceilings_book(Ceiling(TAX, "要求額", 1), Ceiling("企画課", "要求額", tenths=1)))
    (said,) = (
        found for found in book["目次"].iter_rows(values_only=True) if found[0] == "シーリング"
    )
    assert f"超過 1件（{BUREAU} {TAX}）、上限の不明 1件" in str(said)


def test_ceilings__no_sheet_where_none_are_set() -> None:
    assert "シーリング" not in opened(ceilings_book()).sheetnames


def test_contents__name_as_many_as_a_line_has_room_for() -> None:
    units = dict.fromkeys(one.bureau for one in roster())
    book = ceilings_book(*(Ceiling(unit, "要求額", 0) for unit in units if unit))
    rows = opened(book)["目次"].iter_rows(values_only=True)
    said = next(str(row[3]) for row in rows if row[0] == "シーリング")
    assert "ほか" in said
    assert len(said) <= 46


def test_rate__of_a_thousandfold_has_room() -> None:
    book = ceilings_book(Ceiling(TAX, "要求額", 1))
    (row,) = table(opened(book), "シーリング")
    sheet = opened(book)["シーリング"]
    column = next(cell.column_letter for cell in sheet[4] if cell.value == "率（％）")
    assert row["率（％）"] == 10_618_500
    assert sheet.column_dimensions[column].width > len("10618500.0") + 1
