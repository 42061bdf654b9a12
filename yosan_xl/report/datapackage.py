"""datapackage.json: what the tables of a publication hold, for programs: a Data Package with the terms of the Fiscal Data Package.

It is the data dictionary too: every field has its title and what it means in Japanese and in English.
Sources: Frictionless Data Package 1.0 (specs.frictionlessdata.io), Fiscal Data Package (phase: proposed, approved).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    LAST_YEAR,
    MEANING_WORDS,
    SPECIFIC,
    TOTAL,
    Axes,
    FieldWords,
    RowList,
    Stage,
)
from yosan_xl.model.table import Table

_ENGLISH: Mapping[str, str] = {
    "id": "Request ID",
    "year": "Fiscal year (Japanese era)",
    "no": "Serial number",
    "unit_code": "Department code",
    "unit_upper": "Bureau",
    "unit": "Section",
    "account": "Account",
    "level1": "Budget chapter (kan)",
    "level2": "Budget section (kou)",
    "level3": "Budget item (moku)",
    "title": "Project title",
    "kind": "Kind of request",
    "project_code": "Project code",
    "rationale": "Reason for the decision",
    "verdict": "Verdict",
    "funding_effort": "Efforts to secure funding",
    "future_cost": "Future cost",
    "contract_start": "First year of the contract authorization",
    "contract_end": "Last year of the contract authorization",
    "contract_limit": "Limit of the contract authorization",
    "contact": "Contact",
    "label": "Line item",
    "estimate": "Estimate",
}
"""What the meanings are called in English."""

_STAGES = {ASKED: "Requested", DECIDED: "Approved", LAST_YEAR: "Last year's budget"}
_PHASES = {ASKED: "proposed", DECIDED: "approved"}
_PARTS = {TOTAL: "total", SPECIFIC: "specific revenue"}
_UNIT = ("thousands of JPY", 1000)


class FieldTerms(NamedTuple):
    """What a field is called and means in both languages, what type it has, and which phase it is of."""

    title_en: str
    about: str
    about_en: str
    type: str = "string"
    phase: str = ""


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """What is said of a publication as a whole.

    `about` is what the form says of a field, by its label; `files` are those beside the tables: name, title and format.
    """

    name: str
    title: str
    municipality: str
    year: int
    edition: str
    as_of: str | None
    licence: str
    about: Mapping[str, str]
    files: Sequence[tuple[str, str, str]]


def datapackage(
    facts: PackageFacts, tables: Sequence[tuple[str, Table]], axes: Axes
) -> dict[str, Any]:
    """Return the Data Package of these files: each table by the name of its file."""
    licence = {"licenses": [{"name": facts.licence}]} if facts.licence else {}
    as_of = {"version": facts.as_of} if facts.as_of else {}
    return {
        "profile": "data-package",
        "name": facts.name,
        "title": facts.title,
        "description": f"{facts.municipality}の{facts.title}。金額は{axes.unit}。",
        "description_en": f"Budget {_phase_words(facts.edition)} of fiscal year {facts.year}, by project.",
        **as_of,
        **licence,
        "countryCode": "JP",
        "fiscalPeriod": {"start": f"{facts.year}-04-01", "end": f"{facts.year + 1}-03-31"},
        "resources": [
            *(
                _resource(name, at, table, _terms(table, axes, facts.about))
                for at, (name, table) in enumerate(tables, 1)
            ),
            *file_resources(facts.files),
        ],
        "model": {"measures": dict(_measures(tables, axes))},
    }


def _phase_words(edition: str) -> str:
    return "requests and decisions" if edition.startswith("決定") else "requests"


def file_resources(files: Sequence[tuple[str, str, str]]) -> list[dict[str, Any]]:
    """Return the entries of files that are no tables: name, title and format of each."""
    return [
        {"name": f"file-{at}", "path": name, "title": title, "format": form}
        for at, (name, title, form) in enumerate(files, 1)
    ]


def _resource(name: str, at: int, table: Table, terms: Mapping[str, FieldTerms]) -> dict[str, Any]:
    return {
        "name": f"table-{at}",
        "path": name,
        "title": table.name,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": {"fields": [_field(heading, terms[heading]) for heading in table.headings]},
    }


def _field(heading: str, terms: FieldTerms) -> dict[str, Any]:
    return {
        "name": heading,
        "title": heading,
        "title_en": terms.title_en,
        "description": terms.about,
        "description_en": terms.about_en,
        "type": terms.type,
        **({"phase": terms.phase} if terms.phase else {}),
    }


def _terms(table: Table, axes: Axes, about: Mapping[str, str]) -> dict[str, FieldTerms]:
    """Return what every column of a table means, by its heading."""
    known = {**dict(_of_changes()), **dict(_of_requests(axes)), **dict(_of_lists(table, axes))}
    known |= {
        word: known[word]._replace(about=said) for word, said in about.items() if word in known
    }
    return {
        heading: known.get(heading) or FieldTerms(heading, heading, heading, _seen(heading, table))
        for heading in table.headings
    }


def _of_changes() -> Iterator[tuple[str, FieldTerms]]:
    """Yield what stands in the table of changes alone, by its heading."""
    yield (
        "変更",
        FieldTerms(
            "Change",
            "追加、取下げ、事業名変更、所管課変更、要求額変更、決定（未定として公表したあとに決まった）。",
            "Added, withdrawn, renamed, of another department, another amount, or decided since it was published as open.",
        ),
    )
    yield "欄", FieldTerms("Field", "変わった欄。", "Field that changed.")
    yield "前", FieldTerms("Before", "公表した要求状況での値。", "As the requests were published.")
    yield "後", FieldTerms("After", "いまの値。", "As it is now.")


def _seen(heading: str, table: Table) -> str:
    """Return the type of a column that no form declares, from its values."""
    at = table.headings.index(heading)
    values = [row[at] for row in table.rows if row[at] is not None]
    return "integer" if values and all(isinstance(one, int) for one in values) else "string"


def _of_requests(axes: Axes) -> Iterator[tuple[str, FieldTerms]]:
    """Yield what stands in the table of requests, by its heading."""
    year = axes.word("year")
    for meaning in MEANING_WORDS:
        if (word := axes.word(meaning)) and meaning in _ENGLISH:
            kind = "integer" if meaning == "no" else "string"
            english = _ENGLISH[meaning]
            yield word, FieldTerms(english, f"{MEANING_WORDS[meaning]}。", f"{english}.", kind)
    yield (
        f"{year}（西暦）",
        FieldTerms(
            "Fiscal year",
            "会計年度の初日の属する西暦年。",
            "Western year in which the fiscal year begins (April).",
            "integer",
        ),
    )
    for one in axes.fields:
        if one.meaning not in MEANING_WORDS:
            yield one.label, _of_field(one, axes)
        if one.kind == "year" and one.meaning != "year":
            yield f"{one.label}（西暦）", _of_field(one, axes)
    yield (
        f"{axes.word('no')}の状態",
        FieldTerms(
            "State of the serial number", "仮（まだ変わる）か、確定か。", "Provisional, or final."
        ),
    )
    yield (
        "決定の状況",
        FieldTerms(
            "State of the decision",
            "済（額がある）か、未定か。未定の額は空欄で、0ではありません。",
            "Decided, or open. An amount that is open is empty, and not 0.",
        ),
    )
    for label in ("単位", "金額の単位"):
        yield label, FieldTerms("Unit", "金額の単位。", "Unit of the amounts.")
    for stage in axes.stages:
        yield from _of_stage(stage, axes)
    for source in axes.sources:
        if source.name:
            heading = f"{source.label}の{source.name_label}"
            about = f"{source.label}の補助金などの名称、または書き添え。"
            yield (
                heading,
                FieldTerms(f"Name of {_plain(source.key)}", about, "Name of the grant, or a note."),
            )


def _of_field(one: FieldWords, axes: Axes) -> FieldTerms:
    english = _ENGLISH.get(one.meaning or "") or _plain(one.pointer)
    types = {"money": "integer", "number": "number", "year": "integer"}
    unit = f"{axes.unit}。" if one.kind == "money" else ""
    return FieldTerms(
        english,
        f"{one.caption}。{unit}",
        f"{english} (as the form has it).",
        types.get(one.kind, "string"),
    )


def _of_stage(stage: Stage, axes: Axes) -> Iterator[tuple[str, FieldTerms]]:
    for source in stage.amounts:
        english = (
            f"{_STAGES.get(stage.key, _plain(stage.key))}, {_PARTS.get(source, _plain(source))}"
        )
        about = f"{stage.label}のうち{axes.source_label(source)}（{axes.unit}）。空欄は、数字がないこと（未定を含む）です。"
        yield (
            axes.amount_label(stage.key, source),
            FieldTerms(
                english,
                about,
                f"{english}, in {_in_english(axes)}; empty where no figure is given (not decided included).",
                "integer",
                _PHASES.get(stage.key, ""),
            ),
        )


def _of_lists(table: Table, axes: Axes) -> Iterator[tuple[str, FieldTerms]]:
    """Yield what stands in the table of a list alone, by its heading."""
    yield (
        f"{table.name}の番号",
        FieldTerms(
            "Row number",
            "要求ごとに1から付けた行の番号。",
            "Number of the row within its request, from 1.",
            "integer",
        ),
    )
    yield f"{table.name}の区分", FieldTerms("Group", "行の区分。", "Group of the row.")
    if table.name == "一覧":
        return
    for own in axes.lists:
        yield from _of_list(own, axes)


def _of_list(own: RowList, axes: Axes) -> Iterator[tuple[str, FieldTerms]]:
    for column in own.columns:
        english = _ENGLISH.get(column.meaning or "") or _plain(column.key)
        types = {"money": "integer", "number": "number", "year": "integer"}
        phase = _PHASES.get(column.stage or "", "")
        unit = f"（{axes.unit}）" if column.kind == "money" else ""
        terms = FieldTerms(
            english,
            f"{own.label}の{column.label}{unit}。",
            f"{english} of the row.",
            types.get(column.kind, "string"),
            phase,
        )
        yield column.label, terms
        yield f"{own.label}の{column.label}", terms


def _measures(tables: Sequence[tuple[str, Table]], axes: Axes) -> Iterator[tuple[str, Any]]:
    """Yield the amounts of requests by stage, as the Fiscal Data Package says them."""
    (_, first), *_ = tables
    for stage in axes.stages:
        label = axes.amount_label(stage.key) if TOTAL in stage.amounts else ""
        if stage.key in _PHASES and label in first.headings:
            yield (
                stage.key,
                {
                    "source": label,
                    "resource": "table-1",
                    "currency": "JPY",
                    "factor": 1 if axes.unit == "円" else _UNIT[1],
                    "direction": "expenditure",
                    "phase": _PHASES[stage.key],
                },
            )


def _in_english(axes: Axes) -> str:
    return "JPY" if axes.unit == "円" else _UNIT[0]


def _plain(key: str) -> str:
    """Return the last word of a key or pointer as English: `/funding_effort` → `Funding effort`."""
    return key.rpartition("/")[2].replace("_", " ").capitalize()
