"""What the summary workbook is made from: its definition (templates/summary/summary.toml) and its contents."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from yosan_xl.excel.rows import Books
from yosan_xl.form.definition import USUAL_FORM, Definition
from yosan_xl.form.load import load_definition
from yosan_xl.model.decision import FinanceEntries
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import Rollup, amounts_of
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.resources import template_folder

NOTE_ROW = 1
HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
"""Where things stand on every sheet but the one for programs (rows, 0-based)."""

FIELD_KINDS = ("text", "code", "prose", "integer", "count", "money", "change", "share")
SHEET_KINDS = (
    *("intake", "grouped", "funding", "contracts", "list", "decisions", "uncarried", "detail"),
    *("comparison", "last_list", "charts", "status", "findings"),
)


@dataclass(frozen=True, slots=True)
class SummaryField:
    """A column: its key, heading, kind and width (characters of the body font).

    A field of the request form has the form's own label.

    `hint` is what finance reads beside an entry cell, `choices` are words it may take from a list.
    """

    key: str
    label: str
    kind: str
    width: int
    printed: bool = True
    hint: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Return whether a long value wraps and makes its row taller."""
        return self.kind in ("text", "code")


@dataclass(frozen=True, slots=True)
class SheetDefinition:
    """A sheet: its name, kind and columns; the `keys` come first and stay in view.

    `note` stands on the sheet, `about` is what 目次 says of it, and `absent` what it says where the
    sheet is left out. Into the columns `entries` finance types; a sheet that has some is
    protected but for these.
    """

    name: str
    kind: str
    note: str
    keys: tuple[SummaryField, ...]
    values: tuple[SummaryField, ...]
    about: str = ""
    absent: str = ""
    entries: tuple[str, ...] = ()
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

    @property
    def is_of_sums(self) -> bool:
        """Return whether it shows sums by their keys, where 0 is no figure."""
        return self.kind in ("grouped", "funding", "contracts", "comparison")

    @property
    def is_of_last_year(self) -> bool:
        """Return whether it needs last year's requests."""
        return self.kind in ("comparison", "last_list")

    @property
    def heading_row(self) -> int:
        """Return the 0-based row of the headings; title, note and a gap stand above it."""
        return 0 if self.is_table else HEADING_ROW

    def column(self, key: str) -> int:
        """Return the 0-based column of a field; raise KeyError where the sheet lacks it."""
        if key not in self._columns:
            raise KeyError(f"{self.name}: {key}")
        return self._columns[key]


@dataclass(frozen=True, slots=True)
class SummaryDefinition:
    """The whole workbook: its title, unit, words for totals, and sheets in their order."""

    title: str
    unit: str
    subtotal: str
    total: str
    all_accounts: str
    labels: Mapping[str, str]
    sheets: tuple[SheetDefinition, ...]

    @property
    def listing(self) -> SheetDefinition:
        """Return the sheet with one row per request, which the others calculate from."""
        return self.of_kind("list")

    def of_kind(self, kind: str) -> SheetDefinition:
        """Return the first sheet of a kind."""
        return next(sheet for sheet in self.sheets if sheet.kind == kind)

    def range_name(self, field: str, kind: str = "list") -> str:
        """Return the book's name of a column of a list, such as `一覧_要求額`."""
        letters = filter(str.isalnum, self.labels[field])  # Excel takes no brackets in a name
        return f"{self.of_kind(kind).name}_{''.join(letters)}"

    @property
    def entry_sheets(self) -> tuple[SheetDefinition, ...]:
        """Return the sheets that finance types into."""
        return tuple(sheet for sheet in self.sheets if sheet.entries)


@lru_cache
def summary_definition(form: Definition) -> SummaryDefinition:
    """Return the definition with the labels of a form."""
    return read_definition(template_folder("summary") / "summary.toml", form)


def every_definition(own: Definition | None = None) -> tuple[SummaryDefinition, ...]:
    """Return the definition with the labels of the year's `own` form, then of each that is shipped, the usual one first."""
    forms = {form.sha256: form for form in (own, *_shipped()) if form}
    return tuple(map(summary_definition, forms.values()))


