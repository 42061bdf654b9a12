"""What [[bands]] place, name by name: fields, lists and tables of amounts, each once, as pieces with their widths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from yosan_xl.form.definition import Field, FieldKind, ListDefinition, Role
from yosan_xl.form.vocabulary.grid import Fit, em, least
from yosan_xl.form.vocabulary.shape import Faults, Table, near
from yosan_xl.form.vocabulary.toml_lines import Path
from yosan_xl.form.vocabulary.words import LEVELS
from yosan_xl.model.axes import SPECIFIC, TOTAL, Axes, Stage

MOST_WIDTH = {"A4横": 115.0, "A4縦": 80.0}
"""Widths of a page (em) at which the letters are 7 pt."""

_MONEY, _AMOUNT = 8.0, 7.2
_WIDTHS = {FieldKind.MONEY: _MONEY, FieldKind.NUMBER: 6.0, FieldKind.YEAR: 7.0}
_CHOICE = (6.0, 14.0)
_NAME = Fit(13.0, 7.0, grows=True)
"""For 会計, 款, 項, 目, 部 and 課."""
_TEXT, _LEAST_TEXT = 20.0, 6.0
_CAPTION = (3.0, 8.0)
"""The least and the most width of a caption of which nothing is said."""


class PageCell(NamedTuple):
    """A cell of a row: a text, or a field with its caption to the left of it (none of width 0)."""

    fit: Fit
    path: Path
    text: str = ""
    field: str | None = None
    caption: float = 0.0
    down: int = 1
    role: Role = Role.LABEL


class PageRow(NamedTuple):
    """Cells side by side."""

    cells: tuple[PageCell, ...]
    role: Role = Role.LABEL


class FieldBlock(NamedTuple):
    """A field in a stack: its caption's width, and the share of the height (None: by its length)."""

    field: str
    caption: float
    share: int | None
    path: Path


class ListBlock(NamedTuple):
    """A list in a stack."""

    key: str
    path: Path


Item = PageRow | FieldBlock | ListBlock


class BandSide(NamedTuple):
    """Things under one another, and the width that they share with what is beside them."""

    fit: Fit
    items: tuple[Item, ...]
    path: Path


@dataclass(slots=True)
class Placeable:
    """All that a form may place: fields, lists and stages by their own keys, amounts by their pointers."""

    fields: Mapping[str, Field]
    lists: Mapping[str, ListDefinition]
    widths: Mapping[str, tuple[Fit, ...]]
    stages: Mapping[str, Stage]
    amounts: Mapping[str, Field]
    axes: Axes
    choices: Mapping[str, Sequence[str]]
    faults: Faults
    placed: dict[str, Path] = field(default_factory=dict)

    def once(self, what: str, name: str, path: Path) -> bool:
        """Note where a thing is placed; tell the second time."""
        if what in self.placed:
            problem = f"「{name}」を2か所に置いています。"
            self.faults.add(path, problem, "1か所だけにしてください。", name)
            return False
        self.placed[what] = path
        return True


def bands_of(table: Table, contents: Placeable) -> tuple[tuple[BandSide, ...], ...]:
    """Return the bands of a page as pieces; names that are not there, or twice, or nowhere, are told."""
    said = table.get("bands", ())
    named = {own for one in _grids(said) for own in one.get("stages", ())}
    maker = _Pieces(contents, named | {*_stages_in_rows(said)})
    bands = tuple(maker.band(band, ("bands", number)) for number, band in enumerate(said))
    _check_all_placed(contents, is_told=contents.faults.at(("bands",)))
    return bands


