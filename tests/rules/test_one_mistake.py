"""One mistake, one finding: every single figure of three good requests is changed in turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.rules.samples import (
    AMOUNTS,
    AXES,
    CONTEXT,
    amounts,
    changed,
    flat,
    funding,
    locate,
    schema,
    sectioned,
)
from yosan_xl.model.request import Document
from yosan_xl.rules.check import check
from yosan_xl.rules.entry import SchemaCheck

_ENTRY = SchemaCheck(schema())


def _codes(document: Document) -> list[str]:
    return [
        finding.code
        for finding in check(document, axes=AXES, schema=_ENTRY, context=CONTEXT, locate=locate)
    ]


def _mixed() -> Document:
    document = sectioned()
    document = changed(document, "/lines/0/earmarked", 1000)
    document = changed(document, "/subtotals/0/earmarked", 1000)
    document = changed(document, "/total/earmarked", 1000)
    return changed(document, "/funding", funding(national=600, other=400, general=4500))


def figures(value: Any, path: str = "") -> Iterator[tuple[str, int]]:
    """Give the pointers of all amounts that are given."""
    if isinstance(value, dict | list):
        steps = value.items() if isinstance(value, dict) else enumerate(value)
        for step, inner in steps:
            yield from figures(inner, f"{path}/{step}")
    elif isinstance(value, int):
        yield path, value


def _cases(document: Document) -> list[Any]:
    parts = {key: document[key] for key in ("lines", "subtotals", "total", "funding")}
    return [
        pytest.param(changed(document, pointer, new), id=f"{pointer}-{new}")
        for pointer, old in figures(parts)
        for new in sorted({0, old + 1, old - 1, -5, old * 1000} - {old})
    ]


_DOCUMENTS = [*_cases(flat()), *_cases(sectioned()), *_cases(_mixed())]


@pytest.mark.parametrize("document", [flat(), sectioned(), _mixed()])
def test_good_requests__have_no_finding(document: Document) -> None:
    assert _codes(document) == []


@pytest.mark.parametrize("document", _DOCUMENTS)
def test_wrong_figure__in_a_document_gives_one_finding(document: Document) -> None:
    # A うち特財 above its line is told beside the sum that no longer holds in a document.
    codes = [code for code in _codes(document) if code != "YX205"]

    assert len(codes) == 1, codes


@pytest.mark.parametrize("document", _DOCUMENTS)
def test_wrong_figure__in_a_book_gives_one_finding_at_most(document: Document) -> None:
    assert len(_codes(recomputed(document))) <= 1


def recomputed(document: Document) -> Document:
    """Give the document as a workbook's formulas would complete it."""
    rows = document["lines"]
    total = _sum(rows)
    sources = [document["funding"][source]["amount"] or 0 for source in AXES.specific]
    result = changed(document, "/total", total)
    for index, subtotal in enumerate(document["subtotals"]):
        part = [row for row in rows if row["part"] == subtotal["part"]]
        result = changed(result, f"/subtotals/{index}", {"part": subtotal["part"], **_sum(part)})
    return changed(result, "/funding/general/amount", (total["requested"] or 0) - sum(sources))


def _sum(rows: list[dict[str, Any]]) -> dict[str, int | None]:
    given = {key: [row[key] for row in rows if row[key] is not None] for key in AMOUNTS}
    return {**amounts(), **{key: sum(values) for key, values in given.items() if values}}
