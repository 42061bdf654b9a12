"""What is normal in budgets gives nothing; an empty required block is told once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.nine import codes_of, one, told
from tests.rules.samples import amounts, codes, flat, funding, line
from yosan_xl.model.request import Document


def _total(*requested: int | None) -> Document:
    total = sum(each or 0 for each in requested)
    return flat(
        lines=[line(f"委託料{index}", each) for index, each in enumerate(requested)],
        total=amounts(total),
        funding=funding(general=total),
    )


@pytest.mark.parametrize("requested", [(-500,), (1000, -200), (0,), (0, 0), (None, 100), (-5, 5)])
def test_normal__negatives_zeros_and_open_amounts(requested: tuple[int | None, ...]) -> None:
    assert codes(_total(*requested)) == []


def test_normal__a_decision_above_the_request() -> None:
    document = flat(
        lines=[line("委託料", 385, None, 410, None)],
        total=amounts(385, None, 410, None),
        funding=funding(general=(385, 410)),
    )

    assert codes(document) == []


def test_normal__dates_before_the_year() -> None:
    schedule = "令和2年1月～3月 制度の検討\n平成31年4月 公表\n令和元年度 調査"
    term = {"term_start": 2018, "term_end": 2021, "limit": 30_000}

    assert codes_of(one(61, schedule=schedule, contract_authorization=term)) == []


@pytest.mark.parametrize("section", ["区長室", "会計室", "芝地区総合支所", None])
def test_normal__units_that_are_no_section(section: str | None) -> None:
    assert codes_of(one(61, department__section=section)) == []


_REQUIRED = (
    "title",
    "category",
    "account",
    "kan",
    "description",
    "background",
    "proposal",
    "outcome",
)


@pytest.mark.parametrize("key", _REQUIRED)
@pytest.mark.parametrize("nothing", [None, "", " ", "　\n　"])
def test_required__an_empty_block_is_told_once(key: str, nothing: str | None) -> None:
    found = told(one(61, **{key: nothing}))

    assert [(each.code, each.pointer) for each in found] == [("YX101", f"/{key}")]


def test_required__no_line_item_is_told_once() -> None:
    nothing: dict[str, Any] = {"lines": [], "total": amounts()}

    assert codes_of(one(61, **nothing, funding__general__amount=None)) == ["YX101"]