def fit_of(field: Field, choices: Mapping[str, Sequence[str]]) -> Fit:
    """Return how wide the cell of a field wants to be."""
    if field.picture:
        return Fit(em(field.picture) + 1.5, em(field.picture) + 0.5)
    if field.kind in _WIDTHS:
        return Fit(_WIDTHS[field.kind], _WIDTHS[field.kind] * 0.7)
    if field.choices in LEVELS or field.meaning in ("unit", "unit_upper"):
        return _NAME
    if field.kind is FieldKind.CHOICE:
        longest = max(map(em, choices.get(field.choices or "", ("",)))) + 1
        width = min(max(longest, _CHOICE[0]), _CHOICE[1])
        return Fit(width, width * 0.7)
    width = float(min(field.max_length or _TEXT, _TEXT))
    return Fit(width, min(width, _LEAST_TEXT), grows=width > _LEAST_TEXT)


def caption_width(field: Field) -> float:
    """Return the width of a caption of which nothing is said."""
    return min(max(em(field.caption) + 1, _CAPTION[0]), _CAPTION[1])


def _items(bands: Sequence[Table]) -> Iterator[Table]:
    sides = (side for band in bands for side in (band, *band.get("beside", ())))
    yield from (item for side in sides for item in (side, *side.get("stack", ())))


def _grids(bands: Sequence[Table]) -> Iterator[Table]:
    """Yield every table of amounts."""
    yield from (item for item in _items(bands) if "amounts" in item)


def _stages_in_rows(bands: Sequence[Table]) -> Iterator[str]:
    """Yield the stages of amounts that stand in rows."""
    rows = (row for item in _items(bands) for row in item.get("rows", ()))
    yield from (
        cell["amount"].partition("/")[0] for row in rows for cell in row if "amount" in cell
    )


def _check_all_placed(contents: Placeable, *, is_told: bool) -> None:
    """Tell what stands nowhere; where the page itself is wrong, that may be why."""
    if is_told:
        return
    for key, own in contents.fields.items():
        if own.key not in contents.placed and own.meaning not in _BESIDE:
            problem = f"欄「{key}」が紙面（[[bands]]）のどこにもありません。"
            contents.faults.add(
                ("fields", key), problem, f'rows や fields に "{key}" を書いてください。', key
            )
    for key in contents.lists:
        if f"list {key}" not in contents.placed:
            problem = f"明細「{key}」が紙面（[[bands]]）のどこにもありません。"
            contents.faults.add(
                ("lists", key), problem, f'stack に {{ list = "{key}" }} を書いてください。', key
            )
    missing = list(_missing_amounts(contents))
    if missing:
        problem = f"段階「{'」「'.join(missing)}」の金額が紙面（[[bands]]）のどこにもありません。"
        remedy = '{ amounts = "sources" } を書くか、その stages に足してください。'
        stage = missing[0].partition("/")[0]
        contents.faults.add(("stages", stage), problem, remedy, missing[0])
    for source in contents.axes.sources:
        if source.name and source.name not in contents.placed and not missing:
            problem = f"財源「{source.key}」の名称の欄を置く、財源の並ぶ金額の表がありません。"
            contents.faults.add(
                ("sources", source.key, "name"), problem, "name を消してください。", source.key
            )


def _missing_amounts(contents: Placeable) -> Iterator[str]:
    """Yield the stages of which no amount is placed, and of others the amounts that are not."""
    for key, own in contents.stages.items():
        missing = [source for source, at in own.amounts.items() if at not in contents.placed]
        if len(missing) == len(own.amounts):
            yield key
        else:
            yield from (f"{key}/{source}" for source in missing)


_BESIDE = ("id", "year", "no", "unit_code", "unit_upper", "unit")
"""Meanings of fields that stand beside the panel where a form does not place them."""


_CONTENTS = ("fields", "stack", "list", "amounts")


