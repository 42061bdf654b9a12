"""前年度: last year's requests beside this year's, and which of them go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from yosan_xl.model.money import ThousandYen
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import Rollup, SummaryRow
from yosan_xl.model.text import canonical

_ALIKE = 0.6
"""So alike (0 to 1) are two titles of one id at least: an id is but the place of a sheet in its book."""

Origin = tuple[str, str | None]
"""The file and the sheet of a request: what tells it from every other."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A request of this year, of last year, or of both."""

    now: SummaryRow | None
    last: SummaryRow | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both years' requests, in the order of this year's settings and roster."""

    now: Rollup
    last: Rollup

    def groups(self, fields: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Rollup, Rollup]]:
        """Give by these keys what is there in either year."""
        settings, roster = self.now.settings, self.now.roster
        both = Rollup.of((*self.now.rows, *self.last.rows), settings, roster)
        old = {origin(row) for row in self.last.rows}
        for group in both.groups(fields):
            last = tuple(row for row in group.rows if origin(row) in old)
            now = tuple(row for row in group.rows if origin(row) not in old)
            yield group.key, Rollup(now, settings, roster), Rollup(last, settings, roster)

    def pairs(self) -> dict[str, list[Pair]]:
        """Give by account this year's requests with last year's, then those that ended.

        Only within an account, so that every table of the two years has the same sums.
        """
        return {
            key[0]: list(_pairs(now.rows, last.rows)) for key, now, last in self.groups(["account"])
        }


def origin(row: SummaryRow) -> Origin:
    """Give what tells a request from every other of both years."""
    return row.source.file, row.source.sheet


def base(request: Request) -> ThousandYen:
    """Give the amount (千円) that this year is compared with: 予算額, else 要求額, else 0."""
    budgeted = request.total.budgeted
    return request.requested if budgeted is None else budgeted


def base_sum(rows: Iterable[SummaryRow]) -> int:
    """Give what these requests of last year come to (千円)."""
    return sum(base(row.request) for row in rows)


def trend(now: int, last: int) -> str:
    """Give 皆増 (from nothing), 皆減 (to nothing), 増, 減 or 同額."""
    if now == last:
        return "同額"
    if last == 0:
        return "皆増"
    if now == 0:
        return "皆減"
    return "増" if now > last else "減"


def _pairs(now: Sequence[SummaryRow], last: Sequence[SummaryRow]) -> Iterator[Pair]:
    found: dict[Origin, SummaryRow] = {}
    for key in (_id_and_title, _unit_and_title):
        found |= _matched(_without(now, found), _left(last, found), key)
    by_origin = {origin(row): row for row in now}
    for one, other in _matched(_without(now, found), _left(last, found), _id).items():
        if _is_alike(by_origin[one], other):
            found[one] = other
    yield from (Pair(row, found.get(origin(row))) for row in now)
    yield from (Pair(None, row) for row in _left(last, found))


def _matched(
    now: Sequence[SummaryRow],
    last: Sequence[SummaryRow],
    key: Callable[[Request], Hashable | None],
) -> dict[Origin, SummaryRow]:
    """Give last year's request of the same key where the key is one request's in each year."""
    times = [Counter(key(row.request) for row in rows) for rows in (now, last)]
    old = {key(row.request): row for row in last}
    return {
        origin(row): old[k]
        for row in now
        if (k := key(row.request)) is not None and all(seen[k] == 1 for seen in times)
    }


def _without(rows: Sequence[SummaryRow], found: Mapping[Origin, object]) -> list[SummaryRow]:
    return [row for row in rows if origin(row) not in found]


def _left(last: Sequence[SummaryRow], found: Mapping[Origin, SummaryRow]) -> list[SummaryRow]:
    taken = {origin(row) for row in found.values()}
    return [row for row in last if origin(row) not in taken]


def _id(request: Request) -> Hashable | None:
    return request.id


def _id_and_title(request: Request) -> Hashable | None:
    return (request.id, _title(request)) if request.id and request.title else None


def _unit_and_title(request: Request) -> Hashable | None:
    unit = request.department_code or canonical(request.department)
    return (unit, _title(request)) if request.title else None


def _is_alike(one: SummaryRow, other: SummaryRow) -> bool:
    titles = (_title(one.request), _title(other.request))
    return SequenceMatcher(None, *titles).ratio() >= _ALIKE


def _title(request: Request) -> str:
    return canonical(request.title or "")
