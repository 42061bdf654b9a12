"""The site of docs/ as it is opened from a folder: built strictly, searched in Japanese, asking nobody for anything."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.browser.chromium import Chromium, Tab, chromium

pytestmark = [pytest.mark.slow, pytest.mark.programs]

ROOT = Path(__file__).resolve().parent.parent.parent
_QUERY = "document.querySelector('[data-md-component=search-query]')"
_FORM = "document.querySelector('.md-search__form')"
_RESULTS = "document.querySelector('.md-search-result__list')"
_LINKS = "[...document.querySelectorAll('.md-search-result__link')].map(link => link.href)"
GUIDE = "財政課の手引き.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("手引き") / "site"
    build = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--strict", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, env=os.environ, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.fixture(scope="module")
def tab(browser: Chromium, site: Path) -> Tab:
    """The first page, where one search follows another."""
    return browser.open(site / "index.html")


def _found(tab: Tab, words: str) -> list[str]:
    """Return the pages that a search finds, best first, without what leads to them."""
    tab.value(f"{_FORM}.reset(); {_RESULTS}.replaceChildren(); {_QUERY}.focus()")
    tab.call("Input.insertText", text=words)
    # The text comes without a key, and the page looks when a key is let go.
    tab.value(f"{_QUERY}.dispatchEvent(new KeyboardEvent('keyup', {{bubbles: true}}))")
    tab.wait(f"{_LINKS}.length > 0")
    return [
        link.rpartition("/")[2].partition("?")[0].partition("#")[0] for link in tab.value(_LINKS)
    ]


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("差戻し", "rules.html"),
        ("復活要求", "notice.html"),
        ("保存庫", "archive.html"),
        ("シーリング", "ceilings.html"),
        ("YX203", "rules.html"),
        ("集計.bat", "windows.html"),
        ("組織.csv", "comparison.html"),
        ("generate", "commands.html"),
        ("--due", "commands.html"),
        ("差し戻し", "rules.html"),
        ("マクロは使えますか", "index.html"),
    ],
)
def test_search__finds_japanese_words_and_codes_from_a_folder(
    tab: Tab, words: str, page: str
) -> None:
    assert page in _found(tab, words)
    assert [one for one in tab.requested if not one.startswith(("file:", "data:"))] == []
    assert tab.complaints == []


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("段階", "stages.html"),
        ("YX203", "rules.html"),
        ("ｙｘ４０１", "rules.html"),
        ("復活要求", GUIDE),
        ("メールの文", "mail.html"),
        ("ＮＯを付ける", GUIDE),
        ("１２月にすること", GUIDE),
        ("期限に遅れたブックはどうすればよいですか", GUIDE),
        ("同じ課から二回届いた", GUIDE),
        ("集計ブックを開いたまま集計した", GUIDE),
        ("復活要求はどこに入れるの？", GUIDE),
    ],
)
def test_search__has_the_page_for_users_first(tab: Tab, words: str, page: str) -> None:
    assert unquote(_found(tab, words)[0]) == page


@pytest.mark.parametrize("words", ["差戻し", "差し戻し", "差戻す"])
def test_search__has_what_users_read_before_the_rules(tab: Tab, words: str) -> None:
    found = _found(tab, words)
    before = {unquote(one) for one in found[: found.index("rules.html")]}
    assert {"記入の手引き.html", GUIDE, "mail.html"} <= before


def test_folder__of_the_site_begins_with_what_opens_it(site: Path) -> None:
    assert {path.name for path in site.iterdir()} & {"404.html", "sitemap.xml"} == set()
    assert "url=index.html" in (site / "_はじめに開く.html").read_text(encoding="utf-8")


def test_guide_of_departments__is_printed_on_two_pages_of_a4(browser: Chromium, site: Path) -> None:
    tab = browser.open(site / "記入の手引き.html")
    printed = tab.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    pdf = base64.b64decode(printed["data"])
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 2
    assert set(re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", pdf)) == {(b"594", b"841")}


def test_every_page__of_the_site_loads_nothing_from_a_host(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 20
    loads = re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*\b(?:src|href)=[\"']?(?:https?:)?//[^>]*"
    )
    assert [loads.findall(page.read_text(encoding="utf-8")) for page in pages] == [[]] * len(pages)
    sheets = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"url\([\"']?(?:https?:)?//[^)]*", sheets) == []
