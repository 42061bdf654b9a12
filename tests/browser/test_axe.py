"""axe-core finds nothing in the page: of requests, of decisions and stages, for the public, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.browser.chromium import Chromium, Tab, chromium
from tests.excel.summary.samples import nine
from tests.node_tools import node_tools
from tests.report.page.samples import budgeted_row, contents
from tests.report.page.test_decisions import staged_contents
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.report.page import PageContents, page_html

pytestmark = [pytest.mark.slow, pytest.mark.programs]

FINDING = Finding(
    "YX202",
    Weight.ERROR,
    Place("0103_税務課.xlsx", "要求書1", "M24"),
    "ちがいます。",
    "直してください。",
)
DECIDED = [budgeted_row(at, 60, amount) for at, amount in enumerate((80, None, 0, 60), 1)]
PAGES = {
    "requests": contents(findings=[FINDING]),
    "decisions": contents(DECIDED),
    "public": contents(DECIDED, public=True),
    "edition": replace(contents(DECIDED, public=True), edition="決定状況", saved="2020-02-01T00:00:00Z",
                       links=(("一覧", "R2_決定状況_一覧.csv"),)),
    "stages": staged_contents(),
    "nothing": contents([]),
}  # fmt: skip


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    with chromium(tmp_path_factory.mktemp("profile")) as running:
        yield running


@pytest.mark.parametrize("name", PAGES)
def test_axe__has_no_finding(name: str, browser: Chromium, tmp_path: Path) -> None:
    tab = _open(browser, PAGES[name], tmp_path)
    assert _violations(tab) == []


@pytest.mark.parametrize("look", ["dark", "narrow", "filtered"])
def test_axe__has_no_finding_in_another_look(look: str, browser: Chromium, tmp_path: Path) -> None:
    tab = _open(browser, PAGES["decisions"], tmp_path)
    if look == "dark":
        features = [{"name": "prefers-color-scheme", "value": "dark"}]
        tab.call("Emulation.setEmulatedMedia", features=features)
    if look == "narrow":
        size = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
        tab.call("Emulation.setDeviceMetricsOverride", **size)
    if look == "filtered":
        tab.value("document.getElementById('words').value = 'どこにもない'")
        tab.value(
            "document.getElementById('words').dispatchEvent(new Event('input', {bubbles: true}))"
        )
        tab.wait("location.hash.includes('words=')")
    assert _violations(tab) == []


def test_axe__would_find_a_fault(browser: Chromium, tmp_path: Path) -> None:
    tab = _open(browser, PageContents(contents(nine()[:1]).rollup, contents().intake), tmp_path)
    tab.value(
        "document.getElementById('words').closest('label').replaceWith(document.getElementById('words'))"
    )
    tab.value("document.documentElement.removeAttribute('lang')")
    assert {rule for rule, _ in _violations(tab)} >= {"html-has-lang"}


def _open(browser: Chromium, page: PageContents, folder: Path) -> Tab:
    path = folder / "page.html"
    path.write_bytes(page_html(page).encode())
    return browser.open(path)


def _violations(tab: Tab) -> list[tuple[str, list[str]]]:
    """Return the rules that axe-core sees broken, each with the elements."""
    script = node_tools() / "node_modules" / "axe-core" / "axe.min.js"
    tab.value(f"{script.read_text(encoding='utf-8')}; 0")
    found = tab.value(
        "axe.run().then(done => done.violations.map(one => [one.id, one.nodes.map(n => n.html)]))"
    )
    return [(rule, elements) for rule, elements in found]
