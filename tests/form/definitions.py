"""Any definition within the second vocabulary, drawn from a source of chance as a table; and spoilt."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

Table = dict[str, Any]

_WORDS = (
    "予算",
    "対象",
    "効果",
    "経費",
    "根拠",
    "計画",
    "財源",
    "内訳",
    "概要",
    "理由",
    "見込",
    "備考",
)
_WRONG: tuple[Any, ...] = (
    *(0, -1, 1.5, 10**9, True, "", "x", "asked", "s0", "list0", "title", "money", "あ" * 300, "=1"),
    *([], {}, [[]], ["title"], [["title"]], {"field": "title"}, {"a": 1}),
)
_LONGEST_LABEL = 15
_PICTURES = ("9999", "99-AA", "A-999", "99999999-99999999")


def tables() -> st.SearchStrategy[Table]:
    """Return a strategy of definitions as tables."""
    return st.randoms(use_true_random=False).map(any_definition)


def spoilt(table: Table, chance: random.Random) -> Table:
    """Return a definition with one to three things in it deleted, doubled, renamed or replaced."""
    own = copy.deepcopy(table)
    for _ in range(chance.randint(1, 3)):
        if places := _places(own):
            _spoil(*chance.choice(places), chance)
    return own


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Return every table and list of a table with each key and index of it."""
    steps: Iterable[Any] = ()
    if isinstance(value, dict):
        steps = list(value)
    elif isinstance(value, list):
        steps = range(len(value))
    own = [(value, step) for step in steps]
    return own + [place for step in steps for place in _places(value[step])]


def _spoil(around: Any, key: Any, chance: random.Random) -> None:
    how = chance.choice(["delete", "replace", "rename", "double"])
    if how == "replace":
        around[key] = copy.deepcopy(chance.choice(_WRONG))
    elif isinstance(around, list):
        around.insert(key, copy.deepcopy(around[key])) if how == "double" else around.pop(key)
    elif how == "delete":
        del around[key]
    else:
        around[f"{key}x"] = copy.deepcopy(around[key]) if how == "double" else around.pop(key)


def any_definition(chance: random.Random) -> Table:
    """Return the table of a definition that is right."""
    return _Draw(chance).table()


