"""A document against the JSON Schema: each keyword gives a code and a Japanese sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache, cached_property
from math import isfinite
from typing import Any, NamedTuple

from yosan_xl.model.finding import Code, Fault, Weight
from yosan_xl.model.money import LIMIT, with_unit
from yosan_xl.model.text import shortened
from yosan_xl.resources import schema_file
from yosan_xl.rules.pointer import Schema, Step, order, to_path, to_pointer, words

MISSING = Code(
    "YX101",
    Weight.ERROR,
    title="入力されていない",
    fact="{label}が入力されていません。",
    remedy="入力してください。",
    why="この項目がないと、集計も公表もできません。",
    wrong="事業名 (空)",
    right="事業名 区税等の収納方法の拡大",
)

TYPE = Code(
    "YX102",
    Weight.ERROR,
    title="値の種類がちがう",
    fact="{label}の値「{value}」は{wanted}ではありません。",
    remedy="{wanted}を入れてください。",
    why="金額は千円単位の整数、文は文字で持ちます。小数や「約500」のような値は集計できません。",
    wrong="要求額 4017.5",
    right="要求額 4018",
)

CHOICE = Code(
    "YX103",
    Weight.ERROR,
    title="選べる値ではない",
    fact="{label}の値「{value}」は選べる値ではありません。",
    remedy="{choices}にしてください。",
    why="決まった区分で集計するためです。",
    wrong="査定 少し減額",
    right="査定 一部減額",
)

RANGE = Code(
    "YX104",
    Weight.ERROR,
    title="数が範囲の外にある",
    fact="{label}の {value} は、入れられる範囲({low}～{high})の外です。",
    remedy="{look_at}を確かめて直してください。",
    why="円と千円を取りちがえた額や、打ちまちがいの年度を見つけるためです。",
    wrong="年度 20200",
    right="年度 2020",
)

LENGTH = Code(
    "YX105",
    Weight.ERROR,
    title="文字数が上限をこえている",
    fact="{label}は {length}字 で、上限の {limit}字 を {over}字 こえています。",
    remedy="上限までに縮めてください。",
    why="上限は、印刷した要求書の枠に入る字数です。こえた分は紙の上で切れて読めません。",
    wrong="200字の枠に 230字",
    right="200字の枠に 198字",
)

UNKNOWN = Code(
    "YX106",
    Weight.ERROR,
    title="様式にない項目がある",
    fact="{label}は様式にない項目です。",
    remedy="項目の名を直すか、その項目を消してください。",
    why="名をまちがえた項目は読まれず、書いたつもりの額が集計に入りません。",
    wrong='"requestd": 4017',
    right='"requested": 4017',
)

ROWS = Code(
    "YX107",
    Weight.ERROR,
    title="行数が上限をこえている",
    fact="{label}は {rows}行 で、上限の {limit}行 をこえています。",
    remedy="行をまとめて上限までにしてください。",
    why="様式の行数をこえた分は、要求書に書き出せません。",
    wrong="小計 3行(区分は 2つ)",
    right="小計 2行",
)

PATTERN = Code(
    "YX108",
    Weight.ERROR,
    title="決められた書き方ではない",
    fact="{label}の「{value}」は決められた書き方ではありません。",
    remedy="{hint}書き方を直してください。",
    why="番号や日付は、書き方をそろえて照らし合わせます。",
    wrong="要求書ID 301の1",
    right="要求書ID 0301-1",
)

DECIMALS = Code(
    "YX109",
    Weight.ERROR,
    title="小数のけたが多い",
    fact="{label}の {value} は、小数のけたが {places}けた をこえています。",
    remedy="{places}けた までの数にしてください。",
    why="様式の欄が表すけたより細かい数は、紙の上で丸めて見え、書いた数と変わってしまいます。",
    wrong="小数2けたの欄に 1.255",
    right="小数2けたの欄に 1.26",
)

CODES = (MISSING, TYPE, CHOICE, RANGE, LENGTH, UNKNOWN, ROWS, PATTERN, DECIMALS)


Facts = dict[str, object]
Found = tuple[tuple[Step, ...], Code, Facts]

_NAMES = {
    "integer": "整数",
    "string": "文字",
    "array": "行の並び",
    "object": "項目の組",
    "number": "数",
    "boolean": "真偽",
}
_SHOWN = 20  # characters of a wrong value that are repeated in a message
_NAMED = 2  # more unknown keys that a message names


class Wrong(NamedTuple):
    """A value at `path` that breaks one keyword of `schema`, whose own value is `limit`; `unit` is that of amounts."""

    path: tuple[Step, ...]
    value: Any
    limit: Any
    schema: Schema
    unit: str = "千円"


def _required(wrong: Wrong) -> Iterator[Found]:
    # The library names the missing key in its English sentence only.
    for key in wrong.limit:
        if key not in wrong.value:
            yield (*wrong.path, key), MISSING, {}


def _unknown(wrong: Wrong) -> Iterator[Found]:
    # One fault for all of an object: a file may hold 50,000 of them.
    first, *more = unknown_keys(wrong.value, wrong.schema)
    others = "".join(f"「{shortened(key, _SHOWN)}」" for key in more[:_NAMED])
    rest = f"など{len(more) + 1}項目" if len(more) > _NAMED else ""
    yield (*wrong.path, first), UNKNOWN, {"others": others + rest}


def unknown_keys(value: Iterable[str], schema: Schema) -> list[str]:
    """Return the keys of an object that its schema does not know."""
    return [key for key in value if key not in schema.get("properties", {})]


def _type(wrong: Wrong) -> Iterator[Found]:
    wanted = wrong.limit
    types = [wanted] if isinstance(wanted, str) else list(wanted)
    named = "か".join(_NAMES[each] for each in types if each != "null")
    facts: Facts = {"value": _shown(wrong.value), "wanted": named}
    yield _value_or_missing(wrong, TYPE, facts, may_be_blank="null" in types)


def _choice(wrong: Wrong) -> Iterator[Found]:
    offered = [str(each) for each in wrong.limit if each not in (None, "")]
    one_of = "のどれか" if len(offered) > 1 else ""
    choices = "".join(f"「{each}」" for each in offered) + one_of
    facts: Facts = {"value": _shown(wrong.value), "choices": choices, "raw_expected": offered}
    yield _value_or_missing(wrong, CHOICE, facts)


def _only_one(wrong: Wrong) -> Iterator[Found]:
    return _choice(wrong._replace(limit=[wrong.limit]))


def _range(wrong: Wrong) -> Iterator[Found]:
    low, high = wrong.schema.get("minimum"), wrong.schema.get("maximum")
    is_money = max(high or 0, -(low or 0)) >= LIMIT

    def show(number: int) -> str:
        return with_unit(number, wrong.unit) if is_money else str(number)

    facts: Facts = {
        "value": shortened(show(wrong.value), _SHOWN),
        "low": "" if low is None else show(low),
        "high": "" if high is None else show(high),
        "look_at": f"桁と単位({wrong.unit})" if is_money else "桁",
    }
    yield wrong.path, RANGE, facts


def _length(wrong: Wrong) -> Iterator[Found]:
    length, limit = len(wrong.value), wrong.limit
    yield wrong.path, LENGTH, {"length": length, "limit": limit, "over": length - limit}


def _rows(wrong: Wrong) -> Iterator[Found]:
    yield (
        wrong.path,
        ROWS,
        {"rows": len(wrong.value), "limit": wrong.limit},
    )


def _too_few(wrong: Wrong) -> Iterator[Found]:
    yield wrong.path, MISSING, {}


def _decimals(wrong: Wrong) -> Iterator[Found]:
    yield wrong.path, DECIMALS, {"value": _shown(wrong.value), "places": _places(wrong.limit)}


def _pattern(wrong: Wrong) -> Iterator[Found]:
    examples = wrong.schema.get("examples", ())
    hint = f"「{examples[0]}」のように" if examples else ""
    yield _value_or_missing(wrong, PATTERN, {"value": _shown(wrong.value), "hint": hint})


def _value_or_missing(
    wrong: Wrong, code: Code, facts: Facts, *, may_be_blank: bool = False
) -> Found:
    """Return the fault of a wrong value, or that of a missing one for null and blanks."""
    value = wrong.value
    blank = isinstance(value, str) and not value.strip() and not may_be_blank
    if value is None or blank:
        return wrong.path, MISSING, {}
    return wrong.path, code, facts


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _NAMES["object"]
    if isinstance(value, list):
        return _NAMES["array"]
    return shortened(str(value), _SHOWN)


TELL: dict[str, Callable[[Wrong], Iterator[Found]]] = {
    "required": _required,
    "type": _type,
    "enum": _choice,
    "const": _only_one,
    "minimum": _range,
    "maximum": _range,
    "multipleOf": _decimals,
    "maxLength": _length,
    "minLength": _pattern,
    "additionalProperties": _unknown,
    "maxItems": _rows,
    "minItems": _too_few,
    "pattern": _pattern,
}
"""The keywords that a schema may use, and what tells of each."""


class UnmappedKeyword(Exception):
    """The schema uses a keyword that no code tells of: a mistake of ours, never of the user."""


class SchemaCheck:
    """A JSON Schema, compiled once, that tells its faults in Japanese."""

    def __init__(self, schema: Schema, unit: str = "千円") -> None:
        """Compile `schema`, whose amounts are in `unit`; raise UnmappedKeyword where a keyword has no code."""
        unmapped = set(_keywords(schema)) - set(TELL) - {"properties", "items"} - _WORDS
        if unmapped:
            raise UnmappedKeyword(", ".join(sorted(unmapped)))
        self.schema, self.unit = schema, unit

    @cached_property
    def _validator(self) -> Any:
        # jsonschema takes long to import, and is asked only for what is wrong with a document.
        from jsonschema import Draft202012Validator
        from jsonschema.validators import extend

        # JSON Schema takes 3.0 for an integer; money never comes near a float here.
        checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
        validator = extend(  # type: ignore[no-untyped-call]
            Draft202012Validator,
            {"minLength": _min_length, "items": _items, "multipleOf": _multiple_of},
            type_checker=checker,
        )
        return validator(self.schema)

    def faults(self, document: object) -> list[tuple[Code, Fault]]:
        """Return at most one fault for each pointer, in the schema's order of fields."""
        if _allows(self.schema, document):
            return []
        first: dict[tuple[Step, ...], tuple[Code, Facts]] = {}
        for error in self._validator.iter_errors(document):
            where = tuple(error.absolute_path)
            wrong = Wrong(where, error.instance, error.validator_value, error.schema, self.unit)
            for path, code, facts in TELL[error.validator](wrong):
                known = first.get(path)
                if known is None or code.code < known[0].code:
                    first[path] = (code, facts)
        return [
            (code, Fault(to_pointer(path), {**facts, "label": self._label(path, facts)}))
            for path, (code, facts) in sorted(
                first.items(), key=lambda item: order(item[0], self.schema)
            )
        ]

    def _label(self, path: tuple[Step, ...], facts: Facts) -> str:
        return f"{words(path, self.schema)}{facts.get('others', '')}"

    def label(self, pointer: str) -> str:
        """Return the form's words for what a pointer stands for: `「要求内容」の3行目の「要求額」`."""
        return words(to_path(pointer), self.schema)


