"""A comparison or a trend as text, CSV, JSON or a workbook; never written over what was read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from yosan_xl.model.comparison import Comparison, Trend
from yosan_xl.store.books import expand_paths
from yosan_xl.store.write import write_bytes
from yosan_xl.usecases.outputs import COMPARISON
from yosan_xl.usecases.year import books_in


def comparison_as(form: str, found: Comparison) -> bytes:
    """Give a comparison as `text`, `csv`, `json` (UTF-8) or `xlsx`."""
    if form == "xlsx":
        from yosan_xl.excel.comparison_book import comparison_bytes

        return comparison_bytes(found)
    from yosan_xl.report.comparison_text import comparison_csv, comparison_json, comparison_text

    made = {"text": comparison_text, "csv": comparison_csv, "json": comparison_json}
    return made[form](found).encode("utf-8")


def trend_as(form: str, found: Trend) -> bytes:
    """Give a trend as `text`, `csv`, `json` (UTF-8) or `xlsx`."""
    if form == "xlsx":
        from yosan_xl.excel.comparison_book import trend_bytes

        return trend_bytes(found)
    from yosan_xl.report.comparison_text import trend_csv, trend_json, trend_text

    made = {"text": trend_text, "csv": trend_csv, "json": trend_json}
    return made[form](found).encode("utf-8")


def save(out: Path, data: bytes, sources: Iterable[str], table: Path | None = None) -> None:
    """Write `data`; raise WrongInput where `out` is one of the files of the sources, or `table`."""
    paths = [path for path in map(Path, sources) if path.exists()]
    books, _ = expand_paths(books_in(paths))
    write_bytes(out, data, COMPARISON, (*books, *filter(None, [table])))
