"""Every kind of workbook that the program writes, made once: for tests of what holds in all of them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.excel.reading.edit import Editor
from tests.forms.years import documents_of, form_text
from tests.forms.years import make_year as make_form_year
from tests.usecases.edit import cell_of
from tests.usecases.noticed import close_stage, decide, year_of
from tests.usecases.publish.samples import DECISIONS, REQUESTS, json_year, put
from tests.usecases.year import EXAMPLE, faultless_documents, make_year
from tests.years import R3
from yosan_xl.excel.table_books import comparison_bytes, trend_bytes
from yosan_xl.usecases.compare import compare, trend
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.fill import fill
from yosan_xl.usecases.generate import generate
from yosan_xl.usecases.notice import notice
from yosan_xl.usecases.return_books import return_books
from yosan_xl.usecases.validate import save_findings, validate

FORMS = ("municipal-1", "prefecture", "small_town")
PASSWORD = "Zaisei-2026"
_PROTECTION = 'password_env = ""\n'
_LOCKED = 'password_env = "YOSAN_TEST_PASSWORD"\nstructure = true\n'
_STEM = re.compile(" [0-9]{4}_.*")
Books = Mapping[str, bytes]


@cache
def written_books() -> Books:
    """Give every kind of book by what it is (the command, and what is special)."""
    with TemporaryDirectory() as folder:
        return {
            name: path.read_bytes()
            for make in (_first_form, _stages, _published, _tables, _locked, _other_forms)
            for name, path in make(Path(folder) / make.__name__)
        }


def one_of_each() -> Books:
    """Give the first book of every kind and form."""
    first: dict[str, str] = {}
    for name in written_books():
        first.setdefault(_STEM.sub("", name), name)
    return {name: written_books()[name] for name in first.values()}


def _named(kind: str, paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Yield the first two of the books of a kind: a unit's book is like another's."""
    return ((f"{kind} {path.stem}", path) for path in islice(paths, 2))


def _first_form(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield books of the first vocabulary: blank, filled, summed up with and without last year, returned."""
    year = make_year(folder / "R2")
    yield from _named("generate", generate(year, "税務課").books)
    handed_in = fill(year / "requests.json", year / "提出").books
    yield from _named("fill", handed_in)
    yield "consolidate", consolidate([year], folder).summary
    old = folder / "R1.json"
    before = [{**one, "fiscal_year": 2019} for one in faultless_documents()]
    old.write_text(json.dumps(before, ensure_ascii=False), encoding="utf-8")
    yield "consolidate --last-year", consolidate([year], folder, last_year=str(old)).summary
    ceiling = '\n[[ceilings]]\ndepartment = "税務課"\nof = "一般財源"\npercent = 95\n'
    settings = (year / "yosan.toml").read_text(encoding="utf-8")
    (year / "yosan.toml").write_text(settings + ceiling, encoding="utf-8")
    yield "consolidate with ceilings", consolidate([year], folder, last_year=str(old)).summary
    (year / "yosan.toml").write_text(settings, encoding="utf-8")
    _spoil(handed_in)
    yield from _named("return", (book.path for book in return_books(year).books))
    findings = folder / "検証結果.xlsx"
    save_findings("xlsx", validate([year], folder), findings)
    yield "validate --output", findings
    yield "consolidate with findings", consolidate([year], folder).summary


def _spoil(books: Iterable[Path]) -> None:
    """Type what is wrong into each book, and formulas of staff's own."""
    for path in books:
        editor = Editor(path.read_bytes())
        editor.put_text("要求書1", cell_of("yx_lines1_requested"), "約１２００")
        editor.put_formula("要求書1", cell_of("yx_lines1_requested", 1), "1000+3017", 4_017)
        path.write_bytes(editor.data())


def _stages(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the summary of a year with stages, and its 内示."""
    year = year_of(folder / "R2")
    decide(year, {"0103-1": 28_000, "0103-2": 38_484}, n0103_1="精査した。")
    close_stage(year, "財政課")
    yield from _named("notice", notice(year, anyway=True).books)
    yield "consolidate with stages", consolidate([], year).summary


def _published(folder: Path) -> Iterator[tuple[str, Path]]:
    year = json_year(folder / "R2")
    put(year, REQUESTS)
    put(year, DECISIONS, anyway=True)
    yield from _named("publish", sorted(year.glob("公表/*/*.xlsx")))


def _tables(folder: Path) -> Iterator[tuple[str, Path]]:
    folder.mkdir()
    old, new = str(EXAMPLE), str(R3)
    compared, shown = folder / "比較.xlsx", folder / "推移.xlsx"
    compared.write_bytes(comparison_bytes(compare(old, new).comparison))
    shown.write_bytes(trend_bytes(trend([old, new]).trend))
    yield from (("compare", compared), ("trend", shown))


def _locked(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield books with a password whose sheets cannot be moved."""
    with locked_year(folder) as year:
        yield from _named("generate locked", generate(year, "税務課").books)
        handed_in = fill(year / "requests.json", year / "提出").books
        _spoil(handed_in)
        yield from _named("return locked", (book.path for book in return_books(year).books))


@contextmanager
def locked_year(folder: Path) -> Iterator[Path]:
    """Give a year whose books have a password and a locked structure, while its environment variable is set."""
    year = make_year(folder / "R2")
    settings = year / "yosan.toml"
    text = settings.read_text(encoding="utf-8").replace("structure = false\n", "")
    assert _PROTECTION in text
    settings.write_text(text.replace(_PROTECTION, _LOCKED), encoding="utf-8")
    os.environ["YOSAN_TEST_PASSWORD"] = PASSWORD
    try:
        yield year
    finally:
        del os.environ["YOSAN_TEST_PASSWORD"]


def _other_forms(folder: Path) -> Iterator[tuple[str, Path]]:
    for form in FORMS:
        year = make_form_year(folder / form, form_text(form), documents_of(form))
        blank = generate(year).books
        yield from _named(f"generate {form}", blank[:1])
        yield from _named(f"fill {form}", fill(year / "requests.json", year / "提出").books)
        yield f"consolidate {form}", consolidate([year], folder).summary
