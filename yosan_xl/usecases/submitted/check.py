"""One request checked: schema, rules, the marks of its panel; the cause first; what its reasons acknowledge."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from yosan_xl.excel.reading import codes as reading
from yosan_xl.form.checks import Mark, marks_of
from yosan_xl.form.choices import lists_of
from yosan_xl.form.definition import Definition
from yosan_xl.form.mapping import complete, document_of, sheet_values, shown_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.schema import request_schema
from yosan_xl.model.axes import Axes, RowList
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.request import Document, steps
from yosan_xl.model.settings import Settings
from yosan_xl.rules import amounts, classification, contract, entry, funding, told, units
from yosan_xl.rules.across import check_all
from yosan_xl.rules.check import check, rules_of
from yosan_xl.rules.entry import SchemaCheck
from yosan_xl.rules.registry import RuleContext, overlap
from yosan_xl.store.ledger import Acknowledgement
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases.submitted import codes
from yosan_xl.usecases.submitted.gathered import Gathered
from yosan_xl.usecases.year import find_definition, plan_of

_BEHIND_THE_LOCK = {
    code.code
    for code in (
        reading.LOST_PLACE,
        reading.CHANGED_LABEL,
        reading.MOVED,
        reading.FORMULA_GONE,
        reading.FORMULA_OVERWRITTEN,
        reading.FORMULA_CHANGED,
        reading.FINANCE_CHANGED,
        reading.PANEL_CHANGED,
    )
}
"""What can only be done to a sheet whose protection is off."""


@lru_cache(maxsize=64)
def _reads(axes: Axes) -> Mapping[str, tuple[str, ...]]:
    """Return by code the pointers that the rules of a form read."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in rules_of(axes):
        found[rule.code.code] = (*found.get(rule.code.code, ()), *rule.reads_of(axes))
    return found


# What had to be repaired or could not be read is another value to the panel; its finding says so.
_UNREAD = (
    entry.TYPE,
    entry.RANGE,
    reading.AMOUNT_AS_TEXT,
    reading.NOT_AN_AMOUNT,
    reading.FRACTION,
    reading.TOO_LARGE,
    reading.NOT_A_VALUE,
    reading.NO_FIGURE,
    reading.NO_RESULT,
    reading.NOT_A_YEAR,
    reading.LIMIT_AS_TEXT,
    reading.UNKNOWN_FORMAT,
)

_BY_CODE = re.compile(r"(?P<code>YX[0-9]{3})[\s:、.)」]*(?P<reason>.*)", re.IGNORECASE)
"""A line such as 「YX209 端数を丸めたため」, after NFKC."""


def check_request(item: Gathered, year: YearFolder | None) -> list[Finding]:
    """Return the findings of one request; outside a year folder the year's lists are not asked."""
    context = RuleContext(year.settings, year.roster) if year else None
    axes = item.request.axes
    definition = _form_of(item, year.root if year else None)
    own = at_their_pointers(item.findings, item.places, axes) if item.findings else []
    broken = item.broken | lost(own, axes)
    found = check(
        item.document,
        axes=axes,
        schema=_schema_check(definition),
        context=context,
        locate=item.locate,
        broken=broken,
        request=item.request,
    )
    said = cause_first([*own, *found], axes)
    return [*said, *marked(item, definition, year.settings if year else None, said)]


def _form_of(item: Gathered, near: Path | None) -> Definition:
    axes = item.request.axes
    return _definition(axes, item.form or axes.form, item.form_sha256, near)


@lru_cache(maxsize=64)
def _definition(axes: Axes, form: str, sha256: str | None, near: Path | None) -> Definition:
    """Return the definition of a request's form, looked for once: its axes are another value in another reading."""
    return find_definition(form, sha256, near)


def check_requests(gathered: Iterable[Gathered], year: YearFolder | None) -> list[Finding]:
    """Return the findings of requests one by one, and of all together."""
    items = list(gathered)
    single = [finding for item in items for finding in check_request(item, year)]
    return [*single, *check_across(items)]


def check_across(items: Iterable[Gathered]) -> list[Finding]:
    """Return the findings between requests: a NO, an id or a title that is given twice."""
    return check_all([(item.request, item.locate) for item in items])


@lru_cache
def _schema_check(definition: Definition) -> SchemaCheck:
    """Return the schema of a form, made from its definition as schemas/ was from the usual one's."""
    return SchemaCheck(request_schema(definition), definition.axes.unit)


