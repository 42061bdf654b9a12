"""The tables of docs/own-form.md that follow from the program: its words, meanings and checks.

`python -m scripts.make_docs` puts them between their marks; the text around them is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yosan_xl.form.vocabulary.words import MEANINGS, TABLES, Word, words


def with_tables(page: str) -> str:
    """Return the page with what stands between each pair of marks made anew."""
    for mark, made in (("words", _words()), ("meanings", _meanings())):
        inside = "\n".join(["", *made, ""])
        pattern = f"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)"
        page = re.sub(
            pattern,
            lambda found, text=inside: found[1] + text + "\n" + found[2],
            page,
            flags=re.DOTALL,
        )
    return page


def _words() -> Iterator[str]:
    for table, title in TABLES.items():
        yield f"### {title}\n\n| 言葉 | 書くもの | 説明 | 例 |\n|---|---|---|---|"
        yield from (_row(word) for word in words() if word.table == table)
        yield ""


def _row(word: Word) -> str:
    key = f"`{word.key}`" + ("（必ず）" if word.required else "")
    cells = (key, word.holds, word.about, f"`{word.example}`" if word.example else "")
    return f"| {' | '.join(cells)} |"


def _meanings() -> Iterator[str]:
    yield "| `is` | 何か |\n|---|---|"
    yield from (f"| `{key}` | {about} |" for key, about in MEANINGS.items())
