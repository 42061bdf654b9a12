"""What the program knows of itself: every kind of finding of every floor, and every field of a form."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

from yosan_xl.excel.notice import codes as notice_codes
from yosan_xl.excel.ooxml import refusals
from yosan_xl.excel.reading import codes as reading
from yosan_xl.excel.reading import second_reader
from yosan_xl.excel.summary import codes as summary_codes
from yosan_xl.form.definition import USUAL_FORM, FilledBy
from yosan_xl.form.plan import Plan, Slot
from yosan_xl.form.schema import request_schema
from yosan_xl.model.axes import MEANING_WORDS
from yosan_xl.model.finding import Code
from yosan_xl.model.table import ColumnKind, Table, TableColumn
from yosan_xl.report.table import to_json
from yosan_xl.resources import template_folder
from yosan_xl.rules.check import rule_codes, rules_that_read
from yosan_xl.store import (
    books,
    decisions_file,
    ledger,
    levels_file,
    roster_file,
    settings_file,
    snapshot,
    succession_file,
    write,
    year_folder,
)
from yosan_xl.store.archive import shelf, staging, verify
from yosan_xl.store.settings_file import find_year_folder, read_settings
from yosan_xl.usecases import ceilings, doctor
from yosan_xl.usecases import codes as own
from yosan_xl.usecases.archive import codes as archive_codes
from yosan_xl.usecases.decisions import codes as decision_codes
from yosan_xl.usecases.decisions import restoration
from yosan_xl.usecases.publish import codes as publish_codes
from yosan_xl.usecases.submitted import codes as submitted_codes
from yosan_xl.usecases.submitted import numbering
from yosan_xl.usecases.year import find_definition, form_of, open_year, plan_of, unknown_form

_WHO_FILLS = {
    FilledBy.DEPARTMENT: "所管課",
    FilledBy.FINANCE: "財政課",
    FilledBy.PRIOR: "前年度",
    FilledBy.FORMULA: "式",
}
_COLUMNS = (
    TableColumn("項目", key="/label"),
    TableColumn("セル", ColumnKind.CODE, "/cells"),
    TableColumn("名前", ColumnKind.CODE, "/name"),
    TableColumn("要求書のデータ", ColumnKind.CODE, "/pointer"),
    TableColumn("入力", key="/filled_by"),
    TableColumn("読む規則", ColumnKind.CODE, "/rules"),
)


def all_codes() -> tuple[Code, ...]:
    """Return every code in order, in general words."""
    found = (
        *refusals.REFUSALS,
        *reading.BOOK_CODES,
        *reading.CELL_CODES,
        *second_reader.CODES,
        *summary_codes.CODES,
        *(
            *books.CODES,
            *decisions_file.CODES,
            *ledger.CODES,
            *levels_file.CODES,
            *roster_file.CODES,
        ),
        *settings_file.CODES,
        *(*snapshot.CODES, *succession_file.CODES, *write.CODES, *year_folder.CODES),
        *(*shelf.CODES, *staging.CODES, *verify.CODES),
        *rule_codes(),
        *own.CODES,
        *(*archive_codes.CODES, *decision_codes.CODES, *submitted_codes.CODES),
        *(*ceilings.CODES, *notice_codes.CODES, *numbering.CODES),
        *doctor.CODES,
        *restoration.CODES,
        *publish_codes.CODES,
    )
    ordered = sorted(found, key=lambda code: code.code)
    return tuple(code.named(MEANING_WORDS.__getitem__) for code in ordered)


def codes_called(wanted: str | None) -> tuple[Code, ...]:
    """Return the code that is asked for (however it is typed, with or without YX), all without one, none if unknown."""
    if wanted is None:
        return all_codes()
    number = normalize("NFKC", wanted).strip().upper().removeprefix("YX")
    return tuple(code for code in all_codes() if code.code == f"YX{number}")


def form_fields(here: Path, word: str = "") -> Table:
    """Return the fields of the form of the year folder around `here`, elsewhere of the usual form.

    With a `word`, only those that have it in one of their columns, a cell within its range included.
    Raises WrongInput where the year folder cannot be used.
    """
    plan = _plan(here)
    rows = tuple(row for slot in plan.slots if _has(row := _row(slot, plan), slot, word))
    return Table(f"{plan.form_id} {plan.title}", _COLUMNS, rows)


def request_schema_text(here: Path, form: str | None = None) -> str:
    """Return the JSON Schema of a request of a form, else of the year around `here`, else of the usual form; raise WrongInput."""
    if form is None and find_year_folder(here):
        return to_json(request_schema(form_of(open_year(here))))
    try:
        return to_json(request_schema(find_definition(form or USUAL_FORM, near=here)))
    except KeyError:
        raise unknown_form(form or USUAL_FORM, here, near=here) from None


def _plan(here: Path) -> Plan:
    if find_year_folder(here):
        year = open_year(here)
        settings, definition = year.settings, form_of(year)
    else:
        settings = read_settings(template_folder(USUAL_FORM) / "yosan.toml")
        definition = find_definition(USUAL_FORM)
    return plan_of(definition, settings)


def _row(slot: Slot, plan: Plan) -> tuple[str, ...]:
    group = plan.groups[slot.group].name if slot.group is not None else None
    return (
        f"{group} {slot.label}" if group else slot.label,
        slot.area.a1(),
        slot.name,
        slot.pointer or "",
        _WHO_FILLS[slot.by],
        " ".join(rules_that_read(slot.pointer, plan.axes)) if slot.pointer else "",
    )


def _has(row: tuple[str, ...], slot: Slot, word: str) -> bool:
    return any(word in text for text in row) or word.upper() in {
        area.first for area in slot.cells()
    }
