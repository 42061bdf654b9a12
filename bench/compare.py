"""How long comparing years takes: `python -m bench.compare` (10 years of 150 requests; aim: 1 s)."""

from __future__ import annotations

import copy
import json
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from yosan_xl.model.comparison import By
from yosan_xl.resources import data_root
from yosan_xl.usecases.compare import compare, comparison_as, trend, trend_as

YEARS, REQUESTS, UNITS = 10, 150, 60


def main() -> None:
    """Print the seconds from JSON files to each output, comparison and trend."""
    nine = json.loads((data_root() / "examples/R2/requests.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        files = [str(_write(Path(folder), year, nine)) for year in range(2011, 2011 + YEARS)]
        for by in By:
            timed(f"compare --by {by.value}", partial(compare, files[-2], files[-1], by))
            timed(f"trend --by {by.value}", partial(trend, files, by))
        found = compare(files[-2], files[-1]).comparison
        timed("comparison as xlsx", lambda: comparison_as("xlsx", found))
        years = trend(files, By.REQUEST).trend
        timed("trend as xlsx", lambda: trend_as("xlsx", years))


def timed(name: str, action: Callable[[], object]) -> None:
    """Print how long an action takes."""
    began = time.perf_counter()
    action()
    print(f"{name}: {time.perf_counter() - began:.2f} s")


def _write(folder: Path, year: int, nine: list[dict[str, Any]]) -> Path:
    """Write a year in which a tenth of the projects is new each year, and most amounts change."""
    documents = []
    for at in range(REQUESTS):
        document = copy.deepcopy(nine[at % len(nine)])
        code = f"{1 + at % UNITS:04}"
        born = year - (year + at) % 10
        document |= {"id": f"{code}-{1 + at // UNITS}", "fiscal_year": year, "no": at + 1}
        document["department"] = {"code": code, "bureau": "部", "section": f"第{code}課"}
        document["title"] = f"{document['title']}（{born}年から{at}番）"
        document["total"]["requested"] += year * at % 997
        documents.append(document)
    path = folder / f"{year}.json"
    path.write_text(json.dumps(documents, ensure_ascii=False), encoding="utf-8")
    return path


if __name__ == "__main__":
    main()
