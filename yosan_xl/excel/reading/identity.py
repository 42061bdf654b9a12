"""Which handed-out request sheet a sheet of a book is, also where its 要求書ID was changed or lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.form.definition import By
from yosan_xl.form.stamp import Stamp

_ID_NAME = "yx_id"


def request_ids(skeletons: Sequence[Skeleton], stamp: Stamp) -> list[str | None]:
    """Give the id under which each sheet was handed out; what it says, for a stamp without sheets.

    A sheet whose id the stamp does not know is one that no other sheet claims, or else a copy:
    the one whose fields of finance it shares.
    """
    written = [_text(skeleton, _ID_NAME) for skeleton in skeletons]
    if not stamp.issued:
        return [own or None for own in written]
    free = [known for known in stamp.issued if known not in written]
    ids: list[str | None] = []
    for skeleton, own in zip(skeletons, written, strict=True):
        if own in stamp.issued:
            ids.append(own)
            continue
        likest = _likest(skeleton, free or list(stamp.issued), stamp)
        free = [known for known in free if known != likest]
        ids.append(likest)
    return ids


def _likest(skeleton: Skeleton, candidates: list[str], stamp: Stamp) -> str | None:
    def unlike(known: str) -> int:
        return _differing(skeleton, stamp.issued[known])

    return min(candidates, key=unlike, default=None)


def _differing(skeleton: Skeleton, issued: Mapping[str, str]) -> int:
    return sum(
        _text(skeleton, slot.name) != issued.get(slot.name, "")
        for slot in skeleton.plan.slots
        if slot.by is By.FINANCE and not slot.repeats and slot.name in skeleton.areas
    )


def _text(skeleton: Skeleton, name: str) -> str:
    area = skeleton.areas.get(name)
    return raw_text(skeleton.sheet.cell(area.top, area.left)) if area else ""
