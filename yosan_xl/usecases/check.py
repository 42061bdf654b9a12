"""One request checked: schema, rules, the marks of its panel; the cause first; what its reasons acknowledge."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.excel.reading import codes as reading
from yosan_xl.form.checks import Mark, marks_of
from yosan_xl.form.choices import lists_of
from yosan_xl.form.definition import USUAL_FORM, Definition
from yosan_xl.form.mapping import complete, document_of, sheet_values, shown_values
from yosan_xl.form.panel_sheet import PanelSheet
from yosan_xl.form.schema import request_schema
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.rules import amounts, classification, contract, entry, funding, units
from yosan_xl.rules.across import check_all
from yosan_xl.rules.check import RULES, check
from yosan_xl.rules.entry import SchemaCheck
from yosan_xl.rules.registry import RuleContext, overlap
from yosan_xl.store.ledger import Acknowledgement
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.gathered import Gathered
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

_LINES = "/lines"

_READS = {rule.code.code: rule.reads for rule in RULES}

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
    form = item.form or (year.settings.form if year else USUAL_FORM)
    definition = find_definition(form, item.form_sha256, year.root if year else None)
    own = at_their_pointers(item.findings, item.places) if item.findings else []
    broken = item.broken | lost(own)
    found = check(
        item.document,
        schema=_schema_check(definition),
        context=context,
        locate=item.locate,
        broken=broken,
        request=item.request,
    )
    said = cause_first([*own, *found])
    return [*said, *marked(item, definition, year.settings if year else None, said)]


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
    return SchemaCheck(request_schema(definition))


def at_their_pointers(findings: Iterable[Finding], places: Mapping[str, Place]) -> list[Finding]:
    """Return findings of line items the pointer of their row in place of `/lines/*/…`.

    A place of the form that is gone puts the line items in doubt, whatever else went with it.
    """
    # `/lines` as a whole stands where its first label does: the longer pointer is the cell's own.
    pointers = {places[pointer]: pointer for pointer in sorted(places, key=len)}
    return [replace(f, pointer=_pointer(f, pointers)) for f in findings]


def _pointer(finding: Finding, pointers: Mapping[Place, str]) -> str | None:
    if finding.code == reading.LOST_PLACE.code:
        return _LINES
    starred = finding.pointer is not None and "*" in finding.pointer
    return pointers.get(finding.place, finding.pointer) if starred else finding.pointer


def lost(findings: Iterable[Finding]) -> frozenset[str]:
    """Return `/lines` where a place of the form is gone: a row of line items went with it.

    Rows of the form stand beside the line items, so that no sum can be trusted any more.
    """
    gone = any(finding.code == reading.LOST_PLACE.code for finding in findings)
    return frozenset({_LINES} if gone else ())


def cause_first(findings: Sequence[Finding]) -> list[Finding]:
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
        if finding.code in explained or _rests_on(finding, repaired):
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


def _rests_on(finding: Finding, pointers: Sequence[str]) -> bool:
    reads = _READS.get(finding.code, ())
    return any(overlap(read, pointer) for pointer in pointers for read in reads)


class PanelCheck(NamedTuple):
    """The codes that say what a kind of check says, and the pointers that the check looks at."""

    says: tuple[Code, ...]
    reads: tuple[str, ...] = ("/lines", "/total", "/funding", "/contract_authorization")

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes as findings have them."""
        return tuple(code.code for code in self.says)


CHECKS: Mapping[str, PanelCheck] = {
    "missing": PanelCheck((entry.MISSING, *_UNREAD), ("",)),
    "text_amount": PanelCheck(_UNREAD),
    "unpaired": PanelCheck((amounts.labelled.code, *_UNREAD)),
    "mixed_parts": PanelCheck((classification.parts.code,)),
    "over_line": PanelCheck((amounts.earmarked.code, *_UNREAD)),
    "earmarked": PanelCheck((funding.earmarks.code, funding.funded.code, *_UNREAD)),
    "general": PanelCheck((funding.general.code, funding.negative_general.code, *_UNREAD)),
    "negative": PanelCheck(_UNREAD),
    "yen": PanelCheck(
        (
            units.in_yen.code,
            units.YEN_BESIDE,
            entry.RANGE,
            reading.TOO_LARGE,
            reading.SHOWN_OTHERWISE,
        )
    ),
    "stale_kan": PanelCheck((classification.account_and_kan.code,), ("/account", "/kan")),
    "contract": PanelCheck(
        (contract.complete.code, contract.in_order.code, *_UNREAD), ("/contract_authorization",)
    ),
    "too_long": PanelCheck((entry.LENGTH,), ("",)),
}
"""By kind of check: a reason beside a check is for the warnings among its codes, and for YX214."""


