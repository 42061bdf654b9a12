"""査定: what finance typed into the summary becomes part of the requests of this run; the rest is listed and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from yosan_xl.excel.summary.definition import summary_definition
from yosan_xl.form.definition import Definition
from yosan_xl.model.axes import ASKED, DECIDED, GENERAL, SPECIFIC, SPECIFIC_SOURCES
from yosan_xl.model.decision import (
    OUTSIDE,
    FinanceEntries,
    LineKey,
    Spot,
    Typed,
    Uncarried,
    Value,
    base_of,
    line_keys,
    request_key,
)
from yosan_xl.model.finding import Code, Finding
from yosan_xl.model.money import with_commas, with_unit
from yosan_xl.model.request import Amounts, FundingRow, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.text import on_one_line
from yosan_xl.rules.figures import sum_column, zero
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.summary_books import EarlierEntries, read_before, usual_summary
from yosan_xl.usecases.year import form_of

ASKED_FOR = {DECIDED.total: ASKED.total, DECIDED.specific: ASKED.specific}
AMOUNTS = tuple(ASKED_FOR)

Entries = Mapping[Spot, Value]
Row = TypeVar("Row", Amounts, FundingRow)

_GONE = "要求が集計に入っていないため"
_LINE_GONE = "明細がなくなったか、内容が変わったため"
_TAKEN = "その欄には別の記入があるため"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class DecidedRows:
    """All entries of finance, the rows with finance's entries in their requests, and what there is to tell."""

    entries: FinanceEntries
    rows: tuple[SummaryRow, ...]
    findings: tuple[Finding, ...]


def apply_decisions(
    before: EarlierEntries, rows: Sequence[SummaryRow], form: Definition
) -> DecidedRows:
    """Put what was typed before onto the rows of this run; findings call fields as `form` does."""
    labels = summary_definition(form).labels
    places = _Places.of(rows)
    typed: dict[Spot, Typed] = {}
    uncarried: list[Uncarried] = []
    listed = [replace(left.typed, why=left.why) for left in before.uncarried]
    for one in _exact_first((*before.cells, *listed), places):
        spot, why = places.find(one.spot, typed)
        if one.spot.field == OUTSIDE:
            uncarried.append(Uncarried(one, one.why))
        elif problem := why or one.problem:
            uncarried.append(Uncarried(one, problem))
        elif typed.setdefault(spot, one).value != one.value:
            uncarried.append(Uncarried(one, _TAKEN))
    notes = [Uncarried(note, note.why) for note in before.notes]
    kept = [left for left in uncarried if left.typed.raw]
    values = {spot: one.value for spot, one in typed.items()}
    entries, decided = _decided(values, rows)
    entries = replace(entries, uncarried=(*kept, *notes), absorbed=before.absorbed)
    told = (
        *before.findings,
        *_of_entries(typed, uncarried=kept, notes=before.notes, labels=labels),
        *_disagreeing(decided, values=values, before=before, labels=labels),
    )
    return DecidedRows(entries, tuple(decided), told)


