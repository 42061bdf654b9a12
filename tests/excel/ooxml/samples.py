"""Books as the program itself writes them, made once for a run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tests.usecases.year import EXAMPLE, example_documents
from yosan_xl.usecases.fill import filled_book
from yosan_xl.usecases.generate import blank_book, plan_for
from yosan_xl.usecases.year import open_year


@cache
def filled() -> bytes:
    """Give a book with one filled request sheet."""
    year = open_year(EXAMPLE)
    document = example_documents()[0]
    unit = next(u for u in year.roster if u.code == document["department"]["code"])
    settings = replace(year.settings, sheets=1)
    return filled_book(plan_for(settings), settings, unit, [document])


@cache
def blank() -> bytes:
    """Give a blank book of one request sheet."""
    year = open_year(EXAMPLE)
    settings = replace(year.settings, sheets=1)
    return blank_book(plan_for(settings), settings, next(iter(year.roster)))
