from __future__ import annotations

import pytest

from yosan_xl.store.toml_table import Keys, Table

KEYS = Keys(
    {
        "name": 'name = "港区"',
        "note": 'note = "…"',
        "rows": "rows = [8, 6]",
        "sheets": "sheets = 5",
        "list": 'list = ["甲"]',
        "word": 'word = "一"',
        "part": "[part]",
        "parts": "[[parts]]",
    },
    required=("name",),
)


def _table(**values: object) -> Table:
    return Table(values, KEYS, "yosan.toml")


def _facts(table: Table) -> list[str]:
    return [finding.fact for finding in table.findings]


def test_text__trimmed() -> None:
    table = _table(name="　港区 ")
    assert table.text("name") == "港区"
    assert not table.findings


@pytest.mark.parametrize("value", ["", "　", "港\n区", "港\x00区", "港" * 101, 5, True, ["港区"]])
def test_text__refused(value: object) -> None:
    table = _table(name=value)
    assert table.text("name") is None
    assert len(table.findings) == 1
    assert table.findings[0].remedy == '「name = "港区"」のように書いてください。'


def test_text__missing_is_told_only_when_required() -> None:
    table = _table()
    assert table.text("name") is None
    assert table.text("note") is None
    assert _facts(table) == ["「name」がありません。"]


def test_prose__empty_and_several_lines() -> None:
    assert _table(note="").prose("note") == ""
    assert _table(note="一\n二").prose("note") == "一\n二"


def test_prose__control_characters() -> None:
    table = _table(note="\x1b[31m")
    assert table.prose("note") is None
    assert len(table.findings) == 1


@pytest.mark.parametrize("value", [1, 60])
def test_integer__within(value: int) -> None:
    assert _table(sheets=value).integer("sheets", 1, 60) == value


@pytest.mark.parametrize("value", [0, 61, -1, True, 5.0, "5"])
def test_integer__refused(value: object) -> None:
    table = _table(sheets=value)
    assert table.integer("sheets", 1, 60) is None
    assert len(table.findings) == 1


def test_integers__within() -> None:
    assert _table(rows=[20, 1]).integers("rows", (1, 20), (1, 10)) == (20, 1)


@pytest.mark.parametrize("value", [[8], [8, 6, 1], [21, 6], [8, 0], [8, True], [8, "6"], 8])
def test_integers__refused(value: object) -> None:
    table = _table(rows=value)
    assert table.integers("rows", (1, 20), (1, 10)) is None
    assert len(table.findings) == 1


def test_texts__in_order() -> None:
    assert _table(list=["乙", " 甲"]).texts("list") == ("乙", "甲")


@pytest.mark.parametrize("value", [[], ["甲", 1], [""], "甲", {}])
def test_texts__refused(value: object) -> None:
    table = _table(list=value)
    assert table.texts("list") is None
    assert len(table.findings) == 1


def test_texts__twice() -> None:
    table = _table(list=["甲", "乙", "甲 "])
    table.texts("list")
    assert _facts(table) == ["「list」に「甲」が 2回あります。"]


def test_choice__known_and_unknown() -> None:
    assert _table(word="一").choice("word", {"一": 1, "二": 2}) == 1
    table = _table(word="三")
    assert table.choice("word", {"一": 1, "二": 2}) is None
    assert table.findings[0].remedy == "一・二 のどれかを書いてください。"


def test_table__findings_are_shared_and_say_where() -> None:
    table = _table(part={"sheets": 0})
    table.table("part", KEYS).integer("sheets", 1, 60)
    assert _facts(table) == ["「[part] sheets」は 1から 60までの整数です。"]


def test_tables__numbered() -> None:
    table = _table(parts=[{"name": "甲"}, {}])
    assert [part.text("name") for part in table.tables("parts", KEYS)] == ["甲", None]
    assert _facts(table) == ["「[[parts]] 2番目の name」がありません。"]


@pytest.mark.parametrize("value", [[], [1], "甲", {"name": "甲"}])
def test_tables__refused(value: object) -> None:
    table = _table(parts=value)
    table.tables("parts", KEYS)
    assert len(table.findings) == 1


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("sheet", "「sheets」の書きまちがいではありませんか。"),
        ("Sheeets", "「sheets」の書きまちがいではありませんか。"),
        ("heets", "使える項目は name・note・"),
        ("year", "「year」は、上に書いてください。"),
        ("zzz", "使える項目は name・note・"),
    ],
)
def test_reject_unknown__says_what_was_meant(key: str, remedy: str) -> None:
    table = _table(**{"name": "港区", key: 1})
    table.reject_unknown({"year": "「year」は、上に書いてください。"})
    assert _facts(table) == [f"「{key}」という項目はありません。"]
    assert table.findings[0].remedy.startswith(remedy)
