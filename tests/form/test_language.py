"""Mistakes in a definition of the second vocabulary: each is told at its line, all at once."""

from __future__ import annotations

import pytest

from yosan_xl.form.compile import compile_plan
from yosan_xl.form.definition import (
    Definition,
    DefinitionError,
    DefinitionFault,
    FieldKind,
    FieldRelation,
    FilledBy,
)
from yosan_xl.form.language import home_faults
from yosan_xl.form.load import parse_definition
from yosan_xl.form.vocabulary.words import (
    BY_TABLE,
    SHEETS_OF_BOOKS,
    TABLES,
    words,
)
from yosan_xl.model.axes import TOTAL
from yosan_xl.model.fiscal_year import FiscalYear

TEXT = """\
vocabulary = 2
id = "town"
version = 1
title = "要求調書"

[stages]
prior    = { label = "前年度", is = "last_year" }
request  = { label = "要求", is = "asked" }
change   = { label = "増減", total = "difference", of = ["request", "prior"] }
decision = { label = "査定", is = "decided" }

[sources]
national = { label = "国庫支出金", name = true }
bond     = { label = "{prefecture}債" }
general  = { label = "一般財源", rest = true }

[choices]
verdicts = ["要求どおり", "一部減額"]

[fields]
account = { label = "会計", is = "account", required = true }
kan     = { label = "款", is = "level1", under = "account" }
kou     = { label = "項", is = "level2", under = "kan" }
title   = { label = "事業名", is = "title", max = 60, required = true }
code    = { label = "コード", is = "project_code", picture = "999-AA" }
rate    = { label = "補助率", kind = "number", decimal = 2 }
purpose = { label = "目的", kind = "prose", max = 200, private = true }
verdict = { label = "査定区分", is = "verdict", choices = "verdicts", by = "finance" }

[lists.lines]
label = "内訳"
groups = [
  { name = "報酬", rows = 3, optional = true },
  { name = "委託料", rows = 2 },
]

[lists.lines.columns]
item   = { label = "内容", is = "label", max = 40 }
amount = { label = "金額", stage = "request" }
grant  = { label = "うち特財", stage = "request", of = "specific", not_more = "amount" }

[[relations]]
kind = "not_more"
cell = "decision/total"
of = ["request/total"]
say = "査定が要求をこえています。"

[checks]
leave_out = ["negative"]

[[bands]]
rows = [["unit", "account", "kan", "kou"], [{ field = "title", width = 60 }, "code", "rate"]]

[[bands]]
beside = [
  { width = 40, fields = ["purpose", { field = "verdict", caption = 5 }] },
  { width = 56, stack = [{ list = "lines" }, { amounts = "sources" }] },
]
"""


def read(text: str) -> Definition:
    """Read a definition from its text."""
    return parse_definition(text.encode(), "form.toml")


def faults_of(text: str) -> tuple[DefinitionFault, ...]:
    """Return the faults of a definition that has some."""
    with pytest.raises(DefinitionError) as raised:
        read(text)
    return raised.value.faults


def swapped(*pairs: tuple[str, str]) -> str:
    """Return the text with words of it replaced."""
    text = TEXT
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


