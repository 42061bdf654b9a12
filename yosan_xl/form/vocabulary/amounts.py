"""Money of a second-vocabulary definition: stages × sources as fields, each with how it comes about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yosan_xl.form.definition import Field, FieldKind, FieldRelation, FilledBy
from yosan_xl.form.vocabulary.shape import Faults, Problem, Table, near
from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    LAST_YEAR,
    SPECIFIC,
    SPECIFIC_LABEL,
    STEP,
    TOTAL,
    Column,
    RowList,
    Source,
    Stage,
    amount_label,
)

RATE = "rate"
COMPUTED = ("difference", "sum", RATE)
ROLES = (ASKED, DECIDED, LAST_YEAR)
_BY = {DECIDED: "finance", LAST_YEAR: "prior"}
_NAME_LENGTH = 60
NAMES = "名称"
"""What the texts beside the amounts of sources are called where a form says nothing."""


class StageWords(NamedTuple):
    """A stage as a definition says it: its own key, the key of its axis, and how its total comes about, if it says so."""

    own: str
    key: str
    label: str
    role: str
    by: str
    total: str | None
    of: tuple[str, ...]
    has_sources: bool

    @property
    def is_computed(self) -> bool:
        """Return whether it follows from other stages."""
        return self.total in COMPUTED


@dataclass(frozen=True, slots=True)
class Grid:
    """All amounts of a form: stages and sources, and a field for each pointer.

    `shown` are the stages by their own keys as a table of amounts has them, rates (増減率) among them.
    """

    stages: tuple[Stage, ...]
    sources: tuple[Source, ...]
    fields: Mapping[str, Field]
    shown: Mapping[str, Stage]

    @property
    def rates(self) -> tuple[Field, ...]:
        """Return the fields that are no amounts, but percents of two."""
        return tuple(field for field in self.fields.values() if field.kind is FieldKind.NUMBER)


def stages_of(table: Table, faults: Faults) -> tuple[StageWords, ...]:
    """Return the stages of a definition; what does not fit together is told."""
    own: Table = table.get("stages", {})
    stages = tuple(_stage(key, said) for key, said in own.items())
    for number, stage in enumerate(stages):
        path, before = ("stages", stage.own), stages[:number]
        faults.tell(path, _role_problems(stage, before))
        faults.tell(path, _computed_problems(stage, before, own[stage.own]))
        faults.tell(path, _by_problems(stage))
    if "stages" in table and not any(stage.role == ASKED for stage in stages):
        key = next((one.own for one in stages if one.role == STEP and one.total is None), "request")
        problem = 'is = "asked" の段階（所管課の要求額）がありません。'
        remedy = (
            f'「{key} = {{ label = "要求額", is = "asked" }}」のように、1つの段階に書いてください。'
        )
        faults.tell(("stages",), [("", problem, remedy, "asked")])
    return stages


def sources_of(table: Table, faults: Faults) -> tuple[Source, ...]:
    """Return the sources of a definition; a second rest is told."""
    sources: list[Source] = []
    for key, said in table.get("sources", {}).items():
        name = f"/source_names/{key}" if said.get("name") else None
        source = Source(
            key, said.get("label", key), bool(said.get("rest")), name, table.get("names", NAMES)
        )
        faults.tell(("sources", key), _source_problems(source, sources))
        sources.append(source)
    return tuple(sources)


_TAKEN = {TOTAL: "合計", SPECIFIC: "特定財源の計"}


def _source_problems(source: Source, before: Sequence[Source]) -> Iterator[Problem]:
    key = source.key
    rest = [one.key for one in before if one.is_rest and source.is_rest]
    if key in (TOTAL, SPECIFIC):
        problem = f"「{key}」は、{_TAKEN[key]}を指す言葉なので、財源の名前に使えません。"
        yield "", problem, "grants など、ほかの名前にしてください（label は自由です）。", key
    if rest:
        problem = f"rest = true の財源（一般財源）が「{rest[0]}」と「{key}」の2つあります。"
        yield "rest", problem, "合計から引いて求める財源は1つだけにしてください。", key


def grid_of(
    stages: Sequence[StageWords],
    sources: tuple[Source, ...],
    lists: Sequence[RowList],
    unit: str,
    faults: Faults,
) -> Grid:
    """Return every amount of a form as a field, the texts beside sources among them."""
    made: dict[str, Stage] = {}
    fields: dict[str, Field] = {}
    for stage in stages:
        total = _total(stage, sources, lists, faults)
        if stage.total == RATE:
            made[stage.own] = _rate(stage)
            fields[made[stage.own].amounts[TOTAL]] = _rate_field(stage, made)
            continue
        amounts = _amounts(stage, sources, lists, made)
        made[stage.own] = Stage(
            key=stage.key,
            label=stage.label,
            role=stage.role,
            by="formula" if stage.is_computed else stage.by,
            total=total,
            amounts=amounts,
            of=tuple(made[own].key for own in stage.of if own in made),
        )
        maker = _Maker(stage, total, sources, lists, made, unit)
        fields |= {pointer: maker.field(source, pointer) for source, pointer in amounts.items()}
    names = {source.name: _name_field(source) for source in sources if source.name}
    rated = {stage.own for stage in stages if stage.total == RATE}
    own = tuple(stage for key, stage in made.items() if key not in rated)
    return Grid(own, sources, fields | names, made)


def _stage(key: str, said: Table) -> StageWords:
    role = said.get("is", STEP)
    total = said.get("total")
    return StageWords(
        own=key,
        key=key if role == STEP else role,
        label=said.get("label", key),
        role=role,
        by="formula" if total in COMPUTED else said.get("by", _BY.get(role, "department")),
        total=total,
        of=tuple(said.get("of", ())),
        has_sources=said.get("sources", True),
    )


def _rate(stage: StageWords) -> Stage:
    amounts = {TOTAL: f"/rates/{stage.own}"}
    return Stage(stage.key, stage.label, stage.role, "formula", RATE, amounts, stage.of)


def _rate_field(stage: StageWords, made: Mapping[str, Stage]) -> Field:
    of = tuple(made[own].amounts[TOTAL] for own in stage.of if own in made)
    relation = FieldRelation(RATE, of)
    pointer = f"/rates/{stage.own}"
    return Field(
        key=pointer,
        label=stage.label,
        kind=FieldKind.NUMBER,
        by=FilledBy.FORMULA,
        about="パーセント。もとの額が0か空欄のときは null。",
        relation=relation,
        decimals=1,
    )


def _role_problems(stage: StageWords, before: Sequence[StageWords]) -> Iterator[Problem]:
    same = [one.own for one in before if one.role == stage.role != STEP]
    if same:
        problem = f'is = "{stage.role}" の段階が「{same[0]}」と「{stage.own}」の2つあります。'
        yield "is", problem, "1つだけにしてください。", stage.role
    if stage.own in ROLES and stage.own != stage.role:
        problem = f'「{stage.own}」は is = "{stage.own}" の段階だけの名前です。'
        yield "", problem, "ほかの名前にしてください。", stage.own


def _computed_problems(
    stage: StageWords, before: Sequence[StageWords], said: Table
) -> Iterator[Problem]:
    if not stage.is_computed:
        if stage.of:
            remedy = 'total = "difference" か "sum" を書くか、of を消してください。'
            yield "of", "of は、ほかの段階から求める段階だけのものです。", remedy, "of"
        return
    if "by" in said:
        problem = "ほかの段階から求める段階に by は書けません。"
        yield "by", problem, "by を消してください。", said["by"]
    if stage.role != STEP:
        problem = f'is = "{stage.role}" の段階は、ほかの段階から求められません。'
        remedy = "入力する段階にして、[[relations]] で確かめてください。"
        yield "total", problem, remedy, str(stage.total)
    yield from _operand_problems(stage, before)


def _operand_problems(stage: StageWords, before: Sequence[StageWords]) -> Iterator[Problem]:
    known = [one.own for one in before if one.total != RATE]
    for own in stage.of:
        if own not in known:
            problem = f"of の「{own}」という段階は、これより前にありません。"
            yield "of", problem, near(own, known), own
    if len(stage.of) < 2:
        remedy = '「of = ["request", "prior"]」のように書いてください。'
        yield "of", "もとになる段階が2つ以上いります。", remedy, "of"
    if stage.total == RATE and len(stage.of) > 2:
        yield "of", "rate の of は2つです。", "比べる額と、もとの額を書いてください。", "of"


def _by_problems(stage: StageWords) -> Iterator[Problem]:
    if stage.role == ASKED and stage.by not in ("department", "formula"):
        remedy = 'by を消すか "department" にしてください。'
        yield "by", "要求額（asked）は所管課が入れます。", remedy, stage.by
    if stage.role == DECIDED and stage.by not in ("finance", "formula"):
        remedy = 'by を消すか "finance" にしてください。'
        yield "by", "最後に決まる額（decided）は財政課が入れます。", remedy, stage.by


def _adding(stage: StageWords, source: str, lists: Sequence[RowList]) -> tuple[str, ...]:
    """Return the pointers of the columns that add up to an amount.

    特定財源 are those of the lists that add up to the total as well; where there is none, of the first list.
    """
    own = [one for one in lists if one.of_amount(stage.key, source)]
    if source == SPECIFIC:
        own = [one for one in own if one.of_amount(stage.key)] or own[:1]
    columns = ((one, one.of_amount(stage.key, source)) for one in own)
    return tuple(one.row_pointer(column.key) for one, column in columns if column)


def _total(
    stage: StageWords, sources: Sequence[Source], lists: Sequence[RowList], faults: Faults
) -> str:
    """Return how a stage's total comes about; a wrong word is told."""
    adding = _adding(stage, TOTAL, lists)
    has_sources = bool(sources) and stage.has_sources
    if not faults.at(("lists",)):
        faults.tell(("stages", stage.own), _total_problems(stage, has_sources, bool(adding)))
    return stage.total or ("lines" if adding else "entry")


