"""The columns that a form gives the summary, in the form's words: fields, amounts, and the columns of its lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from yosan_xl.excel.summary.fields import (
    CHECK,
    FINANCE,
    LEVELS,
    OF_MEANING,
    PROGRESS,
    RESTORED,
    RESTORED_GIVEN,
    RESTORED_WHOLE,
    VERDICT,
    SummaryField,
    amount_key,
    amount_label,
    asked_sources,
    column_key,
    is_typed,
    key_of,
    last_key,
    line_key,
    restored_key,
)
from yosan_xl.excel.summary.stages import USUAL_PLAN, ListedStage, StagePlan
from yosan_xl.form.definition import Definition, Field
from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Column, FieldWords, Stage
from yosan_xl.model.decision import REASON, is_decided_by_rows

_NAMED = ("no", "department", "name", "named_amount", "file", "sheet")
"""The columns that tell of a source of one request."""


_KINDS = {
    "text": "text",
    "choice": "text",
    "prose": "prose",
    "money": "money",
    "number": "integer",
    "year": "integer",
}
_NARROW, _WIDE, _SHORT = 24, 40, 100
"""Widths of prose, and the most characters of what is short."""


class FormColumns:
    """What a form has, as columns of the summary: by key, and many at once by their names (`@sources`)."""

    def __init__(
        self, form: Definition, hints: Mapping[str, str], plan: StagePlan = USUAL_PLAN
    ) -> None:
        """Take the words of a form; `hints` are those of entry cells by key, `plan` says which stages there are."""
        self.axes = form.axes
        self.plan = plan
        self._form, self._hints = form, hints
        self._decided = form.axes.stage(DECIDED) if form.axes.has_stage(DECIDED) else None

    @property
    def words(self) -> Mapping[str, str]:
        """Return the words that sentences of the summary take from the form, by key; what the form lacks is not there."""
        axes, main = self.axes, self.axes.main
        of_lines = main.of_amount(DECIDED) if main and is_decided_by_rows(axes) else None
        judged = main.meaning(VERDICT) if main and self.is_typed else None
        found = {
            **{key_of(one): one.label for one in axes.fields if one.meaning},
            "money": axes.unit,
            "asked": axes.stage(ASKED).label,
            "decided": self._decided.label if self._decided else None,
            "open": self.stage_label(self.plan.last) if self.is_typed else None,
            "list": main.label if main else None,
            "judged": judged.label if judged and not of_lines else None,
            "of_lines": self.stage_label(self.plan.last) if of_lines else None,
        }
        return {key: word for key, word in found.items() if word is not None}

    def has(self, need: str) -> bool:
        """Return whether the form has what a sheet needs: a meaning's key, `decided`, `funding`, `lists` or `contract`."""
        axes = self.axes
        if need == "decided":
            return self.is_typed
        if need == "funding":
            return bool(asked_sources(self.axes))
        if need == "lists":
            return bool(axes.lists)
        if need == "contract":
            return any(axes.has(f"contract_{part}") for part in ("start", "end", "limit"))
        return any(key_of(one) == need for one in axes.fields)

    def has_meaning(self, need: str | None) -> bool:
        """Return whether the form has what a column needs: a meaning, `groups` or `lists`; nothing is always there."""
        main = self.axes.main
        if need == "lists":
            return main is not None
        if need == "groups":
            return main is not None and bool(main.groups)
        return need is None or need in {one.meaning for one in self.axes.fields}

    @property
    def has_names(self) -> bool:
        """Return whether a source of what is asked for has a text beside it."""
        sources = asked_sources(self.axes)
        return any(one.name for one in self.axes.sources if one.key in sources)

    @property
    def is_typed(self) -> bool:
        """Return whether finance types what is decided: not where it follows from other stages."""
        return is_typed(self.axes)

    def single(self) -> Iterator[SummaryField]:
        """Yield a column for every field of the form, and for every amount."""
        for one in self.axes.fields:
            yield self._field(one)
        for stage in self.axes.stages:
            for source in stage.amounts:
                yield self._amount(stage, source)
        if self.is_typed:
            for listed in self.plan.stages:
                yield from self._staged(listed)
        for key in asked_sources(self.axes):
            label = f"前年度の{self.axes.source_label(key)}"
            yield SummaryField(last_key(key), label, "money", 13)
            label = f"{self.axes.source_label(key)}の復活要求額"
            yield SummaryField(restored_key(key), label, "money", 13)

    def stage_label(self, stage: ListedStage, source: str = TOTAL) -> str:
        """Return what an amount of a stage of the assessment is called: as the form calls what it fills, else by its name."""
        if stage.filled:
            return amount_label(self.axes, self.axes.stage(stage.filled), source)
        own = f"{stage.name}の額"
        if source == TOTAL:
            return own
        words = (own, "うち特財") if source == SPECIFIC else (self.axes.source_label(source), own)
        return "の".join(words)

    def _staged(self, stage: ListedStage) -> Iterator[SummaryField]:
        """Yield the columns of a stage of the assessment: amounts, how many are decided, 査定区分 and 理由."""
        label = self.stage_label(stage)
        for source in (TOTAL, *self._sources_of(stage)):
            key, own = stage.key(source), self.stage_label(stage, source)
            hint = self._hints.get(key, self._hints.get("decided/source", ""))
            yield SummaryField(key, own, "money", 13, hint=hint, is_decided=True)
        of = f"{stage.name}の" if self.plan.has_names else ""
        if stage.own_key(TOTAL) != stage.key():
            yield SummaryField(stage.own_key(TOTAL), label, "money", 13, is_decided=True)
        yield SummaryField(stage.count_key, f"{of}決定件数", "code", 10)
        judged = f"{of}区分" if of.endswith("査定の") else f"{of}査定区分"
        width = 15 if self.plan.has_names else 12  # 「前の段階どおり」「復活要求どおり」
        yield SummaryField(stage.own_key(VERDICT), judged, "code", width)
        yield SummaryField(stage.own_key(REASON), f"{of}理由", "beside", 24)

    def _sources_of(self, stage: ListedStage) -> tuple[str, ...]:
        """Return the sources of a stage that 一覧 shows, うち特財 first; of a closed one without a place in the form none."""
        key = DECIDED if stage.is_usual else stage.filled
        amounts = self.axes.stage(key).amounts if key else {}
        every = (SPECIFIC, *(one.key for one in self.axes.sources))
        return tuple(one for one in every if one in amounts)

    def of_list(self, list_key: str) -> Iterator[SummaryField]:
        """Yield the columns of a list."""
        fields = self._list_fields(list_key)
        for column in self.axes.rows(list_key).columns:
            key = column_key(list_key, column.key)
            yield self._column(key, column, fields[column.key], 50)

    def of_lines(self) -> Iterator[SummaryField]:
        """Yield the columns of the main list as finance judges its rows: entries have the keys of entries."""
        main = self.axes.main
        if main is None:
            return
        fields = self._list_fields(main.key)
        for column in main.columns:
            key = line_key(self.axes, main.key, column)
            field = self._column(key, column, fields[column.key], 44)
            is_entry = key in (amount_key(DECIDED), amount_key(DECIDED, SPECIFIC))
            if is_entry and self.plan.last.filled != DECIDED:
                field = replace(field, label=self.stage_label(self.plan.last, column.source))
            yield field

    def group(self, name: str, named: Iterable[str], list_key: str = "") -> tuple[str, ...]:
        """Return the keys that `@name` stands for on a sheet that itself names the keys `named`."""
        makers: Mapping[str, Callable[[], Iterable[str]]] = {
            "@levels": lambda: [key for key in LEVELS if self.has(key)],
            "@fields": lambda: self._fields(named, prose=False),
            "@prose": lambda: self._fields(named, prose=True),
            "@before": lambda: [amount_key(one.key) for one in self._around()[0]],
            "@after": self._after,
            "@closed": self._closed,
            "@closed_lines": self._closed_lines,
            "@last": lambda: [self.plan.last.key()] if self.is_typed else [],
            "@course": self._course,
            "@specific": lambda: [amount_key(ASKED, SPECIFIC)] if self._has_specific() else [],
            "@sources": lambda: [amount_key(ASKED, source) for source in asked_sources(self.axes)],
            "@stages": lambda: self._grid(self._until_decided()),
            "@decided": self._open,
            "@columns": lambda: [one.key for one in self.of_list(list_key)],
            "@asked_columns": self._asked_columns,
            "@last_sources": lambda: [last_key(one) for one in asked_sources(self.axes)],
            "@named": lambda: _NAMED if self.has_names else (),
        }
        return tuple(makers[name]())

    def _around(self) -> tuple[tuple[Stage, ...], tuple[Stage, ...]]:
        stages = self.axes.stages
        at = next(place for place, one in enumerate(stages) if one.key == ASKED)
        return stages[:at], stages[at + 1 :]

    def _until_decided(self) -> tuple[Stage, ...]:
        """Return the form's stages before what is decided, but for those that are stages of the assessment."""
        stages = self.axes.stages
        until = stages[: stages.index(self._decided)] if self._decided else stages
        return tuple(one for one in until if not self._is_assessed(one))

    def _later(self) -> tuple[Stage, ...]:
        """Return what is decided, where it is none of the stages of the assessment, and the form's stages after it."""
        found = self.axes.stages[self.axes.stages.index(self._decided) :] if self._decided else ()
        return tuple(one for one in found if not self._is_assessed(one))

    def _is_assessed(self, stage: Stage) -> bool:
        return self.is_typed and stage.key in self.plan.covered

    def _after(self) -> list[str]:
        """Return the totals of the stages after what is asked for, of those of the assessment with how many are decided."""
        order = [one.key for one in self.axes.stages]
        others = [one.key for one in self._around()[1] if not self._is_assessed(one)]
        found: list[str] = []
        for stage in self.plan.stages if self.is_typed else ():
            at = order.index(stage.filled) if stage.filled else 0
            found += map(amount_key, [one for one in others if order.index(one) < at])
            others = [one for one in others if order.index(one) > at]
            found += (stage.key(), stage.count_key)
        return [*found, *map(amount_key, others)]

    def _closed(self) -> list[str]:
        """Return the columns of the closed stages beside the open one, and those of 復活要求."""
        if not self.is_typed:
            return []
        keys = [
            key
            for one in self.plan.before
            for key in (
                *self._restored(one),
                one.key(),
                *(one.key(source) for source in self._sources_of(one)),
                one.verdict_key,
                one.reason_key,
            )
        ]
        return [*keys, *self._restored(self.plan.last)]

    def _restored(self, stage: ListedStage) -> tuple[str, ...]:
        """Return the columns of 復活要求 beside what is decided of them: from the 内示額 to the amount with all of them."""
        if not stage.is_restoration:
            return ()
        sources = map(restored_key, asked_sources(self.axes))
        total, reason = RESTORED
        return (RESTORED_GIVEN, total, *sources, RESTORED_WHOLE, reason)

    def _closed_lines(self) -> list[str]:
        is_typed = self.is_typed and is_decided_by_rows(self.axes)
        return [one.own_key(TOTAL) for one in self.plan.before] if is_typed else []

    def _open(self) -> list[str]:
        """Return the columns of the open stage, or of the last, and what follows from it."""
        later, said = self._grid(self._later()), self._said_by_finance()
        if not self.is_typed:
            return [*later, *said]
        stage = self.plan.last
        amounts = (stage.key(source) for source in (TOTAL, *self._sources_of(stage)))
        reason = [REASON] if self.plan.has_names else []
        words = [one for one in said if one != VERDICT]
        return [*amounts, *later, VERDICT, *reason, PROGRESS, CHECK, *words]

    def _course(self) -> list[str]:
        """Return the columns of 査定経過: of every stage the amount, 査定区分 and 理由."""
        if not self.is_typed:
            return []
        return [
            key
            for one in self.plan.stages
            for key in (*_asked_again(one), one.key(), one.own_key(VERDICT), one.own_key(REASON))
        ]

    def _has_specific(self) -> bool:
        return SPECIFIC in self.axes.stage(ASKED).amounts

    def _grid(self, stages: Iterable[Stage]) -> list[str]:
        return [
            amount_key(one.key, source) for one in stages for source in one.listed or one.amounts
        ]

    def _said_by_finance(self) -> list[str]:
        return [key_of(one) for one in self.axes.fields if one.by == FINANCE and _is_own(one)]

    def _fields(self, named: Iterable[str], *, prose: bool) -> list[str]:
        left_out = {*named, *LEVELS, *self._said_by_finance(), "year"}
        keys = ((key_of(one), one) for one in self.axes.fields)
        return [key for key, one in keys if key not in left_out and (one.kind == "prose") is prose]

    def _asked_columns(self) -> list[str]:
        entries = {amount_key(DECIDED), amount_key(DECIDED, SPECIFIC), VERDICT}
        return [one.key for one in self.of_lines() if one.key not in entries]

    def _list_fields(self, list_key: str) -> Mapping[str, Field]:
        own = next(one for one in self._form.lists if one.key == list_key)
        return {one.field.key: one.field for one in own.columns}

    def _field(self, own: FieldWords) -> SummaryField:
        key = key_of(own)
        field = self._form.fields.get(own.pointer)
        return self._made(key, own.label, own.kind, field)

    def _column(self, key: str, column: Column, field: Field, width: int) -> SummaryField:
        wide = {"width": width} if column.meaning == "label" else {}
        return self._made(key, column.label, column.kind, field, **wide)

    def _made(
        self, key: str, label: str, kind: str, field: Field | None, **own: Any
    ) -> SummaryField:
        choices = self._form.choices.get(field.choices or "", ()) if field else ()
        return SummaryField(
            **{
                "key": key,
                "label": label,
                "kind": _kind(kind, field),
                "width": _width(kind, field),
                "printed": kind != "prose",
                "hint": self._hints.get(key, ""),
                "choices": choices,
                "is_closed": bool(choices),
                **own,
            }
        )

    def _amount(self, stage: Stage, source: str) -> SummaryField:
        key = amount_key(stage.key, source)
        label = amount_label(self.axes, stage, source)
        return SummaryField(key, label, "money", 13, hint=self._hints.get(key, ""))


def _asked_again(stage: ListedStage) -> tuple[str, ...]:
    """Return the columns of 復活要求, which stand before those of the stage that decides on them."""
    return RESTORED if stage.is_restoration else ()


def _is_own(field: FieldWords) -> bool:
    """Return whether a field says something of the request, and not whose it is."""
    return not field.meaning or OF_MEANING.get(field.meaning) in (None, "rationale", "verdict")


def _kind(kind: str, field: Field | None) -> str:
    if kind == "number" and field and field.decimals:
        return "decimal"
    return "code" if field and field.picture else _KINDS[kind]


def _width(kind: str, field: Field | None) -> int:
    most = (field.max_length if field else None) or 0
    if kind == "prose":
        return _NARROW if most <= _SHORT else _WIDE
    if kind in ("money", "number", "year"):
        return 13 if kind == "money" else 10
    return 14 if kind == "choice" else max(12, min(most, 30))
