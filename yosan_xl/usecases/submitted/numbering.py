"""NO: provisional (仮) at every run, in the order of the roster and of the sheets, until `yosan-xl number` gives them for good.

A final NO is its project's: where two sheets change places, each project takes its NO along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.history import ProjectState
from yosan_xl.model.intake import SummaryRow
from yosan_xl.model.request import Request
from yosan_xl.store.ledger import LEDGER_NAME, Ledger
from yosan_xl.store.publication import published_requests
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.submitted import codes
from yosan_xl.usecases.submitted.gathered import Gathered
from yosan_xl.usecases.year import form_of

NO_MOVED = Code(
    "YX761",
    weight=Weight.INFO,
    title="NOが事業と一緒に移った",
    fact="NO {no} の事業「{title}」は要求 {old} から {new} に移っていたので、NO {no} はこの要求に付けています。",
    remedy="別の事業のときは、対応表.csv に「移動,{new},（正しい要求書ID）」の行を書いて、もう一度実行してください。",
    why="一度付けたNOは事業のものです。シートを入れ替えても、事業のNOは変わりません。",
    wrong="NO 56 の要求書1と NO 57 の要求書2を入れ替えて出し直した。",
    right="同じシートのまま直して出し直した。",
)
NO_OF_ANOTHER = Code(
    "YX762",
    weight=Weight.WARNING,
    title="NOの付いた事業とちがう事業になった",
    fact="要求 {id} は、NO {no} を付けた「{title}」とちがう事業になっているので、NO {no} は付けていません。",
    remedy="同じ事業のときは、対応表.csv に「移動,{id},{id}」の行を書いてください。別の事業ならこのままで、NO {no} は欠番になります。",
    why="一度付けたNOは事業のものです。取り下げた事業のNOを、ほかの事業に付けることはありません。",
    wrong="NO 56 の要求書1に、まったく別の事業を書いて出し直した。",
    right="別の事業は、空いている要求書に書いた。",
)
NO_ID = Code(
    "YX798",
    weight=Weight.WARNING,
    title="要求書IDがないのでNOが付かない",
    fact="「{title}」には要求書IDがないので、NOを付けていません。",
    remedy="要求書のデータに要求書ID（id）を書いて、もう一度実行してください。",
    why="NOは要求書IDで覚えます。IDのない要求は、次に集計したときに同じものと分かりません。",
    wrong="要求書.json の要求に id がない。",
    right="要求書.json の要求に id「0103-1」がある。",
)
NO_TAKEN = Code(
    "YX799",
    weight=Weight.ERROR,
    title="ほかの要求のNOが書かれている",
    fact="要求 {id}「{title}」に書かれた{word} {no} は、ほかの要求のものです。どの要求にも、まだ何もしていません。",
    remedy="YX501 か YX510 の指摘のとおりに{word}を直してもらうか、要求書の{word}を空欄にしてもらって（付け直します）、もう一度実行してください。",
    to_department="要求書の{word}を空欄にしてください（財政課が付けます）。",
    why="一つのNOを二つの要求に付けて公表すると、どちらの要求のことか分からなくなります。付けたNOは、あとで変えられません。",
    wrong="NO 5 と書いた要求書が2枚あるまま yosan-xl number を実行した。",
    right="1枚を NO 6 に直してから yosan-xl number を実行した。",
)
NO_PUBLISHED = Code(
    "YX796",
    weight=Weight.WARNING,
    title="公表したNOが台帳にない",
    fact="台帳（台帳.json）にないNO {numbers}を、公表したもののとおりにしました。",
    remedy="台帳.json を消したか、古いものに戻していませんか。控えがあれば戻してください。なければ、このままでかまいません（公表したNOが台帳に入ります）。",
    why="公表したNOは、台帳をなくしても変わりません。ほかの要求に付けることもありません。",
    wrong="要求状況を公表したあとで、台帳.json を消した。",
    right="台帳.json を消さずに集計した。",
)
CODES = (NO_MOVED, NO_OF_ANOTHER, NO_ID, NO_TAKEN, NO_PUBLISHED)

Requests = dict[str, tuple[Request, Gathered]]
"""The requests of a run by id."""


@dataclass(frozen=True, slots=True, eq=False)
class Numbering:
    """By request id the NO of this run, and what does not agree with the ledger.

    `final` are those that were given for good, by request; `bases` has by NO what their projects are now. `brought` are the requests
    whose documents bring their NO, `heeded` the moves of 対応表.csv that were acted on.
    """

    numbers: Mapping[str, int]
    findings: tuple[Finding, ...] = ()
    final: Mapping[str, int] = field(default_factory=dict)
    bases: Mapping[int, ProjectState] = field(default_factory=dict)
    brought: frozenset[str] = frozenset()
    requests: Mapping[str, Request] = field(default_factory=dict)
    heeded: Mapping[str, str] = field(default_factory=dict)

    def put(self, item: Gathered) -> Gathered:
        """Return the request with its NO; one that was given keeps it, whatever the document says."""
        number = self.numbers.get(str(item.document.get("id")))
        keeps_own = number is None and item.document.get("no") is not None
        return item if keeps_own else item.with_no(number)

    def is_provisional(self, request_id: str | None) -> bool:
        """Return whether the NO of a request is 仮: neither given for good nor brought by its document."""
        is_numbered = request_id in self.numbers
        return is_numbered and request_id not in self.final and request_id not in self.brought

    def clashing(self, rows: Iterable[SummaryRow]) -> Iterator[SummaryRow]:
        """Yield those whose documents bring a NO that is another one's."""
        taken = {*self.numbers.values(), *self.bases}
        for row in rows:
            own, no = row.request.id, row.request.no
            if no is None or self.numbers.get(str(own)) == no:
                continue
            if no in taken or own is not None:
                yield row
            taken.add(no)

    @property
    def vacant(self) -> tuple[int, ...]:
        """Return 欠番: every final NO whose project is not there."""
        here = {no for request, no in self.final.items() if request in self.requests}
        return tuple(sorted({*self.final.values(), *self.bases} - here))