def _total_problems(stage: StageWords, has_sources: bool, is_added: bool) -> Iterator[Problem]:
    total = stage.total
    if total == "lines" and not is_added:
        remedy = f'明細の金額の列に stage = "{stage.own}" を書くか、total を消してください。'
        yield "total", "この段階に足す明細の列がありません。", remedy, "lines"
    elif total in ("entry", "sources") and is_added:
        problem = f"合計が {total} なのに、明細の列も足しています。"
        yield "total", problem, "total を消すか、列の stage を消してください。", total
    elif total == "sources" and not has_sources:
        problem = "合計を求める財源がありません。"
        yield "total", problem, "total を消すか、財源を書いてください。", total


def _amounts(
    stage: StageWords,
    sources: Sequence[Source],
    lists: Sequence[RowList],
    made: Mapping[str, Stage],
) -> dict[str, str]:
    """Return the pointers of a stage's amounts by source."""
    if stage.is_computed:
        every = [set(made[own].amounts) for own in stage.of if own in made]
        common = set.intersection(*every) if every else {TOTAL}
        keys = [key for key in (TOTAL, SPECIFIC, *(one.key for one in sources)) if key in common]
        keys = keys if stage.has_sources else [TOTAL]
    else:
        own = [source.key for source in sources] if stage.has_sources else []
        keys = [TOTAL, *([SPECIFIC] if _adding(stage, SPECIFIC, lists) else []), *own]
    return {key: f"/amounts/{stage.own}/{key}" for key in keys}


