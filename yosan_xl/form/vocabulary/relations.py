"""Relations that a second-vocabulary definition demands in its own words, and the amounts that they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from yosan_xl.form.definition import Field, FieldKind, ListDefinition
from yosan_xl.form.vocabulary.amounts import Grid
from yosan_xl.form.vocabulary.shape import Faults, Problem, Table, near
from yosan_xl.form.vocabulary.toml_lines import Path
from yosan_xl.model.axes import SPECIFIC, TOTAL, ToldRelation

_Cell = tuple[str, ...]
"""The pointers of an amount: several for 特定財源 that no list adds up to, none where there is no such amount."""

_SAID = {"kind", "cell", "of", "say"}


def relations_of(
    table: Table,
    fields: Mapping[str, Field],
    grid: Grid,
    lists: Mapping[str, ListDefinition],
    faults: Faults,
) -> tuple[ToldRelation, ...]:
    """Return the relations of a definition; what names no amount is told."""
    reader = _Relations(fields, grid, lists, faults)
    made = (
        reader.relation(one, ("relations", number))
        for number, one in enumerate(table.get("relations", ()))
        if one.keys() >= _SAID
    )
    return tuple(one for one in made if one)


@dataclass(frozen=True, slots=True)
class _Relations:
    """Reads relations, by the fields, amounts and lists that there are."""

    fields: Mapping[str, Field]
    grid: Grid
    lists: Mapping[str, ListDefinition]
    faults: Faults

    def relation(self, one: Table, path: Path) -> ToldRelation | None:
        cell = self.cell(one["cell"], (*path, "cell"))
        sides = [self.cell(name, (*path, "of")) for name in one["of"]]
        if not all((cell, *sides)):
            return None
        kind = one["kind"]
        if kind == "equals" and len(cell) > 1:
            cell, sides = sides[0], [cell]
        self.faults.tell(path, _problems(one, cell, sides))
        of = tuple(pointer for side in sides for pointer in side)
        kind = "sum" if kind == "equals" and len(of) > 1 else kind
        return ToldRelation(kind, cell[0], of, one.get("weight", "誤り"), one["say"])

    def cell(self, name: str, path: Path) -> _Cell:
        """Return the pointers of a name; one of no amount is told."""
        if "/" in name:
            found = self.amount(*name.split("/", 1))
        elif "." in name:
            found = self.column(*name.split(".", 1))
        else:
            found = self.field(name)
        if not found:
            self.faults.add(path, f"「{name}」という額はありません。", self.meant(name), name)
        return found

    def amount(self, stage: str, source: str) -> _Cell:
        own = self.grid.shown.get(stage)
        if own not in self.grid.stages:
            return ()
        amounts = own.amounts if own else {}
        if source == SPECIFIC and SPECIFIC not in amounts:
            parts = (one.key for one in self.grid.sources if not one.is_rest)
            return tuple(amounts[key] for key in parts if key in amounts)
        return (amounts[source],) if source in amounts else ()

    def column(self, key: str, column: str) -> _Cell:
        columns = self.lists[key].columns if key in self.lists else ()
        found = (one.field for one in columns if one.field.key == column)
        return tuple(f"/lists/{key}/*/{one.key}" for one in found if one.kind in _FIGURES)

    def field(self, key: str) -> _Cell:
        own = self.fields.get(key)
        return (own.key,) if own and own.kind in _FIGURES else ()

    def meant(self, name: str) -> str:
        said = near(name, list(self.known()))
        if "書きまちがい" in said:
            return said
        return (
            "段階/財源（total、specific も）、明細.列、金額や数の欄の名前のどれかを書いてください。"
        )

    def known(self) -> Iterator[str]:
        sources = (TOTAL, SPECIFIC, *(one.key for one in self.grid.sources))
        yield from (f"{stage}/{source}" for stage in self.grid.shown for source in sources)
        for key, own in self.lists.items():
            yield from (
                f"{key}.{one.field.key}" for one in own.columns if one.field.kind in _FIGURES
            )
        yield from (key for key, one in self.fields.items() if one.kind in _FIGURES)


_FIGURES = (FieldKind.MONEY, FieldKind.NUMBER)


def _problems(one: Table, cell: _Cell, sides: list[_Cell]) -> Iterator[Problem]:
    kind = one["kind"]
    if cell in sides:
        yield "of", "of に、cell と同じ額があります。", "ほかの額を書いてください。", one["cell"]
    if kind in ("equals", "not_more") and len(sides) > 1:
        remedy = 'ほかの額との計なら kind = "sum" にしてください。'
        yield "of", f"{kind} の of は1つです。", remedy, "of"
    if kind == "difference" and len(sides) < 2:
        remedy = '1つなら kind = "equals" にしてください。'
        yield "of", "difference の of は2つ以上です。", remedy, "of"
    if len(cell) > 1 or (kind == "difference" and len(sides[0]) > 1):
        problem = "特定財源（specific）の計は、ここには書けません。"
        yield "cell", problem, "cell と of を入れかえてください。", one["cell"]