def _allows(schema: Schema | bool, value: Any) -> bool:
    """Return whether a schema allows a value beyond doubt; `_validator` judges all others.

    It answers for every good document: importing jsonschema makes a cold start a quarter longer.
    """
    if isinstance(schema, bool) or not schema:
        return schema is not False
    # By the very type: True is no integer, 3.0 neither.
    kind, judge = _KINDS.get(type(value), ("?", None))
    wanted = schema.get("type", ())
    if kind not in wanted and not (kind == "integer" and "number" in wanted):
        return _is_only_one(schema, value)
    if value not in schema.get("enum", (value,)):
        return False
    return judge is None or judge(schema, value)


def _is_only_one(schema: Schema, value: Any) -> bool:
    """Return whether a value is the one that a schema names, which says nothing else of it."""
    return isinstance(value, str) and value == schema.get("const") and "type" not in schema


def _allows_text(schema: Schema, value: str) -> bool:
    least, most, pattern = map(schema.get, ("minLength", "maxLength", "pattern"))
    return (
        (not least or len(value.strip()) >= least)
        and (most is None or len(value) <= most)
        and (pattern is None or re.search(pattern, value) is not None)
        and schema.get("const", value) == value
    )


def _allows_number(schema: Schema, value: float) -> bool:
    if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        return False
    step = schema.get("multipleOf")
    return step is None or _is_multiple(value, step)


