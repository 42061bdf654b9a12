"""What the checks panel of a request marks, and the codes by which the rules say the same.

The panel tells the typist before finance does; what nobody mended or explained is told to finance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from yosan_xl.excel.reading.codes import LOST_PLACE
from yosan_xl.form.check_kinds import PanelSheet
from yosan_xl.form.checks import Mark, marks_of
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import Definition
from yosan_xl.form.mapping import complete, document_of, sheet_values, shown_values
from yosan_xl.form.plan import lists_of
from yosan_xl.model.finding import Code, Finding, Place, Weight
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.usecases.gathered import Gathered

MARKED = Code(
    "YX214",
    Weight.WARNING,
    "シートの「確認すること」が○になっていない",
    "シートの「確認すること」の「{label}」が{weight}になっています（{advice}）。",
    "所管課に確かめ、直してもらうか、正しいときはその理由を右の欄に書いてもらってください。",
    "所管課の画面に出ている誤りと要確認のうち、ほかの指摘にならず、理由も書かれていないものを財政課に知らせます。",
    "要求額 70,000,000千円 の行があり、「千円と円」が要確認のまま提出した。",
    "額を 70,000千円 に直した。または理由の欄に「施設の建設費で、正しい額」と書いた。",
)


class Said(NamedTuple):
    """The codes that say what a kind of check says, and the pointers that the check looks at."""

    codes: tuple[str, ...]
    reads: tuple[str, ...] = ("/lines", "/total", "/funding", "/contract_authorization")


# What had to be repaired or could not be read is another value to the panel; its finding says so.
_UNREAD = (
    *(
        "YX102",
        "YX104",
        "YX120",
        "YX121",
        "YX122",
        "YX123",
        "YX124",
        "YX125",
        "YX127",
        "YX129",
        "YX130",
    ),
    "YX134",
)

CHECKS: Mapping[str, Said] = {
    "missing": Said(("YX101", *_UNREAD), ("",)),
    "text_amount": Said(_UNREAD),
    "unpaired": Said(("YX213", *_UNREAD)),
    "mixed_parts": Said(("YX306",)),
    "over_line": Said(("YX205", *_UNREAD)),
    "earmarked": Said(("YX203", "YX204", *_UNREAD)),
    "general": Said(("YX206", "YX207", *_UNREAD)),
    "negative": Said(_UNREAD),
    "yen": Said(("YX212", "YX215", "YX104", "YX123", "YX131")),
    "stale_kan": Said(("YX301",), ("/account", "/kan")),
    "contract": Said(("YX401", "YX402", *_UNREAD), ("/contract_authorization",)),
    "too_long": Said(("YX105",), ("",)),
}
"""By kind of check: a reason beside a check is for the warnings among its codes, and for YX214."""


def marked(
    item: Gathered, definition: Definition, settings: Settings | None, found: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield a finding for every mark of the panel that none of those `found` says already."""
    codes = {finding.code for finding in found}
    if LOST_PLACE.code in codes:
        return  # what stands where is in doubt, and told
    for mark in _marks(item, definition, settings):
        if codes.isdisjoint(CHECKS[mark.kind].codes):
            place = Place(item.file, item.sheet, mark.cell)
            advice = mark.advice.removesuffix("。")
            facts = {"label": mark.label, "weight": mark.weight, "advice": advice}
            yield MARKED.at(place, None, **facts, check=mark.kind)


def _marks(item: Gathered, definition: Definition, settings: Settings | None) -> Iterable[Mark]:
    if not item.is_json:
        return item.marks
    return () if settings is None else _marks_of_document(item.document, definition, settings)


def _marks_of_document(
    document: Document, definition: Definition, settings: Settings
) -> Iterable[Mark]:
    """Return the marks that a sheet with this document would have; none where it does not fit."""
    plan = compile_plan(definition, settings.year, settings.line_rows)
    lists = lists_of(settings, plan)
    values = complete(sheet_values(document, plan), plan, {"accounts": settings.accounts[0].name})
    if len(document_of(values, plan)[0]["lines"]) < _given_lines(document):
        return ()
    return marks_of(PanelSheet(plan, shown_values(values, plan), lists))


def _given_lines(document: Document) -> int:
    lines = document.get("lines")
    rows = [row for row in lines if isinstance(row, dict)] if isinstance(lines, list) else []
    return sum(any(row[key] is not None for key in row.keys() - {"part"}) for row in rows)
