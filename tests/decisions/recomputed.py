"""What is decided, worked out a second time: from what was handed in and typed, by the laws, with no code of ours."""

from __future__ import annotations

import copy
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tests.decisions.books import (
    AMOUNT,
    LINES,
    LIST,
    RATIONALE,
    REASON,
    REMARKS,
    SPECIFIC,
    VERDICT,
    load,
    rows,
    save,
    typed_column,
)
from tests.usecases.year import example_documents

SOURCES = {
    "national": "国庫支出金",
    "metropolitan": "都支出金",
    "other": "その他特財",
}
REST = "general"
K = TypeVar("K")
_AS_ASKED, _NOTHING, _HELD = "要求どおり", "ゼロ査定", "保留"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: in all, of each source, of each line; and what it is added up by."""

    id: str
    account: str
    kan: str
    bureau: str
    section: str
    total: int
    sources: Mapping[str, int]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Asked:
        """Return what a document asks for."""
        unit, funding = document["department"], document["funding"]
        return cls(
            id=document["id"],
            account=document["account"],
            kan=document["kan"],
            bureau=unit["bureau"],
            section=unit["section"],
            total=document["total"]["requested"],
            sources={source: row["amount"] or 0 for source, row in funding.items()},
            lines=tuple(line["requested"] or 0 for line in document["lines"]),
        )


@dataclass(slots=True)
class Typed:
    """What was typed for a request: by heading, and for its lines by position and heading."""

    own: dict[str, int | str] = field(default_factory=dict)
    lines: dict[tuple[int, str], int | str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Return how many entries that is."""
        return len(self.own) + len(self.lines)


@dataclass(frozen=True, slots=True)
class Decided:
    """The amount, None where it is not decided, and its sources, None where nobody knows them."""

    total: int | None
    sources: Mapping[str, int] | None


def decided(asked: Asked, typed: Typed) -> Decided:
    """Return what is decided of a request, by laws 3 and 4."""
    verdict = typed.own.get(VERDICT)
    total = None if verdict == _HELD else _total(asked, typed)
    return Decided(total, None if total is None else _sources(asked, typed, total))


def parts(asked: Asked, typed: Typed) -> Mapping[str, int]:
    """Return what is known of the sources of what is decided: all of them, or 一般財源 alone where 特財 was typed in one sum."""
    known, specific = decided(asked, typed), typed.own.get(SPECIFIC)
    if known.sources is not None:
        return known.sources
    return {} if specific is None or known.total is None else {REST: known.total - int(specific)}


def state(asked: Asked, typed: Typed) -> str:
    """Return how far a decision is (進み具合)."""
    known = decided(asked, typed)
    if typed.own.get(VERDICT) == _HELD:
        return _HELD
    if known.total is None:
        return "一部" if typed.count else "未定"
    return "要確認" if known.sources is None else "済"


def _total(asked: Asked, typed: Typed) -> int | None:
    if AMOUNT in typed.own:
        return int(typed.own[AMOUNT])
    lines = [typed.lines.get((at, AMOUNT)) for at, _ in enumerate(asked.lines, 1)]
    if any(one is not None for one in lines):
        whole = all(one is not None for one, of in zip(lines, asked.lines, strict=True) if of)
        return sum(int(one or 0) for one in lines) if whole else None
    return {_AS_ASKED: asked.total, _NOTHING: 0}.get(str(typed.own.get(VERDICT)))


def _sources(asked: Asked, typed: Typed, total: int) -> Mapping[str, int] | None:
    own = {
        source: typed.own[f"{SOURCES[source]}の{AMOUNT}"]
        for source in SOURCES
        if f"{SOURCES[source]}の{AMOUNT}" in typed.own
    }
    specific = typed.own.get(SPECIFIC)
    if specific is None and any(heading == SPECIFIC for _, heading in typed.lines):
        specific = sum(int(v) for (_, heading), v in typed.lines.items() if heading == SPECIFIC)
    wanted = [source for source in SOURCES if asked.sources.get(source)]
    if total == asked.total and not own and specific is None:
        return dict(asked.sources)
    if total == 0:
        return dict.fromkeys([*SOURCES, REST], 0)
    if own:
        found = {source: int(own.get(source, 0)) for source in SOURCES}
    elif not wanted and not specific:
        found = dict.fromkeys(SOURCES, 0)
    elif len(wanted) == 1 and specific is not None:
        found = dict.fromkeys(SOURCES, 0) | {wanted[0]: int(specific)}
    else:
        return None
    return found | {REST: total - sum(found.values())}


def sums(
    requests: Iterable[Asked],
    known: Mapping[str, Decided],
    by: Callable[[Asked], K],
) -> dict[K, tuple[int, int, int | None, int]]:
    """Return by key: requests, what they ask for, what is decided (None for nothing yet), how many are decided."""
    found: dict[K, list[Asked]] = defaultdict(list)
    for one in requests:
        found[by(one)].append(one)
    result = {}
    for key, own in found.items():
        amounts = [total for one in own if (total := known[one.id].total) is not None]
        asked = sum(one.total for one in own)
        result[key] = len(own), asked, sum(amounts) if amounts else None, len(amounts)
    return result


