"""`publish`: read, count, refuse what cannot be published, and put the edition in its place, once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.axes import ASKED, DECIDED, Axes
from yosan_xl.model.finding import Code, Finding, Place, unexplained
from yosan_xl.model.money import with_unit
from yosan_xl.model.request import Document, Request
from yosan_xl.model.settings import DECISIONS, REQUESTS
from yosan_xl.store.files import Files
from yosan_xl.store.places import FilePlace
from yosan_xl.store.publication import clear_aside, next_folder, put_edition
from yosan_xl.store.write import write_bytes
from yosan_xl.usecases.counted import Counted, Outcome, count, remember
from yosan_xl.usecases.diff import ValueChange, changed_values
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.number import refuse_clashes
from yosan_xl.usecases.outputs import PUBLISHED, told_of_paths
from yosan_xl.usecases.publish import codes
from yosan_xl.usecases.publish.edition import (
    HELD_BACK,
    called,
    decisions_edition,
    of_lines,
    refusals,
    requests_edition,
    with_late,
)
from yosan_xl.usecases.publish.files import OfficePdf, PrintPdf, edition_files, missing_pdf
from yosan_xl.usecases.publish.frozen import (
    Edition,
    EditionChange,
    published_edition,
    read_edition,
)
from yosan_xl.usecases.submitted.read import Progress
from yosan_xl.usecases.year import form_of

_MOST_TOLD = 60
"""Differences that are listed: an edition may have 1,500 requests."""


@dataclass(frozen=True, slots=True)
class Published(Outcome):
    """The edition that stands in `folder`; `is_new` is false where the same stood there already.

    `own` are the findings of the publication itself, `files` the names of what was written (a PDF alone where that was lacking), `changes` what became of requests; `number_word` is
    what the form calls NO, `amounts` what the edition comes to in words.
    """

    own: tuple[Finding, ...]
    folder: Path | None
    is_new: bool
    files: tuple[str, ...]
    changes: tuple[EditionChange, ...]
    undecided: int
    number_word: str
    amounts: str

    @property
    def warned(self) -> tuple[Finding, ...]:
        """Return the warnings of the books that nobody gave a reason for."""
        own = {id(one) for one in self.own}
        return tuple(one for one in unexplained(self.findings) if id(one) not in own)


def publish(
    here: Path,
    edition: str,
    progress: Progress = lambda files: files,
    *,
    add: bool = False,
    anyway: bool = False,
    with_pdf: bool = True,
    disk: Files | None = None,
) -> Published:
    """Publish an edition of the year folder `here`; raise WrongInput for what is in its way.

    `add` adds late requests to one that was published, and what was decided since; `anyway` publishes as 未定 what is not decided.
    """
    counted = count((), here, progress)
    if edition == REQUESTS:
        counted = counted.of_requests()
    if not counted.rows:
        return _outcome(counted, None, is_new=False)
    _refuse_provisional(counted)
    refuse_clashes(counted)
    before = published_edition(counted.year, edition)
    now = _edition(counted, edition, before, anyway=anyway)
    wanted, told = _wanted(before, now, add=add)
    told = (*told, *of_lines(wanted, counted))
    pdf = _office() if with_pdf else None
    if before and wanted is before:
        clear_aside(counted.year.root)
        return _with_pdf(counted, before, pdf, told)
    made = edition_files(wanted, pdf)
    told = (*told, *remember(counted))
    folder = put_edition(
        counted.year.root, next_folder(counted.year.root, edition), made.files, disk
    )
    own = (*told, *made.findings, *told_of_paths(folder / name for name in made.files))
    done = read_edition(counted.year, edition)
    return _outcome(counted, done, is_new=True, own=own, files=(*made.files,))


def _with_pdf(
    counted: Counted, edition: Edition, pdf: PrintPdf | None, told: tuple[Finding, ...]
) -> Published:
    """Return what stands there, with the PDF that it lacked where one can be made now."""
    place = counted.year.at(FilePlace.PUBLICATION, edition=edition.folder)
    made = missing_pdf(edition, place, pdf)
    for name, data in made.files.items():
        write_bytes(place / name, data, PUBLISHED)
    own = (*told, *made.findings)
    return _outcome(counted, edition, is_new=False, own=own, files=(*made.files,))


def _office() -> OfficePdf | None:
    from yosan_xl.excel.pdf import find_office

    office = find_office()
    return OfficePdf(office) if office else None


def _outcome(
    counted: Counted,
    edition: Edition | None,
    *,
    is_new: bool,
    own: tuple[Finding, ...] = (),
    files: tuple[str, ...] = (),
) -> Published:
    folder = counted.year.at(FilePlace.PUBLICATION, edition=edition.folder) if edition else None
    return Published(
        intake=counted.intake,
        findings=(*counted.findings, *own),
        own=(*counted.own, *own),
        folder=folder,
        is_new=is_new,
        files=files,
        changes=edition.changes if edition else (),
        undecided=len(edition.undecided) if edition else 0,
        number_word=counted.rollup.axes.word("no"),
        amounts=_amounts(edition) if edition else "",
    )


def _amounts(edition: Edition) -> str:
    """Return 要求 9 件、要求額 383,511千円, and what is decided of it where the edition shows decisions."""
    rollup, axes = edition.rollup, edition.axes
    sums = rollup.sums(rollup.rows)
    said = [f"要求 {sums.count:,} 件", _amount(axes, ASKED, sums.requested)]
    if edition.name == DECISIONS:
        known, how_far = sums.known(DECIDED), sums.how_far(DECIDED)
        own = HELD_BACK if known is None else _amount(axes, DECIDED, known)
        said.append(f"{own}（{how_far}）" if how_far else own)
    return "、".join(said)


def _amount(axes: Axes, stage: str, amount: int) -> str:
    return f"{axes.stage(stage).label} {with_unit(amount, axes.unit)}"


def _refuse_provisional(counted: Counted) -> None:
    """Raise WrongInput where a request has no NO, or one that may be another tomorrow."""
    found = [row for row in counted.rows if row.provisional or row.request.no is None]
    if found:
        names = "、".join(f"「{row.request.title or ''}」" for row in found[:3])
        more = " ほか" if len(found) > len(found[:3]) else ""
        word = counted.rollup.axes.word("no")
        raise WrongInput(
            codes.NO_NUMBER.at(found[0].source, count=len(found), word=word, called=names + more)
        )


def _edition(counted: Counted, edition: str, before: Edition | None, *, anyway: bool) -> Edition:
    if edition == REQUESTS:
        return requests_edition(counted, edition)
    requests = published_edition(counted.year, REQUESTS)
    if requests is None and not anyway:
        raise WrongInput(codes.NOT_PUBLISHED.at(Place("公表"), edition=REQUESTS))
    found = list(refusals(counted, requests))
    if found and not anyway:
        raise WrongInput(*found)
    return decisions_edition(counted, DECISIONS, requests, before)


def _wanted(
    before: Edition | None, now: Edition, *, add: bool
) -> tuple[Edition, tuple[Finding, ...]]:
    """Return what is to stand there: the edition of now, what stands there already, or that with late requests; raise WrongInput."""
    nothing_late = codes.NOTHING_LATE.at(Place("公表"), edition=now.name)
    if before is None:
        if add:
            raise WrongInput(nothing_late)
        return now, ()
    late = [document for document in now.documents if document["no"] not in before.by_no]
    wanted = with_late(before, now)
    settled = before.undecided - wanted.undecided
    if add and wanted.documents != before.documents:
        return wanted, tuple(_differences(wanted, now, codes.KEPT_AS_PUBLISHED))
    differing = list(_differences(before, now, codes.FROZEN, but=settled))
    if add and not differing:
        raise WrongInput(nothing_late)
    differing += [_decided(no, wanted) for no in sorted(settled)]
    differing += [_late(Request.from_document(one, now.axes), now) for one in late]
    if differing:
        raise WrongInput(*differing[:_MOST_TOLD])
    return before, ()


def _differences(
    before: Edition, now: Edition, code: Code, but: Collection[int] = ()
) -> Iterator[Finding]:
    """Yield of every request of an edition, `but` those with these NO, what is not so any more."""
    for no, document in before.by_no.items():
        if no in but:
            continue
        request = Request.from_document(document, now.axes)
        place = Place(before.folder, f"{now.axes.word('no')} {no}")
        is_held = no in now.undecided - before.undecided
        facts = {"called": called(request), "folder": before.folder, "then": _then(now, is_held)}
        for one in _held(request) if is_held else _changed(document, now):
            yield code.at(place, field=one.label, before=one.before, after=one.after, **facts)


def _changed(document: Document, now: Edition) -> Iterator[ValueChange]:
    """Yield what is not so any more of a request that was published."""
    found = now.by_no.get(document["no"])
    if found is None:
        yield ValueChange("", "要求", "あり", "取り下げられたか、ない")
    else:
        yield from changed_values(document, found, form_of(now.year))


def _held(request: Request) -> Iterator[ValueChange]:
    """Yield that a decision that was published is open again."""
    amount = with_unit(request.amount(DECIDED) or 0, request.axes.unit)
    yield ValueChange("", f"「{request.axes.amount_label(DECIDED)}」", amount, HELD_BACK)


def _then(now: Edition, is_held: bool) -> str:
    """Return where what stays as it was published will be seen."""
    axes = now.axes
    if is_held:
        return (
            f"決め直したあとの yosan-xl publish {now.name} --add で、次の版の変更一覧に載ります。"
        )
    if now.name == DECISIONS:
        return "公表した要求の内容は、次の版でも変わりません。"
    return f"{axes.amount_label(ASKED)}、{axes.word('title')}、所管課の変更は、決定状況の変更一覧に載ります。"


def _decided(no: int, edition: Edition) -> Finding:
    request = Request.from_document(edition.by_no[no], edition.axes)
    amount = with_unit(request.amount(DECIDED) or 0, request.axes.unit)
    place = Place(edition.folder, f"{request.axes.word('no')} {no}")
    return codes.DECIDED_SINCE.at(
        place, called=called(request), amount=amount, edition=edition.name
    )


def _late(request: Request, edition: Edition) -> Finding:
    amount = request.amount(ASKED)
    said = HELD_BACK if amount is None else with_unit(amount, request.axes.unit)
    place = Place(edition.name, f"{request.axes.word('no')} {request.no}")
    return codes.LATE.at(place, called=called(request), amount=said, edition=edition.name)
