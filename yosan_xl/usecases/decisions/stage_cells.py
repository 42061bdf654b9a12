"""Where every entry of finance stands now: one record after the other put into the cells of its stage, or listed with why it has none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from yosan_xl.form.definition import Definition
from yosan_xl.model.assessment import (
    StageBasis,
)
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL
from yosan_xl.model.decision import (
    RATIONALE,
    REASON,
    LineKey,
    Spot,
    Typed,
    Uncarried,
    Value,
    line_keys,
    request_key,
)
from yosan_xl.model.finding import Place
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState
from yosan_xl.model.money import Money, with_unit
from yosan_xl.model.request import VERDICT, Line, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import on_one_line
from yosan_xl.rules.decisions import place_of_entry
from yosan_xl.usecases.decisions.entries import (
    CLOSED_STAGE,
    SHOWN,
    stage_name,
)
from yosan_xl.usecases.decisions.entry_words import (
    allowed_words,
    entry_label,
    has_place,
    is_strange_word,
)
from yosan_xl.usecases.decisions.projects_now import GONE, ProjectsNow

_LINE_GONE = "明細がなくなったか、内容が変わったため"
_NO_COLUMN = "いまの様式にこの欄がないため"
_NO_CHOICE = "一覧にない言葉のため（{words}から選びます）"
_TYPED_WHILE_CLOSED = (
    "段階を締めていた間に書かれたため（いまは開いています。要るものは欄に書き写してください）"
)
_NO_STAGE = "段階「{stage}」が yosan.toml にないため（その名前に戻すと元の欄に入ります）"


class ListedEntry(NamedTuple):
    """A record that has no place: its number, its stage, where it would stand, and why it does not."""

    number: int
    record: EntryRecord
    stage: str
    spot: Spot
    why: str


class StageCells:
    """The cells of every stage, filled with one record after the other."""

    def __init__(
        self,
        form: Definition,
        projects: ProjectsNow,
        rows: Sequence[SummaryRow],
        settings: Settings,
    ) -> None:
        """Keep what the entries are put into: the `rows` that count, and where each project is."""
        self.form, self.projects, self.settings = form, projects, settings
        self.known = {one.name for one in settings.assessment}
        self.lines = {
            request_key(row.request.id, row.source): line_keys(row.request) for row in rows
        }
        self.values: dict[str, dict[Spot, Value]] = {}
        self.origins: dict[tuple[str, str], dict[Spot, Origin]] = {}
        self.bases: dict[tuple[str, str], int] = {}
        self.amount_bases: dict[tuple[str, str], int] = {}
        self.stage_bases: dict[tuple[str, str], StageBasis] = {}
        self.amount_stage_bases: dict[tuple[str, str], StageBasis] = {}
        self.numbers: dict[str, dict[Spot, int]] = {}
        self.decided_on: set[tuple[str, str]] = set()
        self._listed: list[ListedEntry] = []
        self._closed: tuple[str, ...] = ()

    def fill(self, history: DecisionHistory) -> None:
        """Put every record of a history in its place, or on the list."""
        dismissed, last = history.dismissed, self.settings.assessment[-1].name
        self._closed = history.closed
        for number, record in enumerate(history.records):
            if record.dismisses is not None or number in dismissed:
                continue
            stage = stage_name(record.stage, self.settings)
            if record.spot.field == RATIONALE and stage in self.known and stage != last:
                # Typed before the year had stages: the last one publishes it, and it says why the first decided so.
                self._put_reason(record, stage)
                stage = last
            self._put(number, record, stage)

    def _put_reason(self, record: EntryRecord, stage: str) -> None:
        spot, why = self._place(replace(record, spot=replace(record.spot, field=REASON)), stage)
        if not why:
            self.values.setdefault(stage, {})[spot] = record.value
            self.origins.setdefault((stage, spot.request), {})[spot] = record.origin

    def _put(self, number: int, record: EntryRecord, stage: str) -> None:
        spot, why = self._place(record, stage)
        if not why:
            self.values.setdefault(stage, {})[spot] = record.value
            self.origins.setdefault((stage, spot.request), {})[spot] = record.origin
            self.numbers.setdefault(stage, {})[spot] = number
            self.decided_on.add((stage, spot.request))
            says_amount = spot.field == VERDICT or spot.field.startswith(f"{DECIDED}/")
            if record.basis is not None:
                self.bases[stage, spot.request] = record.basis
                if says_amount:
                    self.amount_bases[stage, spot.request] = record.basis
            if record.stage_basis is not None:
                self.stage_bases[stage, spot.request] = record.stage_basis
                if says_amount:
                    self.amount_stage_bases[stage, spot.request] = record.stage_basis
        elif record.raw:
            self._listed.append(ListedEntry(number, record, stage, spot, why))

    def _place(self, record: EntryRecord, stage: str) -> tuple[Spot, str]:
        """Return where an entry belongs now, and why it has no place."""
        spot, why = self._now(record, stage)
        is_reopened = record.why == CLOSED_STAGE.format(stage=stage) and stage not in self._closed
        return spot, _TYPED_WHILE_CLOSED if is_reopened else record.why or why

    def _now(self, record: EntryRecord, stage: str) -> tuple[Spot, str]:
        spot = record.spot
        if stage not in self.known:
            return spot, _NO_STAGE.format(stage=stage)
        if not has_place(self.form, spot):
            return spot, _NO_COLUMN
        if is_strange_word(self.form, spot, record.value):
            words = "".join(f"「{one}」" for one in allowed_words(self.form, spot))
            return spot, _NO_CHOICE.format(words=words)
        if record.basis is None:
            return spot, "" if spot.request in self.lines else GONE
        request, why = self.projects.place(record.basis, spot.request)
        if request is None or spot.line is None:
            return replace(spot, request=request or spot.request), why
        then = self.projects.before.bases[record.basis].lines
        line = line_now(spot.line, then, self.lines[request], self.projects.bases[request].lines)
        return replace(spot, request=request, line=line or spot.line), "" if line else _LINE_GONE

    @property
    def listed(self) -> list[Uncarried]:
        """Return what has no place, but for what could not be read where something was typed since."""
        return [self._uncarried(one) for one in self._listed if not self._is_mended(one)]

    def _is_mended(self, one: ListedEntry) -> bool:
        is_problem = bool(one.record.why) and one.record.value is None
        return is_problem and one.number < self.numbers.get(one.stage, {}).get(one.spot, 0)

    def _uncarried(self, one: ListedEntry) -> Uncarried:
        record = one.record
        basis = self.projects.before.bases[record.basis] if record.basis is not None else None
        typed = Typed(
            spot=record.spot,
            value=record.value,
            raw=record.raw,
            place=place_of(record.origin),
            title=basis.title if basis else "",
            why=one.why,
            problem=record.why if record.why and record.value is None else None,
            number=one.number,
        )
        return Uncarried(typed, one.why, one.number, self.label(one.stage, record.spot))

    def still(self, one: Uncarried) -> str:
        """Return what counts in place of an entry that could not be read, in words; nothing where nothing does."""
        mine = next((own for own in self._listed if own.number == one.number), None)
        value = self.values.get(mine.stage, {}).get(mine.spot) if mine else None
        if value is None:
            return ""
        shown = with_unit(value, self.form.axes.unit) if isinstance(value, int) else str(value)
        return f"（いまも「{on_one_line(shown, SHOWN)}」のままです）"

    def label(self, stage: str, spot: Spot) -> str:
        """Return the heading of an entry's column."""
        return entry_label(self.form, spot, self.settings, stage)

    @property
    def asked_again(self) -> str:
        """Return the form's stage that 復活要求 fills."""
        return self.settings.asked_again(self.form.axes)

    def filled(self, stage: str) -> str:
        """Return the key of the form's stage that a stage fills, empty where it fills none."""
        own = self.settings.stage(stage)
        return self.settings.filled(own, self.form.axes) if own else ""

    def by_request(self, stage: str) -> dict[str, dict[Spot, Value]]:
        """Return the entries of a stage, request by request."""
        found: dict[str, dict[Spot, Value]] = {}
        for spot, value in self.values.get(stage, {}).items():
            found.setdefault(spot.request, {})[spot] = value
        return found

    def origin(self, stage: str, spot: Spot, row: SummaryRow) -> Place:
        """Return where an entry or what says as much was typed, else where the request is."""
        return place_of_entry(self.places(stage, spot.request), spot) or row.source

    def places(self, stage: str, request: str) -> dict[Spot, Place]:
        """Return where the entries of a request at a stage were typed."""
        return {spot: place_of(own) for spot, own in self.origins.get((stage, request), {}).items()}

    def as_decided_on(self, stage: str, request: Request, key: str) -> Request:
        """Return a request as it was when its amount was decided: 要求どおり of today is not that of then."""
        basis = self.amount_bases.get((stage, key))
        return request if basis is None else as_it_was(request, self.projects.before.bases[basis])

    def asked_then(self, stage: str, request: str) -> tuple[bool, int | None]:
        """Return whether a request asks for something else than when it was decided on, and what it asked for then."""
        basis = self.bases.get((stage, request))
        if basis is None or self.projects.is_as(basis, request):
            return False, None
        return True, self.projects.before.bases[basis].asked

    def sources_then(self, stage: str, request: str) -> Mapping[str, int]:
        """Return what a request asked for by source when it was decided on."""
        return dict(self.projects.before.bases[self.bases[stage, request]].sources)


