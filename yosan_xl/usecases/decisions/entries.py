"""What finance typed, taken from the summaries into 査定.json: each entry once, two that do not agree both kept.

An entry is known by the generation of the summary that it was typed into, its project, its place and its value: an old copy
that is saved again brings nothing old back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from yosan_xl.excel.rows import MOST_CHARACTERS
from yosan_xl.excel.summary.fields import cell_of
from yosan_xl.form.definition import Definition
from yosan_xl.model.assessment import AS_ASKED, AS_BEFORE, HELD, NOTHING, StageBasis
from yosan_xl.model.axes import DECIDED, TOTAL
from yosan_xl.model.continuity import is_same_project, place_projects
from yosan_xl.model.decision import OUTSIDE, Spot, Typed, Value, entry_field, request_key
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import save_time
from yosan_xl.model.history import DecisionHistory, EntryRecord, Origin, ProjectState
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.money import other_unit, with_unit
from yosan_xl.model.request import VERDICT
from yosan_xl.model.settings import USUAL_STAGE, Settings
from yosan_xl.model.text import on_one_line
from yosan_xl.store.decisions_file import read_decisions, write_decisions
from yosan_xl.store.ledger import read_ledger
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.decisions import codes
from yosan_xl.usecases.decisions.entry_words import entry_label
from yosan_xl.usecases.decisions.history_table import write_history_table
from yosan_xl.usecases.decisions.summary_books import SummaryBook, find_summaries, keep_copies
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.succession import moves_of

if TYPE_CHECKING:
    from yosan_xl.excel.summary.reading import SummaryReading

CLOSED_STAGE = "段階「{stage}」は締め切られているため"
_EARLIEST = datetime.min.replace(tzinfo=UTC)
_FROM_ELSEWHERE = "ほかの行から写した行か、要求書ID か項目を変えた行のため"
SHOWN = 60
"""How many characters of what was typed are told."""
_BLANK = "このブックで空欄の {count} 欄は、こちらの記入のままです。"

Root = tuple[str, int | None, str, object]
"""A stage, the first basis of a project, and field and line of an entry."""


@dataclass(frozen=True, slots=True)
class TakenEntries:
    """A year's history with what was typed since, and what there is to tell.

    `new`, `changed` and `removed` count the entries that are new. `read` is the SHA-256 of the 査定.json that it goes
    on from, `target` of the summary that is to be written over (None where there is none); of `copied` books a copy is to be kept.
    """

    history: DecisionHistory = field(default_factory=DecisionHistory)
    findings: tuple[Finding, ...] = ()
    new: int = 0
    changed: int = 0
    removed: int = 0
    read: str = ""
    target: str | None = None
    copied: tuple[SummaryBook, ...] = ()


def take_entries(
    year: YearFolder,
    form: Definition,
    target: Path | None = None,
    given: Sequence[Path] = (),
) -> TakenEntries:
    """Return what 査定.json says with what was typed into any summary since; nothing is written.

    Raises WrongInput where 査定.json, the `target` or a `given` book cannot be read.
    """
    kept = read_decisions(year.root)
    found = find_summaries(year, form, kept.history.books, target, given)
    _refuse_older(kept.history, found.books, year.settings)
    taking = _Taking(kept.history, year.settings, form, found.target or "", LastRun(year))
    for book in _most_knowing_first(found.books, kept.history):
        taking.take(book)
    history = replace(taking.history, books=_added(kept.history.books, found.known))
    return TakenEntries(
        history=history,
        findings=(*found.findings, *taking.findings),
        new=taking.counts["new"],
        changed=taking.counts["changed"],
        removed=taking.counts["removed"],
        read=kept.sha256,
        target=found.target,
        copied=tuple(book for book in found.books if book.losses),
    )


def _most_knowing_first(
    books: Sequence[SummaryBook], history: DecisionHistory
) -> list[SummaryBook]:
    """Return the books in their order, before them those that know more than the history: it is lost, or an older one."""

    def beyond(book: SummaryBook) -> int:
        return max(0, (book.reading.generation or 0) - history.generation)

    return sorted(books, key=beyond, reverse=True)


def entries_of(book: SummaryBook, settings: Settings, form: Definition) -> DecisionHistory:
    """Return what stands in one summary by itself, without its year folder."""
    taking = _Taking(DecisionHistory(), settings, form)
    taking.take(book)
    return taking.history


def _refuse_older(
    history: DecisionHistory, books: Sequence[SummaryBook], settings: Settings
) -> None:
    """Raise WrongInput where a summary is of a later stage than 査定.json knows of: what was closed would be lost.

    That of no more records may be older too: what it never closed was closed when the summary was written from its records.
    """
    names = [one.name for one in settings.assessment]
    done = next((at for at, name in enumerate(names) if name not in history.closed), len(names))
    for book in books:
        reading = book.reading
        at = names.index(reading.stage) if reading.stage in names else len(names)
        own, is_known = reading.generation or 0, reading.stage in ("", *names)
        is_ours = reading.mark == history.mark(own)
        never = {*reading.closed} & {*names} - {*history.closed, *history.reopened}
        is_older = own > history.generation or (is_ours and never)
        if is_older and is_known and at > done:
            stage = (
                f"段階「{reading.stage}」のもの" if reading.stage else "すべての段階を締めたもの"
            )
            raise WrongInput(
                codes.HISTORY_OLDER.at(
                    Place(book.name), name=book.name, stage=stage, open=names[done]
                )
            )


def _added(books: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*books, *sorted(known))))


def keep_entries(
    year: YearFolder, taken: TakenEntries, form: Definition, rows: Sequence[SummaryRow] = ()
) -> tuple[Finding, ...]:
    """Write 査定.json, then 査定履歴.csv (with the NO that `rows` have); return what is told of it, and of copies.

    Copies of books come first: once 査定.json knows a book, nobody looks into it again. Raises WrongInput where 査定.json
    cannot be written, or somebody else wrote it meanwhile.
    """
    copied = tuple(keep_copies(year, taken.copied))
    write_decisions(year.root, taken.history, taken.read)
    numbers = {request_key(one.request.id, one.source): one.request.no for one in rows}
    return (*copied, *write_history_table(year, taken.history, form, numbers))


def stage_name(name: str, settings: Settings) -> str:
    """Return the stage that an entry belongs to: those from before a year had stages are of the first."""
    stages = [one.name for one in settings.assessment]
    return stages[0] if name in ("", USUAL_STAGE) and name not in stages else name


class LastRun:
    """The requests that were there in a year's last run: which of them those of an older summary are."""

    def __init__(self, year: YearFolder) -> None:
        """Take the year; its ledger is read when an old summary brings something."""
        self._year = year

    @cached_property
    def requests(self) -> tuple[ProjectState, ...]:
        """Return them as they were."""
        return read_ledger(self._year.root).beside

    def of(self, older: Collection[ProjectState]) -> dict[ProjectState, ProjectState]:
        """Return what all requests of an older summary were in the last run, where that is certain and they are not as they were."""
        before, now = [*older], self.requests
        if {*before} <= {*now}:
            return {}
        places = place_projects(before, now, moves_of(self._year))
        found = ((old, at) for old, at in zip(before, places, strict=True) if at is not None)
        return {old: now[at] for old, at in found if old != now[at]}


