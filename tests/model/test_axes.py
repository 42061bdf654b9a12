"""What a form's stages, sources, lists and meanings are, by the axes alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.report.forms import PREFECTURE, TOWN
from tests.rules.forms import A, a_list, axes, field, sources, stage
from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    LAST_YEAR,
    MEANING_WORDS,
    SPECIFIC,
    TOTAL,
    Amounts,
    amount_label,
    has_total_alone,
)
from yosan_xl.model.money import Money

CHANGE = stage("change", "増減", ["s1"], by="formula", total="difference", of=(ASKED, LAST_YEAR))
SUM = stage("sum", "計", ["s1"], by="formula", total="sum", of=(ASKED, "more"))


def amounts(**given: int | None) -> Amounts:
    """Return amounts by names such as `asked__total`; of 0 too, which is given."""
    return {
        (key.partition("__")[0], key.partition("__")[2]): None if one is None else Money(one)
        for key, one in given.items()
    }


@pytest.mark.parametrize(
    ("given", "change"),
    [
        ({"asked__total": 7, "last_year__total": 5}, 2),
        ({"asked__total": 0, "last_year__total": 5}, -5),
        ({"asked__total": 7, "last_year__total": 0}, 7),
        ({"asked__total": 7}, 7),
        ({"last_year__total": 5}, None),
        ({"asked__total": None, "last_year__total": 5}, None),
        ({}, None),
    ],
)
def test_computed__a_difference_is_open_while_its_first_total_is(
    given: dict[str, int | None], change: int | None
) -> None:
    assert CHANGE.computed(TOTAL, amounts(**given)) == change


@pytest.mark.parametrize(
    ("given", "summed"),
    [
        ({"asked__total": 7, "more__total": 5}, 12),
        ({"asked__total": 7}, 7),
        ({"more__total": 5}, 5),
        ({}, None),
    ],
)
def test_computed__a_sum_is_of_what_is_given(given: dict[str, int], summed: int | None) -> None:
    assert SUM.computed(TOTAL, amounts(**given)) == summed


@pytest.mark.parametrize(
    ("given", "change"),
    [
        ({"asked__total": 7, "asked__s1": 3, "last_year__total": 5, "last_year__s1": 1}, 2),
        ({"asked__total": 7, "asked__s1": 3, "last_year__total": 5}, None),
        ({"asked__total": 7, "last_year__total": 5, "last_year__s1": 1}, None),
        ({"asked__total": 7, "asked__s1": 3}, 3),
        ({"asked__s1": 3, "last_year__s1": 1}, None),
        ({"asked__total": 7, "asked__s2": 7, "last_year__s1": 1}, -1),
    ],
)
def test_computed__a_source_is_open_while_an_operand_has_a_total_alone(
    given: dict[str, int], change: int | None
) -> None:
    assert CHANGE.computed("s1", amounts(**given)) == change


@pytest.mark.parametrize(
    ("given", "alone"),
    [
        ({"asked__total": 7}, True),
        ({"asked__total": 7, "asked__specific": 2}, True),
        ({"asked__total": 7, "asked__s1": None}, True),
        ({"asked__total": 7, "asked__s1": 0}, False),
        ({"asked__total": 7, "decided__s1": 2}, True),
        ({"asked__total": None}, False),
        ({"asked__s1": 7}, False),
        ({"decided__total": 7}, False),
        ({}, False),
    ],
)
def test_has_total_alone(given: dict[str, int | None], *, alone: bool) -> None:
    assert has_total_alone(ASKED, amounts(**given)) is alone


FORM = axes(
    [
        stage(LAST_YEAR, "前年度", ["s1"], by="prior"),
        stage(ASKED, "要求額", ["s1", "s2"], labels={"s2": "一財"}),
        CHANGE,
        stage("twice", "増減の差", [], by="formula", total="difference", of=("change", ASKED)),
        stage(DECIDED, "査定額", ["s1"], by="finance"),
    ],
    sources("国庫", "一般財源", rest="一般財源"),
    [
        a_list("why", "根拠", [], label="根拠"),
        a_list("lines", "要求内容", [A("amount"), A("grant", source=SPECIFIC)], label="内容"),
    ],
    [field("kind", "区分")],
)


def test_list__knows_which_column_adds_up_to_what() -> None:
    first, main = FORM.lists
    found, grant = main.of_amount(ASKED), main.of_amount(ASKED, SPECIFIC)
    assert (found and found.key, grant and grant.key) == ("amount", "grant")
    assert main.of_amount(DECIDED) is None
    assert [key for key, _ in main.amounts] == ["amount", "grant"]
    assert (first.amounts, main.label_key) == ((), "label")
    assert a_list("bare", "表", []).label_key is None


def test_axes__the_main_list_is_the_one_that_adds_up_to_what_is_asked_for() -> None:
    assert FORM.main == FORM.lists[1]
    without = replace(FORM, lists=FORM.lists[:1])
    assert without.main == FORM.lists[0]
    assert replace(FORM, lists=()).main is None


def test_axes__the_rest_is_none_of_the_specific_sources() -> None:
    assert (FORM.specific, FORM.rest) == (("s1",), "s2")
    assert (TOWN.specific, TOWN.rest) == (("help",), "own")


def test_axes__know_what_is_against_last_year_by_way_of_others_too() -> None:
    assert [one.key for one in FORM.against_last_year()] == ["change", "twice"]
    assert TOWN.against_last_year() == ()


def test_rows__of_a_list_by_its_key() -> None:
    assert [FORM.rows(one.key) for one in FORM.lists] == [*FORM.lists]
    with pytest.raises(KeyError):
        FORM.rows("other")


def test_amount_label__is_the_form_s_own_or_made_of_its_words() -> None:
    told = [FORM.amount_label(ASKED, one) for one in (TOTAL, "s1", "s2", SPECIFIC)]
    assert told == ["要求額", "国庫", "一財", "特定財源"]
    assert [FORM.amount_label(DECIDED, one) for one in (TOTAL, "s1")] == ["査定額", "国庫の査定額"]
    assert amount_label(FORM.stage(DECIDED), "") == "査定額"
    assert (FORM.source_label(TOTAL), FORM.source_label("s2")) == ("合計", "一般財源")


def test_pointer__is_none_where_the_form_has_none() -> None:
    assert FORM.pointer(ASKED, "s2") == "/amounts/asked/s2"
    assert FORM.pointer(DECIDED, "s2") is None
    assert FORM.pointer("notice") is None
    assert (FORM.has_stage(ASKED), FORM.has_stage("notice")) == (True, False)


def test_word__is_the_form_s_own_or_the_general_one() -> None:
    assert (FORM.word("kind"), FORM.word("title")) == ("区分", "事業の名")
    assert (FORM.has("kind"), FORM.has("level1")) == (True, False)
    assert FORM.word("level1") == MEANING_WORDS["level1"]
    assert PREFECTURE.word("year") == "予算年度"
    assert (FORM.word("lines"), TOWN.word("lines")) == ("要求内容", MEANING_WORDS["lines"])


def test_caption__has_its_number_where_there_is_one() -> None:
    numbered = replace(FORM.lists[0], number=10)
    assert (numbered.caption, FORM.lists[0].caption) == ("10 根拠", "根拠")
    own = field("outcome", "成果")
    assert (own._replace(number=5).caption, own.caption) == ("5 成果", "成果")
