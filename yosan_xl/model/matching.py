"""Which project of a year is which of the year before, and whether two sheets are one request.

Only what is certain is taken, the rest is asked. The map of people (対応表.csv) goes first. An id is the
number of a sheet in a department's book, so it may be given to another project next year: it counts
where the titles are alike. Before it goes 事業コード, where a form has it: one code, one project. Then the same title in the same unit. Likeness alone is never taken: it
becomes a question. A project that went over into another account ended in the one and is new in the
other: accounts are never mixed.

Two sheets are one request by what stands in them, not by the id that was handed out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from yosan_xl.model.axes import ASKED, ENVELOPE
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Line, Request
from yosan_xl.model.text import canonical


class SuccessionKind(Enum):
    """What a row of 対応表.csv is about."""

    DEPARTMENT = "所管課"
    PROJECT = "事業"
    MOVED = "移動"


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """A row of 対応表.csv: `old` became `new` in `year`, in any year where that is None.

    `row` is 1-based as Excel counts. A project whose `new` is empty has no successor.
    """

    row: int
    kind: SuccessionKind
    old: str
    new: str
    year: FiscalYear | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """All rows of a 対応表.csv called `file`."""

    links: tuple[SuccessionRow, ...] = ()
    file: str = "対応表.csv"

    def of(self, kind: SuccessionKind, old: FiscalYear, new: FiscalYear) -> Iterator[SuccessionRow]:
        """Return the rows that count for the step from one year to a later one."""
        for link in self.links:
            if link.kind is kind and (link.year is None or old < link.year <= new):
                yield link

    def moves(self, year: FiscalYear) -> dict[str, str]:
        """Return the requests that became others within the year, by id: what was decided of them goes along."""
        return {
            link.old: link.new
            for link in self.links
            if link.kind is SuccessionKind.MOVED and link.year in (None, year)
        }


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
    found |= _by_key(old, new, found, said, _code)
    found |= _by_id(old, new, found, said)
    found |= _by_key(old, new, found, said, _title)
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
    """Return whether two titles may name the same project; a title not given says nothing."""
    if not one or not two:
        return True
    first, second = canonical(one), canonical(two)
    return first in second or second in first or likeness(one, two) >= _ALIKE


def _by_id(
    old: Sequence[Project],
    new: Sequence[Project],
    found: Mapping[int, int],
    said: Container[int],
) -> Mapping[int, int]:
    place = {project.request.id: at for at, project in reversed([*enumerate(new)])}
    same, taken = {}, _taken_by_code(old, new, found)
    for at, project in enumerate(old):
        there = place.get(project.request.id) if project.request.id else None
        if there is None or at in said or at in found or there in taken:
            continue
        if alike(project.request.title, new[there].request.title):
            same[at] = there
    return same


def _taken_by_code(
    old: Sequence[Project], new: Sequence[Project], found: Mapping[int, int]
) -> set[int]:
    """Return the new projects whose code says which old one they are."""
    return {
        two
        for one, two in found.items()
        if _code(old[one])[1] and _code(old[one]) == _code(new[two])
    }


_Key = tuple[str, str]


def _code(project: Project) -> _Key:
    """Return 事業コード, which is one project's wherever it belongs to."""
    return "", canonical(project.request.meaning("project_code") or "")


def _title(project: Project) -> _Key:
    return project.unit, canonical(project.request.title or "")


def _by_key(
    old: Sequence[Project],
    new: Sequence[Project],
    found: Mapping[int, int],
    said: Iterable[int],
    key: Callable[[Project], _Key],
) -> Mapping[int, int]:
    """Match what is open by a key that stands once in either year."""
    before = _single(old, {*said, *found}, key)
    after = _single(new, set(found.values()), key)
    return {before[one]: after[one] for one in before if one in after}


def _single(
    projects: Sequence[Project], done: set[int], key: Callable[[Project], _Key]
) -> dict[_Key, int]:
    """Return the places of the keys that stand once."""
    keys = [key(one) for one in projects]
    times = Counter(keys)
    return {key: at for at, key in enumerate(keys) if at not in done and key[1] and times[key] == 1}


def _likely(old: Sequence[Project], new: Sequence[Project]) -> Iterator[Likely]:
    """Yield for each old project the new one of its account that it may be: that of its id, or the most alike."""
    by_id = {(one.account, one.request.id): one for one in reversed(new) if one.request.id}
    there: dict[str, set[int]] = defaultdict(set)
    for at, project in enumerate(new):
        there[project.account].add(at)
    titles = _Titles.of(new)
    for project in old:
        same = by_id.get((project.account, project.request.id or ""))
        near = titles.nearest(project.request.title or "", there[project.account])
        if near is not None:
            yield Likely(project, new[near], new[near] is same)
        elif same is not None:
            yield Likely(project, same, True)


