"""The contents of the page as JSON."""

from __future__ import annotations

import json

from tests.excel.summary.samples import row
from tests.report.page.samples import contents
from yosan_xl.model.intake import Doubtful, Intake
from yosan_xl.report.page.contents import page_data, script_safe


def test_data__of_the_nine_add_up() -> None:
    data = json.loads(page_data(contents()))
    assert (data["fiscal_year"], data["unit"]) == (2020, "千円")
    assert sum(one["asked/total"] for one in data["requests"]) == 383_511
    assert [one["no"] for one in data["requests"]] == list(range(55, 64))
    assert {one["section"] for one in data["requests"] if one["no"] == 56} == {"税務課"}


def test_data__tell_what_is_counted_and_what_is_not_given() -> None:
    intake = Intake(1, (Doubtful(row(2), "二度提出されているため"),))
    some = contents([row(1, total={})], intake=intake)
    requests = json.loads(page_data(some))["requests"]
    assert [(one["counted"], one["asked/total"]) for one in requests] == [
        (True, None),
        (False, 100),
    ]


def test_script_safe__nothing_ends_the_script_and_all_comes_back() -> None:
    value = {"a": "</script><!--&\u2028\u2029\x00"}
    text = script_safe(value)
    assert not set(text) & set("<>&\u2028\u2029\x00")
    assert json.loads(text) == value
