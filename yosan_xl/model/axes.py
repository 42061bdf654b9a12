"""What a form's amounts and fields mean, whatever it calls them: its stages, its sources, its lists and its meanings.

Money is one grid, stages × sources (in the form's unit). Who asks a Request names a stage, a source or a
meaning and no key of a document.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.model.money import Money

TOTAL, SPECIFIC = "total", "specific"
"""合計, and 特定財源 as the rows of a list have them (うち特財); the other sources are a form's own."""

ASKED, DECIDED, LAST_YEAR = "asked", "decided", "last_year"
"""The stages that every form calls the same: 要求, what counts in the end, 前年度. Others have their own keys."""

STEP = "step"
"""The role of any other stage."""

SPECIFIC_LABEL = "特定財源"
"""What the sum of 特定財源 is called."""

Amounts = Mapping[tuple[str, str], Money | None]
"""Amounts in the form's unit by stage and source; None is not given, which is not 0."""


class Stage(NamedTuple):
    """A stage of the budget. `amounts` gives by source the JSON pointers of what the form has of it.

    `by` is department, finance, prior (last year) or formula; `total` says how its total comes about:
    lines, sources, entry, or difference and sum of the stages `of`. `labels` are what a form calls its amounts
    where that is not what Axes.amount_label makes of the words of stages and sources. `listed` are the sources that
    lists of requests show where others follow from these.
    """

    key: str
    label: str
    role: str
    by: str
    total: str
    amounts: Mapping[str, str]
    of: tuple[str, ...] = ()
    labels: Mapping[str, str] | None = None
    listed: tuple[str, ...] = ()

    def computed(self, source: str, amounts: Amounts) -> Money | None:
        """Return the amount of a stage that is worked out from others (`difference`, `sum`).

        It is nothing while nothing is given of its operands, 増減 also while the total of the first is not, and a source
        while an operand has a total without sources: what is not known is not 0.
        """
        operands = [amounts.get((one, source)) for one in self.of]
        is_open = self.total == "difference" and amounts.get((self.of[0], TOTAL)) is None
        is_open |= source != TOTAL and any(has_total_alone(one, amounts) for one in self.of)
        if is_open or all(one is None for one in operands):
            return None
        first, *others = (one or 0 for one in operands)
        return Money(first + sum(others) if self.total == "sum" else first - sum(others))


def has_total_alone(stage: str, amounts: Amounts) -> bool:
    """Return whether the total of a stage is given and none of its sources is: then these are not known."""
    own = [
        source for (key, source), amount in amounts.items() if key == stage and amount is not None
    ]
    return TOTAL in own and not set(own) - {TOTAL, SPECIFIC}


class Source(NamedTuple):
    """A source of funding (財源). `name` is the pointer of the text beside its amounts, `name_label` what that is called.

    `is_rest` is 一般財源: the total less all others, which are 特定財源.
    """

    key: str
    label: str
    is_rest: bool = False
    name: str | None = None
    name_label: str = "名称"


class Column(NamedTuple):
    """A column of a list. An amount that adds up to a stage says which, and to what of it."""

    key: str
    label: str
    kind: str
    by: str
    meaning: str | None = None
    stage: str | None = None
    source: str = TOTAL
    not_more: str | None = None
    private: bool = False
    picture: str | None = None
    choices: str | None = None

    @property
    def amount(self) -> tuple[str, str] | None:
        """Return the stage and source that it adds up to, None where there is none."""
        return (self.stage, self.source) if self.stage else None


