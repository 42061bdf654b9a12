"""What staff write in words: text typed only to fill the place (「あああああ」, 「テスト」, 「〇〇」), and
characters that other systems may not show: those that CP932 lacks, its added kanji (髙), and unseen ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from yosan_xl.model.axes import Axes, Column, FieldWords
from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.model.text import on_one_line, shown_otherwise, shown_text
from yosan_xl.rules.figures import kept_for_last
from yosan_xl.rules.registry import RuleContext, rule


class Text(NamedTuple):
    """A text of a request, where it stands, and what the form calls that place."""

    pointer: str
    label: str
    text: str


def _is_written(one: FieldWords | Column) -> bool:
    """Return whether it is a text in words that a department writes: no choice, no code, no telephone number."""
    in_words = one.picture is None and one.meaning not in ("project_code", "contact")
    return in_words and one.by == "department" and one.kind in ("text", "prose")


@lru_cache(maxsize=64)
def _blocks(axes: Axes) -> tuple[FieldWords, ...]:
    return tuple(one for one in axes.fields if _is_written(one))


@lru_cache(maxsize=64)
def _columns(axes: Axes) -> tuple[tuple[str, Column], ...]:
    """Return the columns of words of every list, by the list's key."""
    return tuple((own.key, one) for own in axes.lists for one in own.columns if _is_written(one))


def block_pointers(axes: Axes) -> Iterator[str]:
    """Yield where 事業名 and the prose blocks are."""
    return (one.pointer for one in _blocks(axes))


def _written_pointers(axes: Axes) -> Iterator[str]:
    yield from block_pointers(axes)
    yield from (axes.rows(key).row_pointer(column.key) for key, column in _columns(axes))


def _text_pointers(axes: Axes) -> Iterator[str]:
    yield from _written_pointers(axes)
    yield from (source.name for source in axes.sources if source.name)


def blocks(request: Request) -> Iterator[Text]:
    """Return 事業名 and the prose blocks that are written."""
    return (
        Text(one.pointer, one.label, request.texts[one.pointer])
        for one in _blocks(request.axes)
        if one.pointer in request.texts
    )


@kept_for_last
def texts(request: Request) -> tuple[Text, ...]:
    """Return every text that staff write: the blocks, the rows of lists and the names of 財源."""
    names = (
        Text(source.name, f"{source.label}の{source.name_label}", request.source_names[source.key])
        for source in request.axes.sources
        if source.name and source.key in request.source_names
    )
    return (*blocks(request), *_row_texts(request), *names)


def _row_texts(request: Request) -> Iterator[Text]:
    for key, column in _columns(request.axes):
        own = request.axes.rows(key)
        more = "" if column.key == own.label_key else f"の{column.label}"
        for index, line in enumerate(request.lists[key]):
            text = line.values.get(column.key)
            if isinstance(text, str):
                place = f"{own.label}の{index + 1}行目{more}"
                yield Text(f"{own.pointer}/{index}/{column.key}", place, text)


_WORDS = (
    "てすと|テスト|ためし|試し|test|サンプル|sample|ダミー|dummy|hoge|ほげ|asdf"
    "|あいうえお|ここに(?:入力|記入)(?:してください)?|入力してください|記入してください"
)
_ONLY_WORDS = re.compile(rf"(?:(?:{_WORDS})(?:入力|文|用|中)?(?:です)?[0-9]{{0,3}})+")
_SIGNS = "○〇◯●◎×■□◆◇△▲▽▼☆★※?!"
_SYMBOLS = re.compile(rf"[{_SIGNS}]{{2,}}|x{{2,}}")
_ONE_LETTER = re.compile(r"(?!ー)(\w)\1{2,}")
_DISTINCT = 24  # different characters; text of trial has fewer, and a sentence has more
_START = 8  # characters that mostly tell that a text is none of these
_FIRST = {word[0] for word in _WORDS.split("|")} | set(_SIGNS)
_MARKS = str.maketrans("", "", "、。・.,()「」『』【】-_~")


@rule(
    Code(
        "YX901",
        Weight.WARNING,
        title="仮の文字のままになっている",
        fact="「{label}」が「{text}」で、仮の文字のようです。",
        remedy="正しい文に直してください。要求しない様式であれば、入力をすべて消してください。",
        why="ためしに入力した文字が残ったまま出される例があります。「なし」「未定」「－」は、"
        "そのように書くことがあるので指摘しません。",
        wrong="事業説明文 あああああ",
        right="事業説明文 預貯金照会サービスを導入して、滞納を早い段階で解消します。",
    ),
    reads=_written_pointers,
    apart=True,
)
def filler(request: Request, _: RuleContext) -> Iterator[Fault]:
    """A text is more than one character repeated, a word of trial or 〇〇."""
    for each in texts(request):
        if is_filler(each.text):
            yield Fault(each.pointer, {"label": each.label, "text": on_one_line(each.text, 20)})


def is_filler(text: str) -> bool:
    """Return whether there is nothing in a text but what stands for a text to come."""
    start = _plain(text[:_START])
    if start and start[0] not in _FIRST and start[:1] != start[1:2]:
        return False
    if len(set(text[:60])) > _DISTINCT:
        return False
    plain = _plain(text)
    forms = (_ONLY_WORDS, _SYMBOLS, _ONE_LETTER)
    return any(form.fullmatch(plain) for form in forms)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold().translate(_MARKS)


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
    reads=_text_pointers,
    apart=True,
)
def characters(request: Request, _: RuleContext) -> Iterator[Fault]:
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
    reads=_text_pointers,
    apart=True,
)
def invisible(request: Request, _: RuleContext) -> Iterator[Fault]:
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
    """Return the characters of a text that may be lost; most texts have none, as one look tells."""
    try:
        is_usual = _USUAL.fullmatch(text.encode("cp932"))
    except UnicodeEncodeError:
        is_usual = None
    return set() if is_usual else {character for character in set(text) if is_rare(character)}


def is_rare(character: str) -> bool:
    """Return whether a character may be lost: not in CP932, or a kanji beyond JIS X 0208, or 外字."""
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
    """Return a character with its code, and with the one that it stands on (濁点, 異体字)."""
    combining = unicodedata.category(one).startswith("M")
    shown = f"{before}{one}".lstrip(" ") if combining else one
    plain = shown if shown.isprintable() else ""
    return f"「{plain}」(U+{ord(one):04X})"


def _listed(found: Iterable[str]) -> str:
    names = [name if name.startswith("「") else f"「{name}」" for name in found]
    more = f"ほか{len(names) - _SHOWN}" if len(names) > _SHOWN else ""
    return "".join(names[:_SHOWN]) + more
