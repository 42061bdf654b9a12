"""69 good books and one of every bad kind in one folder: all 69 counted, every bad one listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.corpus.corpus import CLASSES
from tests.corpus.expect import Entry, Refused
from tests.corpus.good import varied
from tests.usecases.year import make_year
from yosan_xl.model.department import Department
from yosan_xl.model.settings import Settings
from yosan_xl.usecases.consolidate import Consolidated, consolidate
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year

pytestmark = pytest.mark.slow

GOOD = 69


def one_of_each() -> Iterator[Entry]:
    """Give the first file of each class that is refused by each code."""
    seen: set[tuple[str, str]] = set()
    for title, entries in CLASSES.items():
        for entry in entries:
            if isinstance(entry.expect, Refused) and (title, entry.expect.code) not in seen:
                seen.add((title, entry.expect.code))
                yield entry


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a year folder of 69 departments, each with a book, and the bad books among them."""
    made = make_year(tmp_path_factory.mktemp("each") / "R2")
    units = [Department(f"{n:04}", "総務部", f"第{n}課") for n in range(1, GOOD + 1)]
    rows = [f"{unit.code},{unit.bureau},{unit.section},," for unit in units]
    header = "コード,部,課,会計,備考"
    (made / "組織.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    settings = open_year(made).settings
    for number, unit in enumerate(units, 1):
        (made / "提出" / f"{unit.code}.xlsx").write_bytes(book(unit, number, settings))
    for entry in one_of_each():
        (made / "提出" / f"{entry.name}.xlsx").write_bytes(entry.build())
    return made


def book(unit: Department, number: int, settings: Settings) -> bytes:
    document = varied(number)
    document["no"], document["id"] = number, None
    document["department"] = {"code": unit.code, "bureau": unit.bureau, "section": unit.section}
    document["title"] = f"事業{number}"
    return filled_book(plan_for(settings), replace(settings, sheets=1), unit, [document])


@pytest.fixture(scope="module")
def done(year: Path) -> Consolidated:
    return consolidate([], year)


def test_consolidate__all_good_books_are_in_the_totals(done: Consolidated) -> None:
    total = sum(varied(number)["total"]["requested"] for number in range(1, GOOD + 1))
    assert (done.counted, int(done.requested), done.left_out) == (GOOD, total, 0)


def test_consolidate__every_bad_book_is_listed_by_name_with_cause_and_remedy(
    done: Consolidated,
) -> None:
    bad = {f"{e.name}.xlsx": e.expect.code for e in one_of_each() if isinstance(e.expect, Refused)}
    assert len(bad) > 25
    assert {f.place.file: f.code for f in done.findings} == bad
    assert done.files == GOOD + len(bad)
    assert all(f.is_error and f.remedy.endswith("。") for f in done.findings)
