"""Single fields of a second-vocabulary definition, checked one by one; those of the envelope are always there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from yosan_xl.form.definition import Field, FieldKind, FilledBy
from yosan_xl.form.vocabulary.shape import Faults, Problem, Table, near
from yosan_xl.form.vocabulary.toml_lines import Path
from yosan_xl.form.vocabulary.words import BUILT_IN, LEVELS
from yosan_xl.model.axes import ENVELOPE, MEANING_WORDS
from yosan_xl.model.text import canonical

_RESERVED = (
    *("form", "fiscal_year", "department", "amounts", "source_names", "rates", "lists"),
    *("subtotals", "stamp"),
    *ENVELOPE,
)
"""Keys that a document or a book has of its own."""

PREFIXES = ("list_", "check_", "reason_", "amounts_", "source_names_", "rates_", "department_")
"""Beginnings of the program's own defined names."""

_BY_MEANING = {
    "account": ("accounts", ("choice", "text")),
    "level1": ("level1", ("choice", "text")),
    "level2": ("level2", ("choice", "text")),
    "level3": ("level3", ("choice", "text")),
    "kind": ("categories", ("choice",)),
    "title": (None, ("text", "prose")),
    "project_code": (None, ("text",)),
    "contact": (None, ("text", "prose")),
    "contract_start": ("years", ("year",)),
    "contract_end": ("years", ("year",)),
    "contract_limit": (None, ("money",)),
    "rationale": (None, ("text", "prose")),
    "verdict": (None, ("text", "choice", "prose")),
    "funding_effort": (None, ("text", "prose")),
    "future_cost": (None, ("text", "prose", "money")),
    "label": (None, ("text", "choice")),
    "estimate": (None, ("text",)),
}
"""By meaning the list that its choices are of, and the kinds that it may have."""


def _envelope_field(meaning: str, kind: FieldKind = FieldKind.TEXT, **limits: Any) -> Field:
    label = MEANING_WORDS[meaning]
    return Field(ENVELOPE[meaning], label, kind, FilledBy.FINANCE, meaning=meaning, **limits)


_ID_ABOUT = (
    "所管課コードとシートの番号。要求書を見分けるための番号で、毎年度同じである必要はありません。"
)
_ENVELOPE_FIELDS = {
    "id": _envelope_field("id", max_length=20, about=_ID_ABOUT),
    "year": _envelope_field(
        "year",
        FieldKind.YEAR,
        required=True,
        about="会計年度の初日の属する西暦年（令和2年度は2020）。",
    ),
    "no": _envelope_field("no", FieldKind.NUMBER, about="財政課が付ける整理番号。"),
    "unit_code": _envelope_field(
        "unit_code", max_length=20, required=True, about="組織.csv のコード。"
    ),
    "unit_upper": _envelope_field("unit_upper", max_length=40, about="部のない組織では空欄。"),
    "unit": _envelope_field("unit", max_length=40, about="課のない組織では空欄。"),
}
"""What the program needs of every request, as it is where a form says nothing of it."""

_ENVELOPE_WORDS = ("label", "is", "number", "hint", "about")
_PICTURE = re.compile(r"[^\s*?~\"'{}\[\]\\^$|<>=]+")


class Entries(NamedTuple):
    """The single fields of a form by their own keys, those of the envelope first and under their meanings."""

    fields: Mapping[str, Field]

    @property
    def by_pointer(self) -> dict[str, Field]:
        """Return them by their pointers, in order."""
        return {field.key: field for field in self.fields.values()}


def entries_of(table: Table, faults: Faults) -> Entries:
    """Return the fields of a definition, with those of the envelope; what is wrong is told."""
    said: Table = table.get("fields", {})
    told = {one.get("is"): key for key, one in said.items() if one.get("is") in ENVELOPE}
    fields = {
        told.get(meaning, meaning): _envelope(meaning, said.get(told.get(meaning, ""), {}))
        for meaning in _ENVELOPE_FIELDS
    }
    for key, own in said.items():
        path = ("fields", key)
        _check_key(key, own, path, faults)
        if own.get("is") in ENVELOPE:
            _check_envelope(own, path, faults)
        else:
            fields[key] = field_of(f"/{key}", own, table, path, faults)
    check_meanings(said, ("fields",), faults)
    return Entries(_linked(said, fields, faults))


def told_hint(field: Field, unit: str, parent: str | None = None) -> str:
    """Return what a cell says of itself where the definition says nothing: what to write, and how much."""
    label = field.label
    if field.picture:
        return f"{label}を「{field.picture}」の形で入力してください（9は数字、Aは英字）。"
    if field.kind is FieldKind.CHOICE or field.kind is FieldKind.YEAR:
        first = f"{parent}を選んでから、" if parent else ""
        return f"{first}一覧から{label}を選んでください。"
    if field.kind is FieldKind.MONEY:
        return f"{label}を{unit}の整数で入力してください。"
    if field.kind is FieldKind.NUMBER:
        digits = f"小数第{field.decimals}位までの" if field.decimals else ""
        return f"{label}を{digits}数字で入力してください。"
    if field.kind is FieldKind.PROSE:
        return f"{label}を{field.max_length}字以内で。改行は Alt+Enter です。"
    return f"{label}を{field.max_length}字以内で入力してください。"


