"""templates/summary/summary.toml read in the words of a form: what it lacks is left out, what it has brings its own headings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from yosan_xl.excel.summary.columns import FormColumns
from yosan_xl.excel.summary.definition import ASKED_TOTAL, SheetDefinition, SummaryDefinition
from yosan_xl.excel.summary.fields import (
    LINE,
    OF_MEANING,
    VERDICT,
    WHOLE,
    SummaryField,
    amount_key,
    cell_of,
)
from yosan_xl.excel.summary.stages import USUAL_PLAN, StagePlan
from yosan_xl.form.definition import USUAL_FORM, Definition
from yosan_xl.form.load import load_definition
from yosan_xl.model.assessment import AS_ASKED, AS_ASKED_AGAIN, AS_BEFORE
from yosan_xl.model.axes import DECIDED
from yosan_xl.model.decision import RATIONALE, assessed_sources
from yosan_xl.model.text import by_word
from yosan_xl.resources import template_folder

FIELD_KINDS = (
    *("text", "beside", "code", "prose", "integer", "decimal", "count", "money", "change", "share"),
)
SHEET_KINDS = (
    *("intake", "grouped", "funding", "contracts", "list", "decisions", "uncarried", "detail"),
    *(
        "comparison",
        "last_list",
        "charts",
        "status",
        "findings",
        "draft",
        "course",
        "progress",
        "ceilings",
    ),
)
_LONGEST = 31
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")
"""What a sheet's name may not be or hold (Excel's limits)."""

_CHARTED = ("kan", "bureau", "category")
"""The last keys of the sums that グラフ shows."""

_SENTENCE = re.compile(r"[^。]+。?")


@lru_cache
def summary_definition(form: Definition, plan: StagePlan = USUAL_PLAN) -> SummaryDefinition:
    """Return the definition in the words of a form, with the stages of the assessment that have columns."""
    return read_definition(template_folder("summary") / "summary.toml", form, plan)


def every_definition(own: Definition | None = None) -> tuple[SummaryDefinition, ...]:
    """Return the definition in the words of the year's `own` form, then of the usual one."""
    forms = {form.sha256: form for form in (own, _usual()) if form}
    return tuple(map(summary_definition, forms.values()))


@cache
def _usual() -> Definition:
    return load_definition(USUAL_FORM)


def read_definition(
    file: Path, form: Definition, plan: StagePlan = USUAL_PLAN
) -> SummaryDefinition:
    """Read a definition; raise ValueError or KeyError for a word outside the closed vocabulary."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    words = _words(table, form, plan)
    hints = {key: said(text, words) for key, text in table["hints"].items()}
    columns = FormColumns(form, hints, plan)
    fields = dict(_fields(table["fields"], columns, words))
    made = _FormSheets(columns, fields, words, table)
    sheets = tuple(made.of(table["sheets"]))
    return SummaryDefinition(
        title=table["title"],
        unit=said(table["unit"], words),
        subtotal=table["subtotal"],
        total=table["total"],
        all_accounts=table["all_accounts"],
        axes=form.axes,
        labels={key: one.label for key, one in fields.items()},
        sheets=sheets,
        absent=tuple(made.absent),
        plan=plan,
    )


def said(text: str, words: Mapping[str, str]) -> str:
    """Return a text with the form's words; a sentence with a word that there is not is left out."""
    return "".join(filter(None, (_filled(one, words) for one in _SENTENCE.findall(text))))


def _filled(text: str, words: Mapping[str, str]) -> str:
    try:
        return text.format_map(words)
    except KeyError:
        return ""


def _first_said(texts: str | Sequence[str], words: Mapping[str, str]) -> str:
    """Return the first text that can be said whole."""
    every = [texts] if isinstance(texts, str) else texts
    return next(filter(None, (_filled(one, words) for one in every)), "")


def _words(table: Mapping[str, Any], form: Definition, plan: StagePlan) -> Mapping[str, str]:
    """Return the words of sentences: the form's, and those of what it has."""
    columns = FormColumns(form, {}, plan)
    there = {
        "general": form.axes.has("account"),
        "prose": any(one.kind == "prose" for one in form.axes.fields),
        "finance": columns.is_typed and plan.last.is_open,
        "funding": columns.has("funding"),
        "named": columns.has_names,
    }
    usual = {key: row["label"] for key, row in table["fields"].items() if _is_envelope(row)}
    own = {**usual, **columns.words}
    by = {f"by_{key}": by_word(own[key]) for key in _CHARTED if key in own}
    return {**own, **by, **{key: table[key] for key, has in there.items() if has}}


