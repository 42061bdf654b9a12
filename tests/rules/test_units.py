from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.rules.nine import codes_of, one, told
from tests.rules.samples import AXES, amounts, changed, codes, flat, funding, line
from yosan_xl.model.request import Document, Request
from yosan_xl.rules.units import thousands_beside, usual_total, yen_beside

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
