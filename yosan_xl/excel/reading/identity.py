"""Which request a sheet is: its own cells say so, and the stamp whether this book was handed out with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yosan_xl.excel.reading import codes
from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.excel.reading.told import Told
from yosan_xl.form.definition import FilledBy
from yosan_xl.form.plan import Slot
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.finding import Code
from yosan_xl.model.text import canonical

ID, CODE = "/id", "/department/code"

OWN_WORDS = (ID, CODE, "/department/bureau", "/department/section", "/fiscal_year")
"""What says whose request a sheet is: its own cells count, though finance handed them out."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The id of a sheet's request, and the one under which the book was handed out with the sheet.

    `issued` is None for a sheet of another book, and where the book has lost its stamp.
    """

    request_id: str | None
    issued: str | None


def identities(skeletons: Sequence[Skeleton], stamp: Stamp) -> list[Identity]:
    """Return which request each sheet is.

    A sheet whose id the stamp does not know has come from another book where it names another
    department, or where no sheet of this book is missing; else its id was written over, and it is
    the sheet that no other claims and whose fields of finance it shares. One without an id may be a copy.
    """
    written = [_known(_text(skeleton, ID), stamp) for skeleton in skeletons]
    free = [known for known in stamp.issued if known not in written]
    found: list[Identity] = []
    for skeleton, own in zip(skeletons, written, strict=True):
        if own in stamp.issued:
            found.append(Identity(own, own))
        elif not stamp.issued or _is_elsewhere(skeleton, stamp) or (own and not free):
            found.append(Identity(own or None, None))
        else:
            likest = _likest(skeleton, free or list(stamp.issued), stamp)
            free = [known for known in free if known != likest]
            found.append(Identity(likest, likest))
    return found


def tell_identity(skeleton: Skeleton, own: Identity, stamp: Stamp, told: Told) -> None:
    """Tell of a sheet that is another book's, or whose id was written over, at the cell that says so."""
    says, code = _text(skeleton, ID), _text(skeleton, CODE)
    if _is_elsewhere(skeleton, stamp):
        facts = {"id": says or "空欄", "code": code, "own": stamp.department}
        _tell(skeleton, told, codes.ELSEWHERE, CODE, facts)
    elif says and stamp.issued and canonical(says) != canonical(own.issued or ""):
        _tell(skeleton, told, codes.ID_CHANGED, ID, {"found": says, "expected": own.request_id})


def _tell(
    skeleton: Skeleton, told: Told, code: Code, pointer: str, facts: Mapping[str, object]
) -> None:
    for slot in _slots(skeleton, pointer):
        area = skeleton.areas[slot.name]
        told.at(code, (area.top, area.left), pointer, facts)


def _is_elsewhere(skeleton: Skeleton, stamp: Stamp) -> bool:
    """Tell whether a sheet names another department than the book's; an empty cell names none."""
    code = _text(skeleton, CODE)
    return bool(code) and canonical(code) != canonical(stamp.department)


def _known(own: str, stamp: Stamp) -> str:
    """Return an id as it was handed out, however its characters were typed."""
    if own in stamp.issued:
        return own
    typed = canonical(own)
    return next((known for known in stamp.issued if canonical(known) == typed), own)


def _likest(skeleton: Skeleton, candidates: list[str], stamp: Stamp) -> str | None:
    def unlike(known: str) -> int:
        return _differing(skeleton, stamp.issued[known])

    return min(candidates, key=unlike, default=None)


def _differing(skeleton: Skeleton, issued: Mapping[str, str]) -> int:
    return sum(
        raw_text(skeleton.sheet.cell(area.top, area.left)) != issued.get(slot.name, "")
        for slot in skeleton.plan.slots
        if slot.by is FilledBy.FINANCE
        and not slot.repeats
        and (area := skeleton.areas.get(slot.name))
    )


def _text(skeleton: Skeleton, pointer: str) -> str:
    """Return what the cell of a field holds, nothing where the field is gone."""
    for slot in _slots(skeleton, pointer):
        area = skeleton.areas[slot.name]
        return raw_text(skeleton.sheet.cell(area.top, area.left))
    return ""


def _slots(skeleton: Skeleton, pointer: str) -> Iterator[Slot]:
    slots = skeleton.plan.slots
    return (slot for slot in slots if slot.pointer == pointer and slot.name in skeleton.areas)