class _Draw:
    """Draws a definition part by part; labels are all different."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.labels = 0
        self.stages: Table = {}
        self.sources: Table = {}
        self.choices: Table = {}
        self.fields: Table = {}
        self.lists: Table = {}
        self.in_rows: str | None = None

    def table(self) -> Table:
        self.draw_stages()
        self.draw_sources()
        self.draw_choices()
        self.draw_fields()
        self.draw_lists()
        self.settle_totals()
        table: Table = {
            "vocabulary": 2,
            "id": "any-form",
            "version": self.chance.randint(1, 9),
            "title": "要求書",
            "unit": self.chance.choice(["千円", "円"]),
            "paper": self.chance.choice(["A4横", "A4縦"]),
            **self.words(),
            "stages": self.stages,
            "sources": self.sources,
            "choices": self.choices,
            "fields": self.fields,
            "lists": self.lists,
            "relations": self.relations(),
            "bands": self.bands(),
        }
        return {key: one for key, one in table.items() if one not in ({}, [])}

    def words(self) -> Table:
        """Return what is said of 合計 and of the texts beside sources, if anything."""
        own = {key: self.label() for key in ("total", "names") if self.maybe(0.2)}
        return {key: label[:10] for key, label in own.items()}

    def label(self) -> str:
        self.labels += 1
        label = f"{self.chance.choice(_WORDS)}{self.labels}"
        return label if self.maybe(0.9) else label.rjust(_LONGEST_LABEL, "額")

    def maybe(self, share: float = 0.5) -> bool:
        return self.chance.random() < share

    def draw_stages(self) -> None:
        roles = ["asked"]
        roles += ["last_year"] if self.maybe() else []
        roles += ["step"] * self.chance.randint(0, 2)
        roles += ["decided"] if self.maybe(0.7) else []
        self.chance.shuffle(roles)
        for number, role in enumerate(roles):
            self.stages[f"s{number}"] = self.stage(role)
        typed = list(self.stages)
        if len(typed) > 1 and self.maybe():
            self.stages["computed"] = self.computed(typed)

    def stage(self, role: str) -> Table:
        own: Table = {"label": self.label()}
        if role != "step" or self.maybe():
            own["is"] = role
        if role == "step":
            own["by"] = self.chance.choice(["department", "finance", "prior"])
        if self.maybe(0.2):
            own["sources"] = False
        return own

    def computed(self, typed: Sequence[str]) -> Table:
        total = self.chance.choice(["difference", "sum", "rate"])
        of = self.chance.sample(typed, 2)
        return {"label": self.label(), "total": total, "of": of}

    def draw_sources(self) -> None:
        for number in range(self.chance.randint(0, 7)):
            own: Table = {"label": self.label()}
            if self.maybe(0.3):
                own["name"] = True
            self.sources[f"source{number}"] = own
        if self.sources and self.maybe(0.7):
            self.chance.choice(list(self.sources.values()))["rest"] = True
        if self.sources and all(one.get("sources") is False for one in self.typed().values()):
            next(iter(self.typed().values())).pop("sources")

    def typed(self) -> Table:
        return {key: one for key, one in self.stages.items() if "of" not in one}

    def draw_choices(self) -> None:
        for number in range(self.chance.randint(0, 2)):
            count = self.chance.randint(1, 6)
            self.choices[f"choice{number}"] = [self.label() for _ in range(count)]

    def draw_fields(self) -> None:
        if self.maybe(0.95):
            own = {"label": self.label(), "is": "title", "max": 40, "required": True}
            self.fields["title"] = own
        self.draw_levels()
        for number in range(self.chance.randint(0, 6)):
            self.fields[f"field{number}"] = self.field()
        if self.maybe(0.3):
            self.draw_contract()
        if self.maybe(0.3):
            meaning = self.chance.choice(["rationale", "funding_effort", "future_cost", "contact"])
            own = {"label": self.label(), "is": meaning, "kind": "prose", "max": 60}
            self.fields["meant"] = own | ({"by": "finance"} if meaning == "rationale" else {})
        if self.maybe(0.2):
            self.fields["kind"] = {"label": self.label(), "is": "kind"}

    def draw_levels(self) -> None:
        levels = ["account", "level1", "level2", "level3"][: self.chance.randint(0, 4)]
        above = None
        for level in levels:
            own: Table = {"label": self.label(), "is": level}
            if above:
                own["under"] = above
            self.fields[f"the_{level}"] = own
            above = f"the_{level}"

    def draw_contract(self) -> None:
        for meaning in ("contract_start", "contract_end", "contract_limit"):
            self.fields[meaning[9:]] = {"label": self.label(), "is": meaning}

    def field(self) -> Table:
        own: Table = {"label": self.label()}
        kind = self.chance.choice(["text", "prose", "choice", "money", "number", "year", "picture"])
        if kind == "choice":
            own["choices"] = self.a_choice()
        elif kind == "picture":
            own["picture"] = self.chance.choice(_PICTURES)
        elif kind != "text":
            own["kind"] = kind
        if kind in ("text", "prose"):
            own["max"] = self.chance.choice([5, 30, 120])
        if kind == "number" and self.maybe():
            own["decimal"] = self.chance.randint(1, 4)
        if self.maybe(0.2):
            own["by"] = "finance"
        elif self.maybe(0.2):
            own["required"] = True
        for flag in ("carried", "private"):
            if self.maybe(0.2):
                own[flag] = True
        if self.maybe(0.2):
            own["number"] = self.chance.randint(1, 20)
        return own

    def a_choice(self) -> str:
        return self.chance.choice([*self.choices, "setsu", "categories"])

    def draw_lists(self) -> None:
        for number in range(self.chance.randint(0, 3)):
            self.lists[f"list{number}"] = self.a_list()

    def a_list(self) -> Table:
        own: Table = {"label": self.label()}
        if self.maybe():
            own["rows"] = self.chance.randint(1, 6)
        else:
            own["groups"] = [
                {"name": f"段{number}", "rows": self.chance.randint(1, 3)}
                for number in range(self.chance.randint(1, 3))
            ]
            if self.maybe(0.3):
                own["groups"][0]["optional"] = True
            if self.maybe(0.3):
                own["subtotal"] = "計"
        own["columns"] = self.columns()
        return own

    def columns(self) -> Table:
        columns: Table = {"item": {"label": self.label(), "is": "label", "max": 40}}
        if self.maybe(0.3):
            columns["formula"] = {"label": self.label(), "is": "estimate", "max": 30}
        if self.maybe(0.3):
            columns["picked"] = {"label": self.label(), "choices": self.a_choice()}
        if self.maybe(0.2):
            columns["code"] = {"label": self.label(), "picture": self.chance.choice(_PICTURES[:3])}
        if self.maybe(0.2):
            columns["count"] = {"label": self.label(), "kind": "number", "decimal": 1}
        for stage in self.adding():
            columns |= self.adding_columns(stage)
        if self.maybe(0.2):
            columns["plain"] = {"label": self.label(), "kind": "money"}
        return columns

    def adding(self) -> list[str]:
        """Return the stages to which a list may add up: those that somebody types."""
        own = [key for key, one in self.typed().items() if _by(one) != "prior"]
        return self.chance.sample(own, min(len(own), self.chance.randint(0, 2)))

    def adding_columns(self, stage: str) -> Table:
        columns: Table = {f"sum_{stage}": {"label": self.label(), "stage": stage}}
        has_sources = self.sources and self.stages[stage].get("sources", True)
        if has_sources and self.maybe(0.4):
            own = {"label": self.label(), "stage": stage, "of": "specific"}
            columns[f"part_{stage}"] = own | {"not_more": f"sum_{stage}"}
        specific = [key for key, one in self.sources.items() if not one.get("rest")]
        if has_sources and specific and self.maybe(0.2):
            columns[f"of_{stage}"] = {
                "label": self.label(),
                "stage": stage,
                "of": self.chance.choice(specific),
            }
        return columns

    def settle_totals(self) -> None:
        """Let the total of some stages that no list adds up to be that of their sources."""
        added = {one.get("stage") for own in self.lists.values() for one in own["columns"].values()}
        for key, one in self.typed().items():
            free = key not in added and _by(one) != "prior"
            if free and self.sources and one.get("sources", True) and self.maybe(0.2):
                one["total"] = "sources"

    def relations(self) -> list[Table]:
        cells = [f"{key}/total" for key in self.typed()]
        if len(cells) < 2 or not self.maybe(0.3):
            return []
        kind = self.chance.choice(["equals", "not_more"])
        cell, other = self.chance.sample(cells, 2)
        weight = self.chance.choice(["誤り", "注意"])
        return [
            {"kind": kind, "cell": cell, "of": [other], "weight": weight, "say": "額がちがいます。"}
        ]

    def bands(self) -> list[Table]:
        names = [*self.fields, *self.chance.sample(["unit", "unit_upper", "no"], 2)]
        self.chance.shuffle(names)
        at = self.chance.randint(1, len(names))
        names[:0] = own = self.amounts_in_rows()
        at += len(own)
        head, rest = names[:at], names[at:]
        bands = [{"rows": self.rows(head)}, *self.body(rest)]
        return bands

    def amounts_in_rows(self) -> list[str]:
        """Return all amounts of a stage that is to stand in rows, by their names; mostly none."""
        if any(one.get("name") for one in self.sources.values()) or self.maybe(0.7):
            return []
        self.in_rows, own = self.chance.choice(list(self.typed().items()))
        columns = (one for rows in self.lists.values() for one in rows["columns"].values())
        added = {one.get("of") for one in columns if one.get("stage") == self.in_rows}
        sources = list(self.sources) if own.get("sources", True) else []
        specific = ["specific"] if "specific" in added else []
        return [f"{self.in_rows}/{one}" for one in ("total", *specific, *sources)]

    def rows(self, names: Sequence[str]) -> list[list[Any]]:
        rows, left = [], list(names)
        while left:
            count = self.chance.randint(1, 3)
            empty: list[Any] = [{"text": ""}] if self.maybe(0.1) else []
            rows.append([*(self.cell(name) for name in left[:count]), *empty])
            left = left[count:]
        return rows

    def cell(self, name: str) -> Any:
        if "/" in name:
            return {"amount": name}
        if self.maybe(0.7):
            return name
        return {"field": name, **self.chance.choice([{"caption": False}, {"caption": 6}, {}])}

    def body(self, names: Sequence[str]) -> list[Table]:
        things: list[Any] = [{"list": key} for key in self.lists]
        things += self.grids()
        things += [name if self.maybe() else {"field": name, "share": 2} for name in names]
        self.chance.shuffle(things)
        bands = []
        while things:
            count = self.chance.randint(1, 3)
            bands.append(self.band(things[:count]))
            things = things[count:]
        return bands

    def grids(self) -> list[Table]:
        keys = [key for key in self.stages if key != self.in_rows]
        if not keys:
            return []
        cut = self.chance.randint(1, len(keys)) if self.maybe(0.3) else len(keys)
        parts = [part for part in (keys[:cut], keys[cut:]) if part]
        grids = [{"amounts": self.chance.choice(["sources", "stages"])} for _ in parts]
        for grid, part in zip(grids, parts, strict=True):
            if len(parts) > 1:
                grid["stages"] = part  # type: ignore[assignment]
            if self.maybe(0.2):
                grid["total"] = self.chance.choice(["first", "last"])
        return list(grids)

    def band(self, things: list[Any]) -> Table:
        if len(things) == 1 and isinstance(things[0], dict) and "share" not in things[0]:
            return dict(things[0])
        if len(things) == 2 and not any(_is_wide(one) for one in things) and self.maybe():
            return {"beside": [{"width": 50, "stack": [one]} for one in things]}
        return {"stack": things}


def _is_wide(thing: Any) -> bool:
    return isinstance(thing, dict) and ("amounts" in thing or "list" in thing)


def _by(stage: Table) -> str:
    usual = {"last_year": "prior", "decided": "finance"}.get(stage.get("is", ""), "department")
    return str(stage.get("by", usual))
