"""前年度比較: what this year's requests come to beside last year's, by 会計 and 款 and by 部."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.model.comparison import Basis, By, ComparedRow, Figure, sum_of_rows
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.report.page.contents import PageContents
from yosan_xl.report.page.element import Markup, element, joined
from yosan_xl.report.page.figures import NO_FIGURE, cell, money, wide_table


def last_year_tables(contents: PageContents, last_year: AgainstLastYear) -> Markup:
    """Return a table for each of 会計・款 and 部, with 皆減 in it; and what last year's amounts are."""
    old = last_year.years.old
    said = (
        f"前年度（{old.year.label}）は、{Basis.of(old.requests, Figure.EITHER).words}です。"
        f"今年度は{contents.now.word(contents.axes)}です。"
    )
    kept = (by for by in (By.KAN, By.BUREAU) if by.is_of(contents.axes))
    tables = (_table(contents, last_year, by) for by in kept)
    return joined([element("p", said), *tables])


def _table(contents: PageContents, last_year: AgainstLastYear, by: By) -> Markup:
    rows = last_year.years.rows(by, Figure.EITHER, contents.now)
    words = by.words(contents.axes)
    figures = ("前年度", "今年度", "増減", "増減率")
    looks = [None] * len(words.headings) + ["n"] * len(figures)
    heads = zip((*words.headings, *figures), looks, strict=True)
    whole = element("th", "計", colspan=len(words.headings), scope="row")
    return wide_table(
        f"{words.label}の前年度比較",
        f"単位：{contents.unit}",
        heads,
        element("tbody", *(element("tr", *_cells(row, words.shown(row.key))) for row in rows)),
        element("tfoot", element("tr", whole, *_figures(sum_of_rows((), rows)))),
        class_="sums",
    )


def _cells(row: ComparedRow, key: tuple[str, ...]) -> Iterator[Markup]:
    yield from (element("th", word or NO_FIGURE, scope="row") for word in key)
    yield from _figures(row)


def _figures(row: ComparedRow) -> Iterator[Markup]:
    yield from map(money, (row.old.sum, row.new.sum, row.change))
    yield cell(row.rate_text, "n")
