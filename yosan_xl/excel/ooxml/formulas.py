"""The formulas of a sheet (`<f>`), shared ones written out for every cell."""

from __future__ import annotations

from yosan_xl.excel.ooxml.book import Cell
from yosan_xl.excel.ooxml.refusals import Refused, malformed
from yosan_xl.excel.ooxml.shared_formula import SharedFormula
from yosan_xl.excel.ooxml.source import Source
from yosan_xl.excel.ooxml.xml_parts import Attributes, Node, unescaped
from yosan_xl.form.area import a1


class Formulas:
    """Collects `<f>` of the cell now being read, and writes shared formulas out."""

    def __init__(self, source: Source, cells: dict[tuple[int, int], Cell]) -> None:
        """Take the sheet's cells, of which `finish` mends those that had to wait."""
        self._source, self._cells, self._limit = source, cells, source.limits.cell_chars
        self._opened: list[Attributes] = []
        self._found: list[str] = []
        self._chars = 0
        self._shared: dict[str, SharedFormula] = {}
        self._waiting: dict[tuple[int, int], str] = {}
        self.node = Node(open=self._opened.append, text=self._found.append)

    def pop(self) -> tuple[Attributes, str] | None:
        """Give what `<f>` of this cell said, None where it has none. Raises Refused."""
        if not self._found:
            return None
        found = self._opened.pop(), self._found.pop()
        if self._found:
            raise malformed(self._source.part, "1つのセルに数式が2つあります")
        return found

    def count(self, chars: int, longest: int) -> None:
        """Count formulas that are texts and no more. Raises Refused."""
        if longest > self._limit:
            raise self._source.limits.refusal("cell_chars")
        self._chars += chars

    def read(self, attributes: Attributes, said: str, place: tuple[int, int]) -> str:
        """Give the formula of the cell at `place`, "" while it waits. Raises Refused."""
        formula = unescaped(said) if "_x" in said or "\r" in said else said
        if attributes.get("t") == "shared":
            self.count(0, len(formula))
            return self._counted(self._share(attributes, formula, place))
        self.count(len(formula), len(formula))  # together no more than the part has
        return formula

    def finish(self) -> None:
        """Write out the formulas that stood before the first cell of their group."""
        self._source.tally.add("formula_chars", self._chars)
        for place, group in self._waiting.items():
            if group not in self._shared:
                raise self._wrong(place, "共有された数式の元がありません")
            formula = self._counted(self._shared[group].at(*place))
            self._cells[place] = self._cells[place]._replace(formula=formula)

    def _share(self, attributes: Attributes, formula: str, place: tuple[int, int]) -> str:
        group = attributes.get("si", "")
        if formula:
            # Only the first cell of a group says which cells it is for.
            if group not in self._shared or "ref" in attributes:
                self._shared[group] = SharedFormula(formula, *place)
            return formula
        if group in self._shared:
            return self._shared[group].at(*place)
        self._waiting[place] = group
        return ""

    def _counted(self, formula: str) -> str:
        self._source.tally.add("formula_chars", len(formula))
        return formula

    def _wrong(self, place: tuple[int, int], what: str) -> Refused:
        return malformed(self._source.part, f"セル {a1(*place)}: {what}")
