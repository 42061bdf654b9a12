"""ちがい: what is not the same in two books of requests."""

from __future__ import annotations

from dataclasses import dataclass

from yosan_xl.model.finding import Place
from yosan_xl.model.money import ThousandYen

DocumentValue = str | int | bool | None


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """A value in one of the two, and its cell; `place` is None where there is no such row.

    A cell that could not be read has no value, and is not `is_read`.
    """

    value: DocumentValue
    place: Place | None
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs; `gap` is how much more it is now (千円), None for what is no amount."""

    pointer: str
    label: str
    old: ComparedValue
    new: ComparedValue
    gap: ThousandYen | None


@dataclass(frozen=True, slots=True)
class ChangedRequest:
    """A request that is in both, and the fields that differ."""

    id: str
    title: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class LoneRequest:
    """A request that is in one of the two alone, and what it asks for (千円)."""

    id: str
    title: str
    requested: ThousandYen


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs; `gap` is how much more is asked for now (千円)."""

    old: str
    new: str
    same: int
    changed: tuple[ChangedRequest, ...]
    only_old: tuple[LoneRequest, ...]
    only_new: tuple[LoneRequest, ...]
    gap: ThousandYen