def at_their_pointers(
    findings: Iterable[Finding], places: Mapping[str, Place], axes: Axes
) -> list[Finding]:
    """Return findings of rows the pointer of their row in place of `/lines/*/…`.

    A place of the form that is gone puts the rows of its lists in doubt, whatever else went with it.
    """
    # A list as a whole stands where its first label does: the longer pointer is the cell's own.
    pointers = {places[pointer]: pointer for pointer in sorted(places, key=len)}
    return [replace(f, pointer=_pointer(f, pointers, axes)) for f in findings]


def _pointer(finding: Finding, pointers: Mapping[Place, str], axes: Axes) -> str | None:
    if finding.code == reading.LOST_PLACE.code and axes.main:
        return axes.main.pointer
    starred = finding.pointer is not None and "*" in finding.pointer
    return pointers.get(finding.place, finding.pointer) if starred else finding.pointer


def lost(findings: Iterable[Finding], axes: Axes) -> frozenset[str]:
    """Return the lists where a place of the form is gone: a row of theirs may have gone with it.

    Rows of the form stand beside the rows of lists, so that no sum can be trusted any more.
    """
    gone = any(finding.code == reading.LOST_PLACE.code for finding in findings)
    return frozenset(own.pointer for own in axes.lists if gone)


def cause_first(findings: Sequence[Finding], axes: Axes) -> list[Finding]:
    """Return the findings of one request with those that another one explains as 情報, and last.

    At the cell of its cause an explained one is left out: one cell, one story.

    A protection that is off is explained by what was changed behind it; a saved total that differs,
    by a row that is gone; a sum that is wrong, by an amount that had to be repaired, for nobody
    knows whether it was repaired to what was meant.
    """
    found = {finding.code for finding in findings}
    explained = {reading.UNPROTECTED.code} if found & _BEHIND_THE_LOCK else set()
    if reading.LOST_PLACE.code in found:
        explained |= {reading.STALE.code, reading.OTHER_RESULT.code}
    repaired = [f.pointer for f in findings if f.code == reading.AMOUNT_AS_TEXT.code and f.pointer]
    causes, notes = [], []
    for finding in findings:
        if finding.code in explained or _rests_on(finding, repaired, axes):
            notes.append(replace(finding, weight=Weight.INFO))
        else:
            causes.append(finding)
    causes = _once(causes)
    told = {cause.place for cause in causes if cause.place.cell}
    return [*causes, *(note for note in notes if note.place not in told)]


def _once(causes: Sequence[Finding]) -> list[Finding]:
    """Return findings without those that another one of their cell says as well.

    That a number was read as a text is no news where the text is wrong; a value that stands for
    several fields (the part of each line) is told of once.
    """
    wrong = {each.place for each in causes if each.weight is not Weight.INFO}
    pointers: dict[Hashable, set[str | None]] = {}
    told = []
    for cause in causes:
        before = pointers.setdefault((cause.place, cause.code, cause.value), set())
        if cause.code == reading.NUMBER_AS_TEXT.code:
            is_said = cause.place in wrong
        else:
            is_said = len(before) > (cause.pointer in before)  # of another pointer
        before.add(cause.pointer)
        if not (cause.place.cell and is_said):
            told.append(cause)
    return told


def _rests_on(finding: Finding, pointers: Sequence[str], axes: Axes) -> bool:
    reads = _reads(axes).get(finding.code, ()) if pointers else ()
    return any(overlap(read, pointer) for pointer in pointers for read in reads)