class _Taking:
    """Takes the entries of one summary after the other."""

    def __init__(
        self,
        history: DecisionHistory,
        settings: Settings,
        form: Definition,
        target: str = "",
        last_run: LastRun | None = None,
    ) -> None:
        self.settings, self.form, self.target = settings, form, target
        self._last_run = last_run
        self._since: dict[str, dict[ProjectState, ProjectState]] = {}
        self.records = list(history.records)
        self.bases = list(history.bases)
        self.continued = dict(history.continued)
        self._history = history
        self._numbers = {basis: at for at, basis in enumerate(self.bases)}
        self._before: dict[int, int] = {}
        self._joined: dict[int, int] = {}
        for one, two in self.continued.items():
            self._lead(one, two)
        self._by_request: dict[str, list[int]] = {}
        for at, basis in enumerate(self.bases):
            self._by_request.setdefault(basis.request, []).append(at)
        self._dismissed = set(history.dismissed)
        self.counts = dict.fromkeys(("new", "changed", "removed"), 0)
        self.findings: list[Finding] = []
        self._last: dict[Root, int] = {}
        self._with_lines: set[tuple[str, int | None]] = set()
        self._of_books: dict[tuple[str, int, str], dict[Root, list[int]]] = {}
        self._mark = ""
        self._keys: set[tuple[object, ...]] = set()
        for number, record in enumerate(self.records):
            self._note(number, record)

    @property
    def history(self) -> DecisionHistory:
        return replace(
            self._history,
            records=tuple(self.records),
            bases=tuple(self.bases),
            continued=dict(self.continued),
        )

    def _note(self, number: int, record: EntryRecord) -> None:
        root = self._root(record.stage, record.basis, record.spot)
        self._keys.add(self._key_of(root, record))
        if record.why or record.dismisses is not None or number in self._dismissed:
            return
        self._last[root] = number
        if record.spot.line and record.value is not None:
            self._with_lines.add(root[:2])
        own = record.origin.book, record.origin.generation, record.origin.mark
        self._of_books.setdefault(own, {}).setdefault(root, []).append(number)

    def _root(self, stage: str, basis: int | None, spot: Spot) -> Root:
        first = self._first(basis) if basis is not None else None
        return stage, first, spot.field, (spot.line, spot.request if first is None else "")

    def _first(self, basis: int) -> int:
        """Return the first basis of a project: one that an old copy brought goes by that of those it became."""
        seen = {basis}
        steps = (self._before, self._joined)
        while (earlier := next((one[basis] for one in steps if basis in one), None)) is not None:
            if earlier in seen:
                break
            basis = earlier
            seen.add(basis)
        return basis

    def _lead(self, one: int, two: int) -> None:
        """Remember that a basis became another one; of two that became the same the first leads to it."""
        if self._before.setdefault(two, one) != one:
            self._joined[one] = two

    @staticmethod
    def _key(
        origin: Origin, root: Root, raw: str, place: str, dismisses: int | None
    ) -> tuple[object, ...]:
        return origin.generation, origin.mark, root, raw, place, dismisses

    def _key_of(self, root: Root, record: EntryRecord) -> tuple[object, ...]:
        place = record.origin.cell if record.spot.field == OUTSIDE else ""
        return self._key(record.origin, root, record.raw, place, record.dismisses)

    def take(self, book: SummaryBook) -> None:
        """Take what was typed into a summary; of one that knows more than the history, or of another, all that is decided in it."""
        reading = book.reading
        own = reading.generation
        self._mark = self._other_mark(reading)
        is_whole = own is None or own > self._history.generation or bool(self._mark)
        stage = stage_name(reading.stage, self.settings)
        before = len(self.records)
        # An old copy under the name of a summary that was written since says nothing of what was typed there.
        is_old = not self._mark and (own or 0) < self._history.written.get(book.name, 0)
        seen = self._of_books.get((book.name, own or 0, self._mark), {})
        earlier = {} if is_old else seen.copy()
        is_new = self._mark and not earlier
        # Of a book that was taken, and saved again, what nobody touched since says nothing.
        is_whole = is_whole and not (self._mark and earlier)
        blank = self._blank(book, stage) if is_whole else {}
        if is_new:
            told = _BLANK.format(count=len(blank)) if blank else ""
            self.findings.append(
                codes.OTHER_HISTORY.at(Place(book.name), name=book.name, told=told)
            )
        for root, typed in () if self._mark else blank.items():
            # It knows more: there somebody emptied the cell since.
            self._add(book, stage, typed, before=self.records[self._last[root]].value)
        for typed in reading.cells:
            root = self._root(stage, self._basis(book, typed), typed.spot)
            if taken := earlier.pop(root, None):
                self._take_again(book, stage, typed, taken[-1])
            elif typed.is_changed or (
                is_whole and typed.is_decision and not self._is_known(root, typed)
            ):
                self._take_cell(book, stage, typed)
        for taken in earlier.values():
            self._take_back(book, taken)
        # The numbers of one that knows more are those of a history that is lost.
        times = Counter(typed.number for typed in reading.uncarried)
        for typed in reading.uncarried:
            row = replace(typed, number=None) if is_whole else typed
            self._take_listed(book, stage, row, is_alone=times[typed.number] == 1)
        for typed in reading.notes:
            self._add(book, stage, typed, why=typed.why)
        for number in () if is_whole else reading.dismissed:
            self._dismiss(book, number)
        is_own = book.path.stem.endswith("_集計")
        if len(self.records) > before and not is_own:
            self.findings.append(codes.CARRIED_FROM.at(Place(book.name), name=book.name))
        self.findings += reading.findings

    def _other_mark(self, reading: SummaryReading) -> str:
        """Return the mark of the history that a summary was written from, where that is another than this one: of a copied
        year folder, or one that went on from an older 査定.json."""
        own = reading.generation or 0
        is_ours = own > self._history.generation or reading.mark == self._history.mark(own)
        return "" if is_ours else reading.mark

    def _blank(self, book: SummaryBook, stage: str) -> dict[Root, Typed]:
        """Return the cells of entries that are known here and that a book of another history, or of a longer one, shows blank."""
        shown = {
            self._root(stage, self._basis(book, typed), typed.spot) for typed in book.reading.cells
        }
        found = {}
        for root, at in self._last.items():
            record, basis = self.records[at], self.records[at].basis
            if root[0] == stage and record.value is not None and basis is not None:
                own = self.bases[self._history.latest(basis)]
                spot = replace(record.spot, request=own.request)
                if root not in shown and book.reading.has(spot):
                    found[root] = Typed(spot, None, "", Place(book.name), own.title)
        return found

    def _is_known(self, root: Root, typed: Typed) -> bool:
        """Return whether what nobody touched in a book of another history is what stands here too."""
        at = self._last.get(root)
        return bool(self._mark) and at is not None and self.records[at].value == typed.value

    def _take_again(self, book: SummaryBook, stage: str, typed: Typed, at: int) -> None:
        """Take a cell of which an entry was taken from this very book: what is new is what differs from that."""
        before = self.records[at]
        if typed.raw != before.raw:
            # What it held once and holds again counts anew, unless this is an older state of the book.
            is_again = book.saved >= _saved(before)
            self._take_cell(book, stage, replace(typed, written="", own="again"), is_again=is_again)

    def _take_back(self, book: SummaryBook, taken: Sequence[int]) -> None:
        """Take away the entries of a cell that holds again what it was written with, in the very book that they were taken from."""
        last = self.records[taken[-1]]
        is_closed = stage_name(last.stage, self.settings) in self._history.closed
        if book.reading.has(last.spot) and book.saved >= _saved(last) and not is_closed:
            for at in taken:
                self._dismiss(book, at)
            self.counts["removed"] += 1

    def _take_cell(
        self, book: SummaryBook, stage: str, typed: Typed, *, is_again: bool = False
    ) -> None:
        if typed.problem:
            self._add(book, stage, typed, why=typed.problem)
        elif stage in self._history.closed:
            self._add(book, stage, typed, why=CLOSED_STAGE.format(stage=stage))
        else:
            self._take_value(book, stage, typed, is_again=is_again)

    def _take_value(self, book: SummaryBook, stage: str, typed: Typed, *, is_again: bool) -> None:
        basis = self._basis(book, typed)
        root = self._root(stage, basis, typed.spot)
        at = self._last.get(root)
        last = None if at is None else self.records[at]
        is_unknown = last is not None and at is not None and self._is_unknown(book, at, typed)
        if not typed.is_changed and last is not None and not is_unknown:
            return  # what somebody else left as it was says nothing
        is_put_there = bool(self._mark) and book.shot.sha256 == self.target
        goes_on = not typed.is_changed and self._knows_more(book)
        is_older = last is not None and _saved(last) > book.saved and not (is_put_there or goes_on)
        if is_unknown and last and is_older:
            self._add(book, stage, typed, why=_other_entry(last.origin, last.raw))
            return
        if is_again:
            self._keys.discard(self._key(self._origin(book), root, typed.raw, "", None))
        added = self._add(book, stage, typed, before=last.value if last else None)
        if added and typed.spot.field == VERDICT and not typed.spot.line:
            self._keep_shown(book, stage, typed, last)
        if added and is_unknown and last and last.value is not None:
            lost = replace(last, why=_other_entry(self._origin(book), typed.raw))
            self._note(len(self.records), lost)
            self.records.append(lost)

    def _keep_shown(
        self, book: SummaryBook, stage: str, typed: Typed, last: EntryRecord | None
    ) -> None:
        """Take the amount that stands in its cell because of the 査定区分 that was there, or of the stage before, where that is none any more."""
        spot = replace(typed.spot, field=entry_field((DECIDED, TOTAL)))
        basis = last.basis if last else self._basis(book, typed)
        root = self._root(stage, basis, spot)
        own = self._last.get(root)
        is_typed = own is not None and self.records[own].value is not None
        is_touched = any(one.spot == spot and one.is_changed for one in book.reading.cells)
        by_lines = root[:2] in self._with_lines
        if is_typed or is_touched or by_lines or says_amount(typed.value) or basis is None:
            return
        on = last.stage_basis if last else self._stage_basis(book, stage, typed.spot.request)
        amount = self._amount_of(str(last.value or "") if last else "", stage, basis, on)
        if amount is not None and book.reading.has(spot):
            shown = replace(
                typed, spot=spot, value=amount, raw=str(amount), repaired=False, formula=None
            )
            self._add(book, stage, shown)

    def _amount_of(self, verdict: str, stage: str, basis: int, on: StageBasis | None) -> int | None:
        """Return the amount that a 査定区分 says by itself; without one, what the stage before says to a request that asks for nothing again."""
        own = self.settings.stage(stage)
        is_as_before = own is not None and own.restoration and on is not None and not on.again
        if AS_BEFORE in verdict or (is_as_before and (not verdict or AS_ASKED in verdict)):
            return on.before if on else None
        if AS_ASKED in verdict:
            return on.again.total if on and on.again else self.bases[basis].asked
        return 0 if NOTHING in verdict else None

    def _is_unknown(self, book: SummaryBook, at: int, typed: Typed) -> bool:
        """Return whether who typed this into a book cannot have seen the entry `at` that it takes the place of."""
        last, generation = self.records[at], book.reading.generation or 0
        if last.value == typed.value:
            return False
        if self._mark:
            return (last.origin.book, last.origin.mark) != (book.name, self._mark)
        if not typed.is_changed:
            return self._knows_more(book) and at < self._history.generation
        own = (last.origin.book, last.origin.generation, last.origin.mark)
        return at >= generation and own != (book.name, generation, "")

    def _knows_more(self, book: SummaryBook) -> bool:
        """Return whether a summary has entries that the history has not: it is lost, or an older one."""
        own = book.reading.generation
        return own is not None and own > self._history.generation

    def _take_listed(self, book: SummaryBook, stage: str, typed: Typed, *, is_alone: bool) -> None:
        """Take a row of 引き継げない記入: one that stands in the history says nothing new, unless somebody mended it.

        It is the row of the record of its number, where no other row has that number and at most one of request, entry and
        content is another; else it came from elsewhere: what it says is listed, and the record stays.
        """
        number = typed.number
        known = self.records[number] if number is not None and number < len(self.records) else None
        if known is None or number is None:
            self._take_row(book, stage, typed)
            return
        is_same = typed.raw in _pieces(known.raw)
        others = (typed.spot.request != known.spot.request, _is_of_another(typed.spot, known.spot))
        if is_same and not any(others):
            return
        stage = stage_name(known.stage, self.settings)
        if not is_alone or any(others):
            self._add(book, stage, typed, why=typed.problem or typed.why or _FROM_ELSEWHERE)
        else:
            self._take_row(book, stage, _as_of(known.spot, typed, self.form.axes.unit))
        if is_alone and sum((not is_same, *others)) == 1:
            self._dismiss(book, number)

    def _take_row(self, book: SummaryBook, stage: str, typed: Typed) -> None:
        if typed.spot.field == OUTSIDE or typed.problem:
            self._add(book, stage, typed, why=typed.problem or typed.why)
        else:
            self._take_cell(book, stage, typed)

    def _dismiss(self, book: SummaryBook, number: int) -> None:
        if number >= len(self.records) or number in self._dismissed:
            return
        self._dismissed.add(number)
        told = self.records[number]
        self.records.append(
            EntryRecord(
                stage=told.stage,
                spot=told.spot,
                value=None,
                origin=self._origin(book),
                before=told.value,
                raw="",
                basis=told.basis,
                dismisses=number,
            )
        )

    def _add(
        self, book: SummaryBook, stage: str, typed: Typed, why: str = "", before: Value = None
    ) -> bool:
        """Add a record, unless it is known; return whether it is new."""
        basis = self._basis(book, typed)
        record = EntryRecord(
            stage=stage,
            spot=typed.spot,
            value=typed.value if not why or typed.problem is None else None,
            origin=self._origin(book, typed.place),
            before=before,
            raw=typed.raw,
            basis=basis,
            why=why,
            stage_basis=self._stage_basis(book, stage, typed.spot.request),
        )
        root = self._root(stage, basis, typed.spot)
        if self._key_of(root, record) in self._keys:
            return False
        self._note(len(self.records), record)
        self.records.append(record)
        self._count(record)
        self.findings += _of_typed(typed, record, self.form, self.settings)
        return True

    def _count(self, record: EntryRecord) -> None:
        if record.why or record.before == record.value:
            return
        if record.value is None:
            self.counts["removed"] += 1
        else:
            self.counts["new" if record.before is None else "changed"] += 1

    def _origin(self, book: SummaryBook, place: Place | None = None) -> Origin:
        reading = book.reading
        return Origin(
            book=book.name,
            sha256=book.shot.sha256,
            generation=reading.generation or 0,
            mark=self._mark,
            saved_by=reading.saved_by,
            saved_at=reading.modified or "",
            sheet=(place.sheet if place else None) or "",
            cell=(place.cell if place else None) or "",
        )

    def _basis(self, book: SummaryBook, typed: Typed) -> int | None:
        """Return the number of what the request was that an entry was typed for, None for none."""
        if not typed.spot.request:
            return None
        known = book.reading.bases.get(typed.spot.request)
        return self._number(known or ProjectState(typed.spot.request, title=typed.title), book)

    def _stage_basis(self, book: SummaryBook, stage: str, request: str) -> StageBasis | None:
        """Return what the stage before and 復活要求 said when an entry was typed, None where a summary does not tell."""
        is_own = stage == stage_name(book.reading.stage, self.settings)
        return book.reading.stage_bases.get(request) if is_own else None

    def _number(self, basis: ProjectState, book: SummaryBook | None = None) -> int:
        if basis in self._numbers:
            return self._numbers[basis]
        number = len(self.bases)
        earlier = [
            at
            for at in self._by_request.get(basis.request, ())
            if at not in self.continued and is_same_project(self.bases[at], basis)
        ]
        self._by_request.setdefault(basis.request, []).append(number)
        self.bases.append(basis)
        self._numbers[basis] = number
        later = self._in_last_run(book).get(basis) if book else None
        if later in self._numbers:
            # What is known of that project goes by its own first basis already.
            self._joined[number] = self.continued[number] = self._numbers[later]
        elif later:
            self._continue(number, self._number(later))
        elif earlier:
            self._continue(earlier[-1], number)
        return number

    def _continue(self, one: int, two: int) -> None:
        self.continued[one] = two
        self._lead(one, two)

    def _in_last_run(self, book: SummaryBook) -> Mapping[ProjectState, ProjectState]:
        """Return what became of the requests of a summary until the last run."""
        key = book.shot.sha256
        if key not in self._since:
            known = book.reading.bases.values()
            self._since[key] = self._last_run.of(known) if self._last_run else {}
        return self._since[key]


