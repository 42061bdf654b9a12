"""What a field of a definition is, and what is wrong with it."""

from __future__ import annotations

from typing import Any

import pytest

from yosan_xl.form.definition import Field, FieldKind, FilledBy
from yosan_xl.form.vocabulary.fields import check_meanings, entries_of, field_of, told_hint, twice
from yosan_xl.form.vocabulary.shape import Faults

CHOICES = {"own": ["甲", "乙"]}


def made(own: dict[str, Any], *, unit: str = "千円") -> tuple[Field, list[str]]:
    """Return a field as a definition says it, and what is wrong with it."""
    faults = Faults("")
    table = {"choices": CHOICES, "unit": unit}
    field = field_of("/a", {"label": "い", **own}, table, ("fields", "a"), faults)
    return field, [one.problem for one in faults.found.values()]


@pytest.mark.parametrize(
    ("own", "kind", "choices", "most"),
    [
        ({"max": 5}, "text", None, 5),
        ({"kind": "prose", "max": 5}, "prose", None, 5),
        ({"choices": "own"}, "choice", "own", None),
        ({"kind": "year"}, "year", "years", None),
        ({"kind": "number", "decimal": 2}, "number", None, None),
        ({"kind": "money"}, "money", None, None),
        ({"stage": "request"}, "money", None, None),
        ({"is": "contract_limit"}, "money", None, None),
        ({"is": "contract_start"}, "year", "years", None),
        ({"is": "level1"}, "choice", "level1", None),
        ({"is": "account"}, "choice", "accounts", None),
        ({"is": "kind", "choices": "own"}, "choice", "own", None),
        ({"picture": "A-99"}, "text", None, 4),
        ({"picture": "A-99", "max": 4}, "text", None, 4),
    ],
)
def test_field__kind_list_and_length_follow_from_what_is_said(
    own: dict[str, Any], kind: str, choices: str | None, most: int | None
) -> None:
    field, problems = made(own)
    assert problems == []
    assert (field.kind.value, field.choices, field.max_length) == (kind, choices, most)
    assert (field.required, field.carried, field.private) == (False, False, False)
    assert field.by is FilledBy.DEPARTMENT


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ({}, "文字の欄に max（いちばん長い字数）がありません。"),
        ({"kind": "prose"}, "文字の欄に max（いちばん長い字数）がありません。"),
        ({"kind": "money", "max": 5}, "max は文字の欄のものです（この欄は money）。"),
        ({"choices": "own", "max": 5}, "max は文字の欄のものです（この欄は choice）。"),
        ({"kind": "money", "decimal": 0}, "decimal は number の欄のものです。"),
        ({"is": "title", "kind": "money"}, 'is = "title" の欄の種類は money にできません。'),
        ({"kind": "money", "picture": "99"}, "picture は text の欄のものです（この欄は money）。"),
        ({"picture": "9 9"}, "「9 9」は形として読めません。"),
        ({"picture": "xx"}, "「xx」は形として読めません。"),
        ({"picture": "A"}, None),
        ({"picture": "9"}, None),
        ({"picture": "99", "max": 3}, "max と picture の字数（2）がちがいます。"),
        ({"kind": "choice"}, "選ぶ一覧（choices）がありません。"),
        (
            {"kind": "money", "choices": "own"},
            "choices は一覧から選ぶ欄のものです（この欄は money）。",
        ),
        ({"kind": "year", "choices": "years"}, None),
        (
            {"kind": "year", "choices": "own"},
            "choices は一覧から選ぶ欄のものです（この欄は year）。",
        ),
        ({"choices": "other"}, "「other」という一覧はありません。"),
        ({"choices": "setsu"}, None),
        ({"is": "level1", "choices": "level1"}, None),
        ({"is": "level1", "choices": "level2"}, 'is = "level1" の欄の一覧は level1 です。'),
        (
            {"max": 5, "required": True, "by": "finance"},
            "財政課の欄を必須にすると、所管課は入力もれを直せません。",
        ),
        ({"max": 5, "required": True}, None),
        ({"max": 5, "by": "finance"}, None),
        (
            {"is": "title", "max": 5, "private": True},
            "事業名は公表する一覧の見出しなので、private にできません。",
        ),
        ({"max": 5, "private": True}, None),
    ],
)
def test_field__what_is_wrong_is_told(own: dict[str, Any], problem: str | None) -> None:
    assert made(own)[1] == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("own", "hint"),
    [
        ({"picture": "9A"}, "いを「9A」の形で入力してください（9は数字、Aは英字）。"),
        ({"choices": "own"}, "一覧からいを選んでください。"),
        ({"kind": "year"}, "一覧からいを選んでください。"),
        ({"kind": "money"}, "いを円の整数で入力してください。"),
        ({"kind": "number"}, "いを数字で入力してください。"),
        ({"kind": "number", "decimal": 1}, "いを小数第1位までの数字で入力してください。"),
        ({"kind": "prose", "max": 9}, "いを9字以内で。改行は Alt+Enter です。"),
        ({"max": 9}, "いを9字以内で入力してください。"),
        ({"max": 9, "hint": "自由に。"}, "自由に。"),
    ],
)
def test_hint__says_what_to_write(own: dict[str, Any], hint: str) -> None:
    assert made(own, unit="円")[0].hint == hint


