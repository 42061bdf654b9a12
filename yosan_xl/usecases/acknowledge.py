"""確認済み: a warning with a reason in the book's checks panel, as long as its values stay."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yosan_xl.model.finding import Finding, Weight
from yosan_xl.model.request import Document
from yosan_xl.rules.check import RULES
from yosan_xl.store.ledger import Acknowledgement
from yosan_xl.usecases import codes
from yosan_xl.usecases.gather import Gathered
from yosan_xl.usecases.panel import CHECKS, MARKED

_BY_CODE = re.compile(r"(?P<code>YX[0-9]{3})[\s:、.)」]*(?P<reason>.*)", re.IGNORECASE)
"""A line such as 「YX209 端数を丸めたため」, after NFKC."""

_READS = {rule.code.code: rule.reads for rule in RULES}


@dataclass(frozen=True, slots=True, eq=False)
class Acknowledged:
    """The findings of a request, those with a reason carrying it, and what the ledger keeps."""

    findings: tuple[Finding, ...]
    accepted: Mapping[str, Acknowledgement] = field(default_factory=dict)


def acknowledge(
    item: Gathered, findings: Sequence[Finding], known: Mapping[str, Acknowledgement]
) -> Acknowledged:
    """Give the reasons to the warnings they are for; `known` is what was accepted before, by code.

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
    return Acknowledged((*found, *_told(lapsed)), accepted)


def values_hash(document: Document, finding: Finding) -> str:
    """Give the SHA-256 of the values that the finding rests on: those its rule reads."""
    reads = _READS.get(finding.code, (finding.pointer or "",))
    if finding.code == MARKED.code:
        reads = CHECKS[str(finding.facts["check"])].reads
    values = {read: list(_values(document, read.split("/")[1:])) for read in reads}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _key(code: str, check: object) -> str:
    """Return what a reason is kept under: the code, of marks of the panel with the kind of check."""
    return f"{code} {check}" if code == MARKED.code else code


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
        for code in (*(CHECKS[kind].codes if kind in CHECKS else ()), MARKED.code):
            yield _key(code, kind), "\n".join(unnamed).strip()


def _values(value: object, steps: Sequence[str]) -> Iterator[object]:
    """Give what stands at a pointer (of the schema's plain keys) in which `*` is any row."""
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


def _told(lapsed: Iterable[Finding]) -> Iterator[Finding]:
    """Tell in one finding of all reasons of a request that are not used."""
    found = list(lapsed)
    if found:
        names = "、".join(dict.fromkeys(finding.code for finding in found))
        yield codes.LAPSED.at(found[0].place, found[0].pointer, codes=names)
