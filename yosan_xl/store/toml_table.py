"""Take values from a TOML table strictly: every fault becomes a finding."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from yosan_xl.model.finding import Code, Finding, Place
from yosan_xl.store.faults import SETTINGS_KEY, SETTINGS_VALUE

_T = TypeVar("_T")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_LONGEST_NAME = 100
_LONGEST_PROSE = 1000
_NEAR = 0.75
"""How like a known key (difflib) a misspelt one is."""


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """The keys a table may have, each with a line to copy; those of `required` must be there."""

    examples: Mapping[str, str]
    required: Collection[str] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A TOML table whose values are taken one by one; `findings` is shared by the whole file."""

    values: Mapping[str, object]
    keys: Keys
    file: str
    where: str = ""
    findings: list[Finding] = field(default_factory=list)

    def text(self, key: str) -> str | None:
        """Give a name: one line, not empty, trimmed."""
        value = self._text(key)
        if value is not None and self._is_name(key, value):
            return value
        return None

    def prose(self, key: str) -> str | None:
        """Give a text that may be empty and have several lines."""
        value = self._text(key)
        if value is not None and (_CONTROL.search(value) or len(value) > _LONGEST_PROSE):
            self.wrong(key, f"に制御文字があるか、{_LONGEST_PROSE}字を超えています")
            return None
        return value

    def integer(self, key: str, low: int, high: int) -> int | None:
        """Give an integer within `low`..`high`."""
        value = self.take(key, int, "整数")
        if value is not None and not low <= value <= high:
            self.wrong(key, f"は {low}から {high}までの整数です")
            return None
        return value

    def integers(self, key: str, *ranges: tuple[int, int]) -> tuple[int, ...] | None:
        """Give one integer for each of `ranges` (lowest, highest)."""
        value = self.take(key, list, "整数の並び")
        if value is None:
            return None
        numbers = [number for number in value if type(number) is int]
        fits = len(numbers) == len(value) == len(ranges) and all(
            low <= number <= high for number, (low, high) in zip(numbers, ranges, strict=True)
        )
        if fits:
            return tuple(numbers)
        wanted = "、".join(f"{low}から {high}まで" for low, high in ranges)
        self.wrong(key, f"は {len(ranges)}つの整数({wanted})の並びです")
        return None

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Give a list of names, none of them twice and at least one."""
        value = self.take(key, list, "文字の並び")
        if value is None:
            return None
        names = [name.strip() for name in value if isinstance(name, str)]
        if len(names) < len(value) or not names:
            self.wrong(key, "は、文字を 1つ以上ならべたものです")
            return None
        if not all(self._is_name(key, name) for name in names):
            return None
        self.distinct(key, names)
        return tuple(names)

    def choice(self, key: str, choices: Mapping[str, _T]) -> _T | None:
        """Give what one of the words in `choices` stands for."""
        word = self.text(key)
        if word is not None and word not in choices:
            remedy = f"{'・'.join(choices)} のどれかを書いてください。"
            self.wrong(key, f"の「{word}」は使えません", remedy)
            return None
        return None if word is None else choices[word]

    def table(self, key: str, keys: Keys) -> Table:
        """Give the table `[key]`; an empty one where it is not there."""
        value = self.take(key, dict, f"[{key}] の表")
        return Table(value or {}, keys, self.file, f"[{key}] ", self.findings)

    def tables(self, key: str, keys: Keys) -> tuple[Table, ...]:
        """Give the tables `[[key]]`."""
        value = self.take(key, list, f"[[{key}]] の表")
        if value is None:
            return ()
        rows = [row for row in value if isinstance(row, dict)]
        if len(rows) < len(value) or not rows:
            self.wrong(key, f"は、[[{key}]] の表を 1つ以上ならべたものです")
        return tuple(
            Table(row, keys, self.file, f"[[{key}]] {number}番目の ", self.findings)
            for number, row in enumerate(rows, start=1)
        )

    def take(self, key: str, kind: type[_T], kind_name: str) -> _T | None:
        """Give the value of `key`, or None where it is missing or of another type."""
        if key not in self.values:
            if key in self.keys.required:
                self.wrong(key, "がありません")
            return None
        value = self.values[key]
        # True is an int to Python, but not to whoever writes the settings.
        if isinstance(value, kind) and not isinstance(value, bool):
            return value
        self.wrong(key, f"は{kind_name}で書きます")
        return None

    def distinct(self, key: str, names: Collection[str]) -> None:
        """Report each name that stands twice."""
        for name, times in Counter(names).items():
            if times > 1:
                self.wrong(key, f"に「{name}」が {times}回あります", "1回だけ書いてください。")

    def wrong(self, key: str, problem: str, remedy: str | None = None) -> None:
        """Report what is wrong with `key`; unless told, the remedy is a line to copy."""
        advice = remedy or f"「{self.keys.examples[key]}」のように書いてください。"
        self._report(SETTINGS_VALUE, key, problem=problem, remedy=advice)

    def reject_unknown(self, elsewhere: Mapping[str, str] | None = None) -> None:
        """Report every key that has no meaning; `elsewhere` says of keys of other places where to write them."""
        for key in self.values:
            if key not in self.keys.examples:
                self._report(SETTINGS_KEY, key, remedy=self._meant(key, elsewhere or {}))

    def _report(self, code: Code, key: str, **facts: object) -> None:
        self.findings.append(code.at(Place(self.file), None, key=self.where + key, **facts))

    def _meant(self, key: str, elsewhere: Mapping[str, str]) -> str:
        if key in elsewhere:
            return elsewhere[key]
        import difflib  # only for a key that is wrong

        # A slip of the fingers seldom is the first letter: funding is not rounding.
        alike = [name for name in self.keys.examples if name[:1] == key[:1].lower()]
        close = difflib.get_close_matches(key.lower(), alike, n=1, cutoff=_NEAR)
        if close:
            return f"「{close[0]}」の書きまちがいではありませんか。"
        return f"使える項目は {'・'.join(self.keys.examples)} です。要らなければ消してください。"

    def _text(self, key: str) -> str | None:
        value = self.take(key, str, '文字("…" で囲む)')
        return None if value is None else value.strip()

    def _is_name(self, key: str, name: str) -> bool:
        if not name:
            self.wrong(key, "に空の文字があります")
        elif "\n" in name or _CONTROL.search(name):
            self.wrong(key, "に改行や制御文字があります")
        elif len(name) > _LONGEST_NAME:
            self.wrong(key, f"が {_LONGEST_NAME}字を超えています")
        else:
            return True
        return False
