"""`compare`: two years side by side, by 款, 部, department, 要求区分 or project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.model.comparison import Basis, By, Comparison, Figure, Side, YearRequests
from yosan_xl.model.finding import Finding
from yosan_xl.model.matching import Succession, match
from yosan_xl.model.two_years import TwoYears, projects_of
from yosan_xl.store.books import expand_paths
from yosan_xl.store.succession_file import read_succession
from yosan_xl.store.write import write_bytes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.outputs import COMPARISON
from yosan_xl.usecases.succession import Step
from yosan_xl.usecases.year import books_in
from yosan_xl.usecases.year_source import YearSource, open_source


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, and what was found in the two years and in 対応表.csv."""

    comparison: Comparison
    findings: tuple[Finding, ...]


def compare(
    old: str,
    new: str,
    by: By = By.REQUEST,
    figure: Figure = Figure.EITHER,
    table: Path | None = None,
) -> Compared:
    """Compare the years of two sources; raise WrongInput for what cannot be read.

    Without `table` the 対応表.csv of the new year's folder is used, where there is one.
    """
    before, after = open_source(old), open_source(new)
    succession = succession_of(table, after)
    done = compare_years(before.requests, after.requests, by, figure, succession)
    return Compared(done.comparison, (*before.findings, *after.findings, *done.findings))


def succession_of(table: Path | None, source: YearSource) -> Succession:
    """Return the rows of the 対応表.csv that counts; raise WrongInput."""
    path = table or source.succession
    return read_succession(path) if path else Succession()


def compare_years(
    old: YearRequests,
    new: YearRequests,
    by: By,
    figure: Figure = Figure.EITHER,
    succession: Succession | None = None,
) -> Compared:
    """Compare two years; raise WrongInput where a row of 対応表.csv means several things."""
    years, unused = two_years(old, new, succession or Succession())
    comparison = Comparison(
        by,
        figure,
        side(old, figure),
        side(new, figure),
        tuple(years.rows(by, figure, figure)),
        years.questions,
        years.notes,
    )
    return Compared(comparison, unused)


def two_years(
    old: YearRequests, new: YearRequests, succession: Succession
) -> tuple[TwoYears, tuple[Finding, ...]]:
    """Bring two years together, and return with them what is told of unused rows of 対応表.csv.

    Raises WrongInput where a row of it means several things.
    """
    step = Step(old.year, new.year, succession)
    units = step.units(old.units, new.units)
    said = step.projects(old.requests, new.requests)
    if step.faults:
        raise WrongInput(*step.faults)
    matching = match(projects_of(old, units), projects_of(new, {}), said)
    unused = tuple(step.unused[row] for row in sorted(step.unused))
    return TwoYears(old, new, units, matching), unused


def side(year: YearRequests, figure: Figure) -> Side:
    """Return what a column of a year is headed with."""
    return Side(year.source, year.year, Basis.of(year.requests, figure))


def comparison_as(form: str, found: Comparison) -> bytes:
    """Return a comparison as `text`, `csv`, `json` (UTF-8) or `xlsx`."""
    if form == "xlsx":
        from yosan_xl.excel.comparison_book import comparison_bytes

        return comparison_bytes(found)
    from yosan_xl.report.comparison_text import comparison_csv, comparison_json, comparison_text

    made = {"text": comparison_text, "csv": comparison_csv, "json": comparison_json}
    return made[form](found).encode("utf-8")


def save(out: Path, data: bytes, sources: Iterable[str], table: Path | None = None) -> None:
    """Write `data`; raise WrongInput where `out` is one of the files of the sources, or `table`."""
    paths = [path for path in map(Path, sources) if path.exists()]
    books, _ = expand_paths(books_in(paths))
    write_bytes(out, data, COMPARISON, (*books, *filter(None, [table])))
