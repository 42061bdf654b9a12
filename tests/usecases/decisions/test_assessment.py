"""One request at one stage: the amount, its sources, its lines, and how far the decision is, by the laws of the assessment."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest

from tests.excel.summary.samples import AXES
from tests.rules import forms
from tests.rules.forms import TOWN, A, of_town
from tests.usecases.year import example_documents
from yosan_xl.model.assessment import AskedAgain, Progress, StageDecision
from yosan_xl.model.axes import ASKED, DECIDED, Axes
from yosan_xl.model.decision import RATIONALE, REASON, LineKey, Spot, Value, line_keys
from yosan_xl.model.money import Money
from yosan_xl.model.request import VERDICT, Request
from yosan_xl.usecases.decisions.assessment import (
    StageView,
    assess,
    parts_of,
    with_amounts,
    with_stage,
)

ID = "0103-1"
SOURCES = ("national", "metropolitan", "other")
TOTAL, SPECIFIC = "decided/total", "decided/specific"
OPEN, PARTLY, DONE, HELD, DOUBTFUL = Progress


def request(
    *lines: int | None,
    national: int = 0,
    metropolitan: int = 0,
    specifics: tuple[int | None, ...] = (),
) -> Request:
    """Return a request of these lines (千円); what is not of a specific source is 一般財源."""
    own: dict[str, Any] = copy.deepcopy(next(one for one in example_documents() if one["id"] == ID))
    blank = {"budgeted": None, "budgeted_earmarked": None, "part": None}
    given = [*specifics, *[None] * len(lines)]
    own["lines"] = [
        {"label": f"経費{at}", "requested": amount, "earmarked": given[at - 1], **blank}
        for at, amount in enumerate(lines, 1)
    ]
    total = sum(amount or 0 for amount in lines)
    specific = national + metropolitan
    own["total"] |= {"requested": total, "earmarked": specific or None}
    amounts = {"national": national, "metropolitan": metropolitan, "general": total - specific}
    for source, row in own["funding"].items():
        row["amount"] = amounts.get(source) or None
    return Request.from_document(own, AXES)


def typed(of: Request, **values: Value) -> dict[Spot, Value]:
    """Return entries by field; `line2` and `line2_specific` are of the second line."""
    keys = line_keys(of)
    found: dict[Spot, Value] = {}
    for name, value in values.items():
        if name.startswith("line"):
            number, _, source = name.removeprefix("line").partition("_")
            field = VERDICT if source == "verdict" else f"decided/{source or 'total'}"
            found[Spot(ID, field, keys[int(number) - 1])] = value
        else:
            word = {"verdict": VERDICT, "reason": REASON, "rationale": RATIONALE}.get(name)
            found[Spot(ID, word or f"decided/{name}")] = value
    return found


def decide(of: Request, view: StageView | None = None, **values: Value) -> StageDecision:
    return assess(of, ID, typed(of, **values), view or StageView("査定"))


def seen(
    found: StageDecision,
) -> tuple[int | None, tuple[int | None, ...], int | None, Progress, bool]:
    """Return amount, sources, 一般財源, how far, and whether it is funded; of a source 0 and none are the same."""
    amounts = found.amounts
    own = tuple(amounts.get(one) for one in SOURCES)
    return found.total, own, amounts.get("general"), found.progress, found.is_funded


PLAIN, ONE, TWO = (
    request(100, 200),
    request(1_000, national=800),
    request(600, 400, national=500, metropolitan=300),
)


@pytest.mark.parametrize(
    ("of", "values", "expected"),
    [
        (PLAIN, {}, (None, (None, None, None), None, OPEN, True)),
        (PLAIN, {"total": 250}, (250, (None, None, None), 250, DONE, True)),
        (PLAIN, {"total": 400}, (400, (None, None, None), 400, DONE, True)),
        (PLAIN, {"total": 300}, (300, (None, None, None), 300, DONE, True)),
        (PLAIN, {"total": 0}, (0, (None, None, None), 0, DONE, True)),
        (PLAIN, {"total": -5}, (-5, (None, None, None), -5, DONE, True)),
        (PLAIN, {"total": None}, (None, (None, None, None), None, OPEN, True)),
        (PLAIN, {"total": 250, "specific": 50}, (250, (None, None, None), 200, DOUBTFUL, False)),
        (PLAIN, {"total": 250, "national": 50}, (250, (50, None, None), 200, DONE, True)),
        (ONE, {"total": 1_000}, (1_000, (800, None, None), 200, DONE, True)),
        (ONE, {"total": 900}, (900, (None, None, None), None, DOUBTFUL, False)),
        (ONE, {"total": 900, "specific": 700}, (900, (700, None, None), 200, DONE, True)),
        (ONE, {"total": 900, "specific": 0}, (900, (0, None, None), 900, DONE, True)),
        (ONE, {"total": 900, "specific": 800}, (900, (800, None, None), 100, DONE, True)),
        (ONE, {"total": 1_000, "specific": 700}, (1_000, (700, None, None), 300, DONE, True)),
        (ONE, {"total": 900, "national": 700}, (900, (700, None, None), 200, DONE, True)),
        (ONE, {"total": 0}, (0, (0, None, None), 0, DONE, True)),
        (TWO, {"total": 1_000}, (1_000, (500, 300, None), 200, DONE, True)),
        (TWO, {"total": 900}, (900, (None, None, None), None, DOUBTFUL, False)),
        (TWO, {"total": 900, "specific": 700}, (900, (None, None, None), 200, DOUBTFUL, False)),
        (TWO, {"total": 900, "specific": 800}, (900, (500, 300, None), 100, DONE, True)),
        (TWO, {"total": 900, "specific": 0}, (900, (0, 0, None), 900, DONE, True)),
        (TWO, {"total": 900, "national": 400, "metropolitan": 300}, (900, (400, 300, None), 200, DONE, True)),
        (TWO, {"total": 900, "national": 400}, (900, (400, None, None), None, DOUBTFUL, False)),
        (TWO, {"total": 900, "national": 400, "specific": 650}, (900, (400, 250, None), 250, DONE, True)),
        (TWO, {"total": 900, "national": 400, "metropolitan": 300, "specific": 650}, (900, (400, 300, None), 250, DOUBTFUL, False)),
        (TWO, {"total": 0}, (0, (0, 0, None), 0, DONE, True)),
    ],
)  # fmt: skip
def test_assess__amount_and_sources(
    of: Request, values: dict[str, Value], expected: object
) -> None:
    assert seen(decide(of, None, **values)) == expected


@pytest.mark.parametrize(
    ("of", "values", "specific"),
    [
        (PLAIN, {"total": 300}, None),
        (PLAIN, {"total": 250, "national": 50}, 50),
        (ONE, {"verdict": "要求どおり"}, 800),
        (ONE, {"total": 900}, None),
        (ONE, {"total": 900, "national": 700}, 700),
        (ONE, {"total": 900, "specific": 600}, 600),
        (ONE, {"total": 0}, 0),
        (TWO, {"total": 1_000}, 800),
        (TWO, {"total": 900, "national": 400}, None),
        (TWO, {"total": 900, "national": 400, "metropolitan": 300}, 700),
        (TWO, {"national": 400, "metropolitan": 300}, None),
    ],
)
def test_assess__specific_follows_where_every_source_that_was_asked_for_is_known(
    of: Request, values: dict[str, Value], specific: int | None
) -> None:
    assert decide(of, None, **values).amounts["specific"] == specific


@pytest.mark.parametrize(
    ("values", "total", "progress"),
    [
        ({"line1": 80}, None, PARTLY),
        ({"line1": 80, "line2": 150}, 230, DONE),
        ({"line1": 0, "line2": 0}, 0, DONE),
        ({"line1": 80, "line2": None}, None, PARTLY),
        ({"line1": None, "line2": None}, None, OPEN),
        ({"total": 200, "line1": 80}, 200, DONE),
        ({"line1": 80, "line2_verdict": "ゼロ査定"}, 80, DONE),
        ({"line1": 80, "line2": 5, "line2_verdict": "ゼロ査定"}, 85, DONE),
        ({"line1_verdict": "要求どおり", "line2_verdict": "要求どおり"}, 300, DONE),
        ({"line1_verdict": "要求どおり", "line2": 50}, 150, DONE),
        ({"line1": 80, "line2": 2, "line2_verdict": "保留"}, None, PARTLY),
        ({"line1_verdict": "保留"}, None, PARTLY),
        ({"total": 200, "line1_verdict": "保留"}, 200, DONE),
        ({"line1": 80, "line2_verdict": "一部減額"}, None, PARTLY),
        ({"verdict": "要求どおり"}, 300, DONE),
        ({"verdict": "要求どおり（区長）"}, 300, DONE),
        ({"verdict": "ゼロ査定"}, 0, DONE),
        ({"verdict": "一部減額"}, None, PARTLY),
        ({"verdict": "保留"}, None, HELD),
        ({"verdict": "保留", "total": 200}, 200, HELD),
        ({"verdict": "前の段階どおり"}, None, PARTLY),
        ({"verdict": "ゼロ査定", "total": 200}, 200, DONE),
        ({"rationale": "計上する。"}, None, PARTLY),
        ({"specific": 10}, None, PARTLY),
    ],
)  # fmt: skip
def test_assess__what_makes_the_amount(
    values: dict[str, Value], total: int | None, progress: Progress
) -> None:
    found = decide(PLAIN, None, **values)
    assert (found.total, found.progress) == (total, progress)


def test_assess__an_amount_that_is_decided_without_sources_is_funded() -> None:
    of = Request.from_document(of_town(), TOWN)
    found = assess(of, "", {Spot("", TOTAL): 5}, StageView("査定"))
    assert (found.total, found.is_funded) == (5, True)


def test_assess__a_line_that_says_nothing_needs_no_decision() -> None:
    own = request(100, None).document
    named = Request.from_document(own, AXES)
    blank = copy.deepcopy(own)
    blank["lines"][1]["label"] = None
    for of, total in ((named, None), (Request.from_document(blank, AXES), 80)):
        assert assess(of, ID, typed(of, line1=80), StageView("査定")).total == total


def test_assess__specific_of_lines_makes_that_of_the_request() -> None:
    of = request(600, 400, national=800, specifics=(500, 300))
    found = decide(of, line1=600, line2=400)
    assert seen(found) == (1_000, (800, None, None), 200, DONE, True)
    found = decide(of, line1=600, line2=300, line2_specific=200)
    assert seen(found) == (900, (700, None, None), 200, DONE, True)
    found = decide(of, line1=600, line2=0)
    assert seen(found) == (600, (500, None, None), 100, DONE, True)
    found = decide(of, line1=600, line2=300)
    assert seen(found) == (900, (None, None, None), None, DOUBTFUL, False)
    assert decide(of, line1=600).total is None


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("要求どおり", (1_000, (700, None, None), 300, DONE, True)),
        ("前の段階どおり", (900, (700, None, None), 200, DONE, True)),
    ],
)
def test_assess__specific_that_is_typed_of_a_line_counts_before_its_verdict(
    word: str, expected: object
) -> None:
    of = request(600, 400, national=800, specifics=(500, 300))
    first = decide(of, StageView("財政課", fills=""), line1=600, line2=300, line2_specific=250)
    view = StageView("区長", fills="", before=first)
    found = decide(of, view, line1=600, line2_verdict=word, line2_specific=200)
    assert found.lines[1]["specific"] == 200
    assert seen(found) == expected


def test_assess__a_verdict_says_no_specific_of_a_line_whose_amount_is_typed() -> None:
    of = request(600, 400, national=800, specifics=(500, 300))
    found = decide(of, line1=600, line2=350, line2_verdict="要求どおり")
    assert found.lines[1] == {"total": 350, "specific": None}
    assert found.amounts["specific"] is None


def test_assess__shares_out_what_can_only_be_one() -> None:
    def lines(found: StageDecision) -> list[int | None]:
        return [row.get("total") for row in found.lines]

    assert lines(decide(PLAIN, total=300)) == [100, 200]
    assert lines(decide(PLAIN, total=0)) == [0, 0]
    assert lines(decide(PLAIN, total=250)) == [None, None]
    assert lines(decide(PLAIN, total=250, line1=80)) == [80, None]
    assert lines(decide(ONE, total=900)) == [900]
    assert lines(decide(PLAIN)) == [None, None]


@pytest.mark.parametrize(
    ("total", "rows", "parts"),
    [
        (None, [(1, None), (2, None)], [None, None]),
        (3, [(1, None), (2, None)], [1, 2]),
        (3, [(1, 1), (2, None)], [1, None]),
        (2, [(1, None), (2, None)], [None, None]),
        (0, [(1, None), (2, None)], [0, 0]),
        (5, [(1, None)], [5]),
        (0, [(None, None), (None, None)], [0, 0]),
        (0, [(5, None), (-5, None)], [None, None]),
        (0, [(0, None), (0, None)], [0, 0]),
        (3, [], []),
    ],
)
def test_parts_of__where_there_is_no_choice(
    total: int | None, rows: Any, parts: list[int | None]
) -> None:
    assert parts_of(total, rows) == parts


def before(**amounts: int) -> StageDecision:
    rows = tuple({"total": None, "specific": None} for _ in PLAIN.lines)
    return StageDecision(
        "財政課", {key: Money(a) for key, a in amounts.items()}, rows, "一部減額", "見直す。", DONE
    )


def test_assess__as_the_stage_before_takes_its_amounts_and_its_reason() -> None:
    view = StageView("区長", fills="", before=before(total=900, national=600, general=300))
    found = decide(TWO, view, verdict="前の段階どおり")
    assert seen(found)[:3] == (900, (600, None, None), 300)
    assert (found.stage, found.verdict, found.reason) == ("区長", "一部減額", "見直す。")
    typed_over = decide(TWO, view, verdict="前の段階どおり", total=1_000)
    assert seen(typed_over)[:3] == (1_000, (500, 300, None), 200)
    assert decide(TWO, view).total is None


def test_assess__what_nobody_asked_back_is_as_the_stage_before() -> None:
    view = StageView("復活", before=before(total=900), is_asked=False, is_closed=True)
    found = decide(PLAIN, view)
    assert (found.total, found.stage, found.is_closed, found.progress) == (900, "復活", True, DONE)
    kept = replace(before(total=900), is_kept=True)
    assert decide(PLAIN, replace(view, before=kept)).is_kept is False
    assert decide(PLAIN, view, total=5).total == 5
    assert decide(PLAIN, replace(view, is_asked=True)).total is None
    assert decide(PLAIN, replace(view, before=None)).total is None


def test_assess__lines_decide_what_nobody_asked_back_too() -> None:
    first = decide(PLAIN, StageView("財政課", fills=""), line1=90, line2=150)
    view = StageView("復活", before=first, is_asked=False)
    for word in ("ゼロ査定", "保留"):
        found = decide(PLAIN, view, line1_verdict=word)
        assert (found.total, found.progress, found.verdict) == (None, PARTLY, None)
    found = decide(PLAIN, view, line1_verdict="ゼロ査定", line2_verdict="要求どおり")
    assert (found.total, [row["total"] for row in found.lines]) == (150, [0, 150])
    assert decide(PLAIN, replace(view, is_asked=True), line2_verdict="要求どおり").lines[1] == {
        "total": 200,
        "specific": None,
    }
    as_before = {"line1_verdict": "前の段階どおり", "line2_verdict": "ゼロ査定"}
    assert decide(PLAIN, replace(view, is_asked=True), **as_before).total == 90


def test_assess__lines_follow_at_every_stage_and_through_those_after_it() -> None:
    of = request(600, 400, national=500, specifics=(500, None))
    first = decide(of, StageView("財政課", fills=""), verdict="要求どおり")
    second = decide(of, StageView("区長", fills="", before=first), verdict="前の段階どおり")
    last = decide(of, StageView("復活", before=second, is_asked=False))
    for found in (first, second, last):
        assert [row["total"] for row in found.lines] == [600, 400]
        assert [row["specific"] for row in found.lines] == [500, None]
    cut = decide(of, StageView("財政課", fills=""), total=900, national=500)
    assert [row["total"] for row in cut.lines] == [None, None]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"total": 0}, (0, (None, None, None), None, DOUBTFUL, False)),
        ({"verdict": "要求どおり"}, (0, (300, None, None), -300, DONE, True)),
        ({"verdict": "ゼロ査定"}, (0, (0, 0, 0), 0, DONE, True)),
        ({"total": 0, "national": 200}, (0, (200, None, None), -200, DONE, True)),
        ({"total": 5, "verdict": "要求どおり"}, (5, (None, None, None), None, DOUBTFUL, False)),
    ],
)
def test_assess__an_exchange_of_sources_is_all_of_it_or_nothing(
    values: dict[str, Value], expected: object
) -> None:
    assert seen(decide(request(0, national=300), None, **values)) == expected


def test_assess__reasons_and_what_the_document_says() -> None:
    assert decide(PLAIN, reason="理由", rationale="考え方").reason == "理由"
    assert decide(PLAIN, rationale="考え方").reason == "考え方"
    assert decide(PLAIN, reason=None).reason is None
    assert decide(PLAIN, verdict=3).verdict is None
    (own,) = (one for one in example_documents() if one["id"] == "0101-1")
    of = Request.from_document(own, AXES)
    assert assess(of, "0101-1", {}, StageView("査定")).reason == own["budget_rationale"]
    assert assess(of, "0101-1", {}, StageView("財政課", fills="")).reason is None
    cleared = assess(of, "0101-1", {Spot("0101-1", RATIONALE): None}, StageView("査定"))
    assert cleared.reason is None


def test_assess__amounts_of_the_document_count_for_the_stage_that_they_are_of() -> None:
    (own,) = (copy.deepcopy(one) for one in example_documents() if one["id"] == ID)
    own["total"]["budgeted"] = 30_000
    of = Request.from_document(own, AXES)
    assert assess(of, ID, {}, StageView("査定")).total == 30_000
    assert assess(of, ID, {}, StageView("財政課", fills="")).total is None
    assert assess(of, ID, {Spot(ID, TOTAL): None}, StageView("査定")).total is None
    line = Spot(ID, TOTAL, LineKey(1, None, own["lines"][0]["label"]))
    assert assess(of, ID, {line: 1}, StageView("査定")).lines[0]["total"] == 1


def test_with_stage__an_open_decision_leaves_no_amount() -> None:
    entries = typed(TWO, verdict="保留", total=900, rationale="協議中")
    found = assess(TWO, ID, entries, StageView("査定"))
    of = with_stage(TWO, ID, found, entries)
    assert (of.amount("decided"), of.amount("asked")) == (None, 1_000)
    assert of.meaning(RATIONALE) == "協議中"


def test_with_stage__has_amounts_lines_and_subtotals() -> None:
    entries = typed(
        TWO,
        line1=500,
        line1_specific=400,
        line2=300,
        line2_specific=200,
        national=400,
        metropolitan=200,
    )
    found = assess(TWO, ID, entries, StageView("査定"))
    of = with_stage(TWO, ID, found, entries)
    assert [
        of.amount("decided", one) for one in ("total", "national", "metropolitan", "general")
    ] == [800, 400, 200, 200]
    assert [line.amount("decided") for line in of.lines] == [500, 300]
    assert [line.amount("asked") for line in of.lines] == [600, 400]


def test_with_amounts__fills_the_stage_that_is_named_and_no_other() -> None:
    found = decide(TWO, total=1_000)
    of = with_amounts(TWO, "decided", found)
    assert of.amount("decided", "national") == 500
    assert with_amounts(TWO, "notice", found).amount("decided") is None


def test_assess__a_text_alone_leaves_what_was_not_asked_again_as_it_was() -> None:
    view = StageView("復活", before=before(total=900, national=600, general=300), is_asked=False)
    found = decide(TWO, view, rationale="計上する。")
    assert (found.total, found.reason, found.progress) == (900, "計上する。", DONE)


def test_assess__a_source_alone_leaves_the_amount_of_what_was_not_asked_again() -> None:
    view = StageView("復活", before=before(total=900, national=600, general=300), is_asked=False)
    found = decide(ONE, view, national=700)
    assert seen(found) == (900, (700, None, None), 200, DONE, True)


UNKNOWN = (None, None, None)
EXCHANGE = request(0, national=300)


@pytest.mark.parametrize(
    ("of", "first", "values", "expected"),
    [
        (TWO, before(total=900, national=600, metropolitan=0, general=300), {"total": 900}, (900, (600, 0, None), 300, DONE, True)),
        (TWO, before(total=901, national=600, general=301), {"total": 900}, (900, UNKNOWN, None, DOUBTFUL, False)),
        (TWO, replace(before(total=900, national=600), is_funded=False), {"total": 900}, (900, UNKNOWN, None, DOUBTFUL, False)),
        (TWO, before(total=900, national=600), {"total": 900, "specific": 700}, (900, UNKNOWN, 200, DOUBTFUL, False)),
        (TWO, before(total=900, national=600), {"total": 900, "national": 500, "metropolitan": 300}, (900, (500, 300, None), 100, DONE, True)),
        (TWO, before(total=900, national=600), {"verdict": "一部減額"}, (None, UNKNOWN, None, PARTLY, True)),
        (TWO, before(national=600), {}, (None, UNKNOWN, None, OPEN, True)),
        (TWO, None, {"total": 900}, (900, UNKNOWN, None, DOUBTFUL, False)),
        (EXCHANGE, before(total=0, national=200, general=-200), {"total": 0}, (0, UNKNOWN, None, DOUBTFUL, False)),
    ],
)  # fmt: skip
def test_assess__the_amount_of_the_stage_before_typed_again_has_its_sources(
    of: Request, first: StageDecision | None, values: dict[str, Value], expected: object
) -> None:
    assert seen(decide(of, StageView("区長", fills="", before=first), **values)) == expected


@pytest.mark.parametrize(
    ("again", "values", "expected"),
    [
        (None, {"verdict": "要求どおり"}, (800, UNKNOWN, None, DOUBTFUL, False)),
        (600, {"verdict": "要求どおり"}, (800, (600, None, None), 200, DONE, True)),
        (600, {"total": 700, "specific": 600}, (700, (600, None, None), 100, DONE, True)),
        (600, {"total": 800, "specific": 0}, (800, (0, None, None), 800, DONE, True)),
        (600, {"total": 1_000}, (1_000, UNKNOWN, None, DOUBTFUL, False)),
        (None, {"total": 1_000}, (1_000, UNKNOWN, None, DOUBTFUL, False)),
        (None, {"total": 900, "specific": 800}, (900, (800, None, None), 100, DONE, True)),
    ],
)
def test_assess__restoration_is_asked_for_with_what_was_given(
    again: int | None, values: dict[str, Value], expected: object
) -> None:
    own = None if again is None else (("national", Money(again)),)
    view = StageView("復活", again=AskedAgain(Money(500), Money(300), own))
    assert seen(decide(ONE, view, **values)) == expected


def form(*decided: str, rest: str | None = "町費", is_decided: bool = True) -> Axes:
    """Return a form of three sources, of which it decides some, and no cell for 特定財源 together."""
    own = forms.sources("国", "県", "町費", rest=rest)
    stages = [forms.stage(ASKED, "要求", [one.key for one in own])]
    last = [forms.stage(DECIDED, "査定", decided, by="finance")] if is_decided else []
    return forms.axes([*stages, *last], own)


WHOLE, NO_REST = form("s1", "s2", "s3"), form("s1", "s2", "s3", rest=None)
REST_APART, ASKED_ALONE = form("s1", "s2"), form(is_decided=False)


@pytest.mark.parametrize(
    ("axes", "asked", "values", "expected", "is_funded"),
    [
        (WHOLE, (500, 500), {"total": 300}, (300, 300, None, 0), True),
        (WHOLE, (500, 400), {"total": 300}, (300, None, None, None), False),
        (WHOLE, (500, 300, 200), {"total": 300}, (300, None, None, None), False),
        (WHOLE, (500, 250, 250), {"total": 300}, (300, None, None, None), False),
        (WHOLE, (500, None, 500), {"total": 300}, (300, None, 300, 0), True),
        (WHOLE, (500, None, None, 500), {"total": 300}, (300, None, None, 300), True),
        (NO_REST, (500, 300, 200), {"total": 500}, (500, 300, 200, None), True),
        (NO_REST, (500, 300, 200), {"total": 400, "s1": 300}, (400, 300, None, None), False),
        (NO_REST, (500, 300, 200), {"total": 400, "s1": 300, "s2": 100}, (400, 300, 100, None), True),
        (NO_REST, (500, 300, 200), {"total": 400, "s1": 300, "s2": 200}, (400, 300, 200, None), False),
        (REST_APART, (500, 300, 100, 100), {"total": 500}, (500, 300, 100), True),
        (REST_APART, (500, 300, 100, 100), {"total": 400}, (400, None, None), True),
        (ASKED_ALONE, (500, 300, 100, 100), {"total": 500}, (500, 300, 100, 100), True),
        (ASKED_ALONE, (500, 300, 100, 100), {"total": 400}, (400, None, None, None), False),
    ],
)  # fmt: skip
def test_assess__sources_in_forms_without_a_cell_for_all_of_them(
    axes: Axes,
    asked: tuple[int | None, ...],
    values: dict[str, Value],
    expected: tuple[int | None, ...],
    is_funded: bool,
) -> None:
    names = ("total", "s1", "s2", "s3")
    given = forms.document(axes, {ASKED: dict(zip(names, asked, strict=False))})
    of = Request.from_document(given, axes)
    found = decide(of, None, **values)
    assert found.amounts == dict(zip(names, expected, strict=False))
    assert found.is_funded is is_funded


ROWS = forms.axes(
    [forms.stage(ASKED, "要求", []), forms.stage(DECIDED, "査定", [], by="finance")],
    lists=[
        forms.a_list(
            "lines",
            "内訳",
            [A("amount"), A("given", DECIDED, by="finance")],
            ["報酬", "委託料"],
            label="説明",
            verdict="査定",
        )
    ],
    fields=[forms.field(VERDICT, "査定区分", "text")],
)


def of_rows() -> Request:
    rows = [("報酬", 10, None), ("委託料", 20, "認めない"), ("委託料", 30, None)]
    lines = [{"group": one, "amount": two, "verdict": three} for one, two, three in rows]
    given = forms.document(ROWS, {ASKED: {"total": 60}}, {"lines": lines})
    return Request.from_document(given, ROWS)


def test_with_stage__sums_the_lines_of_each_group_and_says_how_they_were_judged() -> None:
    entries = typed(of_rows(), line1=9, line2=18, line3=27, line1_verdict="一部減額")
    own = with_stage(of_rows(), ID, assess(of_rows(), ID, entries, StageView("査定")), entries)
    (rows,) = own.subtotals.values()
    cells = [
        (one.group, one.amounts[ASKED, "total"], one.amounts[DECIDED, "total"]) for one in rows
    ]
    assert cells == [("報酬", 10, 9), ("委託料", 50, 45)]
    assert [one.values["verdict"] for one in own.lines] == ["一部減額", "認めない", None]


@pytest.mark.parametrize(
    ("total", "verdict", "is_again", "said"),
    [
        (59, "復活要求どおり", True, "一部減額"),
        (60, "復活要求どおり", True, "要求どおり"),
        (61, "復活要求どおり", True, "増額"),
        (61, "復活要求どおり", False, "復活要求どおり"),
        (61, "一部減額", True, "一部減額"),
        (None, "復活要求どおり", True, "復活要求どおり"),
        (61, None, True, None),
    ],
)
def test_with_stage__a_verdict_on_restoration_says_how_the_amount_is_to_the_request(
    total: int | None, verdict: str | None, is_again: bool, said: str | None
) -> None:
    again = AskedAgain(Money(40), Money(20)) if is_again else None
    amounts = {"total": None if total is None else Money(total)}
    own = StageDecision("復活", amounts, ({},) * 3, verdict, progress=DONE, again=again)
    assert with_stage(of_rows(), ID, own, {}).meaning(VERDICT) == said
