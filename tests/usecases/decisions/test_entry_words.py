"""What an entry is called, and where a form has a place for one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.forms.years import form_text
from tests.usecases.deciding import settings_of
from yosan_xl.form.definition import Definition
from yosan_xl.form.load import parse_definition
from yosan_xl.model.decision import LineKey, Spot, Value
from yosan_xl.model.settings import AssessmentStage
from yosan_xl.usecases.decisions.entry_words import entry_label, has_place, is_strange_word

LINE = LineKey(1, None, "委託")


def form(name: str) -> Definition:
    return parse_definition(form_text(name).encode(), name)


MINATO = form("minato-r2")
FIELDS = (
    "decided/total",
    "decided/specific",
    "decided/national",
    "decided/general",
    "decided/none",
    "verdict",
    "reason",
    "rationale",
    "remarks",
    "",
    "x",
)


def places(of: Definition, line: LineKey | None = None) -> set[str]:
    return {field for field in FIELDS if has_place(of, Spot("1", field, line))}


def test_has_place__of_a_request() -> None:
    expected = {
        "decided/total",
        "decided/specific",
        "decided/national",
        "verdict",
        "reason",
        "rationale",
    }
    assert places(MINATO) == expected


def test_has_place__of_a_line() -> None:
    assert places(MINATO, LINE) == {"decided/total", "decided/specific", "verdict", "remarks"}


def test_has_place__in_forms_without_lines_or_specific() -> None:
    town, prefecture = form("small_town"), form("prefecture")
    assert places(town, LINE) == set()
    assert "decided/total" in places(town)
    assert "decided/specific" not in places(town)
    assert places(prefecture, LINE) == {"verdict", "remarks"}
    assert has_place(prefecture, Spot("1", "decided/bond"))
    assert not has_place(prefecture, Spot("1", "decided/national"))
    assert ("rationale" in places(town)) is town.axes.has("rationale")


def test_has_place__of_nothing_where_what_is_decided_follows_from_other_stages() -> None:
    own = MINATO.axes
    stages = tuple(
        one._replace(of=("asked",)) if one.key == "decided" else one for one in own.stages
    )
    assert places(replace(MINATO, axes=replace(own, stages=stages))) == set()


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("decided/general", "一般財源の予算額"),
        ("decided/total", "予算額"),
        ("decided/specific", "予算額のうち特財"),
        ("decided/national", "国庫支出金の予算額"),
        ("decided/none", "decided/none"),
        ("rationale", "編成の考え方"),
        ("verdict", "査定区分"),
        ("reason", "理由"),
        ("remarks", "備考"),
        ("", "欄の外"),
        ("x", "x"),
    ],
)
def test_entry_label__in_the_words_of_the_form(field: str, label: str) -> None:
    assert entry_label(MINATO, Spot("1", field), settings_of(MINATO), "査定") == label


def test_entry_label__of_a_form_that_calls_it_otherwise() -> None:
    prefecture, town = form("prefecture"), form("small_town")

    def label(spot: Spot) -> str:
        return entry_label(prefecture, spot, settings_of(prefecture), "査定")

    assert label(Spot("1", "decided/total")) == "査定"
    assert label(Spot("1", "rationale")) == "査定理由"
    assert label(Spot("1", "verdict", LINE)) == "査定"
    assert entry_label(town, Spot("1", "rationale"), settings_of(town), "査定") == "rationale"


def test_entry_label__of_a_stage_is_the_heading_of_that_stage() -> None:
    stages = (AssessmentStage("財政課"), AssessmentStage("区長"))
    settings = replace(settings_of(MINATO), stages=stages)
    total = Spot("1", "decided/total")
    assert entry_label(MINATO, total, settings, "財政課") == "財政課の額"
    assert entry_label(MINATO, total, settings, "区長") == "予算額"
    # What only the last stage has is called as it is there.
    assert entry_label(MINATO, Spot("1", "rationale"), settings, "財政課") == "編成の考え方"
    assert entry_label(MINATO, Spot("1", "rationale", LINE), settings, "財政課") == "rationale"


@pytest.mark.parametrize(
    ("field", "line", "value", "strange"),
    [
        ("verdict", LINE, "認めない", False),
        ("verdict", LINE, "前の段階どおり", False),
        ("verdict", LINE, "別の言葉", True),
        ("verdict", LINE, None, False),
        ("verdict", None, "別の言葉", False),
        ("remarks", LINE, "別の言葉", False),
    ],
)
def test_strange_word__where_the_form_has_words_of_its_own(
    field: str, line: LineKey | None, value: Value, strange: bool
) -> None:
    assert is_strange_word(form("prefecture"), Spot("1", field, line), value) is strange
    assert not is_strange_word(MINATO, Spot("1", field, line), value)


@pytest.mark.parametrize(("word", "strange"), [("なんとなく", True), ("要求どおり", False)])
def test_strange_word__of_a_request_whose_verdict_is_chosen(word: str, strange: bool) -> None:
    assert is_strange_word(form("municipal-1"), Spot("1", "verdict"), word) is strange
