"""Rules of forms made up by hand: a prefecture's, a small town's, and any that can be thought of."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.forms import (
    PREFECTURE,
    TOWN,
    A,
    a_list,
    axes,
    codes,
    document,
    field,
    findings,
    of_prefecture,
    of_town,
    sources,
    stage,
)
from tests.rules.samples import CONTEXT, changed
from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    LAST_YEAR,
    SPECIFIC,
    TOTAL,
    Axes,
    Stage,
    ToldRelation,
)
from yosan_xl.model.finding import Finding, Weight
from yosan_xl.model.request import Document
from yosan_xl.rules.check import rules_of, rules_that_read


def _only(own: Axes, wrong: Document) -> Finding:
    (found,) = findings(own, wrong)
    return found


def _in_prefecture(pointer: str, value: object) -> Finding:
    return _only(PREFECTURE, changed(of_prefecture(), pointer, value))


def test_good_requests__have_no_finding() -> None:
    assert findings(PREFECTURE, of_prefecture()) == []
    assert findings(TOWN, of_town()) == []


def test_rules_of__are_those_that_a_form_has_anything_for() -> None:
    said = {rule.code.code for rule in rules_of(TOWN)}

    assert "YX204" in said
    assert said.isdisjoint({"YX201", "YX202", "YX203", "YX205", "YX206", "YX208", "YX301", "YX401"})


def test_rules_that_read__a_field_of_any_form() -> None:
    assert rules_that_read("/amounts/asked/s1", TOWN) == ["YX204", "YX219"]
    assert "YX203" in rules_that_read("/lists/grants/*/amount", PREFECTURE)


def test_blindness__is_of_what_a_form_s_rules_read() -> None:
    wrong = changed(of_town(), "/amounts/asked/s1", 100)

    assert codes(TOWN, wrong) == ["YX204"]
    assert codes(TOWN, wrong, "/amounts/asked/s2") == []


def test_yx201__hits_a_group_of_a_list_by_its_name_and_unit() -> None:
    found = _in_prefecture("/subtotals/lines/1/amount", 1_900_000)

    assert (found.code, found.pointer) == ("YX201", "/subtotals/lines/1/amount")
    assert found.fact == (
        "「節別の内訳」の「委託料」の明細の「金額」の計 2,000,000円 が小計 1,900,000円 と 100,000円 ちがいます。"
    )


def test_yx202__hits_the_sum_of_the_list_that_adds_up_to_it() -> None:
    total = _in_prefecture("/amounts/asked/total", 3_000_001)
    specific = _in_prefecture("/amounts/asked/specific", 1_200_001)

    assert (total.code, total.pointer) == ("YX202", "/amounts/asked/total")
    assert total.fact.startswith("「節別の内訳」の小計の「金額」の計 3,000,000円 が「要求」の合計")
    assert (specific.code, specific.pointer) == ("YX202", "/amounts/asked/specific")
    assert specific.fact.startswith("「特財の積算根拠」の明細の「特財」の計 1,200,000円")


def test_yx203__hits_the_list_of_what_the_sources_rest_on() -> None:
    found = _in_prefecture("/amounts/asked/s2", 100_000)

    assert (found.code, found.pointer) == ("YX203", "/amounts/asked/s1")
    assert found.remedy == "「国庫」「県債」の額か「特財の積算根拠」の「特財」を直してください。"


def test_yx203__hits_a_list_beside_rows_that_have_うち特財_as_well() -> None:
    own = sources("国庫", "一般財源", rest="一般財源")
    rows = a_list("lines", "明細", [A("all"), A("of", source=SPECIFIC, label="うち特財")])
    grants = a_list("grants", "根拠", [A("grant", source=SPECIFIC, label="根拠の額")])
    form = axes([stage(ASKED, "要求", ["s1", "s2", SPECIFIC], total="lines")], own, [rows, grants])
    amounts = {ASKED: {TOTAL: 500, SPECIFIC: 200, "s1": 200, "s2": 300}}
    good = document(form, amounts, {"lines": [{"all": 500, "of": 200}], "grants": [{"grant": 200}]})
    found = _only(form, changed(good, "/lists/grants/0/grant", 150))

    assert findings(form, good) == []
    assert (found.code, "「根拠」の「根拠の額」" in found.remedy) == ("YX203", True)


def test_yx203__does_not_hit_a_form_whose_rows_say_nothing_of_sources() -> None:
    assert codes(TOWN, changed(of_town(), "/amounts/asked/s1", None)) == ["YX204"]


def test_yx204__hits_sources_without_a_rest() -> None:
    found = _only(TOWN, changed(of_town(), "/amounts/asked/s1", 210))

    assert (found.code, found.pointer) == ("YX204", "/amounts/asked/total")
    assert found.fact == "財源の計 510千円 が「要望額」の合計 500千円 と 10千円 ちがいます。"


def test_yx204__hits_a_total_that_is_the_sum_of_its_sources() -> None:
    for pointer in ("total", "s1", "s5"):
        found = _in_prefecture(f"/amounts/adjusted/{pointer}", 1)
        assert (found.code, found.pointer) == ("YX204", "/amounts/adjusted/total")
        assert "「調整要求」の合計" in found.fact


def test_yx204__hits_sources_without_a_total() -> None:
    assert codes(TOWN, changed(of_town(), "/amounts/asked/total", None)) == ["YX204"]


def test_yx204__does_not_hit_last_year_or_a_stage_without_sources() -> None:
    assert codes(TOWN, changed(of_town(), "/amounts/decided/total", 1)) == []
    prior = changed(of_prefecture(), "/amounts/last_year/s3", 10)
    assert [one.code for one in findings(PREFECTURE, prior)] == ["YX216"]


@pytest.mark.parametrize("key", [ASKED, "notice", DECIDED])
def test_yx206__hits_the_rest_of_any_stage(key: str) -> None:
    found = _in_prefecture(f"/amounts/{key}/s5", 1)

    assert (found.code, found.pointer) == ("YX206", f"/amounts/{key}/s5")
    assert found.fact.startswith("一般財源 1円 が、「" + PREFECTURE.stage(key).label + "」の合計")


def _transfer(**asked: int) -> Document:
    given = of_prefecture()
    given["amounts"][ASKED] = {**dict.fromkeys(given["amounts"][ASKED]), **asked}
    given["lists"] = {"lines": [], "grants": []}
    given["subtotals"] = {"lines": []}
    return given


def test_yx207__hits_a_negative_rest() -> None:
    given = _transfer(total=100, specific=150, s1=150, s5=-50)
    given["lists"]["lines"] = [{"group": None, "label": "委託料", "estimate": None, "amount": 100}]
    given["lists"]["grants"] = [{"label": "根拠", "amount": 150}]
    found = _only(PREFECTURE, given)

    assert found.code == "YX207"
    assert found.fact == (
        "特定財源の計 150円 が「要求」の合計 100円 を上回り、一般財源が △50円 です。"
    )


@pytest.mark.parametrize("sign", [1, -1])
def test_yx207__does_not_hit_sources_that_change_places(sign: int) -> None:
    """財源振替: nothing is asked for, and nothing is wrong."""
    moved = _transfer(total=0, s1=60_000 * sign, s5=-60_000 * sign)
    with_rows = copy.deepcopy(moved)
    with_rows["amounts"][ASKED]["specific"] = 60_000 * sign
    with_rows["lists"]["grants"] = [{"label": "振替", "amount": 60_000 * sign}]

    assert findings(PREFECTURE, moved) == []
    assert findings(PREFECTURE, with_rows) == []


def test_yx205__hits_a_column_that_is_more_than_it_may_be() -> None:
    rows = a_list("lines", "明細", [A("all"), A("part", "own", label="うち委託")])
    columns = tuple(
        one._replace(not_more="all", stage=None) if one.key == "part" else one
        for one in rows.columns
    )
    own = axes([stage(ASKED, "要求", [], total="lines")], (), [_with(rows, columns)])
    good = document(own, {ASKED: {TOTAL: 100}}, {"lines": [{"all": 100, "part": 100}]})
    found = _only(own, changed(good, "/lists/lines/0/part", 101))

    assert findings(own, good) == []
    assert (found.code, found.pointer) == ("YX205", "/lists/lines/0/part")
    assert found.fact == "1行目の「うち委託」 101千円 が「金額」 100千円 を 1千円 上回っています。"


def _with(own: Any, columns: Any) -> Any:
    from dataclasses import replace

    return replace(own, columns=columns)


@pytest.mark.parametrize(
    ("text", "amount", "told"),
    [
        ("@456,450円×8月×1.1", 4_016_760, []),
        ("@456,450円×8月×1.1", 4_017_000, []),
        ("@333.3円×1個", 334, []),
        ("@456,450円×8月×1.1", 4_017, ["YX208"]),
        (None, 4_017, []),
    ],
)
def test_yx208__hits_and_does_not_hit_in_yen(
    text: str | None, amount: int, told: list[str]
) -> None:
    given = _transfer(total=amount, s5=amount)
    row = {"group": "報酬", "label": "@1円×1", "estimate": text, "amount": amount}
    given["lists"]["lines"] = [row]
    given["subtotals"]["lines"] = [{"group": "報酬", "amount": amount}]

    assert codes(PREFECTURE, given) == told


def test_yx210__hits_and_yx211_by_the_form_s_own_source() -> None:
    denied = _only(PREFECTURE, of_prefecture(funding_effort="特定財源なし"))
    given = {**_transfer(total=500, s5=500), "funding_effort": "県債を活用"}
    given["lists"]["lines"] = [{"group": None, "label": "備品", "estimate": None, "amount": 500}]
    only_said = _only(PREFECTURE, given)

    assert (
        denied.fact == "特定財源が 1,200,000円 ありますが、「特財の確保」は「特定財源なし」です。"
    )
    assert (denied.code, only_said.code) == ("YX210", "YX211")
    assert only_said.remedy.startswith("「財源内訳」と「特財」に額を入れるか、「特財の確保」の文を")


def test_yx211__does_not_hit_a_source_that_is_called_その他() -> None:
    own = sources("その他", "一般財源", rest="一般財源")
    form = axes([stage(ASKED, "要求", ["s1", "s2"])], own, (), [field("funding_effort")])
    text = "その他を活用"

    assert codes(form, document(form, {ASKED: {TOTAL: 5, "s2": 5}}, funding_effort=text)) == []


def test_yx212__does_not_hit_amounts_in_yen() -> None:
    lines = a_list("lines", "明細", [A("amount")], label="内容")
    thousand = axes([stage(ASKED, "要求", [], total="lines")], (), [lines])
    yen = axes([stage(ASKED, "要求", [], total="lines")], (), [lines], unit="円")
    rows = {"lines": [{"amount": 5_000_000}, {"amount": 300}]}

    for own, told in ((thousand, ["YX212"]), (yen, [])):
        assert codes(own, document(own, {ASKED: {TOTAL: 5_000_300}}, rows)) == told


def test_yx213__hits_a_row_of_any_list() -> None:
    found = _in_prefecture("/lists/grants/1/label", " ")

    assert (found.code, found.pointer) == ("YX213", "/lists/grants/1/label")
    assert found.fact == (
        "「特財の積算根拠」の2行目に「特財」 200,000円 がありますが、「根拠」がありません。"
    )


def test_yx216__hits_every_amount_of_a_computed_stage() -> None:
    found = _in_prefecture("/amounts/change/s1", 300_000)

    assert (found.code, found.pointer) == ("YX216", "/amounts/change/s1")
    assert found.fact == (
        "「国庫の増減」の 300,000円 が 「査定」 - 「前年度当初」 の 400,000円 と 100,000円 ちがいます。"
    )
    assert _in_prefecture("/amounts/change/total", None).code == "YX216"


def test_yx216__hits_a_sum_of_stages() -> None:
    form = axes(
        [
            stage("first", "当初", []),
            stage(ASKED, "補正", []),
            stage("both", "計", [], by="formula", total="sum", of=("first", ASKED)),
        ]
    )
    given = {"first": {TOTAL: 100}, ASKED: {TOTAL: -30}, "both": {TOTAL: 70}}

    assert codes(form, document(form, given)) == []
    assert codes(form, document(form, {**given, "both": {TOTAL: 130}})) == ["YX216"]


def test_yx216__does_not_hit_a_document_of_which_last_year_is_not_known() -> None:
    document = of_prefecture()
    for stage_key in ("last_year", "change"):
        own = document["amounts"][stage_key]
        document = changed(document, f"/amounts/{stage_key}", dict.fromkeys(own))
    assert codes(PREFECTURE, document) == []
    assert "YX216" in codes(PREFECTURE, changed(document, "/amounts/change/total", 5))


def test_yx216__does_not_hit_where_the_stage_it_comes_from_is_told() -> None:
    assert codes(PREFECTURE, changed(of_prefecture(), "/amounts/decided/total", 1)) == ["YX206"]


_TOLD = ToldRelation(
    "equals",
    "/amounts/decided/total",
    ("/amounts/asked/total",),
    "誤り",
    "査定額は要望額と同じです",
)


def _town(*told: ToldRelation) -> Axes:
    return axes(
        TOWN.stages, TOWN.sources, told=told, fields=[field("contract_limit", kind="money")]
    )


def test_yx217__hits_with_the_form_s_own_words_and_weight() -> None:
    error = _only(_town(_TOLD), of_town())
    warning = _only(_town(_TOLD._replace(weight="注意")), of_town())

    assert (error.code, error.weight, error.pointer) == (
        "YX217",
        Weight.ERROR,
        "/amounts/decided/total",
    )
    assert error.fact == (
        "査定額は要望額と同じです。「決定額」は 400千円、「要望額」は 500千円 で、100千円 ちがいます。"
    )
    assert warning.weight is Weight.WARNING


@pytest.mark.parametrize(
    ("kind", "cell", "of", "told"),
    [
        ("not_more", "/amounts/asked/total", ("/amounts/decided/total",), True),
        ("not_more", "/amounts/decided/total", ("/amounts/asked/total",), False),
        ("sum", "/amounts/asked/total", ("/amounts/asked/s1", "/amounts/asked/s2"), False),
        ("sum", "/amounts/decided/total", ("/amounts/asked/s1", "/amounts/asked/s2"), True),
        ("difference", "/amounts/asked/s2", ("/amounts/asked/total", "/amounts/asked/s1"), False),
        ("difference", "/amounts/asked/s1", ("/amounts/asked/total", "/amounts/asked/s1"), True),
        ("equals", "/contract_limit", ("/amounts/asked/total",), True),
    ],
)
def test_yx217__hits_and_does_not_hit(
    kind: str, cell: str, of: tuple[str, ...], told: bool
) -> None:
    form = _town(ToldRelation(kind, cell, of, "誤り", "合いません。"))

    assert codes(form, of_town(contract_limit=1)) == (["YX217"] if told else [])


def test_yx217__does_not_hit_before_finance_decides_or_where_a_cell_is_broken() -> None:
    waiting = changed(of_town(), "/amounts/decided/total", None)

    assert codes(_town(_TOLD), waiting) == []
    assert codes(_town(_TOLD), of_town(), "/amounts/asked/total") == []


def test_yx217__hits_the_sum_of_a_column_with_decimals() -> None:
    from dataclasses import replace

    own = a_list("lines", "人員", [A("people", label="人数")])
    columns = tuple(one._replace(kind="number", stage=None) for one in own.columns)
    told = ToldRelation("equals", "/lists/lines/*/people", ("/head",), "注意", "人数が合いません。")
    head = field("title", "人数の計", "number")._replace(pointer="/head", meaning=None)
    form = axes(
        [stage(ASKED, "要求", [])], (), [replace(own, columns=columns)], [head], told=[told]
    )
    rows = {"lines": [{"people": 0.1}, {"people": 0.2}]}

    assert codes(form, document(form, {}, rows, head=0.3)) == []
    assert _only(form, document(form, {}, rows, head=0.5)).fact == (
        "人数が合いません。「人員」の「人数」の計は 0.3、「人数の計」は 0.5 で、0.2 ちがいます。"
    )


_LEVELS = [
    field("account", kind="choice", choices="accounts"),
    field("level1", kind="choice", choices="level1"),
    field("level2", "項の名", "choice", choices="level2"),
]


def _budget(*fields: Any, **chosen: Any) -> list[Finding]:
    from dataclasses import replace

    below = (("総務費", "総務管理費"), ("民生費", "社会福祉費"))
    paths = tuple((account, *path) for account in ("一般会計", "病院会計") for path in below)
    context = replace(CONTEXT, settings=replace(CONTEXT.settings, levels=paths))
    form = axes([stage(ASKED, "要求", [])], fields=fields)
    return findings(form, document(form, {}, **chosen), context=context)


def test_yx301__hits_a_name_below_another() -> None:
    (found,) = _budget(*_LEVELS, account="一般会計", level1="総務費", level2="社会福祉費")

    assert (found.code, found.pointer) == ("YX301", "/level2")
    assert found.fact == "「項の名」の「社会福祉費」は「総務費」の項の名の一覧にありません。"
    assert found.remedy.startswith("「社会福祉費」は「民生費」の項の名です。")


@pytest.mark.parametrize(
    "chosen",
    [
        {"account": "一般会計", "level1": "総務費", "level2": "総務管理費"},
        {"account": "一般会計", "level1": "総務費", "level2": None},
        {"account": "国民健康保険事業会計", "level1": "総務費", "level2": "総務管理費"},
        {"account": None, "level1": "ない款", "level2": None},
    ],
)
def test_yx301__does_not_hit_as_deep_as_the_lists_go(chosen: dict[str, str | None]) -> None:
    assert _budget(*_LEVELS, **chosen) == []


def test_yx301__hits_in_a_form_without_accounts_by_the_first() -> None:
    (found,) = _budget(_LEVELS[1], level1="保険給付費")

    assert "「一般会計」の款の一覧にありません" in found.fact
    assert _budget(_LEVELS[1], level1="総務費") == []


def test_yx302__does_not_hit_choices_of_the_form_itself() -> None:
    own, listed = (field("kind", "区分", "choice", choices=key) for key in ("kinds", "categories"))

    assert _budget(own, kind="継続") == []
    assert [one.code for one in _budget(listed, kind="継続")] == ["YX302"]


_CONTRACT = [field("contract_limit", "限度", "money"), field("future_cost", "後年度の負担")]


def test_yx401__does_not_hit_a_form_with_a_limit_alone() -> None:
    form = axes([stage(ASKED, "要求", [])], fields=_CONTRACT)
    given = document(form, {}, contract_limit=5, future_cost="債務負担行為により5")

    assert codes(form, given) == []
    assert codes(form, {**given, "contract_limit": None}) == ["YX405"]


def test_yx901__does_not_hit_a_code_or_a_telephone_number() -> None:
    fields = [
        field("project_code", kind="text"),
        field("contact", kind="text"),
        field("future_cost", kind="text", picture="9999"),
    ]
    form = axes([stage(ASKED, "要求", [])], fields=fields)
    given = document(form, {}, project_code="1111", contact="1111", future_cost="1111")

    assert codes(form, given) == []
    assert codes(form, {**given, "title": "1111"}) == ["YX901"]


def test_yx902__hits_a_text_of_any_list_naming_its_place() -> None:
    assert _in_prefecture("/lists/lines/0/estimate", "髙い").fact.startswith(
        "「節別の内訳の1行目の積算」にある"
    )


# Any form: what balances by construction has no finding, one amount that is changed has one.


class Case(NamedTuple):
    """A form, a document of it that balances, and where its amounts are."""

    axes: Axes
    document: Document
    pointers: tuple[str, ...]


_MOST = 50_000


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a form of 1 to 5 stages, 0 to 7 sources and 0 to 3 lists, and a document that balances."""
    count = draw(st.integers(0, 7))
    labels = [f"財源{at}" for at in range(1, count + 1)]
    own = sources(*labels, rest=draw(st.sampled_from([None, *labels[-1:]])))
    keys = [ASKED, *draw(st.lists(st.sampled_from(_OTHERS), unique=True, max_size=3))]
    wanted = {key: draw(_columns(key, [one.key for one in own])) for key in keys}
    lists = [
        a_list(
            f"list{at}",
            f"一覧{at}",
            [
                A(f"{key}_{one}", key, one, f"{key}の{one}{at}")
                for key in keys
                for one in wanted[key][at]
            ],
            draw(st.sampled_from([(), ("段1", "段2")])),
            label="内容",
        )
        for at in range(draw(st.integers(0, 3)))
    ]
    lists = [one for one in lists if one.amounts]
    stages: list[Stage] = [draw(_stage(key, own, lists)) for key in keys]
    has_computed: bool = draw(st.booleans())
    if len(stages) > 1 and has_computed:
        stages.append(_computed(stages[0], stages[1], draw(st.sampled_from(["sum", "difference"]))))
    form = axes(stages, own, lists)
    made = draw(_balanced(form))
    grid = [pointer for one in stages for pointer in one.amounts.values()]
    rows = [
        f"{one.pointer}/{row}/{key}"
        for one in lists
        for row in range(len(made["lists"][one.key]))
        for key, _ in one.amounts
    ]
    return Case(form, made, (*grid, *rows))


