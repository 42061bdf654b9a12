"""Check the table of a second-vocabulary definition word by word, before anybody asks what it means.

What is wrong is told and left out, so that the rest can be checked as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from yosan_xl.form.definition import DefinitionError, DefinitionFault
from yosan_xl.form.vocabulary.toml_lines import Path, line_of, lines_of
from yosan_xl.form.vocabulary.words import BY_TABLE, Word
from yosan_xl.model.text import is_blank, shortened, shown_otherwise

Table = dict[str, Any]
Number = TypeVar("Number", int, float)

Problem = tuple[str, str, str, str]
"""The key that is wrong (empty where it is missing), what is wrong, what to do, and the word in question."""

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_LONGEST_KEY = 30
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_MOST_FAULTS = 60
"""Faults that are told at once: more come from one cause."""

_MOST_CHOICES, _LONGEST_CHOICE = 200, 60


class Faults:
    """The faults of a definition, in the order of its lines."""

    def __init__(self, text: str) -> None:
        """Collect the faults of this text."""
        self.lines = lines_of(text)
        self.found: dict[tuple[Path, str], DefinitionFault] = {}

    def add(self, path: Path, problem: str, remedy: str, word: object = "") -> None:
        """Note a fault at a path; what is quoted is cut."""
        table, key = where(path)
        quoted = shortened(str(word), 60)
        problem = problem if problem.endswith("。") else f"{problem}。"
        line = line_of(path, self.lines)
        fault = DefinitionFault(table, key, quoted, line, problem, remedy)
        self.found.setdefault((path, problem), fault)

    def tell(self, path: Path, problems: Iterable[Problem]) -> None:
        """Note what is wrong with the thing at a path; once for a key, and what is missing only where nothing else is wrong."""
        for key, problem, remedy, word in problems:
            at = (*path, key) if key else path
            if not self.at(at):
                self.add(at, problem, remedy, word)

    def at(self, *paths: Path) -> bool:
        """Return whether there is a fault at one of these paths, or below."""
        return any(own[: len(path)] == path for own, _ in self.found for path in paths)

    def check(self) -> None:
        """Raise DefinitionError where there is a fault."""
        if self.found:
            ordered = sorted(self.found.values(), key=lambda fault: fault.line or 0)
            raise DefinitionError(tuple(ordered[:_MOST_FAULTS]))


def where(path: Path) -> tuple[str, str]:
    """Return a table and what stands in it, as the file has them: `fields`, `title の max`."""
    if len(path) > 3 and path[0] == "lists" and path[2] == "columns":
        return f"lists.{_cut(path[1])}.columns", _steps(path[3:])
    if len(path) > 1 and path[0] == "lists":
        return f"lists.{_cut(path[1])}", _steps(path[2:])
    if len(path) > 1:
        return str(path[0]), _steps(path[1:])
    return "", _steps(path)


def checked(table: Table, faults: Faults) -> Table:
    """Return what of a definition's table is right in itself; what is not becomes a fault."""
    return _table(table, "", (), faults)


def near(written: str, known: Iterable[str]) -> str:
    """Return `「label」の書きまちがいではありませんか。`, or which words there are."""
    from difflib import get_close_matches  # only for a word that is wrong

    names = list(known)
    if close := get_close_matches(shortened(written, 60).lower(), names, n=1, cutoff=0.6):
        return f"「{close[0]}」の書きまちがいではありませんか。"
    return f"使えるのは {'、'.join(names)} です。" if names else "この行を消してください。"


def _table(value: Table, name: str, path: Path, faults: Faults) -> Table:
    own = BY_TABLE[name]
    clean: Table = {}
    for key, given in value.items():
        if key not in own:
            problem = f"「{shortened(key, 60)}」という項目はありません"
            faults.add((*path, key), problem, near(key, own), key)
        elif (right := _right(given, own[key], (*path, key), faults)) is not None:
            clean[key] = right
    _missing(value, own, path, faults)
    return clean


def _missing(value: Table, own: Mapping[str, Word], path: Path, faults: Faults) -> None:
    for word in own.values():
        if word.required and word.key not in value and not _is_misspelt(word.key, value, own):
            remedy = f"「{word.key} = {word.example}」のように書いてください。"
            if word.example.startswith("["):
                remedy = f"{word.example} の表を書いてください。"
            faults.add(path, f"「{word.key}」がありません", remedy, word.key)