@dataclass(frozen=True, slots=True)
class RowList:
    """A list of rows (要求内容): where a document has its rows and 小計, and the names of its groups."""

    key: str
    label: str
    pointer: str
    columns: tuple[Column, ...]
    subtotals: str | None = None
    group: str = "group"
    groups: tuple[str, ...] = ()
    subtotal: str = "小計"
    is_flat_too: bool = False
    number: int | None = None

    @property
    def caption(self) -> str:
        """The words on the form, `10 要求内容`."""
        return f"{self.number} {self.label}" if self.number else self.label

    @property
    def amounts(self) -> tuple[tuple[str, tuple[str, str]], ...]:
        """Return the key of every column that adds up to a stage, with that stage and source."""
        return tuple((one.key, (one.stage, one.source)) for one in self.columns if one.stage)

    @property
    def label_key(self) -> str | None:
        """Return the key of the column that says what a row is for, None where there is none."""
        found = self.meaning("label")
        return found.key if found else None

    def of_amount(self, stage: str, source: str = TOTAL) -> Column | None:
        """Return the column that adds up to a stage's source, None where there is none."""
        return next((one for one in self.columns if one.amount == (stage, source)), None)

    def meaning(self, name: str) -> Column | None:
        """Return the column of a meaning, None where there is none."""
        return next((one for one in self.columns if one.meaning == name), None)

    def row_pointer(self, column: str) -> str:
        """Return the pointer of a column, `*` for any row: `/lines/*/requested`."""
        return f"{self.pointer}/*/{column}"


class FieldWords(NamedTuple):
    """A single field of a form: where its value stands in a document, what it is called, who may see it.

    `picture` is what a code looks like (9 a digit, A a letter), `choices` the list that it is chosen from. A rate (%)
    tells by how much the first amount of `rate_of` is more than the second.
    """

    pointer: str
    label: str
    kind: str
    by: str
    meaning: str | None = None
    private: bool = False
    number: int | None = None
    picture: str | None = None
    choices: str | None = None
    rate_of: tuple[str, ...] = ()

    @property
    def caption(self) -> str:
        """The words on the form, `5 要求する事業内容`."""
        return f"{self.number} {self.label}" if self.number else self.label

    @property
    def is_text(self) -> bool:
        """Return whether its value is a text."""
        return self.kind in ("text", "prose", "choice")


class ToldRelation(NamedTuple):
    """A relation of cells that a form demands in its own words (`say`), as 誤り or 注意 (`weight`).

    `kind` is equals, not_more, sum or difference; `cell` and `of` are pointers, one with `/*/` stands for the sum of that column.
    """

    kind: str
    cell: str
    of: tuple[str, ...]
    weight: str
    say: str


ENVELOPE: Mapping[str, str] = {
    "id": "/id",
    "year": "/fiscal_year",
    "no": "/no",
    "unit_code": "/department/code",
    "unit_upper": "/department/bureau",
    "unit": "/department/section",
}
"""The fields that the program needs of every request, by their meanings: their pointers are the same in every form."""