def test_hint__of_a_choice_that_depends_on_another_names_that() -> None:
    field = Field("/a", "款", FieldKind.CHOICE, FilledBy.DEPARTMENT)
    assert told_hint(field, "千円", "会計") == "会計を選んでから、一覧から款を選んでください。"


def linked(**fields: dict[str, Any]) -> tuple[dict[str, str | None], list[str]]:
    """Return what fields are under, and what is wrong."""
    faults = Faults("")
    said = {key: {"label": key, **own} for key, own in fields.items()}
    found = entries_of({"fields": said, "choices": CHOICES}, faults)
    under = {key: found.fields[key].under for key in fields if key in found.fields}
    return under, [one.problem for one in faults.found.values()]


ACCOUNT, KAN = {"choices": "accounts"}, {"choices": "level1", "under": "account"}


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"account": ACCOUNT, "kan": KAN}, None),
        ({"kan": {"choices": "level1"}}, None),
        ({"kou": {"choices": "level2"}}, "level2 は、どの欄の下から選ぶかがいります。"),
        ({"moku": {"choices": "level3"}}, "level3 は、どの欄の下から選ぶかがいります。"),
        ({"account": ACCOUNT, "kan": {**KAN, "under": "other"}}, "「other」という欄はありません。"),
        (
            {"account": {**ACCOUNT, "under": "kan"}, "kan": {"choices": "level1"}},
            "under は款・項・目（level1、level2、level3）の欄のものです。",
        ),
        (
            {"account": ACCOUNT, "kou": {"choices": "level2", "under": "account"}},
            "level2 の欄は、level1 の欄の下だけに置けます（「account」はちがいます）。",
        ),
        (
            {"kan": {"choices": "level1", "under": "kan"}},
            "「kan」の under をたどると、また「kan」に戻ります。",
        ),
        ({"a": {"max": 5}}, None),
    ],
)
def test_under__only_what_stands_one_level_higher(
    fields: dict[str, dict[str, Any]], problem: str | None
) -> None:
    under, problems = linked(**fields)
    assert problems == ([problem] if problem else [])
    for key, own in fields.items():
        if "under" in own and not problem:
            assert under[key] == f"/{own['under']}"


def test_under__is_not_told_where_the_field_itself_is_wrong() -> None:
    _, problems = linked(kou={"choices": "level2", "max": 5})
    assert problems == ["max は文字の欄のものです（この欄は choice）。"]


@pytest.mark.parametrize(
    ("key", "own", "problem"),
    [
        ("id", {"max": 5}, "「id」は欄の名前に使えません（プログラムが使う名前です）。"),
        ("number", {"is": "no"}, None),
        ("no", {"is": "no"}, None),
        ("number", {"is": "no", "max": 5}, 'is = "no" の欄の max はプログラムが決めます。'),
        ("number", {"is": "no", "hint": "番号", "about": "番号", "number": 3}, None),
    ],
)
def test_envelope__has_its_own_names_and_words(
    key: str, own: dict[str, Any], problem: str | None
) -> None:
    assert linked(**{key: own})[1] == ([problem] if problem else [])


def test_envelope__is_as_the_form_calls_it() -> None:
    said = {"n": {"label": "整理番号", "is": "no", "number": 3, "hint": "財政課"}}
    found = entries_of({"fields": said}, Faults("")).fields
    assert (found["n"].label, found["n"].number, found["n"].hint) == ("整理番号", 3, "財政課")
    assert found["n"].key == "/no"
    assert "no" not in found
    assert found["id"].number is None


def test_meanings_and_labels__stand_once() -> None:
    faults = Faults("")
    check_meanings(
        {"a": {"is": "title"}, "b": {"is": "title"}, "c": {}, "d": {}}, ("fields",), faults
    )
    assert [one.problem for one in faults.found.values()] == [
        'is = "title" の欄が「a」と「b」の2つあります。'
    ]
    twice([("い", ("a",)), ("ろ", ("b",)), (" い", ("c",))], "欄", faults)
    assert [path for path, _ in faults.found][1:] == [("c",)]


def test_field__without_a_label_is_called_by_its_key() -> None:
    field = field_of("/a", {"max": 5}, {}, ("fields", "a"), Faults(""))
    assert field.label == "a"


def test_field__a_number_has_no_length_whatever_is_said() -> None:
    assert made({"kind": "money", "max": 5})[0].max_length is None
    assert made({"choices": "own", "max": 5})[0].max_length == 5


def test_under__what_is_missing_is_told_at_the_field() -> None:
    faults = Faults("")
    entries_of({"fields": {"kou": {"label": "項", "choices": "level2"}}}, faults)
    (((path, _), fault),) = faults.found.items()
    assert (path, fault.word) == (("fields", "kou"), "under")
    assert "level1 から選ぶ欄" in fault.remedy


def test_under__of_what_is_no_field_of_the_form_is_told() -> None:
    _, problems = linked(kan={"choices": "level1", "under": "unit"})
    assert problems == ["「unit」という欄はありません。"]
