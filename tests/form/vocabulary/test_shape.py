"""What of a definition's table is right in itself: texts, numbers, names, lists, and where a fault is."""

from __future__ import annotations

from typing import Any

import pytest

from yosan_xl.form.definition import DefinitionError
from yosan_xl.form.vocabulary.shape import Faults, checked, near, text_problem, where
from yosan_xl.form.vocabulary.words import Word

TEXT = Word("", "label", "text", "", most=5)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("一二三四五", None),
        (" 一二三四五 ", None),
        ("一二三四五六", "6字あります"),
        ("", "空です"),
        ("　", "空です"),
        ("一\n二", "改行を含みます"),
        ("一\u200b", "を含みます"),
        ('一"', "半角の引用符を含みます"),
        ("{year}", "「{year}」を含みます"),
        ("一}", "「}」を含みます"),
    ],
)
def test_text_problem__of_a_text(value: str, problem: str | None) -> None:
    found = text_problem(value, TEXT._replace(most=6) if "{" in value else TEXT)
    assert (found is None) is (problem is None)
    assert found is None or problem is None or problem in found[0]


def test_text_problem__an_empty_text_may_be_right() -> None:
    assert text_problem("", TEXT._replace(least=0)) is None
    assert text_problem("", TEXT._replace(least=1)) is not None


def test_text_problem__only_the_words_that_are_known_stand_in_braces() -> None:
    word = TEXT._replace(most=40, braces=("year", "prefecture"))
    assert text_problem("{year}の{prefecture}", word) is None
    problem, remedy = text_problem("{month}", word) or ("", "")
    assert (problem, remedy) == (
        "「{month}」を含みます",
        "ここで使えるのは {year}、{prefecture} だけです。",
    )
    assert "{ } を使えません" in (text_problem("{year}", TEXT._replace(most=40)) or ("", ""))[1]


def test_text_problem__names_three_characters_that_are_not_seen() -> None:
    problem, _ = text_problem("\u200b\u200e\u2060\u202e一", TEXT) or ("", "")
    assert problem.count("(U+") == 3


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (("title",), ("", "title")),
        (("fields", "title"), ("fields", "title")),
        (("fields", "title", "max"), ("fields", "title の max")),
        (("bands", 0, "rows", 2), ("bands", "1番目 の rows の 3番目")),
        (("lists",), ("", "lists")),
        (("lists", "lines"), ("lists.lines", "")),
        (("lists", "lines", "label"), ("lists.lines", "label")),
        (("lists", "lines", "columns"), ("lists.lines", "columns")),
        (("lists", "lines", "columns", "item"), ("lists.lines.columns", "item")),
        (("lists", "lines", "groups", 0), ("lists.lines", "groups の 1番目")),
        (("lists", "lines", "groups", 0, "name"), ("lists.lines", "groups の 1番目 の name")),
        (("other", "lines", "columns", "item"), ("other", "lines の columns の item")),
    ],
)
def test_where__table_and_key_as_the_file_has_them(
    path: tuple[str | int, ...], said: tuple[str, str]
) -> None:
    assert where(path) == said


def test_near__is_a_word_that_is_alike_or_all_that_there_are() -> None:
    assert near("Lable", ["label", "kind"]) == "「label」の書きまちがいではありませんか。"
    assert near("zzz", ["label", "kind"]) == "使えるのは label、kind です。"
    assert near("zzz", []) == "この行を消してください。"


def told(table: dict[str, Any], *path: str | int) -> list[str]:
    """Return what is wrong at a path of a table, and below it."""
    faults = Faults("")
    checked(table, faults)
    return [one.problem for (at, _), one in faults.found.items() if at[: len(path)] == path]


