from __future__ import annotations

import pytest

from tests.rules.nine import codes_of, one, told
from tests.rules.samples import (
    AXES,
    CONTEXT,
    amounts,
    changed,
    codes,
    findings,
    flat,
    funding,
    line,
)
from yosan_xl.model.finding import Weight
from yosan_xl.model.request import Document, Request
from yosan_xl.rules.funding import funded, rest, specific_rows


def test_yx203__hits_sources_that_are_not_what_the_lines_say() -> None:
    document = flat(funding=funding(metropolitan=11999, general=78956))
    found = findings(document)

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX203", "/funding/metropolitan/amount")
    ]
    assert found[0].fact + found[0].remedy == (
        "「(うち特財)」の計 12,000千円 が特定財源の計 11,999千円 と 1千円 ちがいます。"
        "「都支出金」の額か明細の「うち特財」を直してください。"
    )


def test_yx203__hits_alone_when_a_source_is_wrong_and_general_is_right() -> None:
    assert codes(changed(flat(), "/funding/metropolitan/amount", 11999)) == ["YX203"]


def test_yx203__hits_forgotten_sources_at_the_total() -> None:
    found = findings(flat(funding=funding(general=90955)))

    assert [(finding.code, finding.pointer) for finding in found] == [("YX203", "/total/earmarked")]
    assert "「国庫支出金」「都支出金」「その他特財」" in found[0].remedy


def test_yx203__hits_forgotten_earmarks() -> None:
    document = flat(lines=[line("委託料", 90955)], total=amounts(90955))

    assert codes(document) == ["YX203"]


def test_yx203__hits_the_budgeted_column() -> None:
    document = flat(
        lines=[line("委託料", 90955, 12000, 80000, 9000)],
        total=amounts(90955, 12000, 80000, 9000),
        funding=funding(metropolitan=(12000, 8000), general=(78955, 72000)),
    )
    found = findings(document)

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX203", "/funding/metropolitan/budgeted")
    ]
    assert found[0].fact.startswith("「予算額の(うち特財)」の計 9,000千円")


def test_yx203__does_not_hit_while_the_amount_is_undecided() -> None:
    document = flat(
        lines=[line("未定", None)], total=amounts(), funding=funding(metropolitan=12000)
    )

    assert codes(document) == []


def test_yx203__does_not_hit_where_only_the_written_total_of_earmarks_is_wrong() -> None:
    assert codes(changed(flat(), "/total/earmarked", 11000)) == ["YX202"]


def test_yx203__does_not_hit_where_a_source_could_not_be_read() -> None:
    document = flat(funding=funding(general=90955))

    assert codes(document, "/funding/metropolitan/amount") == []


def test_yx203__does_not_hit_where_a_line_with_too_much_explains_it() -> None:
    document = flat(
        lines=[line("委託料", 78955), line("印刷費", 12000, 120000)],
        total=amounts(90955, 120000),
    )

    assert codes(document) == ["YX205"]
    assert codes(changed(document, "/funding/metropolitan/amount", 13000)) == [
        "YX203",
        "YX204",
        "YX205",
    ]


def test_yx204__hits_where_general_is_not_given() -> None:
    found = findings(changed(flat(), "/funding/general/amount", None))

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX204", "/funding/general/amount")
    ]
    assert found[0].fact == (
        "財源の計 12,000千円 が「要求額」の合計 90,955千円 と 78,955千円 ちがいます。"
    )


def test_yx204__hits_beside_yx203_where_two_figures_are_wrong() -> None:
    assert codes(flat(funding=funding(metropolitan=11999, general=1))) == ["YX203", "YX204"]


def test_yx204__does_not_hit_where_another_rule_tells() -> None:
    assert "YX204" not in codes(changed(flat(), "/funding/metropolitan/amount", 11999))
    assert "YX204" not in codes(changed(flat(), "/funding/general/amount", 78954))
    assert "YX204" not in codes(changed(flat(), "/total/requested", 90956))


