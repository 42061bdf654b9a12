"""NO: given at first acceptance, in the order of the roster and of the sheets, and never changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Finding
from yosan_xl.model.request import Request
from yosan_xl.usecases import codes
from yosan_xl.usecases.gathered import Gathered

Requests = dict[str, tuple[Request, Gathered]]
"""The requests of a run by id."""


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """By request id every NO ever given, and what does not agree with the ledger."""

    numbers: Mapping[str, int]
    findings: tuple[Finding, ...]

    def put(self, item: Gathered) -> Gathered:
        """Return the request with its NO; one that was given keeps it, whatever the document says."""
        number = self.numbers.get(str(item.document.get("id")))
        keeps_own = number is None and item.document.get("no") is not None
        return item if keeps_own else item.with_no(number)


def number_requests(
    items: Sequence[Gathered], known: Mapping[str, int], roster: Roster, first: int
) -> Numbering:
    """Return a NO from `first` on to every request that has none; `known` are those of the ledger.

    A NO in a document is kept. A NO that the ledger knows is never given again, also where its
    request was withdrawn. A request without an id cannot be told from others, and gets none.
    """
    requests = _once(items)
    kept, findings = _kept(requests, known)
    numbers = {**known, **kept}
    written = (request.no for request, _ in requests.values())
    free = _free(first, {*numbers.values(), *written})
    for request_id in _in_order(requests, roster):
        if requests[request_id][0].no is None and request_id not in numbers:
            numbers[request_id] = next(free)
    return Numbering(numbers, tuple(findings))


def _kept(requests: Requests, known: Mapping[str, int]) -> tuple[dict[str, int], list[Finding]]:
    """Return the NO that documents bring with them, and where the ledger says otherwise."""
    kept: dict[str, int] = {}
    findings: list[Finding] = []
    written: dict[int | None, list[str]] = {}
    for other, (one, _) in requests.items():
        written.setdefault(one.no, []).append(other)
    owners: dict[int, str] = {}
    for other, number in known.items():
        owners.setdefault(number, other)
    taken = set(owners)
    for request_id, (request, item) in requests.items():
        no = request.no
        if no is None or known.get(request_id) == no:
            continue
        if told := _clash(request_id, no=no, known=known, owner=owners.get(no), twins=written[no]):
            findings.append(codes.NO_CLASH.at(item.locate("/no"), "/no", no=no, told=told))
        elif no not in taken:  # else YX501 tells of the two
            kept[request_id] = no
            taken.add(no)
    return kept, findings


def _once(items: Sequence[Gathered]) -> Requests:
    """Return the requests by id; one that is handed in twice has one NO."""
    found: dict[str, tuple[Request, Gathered]] = {}
    for item in items:
        request = item.request
        if request.id is not None:
            found.setdefault(request.id, (request, item))
    return found


def _clash(
    request_id: str,
    no: int,
    known: Mapping[str, int],
    owner: str | None,
    twins: Sequence[str],
) -> str | None:
    """Return what the ledger has instead, None where it has nothing against this NO.

    `owner` is the request that the ledger gave it to. Of `twins`, the requests in whose documents this NO stands, YX501 tells.
    """
    if request_id in known:
        return f"この要求（{request_id}）に付けたNO {known[request_id]} とちがいます"
    return f"要求 {owner} に付けた番号です" if owner and owner not in twins else None


def _free(first: int, used: set[int | None]) -> Iterator[int]:
    return (number for number in count(first) if number not in used)


def _in_order(requests: Requests, roster: Roster) -> list[str]:
    """Return the ids in the order of the roster, then of the sheets (10 after 2)."""

    def place(request_id: str) -> tuple[int, list[int], str]:
        code = requests[request_id][0].department_code or ""
        sheet = re.findall("[0-9]+", request_id.removeprefix(code))
        return roster.position(code), [int(part) for part in sheet], request_id

    return sorted(requests, key=place)
