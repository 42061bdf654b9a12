"""`diff`: what changed between two books, field by field, with the cell in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from yosan_xl.form.definition import USUAL_FORM, Definition
from yosan_xl.form.schema import request_schema
from yosan_xl.model.axes import ASKED, Axes, RowList
from yosan_xl.model.money import Money
from yosan_xl.model.request import Document, Request
from yosan_xl.report.diff_text import (
    ChangedRequest,
    ComparedValue,
    Difference,
    DocumentValue,
    FieldChange,
    LoneRequest,
)
from yosan_xl.rules.pointer import Step, to_pointer, words
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted.gathered import Gathered
from yosan_xl.usecases.submitted.read import Gathering, gather
from yosan_xl.usecases.submitted.read_files import ReadContext
from yosan_xl.usecases.year import find_definition

Path_ = tuple[Step, ...]


Pair = tuple[Path_ | None, Path_ | None]


def diff(old: Path, new: Path) -> Difference:
    """Compare two books, or JSON; requests are matched by id. Raises WrongInput for one that is
    not there or cannot be read.
    """
    before, after = _requests(old, new), _requests(new, old)
    both = [request_id for request_id in before if request_id in after]
    pairs = [(before[request_id], after[request_id]) for request_id in both]
    changed = [found for one, two in pairs if (found := _changed(one, two, (new, old))).changes]
    items = [*after.values(), *before.values()]
    words = (
        {"asked": axes.stage(ASKED).label, "unit": axes.unit}
        for axes in (item.request.axes for item in items)
    )
    return Difference(
        old=old.name,
        new=new.name,
        same=len(both) - len(changed),
        changed=tuple(changed),
        only_old=tuple(
            _lone(item) for request_id, item in before.items() if request_id not in after
        ),
        only_new=tuple(
            _lone(item) for request_id, item in after.items() if request_id not in before
        ),
        gap=Money(_sum(after.values()) - _sum(before.values())),
        **next(words, {}),
    )


def _requests(path: Path, other: Path) -> dict[str, Gathered]:
    """Return the requests of a file by id, one without an id by its place.

    A form that is not known where the file is may be known where the `other` one is.
    """
    gathering = gather([path], context=ReadContext(near=other))
    _refuse_unread(gathering)
    found: dict[str, Gathered] = {}
    for item in gathering.requests:
        found.setdefault(item.request.id or f"{item.sheet}", item)
    return found


def _refuse_unread(gathering: Gathering) -> None:
    unread = [finding for file in gathering.files if not file.is_read for finding in file.findings]
    if unread:
        raise WrongInput(*unread)


def _changed(old: Gathered, new: Gathered, near: Iterable[Path]) -> ChangedRequest:
    request = new.request
    schema = request_schema(_definition(new, near))
    rows = _lists(request.axes)
    changes = (
        _change(old, new=new, one=one, two=two, schema=schema)
        for one, two in _leaves(old.document, new.document, (), (), rows)
        if _differ(old, new, one, two)
    )
    return ChangedRequest(request.id or "", _title(request), tuple(changes))


class ValueChange(NamedTuple):
    """A value that differs in two documents: its pointer (`*` for any row), what it is called, and what it was and is in words."""

    pointer: str
    label: str
    before: str
    after: str


def changed_values(old: Document, new: Document, definition: Definition) -> Iterator[ValueChange]:
    """Yield each value that differs in two documents of a form."""
    axes, schema = definition.axes, request_schema(definition)
    for one, two in _leaves(old, new, (), (), _lists(axes)):
        before = None if one is None else _at(old, one)
        after = None if two is None else _at(new, two)
        if before != after:
            path = two or one or ()
            pointer = _of_any_row(path)
            unit = axes.unit if pointer in _money(axes) else ""
            yield ValueChange(
                pointer, words(path, schema), _in_words(before, unit), _in_words(after, unit)
            )


def _of_any_row(path: Path_) -> str:
    return to_pointer(tuple("*" if isinstance(step, int) else step for step in path))


def _in_words(value: DocumentValue, unit: str) -> str:
    if value is None or value == "":
        return "なし"
    return f"{value:,}{unit}" if isinstance(value, int) else f"「{value}」"


def _definition(item: Gathered, near: Iterable[Path]) -> Definition:
    for place in near:
        with suppress(KeyError):
            return find_definition(item.request.axes.form, item.form_sha256, place)
    return find_definition(USUAL_FORM)


def _title(request: Request) -> str:
    return request.title or f"（{request.axes.word('title')}なし）"


def _lists(axes: Axes) -> dict[str, RowList]:
    """Return the list whose rows or 小計 stand at a pointer."""
    places = ((own, (own.pointer, own.subtotals)) for own in axes.lists)
    return {pointer: own for own, pointers in places for pointer in pointers if pointer}


@lru_cache(maxsize=64)
def _money(axes: Axes) -> frozenset[str]:
    """Return the pointers of a form's amounts, `*` for any row."""
    grid = (pointer for stage in axes.stages for pointer in stage.amounts.values())
    fields = (one.pointer for one in axes.fields if one.kind == "money")
    columns = (
        f"{pointer}/*/{column.key}"
        for pointer, own in _lists(axes).items()
        for column in own.columns
        if column.kind == "money"
    )
    return frozenset((*grid, *fields, *columns))


