"""Which request of today is the project that something was decided of, or that has a NO: by what it is, not by its sheet.

Only what is certain is taken, from the surest sign to the weakest; each request is one project, and what nobody can be sure of
has no request: it waits, and people say in 対応表.csv (移動) which it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from yosan_xl.model.axes import ASKED, TOTAL
from yosan_xl.model.history import ProjectState
from yosan_xl.model.matching import likeness
from yosan_xl.model.request import Request
from yosan_xl.model.text import canonical

_ALIKE = 0.5


def basis_of(request: Request, key: str) -> ProjectState:
    """Return what a request is by now; `key` is its id, or where it stands."""
    asked = {
        source: amount for (stage, source), amount in request.amounts.items() if stage == ASKED
    }
    code = request.meaning("project_code")
    return ProjectState(
        request=key,
        department=request.department_code or "",
        project_code=code or "",
        title=request.title or "",
        asked=asked.pop(TOTAL, None),
        sources=tuple((source, amount) for source, amount in asked.items() if amount),
        lines=tuple((line.label or "", line.amount(ASKED)) for line in request.lines),
    )


def place_projects(
    bases: Sequence[ProjectState],
    now: Sequence[ProjectState],
    moves: Mapping[str, str],
    said: Mapping[int, str] | None = None,
    beside: Sequence[ProjectState] = (),
) -> list[int | None]:
    """Return for each project (as it was last seen) the place in `now` of the request that it is today, None where that is open.

    `moves` is what people said: by the id of a request that of the one that it became. By the place of a project `said` has what
    they said and nobody acted on yet: that goes before every sign. The requests that stood `beside` the projects in the last run are
    no project's but their own.
    """
    every = [*bases, *_others(beside, bases)]
    places, wanted = _Places.of(now), said or {}
    pairs = [
        (one, two)
        for one, old in enumerate(every)
        for two in places.candidates(old, {moves.get(old.request, ""), wanted.get(one, "")})
    ]
    # A project that stands unchanged stays, unless they said where it went.
    stays = {
        two
        for one, two in pairs
        if one < len(bases) and one not in wanted and every[one] == now[two]
    }
    meant = [(one, two) for one, two in pairs if wanted.get(one) == now[two].request]
    found = _sure([(one, two) for one, two in meant if two not in stays])
    for is_same in (_unchanged, *_SIGNS, _moved(moves)):
        taken = {*found.values()}
        pairs = [(one, two) for one, two in pairs if one not in found and two not in taken]
        found |= _sure([pair for pair in pairs if is_same(every[pair[0]], now[pair[1]])])
    return [found.get(at) for at in range(len(bases))]


def unheeded(moves: Mapping[str, str], heeded: Mapping[str, str]) -> dict[str, str]:
    """Return what people said and nobody acted on yet."""
    return {old: new for old, new in moves.items() if heeded.get(old) != new}


def acted_on(
    moves: Mapping[str, str],
    found: Iterable[tuple[ProjectState, ProjectState]],
    now: Collection[str],
    beside: Sequence[ProjectState],
) -> dict[str, str]:
    """Return what people said that needs no second look: of requests that are there `now`.

    `found` are the projects as they were and are. Of one that came in this run to a sheet where nothing was, people may say more.
    """
    came = {
        new.request
        for old, new in found
        if new.request not in (old.request, moves.get(old.request))
    }
    fresh = came - {one.request for one in beside}
    return {old: new for old, new in moves.items() if new in now and old not in fresh}


def _others(
    beside: Sequence[ProjectState], bases: Sequence[ProjectState]
) -> Iterator[ProjectState]:
    """Yield the requests of the last run of which nothing is known but that they were there."""
    known: dict[str, list[ProjectState]] = {}
    for base in bases:
        known.setdefault(base.request, []).append(base)
    for one in beside:
        if not any(is_same_project(base, one) for base in known.get(one.request, ())):
            yield one


def is_same_project(old: ProjectState, new: ProjectState) -> bool:
    """Return whether what stands on one sheet is certainly the same project still."""
    return any(is_same(old, new) for is_same in (_unchanged, *_SIGNS))


Sign = Callable[[ProjectState, ProjectState], bool]
"""Says whether a project and a request are certainly one."""


class _Places(NamedTuple):
    """The places of today's requests by what every sign looks at first: nobody compares all with all."""

    ids: Mapping[str, Sequence[int]]
    titles: Mapping[str, Sequence[int]]
    codes: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, now: Sequence[ProjectState]) -> _Places:
        return cls(
            _by([one.request for one in now]),
            _by([canonical(one.title) for one in now]),
            _by([one.project_code for one in now]),
        )

    def candidates(self, old: ProjectState, said: Iterable[str]) -> set[int]:
        return {
            *self.ids.get(old.request, ()),
            *(place for one in said for place in self.ids.get(one, ())),
            *self.titles.get(canonical(old.title), ()),
            *self.codes.get(old.project_code, ()),
        }


