"""A form.toml read into a Definition, whichever vocabulary it is written in."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

from yosan_xl.form import first_vocabulary
from yosan_xl.form.definition import Definition, DefinitionError, DefinitionFault
from yosan_xl.resources import template_folder

_MOST_BYTES = 128 * 1024
"""Seven times the longest form.toml of ours."""

_MOST_DOTS = 100
"""Dots of a line: tomllib takes the square of a key's steps, and a key ends with its line.

What we read has three. At both bounds reading takes half a second, with 50,000 dots it never ends.
"""


_AT = re.compile(r"at line (\d+)")
"""Where tomllib says the line of what it cannot read; the end of the text has none."""


_WHY = {
    "overwrite": "同じ名前が2回あります",
    "twice": "同じ表が2回あります",
    "mutate": "同じ表が2回あります",
    "Unclosed array": "[ が閉じていません",
    "Unclosed inline": "{ が閉じていません",
    "Unterminated string": "引用符が閉じていません",
    "Expected '=' after a key": "名前のあとに = がありません",
    "initial character for a key": "名前のところに、ほかの字があります。{ } は1行に書き、終わりに , を付けません",
    "Invalid value": "値が文字、数、true、[ ]、{ } のどれでもありません",
    "Illegal character": "使えない字があります",
    "after a statement": "1行に2つ書いています",
    "Expected ']": "] が閉じていません",
}
"""What the words of tomllib say."""


class BeyondBounds(ValueError):
    """TOML that is not read for its size; the text says what is too much, in Japanese."""


def parse_toml(text: str) -> dict[str, Any]:
    """Return the table of a TOML text; raise BeyondBounds, ValueError, RecursionError."""
    if len(text.encode("utf-8")) > _MOST_BYTES:
        raise BeyondBounds(f"{_MOST_BYTES // 1024}KB をこえています")
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > _MOST_DOTS and not line.lstrip().startswith("#"):
            raise BeyondBounds(f"{number}行目に「.」が {_MOST_DOTS}個より多くあります")
    return tomllib.loads(text)


def load_definition(form_id: str) -> Definition:
    """Load the definition `form_id` that comes with the program; raise KeyError if there is none."""
    path = template_folder(form_id) / "form.toml"
    if not path.is_file():
        raise KeyError(form_id)
    return read_definition(path)


def read_definition(path: Path) -> Definition:
    """Read a definition file; raise DefinitionError with all that is wrong with it."""
    return parse_definition(path.read_bytes(), path.name)


def parse_definition(data: bytes, name: str) -> Definition:
    """Return the definition in the bytes of a file called `name`; raise DefinitionError with all faults."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        table = parse_toml(text)
        return _read(table, text)
    except DefinitionError as error:
        raise DefinitionError(error.faults, name) from None
    except UnicodeDecodeError:
        raise _unread(
            name, "文字コードが UTF-8 ではありません。", "UTF-8 で保存し直してください。"
        ) from None
    except RecursionError:
        raise _unread(name, "入れ子が深すぎます。") from None
    except BeyondBounds as error:
        raise _unread(name, f"大きすぎて読めません（{error}）。") from None
    except ValueError as error:
        raise _not_toml(name, text, error) from None


def _read(table: dict[str, Any], text: str) -> Definition:
    sha256 = _fingerprint(table)
    if "vocabulary" not in table and table.keys() & {"columns", "print", "head", "left", "right"}:
        return first_vocabulary.definition(table, sha256)
    # The language is larger than all else here, and most years are of forms that do not speak it.
    from yosan_xl.form.language import definition

    return definition(table, text, sha256)


def _fingerprint(table: dict[str, Any]) -> str:
    """Return the SHA-256 of what a definition says; its comments and blanks may still be edited."""
    said = json.dumps(table, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _not_toml(name: str, text: str, error: ValueError) -> DefinitionError:
    found = _AT.search(str(error))
    line = int(found[1]) if found else text.count("\n") + 1
    words = text.split("\n")[line - 1].strip()
    why = next((said for word, said in _WHY.items() if word in str(error)), "書き方")
    problem = f"TOML として読めません（{why}）。"
    remedy = "この行のかっこ、引用符、= を確かめてください。"
    return DefinitionError((DefinitionFault("", "", words, line, problem, remedy),), name)


def _unread(name: str, problem: str, remedy: str = "") -> DefinitionError:
    return DefinitionError((DefinitionFault("", "", "", None, problem, remedy),), name)
