"""The first vocabulary of a form.toml: that of minato-r2, which says neither axes nor meanings.

The one module that knows the keys and words of Minato's form. The file in the departments' books stays
as it is; here it is given the stages, sources, lists and meanings that it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, NoReturn, TypeVar

from yosan_xl.form.definition import (
    Band,
    Block,
    CheckDefinition,
    Definition,
    DefinitionError,
    DefinitionFault,
    Field,
    FieldKind,
    FieldRelation,
    FilledBy,
    GroupDefinition,
    ListColumn,
    ListDefinition,
    ListPlace,
    Panel,
    Placed,
    Role,
    RowDefinition,
    Stack,
)
from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    ENVELOPE,
    SPECIFIC,
    TOTAL,
    Axes,
    Source,
    Stage,
)

E = TypeVar("E", bound=Enum)

_LIST = "lines"
_STAGES = {
    ASKED: ("requested", "earmarked", "amount"),
    DECIDED: ("budgeted", "budgeted_earmarked", "budgeted"),
}
"""By stage the keys of its amounts: the total's and 特定財源's in 合計, 小計 and lines, the sources' in 財源内訳."""

_MEANINGS = {
    "/account": "account",
    "/kan": "level1",
    "/title": "title",
    "/category": "kind",
    "/budget_rationale": "rationale",
    "/funding_effort": "funding_effort",
    "/future_cost": "future_cost",
    "/contract_authorization/term_start": "contract_start",
    "/contract_authorization/term_end": "contract_end",
    "/contract_authorization/limit": "contract_limit",
    **{pointer: meaning for meaning, pointer in ENVELOPE.items()},
}

_TESTS = {
    "missing": "missing",
    "text_amount": "text_amount",
    "unpaired": "unpaired",
    "mixed_parts": "mixed",
    "over_line": "over_line",
    "earmarked": "specific",
    "general": "negative_rest",
    "negative": "negative",
    "yen": "yen",
    "stale_kan": "stale",
    "contract": "contract",
    "too_long": "too_long",
}
"""What the lines of the checks panel look at (form/check_kinds.py)."""

_OBJECT_NOTES = {
    "/department": ("所管課", "要求する組織。組織.csv にあるもの。"),
    "/total": ("合計", "明細の合計。"),
    "/funding": ("財源内訳", "合計の財源。4つの額の計は合計に等しくなります。"),
    "/funding/national": ("国庫支出金", "国からの補助金などの名称と額。"),
    "/funding/metropolitan": ("都支出金", "都からの補助金などの名称と額。"),
    "/funding/other": ("その他特財", "使用料、寄附金、基金などの名称と額。"),
    "/funding/general": ("一般財源", "備考と、合計からほかの財源を除いた額。"),
    "/contract_authorization": ("債務負担行為", "翌年度以降に支出する契約の期間と限度額。"),
}
"""What is said of the objects of several fields, where they are still called so."""


def definition(table: dict[str, Any], sha256: str) -> Definition:
    """Return the definition in the table of a form.toml; raise DefinitionError."""
    try:
        made = _definition(table, sha256)
    except KeyError as missing:
        _refuse("", str(missing.args[0]), "がありません。")
    except (ValueError, TypeError, AttributeError, IndexError) as error:
        if isinstance(error, DefinitionError):
            raise
        _refuse("", "", f"値の形がちがいます（{error}）。")
    _check(made)
    return made


def _definition(table: dict[str, Any], sha256: str) -> Definition:
    _known(
        table,
        "id version title sheet columns print fields lines checks head left right",
        "form.toml",
    )
    fields = {key: _field(key, row) for key, row in table["fields"].items()}
    lines = _lines(table["lines"])
    bands = (
        *(Band((Stack((_row(row),)),)) for row in table["head"]),
        Band((_half(table["left"]), _half(table["right"], lines))),
    )
    labels = _object_labels(fields, bands)
    return Definition(
        id=_text(table, "id"),
        version=table["version"],
        title=_text(table, "title"),
        sheet=_text(table, "sheet"),
        sha256=sha256,
        columns={name: float(width) for name, width in table["columns"].items()},
        printed=(table["print"]["first"], table["print"]["last"]),
        fields=fields,
        lists=(lines,),
        checks=_panel(table["checks"]),
        bands=bands,
        order=_order(fields),
        axes=_axes(table, fields, lines),
        object_labels=labels,
        object_notes={
            at: note for at, (own, note) in _OBJECT_NOTES.items() if labels.get(at) == own
        },
        elastic=table["left"]["columns"],
    )


def _order(fields: Iterable[str]) -> tuple[str, ...]:
    """Return the pointers of a document: the lines and their 小計 stand before 合計."""
    pointers = [key for key in fields if key.startswith("/")]
    totals = (i for i, pointer in enumerate(pointers) if pointer.startswith("/total/"))
    at = next(totals, len(pointers))
    return (*pointers[:at], f"/{_LIST}", "/subtotals", *pointers[at:])