def _allows_rows(schema: Schema, value: list[Any]) -> bool:
    count, each = len(value), schema.get("items", True)
    fits = schema.get("minItems", count) <= count <= schema.get("maxItems", count)
    return fits and all(_allows(each, one) for one in value)


def _allows_object(schema: Schema, value: dict[str, Any]) -> bool:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    return all(key in value for key in schema.get("required", ())) and all(
        _allows(known.get(key, others), one) for key, one in value.items()
    )


_KINDS: dict[type, tuple[str, Callable[[Schema, Any], bool] | None]] = {
    str: ("string", _allows_text),
    int: ("integer", _allows_number),
    float: ("number", _allows_number),
    list: ("array", _allows_rows),
    dict: ("object", _allows_object),
    bool: ("boolean", None),
    type(None): ("null", None),
}


@cache
def bundled_check(name: str) -> SchemaCheck:
    """Return the check by the schema called `name` in schemas/."""
    return SchemaCheck(json.loads(schema_file(name).read_text(encoding="utf-8")))


_WORDS = {"$schema", "$id", "$comment", "title", "description", "examples", "default"}
"""Keywords that say something and check nothing."""


def _keywords(schema: Schema) -> Iterator[str]:
    """Return every key of a schema and of the schemas of its properties and items."""
    yield from schema
    inner = [
        *schema.get("properties", {}).values(),
        *map(schema.get, ("items", "additionalProperties")),
    ]
    for each in inner:
        if isinstance(each, dict):
            yield from _keywords(each)


