"""What the summary workbook is made from: its sheets and their columns, and its contents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain

from yosan_xl.excel.rows import Books
from yosan_xl.excel.summary.fields import (
    WHOLE,
    SummaryField,
    amount_key,
    asked_sources,
)
from yosan_xl.excel.summary.paper import A3, A4, PrintedColumn, printed_width
from yosan_xl.excel.summary.stages import USUAL_PLAN, StagePlan, StageValues
from yosan_xl.excel.summary.stamp import StampedHistory
from yosan_xl.excel.wrapping import one_line
from yosan_xl.model.axes import ASKED, LAST_YEAR, Axes, FieldWords
from yosan_xl.model.ceiling import CeilingStanding
from yosan_xl.model.decision import OUTSIDE, FinanceEntries, Spot, decided_cells
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.money import Money, with_commas
from yosan_xl.model.request import Request
from yosan_xl.model.rollup import Rollup, amounts_of
from yosan_xl.model.two_years import AgainstLastYear

NOTE_ROW = 1
HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
"""Where things stand on every sheet but the one for programs (rows, 0-based)."""

ASKED_TOTAL = amount_key(ASKED)
"""The column of what is asked for."""

_PAPERS: Mapping[str, tuple[int, ...]] = {"list": (A3,), "decisions": (A3,), "course": (A4, A3)}
"""The papers of a kind of sheet: the first on which it needs one page, or the last; of others A4."""

TEXT_INDENT = 2
"""Characters by which a text stands off the edge of its column."""

_WIDEST_NAME = 1.5
"""How much wider than usual a column becomes for names on one line."""

_LEAST_TEXT, _LEAST_REASON = 10, 18
"""Characters that stand on a line of a text and of a reason, however many columns there are."""

_OF_LAST = ("last", "change", "rate")
"""The columns of 予算案比較 that need last year's requests."""

_OF_PRIOR = "{prior}は、いまの要求書にある額で、なくなった事業の額は入っていません。"

_LACKING = "前年度の額が分からない要求（{count:,}件）の入る増減は、出していません（－）。"

_LONGEST_NAME = 200
_GONE_LABELS = {
    "decided/total": "決める額",
    "decided/specific": "決める額の特定財源",
    "verdict": "査定区分",
    "reason": "理由",
    "remarks": "備考",
    "rationale": "査定の考え方",
}
"""What is said of an entry that the form has no place for any more."""

_OUTSIDE_LABEL = "欄の外"


@dataclass(frozen=True, slots=True)
class SheetDefinition:
    """A sheet: its name, kind and columns; the `keys` come first and stay in view.

    `note` stands on the sheet, `about` is what 目次 says of it, and `absent` what it says where the
    sheet is left out. Into the columns `entries` finance types; a sheet that has some is
    protected but for these. `list_key` is the list of the form that a sheet of rows shows.
    It prints on `paper`, on so many `pages` side by side.
    """

    name: str
    kind: str
    note: str
    keys: tuple[SummaryField, ...]
    values: tuple[SummaryField, ...]
    about: str = ""
    absent: str = ""
    entries: tuple[str, ...] = ()
    list_key: str = ""
    paper: int = A4
    pages: int = 1
    fields: tuple[SummaryField, ...] = field(init=False, repr=False, compare=False)
    """All columns from left to right."""
    _columns: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep the columns by their keys."""
        fields = self.keys + self.values
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "_columns", {one.key: at for at, one in enumerate(fields)})

    @property
    def is_table(self) -> bool:
        """Return whether it is for programs to read: its one heading row is the first."""
        return self.kind == "detail"

    def of_this_year(self, prior: str = "") -> SheetDefinition:
        """Return it without the columns of last year, where it can do without; where this year's requests say what was then, in their word (`prior`)."""
        if self.kind != "draft":
            return self
        if not prior:
            values = tuple(one for one in self.values if one.key not in _OF_LAST)
            return replace(self, values=values)
        values = tuple(
            replace(one, label=prior) if one.key == "last" else one for one in self.values
        )
        return replace(self, values=values, note=self.note + _OF_PRIOR.format(prior=prior))

    def without(self, unused: Collection[str]) -> SheetDefinition:
        """Return シーリング without the columns that its rows have nothing for; any other sheet as it is."""
        if self.kind != "ceilings":
            return self
        return replace(self, values=tuple(one for one in self.values if one.key not in unused))

    @property
    def printed(self) -> tuple[SummaryField, ...]:
        """Return the columns up to the last one that is printed."""
        last = max((at for at, one in enumerate(self.fields) if one.printed), default=-1)
        return self.fields[: last + 1]

    @property
    def is_guarded(self) -> bool:
        """Return whether it is protected but for its entry cells: what is computed, and what figures are computed from.

        Lists that nothing is computed from are finance's to sort and to mark.
        """
        return self.kind not in ("detail", "uncarried", "status", "findings")

    @property
    def is_of_sums(self) -> bool:
        """Return whether it shows sums by their keys, where 0 is no figure."""
        return self.kind in ("grouped", "funding", "contracts", "comparison", "draft")

    @property
    def is_by_bureau(self) -> bool:
        """Return whether it shows the sums of every 部, and nothing else."""
        return self.kind == "grouped" and [one.key for one in self.keys] == ["bureau"]

    @property
    def is_of_last_year(self) -> bool:
        """Return whether it needs last year's requests."""
        return self.kind in ("comparison", "last_list")

    @property
    def heading_row(self) -> int:
        """Return the 0-based row of the headings; title, note and a gap stand above it."""
        return 0 if self.is_table else HEADING_ROW

    def has(self, key: str) -> bool:
        """Return whether there is a column of this field."""
        return key in self._columns

    def column(self, key: str) -> int:
        """Return the 0-based column of a field; raise KeyError where the sheet lacks it."""
        if key not in self._columns:
            raise KeyError(f"{self.name}: {key}")
        return self._columns[key]