def _differ(old: Gathered, new: Gathered, one: Path_ | None, two: Path_ | None) -> bool:
    before, after = _side(old, one), _side(new, two)
    return (before.value, before.is_read) != (after.value, after.is_read)


def _change(
    old: Gathered, new: Gathered, one: Path_ | None, two: Path_ | None, schema: dict[str, Any]
) -> FieldChange:
    before, after, path = _side(old, one), _side(new, two), two or one or ()
    is_money = _of_any_row(path) in _money(new.request.axes)
    gap = _number(after.value) - _number(before.value) if is_money else None
    known = None if gap is None else Money(gap)
    return FieldChange(
        pointer=to_pointer(path), label=words(path, schema), old=before, new=after, gap=known
    )


def _side(item: Gathered, path: Path_ | None) -> ComparedValue:
    if path is None:
        return ComparedValue(None, None)
    pointer = to_pointer(path)
    value = _at(item.document, path)
    return ComparedValue(value, item.locate(pointer), pointer not in item.broken)


def _at(document: Document, path: Path_) -> DocumentValue:
    value: Any = document
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        else:  # a document from elsewhere may hold anything
            value = value[step] if isinstance(value, list) and isinstance(step, int) else None
    return value if isinstance(value, str | int | float | None) else str(value)


def _leaves(
    old: Any, new: Any, one: Path_ | None, two: Path_ | None, lists: Mapping[str, RowList]
) -> Iterator[Pair]:
    """Yield the paths of all single values, in pairs; None where a row has no counterpart."""
    values = [value for value in (old, new) if value is not None]
    if values and all(isinstance(value, dict) for value in values):
        for key in dict.fromkeys([*(old or {}), *(new or {})]):
            yield from _leaves(
                (old or {}).get(key),
                (new or {}).get(key),
                _below(one, key),
                _below(two, key),
                lists,
            )
    elif values and all(isinstance(value, list) for value in values):
        own = lists.get(to_pointer(two or one or ()))
        for before, after in _rows(old or [], new or [], own):
            yield from _leaves(
                None if before is None else old[before],
                None if after is None else new[after],
                None if before is None else _below(one, before),
                None if after is None else _below(two, after),
                lists,
            )
    elif one != ("id",):
        yield one, two


def _below(path: Path_ | None, step: Step) -> Path_ | None:
    return None if path is None else (*path, step)


def _rows(
    old: Sequence[Any], new: Sequence[Any], own: RowList | None
) -> Iterator[tuple[int | None, int | None]]:
    """Pair the rows of two lists: those of the same name, then in their order what is between."""
    matcher = SequenceMatcher(None, _names(old, own), _names(new, own), autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        for at in range(max(b - a, d - c)):
            yield (a + at if a + at < b else None, c + at if c + at < d else None)


def _names(rows: Iterable[Any], own: RowList | None) -> list[tuple[str, ...]]:
    """Return what each row is known by: its group and its label, in a list without labels all its texts."""
    texts = [one.key for one in own.columns if one.kind != "money"] if own else []
    keys = [own.group, *([own.label_key] if own.label_key else texts)] if own else []
    tables = [row if isinstance(row, dict) else {} for row in rows]
    return [tuple(str(row.get(key)) for key in keys) for row in tables]


def _number(value: DocumentValue) -> int:
    return value if isinstance(value, int) else 0


def _lone(item: Gathered) -> LoneRequest:
    request = item.request
    return LoneRequest(request.id or f"{item.sheet}", _title(request), request.requested)


def _sum(items: Iterable[Gathered]) -> int:
    return sum(item.request.requested for item in items)