class _Pieces(NamedTuple):
    """Makes the pieces of bands; `named` are the stages that some table of amounts, or a cell of a row, names."""

    contents: Placeable
    named: set[str]

    def band(self, band: Table, path: Path) -> tuple[BandSide, ...]:
        if not self.one_of(band, ("beside", "rows", *_CONTENTS), path):
            return ()
        if "beside" in band:
            sides = (
                self.side(side, (*path, "beside", number))
                for number, side in enumerate(band["beside"])
            )
            return tuple(side for side in sides if side.items)
        own = self.side(band, path)
        return (own,) if own.items else ()

    def side(self, side: Table, path: Path) -> BandSide:
        items = tuple(self.contents_of(side, path))
        width = side.get("width")
        wanted = self.side_fit(items)
        return BandSide(Fit(width, wanted.least) if width else wanted, items, path)

    def contents_of(self, side: Table, path: Path) -> Iterator[Item]:
        if not self.one_of(side, ("rows", *_CONTENTS), path):
            return
        kind = next((key for key in ("fields", "stack") if key in side), None)
        if kind is None:
            yield from self.items(side, path, side)
            return
        for number, one in enumerate(side[kind]):
            yield from self.items(one, (*path, kind, number), side)

    def side_fit(self, items: Sequence[Item]) -> Fit:
        widest = max((8.0, *map(self.item_least, items)))
        return Fit(max(20.0, widest), widest, grows=True)

    def item_least(self, item: Item) -> float:
        if isinstance(item, ListBlock):
            return least(self.contents.widths[item.key])
        return _row_least(item) if isinstance(item, PageRow) else item.caption + _LEAST_TEXT

    def items(self, one: Table, path: Path, side: Table) -> tuple[Item, ...]:
        if not self.one_of(one, ("field", "list", "amounts", "rows"), path):
            return ()
        if "list" in one:
            return self.a_list(one, path)
        if "amounts" in one:
            return _Grid(self.contents, one, path).rows(self.stages(one, path))
        if "rows" in one:
            return self.rows(one["rows"], (*path, "rows"), one.get("caption", side.get("caption")))
        return self.block(one, path, side)

    def one_of(self, one: Table, keys: Sequence[str], path: Path) -> bool:
        own = [key for key in keys if key in one]
        if len(own) != 1 and not self.contents.faults.at(path):
            known = "、".join(keys)
            problem = (
                f"{'、'.join(own)} の2つがあります。" if own else f"{known} のどれもありません。"
            )
            self.contents.faults.add(path, problem, f"{known} のどれか1つを書いてください。")
        return len(own) == 1

    def block(self, one: Table, path: Path, side: Table) -> tuple[FieldBlock, ...]:
        found = self.found(one["field"], path)
        if found is None:
            return ()
        said = one.get("caption", side.get("caption"))
        widest = caption_width(found) if said is None else float(said)
        return (FieldBlock(found.key, widest, one.get("share"), path),)

    def a_list(self, one: Table, path: Path) -> tuple[Item, ...]:
        key = one["list"]
        own = self.contents.lists.get(key)
        if own is None:
            remedy = (
                near(key, self.contents.lists)
                if self.contents.lists
                else "[lists] に明細を書いてください。"
            )
            self.contents.faults.add(
                (*path, "list"), f"「{key}」という明細はありません。", remedy, key
            )
            return ()
        if not self.contents.once(f"list {key}", key, (*path, "list")):
            return ()
        block = ListBlock(key, path)
        if one.get("caption") is False:
            return (block,)
        text = f"{own.number} {own.label}" if own.number else own.label
        heading = PageCell(Fit(8.0, 2.0, grows=True), path, text, role=Role.HEADING)
        return PageRow((heading,), Role.HEADING), block

    def stages(self, one: Table, path: Path) -> list[str]:
        """Return the stages that a table of amounts shows, all that no other names where it says nothing."""
        contents = self.contents
        known = list(contents.stages)
        rest = [key for key in known if key not in self.named and not self.is_placed(key)]
        if "stages" not in one and not rest and known:
            contents.faults.add(
                path,
                "置く段階が残っていません。",
                "stages に段階を書くか、この表を消してください。",
            )
        shown = []
        for key in one.get("stages", rest):
            if key not in known:
                contents.faults.add(
                    (*path, "stages"), f"「{key}」という段階はありません。", near(key, known), key
                )
            elif self.all_once(key, (*path, "stages")):
                shown.append(key)
        return shown

    def is_placed(self, stage: str) -> bool:
        amounts = self.contents.stages[stage].amounts.values()
        return any(pointer in self.contents.placed for pointer in amounts)

    def all_once(self, stage: str, path: Path) -> bool:
        """Note that all amounts of a stage are placed; tell what is placed for the second time."""
        amounts = self.contents.stages[stage].amounts
        return all([self.contents.once(pointer, stage, path) for pointer in amounts.values()])

    def rows(
        self, rows: Sequence[Sequence[Table]], path: Path, caption: float | None
    ) -> tuple[PageRow, ...]:
        made = []
        for number, row in enumerate(rows):
            at = (*path, number)
            found = (self.cell(one, (*at, place), caption) for place, one in enumerate(row))
            cells = tuple(cell for cell in found if cell)
            if any(number + cell.down > len(rows) for cell in cells):
                self.contents.faults.add(
                    at, "down が行の終わりをこえます。", "down を小さくするか、行を足してください。"
                )
            made.append(PageRow(cells))
        return tuple(made)

    def cell(self, one: Table, path: Path, caption: float | None) -> PageCell | None:
        if not self.one_of(one, ("field", "amount", "text"), path):
            return None
        width, down = one.get("width"), one.get("down", 1)
        if "text" in one:
            wanted = max(em(one["text"]) + 1, 2.0)
            fit = Fit(width, width) if width else Fit(wanted, wanted * 0.6)
            return PageCell(fit, path, one["text"], down=down)
        is_amount = "amount" in one
        found = self.amount(one["amount"], path) if is_amount else self.found(one["field"], path)
        if found is None:
            return None
        said = one.get("caption", caption)
        own = caption_width(found) if said is None else float(said)
        value = fit_of(found, self.contents.choices)
        whole = Fit(value.width + own, value.least + own, value.grows)
        fit = Fit(width, width) if width else whole
        if width and width - own < 2:
            self.contents.faults.add(
                path,
                f"幅 {width} から名前の幅 {own:g} を引くと、記入するところがありません。",
                "width を大きくしてください。",
            )
        return PageCell(fit, path, found.caption, found.key, own, down)

    def amount(self, name: str, path: Path) -> Field | None:
        """Return the field of `request/total`, and note that it is placed; None where it is not there, or was."""
        contents = self.contents
        own, _, source = name.partition("/")
        stage = contents.stages.get(own)
        pointer = stage.amounts.get(source or TOTAL) if stage else None
        if pointer is None:
            known = [f"{key}/{one}" for key, own in contents.stages.items() for one in own.amounts]
            contents.faults.add(path, f"「{name}」という額はありません。", near(name, known), name)
            return None
        return contents.amounts[pointer] if contents.once(pointer, name, path) else None

    def found(self, key: str, path: Path) -> Field | None:
        """Return the field of a name, and note that it is placed; None where it is not there, or was."""
        contents = self.contents
        own = contents.fields.get(key)
        if own is None:
            hint = near(key, contents.fields)
            if key in contents.lists:
                hint = f"「{key}」は明細です。stack に書いてください。"
            if key in contents.stages:
                hint = f'「{key}」は段階です。rows に {{ amount = "{key}" }} と書いてください。'
            contents.faults.add(path, f"「{key}」という欄はありません。", hint, key)
            return None
        return own if contents.once(own.key, key, path) else None