def is_told(kind: str, findings: Iterable[Finding]) -> bool:
    """Return whether a finding says what a kind of check says, that of its mark among them."""
    told = {_key(finding.code, finding.facts.get("check")) for finding in findings}
    return not told.isdisjoint((*CHECKS[kind].codes, _key(codes.MARKED.code, kind)))


def marked(
    item: Gathered, definition: Definition, settings: Settings | None, found: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield a finding for every mark of the panel that none of those `found` says already."""
    given = {finding.code for finding in found}
    if reading.LOST_PLACE.code in given:
        return  # what stands where is in doubt, and told
    for mark in _marks(item, definition, settings):
        if given.isdisjoint(CHECKS[mark.kind].codes):
            place = Place(item.file, item.sheet, mark.cell)
            advice = mark.advice.removesuffix("。")
            facts = {"label": mark.label, "weight": mark.weight, "advice": advice}
            yield codes.MARKED.at(place, None, **facts, check=mark.kind)


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
    values = complete(sheet_values(document, plan), plan, {"accounts": settings.accounts[0].name})
    if len(document_of(values, plan)[0]["lines"]) < _given_lines(document):
        return ()
    return marks_of(PanelSheet(plan, shown_values(values, plan), lists))


def _given_lines(document: Document) -> int:
    lines = document.get("lines")
    rows = [row for row in lines if isinstance(row, dict)] if isinstance(lines, list) else []
    return sum(any(row[key] is not None for key in row.keys() - {"part"}) for row in rows)


@dataclass(frozen=True, slots=True, eq=False)
class Acknowledged:
    """The findings of a request, those with a reason carrying it, and what the ledger keeps."""

    findings: tuple[Finding, ...]
    accepted: Mapping[str, Acknowledgement] = field(default_factory=dict)


def acknowledge(
    item: Gathered, findings: Sequence[Finding], known: Mapping[str, Acknowledgement]
) -> Acknowledged:
    """Return the reasons to the warnings they are for; `known` is what was accepted before, by code.

    A reason that was accepted with other values is not used, and told; a new one is. An error
    cannot be acknowledged.
    """
    reasons = {key: reason for key, reason in _by_key(item.reasons) if reason}
    accepted: dict[str, Acknowledgement] = {}
    lapsed: list[Finding] = []
    found: list[Finding] = []
    for finding in findings:
        key = _key(finding.code, finding.facts.get("check"))
        reason = reasons.get(key)
        if not reason or finding.weight is not Weight.WARNING:
            found.append(finding)
            continue
        now = Acknowledgement(reason, values_hash(item.document, finding))
        before = known.get(key)
        if before and before.reason == reason and before.values != now.values:
            lapsed.append(finding)
            found.append(finding)
        else:
            accepted[key] = now
            found.append(replace(finding, reason=reason))
    return Acknowledged((*found, *_unused_reasons(lapsed)), accepted)


def values_hash(document: Document, finding: Finding) -> str:
    """Return the SHA-256 of the values that the finding rests on: those its rule reads."""
    reads = _READS.get(finding.code, (finding.pointer or "",))
    if finding.code == codes.MARKED.code:
        reads = CHECKS[str(finding.facts["check"])].reads
    values = {read: list(_values(document, read.split("/")[1:])) for read in reads}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _key(code: str, check: object) -> str:
    """Return what a reason is kept under: the code, of marks of the panel with the kind of check."""
    return f"{code} {check}" if code == codes.MARKED.code else code


def _by_key(reasons: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind, text in reasons.items():
        unnamed = []
        for line in text.splitlines():
            named = _BY_CODE.fullmatch(unicodedata.normalize("NFKC", line).strip())
            if named and named["reason"]:
                # The reason as it was typed: NFKC is for the code alone.
                yield _key(named["code"].upper(), kind), line.strip()
            else:
                unnamed.append(line)
        for code in (*(CHECKS[kind].codes if kind in CHECKS else ()), codes.MARKED.code):
            yield _key(code, kind), "\n".join(unnamed).strip()


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