class PanelCheck(NamedTuple):
    """The codes that say what a kind of check says, and the pointers that the check looks at."""

    says: tuple[Code, ...]
    reads: Callable[[Axes], Iterable[str]] = lambda axes: _amount_places(axes)

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes as findings have them."""
        return tuple(code.code for code in self.says)


def _amount_places(axes: Axes) -> Iterator[str]:
    """Yield the parts of a document that hold its lists, its amounts and 債務負担行為."""
    yield from (own.pointer for own in axes.lists)
    amounts = (pointer for stage in axes.stages for pointer in stage.amounts.values())
    for pointer in (*amounts, *_contract_places(axes)):
        yield f"/{pointer.split('/')[1]}"


def _contract_places(axes: Axes) -> Iterator[str]:
    meanings = ("contract_start", "contract_end", "contract_limit")
    for pointer in (axes.meanings[one] for one in meanings if axes.has(one)):
        yield f"/{pointer.split('/')[1]}"


def _level_places(axes: Axes) -> Iterator[str]:
    return (axes.meanings[one] for one in classification.LEVELS if axes.has(one))


def _all(_: Axes) -> tuple[str, ...]:
    return ("",)


CHECKS: Mapping[str, PanelCheck] = {
    "missing": PanelCheck((entry.MISSING, *_UNREAD), _all),
    "text_amount": PanelCheck(_UNREAD),
    "unpaired": PanelCheck((amounts.labelled.code, *_UNREAD)),
    "mixed": PanelCheck((classification.parts.code,)),
    "over_line": PanelCheck((amounts.overdrawn_rows.code, *_UNREAD)),
    "specific": PanelCheck((funding.specific_rows.code, funding.funded.code, *_UNREAD)),
    "no_rest": PanelCheck((funding.funded.code, *_UNREAD)),
    "rest": PanelCheck((funding.rest.code, funding.negative_rest.code, *_UNREAD)),
    "negative_rest": PanelCheck((funding.rest.code, funding.negative_rest.code, *_UNREAD)),
    "negative": PanelCheck(_UNREAD),
    "yen": PanelCheck(
        (
            units.in_yen.code,
            units.YEN_BESIDE,
            units.THOUSANDS_BESIDE,
            entry.RANGE,
            reading.TOO_LARGE,
            reading.SHOWN_OTHERWISE,
        )
    ),
    "stale": PanelCheck((classification.levels.code,), _level_places),
    "contract": PanelCheck(
        (contract.complete.code, contract.in_order.code, *_UNREAD), _contract_places
    ),
    "picture": PanelCheck((entry.PATTERN, *_UNREAD), _all),
    "too_long": PanelCheck((entry.LENGTH, codes.CUT), _all),
    "told": PanelCheck((told.TOLD, *_UNREAD), _all),
}
"""By what a check looks at: a reason beside it is for the warnings among its codes, and for YX214."""


def is_told(kind: str, findings: Iterable[Finding]) -> bool:
    """Return whether a finding says what a kind of check says, that of its mark among them."""
    found = {_key(finding.code, finding.facts.get("check")) for finding in findings}
    return not found.isdisjoint((*CHECKS[kind].codes, _key(codes.MARKED.code, kind)))


def _says(kind: str, test: str) -> set[str]:
    """Return what findings are kept under that say what a check says."""
    return {_key(code, kind) for code in CHECKS[test].codes}


def marked(
    item: Gathered, definition: Definition, settings: Settings | None, found: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield a finding for every mark of the panel that none of those `found` says already."""
    given = {_key(finding.code, finding.facts.get("check")) for finding in found}
    if reading.LOST_PLACE.code in given:
        return  # what stands where is in doubt, and told
    for mark in _marks(item, definition, settings):
        if mark.cut:
            place = Place(item.file, item.sheet, mark.cell)
            yield codes.CUT.at(place, None, texts=_listed(mark.cut))
        elif given.isdisjoint(_says(mark.kind, mark.test)):
            place = Place(item.file, item.sheet, mark.cell)
            advice = mark.advice.removesuffix("。")
            facts = {"label": mark.label, "weight": mark.weight, "advice": advice}
            yield codes.MARKED.at(place, None, **facts, check=mark.kind, test=mark.test)


_MOST_NAMED = 5


def _listed(texts: Sequence[str]) -> str:
    more = f"など{len(texts)}か所" if len(texts) > _MOST_NAMED else ""
    return "、".join(texts[:_MOST_NAMED]) + more


def _marks(item: Gathered, definition: Definition, settings: Settings | None) -> Iterable[Mark]:
    if not item.is_json:
        return item.marks
    return () if settings is None else _marks_of_document(item.document, definition, settings)


def _marks_of_document(
    document: Document, definition: Definition, settings: Settings
) -> Iterable[Mark]:
    """Return the marks that a sheet with this document would have; none where it does not fit."""
    plan = plan_of(definition, settings)
    lists = lists_of(settings, plan)
    first = {"accounts": settings.accounts[0].name} if settings.accounts else {}
    values = complete(sheet_values(document, plan), plan, first)
    fitting = document_of(values, plan)[0]
    if any(_given_rows(fitting, own) < _given_rows(document, own) for own in plan.axes.lists):
        return ()
    return marks_of(PanelSheet(plan, shown_values(values, plan), lists))


