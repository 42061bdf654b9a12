from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.rules.nine import codes_of, one, told
from tests.rules.samples import AXES, CONTEXT, amounts, changed, codes, flat, funding, line
from yosan_xl.model.finding import Fault
from yosan_xl.model.request import Document, Request
from yosan_xl.rules.units import in_yen, thousands_beside, usual_total, yen_beside

_NO_CONTRACT: dict[str, Any] = {"term_start": None, "term_end": None, "limit": None}


def _with(*requested: int | None) -> Document:
    total = sum(each or 0 for each in requested)
    return flat(
        lines=[line(f"委託料{index}", each) for index, each in enumerate(requested)],
        total=amounts(total),
        funding=funding(general=total),
        contract_authorization=_NO_CONTRACT,
    )


def _in_yen(no: int, *rows: int) -> Document:
    """Give a request of the nine with rows of it typed in 円, and its sums computed anew."""
    document = one(no)
    for row in rows:
        amount = document["lines"][row]["requested"]
        document = changed(document, f"/lines/{row}/requested", amount * 1000)
    total = sum(each["requested"] for each in document["lines"])
    for index, subtotal in enumerate(document["subtotals"]):
        part = [each for each in document["lines"] if each["part"] == subtotal["part"]]
        summed = sum(each["requested"] for each in part)
        document = changed(document, f"/subtotals/{index}/requested", summed)
    document = changed(document, "/total/requested", total)
    earmarked = total - (document["total"]["earmarked"] or 0)
    return changed(document, "/funding/general/amount", earmarked)


@pytest.mark.parametrize(
    ("no", "row"), [(55, 0), (55, 1), (55, 2), (56, 0), (56, 1), (57, 0), (58, 0), (59, 2), (62, 0)]
)
def test_yx212__hits_a_line_of_the_nine_in_yen(no: int, row: int) -> None:
    found = [each for each in told(_in_yen(no, row)) if each.code != "YX209"]

    assert [(each.code, each.pointer) for each in found] == [("YX212", f"/lines/{row}/requested")]


def test_yx212__hits_in_words() -> None:
    (found,) = told(_in_yen(55, 1, 2))

    assert found.fact == (
        "2行目の「要求額」 58,646,000千円(ほかに 1行) は、ほかの明細の 53,680千円 とくらべて"
        "桁が大きく、円で入力した疑いがあります。"
    )


def test_yx212__hits_a_request_whose_future_cost_tells_the_right_amount() -> None:
    found = told(_in_yen(61, 0, 1))

    assert [(each.code, each.pointer) for each in found] == [("YX212", "/total/requested")]
    assert (
        "「合計」の 331,000千円 は、「事業実施に伴う将来コスト」の 331千円 とくらべて"
        in found[0].fact
    )


def test_yx212__hits_a_limit_in_yen() -> None:
    term = {"term_start": 2020, "term_end": 2022, "limit": 30_000_000}
    document = {**_with(10_000, 500), "contract_authorization": term}

    assert codes(document) == ["YX212"]


@pytest.mark.parametrize(
    "requested",
    [
        (30_765, 331),
        (100_000, 66),
        (999_999, 1),
        (1_500_000, 20_000),
        (2_345_678, 5_000, 20_000),
        (2_000_000, 3_000_000),
        (5_000_000, None),
        (5_000_000, 0),
        (5_000_000, -200),
        (-5_000_000, 200),
        (5_000_000,),
        (None,),
    ],
)
def test_yx212__does_not_hit_amounts_that_may_be_right(requested: tuple[int | None, ...]) -> None:
    assert "YX212" not in codes(_with(*requested))


def test_yx212__does_not_hit_where_the_sum_or_the_expression_tells() -> None:
    assert codes(changed(_with(1000, 331), "/lines/0/requested", 1_000_000)) == ["YX202"]
    assert codes_of(_in_yen(57, 1)) == ["YX208"]


def _neighbour(requested: int, last: int, *others: int) -> str | None:
    """Return what a request's total is thousandfold of; `last` is last year's (千円, 0 for none)."""
    requests = [Request.from_document(_with(each), AXES) for each in (requested, *others)]
    fault = yen_beside(requests[0], last, usual_total(requests))
    return None if fault is None else str(fault.facts["neighbour"])


def test_yx215__hits_a_request_in_yen() -> None:
    assert _neighbour(331_000, 331) == "前年度の同じ事業 331千円"
    assert _neighbour(340_000, 0, 200, 290, 331, 340, 900) == "ほかの要求の中央の額 340千円"


def test_yx215__does_not_hit_what_grew_or_what_nothing_stands_beside() -> None:
    assert _neighbour(33_100, 331, 200, 290, 331, 340, 900) is None
    assert _neighbour(331_000, 0, 200, 290, 331, 340) is None


def _thousandth(requested: int, last: int, unit: str = "円") -> str | None:
    fault = thousands_beside(
        Request.from_document(_with(requested), replace(AXES, unit=unit)), last
    )
    return None if fault is None else str(fault.facts["times"])


def test_yx218__hits_about_a_thousandth_of_last_year_in_a_form_in_yen() -> None:
    assert _thousandth(5_800, 5_500_000) == "948"
    assert (_thousandth(1_000, 500_000), _thousandth(1_000, 2_000_999)) == ("500", "2,000")


