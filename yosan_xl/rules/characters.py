"""Characters that other systems may not show: those that CP932 lacks, and its added kanji (髙)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.model.text import shown_otherwise, shown_text
from yosan_xl.rules.blocks import TEXT_POINTERS, texts
from yosan_xl.rules.context import Context
from yosan_xl.rules.registry import rule

_SHOWN = 8  # characters, and places, that one sentence names


@rule(
    Code(
        "YX902",
        Weight.INFO,
        title="ほかの機器で表せないことのある文字がある",
        fact="{places}にある {characters} は、機種依存文字か、Shift_JIS(CP932)にない文字です。",
        remedy="財務会計システムなどに移すと「?」や別の字になることがあります。"
        "人名や地名など必要な字であれば、そのままで構いません。",
        why="財務会計システムとのやり取りには CP932 の CSV が使われ、ない字は失われます。"
        "髙や﨑のようにあとから加わった漢字も、機器によっては表せません。"
        "広く使われている ① や ㈱ は指摘しません。",
        wrong="𠮷田、髙橋",
        right="吉田、高橋",
    ),
    reads=TEXT_POINTERS,
    apart=True,
)
def characters(request: Request, _: Context) -> Iterator[Fault]:
    """Every text can be written in CP932 without its added kanji; one finding for a request."""
    written = texts(request)
    rare = rare_of("".join(each.text for each in written))
    found: dict[str, None] = {}
    places: dict[str, str] = {}
    for each in written if rare else ():
        pairs = dict.fromkeys(zip(f" {each.text}", each.text, strict=False))
        shown = [_with_base(before, one) for before, one in pairs if one in rare]
        found |= dict.fromkeys(shown)
        if shown:
            places.setdefault(each.label, each.pointer)
    if found:
        facts = {"places": _listed(places), "characters": _listed(found)}
        yield Fault(next(iter(places.values())), facts)


@rule(
    Code(
        "YX025",
        Weight.INFO,
        title="タブや見えない文字がある",
        fact="{places}に {characters} があります。紙、ページ、CSV、集計では、タブは空白、改行は改行として表し、"
        "見えない文字は出しません。",
        remedy="表示に差し支えなければ、そのままで構いません。",
        why="Word、Webページ、PDF から写した文章には、タブや Word の改行、幅のない空白などが混じります。"
        "入力された文字は記録（JSON）にそのまま残します。",
        wrong="「1（タブ）会場の設営」と Word から貼り付けた。",
        right="「1 会場の設営」と入力した。",
    ),
    reads=TEXT_POINTERS,
    apart=True,
)
def invisible(request: Request, _: Context) -> Iterator[Fault]:
    """Every text is shown as it was typed; one finding for a request."""
    odd = [(each, found) for each in texts(request) if (found := shown_otherwise(each.text))]
    if odd:
        places = dict.fromkeys(each.label for each, _ in odd)
        names = dict.fromkeys(name for _, found in odd for name in found.values())
        facts = {"places": _listed(places), "characters": _listed(names)}
        yield Fault(odd[0][0].pointer, facts)


# ASCII, kana and what stands in rows 1 to 84 of CP932: JIS X 0208, and ① and ㈱.
_USUAL = re.compile(rb"(?:[\x00-\x7f\xa1-\xdf]|[\x81-\x9f\xe0-\xea].)*+", re.S)


def rare_of(text: str) -> set[str]:
    """Give the characters of a text that may be lost; most texts have none, as one look tells."""
    try:
        is_usual = _USUAL.fullmatch(text.encode("cp932"))
    except UnicodeEncodeError:
        is_usual = None
    return set() if is_usual else {character for character in set(text) if is_rare(character)}


def is_rare(character: str) -> bool:
    """Tell whether a character may be lost: not in CP932, or a kanji beyond JIS X 0208, or 外字."""
    if unicodedata.category(character) == "Co":
        return True
    if shown_text(character) != character:
        return False  # YX025 tells of it
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return True
    return unicodedata.name(character, "").startswith("CJK ") and not _is_in_jis(character)


def _is_in_jis(character: str) -> bool:
    try:
        character.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


def _with_base(before: str, one: str) -> str:
    """Give a character with its code, and with the one that it stands on (濁点, 異体字)."""
    combining = unicodedata.category(one).startswith("M")
    shown = f"{before}{one}".lstrip(" ") if combining else one
    plain = shown if shown.isprintable() else ""
    return f"「{plain}」(U+{ord(one):04X})"


def _listed(found: Iterable[str]) -> str:
    names = [name if name.startswith("「") else f"「{name}」" for name in found]
    more = f"ほか{len(names) - _SHOWN}" if len(names) > _SHOWN else ""
    return "".join(names[:_SHOWN]) + more