_OTHERS = (LAST_YEAR, DECIDED, "notice", "mayor")


def _columns(key: str, keys: list[str]) -> st.SearchStrategy[list[list[str]]]:
    """Draw for each of three lists what of a stage its columns add up to."""
    if key == LAST_YEAR:  # nothing of it is worked out in a request
        return st.just([[], [], []])
    of = [TOTAL, *([SPECIFIC, keys[0]] if len(keys) > 2 else [])]
    return st.lists(st.lists(st.sampled_from(of), unique=True, max_size=2), min_size=3, max_size=3)


@st.composite
def _stage(draw: st.DrawFn, key: str, own: Any, lists: Any) -> Stage:
    cells = {cell for one in lists for _, cell in one.amounts}
    needs = {source for at, source in cells if at == key} - {TOTAL}
    is_funded: bool = draw(st.booleans())
    keys = [one.key for one in own] if needs or is_funded else []
    more = [SPECIFIC] if (key, SPECIFIC) in cells else []
    total = "lines" if (key, TOTAL) in cells else draw(st.sampled_from(["entry", "sources"]))
    by = "prior" if key == LAST_YEAR else "department" if key == ASKED else "finance"
    return stage(
        key,
        f"段階{key}",
        [*keys, *more],
        total=total if keys or total == "lines" else "entry",
        by=by,
    )