def _object_labels(fields: Iterable[str], bands: tuple[Band, ...]) -> dict[str, str]:
    """Return what the objects of several fields are called: the first label in the row where their first field stands.

    The label of the object around it is no label of its own (財源内訳 stands beside 国庫支出金).
    """
    found: dict[str, str] = {}
    for pointer in (key for key in fields if key.startswith("/")):
        steps = pointer.strip("/").split("/")
        for end in range(1, len(steps)):
            at = "/" + "/".join(steps[:end])
            if at not in found:
                found[at] = (
                    _row_label(at, bands, found.get(at.rpartition("/")[0])) or steps[end - 1]
                )
    return found


def _row_label(pointer: str, bands: tuple[Band, ...], taken: str | None) -> str | None:
    for row in (one for one in _items(bands) if isinstance(one, RowDefinition)):
        if any((cell.field or "").startswith(f"{pointer}/") for cell in row.cells):
            return next((c.label for c in row.cells if c.label and c.label != taken), None)
    return None


def _axes(table: dict[str, Any], fields: dict[str, Field], lines: ListDefinition) -> Axes:
    grid = ("/total/", "/funding/")
    single = [f for key, f in fields.items() if key.startswith("/") and not key.startswith(grid)]
    return Axes(
        form=table["id"],
        title=table["title"],
        unit="千円",
        stages=tuple(_stage(role, lines, fields) for role in _STAGES),
        sources=tuple(_source(key, fields) for key in _source_keys(fields)),
        lists=(lines.axis,),
        fields=tuple(field.words for field in single),
    )


def _stage(role: str, lines: ListDefinition, fields: Mapping[str, Field]) -> Stage:
    total, specific, amount = _STAGES[role]
    column = {one.field.key: one.field for one in lines.columns}[total]
    amounts = {TOTAL: f"/total/{total}", SPECIFIC: f"/total/{specific}"}
    amounts |= {source: f"/funding/{source}/{amount}" for source in _source_keys(fields)}
    own = {source: at for source, at in amounts.items() if at in fields}
    return Stage(
        key=role,
        label=column.label,
        role=role,
        by=column.by.value,
        total=_LIST,
        amounts=own,
        labels={source: fields[at].label for source, at in own.items()},
        listed=(TOTAL, SPECIFIC) if role == DECIDED and SPECIFIC in own else (),
    )


def _source_keys(fields: Iterable[str]) -> list[str]:
    paths = (key.split("/") for key in fields if key.startswith("/funding/"))
    return [source for _, _, source, last in paths if last == "amount"]


def _source(key: str, fields: Mapping[str, Field]) -> Source:
    amount, name = fields[f"/funding/{key}/amount"], f"/funding/{key}/name"
    is_rest = amount.relation is not None and amount.relation.kind == "difference"
    own = Source(key, amount.label, is_rest=is_rest)
    if name not in fields:
        return own
    called = fields[name].label.removeprefix(f"{amount.label}の")
    return own._replace(name=name, name_label=called)


def _field(key: str, table: dict[str, Any], heading: str | None = None) -> Field:
    _known(
        table,
        "number label kind list by max required carried hint about relation of columns printed",
        key,
    )
    computed = "relation" in table
    if computed == ("by" in table):
        _refuse("fields", key, "by と relation のどちらか1つがいります。")
    return Field(
        key=key,
        label=_text(table, "label"),
        kind=_member(FieldKind, table["kind"], key),
        by=FilledBy.FORMULA if computed else _member(FilledBy, table["by"], key),
        number=table.get("number"),
        choices=table.get("list"),
        max_length=table.get("max"),
        required=table.get("required", False),
        carried=table.get("carried", False),
        hint=table.get("hint", ""),
        about=table.get("about", ""),
        relation=_relation(key, table) if computed else None,
        heading=heading or table.get("printed"),
        meaning=_MEANINGS.get(key),
        under="/account" if key == "/kan" else None,
    )


def _relation(key: str, table: dict[str, Any]) -> FieldRelation:
    kind, of = table["relation"], tuple(table["of"])
    if kind not in ("sum", "difference", "bracket"):
        _refuse("fields", key, f"relation の「{kind}」は使えません。", kind)
    last = key.rpartition("/")[2]
    return FieldRelation(kind, tuple(f"/{_LIST}/*/{last}" if one == _LIST else one for one in of))


def _lines(table: dict[str, Any]) -> ListDefinition:
    _known(table, "number label subtotal arrow columns groups", "lines")
    heading = f"{table['number']} {table['label']}"
    return ListDefinition(
        key=_LIST,
        pointer=f"/{_LIST}",
        label=_text(table, "label"),
        columns=tuple(_column(key, row, heading) for key, row in table["columns"].items()),
        groups=tuple(map(_group, table["groups"], _MOST_ROWS)),
        subtotals="/subtotals",
        number=table["number"],
        group="part",
        subtotal=_text(table, "subtotal"),
        group_columns="group:source",
        subtotal_columns="item:note",
        arrow_columns="arrow",
        arrow=_text(table, "arrow"),
        group_name="yx_part{group}",
        row_name="yx_lines{group}_{column}",
        subtotal_name="yx_subtotal{group}_{column}",
    )


