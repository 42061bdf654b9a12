"""A letter to a department, ready for a mailer: To, Subject, a blank line, what it is told. And which files are such letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from yosan_xl.model.department import Department
from yosan_xl.model.money import with_unit
from yosan_xl.model.text import on_one_line, shortened, shown_text

_LINE_END = "\r\n"
_NUMBER = "整理番号: "
_OWN = re.compile(rf"{_NUMBER}\S{{1,20}}-([0-9a-f]{{8}}){_LINE_END}")
_LONGEST, _MOST_REMARKS = 300, 40
_RULE = "-" * 40


class MailState(Enum):
    """What a letter is about."""

    MISSING = "未提出"
    FAULTY = "要修正"
    RESTORING = "復活要求待ち"
    TAKEN = "受付済"


class RestorationState(Enum):
    """Whether 復活要求 are awaited, and what came of a department."""

    NOT_ASKED = ""
    MISSING = "未提出"
    CAME = "復活要求あり"
    NONE = "復活要求なし"


@dataclass(frozen=True, slots=True)
class MailRemark:
    """A finding in the words of a department: `place` is the file, `spot` sheet and cells, `head` code and weight."""

    place: str
    spot: str
    head: str
    fact: str
    remedy: str


@dataclass(frozen=True, slots=True)
class MailHead:
    """What every letter of a year says: the year, who asks, by when, and how the form calls its sheets and its unit."""

    year: str
    municipality: str
    contact: str
    deadline: str
    resubmission_deadline: str
    sheet: str
    unit: str


@dataclass(frozen=True, slots=True)
class Letter:
    """What a department is told.

    `blank` is the book that it was handed out, `returned` the books that went back to it, `notice` its 内示. `late` tells
    that nothing came by the day, `is_twice` that two of its books say one request differently; `title` is what the subject
    calls the department.
    """

    department: Department
    title: str
    state: MailState
    blank: str
    files: Sequence[str] = ()
    requests: int = 0
    requested: int = 0
    late: bool = False
    remarks: Sequence[MailRemark] = ()
    errors: int = 0
    warnings: int = 0
    is_twice: bool = False
    returned: Sequence[str] = ()
    notes: Sequence[str] = ()
    restoration: RestorationState = RestorationState.NOT_ASKED
    notice: str = ""


def mail_bytes(letter: Letter, head: MailHead) -> bytes:
    """Return a letter in UTF-8 with CRLF; every text that comes from people stands on a line of its own making.

    The last line has a number that is made of all above it: by it a letter is known that nobody has changed.
    """
    texts = [
        f"To: {', '.join(letter.department.addresses)}".rstrip(),
        f"Subject: {_line(_subject(letter, head))}",
        "",
        *map(_line, _body(letter, head)),
        "",
    ]
    text = _LINE_END.join(texts)
    number = f"{letter.department.code}-{_digest(text)}"
    return f"{text}{_NUMBER}{number}{_LINE_END}".encode("utf-8", "replace")


def is_letter(data: bytes) -> bool:
    """Return whether a file is a letter as it was written: nobody's own file, and none that somebody changed."""
    text = data.decode("utf-8", "replace")
    above, number, rest = text.rpartition(_NUMBER)
    found = _OWN.fullmatch(number + rest)
    return found is not None and found[1] == _digest(above)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def _line(text: str) -> str:
    """Return a text as one line: nothing in it ends a line, turns it around or is unseen."""
    seen = shown_text(text)
    indent = seen[: len(seen) - len(seen.lstrip(" "))]
    return indent + " ".join(seen.split("\n")).strip()


def _subject(letter: Letter, head: MailHead) -> str:
    count = f"（{len(letter.remarks)}件）" if letter.remarks else ""
    words = {
        MailState.MISSING: "予算要求書のご提出のお願い",
        MailState.FAULTY: f"予算要求書の修正のお願い{count}",
        MailState.RESTORING: "復活要求のご提出のお願い",
        MailState.TAKEN: f"予算要求書の受付のお知らせ{'（確認のお願い）' if letter.remarks else ''}",
    }
    return f"【{head.year}予算要求】{letter.title}　{words[letter.state]}"


def _body(letter: Letter, head: MailHead) -> Iterator[str]:
    yield f"{letter.department.name}　予算要求ご担当者様"
    yield ""
    yield f"いつもお世話になっております。{head.year}の予算要求について、ご連絡します。"
    yield ""
    if letter.state is MailState.MISSING:
        yield from _missing(letter, head)
    elif letter.state is MailState.FAULTY:
        yield from _faulty(letter, head)
    else:
        yield from _taken(letter, head)
    yield from _restoring(letter)
    for note in letter.notes:
        yield ""
        yield f"なお、{note}"
    yield ""
    yield _RULE
    yield head.municipality
    yield from (f"問合せ先: {head.contact}",) if head.contact else ()


