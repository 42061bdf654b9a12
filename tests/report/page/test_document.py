"""The page as a whole: it loads nothing, runs one script of ours, and says what it must without it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.excel.summary.samples import SETTINGS, many, nine, row
from tests.report.page.samples import Parts, budgeted_row, contents, page
from yosan_xl.report.page import page_html

LOADING = {"src", "srcset", "data", "action", "formaction", "poster", "background", "style"}


@pytest.fixture(scope="module")
def html() -> str:
    return page_html(contents())


@pytest.fixture(scope="module")
def parts(html: str) -> Parts:
    return Parts(html)


def test_page__refers_to_nothing_outside_itself(html: str, parts: Parts) -> None:
    assert not re.search(r"(?i)https?:|//[a-z0-9]|@import|url\(", html.split("</style>")[0])
    assert {"link", "img", "iframe", "object", "base", "form action"}.isdisjoint(parts.names)
    for name, attributes in parts.elements:
        assert LOADING.isdisjoint(attributes), name
        assert not [key for key in attributes if key.startswith("on")]
        assert str(attributes.get("href") or "#").startswith("#")


def test_page__its_policy_lets_only_its_own_style_and_script_run(html: str, parts: Parts) -> None:
    policy = next(a["content"] for n, a in parts.elements if "http-equiv" in a)
    assert policy
    assert policy.startswith("default-src 'none';")
    for kind, text in (
        ("style", html.split("<style>")[1].split("</style>")[0]),
        ("script", parts.scripts[-1]),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}';" in policy
    assert "unsafe" not in policy


def test_page__every_link_leads_to_something(parts: Parts) -> None:
    ids = [a["id"] for _, a in parts.elements if "id" in a]
    assert len(ids) == len(set(ids))
    named = {str(a["href"])[1:] for _, a in parts.elements if "href" in a}
    named |= {str(a["aria-labelledby"]) for _, a in parts.elements if "aria-labelledby" in a}
    assert named <= set(ids)


def test_page__has_landmarks_captions_headings_and_a_language(parts: Parts) -> None:
    assert ("html", {"lang": "ja"}) in parts.elements
    for name in ("header", "nav", "main", "footer", "h1"):
        assert name in parts.names
    assert parts.names.count("h1") == 1
    assert parts.names.count("caption") == parts.names.count("table")
    levels = [int(name[1]) for name in parts.names if re.fullmatch("h[1-6]", name)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_page__every_cell_of_a_heading_has_its_scope(parts: Parts) -> None:
    assert all("scope" in attributes for name, attributes in parts.elements if name == "th")


def test_page__what_scrolls_can_be_reached_by_keyboard_and_has_a_name(parts: Parts) -> None:
    wide = [a for _, a in parts.elements if a.get("class") == "wide"]
    assert wide
    assert all(a["tabindex"] == "0" and a["role"] == "region" and a["aria-label"] for a in wide)


def test_page__the_same_contents_give_the_same_text(html: str) -> None:
    assert page_html(contents(tuple(reversed(nine())))) == html


def test_page__of_nothing_is_a_page_all_the_same() -> None:
    found = page(contents([]))
    assert found.tables["会計・款別の要求額"][-1][:3] == ["全会計の計", "0", "0"]
    assert "article" not in found.names


def test_page__nine_requests_are_small(html: str) -> None:
    assert len(html.encode()) < 300_000


def test_page__1500_requests_of_full_length_are_below_10_megabytes() -> None:
    prose = {f: "文" * 140 for f in ("background", "proposal", "outcome", "description", "trends")}
    texts = {**prose, "plans": "文" * 60, "legal_basis": "文" * 60, "schedule": "文" * 80}
    lines = [{"label": "委託料（通年）", "requested": 5000 + n, "part": None} for n in range(6)]
    rows = [row(at, title="事業" * 8, lines=lines, **texts) for at in range(1500)]
    assert len(page_html(contents(rows)).encode()) < 10_000_000


def test_public__has_nothing_of_how_it_came_in() -> None:
    words = ("提出状況", "検証結果", ".xlsx", "要求書3", "財政課 予算担当", "一般会計繰入金")
    settings = replace(SETTINGS, contact="企画経営部 財政課 予算担当")
    inside = page_html(contents(settings=settings))
    open_to_all = page_html(contents(public=True, settings=settings))
    for word in words:
        assert word in inside, word
        assert word not in open_to_all, word
    assert "公表用" in open_to_all
    assert "庁内用" in inside


def test_title__says_whether_the_budget_is_there() -> None:
    assert "令和2年度 予算要求の概要" in page_html(contents())
    assert "令和2年度 予算案の概要" in page_html(contents([budgeted_row(1, 5, 4)]))


def test_page__many_awkward_names_are_each_there() -> None:
    found = page(contents(many(60)))
    assert found.names.count("article") == 60
    assert len(found.tables["要求の一覧"]) == 61
