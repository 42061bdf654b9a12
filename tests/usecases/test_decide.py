"""A document with finance's entries: the sums and 財源 that follow, and the book it fills."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.excel.summary.samples import AXES
from tests.usecases.deciding import decide, entries_by_request
from tests.usecases.year import EXAMPLE, by_no, example_documents, faultless_documents, make_year
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import DECIDED
from yosan_xl.model.decision import RATIONALE, FinanceEntries, LineKey, Spot
from yosan_xl.model.request import Document, Request
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate

MADE_UP = EXAMPLE.parent / "架空市" / "R9" / "requests.json"
TOTAL, SPECIFIC = "decided/total", "decided/specific"


def decided(documents: list[Document], entries: FinanceEntries) -> list[Document]:
    """Return documents with what stands on the entries for them."""
    by_request = entries_by_request(entries)
    requests = [Request.from_document(document, AXES) for document in documents]
    return [
        decide(one, one.id or "", by_request.get(one.id or "", {})).document for one in requests
    ]


def document(request: str) -> dict[str, Any]:
    return next(one for one in example_documents() if one["id"] == request)


def line_of(one: dict[str, Any], position: int) -> LineKey:
    row = one["lines"][position - 1]
    return LineKey(position, row["part"], row["label"])


def one_decided(request: str, entries: dict[str, int | str | None]) -> dict[str, Any]:
    typed = {Spot(request, field): value for field, value in entries.items()}
    (found,) = decided([document(request)], FinanceEntries(typed=typed))
    return found


def budgets(one: dict[str, Any], field: str = "budgeted") -> list[int | None]:
    return [row[field] for row in one["lines"]]


def test_decided__without_entries_the_document_is_the_same() -> None:
    own = document("0602-1")
    assert decided([own], FinanceEntries(typed={Spot("0601-1", TOTAL): 1})) == [own]


def test_decided__the_sum_of_the_lines_is_the_request_s() -> None:
    own = document("0206-1")
    typed = {Spot("0206-1", TOTAL, line_of(own, n)): n * 1_000 for n in (1, 2, 3)}
    (found,) = decided([own], FinanceEntries(typed=typed))
    assert budgets(found) == [1_000, 2_000, 3_000]
    assert [row["budgeted"] for row in found["subtotals"]] == [3_000, 3_000]
    assert found["total"]["budgeted"] == 6_000
    # Of 90,955 asked for 12,000 are a grant: what of that is left nobody said.
    assert found["funding"]["general"]["budgeted"] is None


def test_decided__what_was_typed_for_the_request_counts_before_its_lines() -> None:
    own = document("0602-1")
    typed = {
        Spot("0602-1", TOTAL): 4_000,
        Spot("0602-1", TOTAL, line_of(own, 1)): 2_000,
    }
    (found,) = decided([own], FinanceEntries(typed=typed))
    assert (found["total"]["budgeted"], budgets(found)) == (4_000, [2_000, None])


def test_decided__as_requested_reaches_every_line_and_source() -> None:
    found = one_decided("0206-1", {TOTAL: 90_955, SPECIFIC: 12_000})
    assert budgets(found) == [2_863, 660, 87_432]
    assert budgets(found, "budgeted_earmarked") == [2_863, 660, 8_477]
    assert found["funding"]["metropolitan"]["budgeted"] == 12_000
    assert found["funding"]["general"]["budgeted"] == 78_955


def test_decided__a_lone_line_and_nothing_at_all_have_no_choice() -> None:
    assert budgets(one_decided("0205-1", {TOTAL: 6_000})) == [6_000]
    assert budgets(one_decided("0602-1", {TOTAL: 0})) == [0, 0]


def test_decided__a_cut_is_not_shared_out() -> None:
    found = one_decided("0602-1", {TOTAL: 4_000})
    assert (found["total"]["budgeted"], budgets(found)) == (4_000, [None, None])


def of_a_source_change(total: int, national: int, general: int) -> Request:
    """Return 財源振替 of the made-up year with other amounts, of which nothing is granted."""
    own = json.loads(MADE_UP.read_text(encoding="utf-8"))
    (found,) = (one for one in own if one["id"] == "0501-3")
    found["amounts"]["request"] |= {"total": total, "national": national, "general": general}
    request = Request.from_document(found, load_definition("municipal-1").axes)
    return decide(request, "0501-3", {Spot("0501-3", TOTAL): 0})


def test_decided__0_of_what_comes_to_0_is_not_shared_out() -> None:
    """財源振替 may be granted whole, or refused whole."""
    found = of_a_source_change(0, 60_000, -60_000)
    assert found.amount(DECIDED) == 0
    assert [found.amount(DECIDED, one) for one in ("national", "general")] == [None, None]
    assert found.lines[0].amount(DECIDED) == 0
    refused = of_a_source_change(10, 60_000, -59_990)
    assert [refused.amount(DECIDED, one) for one in ("national", "general")] == [0, 0]


def test_decided__the_rationale_and_an_emptied_entry() -> None:
    found = one_decided("0602-1", {RATIONALE: "計上する。", TOTAL: None})
    assert (found["budget_rationale"], found["total"]["budgeted"]) == ("計上する。", None)


def _as_requested(own: dict[str, Any]) -> dict[Spot, int | str | None]:
    total = own["total"]
    return {
        Spot(own["id"], TOTAL): total["requested"],
        Spot(own["id"], SPECIFIC): total["earmarked"],
        Spot(own["id"], RATIONALE): "要求どおり計上する。",
    }


def _line_by_line(own: dict[str, Any]) -> dict[Spot, int | str | None]:
    return {
        Spot(own["id"], field, line_of(own, at)): row[asked]
        for at, row in enumerate(own["lines"], 1)
        for field, asked in ((TOTAL, "requested"), (SPECIFIC, "earmarked"))
    }


@pytest.mark.parametrize("entries", [_as_requested, _line_by_line], ids=["requests", "lines"])
def test_decided__fills_the_books_of_the_second_edition(entries: Any, tmp_path: Path) -> None:
    own = faultless_documents()
    typed = {spot: value for one in own for spot, value in entries(one).items()}
    documents = decided(own, FinanceEntries(typed=typed))
    assert sum(one["total"]["budgeted"] for one in documents) == 383_511
    year = make_year(tmp_path / "R2", documents)
    assert fill(year / "requests.json", year / "提出").findings == ()
    assert by_no(read([year / "提出"]).result["requests"]) == by_no(documents)
    assert validate([year / "提出"], tmp_path).findings == ()
    assert json.loads((year / "requests.json").read_text(encoding="utf-8")) == documents
