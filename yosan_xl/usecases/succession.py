"""From one year to the next: the rows of 対応表.csv, and two years brought together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from yosan_xl.model.comparison import YearRequests
from yosan_xl.model.department import Department, Roster
from yosan_xl.model.finding import Finding, Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.matching import Succession, SuccessionKind, SuccessionRow, match
from yosan_xl.model.request import Request
from yosan_xl.model.text import canonical, hint
from yosan_xl.model.two_years import TwoYears, projects_of
from yosan_xl.store.succession_file import SPLIT, SUCCESSION_NAME, read_succession
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput

_Hit = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """From one year to a later one, and what 対応表.csv says of it.

    `faults` are rows that mean several things; `unused` are rows of which a side is not there.
    """

    old: FiscalYear
    new: FiscalYear
    table: Succession
    faults: list[Finding] = field(default_factory=list)
    unused: dict[int, Finding] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def units(self, before: Roster, after: Roster) -> dict[str, str]:
        """Return by the code of a unit of the old year that of the new one, where it has one."""
        found = _same_units(before, after)
        said = self._resolve(SuccessionKind.DEPARTMENT, _units(before), _units(after))
        return found | {old: new for old, new in said.items() if new is not None}

    def projects(
        self, before: Sequence[Request], after: Sequence[Request]
    ) -> dict[int, int | None]:
        """Return by the place of an old project that of the new one, None for no successor."""
        said = self._resolve(SuccessionKind.PROJECT, _projects(before), _projects(after))
        return {int(old): None if new is None else int(new) for old, new in said.items()}

    def _resolve(
        self, kind: SuccessionKind, before: _Known, after: _Known
    ) -> Mapping[str, str | None]:
        found: dict[str, str | None] = {}
        for link in self.table.of(kind, self.old, self.new):
            old = self._one(link, link.old, before, self.old)
            new = self._one(link, link.new, after, self.new) if link.new else None
            if old is None or (link.new and new is None):
                continue
            self.used.add(link.row)
            if found.setdefault(old, new) != new:
                problem = f"「{link.old}」は、ほかの行でも別のものに対応しています"
                self._fault(link, problem, SPLIT[kind])
        return found

    def _one(self, link: SuccessionRow, wanted: str, known: _Known, year: FiscalYear) -> str | None:
        found = known.find(wanted)
        if len(found) == 1:
            return found[0][0]
        if found:
            named = "、".join(name for _, name in found)
            problem = f"{year.label}の{link.kind.value}「{wanted}」は {len(found)}つあります"
            self._fault(link, problem, f"次のどれかのコードで書いてください: {named}。")
        else:
            facts = {
                "label": year.label,
                "kind": link.kind.value,
                "wanted": wanted,
                "hint": known.meant(wanted),
            }
            self.unused[link.row] = codes.UNUSED_ROW.at(
                Place(self.table.file), row=link.row, **facts
            )
        return None

    def _fault(self, link: SuccessionRow, problem: str, remedy: str) -> None:
        place = Place(self.table.file)
        self.faults.append(
            codes.AMBIGUOUS_ROW.at(place, row=link.row, problem=problem, remedy=remedy)
        )


def two_years(
    old: YearRequests, new: YearRequests, succession: Succession
) -> tuple[TwoYears, tuple[Finding, ...]]:
    """Bring two years together, and return with them what is told of unused rows of 対応表.csv.

    Raises WrongInput where a row of it means several things.
    """
    step = Step(old.year, new.year, succession)
    units = step.units(old.units, new.units)
    said = step.projects(old.requests, new.requests)
    if step.faults:
        raise WrongInput(*step.faults)
    matching = match(projects_of(old, units), projects_of(new, {}), said)
    unused = tuple(step.unused[row] for row in sorted(step.unused))
    return TwoYears(old, new, units, matching), unused


def _same_units(before: Roster, after: Roster) -> dict[str, str]:
    """Return the units that are there still: under their own name, else under their code.

    A name goes before a code, for codes are given anew when an organisation is put in order.
    """
    there = {unit.code: unit for unit in after}
    by_name = {canonical(unit.name): unit.code for unit in after if unit.name}
    found: dict[str, str] = {}
    for unit in before:
        same = there.get(unit.code)
        named = by_name.get(canonical(unit.name)) if unit.name else None
        if same and (named is None or canonical(same.name) == canonical(unit.name)):
            found[unit.code] = unit.code
        elif named is not None:
            found[unit.code] = named
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What a year has: by each name that may be written, keys and the words that tell them apart.

    A code or an id (`by_code`) goes before a name (`by_name`).
    """

    by_code: Mapping[str, list[_Hit]]
    by_name: Mapping[str, list[_Hit]]

    def find(self, wanted: str) -> list[_Hit]:
        text = canonical(wanted)
        return self.by_code.get(text) or self.by_name.get(text) or []

    def meant(self, wanted: str) -> str:
        """Return a sentence with what was probably meant, or an empty one."""
        text = canonical(wanted)
        zeros = [code for code in self.by_code if text.isdigit() and code == text.zfill(len(code))]
        if zeros:
            return f"「{zeros[0]}」のことでしょうか。Excel で保存すると先頭の 0 が消えます。"
        return hint(wanted, [*self.by_code, *self.by_name])


def _units(roster: Roster) -> _Known:
    hits = [(unit, (unit.code, f"{unit.code} {unit.name}".strip())) for unit in roster]
    names = [(name, hit) for unit, hit in hits for name in _called(unit)]
    return _Known(_hits((unit.code, hit) for unit, hit in hits), _hits(names))


def _called(unit: Department) -> list[str]:
    return [*dict.fromkeys((unit.section or unit.bureau, unit.name))]


def _projects(requests: Sequence[Request]) -> _Known:
    hits = [
        (one, (str(at), f"{one.id or ''}「{one.title or ''}」")) for at, one in enumerate(requests)
    ]
    by_id = _hits((one.id, hit) for one, hit in hits)
    return _Known(by_id, _hits((one.title, hit) for one, hit in hits))


def _hits(named: Iterable[tuple[str | None, _Hit]]) -> Mapping[str, list[_Hit]]:
    found: dict[str, list[_Hit]] = {}
    for name, hit in named:
        if name:
            found.setdefault(canonical(name), []).append(hit)
    return found


def codes_now(requests: Sequence[Request], year: YearFolder) -> Mapping[str, str]:
    """Return the codes that last year's units have now: the same, or as 対応表.csv says.

    Raises WrongInput for a 対応表.csv that cannot be used.
    """
    path = year.root / SUCCESSION_NAME
    if not path.is_file():
        return {}
    before = YearRequests("", FiscalYear(year.settings.year.western - 1), tuple(requests))
    step = Step(before.year, year.settings.year, read_succession(path))
    found = step.units(_with_code(before.units), year.roster)
    if step.faults:
        raise WrongInput(*step.faults)
    return found


def _with_code(units: Roster) -> Roster:
    return Roster(tuple(unit for unit in units if unit.code))


def moves_of(year: YearFolder) -> dict[str, str]:
    """Return the requests that people say became others within the year, by id; raise WrongInput."""
    path = year.root / SUCCESSION_NAME
    return read_succession(path).moves(year.settings.year) if path.is_file() else {}
