"""出し直しで変わった要求: what a department asks for otherwise than when it handed in before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from yosan_xl.model.continuity import place_projects
from yosan_xl.model.department import Department
from yosan_xl.model.history import ProjectState
from yosan_xl.model.text import canonical


class ChangeKind(Enum):
    """What is otherwise of a request; the first that applies to one that was there before and is there still."""

    NEW = "新しい要求"
    GONE = "なくなった要求"
    RENAMED = "事業名"
    AMOUNT = "額"
    SOURCES = "財源"


@dataclass(frozen=True, slots=True)
class RequestChange:
    """A request as it was (`old`, None for a new one) and as it is (`new`, None where it is gone)."""

    kind: ChangeKind
    old: ProjectState | None
    new: ProjectState | None

    @property
    def shown(self) -> ProjectState:
        """Return the request as it is by now, of one that is gone as it was."""
        shown = self.new or self.old
        assert shown is not None
        return shown


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """A department whose requests changed; `replaced` is the file that its old ones stood in, where no run accepted them.

    Without a `replaced` they are compared with those of the last run that wrote 台帳.json.
    """

    department: Department
    changes: tuple[RequestChange, ...]
    replaced: str | None = None


def changes_between(
    old: Sequence[ProjectState], now: Sequence[ProjectState]
) -> Iterator[RequestChange]:
    """Yield what changed of the requests of one department, in today's order, those that are gone last.

    A request that only moved to another sheet has not changed.
    """
    before = _before(old, now)
    for at, new in enumerate(now):
        kind = _kind(before.get(at), new)
        if kind:
            yield RequestChange(kind, before.get(at), new)
    kept = {id(one) for one in before.values()}
    yield from (RequestChange(ChangeKind.GONE, one, None) for one in old if id(one) not in kept)


def _before(old: Sequence[ProjectState], now: Sequence[ProjectState]) -> dict[int, ProjectState]:
    """Return by the place of a request what it was; one whose title alone tells that it is the same counts too."""
    places = place_projects(old, now, {})
    found = {at: one for one, at in zip(old, places, strict=True) if at is not None}
    kept = {id(one) for one in found.values()}
    rest = [one for one in old if id(one) not in kept]
    for at, new in enumerate(now):
        alike = [one for one in rest if one.title and canonical(one.title) == canonical(new.title)]
        if at not in found and len(alike) == 1:
            found[at] = alike[0]
            rest.remove(alike[0])
    return found


def _kind(old: ProjectState | None, new: ProjectState) -> ChangeKind | None:
    if old is None:
        return ChangeKind.NEW
    if canonical(old.title) != canonical(new.title):
        return ChangeKind.RENAMED
    if old.asked != new.asked:
        return ChangeKind.AMOUNT
    return ChangeKind.SOURCES if sorted(old.sources) != sorted(new.sources) else None