def _is_misspelt(wanted: str, value: Table, own: Mapping[str, Word]) -> bool:
    """Return whether a key that nobody knows is like the one that is missing."""
    from difflib import get_close_matches  # only for a word that is wrong

    return any(wanted in get_close_matches(key, own) for key in value if key not in own)


def _right(value: Any, word: Word, path: Path, faults: Faults) -> Any:
    """Return a value as the word wants it, None where it is wrong."""
    right: Any = _KINDS[word.kind](value, word, path, faults)
    if right is None and not faults.at(path):
        wrong = (
            "の種類がちがいます"
            if not isinstance(value, str) or word.kind != "word"
            else "にない語です"
        )
        remedy = f"{word.holds}を書いてください。"
        if word.kind == "word" and isinstance(value, str):
            remedy = near(value, word.words) if word.words else remedy
        faults.add(path, f"「{_quoted(value)}」は「{word.key}」{wrong}", remedy, _quoted(value))
    return right


def _text(value: Any, word: Word, path: Path, faults: Faults) -> str | None:
    if not isinstance(value, str):
        return None
    if problem := text_problem(value, word):
        faults.add(path, f"「{word.key}」の文字は{problem[0]}", problem[1], value)
        return None
    return value.strip()


def text_problem(value: str, word: Word) -> tuple[str, str] | None:
    """Return what is wrong with a text and what to do, None where it is right."""
    if is_blank(value):
        return ("空です", "文字を書くか、この項目を消してください。") if word.least else None
    if odd := shown_otherwise(value) or ("\n" in value and {"\n": "改行"}):
        return (
            f"{'、'.join(list(odd.values())[:3])}を含みます",
            "見える文字だけを、1行で書いてください。",
        )
    if len(value.strip()) > word.most:
        return f"{len(value.strip())}字あります", f"{word.most}字までにしてください。"
    wrong = [found[0] for found in _BRACES.finditer(value) if found[1] not in word.braces]
    if wrong:
        known = "、".join(f"{{{name}}}" for name in word.braces)
        said = f"ここで使えるのは {known} だけです。" if known else "ここでは { } を使えません。"
        return f"「{shortened(wrong[0], 20)}」を含みます", said
    if '"' in value:
        return "半角の引用符を含みます", "引用符は「」にしてください。"
    return None


def _integer(value: Any, word: Word, path: Path, faults: Faults) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return _bounded(value, word, path, faults)


def _number(value: Any, word: Word, path: Path, faults: Faults) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return _bounded(value, word, path, faults)


def _bounded(value: Number, word: Word, path: Path, faults: Faults) -> Number | None:
    if word.least <= value <= word.most:
        return value
    problem = f"「{word.key}」の {shortened(_digits(value), 20)} は範囲の外です"
    faults.add(path, problem, f"{word.holds}を書いてください。", _digits(value))
    return None


def _width(value: Any, word: Word, path: Path, faults: Faults) -> float | bool | None:
    return False if value is False else _number(value, word, path, faults)


def _flag(value: Any, word: Word, path: Path, faults: Faults) -> bool | None:
    return value if isinstance(value, bool) else None


def _word(value: Any, word: Word, path: Path, faults: Faults) -> str | None:
    return value if isinstance(value, str) and value in word.words else None


def _key(value: Any, word: Word, path: Path, faults: Faults) -> str | None:
    return value if isinstance(value, str) and value else None


def _keys(value: Any, word: Word, path: Path, faults: Faults) -> list[str] | None:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        return None
    if not _counted(value, word, path, faults):
        return None
    if len(set(value)) < len(value):
        faults.add(path, f"「{word.key}」に同じ名前が2回あります", "1回だけ書いてください。")
        return None
    return value


def _counted(value: Any, word: Word, path: Path, faults: Faults) -> bool:
    if not value:
        faults.add(path, f"「{word.key}」が空です", "中身を書くか、この項目を消してください。")
    elif len(value) > word.most:
        problem = f"「{word.key}」に {len(value)} あります"
        faults.add(path, problem, f"{word.most}までにしてください。")
    else:
        return True
    return False


def _inner(value: Any, word: Word, path: Path, faults: Faults) -> Table | None:
    return _table(value, word.inner, path, faults) if isinstance(value, dict) else None


def _tables(value: Any, word: Word, path: Path, faults: Faults) -> list[Table] | None:
    if not isinstance(value, list) or not _counted(value, word, path, faults):
        return None
    return [_element(one, word, (*path, index), faults) for index, one in enumerate(value)]


