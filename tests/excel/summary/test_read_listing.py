"""一覧 read back: what it shows of every request; None for what is no summary."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from tests.excel.summary.samples import AXES, book_bytes, many, nine, opened, row
from yosan_xl.excel.summary.read_listing import listed_requests
from yosan_xl.form.definition import USUAL_FORM
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import ASKED
from yosan_xl.model.request import Document, Request
from yosan_xl.model.rollup import amounts_of

FORM = load_definition(USUAL_FORM)


def documents(data: bytes) -> list[Document]:
    found = listed_requests(data, FORM)
    assert found is not None
    return [one.document for one in found.requests]


def test_listed_requests__what_the_list_shows_comes_back() -> None:
    rows = [*nine(), *many(40)]
    read = [Request.from_document(one, AXES) for one in documents(book_bytes(rows))]
    assert len(read) == len(rows)

    def shown(request: Request) -> tuple[object, ...]:
        amounts = amounts_of(request)
        amounts.pop("limit")
        return (request.id, request.no, request.title, request.account, *amounts.values())

    assert sorted(map(str, map(shown, read))) == sorted(str(shown(one.request)) for one in rows)


def test_listed_requests__the_year_is_the_titles() -> None:
    (one,) = documents(book_bytes([row(1, account=None)]))
    assert (one["fiscal_year"], one["account"]) == (2020, None)


def test_listed_requests__what_is_typed_over_is_not_given() -> None:
    book = opened(book_bytes([row(1)]), values=False)
    book["一覧"]["I5"] = "約100"
    out = BytesIO()
    book.save(out)
    request = Request.from_document(documents(out.getvalue())[0], AXES)
    assert (request.amount(ASKED), request.title) == (None, "事業")


def _stranger() -> bytes:
    out = BytesIO()
    book = openpyxl.Workbook()
    book.create_sheet("一覧").append(["NO", "会計"])
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK", _stranger()], ids=["empty", "broken", "stranger"])
def test_listed_requests__none_of_what_is_no_summary(data: bytes) -> None:
    assert listed_requests(data, FORM) is None
