"""What an edition shows: requests alone, or as they were published with what was decided; and what became of them between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from yosan_xl.form.definition import Definition
from yosan_xl.model.axes import ASKED, DECIDED, TOTAL, Amounts, Axes
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.intake import Doubtful, SummaryRow
from yosan_xl.model.money import Money, with_unit
from yosan_xl.model.public import public_document, undecided, why_open
from yosan_xl.model.request import VERDICT, Document, Line, Request, Subtotal
from yosan_xl.model.settings import DECISIONS
from yosan_xl.store.places import FilePlace
from yosan_xl.usecases.counted import Counted
from yosan_xl.usecases.decisions.codes import NOT_UNDERSTOOD
from yosan_xl.usecases.decisions.summary_books import usual_summary
from yosan_xl.usecases.diff import changed_values
from yosan_xl.usecases.publish import codes
from yosan_xl.usecases.publish.frozen import (
    ADDED,
    CHANGED,
    DECIDED_ANEW,
    DECIDED_LATER,
    MOVED,
    RETITLED,
    WITHDRAWN,
    Edition,
    EditionChange,
    in_order,
)
from yosan_xl.usecases.stages import unsettled
from yosan_xl.usecases.year import form_of

RATIONALE = "rationale"
HELD_BACK = "未定"
"""Stands on paper where no decision is published."""


def requests_edition(counted: Counted, name: str) -> Edition:
    """Return the edition of requests as they are now, without any decision."""
    rows = counted.counting.rows
    documents = (_asked(row.request) for row in rows if row.request.no is not None)
    return Edition(
        name, counted.year, _by_no(documents), as_of=counted.youngest(with_decisions=False)
    )


def decisions_edition(
    counted: Counted, name: str, requests: Edition | None, before: Edition | None = None
) -> Edition:
    """Return the edition of decisions: the texts of `requests`, else those of now, with what is decided now.

    What it says of a decision that did not change since `before` was published is what stands there.
    """
    known = requests.by_no if requests else {}
    decided = before.by_no if before else {}
    rows = {row.request.no: row for row in counted.rows if row.request.no is not None}
    waiting, form = _left_out(counted, known), form_of(counted.year)
    documents, changes, held = list[Document](), list[EditionChange](), set[int]()
    for no, row in rows.items():
        axes, text = row.request.axes, known.get(no)
        published = Request.from_document(text, axes) if text else None
        changes += _changes(published, row.request, no, form) if requests else ()
        shown = published or undecided(row.request)
        if why_open(row, counted.year.settings) is None:
            there = decided.get(no) if published else None
            base = Request.from_document(there, axes) if there else shown
            shown = _with_decision(base, row.request)
        else:
            held.add(no)
        documents.append(public_document(shown.document, axes))
    documents += [known[no] for no in waiting]
    changes += [
        _withdrawn(known[no], counted.rollup.axes) for no in known if no not in {*rows, *waiting}
    ]
    return Edition(
        name,
        counted.year,
        _by_no(documents),
        in_order(changes),
        frozenset({*held, *waiting}),
        counted.youngest(with_decisions=True),
    )


def with_late(published: Edition, now: Edition) -> Edition:
    """Return an edition with the requests that came since (追加), and no other change to what was asked.

    One of decisions has what was decided since too: of those it has as 未定 (決定), and of others (決定変更); what was
    withdrawn is gone from it (取下げ).
    """
    known, current, axes = published.by_no, now.by_no, published.axes
    late = [document for no, document in current.items() if no not in known]
    decided = dict(_decided_since(published, now))
    gone = [no for no in known if no not in current] if published.name == DECISIONS else []
    told = [
        change
        for change in published.changes
        if not (change.kind == ADDED and change.no not in known)
    ]
    seen = {change.no for change in told if change.kind == ADDED}
    for document in late:
        request = Request.from_document(document, axes)
        told += [] if request.no in seen else [_added(request, document["no"])]
    for no, document in decided.items():
        before = None if no in published.undecided else known[no]
        told += _decided_later(no, before, document, published)
    told += [_withdrawn(known[no], axes) for no in gone]
    documents = {no: one for no, one in {**known, **decided}.items() if no not in gone}
    settled = published.undecided - {*decided, *gone}
    return replace(
        published,
        documents=_by_no((*documents.values(), *late)),
        changes=in_order(told),
        undecided=settled | (now.undecided & {one["no"] for one in late}),
        as_of=now.as_of,
    )


def _decided_since(published: Edition, now: Edition) -> Iterator[tuple[int, Document]]:
    """Yield the requests of which something else is decided now than an edition of decisions shows, with that alone changed."""
    if published.name != DECISIONS:
        return
    axes, current = published.axes, now.by_no
    for no, document in published.by_no.items():
        if no not in current or no in now.undecided:
            continue
        base, own = (Request.from_document(one, axes) for one in (document, current[no]))
        found = public_document(_with_decision(base, own).document, axes)
        if no in published.undecided or found != document:
            yield no, found


def of_lines(edition: Edition, counted: Counted) -> Iterator[Finding]:
    """Yield what an edition of decisions has not of what is decided of rows, because they changed since they were published."""
    documents = edition.by_no if edition.name == DECISIONS else {}
    for row in counted.rows:
        document = documents.get(row.request.no or 0)
        if document is None or row.request.no in edition.undecided:
            continue
        if why_open(row, counted.year.settings) is None:
            published = Request.from_document(document, row.request.axes)
            yield from _of_lines(published, row.request, edition.folder or edition.name)


def _of_lines(published: Request, now: Request, folder: str) -> Iterator[Finding]:
    main, axes = published.axes.main, published.axes
    column = main.of_amount(DECIDED) if main else None
    if main is None or column is None:
        return
    pairs = [*zip(published.lines, _rows_now(published.lines, now.lines), strict=True)]
    known = [(line.amount(DECIDED), one.amount(DECIDED) if one else None) for line, one in pairs]
    place = Place(folder, f"{axes.word('no')} {published.no}")
    blank = [at for at, (own, _) in enumerate(known, 1) if own is None]
    if blank and any(one.amount(DECIDED) is not None for one in now.lines):
        yield codes.LINES_LEFT_BLANK.at(
            place,
            called=called(published),
            list=main.label,
            rows="、".join(f"{at}行目" for at in blank),
            label=column.label,
            amount=_amount(published, DECIDED),
        )
    for at, (own, other) in enumerate(known, 1):
        if None not in (own, other) and own != other:
            yield codes.KEPT_AS_PUBLISHED.at(
                place,
                called=called(published),
                field=f"「{main.label}」の{at}行目の「{column.label}」",
                before=f"{own:,}{axes.unit}",
                after=f"{other:,}{axes.unit}",
                then="決定は変わっていません。",
            )


def refusals(counted: Counted, requests: Edition | None) -> Iterator[Finding]:
    """Yield what keeps decisions from being published, unless they are to be shown as 未定."""
    stages = counted.year.settings.stages
    open_stages = {
        row.decision.stage
        for row in counted.rows
        if stages and row.decision and not row.decision.is_closed
    }
    summary = Place(usual_summary(counted.year).name, "一覧")
    for stage in sorted(open_stages):
        yield codes.STAGE_OPEN.at(Place(FilePlace.DECISIONS.file_name), stage=stage)
    for row in counted.rows:
        decision = row.decision
        is_told = (
            decision is not None and decision.stage in open_stages and _is_settled(row, counted)
        )
        if (state := why_open(row, counted.year.settings)) and not is_told:
            yield codes.NOT_DECIDED.at(summary, called=called(row.request), state=state)
    yield from _unsettled(counted)
    known = requests.by_no if requests else {}
    for no, doubtful in _left_out(counted, known).items():
        request = Request.from_document(known[no], doubtful.row.request.axes)
        yield codes.UNCOUNTED.at(doubtful.row.source, called=called(request), why=doubtful.why)


def _unsettled(counted: Counted) -> Iterator[Finding]:
    """Yield what keeps the one stage of a year without [[stages]] from closing, where nobody closed it."""
    settings = counted.year.settings
    stage = settings.assessment[-1]
    if settings.stages or stage.name in counted.decided.history.closed:
        return
    ready = {row.source for row in counted.rows if why_open(row, counted.year.settings) is None}
    rows = tuple(row for row in counted.rows if row.source in ready)
    some = replace(counted, decided=replace(counted.decided, rows=rows))
    unread = (one for one in counted.own if one.code == NOT_UNDERSTOOD.code)
    found = [*unread, *(one for one in unsettled(stage, some) if one.is_error)]
    yield from found
    if found:
        place = Place(FilePlace.DECISIONS.file_name)
        yield codes.NOT_SETTLED.at(place, stage=stage.name, errors=len(found))


def called(request: Request) -> str:
    """Return `NO 56「税務資料の電子化の推進」`."""
    title = request.title or f"（{request.axes.word('title')}なし）"
    return f"{request.axes.word('no')} {request.no}「{title}」"


def _is_settled(row: SummaryRow, counted: Counted) -> bool:
    """Return whether nothing but its open stage keeps a decision from being published."""
    decisions = (*row.decisions[:-1], replace(row.decisions[-1], is_closed=True))
    return why_open(replace(row, decisions=decisions), counted.year.settings) is None


def _asked(request: Request) -> Document:
    """Return a request as a department made it, for the public; a reason that came with an amount is a decision too."""
    axes, bare = request.axes, undecided(request)
    is_decided = Request.from_document(request.origin, axes).amount(DECIDED) is not None
    gone = {axes.meanings.get(one) for one in (VERDICT, *([RATIONALE] if is_decided else []))}
    column = axes.main.meaning(VERDICT) if axes.main else None
    lines = [_unjudged(line, column.key) if column else line for line in bare.lines]
    found = replace(
        bare,
        lists={**bare.lists, **({axes.main.key: tuple(lines)} if axes.main else {})},
        texts={pointer: text for pointer, text in bare.texts.items() if pointer not in gone},
    )
    return public_document(found.document, axes)


def _unjudged(line: Line, verdict: str) -> Line:
    return replace(line, values={**line.values, verdict: None})


def _with_decision(base: Request, decided: Request) -> Request:
    """Return a request as it was published with what is decided of it now."""
    lines, subtotals = _kept_rows(base, decided) or _decided_rows(base, decided)
    own = {cell: amount for cell, amount in decided.amounts.items() if cell[0] == DECIDED}
    base = replace(base, lacks_last_year=decided.lacks_last_year)
    said = {one: decided.meaning(one) for one in (RATIONALE, VERDICT)}
    if base.amount(DECIDED) is None:  # else what was published is of the decision of then
        said = {one: text or base.meaning(one) for one, text in said.items()}
    return base.with_decision(
        lines=lines,
        subtotals=subtotals,
        amounts=base.with_computed({**base.amounts, **own}),
        said=said,
    )


def _kept_rows(base: Request, decided: Request) -> tuple[list[Line], list[Subtotal]] | None:
    """Return the rows as their decision was published, with what is decided of those that were asked for alike since, and 小計.

    None where that does not come to what is decided of the rows now.
    """
    if base.amount(DECIDED) is None:
        return None
    pairs = zip(base.lines, _rows_now(base.lines, decided.lines), strict=True)
    lines = [_line(one, now) if now and _is_alike(one, now) else one for one, now in pairs]
    if _decided_sums(lines) != _decided_sums(decided.lines):
        return None
    subtotals = _subtotals(base)
    groups = [[line for line in lines if line.group == one.group] for one in subtotals]
    return lines, [
        replace(one, amounts=_taken(one.amounts, _decided_sums(rows))) if rows else one
        for one, rows in zip(subtotals, groups, strict=True)
    ]


def _is_alike(line: Line, now: Line) -> bool:
    """Return whether a row asks for what was published of it."""
    return all(
        now.amounts.get(cell) == amount
        for cell, amount in line.amounts.items()
        if cell[0] == ASKED and amount is not None
    )


def _decided_sums(lines: Sequence[Line]) -> Amounts:
    """Return what is decided of rows in all, None where one of them has no such amount."""
    sums: dict[tuple[str, str], Money | None] = {}
    for cell in (cell for line in lines for cell in line.amounts if cell[0] == DECIDED):
        amounts = [line.amounts.get(cell) for line in lines]
        known = [amount for amount in amounts if amount is not None]
        sums[cell] = Money(sum(known)) if len(known) == len(amounts) else None
    return sums


def _decided_rows(base: Request, decided: Request) -> tuple[list[Line], list[Subtotal]]:
    """Return the rows with what is decided of the same rows now, nothing of others, and 小計 where all are the same."""
    rows = _rows_now(base.lines, decided.lines)
    lines = [_line(line, now) for line, now in zip(base.lines, rows, strict=True)]
    is_whole = None not in rows and len(rows) == len(decided.lines)
    sums = {one.group: one for one in _subtotals(decided)} if is_whole else {}
    return lines, [_subtotal(one, sums.get(one.group)) for one in _subtotals(base)]


def _subtotals(request: Request) -> Sequence[Subtotal]:
    main = request.axes.main
    return request.subtotals.get(main.key, ()) if main else ()


def _rows_now(base: Sequence[Line], decided: Sequence[Line]) -> list[Line | None]:
    """Return of each row of a publication the same row now: all in their order, else by group and label where only one has them."""
    wanted, names = [*map(_name, base)], [*map(_name, decided)]
    if wanted == names:
        return [*decided]
    once = {name for name in wanted if names.count(name) == wanted.count(name) == 1}
    return [decided[names.index(name)] if name in once else None for name in wanted]


def _name(line: Line) -> tuple[str | None, str | None]:
    return line.group, line.label


def _line(line: Line, decided: Line | None) -> Line:
    if decided is None:
        return line
    return replace(line, amounts=_taken(line.amounts, decided.amounts), values=decided.values)


def _subtotal(own: Subtotal, decided: Subtotal | None) -> Subtotal:
    return replace(own, amounts=_taken(own.amounts, decided.amounts)) if decided else own


def _taken(own: Amounts, decided: Amounts) -> Amounts:
    """Return amounts with those that are decided."""
    return {
        cell: decided.get(cell) if cell[0] == DECIDED else amount for cell, amount in own.items()
    }


def _changes(
    published: Request | None, now: Request, no: int, form: Definition
) -> Iterator[EditionChange]:
    if published is None:
        yield _added(now, no)
        return
    axes, title = now.axes, published.title or ""
    for kind, field, before, after in (
        (RETITLED, axes.word("title"), published.title or "", now.title or ""),
        (MOVED, "所管課", published.department, now.department),
        (CHANGED, axes.amount_label(ASKED), _amount(published), _amount(now)),
    ):
        if before != after:
            yield EditionChange(no, title, kind, field, before, after)
    if published.amount(ASKED) == now.amount(ASKED):
        asked = _pointers_of(ASKED, axes)
        for one in changed_values(published.document, public_document(now.document, axes), form):
            if one.pointer in asked:
                yield EditionChange(no, title, CHANGED, one.label, one.before, one.after)


def _pointers_of(stage: str, axes: Axes) -> set[str]:
    """Return the pointers of the amounts of a stage, of the request and of its rows (`*`)."""
    rows = (
        own.row_pointer(one.key) for own in axes.lists for one in own.columns if one.stage == stage
    )
    return {*axes.stage(stage).amounts.values(), *rows}


def _added(request: Request, no: int) -> EditionChange:
    label = request.axes.amount_label(ASKED)
    return EditionChange(no, request.title or "", ADDED, label, "", _amount(request))


def _decided_later(
    no: int, before: Document | None, after: Document, edition: Edition
) -> Iterator[EditionChange]:
    """Yield what was decided of a request since it was published, `before` with another decision, or none as 未定."""
    axes, form = edition.axes, form_of(edition.year)
    request = Request.from_document(after, axes)
    title, label = request.title or "", axes.amount_label(DECIDED)
    said = _amount(request, DECIDED)
    old = HELD_BACK if before is None else _amount(Request.from_document(before, axes), DECIDED)
    if before is None or old != said:
        kind = DECIDED_LATER if before is None else DECIDED_ANEW
        yield EditionChange(no, title, kind, label, old, said)
        return
    every = list(changed_values(before, after, form))
    said_of = {axes.meanings.get(RATIONALE), axes.meanings.get(VERDICT)}
    decided = [one for one in every if one.pointer in _pointers_of(DECIDED, axes) | said_of]
    for one in decided or every[:1]:
        yield EditionChange(no, title, DECIDED_ANEW, one.label, one.before, one.after)


def _withdrawn(document: Document, axes: Axes) -> EditionChange:
    request = Request.from_document(document, axes)
    label = axes.amount_label(ASKED)
    return EditionChange(
        document["no"], request.title or "", WITHDRAWN, label, _amount(request), ""
    )


def _amount(request: Request, stage: str = ASKED) -> str:
    amount = request.amount(stage, TOTAL)
    return HELD_BACK if amount is None else with_unit(amount, request.axes.unit)


def _left_out(counted: Counted, known: Mapping[int, Document]) -> dict[int, Doubtful]:
    """Return the requests of a publication that are 未算入 now, by their NO."""
    counts = {row.request.no for row in counted.rows}
    found = {one.row.request.no: one for one in counted.counting.left_out}
    return {no: found[no] for no in known if no in found and no not in counts}


def _by_no(documents: Iterable[Document]) -> tuple[Document, ...]:
    return tuple(sorted(documents, key=lambda document: int(document["no"])))
