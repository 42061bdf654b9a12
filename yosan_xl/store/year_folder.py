"""年度フォルダー: the folder of one fiscal year, with its settings, its roster, its books and the forms they have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from yosan_xl.form.definition import Definition, DefinitionError
from yosan_xl.form.load import parse_definition
from yosan_xl.model.department import Roster
from yosan_xl.model.finding import Code, Weight
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.settings import Settings
from yosan_xl.store.faults import PathError, StoreError, shown
from yosan_xl.store.ledger import LEDGER_NAME, read_ledger
from yosan_xl.store.places import FilePlace
from yosan_xl.store.roster_file import parse_roster, read_roster, refuse_lost_zeros
from yosan_xl.store.settings_file import (
    ROSTER_NAME,
    SETTINGS_NAME,
    SettingsError,
    carried_settings,
    has_settings,
    parse_settings,
    read_settings,
    render_settings,
)
from yosan_xl.store.snapshot import snapshot, unreadable
from yosan_xl.store.write import Output, make_folder, write_bytes, write_new_bytes

FORMS = FilePlace.FORMS.file_name
"""The folder below 保存."""

KEPT = Output("kept")
"""What we keep in 保存."""

_LIMIT_BYTES = 1024 * 1024


def kept_name(definition: Definition) -> str:
    """`minato-r2-1-0123abcd.toml`: form, version, the beginning of its fingerprint."""
    form = f"{definition.id}-{definition.version}-{definition.sha256[:8]}"
    return FilePlace.FORM.file_name.format(form=form)


def keep_form(kept: Path, definition: Definition, source: Path) -> None:
    """Copy the definition file `source` into 保存/様式, unless it is there; raise WriteFailed."""
    target = kept / FORMS / kept_name(definition)
    if not target.exists():
        write_bytes(target, snapshot(source, _LIMIT_BYTES).data, KEPT)


def kept_forms(kept: Path) -> Iterator[Definition]:
    """Yield the definitions in 保存/様式; what is none is left out. Raises Unreadable."""
    for path in _definitions(kept / FORMS):
        try:
            yield _form(snapshot(path, _LIMIT_BYTES).data, path.name)
        except DefinitionError:
            continue


def _definitions(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.glob("*.toml"))
        return [path for path in found if path.is_file()]
    except OSError as error:
        raise unreadable(folder, error) from error


def kept_folder(root: Path) -> Path | None:
    """Return 保存 of a year folder, None where its settings make no sense; raise Unreadable."""
    try:
        return root / read_settings(root / SETTINGS_NAME).folders.kept
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
    remedy="使える様式: {known}。",
    why="様式は templates フォルダーの名前で選びます。",
    wrong="minato-2",
    right="minato-r2",
)
NOT_YEAR_FOLDER = Code(
    "YX088",
    weight=Weight.ERROR,
    title="年度フォルダーではない",
    fact="「{name}」は年度フォルダーではありません(yosan.toml がありません)。",
    remedy="年度フォルダーの中で実行するか、yosan-xl init で作ってください。",
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

CODES = (
    UNKNOWN_FORM,
    NOT_YEAR_FOLDER,
    ALREADY_YEAR_FOLDER,
)


class NotAYearFolder(PathError):
    """A folder without yosan.toml (YX088)."""


class AlreadyAYearFolder(PathError):
    """A folder that has a yosan.toml, where a new one was wanted (YX089)."""


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
        """保存: the requests that were accepted."""
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
    def folders(self) -> tuple[Path, ...]:
        """All five, in the order in which the year uses them."""
        return (self.handed_out, self.submitted, self.returned, self.summary, self.kept)


def open_year_folder(path: Path) -> YearFolder:
    """Read the settings and the roster of the year folder `path`.

    Raises NotAYearFolder, SettingsError (with the roster's faults too), RosterError (also for codes
    that lost the zeros they were handed out with), Unreadable.
    """
    if not has_settings(path):
        raise NotAYearFolder(NOT_YEAR_FOLDER, path.absolute())
    try:
        settings = read_settings(path / SETTINGS_NAME)
    except SettingsError as error:
        raise SettingsError(*error.findings, *_roster_faults(path).findings) from error
    accounts = [account.name for account in settings.accounts]
    year = YearFolder(path, settings, read_roster(path / ROSTER_NAME, accounts))
    refuse_lost_zeros(year.roster, _known_codes(year))
    return year


def create_year_folder(root: Path, year: FiscalYear, form: str, templates: Path) -> YearFolder:
    """Make a year folder from `templates/<form>`; nothing that is there is written over.

    A roster that is there already is used. Raises AlreadyAYearFolder, UnknownForm, RosterError,
    WriteFailed.
    """
    _refuse_second(root)
    template = _template(form, templates)
    return _make(root, template, _settings_data(template / SETTINGS_NAME, year))


def carry_year_folder(
    root: Path, year: FiscalYear, before: YearFolder, form: str | None, templates: Path
) -> YearFolder:
    """Make a year folder from that of an earlier year: its settings (without 提出期限), its roster.

    `form` chooses another form. Raises what `create_year_folder` does, and SettingsError.
    """
    _refuse_second(root)
    _template(form or before.settings.form, templates)
    text = snapshot(before.root / SETTINGS_NAME).data.decode("utf-8-sig")
    return _make(root, before.root, carried_settings(text, year, form).encode("utf-8"))


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


def _make(root: Path, source: Path, settings_data: bytes) -> YearFolder:
    has_roster = (root / ROSTER_NAME).exists()
    roster_data = snapshot((root if has_roster else source) / ROSTER_NAME).data
    settings = parse_settings(settings_data)
    accounts = [account.name for account in settings.accounts]
    made = YearFolder(root, settings, parse_roster(roster_data, ROSTER_NAME, accounts))
    for folder in made.folders:
        make_folder(folder)
    if not has_roster:
        write_new_bytes(root / ROSTER_NAME, roster_data)
    # Last: a folder that has it is complete, and one that has not can be tried again.
    write_new_bytes(root / SETTINGS_NAME, settings_data)
    return made


def _refuse_second(root: Path) -> None:
    if has_settings(root):
        raise AlreadyAYearFolder(ALREADY_YEAR_FOLDER, root.absolute())


def _template(form: str, templates: Path) -> Path:
    known = sorted(path.parent.name for path in templates.glob(f"*/{SETTINGS_NAME}"))
    if form not in known:
        raise UnknownForm(UNKNOWN_FORM, Path(form), form=form, known="、".join(known))
    return templates / form


def _settings_data(template: Path, year: FiscalYear) -> bytes:
    return render_settings(snapshot(template).data.decode("utf-8"), year).encode("utf-8")


def _roster_faults(path: Path) -> StoreError:
    try:
        read_roster(path / ROSTER_NAME)
    except StoreError as error:
        return error
    return StoreError()
