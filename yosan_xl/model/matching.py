"""Which project of a year is which of the year before: only what is certain, the rest is asked.

The map of people goes first. An id is the number of a sheet in a department's book, so it may be
given to another project next year: it counts where the titles are alike. Then the same title in
the same unit. Likeness alone is never taken: it becomes a question. A project that went over into
another account ended in the one and is new in the other: accounts are never mixed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from yosan_xl.model.request import Request
from yosan_xl.model.text import canonical

_ALIKE = 0.5
"""Share of letter pairs from which on two names are alike; it only decides what is asked."""


@dataclass(frozen=True, slots=True)
class Project:
    """A request, and the unit it belongs to as the later year knows it."""

    request: Request
    unit: str

    @property
    def account(self) -> str:
        """会計, an empty text where it is not given."""
        return self.request.account or ""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two projects that may be one; `same_id` where they have the id in common."""

    old: Project
    new: Project
    same_id: bool


@dataclass(frozen=True, slots=True)
class Matching:
    """`successor` has by the place of an old project that of the new one; the rest is open.

    `moved` are in another account now, and so no successors.
    """

    successor: Mapping[int, int]
    likely: tuple[Likely, ...]
    moved: Mapping[int, int]


def match(
    old: Sequence[Project], new: Sequence[Project], said: Mapping[int, int | None]
) -> Matching:
    """Match projects by place (0-based); `said` is what people said, None for no successor."""
    found = {one: two for one, two in said.items() if two is not None}
    found |= _by_id(old, new, said)
    found |= _by_title(old, new, {*said, *found}, set(found.values()))
    left = [at for at in range(len(old)) if at not in found and at not in said]
    fresh = [at for at in range(len(new)) if at not in set(found.values())]
    likely = _likely([old[at] for at in left], [new[at] for at in fresh])
    moved = {one: two for one, two in found.items() if old[one].account != new[two].account}
    kept = {one: two for one, two in found.items() if one not in moved}
    return Matching(kept, tuple(likely), moved)


def likeness(one: str, two: str) -> float:
    """Return how many of the letter pairs of two names are shared: 0 to 1 (Dice)."""
    first, second = _pairs(one), _pairs(two)
    together = len(first) + len(second)
    return 2 * len(first & second) / together if together else 0.0


def alike(one: str | None, two: str | None) -> bool:
    """Tell whether two titles may name the same project; a title not given says nothing."""
    if not one or not two:
        return True
    first, second = canonical(one), canonical(two)
    return first in second or second in first or likeness(one, two) >= _ALIKE


def _by_id(
    old: Sequence[Project], new: Sequence[Project], said: Iterable[int]
) -> Mapping[int, int]:
    place = {project.request.id: at for at, project in reversed([*enumerate(new)])}
    found = {}
    for at, project in enumerate(old):
        there = place.get(project.request.id) if project.request.id else None
        if there is None or at in said:
            continue
        if alike(project.request.title, new[there].request.title):
            found[at] = there
    return found


def _by_title(
    old: Sequence[Project], new: Sequence[Project], done: set[int], taken: set[int]
) -> Mapping[int, int]:
    before = _single(old, done)
    after = _single(new, taken)
    return {before[key]: after[key] for key in before if key in after}


def _single(projects: Sequence[Project], done: set[int]) -> dict[tuple[str, str], int]:
    """Return the places of the titles that stand once in their unit."""
    keys = [(one.unit, canonical(one.request.title or "")) for one in projects]
    times = Counter(keys)
    return {key: at for at, key in enumerate(keys) if at not in done and key[1] and times[key] == 1}


def _likely(old: Sequence[Project], new: Sequence[Project]) -> Iterator[Likely]:
    """Yield for each old project the new one of its account that it may be: that of its id, or the most alike."""
    by_id = {(one.account, one.request.id): one for one in reversed(new) if one.request.id}
    by_pair = _by_pair(new)
    for project in old:
        same = by_id.get((project.account, project.request.id or ""))
        nearest = _nearest(project, new, by_pair)
        if nearest is not None:
            yield Likely(project, nearest, nearest is same)
        elif same is not None:
            yield Likely(project, same, True)


def _by_pair(new: Sequence[Project]) -> Mapping[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, project in enumerate(new):
        for pair in _pairs(project.request.title or ""):
            places[pair].append(at)
    return places


def _nearest(
    project: Project, new: Sequence[Project], by_pair: Mapping[str, list[int]]
) -> Project | None:
    title = project.request.title or ""
    shared = Counter(at for pair in _pairs(title) for at in by_pair.get(pair, ()))
    there = (at for at in shared if new[at].account == project.account)
    best = [(likeness(title, new[at].request.title or ""), -at) for at in there]
    near, at = max(best, default=(0.0, 0))
    return new[-at] if near >= _ALIKE else None


def _pairs(name: str) -> frozenset[str]:
    text = canonical(name)
    return (
        frozenset(text[at : at + 2] for at in range(max(len(text) - 1, 1))) if text else frozenset()
    )
