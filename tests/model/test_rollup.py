"""The order of the list, and sums by key that lose and mix nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.excel.summary.samples import AXES, SETTINGS, many, nine, roster, row
from tests.report.forms import (
    PREFECTURE,
    PREFECTURE_UNITS,
    PREFECTURE_YEAR,
    TOWN,
    TOWN_UNITS,
    TOWN_YEAR,
    made_row,
    prefecture_document,
    town_document,
)
from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL
from yosan_xl.model.money import Money, tenths_of_percent
from yosan_xl.model.rollup import NOT_GIVEN, Rollup, SummaryRow, Sums, keys_of_request


def rollup(*rows: SummaryRow) -> Rollup:
    return Rollup.of(rows, SETTINGS, roster(), AXES)


def unit(code: str, bureau: str = "", section: str = "") -> dict[str, str]:
    return {"code": code, "bureau": bureau, "section": section}


def test_rows__in_order_of_no_and_without_no_last_in_roster_order() -> None:
    codes = [known.code for known in roster()]
    found = rollup(
        row(1, id="a", department=unit(codes[5])),
        row(2, id="b", department=unit(codes[2])),
        row(3, id="c", no=9),
        row(4, id="d", no=2),
        row(5, id="e", department=unit("unknown")),
    )
    assert [one.request.id for one in found.rows] == ["d", "c", "b", "a", "e"]


def test_rows__two_requests_of_one_sheet_are_refused() -> None:
    with pytest.raises(ValueError, match="要求書1"):
        rollup(row(1), row(1))


def test_sums__the_nine_add_up_to_the_published_totals() -> None:
    found = rollup(*nine())
    sums = found.sums(found.rows)
    assert (sums.count, sums.requested, sums.amount(ASKED, SPECIFIC)) == (9, 383_511, 17_868)
    sources = [one.key for one in AXES.sources]
    assert [sums.amount(ASKED, one) for one in sources] == [5_868, 12_000, 0, 365_643]
    assert sums.funding(ASKED, sources) == 383_511
    assert (sums.general_account, sums.other_accounts) == (292_556, 90_955)


def test_sums__an_amount_not_given_adds_nothing() -> None:
    found = rollup(row(1, total={}, funding={}))
    sums = found.sums(found.rows)
    assert (sums.count, {*sums.amounts.values()}, {*sums.given.values()}) == (1, {0}, {0})


def test_groups__the_same_kan_of_two_accounts_stays_apart() -> None:
    groups = rollup(*nine()).groups(["account", "kan"])
    assert [(*group.key, group.sums.count, group.sums.requested) for group in groups] == [
        ("一般会計", "総務費", 7, 286_297),
        ("一般会計", "民生費", 1, 6_259),
        ("国民健康保険事業会計", "総務費", 1, 90_955),
    ]


def test_groups__what_the_settings_do_not_know_comes_last_and_together() -> None:
    kan = ("知らない款", "衛生費", "別の款", "議会費", "知らない款")
    groups = rollup(*(row(at, kan=name) for at, name in enumerate(kan))).groups(["account", "kan"])
    assert [group.key[1] for group in groups] == ["議会費", "衛生費", "別の款", "知らない款"]
    assert groups[-1].sums.count == 2


def test_groups__of_levels_without_their_account_come_last() -> None:
    rows = (row(1, account=None, kan="議会費"), row(2, kan="衛生費"))
    groups = rollup(*rows).groups(["kan"])
    assert [group.key for group in groups] == [("衛生費",), ("議会費",)]


def without_accounts(*chapters: str) -> Rollup:
    """Return requests of these 款 in a form that has no accounts, of a year that has two."""
    fields = tuple(one for one in PREFECTURE.fields if one.meaning != "account")
    form = replace(PREFECTURE, fields=fields)
    rows = [
        made_row(prefecture_document(at, chapter=name), form) for at, name in enumerate(chapters, 1)
    ]
    return Rollup.of(rows, PREFECTURE_YEAR, PREFECTURE_UNITS, form)


def test_groups__of_a_form_without_accounts_are_in_the_order_of_the_first() -> None:
    groups = without_accounts("港の費", "土木の費").groups(["kan"])
    assert [group.key for group in groups] == [("土木の費",), ("港の費",)]


def test_sums__of_a_form_without_accounts_are_all_of_the_general_one() -> None:
    found = without_accounts("港の費", "土木の費")
    sums = found.sums(found.rows)
    assert (sums.general_account, sums.other_accounts) == (sums.requested, 0)
    assert sums.requested > 0


def test_keys__of_a_request_are_those_that_its_form_has() -> None:
    keys = {"account": "一般会計", "kan": NOT_GIVEN, "category": "新規事業"}
    assert keys_of_request(row(1, kan=None).request) == keys
    assert keys_of_request(made_row(town_document(1), TOWN).request) == {}


def test_groups__a_key_not_given_has_a_group_of_its_own() -> None:
    groups = rollup(row(1), row(2, account=None), row(3, account="")).groups(["account"])
    assert [(group.key, group.sums.count) for group in groups] == [
        (("一般会計",), 1),
        ((NOT_GIVEN,), 2),
    ]


def test_groups__sections_of_one_name_stay_apart_and_keep_the_roster_order() -> None:
    same = [known for known in roster() if known.section == "管理課"]
    assert len(same) > 1
    rows = [row(at, department=unit(known.code)) for at, known in enumerate(reversed(same))]
    groups = rollup(*rows).groups(["bureau", "section", "department_code"])
    assert [group.key[2] for group in groups] == [known.code for known in same]


def test_groups__an_unknown_unit_joins_the_bureau_it_names() -> None:
    first, *_, last = roster()
    rows = (
        row(1, department=unit(last.code)),
        row(2, department=unit("x", first.bureau, "新しい課")),
        row(3, department=unit(first.code)),
    )
    groups = rollup(*rows).groups(["bureau", "section", "department_code"])
    assert [group.key for group in groups] == [
        (first.bureau, first.section, first.code),
        (first.bureau, "新しい課", "x"),
        (last.bureau, last.section, last.code),
    ]


@pytest.mark.parametrize(
    "fields", [("account", "kan"), ("account", "category"), ("bureau", "section"), ("account",)]
)
def test_groups__every_grouping_comes_to_the_same_total(fields: tuple[str, ...]) -> None:
    found = rollup(*many(100))
    groups = found.groups(fields)
    figures = zip(*(_figures(group.sums) for group in groups), strict=True)
    assert [*map(sum, figures)] == _figures(found.sums(found.rows))
    assert len({group.key[0] for group in groups}) > 1


def _figures(sums: Sums) -> list[int]:
    split = (sums.general_account, sums.other_accounts)
    return [sums.count, *split, *sums.amounts.values(), *sums.given.values()]


def test_named_sources__names_and_earmarked_amounts_but_no_nameless_general() -> None:
    funding = {
        "national": {"name": "補助金", "amount": None},
        "other": {"name": None, "amount": 5},
        "metropolitan": {"name": None, "amount": 0},
        "general": {"name": None, "amount": 7},
    }
    found = rollup(row(1, funding=funding))
    sources = ("national", "metropolitan", "other", "general")
    named = [one for source in sources for one in found.named_sources(found.rows, source)]
    assert [(one.source, one.name, one.amount) for one in named] == [
        ("national", "補助金", None),
        ("other", NOT_GIVEN, Money(5)),
    ]


@pytest.mark.parametrize(
    ("part", "whole", "tenths"),
    [
        (1, 3, 333),
        (2, 3, 667),
        (1, 2000, 1),  # exactly half of 0.1 %: away from zero, as Excel's ROUND
        (-1, 2000, -1),
        (1, -2000, -1),
        (-5, -10, 500),
        (0, 5, 0),
        (5, 0, None),
    ],
)
def test_tenths_of_percent__rounds_half_away_from_zero(
    part: int, whole: int, tenths: int | None
) -> None:
    assert tenths_of_percent(part, whole) == tenths


def test_sums__how_far_a_stage_is_decided_and_zero_is_an_amount() -> None:
    rows = [
        made_row(town_document(1, decided=0), TOWN),
        made_row(town_document(2, decided=None), TOWN),
    ]
    some = Rollup.of(rows, TOWN_YEAR, TOWN_UNITS, TOWN)
    sums = some.sums(some.rows)
    assert (sums.known(DECIDED), sums.is_whole(DECIDED)) == (0, False)
    assert sums.how_far(DECIDED) == "決定 1 / 2"
    assert sums.funded[DECIDED] == 1
    none = some.sums(some.rows[1:])
    assert (none.known(DECIDED), none.how_far(DECIDED)) == (None, "決定 0 / 1")
    whole = some.sums(some.rows[:1])
    assert (whole.is_whole(DECIDED), whole.how_far(DECIDED)) == (True, "")


def test_sums__a_stage_that_no_form_has_is_not_whole() -> None:
    sums = Sums(1, {}, {})
    assert (sums.is_whole(DECIDED), sums.how_far(DECIDED)) == (False, "決定 0 / 1")


def test_sums__a_total_without_its_sources_is_not_funded() -> None:
    document = town_document(1, decided=9)
    document["amounts"][DECIDED]["own"] = None
    some = Rollup.of([made_row(document, TOWN)], TOWN_YEAR, TOWN_UNITS, TOWN)
    sums = some.sums(some.rows)
    assert (sums.given[DECIDED], sums.funded[DECIDED]) == (1, 0)


def test_sums__sources_typed_in_part_are_added_and_the_request_is_not_funded() -> None:
    document = town_document(1, decided=9)
    document["amounts"][DECIDED]["own"] = None
    row = made_row(document, TOWN)
    partly = StageDecision("査定", {TOTAL: Money(9)}, progress=Progress.DOUBTFUL, is_funded=False)
    cells = {**row.request.amounts, (DECIDED, "own"): Money(3)}
    row = replace(row, request=replace(row.request, amounts=cells), decisions=(partly,))
    some = Rollup.of([row], TOWN_YEAR, TOWN_UNITS, TOWN)
    sums = some.sums(some.rows)
    assert (sums.given[DECIDED], sums.funded[DECIDED], sums.amount(DECIDED, "own")) == (1, 0, 3)
    known = replace(row, decisions=(replace(partly, is_funded=True),))
    assert some.sums([known]).funded[DECIDED] == 1
