"""Lists of a second-vocabulary definition: their columns, and what these add up to; their groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yosan_xl.form.definition import Field, FieldKind, GroupDefinition
from yosan_xl.form.vocabulary.amounts import StageWords
from yosan_xl.form.vocabulary.fields import PREFIXES, check_meanings, field_of, twice
from yosan_xl.form.vocabulary.shape import Faults, Problem, Table, near
from yosan_xl.form.vocabulary.toml_lines import Path
from yosan_xl.form.vocabulary.words import LEVELS
from yosan_xl.model.axes import SPECIFIC, TOTAL, Column, RowList, Source


class ListWords(NamedTuple):
    """A list as a definition says it: its axis, the fields of its columns, its groups."""

    axis: RowList
    fields: tuple[Field, ...]
    groups: tuple[GroupDefinition, ...]


def lists_of(
    table: Table, stages: Sequence[StageWords], sources: Sequence[Source], faults: Faults
) -> dict[str, ListWords]:
    """Return the lists of a definition by their keys; what is wrong is told."""
    by_key = {stage.own: stage for stage in stages}
    reader = _Lists(table, by_key, (SPECIFIC, *(source.key for source in sources)), faults)
    return {key: reader.a_list(key, own) for key, own in table.get("lists", {}).items()}


@dataclass(frozen=True, slots=True)
class _Lists:
    """Reads lists, by the stages and sources that their columns may add up to."""

    table: Table
    stages: Mapping[str, StageWords]
    sources: tuple[str, ...]
    faults: Faults

    def a_list(self, key: str, own: Table) -> ListWords:
        path, said = ("lists", key), own.get("columns", {})
        if f"{key}_" in PREFIXES:
            problem = f"「{key}」は明細の名前に使えません（プログラムが使う名前です）。"
            self.faults.add(path, problem, "ほかの名前にしてください。", key)
        self.faults.tell(path, _list_problems(own))
        fields = tuple(self.field(name, one, path) for name, one in said.items())
        columns = tuple(self.column(field, said, path) for field in fields)
        check_meanings(said, (*path, "columns"), self.faults)
        places = ((field.label, (*path, "columns", field.key)) for field in fields)
        twice(places, "列", self.faults)
        groups = self.groups(own, path)
        return ListWords(_axis(key, own, columns, groups), fields, groups)

    def field(self, name: str, one: Table, around: Path) -> Field:
        path = (*around, "columns", name)
        stage = self.stages.get(one.get("stage", ""))
        usual = stage.by if stage and stage.by == "finance" else "department"
        field = field_of(name, {"by": usual, **one}, self.table, path, self.faults)
        if name == "group":
            problem = "「group」は列の名前に使えません（段の名前が入ります）。"
            self.faults.add(path, problem, "ほかの名前にしてください。", name)
        if field.choices in LEVELS[2:]:
            problem = "項と目は、明細の列では選べません。"
            at = (*path, "choices")
            self.faults.add(at, problem, "欄（[fields]）にしてください。", field.choices)
        return field

    def column(self, field: Field, said: Table, around: Path) -> Column:
        one = said[field.key]
        self.faults.tell((*around, "columns", field.key), self.column_problems(field, one, said))
        stage = self.stages.get(one.get("stage", ""))
        return Column(
            key=field.key,
            label=field.label,
            kind=field.kind.value,
            by=field.by.value,
            meaning=field.meaning,
            stage=stage.key if stage else None,
            source=one.get("of", TOTAL),
            not_more=one.get("not_more"),
            private=field.private,
            picture=field.picture,
            choices=field.choices,
        )

    def column_problems(self, field: Field, one: Table, said: Table) -> Iterator[Problem]:
        stage, of, most = one.get("stage"), one.get("of"), one.get("not_more")
        is_money = field.kind is FieldKind.MONEY
        if stage and stage not in self.stages:
            yield "stage", f"「{stage}」という段階はありません。", near(stage, self.stages), stage
        if stage and not is_money:
            problem = "stage のある列は金額（money）です。"
            yield "kind", problem, "kind を消してください。", field.kind.value
        if of and of not in self.sources:
            yield "of", f"「{of}」という財源はありません。", near(of, self.sources), of
        elif of and not stage:
            problem = "of は stage のある列のものです。"
            yield "of", problem, "stage を書くか、of を消してください。", of
        others = [key for key in _money(said) if key != field.key]
        if most and most not in others:
            problem = f"「{most}」という金額の列は、この明細にありません。"
            yield "not_more", problem, near(most, others), most
        elif most and not is_money:
            problem = "not_more は金額の列のものです。"
            yield "not_more", problem, "not_more を消してください。", most

    def groups(self, own: Table, path: Path) -> tuple[GroupDefinition, ...]:
        if "groups" not in own or "rows" in own:
            return (GroupDefinition("", own.get("rows", 1)),)
        groups = tuple(map(_group, own["groups"]))
        for number, group in enumerate(groups):
            at = (*path, "groups", number)
            is_known = group.name in [one.name for one in groups[:number]]
            if is_known and not self.faults.at(at):
                problem = f"「{group.name}」という段が2つあります。"
                self.faults.add(at, problem, "ちがう名前にしてください。", group.name)
            if group.optional and number:
                problem = "名前を選べる段（optional）は、はじめの段だけです。"
                remedy = "optional を消すか、段の順を入れかえてください。"
                self.faults.add(at, problem, remedy, group.name)
        return groups


def _list_problems(own: Table) -> Iterator[Problem]:
    if own.get("columns") == {}:
        remedy = '「item = { label = "内容", max = 60 }」のように書いてください。'
        yield "columns", "列がありません。", remedy, ""
    if ("rows" in own) == ("groups" in own):
        problem = "行の数（rows）か段（groups）の、どちらか1つがいります。"
        yield "", problem, "「rows = 12」のように書いてください。", "rows"


def _axis(
    key: str, own: Table, columns: tuple[Column, ...], groups: tuple[GroupDefinition, ...]
) -> RowList:
    named = tuple(group.name for group in groups if group.name)
    has_subtotals = bool(named) and any(column.stage for column in columns)
    return RowList(
        key=key,
        label=own.get("label", key),
        pointer=f"/lists/{key}",
        columns=columns,
        subtotals=f"/subtotals/{key}" if has_subtotals else None,
        groups=named,
        subtotal=own.get("subtotal", "小計"),
        is_flat_too=any(group.optional for group in groups),
    )


def _money(said: Table) -> list[str]:
    return [key for key, one in said.items() if one.get("stage") or one.get("kind") == "money"]


def _group(said: Table) -> GroupDefinition:
    name, optional = said.get("name", "？"), said.get("optional", False)
    usual = f"段に分けるときだけ「{name}」を選んでください。分けないときは空欄のままにします。"
    hint = said.get("hint", usual if optional else "")
    return GroupDefinition(name, said.get("rows", 1), optional, hint)