MISTAKES = [
    ('title = "要求調書"', 'titel = "要求調書"', "titel", "「title」の書きまちがい"),
    ("[choices]", "[choice]", "choice", "「choices」の書きまちがい"),
    ('id = "town"', 'id = "町"', "id", "様式の名前に使えません"),
    ('id = "town"', "", None, "「id」がありません"),
    ("version = 1", 'version = "1"', "version", "1から9999までの整数"),
    ("version = 1", "version = 0", "version", "範囲の外"),
    ('title = "要求調書"', 'title = "{year}要求調書"', "title", "「{year}」を含みます"),
    ('title = "要求調書"', 'title = ""', "title", "空です"),
    ('title = "要求調書"', 'title = "要求\\n調書"', "title", "改行"),
    (
        'title = "要求調書"',
        'title = "要求調書"\nsheet = "要求1"',
        "sheet",
        "シートの名前に使えません",
    ),
    (
        'title = "要求調書"',
        'title = "要求調書"\nsheet = "一覧"',
        "sheet",
        "シートの名前に使えません",
    ),
    ('title = "要求調書"', 'title = "要求調書"\nunit = "百万円"', "unit", "千円、円"),
    ('title = "要求調書"', 'title = "要求調書"\npaper = "A3"', "paper", "A4"),
    ('is = "asked"', 'is = "step"', "[stages]", "asked"),
    ('is = "decided"', 'is = "asked"', "decision", "2つあります"),
    ('is = "asked"', 'is = "asked", by = "finance"', "request", "所管課が入れます"),
    (
        'of = ["request", "prior"]',
        'of = ["request", "decision"]',
        "change",
        "これより前にありません",
    ),
    ('of = ["request", "prior"]', 'of = ["request"]', "change", "2つ以上"),
    (
        'of = ["request", "prior"]',
        'of = ["requst", "prior"]',
        "change",
        "「request」の書きまちがい",
    ),
    ('total = "difference",', 'total = "difference", by = "finance",', "change", "by は書けません"),
    ('total = "difference", of', "of", "change", "求める段階だけ"),
    ('is = "last_year"', 'is = "last_year", total = "lines"', "prior", "明細の列がありません"),
    ('is = "asked"', 'is = "asked", total = "entry"', "request", "明細の列も足しています"),
    ("decision = {", "asked = {", "asked", "だけの名前"),
    ("bond     = {", "total     = {", "total", "財源の名前に使えません"),
    ('label = "{prefecture}債"', 'label = "{town}債"', "bond", "「{town}」を含みます"),
    ('label = "{prefecture}債"', 'label = "起債", rest = true', "general", "2つあります"),
    ('label = "{prefecture}債"', 'label = "国庫支出金"', "bond", "という名前の財源が2つ"),
    ('verdicts = ["要求どおり", "一部減額"]', "verdicts = []", "verdicts", "一覧が空です"),
    ('["要求どおり", "一部減額"]', '["要求どおり", "要求どおり"]', "verdicts", "2回"),
    ("verdicts = [", "years = [", "years", "はじめからある一覧"),
    ('is = "account"', 'is = "acount"', "account", "「account」の書きまちがい"),
    (', under = "kan"', "", "kou", "下から選ぶか"),
    ('under = "kan"', 'under = "account"', "kou", "level1 の欄の下"),
    ('under = "kan"', 'under = "kam"', "kou", "「kan」の書きまちがい"),
    ('under = "account"', 'under = "kou"', "kan", "また「kan」に戻ります"),
    ("max = 60, ", "", "title   =", "max（いちばん長い字数）がありません"),
    ("max = 60, ", "max = 9999, ", "title   =", "範囲の外"),
    ('picture = "999-AA"', 'picture = "B C"', "code", "形として読めません"),
    ("decimal = 2", "decimal = 9", "rate", "範囲の外"),
    ('kind = "number", decimal = 2', "max = 3, decimal = 2", "rate", "number の欄"),
    ('kind = "prose"', 'kind = "proze"', "purpose", "「prose」の書きまちがい"),
    (
        'choices = "verdicts", by',
        'choices = "verdict", by',
        "verdict =",
        "「verdicts」の書きまちがい",
    ),
    ('by = "finance" }', 'by = "finance", required = true }', "verdict =", "必須"),
    ("code    =", "form    =", "form", "プログラムが使う名前"),
    ("code    =", "Code    =", "Code", "名前に使えません"),
    ("code    =", "amounts_request_total =", "amounts_request_total", "欄の名前に使えません"),
    ('label = "コード"', 'label = "款"', "code", "2つあります"),
    ('label = "コード"', 'label = "課"', "code", "2つあります"),
    ('label = "コード"', f'label = "{"あ" * 33}"', "code", "32字まで"),
    ('is = "project_code"', 'is = "title"', "code", "2つあります"),
    ('is = "verdict"', 'is = "contract_start"', "verdict =", "この欄は year"),
    (", rows = 2 }", " }", "委託料", "「rows」がありません"),
    ('name = "委託料"', 'name = "報酬"', "rows = 2", "という段が2つ"),
    ("rows = 2 }", "rows = 2, optional = true }", "rows = 2", "はじめの段だけ"),
    ("rows = 2 }", "rows = 200 }", "rows = 200", "範囲の外"),
    ('label = "内訳"', 'label = "内訳"\nrows = 3', "[lists.lines]", "どちらか1つ"),
    ('stage = "request" }', 'stage = "requests" }', "amount =", "「request」の書きまちがい"),
    ('stage = "request" }', 'stage = "change" }', "amount =", "明細からは求められません"),
    ('stage = "request" }', 'stage = "prior" }', "amount =", "明細からは求められません"),
    ('of = "specific"', 'of = "specifik"', "grant", "「specific」の書きまちがい"),
    ('of = "specific"', 'of = "general"', "grant", "一般財源"),
    ('of = "specific", ', "", "grant", "同じ段階の同じ額"),
    ('not_more = "amount"', 'not_more = "item"', "grant", "金額の列は"),
    ('label = "うち特財"', 'label = "金額"', "grant", "列が2つ"),
    ("code    =", "stamp   =", "stamp", "プログラムが使う名前"),
    ("grant  =", "group  =", "group  ", "段の名前が入ります"),
    (
        'cell = "decision/total"',
        'cell = "decission/total"',
        "cell",
        "「decision/total」の書きまちがい",
    ),
    ('of = ["request/total"]', 'of = ["lines.item"]', "lines.item", "という額はありません"),
    ('of = ["request/total"]', 'of = ["title"]', 'of = ["title"]', "という額はありません"),
    ('of = ["request/total"]', 'of = ["request/total", "rate"]', '"rate"]', "of は1つ"),
    ('say = "査定が要求をこえています。"', "", "[[relations]]", "「say」がありません"),
    (
        'leave_out = ["negative"]',
        'leave_out = ["negatif"]',
        "leave_out",
        "「negative」の書きまちがい",
    ),
    ('"kou"], [', '"kou", "kan"], [', '"kan"]', "2か所"),
    ('"code", "rate"]', '"code"]', "rate    =", "どこにもありません"),
    ('"code", "rate"]', '"code", "rata"]', '"rata"', "「rate」の書きまちがい"),
    ('"code", "rate"]', '"code", "rate", "lines"]', '"lines"]', "明細です"),
    ('{ list = "lines" }, ', "", "[lists.lines]", "どこにもありません"),
    ('{ list = "lines" }', '{ list = "line" }', '"line"', "「lines」の書きまちがい"),
    ('{ amounts = "sources" }', '{ list = "lines" }', '{ list = "lines" }, { list', "2か所"),
    (', { amounts = "sources" }', "", "prior    =", "どこにもありません"),
    (
        '{ amounts = "sources" }',
        '{ amounts = "sources", stages = ["request"] }',
        "prior    =",
        "どこにも",
    ),
    ('amounts = "sources" }', 'amounts = "source" }', "amounts", "「sources」の書きまちがい"),
    ("caption = 5", "caption = 39.5", "caption = 39.5", "書くところがありません"),
    ("width = 60", "width = 200", "width = 200", "範囲の外"),
    ("width = 60", "width = 114", "[[bands]]", "収まりません"),
    ("width = 60", "down = 2", "down = 2", "down が行の終わり"),
    ('"code", "rate"]', '{ field = "code", text = "x" }, "rate"]', 'text = "x"', "2つがあります"),
    ("beside = [", "besides = [", "besides", "「beside」の書きまちがい"),
]


