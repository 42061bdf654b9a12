"""What stands on the page: the year's roll-up, what came in, the findings, and who reads it; the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Axes, Column, RowList, Stage
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.money import Money
from yosan_xl.model.public import public_axes
from yosan_xl.model.request import Line, Request
from yosan_xl.model.rollup import NOT_GIVEN, Rollup, SummaryRow, Sums
from yosan_xl.model.text import shown_text

_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}

_KEYS = {
    "account": "account",
    "kan": "level1",
    "kou": "level2",
    "moku": "level3",
    "bureau": "unit_upper",
    "section": "unit",
    "category": "kind",
}
"""What requests are summed and looked for by, and what it means in a form."""

SUM = "計"

LEVELS = ("account", "level1", "level2", "level3")
"""The meanings of 会計, 款, 項 and 目."""


@dataclass(frozen=True, slots=True)
class PageContents:
    """All that the page shows; with `public` only what is for the public.

    `axes` are those of the form that are shown. `stages` are the stages that any request has: they stand beside
    one another everywhere. `keys` are the words of what requests are summed and looked for by, `columns`
    those of each list that are shown.
    """

    rollup: Rollup
    intake: Intake
    findings: tuple[Finding, ...] = ()
    public: bool = False
    axes: Axes = field(init=False)
    stages: tuple[Stage, ...] = field(init=False)
    keys: Mapping[str, str] = field(init=False)
    columns: Mapping[str, tuple[Column, ...]] = field(init=False)
    general_account: str | None = field(init=False)

    def __post_init__(self) -> None:
        """Look once for the stages and keys that there are: every cell asks."""
        axes = public_axes(self.rollup.axes) if self.public else self.rollup.axes
        object.__setattr__(self, "axes", axes)
        object.__setattr__(self, "stages", tuple(filter(self._has, axes.stages)))
        keys = {key: axes.word(of) for key, of in _KEYS.items() if axes.has(of)}
        known = {key: word for key, word in keys.items() if self._is_used(key)}
        object.__setattr__(self, "keys", known)
        columns = {own.key: tuple(self._columns(own)) for own in axes.lists}
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "general_account", self._general_account())

    def _general_account(self) -> str | None:
        """Return the name of 一般会計 where it is told apart: not in a form without accounts, or where no request is of another."""
        accounts = self.rollup.settings.accounts
        general = accounts[0].name if accounts and self.axes.has("account") else None
        used = {row.request.account for row in self.rollup.rows}
        return None if used <= {general} else general

    def _has(self, stage: Stage) -> bool:
        rows = self.rollup.rows
        return stage.key == ASKED or any(one.request.amount(stage.key) is not None for one in rows)

    def _columns(self, own: RowList) -> Iterator[Column]:
        """Yield the columns that a department fills in, and of the others those that have a value anywhere.

        Amounts of the same source stand beside one another, as on paper.
        """
        lines = [line for row in self.shown for line in row.request.rows(own.key)]
        shown = [
            one
            for one in own.columns
            if one.by == "department" or any(_has_value(line, one) for line in lines)
        ]
        order = (TOTAL, SPECIFIC, *(source.key for source in self.axes.sources))
        amounts = sorted(
            (one for one in shown if one.amount), key=lambda one: order.index(one.source)
        )
        sorted_amounts = iter(amounts)
        yield from (next(sorted_amounts) if one.amount else one for one in shown)

    def _is_used(self, key: str) -> bool:
        """Return whether a key tells anything: an organisation may have no 部 at all."""
        if key not in ("bureau", "section"):
            return True
        units = (*self.rollup.roster, *(self.rollup.unit(row.request) for row in self.shown))
        return any(getattr(unit, key) for unit in units)

    @property
    def asked(self) -> str:
        """Return the form's word for what is asked for."""
        return self.axes.stage(ASKED).label

    @property
    def decided(self) -> Stage | None:
        """Return the stage that counts in the end, where any request has it."""
        return next((one for one in self.stages if one.key == DECIDED), None)

    @property
    def difference(self) -> str:
        """Return `要求額との差`, what is decided less what is asked for; 増減 alone is against the year before."""
        return f"{self.asked}との差"

    def sum_of(self, sums: Sums, stage: Stage) -> Money | None:
        """Return what a stage comes to, None where no request has it: not decided yet is not 0."""
        return sums.amount(stage.key) if stage.key == ASKED or sums.given[stage.key] else None

    def difference_of(self, sums: Sums) -> Money | None:
        """Return what is decided less what is asked for, None until all is decided."""
        is_decided = sums.given[DECIDED] == sums.count
        return Money(sums.budgeted - sums.requested) if is_decided else None

    @property
    def unit(self) -> str:
        """Return 千円 or 円."""
        return self.axes.unit

    @property
    def specific(self) -> str:
        """Return the form's word for 特定財源."""
        main, sources = self.axes.main, self.axes.specific
        column = main.of_amount(ASKED, SPECIFIC) if main else None
        alone = self.axes.source_label(sources[0]) if len(sources) == 1 else None
        return column.label if column else alone or self.axes.source_label(SPECIFIC)

    @property
    def left_out(self) -> tuple[SummaryRow, ...]:
        """Return the requests that are 未算入 and shown all the same; the public sees none."""
        return () if self.public else tuple(one.row for one in self.intake.left_out)

    @property
    def shown(self) -> tuple[SummaryRow, ...]:
        """Return every request that is shown, counted ones first."""
        return (*self.rollup.rows, *self.left_out)

    @property
    def words(self) -> Mapping[str, str]:
        """Return the form's words for NO and for what a request is called by."""
        axes = self.axes
        return {"no": axes.word("no"), "title": axes.word("title" if axes.has("title") else "id")}

    def present(self, *keys: str) -> tuple[str, ...]:
        """Return those of the keys that there are."""
        return tuple(key for key in keys if key in self.keys)

    def of_all_accounts(self, word: str) -> str:
        """Return a word for what is summed over all accounts, where a form tells them apart."""
        return f"{word}（全{self.keys['account']}）" if "account" in self.keys else word

    def none(self, key: str) -> str:
        """Return what stands for no 部."""
        return f"（{self.keys[key]}なし）"

    def title_of(self, request: Request) -> str:
        """Return 事業名, in a form without it the request's ID."""
        return (request.title if self.axes.has("title") else request.id) or NOT_GIVEN