def _column(key: str, table: dict[str, Any], heading: str) -> ListColumn:
    if key == "label":
        field = _field(key, table, heading)._replace(meaning="label")
        return ListColumn(table["columns"], field)
    amounts = {
        own: (role, source, keys[0] if source == SPECIFIC else None)
        for role, keys in _STAGES.items()
        for own, source in zip(keys, (TOTAL, SPECIFIC), strict=False)
    }
    return ListColumn(table["columns"], _field(key, table), *amounts.get(key, ()))


_MOST_ROWS = (20, 10)


def _group(table: dict[str, Any], most: int) -> GroupDefinition:
    _known(table, "part rows optional hint", "lines.groups")
    return GroupDefinition(
        table["part"], table["rows"], table.get("optional", False), table.get("hint", ""), most
    )


def _panel(table: dict[str, Any]) -> Panel:
    _known(table, "columns heading counters items", "checks")
    return Panel(
        tuple(table["columns"]),
        tuple(table["heading"]),
        table["counters"],
        tuple(_check_item(item) for item in table["items"]),
    )


def _check_item(item: dict[str, Any]) -> CheckDefinition:
    _known(item, "kind label weight advice", "checks.items")
    if item["kind"] not in _TESTS:
        _refuse("checks.items", "kind", f"「{item['kind']}」は使えません。", item["kind"])
    return CheckDefinition(**item, test=_TESTS[item["kind"]])


def _row(table: dict[str, Any]) -> RowDefinition:
    _known(table, "cells role printed", "row")
    role = _member(Role, table.get("role", "label"), "row")
    return RowDefinition(
        tuple(_placed(cell, role) for cell in table["cells"]), role, table.get("printed", True)
    )


def _placed(table: dict[str, Any], role: Role) -> Placed:
    _known(table, "columns label field display down role", "cells")
    return Placed(
        columns=table["columns"],
        label=table.get("label"),
        field=table.get("field"),
        display=table.get("display"),
        down=table.get("down", 1),
        role=_member(Role, table["role"], "cells") if "role" in table else role,
    )


def _half(table: dict[str, Any], lines: ListDefinition | None = None) -> Stack:
    _known(table, "caption columns blocks rows", "left, right")
    blocks = (_block(row, table["caption"], table["columns"]) for row in table["blocks"])
    rows = (_row(row) for row in table.get("rows", ()))
    return Stack((*((ListPlace(lines.key),) if lines else ()), *rows, *blocks))


def _block(table: dict[str, Any], caption: str, columns: str) -> Block:
    """Return a block; a share of 1 is a row, which never grows."""
    share = table.get("share", 0)
    rows = 1 if share == 1 else table.get("rows", 0)
    return Block(table["field"], caption, columns, rows, 0 if rows else share)


def _check(made: Definition) -> None:
    """Refuse places and operands that the definition does not have."""
    for columns in (*_places(made), *made.checks.columns, ":".join(made.printed)):
        for name in columns.split(":"):
            if name not in made.columns:
                _refuse("columns", name, "この列がありません。", name)
    placed = Counter(_placed_fields(made))
    for key in (*placed, *_operands(made)):
        if key not in made.fields:
            _refuse("fields", key, "この欄がありません。", key)
    for key in made.fields:
        if placed[key] != 1:
            _refuse(
                "fields", key, f"様式に{placed[key]}回置かれています。1回だけ置いてください。", key
            )


def _places(made: Definition) -> Iterator[str]:
    yield from (column.columns for own in made.lists for column in own.columns)
    for item in _items(made.bands):
        if isinstance(item, Block):
            yield from (item.caption, item.columns)
        elif isinstance(item, RowDefinition):
            yield from (cell.columns for cell in item.cells)


def _placed_fields(made: Definition) -> Iterator[str]:
    for item in _items(made.bands):
        if isinstance(item, Block):
            yield item.field
        elif isinstance(item, RowDefinition):
            yield from (cell.field for cell in item.cells if cell.field is not None)


def _operands(made: Definition) -> Iterator[str]:
    for field in made.fields.values():
        yield from (key for key in (field.relation.of if field.relation else ()) if "*" not in key)


def _items(bands: Iterable[Band]) -> Iterator[RowDefinition | Block | ListPlace]:
    yield from (item for band in bands for stack in band.stacks for item in stack.items)


def _known(table: Iterable[str], allowed: str, where: str) -> None:
    unknown = sorted(set(table) - set(allowed.split()))
    if unknown:
        _refuse(where, unknown[0], "この語は使えません。", unknown[0])


def _text(table: dict[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str):
        _refuse("", key, "文字で書いてください。", str(value))
    return value


def _member(enum: type[E], value: str, where: str) -> E:
    try:
        return enum(value)
    except ValueError:
        _refuse("", where, f"「{value}」は使えません。", str(value))


def _refuse(table: str, key: str, problem: str, word: str = "") -> NoReturn:
    raise DefinitionError((DefinitionFault(table, key, word, None, problem, ""),))