def _is_envelope(row: Mapping[str, Any]) -> bool:
    return "is" in row and "label" in row


def _fields(
    table: Mapping[str, Mapping[str, Any]], columns: FormColumns, words: Mapping[str, str]
) -> Iterator[tuple[str, SummaryField]]:
    """Yield every column by its key: what the form has, then what the summary has of its own."""
    own = {one.key: one for one in columns.single()}
    yield from own.items()
    for key, row in table.items():
        if row["kind"] not in FIELD_KINDS:
            raise ValueError(f"{key}: kind = {row['kind']!r}")
        if "is" in row and OF_MEANING.get(row["is"]) != key:
            raise KeyError(row["is"])
        if key in own and not {"is", "needs"} & row.keys():
            continue  # the summary's own verdict is for a form that has none
        made = _field(key, row, words)
        label = own[key].label if "is" in row and key in own else made.label
        if label and columns.has_meaning(row.get("needs")):
            yield key, replace(made, label=label)
    yield from ((one.key, one) for one in columns.of_lines() if one.key == LINE)


def _field(key: str, row: Mapping[str, Any], words: Mapping[str, str]) -> SummaryField:
    return SummaryField(
        key=key,
        label=_filled(row.get("label", ""), words),
        kind=row["kind"],
        width=row["width"],
        hint=said(row.get("hint", ""), words),
        choices=tuple(row.get("choices", ())),
        is_decided=row.get("decided", False),
    )