def twice(labels: Iterable[tuple[str, Path]], what: str, faults: Faults) -> None:
    """Tell labels that are the same: two columns of an output would have one heading."""
    seen: dict[str, str] = {}
    for label, path in labels:
        same = canonical(label)
        if same in seen:
            problem = f"「{label}」という名前の{what}が2つあります。"
            faults.add(
                path, problem, "一覧の見出しで見分けられる、ちがう名前にしてください。", label
            )
        seen[same] = label


def _check_key(key: str, own: Table, path: Path, faults: Faults) -> None:
    meaning = own.get("is")
    is_bad = faults.at((*path, "is"))
    if not is_bad and ((key in _RESERVED and meaning != key) or key.startswith(PREFIXES)):
        problem = f"「{key}」は欄の名前に使えません（プログラムが使う名前です）。"
        faults.add(path, problem, "ほかの名前にしてください。", key)


def _envelope(meaning: str, own: Table) -> Field:
    field = _ENVELOPE_FIELDS[meaning]
    return field._replace(
        label=own.get("label", field.label),
        number=own.get("number"),
        hint=own.get("hint", ""),
        about=own.get("about", field.about),
    )


def _check_envelope(own: Table, path: Path, faults: Faults) -> None:
    for key in own:
        if key not in _ENVELOPE_WORDS:
            problem = f'is = "{own["is"]}" の欄の {key} はプログラムが決めます。'
            faults.add((*path, key), problem, f"{key} を消してください。", key)


def field_of(pointer: str, own: Table, table: Table, path: Path, faults: Faults) -> Field:
    """Return a field or a column as a definition says it; what is wrong is told."""
    meaning = own.get("is")
    usual, kinds = _BY_MEANING.get(meaning or "", (None, ()))
    kind = _kind(own, usual)
    field = Field(
        key=pointer,
        label=own.get("label", path[-1]),
        kind=FieldKind(kind),
        by=FilledBy(own.get("by", "department")),
        number=own.get("number"),
        choices=own.get("choices") or (usual if kind == "choice" else _YEARS.get(kind)),
        max_length=_max_length(own, kind),
        required=own.get("required", False),
        carried=own.get("carried", False),
        about=own.get("about", ""),
        meaning=meaning,
        private=own.get("private", False),
        picture=own.get("picture"),
        decimals=own.get("decimal", 0),
    )
    faults.tell(path, _kind_problems(field, kinds))
    faults.tell(path, _text_problems(field, own))
    faults.tell(path, _picture_problems(field, own))
    faults.tell(path, _choice_problems(field, own, usual, table.get("choices", {})))
    faults.tell(path, _filling_problems(field))
    return field._replace(hint=own.get("hint") or told_hint(field, table.get("unit", "千円")))


_YEARS = {"year": "years"}
"""The list of a kind that has one of its own."""


def _kind(own: Table, usual: str | None) -> str:
    if "kind" in own:
        return str(own["kind"])
    if own.get("stage") or own.get("is") == "contract_limit":
        return "money"
    if usual == "years":
        return "year"
    return "choice" if own.get("choices") or usual else "text"


def _max_length(own: Table, kind: str) -> int | None:
    if kind in ("text", "prose"):
        return own.get("max") or len(own.get("picture", "")) or None
    return own.get("max") if kind == "choice" else None


def _kind_problems(field: Field, kinds: Sequence[str]) -> Iterator[Problem]:
    kind = field.kind.value
    if kinds and kind not in kinds:
        problem = f'is = "{field.meaning}" の欄の種類は {kind} にできません。'
        yield "kind", problem, f"kind は {'、'.join(kinds)} のどれかにしてください。", kind


def _text_problems(field: Field, own: Table) -> Iterator[Problem]:
    is_text = field.kind in (FieldKind.TEXT, FieldKind.PROSE)
    if is_text and not field.max_length:
        problem = "文字の欄に max（いちばん長い字数）がありません。"
        yield "", problem, "「max = 60」のように書いてください。", "max"
    if own.get("max") and not is_text:
        problem = f"max は文字の欄のものです（この欄は {field.kind.value}）。"
        yield "max", problem, "max を消してください。", "max"
    if "decimal" in own and field.kind is not FieldKind.NUMBER:
        remedy = 'kind = "number" を書くか、decimal を消してください。'
        yield "decimal", "decimal は number の欄のものです。", remedy, "decimal"


