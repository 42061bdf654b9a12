"""The second vocabulary of a form.toml: checked whole, every fault at once, and turned into a Definition.

form/vocabulary/ has its rooms: words.py has the words, shape.py checks each where it stands; what they mean together is
checked here and in amounts.py (stages × sources), fields.py, lists.py, relations.py and page.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yosan_xl.form.checks import panel_formulas
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import (
    PREFECTURE,
    CheckDefinition,
    Definition,
    DefinitionFault,
    Field,
    FieldKind,
    ListDefinition,
    Panel,
)
from yosan_xl.form.usual_checks import CHECK_KINDS, usual_checks
from yosan_xl.form.vocabulary.amounts import (
    NAMES,
    Grid,
    check_columns,
    grid_of,
    sources_of,
    stages_of,
)
from yosan_xl.form.vocabulary.bands import Layout, lay_out
from yosan_xl.form.vocabulary.fields import Entries, entries_of, twice
from yosan_xl.form.vocabulary.grid import Fit
from yosan_xl.form.vocabulary.lists import lists_of
from yosan_xl.form.vocabulary.page import Placeable, bands_of, fit_of
from yosan_xl.form.vocabulary.relations import relations_of
from yosan_xl.form.vocabulary.shape import Faults, Table, checked, near
from yosan_xl.form.vocabulary.toml_lines import Path
from yosan_xl.form.vocabulary.words import BUILT_IN, SHEETS_OF_BOOKS
from yosan_xl.form.vocabulary.words import words as words
from yosan_xl.model.axes import (
    ENVELOPE,
    Axes,
)
from yosan_xl.model.fiscal_year import FiscalYear

VOCABULARY = 2

_ID = re.compile(r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)[a-z0-9][a-z0-9_-]*")
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\']|[0-9０-９]$")
_HEADING = ("確認すること", "結果", "どうするか", "要確認でも正しいときは、その理由")
_LONGEST_LABEL = 32
"""Characters that Excel takes as the title of an input message."""

_ANY_YEAR = FiscalYear(2026)
_LONGEST_FORMULA = 8_000
_MOST_CELLS = 150
"""Groups × columns of all lists: beyond, the panel's formulas are longer than Excel takes."""


def definition(table: Table, text: str, sha256: str) -> Definition:
    """Return the definition in the table of a form.toml with this text; raise DefinitionError with every fault."""
    faults = Faults(text)
    if table.get("vocabulary") != VOCABULARY or isinstance(table.get("vocabulary"), bool):
        faults.add(
            ("vocabulary",), "この書き方の番号は知りません。", "vocabulary = 2 と書いてください。"
        )
        faults.check()
    clean = checked(table, faults)
    return _Reading(clean, faults).definition(sha256)


def home_faults(form_id: str, home: str, text: str) -> tuple[DefinitionFault, ...]:
    """Return the fault of a form whose id is not the name of its folder; none where it is."""
    faults = Faults(text)
    if form_id != home:
        problem = f"id「{form_id}」が、置き場所の名前「{home}」とちがいます。"
        faults.add(("id",), problem, "どちらかに合わせてください。", form_id)
    return tuple(faults.found.values())


