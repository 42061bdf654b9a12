"""査定 of one request at one stage: what was typed becomes amounts by source, lines and a state; what does not follow stays open.

Amounts are in the form's unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from yosan_xl.model.assessment import (
    AS_ASKED,
    AS_BEFORE,
    HELD,
    LESS,
    MORE,
    NOTHING,
    AskedAgain,
    Progress,
    StageDecision,
)
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Amounts, Axes
from yosan_xl.model.decision import (
    RATIONALE,
    REASON,
    Spot,
    Value,
    assessed_sources,
    entry_field,
    is_decided_by_rows,
    line_keys,
)
from yosan_xl.model.money import Money
from yosan_xl.model.request import VERDICT, Document, Line, Request, Subtotal
from yosan_xl.rules.figures import sum_cell, zero

Entries = Mapping[Spot, Value]
BySource = Mapping[str, Money | None]
"""Amounts by source."""


@dataclass(frozen=True, slots=True)
class StageView:
    """How a stage sees a request: the form's stage that it fills (empty where it fills none), and what the stage before said.

    `is_asked` is false where nothing is decided unless somebody types it: in a stage for 復活要求, of a request without one.
    `again` is what 復活要求 come to, None where there are none.
    """

    name: str
    fills: str = DECIDED
    before: StageDecision | None = None
    is_closed: bool = False
    is_asked: bool = True
    again: AskedAgain | None = None


def assess(request: Request, key: str, entries: Entries, view: StageView) -> StageDecision:
    """Return what a stage decided of a request by what finance typed (`entries` of this request)."""
    typed = _Typed(request, key, entries, view)
    verdict = typed.text(VERDICT)
    lines = typed.lines()
    reason = typed.text(REASON) or typed.text(RATIONALE)
    before = None if typed.has_amounts else view.before
    if before and not view.is_asked and not verdict and not any(typed.line_verdicts):
        own = reason or before.reason
        return replace(before, stage=view.name, reason=own, is_closed=view.is_closed, is_kept=False)
    total = typed.total(lines, verdict)
    if before and total is not None and typed.is_as_before(verdict or ""):
        amounts, lines = before.amounts, before.lines
        verdict, reason = before.verdict, reason or before.reason
    else:
        amounts = typed.amounts(total, lines)
    lines = _shared_lines(request, amounts, lines)
    is_funded = total is None or _adds_up(request.axes, amounts, typed.sources)
    return StageDecision(
        stage=view.name,
        amounts=amounts,
        lines=lines,
        verdict=verdict,
        reason=reason,
        progress=_progress(verdict, total, typed.is_partly(lines), is_funded),
        is_funded=is_funded,
        is_closed=view.is_closed,
        again=view.again,
        line_verdicts=typed.line_verdicts,
    )


def _progress(
    verdict: str | None, total: Money | None, is_partly: bool, is_funded: bool
) -> Progress:
    if HELD in (verdict or ""):
        return Progress.HELD
    if total is None:
        return Progress.PARTLY if is_partly else Progress.OPEN
    return Progress.DONE if is_funded else Progress.DOUBTFUL


class _Typed:
    """What was typed for a request at a stage, or else stands in its document."""

    def __init__(self, request: Request, key: str, entries: Entries, view: StageView) -> None:
        self.request, self.axes, self.key, self.entries = request, request.axes, key, entries
        self.view = view
        self.sources = assessed_sources(self.axes)
        self.keys = line_keys(request) if is_decided_by_rows(self.axes) else ()

    @property
    def is_any(self) -> bool:
        """Return whether anything stands in an entry."""
        return any(value is not None for value in self.entries.values())

    @property
    def has_amounts(self) -> bool:
        """Return whether an amount was typed."""
        return any(
            value is not None and spot.field.startswith(f"{DECIDED}/")
            for spot, value in self.entries.items()
        )

    def text(self, field: str) -> str | None:
        own = self.entries.get(Spot(self.key, field))
        if Spot(self.key, field) not in self.entries and field != REASON and self._is_last:
            return self.request.meaning(field)
        return own if isinstance(own, str) else None

    def amount(self, source: str) -> Money | None:
        """Return what is typed of a source; where there is no entry, what the document itself has."""
        spot = Spot(self.key, entry_field((DECIDED, source)))
        if spot in self.entries:
            return self._money(spot)
        return self.request.amounts.get((self.view.fills, source))

    def _money(self, spot: Spot) -> Money | None:
        value = self.entries[spot]
        return Money(value) if isinstance(value, int) else None

    @property
    def _is_last(self) -> bool:
        return self.view.fills == DECIDED

    def lines(self) -> tuple[BySource, ...]:
        """Return the decided amounts of every line; what the document has of them where nothing was typed."""
        cells = [source for source in (TOTAL, SPECIFIC) if self._has_column(source)]
        rows = []
        for at, line in enumerate(self.request.lines):
            # What only the last stage has in the document is open in the others.
            row = {one: line.amount(DECIDED, one) if self._is_last else None for one in cells}
            for source in cells if self.keys else ():
                spot = Spot(self.key, entry_field((DECIDED, source)), self.keys[at])
                if spot in self.entries:
                    row[source] = self._money(spot)
            if self.keys and row.get(TOTAL) is None:
                said = self._said_of_line(at, cells)
                row |= {one: amount for one, amount in said.items() if row[one] is None}
            rows.append(row)
        return tuple(rows)

    def _said_of_line(self, at: int, cells: Sequence[str]) -> dict[str, Money | None]:
        """Return the amounts that the 査定区分 of a line says by itself."""
        verdict, line = self.line_verdicts[at] or "", self.request.lines[at]
        before = self.view.before
        if before and before.total is not None and self.is_as_before(verdict):
            return {source: before.lines[at].get(source) for source in cells}
        if AS_ASKED in verdict and line.amount(ASKED) is not None:
            return {source: line.amount(ASKED, source) for source in cells}
        return dict.fromkeys(cells, Money(0)) if NOTHING in verdict else {}

    @property
    def line_verdicts(self) -> tuple[str | None, ...]:
        """Return the 査定区分 that was typed of each line."""
        said = (self.entries.get(Spot(self.key, VERDICT, line)) for line in line_keys(self.request))
        return tuple(one if isinstance(one, str) else None for one in said)

    def _has_column(self, source: str) -> bool:
        main = self.axes.main
        return main is not None and main.of_amount(DECIDED, source) is not None

    def total(self, lines: Sequence[BySource], verdict: str | None) -> Money | None:
        """Return the amount, None where it is open."""
        own = self.amount(TOTAL)
        if own is not None:
            return own
        if not self._is_by_lines(lines):
            return self._said(verdict or "")
        given = self._given(lines)
        asks = (line.amount(ASKED) is not None or bool(line.label) for line in self.request.lines)
        is_whole = all(one is not None or not asked for one, asked in zip(given, asks, strict=True))
        return Money(sum(map(zero, given))) if is_whole else None

    def is_partly(self, lines: Sequence[BySource]) -> bool:
        """Return whether there is a part of an amount that is open."""
        return self.is_any or self._is_by_lines(lines)

    def _is_by_lines(self, lines: Sequence[BySource]) -> bool:
        """Return whether an amount, or that it is held, is said of a line."""
        held = any(HELD in (one or "") for one in self.line_verdicts)
        return bool(self.keys) and (held or any(one is not None for one in self._given(lines)))

    def _given(self, lines: Sequence[BySource]) -> list[Money | None]:
        """Return the amount of every line, of one that is held none."""
        return [
            None if HELD in (verdict or "") else row.get(TOTAL)
            for row, verdict in zip(lines, self.line_verdicts, strict=True)
        ]

    def is_as_before(self, verdict: str) -> bool:
        """Return whether a verdict takes over what the stage before decided: who asks for nothing again asks for that."""
        is_all = AS_ASKED in verdict and not self.view.is_asked
        return AS_BEFORE in verdict or (is_all and self._before is not None)

    @property
    def _before(self) -> Money | None:
        return self.view.before.total if self.view.before else None

    def asked(self, source: str = TOTAL) -> Money | None:
        """Return what this stage is asked for: 復活要求 with what was given where there are some, else the request."""
        again = self.view.again
        if again is None or (source != TOTAL and again.sources is None):
            return self.request.amount(ASKED, source)
        return again.amount(source)

    def _said(self, verdict: str) -> Money | None:
        """Return the amount that a verdict says by itself."""
        if self.is_as_before(verdict) or not (verdict or self.view.is_asked):
            return self._before
        if AS_ASKED in verdict:
            return self.asked()
        return Money(0) if NOTHING in verdict else None

    def amounts(self, total: Money | None, lines: Sequence[BySource]) -> dict[str, Money | None]:
        """Return the amounts by source, as far as they are typed or follow (財源)."""
        found: dict[str, Money | None] = {TOTAL: total}
        asked = {one: self.asked(one) for one in self.sources}
        own = {one: self.amount(one) for one in self.sources}
        specific = self._specific(total, lines)
        if self._has_specific_cell:
            found[SPECIFIC] = specific
        if not self.sources:
            return found
        parts = self._as_before(total, specific, own) or self._said_of_exchange(total, own, asked)
        again = self.view.again
        whole = self.asked() if again is None or again.sources is not None else None
        parts = parts or _followed(self.request, total, specific, own, asked, whole=whole)
        found |= parts
        is_any = any(part is not None for part in parts.values())
        if self._has_specific_cell and specific is None and is_any and not _is_open(parts, asked):
            found[SPECIFIC] = Money(_sum(parts)) if total is not None else None
        rest = self.axes.rest
        if rest and self._fills(rest):
            found[rest] = _rest(total, found.get(SPECIFIC), parts, asked)
        return found

    def _as_before(
        self, total: Money | None, specific: Money | None, own: BySource
    ) -> dict[str, Money | None] | None:
        """Return the sources of the stage before, where its amount is typed again and nothing of sources."""
        before = self.view.before
        is_other = specific is not None or any(one is not None for one in own.values())
        if is_other or not total or before is None or not before.is_funded:
            return None
        return {one: before.amounts.get(one) for one in own} if total == before.total else None

    def _said_of_exchange(
        self, total: Money | None, own: BySource, asked: BySource
    ) -> dict[str, Money | None] | None:
        """Return the sources of a 財源振替 whose 査定区分 says whether its 0 is all of it or nothing."""
        is_typed = any(one is not None for one in own.values())
        if total != 0 or is_typed or not _is_exchange(self.request):
            return None
        verdict = self.text(VERDICT) or ""
        if AS_ASKED in verdict:
            return dict(asked)
        return dict.fromkeys(asked, Money(0)) if NOTHING in verdict else None

    @property
    def _has_specific_cell(self) -> bool:
        return self.axes.pointer(DECIDED, SPECIFIC) is not None

    def _fills(self, source: str) -> bool:
        """Return whether a source is decided: all of them where the form has no such stage."""
        return self.axes.pointer(DECIDED, source) is not None or not self.axes.has_stage(DECIDED)

    def _specific(self, total: Money | None, lines: Sequence[BySource]) -> Money | None:
        """Return 特定財源 as typed, or as the lines come to."""
        own = self.amount(SPECIFIC) if self._has_specific_cell else None
        if own is not None or total is None:
            return own
        rows = [
            _specific_of_line(line, row)
            for line, row in zip(self.request.lines, lines, strict=True)
            if row.get(TOTAL) is not None
        ]
        if not rows or any(one is None for one in rows):
            return None
        return Money(sum(map(zero, rows)))


def _specific_of_line(line: Line, row: BySource) -> Money | None:
    """Return 特定財源 of a decided line: as typed, else where it follows."""
    if row.get(SPECIFIC) is not None:
        return row[SPECIFIC]
    asked = line.amount(ASKED, SPECIFIC)
    if row.get(TOTAL) == line.amount(ASKED):
        return asked or Money(0)
    return Money(0) if not asked or row.get(TOTAL) == 0 else None


def _followed(
    request: Request,
    total: Money | None,
    specific: Money | None,
    own: BySource,
    asked: BySource,
    *,
    whole: Money | None,
) -> dict[str, Money | None]:
    """Return 特定財源 by source: as typed, else as it follows without a choice from what was `asked` (`whole`), else open."""
    if any(one is not None for one in own.values()):
        return _completed(own, asked, specific)
    named = [source for source, amount in asked.items() if amount]
    if total is None:
        return dict.fromkeys(own)
    if total == 0 and not _is_exchange(request):
        return _only_of(named, own, Money(0))
    if total == whole and specific in (None, _sum(asked)):
        # 0 of 財源振替 may be all of it or nothing.
        return dict(asked) if total else dict.fromkeys(own)
    if not named:
        return dict.fromkeys(own)
    if specific == _sum(asked):
        return dict(asked)
    if specific == 0:
        return _only_of(named, own, Money(0))
    if len(named) > 1:
        return dict.fromkeys(own)
    if specific is not None:
        return _only_of(named, own, specific)
    is_apart = request.axes.pointer(DECIDED, SPECIFIC) is not None
    is_all_of_it = not is_apart and [asked[one] for one in named] == [whole]
    return _only_of(named, own, total) if is_all_of_it else dict.fromkeys(own)


def _is_exchange(request: Request) -> bool:
    """Return whether a request only exchanges its sources (財源振替): it comes to 0, and 0 of it says nothing."""
    own = [request.amount(ASKED, source.key) for source in request.axes.sources]
    return request.amount(ASKED) == 0 and any(own)


def _only_of(named: Iterable[str], own: BySource, amount: Money) -> dict[str, Money | None]:
    return {source: amount if source in named else None for source in own}


def _completed(own: BySource, asked: BySource, specific: Money | None) -> dict[str, Money | None]:
    """Return typed sources, and the one that is missing where 特定財源 together is known."""
    missing = [source for source, amount in asked.items() if amount and own[source] is None]
    if specific is None or len(missing) != 1:
        return dict(own)
    return {**own, missing[0]: Money(specific - sum(map(zero, own.values())))}


def _sum(amounts: BySource) -> int:
    return sum(map(zero, amounts.values()))


def _rest(
    total: Money | None, specific: Money | None, parts: BySource, asked: BySource
) -> Money | None:
    """Return 一般財源, None while a source that was asked for is open."""
    if total is None or (_is_open(parts, asked) and specific is None):
        return None
    return Money(total - (_sum(parts) if specific is None else specific))


def _is_open(parts: BySource, asked: BySource) -> bool:
    """Return whether a source that was asked for is open."""
    return any(amount and parts[source] is None for source, amount in asked.items())


def _adds_up(axes: Axes, amounts: BySource, sources: Sequence[str]) -> bool:
    """Return whether every source of an amount is known and they come to it."""
    rest = axes.rest
    if not sources or (rest and rest not in amounts):
        return True
    specific = _sum({source: amounts.get(source) for source in sources})
    if amounts.get(SPECIFIC) not in (None, specific):
        return False
    if rest is None:
        return specific == amounts[TOTAL]
    return amounts[rest] is not None and specific + zero(amounts[rest]) == amounts[TOTAL]


def _shared_lines(
    request: Request, amounts: BySource, lines: Sequence[BySource]
) -> tuple[BySource, ...]:
    """Return the lines with their parts of the amounts where these can only be one."""
    if not is_decided_by_rows(request.axes):
        return tuple(lines)
    rows = [dict(row) for row in lines]
    for source in (TOTAL, SPECIFIC):
        cells = [row for row in rows if source in row]
        pairs = [
            (line.amount(ASKED, source), row.get(source))
            for line, row in zip(request.lines, rows, strict=True)
        ]
        if len(cells) == len(rows):
            parts = parts_of(amounts.get(source), pairs)
            for row, part in zip(rows, parts, strict=True):
                row[source] = part
    return tuple(rows)


def parts_of(
    total: int | None, rows: Sequence[tuple[Money | None, Money | None]]
) -> list[Money | None]:
    """Return the parts of a total where there is no choice, by what each row asked for and what is decided of it."""
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


def with_stage(request: Request, key: str, decision: StageDecision, entries: Entries) -> Request:
    """Return a request with what the last stage decided of it: amounts, lines, 小計, and what finance says."""
    axes = request.axes
    is_open = not decision.is_decided
    amounts = {
        (stage, source): (None if is_open else decision.amounts.get(source, amount))
        if stage == DECIDED
        else amount
        for (stage, source), amount in request.amounts.items()
    }
    said = (entries.get(Spot(key, VERDICT, line)) for line in line_keys(request))
    lines = [
        replace(line, amounts=_line_amounts(line, row), values=_judged(line, axes, verdict))
        for line, row, verdict in zip(request.lines, decision.lines, said, strict=True)
    ]
    rationale = entries.get(Spot(key, RATIONALE), request.meaning(RATIONALE))
    return request.with_decision(
        lines=lines,
        subtotals=_subtotals(request, lines),
        amounts=request.with_computed(amounts),
        said={
            RATIONALE: rationale if isinstance(rationale, str) else None,
            VERDICT: _against_request(decision, request),
        },
    )


def _against_request(decision: StageDecision, request: Request) -> str | None:
    """Return how a decision is to the request itself: 復活要求どおり is said of what was asked again."""
    verdict, total = decision.verdict, decision.total
    if AS_ASKED not in (verdict or "") or decision.again is None or total is None:
        return verdict
    asked = zero(request.amount(ASKED))
    return LESS if total < asked else MORE if total > asked else AS_ASKED


def with_amounts(request: Request, stage: str, decision: StageDecision) -> Request:
    """Return a request with what a stage decided in the form's stage that it fills."""
    amounts = {
        (key, source): decision.amounts.get(source) if key == stage else amount
        for (key, source), amount in request.amounts.items()
    }
    said = {one: request.meaning(one) for one in (RATIONALE, VERDICT)}
    main = request.axes.main
    return request.with_decision(
        lines=request.lines,
        subtotals=request.subtotals.get(main.key, ()) if main else (),
        amounts=request.with_computed(amounts),
        said=said,
    )


def _line_amounts(line: Line, row: BySource) -> Amounts:
    return {
        (stage, source): row.get(source) if stage == DECIDED and source in row else amount
        for (stage, source), amount in line.amounts.items()
    }


def _judged(line: Line, axes: Axes, verdict: Value) -> Document:
    """Return a row with how it was judged, where its list has a column for that."""
    column = axes.main.meaning(VERDICT) if axes.main else None
    return {**line.values, column.key: verdict} if column and verdict else line.values


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
