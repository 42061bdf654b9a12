"""Whether two sheets are one request: by what stands in them, not by the id that was handed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yosan_xl.model.matching import alike
from yosan_xl.model.request import Line, Request
from yosan_xl.model.text import canonical

_OWN = ("id", "no")
"""What names a request and is no part of what it asks for."""
_LONG_TEXT = 20
"""So many letters are not written alike by chance; 「特定財源なし」 and the like are."""


def same_content(one: Request, two: Request) -> bool:
    """Tell whether two sheets say the same in every field but their id and NO."""
    return _content(one) == _content(two)


def same_project(one: Request, two: Request) -> bool:
    """Tell whether two sheets have title, every line and a long text in common."""
    title, words = canonical(one.title or ""), words_of(one) & words_of(two)
    lines = Counter(map(_key, one.lines))
    return title in words and len(words) > 1 and lines == Counter(map(_key, two.lines))


def is_like(one: Request, two: Request, least: int = 1) -> bool:
    """Tell whether two sheets certainly are editions of one request.

    They have the same title, or most lines (at least `least`) with the same label and amount.
    """
    title = canonical(one.title or "")
    is_titled = bool(title) and title == canonical(two.title or "")
    return is_titled or has_most_lines(one, two, least)


def has_most_lines(one: Request, two: Request, least: int = 1) -> bool:
    """Tell whether most lines (at least `least`) are the same, by label and amount."""
    lines, others = (Counter(map(_key, request.lines)) for request in (one, two))
    same, most = (lines & others).total(), max(lines.total(), others.total())
    return same >= least and same * 2 > most


def words_of(request: Request) -> set[str]:
    """Return the title, and what was written at some length: the words of the year's lists are not."""
    listed = {request.account, request.kan, request.category}
    texts = {text for text in request.texts.values() if len(text) >= _LONG_TEXT} - listed
    return {canonical(request.title or ""), *texts} - {""}


def has_all_of(old: Mapping[str, Request], new: Mapping[str, Request]) -> bool:
    """Tell whether a book of requests (by id) has all that an earlier one has, corrections apart.

    Amounts and texts may be others, and a line may be cut; but where one book has lines that the
    other lacks and the other way round, or a text is gone, two people wrote in two copies.
    """
    if not old.keys() <= new.keys():
        return False
    pairs = [(request, new[key]) for key, request in old.items()]
    apart = [_apart(one.lines, two.lines) for one, two in pairs]
    cut, added = (any(lines[side] for lines in apart) for side in (0, 1))
    emptied = any(_texts(one) - _texts(two) for one, two in pairs)
    filled = any(_texts(two) - _texts(one) for one, two in pairs)
    return not emptied and not (cut and (added or filled or len(new) > len(old)))


def _content(request: Request) -> Request:
    texts = {key: text for key, text in request.texts.items() if key not in _OWN}
    return replace(request, id=None, no=None, texts=texts)


def _texts(request: Request) -> set[str]:
    return {key for key, text in request.texts.items() if text.strip()}


def _key(line: Line) -> tuple[str, int | None]:
    return canonical(line.label or ""), line.amounts.requested


def _apart(old: Sequence[Line], new: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return the lines that have no counterpart: by label, else by a like label or the same amount."""
    gone, fresh = list(old), list(new)
    for same in (_same_label, _is_reworded):
        for line, other in list(_pairs(gone, fresh)):
            if line in gone and other in fresh and same(line, other):
                gone.remove(line)
                fresh.remove(other)
    return gone, fresh


def _pairs(gone: Sequence[Line], fresh: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    return ((line, other) for line in gone for other in fresh)


def _same_label(line: Line, other: Line) -> bool:
    return canonical(line.label or "") == canonical(other.label or "")


def _is_reworded(line: Line, other: Line) -> bool:
    amounts = {line.amounts.requested, other.amounts.requested}
    return alike(line.label, other.label) or (len(amounts) == 1 and amounts != {None})
