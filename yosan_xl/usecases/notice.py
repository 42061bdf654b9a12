"""`notice`: 内示 of a closed stage, one book for each department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from yosan_xl.excel.notice.contents import OPEN, PROVISIONAL, Notice, NoticedRequest
from yosan_xl.excel.notice.reading import read_notice
from yosan_xl.excel.notice.stamp import NOTICE, NoticeStamp
from yosan_xl.form.printed import PrintedSheet, printed_sheet
from yosan_xl.model.assessment import StageDecision
from yosan_xl.model.axes import DECIDED, Axes
from yosan_xl.model.decision import RATIONALE, Spot
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.intake import Intake, SummaryRow
from yosan_xl.model.request import Document, Request
from yosan_xl.model.settings import AssessmentStage, Settings
from yosan_xl.store.faults import shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.settings_file import SETTINGS_NAME
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.write import refuse_over, write_bytes
from yosan_xl.usecases import codes
from yosan_xl.usecases.counted import Counted, count, remember
from yosan_xl.usecases.decisions.assessment import with_amounts, with_stage
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import first_choices, password_of, pick
from yosan_xl.usecases.outputs import NOTICES, told_of_paths
from yosan_xl.usecases.submitted.read import Progress
from yosan_xl.usecases.year import form_of

_NAMED = 5
_GIVEN = "内示額"


@dataclass(frozen=True, slots=True)
class Noticed:
    """The books that were written or stood there already, by department, and those that have no request."""

    stage: str
    folder: Path
    books: Mapping[Path, Department]
    new: tuple[Path, ...]
    without: tuple[Department, ...]
    open: int
    findings: tuple[Finding, ...]
    intake: Intake


def notice(
    start: Path,
    wanted: Sequence[str] = (),
    progress: Progress = lambda files: files,
    *,
    anyway: bool = False,
    force: bool = False,
) -> Noticed:
    """Write the books of all departments, or of those wanted, into 内示; raise WrongInput.

    With `anyway` what is not decided is 未定; with `force` a book that would say something else is replaced, and told.
    """
    counted = count((), start, progress)
    year, roster = counted.year, counted.year.roster
    units = tuple(dict.fromkeys(pick(roster, one) for one in wanted)) or tuple(roster)
    stage, password = _stage(counted, anyway=anyway), password_of(year.settings)
    own = {unit: tuple(_noticed(counted, unit, stage)) for unit in units}
    open_ones = [one for some in own.values() for one in some if one.amount is None]
    if open_ones and not anyway:
        raise WrongInput(_undecided(open_ones, counted))
    books = {
        _path(counted, unit, stage): (unit, _book(counted, unit, stage, some, password))
        for unit, some in own.items()
        if some
    }
    replaced = tuple(_replaced(books, counted, force=force))
    if not _asks_again(stage, year.settings):
        replaced += (codes.NOTICE_ALONE.at(Place(SETTINGS_NAME), stage=stage.name),)
    told = remember(counted)
    new = tuple(_write(books))
    return Noticed(
        stage=stage.name,
        folder=year.at(FilePlace.NOTICES),
        books={path: unit for path, (unit, _) in books.items()},
        new=new,
        without=tuple(unit for unit, some in own.items() if wanted and not some),
        open=len(open_ones),
        findings=(*counted.own, *told, *replaced, *told_of_paths(books)),
        intake=counted.intake,
    )


def _stage(counted: Counted, *, anyway: bool) -> AssessmentStage:
    """Return the last closed stage of which 内示 go out; without [[stages]] the one that there is."""
    settings, closed = counted.year.settings, counted.decided.history.closed
    if not settings.stages:
        return settings.assessment[0]
    of_notice = [one for one in settings.stages if one.notice]
    done = [one for one in of_notice if one.name in closed]
    if done:
        return done[-1]
    if of_notice and anyway:
        return of_notice[0]
    if of_notice:
        name = of_notice[0].name
        what, advice = (
            f"段階「{name}」が締められていない",
            f"yosan-xl stage close {name} で締めてから、もう一度実行してください。",
        )
    else:
        what = "yosan.toml の [[stages]] に notice = true の段階がない"
        advice = "内示をする段階に notice = true と書いてください。"
    raise WrongInput(codes.NO_NOTICE_STAGE.at(Place(SETTINGS_NAME), what=what, advice=advice))


def _noticed(
    counted: Counted, unit: Department, stage: AssessmentStage
) -> Iterator[NoticedRequest]:
    """Yield the requests of a department as the stage decided them, in the order of their NO."""
    asked = {row.source: row for row in counted.counting.rows}
    rows = [row for row in counted.rows if row.request.department_code == unit.code]
    order = sorted(rows, key=lambda row: (row.request.no is None, row.request.no or 0))
    for number, row in enumerate(order, 1):
        decision = _decision(row, stage)
        document = _document(asked[row.source].request, row, counted, stage)
        yield NoticedRequest(
            request=asked[row.source].request,
            decision=decision,
            provisional=row.provisional,
            printed=_printed(number, document, counted, row, stage),
        )


def _decision(row: SummaryRow, stage: AssessmentStage) -> StageDecision:
    found = next((one for one in row.decisions if one.stage == stage.name), None)
    return found or StageDecision(stage.name)


def _document(
    request: Request, row: SummaryRow, counted: Counted, stage: AssessmentStage
) -> Document:
    """Return a request with what was decided up to a stage, and nothing of those after it.

    A stage that fills none of the form's fills the decided one on this paper.
    """
    settings, stages = counted.year.settings, counted.year.settings.assessment
    for one in stages[: stages.index(stage) + 1]:
        key = settings.filled(one, request.axes) or (DECIDED if one == stage else "")
        decision = _decision(row, one)
        if key == DECIDED:
            rationale = row.request.meaning(RATIONALE) if one == stages[-1] else None
            said = {Spot("", RATIONALE): rationale} if rationale else {}
            request = with_stage(request, "", decision, said)
        elif key:
            request = with_amounts(request, key, decision)
    document = request.document
    if row.provisional:
        document = {**document, "no": None}
    return document


def _printed(
    number: int, document: Document, counted: Counted, row: SummaryRow, stage: AssessmentStage
) -> PrintedSheet:
    """Return a request's sheet in its printed form; an amount that is not decided is 未定, a NO may be 仮."""
    settings, form = counted.year.settings, form_of(counted.year)
    notes = {"/no": f"{row.request.no}（{PROVISIONAL}）"} if row.provisional else {}
    if pointer := form.axes.pointer(settings.filled(stage, form.axes) or DECIDED):
        notes[pointer] = OPEN
    printed = printed_sheet(
        f"{form.sheet}{number}",
        document,
        form,
        year=settings.year,
        first_choices=first_choices(settings),
        notes=notes,
    )
    return printed if settings.filled(stage, form.axes) else _noticed_sheet(printed, form.axes)