class _Maker(NamedTuple):
    """Makes the fields of a stage's amounts."""

    stage: StageWords
    total: str
    sources: Sequence[Source]
    lists: Sequence[RowList]
    made: Mapping[str, Stage]
    unit: str

    def field(self, source: str, pointer: str) -> Field:
        relation = self.relation(source)
        label = self.label(source)
        by = FilledBy.FORMULA if relation else FilledBy(self.stage.by)
        hint = (
            f"{label}を{self.unit}の整数で入力してください。" if by is FilledBy.DEPARTMENT else ""
        )
        return Field(pointer, label, FieldKind.MONEY, by, hint=hint, relation=relation)

    def label(self, source: str) -> str:
        labels = {TOTAL: "", SPECIFIC: SPECIFIC_LABEL, **{s.key: s.label for s in self.sources}}
        return amount_label(self.made[self.stage.own], labels[source])

    def relation(self, source: str) -> FieldRelation | None:
        if self.stage.is_computed:
            stages = [self.made[own] for own in self.stage.of if own in self.made]
            of = tuple(one.amounts[source] for one in stages if source in one.amounts)
            parts = tuple(self.part(one) for one in stages) if source != TOTAL else ()
            if self.total == "sum":
                return FieldRelation("sum", of, parts)
            first = (one.amounts[TOTAL] for one in stages[:1])
            return FieldRelation("change", (*first, *of), parts)
        if self.stage.by == "prior":
            return None
        if adding := _adding(self.stage, source, self.lists):
            return FieldRelation("sum", adding)
        others = tuple(self.pointer(one.key) for one in self.sources)
        if source == TOTAL and self.total == "sources":
            return FieldRelation("sum", others)
        return self.rest(source)

    def part(self, stage: Stage) -> tuple[str, ...]:
        """Return where a stage has its total, and its sources."""
        sources = (stage.amounts[one.key] for one in self.sources if one.key in stage.amounts)
        return stage.amounts[TOTAL], *sources

    def rest(self, source: str) -> FieldRelation | None:
        """Return how 一般財源 follows: it does where the total does not follow from it."""
        if self.total == "sources" or not any(s.is_rest and s.key == source for s in self.sources):
            return None
        others = (self.pointer(one.key) for one in self.sources if not one.is_rest)
        return FieldRelation("difference", (self.pointer(TOTAL), *others))

    def pointer(self, source: str) -> str:
        return f"/amounts/{self.stage.own}/{source}"


