"""Text that was typed only to fill the place: 「あああああ」, 「テスト」, 「〇〇」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.request import Request
from yosan_xl.rules.blocks import BLOCK_POINTERS, Text, texts
from yosan_xl.rules.context import Context
from yosan_xl.rules.registry import rule

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
    reads=(*BLOCK_POINTERS, "/lines/*/label"),
    apart=True,
)
def filler(request: Request, _: Context) -> Iterator[Fault]:
    """A text is more than one character repeated, a word of trial or 〇〇."""
    for each in texts(request):
        if is_filler(each.text):
            yield Fault(each.pointer, {"label": each.label, "text": _short(each)})


def is_filler(text: str) -> bool:
    """Tell whether there is nothing in a text but what stands for a text to come."""
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


def _short(each: Text) -> str:
    text = " ".join(each.text.split())
    return text if len(text) <= 20 else f"{text[:20]}…"