def decided_year(year: YearFolder, rows: Sequence[SummaryRow]) -> DecidedRows:
    """Return a year's counted requests with what finance typed into its summary so far.

    This is what every output but the summary itself starts from. Raises WrongInput where the
    summary is there and cannot be read.
    """
    usual, form = usual_summary(year), form_of(year)
    before = read_before(usual, usual=usual, year=year.settings.year, form=form)
    return apply_decisions(before, rows, form)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where entries can stand: every request with its lines."""

    lines: Mapping[str, tuple[LineKey, ...]]

    @classmethod
    def of(cls, rows: Iterable[SummaryRow]) -> _Places:
        return cls({request_key(r.request.id, r.source): line_keys(r.request) for r in rows})

    def has(self, spot: Spot) -> bool:
        """Return whether this very place is there."""
        known = self.lines.get(spot.request)
        return known is not None and (spot.line is None or spot.line in known)

    def find(self, spot: Spot, taken: Mapping[Spot, Typed]) -> tuple[Spot, str | None]:
        """Return the place of an entry, or why there is none.

        A line that moved is known by its part and label, where no other line has the same.
        """
        if spot.request not in self.lines:
            return spot, _GONE
        if self.has(spot):
            return spot, None
        wanted = spot.line or LineKey(0)
        same = [
            key
            for key in self.lines[spot.request]
            if wanted.label and (key.part, key.label) == (wanted.part, wanted.label)
        ]
        moved = replace(spot, line=same[0]) if len(same) == 1 else spot
        return (moved, None) if len(same) == 1 and moved not in taken else (spot, _LINE_GONE)


def _exact_first(found: Iterable[Typed], places: _Places) -> list[Typed]:
    """Return entries whose very place is there before those whose line may have moved."""
    return sorted(found, key=lambda one: not places.has(one.spot))


def _decided(
    values: dict[Spot, Value], rows: Sequence[SummaryRow]
) -> tuple[FinanceEntries, list[SummaryRow]]:
    base: dict[Spot, Value] = {}
    decided: list[SummaryRow] = []
    by_request = entries_by_request(FinanceEntries(typed=values))
    for row in rows:
        key = request_key(row.request.id, row.source)
        own = by_request.get(key, {})
        request = decide(row.request, key, own)
        decided.append(replace(row, request=request))
        base |= base_of(row.request, key)
        for field in AMOUNTS:
            spot = Spot(key, field)
            total = getattr(request.total, field)
            # A sum that follows from the lines is no entry: it changes when they do.
            if own and own.get(spot) is None and total is not None:
                base[spot] = total
                values.pop(spot, None)
    return FinanceEntries(typed=values, base=base), decided


def _disagreeing(
    rows: Sequence[SummaryRow],
    values: Mapping[Spot, Value],
    before: EarlierEntries,
    labels: Mapping[str, str],
) -> Iterator[Finding]:
    places = {one.spot: one.place for one in before.cells}
    decided = {spot.request for spot in values}
    for row in rows:
        key = request_key(row.request.id, row.source)
        lines = [line.amounts for line in row.request.lines]
        for field in AMOUNTS if key in decided else ():
            found, expected = getattr(row.request.total, field), sum_column(lines, field)
            if found is not None and expected is not None and found != expected:
                blank = sum(getattr(line, field) is None for line in lines)
                yield codes.DISAGREE.at(
                    places.get(Spot(key, field), row.source),
                    title=row.request.title or key,
                    label=f"「{labels[field]}」",
                    found=with_unit(found),
                    expected=with_unit(expected),
                    gap=with_unit(abs(found - expected)),
                    blank=f"（空欄の明細 {blank}行）" if blank else "",
                    raw_value=found,
                    raw_expected=expected,
                )


def _of_entries(
    typed: Mapping[Spot, Typed],
    uncarried: Sequence[Uncarried],
    notes: Sequence[Typed],
    labels: Mapping[str, str],
) -> Iterator[Finding]:
    def told(code: Code, one: Typed, **facts: object) -> Finding:
        return _at(code, one, labels.get(one.spot.field, "欄の外"), **facts)

    for one in typed.values():
        if one.formula is not None:
            yield told(codes.FORMULA_READ, one, formula=on_one_line(one.formula, _SHOWN))
        if one.repaired and isinstance(one.value, int):
            yield told(codes.AMOUNT_READ, one, amount=with_commas(one.value), repaired_to=one.value)
    for left in uncarried:
        one = left.typed
        if one.spot.field == OUTSIDE:
            continue  # told when it was found; now it stands on the list
        if one.problem and left.why == one.problem:
            yield told(codes.NOT_UNDERSTOOD, one, problem=one.problem)
        else:
            yield told(codes.NO_PLACE, one, why=left.why)
    for one in notes:
        yield told(codes.OUTSIDE_ENTRY, one, why=one.why)


def _at(code: Code, one: Typed, label: str, **facts: object) -> Finding:
    title = one.title or one.spot.request
    return code.at(
        one.place, None, title=title, label=label, found=on_one_line(one.raw, _SHOWN), **facts
    )


def entries_by_request(entries: FinanceEntries) -> dict[str, dict[Spot, Value]]:
    """Return finance's entries request by request."""
    found: dict[str, dict[Spot, Value]] = {}
    for spot, value in entries.typed.items():
        found.setdefault(spot.request, {})[spot] = value
    return found


