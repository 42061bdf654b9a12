"""One request decided at the one stage of a year without others."""

from __future__ import annotations

from collections.abc import Iterable

from yosan_xl.form.definition import Definition
from yosan_xl.model.decision import FinanceEntries, Spot, Typed, Value
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Settings
from yosan_xl.usecases.decisions.assessment import Entries, StageView, assess, with_stage


def decide(request: Request, key: str, entries: Entries) -> Request:
    """Return a request with finance's entries, as it is without any."""
    if not entries:
        return request
    decision = assess(request, key, entries, StageView("査定"))
    return with_stage(request, key, decision, entries)


def entries_by_request(entries: FinanceEntries) -> dict[str, dict[Spot, Value]]:
    """Return finance's entries request by request."""
    found: dict[str, dict[Spot, Value]] = {}
    for spot, value in entries.typed.items():
        found.setdefault(spot.request, {})[spot] = value
    return found


def history_of(cells: Iterable[Typed]) -> DecisionHistory:
    """Return the history of a year in which these cells were typed."""
    records = (
        EntryRecord(
            stage="査定",
            spot=one.spot,
            value=one.value,
            origin=Origin(
                one.place.file, "", 0, sheet=one.place.sheet or "", cell=one.place.cell or ""
            ),
            raw=one.raw,
            why=one.problem or "",
        )
        for one in cells
    )
    return DecisionHistory(tuple(records))


def settings_of(form: Definition) -> Settings:
    """Return the settings of a year of a form, without stages."""
    return Settings("架空市", FiscalYear(2027), form.id, (), ())
