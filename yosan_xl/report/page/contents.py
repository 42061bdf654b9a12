"""What stands on the page: the year's roll-up, what came in, the findings, and who reads it; the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from yosan_xl.model.assessment import Progress, StageDecision
from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    LAST_YEAR,
    SPECIFIC,
    TOTAL,
    Axes,
    Column,
    RowList,
    Stage,
)
from yosan_xl.model.comparison import Figure
from yosan_xl.model.finding import Finding
from yosan_xl.model.intake import Intake
from yosan_xl.model.money import Money
from yosan_xl.model.public import public_axes
from yosan_xl.model.request import Line, Request
from yosan_xl.model.rollup import NOT_GIVEN, Rollup, SummaryRow, Sums
from yosan_xl.model.staged import staged_rollup
from yosan_xl.model.text import shown_text
from yosan_xl.model.two_years import AgainstLastYear
from yosan_xl.report.page.figures import NO_FIGURE

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

RAISED, CUT, AS_ASKED = "増額", "減額", "要求どおり"
"""What a decision is, beside what was asked for."""

OPEN = Progress.OPEN.value
_PROVISIONAL = "仮"

LEVELS = ("account", "level1", "level2", "level3")
"""The meanings of 会計, 款, 項 and 目."""


@dataclass(frozen=True, slots=True)
class PageContents:
    """All that the page shows; with `public` only what is for the public.

    The stages of the assessment that the form has no place for are stages of it here. `edition` is the publication that it
    shows, `saved` when the youngest of its books was saved (ISO 8601), `links` are names and file names of data beside the page.

    `axes` are those of the form that are shown. `stages` are the stages that any request has: they stand beside
    one another everywhere. `keys` are the words of what requests are summed and looked for by, `columns`
    those of each list that are shown.
    """

    rollup: Rollup
    intake: Intake
    findings: tuple[Finding, ...] = ()
    public: bool = False
    last_year: AgainstLastYear | None = None
    edition: str | None = None
    saved: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    axes: Axes = field(init=False)
    stages: tuple[Stage, ...] = field(init=False)
    keys: Mapping[str, str] = field(init=False)
    columns: Mapping[str, tuple[Column, ...]] = field(init=False)
    general_account: str | None = field(init=False)
    is_decided: bool = field(init=False)
    last_amounts: Mapping[tuple[str, str | None], Money] = field(init=False)

    def __post_init__(self) -> None:
        """Look once for the stages and keys that there are: every cell asks."""
        if not self.public:
            object.__setattr__(self, "rollup", staged_rollup(self.rollup))
        axes = public_axes(self.rollup.axes) if self.public else self.rollup.axes
        object.__setattr__(self, "axes", axes)
        object.__setattr__(self, "stages", tuple(filter(self._has, axes.stages)))
        keys = {key: axes.word(of) for key, of in _KEYS.items() if axes.has(of)}
        known = {key: word for key, word in keys.items() if self._is_used(key)}
        object.__setattr__(self, "keys", known)
        columns = {own.key: tuple(self._columns(own)) for own in axes.lists}
        object.__setattr__(self, "columns", columns)
        object.__setattr__(self, "general_account", self._general_account())
        object.__setattr__(self, "is_decided", self._is_decided())
        object.__setattr__(self, "last_amounts", dict(self._last_amounts()))

    def _general_account(self) -> str | None:
        """Return the name of 一般会計 where it is told apart: not in a form without accounts, or where no request is of another."""
        accounts = self.rollup.settings.accounts
        general = accounts[0].name if accounts and self.axes.has("account") else None
        used = {row.request.account for row in self.rollup.rows}
        return None if used <= {general} else general

    def _is_decided(self) -> bool:
        """Return whether this is the budget: every request has its amount, and none that somebody is to look at."""
        rows = self.rollup.rows
        return bool(rows) and all(
            row.request.amount(DECIDED) is not None and (one is None or _is_sure(one))
            for row in rows
            for one in [row.decision]
        )

    def _last_amounts(self) -> Iterator[tuple[tuple[str, str | None], Money]]:
        """Yield what the projects of each request came to last year, by the request's place."""
        if self.last_year is None:
            return
        years, sums = self.last_year.years, dict[int, int]()
        for one, two in years.matching.successor.items():
            sums[two] = sums.get(two, 0) + (Figure.EITHER.of(years.old.requests[one]) or 0)
        for at, amount in sums.items():
            source = self.rollup.rows[at].source
            yield (source.file, source.sheet), Money(amount)

    def _has(self, stage: Stage) -> bool:
        """Return whether any request has a stage; what is worked out from last year's is nothing in a year that knows none of them."""
        rows, is_change = self.rollup.rows, stage in self.axes.against_last_year()
        needed = {stage.key, LAST_YEAR} if is_change else {stage.key}
        return stage.key == ASKED or all(
            any(one.request.amount(key) is not None for one in rows) for key in needed
        )

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
        return sums.amount(stage.key) if stage.key == ASKED else sums.known(stage.key)

    def how_far(self, sums: Sums, stage: Stage) -> str:
        """Return `決定 105 / 159` for a stage of finance that is not whole; nothing for others."""
        return sums.how_far(stage.key) if stage.by == "finance" else ""

    def unknown(self, sums: Sums, stage: Stage) -> str:
        """Return `前年度不明 3件` where last year's amount of some requests is not known, for it and what is worked out from it."""
        is_of_it = stage.key == LAST_YEAR or stage in self.axes.against_last_year()
        return f"前年度不明 {sums.lack_last_year:,}件" if is_of_it and sums.lack_last_year else ""

    def difference_of(self, sums: Sums) -> Money | None:
        """Return what is decided less what is asked for, None until all is decided."""
        is_decided = sums.is_whole(DECIDED)
        return Money(sums.budgeted - sums.requested) if is_decided else None

    def open_word(self, row: SummaryRow, stage: Stage) -> str:
        """Return what stands for an amount that is not there: how far a decision is, `-` where there is none to make."""
        if stage.by != "finance":
            return NO_FIGURE
        own = row.decision
        is_own = own is not None and stage.key == DECIDED and not own.is_decided
        return own.progress.value if own and is_own and not self.public else OPEN

    def decision_words(self, row: SummaryRow) -> list[str]:
        """Return what a request's decision is called when it is looked for: 増額, 未定, 保留."""
        asked, decided = row.request.requested, row.request.amount(DECIDED)
        own = row.decision.progress.value if row.decision and not self.public else OPEN
        if decided is None:
            return list(dict.fromkeys([OPEN, own]))
        word = RAISED if decided > asked else CUT if decided < asked else AS_ASKED
        return [word, own] if own == Progress.DOUBTFUL.value else [word]

    def number(self, row: SummaryRow) -> str:
        """Return NO as it is shown: 仮55 while it may be another one tomorrow."""
        number = row.request.no
        mark = _PROVISIONAL if row.provisional else ""
        return NO_FIGURE if number is None else f"{mark}{number}"

    @property
    def beside_last_year(self) -> bool:
        """Return whether 前年度 of each request is known from the year before, and not from the form."""
        return self.last_year is not None and all(one.key != LAST_YEAR for one in self.stages)

    def last_amount(self, row: SummaryRow) -> Money | None:
        """Return what a request's projects came to last year, None for a new one."""
        return self.last_amounts.get((row.source.file, row.source.sheet))

    @property
    def now(self) -> Figure:
        """Return what this year is compared by: what is decided once it is the budget, else what is asked for."""
        return Figure.BUDGETED if self.is_decided else Figure.REQUESTED

    def change(self, row: SummaryRow) -> Money | None:
        """Return 増減 against last year; all of it for a new project, None while there is no amount."""
        now = self.now.of(row.request)
        return None if now is None else Money(now - (self.last_amount(row) or 0))

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


def _is_sure(decision: StageDecision) -> bool:
    return decision.is_funded and (decision.is_closed or decision.progress is Progress.DONE)


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
        "no": contents.words["no"],
        **({"decided": contents.decided.label} if contents.decided else {}),
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
        **({"provisional": True} if row.provisional else {}),
        **({"decision": contents.decision_words(row)} if contents.decided and counted else {}),
        "counted": counted,
    }


def _shown(text: str | None) -> str | None:
    return None if text is None else shown_text(text)
