"""年度フォルダー: the folder of one fiscal year, with its settings, its roster, its books and the forms they have."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from yosan_xl.form.definition import Definition, DefinitionError
from yosan_xl.form.load import parse_definition
from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import as_argument
from yosan_xl.store.faults import PathError, StoreError, shown
from yosan_xl.store.ledger import LEDGER_NAME, read_ledger
from yosan_xl.store.levels_file import parse_levels
from yosan_xl.store.places import FilePlace
from yosan_xl.store.roster_file import parse_roster, read_roster, refuse_lost_zeros
from yosan_xl.store.settings_file import (
    ROSTER_NAME,
    SETTINGS_NAME,
    SettingsError,
    carried_settings,
    find_year_folder,
    has_settings,
    parse_settings,
    read_settings,
    render_settings,
    years_below,
)
from yosan_xl.store.snapshot import snapshot, unreadable
from yosan_xl.store.write import Output, make_folder, write_bytes, write_new_bytes

FORMS = FilePlace.FORMS.file_name
"""The folder below 記録 (`folders.kept`)."""

KEPT = Output("kept")
"""What we keep there."""


_LIMIT_BYTES = 1024 * 1024
_NAMED = 5


def kept_name(definition: Definition) -> str:
    """`minato-r2-1-0123abcd.toml`: form, version, the beginning of its fingerprint."""
    form = f"{definition.id}-{definition.version}-{definition.sha256[:8]}"
    return FilePlace.FORM.file_name.format(form=form)


def keep_form(kept: Path, definition: Definition, source: Path) -> None:
    """Copy the definition file `source` into 様式 of `kept`, unless it is there; raise WriteFailed."""
    target = kept / FORMS / kept_name(definition)
    if not target.exists():
        write_bytes(target, form_data(source), KEPT)


def kept_forms(kept: Path) -> Iterator[tuple[Definition, Path]]:
    """Yield the definitions in 様式 of `kept`, with their files; what is none is left out. Raises Unreadable."""
    for path in _definitions(kept / FORMS, "*.toml"):
        try:
            yield read_form(path), path
        except DefinitionError:
            continue


def own_forms(root: Path) -> Iterator[Path]:
    """Yield the files of 様式 of a year folder: `様式/<id>.toml` and `様式/<id>/form.toml`. Raises Unreadable."""
    folder = FilePlace.OWN_FORMS.below(root)
    yield from _definitions(folder, "*.toml")
    yield from _definitions(folder, "*/form.toml")


def form_name(path: Path) -> str:
    """Return the id that a form in this file has: the name of its folder, or of the file."""
    return path.parent.name if path.name == "form.toml" else path.stem


def form_data(path: Path) -> bytes:
    """Return the bytes of a definition file; raise Unreadable."""
    return snapshot(path, _LIMIT_BYTES).data


def read_form(path: Path) -> Definition:
    """Return the definition in a file; raise DefinitionError, Unreadable."""
    return _form(form_data(path), path.name)


def _definitions(folder: Path, pattern: str) -> list[Path]:
    try:
        found = sorted(folder.glob(pattern))
        return [path for path in found if path.is_file()]
    except OSError as error:
        raise unreadable(folder, error) from error


def settings_around(root: Path) -> Settings | None:
    """Return the settings of a year folder, None where they make no sense; raise Unreadable."""
    try:
        return read_settings(root / SETTINGS_NAME)
    except SettingsError:
        return None


@lru_cache(maxsize=32)
def _form(data: bytes, name: str) -> Definition:
    # One Definition for all books of a year: plans and schemas are cached by it.
    return parse_definition(data, name)


UNKNOWN_FORM = Code(
    "YX087",
    weight=Weight.ERROR,
    title="様式の名前",
    fact="様式「{form}」がありません。",
    remedy="使える様式: {known}。ほかの様式は、その定義（form.toml）を年度フォルダーの 様式 に入れるか、プログラムを新しくしてください。",
    why="様式は、プログラムの templates フォルダーか、年度フォルダーの 様式 フォルダーにあるものの名前で選びます。",
    wrong="minato-2",
    right="minato-r2",
)
NOT_YEAR_FOLDER = Code(
    "YX088",
    weight=Weight.ERROR,
    title="年度フォルダーではない",
    fact="「{name}」は年度フォルダーではありません(yosan.toml がありません)。",
    remedy="{remedy}",
    why="年度の設定は、年度フォルダーの yosan.toml から読みます。",
    wrong="デスクトップで実行する",
    right="yosan.toml のある R2 フォルダーで実行する",
)
ALREADY_YEAR_FOLDER = Code(
    "YX089",
    weight=Weight.ERROR,
    title="すでに年度フォルダーがある",
    fact="「{name}」には、すでに yosan.toml があります。",
    remedy="設定を変えるときは yosan.toml を直し、新しい年度は別のフォルダーに作ってください。",
    why="作り直すと、配布に使った設定が失われます。",
    wrong="R2 フォルダーに、もう一度 init する",
    right="R3 フォルダーに init する",
)

WITHIN_YEAR_FOLDER = Code(
    "YX854",
    weight=Weight.ERROR,
    title="年度フォルダーの中の年度",
    fact="「{name}」は、年度フォルダー「{year}」の中です。",
    remedy="年度フォルダーの外に、たとえば「{beside}」として作ってください。",
    why="年度の中に作った年度は、その年度といっしょに保存庫に残り、消せません。",
    wrong="R2 フォルダーの中で init R3 とする",
    right="R2 フォルダーの中で init ../R3 とする",
)

CODES = (
    UNKNOWN_FORM,
    NOT_YEAR_FOLDER,
    ALREADY_YEAR_FOLDER,
    WITHIN_YEAR_FOLDER,
)


class NotAYearFolder(PathError):
    """A folder without yosan.toml (YX088)."""


class AlreadyAYearFolder(PathError):
    """A folder that has a yosan.toml, or lies in one that has, where a new one was wanted (YX089, YX854)."""


class UnknownForm(PathError):
    """A form that no template folder defines (YX087)."""


@dataclass(frozen=True, slots=True)
class YearFolder:
    """A year folder as it was opened."""

    root: Path
    settings: Settings
    roster: Roster

    @property
    def handed_out(self) -> Path:
        """配布: the blank books."""
        return self.at(FilePlace.HANDED_OUT)

    @property
    def submitted(self) -> Path:
        """提出: the books as departments handed them in, never written."""
        return self.at(FilePlace.SUBMITTED)

    @property
    def returned(self) -> Path:
        """差戻し: what departments are asked to mend."""
        return self.at(FilePlace.RETURNED)

    @property
    def summary(self) -> Path:
        """集計: the consolidated tables."""
        return self.at(FilePlace.SUMMARY_FOLDER)

    @property
    def kept(self) -> Path:
        """記録: the forms that books were made from, and last year's requests."""
        return self.at(FilePlace.KEPT)

    @property
    def prior(self) -> Path:
        """Where last year's requests are, in a folder that was made from last year's."""
        return self.at(FilePlace.PRIOR)

    def at(self, place: FilePlace, **parts: object) -> Path:
        """Return where a place of this year is; `parts` stand for what differs from file to file."""
        folders = self.settings.folders
        return place.below(
            self.root,
            handed_out=folders.handed_out,
            submitted=folders.submitted,
            returned=folders.returned,
            summary=folders.summary,
            kept=folders.kept,
            year=self.settings.year.short,
            **parts,
        )

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the names of the files that finance fills in: the settings, the roster, 科目.csv where the year has it."""
        levels = FilePlace.LEVELS.below(self.root)
        return (SETTINGS_NAME, ROSTER_NAME, *([levels.name] if levels.is_file() else ()))

    @property
    def folders(self) -> tuple[Path, ...]:
        """All five, in the order in which the year uses them."""
        return (self.handed_out, self.submitted, self.returned, self.summary, self.kept)


def open_year_folder(path: Path) -> YearFolder:
    """Read the settings and the roster of the year folder `path`.

    Raises NotAYearFolder, SettingsError (with the roster's faults too), RosterError (also for codes
    that lost the zeros they were handed out with), Unreadable.
    """
    if not has_settings(path):
        raise NotAYearFolder(NOT_YEAR_FOLDER, path.absolute(), remedy=_way(path))
    try:
        settings = read_settings(path / SETTINGS_NAME)
    except SettingsError as error:
        raise SettingsError(*error.findings, *_roster_faults(path).findings) from error
    accounts = [account.name for account in settings.accounts]
    year = YearFolder(path, settings, read_roster(path / ROSTER_NAME, accounts))
    refuse_lost_zeros(year.roster, _known_codes(year))
    return year


def _way(folder: Path) -> str:
    """Return what to do in a folder that is no year's: go into one that lies in it, or make one."""
    years = years_below(folder)
    if len(years) == 1:
        way = as_argument(shown(folder / years[0]))
        return f"「cd {way}」で年度フォルダーに移ってから、もう一度実行してください。"
    if years:
        names = "、".join(map(shown, years[:_NAMED]))
        return f"cd で年度フォルダー（{names}）のどれかに移ってから、もう一度実行してください。"
    return (
        "cd で年度フォルダーに移ってから、もう一度実行してください。まだなければ"
        "「yosan-xl init R9 --year R9 --municipality 佐倉市 --prefecture 千葉県」のように作ります（試すだけなら「yosan-xl init 練習 --example 港区」）。"
    )


