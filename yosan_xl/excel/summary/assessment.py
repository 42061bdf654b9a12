"""進み具合 and 査定経過: how far the assessment is by 款, by 部 and request by request, and what every stage decided and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.utility import xl_range

from yosan_xl.excel.rows import Content, Formula, Value
from yosan_xl.excel.summary.definition import ASKED_TOTAL, FIRST_ROW
from yosan_xl.excel.summary.draft import bureaus
from yosan_xl.excel.summary.fields import (
    PROGRESS,
    RESTORED,
)
from yosan_xl.excel.summary.formulas import (
    count_state,
    count_where,
    sum_decided,
    sum_down,
    sum_if_any,
    sum_where,
)
from yosan_xl.excel.summary.listing import restored
from yosan_xl.excel.summary.page import NO_REQUESTS, ListRow, SummaryPage
from yosan_xl.excel.summary.stages import (
    ListedStage,
    decision_of,
    shown_no,
    what_changed,
)
from yosan_xl.model.assessment import Progress
from yosan_xl.model.axes import ASKED, TOTAL
from yosan_xl.model.decision import REASON, reason_word
from yosan_xl.model.money import Money
from yosan_xl.model.request import VERDICT
from yosan_xl.model.rollup import SummaryRow

_STATES: Mapping[str, Progress] = {
    "undecided": Progress.OPEN,
    "partly": Progress.PARTLY,
    "done": Progress.DONE,
    "held": Progress.HELD,
    "doubtful": Progress.DOUBTFUL,
}
_MARK = "○"


def write_progress(page: SummaryPage) -> None:
    """Write the counts by 会計・款, by 部 and of all, then every request with its state and what is missing."""
    row = _write_counts(page, FIRST_ROW)
    labels = {field.key: field.label for field in page.sheet.fields}
    head = row + 2
    page.write(head, labels, "heading")
    requests = page.contents.rollup.rows
    end = page.write_rows(head + 1, (_state(page, one) for one in requests))
    if not requests:
        page.say(end, NO_REQUESTS)
    page.finish(max(end - 1, head + 1), end - 1, head)
    page.entries = len(requests)


def _write_counts(page: SummaryPage, row: int) -> int:
    """Write the counts of groups one below another, and of all; return the row of these."""
    rollup = page.contents.rollup
    levels = [key for key in ("account", "kan") if page.contents.definition.listing.has(key)]
    # In a form without 事業名 there is one column for names.
    own = "title" if page.sheet.has("title") else "department"
    levels = levels if page.sheet.has("title") else levels[-1:]
    for keys in filter(None, (levels, bureaus(page))):
        for group in rollup.groups(keys):
            *above, name = group.key
            said = above[0] if above else page.contents.definition.labels[keys[-1]]
            names = {"department": said, own: name}
            cells = {keys[-1]: page.here(own)}
            cells |= {keys[0]: page.here("department")} if above else {}
            page.write(row, {**names, **_counted(page, group.rows, cells)}, "row")
            row += 1
    named = {"department": page.contents.definition.sum_label}
    page.write(row, {**named, **_counted(page, rollup.rows, {})}, "total")
    return row


def _counted(
    page: SummaryPage, rows: Sequence[SummaryRow], cells: Mapping[str, str]
) -> dict[str, Content]:
    """Return what the requests come to whose keys equal cells, and how many are how far."""
    contents, stage = page.contents, page.contents.definition.plan.last
    definition = contents.definition
    states = [contents.values.progress(row) for row in rows]
    asked = sum(row.request.amount(ASKED) or 0 for row in rows)
    decided = contents.values.sums(rows, stage).shown
    counts = {
        key: Formula(count_state(definition, cells, PROGRESS, state.value), states.count(state))
        for key, state in _STATES.items()
    }
    everything = count_where(definition, cells, "file")
    return {
        ASKED_TOTAL: Formula(sum_where(definition, cells, ASKED_TOTAL), asked),
        stage.key(): Formula(sum_decided(definition, cells, stage), decided),
        "count": Formula(everything, len(rows)),
        **counts,
    }


def _state(page: SummaryPage, row: SummaryRow) -> ListRow:
    contents, stage = page.contents, page.contents.definition.plan.last
    state = contents.values.progress(row)
    values: dict[str, Content] = {
        **_named(page, row),
        stage.key(): _amount(page, row, stage),
        **{key: _MARK for key, one in _STATES.items() if one is state},
        "missing": "、".join(_missing(page, row)) or None,
    }
    return ListRow(values)


def _named(page: SummaryPage, row: SummaryRow) -> dict[str, Value]:
    return {
        "no": shown_no(row),
        "department": page.contents.rollup.unit(row.request).name,
        "title": row.request.title,
        ASKED_TOTAL: row.request.amount(ASKED),
    }


def _amount(page: SummaryPage, row: SummaryRow, stage: ListedStage) -> Money | str:
    """Return the amount of a stage, or why there is none that counts: 未定, 一部, 保留."""
    values = page.contents.values
    amount = values.amount(row, stage) if values.counts(row, stage) else None
    if amount is not None:
        return amount
    decision = decision_of(row, stage)
    is_known = decision is not None and not decision.is_decided
    return decision.progress.value if decision and is_known else Progress.OPEN.value


def _missing(page: SummaryPage, row: SummaryRow) -> Iterator[str]:
    """Yield what somebody has still to do for a request at the stage that is open."""
    definition, values = page.contents.definition, page.contents.values
    stage, decision = definition.plan.last, decision_of(row, definition.plan.last)
    state = values.progress(row)
    if state is Progress.HELD:
        yield "保留の解除"
    elif not state.is_decided:
        lines = _open_lines(decision.lines) if decision and state is Progress.PARTLY else ""
        yield lines or f"{definition.labels[stage.key()]}の入力"
    elif decision and (changed := what_changed(row, decision)):
        yield changed
    if decision and decision.lacks_reason:
        yield reason_word(page.contents.rollup.settings, definition.axes)


def _open_lines(lines: Sequence[Mapping[str, Money | None]]) -> str:
    """Return how many rows of a request are not decided; nothing where all are, or where nobody decides by rows."""
    missing = sum(line.get(TOTAL) is None for line in lines)
    return f"明細 {len(lines)}行のうち{missing}行が未定" if 0 < missing < len(lines) else ""


def write_course(page: SummaryPage) -> None:
    """Write every request with what each stage decided of it and why, and the sums."""
    rows = page.contents.rollup.rows
    end = page.write_rows(FIRST_ROW, (ListRow(_course(page, row)) for row in rows))
    if not rows:
        page.say(end, NO_REQUESTS)
        end += 1
    page.write(end, _course_sums(page, end), "total")
    page.entries = len(rows)
    page.finish(end, end - 1)


def _course(page: SummaryPage, row: SummaryRow) -> dict[str, Value]:
    values = page.contents.values
    found = {**_named(page, row), **restored(row)}
    for stage in page.contents.definition.plan.stages:
        found |= {
            stage.key(): _amount(page, row, stage),
            stage.own_key(VERDICT): values.text(row, stage, VERDICT),
            stage.own_key(REASON): values.why(row, stage),
        }
    return found


def _course_sums(page: SummaryPage, end: int) -> dict[str, Content]:
    """Return the sums of the rows above: of each stage with how many are decided."""
    contents, sheet = page.contents, page.sheet
    rows = contents.rollup.rows
    asked = sum(row.request.amount(ASKED) or 0 for row in rows)
    found: dict[str, Content] = {
        "title" if sheet.has("title") else "department": contents.definition.sum_label,
        ASKED_TOTAL: sum_down(sheet=sheet, key=ASKED_TOTAL, first=FIRST_ROW, end=end, value=asked),
    }
    if sheet.has(RESTORED[0]):
        again = (row.restoration.amounts.get(TOTAL) for row in rows if row.restoration)
        value = sum(one or 0 for one in again)
        found[RESTORED[0]] = sum_down(
            sheet=sheet, key=RESTORED[0], first=FIRST_ROW, end=end, value=value
        )
    for stage in contents.definition.plan.stages:
        column, sums = sheet.column(stage.key()), contents.values.sums(rows, stage)
        cells = xl_range(FIRST_ROW, column, end - 1, column)
        found[stage.key()] = Formula(sum_if_any(cells), sums.shown)
        told = f"決定 {sums.how_far}"
        found[stage.own_key(VERDICT)] = Formula(f'="決定 "&COUNT({cells})&" / {len(rows)}"', told)
    return found
