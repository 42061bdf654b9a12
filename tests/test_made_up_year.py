"""examples/R3: made up from the nine, marked as such, balanced, and what the script writes."""

from __future__ import annotations

import json

import pytest

from scripts.made_up_year import NOTE
from scripts.make_examples import made_up_files
from tests.usecases.year import by_no
from tests.years import R3
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import ASKED, SPECIFIC
from yosan_xl.model.request import Document, Request
from yosan_xl.store.succession_file import read_succession
from yosan_xl.usecases.submitted.read import read
from yosan_xl.usecases.validate import validate

AXES = load_definition("minato-r2").axes
DOCUMENTS: list[Document] = json.loads((R3 / "requests.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "data"), made_up_files().items())
def test_file__is_what_the_script_writes(name: str, data: bytes) -> None:
    assert (R3 / name).read_bytes() == data, "run python -m scripts.make_examples"


def test_year__is_marked_as_made_up() -> None:
    assert "架空" in (R3 / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert "架空" in (R3 / "yosan.toml").read_text(encoding="utf-8").splitlines()[0]
    assert {document["proposal"] for document in DOCUMENTS} == {NOTE}
    assert not [document for document in DOCUMENTS if "架空" in document["title"]]


def test_books__hold_its_requests_and_have_no_fault() -> None:
    assert by_no(read([R3 / "提出"]).result["requests"]) == DOCUMENTS
    assert validate([R3 / "提出"], R3).findings == ()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document["id"]))
def test_request__balances(document: Document) -> None:
    request = Request.from_document(document, AXES)
    earmarked = sum((request.amount(ASKED, source) or 0) for source in AXES.specific)
    assert earmarked == (request.amount(ASKED, SPECIFIC) or 0)
    assert earmarked + (request.amount(ASKED, "general") or 0) == request.requested
    for amount, _ in AXES.lists[0].amounts:
        given = [line[amount] for line in document["lines"] if line[amount] is not None]
        assert document["total"][amount] == (sum(given) if given else None)


def test_map__is_one_that_can_be_read() -> None:
    kinds = [link.kind.value for link in read_succession(R3 / "対応表.csv").links]
    assert kinds == ["所管課", "事業"]