class NewFolder(NamedTuple):
    """What a year folder is made of, as bytes: its settings and tables, and its own form (path below it)."""

    settings: bytes
    roster: bytes
    levels: bytes | None = None
    form: tuple[str, bytes] | None = None


def template_content(template: Path, general: Path, values: Mapping[str, str]) -> NewFolder:
    """Return what a year of a template is made of, its settings with `values`; raise Unreadable.

    What the template's folder lacks is taken from `general`.
    """

    def data(name: str) -> bytes:
        own = template / name
        return snapshot(own if own.is_file() else general / name).data

    levels = FilePlace.LEVELS.file_name
    has_settings_too = (template / SETTINGS_NAME).is_file()
    has_levels = (template / levels).is_file() or not has_settings_too
    text = render_settings(data(SETTINGS_NAME).decode("utf-8"), values)
    return NewFolder(text.encode("utf-8"), data(ROSTER_NAME), data(levels) if has_levels else None)


def carried_content(before: YearFolder, values: Mapping[str, str]) -> NewFolder:
    """Return what a year is made of that follows another: its settings (without 提出期限), its tables.

    Raises Unreadable, and ValueError where a setting is written otherwise than in a line of its own.
    """
    text = snapshot(before.root / SETTINGS_NAME).data.decode("utf-8-sig")
    levels = FilePlace.LEVELS.below(before.root)
    return NewFolder(
        carried_settings(text, values).encode("utf-8"),
        snapshot(before.root / ROSTER_NAME).data,
        snapshot(levels).data if levels.is_file() else None,
    )


