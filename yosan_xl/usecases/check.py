"""Every finding of what was gathered: reading, schema, rules, and rules across requests."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from yosan_xl.form.definition import USUAL_FORM, Definition
from yosan_xl.form.schema import request_schema
from yosan_xl.model.finding import Finding
from yosan_xl.rules.across import check_all
from yosan_xl.rules.check import check
from yosan_xl.rules.entry import SchemaCheck
from yosan_xl.rules.registry import RuleContext
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.explained import at_their_pointers, cause_first, lost
from yosan_xl.usecases.forms import find_definition
from yosan_xl.usecases.gathered import Gathered
from yosan_xl.usecases.panel import marked


def check_request(item: Gathered, year: YearFolder | None) -> list[Finding]:
    """Give the findings of one request; outside a year folder the year's lists are not asked."""
    context = RuleContext(year.settings, year.roster) if year else None
    form = item.form or (year.settings.form if year else USUAL_FORM)
    definition = find_definition(form, item.form_sha256, year.root if year else None)
    entry = _entry(definition)
    own = at_their_pointers(item.findings, item.places) if item.findings else []
    broken = item.broken | lost(own)
    found = check(item.document, entry, context, item.locate, broken, item.request)
    said = cause_first([*own, *found])
    return [*said, *marked(item, definition, year.settings if year else None, said)]


def check_requests(gathered: Iterable[Gathered], year: YearFolder | None) -> list[Finding]:
    """Give the findings of requests one by one, and of all together."""
    items = list(gathered)
    single = [finding for item in items for finding in check_request(item, year)]
    return [*single, *check_across(items)]


def check_across(items: Iterable[Gathered]) -> list[Finding]:
    """Give the findings between requests: a NO, an id or a title that is given twice."""
    return check_all([(item.request, item.locate) for item in items])


@lru_cache
def _entry(definition: Definition) -> SchemaCheck:
    """Give the schema of a form, made from its definition as schemas/ was from the usual one's."""
    return SchemaCheck(request_schema(definition))
