"""What was counted: requests and their documents, listed by NO."""

from __future__ import annotations

from pathlib import Path

from tests.usecases.year import faultless_documents, make_year
from yosan_xl.model.request import Request
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.counted import count


def test_count__rows_and_documents_are_the_same_requests(tmp_path: Path) -> None:
    year = make_year(tmp_path / "R2")
    (year / "提出" / "要求.json").write_bytes((year / "requests.json").read_bytes())
    counted = count([], year)
    documents = [row.request.document for row in counted.rollup.rows]
    assert [Request.from_document(d, counted.rollup.axes) for d in documents] == [
        row.request for row in counted.rollup.rows
    ]
    assert [d["no"] for d in documents] == list(range(55, 64))


def test_count__counts_and_tells_what_consolidate_does(tmp_path: Path) -> None:
    documents = faultless_documents()
    documents[3]["funding"]["general"]["amount"] = 1
    year = make_year(tmp_path / "R2", documents)
    (year / "提出" / "要求.json").write_bytes((year / "requests.json").read_bytes())
    counted, done = count([], year), consolidate([], year)
    assert (len(counted.rows), counted.intake.requested) == (done.counted, done.requested)
    assert (len(counted.rows), counted.findings) == (8, done.findings)
