"""A form definition as values: what stands where, and what it means.

The vocabularies in which a form.toml says so are closed (form/first_vocabulary.py, form/language.py):
looks, conditions and expressions cannot creep in. form/load.py reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from yosan_xl.model.axes import TOTAL, Axes, Column, FieldWords, RowList, ToldRelation

USUAL_FORM = "minato-r2"
"""The form of a document or a book that does not say which it is."""


class DefinitionFault(NamedTuple):
    """One thing that is wrong with a definition: its table, key, word and line, what is wrong, and what to do.

    `line` is None where it is not known, a text is empty where there is nothing to say.
    """

    table: str
    key: str
    word: str
    line: int | None
    problem: str
    remedy: str

    @property
    def where(self) -> str:
        """Return its table and key, `[fields] title`; nothing where it is of the whole file."""
        return " ".join(filter(None, (f"[{self.table}]" if self.table else "", self.key)))

    def __str__(self) -> str:
        """Return it as one sentence, `12行目 [fields] title: …`."""
        line = f"{self.line}行目" if self.line else ""
        where = " ".join(filter(None, (line, self.where)))
        return f"{where}: {self.problem}{self.remedy}" if where else f"{self.problem}{self.remedy}"


class DefinitionError(ValueError):
    """A form definition that says something outside the vocabulary: every fault that was found."""

    def __init__(self, faults: Iterable[DefinitionFault], name: str = "") -> None:
        """Keep the faults of the definition in the file called `name`."""
        self.faults = tuple(faults)
        self.name = name
        super().__init__(
            "\n".join(f"{name}: {fault}" if name else str(fault) for fault in self.faults)
        )


class FieldKind(Enum):
    """What a field holds."""

    TEXT = "text"
    PROSE = "prose"
    CHOICE = "choice"
    MONEY = "money"
    NUMBER = "number"
    YEAR = "year"


class FilledBy(Enum):
    """Who fills a field; PRIOR is filled from last year when a book is handed out."""

    DEPARTMENT = "department"
    FINANCE = "finance"
    PRIOR = "prior"
    FORMULA = "formula"


class Role(Enum):
    """What a cell is on the page; excel/styles.py gives each its look."""

    LABEL = "label"
    TITLE = "title"
    NOTE = "note"
    TOTAL = "total"
    HEADING = "heading"
    PANEL = "panel"
    PANEL_HEADING = "panel_heading"


class FieldRelation(NamedTuple):
    """How a computed field comes about: `sum`, `difference`, `change`, `rate` or `bracket` of other fields.

    `of` are pointers; one with `/*/` stands for that column of a list in all its rows. A `difference` is
    empty while its first operand is; a `change` is the second operand less those after it, empty while they all are or the first is; a `rate` is a
    percentage of growth. `parts` are totals, each with its sources: while one stands without any of them, a `sum` or
    `change` of sources is empty.
    """

    kind: str
    of: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...] = ()


class Field(NamedTuple):
    """One field: its JSON pointer (a bare word for a display or a column of a list), its label and its limits.

    `picture` is what a code looks like, 9 for a digit and A for a letter; `decimals` of a number; `under` the
    pointer of the field on whose choice its own choices depend.
    """

    key: str
    label: str
    kind: FieldKind
    by: FilledBy
    number: int | None = None
    choices: str | None = None
    max_length: int | None = None
    required: bool = False
    carried: bool = False
    hint: str = ""
    about: str = ""
    relation: FieldRelation | None = None
    heading: str | None = None
    meaning: str | None = None
    private: bool = False
    picture: str | None = None
    decimals: int = 0
    under: str | None = None

    @property
    def caption(self) -> str:
        """The words on the form, `5 要求する事業内容`."""
        return self.heading or (f"{self.number} {self.label}" if self.number else self.label)

    @property
    def words(self) -> FieldWords:
        """What those who do not know the form know of it."""
        return FieldWords(
            pointer=self.key,
            label=self.label,
            kind=self.kind.value,
            by=self.by.value,
            meaning=self.meaning,
            private=self.private,
            number=self.number,
            picture=self.picture,
            choices=self.choices,
            rate_of=self.relation.of if self.relation and self.relation.kind == "rate" else (),
        )


class Placed(NamedTuple):
    """A label, a field or a display over a span of columns (`first:last` by name) in a row."""

    columns: str
    label: str | None = None
    field: str | None = None
    display: str | None = None
    down: int = 1
    role: Role = Role.LABEL


class RowDefinition(NamedTuple):
    """A row of placed labels and fields."""

    cells: tuple[Placed, ...]
    role: Role = Role.LABEL
    printed: bool = True


class Block(NamedTuple):
    """A field with its caption beside it (none where `caption` is empty): `rows` rows, or a `share` of the rest.

    What is shared are the rows of the band that the blocks with `rows` leave.
    """

    field: str
    caption: str
    columns: str
    rows: int = 0
    share: int = 0


class ListPlace(NamedTuple):
    """A whole list, at the columns that it says itself."""

    key: str


class Stack(NamedTuple):
    """Things under one another."""

    items: tuple[RowDefinition | Block | ListPlace, ...]


class Band(NamedTuple):
    """Stacks side by side that share a height. Bands stand under one another."""

    stacks: tuple[Stack, ...]


class ListColumn(NamedTuple):
    """A column of a list, the span of columns it takes, and the stage and source that it adds up to."""

    columns: str
    field: Field
    stage: str | None = None
    source: str = TOTAL
    not_more: str | None = None

    @property
    def has_subtotal(self) -> bool:
        """Return whether a group has 小計 of it: of every amount."""
        return self.field.kind is FieldKind.MONEY

    @property
    def axis(self) -> Column:
        """What those who do not know the form know of it."""
        words = self.field.words
        return Column(
            key=words.pointer,
            label=words.label,
            kind=words.kind,
            by=words.by,
            meaning=words.meaning,
            stage=self.stage,
            source=self.source,
            not_more=self.not_more,
            private=words.private,
            picture=words.picture,
            choices=words.choices,
        )


class GroupDefinition(NamedTuple):
    """A group of rows (a name of "" has no 小計); an `optional` one may go without its name.

    yosan.toml may give it up to `most` rows.
    """

    name: str
    rows: int
    optional: bool = False
    hint: str = ""
    most: int = 60


class ListDefinition(NamedTuple):
    """A list of rows: its columns and groups, and where a document has its rows and 小計.

    `group` is the key of a row's group in the document; `group_columns` and `subtotal_columns` say where the name
    of a group and the word 小計 stand (both in one cell where the second is empty), `arrow_columns` where
    `arrow` stands in every row. `group_name`, `row_name` and `subtotal_name` make the defined names of its cells,
    with the number of the group from 1.
    """

    key: str
    pointer: str
    label: str
    columns: tuple[ListColumn, ...]
    groups: tuple[GroupDefinition, ...]
    subtotals: str | None = None
    number: int | None = None
    group: str = "group"
    subtotal: str = "小計"
    group_columns: str = ""
    subtotal_columns: str = ""
    arrow_columns: str = ""
    arrow: str = ""
    group_name: str = "yx_{key}_group{group}"
    row_name: str = "yx_{key}{group}_{column}"
    subtotal_name: str = "yx_{key}_subtotal{group}_{column}"

    @property
    def axis(self) -> RowList:
        """What those who do not know the form know of it."""
        return RowList(
            key=self.key,
            label=self.label,
            pointer=self.pointer,
            columns=tuple(column.axis for column in self.columns),
            subtotals=self.subtotals,
            group=self.group,
            groups=tuple(group.name for group in self.groups if group.name),
            subtotal=self.subtotal,
            is_flat_too=any(group.optional for group in self.groups),
            number=self.number,
        )


class CheckDefinition(NamedTuple):
    """A line of the checks panel: what it is called in names, how it weighs, what to do, and what it looks at.

    `test` is a kind of form/check_kinds.py, the same as `kind` where it is empty.
    """

    kind: str
    label: str
    weight: str
    advice: str
    test: str = ""

    @property
    def looks_at(self) -> str:
        """The kind of form/check_kinds.py."""
        return self.test or self.kind


class Panel(NamedTuple):
    """The checks panel: its four columns, their headings, its items, and the counters below."""

    columns: tuple[str, ...]
    heading: tuple[str, ...]
    counters: str
    items: tuple[CheckDefinition, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """A whole form definition, and the SHA-256 of what it says.

    `order` are the pointers of a request document in order, those of lists and 小計 among them; `/form` has no
    field, it is the form's id. The columns `elastic` take what room is left on the page, all do where it is empty;
    `prefecture` is the word that `worded` put into it, `unworded` what it was before. It is the same value for both vocabularies: form/first_vocabulary.py and form/language.py make it.
    """

    id: str
    version: int
    title: str
    sheet: str
    sha256: str
    columns: Mapping[str, float]
    printed: tuple[str, str]
    fields: Mapping[str, Field]
    lists: tuple[ListDefinition, ...]
    checks: Panel
    bands: tuple[Band, ...]
    order: tuple[str, ...]
    axes: Axes
    object_labels: Mapping[str, str]
    object_notes: Mapping[str, str]
    vocabulary: int = 1
    paper: str = "A4横"
    about: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elastic: str = ""
    prefecture: str | None = None
    unworded: Definition | None = field(default=None, repr=False)

    @property
    def told(self) -> tuple[ToldRelation, ...]:
        """Return the relations that the form demands in its own words."""
        return self.axes.told

    def worded(self, prefecture: str) -> Definition:
        """Return it with 都, 道, 府 or 県 for `{prefecture}` in all that it says; itself where it says it nowhere.

        One that was worded already takes another word.
        """
        return _worded(self.unworded or self, prefecture)

    def object_label(self, pointer: str) -> str:
        """Return what an object of several fields is called (財源内訳), its last step where nothing is said."""
        return self.object_labels.get(pointer, pointer.rpartition("/")[2])


PREFECTURE = "{prefecture}"
"""The word in the texts of a form for 都, 道, 府 or 県."""


@lru_cache(maxsize=64)
def _worded(definition: Definition, prefecture: str) -> Definition:
    said: Definition = _said(definition, prefecture)
    if said is definition:
        return definition
    return replace(said, prefecture=prefecture, unworded=definition)


def _said(value: Any, prefecture: str) -> Any:
    """Return a value with the word in all of its texts, itself where that changes nothing."""
    if isinstance(value, str):
        return value.replace(PREFECTURE, prefecture)
    if isinstance(value, Mapping):
        new = {key: _said(one, prefecture) for key, one in value.items()}
        return new if any(new[key] is not one for key, one in value.items()) else value
    if isinstance(value, tuple):
        parts = [_said(one, prefecture) for one in value]
        same = all(one is old for one, old in zip(parts, value, strict=True))
        return value if same else getattr(type(value), "_make", type(value))(parts)
    if is_dataclass(value) and not isinstance(value, type):
        own = {one.name: getattr(value, one.name) for one in fields(value) if one.init}
        said = {name: _said(one, prefecture) for name, one in own.items()}
        changed = {name: one for name, one in said.items() if one is not own[name]}
        return replace(value, **changed) if changed else value
    return value