class _Reading:
    """Reads a checked table part by part; what does not fit together becomes a fault."""

    def __init__(self, table: Table, faults: Faults) -> None:
        self.table = table
        self.faults = faults
        self.unit: str = table.get("unit", "千円")
        self.stages = stages_of(table, faults)
        self.sources = sources_of(table, faults)
        self.entries = entries_of(table, faults)
        self.lists = lists_of(table, self.stages, self.sources, faults)
        axes = [own.axis for own in self.lists.values()]
        check_columns(axes, self.stages, self.sources, faults)
        self.grid = grid_of(self.stages, self.sources, axes, self.unit, faults)

    def definition(self, sha256: str) -> Definition:
        """Return the definition; raise DefinitionError with every fault."""
        _check_top(self.table, self.faults)
        _check_kinds(self.table.get("checks", {}), self.faults)
        _check_lists(self.lists, self.faults)
        _check_labels(self.table, self.entries, self.grid, self.faults)
        axes, fields = self.axes(), self.fields()
        layout = self.layout(axes, fields)
        self.faults.check()
        made = Definition(
            id=self.table["id"],
            version=self.table["version"],
            title=self.table["title"],
            sheet=self.table.get("sheet", "要求書"),
            sha256=sha256,
            columns=layout.columns,
            printed=layout.printed,
            fields=fields,
            lists=layout.lists,
            checks=Panel(("check", "mark", "advice", "reason"), _HEADING, "文字数", ()),
            bands=layout.bands,
            order=tuple(self.order()),
            axes=axes,
            object_labels=self.object_labels(),
            object_notes=self.object_notes(),
            vocabulary=VOCABULARY,
            paper=self.table.get("paper", "A4横"),
            about=self.table.get("about", ""),
            choices={key: tuple(one) for key, one in self.table.get("choices", {}).items()},
        )
        _check_names(made, self.faults)
        self.faults.check()
        made = _with_checks(made, self.table)
        _check_formulas(made, self.faults)
        self.faults.check()
        return made

    def fields(self) -> dict[str, Field]:
        return {**self.entries.by_pointer, **self.grid.fields}

    def axes(self) -> Axes:
        return Axes(
            form=self.table.get("id", ""),
            title=self.table.get("title", ""),
            unit=self.unit,
            stages=self.grid.stages,
            sources=self.sources,
            lists=tuple(own.axis for own in self.lists.values()),
            fields=tuple(
                field.words for field in (*self.entries.by_pointer.values(), *self.grid.rates)
            ),
            told=relations_of(self.table, self.entries.fields, self.grid, self.lists, self.faults),
            total=self.table.get("total", "合計" if self.sources else "金額"),
        )

    def layout(self, axes: Axes, fields: Mapping[str, Field]) -> Layout:
        choices = self.table.get("choices", {})
        widths = {key: self.widths(key, choices) for key in self.lists}
        contents = Placeable(
            fields=self.entries.fields,
            lists=self.lists,
            widths=widths,
            stages=self.grid.shown,
            amounts=self.grid.fields,
            axes=axes,
            choices=choices,
            faults=self.faults,
        )
        bands = bands_of(self.table, contents)
        if self.faults.at(("lists",), ("bands",)):
            self.faults.check()  # what is wrong there has no width
        envelope = [field for field in fields.values() if field.meaning in ENVELOPE]
        return lay_out(
            bands,
            title=self.table.get("title", ""),
            unit=self.unit,
            paper=self.table.get("paper", "A4横"),
            beside=[field for field in envelope if field.key not in contents.placed],
            fields=fields,
            lists=self.lists,
            widths=widths,
            faults=self.faults,
        )

    def widths(self, key: str, choices: Mapping[str, Sequence[str]]) -> tuple[Fit, ...]:
        said = self.table["lists"][key].get("columns", {})
        return tuple(
            Fit(width, width)
            if (width := said[one.field.key].get("width"))
            else fit_of(one.field, choices)
            for one in self.lists[key].columns
        )

    def order(self) -> Iterator[str]:
        yield "/form"
        yield from self.entries.by_pointer
        yield from self.grid.fields
        yield from (own.pointer for own in self.lists.values())
        yield from (own.subtotals for own in self.lists.values() if own.subtotals)

    def object_labels(self) -> dict[str, str]:
        names = self.table.get("names", NAMES)
        stages = {f"/amounts/{own.own}": own.label for own in self.stages}
        subtotals = {f"/subtotals/{key}": own.subtotal for key, own in self.lists.items()}
        own = {"/department": "所管課", "/amounts": "金額", "/source_names": f"財源の{names}"}
        lists = {own.pointer: own.label for own in self.lists.values()}
        rates = (
            {"/rates": "と".join(one.label for one in self.grid.rates)} if self.grid.rates else {}
        )
        return {
            **own,
            **stages,
            **rates,
            "/lists": "明細",
            **lists,
            "/subtotals": "小計",
            **subtotals,
        }

    def object_notes(self) -> dict[str, str]:
        stages = {f"/amounts/{own.own}": f"{own.label}の合計と財源。" for own in self.stages}
        return {
            "/department": "要求する組織。組織.csv にあるもの。",
            "/amounts": "段階ごとの金額。",
            "/source_names": "財源の額のとなりに書く文字。",
            "/lists": "行の並び。",
            "/subtotals": "段のある明細の小計。",
            **stages,
        }


def _check_top(table: Table, faults: Faults) -> None:
    own = table.get("id", "x")
    if not _ID.fullmatch(own):
        faults.add(
            ("id",),
            f"「{own}」は様式の名前に使えません。",
            "半角の英小文字、数字、- で書いてください（con や nul は Windows が別の用に使います）。",
            own,
        )
    sheet = table.get("sheet", "要求書")
    if _NOT_IN_SHEETS.search(sheet) or sheet in SHEETS_OF_BOOKS or sheet.startswith("_"):
        problem = f"「{sheet}」はシートの名前に使えません。"
        remedy = "数字で終わらず、[ ] : * ? / \\ ' を含まない、「はじめに」「一覧」「積算」「指摘一覧」のほかの名前にしてください。"
        faults.add(("sheet",), problem, remedy, sheet)
    for key in table.get("choices", {}):
        if key in BUILT_IN:
            problem = f"「{key}」は、はじめからある一覧の名前です。"
            faults.add(("choices", key), problem, "ほかの名前にしてください。", key)