def as_it_was(request: Request, basis: ProjectState) -> Request:
    """Return a request with the amounts that it asked for then; of a line that asked for another amount its 特財 is not known."""
    if basis.asked is None:
        return request
    sources = dict(basis.sources)
    amounts = {
        (stage, source): amount if stage != ASKED else _then(source, amount, basis.asked, sources)
        for (stage, source), amount in request.amounts.items()
    }
    main = request.axes.main
    if amounts == request.amounts or main is None:
        return replace(request, amounts=amounts)
    lines = tuple(
        _line_then(line, basis.lines[at] if at < len(basis.lines) else ("", None))
        for at, line in enumerate(request.lines)
    )
    return replace(request, amounts=amounts, lists={**request.lists, main.key: lines})


def _then(source: str, now: Money | None, total: int, sources: Mapping[str, int]) -> Money | None:
    if source == TOTAL:
        return Money(total)
    return Money(sources[source]) if source in sources else None if now is None else Money(0)


def _line_then(line: Line, then: tuple[str, int | None]) -> Line:
    label, asked = then
    is_same = (line.label or "") == label
    if is_same and line.amount(ASKED) == asked:
        return line
    amounts = {cell: None if cell[0] == ASKED else amount for cell, amount in line.amounts.items()}
    if is_same and asked is not None:
        amounts[ASKED, TOTAL] = Money(asked)
    return replace(line, amounts=amounts)


