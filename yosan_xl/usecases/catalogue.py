"""Every kind of finding of every floor, for `explain` and docs/rules.md."""

from __future__ import annotations

from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.reading import cell_codes, second_reader
from yosan_xl.excel.reading import codes as reading
from yosan_xl.form.definition import USUAL_FORM, load_definition
from yosan_xl.form.schema import request_schema
from yosan_xl.model.finding import Code
from yosan_xl.rules.check import rule_codes
from yosan_xl.rules.pointer import title
from yosan_xl.store import faults, succession_file
from yosan_xl.store.archive import shelf, staging, verify
from yosan_xl.usecases import codes as own
from yosan_xl.usecases import (
    decision_codes,
    export,
    init,
    last_year,
    panel,
    succession,
    trend,
    year_source,
)
from yosan_xl.usecases.archive import place, restore, show


def all_codes() -> tuple[Code, ...]:
    """Return every code in order, with the words of the usual form."""
    found = (
        *refusals.REFUSALS,
        *reading.BOOK_CODES,
        *cell_codes.CELL_CODES,
        *second_reader.CODES,
        *faults.CODES,
        *succession_file.CODES,
        *(shelf.NO_ARCHIVE, shelf.MANIFEST, shelf.FROZEN, staging.LOCKED, staging.NO_LOCK),
        *(verify.CHANGED, verify.LOST, verify.UNKNOWN, verify.CHAIN),
        *(place.STAGE_NAME, place.INSIDE, place.FOREIGN),
        *(place.NO_STAGE, place.ELSEWHERE, restore.NOT_EMPTY, show.NO_REQUEST),
        *rule_codes(),
        *own.CODES,
        panel.MARKED,
        *(succession.AMBIGUOUS, succession.UNUSED),
        *(year_source.NO_YEAR, year_source.NO_REQUESTS),
        trend.SAME_YEAR,
        *(init.NOT_EARLIER, init.NO_ONE_LINE),
        *(last_year.NO_LAST_YEAR, last_year.NOT_LAST_YEAR),
        *(last_year.LAST_YEAR_UNREAD, last_year.LEFT_OUT),
        export.NOT_IN_CP932,
        *decision_codes.CODES,
    )
    schema = request_schema(load_definition(USUAL_FORM))
    ordered = sorted(found, key=lambda code: code.code)
    return tuple(code.named(lambda pointer: title(pointer, schema)) for code in ordered)


def codes_called(wanted: str | None) -> tuple[Code, ...]:
    """Return the code that is asked for (case ignored), all without one, none if unknown."""
    if wanted is None:
        return all_codes()
    return tuple(code for code in all_codes() if code.code == wanted.upper())
