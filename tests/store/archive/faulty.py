"""A disk that fails, or a program that is killed, at the n-th of its calls."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from yosan_xl.store.files import Files

T = TypeVar("T")


class Killed(BaseException):
    """The process is no more: nothing it would do from here on is done."""


class Counting(Files):
    """Counts the calls, and lets `at` decide what becomes of each."""

    def __init__(self) -> None:
        self.calls = 0

    def at(self, action: Callable[[], T], half: Callable[[], object] | None = None) -> T:
        """Count a call and do it; `half` is what is left where it is cut off."""
        self.calls += 1
        return action()

    def make_folder(self, path: Path, mode: int = 0o777) -> None:
        self.at(lambda: Files.make_folder(self, path, mode))

    def create(self, path: Path) -> int:
        return self.at(lambda: Files.create(self, path))

    def open(self, path: Path) -> int:
        return self.at(lambda: Files.open(self, path))

    def read(self, handle: int, most: int) -> bytes:
        return self.at(lambda: Files.read(self, handle, most))

    def write(self, handle: int, data: bytes) -> int:
        return self.at(
            lambda: Files.write(self, handle, data),
            lambda: Files.write(self, handle, data[: len(data) // 2]),
        )

    def sync(self, handle: int) -> None:
        self.at(lambda: Files.sync(self, handle))

    def sync_folder(self, path: Path) -> None:
        self.at(lambda: Files.sync_folder(self, path))

    def close(self, handle: int) -> None:
        # A dead process holds nothing open.
        try:
            self.at(lambda: None)
        finally:
            os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        self.at(lambda: Files.rename(self, old, new))

    def replace(self, old: Path, new: Path) -> None:
        self.at(lambda: Files.replace(self, old, new))

    def remove(self, path: Path, folder: int | None = None) -> None:
        self.at(lambda: Files.remove(self, path, folder))

    def remove_folder(self, path: Path, folder: int | None = None) -> None:
        self.at(lambda: Files.remove_folder(self, path, folder))


class KilledAt(Counting):
    """Dies at the n-th call (after half of it, where it is a write): later ones do nothing."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n

    def at(self, action: Callable[[], T], half: Callable[[], object] | None = None) -> T:
        self.calls += 1
        if self.calls == self.n and half is not None:
            half()
        if self.calls >= self.n:
            raise Killed
        return action()


class FailingFrom(Counting):
    """Gives an error at the n-th call, and at `times` calls in all from there on."""

    def __init__(self, n: int, number: int, times: int = 1) -> None:
        super().__init__()
        self.n, self.number, self.times = n, number, times

    def at(self, action: Callable[[], T], half: Callable[[], object] | None = None) -> T:
        self.calls += 1
        if self.n <= self.calls < self.n + self.times:
            if half is not None:
                half()
            raise OSError(self.number, os.strerror(self.number))
        return action()


EIO, ENOSPC = errno.EIO, errno.ENOSPC