def place_of(origin: Origin) -> Place:
    """Return the cell that an entry was typed into."""
    return Place(origin.book, origin.sheet or None, origin.cell or None)


def line_now(
    wanted: LineKey,
    then: Sequence[tuple[str, int | None]],
    keys: Sequence[LineKey],
    now: Sequence[tuple[str, int | None]],
) -> LineKey | None:
    """Return which line a line of a request is now, None where that is not certain.

    `then` and `now` are label and amount of every line. It is known by group and label; of several that are called the
    same by the amount too.
    """
    named = [
        at for at, key in enumerate(keys) if (key.group, key.label) == (wanted.group, wanted.label)
    ]
    at_home = wanted.position - 1 if wanted in keys else None
    if len(named) <= 1 and _times(then, wanted.label) <= 1:
        return keys[named[0]] if named and (wanted.label or at_home is not None) else None
    own = then[wanted.position - 1] if wanted.position <= len(then) else None
    alike = [at for at in named if now[at] == own]
    if at_home is not None and (at_home in alike or not alike):
        return wanted if len(named) >= _times(then, wanted.label) else None
    is_sure = len(alike) == 1 and list(then).count(own or ("", None)) == 1
    return keys[alike[0]] if is_sure else None


def _times(lines: Iterable[tuple[str, int | None]], label: str | None) -> int:
    return sum(one == label for one, _ in lines)