def _noticed_sheet(printed: PrintedSheet, axes: Axes) -> PrintedSheet:
    """Return a sheet on which the columns of what is decided are called 内示額: a stage before the last decides nothing for good."""
    decided = axes.stage(DECIDED).label
    labels = tuple(
        replace(one, text=one.text.replace(decided, _GIVEN, 1))
        if one.text == decided or one.text.startswith(f"{decided}の")
        else one
        for one in printed.plan.labels
    )
    return replace(printed, plan=replace(printed.plan, labels=labels))


def _undecided(requests: Sequence[NoticedRequest], counted: Counted) -> Finding:
    names = [one.request.title or one.request_id for one in requests]
    more = f" ほか {len(names) - _NAMED} 件" if len(names) > _NAMED else ""
    named = "、".join(f"「{one}」" for one in names[:_NAMED]) + more
    place = Place(shown(counted.year.root.name))
    return codes.NOTICE_UNDECIDED.at(place, count=len(names), named=named)


def _path(counted: Counted, unit: Department, stage: AssessmentStage) -> Path:
    """Return the place of a book: a second 内示, of a later stage, has a name of its own."""
    year = counted.year
    stem = year.roster.file_stem(unit)
    first = next((one for one in year.settings.stages if one.notice), stage)
    return year.at(FilePlace.NOTICE, unit=stem if stage == first else f"{stem}_{stage.name}")


def _book(
    counted: Counted,
    unit: Department,
    stage: AssessmentStage,
    requests: Sequence[NoticedRequest],
    password: str,
) -> tuple[NoticeStamp, bytes]:
    from yosan_xl.excel.notice.book import notice_book  # who explains a code writes no book

    settings = counted.year.settings
    axes = form_of(counted.year).axes
    made = Notice(
        settings=settings,
        department=unit,
        stage=stage.name,
        axes=axes,
        requests=requests,
        asks_again=_asks_again(stage, settings),
    )
    return made.stamp, notice_book(made, password)


def _asks_again(stage: AssessmentStage, settings: Settings) -> bool:
    """Return whether a stage after this one decides on 復活要求."""
    later = settings.assessment[settings.assessment.index(stage) + 1 :]
    return any(one.restoration for one in later)


_Books = Mapping[Path, tuple[Department, tuple[NoticeStamp, bytes]]]


def _replaced(books: _Books, counted: Counted, *, force: bool) -> Iterator[Finding]:
    """Yield what is told of books that will be replaced; raise WrongInput where one may not be."""
    refused, told = [], []
    for path, (_, (stamp, data)) in books.items():
        refuse_over(path, NOTICES)
        if not path.exists() or snapshot(path).data == data:
            continue
        place, name = Place(f"{path.parent.name}/{shown(path.name)}"), shown(path.name)
        before = read_notice(snapshot(path).data, name, form_of(counted.year).axes)
        changed = "、".join(_changes(before.stamp, stamp)) or "書き方だけ"
        if before.is_filled:
            refused.append(codes.NOTICE_FILLED.at(place, name=name))
        elif not force:
            refused.append(codes.NOTICE_SENT.at(place, name=name, changed=changed))
        else:
            told.append(codes.NOTICE_REPLACED.at(place, name=name, changed=changed))
    if refused:
        raise WrongInput(*refused)
    yield from told


def _changes(before: NoticeStamp | None, now: NoticeStamp) -> Iterator[str]:
    """Yield which requests were told otherwise before, in words."""
    if before is None:
        yield f"「{NOTICE}」のブックではないもの"
        return
    for request_id, one in now.requests.items():
        old = before.requests.get(request_id)
        if old is None:
            yield f"{request_id}「{one.title}」が加わった"
        elif old.amount != one.amount:
            amounts = (OPEN if it.amount is None else f"{it.amount:,}" for it in (old, one))
            yield f"{request_id}「{one.title}」の内示額 {' → '.join(amounts)}"
        elif old.mark != one.mark:
            yield f"{request_id}「{one.title}」の額以外"
    for request_id, one in before.requests.items():
        if request_id not in now.requests:
            yield f"{request_id}「{one.title}」がなくなった"


def _write(books: _Books) -> Iterator[Path]:
    """Write the books that are not there as they are, and yield their places."""
    for path, (_, (_, data)) in books.items():
        if not (path.exists() and snapshot(path).data == data):
            write_bytes(path, data, NOTICES)
            yield path