def _missing(letter: Letter, head: MailHead) -> Iterator[str]:
    yield "予算要求書が、まだ届いていません。"
    if head.deadline:
        told = "でしたので、お急ぎください" if letter.late else "です"
        yield f"提出期限は、{head.deadline}{told}。"
    yield f"お手数ですが、お配りしたブック「{letter.blank}」に記入して、ご提出をお願いします。"
    yield "要求がないときは、その旨をお知らせください。"
    yield "行き違いでご提出いただいていましたら、ご容赦ください。"


def _faulty(letter: Letter, head: MailHead) -> Iterator[str]:
    yield f"ご提出いただいた予算要求書に、直していただきたいところがあります（{_counts(letter)}）。"
    yield from _remarks(letter, head)
    yield ""
    yield from _by_when(letter, head)


def _counts(letter: Letter) -> str:
    kinds = (("誤り", letter.errors), ("注意", letter.warnings))
    return "、".join(f"{what} {times}件" for what, times in kinds if times)


def _remarks(letter: Letter, head: MailHead) -> Iterator[str]:
    place = ""
    for number, one in enumerate(letter.remarks[:_MOST_REMARKS], 1):
        if one.place != place:
            place = one.place
            yield ""
            yield f"■ {on_one_line(place, _LONGEST)}"
        yield f"({number}) {one.spot}　{one.head}" if one.spot else f"({number}) {one.head}"
        yield f"    {_cut(one.fact)}"
        yield f"    → {_cut(one.remedy)}"
    if (more := len(letter.remarks) - _MOST_REMARKS) > 0:
        yield f"ほか {more}件は、差し戻すブックの「指摘一覧」をご覧ください。"
    if letter.warnings:
        yield ""
        yield (
            f"注意は、直すか、{head.sheet}の右の「確認すること」に理由を書いてください（例「YX209 端数を丸めた」）。"
        )


def _cut(text: str) -> str:
    return shortened(" ".join(shown_text(text).split("\n")), _LONGEST, "…（以下略）")


def _by_when(letter: Letter, head: MailHead) -> Iterator[str]:
    """Yield in which book it is to be mended, and by when it is to be handed in."""
    if letter.is_twice:
        yield f"同じ要求の、内容のちがうブックが届いています（{'、'.join(letter.files)}）。"
        yield "どちらが正しいかを、この文への返信でお知らせください。"
        yield "ほかに直すところがあるときは、正しいほうのブックだけを直し、ファイルの名前を変えずに、ご提出をお願いします。"
        yield from (f"  {path}" for path in letter.returned)
    elif letter.returned:
        yield "直していただくブック:"
        yield from (f"  {path}" for path in letter.returned)
        yield "  記入された内容は写してあります。「指摘一覧」のシートをご覧になり、このブックを直して、"
        yield "  ファイルの名前を変えずに、ご提出をお願いします。"
    else:
        yield "お手元のブックを直し、ファイルの名前を変えずに、ご提出をお願いします。"
    if head.resubmission_deadline:
        yield f"再提出期限: {head.resubmission_deadline}"


def _taken(letter: Letter, head: MailHead) -> Iterator[str]:
    yield "予算要求書を受け付けました。ありがとうございました。"
    asked = with_unit(letter.requested, head.unit)
    yield f"  要求: {letter.requests} 件、{asked}" if letter.requests else "  要求: なし"
    yield from (f"  ファイル: {file}" for file in letter.files)
    if letter.remarks:
        yield ""
        yield f"あわせて、次のところをご確認ください（{_counts(letter)}）。"
        yield from _remarks(letter, head)
        yield ""
        yield from _by_when(letter, head)


def _restoring(letter: Letter) -> Iterator[str]:
    if letter.restoration is RestorationState.NOT_ASKED:
        return
    yield ""
    if letter.restoration is RestorationState.MISSING:
        yield "復活要求は、まだ届いていません。"
        yield (
            f"復活要求をするときは、内示のブック「{letter.notice}」の「復活要求」のシートに記入して、ご提出をお願いします。"
        )
        yield "しないときは、記入せずにそのままご提出いただくか、その旨をお知らせください。"
    elif letter.restoration is RestorationState.CAME:
        yield "復活要求を受け付けました。"
    else:
        yield "「復活要求なし」とのご回答を受け付けました。"
