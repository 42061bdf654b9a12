"""査定: what finance typed, stage by stage, becomes part of the requests of this run; what has no place is listed and told.

This is the one reader of decisions: every output starts from `apply_decisions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yosan_xl.excel.summary.stamp import StampedHistory
from yosan_xl.form.definition import Definition
from yosan_xl.model.assessment import (
    AskedAgain,
    Progress,
    Restoration,
    StageBasis,
    StageChange,
    StageDecision,
)
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Axes
from yosan_xl.model.decision import (
    OUTSIDE,
    FinanceEntries,
    Spot,
    Uncarried,
    Value,
    base_of,
    decided_cells,
    entry_field,
    is_decided_by_rows,
    line_keys,
    reason_field,
    request_key,
)
from yosan_xl.model.finding import Finding, Place, has_errors
from yosan_xl.model.history import DecisionHistory, ProjectState
from yosan_xl.model.money import Money, with_unit
from yosan_xl.model.request import VERDICT, Request
from yosan_xl.model.rollup import SummaryRow
from yosan_xl.model.settings import AssessmentStage, Settings
from yosan_xl.model.text import on_one_line
from yosan_xl.rules.decisions import check_decision
from yosan_xl.rules.figures import sum_given, zero
from yosan_xl.rules.judged import Judged
from yosan_xl.rules.settled import lacks_reason
from yosan_xl.store.places import FilePlace
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.succession_file import SUCCESSION_NAME
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.decisions import codes
from yosan_xl.usecases.decisions.assessment import (
    Entries,
    StageView,
    assess,
    with_amounts,
    with_stage,
)
from yosan_xl.usecases.decisions.entries import (
    SHOWN,
    TakenEntries,
    take_entries,
)
from yosan_xl.usecases.decisions.projects_now import ProjectsNow
from yosan_xl.usecases.decisions.restoration import read_restorations
from yosan_xl.usecases.decisions.stage_cells import StageCells
from yosan_xl.usecases.succession import moves_of
from yosan_xl.usecases.year import form_of

DECISIONS = FilePlace.DECISIONS.file_name
_NAMED = 3


@dataclass(frozen=True, slots=True)
class DecidedRows:
    """The rows of this run with what was decided of them, and what there is to tell.

    `entries` are those of the open stage, None where every stage is closed; `history` is to be kept, with what became
    of the projects in this run; `bases` say what every request is now. `is_last` is false while a stage before the last is open.
    """

    entries: FinanceEntries
    rows: tuple[SummaryRow, ...]
    findings: tuple[Finding, ...]
    history: DecisionHistory
    open_stage: AssessmentStage | None
    bases: Mapping[str, ProjectState]
    is_last: bool = True
    stage_bases: Mapping[str, StageBasis] = field(default_factory=dict)

    @property
    def decided(self) -> int:
        """Return how many requests are decided at the last stage that there is."""
        return sum(one.decision is not None and one.decision.is_decided for one in self.rows)

    def closing(self, stage: str) -> DecisionHistory:
        """Return the history with a stage closed: what is decided there stays, whatever comes later."""
        history = self.history
        known = (one.basis for one in history.records if one.basis is not None)
        latest = {history.bases[at]: at for at in map(history.latest, known)}
        settled = {
            latest[basis]: decision
            for row in self.rows
            for decision in row.decisions
            if decision.stage == stage and decision.is_decided
            if (basis := self.bases[request_key(row.request.id, row.source)]) in latest
        }
        return history.closing(stage, settled)

    def stamped(self) -> StampedHistory:
        """Return what a summary says of the history that it is made from."""
        stage = self.open_stage.name if self.open_stage else ""
        generation = self.history.generation
        return StampedHistory(
            generation,
            stage,
            self.bases,
            is_last=self.is_last,
            mark=self.history.mark(generation),
            stage_bases=self.stage_bases,
            closed=self.history.closed,
        )


def decided_year(
    year: YearFolder, rows: Sequence[SummaryRow], beside: Sequence[ProjectState] = ()
) -> DecidedRows:
    """Return a year's counted requests with what finance typed into its summaries so far; nothing is written.

    Raises WrongInput where 査定.json or the summary is there and cannot be read.
    """
    form = form_of(year)
    taken = take_entries(year, form)
    return apply_taken(taken, rows, year, form, beside=beside)


def apply_taken(
    taken: TakenEntries,
    rows: Sequence[SummaryRow],
    year: YearFolder,
    form: Definition,
    others: Sequence[SummaryRow] = (),
    beside: Sequence[ProjectState] = (),
) -> DecidedRows:
    """Put what was taken, and the 復活要求 that came, onto the rows of this run, with what is told of them."""
    back = read_restorations(year, {str(row.request.id): row.request for row in rows})
    own = [replace(row, restoration=back.by_request.get(str(row.request.id))) for row in rows]
    done = apply_decisions(
        history=taken.history,
        rows=own,
        settings=year.settings,
        form=form,
        moves=moves_of(year),
        others=others,
        beside=beside,
    )
    return replace(done, findings=(*taken.findings, *back.findings, *done.findings))


def apply_decisions(
    history: DecisionHistory,
    rows: Sequence[SummaryRow],
    settings: Settings,
    form: Definition,
    moves: Mapping[str, str] | None = None,
    others: Sequence[SummaryRow] = (),
    beside: Sequence[ProjectState] = (),
) -> DecidedRows:
    """Put the entries of a history onto rows; `others` are requests that were handed in and do not count, `beside` those of the last run.

    A decision belongs to a project: it goes where that is now (`moves` is what people said within the year).
    """
    projects = ProjectsNow.of(history, rows, others, moves or {}, beside)
    cells = StageCells(form, projects, rows, settings)
    cells.fill(history)
    stages = _stages_until_open(settings, history, form)
    steps = [
        _StageStep(
            stage=stage,
            fills=settings.filled(stage, form.axes),
            is_closed=is_closed,
            entries=cells.by_request(stage.name),
            settled=_settled(history, stage.name, projects) if is_closed else {},
        )
        for stage, is_closed in stages
    ]
    checked = [
        _checked(_with_reasons(_decided_row(row, steps, cells), cells), cells) for row in rows
    ]
    decided = tuple(row for row, _ in checked)
    open_stage = next((stage for stage, is_closed in stages if not is_closed), None)
    own = cells.values.get(open_stage.name, {}) if open_stage else {}
    base = _shown_in_cells(rows, decided, own)
    # What follows stands also in a cell that somebody emptied.
    typed = {spot: value for spot, value in own.items() if value is not None or spot not in base}
    return DecidedRows(
        entries=FinanceEntries(typed=typed, base=base, uncarried=tuple(cells.listed)),
        rows=decided,
        findings=(
            *_told(cells),
            *_waiting(cells, history, open_stage),
            *_unused_moves(projects, moves or {}),
            *(finding for row in decided for finding in _of_restoration(row, settings)),
            *(finding for row in decided for finding in _of_kept(row)),
            *(() if open_stage else _undecided(decided)),
            *(finding for _, told in checked for finding in told),
        ),
        history=projects.history,
        open_stage=open_stage,
        bases=projects.bases,
        is_last=open_stage in (None, settings.assessment[-1]),
        stage_bases=dict(_stage_bases(decided, open_stage, settings)),
    )


def _stage_bases(
    rows: Sequence[SummaryRow], stage: AssessmentStage | None, settings: Settings
) -> Iterator[tuple[str, StageBasis]]:
    """Yield of every request what the open stage decides it on; nothing for a first stage."""
    for row in rows if stage else ():
        asked = replace(row, restoration=_asked_at(row, stage, settings) if stage else None)
        if stage and (basis := _basis_of(asked, row.decisions[:-1], stage)):
            yield request_key(row.request.id, row.source), basis


def _settled(
    history: DecisionHistory, stage: str, projects: ProjectsNow
) -> dict[str, StageDecision]:
    """Return what was decided when a stage was closed, by where its projects are now."""
    placed = (
        (projects.place(basis, history.bases[basis].request)[0], basis, own)
        for basis, own in history.settled.get(stage, {}).items()
    )
    return {
        key: _on_lines(own, history.bases[basis], projects.bases[key])
        for key, basis, own in placed
        if key
    }


def _on_lines(own: StageDecision, then: ProjectState, now: ProjectState) -> StageDecision:
    """Return a decision on the lines of now: those of then where each asks for as much, else none of them."""
    same = [asked for _, asked in then.lines] == [asked for _, asked in now.lines]
    if same and len(own.lines) == len(now.lines):
        return own
    blank: dict[str, Money | None] = dict.fromkeys(own.lines[0] if own.lines else ())
    return replace(own, lines=(blank,) * len(now.lines))


def _told(cells: StageCells) -> Iterator[Finding]:
    """Yield what is listed, and what moved."""
    for left in cells.listed:
        yield from _of_listed(left, cells)
    for old, new in cells.projects.moved:
        yield codes.MOVED.at(Place(DECISIONS), title=new.title, old=old.request, new=new.request)


def _waiting(
    cells: StageCells, history: DecisionHistory, open_stage: AssessmentStage | None
) -> Iterator[Finding]:
    """Yield the stages after the open one that have entries already: one was put before them, or opened again."""
    every = cells.settings.assessment
    later = every[every.index(open_stage) + 1 :] if open_stage else ()
    for stage in later:
        count = len(cells.values.get(stage.name, {}))
        is_closed = stage.name in history.closed
        if open_stage and (count or is_closed):
            yield codes.STAGE_WAITS.at(
                Place(SETTINGS_NAME),
                stage=stage.name,
                count=count,
                closed="（締めてあります）" if is_closed else "",
                open=open_stage.name,
            )


def _unused_moves(projects: ProjectsNow, moves: Mapping[str, str]) -> Iterator[Finding]:
    known = {one.request for one in projects.before.bases} | projects.bases.keys()
    waiting = {projects.before.bases[at].request for at, key in projects.now.items() if key is None}
    times = Counter(moves.values())
    for old, new in moves.items():
        if new not in projects.bases:
            why, remedy = f"要求書「{new}」がないので", _LOOK_UP
        elif old not in known:
            why, remedy = f"要求書「{old}」に記入がないので、査定では", f"{_LOOK_UP}{_MOVED_BARE}"
        elif times[new] > 1 and not projects.went(old, new):
            why = f"「{new}」に移す行がほかにもあるので、査定では"
            remedy = _ONE_ALONE.format(new=new)
        elif old in waiting and new in projects.now.values():
            why = f"「{new}」では別の事業として決まっているので"
            remedy = _OTHER_DECIDED.format(old=old, new=new)
        else:
            continue
        yield codes.MOVE_UNUSED.at(Place(SUCCESSION_NAME), old=old, new=new, why=why, remedy=remedy)


_LOOK_UP = "要求書ID（0103-1 のような、集計ブックの「一覧」のもの）を確かめてください。"
_MOVED_BARE = "もう移った要求で、何も決めていなかったのであれば、このままでかまいません。"
_ONE_ALONE = "記入を引き継ぐ行だけを残してください。1つの事業にまとめたのであれば、合わせた額を「{new}」の欄に入力してください。"
_OTHER_DECIDED = (
    "「{old}」の記入は「引き継げない記入」にあります。1つの事業にまとめたのであれば、合わせた額を「{new}」の欄に入力し、"
    "その行を削除してください。「{new}」で決まっていたのが別の要求書の事業であれば、その「移動」の行も加えてください。"
)


def _with_reasons(row: SummaryRow, cells: StageCells) -> SummaryRow:
    """Return a row whose decisions say whether they lack a reason, as closing their stages asks for one."""
    field = reason_field(cells.settings, cells.form.axes)
    pairs = zip((None, *row.decisions), row.decisions, strict=False)
    decisions = tuple(
        replace(one, lacks_reason=lacks_reason(Judged(row.request, one, before, field)))
        for before, one in pairs
    )
    return replace(row, decisions=decisions)


def _checked(row: SummaryRow, cells: StageCells) -> tuple[SummaryRow, tuple[Finding, ...]]:
    """Return a row with what is found in its last decision that was typed: with an error it is to be looked at (要確認).

    What a document brings with it is the matter of its own rules.
    """
    key = request_key(row.request.id, row.source)
    typed = [at for at, one in enumerate(row.decisions) if (one.stage, key) in cells.decided_on]
    if not typed:
        return row, ()
    at = typed[-1]
    decision = row.decisions[at]
    changed = tuple(_of_change(row, decision, cells, key))
    if at + 1 < len(row.decisions):
        return row, changed
    found = (
        *_disagreeing(row, decision, cells, key),
        *check_decision(
            row,
            decision,
            cells.places(decision.stage, key),
            before=row.decisions[at - 1] if at else None,
            fills=cells.filled(decision.stage),
        ),
    )
    if decision.progress is Progress.DONE and has_errors(found):
        doubtful = replace(decision, progress=Progress.DOUBTFUL)
        row = replace(row, decisions=(*row.decisions[:at], doubtful))
    return row, (*changed, *found)


def _of_listed(left: Uncarried, cells: StageCells) -> Iterator[Finding]:
    typed, unit = left.typed, cells.form.axes.unit
    facts = {
        "title": typed.title or typed.spot.request,
        "label": left.label,
        "found": on_one_line(typed.raw, SHOWN),
    }
    if typed.problem:
        kind = f"（金額は{unit}単位の整数）" if typed.spot.field.startswith(f"{DECIDED}/") else ""
        still = cells.still(left)
        yield codes.NOT_UNDERSTOOD.at(
            typed.place, None, problem=typed.problem, kind=kind, still=still, **facts
        )
    elif typed.spot.field != OUTSIDE:  # a note is told once, when it is taken
        yield codes.NO_PLACE.at(typed.place, None, why=left.why, **facts)


def _of_change(
    row: SummaryRow, decision: StageDecision, cells: StageCells, key: str
) -> Iterator[Finding]:
    """Yield that something else stands before a decision than when it was taken: a request, a stage, 復活要求."""
    request, unit = row.request, row.request.axes.unit
    place = cells.origin(decision.stage, Spot(key, entry_field((DECIDED, TOTAL))), row)
    facts = {"title": request.title or key}
    if decision.moved:
        words = decision.moved.words
        yield codes.STAGE_CHANGED.at(place, stage=decision.stage, unit=unit, what=words, **facts)
    if decision.is_changed and decision.asked_then != request.amount(ASKED):
        old = "－" if decision.asked_then is None else with_unit(decision.asked_then, unit)
        new = with_unit(request.requested, unit)
        yield codes.ASKED_CHANGED.at(place, what="要求額", old=old, new=new, **facts)
    elif decision.is_changed:
        own = cells.sources_then(decision.stage, key), dict(cells.projects.bases[key].sources)
        old, new = (_differing(one, own, request.axes) for one in own)
        yield codes.ASKED_CHANGED.at(place, what="要求の財源", old=old, new=new, **facts)


def _differing(amounts: Mapping[str, int], both: Iterable[Mapping[str, int]], axes: Axes) -> str:
    """Return the amounts by source, of those in which the two differ."""
    one, two = both
    return "、".join(
        f"{axes.amount_label(ASKED, source)} {with_unit(amounts.get(source, 0), axes.unit)}"
        for source in axes.stage(ASKED).amounts
        if one.get(source) != two.get(source)
    )


def _of_kept(row: SummaryRow) -> Iterator[Finding]:
    """Yield that a decision of a closed stage stands as it was, and not as its entries come to by now."""
    unit = row.request.axes.unit
    for one in row.decisions:
        if one.is_kept and one.total is not None:
            yield codes.CLOSED_KEPT.at(
                row.source,
                title=row.request.title or request_key(row.request.id, row.source),
                stage=one.stage,
                amount=with_unit(one.total, unit),
            )


def _undecided(rows: Sequence[SummaryRow]) -> Iterator[Finding]:
    """Yield, once for all, that requests are not decided though every stage is closed."""
    open_ = [row for row in rows if row.decision and not row.decision.is_decided]
    if open_:
        names = [f"「{row.request.title or row.request.id}」" for row in open_]
        more = "など" if len(names) > _NAMED else ""
        stage = open_[0].decisions[-1].stage
        place, named = Place(DECISIONS), "".join(names[:_NAMED]) + more
        yield codes.LATE_REQUEST.at(place, count=len(names), named=named, stage=stage)


def _of_restoration(row: SummaryRow, settings: Settings) -> Iterator[Finding]:
    """Yield that 復活要求 are against a 内示額 that is another one by now, or that a closed stage did not decide on them."""
    asked, unit = row.restoration, row.request.axes.unit
    for one in row.decisions if asked else ():
        stage = settings.stage(one.stage)
        is_late = one.total is None or (asked is not None and one.again is None)
        if not stage or not stage.restoration or not _asked_at(row, stage, settings):
            continue
        if asked and one.is_closed and is_late:
            yield codes.LATE_RESTORATION.at(
                Place(asked.file, asked.sheet or None, asked.cell),
                title=row.request.title or request_key(row.request.id, row.source),
                stage=one.stage,
                amount=with_unit(asked.amounts.get(TOTAL) or 0, unit),
            )
    given = next((one for one in row.decisions if asked and one.stage == asked.stage), None)
    if asked and given and (now := given.total if given.is_decided else None) != asked.given:
        told, shown = (
            "未定" if one is None else with_unit(one, unit) for one in (asked.given, now)
        )
        title = row.request.title or request_key(row.request.id, row.source)
        place = Place(asked.file, asked.sheet or None, asked.cell)
        yield codes.OLD_NOTICE.at(place, title=title, stage=asked.stage, told=told, now=shown)


def _disagreeing(
    row: SummaryRow, decision: StageDecision, cells: StageCells, key: str
) -> Iterator[Finding]:
    """Yield where an amount that was typed is not what the lines come to."""
    axes = row.request.axes
    for source in (TOTAL, SPECIFIC) if is_decided_by_rows(axes) else ():
        found = decision.amounts.get(source)
        given = [one.get(source) for one in decision.lines]
        expected = sum_given(given)
        if found is None or expected is None or found == expected:
            continue
        spot, unit = Spot(key, entry_field((DECIDED, source))), axes.unit
        blank = sum(one is None for one in given)
        yield codes.DISAGREE.at(
            cells.origin(decision.stage, spot, row),
            title=row.request.title or key,
            label=f"「{cells.label(decision.stage, spot)}」",
            decided=axes.stage(DECIDED).label,
            found=with_unit(found, unit),
            expected=with_unit(expected, unit),
            gap=with_unit(abs(found - expected), unit),
            blank=f"（空欄の明細 {blank}行）" if blank else "",
            raw_value=found,
            raw_expected=expected,
        )


def _stages_until_open(
    settings: Settings, history: DecisionHistory, form: Definition
) -> tuple[tuple[AssessmentStage, bool], ...]:
    """Return the stages up to the open one, and whether each is closed; none where nothing is decided by typing."""
    axes = form.axes
    is_typed = bool(decided_cells(axes)) or bool(settings.stages)
    found: list[tuple[AssessmentStage, bool]] = []
    for stage in settings.assessment if is_typed else ():
        found.append((stage, stage.name in history.closed))
        if not found[-1][1]:
            break
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _StageStep:
    """A stage of the assessment in its turn: what of the form it fills, whether it is closed, the entries by request."""

    stage: AssessmentStage
    fills: str
    is_closed: bool
    entries: Mapping[str, Entries]
    settled: Mapping[str, StageDecision] = field(default_factory=dict)


def _decided_row(row: SummaryRow, steps: Sequence[_StageStep], cells: StageCells) -> SummaryRow:
    """Return a row with what each stage decided of it."""
    key = request_key(row.request.id, row.source)
    request = row.request
    decisions: list[StageDecision] = []
    for step in steps:
        own = step.entries.get(key, {})
        kept = step.settled.get(key)
        asked = _asked_at(row, step.stage, cells.settings)
        now = _basis_of(replace(row, restoration=asked), decisions, step.stage)
        again = kept.again if kept else _again_then(now, step.stage.name, key, own, cells)
        view = StageView(
            name=step.stage.name,
            fills=step.fills,
            before=decisions[-1] if decisions else None,
            is_closed=step.is_closed,
            is_asked=not step.stage.restoration or again is not None,
            again=again,
        )
        then = cells.as_decided_on(step.stage.name, row.request, key)
        decision = _as_closed(assess(then, key, own, view), kept)
        decision = _looked_at(decision, cells, key, now)
        decisions.append(decision)
        follows = decision.is_kept or (step.stage.restoration and decision.total is not None)
        if step.fills == DECIDED and (own or follows):
            request = with_stage(request, key, decision, own)
        elif step.fills and (own or follows):
            request = with_amounts(request, step.fills, decision)
    if row.restoration and cells.asked_again:
        own_amounts = StageDecision("", row.restoration.amounts)
        request = with_amounts(request, cells.asked_again, own_amounts)
    return replace(row, request=request, decisions=tuple(decisions))


def _asked_at(row: SummaryRow, stage: AssessmentStage, settings: Settings) -> Restoration | None:
    """Return 復活要求 of a request that a stage decides on: those against the last 内示 before it."""
    before = settings.assessment[: settings.assessment.index(stage)]
    given = next((one.name for one in reversed(before) if one.notice), "")
    asked = row.restoration
    return asked if asked and (not asked.stage or not given or asked.stage == given) else None


def _as_closed(decision: StageDecision, kept: StageDecision | None) -> StageDecision:
    """Return what a closed stage decided when it was closed, where its entries come to something else by now."""
    if kept is None or (decision.is_decided and decision.amounts == kept.amounts):
        return decision
    # What was typed of the lines that are still there stays, where it is all of the amount.
    is_whole = sum_given(line.get(TOTAL) for line in decision.lines) == kept.total
    return replace(
        decision,
        amounts=kept.amounts,
        lines=decision.lines if is_whole else kept.lines,
        verdict=kept.verdict,
        reason=kept.reason,
        progress=kept.progress,
        is_funded=kept.is_funded,
        is_kept=True,
    )


def _basis_of(
    row: SummaryRow, decisions: Sequence[StageDecision], stage: AssessmentStage
) -> StageBasis | None:
    """Return what a stage decides a request on by now, None for the first stage."""
    if not decisions:
        return None
    again = _asked_again(row, decisions) if stage.restoration else None
    return StageBasis(decisions[-1].total if decisions[-1].is_decided else None, again)


def _asked_again(row: SummaryRow, decisions: Sequence[StageDecision]) -> AskedAgain | None:
    """Return what 復活要求 of a request come to with what was given by the stage that they are against."""
    more = row.restoration
    if more is None:
        return None
    given = next((one for one in decisions if one.stage == more.stage), decisions[-1])
    axes, total = row.request.axes, more.amounts.get(TOTAL) or Money(0)
    own = [one for one in axes.specific if given.amounts.get(one) or more.amounts.get(one)]
    summed = Money(sum(map(zero, (more.amounts.get(one) for one in axes.specific))))
    is_known = axes.rest in more.amounts if axes.rest else summed == total
    sources = (
        (one, Money(zero(given.amounts.get(one)) + zero(more.amounts.get(one)))) for one in own
    )
    return AskedAgain(
        given=given.total if given.is_decided else None,
        more=total,
        sources=tuple(sources) if is_known and given.is_decided and given.is_funded else None,
    )


def _again_then(
    now: StageBasis | None, stage: str, key: str, entries: Entries, cells: StageCells
) -> AskedAgain | None:
    """Return what was asked for again when its amount was decided: 要求どおり of today is not that of then."""
    is_decided = any(
        value is not None and (spot.field == VERDICT or spot.field.startswith(f"{DECIDED}/"))
        for spot, value in entries.items()
    )
    then = cells.amount_stage_bases.get((stage, key)) if is_decided else None
    basis = then or now
    return basis.again if basis else None


def _looked_at(
    decision: StageDecision, cells: StageCells, key: str, now: StageBasis | None
) -> StageDecision:
    """Return a decision with what it was taken on, where the request, the stage before or 復活要求 are other by now."""
    is_changed, asked = cells.asked_then(decision.stage, key)
    then = cells.stage_bases.get((decision.stage, key))
    moved = StageChange(then, now) if then and now and then != now else None
    if not is_changed and moved is None:
        return decision
    is_doubtful = decision.progress is Progress.DONE and not decision.is_closed
    return replace(
        decision,
        is_changed=is_changed,
        asked_then=None if asked is None else Money(asked),
        moved=moved,
        progress=Progress.DOUBTFUL if is_doubtful else decision.progress,
    )


def _shown_in_cells(
    handed_in: Sequence[SummaryRow], rows: Sequence[SummaryRow], typed: Mapping[Spot, Value]
) -> dict[Spot, Value]:
    """Return what stands in the cells of the open stage where nothing was typed: what follows, else what documents say."""
    base: dict[Spot, Value] = {}
    own = {spot.request for spot in typed}
    for document, row in zip(handed_in, rows, strict=True):
        key = request_key(row.request.id, row.source)
        base |= base_of(document.request, key)
        decision = row.decision
        if decision is None or decision.is_closed or not (key in own or len(row.decisions) > 1):
            continue  # where nothing was typed, what the document says stands there
        for spot, amount in _spots_of(key, row.request, decision):
            if typed.get(spot) is None and amount is not None:
                base[spot] = amount
            elif typed.get(spot) is None:
                base.pop(spot, None)
    return base


def _spots_of(
    key: str, request: Request, decision: StageDecision
) -> Iterator[tuple[Spot, Money | None]]:
    """Yield the cells of amounts of a request and its lines, with what is decided."""
    for source, amount in decision.amounts.items():
        yield Spot(key, entry_field((DECIDED, source))), amount
    for line, amounts in zip(line_keys(request), decision.lines, strict=True):
        for source, amount in amounts.items():
            yield Spot(key, entry_field((DECIDED, source)), line), amount