@pytest.mark.parametrize(("old", "new", "line", "told"), MISTAKES)
def test_mistake__is_told_at_its_line(old: str, new: str, line: str | None, told: str) -> None:
    text = swapped((old, new))
    found = faults_of(text)
    hits = [fault for fault in found if told in f"{fault.problem}{fault.remedy}"]
    assert hits, [str(fault) for fault in found]
    rows = text.split("\n")
    assert all(fault.line for fault in found)
    assert any(line is None or line in rows[(hit.line or 0) - 1] for hit in hits), list(
        map(str, hits)
    )


def test_mistakes__are_told_all_at_once_in_the_order_of_their_lines() -> None:
    text = swapped(
        ('title = "要求調書"', 'titel = "要求調書"'),
        ('of = ["request", "prior"]', 'of = ["requst", "prior"]'),
        ('choices = "verdicts", by', 'choices = "verdict", by'),
        ('"code", "rate"]', '"code", "rata"]'),
    )
    lines = [fault.line for fault in faults_of(text)]
    assert len(lines) >= 4
    assert lines == sorted(lines, key=lambda line: line or 0)
    assert {fault.key for fault in faults_of(text)} >= {
        "titel",
        "change の of",
        "verdict の choices",
    }


@pytest.mark.parametrize(
    ("pairs", "line", "told"),
    [
        (
            (
                ("[lists.lines]", "[lists.check]"),
                ("lists.lines.c", "lists.check.c"),
                ('"lines"', '"check"'),
            ),
            "[lists.check]",
            "プログラムが使う名前",
        ),
        ((("code    =", "lines1_item ="), ('"code"', '"lines1_item"')), "item   =", "名前が同じ"),
    ],
)
def test_names__are_not_those_of_other_cells(
    pairs: tuple[tuple[str, str], ...], line: str, told: str
) -> None:
    text = swapped(*pairs)
    (fault,) = faults_of(text)
    assert told in fault.problem
    assert line in text.split("\n")[(fault.line or 0) - 1]


