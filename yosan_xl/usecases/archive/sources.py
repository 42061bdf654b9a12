"""Years of an archive as the sources that comparisons start from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yosan_xl.model.fiscal_year import FiscalYear
from yosan_xl.usecases.archive.place import open_shelf


def sources(root: Path, years: Sequence[str] = ()) -> tuple[str, ...]:
    """Give `保存庫:R2` for each of the years named, or for every year in the archive.

    A year may name its stage (`R2/内示`). Raises WrongInput where there is no archive.
    """
    shelf = open_shelf(root)
    every = sorted({stage.manifest.year for stage in shelf.stages})
    return tuple(f"{root}:{year}" for year in years or (FiscalYear(one).short for one in every))
