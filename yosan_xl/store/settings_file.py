"""Read yosan.toml, the settings of one fiscal year, strictly: a typo is told, never skipped."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from yosan_xl.model.finding import Place
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.money import Rounding
from yosan_xl.model.settings import Account, Folders, Settings
from yosan_xl.store.faults import SETTINGS_TEXT, StoreError, shown
from yosan_xl.store.places import FilePlace
from yosan_xl.store.roster_file import ROSTER_NAME as ROSTER_NAME
from yosan_xl.store.safe_name import why_unsafe
from yosan_xl.store.snapshot import snapshot
from yosan_xl.store.toml_table import Keys, Table

SETTINGS_NAME = FilePlace.SETTINGS.file_name

MOST_LINES = (20, 10)
"""Up to how many rows of line items each group of a form may have."""

_LIMIT_BYTES = 1024 * 1024
_YEAR_LINE = re.compile(r"^year\s*=.*$", re.MULTILINE)
_DEADLINE_LINE = re.compile(r"^deadline\s*=.*$", re.MULTILINE)
_FORM_LINE = re.compile(r"^form\s*=.*$", re.MULTILINE)
_ROUNDINGS = {rounding.value: rounding for rounding in Rounding}
_DEFAULT = Settings("", FiscalYear(2020), "", (), ())
_FOLDERS = ("handed_out", "submitted", "returned", "summary", "kept")

_TOP = Keys(
    {
        "municipality": 'municipality = "港区"',
        "year": 'year = "令和2年度"',
        "form": 'form = "minato-r2"',
        "sheets": "sheets = 5",
        "first_no": "first_no = 1",
        "deadline": 'deadline = "10月4日(金) 17時"',
        "contact": 'contact = "財政課 内線2100"',
        "categories": 'categories = ["新規事業", "臨時事業", "レベルアップ事業"]',
        "lines": "[lines]",
        "rounding": "[rounding]",
        "archive": 'archive = "../保存庫"',
        "protection": "[protection]",
        "accounts": "[[accounts]]",
        "folders": "[folders]",
    },
    required=("municipality", "year", "form", "categories", "accounts"),
)
_LINES = Keys({"rows": "rows = [8, 6]"})
_ROUNDING = Keys({"expenditure": 'expenditure = "切上げ"', "revenue": 'revenue = "四捨五入"'})
_PROTECTION = Keys({"password_env": 'password_env = "YOSAN_PASSWORD"'})
_ACCOUNT = Keys(
    {"name": 'name = "一般会計"', "kan": 'kan = ["総務費", "民生費"]'}, required=("name", "kan")
)
_FOLDER = Keys({key: f'{key} = "{getattr(Folders(), key)}"' for key in _FOLDERS})
_ELSEWHERE = {
    **{
        key: f"「{key}」は様式の定義（form.toml）で決まるもので、yosan.toml では変えられません。消してください。"
        for key in ("fields", "funding", "checks", "head", "left", "right", "print", "columns")
    },
    **{
        key: f"「{key}」は、{heading} の行より下に書いてください。"
        for heading, keys in (
            ("[lines]", _LINES),
            ("[rounding]", _ROUNDING),
            ("[protection]", _PROTECTION),
            ("[[accounts]]", _ACCOUNT),
            ("[folders]", _FOLDER),
        )
        for key in keys.examples
    },
    **{key: f"「{key}」は、[ ] で囲んだ最初の行より上に書いてください。" for key in _TOP.examples},
}
"""Where a key belongs that stands in a place of which it is none."""


class SettingsError(StoreError):
    """Settings that cannot be used (YX077-YX079): every fault of the file."""


def find_year_folder(start: Path) -> Path | None:
    """Return the nearest folder with a yosan.toml: `start` or one above it."""
    return next(year_folders_around(start), None)


def year_folders_around(start: Path) -> Iterator[Path]:
    """Return every folder with a yosan.toml from `start` upwards."""
    absolute = start.absolute()
    return filter(has_settings, (absolute, *absolute.parents))


def has_settings(folder: Path) -> bool:
    """Tell whether a folder has a yosan.toml, as far as we may know."""
    try:
        return (folder / SETTINGS_NAME).is_file()
    except OSError:
        return False


def read_settings(path: Path) -> Settings:
    """Read yosan.toml; raise SettingsError with all that is wrong, or Unreadable."""
    return parse_settings(snapshot(path, _LIMIT_BYTES).data, shown(path.name))


def parse_settings(data: bytes, file: str = SETTINGS_NAME) -> Settings:
    """Give the settings in the bytes of a yosan.toml called `file`; raise SettingsError."""
    top = Table(_parse_toml(data, file), _TOP, file)
    settings = _settings(top)
    if top.findings:
        raise SettingsError(*top.findings)
    return settings


def render_settings(template_text: str, year: FiscalYear) -> str:
    """Give the text of a template's yosan.toml with its `year` line replaced.

    Raises ValueError where the template has no such line, or several.
    """
    text, replaced = _YEAR_LINE.subn(f'year = "{year.label}"', template_text)
    if replaced != 1:
        raise ValueError(f"the template has {replaced} lines that set the year")
    return text


def carried_settings(text: str, year: FiscalYear, form: str | None = None) -> str:
    """Give the text of last year's yosan.toml for a new year: another year, and no 提出期限 yet.

    Raises ValueError where the text does not set its year in one line of its own.
    """
    carried = _DEADLINE_LINE.sub('deadline = ""', render_settings(text, year))
    return _FORM_LINE.sub(f'form = "{form}"', carried) if form else carried


def _settings(top: Table) -> Settings:
    """Build the settings; a value that is missing or wrong is a finding and a blank here."""
    top.reject_unknown({key: said for key, said in _ELSEWHERE.items() if key not in _TOP.examples})
    expenditure, revenue = _roundings(top)
    return Settings(
        municipality=top.text("municipality") or "",
        year=_year(top) or _DEFAULT.year,
        form=_form(top) or "",
        accounts=_accounts(top),
        categories=top.texts("categories") or (),
        sheets=top.integer("sheets", 1, 60) or _DEFAULT.sheets,
        line_rows=_line_rows(top),
        expenditure_rounding=expenditure,
        revenue_rounding=revenue,
        deadline=top.prose("deadline") or "",
        contact=top.prose("contact") or "",
        first_no=top.integer("first_no", 1, 99_999) or _DEFAULT.first_no,
        password_env=_password_env(top),
        archive=top.prose("archive") or _DEFAULT.archive,
        folders=_folders(top),
    )


def _year(top: Table) -> FiscalYear | None:
    value = top.values.get("year")
    written = value if type(value) is int else top.text("year")
    if written is None:
        return None
    try:
        return FiscalYear.parse(str(written))
    except ValueError:
        top.wrong("year", "の値は年度として読めません")
        return None


def _form(top: Table) -> str | None:
    form = top.text("form")
    if form is not None and (problem := why_unsafe(form)):
        top.wrong("form", problem)
    return form


def _line_rows(top: Table) -> tuple[int, int]:
    table = top.table("lines", _LINES)
    table.reject_unknown(_ELSEWHERE)
    rows = table.integers("rows", *((1, most) for most in MOST_LINES))
    return (rows[0], rows[1]) if rows else _DEFAULT.line_rows


def _roundings(top: Table) -> tuple[Rounding, Rounding]:
    table = top.table("rounding", _ROUNDING)
    table.reject_unknown(_ELSEWHERE)
    return (
        table.choice("expenditure", _ROUNDINGS) or _DEFAULT.expenditure_rounding,
        table.choice("revenue", _ROUNDINGS) or _DEFAULT.revenue_rounding,
    )


def _password_env(top: Table) -> str:
    table = top.table("protection", _PROTECTION)
    table.reject_unknown(_ELSEWHERE)
    name = table.prose("password_env") or ""
    if name and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        table.wrong("password_env", "は環境変数の名前ではありません")
    return name


def _accounts(top: Table) -> tuple[Account, ...]:
    accounts = tuple(map(_account, top.tables("accounts", _ACCOUNT)))
    top.distinct("accounts", [account.name for account in accounts if account.name])
    return accounts


def _account(table: Table) -> Account:
    table.reject_unknown(_ELSEWHERE)
    return Account(table.text("name") or "", table.texts("kan") or ())


def _folders(top: Table) -> Folders:
    table = top.table("folders", _FOLDER)
    table.reject_unknown(_ELSEWHERE)
    names = {key: _folder(table, key) for key in _FOLDERS}
    _report_shared(table, names)
    return Folders(**names)


def _folder(table: Table, key: str) -> str:
    default: str = getattr(_DEFAULT.folders, key)
    if key not in table.values:
        return default
    name = unicodedata.normalize("NFC", table.text(key) or default)
    if problem := why_unsafe(name):
        table.wrong(key, problem)
    return name


def _report_shared(table: Table, names: dict[str, str]) -> None:
    """Report a folder that has the name of another, or of a file of the year folder."""
    # Windows and macOS take names that differ only in case for one.
    seen = {SETTINGS_NAME.casefold(): SETTINGS_NAME, ROSTER_NAME.casefold(): ROSTER_NAME}
    for key, name in names.items():
        if other := seen.get(name.casefold()):
            table.wrong(key, f"の「{name}」は {other} と同じ名前です", "別の名前にしてください。")
        seen.setdefault(name.casefold(), key)


def _parse_toml(data: bytes, file: str) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8-sig") + "\n")
    except UnicodeDecodeError:
        problem = "文字コードが UTF-8 ではありません"
        remedy = "メモ帳などで開き、文字コード UTF-8 で保存し直してください。"
    except (ValueError, RecursionError) as error:
        place = re.search(r"at line (\d+)", str(error))
        problem = f"{place[1]}行目あたり" if place else '閉じていない [ や " があります'
        remedy = (
            '項目は 名前 = 値 の形で 1つずつ、文字は半角の "…" で囲み、'
            "= と , と [ ] も半角で書いてください(同じ項目は 1回だけです)。"
        )
    raise SettingsError(SETTINGS_TEXT.at(Place(file), problem=problem, remedy=remedy))