def _field(**words: Any) -> dict[str, Any]:
    return {"fields": {"a": {"label": "い", **words}}}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ({"max": 1}, None),
        ({"max": 2000}, None),
        ({"max": 0}, "「max」の 0 は範囲の外です。"),
        ({"max": 2001}, "「max」の 2001 は範囲の外です。"),
        ({"max": True}, "「true」は「max」の種類がちがいます。"),
        ({"max": 1.0}, "「1.0」は「max」の種類がちがいます。"),
        ({"max": "1"}, "「1」は「max」の種類がちがいます。"),
        ({"max": {}}, "「{ … }」は「max」の種類がちがいます。"),
        ({"max": []}, "「[ … ]」は「max」の種類がちがいます。"),
        ({"decimal": 0}, None),
        ({"decimal": 7}, "「decimal」の 7 は範囲の外です。"),
        ({"decimal": -1}, "「decimal」の -1 は範囲の外です。"),
        ({"max": -(10**30)}, "「max」の -1000000000000000000… は範囲の外です。"),
        ({"required": False}, None),
        ({"required": 1}, "「1」は「required」の種類がちがいます。"),
        ({"required": 0}, "「0」は「required」の種類がちがいます。"),
        ({"kind": "text"}, None),
        ({"kind": "texts"}, "「texts」は「kind」にない語です。"),
        ({"kind": 5}, "「5」は「kind」の種類がちがいます。"),
        ({"choices": "a"}, None),
        ({"choices": ""}, "「」は「choices」の種類がちがいます。"),
        ({"label": 5}, "「5」は「label」の種類がちがいます。"),
        ({"label": False}, "「false」は「label」の種類がちがいます。"),
        ({"labels": "い"}, "「labels」という項目はありません。"),
    ],
)
def test_checked__a_word_of_a_field(words: dict[str, Any], problem: str | None) -> None:
    assert told(_field(**words), "fields") == ([problem] if problem else [])


def test_checked__what_is_missing_is_told_but_not_where_it_is_misspelt() -> None:
    assert told({"fields": {"a": {}}}, "fields", "a") == ["「label」がありません。"]
    assert told({"fields": {"a": {"lable": "い"}}}, "fields") == [
        "「lable」という項目はありません。"
    ]
    assert told({"fields": {"a": {"zzz": 1}}}, "fields") == [
        "「zzz」という項目はありません。",
        "「label」がありません。",
    ]


@pytest.mark.parametrize(
    ("key", "is_right"),
    [("a", True), ("a" * 30, True), ("a" * 31, False), ("A", False), ("1a", False), ("a_1", True)],
)
def test_checked__names_are_short_and_plain(key: str, *, is_right: bool) -> None:
    assert (told({"fields": {key: {"label": "い"}}}, "fields") == []) is is_right
    checks = {"checks": {"words": {key.upper(): {"label": "い"}}}}
    assert (told(checks, "checks") == []) is (len(key) <= 30)


@pytest.mark.parametrize(("count", "is_right"), [(10, True), (11, False), (1, True)])
def test_checked__so_many_and_no_more(count: int, *, is_right: bool) -> None:
    stages = {f"s{at}": {"label": "い"} for at in range(count)}
    assert (told({"stages": stages}, "stages") == []) is is_right
    keys = {"stages": {"s": {"label": "い", "of": [f"s{at}" for at in range(count)]}}}
    assert (told(keys, "stages") == []) is is_right


