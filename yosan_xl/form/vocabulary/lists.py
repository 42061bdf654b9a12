"""Lists of a second-vocabulary definition: their columns, and what these add up to; their groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from yosan_xl.form.definition import (
    Field,
    FieldKind,
    GroupDefinition,
    ListColumn,
    ListDefinition,
)
from yosan_xl.form.vocabulary.amounts import StageWords
from yosan_xl.form.vocabulary.fields import PREFIXES, check_meanings, field_of, twice
from yosan_xl.form.vocabulary.shape import Faults, Problem, Table, near
from yosan_xl.form.vocabulary.toml_lines import Path
from yosan_xl.form.vocabulary.words import LEVELS
from yosan_xl.model.axes import SPECIFIC, TOTAL, Source


def lists_of(
    table: Table, stages: Sequence[StageWords], sources: Sequence[Source], faults: Faults
) -> dict[str, ListDefinition]:
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

    def a_list(self, key: str, own: Table) -> ListDefinition:
        path, said = ("lists", key), own.get("columns", {})
        if f"{key}_" in PREFIXES:
            problem = f"「{key}」は明細の名前に使えません（プログラムが使う名前です）。"
            self.faults.add(path, problem, "ほかの名前にしてください。", key)
        self.faults.tell(path, _list_problems(own))
        columns = tuple(self.column(name, said, path) for name in said)
        check_meanings(said, (*path, "columns"), self.faults)
        fields = (column.field for column in columns)
        twice(((one.label, (*path, "columns", one.key)) for one in fields), "列", self.faults)
        groups = self.groups(own, path)
        is_summed = any(column.has_subtotal for column in columns)
        has_subtotals = is_summed and any(group.name for group in groups)
        return ListDefinition(
            key=key,
            pointer=f"/lists/{key}",
            label=own.get("label", key),
            columns=columns,
            groups=groups,
            subtotals=f"/subtotals/{key}" if has_subtotals else None,
            number=own.get("number"),
            subtotal=own.get("subtotal", "小計"),
        )

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

    def column(self, name: str, said: Table, around: Path) -> ListColumn:
        """Return a column, that stands nowhere yet."""
        one = said[name]
        field = self.field(name, one, around)
        self.faults.tell((*around, "columns", name), self.column_problems(field, one, said))
        stage = self.stages.get(one.get("stage", ""))
        key = stage.key if stage else None
        return ListColumn("", field, key, one.get("of", TOTAL), one.get("not_more"))

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


def _money(said: Table) -> list[str]:
    return [key for key, one in said.items() if one.get("stage") or one.get("kind") == "money"]


def _group(said: Table) -> GroupDefinition:
    name, optional = said.get("name", "？"), said.get("optional", False)
    usual = f"段に分けるときだけ「{name}」を選んでください。分けないときは空欄のままにします。"
    hint = said.get("hint", usual if optional else "")
    return GroupDefinition(name, said.get("rows", 1), optional, hint)
