"""The steps in docs/記入の手引き.md, in the words of はじめに of a book: `python -m scripts.make_docs` puts them between their marks."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.excel.sheet_words import guide_looks, guide_steps
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.load import load_definition
from yosan_xl.model.fiscal_year import FiscalYear

_BEGIN, _END = "<!-- steps -->\n", "<!-- /steps -->"
_FORM, _YEAR = "municipal-1", FiscalYear(2027)


def with_steps(page: str) -> str:
    """Return the page with the steps made anew; the text around them is written by hand."""
    before, _, rest = page.partition(_BEGIN)
    return "".join([before, _BEGIN, *_tables(), _END, rest.partition(_END)[2]])


def _tables() -> Iterator[str]:
    """Yield the rows: how a book of a city's form is filled in, and how its cells look."""
    plan = compile_plan(load_definition(_FORM).worded("県"), _YEAR)
    yield "\n| すること | しかた |\n|---|---|\n"
    yield from (f"| {name} | {text} |\n" for name, text in guide_steps(plan))
    yield "\n| 欄 | 見分け方 |\n|---|---|\n"
    yield from (f"| {name} | {text} |\n" for name, text, _ in guide_looks(plan))
    yield "\n"
