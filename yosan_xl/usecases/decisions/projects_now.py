"""Where the projects of which something was decided are now: a decision belongs to a project, not to a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from yosan_xl.model.continuity import acted_on, basis_of, place_projects, unheeded
from yosan_xl.model.decision import request_key
from yosan_xl.model.history import DecisionHistory, ProjectState
from yosan_xl.model.rollup import SummaryRow

GONE = "要求が集計に入っていないため"
_OTHER_PROJECT = "要求書 {request} は今は別の事業で、この事業の要求が見つからないため"


@dataclass(frozen=True, slots=True)
class ProjectsNow:
    """The requests of this run, and which of them each project of a history is.

    `now` has by the last known basis of a project the key of its request, None where that is open; `moved` are the
    projects that stand on another sheet than before; `history` knows what became of each.
    """

    before: DecisionHistory
    history: DecisionHistory
    counted: frozenset[str]
    bases: Mapping[str, ProjectState]
    now: Mapping[int, str | None]
    moved: tuple[tuple[ProjectState, ProjectState], ...]

    @classmethod
    def of(
        cls,
        history: DecisionHistory,
        rows: Sequence[SummaryRow],
        others: Sequence[SummaryRow],
        moves: Mapping[str, str],
        beside: Sequence[ProjectState] = (),
    ) -> ProjectsNow:
        """Find the projects among the `rows` that count and the `others` that do not.

        `beside` are the requests that were there in the last run.
        """
        states: dict[str, ProjectState] = {}
        for one in (*rows, *others):  # one that was handed in twice is there once, as it counts
            key = request_key(one.request.id, one.source)
            states.setdefault(key, basis_of(one.request, key))
        every = [*states.values()]
        used = {history.latest(one.basis) for one in history.records if one.basis is not None}
        latest = sorted(used)
        places = place_projects(
            [history.bases[at] for at in latest],
            every,
            moves,
            said=_said(history, latest, moves),
            beside=beside,
        )
        found = {
            at: every[place] for at, place in zip(latest, places, strict=True) if place is not None
        }
        pairs = [(history.bases[at], new) for at, new in found.items()]
        return cls(
            before=history,
            history=replace(
                _continued(history, found, states, {*latest}),
                heeded=acted_on(moves, pairs, states, beside),
            ),
            counted=frozenset(request_key(one.request.id, one.source) for one in rows),
            bases=states,
            now={at: found[at].request if at in found else None for at in latest},
            moved=tuple((old, new) for old, new in pairs if old.request != new.request),
        )

    def place(self, basis: int, request: str) -> tuple[str | None, str]:
        """Return the request that counts of the project of a basis, or why there is none; `request` is where it stood."""
        key = self.now[self.before.latest(basis)]
        if key in self.counted:
            return key, ""
        is_other = key is None and request in self.bases
        return None, _OTHER_PROJECT.format(request=request) if is_other else GONE

    def went(self, old: str, new: str) -> bool:
        """Return whether a project that stood at a request once is another now."""
        stood = {
            self.before.latest(at) for at, one in enumerate(self.before.bases) if one.request == old
        }
        return any(self.now.get(at) == new for at in stood)

    def is_as(self, basis: int, request: str) -> bool:
        """Return whether a request asks for the same as when something was decided of it."""
        then, now = self.before.bases[basis], self.bases[request]
        return then.asked is None or (
            then.asked == now.asked and (not then.sources or then.sources == now.sources)
        )


def _said(
    history: DecisionHistory, latest: Sequence[int], moves: Mapping[str, str]
) -> dict[int, str]:
    """Return by the place of a project in `latest` which request people say it is, where nobody acted on that yet.

    They say it by the request that it was last, or by one that it was before.
    """
    stood: dict[int, set[str]] = defaultdict(set)
    for at, basis in enumerate(history.bases):
        stood[history.latest(at)].add(basis.request)
    said: dict[int, str] = {}
    for old, new in unheeded(moves, history.heeded).items():
        once = [place for place, at in enumerate(latest) if old in stood[at]]
        last = {place: history.bases[latest[place]].request for place in once}
        if new not in last.values():
            here = [place for place in once if last[place] == old]
            said |= dict.fromkeys(here or once, new)
    return said


def _continued(
    history: DecisionHistory,
    found: Mapping[int, ProjectState],
    states: Mapping[str, ProjectState],
    latest: Collection[int],
) -> DecisionHistory:
    """Return a history with what became of each project; `states` are all requests now, `latest` the last bases of all projects."""
    bases, continued = list(history.bases), dict(history.continued)
    numbers, held = {basis: at for at, basis in enumerate(bases)}, {*found.values()}
    for at, new in found.items():
        if new == bases[at]:
            continue
        number = numbers.get(new, len(bases))
        if number in latest or _leads_to(continued, number, at):
            # It is again what it was before, or what another project was: chains neither close to a circle nor meet.
            number = len(bases)
        if number == len(bases):
            bases.append(new)
            numbers.setdefault(new, number)
        continued[at] = number
        if states.get(bases[at].request) == bases[at] and bases[at] not in held:
            # What it was taken for is another project, of which something may be decided from now on.
            bases.append(bases[at])
    return replace(history, bases=tuple(bases), continued=continued)


def _leads_to(continued: Mapping[int, int], start: int, end: int) -> bool:
    seen: set[int] = set()
    while start in continued and start not in seen:
        seen.add(start)
        start = continued[start]
    return start == end
