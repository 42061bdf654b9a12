"""Filled books for measurements: the example's nine requests, varied, always the same.

`python -m bench.books FOLDER --books 1000 --sheets 1` makes a year folder with as many departments
as books, and the books in its 提出.
"""

from __future__ import annotations

import argparse
import json
import shutil
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from yosan_xl.model.department import Department
from yosan_xl.model.settings import Settings
from yosan_xl.resources import data_root
from yosan_xl.store.settings_file import read_settings
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import plan_for
from yosan_xl.usecases.year import open_year

_EXAMPLE = data_root() / "examples" / "R2"
_PLACES = ("芝", "麻布", "赤坂", "高輪", "芝浦", "港南", "白金", "三田", "青山", "六本木")


def make_year(root: Path, books: int, sheets: int = 1) -> Path:
    """Give a year folder with `books` filled books of `sheets` request sheets each; one that is there is used."""
    done = root / f"{books}x{sheets}"
    if (done / "ready").exists():
        return done
    shutil.rmtree(done, ignore_errors=True)
    (done / "提出").mkdir(parents=True)
    units = departments(books)
    rows = [f"{unit.code},{unit.bureau},{unit.section}" for unit in units]
    (done / "組織.csv").write_text("\n".join(["コード,部,課", *rows]), encoding="utf-8")
    shutil.copy(_EXAMPLE / "yosan.toml", done)
    _write_books(done, units, sheets)
    (done / "ready").touch()
    return done


def example_settings() -> Settings:
    """Give the settings of the example."""
    return read_settings(_EXAMPLE / "yosan.toml")


def departments(count: int) -> list[Department]:
    """Give as many units, twenty to a 部."""
    return [Department(f"{n:05d}", f"第{n // 20 + 1}部", f"{n}課") for n in range(1, count + 1)]


def documents(unit: Department, first: int, sheets: int) -> list[dict[str, Any]]:
    """Give the requests of a unit: the example's, from the `first` on in turn, with other figures and words."""
    nine = json.loads(_nine())
    return [_varied(nine[(first + n) % len(nine)], unit, first, n + 1) for n in range(sheets)]


@cache
def _nine() -> str:
    return (_EXAMPLE / "requests.json").read_text(encoding="utf-8")


def total(year: Path) -> int:
    """Give what all books of a year folder made here ask for (千円), by the documents."""
    books, sheets = map(int, year.name.split("x"))
    units = (Department(f"{n:05d}", "", "") for n in range(1, books + 1))
    made = (row for n, unit in enumerate(units) for row in documents(unit, n * sheets, sheets))
    return sum(row["total"]["requested"] for row in made)


def _write_books(done: Path, units: list[Department], sheets: int) -> None:
    year = open_year(done)
    settings = replace(year.settings, sheets=sheets)
    plan = plan_for(settings)
    for n, unit in enumerate(units):
        data = filled_book(plan, settings, unit, documents(unit, n * sheets, sheets))
        (done / "提出" / f"{unit.code}_{unit.section}.xlsx").write_bytes(data)


def _varied(row: dict[str, Any], unit: Department, seed: int, sheet: int) -> dict[str, Any]:
    document = deepcopy(row)
    place = _PLACES[seed % len(_PLACES)]
    document["id"], document["no"] = f"{unit.code}-{sheet}", None
    document["department"] = {"code": unit.code, "bureau": unit.bureau, "section": unit.section}
    document["title"] = f"{place}{document['title']}（{unit.section}{sheet}）"
    for key, text in document.items():
        if key != "title" and isinstance(text, str) and len(text) >= 20:
            document[key] = f"{unit.section}：{text}"  # no two units say the same
    _add(document, 7 * (seed % 41))
    return document


def _add(document: dict[str, Any], amount: int) -> None:
    """Add an amount (千円) to the first line, and to all sums with it: the request still balances."""
    line = document["lines"][0]
    sums = [one for one in document["subtotals"] if one["part"] == line["part"]]
    for one in (line, *sums, document["total"]):
        one["requested"] += amount
    document["funding"]["general"]["amount"] += amount


def main() -> None:
    """Make the books that the command line asks for, and say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--books", type=int, default=1000)
    parser.add_argument("--sheets", type=int, default=1)
    asked = parser.parse_args()
    print(make_year(asked.folder, asked.books, asked.sheets))


if __name__ == "__main__":
    main()