def says_amount(verdict: Value) -> bool:
    """Return whether a 査定区分 says the amount by itself, or keeps it from counting."""
    return any(word in str(verdict or "") for word in (AS_ASKED, NOTHING, AS_BEFORE, HELD))


def _is_of_another(row: Spot, known: Spot) -> bool:
    """Return whether a row of 引き継げない記入 is of another entry, or of another row of the request; the column of a closed stage it does not know."""
    lines = [one.line.position if one.line else None for one in (row, known)]
    return row.field not in (known.field, OUTSIDE) or lines[0] != lines[1]


def _as_of(spot: Spot, row: Typed, unit: str) -> Typed:
    """Return a row of 引き継げない記入 as an entry of a spot: of a column that the summary does not know it has the text alone."""
    from yosan_xl.excel.summary.entries import amount_of  # it takes long to import

    if row.spot.field == spot.field or not cell_of(spot.field):
        return replace(row, spot=spot)
    meant = amount_of(row.raw, unit)
    return replace(row, spot=spot, value=meant.value, problem=meant.problem)


def _pieces(raw: str) -> list[str]:
    """Return a text as 引き継げない記入 shows it: one that is too long for a cell in several rows."""
    return [raw[at : at + MOST_CHARACTERS] for at in range(0, len(raw), MOST_CHARACTERS)]