@dataclass(frozen=True, slots=True)
class SummaryDefinition:
    """The whole workbook: its title, unit, words for totals, and sheets in their order.

    `absent` are the names of sheets that the form has nothing for, with what is said of that.
    """

    title: str
    unit: str
    subtotal: str
    total: str
    all_accounts: str
    axes: Axes
    labels: Mapping[str, str]
    sheets: tuple[SheetDefinition, ...]
    absent: tuple[tuple[str, str], ...] = ()
    plan: StagePlan = USUAL_PLAN
    _names: Mapping[tuple[str, str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Name the columns of the lists, each otherwise."""
        object.__setattr__(self, "_names", dict(_range_names(self.sheets)))

    @property
    def listing(self) -> SheetDefinition:
        """Return the sheet with one row per request, which the others calculate from."""
        return self.of_kind("list")

    @property
    def decided_sources(self) -> tuple[str, ...]:
        """Return the sources that are asked for and that 一覧 has of what is decided."""
        sources, stage = asked_sources(self.axes), self.plan.last
        return tuple(one for one in sources if self.listing.has(stage.key(one)))

    @property
    def sum_label(self) -> str:
        """Return what the sum of everything is called: `全会計 計`, in a form without accounts 計."""
        has_accounts = self.axes.has("account")
        return f"{self.all_accounts} {self.total}" if has_accounts else self.total

    def of_kind(self, kind: str) -> SheetDefinition:
        """Return the first sheet of a kind; raise KeyError where there is none."""
        found = self.every_of(kind)
        if not found:
            raise KeyError(kind)
        return found[0]

    def every_of(self, kind: str) -> tuple[SheetDefinition, ...]:
        """Return the sheets of a kind."""
        return tuple(sheet for sheet in self.sheets if sheet.kind == kind)

    def range_name(self, field: str, kind: str = "list") -> str:
        """Return the book's name of a column of a list, such as `一覧_要求額`."""
        return self._names[kind, field]

    @property
    def entry_sheets(self) -> tuple[SheetDefinition, ...]:
        """Return the sheets that finance types into."""
        return tuple(sheet for sheet in self.sheets if sheet.entries)

    def entry(self, spot: Spot) -> SummaryField | None:
        """Return the column of an entry, of a request or of a line; None where there is none."""
        kind = "decisions" if spot.line else "list"
        own = next((one for one in self.entry_sheets if one.kind == kind), None)
        there = own and spot.field in own.entries
        return own.fields[own.column(spot.field)] if own and there else None

    def entry_label(self, spot: Spot) -> str:
        """Return the heading of an entry's column; its key where there is no such column."""
        if spot.field == OUTSIDE:
            return _OUTSIDE_LABEL
        found = self.entry(spot)
        return found.label if found else _GONE_LABELS.get(spot.field, spot.field)


def _range_names(sheets: Iterable[SheetDefinition]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield by kind of list and key of column what the book calls it: Excel takes letters only, and a name once."""
    taken: set[str] = set()
    for sheet in sheets:
        if sheet.kind not in ("list", "last_list"):
            continue
        for one in sheet.fields:
            letters = "".join(filter(str.isalnum, one.label.removesuffix(WHOLE)))[:_LONGEST_NAME]
            name, number = f"{sheet.name}_{letters}", 1
            while name.casefold() in taken:
                number += 1
                name = f"{sheet.name}_{letters}_{number}"
            taken.add(name.casefold())
            yield (sheet.kind, one.key), name


def _largest_beside(request: Request) -> int:
    """Return the largest amount of a request that belongs to no stage: 総事業費, the rows of a second list."""
    fields, columns = _money_beside(request.axes)
    single = (request.value(one) for one in fields)
    rows = (row.values.get(own) for key, own in columns for row in request.lists.get(key, ()))
    return max((abs(one) for one in chain(single, rows) if isinstance(one, int)), default=0)


@lru_cache
def _money_beside(axes: Axes) -> tuple[tuple[FieldWords, ...], tuple[tuple[str, str], ...]]:
    """Return the fields and the columns of lists that are money of no stage."""
    limit = axes.meanings.get("contract_limit")
    fields = tuple(one for one in axes.fields if one.kind == "money" and one.pointer != limit)
    columns = tuple(
        (own.key, one.key)
        for own in axes.lists
        for one in own.columns
        if one.kind == "money" and not one.stage
    )
    return fields, columns


def _name_widths(rollup: Rollup) -> Iterator[tuple[str, int]]:
    """Yield by key how wide (digits) a column must be for each of its names on one line (of 款, units, sources), a title on two."""
    names: dict[str, set[str]] = {"source": {one.label for one in rollup.axes.sources}}
    for row in rollup.rows:
        for key, name in rollup.keys(row).items():
            names.setdefault(key, set()).add(name)
    for unit in rollup.roster:
        parts = {"bureau": unit.bureau, "section": unit.section, "department": unit.name}
        for key, name in parts.items():
            names.setdefault(key, set()).add(name)
    yield from ((key, TEXT_INDENT + max(map(one_line, of), default=0)) for key, of in names.items())
    titles = (one_line(row.request.title or "") for row in rollup.rows)
    yield "title", TEXT_INDENT + -(-max(titles, default=0) // 2)


@dataclass(frozen=True, slots=True)
class SummaryContents:
    """Everything that the sheets are made from."""

    definition: SummaryDefinition
    rollup: Rollup
    findings: tuple[Finding, ...]
    intake: Intake
    entries: FinanceEntries
    books: Books
    last_year: AgainstLastYear | None = None
    history: StampedHistory = field(default_factory=StampedHistory)
    ceilings: tuple[CeilingStanding, ...] = ()
    values: StageValues = field(init=False, repr=False, compare=False)
    """What 一覧 shows of every request at every stage."""
    sheets: tuple[SheetDefinition, ...] = field(init=False, repr=False, compare=False)
    """The sheets there are: those of last year only where it is known, and none of entries that nobody types."""
    _widths: tuple[int, int] = field(init=False, repr=False, compare=False)
    _names: Mapping[str, int] = field(init=False, repr=False, compare=False)
    """How wide a column of names must be for each on one line, by key."""

    def __post_init__(self) -> None:
        """Look through all amounts and names once: every sheet asks how wide they are."""
        values = StageValues(self.definition.plan, self.entries, self.definition.listing.entries)
        object.__setattr__(self, "values", values)
        left_out = [one.row for one in (*self.intake.left_out, *self.intake.again)]
        last = self.last_year.rows if self.last_year else ()
        every = [row.request for row in (*self.rollup.rows, *left_out, *last)]
        sizes = [abs(amount or 0) for one in every for amount in amounts_of(one).values()]
        sizes += [abs(amount or 0) for amount in self._assessed()]
        beside = max(map(_largest_beside, every), default=0)
        largest = max(max(sizes, default=0), beside)
        widths = tuple(len(with_commas(-most)) + 2 for most in (largest, max(sum(sizes), beside)))
        object.__setattr__(self, "_widths", widths)
        object.__setattr__(self, "_names", dict(_name_widths(self.rollup)))
        object.__setattr__(self, "sheets", self._chosen())

    def _assessed(self) -> Iterator[Money | None]:
        """Yield the amounts of every stage of the assessment, and of 復活要求."""
        for row in self.rollup.rows:
            yield from (self.values.amount(row, one) for one in self.definition.plan.stages)
            yield from (row.restoration.amounts.values() if row.restoration else ())

    def _chosen(self) -> tuple[SheetDefinition, ...]:
        prior, unused = self._prior, self._unused
        has_entries = bool(decided_cells(self.rollup.axes) or self.entries.uncarried)
        return tuple(
            self._on_paper(self._with_lacking(one if self.last_year else one.of_this_year(prior)))
            for one in (sheet.without(unused) for sheet in self.definition.sheets)
            if (self.last_year or not one.is_of_last_year)
            and (self.ceilings or one.kind != "ceilings")
            and (has_entries or one.kind != "uncarried")
            and (self.has_bureaus or not one.is_by_bureau)
        )

    def _with_lacking(self, sheet: SheetDefinition) -> SheetDefinition:
        """Return a sheet of sums with what it says of requests whose amount of last year nobody knows."""
        count = sum(row.request.lacks_last_year for row in self.rollup.rows)
        shown = {"last", *(amount_key(one.key) for one in self.rollup.axes.against_last_year())}
        kinds = ("grouped",) if self.last_year else ("grouped", "draft")
        is_shown = sheet.kind in kinds and any(map(sheet.has, shown))
        note = sheet.note + _LACKING.format(count=count)
        return replace(sheet, note=note) if count and is_shown else sheet

    @property
    def _unused(self) -> tuple[str, ...]:
        """The columns of シーリング that its rows have nothing for."""
        ceilings = [one.ceiling for one in self.ceilings]
        unused = {
            "last": all(one.tenths is None for one in ceilings),
            "category": not any(one.categories for one in ceilings),
        }
        return tuple(key for key, is_unused in unused.items() if is_unused)

    @property
    def has_bureaus(self) -> bool:
        """Return whether any unit belongs to a 部: in a small town none does."""
        roster, rollup = self.rollup.roster, self.rollup
        units = (*roster, *(rollup.unit(row.request) for row in rollup.rows))
        return any(unit.bureau for unit in units)

    def _on_paper(self, sheet: SheetDefinition) -> SheetDefinition:
        """Return a sheet with its paper, its pages side by side and columns as wide as these have room for."""
        if sheet.is_table or not sheet.fields:
            return sheet
        columns = [self._printed_column(sheet, one) for one in sheet.printed]
        found = printed_width(columns, len(sheet.keys), _PAPERS.get(sheet.kind, (A4,)))
        widths = dict(zip(sheet.fields, found.widths, strict=False))
        keys, values = (
            tuple(replace(one, width=widths.get(one, one.width)) for one in part)
            for part in (sheet.keys, sheet.values)
        )
        return replace(sheet, keys=keys, values=values, paper=found.paper, pages=found.pages)

    def _printed_column(self, sheet: SheetDefinition, field: SummaryField) -> PrintedColumn:
        if field.kind in ("money", "change"):
            least = self.figure_width(summed=sheet.kind != "list")
            return PrintedColumn(max(field.width, least), least, is_text=False)
        is_text = field.is_text and field.kind != "code"
        narrow = _LEAST_REASON if field.kind == "beside" else _LEAST_TEXT
        # Lists of requests have many columns: of names, titles alone get room there.
        wraps = sheet.is_guarded and not sheet.is_of_sums and field.key != "title"
        name = 0 if wraps else self._names.get(field.key, 0)
        named = min(name, int(_WIDEST_NAME * field.width))
        least = min(field.width, narrow) if is_text else field.width
        least = max(least, named) if sheet.is_of_sums else least
        return PrintedColumn(max(field.width, named), least, is_text)

    @property
    def _prior(self) -> str:
        """What the form calls last year's amount, where a request has it."""
        is_listed = self.definition.listing.has(amount_key(LAST_YEAR))
        known = (row.request.amount(LAST_YEAR) is not None for row in self.rollup.rows)
        return self.rollup.axes.stage(LAST_YEAR).label if is_listed and any(known) else ""

    @property
    def absent(self) -> tuple[tuple[str, str], ...]:
        """The names of the sheets that are not there, with what is said of that."""
        every, there = self.definition.sheets, {one.name for one in self.sheets}
        now = tuple((one.name, one.absent) for one in every if one.absent and one.name not in there)
        return (*self.definition.absent, *now)

    @property
    def heading(self) -> str:
        """`港区　令和2年度　予算要求集計`."""
        settings = self.rollup.settings
        return f"{settings.municipality}　{settings.year.label}　{self.definition.title}"

    def head_texts(self, sheet: SheetDefinition) -> tuple[str, ...]:
        """Return every text above the rows of a sheet."""
        title = f"{self.heading}　{sheet.name}"
        labels = (field.label for field in sheet.fields)
        return (title, sheet.note, self.definition.unit, *labels)

    def column_width(self, sheet: SheetDefinition, field: SummaryField) -> int:
        """Return how wide a column is: no amount shows as ####."""
        if field.kind not in ("money", "change"):
            return field.width
        return max(field.width, self.figure_width(summed=sheet.kind != "list"))

    def figure_width(self, summed: bool) -> int:
        """How wide a column must be that no amount, or no sum of them, shows as ####."""
        largest, sum_of_all = self._widths
        return sum_of_all if summed else largest