def _element(value: Any, word: Word, path: Path, faults: Faults) -> Table:
    """Return a table of a list; one that is no table is told and stands as an empty one."""
    if isinstance(value, dict):
        return _table(value, word.inner, path, faults)
    faults.add(
        path,
        f"「{_quoted(value)}」は表ではありません",
        "{ … } の表を書いてください。",
        _quoted(value),
    )
    return {}


def _map(value: Any, word: Word, path: Path, faults: Faults) -> Table | None:
    if not isinstance(value, dict):
        return None
    if value and not _counted(value, word, path, faults):
        return None
    make = _choices if word.inner == "choices" else _element
    named = {key: one for key, one in value.items() if _is_key(key, word, (*path, key), faults)}
    return {key: make(one, word, (*path, key), faults) for key, one in named.items()}


def _is_key(key: str, word: Word, path: Path, faults: Faults) -> bool:
    own = len(key) <= _LONGEST_KEY and (word.inner == "check" or bool(_KEY.fullmatch(key)))
    if not own:
        problem = f"「{_cut(key)}」は名前に使えません"
        remedy = f"半角の英小文字で始まる、英小文字と数字と _ の {_LONGEST_KEY}字までの名前にしてください。"
        faults.add(path, problem, remedy, key)
    return own


def _choices(value: Any, word: Word, path: Path, faults: Faults) -> list[str]:
    """Return the words of a list of choices; an empty or a dead one is told."""
    if not isinstance(value, list) or not value:
        faults.add(
            path, "一覧が空です", '["要求どおり", "一部減額"] のように、選ぶ語を並べてください。'
        )
        return []
    if len(value) > _MOST_CHOICES:
        faults.add(
            path, f"一覧の語が {len(value)} あります", f"{_MOST_CHOICES}までにしてください。"
        )
        return []
    choice = Word("", "語", "text", "", most=_LONGEST_CHOICE)
    texts = [_choice(one, choice, (*path, index), faults) for index, one in enumerate(value)]
    if len({text.casefold() for text in texts}) < len(texts) and not faults.at(path):
        faults.add(path, "一覧に同じ語が2回あります", "1回だけ書いてください。")
    return texts


def _choice(value: Any, word: Word, path: Path, faults: Faults) -> str:
    text = _text(value, word, path, faults)
    if text is None and not faults.at(path):
        faults.add(path, f"「{_quoted(value)}」は文字ではありません", '"…" で囲んでください。')
    return text or f"{path[-1]}"


def _rows(value: Any, word: Word, path: Path, faults: Faults) -> list[list[Table]] | None:
    if not isinstance(value, list) or not _counted(value, word, path, faults):
        return None
    return [_row(row, word, (*path, index), faults) for index, row in enumerate(value)]


def _row(value: Any, word: Word, path: Path, faults: Faults) -> list[Table]:
    if not isinstance(value, list) or not value:
        faults.add(path, "行は空でない [ ] の並びです", '["unit", "kan"] のように書いてください。')
        return []
    return [_placed(one, word, (*path, index), faults) for index, one in enumerate(value)]


def _placed(value: Any, word: Word, path: Path, faults: Faults) -> Table:
    """Return a cell, a block or an item of the page; a bare name is that of a field."""
    return (
        {"field": value}
        if isinstance(value, str) and value
        else _element(value, word, path, faults)
    )


def _blocks(value: Any, word: Word, path: Path, faults: Faults) -> list[Table] | None:
    if not isinstance(value, list) or not _counted(value, word, path, faults):
        return None
    return [_placed(one, word, (*path, index), faults) for index, one in enumerate(value)]


_KINDS: Mapping[str, Callable[[Any, Word, Path, Faults], Any]] = {
    "text": _text,
    "integer": _integer,
    "number": _number,
    "width or none": _width,
    "flag": _flag,
    "word": _word,
    "key": _key,
    "keys": _keys,
    "table": _inner,
    "tables": _tables,
    "map": _map,
    "rows": _rows,
    "blocks": _blocks,
    "stack": _blocks,
}


def _steps(steps: Iterable[str | int]) -> str:
    said = [f"{step + 1}番目" if isinstance(step, int) else _cut(step) for step in steps]
    return " の ".join(said)


def _cut(text: object) -> str:
    return shortened(str(text), 40)


def _digits(value: Any) -> str:
    """Return a number as it is written; Python refuses to print the longest."""
    try:
        return str(value)
    except ValueError:
        return "大きな数"


def _quoted(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ … }"
    if isinstance(value, list):
        return "[ … ]"
    return shortened(value, 40) if isinstance(value, str) else shortened(_digits(value), 40)
