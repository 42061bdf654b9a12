"""Texts of a hundred thousand characters, and texts that are used very often: read or refused in two seconds."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping

from tests.corpus.book import FORM, STRINGS, THREE_TOTAL, TOTAL, Parts, changed, three
from tests.corpus.expect import Entry, Expectation, Refused, accepted
from tests.excel.reading import samples

LONGEST = 131_000
"""A little less than the most that a cell may have."""

_TOO_LARGE = Refused("YX017")
_BLOCKS = ("/title", "/description", "/background", "/proposal", "/outcome", "/trends", "/schedule")

_CHARACTERS: Mapping[str, str] = {
    "combining": "か\u0301",
    "voiced": "\u3099",
    "joiner": "x\u200d",
    "emoji": "👨\u200d👩",
    "tab": "x\t",
    "line-ends": "x\r\n\u2028ん",
    "blanks": "x 　",
    "digits": "1,",
    "yen": "1円＋",
    "brackets": "（",
    "sums": "計1千円（内訳1千円、1千円）",
    "prices": "@1円×1月×",
    "rare": "𠮷髙",
    "radicals": "⺠⽣",
    "circles": "○〇",
    "private": "\ue000",
    "escapes": "_x000B_",
    "references": "&#x301;",
}


def entries() -> Iterator[Entry]:
    """Give the entries of this class."""
    told = accepted(TOTAL, "YX105")
    for name, characters in _CHARACTERS.items():
        yield Entry(f"shared-{name}", changed(_in_fields(_repeated(characters))), told)
    for name in ("combining", "sums"):
        inline = _in_fields(_repeated(_CHARACTERS[name]), inline=True)
        yield Entry(f"inline-{name}", changed(inline), told)
    yield Entry(
        "shared-in-three",
        changed(_in_fields(_repeated("か\u0301")), three),
        accepted(THREE_TOTAL, "YX105"),
    )
    for name, cells in {"some": 100, "many": 320, "whole-rows": 20_000}.items():
        expect: Expectation = accepted(TOTAL, "YX092") if name == "some" else _TOO_LARGE
        yield Entry(f"below-{name}", changed(_below(cells)), expect)
    yield Entry("below-distinct", changed(_distinct(100)), accepted(TOTAL, "YX092"))
    yield Entry("below-distinct-over", changed(_distinct(280)), _TOO_LARGE, heavy=True)
    yield Entry("below-inline", changed(_below_inline(100)), accepted(TOTAL, "YX092"))
    yield Entry("below-inline-over", changed(_below_inline(280)), _TOO_LARGE, heavy=True)


def _repeated(characters: str) -> str:
    return (characters * LONGEST)[:LONGEST] if "&" not in characters else characters * LONGEST


def _item(text: str) -> str:
    return f'<t xml:space="preserve">{text}</t>'


def _with_strings(whole: Parts, *texts: str) -> tuple[int, str]:
    """Return the number of the first of more shared strings, and the part that has them."""
    strings = whole[STRINGS].decode()
    items = "".join(f"<si>{_item(text)}</si>" for text in texts)
    return strings.count("<si>"), strings.replace("</sst>", f"{items}</sst>")


def _in_fields(text: str, *, inline: bool = False) -> Callable[[Parts], Mapping[str, str | bytes]]:
    """Return the change that puts one text into seven fields of the request."""

    def change(whole: Parts) -> Mapping[str, str]:
        number, strings = _with_strings(whole, text)
        kind, content = (
            ("inlineStr", f"<is>{_item(text)}</is>") if inline else ("s", f"<v>{number}</v>")
        )
        form = whole[FORM].decode()
        for pointer in _BLOCKS:
            cell = rf'<c r="{samples.cell(pointer)}" s="([0-9]+)"(?:[^>]*/>|.*?</c>)'
            put = rf'<c r="{samples.cell(pointer)}" s="\1" t="{kind}">'
            found = re.search(cell, form)
            assert found, pointer
            form = form.replace(found[0], f"{found.expand(put)}{content}</c>")
        return {FORM: form, **({} if inline else {STRINGS: strings})}

    return change


def _rows(cells: list[str]) -> str:
    rows = (cells[start : start + 100] for start in range(0, len(cells), 100))
    return "".join(f'<row r="{100 + n}">{"".join(row)}</row>' for n, row in enumerate(rows))


def _put_below(whole: Parts, cells: list[str]) -> Mapping[str, str]:
    return {FORM: whole[FORM].decode().replace("</sheetData>", f"{_rows(cells)}</sheetData>")}


def _below(cells: int) -> Callable[[Parts], Mapping[str, str | bytes]]:
    def change(whole: Parts) -> Mapping[str, str]:
        number, strings = _with_strings(whole, "\u0301" * LONGEST)
        return {**_put_below(whole, [f'<c t="s"><v>{number}</v></c>'] * cells), STRINGS: strings}

    return change


def _distinct(cells: int) -> Callable[[Parts], Mapping[str, str | bytes]]:
    def change(whole: Parts) -> Mapping[str, str]:
        number, strings = _with_strings(whole, *_texts(cells))
        numbers = range(number, number + cells)
        return {
            **_put_below(whole, [f'<c t="s"><v>{n}</v></c>' for n in numbers]),
            STRINGS: strings,
        }

    return change


def _below_inline(cells: int) -> Callable[[Parts], Mapping[str, str | bytes]]:
    items = [f'<c t="inlineStr"><is>{_item(text)}</is></c>' for text in _texts(cells)]
    return lambda whole: _put_below(whole, items)


def _texts(count: int) -> list[str]:
    text = "".join(random.Random(15).choices("予算\u0301１1円", k=LONGEST))
    return [f"{number}{text}" for number in range(count)]