def _computed(one: Stage, two: Stage, kind: str) -> Stage:
    shared = [source for source in one.amounts if source in two.amounts and source != TOTAL]
    return stage("computed", "計算", shared, by="formula", total=kind, of=(one.key, two.key))


@st.composite
def _balanced(draw: st.DrawFn, form: Axes) -> Document:
    amounts: dict[str, dict[str, int | None]] = {}
    for one in form.stages:
        if one.of:
            first, second = (amounts[key] for key in one.of)
            sign = 1 if one.total == "sum" else -1
            amounts[one.key] = {
                source: (first[source] or 0) + sign * (second[source] or 0)
                for source in one.amounts
            }
            continue
        money = {source: draw(st.integers(0, _MOST)) for source in one.amounts}
        given = [source.key for source in form.sources if source.key in one.amounts]
        if given:
            money[TOTAL] = sum(money[source] for source in given)
            specific = sum(money[source] for source in given if source != form.rest)
            money.update({SPECIFIC: specific} if SPECIFIC in money else {})
        amounts[one.key] = dict(money)
    rows: dict[str, list[dict[str, Any]]] = {
        own.key: [
            {"group": draw(st.sampled_from(own.groups)) if own.groups else None}
            for _ in range(draw(st.integers(1, 3)))
        ]
        for own in form.lists
    }
    for stage_key, source in {cell for own in form.lists for _, cell in own.amounts}:
        whole = int(amounts[stage_key][source] or 0)
        for lists in _together(form, stage_key, source):
            places = [
                (row, column.key)
                for own in lists
                if (column := own.of_amount(stage_key, source))
                for row in rows[own.key]
            ]
            left = whole
            for row, column in places[:-1]:
                row[column] = draw(st.integers(0, left))
                left -= row[column]
            row, column = places[-1]
            row[column] = left
    return document(form, amounts, rows)


