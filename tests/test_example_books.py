"""The filled books of the example are of today's form and hold the example's requests."""

from __future__ import annotations

from tests.usecases.year import EXAMPLE, PUBLISHED_FAULTS, by_no, example_documents
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate


def test_example_books__hold_the_example_s_requests() -> None:
    back = read([EXAMPLE / "提出"])
    assert back.findings == (), "run python -m scripts.make_examples"
    assert by_no(back.result["requests"]) == example_documents()


def test_example_books__have_only_the_published_fault() -> None:
    found = validate([EXAMPLE / "提出"], EXAMPLE).findings
    assert [finding.code for finding in found] == PUBLISHED_FAULTS