def _min_length(_: object, limit: int, value: object, schema: Schema) -> Iterator[Any]:
    """Take blanks for nothing where a text is required, as the reader of a book does."""
    from jsonschema import ValidationError

    if isinstance(value, str):
        may_be_blank = "null" in schema.get("type", ())
        if len("" if value.isspace() and not may_be_blank else value) < limit:
            yield ValidationError("")


def _items(validator: Any, items: object, rows: object, schema: Schema) -> Iterator[Any]:
    """Look at no more rows than the schema allows: of all others `maxItems` tells at once."""
    for number, row in enumerate(rows[: schema.get("maxItems")] if isinstance(rows, list) else ()):
        yield from validator.descend(row, items, path=number)


def _is_integer(_: object, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _multiple_of(_: object, step: float, value: object, schema: Schema) -> Iterator[Any]:
    """Count decimals as they are written: 0.07 / 0.01 is no whole number to a float."""
    from jsonschema import ValidationError

    if isinstance(value, float) and not _is_multiple(value, step):
        yield ValidationError("")


def _is_multiple(value: float, step: float) -> bool:
    """Return whether a number has no more decimals than a step, which is a tenth, a hundredth …."""
    return isfinite(value) and _places(value) <= _places(step)


def _places(number: float) -> int:
    exponent = Decimal(repr(number)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