def test_yx204__does_not_hit_an_undecided_amount_or_a_budget_without_funding() -> None:
    undecided = flat(lines=[line("未定", None)], total=amounts(), funding=funding())

    assert codes(undecided) == []
    assert codes(changed(flat(), "/total/budgeted", 80000)) == []


def test_yx206__hits_a_general_that_is_not_the_rest() -> None:
    found = findings(changed(flat(), "/funding/general/amount", 78965))

    assert [(finding.code, finding.pointer) for finding in found] == [
        ("YX206", "/funding/general/amount")
    ]
    assert (
        found[0].remedy
        == "合計と特定財源の額を確かめ、どちらも正しければ「一般財源」を 78,955千円 に直してください。"
    )


@pytest.mark.parametrize("general", [0, -1, 90955])
def test_yx206__hits_alone_whatever_general_says(general: int) -> None:
    assert codes(changed(flat(), "/funding/general/amount", general)) == ["YX206"]


def test_yx206__does_not_hit_the_rest() -> None:
    assert codes(flat(funding=funding(metropolitan=12000, general=78955))) == []
    assert "YX206" not in codes(flat(funding=funding(metropolitan=11999, general=1)))


def _exceeding(*lines: dict[str, object], total: int, national: int) -> list[str]:
    return codes(
        flat(
            lines=list(lines),
            total=amounts(total, national),
            funding=funding(national=national, general=total - national),
        )
    )


def test_yx207__hits_sources_above_the_total() -> None:
    document = flat(
        lines=[line("委託料", 100, 100), line("減額", -50)],
        total=amounts(50, 100),
        funding=funding(national=100, general=-50),
    )
    found = findings(document)

    assert [(finding.code, finding.weight) for finding in found] == [("YX207", Weight.WARNING)]
    assert "一般財源が △50千円 です。" in found[0].fact


def test_yx207__does_not_hit_a_reduction() -> None:
    assert _exceeding(line("減額", -500, -100), total=-500, national=-100) == []


def test_yx207__does_not_hit_zero() -> None:
    assert _exceeding(line("委託料", 100, 100), total=100, national=100) == []


def test_yx207__does_not_hit_where_a_line_or_a_source_tells_the_cause() -> None:
    assert _exceeding(line("委託料", 100, 200), total=100, national=200) == ["YX205"]
    assert codes(flat(funding=funding(metropolitan=120000, general=-29045))) == ["YX203"]


@pytest.mark.parametrize("text", ["特定財源なし", "・特財なし。", "特定財源は　ありません"])
def test_yx210__hits_funds_beside_words_that_deny_them(text: str) -> None:
    found = told(one(60, funding_effort=text))

    assert [(each.code, each.pointer) for each in found] == [("YX210", "/funding_effort")]
    assert "特定財源が 5,868千円 ありますが" in found[0].fact


@pytest.mark.parametrize(
    "text",
    ["国の補助金を充当", None, "なし", "特定財源なし（一部を除く）", "特定財源の確保に努めます。"],
)
def test_yx210__does_not_hit_other_words(text: str | None) -> None:
    assert codes_of(one(60, funding_effort=text)) == []


def test_yx210__does_not_hit_where_there_are_no_funds() -> None:
    assert codes_of(one(61)) == []


def test_yx210__does_not_hit_a_source_that_the_lines_know_nothing_of() -> None:
    document = one(61, funding__national__amount=100, funding__general__amount=231)

    assert codes_of(document) == ["YX203"]


@pytest.mark.parametrize(
    "text",
    [
        "国庫補助金を充当",
        "都の交付金を活用",
        "都補助金（補助率1/2）を活用し、事業費の軽減を行う",
        "国庫支出金を財源とする",
    ],
)
def test_yx211__hits_funds_in_words_only(text: str) -> None:
    found = told(one(61, funding_effort=text))

    assert [(each.code, each.pointer) for each in found] == [("YX211", "/funding_effort")]


