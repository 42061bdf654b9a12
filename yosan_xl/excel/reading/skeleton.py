"""A request sheet and where the form stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yosan_xl.excel.ooxml.book import Book, Sheet
from yosan_xl.excel.reading.placement import Placement, placement_by_names, planned_placement
from yosan_xl.form.area import Area
from yosan_xl.form.plan import Plan


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A request sheet, and the present place of each slot of its form."""

    sheet: Sheet
    at: Placement

    @property
    def plan(self) -> Plan:
        """The form as it was handed out."""
        return self.at.plan

    @property
    def areas(self) -> Mapping[str, Area]:
        """The present place of each slot that is still there, by name."""
        return self.at.areas


def build_skeleton(book: Book, sheet: Sheet, plan: Plan) -> Skeleton:
    """Find the slots of a Plan in a sheet: by their names, or where it has none by its labels."""
    return Skeleton(
        sheet, placement_by_names(book.names, sheet.name, plan) or planned_placement(plan)
    )


def is_request_sheet(book: Book, sheet: Sheet, plan: Plan) -> bool:
    """Tell whether a sheet is a request sheet: by its names, though some may be lost, or its labels."""
    named = placement_by_names(book.names, sheet.name, plan)
    return named is not None or has_labels(sheet, plan)


def has_labels(sheet: Sheet, plan: Plan) -> bool:
    """Tell whether every label of the form stands at its place in a sheet."""
    return all(
        words(sheet.text(label.area.top, label.area.left)) == words(label.text)
        for label in plan.labels
    )


def words(text: str) -> str:
    """Give a label without its white space, as labels are compared."""
    return "".join(text.split())