def test_label__of_stage_and_source_together_is_not_too_long() -> None:
    text = swapped(('label = "査定"', f'label = "{"査" * 20}"'), ('"国庫支出金"', f'"{"国" * 20}"'))
    (fault,) = faults_of(text)
    assert f"「{'国' * 20}の{'査' * 20}」という名前が 32字をこえます" in fault.problem
    assert "decision " in text.split("\n")[(fault.line or 0) - 1]


def test_amounts__are_not_more_than_a_formula_takes() -> None:
    columns = "".join(
        f'm{n} = {{ label = "額{n}", kind = "money", width = 3 }}\n' for n in range(9)
    )
    groups = ", ".join(f'{{ name = "段{n}", rows = 1 }}' for n in range(12))
    text = swapped(
        ('{ name = "報酬", rows = 3, optional = true },', ""),
        ('{ name = "委託料", rows = 2 },', groups),
        ("[[relations]]", f"{columns}\n[[relations]]"),
    )
    (fault,) = faults_of(text)
    assert fault.line == text.split("\n").index("[stages]") + 1
    assert "式が Excel に入る長さ" in fault.problem


def test_one_mistake__is_one_fault() -> None:
    many = [(old, new) for old, new, *_ in MISTAKES if len(faults_of(swapped((old, new)))) > 2]
    assert not many


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("vocabulary = 2\n[stages\n", 2, "TOML"),
        ('vocabulary = 2\nid = "a"\nid = "b"\n', 3, "TOML"),
        ("vocabulary = 3\n", 1, "vocabulary = 2"),
        ("vocabulary = true\n", 1, "vocabulary = 2"),
        ('vocabulary = "2"\n', 1, "vocabulary = 2"),
    ],
)
def test_what_is_no_definition__has_one_fault(text: str, line: int, told: str) -> None:
    (fault,) = faults_of(text)
    assert fault.line == line
    assert told in f"{fault.problem}{fault.remedy}"


