"""A broken form.toml ends in faults that say where, whatever is broken."""

from __future__ import annotations

import pytest

from tests.form.samples import YEAR
from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import DefinitionError
from yosan_xl.form.load import BeyondBounds, parse_definition, parse_toml
from yosan_xl.form.schema import request_schema
from yosan_xl.resources import template_folder

TEXT = (template_folder("minato-r2") / "form.toml").read_text(encoding="utf-8")
LINES = TEXT.split("\n")


def faults(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(DefinitionError) as told:
        parse_definition(data, "form.toml")
    assert str(told.value).startswith("form.toml: ")
    return [str(fault) for fault in told.value.faults]


def test_toml_that_does_not_parse__has_its_line() -> None:
    (fault,) = faults('id = "a"\nversion = \ntitle = "b"\n')
    assert fault.startswith("2行目: TOML として読めません")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe", "UTF-8"),
        ("a = " + "[" * 5_000, "入れ子が深すぎます"),
        ("#" * 200_000, "大きすぎて読めません"),
        ("x" + ".x" * 200 + " = 1", "大きすぎて読めません"),
    ],
)
def test_what_cannot_be_read__says_why(data: str | bytes, said: str) -> None:
    (fault,) = faults(data)
    assert said in fault


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "予算要求事業概要書"', "", "title: がありません"),
        ('title = "予算要求事業概要書"', "title = 5", "title: 文字で書いてください"),
        ('columns = "bureau:section"', 'columns = "bureau:sektion"', "sektion: この列がありません"),
        (
            '{ field = "/title", share = 2 }',
            '{ field = "/titel", share = 2 }',
            "/titel: この欄がありません",
        ),
        ('  { field = "/title", share = 2 },\n', "", "/title: 様式に0回置かれています"),
        ('of = ["/account"]', 'of = ["/acount"]', "/acount: この欄がありません"),
        ('kind = "yen"', 'kind = "yeni"', "「yeni」は使えません"),
        ("caption = 6.8", 'caption = "wide"', "値の形がちがいます"),
    ],
)
def test_first_vocabulary__a_mistake_is_a_fault_and_says_where(
    old: str, new: str, said: str
) -> None:
    assert old in TEXT
    (fault,) = faults(TEXT.replace(old, new, 1))
    assert said in fault


def test_first_vocabulary__whichever_line_is_missing_it_is_compiled_or_a_fault() -> None:
    refused = [_is_refused("\n".join(LINES[:at] + LINES[at + 1 :])) for at in range(len(LINES))]
    assert 100 < sum(refused) < len(LINES)


def _is_refused(text: str) -> bool:
    try:
        definition = parse_definition(text.encode(), "form.toml")
    except DefinitionError as error:
        return bool(error.faults)
    request_schema(definition)
    return not compile_plan(definition, YEAR).slots


def test_form__may_begin_with_a_byte_order_mark() -> None:
    plain = (template_folder("municipal-1") / "form.toml").read_bytes()
    marked = parse_definition(b"\xef\xbb\xbf" + plain, "form.toml")
    assert marked.sha256 == parse_definition(plain, "form.toml").sha256


def test_form__that_is_empty_says_how_to_begin() -> None:
    with pytest.raises(DefinitionError, match="vocabulary = 2"):
        parse_definition(b"# mine\n", "form.toml")


def test_a_definition_without_its_vocabulary__is_told_with_lines() -> None:
    text = 'id = "x"\n[choices]\nmarks = ["○"]\n'
    with pytest.raises(DefinitionError) as error:
        parse_definition(text.encode(), "form.toml")
    assert error.value.faults
    assert all(fault.line for fault in error.value.faults)


def test_toml__is_read_up_to_its_bounds() -> None:
    head = 'a = "'
    whole = head + "x" * (128 * 1024 - len(head) - 1) + '"'
    assert parse_toml(whole)["a"].startswith("x")
    with pytest.raises(BeyondBounds):
        parse_toml(whole + "\n")
    dots = "." * 100
    assert parse_toml(f'a = "{dots}"')["a"] == dots
    with pytest.raises(BeyondBounds, match=r"^2行目"):
        parse_toml(f'\na = "{dots}."')
    assert parse_toml(f"  # {dots}.") == {}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [("a = 1\nb = = 2\n", 2, "b = = 2"), ("a = [1,\n", 2, ""), ("a\n", 1, "a")],
)
def test_toml__that_is_none_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(DefinitionError) as raised:
        parse_definition(text.encode(), "form.toml")
    (fault,) = raised.value.faults
    assert (fault.line, fault.word) == (line, words)
