"""What columns the summary knows: a column, and the keys that it goes by.

A column is known by its key: a word of the summary (`kan`) where the field means something to it, the pointer of any other
field, the stage and source of an amount (`asked/total`), list and column of a list's (`lines.unit`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from yosan_xl.model.axes import ASKED, DECIDED, SPECIFIC, TOTAL, Axes, Column, FieldWords, Stage
from yosan_xl.model.decision import is_decided_by_rows

OF_MEANING: Mapping[str, str] = {
    "id": "id",
    "year": "year",
    "no": "no",
    "unit_code": "department_code",
    "unit_upper": "bureau",
    "unit": "section",
    "account": "account",
    "level1": "kan",
    "level2": "kou",
    "level3": "moku",
    "title": "title",
    "kind": "category",
    "contract_start": "term_start",
    "contract_end": "term_end",
    "contract_limit": "limit",
    "rationale": "rationale",
    "verdict": "verdict",
}
"""The keys of the fields that mean something to the summary."""

LEVELS = ("account", "kan", "kou", "moku")
LINE, VERDICT = "line", "verdict"
"""The keys, on the sheet of the main list, of what a row is for, and of how it was judged."""

FINANCE = "finance"
WHOLE = "（復活後の総額）"
"""What the heading of the amount has behind it in a stage for 復活要求; the book's name of the column has it not."""
PROGRESS, CHECK = "progress", "check"
"""The keys of 進み具合, and of what somebody is to look at."""

RESTORED = ("restoration.total", "restoration.reason")
"""The keys of what a department asks for again (復活要求)."""

RESTORED_GIVEN, RESTORED_WHOLE = "restoration.given", "restoration.whole"
"""The keys of the 内示額 that 復活要求 are against, and of both together."""


@dataclass(frozen=True, slots=True)
class SummaryField:
    """A column: its key, heading, kind and width (characters of the body font).

    `hint` is what finance reads beside an entry cell; of `choices` it takes one, or a word of its own
    unless they are the form's (`is_closed`). An amount that `is_decided` says 未定 where nothing is, and 0 where 0 is.
    """

    key: str
    label: str
    kind: str
    width: int
    printed: bool = True
    hint: str = ""
    choices: tuple[str, ...] = ()
    is_closed: bool = False
    is_decided: bool = False

    @property
    def is_text(self) -> bool:
        """Return whether a long value wraps and makes its row taller."""
        return self.kind in ("text", "code", "beside")


def key_of(field: FieldWords) -> str:
    """Return the key of a form's single field."""
    return OF_MEANING.get(field.meaning or "", field.pointer)


def amount_key(stage: str, source: str = TOTAL) -> str:
    """Return the key of an amount: `asked/total`."""
    return f"{stage}/{source}"


def cell_of(key: str) -> tuple[str, str] | None:
    """Return the stage and source of an amount's key, None for any other key."""
    stage, slash, source = key.partition("/")
    return (stage, source) if stage and slash else None


def column_key(list_key: str, column: str) -> str:
    """Return the key of a list's column on the list's own sheet."""
    return f"{list_key}.{column}"


def asked_sources(axes: Axes) -> tuple[str, ...]:
    """Return the sources that what is asked for is divided into, in the form's order."""
    amounts = axes.stage(ASKED).amounts
    return tuple(one.key for one in axes.sources if one.key in amounts)


def last_key(source: str) -> str:
    """Return the key of what a source gave last year, of the amount that this year is compared with."""
    return f"last.{source}"


def restored_key(source: str) -> str:
    """Return the key of what 復活要求 ask of a source."""
    return f"restoration.source.{source}"


def is_typed(axes: Axes) -> bool:
    """Return whether finance types what is decided: not where it follows from other stages."""
    return axes.has_stage(DECIDED) and not axes.stage(DECIDED).of


def line_key(axes: Axes, list_key: str, column: Column) -> str:
    """Return the key of a column of the main list where finance judges its rows: an entry has that of an entry."""
    if column.meaning == "label":
        return LINE
    if column.meaning == VERDICT and column.by == FINANCE:
        return VERDICT
    if column.stage == DECIDED and column.source in (TOTAL, SPECIFIC) and is_decided_by_rows(axes):
        return amount_key(DECIDED, column.source)
    return column_key(list_key, column.key)


def amount_label(axes: Axes, stage: Stage, source: str) -> str:
    """Return what an amount is called over a column: the stage, or what it always is, without 合計の (minato's 合計のうち特財)."""
    if source == TOTAL:
        return stage.label
    return axes.amount_label(stage.key, source).removeprefix(f"{axes.source_label(TOTAL)}の")
