"""査定の記録: every entry that finance ever typed into a summary, in the order in which it was taken.

What stands in the cells of a stage follows from these records and from nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from yosan_xl.model.assessment import StageBasis, StageDecision
from yosan_xl.model.decision import Spot, Value

_MARK_DIGITS = 16


@dataclass(frozen=True, slots=True)
class ProjectState:
    """What a request was when something was decided of it: that is how its project is known again.

    `lines` are label and amount of every row of the main list, `sources` the amounts asked of each source.
    """

    request: str
    department: str = ""
    project_code: str = ""
    title: str = ""
    asked: int | None = None
    sources: tuple[tuple[str, int], ...] = ()
    lines: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry was typed: the book, its SHA-256, who saved it and when (docProps), the cell.

    `generation` is how many records there were when that book was written: with the place and the value it tells
    an entry that was taken already from a new one. `mark` is that of the history it was written from, where that is another.
    """

    book: str
    sha256: str
    generation: int
    saved_by: str = ""
    saved_at: str = ""
    sheet: str = ""
    cell: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class EntryRecord:
    """An entry of a stage: what was typed (`value` as understood, `raw` as it stood), and what stood there before.

    `basis` is the place of its ProjectState in the history. With a `why` it has no place of its own and is listed until
    somebody deletes its row. `dismisses` is the number of a record that was deleted from that list. `stage_basis` is what the stage
    before and 復活要求 said then, None of a first stage.
    """

    stage: str
    spot: Spot
    value: Value
    origin: Origin
    before: Value = None
    raw: str = ""
    basis: int | None = None
    why: str = ""
    dismisses: int | None = None
    stage_basis: StageBasis | None = None


@dataclass(frozen=True, slots=True)
class DecisionHistory:
    """All records of a year; the number of a record is its place, from 0.

    `continued` says of a basis which later one is the same project. `books` are the SHA-256 of the summaries whose
    entries are all in here; `written` says by name with which generation a summary was written last; `closed` the stages that were closed, in their order.
    `heeded` are the moves of 対応表.csv that were acted on.
    `settled` has by the closed stages what was decided when they were closed, by the basis of each project.
    `reopened` are stages that were closed once and opened again.
    """

    records: tuple[EntryRecord, ...] = ()
    bases: tuple[ProjectState, ...] = ()
    continued: Mapping[int, int] = field(default_factory=dict)
    books: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    written: Mapping[str, int] = field(default_factory=dict)
    heeded: Mapping[str, str] = field(default_factory=dict)
    settled: Mapping[str, Mapping[int, StageDecision]] = field(default_factory=dict)
    reopened: tuple[str, ...] = ()

    @property
    def generation(self) -> int:
        """Return what a summary that is written now says it knows of."""
        return len(self.records)

    def mark(self, generation: int) -> str:
        """Return what the history at a generation is known by; empty where it has not come so far."""
        if generation > self.generation:
            return ""
        digest = hashlib.sha256()
        for one in self.records[:generation]:
            said = (one.stage, one.spot, one.raw, one.why, one.dismisses, one.origin.sha256)
            digest.update(repr(said).encode("utf-8", "replace"))
        return digest.hexdigest()[:_MARK_DIGITS]

    def latest(self, basis: int) -> int:
        """Return the last basis that is known of the project of one."""
        seen = {basis}
        while (following := self.continued.get(basis)) is not None and following not in seen:
            basis = following
            seen.add(basis)
        return basis

    def of_stage(self, stage: str) -> Iterator[tuple[int, EntryRecord]]:
        """Yield the records of a stage, with their numbers, in the order in which they were taken."""
        for number, record in enumerate(self.records):
            if record.stage == stage and record.dismisses is None:
                yield number, record

    @property
    def dismissed(self) -> frozenset[int]:
        """Return the numbers of the records that somebody deleted from the list."""
        return frozenset(one.dismisses for one in self.records if one.dismisses is not None)

    def knowing(self, sha256: str) -> DecisionHistory:
        """Return it with a summary of which every entry is in here."""
        return self if sha256 in self.books else replace(self, books=(*self.books, sha256))

    def writing(self, name: str) -> DecisionHistory:
        """Return it with the summary of this name written anew: one of before under it is an old copy."""
        return replace(self, written={**self.written, name: self.generation})

    def forgetting(self, names: Iterable[str]) -> DecisionHistory:
        """Return it without the summaries of these names: nobody types into them any more."""
        gone = {*names}
        kept = {name: at for name, at in self.written.items() if name not in gone}
        return replace(self, written=kept)

    def closing(
        self, stage: str, settled: Mapping[int, StageDecision] | None = None
    ) -> DecisionHistory:
        """Return it with a stage closed, and what was decided there by then."""
        told = {stage: settled} if settled else {}
        return replace(self, closed=(*self.closed, stage), settled={**self.settled, **told})

    def reopening(self, stage: str) -> DecisionHistory:
        """Return it with a stage open again, and with it those after it."""
        at = self.closed.index(stage)
        kept = self.closed[:at]
        settled = {name: own for name, own in self.settled.items() if name in kept}
        reopened = tuple(dict.fromkeys((*self.reopened, *self.closed[at:])))
        return replace(self, closed=kept, reopened=reopened, settled=settled)
