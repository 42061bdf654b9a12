"""What people do between the commands of docs/財政課の手引き.md: departments fill and send books, finance types and moves files."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from tests.usecases.noticed import cell_of
from tests.usecases.resaved import save_at
from tests.usecases.typing import type_in
from yosan_xl.model.request import Document
from yosan_xl.resources import example_folder
from yosan_xl.usecases.fill import filled_books
from yosan_xl.usecases.generate import department_code
from yosan_xl.usecases.year import open_year

LATE, FAULTY = "0302", "0202"
"""The department whose book comes after the day, and the one whose book has a mistake."""

CUT = "0101-1"
"""The request that gets less than it asked for; it has no other source than 一般財源."""

STAGES = """
[[stages]]
name = "財政課"
[[stages]]
name = "市長"
notice = true
[[stages]]
name = "復活"
restoration = true
edition = "決定状況"
"""
SUMMARY, SECOND = "R9_集計.xlsx", "0101_総務課(修正).xlsx"
_SETTLED = ("contact", "deadline", "sheets")


@dataclass(slots=True)
class Desk:
    """A folder in which somebody follows the guide: where the console stands, and copies of the year as it was."""

    root: Path
    here: Path
    kept: dict[str, Path] = field(default_factory=dict)

    @property
    def year(self) -> Path:
        """Return the year folder of the guide."""
        return self.root / "R9"

    @property
    def submitted(self) -> Path:
        """Return the folder of what departments handed in."""
        return self.year / "提出"

    @property
    def summary(self) -> Path:
        """Return the summary that finance types into."""
        return self.year / "集計" / SUMMARY

    def keep(self, name: str) -> None:
        """Keep the year as it is now under a name."""
        self.kept[name] = self.root.parent / f"{self.root.name}-{name}"
        shutil.copytree(self.root, self.kept[name])

    def back_to(self, name: str) -> None:
        """Lay the year down as it was; the console stands in it."""
        shutil.rmtree(self.root)
        shutil.copytree(self.kept[name], self.root)
        self.here = self.year


def documents() -> list[Document]:
    """Return the requests of the made-up city."""
    text = (example_folder("架空市/R9") / "requests.json").read_text(encoding="utf-8")
    own: list[Document] = json.loads(text)
    return own


def hand_in(desk: Desk, own: Iterable[Document], name: str = "") -> None:
    """Put the filled book of each department into 提出; with `name` one of them, so called."""
    year = open_year(desk.year)
    groups: dict[str, list[Document]] = {}
    for one in own:
        groups.setdefault(str(department_code(one)), []).append(one)
    units = {unit: groups[unit.code] for unit in year.roster if unit.code in groups}
    for path, data in filled_books(year, units, year.submitted).items():
        path.with_name(name or path.name).write_bytes(data)


def of_unit(code: str) -> list[Document]:
    """Return the requests of a department."""
    return [one for one in documents() if department_code(one) == code]


def settle_year(desk: Desk) -> None:
    """Edit 組織.csv, 科目.csv and yosan.toml as 9月 says."""
    example = example_folder("架空市/R9")
    for name in ("組織.csv", "科目.csv", "R8_当初予算.csv"):
        shutil.copyfile(example / name, desk.year / name)
    settings = desk.year / "yosan.toml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    theirs = (example / "yosan.toml").read_text(encoding="utf-8").splitlines()
    said = {one.partition(" =")[0]: one for one in theirs if one.startswith((*_SETTLED, "columns"))}
    text = "\n".join(said.get(one.partition(" =")[0], one) for one in lines)
    settings.write_text(text + STAGES, encoding="utf-8")


def settle_quickly(desk: Desk) -> None:
    """Edit 組織.csv and yosan.toml as the quick way says, and nothing else."""
    shutil.copyfile(example_folder("架空市/R9") / "組織.csv", desk.year / "組織.csv")
    settings = desk.year / "yosan.toml"
    text = settings.read_text(encoding="utf-8")
    for key, said in (("deadline", "令和8年11月6日（金）"), ("contact", "財政課 内線2100")):
        text = text.replace(f'\n{key} = ""', f'\n{key} = "{said}"')
    settings.write_text(text, encoding="utf-8")


def departments_hand_in(desk: Desk) -> None:
    """All but one department hand in, one with the end of a 債務負担行為 forgotten."""
    own = [one for one in documents() if department_code(one) != LATE]
    hand_in(desk, ({**one, "end": None} if one["id"] == f"{FAULTY}-1" else one for one in own))


def department_mends(desk: Desk) -> None:
    """A department mends the returned book, which replaces its first one; the late one hands in."""
    hand_in(desk, of_unit(FAULTY))
    hand_in(desk, of_unit(LATE))


def finance_decides(desk: Desk) -> None:
    """Finance types into 一覧: all as asked, one cut with its reason."""
    type_all(desk, "要求どおり")
    cut(desk, "財政課の額", 6_300, "受診者の見込みを精査した。")
    desk.keep("november")


def decide_quickly(desk: Desk) -> None:
    """Finance types into 一覧 of a year that has no stages: all as asked, one cut with its reason."""
    type_all(desk, "要求どおり")
    cut(desk, "査定額", 6_300, "受診者の見込みを精査した。", why="査定の考え方")


def begin_anew(desk: Desk) -> None:
    """Who follows the guide month by month begins in an empty folder."""
    shutil.rmtree(desk.root)
    desk.root.mkdir()
    desk.here = desk.root


def cut(desk: Desk, heading: str, amount: int, reason: str, *, why: str = "理由") -> None:
    """Type another amount than was asked for beside a request."""
    typed = {"査定区分": "一部減額", heading: amount, why: reason}
    entries: dict[tuple[str, str, int | None], object] = {
        (CUT, label, None): value for label, value in typed.items()
    }
    type_in(desk.summary, entries)


def type_all(desk: Desk, verdict: str, requests: Iterable[str] | None = None) -> None:
    """Type a verdict beside requests in the summary."""
    own = requests or [str(one["id"]) for one in documents()]
    type_in(desk.summary, {(one, "査定区分", None): verdict for one in own})


def mayor_decides(desk: Desk) -> None:
    """The mayor decides: as the stage before."""
    type_all(desk, "要求どおり")
    cut(desk, "市長の額", 6_300, "受診者の見込みを精査した。")


def department_asks_again(desk: Desk) -> None:
    """A department asks for what it was cut by."""
    book = desk.year / "内示" / "0101_総務課.xlsx"
    opened = openpyxl.load_workbook(book)
    typed: Mapping[str, object] = {"復活要求額": 100, "復活要求の理由": "受診者が増えたため。"}
    for heading, value in typed.items():
        cell_of(opened["復活要求"], CUT, heading).value = value
    target = desk.year / "復活" / book.name
    target.parent.mkdir(exist_ok=True)
    opened.save(target)


def restoration_decided(desk: Desk) -> None:
    """Finance decides the 復活要求: what was asked again is given."""
    cut(desk, "査定額（復活後の総額）", 6_400, "受診者の増を認める。")


def as_of_november(desk: Desk) -> None:
    """Go back to the year before its first stage was closed."""
    desk.back_to("november")


def one_is_late(desk: Desk) -> None:
    """The book of a department is not there yet."""
    next(desk.submitted.glob(f"{LATE}_*")).unlink()


def the_late_one_comes(desk: Desk) -> None:
    """The late department hands in, after the day."""
    hand_in(desk, of_unit(LATE))
    save_at(next(desk.submitted.glob(f"{LATE}_*")), "2026-11-09T00:00:00Z")


def a_mistake_is_mended(desk: Desk) -> None:
    """A department hands in its book again, with another title."""
    first, *others = of_unit("0101")
    hand_in(desk, [{**first, "title": "職員の健康づくり"}, *others])


def the_edition_is_moved(desk: Desk) -> None:
    """Finance moves the edition that has not gone out out of the year."""
    (desk.year / "公表" / "1_要求状況").rename(desk.root / "使わない版")


def handed_in_twice(desk: Desk) -> None:
    """A department sends a second book under another name: another amount, saved at the same minute."""
    own = of_unit("0101")
    hand_in(desk, [{**own[0], "title": "職員の健康づくり"}, *own[1:]], name=SECOND)


def the_earlier_is_moved(desk: Desk) -> None:
    """Finance moves the book that is not wanted."""
    earlier = desk.submitted / "0101_総務課.xlsx"
    (desk.submitted / "差替え前").mkdir()
    earlier.rename(desk.submitted / "差替え前" / earlier.name)


def another_file_comes(desk: Desk) -> None:
    """A department sends a book of its own."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"].value = "積算内訳"
    book.save(desk.submitted / "積算.xlsx")