class _FormSheets:
    """Makes the sheets of a form, each with a name of its own."""

    def __init__(
        self,
        columns: FormColumns,
        fields: Mapping[str, SummaryField],
        words: Mapping[str, str],
        table: Mapping[str, Any],
    ) -> None:
        self._columns, self._fields, self._words = columns, fields, words
        self._carried: str = table["carried_note"]
        self._known = {*table["fields"], *table["hints"], ASKED_TOTAL, LINE}
        self._names: set[str] = set()
        self._charted = ""
        self.absent: list[tuple[str, str]] = []

    def of(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[SheetDefinition]:
        """Yield the sheets; what the form has nothing for is kept as absent."""
        # Names that sentences of the summary say are nobody else's.
        self._names = {row["name"].casefold() for row in rows if "name" in row}
        for row in rows:
            if row["kind"] not in SHEET_KINDS:
                raise ValueError(f"{row.get('name')}: kind = {row['kind']!r}")
            if all(map(self._columns.has, row.get("needs", ()))) and self._has_keys(row):
                yield from self._made(row)
            elif "absent" in row:
                self.absent.append(
                    (row.get("name") or self._called(row), said(row["absent"], self._words))
                )

    def _has_keys(self, row: Mapping[str, Any]) -> bool:
        return "called" not in row or any(key in self._fields for key in row["called"])

    def _made(self, row: Mapping[str, Any]) -> Iterator[SheetDefinition]:
        main = self._columns.axes.main
        if row["kind"] == "decisions" and main:
            yield self._sheet(row, row["name"], self._judged(), main.key)
            return
        if row["kind"] != "detail":
            yield self._sheet(row, row.get("name") or self._free(self._called(row)), self._fields)
            return
        lists = self._columns.axes.lists
        for own in lists:
            name = row["name"] if len(lists) == 1 else self._free(own.label or row["name"])
            fields = {**self._fields, **{one.key: one for one in self._columns.of_list(own.key)}}
            if not own.groups:
                del fields["line_part"]
            yield self._sheet(row, name, fields, own.key)

    def _called(self, row: Mapping[str, Any]) -> str:
        words = [self._fields[key].label for key in row["called"] if key in self._fields]
        return by_word("・".join(words)) if words else row["usual"]

    def _free(self, wanted: str) -> str:
        """Return a name that Excel takes and that no other sheet has."""
        plain = wanted.translate(_FORBIDDEN).strip("' ") or "表"
        found, number = plain[:_LONGEST], 1
        while found.casefold() in self._names:
            number += 1
            end = f" {number}"
            found = f"{plain[: _LONGEST - len(end)]}{end}"
        self._names.add(found.casefold())
        return found

    def _sheet(
        self,
        row: Mapping[str, Any],
        name: str,
        fields: Mapping[str, SummaryField],
        list_key: str = "",
    ) -> SheetDefinition:
        words = {**self._words, **self._words_of(row["kind"], list_key)}
        keys, values = (
            tuple(
                self._offered(row, _shaped(row, fields[key]))
                for key in self._keys(row, row[part], list_key)
                if key in fields
            )
            for part in ("keys", "values")
        )
        entries = self._entries(row, values)
        made = SheetDefinition(
            name=name,
            kind=row["kind"],
            note=said(row.get("note", ""), words) + (self._carried if entries else ""),
            keys=keys,
            values=values,
            about=_first_said(row.get("about", ""), words),
            absent=said(row.get("absent", ""), words),
            entries=entries,
            list_key=list_key,
        )
        if is_charted(made):
            self._charted += f"「{name}」"
        return made

    def _offered(self, row: Mapping[str, Any], field: SummaryField) -> SummaryField:
        """Return a column as a sheet needs it: what the stage before said is for a whole request; what is decided of 復活要求 is the whole amount."""
        plan = self._columns.plan
        is_again = plan.last.is_restoration and plan.last.is_open
        if row["kind"] != "list":
            return field
        if is_again and field.key == amount_key(DECIDED):
            label, hint = f"{field.label}{WHOLE}", f"{_WHOLE_AMOUNT}{field.hint}"
            return replace(field, label=label, hint=hint)
        if field.key == VERDICT and plan.before:
            own = [_again(one) if is_again else one for one in field.choices]
            return replace(field, choices=(*own, AS_BEFORE))
        return field

    def _entries(self, row: Mapping[str, Any], values: Sequence[SummaryField]) -> tuple[str, ...]:
        """Return the columns that finance types into, in their order: while a stage is open, those of it."""
        plan = self._columns.plan
        if not (self._columns.is_typed and plan.last.is_open):
            return ()
        wanted = {*row.get("entries", ())}
        if "@specific_sources" in wanted:
            wanted |= {amount_key(DECIDED, one) for one in assessed_sources(self._columns.axes)}
        if not plan.last.is_last:
            wanted.discard(RATIONALE)
        return tuple(one.key for one in values if one.key in wanted)

    def _words_of(self, kind: str, list_key: str) -> Mapping[str, str]:
        """Return the words of one sheet: which list it shows, or which sheets it draws."""
        if list_key:
            return {"list": self._columns.axes.rows(list_key).label}
        return {"charted": self._charted} if kind == "charts" and self._charted else {}

    def _keys(self, row: Mapping[str, Any], wanted: Sequence[str], list_key: str) -> list[str]:
        """Return the columns that are meant, each once; raise KeyError for one that no form could have."""
        named = [key for key in (*row["keys"], *row["values"]) if not key.startswith("@")]
        if strange := set(named) - self._known:
            raise KeyError(f"{row.get('name')}: {sorted(strange)}")
        found = (
            self._columns.group(key, named, list_key) if key.startswith("@") else (key,)
            for key in wanted
        )
        return list(dict.fromkeys(chain.from_iterable(found)))

    def _judged(self) -> Mapping[str, SummaryField]:
        """Return the columns of the sheet on which finance judges the rows of the main list."""
        own = {one.key: one for one in self._columns.of_lines()}
        # A form that is judged as a whole is not judged row by row besides.
        is_whole = self._columns.has(VERDICT) and VERDICT not in own
        left_out = {key for key in self._fields if cell_of(key)} | (
            {VERDICT} if is_whole else set()
        )
        fields = {key: one for key, one in self._fields.items() if key not in left_out}
        return {**fields, **own}


_WHOLE_AMOUNT = "内示額を含む、復活後の総額です。"


def _again(choice: str) -> str:
    """Return a 査定区分 as a stage for 復活要求 offers it."""
    return AS_ASKED_AGAIN if choice == AS_ASKED else choice


def _shaped(row: Mapping[str, Any], field: SummaryField) -> SummaryField:
    """Return a column as wide as its sheet says, and printed where it says so."""
    widths = row.get("widths", {})
    usual = widths.get("money", field.width) if field.kind == "money" else field.width
    printed = field.printed and field.key not in row.get("screen_only", ())
    return replace(field, width=widths.get(field.key, usual), printed=printed)


def is_charted(sheet: SheetDefinition) -> bool:
    """Return whether グラフ shows a sheet: 財源内訳, and the sums by 款, 部 and 要求区分."""
    is_by_one = sheet.kind == "grouped" and sheet.keys[-1].key in _CHARTED
    return is_by_one or sheet.kind == "funding"
