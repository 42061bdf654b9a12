"""What a 内示 book says: the requests of a department as a stage decided them, and its columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yosan_xl.excel.notice.stamp import NoticeStamp, ToldRequest, mark_of
from yosan_xl.form.printed import PrintedSheet
from yosan_xl.form.relation import NAMES
from yosan_xl.model.assessment import StageDecision
from yosan_xl.model.axes import ASKED, TOTAL, Axes
from yosan_xl.model.department import Department
from yosan_xl.model.money import Money
from yosan_xl.model.request import Request
from yosan_xl.model.settings import Settings

OPEN = "未定"
PROVISIONAL = "仮"


@dataclass(frozen=True, slots=True)
class NoticedRequest:
    """A request, what the stage decided of it, and what its printed sheet shows."""

    request: Request
    decision: StageDecision
    provisional: bool
    printed: PrintedSheet

    @property
    def request_id(self) -> str:
        """Return its id."""
        return self.request.id or ""

    @property
    def asked(self) -> Money | None:
        """Return what was asked for."""
        return self.request.amount(ASKED)

    @property
    def amount(self) -> Money | None:
        """内示額: None while it is 未定, which is not 0."""
        return self.decision.total if self.decision.is_decided else None

    def source(self, source: str) -> Money | str | None:
        """Return the 内示額 of a source, 未定 where its amount is known and its funding is not."""
        if self.amount is None:
            return None
        return self.decision.amounts.get(source) if self.decision.is_funded else OPEN

    @property
    def number(self) -> str:
        """Return its NO as it is shown: `56`, `56（仮）`."""
        no = self.request.no
        mark = f"（{PROVISIONAL}）" if self.provisional else ""
        return "" if no is None else f"{no}{mark}"

    @property
    def told(self) -> ToldRequest:
        """Return what the stamp keeps of it: a NO that is provisional may change."""
        axes, decision = self.request.axes, self.decision
        amounts = [self.amount, *(self.source(one.key) for one in axes.sources)]
        no = None if self.provisional else self.request.no
        title = self.request.title or ""
        said = (title, no, self.asked, amounts, decision.verdict, decision.reason)
        return ToldRequest(self.request_id, title, self.amount, mark_of(*said))


@dataclass(frozen=True, slots=True)
class Notice:
    """内示 of a stage to a department; where it `asks_again` there is a stage that decides on 復活要求."""

    settings: Settings
    department: Department
    stage: str
    axes: Axes
    requests: Sequence[NoticedRequest]
    asks_again: bool = True

    @property
    def heading(self) -> str:
        """Return what the book is called."""
        return f"{self.settings.year.label}予算 内示書　{self.department.name}"

    @property
    def how_far(self) -> str:
        """Return of how many requests the amounts are known: `3 件`, `2 / 3 件（ほかは未定）`."""
        given, every = sum(one.amount is not None for one in self.requests), len(self.requests)
        return f"{given} 件" if given == every else f"{given} / {every} 件（ほかは未定）"

    @property
    def total_word(self) -> str:
        """Return what the sum of 内示額 is called: of what is 未定 it has nothing."""
        return (
            "計"
            if all(one.amount is not None for one in self.requests)
            else f"計　内示 {self.how_far}"
        )

    @property
    def sent_by(self) -> str:
        """Return whose 内示 it is, and how far it is: `港区　財政課　内示 2 / 3 件（ほかは未定）`."""
        count = self.how_far
        unknown = any(
            one.amount is not None and not one.decision.is_funded for one in self.requests
        )
        funding = "　財源が未定の事業は、財源の計に入っていません" if unknown else ""
        return f"{self.settings.municipality}　段階：{self.stage}　内示 {count}{funding}"

    @property
    def stamp(self) -> NoticeStamp:
        """Return what the hidden sheet says."""
        return NoticeStamp(
            fiscal_year=self.settings.year.western,
            department=self.department.code,
            stage=self.stage,
            form=self.axes.form,
            requests={one.request_id: one.told for one in self.requests},
        )


class RestorationColumn(NamedTuple):
    """A column of 復活要求: its key (also of its defined name), its heading, and whether the department fills it."""

    key: str
    heading: str
    is_entry: bool = False
    is_money: bool = False


ID, NO, TITLE, ASKED_AMOUNT, GIVEN, REST, AFTER, REASON, CHECK = (
    *("id", "no", "title", "asked", "given"),
    *("rest", "after", "reason", "check"),
)


FIRST_ROW = 5
"""The row (0-based) of the first request on 復活要求."""

TOTAL_WORD = "計"
"""What stands in the first column of its last row."""


def column_name(key: str) -> str:
    """Return the defined name (scoped to the sheet) of the cells of a column of 復活要求."""
    return f"{NAMES}restoration_{key}"


def restoration_columns(axes: Axes) -> tuple[RestorationColumn, ...]:
    """Return the columns of 復活要求, as far as the form has sources."""
    return tuple(_columns(axes))


def source_key(source: str) -> str:
    """Return the key of the column of a 特定財源."""
    return f"source_{source}"


def _columns(axes: Axes) -> Iterator[RestorationColumn]:
    yield RestorationColumn(ID, axes.word("id"))
    yield RestorationColumn(NO, axes.word("no"))
    yield RestorationColumn(TITLE, axes.word("title"))
    yield RestorationColumn(ASKED_AMOUNT, "要求額", is_money=True)
    yield RestorationColumn(GIVEN, "内示額", is_money=True)
    yield RestorationColumn(TOTAL, "復活要求額", is_entry=True, is_money=True)
    for source in axes.specific:
        label = axes.source_label(source)
        yield RestorationColumn(source_key(source), label, is_entry=True, is_money=True)
    if axes.rest:
        yield RestorationColumn(REST, axes.source_label(axes.rest), is_money=True)
    yield RestorationColumn(AFTER, "復活後の額", is_money=True)
    yield RestorationColumn(REASON, "復活要求の理由", is_entry=True)
    yield RestorationColumn(CHECK, "確認")