def _name_field(source: Source) -> Field:
    label = f"{source.label}の{source.name_label}"
    more = "や内訳" if source.name_label == NAMES else ""
    hint = f"{label}{more}を{_NAME_LENGTH}字以内で入力してください。"
    return Field(
        source.name or "",
        label,
        FieldKind.TEXT,
        FilledBy.DEPARTMENT,
        max_length=_NAME_LENGTH,
        hint=hint,
    )


def check_columns(
    lists: Sequence[RowList],
    stages: Sequence[StageWords],
    sources: Sequence[Source],
    faults: Faults,
) -> None:
    """Tell columns that add up to what they cannot: what is computed, prior, or added up to twice in a list."""
    by_key = {stage.key: stage for stage in stages}
    for own in lists:
        for number, column in enumerate(own.columns):
            if column.stage in by_key:
                path = ("lists", own.key, "columns", column.key)
                stage = by_key[column.stage]
                faults.tell(path, _column_problems(column, stage, sources))
                faults.tell(path, _twice_problems(column, own.columns[:number]))


def _twice_problems(column: Column, before: Sequence[Column]) -> Iterator[Problem]:
    for other in before:
        if other.amount == column.amount:
            problem = f"「{other.key}」と同じ段階の同じ額に足しています。"
            yield "", problem, "どちらかの stage か of を直してください。", column.key


def _column_problems(
    column: Column, stage: StageWords, sources: Sequence[Source]
) -> Iterator[Problem]:
    label = stage.label
    if stage.is_computed or stage.by == "prior":
        why = "ほかの段階から求める" if stage.is_computed else "前年度の額を入れる"
        problem = f"「{label}」は{why}段階なので、明細からは求められません。"
        yield "stage", problem, "この列の stage を直してください。", stage.own
    elif column.by != stage.by:
        problem = f"「{label}」の段階と、入れる人（by）がちがいます。"
        yield "by", problem, "列の by を消してください。", column.by
    if column.source != TOTAL and not (sources and stage.has_sources):
        problem = f"「{label}」の段階に財源がありません。"
        yield "of", problem, "列の of を消してください。", column.source
    elif stage.total != "sources" and column.source in [one.key for one in sources if one.is_rest]:
        problem = "一般財源（rest）は合計から引いて求めるので、列からは求められません。"
        yield "of", problem, "列の of を直してください。", column.source