def _by(keys: Sequence[str]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        if key:
            found.setdefault(key, []).append(at)
    return found


def _sure(same: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Return the pairs of which neither side stands in another one."""
    of_old, of_new = Counter(one for one, _ in same), Counter(two for _, two in same)
    return {one: two for one, two in same if of_old[one] == of_new[two] == 1}


def _moved(moves: Mapping[str, str]) -> Sign:
    return lambda old, new: moves.get(old.request) == new.request


def _unchanged(old: ProjectState, new: ProjectState) -> bool:
    return old == new


def _same_code(old: ProjectState, new: ProjectState) -> bool:
    return bool(old.project_code) and old.project_code == new.project_code


def _exchanged(old: ProjectState, new: ProjectState) -> bool:
    return _is_near(old, new) and _same_title(old, new) and _same_content(old, new)


def _at_home(old: ProjectState, new: ProjectState) -> bool:
    return old.request == new.request and _same_title(old, new)


def _moved_within(old: ProjectState, new: ProjectState) -> bool:
    return _is_near(old, new) and _same_title(old, new) and _most_lines(old, new)


def _moved_away(old: ProjectState, new: ProjectState) -> bool:
    return _same_title(old, new) and _same_content(old, new)


def _retitled(old: ProjectState, new: ProjectState) -> bool:
    return old.request == new.request and not _other_code(old, new) and _most_lines(old, new)


def _reworded(old: ProjectState, new: ProjectState) -> bool:
    is_here = old.request == new.request and not _other_code(old, new)
    return is_here and likeness(old.title, new.title) >= _ALIKE and _shares(old, new)


_SIGNS: tuple[Sign, ...] = (
    *(_same_code, _exchanged, _at_home, _moved_within, _moved_away),
    *(_retitled, _reworded),
)
"""From the surest to the weakest."""


def _is_near(old: ProjectState, new: ProjectState) -> bool:
    return old.department == new.department


def _other_code(old: ProjectState, new: ProjectState) -> bool:
    return bool(old.project_code and new.project_code) and old.project_code != new.project_code


def _same_title(old: ProjectState, new: ProjectState) -> bool:
    title = canonical(old.title)
    return bool(title) and title == canonical(new.title) and not _other_code(old, new)


def _same_content(old: ProjectState, new: ProjectState) -> bool:
    return old.asked == new.asked and old.lines == new.lines and old.sources == new.sources


def _most_lines(old: ProjectState, new: ProjectState) -> bool:
    """Return whether most lines are the same, blank ones apart, or of a project without lines the amounts."""
    if not old.lines:
        return old.asked is not None and _same_content(old, new)
    same, most = _common(old, new), max(len(old.lines), len(new.lines))
    return same * 2 > most


def _shares(old: ProjectState, new: ProjectState) -> bool:
    return _common(old, new) > 0 or (old.asked == new.asked and old.asked is not None)


def _common(old: ProjectState, new: ProjectState) -> int:
    """Return how many lines that say something stand in both."""
    first, second = (
        Counter((canonical(label), amount) for label, amount in one.lines if label or amount)
        for one in (old, new)
    )
    return (first & second).total()
