"""シーリング: whose it is, what it is of, and how far what is asked for is from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.excel.summary.samples import AXES, SETTINGS, roster, row
from yosan_xl.model.ceiling import (
    CeilingStanding,
    CeilingUnit,
    LastAmounts,
    LastOrigin,
    LastRow,
    ceiling_faults,
    percent,
    rate,
    standings_of,
    units_called,
)
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import Money
from yosan_xl.model.rollup import Rollup
from yosan_xl.model.settings import Ceiling

BUREAU, SECTION, OTHER = "企画経営部", "企画課", "区長室"
UNITS = {SECTION: "0601", OTHER: "0602"}


def asking(at: int, section: str, amount: int, **changes: object) -> SummaryRow:
    """Give a request of a 課 of 企画経営部, half of it 一般財源."""
    department = {"code": UNITS[section], "bureau": BUREAU, "section": section}
    return row(
        at,
        department=department,
        total={"requested": amount, "earmarked": amount // 2},
        funding={"general": {"name": None, "amount": amount // 2}},
        **changes,
    )


def stand(
    *ceilings: Ceiling,
    rows: tuple[SummaryRow, ...] = (),
    left_out: tuple[SummaryRow, ...] = (),
    last: LastAmounts | None = None,
) -> tuple[CeilingStanding, ...]:
    """Give how ceilings stand."""
    settings = replace(SETTINGS, ceilings=ceilings)
    return standings_of(Rollup.of(rows, settings, roster(), AXES), left_out, last)


def of_last_year(*amounts: int | None, origin: LastOrigin = LastOrigin.KEPT) -> LastAmounts:
    """Give projects of 企画課 of last year by what they came to."""
    unit = Department("0601", BUREAU, SECTION)
    known = [None if one is None else Money(one) for one in amounts]
    return LastAmounts(
        origin, tuple(LastRow(unit, "新規事業", {"total": one, "general": one}) for one in known)
    )


def test_standing__a_bureau_has_all_of_its_sections_and_a_section_its_own() -> None:
    rows = (asking(1, SECTION, 300), asking(2, OTHER, 500))
    found = stand(Ceiling(OTHER, "要求額", 400), Ceiling(BUREAU, "一般財源", 400), rows=rows)
    assert [(one.unit.name, one.label, one.asked, one.room, one.is_over) for one in found] == [
        (BUREAU, "一般財源", 400, 0, False),
        (f"{BUREAU} {OTHER}", "要求額", 500, -100, True),
    ]
    assert [(one.judgement, one.used) for one in found] == [("以内", 1000), ("超過", 1250)]
    largest = found[0].largest
    assert largest is not None
    assert largest.request.requested == 500


def test_standing__a_percentage_is_of_last_year_and_never_above_it() -> None:
    (one,) = stand(Ceiling(SECTION, "要求額", tenths=975), last=of_last_year(1_001, 2))
    assert (one.last, one.limit, one.ground) == (1_003, 977, "前年度の 97.5％")


def test_standing__what_nobody_knows_is_no_0() -> None:
    ceiling = Ceiling(SECTION, "要求額", tenths=950)
    for last in (None, of_last_year(), of_last_year(None)):
        (one,) = stand(ceiling, rows=(asking(1, SECTION, 5),), last=last)
        assert (one.limit, one.room, one.is_over, one.judgement) == (None, None, False, "不明")
    assert "分からないため" in one.remarks[0]
    (one,) = stand(ceiling, last=of_last_year(100, None))
    assert (one.limit, one.last_unknown) == (95, 1)
    assert "要求額の分からない 1件" in one.remarks[0]


def test_standing__an_amount_that_is_not_given_is_told() -> None:
    rows = (row(1, department={"code": "0601"}, funding={}), asking(2, SECTION, 10))
    (one,) = stand(Ceiling(SECTION, "一般財源", 5), rows=rows)
    assert (one.asked, one.remarks) == (5, ("一般財源の記入のない要求 1件は入っていません",))


def test_standing__of_categories_only_their_requests_count() -> None:
    rows = (asking(1, SECTION, 300), asking(2, SECTION, 500, category="臨時事業"))
    (one,) = stand(Ceiling(SECTION, "要求額", 400, categories=("新規事業",)), rows=rows)
    assert (one.asked, one.measure) == (300, "要求額（新規事業）")


def test_standing__a_year_without_categories_is_not_one_without_amounts() -> None:
    last = of_last_year(100)
    unsorted = replace(last, rows=tuple(one._replace(category=None) for one in last.rows))
    own = Ceiling(SECTION, "要求額", tenths=950, categories=("新規事業",))
    for ceiling, limit, said in (
        (own, None, "前年度の要求区分が分からない"),
        (replace(own, categories=()), 95, ""),
    ):
        (one,) = stand(ceiling, last=unsorted)
        assert one.limit == limit
        assert "".join(one.remarks).startswith(said)
    (one,) = stand(own, last=replace(last, rows=last.rows + unsorted.rows))
    assert (one.limit, one.last_unknown) == (95, 1)


def test_standing__requests_left_out_are_named() -> None:
    counted, faulty = asking(1, SECTION, 300), asking(2, SECTION, 500, title="直すもの")
    (one,) = stand(Ceiling(SECTION, "要求額", 400), rows=(counted,), left_out=(faulty,))
    assert (one.asked, one.is_over) == (300, False)
    assert one.remarks == (
        "未算入 1件（「直すもの」、500千円）は入っていません。入れると超過します",
    )
    (one,) = stand(Ceiling(SECTION, "要求額", 800), rows=(counted,), left_out=(faulty,))
    assert one.remarks == ("未算入 1件（「直すもの」、500千円）は入っていません",)


def test_standing__of_several_left_out_three_are_named() -> None:
    faulty = tuple(asking(at, SECTION, 100, title=f"第{at}") for at in range(1, 5))
    ceiling = Ceiling(SECTION, "要求額", 350)
    (three,), (four,) = (stand(ceiling, left_out=faulty[:count]) for count in (3, 4))
    assert three.remarks == ("未算入 3件（「第1」「第2」「第3」、300千円）は入っていません",)
    assert four.remarks == (
        "未算入 4件（「第1」「第2」「第3」など、400千円）は入っていません。入れると超過します",
    )


@pytest.mark.parametrize(
    ("limit", "exceeds"), [(299, False), (300, True), (301, True), (799, True), (800, False)]
)
def test_standing__what_is_left_out_exceeds_only_a_limit_that_is_kept(
    limit: int, *, exceeds: bool
) -> None:
    counted, faulty = asking(1, SECTION, 300), asking(2, SECTION, 500)
    (one,) = stand(Ceiling(SECTION, "要求額", limit), rows=(counted,), left_out=(faulty,))
    assert ("入れると超過します" in one.remarks[0]) is exceeds


def test_standing__the_largest_asks_for_something() -> None:
    ceiling = Ceiling(SECTION, "要求額", 10)
    nothing, one, more = asking(1, SECTION, 0), asking(2, SECTION, 1), asking(3, SECTION, 3)
    for rows, largest in (((nothing,), None), ((nothing, one), one), ((one, more, nothing), more)):
        assert stand(ceiling, rows=rows)[0].largest == largest


def test_standing__all_in_the_order_of_the_roster_a_bureau_before_its_sections() -> None:
    wanted = ["0101", "企画経営部", SECTION, OTHER, "会計室"]
    assert [one.code for one in roster()].index("0601") > 0
    found = stand(*(Ceiling(one, "要求額", 1) for one in reversed(wanted)))
    codes = [one.unit.code or one.unit.bureau for one in found]
    assert codes == ["0101", "企画経営部", "0601", "0602", "1301"]


def test_standing__of_last_year_only_the_unit_and_the_categories_count() -> None:
    own = of_last_year(100).rows[0]
    other = own._replace(unit=Department("0602", BUREAU, OTHER), amounts={"total": Money(7)})
    last = LastAmounts(LastOrigin.KEPT, (own, own._replace(category="臨時事業"), other))
    for department, categories, found in (
        (SECTION, (), (200, 0)),
        (SECTION, ("新規事業",), (100, 0)),
        (OTHER, ("新規事業",), (7, 0)),
        (OTHER, ("臨時事業",), (None, 0)),
        (BUREAU, (), (207, 0)),
    ):
        ceiling = Ceiling(department, "要求額", tenths=1000, categories=categories)
        (one,) = stand(ceiling, last=last)
        assert (one.last, one.last_unknown) == found
        assert one.unsorted == ""
    assert not last.is_unsorted(CeilingUnit(BUREAU, "区政広報室", "0606"))


def test_standing__without_last_year_of_no_project_an_amount_is_missing() -> None:
    (one,) = stand(Ceiling(SECTION, "要求額", tenths=950))
    assert (one.last, one.last_unknown, one.origin) == (None, 0, None)


@pytest.mark.parametrize("wrong", [{"department": "管理課"}, {"of": "地方債"}])
def test_standing__of_settings_that_are_wrong_there_is_none(wrong: dict[str, str]) -> None:
    assert stand(replace(Ceiling(SECTION, "要求額", 5), **wrong)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(("units", "more"), [(8, False), (9, True)])
def test_ceiling_faults__name_eight_units_of_one_name(units: int, *, more: bool) -> None:
    many = Roster(tuple(Department(f"{at:02}", f"{at}部", "管理課") for at in range(1, units + 1)))
    settings = replace(SETTINGS, ceilings=(replace(GOOD, department="管理課"),))
    (fault,) = ceiling_faults(settings, many, AXES)
    assert fault.remedy.count("管理課") == 8
    assert ("など" in fault.remedy) is more


def test_ceiling_faults__without_categories_in_the_form_say_so() -> None:
    axes = replace(AXES, fields=tuple(one for one in AXES.fields if one.meaning != "kind"))
    settings = replace(SETTINGS, ceilings=(replace(GOOD, categories=("新規事業",)),))
    (fault,) = ceiling_faults(settings, roster(), axes)
    assert fault.problem == "は、要求区分のない様式では使えません"


def test_percent__has_no_decimal_that_says_nothing() -> None:
    assert [percent(one) for one in (950, 975, 1_000)] == ["95％", "97.5％", "100％"]


def test_rate__has_always_its_decimal() -> None:
    assert [rate(one) for one in (950, 10_005, -35)] == ["95.0％", "1,000.5％", "△3.5％"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("企画経営部", CeilingUnit("企画経営部")),
        ("０６０１", CeilingUnit("企画経営部", "企画課", "0601")),
        ("企画課", CeilingUnit("企画経営部", "企画課", "0601")),
        ("芝地区総合支所 管理課", CeilingUnit("芝地区総合支所", "管理課", "0803")),
        ("会計室", CeilingUnit("会計室", "", "1301")),
    ],
)
def test_units_called__a_name_or_a_code(written: str, meant: CeilingUnit) -> None:
    assert units_called(written, roster()) == [meant]


GOOD = Ceiling(SECTION, "一般財源", 100)


@pytest.mark.parametrize(
    ("ceilings", "key", "told"),
    [
        ([replace(GOOD, department="企画科")], "department", "「企画課」"),
        ([replace(GOOD, department="管理課")], "department", "0803 芝地区総合支所 管理課"),
        ([replace(GOOD, of="地方債")], "of", "「一般財源」か「要求額」"),
        ([replace(GOOD, limit=None)], "limit", "も percent もありません"),
        ([replace(GOOD, tenths=950)], "limit", "両方があります"),
        ([replace(GOOD, categories=("継続",))], "categories", "「継続」"),
        ([GOOD, replace(GOOD, department="0601", limit=5)], "department", "2つあります"),
    ],
)
def test_ceiling_faults__say_what_is_meant(ceilings: list[Ceiling], key: str, told: str) -> None:
    settings = replace(SETTINGS, ceilings=tuple(ceilings))
    (fault,) = ceiling_faults(settings, roster(), AXES)
    assert (fault.at, fault.key) == (len(ceilings) - 1, key)
    assert told in fault.problem + fault.remedy
    assert "この様式には" not in fault.remedy


def test_ceiling_faults__a_bureau_beside_its_section_and_parts_of_one_are_none() -> None:
    good = (
        GOOD,
        replace(GOOD, of="要求額"),
        replace(GOOD, department=BUREAU),
        replace(GOOD, categories=("新規事業",)),
        replace(GOOD, categories=("臨時事業",)),
    )
    assert not [*ceiling_faults(replace(SETTINGS, ceilings=good), roster(), AXES)]


def test_ceiling_faults__a_form_without_it_says_so() -> None:
    axes = replace(AXES, sources=tuple(one for one in AXES.sources if not one.is_rest))
    (fault,) = ceiling_faults(replace(SETTINGS, ceilings=(GOOD,)), roster(), axes)
    assert fault.remedy == "この様式には一般財源の欄がありません。「要求額」と書いてください。"