@dataclass(frozen=True, slots=True, eq=False)
class Axes:
    """The stages, sources, lists, fields and meanings of a form, each in the form's order.

    `unit` is 千円 or 円, `total` what the form calls 合計. `meanings` gives the pointer of each meaning that the form has.
    """

    form: str
    title: str
    unit: str
    stages: tuple[Stage, ...]
    sources: tuple[Source, ...]
    lists: tuple[RowList, ...]
    fields: tuple[FieldWords, ...]
    told: tuple[ToldRelation, ...] = ()
    total: str = "合計"
    meanings: Mapping[str, str] = field(init=False)
    specific: tuple[str, ...] = field(init=False)
    """The keys of 特定財源, in order."""
    rest: str | None = field(init=False)
    """The key of 一般財源, None in a form without it."""
    main: RowList | None = field(init=False)
    """The list whose rows add up to what is asked for, else the first; None without lists."""
    _stages: Mapping[str, Stage] = field(init=False, repr=False)
    _sources: Mapping[str, Source] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Keep stages, sources and meanings by their keys, and what every request is asked for."""
        own = {one.meaning: one.pointer for one in self.fields if one.meaning}
        object.__setattr__(self, "meanings", {**ENVELOPE, **own})
        object.__setattr__(self, "_stages", {one.key: one for one in self.stages})
        object.__setattr__(self, "_sources", {one.key: one for one in self.sources})
        specific = tuple(one.key for one in self.sources if not one.is_rest)
        object.__setattr__(self, "specific", specific)
        rest = next((one.key for one in self.sources if one.is_rest), None)
        object.__setattr__(self, "rest", rest)
        asked = (one for one in self.lists if one.of_amount(ASKED))
        object.__setattr__(self, "main", next(asked, self.lists[0] if self.lists else None))

    def __reduce__(self) -> tuple[Callable[[bytes], Axes], tuple[bytes]]:
        """Pickle it so that who gets a thousand requests of a form from other processes has its Axes once."""
        return _restored, (_content(self),)

    def has_stage(self, key: str) -> bool:
        """Return whether the form has a stage."""
        return key in self._stages

    def stage(self, key: str) -> Stage:
        """Return a stage by its key; raise KeyError."""
        return self._stages[key]

    def source(self, key: str) -> Source:
        """Return a source by its key; raise KeyError."""
        return self._sources[key]

    def source_label(self, source: str) -> str:
        """Return what a source is called; 合計 and 特定財源 where it is `total` or `specific`."""
        if source in self._sources:
            return self._sources[source].label
        return {TOTAL: self.total, SPECIFIC: SPECIFIC_LABEL}[source]

    def amount_label(self, stage: str, source: str = TOTAL) -> str:
        """Return what an amount is called among all, in every output: 要求額, 地方債, 地方債の査定額."""
        own = self._stages[stage]
        usual = amount_label(own, "" if source == TOTAL else self.source_label(source))
        return (own.labels or {}).get(source, usual)

    def pointer(self, stage: str, source: str = TOTAL) -> str | None:
        """Return where a document has an amount, None where the form has none."""
        own = self._stages.get(stage)
        return own.amounts.get(source) if own else None

    def rows(self, key: str) -> RowList:
        """Return a list by its key; raise KeyError."""
        return next((one for one in self.lists if one.key == key), None) or _no(key)

    def against_last_year(self) -> tuple[Stage, ...]:
        """Return the stages that are worked out from last year's (増減), also by way of others."""
        found: dict[str, Stage] = {}
        for stage in self.stages:
            if {LAST_YEAR, *found} & {*stage.of}:
                found[stage.key] = stage
        return tuple(found.values())

    def has(self, meaning: str) -> bool:
        """Return whether the form has a field of a meaning."""
        return meaning in self.meanings

    def word(self, symbol: str) -> str:
        """Return what the form calls a meaning, or the list of what is asked for (`lines`); the general word where it has none."""
        if symbol == "lines" and self.main:
            return self.main.label
        pointer = self.meanings.get(symbol)
        found = next((one.label for one in self.fields if one.pointer == pointer), None)
        return found or MEANING_WORDS[symbol]


@lru_cache(maxsize=64)
def _content(axes: Axes) -> bytes:
    return pickle.dumps({one.name: getattr(axes, one.name) for one in fields(axes) if one.init})


@lru_cache(maxsize=64)
def _restored(content: bytes) -> Axes:
    return Axes(**pickle.loads(content))


MEANING_WORDS: Mapping[str, str] = {
    "id": "要求書ID",
    "year": "年度",
    "no": "NO",
    "unit_code": "所管課コード",
    "unit_upper": "部",
    "unit": "課",
    "account": "会計",
    "level1": "款",
    "level2": "項",
    "level3": "目",
    "title": "事業名",
    "kind": "要求区分",
    "project_code": "事業コード",
    "rationale": "査定の考え方",
    "verdict": "査定",
    "funding_effort": "財源確保",
    "future_cost": "将来コスト",
    "contract_start": "期間の初年度",
    "contract_end": "期間の最終年度",
    "contract_limit": "限度額",
    "contact": "連絡先",
    "lines": "明細",
}
"""What a meaning, and the list of what is asked for, is called in general: where no form says otherwise."""


def amount_label(stage: Stage, source: str) -> str:
    """Return what an amount of a stage is called by the label of its source, which is empty for the total."""
    if not source:
        return stage.label
    return source if stage.key == ASKED else f"{source}の{stage.label}"


def _no(key: str) -> RowList:
    raise KeyError(key)