def _picture_problems(field: Field, own: Table) -> Iterator[Problem]:
    picture = field.picture
    if not picture:
        return
    if field.kind is not FieldKind.TEXT:
        remedy = "kind か picture を消してください。"
        problem = f"picture は text の欄のものです（この欄は {field.kind.value}）。"
        yield "picture", problem, remedy, picture
    elif not _PICTURE.fullmatch(picture) or not set(picture) & {"9", "A"}:
        remedy = (
            "9（数字）、A（英字）と、- や / などの字で書いてください（空白や * は使えません）。"
        )
        yield "picture", f"「{picture}」は形として読めません。", remedy, picture
    elif own.get("max", len(picture)) != len(picture):
        problem = f"max と picture の字数（{len(picture)}）がちがいます。"
        yield "max", problem, "max を消してください。", picture


def _choice_problems(
    field: Field, own: Table, usual: str | None, choices: Table
) -> Iterator[Problem]:
    chosen, kind = own.get("choices"), field.kind.value
    if kind == "choice" and not field.choices:
        remedy = '「choices = "名前"」で [choices] の一覧を指してください。'
        yield "", "選ぶ一覧（choices）がありません。", remedy, "choices"
    if not chosen:
        return
    if kind != "choice" and chosen != _YEARS.get(kind):
        problem = f"choices は一覧から選ぶ欄のものです（この欄は {kind}）。"
        yield "choices", problem, "kind か choices を消してください。", chosen
    elif chosen not in (*BUILT_IN, *choices):
        problem = f"「{chosen}」という一覧はありません。"
        yield "choices", problem, near(chosen, (*choices, *BUILT_IN)), chosen
    elif usual in LEVELS and chosen != usual:
        problem = f'is = "{field.meaning}" の欄の一覧は {usual} です。'
        yield "choices", problem, f'choices = "{usual}" にしてください。', chosen


def _filling_problems(field: Field) -> Iterator[Problem]:
    if field.required and field.by is not FilledBy.DEPARTMENT:
        problem = "財政課の欄を必須にすると、所管課は入力もれを直せません。"
        yield "required", problem, "required を消してください。", "required"
    if field.private and field.meaning == "title":
        problem = "事業名は公表する一覧の見出しなので、private にできません。"
        yield "private", problem, "private を消してください。", "private"


def check_meanings(said: Table, around: Path, faults: Faults) -> None:
    """Tell a meaning that two fields, or two columns of a list, have."""
    seen: dict[str, str] = {}
    for key, own in said.items():
        meaning = own.get("is")
        if meaning and (other := seen.setdefault(meaning, key)) != key:
            problem = f'is = "{meaning}" の欄が「{other}」と「{key}」の2つあります。'
            faults.add((*around, key, "is"), problem, "1つだけにしてください。", meaning)


def _linked(said: Table, fields: Mapping[str, Field], faults: Faults) -> dict[str, Field]:
    """Return the fields with the pointers of those that they are under."""
    done = dict(fields)
    for key, own in said.items():
        under = own.get("under")
        if key not in fields or own.get("is") in ENVELOPE:
            continue
        if problem := _link_problem(key, said, fields):
            path = ("fields", key, "under") if under else ("fields", key)
            if not faults.at(("fields", key), *([("fields", under)] if under else [])):
                faults.add(path, *problem, under or "under")
        elif under:
            parent = fields[under]
            field = fields[key]._replace(under=parent.key)
            hint = own.get("hint") or told_hint(field, "", parent.label)
            done[key] = field._replace(hint=hint)
    return done


def _link_problem(key: str, said: Table, fields: Mapping[str, Field]) -> tuple[str, str] | None:
    under, choices = said[key].get("under"), fields[key].choices
    place = LEVELS.index(choices) if choices in LEVELS else 0
    if under is None:
        needed = place > 1
        above = LEVELS[place - 1]
        remedy = f'「under = "名前"」で、{above} から選ぶ欄を書いてください。'
        return (f"{choices} は、どの欄の下から選ぶかがいります。", remedy) if needed else None
    if under not in said or under not in fields:
        return f"「{under}」という欄はありません。", near(under, [k for k in said if k != key])
    if _is_circle(key, said):
        return (
            f"「{key}」の under をたどると、また「{key}」に戻ります。",
            "上の欄から順に書いてください。",
        )
    if not place:
        return (
            "under は款・項・目（level1、level2、level3）の欄のものです。",
            "under を消してください。",
        )
    if fields[under].choices != LEVELS[place - 1]:
        problem = f"{choices} の欄は、{LEVELS[place - 1]} の欄の下だけに置けます（「{under}」はちがいます）。"
        return problem, f"{LEVELS[place - 1]} から選ぶ欄の名前を書いてください。"
    return None


def _is_circle(key: str, said: Table) -> bool:
    at, seen = key, set()
    while isinstance(at, str) and at not in seen:
        seen.add(at)
        at = said.get(at, {}).get("under")
    return at == key
