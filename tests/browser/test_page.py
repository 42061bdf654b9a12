"""The page in a real browser: it opens, filters and sorts, and asks nobody for anything."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest

from tests.browser.chromium import Chromium, Tab, chromium
from tests.report.forms import (
    PREFECTURE,
    PREFECTURE_UNITS,
    PREFECTURE_YEAR,
    made_row,
    prefecture_document,
)
from tests.report.page.hostile import HOSTILE
from tests.report.page.samples import budgeted_row, contents
from tests.report.page.test_hostile import page_of
from yosan_xl.model.intake import Intake
from yosan_xl.model.rollup import Rollup
from yosan_xl.report.page import PageContents, page_html

pytestmark = [pytest.mark.slow, pytest.mark.programs]

ROWS = "[...document.querySelectorAll('#list tbody tr')].filter(row => !row.hidden)"
NUMBERS = f"{ROWS}.map(row => row.cells[0].textContent)"
SHEETS = "[...document.querySelectorAll('article')].filter(one => !one.hidden).length"
TALLY = "document.getElementById('tally').textContent"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture
def tab(browser: Chromium, tmp_path: Path) -> Tab:
    path = tmp_path / "集計.html"
    path.write_bytes(page_html(contents()).encode())
    return browser.open(path)


def _choose(tab: Tab, name: str, value: str) -> None:
    tab.value(
        f"(one => {{ one.value = {value!r}; one.dispatchEvent(new Event('change', "
        f"{{bubbles: true}})); }})(document.querySelector('select[name={name}]'))"
    )


def _search(tab: Tab, words: str) -> None:
    tab.value("document.getElementById('words').focus()")
    tab.call("Input.insertText", text=words)
    tab.wait("location.hash.includes('words=')")


def test_page__opens_without_a_complaint_and_asks_nobody(tab: Tab) -> None:
    assert tab.value(TALLY) == "9件のうち 9件　要求額の計 383,511千円"
    assert [url.split("?")[0][-5:] for url in tab.requested] == [".html"]
    assert tab.complaints == []


def test_filter__narrows_the_list_the_sheets_and_the_sum(tab: Tab) -> None:
    _choose(tab, "section", "税務課")
    assert tab.value(NUMBERS) == ["56", "57", "58"]
    assert tab.value(SHEETS) == 3
    assert tab.value(TALLY) == "9件のうち 3件　要求額の計 106,185千円"


def test_filter__two_choices_must_both_fit_and_can_be_cleared(tab: Tab) -> None:
    _choose(tab, "bureau", "保健福祉支援部")
    _choose(tab, "category", "新規事業")
    assert tab.value(NUMBERS) == ["60"]
    tab.value("document.querySelector('#filters button').click()")
    tab.value("new Promise(done => setTimeout(done, 50))")
    assert len(tab.value(NUMBERS)) == 9


@pytest.mark.parametrize("words", ["SMS", "ｓｍｓ", "国民健康保険料 ＳＭＳ"])
def test_search__finds_words_of_the_sheets_in_any_width(words: str, tab: Tab) -> None:
    _search(tab, words)
    assert "59" in tab.value(NUMBERS)
    assert len(tab.value(NUMBERS)) < 9


def test_search__of_what_is_nowhere_finds_nothing(tab: Tab) -> None:
    _search(tab, "どこにもないことば")
    assert tab.value(NUMBERS) == []
    assert tab.value(TALLY) == "9件のうち 0件　要求額の計 0千円"


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        *(("38484", ["57"]), ("38,484", ["57"]), ("３８，４８４", ["57"])),
        *(("NO 56", ["56"]), ("no56", ["56"]), ("ＮＯ．５６", ["56"]), ("NO 5", [])),
        *(("NO 59 ＳＭＳ", ["59"]), ("3848", [])),
    ],
)
def test_search__of_numbers_finds_them_whole_however_they_are_written(
    words: str, numbers: list[str], tab: Tab
) -> None:
    _search(tab, words)
    assert tab.value(NUMBERS) == numbers


def test_filter__the_sections_are_those_of_the_bureau(tab: Tab) -> None:
    options = "[...document.querySelector('[name=section]').options].map(o => o.value)"
    everyone = tab.value(options)
    _choose(tab, "section", "税務課")
    _choose(tab, "bureau", "企画経営部")
    assert tab.value(options) == ["", "企画課", "区長室"]
    assert tab.value(NUMBERS) == ["61", "62", "63"]
    _choose(tab, "bureau", "")
    assert tab.value(options) == everyone


def test_filter__stands_in_the_address_and_comes_back(browser: Chromium, tab: Tab) -> None:
    _choose(tab, "section", "税務課")
    _choose(tab, "category", "レベルアップ事業")
    assert tab.value(NUMBERS) == []
    tab.value("history.back()")
    tab.wait(f"{NUMBERS}.length > 0")
    assert tab.value(NUMBERS) == ["56", "57", "58"]
    path = Path(unquote(urlparse(tab.value("location.href")).path))
    address = tab.value("location.hash")
    tab.value("history.back()")
    tab.wait("location.hash === ''")
    assert len(tab.value(NUMBERS)) == 9
    assert tab.value("location.hash") == ""
    other = browser.open(path, fragment=address)
    assert other.value(NUMBERS) == ["56", "57", "58"]
    assert other.complaints == []


@pytest.mark.parametrize(
    "fragment",
    [
        "#section=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E&onclick=x&__proto__=y&id=z",
        "#words=%3Cscript%3Ealert(1)%3C%2Fscript%3E&section=%E7%A8%8E%E5%8B%99%E8%AA%B2x",
        "#category=%&=&==",
    ],
)
def test_address__is_data_and_only_known_keys_count(
    fragment: str, browser: Chromium, tmp_path: Path
) -> None:
    path = tmp_path / "集計.html"
    path.write_bytes(page_html(contents()).encode())
    tab = browser.open(path, fragment=fragment)
    assert tab.complaints == []
    assert tab.value("[...document.querySelectorAll('select')].every(one => one.value === '')")
    assert tab.value("document.querySelectorAll('script').length") == 2
    assert tab.value("document.querySelectorAll('img').length") == 0


def test_sheets__lead_on_in_the_order_of_the_list(tab: Tab) -> None:
    _choose(tab, "section", "税務課")
    head = "[...document.querySelectorAll('#list th button')].find(b => b.textContent === '要求額')"
    tab.value(f"{head}.click()")
    assert tab.value(NUMBERS) == ["57", "58", "56"]
    ways = (
        "[...document.querySelectorAll('article:not([hidden]) .way')]"
        ".map(way => [...way.children].filter(a => !a.hidden).map(a => a.textContent))"
    )
    whole = ["前の要求", "一覧へ", "次の要求"]
    assert tab.value(ways) == [whole[:2], whole[1:], whole]
    tab.value("document.querySelector('#r3 [rel=next]').click()")
    assert tab.value("location.hash") == "#r4"
    tab.value("document.querySelector('#r4 [rel=next]').click()")
    assert tab.value("location.hash") == "#r2"
    tab.value("document.querySelector('#r2 [rel=prev]').click()")
    assert tab.value("location.hash") == "#r4"


def test_filter__of_what_was_decided(browser: Chromium, tmp_path: Path) -> None:
    amounts = ((100, 80), (50, None), (70, 0), (60, 60), (40, 45))
    rows = [budgeted_row(at, *pair) for at, pair in enumerate(amounts, 1)]
    path = tmp_path / "集計.html"
    path.write_bytes(page_html(contents(rows)).encode())
    tab = browser.open(path)
    titles = f"{ROWS}.map(row => row.id)"
    for word, found in (
        *(("減額", ["l1", "l3"]), ("増額", ["l5"]), ("未定", ["l2"])),
        ("要求どおり", ["l4"]),
    ):
        _choose(tab, "decision", word)
        assert tab.value(titles) == found, word
    _choose(tab, "decision", "")
    assert tab.value(TALLY) == "5件のうち 5件　要求額の計 320千円　予算額の計 185千円（決定 4 / 5）"


def test_sort__by_amount_largest_first_then_smallest(tab: Tab) -> None:
    head = "[...document.querySelectorAll('#list th button')].find(b => b.textContent === '要求額')"
    tab.value(f"{head}.click()")
    assert tab.value(NUMBERS)[:3] == ["55", "59", "57"]
    assert tab.value(f"{head}.closest('th').getAttribute('aria-sort')") == "descending"
    tab.value(f"{head}.click()")
    assert tab.value(NUMBERS)[0] == "61"


def test_sort__by_keyboard(tab: Tab) -> None:
    tab.value("document.querySelector('#list th button').focus()")
    tab.press("Enter", 13, "\r")
    assert tab.value(NUMBERS) == [str(no) for no in range(55, 64)]
    tab.press("Enter", 13, "\r")
    assert tab.value(NUMBERS) == [str(no) for no in range(63, 54, -1)]


def test_keyboard__the_first_tab_leads_past_the_menu(tab: Tab) -> None:
    tab.press("Tab", 9)
    assert tab.value("document.activeElement.textContent") == "本文へ進む"
    tab.press("Enter", 13, "\r")
    assert tab.value("location.hash") == "#main"


def test_phone__nothing_but_tables_is_wider_than_the_screen(tab: Tab) -> None:
    tab.call(
        "Emulation.setDeviceMetricsOverride",
        width=360,
        height=740,
        deviceScaleFactor=1,
        mobile=True,
    )
    assert tab.value("document.documentElement.scrollWidth") == 360
    units = "[...document.querySelectorAll('caption small')]"
    assert tab.value(f"Math.max(...{units}.map(one => one.getBoundingClientRect().right))") <= 360
    beside = "[...document.querySelectorAll('.bars li')].filter(one => one.querySelector('b') && one.querySelector('b').offsetTop < one.firstElementChild.offsetTop + one.firstElementChild.offsetHeight)"
    assert tab.value(f"{beside}.length") == 0


def test_without_script__all_is_there_to_read(browser: Chromium, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page_html(contents()).encode())
    tab = browser.open(path, script=False)
    assert tab.value("getComputedStyle(document.getElementById('filters')).display") == "none"
    assert tab.value(SHEETS) == 9
    assert tab.value(TALLY) == "9件"


def test_hostile__no_text_runs_loads_or_becomes_a_link(browser: Chromium, tmp_path: Path) -> None:
    """Several texts are in a page, each as the whole of its fields; test_hostile.py has a page for each."""
    path = tmp_path / "page.html"
    for at in range(0, len(HOSTILE), 10):
        texts = HOSTILE[at : at + 10]
        path.write_bytes(page_of(*texts).encode())
        tab = browser.open(path)
        assert tab.complaints == [], texts
        assert len(tab.requested) == 1, texts
        assert tab.value("document.querySelectorAll('script').length") == 2, texts
        assert tab.value(SHEETS) == 2 * len(texts), "what is counted, and what is left out"
        assert tab.value(
            "[...document.links].every(a => a.hash && a.pathname === location.pathname)"
        )
        tab.call("Page.close")


def test_print__one_request_a_page_of_a4_and_all_of_it(browser: Chromium, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(page_html(contents()).encode())
    tab = browser.open(path)
    answer = tab.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    pdf = tmp_path / "page.pdf"
    pdf.write_bytes(base64.b64decode(answer["data"]))
    pages = _pages(pdf)
    heads = [f"NO {no} " for no in range(55, 64)]
    for head in heads:
        (own,) = [page for page in pages if head in page]
        assert [other for other in heads if other in own] == [head]
        assert "3 事業説明文" in own
        assert "9 関連する法令・条例等" in own
        assert "13 事業実施に伴う将来コスト" in own
    size = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    assert "(A4)" in size


def _pages(pdf: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, encoding="utf-8"
    )
    return [" ".join(page.split()) for page in done.stdout.split("\f")]


def test_page__of_any_form_is_narrowed_by_its_own_keys_and_says_its_own_words(
    browser: Chromium, tmp_path: Path
) -> None:
    rows = [
        made_row(prefecture_document(at, chapter=chapter), PREFECTURE)
        for at, chapter in enumerate(("土木の費", "港の費", "港の費"), 1)
    ]
    rollup = Rollup.of(rows, PREFECTURE_YEAR, PREFECTURE_UNITS, PREFECTURE)
    path = tmp_path / "集計.html"
    path.write_bytes(page_html(PageContents(rollup, Intake())).encode())
    tab = browser.open(path)
    assert tab.value(TALLY) == "3件のうち 3件　見積の計 18,000千円　計上の計 33,330千円"
    _choose(tab, "kan", "港の費")
    assert tab.value(NUMBERS) == ["2", "3"]
    assert tab.value(TALLY) == "3件のうち 2件　見積の計 12,000千円　計上の計 22,220千円"
    assert tab.complaints == []