@pytest.mark.parametrize(
    "text",
    [
        "国庫補助金の活用を検討",
        "国庫補助金を活用する予定",
        "活用できる補助金はない",
        "都補助金を申請中",
        "国の補助金が令和元年度で終了",
        "令和3年度以降は国庫補助金を活用",
        "一般財源を充当",
        None,
    ],
)
def test_yx211__does_not_hit_what_is_not_certain(text: str | None) -> None:
    assert codes_of(one(61, funding_effort=text)) == []


def test_yx211__does_not_hit_while_the_amount_is_open() -> None:
    keys = ("lines__0__requested", "lines__0__earmarked", "total__requested", "total__earmarked")
    sources = ("funding__national__amount", "funding__general__amount")

    assert codes_of(one(60, **dict.fromkeys((*keys, *sources)))) == []


def test_yx211__does_not_hit_where_funds_are_given() -> None:
    assert codes_of(one(60)) == []


def _named(name: str | None, amount: int | None) -> Document:
    """Return a request with a name and an amount of 国庫支出金; 一般財源 is the rest."""
    own = funding(national=(amount, None), metropolitan=12000, general=78955 - (amount or 0))
    rows = [line("委託料", 78955, amount), line("印刷費", 12000, 12000)]
    given = flat(lines=rows, total=amounts(90955, 12000 + (amount or 0)), funding=own)
    return changed(given, "/funding/national/name", name)


def test_yx219__hits_a_source_with_a_name_and_no_amount() -> None:
    (found,) = findings(_named("道路メンテナンス事業補助金", None))
    assert (found.code, found.weight) == ("YX219", Weight.WARNING)
    assert found.pointer == "/funding/national/amount"
    assert found.fact == (
        "「国庫支出金」に「道路メンテナンス事業補助金」とありますが、額がありません。"
    )


@pytest.mark.parametrize(
    ("name", "amount"),
    [("補助金", 5000), ("補助金", 0), (None, None), ("なし", None), ("－", None)],
)
def test_yx219__does_not_hit(name: str | None, amount: int | None) -> None:
    assert "YX219" not in codes(_named(name, amount))


def test_yx219__does_not_hit_the_note_of_the_rest_nor_an_amount_still_open() -> None:
    note = changed(flat(), "/funding/general/name", "基金の取りくずしを検討")
    assert codes(note) == []
    open_ = flat(lines=[line("未定", None)], total=amounts(), funding=funding())
    assert "YX219" not in codes(changed(open_, "/funding/national/name", "補助金"))


@pytest.mark.parametrize(
    ("sources", "found"), [(0, ["YX205"]), (10, ["YX205"]), (11, ["YX203", "YX205"])]
)
def test_yx203__is_silent_where_mending_one_line_mends_the_sum(
    sources: int, found: list[str]
) -> None:
    document = flat(
        lines=[line("委託料", 10, 12)],
        total=amounts(10, 12),
        funding=funding(metropolitan=sources, general=10 - sources),
    )
    told = {code for code in codes(document) if code in ("YX203", "YX205")}
    assert sorted(told) == found


@pytest.mark.parametrize(("total", "specific"), [(None, "5千円"), (6, "6千円"), (4, None)])
def test_yx203__of_a_total_that_is_not_given_the_rows_count(
    total: int | None, specific: str | None
) -> None:
    document = flat(
        lines=[line("委託料", 10, 5)],
        total=amounts(10, total),
        funding=funding(metropolitan=4, general=6),
    )
    found = specific_rows.check(Request.from_document(document, AXES), CONTEXT)
    assert [fault.facts["specific"] for fault in found] == ([specific] if specific else [])


@pytest.mark.parametrize(("total", "said"), [(None, "10千円"), (11, "11千円"), (8, None)])
def test_yx204__of_a_total_that_is_not_given_the_rows_count(
    total: int | None, said: str | None
) -> None:
    document = flat(
        lines=[line("委託料", 10)],
        total=amounts(total),
        funding=funding(metropolitan=4, general=4),
    )
    request = Request.from_document(document, AXES)
    found = [*funded.check(request, CONTEXT), *rest.check(request, CONTEXT)]
    assert [fault.facts["total"] for fault in found] == ([said] if said else [])