def _row_least(row: PageRow) -> float:
    return least([cell.fit for cell in row.cells])


class _Grid(NamedTuple):
    """Makes the rows of a table of amounts: sources going down and stages across, or the other way."""

    contents: Placeable
    said: Table
    path: Path

    def rows(self, stages: Sequence[str]) -> tuple[PageRow, ...]:
        if not stages:
            return ()
        own = [self.contents.stages[key] for key in stages]
        sources = self.sources(own)
        if self.said["amounts"] == "sources":
            return tuple(self.sources_down(own, sources))
        return tuple(self.stages_down(own, sources))

    def sources(self, stages: Sequence[Stage]) -> list[str]:
        """Return the sources of some stages, 合計 and 特定財源 among them, in the order of the table."""
        axes = self.contents.axes
        shown = {key for stage in stages for key in stage.amounts}
        parts = [one.key for one in axes.sources if one.key in shown]
        specific = [SPECIFIC] if SPECIFIC in shown else []
        usual = "last" if self.said["amounts"] == "sources" else "first"
        if self.said.get("total", usual) == "first":
            return [TOTAL, *specific, *parts]
        return [*parts, *specific, TOTAL]

    def sources_down(self, stages: Sequence[Stage], sources: Sequence[str]) -> Iterator[PageRow]:
        names = self.names(sources)
        label = self.label_fit([self.word(source) for source in sources])
        name = Fit(14.0, _LEAST_TEXT, grows=True)
        heading = self.said.get("label", "財源内訳" if len(sources) > 1 else "区分")
        first = self.text(heading, label, Role.HEADING)
        across = [self.text(stage.label, Fit(_AMOUNT, 5.0), Role.HEADING) for stage in stages]
        second = (
            [self.text(self.contents.axes.sources[0].name_label, name, Role.HEADING)]
            if names
            else []
        )
        yield PageRow((first, *second, *across), Role.HEADING)
        for source in sources:
            role = Role.TOTAL if source == TOTAL else Role.LABEL
            cells = [self.text(self.word(source), label, role)]
            if names:
                own = names.get(source)
                cells.append(self.value(own, name) if own else self.text("", name, role))
            cells += [self.amount(stage, source, role) for stage in stages]
            yield PageRow(tuple(cells), role)

    def stages_down(self, stages: Sequence[Stage], sources: Sequence[str]) -> Iterator[PageRow]:
        label = self.label_fit([stage.label for stage in stages])
        column = Fit(_AMOUNT, 5.0)
        first = self.text(self.said.get("label", "区分"), label, Role.HEADING)
        across = [self.text(self.word(source), column, Role.HEADING) for source in sources]
        yield PageRow((first, *across), Role.HEADING)
        if names := self.names(sources):
            cells = [
                self.value(names[source], column) if source in names else self.text("", column)
                for source in sources
            ]
            yield PageRow((self.text(self.contents.axes.sources[0].name_label, label), *cells))
        for stage in stages:
            amounts = [self.amount(stage, source, Role.LABEL) for source in sources]
            yield PageRow((self.text(stage.label, label), *amounts))

    def names(self, sources: Sequence[str]) -> dict[str, str]:
        """Return the pointers of the texts beside these sources that stand nowhere yet, and note them."""
        own = [self.contents.axes.source(key) for key in sources if key not in (TOTAL, SPECIFIC)]
        named = {
            one.key: one.name for one in own if one.name and one.name not in self.contents.placed
        }
        for pointer in named.values():
            self.contents.placed[pointer] = self.path
        return named

    def amount(self, stage: Stage, source: str, role: Role) -> PageCell:
        pointer = stage.amounts.get(source)
        fit = Fit(_AMOUNT, 5.0)
        return self.value(pointer, fit) if pointer else self.text("", fit, role)

    def value(self, pointer: str, fit: Fit) -> PageCell:
        return PageCell(fit, self.path, field=pointer)

    def text(self, text: str, fit: Fit, role: Role = Role.LABEL) -> PageCell:
        return PageCell(fit, self.path, text, role=role)

    def label_fit(self, labels: Sequence[str]) -> Fit:
        width = min(max((4.0, *(em(label) + 1 for label in labels))), 9.0)
        return Fit(width, width)

    def word(self, source: str) -> str:
        return "うち特定財源" if source == SPECIFIC else self.contents.axes.source_label(source)