@pytest.mark.parametrize(
    "value",
    [
        "1",
        "-1.5",
        "nan",
        "inf",
        "true",
        '""',
        '"x"',
        "[]",
        "[1]",
        '[["x"]]',
        "{}",
        "{ a = 1 }",
        "2026-01-01",
        "12:00:00",
        "[{}]",
        "[{ a = 1 }, 2]",
        "9223372036854775808",
        "1e400",
        f"1{'0' * 5000}",
    ],
)
@pytest.mark.parametrize("table", [table for table in TABLES if table])
def test_any_value_anywhere__is_told(table: str, value: str) -> None:
    places = {
        "stage": "[stages.s]",
        "source": "[sources.s]",
        "field": "[fields.f]",
        "list": "[lists.l]",
        "group": "[[lists.l.groups]]",
        "column": "[lists.l.columns.c]",
        "relation": "[[relations]]",
        "checks": "[checks]",
        "check": "[checks.words.general]",
        "band": "[[bands]]",
        "side": "[[bands.beside]]",
        "item": "[[bands.stack]]",
        "cell": "",
        "block": "[[bands.fields]]",
    }
    for key in BY_TABLE[table]:
        place = places[table]
        said = (
            f"{place}\n{key} = {value}\n"
            if place
            else f"[[bands]]\nrows = [[{{ {key} = {value} }}]]\n"
        )
        assert all(fault.line for fault in faults_of(f"vocabulary = 2\n{said}"))
    for key in BY_TABLE[""]:
        if key != "vocabulary":
            assert all(fault.line for fault in faults_of(f"vocabulary = 2\n{key} = {value}\n"))


def test_deep_and_long_texts__have_faults() -> None:
    deep = f"vocabulary = 2\nbands = {'[' * 3000}{']' * 3000}\n"
    long = "vocabulary = 2\n" + "".join(f'k{n} = "x"\n' for n in range(9_000))
    huge = f'vocabulary = 2\nid = "{"x" * 200_000}"\n'
    for text in (deep, long, huge):
        assert 1 <= len(faults_of(text)) <= 60


def test_definition__says_what_the_text_says() -> None:
    made = read(TEXT)
    axes = made.axes
    assert [stage.key for stage in axes.stages] == ["last_year", "asked", "change", "decided"]
    assert [stage.by for stage in axes.stages] == ["prior", "department", "formula", "finance"]
    assert axes.rest == "general"
    assert axes.specific == ("national", "bond")
    assert axes.meanings["title"] == "/title"
    assert made.fields["/kou"].under == "/kan"
    assert made.fields["/kan"].choices == "level1"
    assert made.fields["/code"].max_length == 6
    assert made.fields["/rate"].decimals == 2
    assert made.fields["/purpose"].private
    assert made.fields["/fiscal_year"].kind is FieldKind.YEAR
    assert made.order[0] == "/form"
    assert made.order[-2:] == ("/lists/lines", "/subtotals/lines")
    assert made.lists[0].groups[0].optional


def test_amounts__come_about_as_their_stage_says() -> None:
    fields = read(TEXT).fields
    assert fields["/amounts/request/total"].relation == FieldRelation(
        "sum", ("/lists/lines/*/amount",)
    )
    assert fields["/amounts/request/specific"].relation == FieldRelation(
        "sum", ("/lists/lines/*/grant",)
    )
    assert fields["/amounts/request/general"].relation == FieldRelation(
        "difference",
        ("/amounts/request/total", "/amounts/request/national", "/amounts/request/bond"),
    )
    assert fields["/amounts/change/bond"].relation == FieldRelation(
        "change",
        ("/amounts/request/total", "/amounts/request/bond", "/amounts/prior/bond"),
        tuple(
            tuple(
                f"/amounts/{stage}/{source}" for source in ("total", "national", "bond", "general")
            )
            for stage in ("request", "prior")
        ),
    )
    prior = [field for key, field in fields.items() if key.startswith("/amounts/prior/")]
    assert {(field.by, field.relation) for field in prior} == {(FilledBy.PRIOR, None)}
    assert fields["/amounts/decision/total"].by is FilledBy.FINANCE
    assert "/amounts/decision/specific" not in fields
    assert fields["/source_names/national"].max_length == 60


