"""Five good books and one bad file of every class in one folder: every command finishes, has the five, and names the bad ones."""

from __future__ import annotations

import json
import os
import re
import socket
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.cli.conftest import Outcome, Yosan
from tests.corpus.corpus import CLASSES
from tests.corpus.expect import Entry, Refused
from tests.corpus.good import varied
from tests.lazy_book import lazy_book
from tests.read_once import read_once
from tests.usecases.archive.samples import ALIKE
from tests.usecases.year import make_year
from yosan_xl.model.department import Department
from yosan_xl.usecases.archive.record import SecondReadOptions
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year

pytestmark = pytest.mark.slow

UNITS = [Department(f"00{n:02}", "総務部", f"第{n}課") for n in range(1, 6)]
TITLES = [f"良い事業{unit.code}" for unit in UNITS]
TOTALS = [varied(int(unit.code))["total"]["requested"] for unit in UNITS]
DOCUMENTS: Mapping[str, bytes] = {
    "cut.json": b"{",
    "no-list.json": b'{"requests": 1}',
    "amount.json": b'[{"title": "x", "total": {"requested": 1e309}}]',
    "year.json": b'[{"fiscal_year": ' + b"9" * 400 + b"}]",
    "not-utf8.json": "［］".encode("cp932"),
}


def bad_books() -> Iterator[Entry]:
    """Return the first file of each class that is refused by each code, and the first told of by each."""
    seen: set[tuple[str, str]] = set()
    known: set[bytes] = set()  # of two that are the same, one is counted and told of
    for title, entries in CLASSES.items():
        for entry in (one for one in entries if not one.heavy):
            expected = entry.expect
            codes = {expected.code} if isinstance(expected, Refused) else expected.codes - {"YX065"}
            new = {(title, code) for code in codes} - seen
            if new and (data := entry.build()) not in known:
                seen |= new
                known.add(data)
                yield entry