def _together(form: Axes, key: str, source: str) -> list[list[Any]]:
    """Return the lists that add up to a sum together, and those that say it once more."""
    having = [own for own in form.lists if own.of_amount(key, source)]
    if source != SPECIFIC:
        return [having]
    whole = [own for own in having if own.of_amount(key)]
    return [one for one in (whole, *([own] for own in having if own not in whole)) if one]


@settings(max_examples=300)
@given(cases())
def test_any_form__a_request_that_balances_has_no_finding(case: Case) -> None:
    assert findings(case.axes, case.document) == []


@settings(max_examples=600)
@given(cases(), st.data())
def test_any_form__one_amount_that_is_wrong_is_told_once_by_its_name(
    case: Case, data: st.DataObject
) -> None:
    pointer = data.draw(st.sampled_from(case.pointers))
    value: Any = case.document
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    other = value + data.draw(st.sampled_from([1, -1, 7, 1_000]))
    found = findings(case.axes, changed(case.document, pointer, other))

    assert len(found) == (1 if _is_bound(case.axes, pointer) else 0), [str(one) for one in found]
    for one in found:
        assert any(word in one.fact for word in _names(case.axes, pointer)), str(one)


def _is_bound(form: Axes, pointer: str) -> bool:
    """Return whether an amount stands in any equation."""
    if pointer.startswith("/lists/"):
        return True
    own, source = _cell(form, pointer)
    computed = next((one for one in form.stages if one.of), None)
    if computed and (own is computed or (own.key in computed.of and source in computed.amounts)):
        return True
    is_summed = any(one.of_amount(own.key, source) for one in form.lists)
    return is_summed or (own.by != "prior" and len(own.amounts) > 1)


def _cell(form: Axes, pointer: str) -> tuple[Stage, str]:
    return next(
        (own, source) for own in form.stages for source, at in own.amounts.items() if at == pointer
    )


def _names(form: Axes, pointer: str) -> list[str]:
    """Return the words of the stage, and of every column that adds up to it."""
    if pointer.startswith("/lists/"):
        _, _, key, _, column = pointer.split("/")
        (own,) = (form.stage(cell[0]) for at, cell in form.rows(key).amounts if at == column)
    else:
        own, _ = _cell(form, pointer)
    columns = (column for one in form.lists for column in one.columns if column.stage == own.key)
    computed = [one.label for one in form.stages if own.key in one.of]
    return [own.label, *computed, *(column.label for column in columns)]
