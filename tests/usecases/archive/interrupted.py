"""`archive add` interrupted anywhere, and what the next start makes of it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.store.archive.faulty import Counting, FailingFrom, Killed, KilledAt
from tests.usecases.archive.samples import contents, json_year, put, small_year, stages
from yosan_xl.store.archive.shelf import HEAD_NAME
from yosan_xl.usecases.archive.verify import verify
from yosan_xl.usecases.errors import WrongInput


class Scene:
    """An archive with one stage in it, and a second one to add, again and again."""

    def __init__(self, folder: Path, books: int = 0) -> None:
        self.base = folder / "base"
        self.year = small_year(self.base / "R2", books) if books else json_year(self.base / "R2")
        put(self.year)
        self.before = contents(self.base / "保存庫")
        whole = self.copy(folder / "whole")
        counting = Counting()
        put(whole / "R2", "内示", counting)
        self.after = contents(whole / "保存庫")
        self.calls = counting.calls
        self.work = folder / "work"

    def copy(self, target: Path) -> Path:
        """Give a copy of the archive and the year."""
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.base, target)
        return target

    def killed(self, n: int) -> None:
        """Kill the program at its n-th call, look, start it again, look."""
        self.check(lambda year: put(year, "内示", KilledAt(n)), Killed)

    def failing(self, n: int, number: int, times: int = 1) -> None:
        """Let the n-th call fail, look, start again, look."""
        self.check(lambda year: put(year, "内示", FailingFrom(n, number, times)), WrongInput)

    def check(
        self, add: Callable[[Path], object], expected: type[BaseException] = WrongInput
    ) -> None:
        """Let `add` try, look, start again, look."""
        work = self.copy(self.work)
        with contextlib.suppress(expected):
            add(work / "R2")
        self._whole_or_nothing(work / "保存庫")
        put(work / "R2", "内示")
        assert contents(work / "保存庫") == self.after

    def _whole_or_nothing(self, root: Path) -> None:
        """Tell that no year is lost, half there or changed, before anything was mended."""
        found = {n: data for n, data in contents(root).items() if not n.startswith(".yosan-")}
        expected = self.before if stages(root) == ["R2/要求"] else self.after
        assert {**found, HEAD_NAME: b""} == {**expected, HEAD_NAME: b""}
        assert found[HEAD_NAME] in (self.before[HEAD_NAME], self.after[HEAD_NAME])
        assert verify(root).findings == ()