@pytest.mark.parametrize(
    ("of", "problem"),
    [
        (["a", "b"], None),
        (["a", "a"], "「of」に同じ名前が2回あります。"),
        ([], "「of」が空です。"),
        (["a", 1], "「[ … ]」は「of」の種類がちがいます。"),
        ("a", "「a」は「of」の種類がちがいます。"),
    ],
)
def test_checked__a_list_of_names(of: Any, problem: str | None) -> None:
    found = told({"stages": {"s": {"label": "い", "of": of}}}, "stages")
    assert found == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        (["甲", "乙"], None),
        ([f"語{at}" for at in range(200)], None),
        ([f"語{at}" for at in range(201)], "一覧の語が 201 あります。"),
        (["a", "A"], "一覧に同じ語が2回あります。"),
        ([], "一覧が空です。"),
        ("甲", "一覧が空です。"),
        (["甲", 5], "「5」は文字ではありません。"),
        (["甲" * 60], None),
        (["甲" * 61], "「語」の文字は61字あります。"),
    ],
)
def test_checked__a_list_of_choices(choices: Any, problem: str | None) -> None:
    assert told({"choices": {"a": choices}}, "choices") == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("band", "problem"),
    [
        ({"rows": [["a", {"field": "b"}]]}, None),
        ({"rows": [[]]}, "行は空でない [ ] の並びです。"),
        ({"rows": ["a"]}, "行は空でない [ ] の並びです。"),
        ({"rows": []}, "「rows」が空です。"),
        ({"rows": "a"}, "「a」は「rows」の種類がちがいます。"),
        ({"rows": [[""]]}, "「」は表ではありません。"),
        ({"rows": [[5]]}, "「5」は表ではありません。"),
        ({"fields": ["a"]}, None),
        ({"fields": [5]}, "「5」は表ではありません。"),
        ({"fields": 5}, "「5」は「fields」の種類がちがいます。"),
        ({"stack": []}, "「stack」が空です。"),
        ({"amounts": "sources", "caption": False}, None),
        ({"amounts": "sources", "caption": True}, "「true」は「caption」の種類がちがいます。"),
        ({"amounts": "sources", "caption": 2}, None),
        ({"amounts": "sources", "caption": 40.5}, "「caption」の 40.5 は範囲の外です。"),
        ({"beside": [5]}, "「5」は表ではありません。"),
        ({"beside": 5}, "「5」は「beside」の種類がちがいます。"),
    ],
)
def test_checked__a_band(band: dict[str, Any], problem: str | None) -> None:
    assert told({"bands": [band]}, "bands") == ([problem] if problem else [])


@pytest.mark.parametrize("value", [5, [], "a"])
def test_checked__a_map_that_is_none(value: Any) -> None:
    (problem,) = told({"fields": value}, "fields")
    assert "種類がちがいます" in problem
    assert told({"checks": value}, "checks")


def test_checked__an_empty_map_is_right_and_keeps_what_is_right() -> None:
    assert told({"fields": {}, "sources": {}}, "fields") == []
    faults = Faults("")
    clean = checked({"title": " 題 ", "fields": {"a": {"label": "い", "max": 0}}, "x": 1}, faults)
    assert clean["title"] == "題"
    assert clean["fields"] == {"a": {"label": "い"}}
    assert "x" not in clean


def test_faults__a_fault_is_at_its_path_and_above() -> None:
    faults = Faults("a = 1\n")
    assert not faults.at(())
    faults.check()
    faults.add(("fields", "a", "max"), "だめ", "直す。", "語" * 61)
    assert faults.at(("fields",))
    assert faults.at(("x",), ("fields", "a", "max"))
    assert not faults.at(("fields", "a", "max", "b"), ("lists",))
    with pytest.raises(DefinitionError) as raised:
        faults.check()
    (fault,) = raised.value.faults
    assert fault.problem == "だめ。"
    assert len(fault.word) == 61


def test_tell__once_for_a_key_and_of_the_whole_only_where_nothing_else_is_wrong() -> None:
    faults = Faults("")
    own = ("fields", "a")
    faults.tell(
        own, [("max", "大きい。", "", ""), ("max", "小さい。", "", ""), ("", "ない。", "", "")]
    )
    assert [problem for _, problem in faults.found] == ["大きい。"]
    faults.tell(("fields", "b"), [("", "ない。", "", "")])
    assert len(faults.found) == 2


def test_check__tells_sixty_faults_at_most() -> None:
    faults = Faults("")
    for at in range(61):
        faults.add(("fields", f"f{at}"), "だめ。", "直す。")
    with pytest.raises(DefinitionError) as raised:
        faults.check()
    assert len(raised.value.faults) == 60
