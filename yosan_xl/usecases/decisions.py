"""査定: what finance typed into the summary becomes part of the requests of this run; the rest is listed and told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from yosan_xl.excel.summary.definition import SummaryDefinition
from yosan_xl.excel.summary.template import summary_definition
from yosan_xl.form.definition import Definition
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Amounts, Axes
from yosan_xl.model.decision import (
    OUTSIDE,
    RATIONALE,
    FinanceEntries,
    LineKey,
    Spot,
    Typed,
    Uncarried,
    Value,
    base_of,
    decided_cells,
    entry_field,
    is_decided_by_rows,
    line_keys,
    request_key,
)
from yosan_xl.model.finding import Code, Finding
from yosan_xl.model.money import Money, with_unit
from yosan_xl.model.request import VERDICT, Document, Line, Request, Subtotal
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.text import on_one_line
from yosan_xl.rules.figures import sum_cell, zero
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.summary_books import EarlierEntries, read_before, usual_summary
from yosan_xl.usecases.year import form_of

Entries = Mapping[Spot, Value]
Cell = tuple[str, str]
"""A stage and a source."""

_GONE = "要求が集計に入っていないため"
_LINE_GONE = "明細がなくなったか、内容が変わったため"
_NO_COLUMN = "いまの様式にこの欄がないため"
_NO_CHOICE = "一覧にない言葉のため"
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
    words = summary_definition(form)
    places = _Places.of(rows)
    typed: dict[Spot, Typed] = {}
    uncarried: list[Uncarried] = []
    listed = [replace(left.typed, why=left.why) for left in before.uncarried]
    for one in _exact_first((*before.cells, *listed), places):
        spot, why = places.find(one.spot, typed)
        if one.spot.field == OUTSIDE:
            uncarried.append(Uncarried(one, one.why))
        elif problem := why or one.problem or _why_not(words, one):
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
        *_of_entries(typed, uncarried=kept, notes=before.notes, words=words),
        *_disagreeing(decided, values=values, before=before, words=words),
    )
    return DecidedRows(entries, tuple(decided), told)


def _why_not(words: SummaryDefinition, typed: Typed) -> str | None:
    """Return why the summary has no column for an entry, or none that takes what was typed; None where it has."""
    field = words.entry(typed.spot)
    if field is None:
        return None if typed.spot.field == OUTSIDE else _NO_COLUMN
    is_strange = field.is_closed and typed.value not in (None, *field.choices)
    return _NO_CHOICE if is_strange else None


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

        A line that moved is known by its group and label, where no other line has the same.
        """
        if spot.request not in self.lines:
            return spot, _GONE
        if self.has(spot):
            return spot, None
        wanted = spot.line or LineKey(0)
        same = [
            key
            for key in self.lines[spot.request]
            if wanted.label and (key.group, key.label) == (wanted.group, wanted.label)
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
        for cell in decided_cells(request.axes):
            spot, total = Spot(key, entry_field(cell)), request.amounts[cell]
            # A sum that follows from the lines is no entry: it changes when they do.
            if own and own.get(spot) is None and total is not None:
                base[spot] = total
                values.pop(spot, None)
    return FinanceEntries(typed=values, base=base), decided


def _disagreeing(
    rows: Sequence[SummaryRow],
    values: Mapping[Spot, Value],
    before: EarlierEntries,
    words: SummaryDefinition,
) -> Iterator[Finding]:
    places = {one.spot: one.place for one in before.cells}
    decided = {spot.request for spot in values}
    for row in rows:
        key = request_key(row.request.id, row.source)
        lines = [line.amounts for line in row.request.lines]
        by_rows = key in decided and is_decided_by_rows(row.request.axes)
        for cell in decided_cells(row.request.axes) if by_rows else ():
            found, expected = row.request.amounts[cell], sum_cell(lines, cell)
            if found is not None and expected is not None and found != expected:
                blank = sum(line.get(cell) is None for line in lines)
                unit = row.request.axes.unit
                yield codes.DISAGREE.at(
                    places.get(Spot(key, entry_field(cell)), row.source),
                    title=row.request.title or key,
                    label=f"「{words.entry_label(Spot(key, entry_field(cell)))}」",
                    decided=row.request.axes.stage(DECIDED).label,
                    found=with_unit(found, unit),
                    expected=with_unit(expected, unit),
                    gap=with_unit(abs(found - expected), unit),
                    blank=f"（空欄の明細 {blank}行）" if blank else "",
                    raw_value=found,
                    raw_expected=expected,
                )


def _of_entries(
    typed: Mapping[Spot, Typed],
    uncarried: Sequence[Uncarried],
    notes: Sequence[Typed],
    words: SummaryDefinition,
) -> Iterator[Finding]:
    def told(code: Code, one: Typed, **facts: object) -> Finding:
        return _at(code, one, words.entry_label(one.spot), **facts)

    for one in typed.values():
        if one.formula is not None:
            yield told(codes.FORMULA_READ, one, formula=on_one_line(one.formula, _SHOWN))
        if one.repaired and isinstance(one.value, int):
            yield told(
                codes.AMOUNT_READ,
                one,
                amount=with_unit(one.value, words.axes.unit),
                repaired_to=one.value,
            )
    for left in uncarried:
        one = left.typed
        if one.spot.field == OUTSIDE:
            continue  # told when it was found; now it stands on the list
        if one.problem and left.why == one.problem:
            yield told(codes.NOT_UNDERSTOOD, one, problem=one.problem, unit=words.axes.unit)
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

    The amount of the request is what was typed for it, or else the sum of its lines. Where no line was
    decided, lines follow from the request's as far as there is no choice: a lone line, 要求どおり, 0.
    In the same way its sources follow from what is decided of 特定財源.
    """
    if not entries:
        return request
    amounts, rows = dict(request.amounts), [dict(line.amounts) for line in request.lines]
    keys = line_keys(request)
    by_rows = is_decided_by_rows(request.axes)
    for cell in decided_cells(request.axes):
        field = entry_field(cell)
        spots = [Spot(key, field, line) for line in keys]
        for row, spot in zip(rows, spots, strict=True):
            if spot in entries and cell in row:
                row[cell] = _amount(entries[spot])
        if Spot(key, field) in entries or any(spot in entries for spot in spots):
            own = _amount(entries.get(Spot(key, field)))
            amounts[cell] = sum_cell(rows, cell) if own is None and by_rows else own
        if by_rows:
            share_out(amounts[cell], rows, cell)
    lines = [
        replace(line, amounts=row, values=_judged(line, request.axes, entries.get(spot)))
        for line, row, spot in zip(
            request.lines, rows, (Spot(key, VERDICT, line) for line in keys), strict=True
        )
    ]
    said = {
        meaning: entries.get(Spot(key, meaning), request.meaning(meaning))
        for meaning in (RATIONALE, VERDICT)
    }
    return request.with_decision(
        lines=lines,
        subtotals=_subtotals(request, lines),
        amounts=_with_computed(_with_sources(amounts, request.axes), request.axes),
        said={one: text if isinstance(text, str) else None for one, text in said.items()},
    )


def _judged(line: Line, axes: Axes, verdict: Value) -> Document:
    """Return a row with how it was judged, where its list has a column for that."""
    column = axes.main.meaning(VERDICT) if axes.main else None
    return {**line.values, column.key: verdict} if column and verdict else line.values


def share_out(total: int | None, rows: Sequence[dict[Cell, Money | None]], cell: Cell) -> None:
    """Set a decided cell of rows to its part of a total where that can only be one, else leave it as it is."""
    parts = _parts(total, [(row.get((ASKED, cell[1])), row.get(cell)) for row in rows])
    for row, part in zip(rows, parts, strict=True):
        if cell in row:
            row[cell] = part


def _parts(
    total: int | None, rows: Sequence[tuple[Money | None, Money | None]]
) -> list[Money | None]:
    """Return the parts of a total, by what each row asked for and what is decided of it."""
    asked, decided = [one for one, _ in rows], [two for _, two in rows]
    if total is None or any(one is not None for one in decided):
        return decided
    if len(rows) == 1:
        return [Money(total)]
    is_as_asked = any(one is not None for one in asked) and total == sum(map(zero, asked))
    if is_as_asked and not (total == 0 and any(asked)):
        return asked
    # 0 of 財源振替, which comes to 0 itself, is all of it or nothing.
    return [Money(0)] * len(rows) if total == 0 and not is_as_asked else decided


def _amount(value: Value) -> Money | None:
    return Money(value) if isinstance(value, int) else None


def _subtotals(request: Request, lines: Sequence[Line]) -> list[Subtotal]:
    """Return 小計 of the main list with what is decided of their lines."""
    main = request.axes.main
    if main is None:
        return []
    return [
        replace(one, amounts=_summed(one, [line for line in lines if line.group == one.group]))
        for one in request.subtotals.get(main.key, ())
    ]


def _summed(own: Subtotal, lines: Sequence[Line]) -> Amounts:
    rows = [line.amounts for line in lines]
    return {
        cell: sum_cell(rows, cell) if cell[0] == DECIDED else amount
        for cell, amount in own.amounts.items()
    }


def _with_sources(amounts: Mapping[Cell, Money | None], axes: Axes) -> dict[Cell, Money | None]:
    """Return amounts with the decided sources, as far as they follow from what was decided."""
    found, total = dict(amounts), amounts.get((DECIDED, TOTAL))
    is_apart = (DECIDED, SPECIFIC) in found
    own = [source for source in axes.specific if (DECIDED, source) in found]
    rest = (DECIDED, axes.rest or "")
    # Without うち特財 what is decided is shared out over all sources together.
    sharing = own if is_apart or rest not in found else [*own, rest[1]]
    named = [source for source in sharing if found.get((ASKED, source))]
    pairs = [(found.get((ASKED, source)), found[DECIDED, source]) for source in named]
    parts = _parts(found.get((DECIDED, SPECIFIC)) if is_apart else total, pairs)
    for source, part in zip(named, parts, strict=True):
        found[DECIDED, source] = part
    if rest in found:
        known = [found[DECIDED, one] for one in own]
        is_open = not is_apart and any(found[DECIDED, one] is None for one in named)
        specific = found.get((DECIDED, SPECIFIC))
        less = sum(map(zero, known)) if specific is None else specific
        found[rest] = None if total is None or is_open else Money(total - less)
    return found


def _with_computed(amounts: Mapping[Cell, Money | None], axes: Axes) -> Amounts:
    """Return amounts with the stages that are computed from others (増減, 計)."""
    found = dict(amounts)
    for stage in axes.stages:
        for source in stage.amounts if stage.of else ():
            found[stage.key, source] = stage.computed(source, found)
    return found