def with_published(
    known: Ledger, items: Sequence[Gathered], year: YearFolder
) -> tuple[Ledger, list[Finding]]:
    """Return the ledger with the NO of editions that it does not know, and what is told of them: one that was lost comes back.

    What a document brings needs none, nor a request that has another NO since.
    """
    brought = {item.request.no for item in items}
    numbered = {*known.numbers, *(basis.request for basis in known.bases.values())}
    lost = {
        one["no"]: one
        for one in published_requests(year.root)
        if one["no"] not in known.given | brought and one["id"] and one["id"] not in numbered
    }
    if not lost:
        return known, []
    from yosan_xl.model.continuity import basis_of

    axes = form_of(year).axes
    bases = {no: basis_of(Request.from_document(one, axes), one["id"]) for no, one in lost.items()}
    told = NO_PUBLISHED.at(Place(LEDGER_NAME), numbers=_shown(sorted(lost)))
    return replace(known, bases={**known.bases, **bases}), [told]


def _shown(numbers: Sequence[int]) -> str:
    first, *others = numbers
    return f"{first} から {others[-1]} までの {len(numbers)} 件" if others else f"{first} "


def number_requests(
    items: Sequence[Gathered],
    known: Ledger,
    roster: Roster,
    first: int,
    moves: Mapping[str, str] | None = None,
) -> Numbering:
    """Return a NO for every request: its project's in the ledger, the document's own, else a provisional one.

    Those are counted from `first` on, or after the last that was given. A NO that the ledger knows is never given again, also
    where its request was withdrawn. A request without an id cannot be told from others, and gets none. `moves` says by the id of a
    request which one it became.
    """
    requests = _once(items)
    final, bases, heeded, moved = _placed(requests, known, moves or {})
    kept, findings = _kept(requests, final)
    numbers = {**final, **kept}
    written = (request.no for request, _ in requests.values())
    free = _free(max((first - 1, *known.given)) + 1, {*numbers.values(), *bases, *written})
    for request_id in _in_order(requests, roster):
        if requests[request_id][0].no is None and request_id not in numbers:
            numbers[request_id] = next(free)
    return Numbering(
        numbers,
        findings=(*moved, *findings),
        final=final,
        bases=bases,
        brought=frozenset(one for one, (request, _) in requests.items() if request.no is not None),
        requests={one: request for one, (request, _) in requests.items()},
        heeded=heeded,
    )


def _placed(
    requests: Requests, known: Ledger, moves: Mapping[str, str]
) -> tuple[dict[str, int], dict[int, ProjectState], dict[str, str], list[Finding]]:
    """Return the final NO by request, by NO what their projects are now, the moves acted on, and what is to be told of it.

    A NO without a project of its own (of a ledger of before) stays with its request's id.
    """
    if not known.given:
        return {}, {}, {}, []
    from yosan_xl.model.continuity import (  # most runs have no NO yet
        acted_on,
        basis_of,
        place_projects,
        unheeded,
    )

    now = [basis_of(request, request_id) for request_id, (request, _) in requests.items()]
    old = _of_each_project(known)
    fresh = unheeded(moves, known.heeded)
    said = {at: fresh[one.request] for at, one in enumerate(old.values()) if one.request in fresh}
    places = place_projects([*old.values()], now, moves, said=said, beside=known.beside)
    found = {no: now[at] for no, at in zip(old, places, strict=True) if at is not None}
    heeded = acted_on(moves, ((old[no], new) for no, new in found.items()), requests, known.beside)
    final = {basis.request: no for no, basis in found.items()}
    for request_id, no in known.numbers.items():
        is_open = no not in known.bases or request_id not in requests
        if is_open and no not in found and request_id not in final:
            final[request_id] = no
    here = {one.request: one for one in now}
    plain = {no: here[one] for one, no in final.items() if one in here}
    told = _told_moves(requests, known, found)
    return final, {**known.bases, **plain}, heeded, list(told)


def _of_each_project(known: Ledger) -> dict[int, ProjectState]:
    """Return by NO what its project was; of several NO that one request was given, the one that it had last."""
    owners: dict[ProjectState, int] = {}
    for no, basis in sorted(known.bases.items()):
        if basis not in owners or known.numbers.get(basis.request) == no:
            owners[basis] = no
    return {no: basis for basis, no in owners.items()}


def _told_moves(
    requests: Requests, known: Ledger, found: Mapping[int, ProjectState]
) -> Iterator[Finding]:
    for no, basis in known.bases.items():
        new = found.get(no)
        if new is None and basis.request in requests:
            place = requests[basis.request][1].locate("/no")
            yield NO_OF_ANOTHER.at(place, "/no", id=basis.request, no=no, title=basis.title)
        elif new is not None and new.request != basis.request:
            place = requests[new.request][1].locate("/no")
            yield NO_MOVED.at(
                place, "/no", no=no, title=new.title, old=basis.request, new=new.request
            )


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