def read_definition(file: Path, form: Definition) -> SummaryDefinition:
    """Read a definition; raise ValueError or KeyError for a word outside the closed vocabulary."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    # What another form has not, the usual one has a word for.
    labels = {**form_labels(_shipped()[0]), **form_labels(form)}
    fields = {key: _field(key, row, labels) for key, row in table["fields"].items()}
    words = {word: table[word] for word in ("title", "unit", "subtotal", "total", "all_accounts")}
    return SummaryDefinition(
        **words,
        labels={key: field.label for key, field in fields.items()},
        sheets=tuple(_sheet(row, fields) for row in table["sheets"]),
    )


@cache
def _shipped() -> tuple[Definition, ...]:
    ids = sorted(file.parent.name for file in template_folder("").glob("*/form.toml"))
    return tuple(map(load_definition, dict.fromkeys((USUAL_FORM, *ids))))


def form_labels(form: Definition) -> Mapping[str, str]:
    """Return what a form calls its fields and the columns of its lines (`/lines/*/requested`)."""
    lines = {f"/lines/*/{one.field.key}": one.field.label for one in form.lines.columns}
    return {key: field.label for key, field in form.fields.items()} | lines


def _field(key: str, row: Mapping[str, Any], labels: Mapping[str, str]) -> SummaryField:
    if row["kind"] not in FIELD_KINDS:
        raise ValueError(f"{key}: kind = {row['kind']!r}")
    own = {name: value for name, value in row.items() if name != "pointer"}
    label = row["label"] if "label" in row else labels[row["pointer"]]
    return SummaryField(
        **{**own, "key": key, "label": label, "choices": tuple(row.get("choices", ()))}
    )


def _sheet(row: Mapping[str, Any], fields: Mapping[str, SummaryField]) -> SheetDefinition:
    if row["kind"] not in SHEET_KINDS:
        raise ValueError(f"{row['name']}: kind = {row['kind']!r}")
    entries = tuple(row.get("entries", ()))
    if strange := set(entries) - set(row["values"]):
        raise ValueError(f"{row['name']}: entries = {sorted(strange)}")
    screen_only, widths = row.get("screen_only", ()), row.get("widths", {})

    def columns(keys: Sequence[str]) -> tuple[SummaryField, ...]:
        return tuple(
            replace(
                fields[key],
                width=widths.get(key, fields[key].width),
                printed=key not in screen_only,
            )
            for key in keys
        )

    own = {name: value for name, value in row.items() if name not in ("screen_only", "widths")}
    both = {"keys": columns(row["keys"]), "values": columns(row["values"])}
    return SheetDefinition(**{**own, **both, "entries": entries})


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
    _widths: tuple[int, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Look through all amounts once: every sheet asks how wide they are."""
        left_out = [one.row for one in (*self.intake.left_out, *self.intake.again)]
        last = self.last_year.rows if self.last_year else ()
        every = (amounts_of(row.request) for row in (*self.rollup.rows, *left_out, *last))
        sizes = [abs(amount or 0) for amounts in every for amount in amounts.values()]
        widths = tuple(len(with_commas(-most)) + 2 for most in (max(sizes, default=0), sum(sizes)))
        object.__setattr__(self, "_widths", widths)

    @property
    def sheets(self) -> tuple[SheetDefinition, ...]:
        """The sheets there are: those of last year only where it is known."""
        every = self.definition.sheets
        return tuple(one for one in every if self.last_year or not one.is_of_last_year)

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

    def figure_width(self, summed: bool) -> int:
        """How wide a column must be that no amount, or no sum of them, shows as ####."""
        largest, sum_of_all = self._widths
        return sum_of_all if summed else largest


@dataclass(frozen=True, slots=True)
class RowRun:
    """Rows of one first key that stand together (0-based, `end` is past them), and their sum's row."""

    key: str
    first: int
    end: int
    total: int
