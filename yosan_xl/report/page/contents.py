"""What stands on the page: the year's roll-up, what came in, the findings, and who reads it; the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yosan_xl.form.definition import Definition
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.money import Money
from yosan_xl.model.rollup import Rollup, SummaryRow, amounts_of
from yosan_xl.model.text import shown_text

_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

KEYS = {"account": "会計", "kan": "款", "bureau": "部", "section": "課", "category": "要求区分"}
"""What requests are summed and looked for by, and what it is called."""


@dataclass(frozen=True, slots=True)
class PageContents:
    """All that the page shows; with `public` only what is for the public.

    `decided` tells whether any 予算額 is given: then it stands beside every 要求額.
    """

    form: Definition
    rollup: Rollup
    intake: Intake
    findings: tuple[Finding, ...] = ()
    public: bool = False
    decided: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look once for any 予算額: every cell asks."""
        found = any(row.request.total.budgeted is not None for row in self.rollup.rows)
        object.__setattr__(self, "decided", found)

    @property
    def left_out(self) -> tuple[SummaryRow, ...]:
        """Return the requests that are 未算入 and shown all the same; the public sees none."""
        return () if self.public else tuple(one.row for one in self.intake.left_out)

    @property
    def shown(self) -> tuple[SummaryRow, ...]:
        """Return every request that is shown, counted ones first."""
        return (*self.rollup.rows, *self.left_out)

    def label(self, pointer: str) -> str:
        """Return the form's own words for a field; raise KeyError for none of its fields."""
        return self.form.fields[pointer].label

    def line_label(self, column: str) -> str:
        """Return the form's own words for a column of 10 要求内容."""
        return next(c.field.label for c in self.form.lines.columns if c.field.key == column)


def budgeted_of(rows: Iterable[SummaryRow]) -> Money:
    """Return 予算額 (千円) of these requests; what is not decided adds nothing."""
    return Money(sum(row.request.total.budgeted or 0 for row in rows))


def page_data(contents: PageContents) -> str:
    """Return the JSON of all requests that are shown, in the page's order; safe within `<script>`.

    The texts stand once in the page, as HTML: they are not in here. Amounts are 千円.
    """
    counted = len(contents.rollup.rows)
    rows = [_entry(contents, row, at < counted) for at, row in enumerate(contents.shown)]
    settings = contents.rollup.settings
    data = {"fiscal_year": settings.year.western, "unit": "千円", "requests": rows}
    return script_safe(data)


def script_safe(value: object) -> str:
    """Return JSON without a character that could end a script or open a comment in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "".join(_ESCAPES.get(char, char) for char in text)


def _entry(contents: PageContents, row: SummaryRow, counted: bool) -> Mapping[str, object]:
    request = row.request
    keys = {field: shown_text(contents.rollup.key(row, field)) for field in KEYS}
    return {
        "id": _shown(request.id),
        "no": request.no,
        "title": _shown(request.title),
        **keys,
        **amounts_of(request),
        "budgeted": request.total.budgeted,
        "counted": counted,
    }


def _shown(text: str | None) -> str | None:
    return None if text is None else shown_text(text)