@pytest.fixture(scope="module")
def bad() -> dict[str, Entry | None]:
    """Return the names of the bad files, each with what the corpus says of it."""
    books = {f"{entry.name}.xlsx": entry for entry in bad_books()}
    return {
        **books,
        **dict.fromkeys(DOCUMENTS),
        "link.xlsx": None,
        "pipe.xlsx": None,
        "socket.xlsx": None,
    }


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory, bad: dict[str, Entry | None]) -> Path:
    """Return a year folder with the five good books and the bad files among them."""
    made = make_year(tmp_path_factory.mktemp("each") / "R2")
    rows = [
        "コード,部,課,会計,備考",
        *(f"{one.code},{one.bureau},{one.section},," for one in UNITS),
        "0103,産業・地域振興支援部,税務課,,",
    ]
    (made / "組織.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    submitted = made / "提出"
    settings = replace(open_year(made).settings, sheets=1)
    for unit, title in zip(UNITS, TITLES, strict=True):
        department = {"code": unit.code, "bureau": unit.bureau, "section": unit.section}
        number = int(unit.code)
        own = {**varied(number), "no": number, "id": None, "department": department, "title": title}
        data = filled_book(plan_for(settings), settings, unit, [own])
        (submitted / f"{unit.code}.xlsx").write_bytes(data)
    for name, entry in bad.items():
        if entry is not None:
            (submitted / name).write_bytes(entry.build())
    for name, data in DOCUMENTS.items():
        (submitted / name).write_bytes(data)
    (submitted / "link.xlsx").symlink_to("0001.xlsx")
    os.mkfifo(submitted / "pipe.xlsx")
    with chdir(submitted), socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.xlsx")
    return made


@pytest.fixture(autouse=True)
def _read_once() -> Iterator[None]:
    with read_once():
        yield


Check = Callable[[Path, Outcome], str]
"""Asserts that the five good books are in the output; returns the text that has to name the bad ones."""


def _status(year: Path, done: Outcome) -> str:
    for unit in UNITS:
        assert re.search(rf"{unit.code} .*提出", done.out), unit
    return done.out


def _validate(year: Path, done: Outcome) -> str:
    assert not [name for name in _findings(done.out) if name[:4] in {u.code for u in UNITS}]
    return done.out


def _consolidate(year: Path, done: Outcome) -> str:
    book = lazy_book(year / "集計/R2_集計.xlsx", values=True)
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    for title, total in zip(TITLES, TOTALS, strict=True):
        assert any(title in row and total in row for row in rows), title
    return "\n".join(str(cell) for row in rows for cell in row if isinstance(cell, str))


def _page(year: Path, done: Outcome) -> str:
    html = (year / "集計/R2_集計.html").read_text(encoding="utf-8")
    assert all(title in html for title in TITLES)
    return html


def _export(year: Path, done: Outcome) -> str:
    tables = [path.read_text(encoding="utf-8-sig") for path in (year / "集計").glob("*.csv")]
    assert len(tables) == 2
    assert all(title in table for title in TITLES for table in tables)
    return done.out + done.err


def _return(year: Path, done: Outcome) -> str:
    assert not [
        path for path in (year / "差戻し").rglob("*") if path.name[:4] in {u.code for u in UNITS}
    ]
    return "\n".join([done.out, done.err, *(path.name for path in (year / "差戻し").rglob("*"))])


def _archive(year: Path, done: Outcome) -> str:
    stage = year.parent / "保存庫/R2/要求"
    for unit in UNITS:
        name = f"提出/{unit.code}.xlsx"
        assert (stage / name).read_bytes() == (year / name).read_bytes()
    kept = json.loads((stage / "保存/要求書.json").read_text(encoding="utf-8"))
    counted = [
        (request["title"], request["total"]["requested"])
        for request, source in zip(kept["requests"], kept["sources"], strict=True)
        if source["left_out"] is None
    ]
    assert set(zip(TITLES, TOTALS, strict=True)) <= set(counted)
    return done.out + done.err + (stage / "保存/指摘.json").read_text(encoding="utf-8")


def _findings(text: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in json.loads(text)["findings"]:
        found[Path(one["file"]).name].add(one["code"])
    return found


COMMANDS: Mapping[str, Check] = {
    "status {year}": _status,
    "validate {year} --format json": _validate,
    "consolidate {year}": _consolidate,
    "page {year}": _page,
    "export {year} --findings": _export,
    "return --folder {year} --force": _return,
    "archive add {year} --anyway": _archive,
}


@pytest.mark.parametrize("command", COMMANDS)
def test_command__has_the_five_and_names_every_bad_file(
    command: str,
    year: Path,
    bad: dict[str, Entry | None],
    yosan: Yosan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "yosan_xl.usecases.archive.record.SecondReadOptions",
        partial(SecondReadOptions, ALIKE.reader),
    )
    # Every command reads the same files: in this process they are read once (on several: the test below).
    monkeypatch.setattr("yosan_xl.usecases.submitted.read_files.processors", lambda: 1)
    done = yosan(*command.format(year=year).split())
    assert done.code == (0 if command.startswith("status") else 1), done
    text = COMMANDS[command](year, done)
    assert [name for name in bad if name not in text] == []


def test_validate__every_bad_file_has_the_code_that_the_corpus_says(
    year: Path, bad: dict[str, Entry | None], yosan: Yosan
) -> None:
    found = _findings(yosan("validate", year, "--format", "json").out)
    refused = {n: e.expect.code for n, e in bad.items() if e and isinstance(e.expect, Refused)}
    assert len(refused) > 25
    assert {name: found[name] for name in refused} == {n: {code} for n, code in refused.items()}
    told = {n: e.expect.codes for n, e in bad.items() if e and not isinstance(e.expect, Refused)}
    assert len(told) > 40
    missing = {name: codes - found[name] for name, codes in told.items()}
    assert {name: codes for name, codes in missing.items() if codes - {"YX065"}} == {}