def _given_rows(document: Document, own: RowList) -> int:
    rows = next(iter(_values(document, steps(own.pointer))), None)
    given = (row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()
    return sum(any(row[key] is not None for key in row.keys() - {own.group}) for row in given)


@dataclass(frozen=True, slots=True, eq=False)
class Acknowledged:
    """The findings of a request, those with a reason carrying it, and what the ledger keeps."""

    findings: tuple[Finding, ...]
    accepted: Mapping[str, Acknowledgement] = field(default_factory=dict)


def acknowledge(
    item: Gathered,
    findings: Sequence[Finding],
    known: Mapping[str, Acknowledgement],
    near: Path | None = None,
) -> Acknowledged:
    """Return the reasons to the warnings they are for; `known` is what was accepted before, by code.

    `near` is the year folder that may have the form.

    A reason that was accepted with other values is not used, and told; a new one is. An error
    cannot be acknowledged.
    """
    reasons = {key: reason for key, reason in _by_key(item, near) if reason}
    accepted: dict[str, Acknowledgement] = {}
    lapsed: list[Finding] = []
    found: list[Finding] = []
    for finding in findings:
        key = _key(finding.code, finding.facts.get("check"))
        reason = reasons.get(key)
        if not reason or finding.weight is not Weight.WARNING:
            found.append(finding)
            continue
        now = Acknowledgement(reason, values_hash(item.document, finding, item.request.axes))
        before = known.get(key)
        if before and before.reason == reason and before.values != now.values:
            lapsed.append(finding)
            found.append(finding)
        else:
            accepted[key] = now
            found.append(replace(finding, reason=reason))
    return Acknowledged((*found, *_unused_reasons(lapsed)), accepted)


def values_hash(document: Document, finding: Finding, axes: Axes) -> str:
    """Return the SHA-256 of the values that the finding rests on: those its rule reads."""
    reads: Iterable[str] = _reads(axes).get(finding.code, (finding.pointer or "",))
    if finding.code == codes.MARKED.code:
        reads = CHECKS[str(finding.facts["test"])].reads(axes)
    values = {read: list(_values(document, read.split("/")[1:])) for read in reads}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _key(code: str, check: object) -> str:
    """Return what a reason is kept under: the code, of marks of the panel and a form's own relations with the check."""
    return f"{code} {check}" if code in (codes.MARKED.code, told.TOLD.code) else code


def _by_key(item: Gathered, near: Path | None) -> Iterator[tuple[str, str]]:
    tests = _tests(item, near) if item.reasons else {}
    for kind, text in item.reasons.items():
        unnamed = []
        for line in text.splitlines():
            named = _BY_CODE.fullmatch(unicodedata.normalize("NFKC", line).strip())
            if named and named["reason"]:
                # The reason as it was typed: NFKC is for the code alone.
                yield _key(named["code"].upper(), kind), line.strip()
            else:
                unnamed.append(line)
        said = CHECKS[tests[kind]].codes if kind in tests else ()
        for code in (*said, codes.MARKED.code):
            yield _key(code, kind), "\n".join(unnamed).strip()


def _tests(item: Gathered, near: Path | None) -> Mapping[str, str]:
    """Return what each check of a request's form looks at, by what its reason is read under."""
    definition = _form_of(item, near)
    return {check.kind: check.looks_at for check in definition.checks.items}


def _values(value: object, steps: Sequence[str]) -> Iterator[object]:
    """Yield what stands at a pointer (of the schema's plain keys) in which `*` is any row."""
    if not steps:
        yield value
        return
    step, *rest = steps
    if isinstance(value, dict):
        yield from _values(value.get(step), rest)
    elif isinstance(value, list):
        rows = value if step == "*" else value[int(step) :][:1] if step.isdecimal() else []
        for one in rows:
            yield from _values(one, rest)


def _unused_reasons(lapsed: Iterable[Finding]) -> Iterator[Finding]:
    """Yield one finding for all reasons of a request that are not used."""
    found = list(lapsed)
    if found:
        names = "、".join(dict.fromkeys(finding.code for finding in found))
        yield codes.LAPSED.at(found[0].place, found[0].pointer, codes=names)
