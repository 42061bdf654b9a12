"""Books of another form than the year's, or of what the year's form was when they were handed out: told, and not added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from yosan_xl.form.definition import Definition
from yosan_xl.form.load import parse_toml
from yosan_xl.model.axes import Axes
from yosan_xl.model.finding import Finding, Place
from yosan_xl.store.faults import shown
from yosan_xl.store.year_folder import YearFolder, form_data, kept_forms
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.submitted import codes
from yosan_xl.usecases.submitted.gathered import Gathered
from yosan_xl.usecases.year import find_definition, form_of, own_file

_BACK = "様式の定義を配布したときのもの（{kept}/様式）に戻すか、version を1つ上げてブックを配り直してください。"
_AGAIN = "この年度に配布したブックに記入して、出し直してもらってください。"


def changed_form(year: YearFolder) -> Iterator[Finding]:
    """Yield a finding where the year's own form is not what it was when books were made, under the same version.

    What stands behind `#` and blank lines may change.
    """
    form = form_of(year)
    file = own_file(form, year.root)
    if file is None or year.kept in file.parents:
        return
    kept = [path for one, path in kept_forms(year.kept) if _is_same(one, form)]
    if kept and _content(file) not in map(_content, kept):
        names = "、".join(shown(path.relative_to(year.root).as_posix()) for path in kept)
        place = Place(shown(file.relative_to(year.root).as_posix()))
        yield codes.FORM_CHANGED.at(place, form=form.id, version=form.version, kept=names)


def is_foreign(item: Gathered, own: Definition) -> bool:
    """Return whether a request is of another form than the year's `own`, or has amounts that this has no place for or in another unit."""
    return not _holds(own.axes, item.request.axes)


def foreign_books(items: Iterable[Gathered], year: YearFolder) -> Iterator[Finding]:
    """Yield a finding for each file and form of requests that the year's form does not hold."""
    seen: set[_Form] = set()
    own = form_of(year)
    for item in items:
        form = _Form.of(item)
        if form not in seen and is_foreign(item, own):
            seen.add(form)
            found = _definition(item, year)
            yield codes.OTHER_FORM.at(
                Place(item.file),
                found=_called(found),
                wanted=_called(own),
                how="は、欄か単位がちがいます" if found.id == own.id else "は、別の様式です",
                remedy=_BACK.format(kept=year.settings.folders.kept)
                if _is_same(found, own)
                else _AGAIN,
            )


def refuse_changed(items: Iterable[Gathered], year: YearFolder) -> None:
    """Raise WrongInput where the year's form, under its version, no longer holds what was handed in: no sum is right."""
    own = form_of(year)
    wrong = [i for i in items if is_foreign(i, own) and _is_same(_definition(i, year), own)]
    if wrong:
        raise WrongInput(*changed_form(year), *foreign_books(wrong, year))


class _Form(NamedTuple):
    file: str
    form: str
    sha256: str | None

    @classmethod
    def of(cls, item: Gathered) -> _Form:
        return cls(item.file, item.form or item.request.axes.form, item.form_sha256)


def _definition(item: Gathered, year: YearFolder) -> Definition:
    _, form, sha256 = _Form.of(item)
    return find_definition(form, sha256, year.root)


def _called(form: Definition) -> str:
    return f"「{form.id}」第{form.version}版（{form.axes.unit}）"


def _is_same(one: Definition, other: Definition) -> bool:
    return (one.id, one.version) == (other.id, other.version)


@lru_cache(maxsize=64)
def _holds(own: Axes, other: Axes) -> bool:
    same = (own.form, own.unit) == (other.form, other.unit)
    return own is other or (same and _places(other) <= _places(own))


def _places(axes: Axes) -> set[tuple[object, ...]]:
    """Return all places of a form: its amounts, its lists and their columns, its fields, whatever they are called."""
    cells = {(one.key, one.total, cell) for one in axes.stages for cell in one.amounts.items()}
    sources = {(one.key, one.is_rest) for one in axes.sources}
    columns = {(own.key, one.key, one.amount) for own in axes.lists for one in own.columns}
    fields = {(one.pointer, one.kind) for one in axes.fields}
    return {*cells, *sources, *columns, *fields, *((own.key,) for own in axes.lists)}


def _content(path: Path) -> dict[str, object]:
    return parse_toml(form_data(path).decode("utf-8-sig"))