@dataclass(frozen=True, slots=True)
class _Titles:
    """The letter pairs of every title, and the places of the titles that have each of them."""

    sizes: Sequence[int]
    places: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, projects: Sequence[Project]) -> _Titles:
        places: dict[str, list[int]] = defaultdict(list)
        sizes = []
        for at, project in enumerate(projects):
            pairs = _pairs(project.request.title or "")
            sizes.append(len(pairs))
            for pair in pairs:
                places[pair].append(at)
        return cls(sizes, places)

    def nearest(self, title: str, there: Container[int]) -> int | None:
        """Return the place, among those `there`, of the title most alike; None where none is alike."""
        pairs = _pairs(title)
        shared = Counter(at for pair in pairs for at in self.places.get(pair, ()))
        # What `likeness` says of the two, from the pairs that are counted already.
        alike = (
            (2 * count / (len(pairs) + self.sizes[at]), -at)
            for at, count in shared.items()
            if at in there
        )
        near, at = max(alike, default=(0.0, 0))
        return -at if near >= _ALIKE else None


def _pairs(name: str) -> frozenset[str]:
    text = canonical(name)
    return (
        frozenset(text[at : at + 2] for at in range(max(len(text) - 1, 1))) if text else frozenset()
    )


_OWN = (ENVELOPE["id"],)
"""What names a request and is no part of what it asks for."""
_LONG_TEXT = 20
"""So many letters are not written alike by chance; 「特定財源なし」 and the like are."""


def same_content(one: Request, two: Request) -> bool:
    """Return whether two sheets say the same in every field but their id and NO."""
    return _content(one) == _content(two)


def same_project(one: Request, two: Request) -> bool:
    """Return whether two sheets have title, every line and a long text in common."""
    title, words = canonical(one.title or ""), words_of(one) & words_of(two)
    lines = Counter(map(_line_key, one.lines))
    return title in words and len(words) > 1 and lines == Counter(map(_line_key, two.lines))


def is_like(one: Request, two: Request, least: int = 1) -> bool:
    """Return whether two sheets certainly are editions of one request.

    They have the same title, or most lines (at least `least`) with the same label and amount.
    """
    title = canonical(one.title or "")
    is_titled = bool(title) and title == canonical(two.title or "")
    return is_titled or has_most_lines(one, two, least)


def has_most_lines(one: Request, two: Request, least: int = 1) -> bool:
    """Return whether most lines (at least `least`) are the same, by label and amount."""
    lines, others = (Counter(map(_line_key, request.lines)) for request in (one, two))
    same, most = (lines & others).total(), max(lines.total(), others.total())
    return same >= least and same * 2 > most


def words_of(request: Request) -> set[str]:
    """Return the title, and what was written at some length: the words of the year's lists are not."""
    listed = {request.account, request.kan, request.category}
    texts = {text for text in request.texts.values() if len(text) >= _LONG_TEXT} - listed
    return {canonical(request.title or ""), *texts} - {""}


def common_marks(request: Request) -> set[tuple[str, tuple[str, int | None]]]:
    """Return each of its `words_of` with each of its lines: sheets with a word and most lines in common share one."""
    lines = set(map(_line_key, request.lines))
    return {(word, line) for word in words_of(request) for line in lines}


def has_all_of(old: Mapping[str, Request], new: Mapping[str, Request]) -> bool:
    """Return whether a book of requests (by id) has all that an earlier one has, corrections apart.

    Amounts and texts may be others, and a line may be cut; but where one book has lines that the
    other lacks and the other way round, or a text is gone, two people wrote in two copies.
    """
    if not old.keys() <= new.keys():
        return False
    pairs = [(request, new[key]) for key, request in old.items()]
    apart = [_apart(one.lines, two.lines) for one, two in pairs]
    cut, added = (any(lines[side] for lines in apart) for side in (0, 1))
    emptied = any(_texts(one) - _texts(two) for one, two in pairs)
    filled = any(_texts(two) - _texts(one) for one, two in pairs)
    return not emptied and not (cut and (added or filled or len(new) > len(old)))


def _content(request: Request) -> Request:
    texts = {key: text for key, text in request.texts.items() if key not in _OWN}
    return replace(request, id=None, no=None, texts=texts)


def _texts(request: Request) -> set[str]:
    return {key for key, text in request.texts.items() if text.strip()}


def _line_key(line: Line) -> tuple[str, int | None]:
    return canonical(line.label or ""), line.amount(ASKED)


def _apart(old: Sequence[Line], new: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that have no counterpart: by label, else by a like label or the same amount."""
    gone, fresh = list(old), list(new)
    for same in (_same_label, _is_reworded):
        for line, other in list(_line_pairs(gone, fresh)):
            if line in gone and other in fresh and same(line, other):
                gone.remove(line)
                fresh.remove(other)
    return gone, fresh


def _line_pairs(gone: Sequence[Line], fresh: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    return ((line, other) for line in gone for other in fresh)


def _same_label(line: Line, other: Line) -> bool:
    return canonical(line.label or "") == canonical(other.label or "")


def _is_reworded(line: Line, other: Line) -> bool:
    amounts = {line.amount(ASKED), other.amount(ASKED)}
    return alike(line.label, other.label) or (len(amounts) == 1 and amounts != {None})