def decide(request: Request, key: str, entries: Entries) -> Request:
    """Return a request with its entries, and the sums that follow from them.

    予算額 of the request is what was typed for it, or else the sum of its lines. Where no line was
    decided, lines follow from the request's as far as there is no choice: a lone line, 要求どおり, 0.
    In the same way 財源内訳 follows from 予算額のうち特財.
    """
    if not entries:
        return request
    keys, total = line_keys(request), request.total
    rows = [line.amounts for line in request.lines]
    for field in AMOUNTS:
        spots = [Spot(key, field, line) for line in keys]
        rows = [
            _with(row, field, entries[spot]) if spot in entries else row
            for row, spot in zip(rows, spots, strict=True)
        ]
        if Spot(key, field) in entries or any(spot in entries for spot in spots):
            own = entries.get(Spot(key, field))
            total = _with(total, field, sum_column(rows, field) if own is None else own)
        rows = shared_out(getattr(total, field), rows, field, ASKED_FOR[field])
    lines = [replace(line, amounts=row) for line, row in zip(request.lines, rows, strict=True)]
    subtotals = [
        replace(
            one,
            amounts=_summed(one.amounts, [own.amounts for own in lines if own.part == one.part]),
        )
        for one in request.subtotals
    ]
    why = entries.get(Spot(key, "budget_rationale"), request.meaning("rationale"))
    return request.with_decision(
        lines=lines,
        subtotals=subtotals,
        total=total,
        funding=_funding(request.funding, total),
        rationale=why if isinstance(why, str) else None,
    )


def shared_out(total: int | None, rows: Sequence[Row], field: str, asked: str) -> list[Row]:
    """Return rows with their part of a total (千円) where it can only be one, else as they are."""
    wanted = [getattr(row, asked) for row in rows]
    if total is None or not rows or any(getattr(row, field) is not None for row in rows):
        return list(rows)
    if len(rows) == 1:
        return [_with(rows[0], field, total)]
    if total == 0:
        return [_with(row, field, 0) for row in rows]
    if any(each is not None for each in wanted) and total == sum(map(zero, wanted)):
        return [_with(row, field, own) for row, own in zip(rows, wanted, strict=True)]
    return list(rows)


def _with(row: Row, field: str, value: Value) -> Row:
    changes: dict[str, Any] = {field: value}
    return replace(row, **changes)


def _summed(own: Amounts, rows: Sequence[Amounts]) -> Amounts:
    sums: dict[str, Any] = {field: sum_column(rows, field) for field in AMOUNTS}
    return replace(own, **sums)


def _funding(funding: Mapping[str, FundingRow], total: Amounts) -> dict[str, FundingRow]:
    """Return 財源内訳 with 予算額, as far as it follows from what was decided."""
    decided, specific = total.at(DECIDED), total.at(DECIDED, SPECIFIC)
    sources = {key: funding[key] for key in SPECIFIC_SOURCES if key in funding}
    named = [key for key, row in sources.items() if row.amount]
    parts = shared_out(specific, [sources[key] for key in named], DECIDED.source, ASKED.source)
    sources |= dict(zip(named, parts, strict=True))
    own = sum(zero(row.budgeted) for row in sources.values()) if specific is None else specific
    found = {**funding, **sources}
    if GENERAL in found:
        rest = None if decided is None else decided - own
        found[GENERAL] = _with(found[GENERAL], DECIDED.source, rest)
    return found
