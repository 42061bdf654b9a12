"""What the first vocabulary leaves unsaid is found in the form, so that a form of one's own in it keeps its words."""

from __future__ import annotations

import re

from tests.form.samples import YEAR, definition
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.load import parse_definition
from yosan_xl.form.schema import request_schema
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC
from yosan_xl.resources import template_folder

TEXT = (template_folder("minato-r2") / "form.toml").read_text(encoding="utf-8")
BOND = """"/funding/bond/amount" = { label = "地方債", kind = "money", by = "department", hint = "額" }
"/funding/bond/budgeted" = { label = "地方債の予算額", kind = "money", by = "finance" }
"""


def test_axes__are_those_of_the_form() -> None:
    axes = definition().axes
    assert [stage.key for stage in axes.stages] == [ASKED, DECIDED]
    assert axes.specific == ("national", "metropolitan", "other")
    assert axes.rest == "general"
    assert axes.pointer(ASKED, SPECIFIC) == "/total/earmarked"
    assert axes.pointer(DECIDED, "other") == "/funding/other/budgeted"
    assert (axes.main, axes.unit) == (axes.lists[0], "千円")


def test_renamed__no_old_word_is_said() -> None:
    text = re.sub(r'(label|printed|hint|about|advice) = "[^"]*"', r'\1 = "別の語"', TEXT)
    text = re.sub(r'(title|counters|subtotal|part) = "[^"]*"', r'\1 = "別の語"', text, count=5)
    form = parse_definition(text.encode(), "form.toml")
    assert form.object_notes == {}
    said = str(request_schema(form))
    for word in ("財源", "国庫", "都支出", "特財", "債務負担", "所管課コード", "要求額", "予算額"):
        assert word not in said


def test_one_more_source__is_one_of_the_axes() -> None:
    text = TEXT.replace('"/funding/general/name" =', f'{BOND}"/funding/general/name" =')
    row = '\n[[right.rows]]\ncells = [{ columns = "source", label = "地方債" }, '
    row += '{ columns = "requested", field = "/funding/bond/amount" }, '
    row += '{ columns = "budgeted", field = "/funding/bond/budgeted" }]\n'
    form = parse_definition((text + row).encode(), "form.toml")
    assert form.axes.specific == ("national", "metropolitan", "other", "bond")
    assert form.axes.source_label("bond") == "地方債"
    assert form.axes.pointer(ASKED, "bond") == "/funding/bond/amount"
    assert compile_plan(form, YEAR).slot_at("/funding/bond/amount")
