"""What a sheet was handed out with, and what of it must still be so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yosan_xl.excel.reading.entries import raw_text
from yosan_xl.excel.reading.hidden import Lists
from yosan_xl.excel.reading.identity import Identity
from yosan_xl.excel.reading.placement import Spot
from yosan_xl.excel.reading.skeleton import Skeleton
from yosan_xl.form.definition import FieldKind
from yosan_xl.form.relation import CellValue
from yosan_xl.form.stamp import Stamp
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import LIMIT

ACCOUNT = "yx_account"
"""The slot on which the choices of 款 depend."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What a sheet was handed out with: its id, what stood in its cells, the lists of choices."""

    own: Identity
    stamp: Stamp
    lists: Lists

    @property
    def issued(self) -> Mapping[str, str] | None:
        """Return what stood in its cells, None where that is not known: it is another book's, or the stamp is lost."""
        return self.stamp.issued[self.own.issued] if self.own.issued is not None else None


def raw(skeleton: Skeleton, spot: Spot) -> str:
    """Give what was typed at a place, as text."""
    cell = skeleton.sheet.cells.get(spot)
    return raw_text(cell) if cell else ""


def reasons(skeleton: Skeleton) -> dict[str, str]:
    """Give what staff wrote beside a 要確認 of the checks panel, by kind of check."""
    areas = skeleton.at.reason_areas
    texts = {kind: raw(skeleton, (area.top, area.left)) for kind, area in areas.items()}
    return {kind: text for kind, text in texts.items() if text}


def is_untouched(skeleton: Skeleton, issued: Mapping[str, str] | None) -> bool:
    """Tell whether every entry cell holds just what was handed out.

    Where that is not known, an account alone is what a department has in every blank sheet.
    """
    for slot in skeleton.plan.slots:
        if slot.is_entry and (issued is not None or slot.name != ACCOUNT):
            expected = "" if slot.repeats else (issued or {}).get(slot.name, "")
            spots = skeleton.at.spots.get(slot.name, ())
            if any(raw(skeleton, spot) != expected for spot in spots):
                return False
    return not reasons(skeleton)


def handed_out_value(text: str, kind: FieldKind) -> CellValue:
    """Give the value of what the stamp says was handed out; None for nothing, or for nonsense."""
    try:
        if kind is FieldKind.YEAR:
            return FiscalYear.parse(text).western
        number = int(text) if kind in (FieldKind.MONEY, FieldKind.NUMBER) else 0
    except ValueError:
        return None
    if kind in (FieldKind.MONEY, FieldKind.NUMBER):
        return number if abs(number) <= LIMIT else None
    return text or None