def test_total_of_sources__is_their_sum_and_the_rest_is_typed() -> None:
    text = swapped(
        ('is = "decided"', 'is = "decided", total = "sources"'),
    )
    fields = read(text).fields
    assert fields["/amounts/decision/general"].relation is None
    assert fields["/amounts/decision/total"].relation == FieldRelation(
        "sum",
        ("/amounts/decision/national", "/amounts/decision/bond", "/amounts/decision/general"),
    )


def test_rate__is_a_field_and_no_stage() -> None:
    text = swapped(
        (
            "decision = {",
            'rate_of = { label = "増減率", total = "rate", of = ["request", "prior"] }\ndecision = {',
        ),
    )
    made = read(text)
    field = made.fields["/rates/rate_of"]
    assert field.relation == FieldRelation(
        "rate", ("/amounts/request/total", "/amounts/prior/total")
    )
    assert (field.kind, field.decimals) == (FieldKind.NUMBER, 1)
    assert "rate_of" not in [stage.key for stage in made.axes.stages]
    assert "/rates/rate_of" in [one.pointer for one in made.axes.fields]


def test_hint__follows_from_label_kind_and_length() -> None:
    fields = read(TEXT).fields
    assert fields["/title"].hint == "事業名を60字以内で入力してください。"
    assert fields["/purpose"].hint == "目的を200字以内で。改行は Alt+Enter です。"
    assert fields["/kou"].hint == "款を選んでから、一覧から項を選んでください。"
    assert fields["/rate"].hint == "補助率を小数第2位までの数字で入力してください。"
    assert fields["/code"].hint.startswith("コードを「999-AA」の形で")
    assert fields["/amounts/request/bond"].hint == "{prefecture}債を千円の整数で入力してください。"


def test_relation__of_specific_sources_becomes_their_sum() -> None:
    told = read(
        swapped(
            ('kind = "not_more"', 'kind = "equals"'),
            ('cell = "decision/total"', 'cell = "decision/specific"'),
        )
    ).told
    assert told[0][:3] == (
        "sum",
        "/amounts/request/total",
        ("/amounts/decision/national", "/amounts/decision/bond"),
    )


def test_checks__are_left_out_and_reworded() -> None:
    usual = {item.kind: item for item in read(swapped(('["negative"]', '["yen"]'))).checks.items}
    assert "yen" not in usual
    assert "negative" in usual
    text = swapped(
        ("[[bands]]", '[checks.words.missing]\nadvice = "みなさん、書いてください。"\n\n[[bands]]')
    )
    items = {item.kind: item for item in read(text).checks.items}
    assert "negative" not in items
    assert items["missing"].advice == "みなさん、書いてください。"
    assert items["missing"].label == usual["missing"].label


def labels_of(definition: Definition) -> list[str]:
    """Return what a form prints, from top to bottom."""
    return [label.text for label in compile_plan(definition, FiscalYear(2027)).labels]


def test_total_and_names__are_called_as_the_form_says() -> None:
    said = 'title = "要求調書"\ntotal = "総事業費"\nnames = "積算の基礎"'
    definition = read(swapped(('title = "要求調書"', said)))
    assert definition.axes.source_label(TOTAL) == "総事業費"
    assert definition.fields["/source_names/national"].label == "国庫支出金の積算の基礎"
    assert {"総事業費", "積算の基礎"} <= set(labels_of(definition))
    assert not {"合計", "名称"} & set(labels_of(definition))


def test_amount__has_the_name_of_its_stage_or_its_source() -> None:
    definition = read(TEXT)
    labels = {
        (stage.key, source): definition.fields[pointer].label
        for stage in definition.axes.stages
        for source, pointer in stage.amounts.items()
    }
    assert labels["asked", TOTAL] == "要求"
    assert labels["asked", "national"] == "国庫支出金"
    assert labels["decided", TOTAL] == "査定"
    assert labels["decided", "national"] == "国庫支出金の査定"
    assert labels == {cell: definition.axes.amount_label(*cell) for cell in labels}