def _has_value(line: Line, column: Column) -> bool:
    found = line.amount(*column.amount) if column.amount else line.values.get(column.key)
    return found is not None


def page_data(contents: PageContents) -> str:
    """Return the JSON of all requests that are shown, in the page's order; safe within `<script>`.

    The texts stand once in the page, as HTML: they are not in here. Amounts are in the form's unit, by stage and source.
    """
    counted = len(contents.rollup.rows)
    rows = [_entry(contents, row, at < counted) for at, row in enumerate(contents.shown)]
    data = {
        "fiscal_year": contents.rollup.settings.year.western,
        "unit": contents.unit,
        "asked": contents.asked,
        "requests": rows,
    }
    return script_safe(data)


def script_safe(value: object) -> str:
    """Return JSON without a character that could end a script or open a comment in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "".join(_ESCAPES.get(char, char) for char in text)


def _entry(contents: PageContents, row: SummaryRow, counted: bool) -> Mapping[str, object]:
    request, axes = row.request, contents.axes
    keys = {field: shown_text(contents.rollup.key(row, field)) for field in contents.keys}
    cells = ((stage.key, source) for stage in axes.stages for source in stage.amounts)
    has_limit = axes.has("contract_limit")
    return {
        "id": _shown(request.id),
        "no": request.no,
        "title": _shown(request.title),
        **keys,
        **{f"{stage}/{source}": request.amount(stage, source) for stage, source in cells},
        **({"limit": request.contract_authorization.limit} if has_limit else {}),
        "counted": counted,
    }


def _shown(text: str | None) -> str | None:
    return None if text is None else shown_text(text)
