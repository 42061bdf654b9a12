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
from yosan_xl.rules.all_rules import RULES
from yosan_xl.store.ledger import Acknowledgement
from yosan_xl.usecases import codes
from yosan_xl.usecases.gather import Gathered

CHECKS: Mapping[str, tuple[str, ...]] = {
    "general": ("YX207",),
    "unpaired": ("YX213",),
    "yen": ("YX212",),
}
"""Which warnings the reason beside a check of the panel is for: kind of check → codes.

The panel's other 要確認 (negative, too_long) are questions to the typist alone: no rule asks them
again. A warning that the panel has no line for is answered in any of the cells by its code.
"""

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
    reasons = {code: reason for code, reason in _by_code(item.reasons) if reason}
    accepted: dict[str, Acknowledgement] = {}
    lapsed: list[Finding] = []
    found: list[Finding] = []
    for finding in findings:
        reason = reasons.get(finding.code)
        if not reason or finding.weight is not Weight.WARNING:
            found.append(finding)
            continue
        now = Acknowledgement(reason, values_hash(item.document, finding))
        before = known.get(finding.code)
        if before and before.reason == reason and before.values != now.values:
            lapsed.append(finding)
            found.append(finding)
        else:
            accepted[finding.code] = now
            found.append(replace(finding, reason=reason))
    return Acknowledged((*found, *_told(lapsed)), accepted)


def values_hash(document: Document, finding: Finding) -> str:
    """Give the SHA-256 of the values that the finding rests on: those its rule reads."""
    reads = _READS.get(finding.code, (finding.pointer or "",))
    values = {read: list(_values(document, read.split("/")[1:])) for read in reads}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _by_code(reasons: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for kind, text in reasons.items():
        unnamed = []
        for line in text.splitlines():
            named = _BY_CODE.fullmatch(unicodedata.normalize("NFKC", line).strip())
            if named and named["reason"]:
                # The reason as it was typed: NFKC is for the code alone.
                yield named["code"].upper(), line.strip()
            else:
                unnamed.append(line)
        for code in CHECKS.get(kind, ()):
            yield code, "\n".join(unnamed).strip()


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
