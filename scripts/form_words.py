"""The tables of words in docs/own-form.md: `python -m scripts.make_docs` puts them between their marks."""

from __future__ import annotations

from collections.abc import Iterator

from yosan_xl.form.vocabulary.words import TABLES, Word, words

_BEGIN, _END = "<!-- words -->\n", "<!-- /words -->"


def with_words(page: str) -> str:
    """Return the page with the tables made anew; the text around them is written by hand."""
    before, _, rest = page.partition(_BEGIN)
    return "".join([before, _BEGIN, *_tables(), _END, rest.partition(_END)[2]])


def _tables() -> Iterator[str]:
    for table, title in TABLES.items():
        yield f"\n### {title}\n\n| 言葉 | 書くもの | 説明 | 例 |\n|---|---|---|---|\n"
        yield from (_row(word) for word in words() if word.table == table)
    yield "\n"


def _row(word: Word) -> str:
    key = f"`{word.key}`" + ("（必ず）" if word.required else "")
    most = f"（{word.most}まで）" if word.kind in ("map", "tables") else ""
    cells = (key, word.holds + most, word.about, f"`{word.example}`" if word.example else "")
    return f"| {' | '.join(cells)} |\n"
