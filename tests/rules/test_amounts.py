from __future__ import annotations

import pytest

from tests.rules.nine import codes_of, one, told
from tests.rules.samples import (
    CURRENT,
    LEVEL_UP,
    amounts,
    changed,
    codes,
    findings,
    flat,
    funding,
    line,
    sectioned,
)
from yosan_xl.model.request import Line
from yosan_xl.rules.amounts import is_mixed


def test_samples__are_good() -> None:
    assert findings(flat()) == []
    assert findings(sectioned()) == []


def test_yx201__hits_a_subtotal_that_is_not_the_sum_of_its_lines() -> None:
    found = findings(changed(sectioned(), "/subtotals/0/requested", 4400))

    assert [finding.code for finding in found] == ["YX201"]
    assert found[0].pointer == "/subtotals/0/requested"
    assert found[0].fact == (
        "「レベルアップ分」の明細の「要求額」の計 4,500千円 が小計 4,400千円"
        " と 100千円 ちがいます。"
    )


def test_yx201__hits_alone_when_a_line_is_wrong_and_its_subtotal_and_total_are_right() -> None:
    assert codes(changed(sectioned(), "/lines/0/requested", 4001)) == ["YX201"]


def test_yx201__hits_each_column_once() -> None:
    document = changed(sectioned(), "/lines/0/budgeted", 3000)
    document = changed(document, "/total/budgeted", 3000)
    found = findings(changed(document, "/subtotals/0/budgeted", 2999))

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX201", "/subtotals/0/budgeted")
    ]


def test_yx201__hits_a_part_without_subtotal() -> None:
    document = sectioned()
    found = findings(changed(document, "/subtotals", document["subtotals"][:1]))

    assert [(finding.code, finding.pointer) for finding in found] == [("YX201", "/subtotals")]
    assert "「経常経費分」" in found[0].fact
    assert "小計 (入力なし)" in found[0].fact


def test_yx201__hits_a_subtotal_without_lines() -> None:
    document = flat(subtotals=[{"part": CURRENT, **amounts(90955, 12000)}])

    assert set(codes(document)) == {"YX201"}


def test_yx201__does_not_hit_sums_that_agree_even_of_negatives_and_zeros() -> None:
    document = sectioned(title="減額")
    document["lines"] = [
        line("減額", -500, part=LEVEL_UP),
        line("なし", 0, part=LEVEL_UP),
        line("増額", 100, part=CURRENT),
    ]
    document["subtotals"] = [{"part": LEVEL_UP, **amounts(-500)}, {"part": CURRENT, **amounts(100)}]
    document["total"], document["funding"] = amounts(-400), funding(general=-400)

    assert codes(document) == []


def test_yx201__does_not_hit_where_a_line_could_not_be_read() -> None:
    document = changed(sectioned(), "/lines/0/requested", None)

    assert "YX201" in codes(document)
    assert codes(document, "/lines/0/requested") == []


def test_yx202__hits_a_total_that_is_not_the_sum_of_a_flat_list() -> None:
    found = findings(changed(flat(), "/total/requested", 90956))

    assert [finding.code for finding in found] == ["YX202"]
    assert found[0].fact == (
        "明細の「要求額」の計 90,955千円 が合計 90,956千円 と 1千円 ちがいます。"
    )


def test_yx202__hits_a_total_that_is_not_the_sum_of_the_subtotals() -> None:
    found = findings(changed(sectioned(), "/total/requested", 5400))

    assert [finding.code for finding in found] == ["YX202"]
    assert found[0].fact.startswith("小計の")


def test_yx202__hits_a_missing_total() -> None:
    assert codes(changed(flat(), "/total/requested", None)) == ["YX202"]


def test_yx202__hits_a_total_without_amounts_in_its_lines() -> None:
    assert codes(flat(lines=[line("未定", None)], total=amounts(10), funding=funding())) == [
        "YX202"
    ]


def test_yx202__does_not_hit_where_no_amount_is_given() -> None:
    document = flat(lines=[line("未定", None)], total=amounts(), funding=funding())

    assert codes(document) == []


def test_yx202__does_not_hit_a_budget_decided_for_the_whole_only() -> None:
    assert codes(changed(flat(), "/total/budgeted", 80000)) == []


def test_yx202__does_not_hit_where_only_the_subtotal_is_wrong() -> None:
    assert "YX202" not in codes(changed(sectioned(), "/subtotals/1/requested", 999))


def test_yx205__hits_a_line_with_more_earmarked_than_requested() -> None:
    document = flat(
        lines=[line("委託料", 78955, 0), line("印刷費", 12000, 12001)],
        total=amounts(90955, 12001),
        funding=funding(metropolitan=12001, general=78954),
    )
    found = findings(document)

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX205", "/lines/1/earmarked")
    ]
    assert found[0].fact == (
        "2行目の「うち特財」 12,001千円 が「要求額」 12,000千円 を 1千円 上回っています。"
    )


def test_yx205__does_not_hit_a_reduction_an_equal_amount_or_an_unknown_one() -> None:
    document = flat(
        lines=[line("減額", -500, -300), line("全額", 100, 100), line("未定", None, None)],
        total=amounts(-400, -200),
        funding=funding(national=-200, general=-200),
    )

    assert codes(document) == []


def test_yx205__does_not_hit_a_budget_above_the_request() -> None:
    document = flat(
        lines=[line("増額査定", 385, None, 410)],
        total=amounts(385, None, 410),
        funding=funding(general=(385, 410)),
    )

    assert codes(document) == []


def test_yx213__hits_an_amount_without_its_words() -> None:
    (found,) = told(one(61, lines__1__label=None))

    assert (found.code, found.pointer) == ("YX213", "/lines/1/label")
    assert found.fact == "2行目に「要求額」 265千円 がありますが、「内容」がありません。"


def test_yx213__hits_once_where_no_line_has_words() -> None:
    (found,) = told(one(61, lines__0__label=" ", lines__1__label=None))

    assert (found.code, found.pointer) == ("YX213", "/lines/0/label")
    assert "「内容」がありません(ほかに 1行)。" in found.fact


def test_yx213__does_not_hit_words_without_an_amount() -> None:
    keys = ("lines__1__requested", "total__requested", "funding__general__amount")
    values = dict(zip(keys, (None, 66, 66), strict=True))

    assert codes_of(one(61, **values)) == []


def test_yx213__does_not_hit_where_an_amount_could_not_be_read() -> None:
    assert told(one(61, lines__1__label=None), "/lines/1/requested") == []


@pytest.mark.parametrize(
    ("part", "whole", "is_told"),
    [
        (12, 10, True),
        (10, 10, False),
        (5, 0, False),
        (2, 1, True),
        (5, None, False),
        (5, -1, False),
    ],
)
def test_yx205__a_part_above_something_to_be_paid(
    part: int, whole: int | None, *, is_told: bool
) -> None:
    found = codes(flat(lines=[line("委託料", whole, part), line("印刷費", 90_955)]))
    assert ("YX205" in found) is is_told


def test_is_mixed__rows_with_a_group_and_without() -> None:
    named, bare = Line("甲", "新規", {}), Line("乙", None, {})
    assert is_mixed((named, bare))
    assert not is_mixed((named, named))
    assert not is_mixed((bare,))
    assert not is_mixed(())
    assert not is_mixed((named, Line("丙", "経常", {})))
