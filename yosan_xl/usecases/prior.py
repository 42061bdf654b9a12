"""保存/前年度.json: last year's requests in the folder of the year that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from json import loads
from typing import Any

from yosan_xl.model.comparison import Figure, YearRequests, unit_of
from yosan_xl.model.department import Roster
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document, Request
from yosan_xl.model.text import canonical
from yosan_xl.report.json_text import to_json
from yosan_xl.store.kept_forms import KEPT
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.succession_file import SUCCESSION_NAME, read_succession
from yosan_xl.store.write import write_bytes
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.succession import Step


def keep_prior(year: YearFolder, requests: Sequence[Request], before: FiscalYear) -> None:
    """Write last year's requests, and of each the amount that counts as 前年度予算額; raise WriteFailed."""
    value = {
        "fiscal_year": before.western,
        "prior_budget": [_prior(request) for request in requests],
        "requests": [request.document for request in requests],
    }
    write_bytes(year.prior, to_json(value).encode("utf-8"), KEPT)


def prior_amounts(year: YearFolder) -> dict[tuple[str | None, str], int]:
    """Return what last year's projects came to (千円), by the code of their unit and their title.

    Nothing where the file makes no sense: `generate`, which needs all of it, tells of that.
    """
    try:
        rows = loads(snapshot(year.prior).data)["prior_budget"]
        return {
            (row["department_code"], canonical(row["title"])): int(row["amount"]) for row in rows
        }
    except (WrongInput, ValueError, LookupError, TypeError):
        return {}


def codes_now(documents: Sequence[Document], year: YearFolder) -> Mapping[str, str]:
    """Give the codes that last year's units have now: the same, or as 対応表.csv says.

    Raises WrongInput for a 対応表.csv that cannot be used.
    """
    path = year.root / SUCCESSION_NAME
    if not path.is_file():
        return {}
    requests = tuple(Request.from_document(document) for document in documents)
    before = YearRequests("", FiscalYear(year.settings.year.western - 1), requests)
    step = Step(before.year, year.settings.year, read_succession(path))
    found = step.units(_with_code(before.units), year.roster)
    if step.faults:
        raise WrongInput(*step.faults)
    return found


def _with_code(units: Roster) -> Roster:
    return Roster(tuple(unit for unit in units if unit.code))


def _prior(request: Request) -> dict[str, Any]:
    """Give 前年度予算額: what finance typed as 予算額, and where there is none 前年度要求額."""
    figure = Figure.BUDGETED if Figure.EITHER.is_budgeted(request) else Figure.REQUESTED
    return {
        "id": request.id,
        "department_code": unit_of(request),
        "title": request.title,
        "figure": figure.value,
        "amount": figure.of(request),
    }
