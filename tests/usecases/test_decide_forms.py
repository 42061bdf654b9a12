"""What finance decides of requests of other forms: sources, computed stages and verdicts follow, in the form's own places."""

from __future__ import annotations

from typing import Any

import pytest

from tests.forms.years import documents_of, form_text
from tests.usecases.deciding import decide, history_of, settings_of
from yosan_xl.excel.summary.template import summary_definition
from yosan_xl.form.definition import Definition
from yosan_xl.form.load import load_definition, parse_definition
from yosan_xl.model.axes import DECIDED
from yosan_xl.model.decision import LineKey, Spot, Typed, Value, is_decided_by_rows, line_keys
from yosan_xl.model.finding import Place
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.resources import template_folder
from yosan_xl.usecases.decisions.apply import apply_decisions

TOTAL = "decided/total"


def form_of(form: str) -> Definition:
    return parse_definition(form_text(form).encode(), "form.toml")


def request_of(form: str, at: int = 0) -> Request:
    return Request.from_document(documents_of(form)[at], form_of(form).axes)


def decided(request: Request, typed: dict[tuple[str, LineKey | None], Value]) -> Document:
    entries = {Spot("a", field, line): value for (field, line), value in typed.items()}
    return decide(request, "a", entries).document


def test_decide__a_cut_leaves_sources_open_that_were_asked_for() -> None:
    town = request_of("small_town")  # 4,620,000 asked for, of it 2,000,000 a grant
    cut = decided(town, {(TOTAL, None): 4_000_000})["amounts"]["decision"]
    assert cut == {"total": 4_000_000, "grant": None, "general": None}


@pytest.mark.parametrize(
    ("total", "grant", "general"), [(4_620_000, 2_000_000, 2_620_000), (0, 0, 0)]
)
def test_decide__sources_follow_where_there_is_no_choice(
    total: int, grant: int, general: int
) -> None:
    found = decided(request_of("small_town"), {(TOTAL, None): total})["amounts"]["decision"]
    assert found == {"total": total, "grant": grant, "general": general}


def test_decide__computed_stages_follow() -> None:
    stage = '{ label = "要求との差", total = "difference", of = ["decision", "request"] }'
    text = form_text("municipal-1").replace("\n[sources]", f"\ngap = {stage}\n\n[sources]")
    axes = parse_definition(text.encode(), "form.toml").axes
    document = documents_of("municipal-1")[0]
    asked = document["amounts"]["request"]["total"]
    found = decided(Request.from_document(document, axes), {(TOTAL, None): 1_000})
    assert found["amounts"]["gap"]["total"] == 1_000 - asked


def test_decide__a_rate_follows() -> None:
    stage = '{ label = "査定率", total = "rate", of = ["decision", "request"] }'
    text = form_text("municipal-1").replace("\n[sources]", f"\nrate = {stage}\n\n[sources]")
    axes = parse_definition(text.encode(), "form.toml").axes
    document = documents_of("municipal-1")[0]  # 6,490 asked for
    request = Request.from_document(document, axes)
    done = decide(request, "a", {Spot("a", TOTAL): 6_000})
    assert done.document["rates"] == {"rate": -7.6}
    shown = next(one for one in axes.fields if one.rate_of)
    assert (done.value(shown), request.value(shown)) == (-7.6, None)


def test_decide__a_verdict_stands_in_the_field_or_the_row_of_the_form() -> None:
    whole = decided(request_of("municipal-1"), {("verdict", None): "一部減額"})
    assert (whole["verdict"], whole["rationale"]) == ("一部減額", None)
    request = request_of("prefecture")
    first = line_keys(request)[0]
    rows: list[dict[str, Any]] = decided(request, {("verdict", first): "認めない"})["lists"][
        "lines"
    ]
    assert [row["verdict"] for row in rows] == ["認めない", *[None] * (len(rows) - 1)]


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("decided/specific", 5, "いまの様式にこの欄がないため"),
        ("remarks", "覚え", "いまの様式にこの欄がないため"),
        ("verdict", "なんとなく", "一覧にない言葉"),
    ],
)
def test_apply__what_has_no_place_in_the_form_is_kept_apart(
    field: str, value: Value, why: str
) -> None:
    form, request = form_of("municipal-1"), request_of("municipal-1")
    row = SummaryRow(request, Place("0101.xlsx", "要求書1"))
    typed = Typed(
        Spot(request.id or "", field), value, str(value), Place("集計.xlsx", "一覧", "A5")
    )
    done = apply_decisions(history_of([typed]), [row], settings_of(form), form)
    (kept,) = done.entries.uncarried
    assert (kept.typed.value, kept.why.startswith(why)) == (value, True)
    assert (done.entries.typed, done.rows[0].request) == ({}, request)


def _two_lists() -> Definition:
    text = (template_folder("municipal-1") / "form.toml").read_text(encoding="utf-8")
    more = (
        '[lists.more]\nlabel = "別枠"\nrows = 2\n[lists.more.columns]\n'
        'what = { label = "別枠の内容", is = "label", max = 20, width = 10 }\n'
        'sum = { label = "別枠の額", stage = "request", width = 8 }\n'
        'fixed = { label = "別枠の査定", stage = "decision", width = 8 }\n\n[[bands]]'
    )
    text = text.replace('"municipal-1"', '"two-1"').replace("[[bands]]", more, 1)
    text = text.replace("rows = 12", "rows = 6") + '\n[[bands]]\nlist = "more"\n'
    return parse_definition(text.encode(), "form.toml")


def test_rows_of_one_of_two_lists__decide_nothing() -> None:
    axes = _two_lists().axes
    assert not is_decided_by_rows(axes)
    assert is_decided_by_rows(load_definition("municipal-1").axes)
    document = {
        "id": "1",
        "lists": {
            "lines": [{"item": "甲", "amount": 10}],
            "more": [{"what": "乙", "sum": 101}],
        },
        "amounts": {"request": {"total": 111}},
    }
    request = Request.from_document(document, axes)
    (line,) = line_keys(request)
    done = decide(request, "1", {Spot("1", "decided/total", line): 10})
    assert done.amount(DECIDED) is None
    done = decide(request, "1", {Spot("1", "decided/total"): 111})
    assert done.amount(DECIDED) == 111
    assert [one.amount(DECIDED) for one in done.lines] == [None]


def test_summary__has_no_cell_for_rows_of_one_of_two_lists() -> None:
    sheets = summary_definition(_two_lists())
    judged = {key for one in sheets.every_of("decisions") for key in one.entries}
    assert judged == {"remarks"}
    assert "decided/total" in sheets.listing.entries
