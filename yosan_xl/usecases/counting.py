"""算入: which requests go into the totals, and what is told of the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.intake import Doubtful, SummaryRow
from yosan_xl.model.money import ThousandYen, with_unit
from yosan_xl.rules.across import COUNTED_ELSEWHERE
from yosan_xl.usecases import codes
from yosan_xl.usecases.gathered import Gathered
from yosan_xl.usecases.inspection import Inspection

_AMOUNTS = ("/lines", "/subtotals", "/total", "/funding")
"""An error here keeps a request out of the totals."""

TWICE = "二度提出されているため"
_UNCLEAR = "どの課のどの年度の要求か決まらないため"
_WRONG = "金額か財源に誤りがあるため"
_REMEDIES = {
    _UNCLEAR: "所管課に確かめ、その課と年度のブックで出し直してもらうと集計に入ります。",
    _WRONG: "誤りを直すと集計に入ります。",
}


@dataclass(frozen=True, slots=True)
class Counting:
    """The rows of the totals, and what is told of the other requests.

    `left_out` are 未算入, `anyway` counted in spite of errors, `again` counted in another book.
    """

    rows: tuple[SummaryRow, ...]
    left_out: tuple[Doubtful, ...]
    anyway: tuple[Doubtful, ...]
    findings: tuple[Finding, ...]
    again: tuple[Doubtful, ...] = ()

    @property
    def requested(self) -> ThousandYen:
        """Return what the counted requests ask for together (千円)."""
        return ThousandYen(sum(row.request.requested for row in self.rows))


def count_requests(inspection: Inspection, *, include_errors: bool = False) -> Counting:
    """Decide on every request; with `include_errors` only what is there twice is left out."""
    rows: list[SummaryRow] = []
    apart: dict[str, list[Doubtful]] = {"left_out": [], "anyway": [], "again": []}
    findings: list[Finding] = []
    for item, why in _doubts(inspection):
        row = _row(inspection.numbering.put(item))
        if why is None or (include_errors and why == _WRONG):
            rows.append(row)
        if why is not None:
            counted = include_errors and why == _WRONG
            kind = "anyway" if counted else "again" if why == TWICE else "left_out"
            apart[kind].append(Doubtful(row, why))
            if why != TWICE:  # where it stands twice says which of them is counted
                findings.append(_told(item, why, counted))
    told = {kind: tuple(doubtful) for kind, doubtful in apart.items()}
    return Counting(tuple(rows), findings=tuple(findings), **told)


def is_again(item: Gathered, across: Sequence[Finding]) -> bool:
    """Tell whether this request is counted elsewhere."""
    return any(f.code in COUNTED_ELSEWHERE and _is_at(f, item) for f in across)


def _doubts(inspection: Inspection) -> Iterator[tuple[Gathered, str | None]]:
    """Give every request with what keeps it out of the totals."""
    across: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in inspection.across:
        across.setdefault((finding.place.file, finding.place.sheet), []).append(finding)
    for item, own in zip(inspection.gathering.requests, inspection.own, strict=True):
        told = across.get((item.file, item.sheet), [])
        if inspection.is_counted_elsewhere(item):
            yield item, TWICE
        else:
            found = [*own.findings, *told]
            wrong = _WRONG if any(map(_is_of_amounts, found)) else None
            yield item, _UNCLEAR if inspection.is_unclear(item) else wrong


def _is_of_amounts(finding: Finding) -> bool:
    return finding.is_error and (finding.pointer or "").startswith(_AMOUNTS)


def _is_at(finding: Finding, item: Gathered) -> bool:
    return (finding.place.file, finding.place.sheet) == (item.file, item.sheet)


def _told(item: Gathered, why: str, counted: bool) -> Finding:
    request = item.request
    amount = request.total.requested
    code = codes.COUNTED_ANYWAY if counted else codes.NOT_COUNTED
    return code.at(
        item.locate("/total/requested"),
        "/total/requested",
        id=request.id or item.sheet,
        title=request.title or "（事業名なし）",
        amount=f"（{with_unit(amount)}）" if amount is not None else "",
        reason=why,
        remedy=_REMEDIES[why],
    )


def _row(item: Gathered) -> SummaryRow:
    return SummaryRow(item.request, Place(item.file, item.sheet), item.cells)