def test_yx218__does_not_hit_other_parts_nor_a_form_in_thousands() -> None:
    assert [_thousandth(1_000, last) for last in (0, 1_000, 499_999, 2_001_000)] == [None] * 4
    assert _thousandth(0, 5_500_000) is None
    assert _thousandth(5_800, 5_500_000, "千円") is None


def _in_yen_faults(document: Document) -> list[Fault]:
    return [*in_yen.check(Request.from_document(document, AXES), CONTEXT)]


def _asking(total: int | None, unit: str = "千円") -> Request:
    return Request.from_document(flat(total=amounts(total)), replace(AXES, unit=unit))


@pytest.mark.parametrize(
    ("totals", "usual"),
    [
        ([1, 2, 3, 4, 5], 0),
        ([6, 2, 3, 4, 5, 1], 4),
        ([7, 2, 3, 4, 5, 1, 6], 4),
        ([], 0),
    ],
)
def test_usual_total__is_the_middle_of_more_than_five(totals: list[int], usual: int) -> None:
    assert usual_total(map(_asking, totals)) == usual


@pytest.mark.parametrize(
    ("total", "last", "usual", "times"),
    [
        (5_000, 10, 0, 500),
        (4_999, 10, 0, None),
        (10_000, 0, 10, 1_000),
        (9_999, 0, 10, None),
        (0, 0, 0, None),
        (5_000, 0, 0, None),
        (5_000, -10, 0, None),
        (None, 10, 10, None),
        (10_000, 1, 10, 10_000),
    ],
)
def test_yen_beside__from_500_times_last_year_or_1000_times_the_usual(
    total: int | None, last: int, usual: int, times: int | None
) -> None:
    found = yen_beside(_asking(total), last, usual)
    assert (found.facts["times"] if found else None) == times
    assert yen_beside(_asking(total, "円"), last, usual) is None


@pytest.mark.parametrize(
    ("total", "last", "times"),
    [
        (10, 5_000, "500"),
        (10, 4_999, None),
        (10, 20_000, "2,000"),
        (10, 20_010, None),
        (0, 5_000, None),
        (10, 0, None),
    ],
)
def test_thousands_beside__a_thousandth_of_last_year(
    total: int, last: int, times: str | None
) -> None:
    found = thousands_beside(_asking(total, "円"), last)
    assert (found.facts["times"] if found else None) == times
    assert thousands_beside(_asking(total), last) is None


@pytest.mark.parametrize(
    ("lines", "is_told"),
    [
        ((1_000_000, 1_000), True),
        ((999_999, 1), False),
        ((1_000_000, 1_001), True),  # a round figure, a hundred times the largest
        ((1_000_001, 1_001), False),
        ((1_000_001, 1_000), True),
        ((1_000_000, 10_000), True),
        ((1_000_000, 10_001), False),
        ((1_000_000, 10_001, 1_000, 1_000), True),
        ((1_000_001, 10_001, 1_000, 1_000), True),
        ((1_000_001, 10_001, 1_001, 1_000), False),
        ((1_000_001, 10_001, 1_000), True),
        ((1_000_001, 10_001, 1_001), False),
        ((1_000_000,), False),
        ((1_000_000, 0), False),
        ((1_000_000, 1_000_000), False),
        ((1_000_000, -1), False),
    ],
)
def test_yx212__of_a_line_a_thousand_times_the_middle_or_round(
    lines: tuple[int, ...], *, is_told: bool
) -> None:
    assert bool(_in_yen_faults(_with(*lines))) is is_told


def test_yx212__names_the_first_line_and_the_largest_of_the_others() -> None:
    (found,) = _in_yen_faults(_with(5, 2_000_000, 7, 1_000_000))
    assert found.pointer == "/lines/1/requested"
    assert found.facts == {
        "where": "2行目の「要求額」",
        "amount": "2,000,000千円(ほかに 1行)",
        "neighbour": "ほかの明細の 7千円",
    }
    (alone,) = _in_yen_faults(_with(5, 1_000_000))
    assert alone.facts["amount"] == "1,000,000千円"


@pytest.mark.parametrize(
    ("total", "said", "is_told"),
    [
        (100_000, "毎年100千円かかる", True),
        (99_000, "毎年99千円かかる", False),
        (100_001, "毎年100千円かかる", False),
        (100_000, "毎年1.00千円、または100.0千円かかる", False),
        (100_000, "毎年100円かかる", False),
    ],
)
def test_yx212__of_a_total_a_thousand_times_what_is_said(
    total: int, said: str, *, is_told: bool
) -> None:
    assert bool(_in_yen_faults({**_with(total), "future_cost": said})) is is_told


@pytest.mark.parametrize(
    ("limit", "total", "is_told"),
    [
        (1_000_000, 1_000, True),
        (999_999, 900, False),
        (1_000_000, 1_001, False),
        (1_000_000, 0, False),
        (1_000_000, 1, True),
    ],
)
def test_yx212__of_a_limit_a_thousand_times_the_total(
    limit: int, total: int, *, is_told: bool
) -> None:
    term = {"term_start": 2020, "term_end": 2022, "limit": limit}
    found = _in_yen_faults({**_with(total), "contract_authorization": term})
    assert bool(found) is is_told
