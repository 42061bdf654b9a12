"""How long the page takes in Chromium: `python -m bench.page --sizes 150,1500`.

Prints CPU seconds of making it, its bytes, and wall seconds in Chromium: until it is loaded and painted, and until a
search and a choice of a filter are shown. Aim: 1,500 requests in 2 s each.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from bench.books import departments, example_settings
from bench.summary import request_rows
from tests.browser.chromium import Tab, chromium
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.model.department import Roster
from yosan_xl.model.intake import Intake
from yosan_xl.model.rollup import Rollup
from yosan_xl.report.page import PageContents, page_html

PAINTED = (
    "new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0)))"
)
SEARCH = """(one => { one.value = 'SMS'; one.dispatchEvent(new Event('input', {bubbles: true})); })(
document.getElementById('words'))"""
CHOOSE = """(one => { one.value = one.options[1].value; one.dispatchEvent(new Event('change', {bubbles: true})); })(
document.querySelector('select[name=bureau]'))"""


def measure(count: int, folder: Path) -> None:
    """Print the line of the table for a page of so many requests."""
    units = departments(-(-count // 3))
    rows = request_rows(units, count, 3)
    axes = load_definition(USUAL_FORM).axes
    began = time.process_time()
    rollup = Rollup.of(rows, example_settings(), Roster(tuple(units)), axes)
    data = page_html(PageContents(rollup, Intake())).encode()
    made = time.process_time() - began
    path = folder / "page.html"
    path.write_bytes(data)
    with chromium(folder / "profile") as running:
        running.open(folder)  # the program itself has started
        began = time.perf_counter()
        tab = running.open(path)
        tab.value(PAINTED)
        opened = time.perf_counter() - began
        shown = [_seconds(tab, act) for act in (SEARCH, CHOOSE)]
    print(
        f"| {count:,} | {made:.2f} | {len(data):,} | {opened:.2f} | {shown[0]:.2f} | {shown[1]:.2f} |"
    )


def _seconds(tab: Tab, act: str) -> float:
    """Return how long an act takes until the list shows fewer rows and is painted."""
    left = "[...document.querySelectorAll('#list tbody tr')].filter(row => !row.hidden).length"
    tab.value("document.querySelector('#filters button').click()")
    tab.value(PAINTED)
    every, began = tab.value(left), time.perf_counter()
    tab.value(act)
    while tab.value(left) == every:
        time.sleep(0.01)
    tab.value(PAINTED)
    return time.perf_counter() - began


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="150,1500", help="numbers of requests")
    asked = parser.parse_args()
    print("| requests | make, CPU s | bytes | open, s | search, s | filter, s |")
    print("|--:|--:|--:|--:|--:|--:|", flush=True)
    for size in asked.sizes.split(","):
        with tempfile.TemporaryDirectory() as folder:
            measure(int(size), Path(folder))


if __name__ == "__main__":
    main()
