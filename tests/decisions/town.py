"""A year of seven projects, and what departments and finance do to it, each told to the plain model."""

from __future__ import annotations

import copy
import json
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.decisions.books import load, save
from tests.decisions.plain import Ledger, problems, see
from tests.usecases.year import EXAMPLE, faultless_documents
from yosan_xl.usecases.consolidate import consolidate
from yosan_xl.usecases.errors import WrongInput

STAGES = """
[[stages]]
name = "財政課"

[[stages]]
name = "区長"
"""


@dataclass
class Town:
    """A year folder, its projects by a name of our own, and what was typed."""

    year: Path
    chance: random.Random
    projects: dict[str, dict[str, Any]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    ledger: Ledger = field(default_factory=Ledger)
    done: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    saves: int = 0

    @classmethod
    def make(cls, folder: Path, chance: random.Random, *, stages: bool = False) -> Town:
        """Make the year; a department or two come late."""
        year = folder / "R2"
        (year / "提出").mkdir(parents=True)
        for name in ("yosan.toml", "組織.csv"):
            shutil.copyfile(EXAMPLE / name, year / name)
        if stages:
            with (year / "yosan.toml").open("a", encoding="utf-8") as settings:
                settings.write(STAGES)
        documents = [one for one in faultless_documents() if one["id"] != "0101-1"]
        town = cls(year, chance, {f"事業{at}": one for at, one in enumerate(documents, 1)})
        town.away = set(chance.sample(town.units, chance.choice([0, 0, 1, 2])))
        town.hand_in()
        return town

    @property
    def units(self) -> list[str]:
        """Return the codes of the departments."""
        return sorted({one["department"]["code"] for one in self.projects.values()})

    @property
    def ids(self) -> dict[str, str]:
        """Return the request of every project that was handed in."""
        return {
            project: one["id"]
            for project, one in self.projects.items()
            if one["department"]["code"] not in self.away
        }

    def seen_as(self, title: object) -> str | None:
        """Return the project that a summary shows under a title, whatever it is called now."""
        return self.names.get(str(title))

    @property
    def summaries(self) -> list[Path]:
        """Return the books in 集計."""
        return sorted((self.year / "集計").glob("*.xlsx"))

    @property
    def main(self) -> Path:
        """Return where the summary is."""
        return self.year / "集計" / "R2_集計.xlsx"

    def hand_in(self) -> None:
        """Write what each department asks for."""
        self.names |= {one["title"]: name for name, one in self.projects.items()}
        shutil.rmtree(self.year / "提出")
        (self.year / "提出").mkdir()
        for unit in set(self.units) - self.away:
            own = [one for one in self.projects.values() if one["department"]["code"] == unit]
            own.sort(key=lambda one: one["id"])
            path = self.year / "提出" / f"{unit}.json"
            path.write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")

    def free_id(self, unit: str) -> str:
        """Return an id that no project of a department has."""
        taken = {one["id"] for one in self.projects.values()}
        return next(f"{unit}-{n}" for n in range(1, 99) if f"{unit}-{n}" not in taken)

    def split(self, name: str) -> str:
        """Take a project's last line into a project of its own, and return that one."""
        old = self.projects[name]
        new = copy.deepcopy(old)
        new |= {"id": self.free_id(old["department"]["code"]), "title": old["title"] + "（分割）"}
        new["no"] = max(one["no"] for one in self.projects.values()) + 1
        new["lines"], old["lines"] = old["lines"][-1:], old["lines"][:-1]
        for one in (old, new):
            add_up(one)
        added = f"事業{len(self.projects) + 1}"
        self.projects[added] = new
        return added

    def open(self, path: Path) -> Any:
        """Open a summary to be changed."""
        return load(path)

    def save(self, book: Any, path: Path) -> None:
        """Save a summary, later than all before."""
        self.saves += 1
        at = f"2019-{11 + self.saves // 700:02d}-{1 + self.saves // 60 % 28:02d}T09:{self.saves % 60:02d}:00Z"
        save(book, path, by=self.chance.choice(["財政 太郎", "田中"]), at=at)

    def consolidate(self) -> None:
        """Consolidate, and assert that nothing is lost or wrong."""
        self.done.append("consolidate")
        told = self._run()
        self.ledger.consolidated(self.main.name)
        found = list(problems(self.ledger, self.ids, see(self.main, told)))
        assert not found, "\n".join([*found, "after " + ", ".join(self.done)])

    def _run(self) -> str:
        told = ""
        for _ in range(3):
            try:
                done = consolidate([self.year], self.year.parent, wait=lambda seconds: None)
            except WrongInput as refused:
                # As it is advised: the book that cannot be read is put aside, and another one is made.
                told += "\n".join(str(finding) for finding in refused.findings)
                self._put_aside()
                continue
            assert done.summary == self.main, done.summary
            return told + "\n".join(str(finding) for finding in done.findings)
        raise AssertionError(f"refused, and again: {told} after {self.done}")

    def _put_aside(self) -> None:
        kept = self.year / "集計" / "控え"
        kept.mkdir(exist_ok=True)
        self.done.append("put aside")
        self.main.rename(kept / f"よけたもの{len(list(kept.iterdir()))}.xlsx")


def add_up(request: dict[str, Any]) -> None:
    """Let a request's sums be those of its lines, all of it of 一般財源."""
    for line in request["lines"]:
        line["earmarked"] = None
    asked = sum(line["requested"] or 0 for line in request["lines"])
    request["total"] |= {"requested": asked, "earmarked": None}
    parts = {line["part"]: 0 for line in request["lines"] if line["part"]}
    for line in request["lines"]:
        if line["part"]:
            parts[line["part"]] += line["requested"] or 0
    request["subtotals"] = [
        {
            "part": part,
            "requested": amount,
            "earmarked": None,
            "budgeted": None,
            "budgeted_earmarked": None,
        }
        for part, amount in parts.items()
    ]
    for source, row in request["funding"].items():
        row["name"], row["amount"] = None, asked if source == "general" else None
