"""One mistake, one finding: the cause comes first, and what it explains is a mere note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from yosan_xl.excel.reading import cell_codes, codes
from yosan_xl.model.finding import Finding, Place, Weight
from yosan_xl.rules.check import RULES
from yosan_xl.rules.registry import overlap

_BEHIND_THE_LOCK = {
    code.code
    for code in (
        codes.LOST_PLACE,
        codes.CHANGED_LABEL,
        codes.MOVED,
        codes.FORMULA_GONE,
        codes.FORMULA_OVERWRITTEN,
        codes.FORMULA_CHANGED,
        codes.FINANCE_CHANGED,
        codes.PANEL_CHANGED,
    )
}
"""What can only be done to a sheet whose protection is off."""

_LINES = "/lines"
_READS = {rule.code.code: rule.reads for rule in RULES}


def at_their_pointers(findings: Iterable[Finding], places: Mapping[str, Place]) -> list[Finding]:
    """Give findings of line items the pointer of their row in place of `/lines/*/…`.

    A place of the form that is gone puts the line items in doubt, whatever else went with it.
    """
    # `/lines` as a whole stands where its first label does: the longer pointer is the cell's own.
    pointers = {places[pointer]: pointer for pointer in sorted(places, key=len)}
    return [replace(f, pointer=_pointer(f, pointers)) for f in findings]


def _pointer(finding: Finding, pointers: Mapping[Place, str]) -> str | None:
    if finding.code == codes.LOST_PLACE.code:
        return _LINES
    starred = finding.pointer is not None and "*" in finding.pointer
    return pointers.get(finding.place, finding.pointer) if starred else finding.pointer


def lost(findings: Iterable[Finding]) -> frozenset[str]:
    """Give `/lines` where a place of the form is gone: a row of line items went with it.

    Rows of the form stand beside the line items, so that no sum can be trusted any more.
    """
    gone = any(finding.code == codes.LOST_PLACE.code for finding in findings)
    return frozenset({_LINES} if gone else ())


def cause_first(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings of one request with those that another one explains as 情報, and last.

    At the cell of its cause an explained one is left out: one cell, one story.

    A protection that is off is explained by what was changed behind it; a saved total that differs,
    by a row that is gone; a sum that is wrong, by an amount that had to be repaired, for nobody
    knows whether it was repaired to what was meant.
    """
    found = {finding.code for finding in findings}
    explained = {codes.UNPROTECTED.code} if found & _BEHIND_THE_LOCK else set()
    if codes.LOST_PLACE.code in found:
        explained |= {codes.STALE.code, codes.OTHER_RESULT.code}
    repaired = [
        f.pointer for f in findings if f.code == cell_codes.AMOUNT_AS_TEXT.code and f.pointer
    ]
    causes, notes = [], []
    for finding in findings:
        if finding.code in explained or _rests_on(finding, repaired):
            notes.append(replace(finding, weight=Weight.INFO))
        else:
            causes.append(finding)
    causes = [cause for at, cause in enumerate(causes) if not _said(cause, causes, causes[:at])]
    told = {cause.place for cause in causes if cause.place.cell}
    return [*causes, *(note for note in notes if note.place not in told)]


def _said(finding: Finding, others: Sequence[Finding], before: Sequence[Finding]) -> bool:
    """Tell whether another finding of its cell says as much.

    That a number was read as a text is no news where the text is wrong; a value that stands for
    several fields (the part of each line) is told of once.
    """
    here = [other for other in others if other.place.cell and other.place == finding.place]
    if finding.code == cell_codes.NUMBER_AS_TEXT.code:
        return any(other.weight is not Weight.INFO for other in here)
    return any(
        (other.code, other.value) == (finding.code, finding.value)
        for other in before
        if other in here and other.pointer != finding.pointer
    )


def _rests_on(finding: Finding, pointers: Sequence[str]) -> bool:
    reads = _READS.get(finding.code, ())
    return any(overlap(read, pointer) for pointer in pointers for read in reads)
