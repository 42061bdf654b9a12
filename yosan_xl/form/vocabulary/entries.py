"""Fields and lists of a second-vocabulary definition, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from yosan_xl.form.definition import Field, FieldKind, FilledBy, GroupDefinition
from yosan_xl.form.vocabulary.amounts import StageWords
from yosan_xl.form.vocabulary.shape import Faults, Table, near
from yosan_xl.form.vocabulary.toml_lines import Path
from yosan_xl.form.vocabulary.words import BUILT_IN, LEVELS
from yosan_xl.model.axes import ENVELOPE, SPECIFIC, TOTAL, Column, RowList, Source
from yosan_xl.model.text import canonical

_RESERVED = (
    *("form", "fiscal_year", "department", "amounts", "source_names", "rates", "lists"),
    *("subtotals", "stamp"),
    *ENVELOPE,
)
"""Keys that a document or a book has of its own."""

_PREFIXES = ("list_", "check_", "reason_", "amounts_", "source_names_", "rates_", "department_")
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

_ENVELOPE_FIELDS = {
    "id": Field(
        "/id",
        "要求書ID",
        FieldKind.TEXT,
        FilledBy.FINANCE,
        max_length=20,
        about="所管課コードとシートの番号。要求書を見分けるための番号で、毎年度同じである必要はありません。",
    ),
    "year": Field(
        "/fiscal_year",
        "年度",
        FieldKind.YEAR,
        FilledBy.FINANCE,
        required=True,
        about="会計年度の初日の属する西暦年（令和2年度は2020）。",
    ),
    "no": Field("/no", "NO", FieldKind.NUMBER, FilledBy.FINANCE, about="財政課が付ける整理番号。"),
    "unit_code": Field(
        "/department/code",
        "所管課コード",
        FieldKind.TEXT,
        FilledBy.FINANCE,
        max_length=20,
        required=True,
        about="組織.csv のコード。",
    ),
    "unit_upper": Field(
        "/department/bureau",
        "部",
        FieldKind.TEXT,
        FilledBy.FINANCE,
        max_length=40,
        about="部のない組織では空欄。",
    ),
    "unit": Field(
        "/department/section",
        "課",
        FieldKind.TEXT,
        FilledBy.FINANCE,
        max_length=40,
        about="課のない組織では空欄。",
    ),
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
    choices: Table = table.get("choices", {})
    unit = table.get("unit", "千円")
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
            fields[key] = _field(f"/{key}", own, choices, unit, path, faults)
    _check_meanings(said, ("fields",), faults)
    return Entries(_linked(said, fields, faults))


def lists_of(
    table: Table, stages: Sequence[StageWords], sources: Sequence[Source], faults: Faults
) -> tuple[tuple[RowList, tuple[Field, ...], tuple[GroupDefinition, ...]], ...]:
    """Return each list with the fields of its columns and its groups; what is wrong is told."""
    return tuple(
        _list(key, own, table, stages, sources, faults)
        for key, own in table.get("lists", {}).items()
    )


def told_hint(label: str, field: Field, unit: str, parent: str | None = None) -> str:
    """Return what a cell says of itself where the definition says nothing: what to write, and how much."""
    if field.picture:
        return f"{label}を「{field.picture}」の形で入力してください（9は数字、Aは英大文字）。"
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
    if not is_bad and ((key in _RESERVED and meaning != key) or key.startswith(_PREFIXES)):
        problem = f"「{key}」は欄の名前に使えません（プログラムが使う名前です）。"
        faults.add(path, problem, "ほかの名前にしてください。", key)


def _check_list_key(key: str, path: Path, faults: Faults) -> None:
    if f"{key}_" in _PREFIXES:
        problem = f"「{key}」は明細の名前に使えません（プログラムが使う名前です）。"
        faults.add(path, problem, "ほかの名前にしてください。", key)


def _envelope(meaning: str, own: Table) -> Field:
    field = _ENVELOPE_FIELDS[meaning]
    return field._replace(
        label=own.get("label", field.label),
        number=own.get("number"),
        hint=own.get("hint", ""),
        about=own.get("about", field.about),
        meaning=meaning,
    )


def _check_envelope(own: Table, path: Path, faults: Faults) -> None:
    for key in own:
        if key not in _ENVELOPE_WORDS:
            problem = f'is = "{own["is"]}" の欄の {key} はプログラムが決めます。'
            faults.add((*path, key), problem, f"{key} を消してください。", key)


def _field(
    pointer: str, own: Table, choices: Table, unit: str, path: Path, faults: Faults
) -> Field:
    """Return a field or a column as a definition says it."""
    meaning = own.get("is")
    usual, kinds = _BY_MEANING.get(meaning or "", (None, ()))
    kind = _kind(own, usual if "text" not in kinds or "kind" not in own else None)
    field = Field(
        key=pointer,
        label=own.get("label", path[-1]),
        kind=FieldKind(kind),
        by=FilledBy(own.get("by", "department")),
        number=own.get("number"),
        choices=own.get("choices", usual if kind in ("choice", "year") else None)
        or ("years" if kind == "year" else None),
        max_length=_max_length(own, kind),
        required=own.get("required", False),
        carried=own.get("carried", False),
        about=own.get("about", ""),
        meaning=meaning,
        private=own.get("private", False),
        picture=own.get("picture"),
        decimals=own.get("decimal", 0),
    )
    _check_kind(field, kinds, path, faults)
    _check_text(field, own, path, faults)
    _check_choices(field, own, usual, choices, path, faults)
    _check_rest(field, own, path, faults)
    return field._replace(hint=own.get("hint") or told_hint(field.label, field, unit))


def _kind(own: Table, usual: str | None) -> str:
    if "kind" in own:
        return str(own["kind"])
    if own.get("stage"):
        return "money"
    if own.get("is") == "contract_limit":
        return "money"
    if usual == "years":
        return "year"
    return "choice" if own.get("choices") or usual else "text"


def _max_length(own: Table, kind: str) -> int | None:
    if kind in ("text", "prose"):
        return own.get("max") or (len(own["picture"]) if own.get("picture") else None)
    return own.get("max") if kind == "choice" else None


def _check_kind(field: Field, kinds: Sequence[str], path: Path, faults: Faults) -> None:
    kind = field.kind.value
    if kinds and kind not in kinds and not faults.at((*path, "kind")):
        problem = f'is = "{field.meaning}" の欄の種類は {kind} にできません。'
        remedy = f"kind は {'、'.join(kinds)} のどれかにしてください。"
        faults.add((*path, "kind"), problem, remedy, kind)


def _check_text(field: Field, own: Table, path: Path, faults: Faults) -> None:
    is_text = field.kind in (FieldKind.TEXT, FieldKind.PROSE)
    if is_text and not field.max_length:
        if not faults.at(*((*path, key) for key in ("max", "kind", "is", "picture", "stage"))) and (
            not _is_misspelt(path, faults)
        ):
            faults.add(
                path,
                "文字の欄に max（いちばん長い字数）がありません。",
                "「max = 60」のように書いてください。",
                "max",
            )
    elif own.get("max") and not is_text:
        faults.add(
            (*path, "max"),
            f"max は文字の欄のものです（この欄は {field.kind.value}）。",
            "max を消してください。",
        )
    if field.picture:
        _check_picture(field, own, path, faults)
    if "decimal" in own and field.kind is not FieldKind.NUMBER:
        faults.add(
            (*path, "decimal"),
            "decimal は number の欄のものです。",
            'kind = "number" を書くか、decimal を消してください。',
        )


def _is_misspelt(path: Path, faults: Faults) -> bool:
    """Return whether an unknown key stands there, which may well be what is missing."""
    return any(
        own[:-1] == path and "という項目はありません" in problem for own, problem in faults.found
    )


def _check_picture(field: Field, own: Table, path: Path, faults: Faults) -> None:
    picture = field.picture or ""
    at = (*path, "picture")
    if field.kind is not FieldKind.TEXT:
        faults.add(
            at, "picture は text の欄のものです。", "kind か picture を消してください。", picture
        )
    elif not _PICTURE.fullmatch(picture) or not set(picture) & {"9", "A"}:
        remedy = (
            "9（数字）、A（英大文字）と、- や / などの字で書いてください。空白や * ? は使えません。"
        )
        faults.add(at, f"「{picture}」は形として読めません。", remedy, picture)
    elif own.get("max", len(picture)) != len(picture):
        faults.add(
            (*path, "max"),
            f"max と picture の字数（{len(picture)}）がちがいます。",
            "max を消してください。",
        )


def _check_choices(
    field: Field, own: Table, usual: str | None, choices: Table, path: Path, faults: Faults
) -> None:
    chosen = own.get("choices")
    at = (*path, "choices")
    if field.kind is FieldKind.CHOICE and not field.choices:
        if not faults.at(at, (*path, "is")) and not _is_misspelt(path, faults):
            faults.add(
                path,
                "選ぶ一覧（choices）がありません。",
                '「choices = "名前"」で [choices] の一覧を指してください。',
                "choices",
            )
    elif (
        chosen
        and field.kind is not FieldKind.CHOICE
        and (field.kind, chosen) != (FieldKind.YEAR, "years")
    ):
        faults.add(
            at,
            f"choices は一覧から選ぶ欄のものです（この欄は {field.kind.value}）。",
            "kind か choices を消してください。",
            chosen,
        )
    elif chosen and chosen not in (*BUILT_IN, *choices):
        problem = f"「{chosen}」という一覧はありません。"
        faults.add(at, problem, near(chosen, (*choices, *BUILT_IN)), chosen)
    elif chosen and usual in LEVELS and chosen != usual:
        problem = f'is = "{field.meaning}" の欄の一覧は {usual} です。'
        faults.add(at, problem, f'choices = "{usual}" にするか、choices を消してください。', chosen)


def _check_rest(field: Field, own: Table, path: Path, faults: Faults) -> None:
    if field.required and field.by is not FilledBy.DEPARTMENT:
        faults.add(
            (*path, "required"),
            "財政課の欄を必須にすると、所管課は入力もれを直せません。",
            "required を消してください。",
        )
    if field.private and field.meaning == "title":
        faults.add(
            (*path, "private"),
            "事業名は公表する一覧の見出しなので、private にできません。",
            "private を消してください。",
        )


def _check_meanings(said: Table, around: Path, faults: Faults) -> None:
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
            hint = own.get("hint") or told_hint(field.label, field, "", parent.label)
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


def _list(
    key: str,
    own: Table,
    table: Table,
    stages: Sequence[StageWords],
    sources: Sequence[Source],
    faults: Faults,
) -> tuple[RowList, tuple[Field, ...], tuple[GroupDefinition, ...]]:
    path = ("lists", key)
    _check_list_key(key, path, faults)
    said: Table = own.get("columns", {})
    if "columns" in own and not said:
        faults.add(
            (*path, "columns"),
            "列がありません。",
            '「item = { label = "内容", max = 60 }」のように書いてください。',
        )
    by_stage = {stage.own: stage for stage in stages}
    columns, fields = [], []
    for name, one in said.items():
        at = (*path, "columns", name)
        field = _column_field(name, one, table, by_stage, at, faults)
        fields.append(field)
        columns.append(_column(one, field, said, by_stage, sources, at, faults))
    _check_meanings(said, (*path, "columns"), faults)
    twice(((f.label, (*path, "columns", f.key)) for f in fields), "列", faults)
    groups = _groups(own, path, faults)
    named = tuple(group.name for group in groups if group.name)
    has_subtotals = bool(named) and any(column.stage for column in columns)
    made = RowList(
        key=key,
        label=own.get("label", key),
        pointer=f"/lists/{key}",
        columns=tuple(columns),
        subtotals=f"/subtotals/{key}" if has_subtotals else None,
        groups=named,
        subtotal=own.get("subtotal", "小計"),
        is_flat_too=any(group.optional for group in groups),
    )
    return made, tuple(fields), groups


def _column_field(
    name: str,
    one: Table,
    table: Table,
    stages: Mapping[str, StageWords],
    path: Path,
    faults: Faults,
) -> Field:
    stage = stages.get(one.get("stage", ""))
    by = one.get("by") or (
        stage.by if stage and stage.by in ("department", "finance") else "department"
    )
    if name == "group":
        faults.add(
            path,
            "「group」は列の名前に使えません（段の名前が入ります）。",
            "ほかの名前にしてください。",
            name,
        )
    field = _field(
        name, {**one, "by": by}, table.get("choices", {}), table.get("unit", "千円"), path, faults
    )
    if field.choices in LEVELS[2:]:
        faults.add(
            (*path, "choices"),
            "項と目は、明細の列では選べません。",
            "欄（[fields]）にしてください。",
            field.choices,
        )
    return field


def _column(
    one: Table,
    field: Field,
    said: Table,
    stages: Mapping[str, StageWords],
    sources: Sequence[Source],
    path: Path,
    faults: Faults,
) -> Column:
    own, of, most = one.get("stage"), one.get("of"), one.get("not_more")
    if own and own not in stages:
        faults.add((*path, "stage"), f"「{own}」という段階はありません。", near(own, stages), own)
    if own and field.kind is not FieldKind.MONEY:
        faults.add(
            (*path, "kind"),
            "stage のある列は金額（money）です。",
            "kind を消してください。",
            field.kind.value,
        )
    keys = [SPECIFIC, *(source.key for source in sources)]
    if of and of not in keys:
        faults.add((*path, "of"), f"「{of}」という財源はありません。", near(of, keys), of)
    elif of and not own:
        faults.add(
            (*path, "of"),
            "of は stage のある列のものです。",
            "stage を書くか、of を消してください。",
            of,
        )
    if most and (problem := _most_problem(most, field, said)):
        faults.add((*path, "not_more"), *problem, most)
    return Column(
        key=field.key,
        label=field.label,
        kind=field.kind.value,
        by=field.by.value,
        meaning=field.meaning,
        stage=stages[own].key if own and own in stages else None,
        source=of or TOTAL,
        not_more=most,
        private=field.private,
        picture=field.picture,
        choices=field.choices,
    )


def _most_problem(most: str, field: Field, said: Table) -> tuple[str, str] | None:
    money = [key for key, one in said.items() if one.get("stage") or one.get("kind") == "money"]
    others = [key for key in money if key != field.key]
    if most not in others:
        return f"「{most}」という金額の列は、この明細にありません。", near(most, others)
    if field.kind is not FieldKind.MONEY:
        return "not_more は金額の列のものです。", "not_more を消してください。"
    return None


def _groups(own: Table, path: Path, faults: Faults) -> tuple[GroupDefinition, ...]:
    said = own.get("groups")
    if ("rows" in own) == (said is not None):
        if not faults.at((*path, "rows"), (*path, "groups")):
            faults.add(
                path,
                "行の数（rows）か段（groups）の、どちらか1つがいります。",
                "「rows = 12」のように書いてください。",
                "rows",
            )
        return (GroupDefinition("", own.get("rows", 1)),)
    if said is None:
        return (GroupDefinition("", own["rows"]),)
    groups = tuple(map(_group, said))
    for number, group in enumerate(groups):
        at = (*path, "groups", number)
        if group.name in [one.name for one in groups[:number]] and not faults.at(at):
            faults.add(
                at,
                f"「{group.name}」という段が2つあります。",
                "ちがう名前にしてください。",
                group.name,
            )
        if group.optional and number:
            faults.add(
                at,
                "名前を選べる段（optional）は、はじめの段だけです。",
                "optional を消すか、段の順を入れかえてください。",
                group.name,
            )
    return groups


def _group(said: Table) -> GroupDefinition:
    name, optional = said.get("name", "？"), said.get("optional", False)
    hint = f"段に分けるときだけ「{name}」を選んでください。分けないときは空欄のままにします。"
    return GroupDefinition(
        name, said.get("rows", 1), optional, said.get("hint", hint if optional else "")
    )