def a_pdf_comes(desk: Desk) -> None:
    """A department sends a PDF."""
    (desk.submitted / "0302_環境課_図面.pdf").write_bytes(b"%PDF-1.4")


def one_is_withdrawn(desk: Desk) -> None:
    """A department hands in without its last request."""
    hand_in(desk, of_unit("0101")[:-1])


def a_colleague_types_in_a_copy(desk: Desk) -> None:
    """A colleague types into a copy of the summary outside of the year."""
    copy = desk.root / "佐藤_集計.xlsx"
    shutil.copyfile(desk.summary, copy)
    type_in(copy, {("0101-2", "理由", None): "部数を確かめた。"})


def the_summary_is_open(desk: Desk) -> None:
    """Excel holds the summary open."""
    desk.summary.with_name(f"~${SUMMARY}").write_bytes(bytes(165))


def the_summary_is_closed(desk: Desk) -> None:
    """Excel closes it."""
    desk.summary.with_name(f"~${SUMMARY}").unlink()


HANDS: Mapping[str, Callable[[Desk], None]] = {
    hand.__name__: hand
    for hand in (
        settle_year,
        settle_quickly,
        decide_quickly,
        begin_anew,
        departments_hand_in,
        department_mends,
        finance_decides,
        mayor_decides,
        department_asks_again,
        restoration_decided,
        as_of_november,
        one_is_late,
        the_late_one_comes,
        a_mistake_is_mended,
        the_edition_is_moved,
        handed_in_twice,
        the_earlier_is_moved,
        another_file_comes,
        a_pdf_comes,
        one_is_withdrawn,
        a_colleague_types_in_a_copy,
        the_summary_is_open,
        the_summary_is_closed,
    )
}