def _known_codes(year: YearFolder) -> dict[str, str]:
    """Return the codes that books were handed out, accepted and handed in with, and where each stands.

    A book in 提出 may be called anything: there the name of the unit has to stand beside the code.
    """
    known: dict[str, str] = {}
    for name in _names_in(year.handed_out):
        known.setdefault(name.partition("_")[0], f"{year.handed_out.name}/{name}")
    for name in _names_in(year.submitted):
        code = name.partition("_")[0]
        if code.startswith("0") and year.roster.by_code(code.lstrip("0")) in year.roster.named_in(
            name
        ):
            known.setdefault(code, f"{year.submitted.name}/{name}")
    with suppress(StoreError):  # a ledger that cannot be read is told of where it is needed
        for book in read_ledger(year.root).books:
            known.setdefault(book.department, LEDGER_NAME)
    return known


def _names_in(folder: Path) -> list[str]:
    try:
        return sorted(shown(path.name) for path in folder.iterdir())
    except OSError:
        return []


def create_year_folder(root: Path, content: NewFolder) -> YearFolder:
    """Make a year folder; nothing that is there is written over.

    A roster, a 科目.csv or a form that is there already is used. Raises AlreadyAYearFolder, SettingsError, RosterError,
    LevelsError, WriteFailed.
    """
    refuse_second(root)
    files = dict(_new_files(root, content))
    levels = parse_levels(files[FilePlace.LEVELS][1]) if FilePlace.LEVELS in files else ()
    settings = parse_settings(content.settings, levels=levels)
    accounts = [account.name for account in settings.accounts]
    roster = parse_roster(files[FilePlace.ROSTER][1], ROSTER_NAME, accounts)
    made = YearFolder(root, settings, roster)
    for folder in made.folders:
        make_folder(folder)
    for path, data in files.values():
        if not path.exists():
            write_new_bytes(path, data)
    # Last: a folder that has it is complete, and one that has not can be tried again.
    write_new_bytes(root / SETTINGS_NAME, content.settings)
    return made


def _new_files(root: Path, content: NewFolder) -> Iterator[tuple[FilePlace, tuple[Path, bytes]]]:
    """Yield path and bytes of what lies beside the settings: what is there goes before what is new."""
    given = {FilePlace.ROSTER: content.roster, FilePlace.LEVELS: content.levels}
    for place, data in given.items():
        path = place.below(root)
        if path.exists():
            yield place, (path, snapshot(path).data)
        elif data is not None:
            yield place, (path, data)
    if content.form:
        name, data = content.form
        yield FilePlace.OWN_FORM, (FilePlace.OWN_FORM.below(root, form=name), data)


def refuse_second(root: Path) -> None:
    """Raise AlreadyAYearFolder where there is a yosan.toml, or within a folder that has one."""
    if has_settings(root):
        raise AlreadyAYearFolder(ALREADY_YEAR_FOLDER, root.absolute())
    if around := find_year_folder(root.resolve()):
        beside = around.parent / root.name
        with suppress(ValueError):  # on another drive of Windows than we are
            beside = Path(os.path.relpath(beside))
        raise AlreadyAYearFolder(
            WITHIN_YEAR_FOLDER,
            root.absolute(),
            year=shown(around.name),
            beside=as_argument(shown(beside.as_posix())),
        )


def _roster_faults(path: Path) -> StoreError:
    try:
        read_roster(path / ROSTER_NAME)
    except StoreError as error:
        return error
    return StoreError()