def _check_lists(lists: Mapping[str, ListDefinition], faults: Faults) -> None:
    cells = sum(len(own.groups) * len(own.columns) for own in lists.values())
    if cells > _MOST_CELLS:
        problem = f"明細の段の数 × 列の数の計が {cells} あります。"
        faults.add(("lists",), problem, f"{_MOST_CELLS}までにしてください。")
    for key, own in lists.items():
        first = own.columns[0] if own.columns else None
        if first and first.has_subtotal and any(group.name for group in own.groups):
            problem = "段のある明細のはじめの列が、計を出す金額の列です。"
            remedy = "段の名前を印刷するところがありません。文字の列をはじめに置いてください。"
            faults.add(("lists", key, "columns", first.field.key), problem, remedy, first.field.key)


def _check_labels(table: Table, entries: Entries, grid: Grid, faults: Faults) -> None:
    """Tell labels that would stand twice over the columns of an output."""
    for part, what in (("stages", "段階"), ("sources", "財源"), ("lists", "明細")):
        said: Table = table.get(part, {})
        labels: list[tuple[str, Path]] = [
            (one["label"], (part, key)) for key, one in said.items() if "label" in one
        ]
        if part == "sources":
            labels.insert(0, (table.get("total", "合計"), ("total",)))
        twice(labels, what, faults)
    places: dict[str, Path] = {own.key: ("fields", key) for key, own in entries.fields.items()}
    amounts = {own.key: _amount_path(own.key) for own in grid.fields.values()}
    every = {**entries.by_pointer, **grid.fields}
    if faults.at(("stages",), ("sources",)):
        every = entries.by_pointer
    paths = places | amounts
    twice(((own.label, paths[own.key]) for own in every.values()), "欄", faults)
    for own in grid.fields.values():
        if len(own.label.replace(PREFECTURE, "県")) > _LONGEST_LABEL and not faults.at(
            paths[own.key]
        ):
            problem = f"「{own.label}」という名前が {_LONGEST_LABEL}字をこえます。"
            faults.add(paths[own.key], problem, "段階か財源の名前を短くしてください。", own.label)


def _amount_path(pointer: str) -> Path:
    _, part, key, *_ = pointer.split("/")
    return ("sources", key) if part == "source_names" else ("stages", key)


def _check_names(made: Definition, faults: Faults) -> None:
    """Tell two cells that would have one defined name, whatever their case."""
    seen: dict[str, Path] = {}
    for name, path in _names(made):
        other = seen.setdefault(name.lower(), path)
        if other != path:
            problem = f"「{path[-1]}」は「{'.'.join(map(str, other[1:]))}」と、ブックの中の名前が同じになります。"
            faults.add(path, problem, "どちらかの名前を変えてください。", path[-1])


def _names(made: Definition) -> Iterator[tuple[str, Path]]:
    for pointer in made.fields:
        steps = pointer.strip("/").split("/")
        yield "yx_" + "_".join(steps), ("fields", *steps)
    for own in made.lists:
        for number, _ in enumerate(own.groups, 1):
            path: Path = ("lists", own.key)
            yield own.group_name.format(key=own.key, group=number), path
            for column in own.columns:
                for name in (own.row_name, own.subtotal_name):
                    at = (*path, "columns", column.field.key)
                    yield (
                        name.format(key=own.key, group=number, column=column.field.key),
                        (*at, number, name),
                    )


def _check_kinds(said: Table, faults: Faults) -> None:
    """Tell checks that there are none of: those that are left out, and those with other words."""
    left_out = [
        (kind, ("checks", "leave_out", at)) for at, kind in enumerate(said.get("leave_out", ()))
    ]
    reworded = [(kind, ("checks", "words", kind)) for kind in said.get("words", {})]
    for kind, path in (*left_out, *reworded):
        if kind not in CHECK_KINDS:
            problem = f"「{kind}」という確認はありません。"
            faults.add(path, problem, near(kind, CHECK_KINDS), kind)


def _with_checks(made: Definition, table: Table) -> Definition:
    """Return the definition with its panel: what follows from axes and meanings, less what is left out, reworded."""
    said: Table = table.get("checks", {})
    items = tuple(
        _reworded(item, said.get("words", {}).get(item.kind, {}))
        for item in usual_checks(made)
        if item.kind not in said.get("leave_out", ())
    )
    return replace(made, checks=made.checks._replace(items=items))


def _check_formulas(made: Definition, faults: Faults) -> None:
    """Tell a form with so many amounts that Excel takes no formula over all of them (Excel の仕様と制限)."""
    plan = compile_plan(made, _ANY_YEAR)
    longest = max((len(formula) for _, formula in panel_formulas(plan)), default=0)
    if longest > _LONGEST_FORMULA:
        amounts = sum(slot.kind is FieldKind.MONEY for slot in plan.slots)
        problem = f"金額の欄が {amounts} あり、「確認すること」の式が Excel に入る長さをこえます。"
        faults.add(("stages",), problem, "段階、財源、明細の段か金額の列を減らしてください。")


def _reworded(item: CheckDefinition, said: Table) -> CheckDefinition:
    return item._replace(
        label=said.get("label", item.label), advice=said.get("advice", item.advice)
    )