def large_year(
    units: list[tuple[str, str, str]], count: int, chance: random.Random
) -> list[dict[str, Any]]:
    """Return that many requests of these departments, of one to four lines and of none to three specific sources."""
    likes = example_documents()
    found = []
    for number in range(count):
        code, bureau, section = units[number % len(units)]
        made = copy.deepcopy(likes[number % len(likes)])
        made |= {
            "id": f"{code}-{1 + number // len(units)}",
            "no": 55 + number,
            "title": f"{made['title']}（{number + 1}）",
            "department": {"code": code, "bureau": bureau, "section": section},
            "future_cost": None,
        }
        _amounts(made, chance)
        found.append(made)
    return found


def _amounts(made: dict[str, Any], chance: random.Random) -> None:
    part = made["lines"][0]["part"]
    blank = {"budgeted": None, "budgeted_earmarked": None}
    lines = [
        {
            "label": f"経費その{at}",
            "requested": chance.randint(100, 90_000),
            "earmarked": None,
            "part": part,
        }
        | blank
        for at in range(1, chance.randint(1, 4) + 1)
    ]
    named = chance.sample(list(SOURCES), chance.choice([0, 0, 0, 1, 1, 2, 3]))
    amounts = dict.fromkeys(SOURCES, 0)
    for line in lines:
        for source in named:
            own = line["requested"] // chance.randint(4, 9)
            amounts[source] += own
            line["earmarked"] = (line["earmarked"] or 0) + own
    total, specific = sum(line["requested"] for line in lines), sum(amounts.values())
    own = {"requested": total, "earmarked": specific or None} | blank
    made["lines"], made["total"] = lines, own
    made["subtotals"] = [{"part": part} | own] if part else []
    for source, row in made["funding"].items():
        amount = total - specific if source == REST else amounts[source] or None
        row["name"] = "補助金" if amount and source != REST else None
        row["amount"] = amount


def hand_in(year: Path, documents: Iterable[Mapping[str, Any]]) -> None:
    """Write what each department asks for into 提出."""
    by_unit: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for document in documents:
        by_unit[document["department"]["code"]].append(document)
    for code, own in by_unit.items():
        path = year / "提出" / f"{code}.json"
        path.write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")


def plan(requests: Iterable[Asked], count: int, chance: random.Random) -> dict[str, Typed]:
    """Return that many decisions of these requests, of every kind; some requests have none."""
    found = {one.id: _one(one, chance) for one in requests}
    words = (one for one in found.values() if one.own and REMARKS not in one.own)
    left = count - sum(one.count for one in found.values())
    for typed in words:
        if left > 0 and RATIONALE not in typed.own:
            typed.own[RATIONALE] = "内容を精査し、必要な額を計上する。"
            left -= 1
    for asked in found:
        if left > 0:
            found[asked].lines[1, REMARKS] = "精査した。"
            left -= 1
    return found


def _one(asked: Asked, chance: random.Random) -> Typed:
    kind = chance.choice(
        [
            "blank",
            "as asked",
            "as asked",
            "typed",
            "cut",
            "cut",
            "cut",
            "zero",
            "lines",
            "some lines",
            "more",
            "held",
        ]
    )
    typed, wanted = Typed(), [source for source in SOURCES if asked.sources.get(source)]
    if kind in ("as asked", "zero", "held"):
        typed.own[VERDICT] = {"as asked": _AS_ASKED, "zero": _NOTHING, "held": _HELD}[kind]
    if kind == "typed":
        typed.own[AMOUNT] = asked.total
    if kind == "zero" and chance.random() < 0.5:
        typed.own = {AMOUNT: 0}
    if kind in ("cut", "more"):
        typed.own[AMOUNT] = asked.total * (9 if kind == "cut" else 12) // 10
        _fund(typed, asked, wanted, chance)
    if kind in ("lines", "some lines"):
        for at, amount in enumerate(asked.lines, 1):
            if kind == "lines" or at > 1:
                typed.lines[at, AMOUNT] = amount * 8 // 10
    return typed


def _fund(typed: Typed, asked: Asked, wanted: list[str], chance: random.Random) -> None:
    how = chance.choice(["specific", "sources", "sources", "nothing"])
    if how == "specific" and wanted:
        typed.own[SPECIFIC] = sum(asked.sources[source] for source in wanted) * 9 // 10
    if how == "sources":
        for source in wanted:
            typed.own[f"{SOURCES[source]}の{AMOUNT}"] = asked.sources[source] * 9 // 10


def type_all(summary: Path, typed: Mapping[str, Typed]) -> None:
    """Type a whole plan into a summary."""
    book = load(summary)
    for name in (LIST, LINES):
        sheet = book[name]
        for row, request, line in rows(sheet):
            own = typed.get(request, Typed())
            values = (
                own.own
                if line is None
                else {h: v for (at, h), v in own.lines.items() if at == line}
            )
            for heading, value in values.items():
                # 編成の考え方 is the last stage's to say; on the way there is 理由.
                column = typed_column(sheet, heading) or typed_column(sheet, REASON)
                assert column is not None, (heading, sheet.title)
                sheet.cell(row, column).value = value
    save(book, summary)
