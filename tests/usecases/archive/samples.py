"""A year with six small books, and an archive to put it into."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.usecases.year import EXAMPLE
from yosan_xl.excel.ooxml.open_book import open_book
from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.model.request import Document
from yosan_xl.store.archive.shelf import read_shelf
from yosan_xl.store.files import Files
from yosan_xl.usecases.archive.add import Added, add
from yosan_xl.usecases.archive.record import SecondReadOptions
from yosan_xl.usecases.archive.stages import requests_of, stage_of


def small_year(folder: Path, books: int = 1) -> Path:
    """Give a year folder of the bundled example with its first books handed in."""
    (folder / "提出").mkdir(parents=True)
    for name in ("yosan.toml", "組織.csv"):
        shutil.copyfile(EXAMPLE / name, folder / name)
    for path in sorted((EXAMPLE / "提出").glob("*.xlsx"))[:books]:
        shutil.copyfile(path, folder / "提出" / path.name)
    return folder


def json_year(folder: Path) -> Path:
    """Give a year folder whose one submission is the nine requests as JSON: quickly read."""
    small_year(folder, 0)
    shutil.copyfile(EXAMPLE / "requests.json", folder / "提出" / "要求.json")
    return folder


ALIKE = SecondReadOptions(lambda data: open_book(data).sheets)
"""A second reader who is always of our opinion, and needs no process: the suite pays once for the other."""


def put(
    year: Path,
    stage: str = "要求",
    files: Files | None = None,
    second: SecondReadOptions = ALIKE,
    *,
    anyway: bool = False,
) -> Added:
    """Add a year to 保存庫 beside it."""
    return add(year, stage, files=files, second=second, anyway=anyway)


def contents(root: Path) -> dict[str, bytes]:
    """Give every file of an archive but the lock: what two archives are compared by."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != ".yosan-lock"
    }


def stages(root: Path) -> list[str]:
    """Give the names of the stages in the order of adding."""
    return [stage.name for stage in read_shelf(root).stages]


def documents(root: Path, year: FiscalYear) -> list[Document]:
    """Return the documents in the totals of a year's last stage, in the order of its books."""
    found = requests_of(stage_of(root, year))
    return [row.request.document for row in found if row.left_out is None]