ONE_AMOUNT = """\
vocabulary = 2
id = "one"
version = 1
title = "調書"
[stages]
request = { label = "要求額", is = "asked" }
decision = { label = "査定額", is = "decided" }
[fields]
title = { label = "事業名", is = "title", max = 40 }
[[bands]]
rows = [["title", { text = "" }], [{ amount = "request" }, { amount = "decision/total" }]]
"""


def test_amount__may_stand_in_a_row_with_its_name() -> None:
    definition = read(ONE_AMOUNT)
    assert {"要求額", "査定額"} <= set(labels_of(definition))
    slots = {slot.pointer for slot in compile_plan(definition, FiscalYear(2027)).slots}
    assert {"/amounts/request/total", "/amounts/decision/total"} <= slots


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"decision/total"', '"decision/totl"', "「decision/total」の書きまちがい"),
        ('"decision/total"', '"request/total"', "「request/total」を2か所に置いています"),
        (', { amount = "decision/total" }', "", "段階「decision」の金額が紙面"),
        ('{ text = "" }', '{ text = "", amount = "request" }', "2つがあります"),
        (
            "[fields]",
            '[sources]\nbond = { label = "市債" }\n[fields]',
            "段階「request/bond」「decision/bond」の金額が紙面",
        ),
    ],
)
def test_amount__in_a_row_is_there_and_stands_once(old: str, new: str, told: str) -> None:
    assert old in ONE_AMOUNT
    assert any(
        told in f"{one.problem}{one.remedy}" for one in faults_of(ONE_AMOUNT.replace(old, new))
    )


def test_amounts__without_sources_have_a_heading_of_their_own() -> None:
    text = ONE_AMOUNT.replace(', [{ amount = "request" }, { amount = "decision/total" }]]', "]")
    labels = labels_of(read(f'{text}[[bands]]\namounts = "sources"\n'))
    assert (labels.count("区分"), labels.count("金額")) == (1, 1)


def test_subtotal__is_of_every_amount() -> None:
    own = 'before = { label = "前年度", kind = "money" }\namount = { label = "金額",'
    plan = compile_plan(read(swapped(('amount = { label = "金額",', own))), FiscalYear(2027))
    for group in plan.groups:
        assert list(group.subtotals) == ["before", "amount", "grant"]
    (word,) = [label for label in plan.labels if "小計" in label.text]
    assert word.area.right < plan.by_name()[plan.groups[-1].subtotals["before"]].area.left


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('["request/total"]', '["kan"]', "段階/財源"),
        ('["request/total"]', '["decision/total"]', "cell と同じ額"),
        ('label = "要求", is = "asked"', 'label = "要求"', "「request = {"),
        ('["unit", "account"', '["request", "account"', '{ amount = "request" }'),
        (
            'is = "project_code", picture = "999-AA"',
            'is = "kind", picture = "99"',
            "この欄は choice",
        ),
        ('id = "town"', 'id = "con"', "Windows"),
        ('label = "一般財源"', 'label = "合計"', "「合計」という名前の財源が2つ"),
        ('id = "town"', 'id = "town"\ntotal = "一般財源"', "「一般財源」という名前の財源が2つ"),
    ],
)
def test_mistake__remedy_says_what_to_do(old: str, new: str, told: str) -> None:
    assert any(told in f"{one.problem}{one.remedy}" for one in faults_of(swapped((old, new))))


def test_home__is_named_as_the_form() -> None:
    assert home_faults("town", "town", TEXT) == ()
    (fault,) = home_faults("town", "city", TEXT)
    assert fault.line == 2


def test_words__each_has_a_line_of_explanation_and_an_example() -> None:
    every = words()
    assert all(word.about.endswith("。") and word.example and word.holds for word in every)
    assert {word.table for word in every} == set(TABLES)
    assert len({(word.table, word.key) for word in every}) == len(every)


def test_sheets_of_books__are_those_that_a_book_has() -> None:
    from yosan_xl.excel.sheet_words import ESTIMATE, GUIDE, OVERVIEW, REMARKS

    assert set(SHEETS_OF_BOOKS) == {GUIDE, OVERVIEW, ESTIMATE, REMARKS}
