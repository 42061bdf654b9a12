"""一覧 on the page, and its filters."""

from __future__ import annotations

import re

from tests.excel.summary.samples import nine, row
from tests.report.page.samples import contents, page
from yosan_xl.model.intake import Doubtful, Intake
from yosan_xl.report.page.listing import filter_form, listing_table


def _options(html: str, field: str) -> list[str]:
    select = html.split(f'name="{field}"')[1].split("</select>")[0]
    return re.findall(r'<option value="([^"]*)"', select)


def test_filters__offer_what_there_is_in_the_order_of_the_year() -> None:
    html = filter_form(contents(tuple(reversed(nine())))).html
    assert _options(html, "account") == ["", "一般会計", "国民健康保険事業会計"]
    assert _options(html, "kan") == ["", "総務費", "民生費"]
    assert _options(html, "bureau")[1:] == ["産業・地域振興支援部", "保健福祉支援部", "企画経営部"]
    assert _options(html, "category") == ["", "新規事業", "レベルアップ事業"]


def test_filters__offer_what_only_a_left_out_request_has_but_not_to_the_public() -> None:
    intake = Intake(1, (Doubtful(row(2, category="臨時事業"), "二度提出されているため"),))
    for public in (False, True):
        html = filter_form(contents([row(1)], intake=intake, public=public)).html
        assert ("臨時事業" in _options(html, "category")) is not public


def test_filters__are_hidden_where_no_script_runs() -> None:
    assert " hidden>" in filter_form(contents()).html.split("<label")[0]


def test_listing__leads_each_request_to_its_own_sheet() -> None:
    parts = page(contents())
    hrefs = [str(a["href"]) for name, a in parts.elements if name == "a" and "rel" not in a]
    links = [href for href in hrefs if re.fullmatch(r"#r\d+", href)]
    sheets = [f"#{a['id']}" for name, a in parts.elements if name == "article"]
    assert links == sheets
    assert parts.tables["要求の一覧"][5] == [
        *("59", "国民健康保険料徴収", "保健福祉支援部\n国保年金課"),
        *("国民健康保険事業会計\n総務費", "レベルアップ事業", "90,955", "12,000", "78,955"),
    ]


def test_listing__without_no_or_title_has_words_for_it() -> None:
    html = listing_table(contents([row(1, title=None, total={})])).html
    assert '<td class="n">-</td>' in html
    assert ">（記入なし）</a>" in html