def _other_entry(origin: Origin, raw: str) -> str:
    """Return why an entry does not count that somebody else did not know of when typing another."""
    who = f"{origin.saved_by} さんが" if origin.saved_by else ""
    typed = f"「{on_one_line(raw, SHOWN)}」と記入した" if raw else "空欄にした"
    return f"「{origin.book}」で{who}あとから{typed}ため"


def _saved(record: EntryRecord) -> datetime:
    return save_time(record.origin.saved_at) or _EARLIEST


def _of_typed(
    typed: Typed, record: EntryRecord, form: Definition, settings: Settings
) -> Iterator[Finding]:
    """Yield what is told of an entry when it is taken."""
    label, unit = entry_label(form, typed.spot, settings, record.stage), form.axes.unit
    facts: dict[str, object] = {
        "title": typed.title or typed.spot.request,
        "label": label,
        "found": on_one_line(typed.raw, SHOWN),
    }
    if typed.spot.field == OUTSIDE:
        yield codes.OUTSIDE_ENTRY.at(typed.place, None, why=typed.why, **facts)
    if typed.formula is not None and not record.why:
        formula = on_one_line(typed.formula, SHOWN)
        yield codes.FORMULA_READ.at(typed.place, None, formula=formula, **facts)
    if typed.repaired and isinstance(typed.value, int) and not record.why:
        other = other_unit(typed.raw, unit)
        facts |= {"amount": with_unit(typed.value, unit), "repaired_to": typed.value, "unit": unit}
        code = codes.OTHER_UNIT if other else codes.AMOUNT_READ
        yield code.at(typed.place, None, other=other, **facts)
