"""What yosan.toml (with 科目.csv, where there is one) says about one fiscal year of one municipality."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from yosan_xl.model.axes import DECIDED, STEP, TOTAL, Axes, Stage
from yosan_xl.model.fiscal_year import FiscalYear, misnamed_day, read_day, shown_day
from yosan_xl.model.money import Rounding


@dataclass(frozen=True, slots=True)
class Account:
    """会計 with its 款, in the order in which they are printed."""

    name: str
    kan: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders of a year, relative to it; yosan.toml may rename them."""

    handed_out: str = "配布"
    submitted: str = "提出"
    returned: str = "差戻し"
    summary: str = "集計"
    kept: str = "保存"


BY_REQUEST, BY_LINE, BY_SOURCE = "要求", "明細", "財源"
"""What a row of a named CSV may be."""


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of a named CSV: a value by the form's word, or a text that is always the same.

    `codes` names the table of codes that turns the value into one; `width` are the digits that it is filled up to with 0.
    """

    heading: str
    value: str = ""
    constant: str = ""
    codes: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class ExportLayout:
    """A named CSV for another system: its columns, what a row is, in what order, encoding and unit; and its tables of codes."""

    name: str
    columns: tuple[ExportColumn, ...]
    rows: str = BY_REQUEST
    order: tuple[str, ...] = ()
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    header: bool = True
    unit: str = ""
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PriorList:
    """How a plain list of last year is read: its unit (千円 or 円), its sheet, and by the form's words its headings."""

    unit: str = ""
    sheet_name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)


USUAL_STAGE = "査定"
"""What the one stage of a year is called whose yosan.toml has no [[stages]]."""

REQUESTS, DECISIONS = "要求状況", "決定状況"
"""The editions of a publication: what was asked for, and what was decided of it."""


@dataclass(frozen=True, slots=True)
class AssessmentStage:
    """A stage of the assessment (査定段階), such as 財政課, 区長, 復活.

    `column` is the label (or key) of the form's stage that it fills; without one the last fills what is decided. After a
    `notice` stage 内示 go out; in a `restoration` stage 復活要求 are assessed: its `column` is filled by what departments
    ask for (調整要求), not by what is decided of that. `edition` is the publication that shows it.
    """

    name: str
    column: str = ""
    notice: bool = False
    restoration: bool = False
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that a 部 or a 課 (by name or code) is to ask for: シーリング.

    `of` is the form's word for 一般財源 or 要求額. `limit` is in the form's unit, `tenths` in 0.1 % of last year's amount; one of
    them is given. Of `categories` (要求区分) only requests of these count, without any all.
    """

    department: str
    of: str
    limit: int | None = None
    tenths: int | None = None
    categories: tuple[str, ...] = ()


def fillable_stages(axes: Axes) -> tuple[Stage, ...]:
    """Return the stages of a form that a `column` may name: those that finance fills, and that do not follow from others."""
    finance = (one for one in axes.stages if one.by == "finance" and not one.of)
    return tuple(one for one in finance if TOTAL in one.amounts)


def _named_stage(stage: AssessmentStage, axes: Axes) -> str:
    """Return the key of the form's stage that the `column` of a stage names; empty where it names none."""
    return next((one.key for one in fillable_stages(axes) if stage.column in one[:2]), "")


LevelPath = tuple[str, ...]
"""会計, 款, 項 and 目 from the top, as deep as it goes."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One year's settings. `accounts[0]` is the general account (一般会計).

    `levels` are the paths of 会計, 款, 項 and 目 that may be chosen, in order. `line_rows` are the rows of every group
    of the form's lists, none where the form's own count. `password_env` names the environment variable with the sheets' password; without it there is
    none. The password itself stands in no file.
    With `locks_structure` nobody copies, moves, renames or deletes a sheet of a department's book. `archive` is the path of 保存庫 from the year folder; `licence` is what the data of a publication may be used for.
    """

    municipality: str
    year: FiscalYear
    form: str
    accounts: tuple[Account, ...]
    categories: tuple[str, ...]
    prefecture: str = ""
    levels: tuple[LevelPath, ...] = ()
    sheets: int = 5
    line_rows: tuple[int, ...] = ()
    expenditure_rounding: Rounding = Rounding.UP
    revenue_rounding: Rounding = Rounding.NEAREST
    deadline: str = ""
    resubmission_deadline: str = ""
    contact: str = ""
    first_no: int = 1
    password_env: str = ""
    locks_structure: bool = False
    archive: str = "../保存庫"
    licence: str = ""
    folders: Folders = field(default_factory=Folders)
    prior: PriorList = field(default_factory=PriorList)
    stages: tuple[AssessmentStage, ...] = ()
    exports: tuple[ExportLayout, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()

    @property
    def assessment(self) -> tuple[AssessmentStage, ...]:
        """Return the stages of the assessment in their order: the one of always where none are set."""
        return self.stages or (AssessmentStage(USUAL_STAGE, edition=DECISIONS),)

    def stage(self, name: str) -> AssessmentStage | None:
        """Return the stage of this name, or None."""
        return next((one for one in self.assessment if one.name == name), None)

    def filled(self, stage: AssessmentStage, axes: Axes) -> str:
        """Return the key of the form's stage that what a stage decides fills; empty where it fills none."""
        named = _named_stage(stage, axes)
        if stage.column and not (stage.restoration and named != DECIDED):
            return named
        return DECIDED if stage == self.assessment[-1] else ""

    def asked_again(self, axes: Axes) -> str:
        """Return the key of the form's stage that 復活要求 fills (調整要求); empty where they fill none."""
        named = (_named_stage(one, axes) for one in self.stages if one.restoration)
        return next((key for key in named if key not in ("", DECIDED)), "")

    def stage_keys(self, axes: Axes) -> dict[str, str]:
        """Return the key of the column of every stage of the assessment: the form's stage that it fills, else its own."""
        return {
            one.name: self.filled(one, axes) or f"{STEP}.{at}"
            for at, one in enumerate(self.assessment, 1)
        }

    @property
    def prefecture_word(self) -> str:
        """Return 都, 道, 府 or 県, as 支出金 of it are called; nothing where no prefecture is set."""
        return self.prefecture[-1:]

    @property
    def due(self) -> date | None:
        """Return the day that `deadline` (提出期限, as it is printed) means; None for none or no day."""
        return read_day(self.deadline, self.year)

    @property
    def deadline_problem(self) -> str | None:
        """Say what is wrong with 提出期限 as it is printed, None where nothing is or there is none."""
        due = self.due
        if due and due >= date(self.year.western, 4, 1):
            return f"{self.year.label}が始まったあとの日付です"
        if due or not self.deadline:
            return None
        day = misnamed_day(self.deadline, self.year)
        return f"曜日がちがいます（正しくは {shown_day(day)}）" if day else "日付として読めません"

    def account(self, name: str | None) -> Account | None:
        """Return the account of this name, or None."""
        return next((account for account in self.accounts if account.name == name), None)
