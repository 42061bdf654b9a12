"""The bundled sheets of 令和2年度: they balance, and they tell the facts in words of our own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.seed import PROSE, department_codes, documents_from_seed, seed_documents
from yosan_xl.form.load import load_definition
from yosan_xl.model.axes import ASKED, SPECIFIC
from yosan_xl.model.request import Document, Request
from yosan_xl.resources import template_folder

AXES = load_definition("minato-r2").axes
FOLDER = Path(__file__).parents[1] / "examples" / "R2"
EXAMPLES: list[Document] = json.loads((FOLDER / "requests.json").read_text(encoding="utf-8"))
BY_NO = {document["no"]: document for document in EXAMPLES}

# NO: 会計, 款, 合計, うち特財, 国庫支出金, 都支出金, 一般財源 (千円), as published.
PUBLISHED = {
    55: ("一般会計", "総務費", 151_486, 0, 0, 0, 151_486),
    56: ("一般会計", "総務費", 30_765, 0, 0, 0, 30_765),
    57: ("一般会計", "総務費", 38_484, 0, 0, 0, 38_484),
    58: ("一般会計", "総務費", 36_936, 0, 0, 0, 36_936),
    59: ("国民健康保険事業会計", "総務費", 90_955, 12_000, 0, 12_000, 78_955),
    60: ("一般会計", "民生費", 6_259, 5_868, 5_868, 0, 391),
    61: ("一般会計", "総務費", 331, 0, 0, 0, 331),
    62: ("一般会計", "総務費", 24_103, 0, 0, 0, 24_103),
    63: ("一般会計", "総務費", 4_192, 0, 0, 0, 4_192),
}

_FIGURE = re.compile(r"\d+(?:[,.]\d+)*|[①-⑳]")


def figures(text: str | None) -> set[str]:
    """Give the numbers in a text, with their commas and points, and the circled ones."""
    return set(_FIGURE.findall(text or ""))


def copied_sentences(source: str | None, text: str | None) -> list[str]:
    """Give the sentences of `source` longer than 12 characters that stand in `text` verbatim."""
    sentences = (part.strip() for part in re.split(r"[。\n]", source or ""))
    return [part for part in sentences if len(part) > 12 and part in (text or "")]


def summed(rows: list[Document], amount: str) -> int | None:
    """Give the sum of what is given, None where nothing is."""
    given = [row[amount] for row in rows if row[amount] is not None]
    return sum(given) if given else None


@pytest.mark.parametrize("no", PUBLISHED)
def test_example__has_the_published_figures(no: int) -> None:
    request = Request.from_document(BY_NO[no], AXES)
    sources = [(request.amount(ASKED, key) or 0) for key in ("national", "metropolitan", "general")]
    earmarked = request.amount(ASKED, SPECIFIC) or 0
    found = (request.account, request.kan, request.requested, earmarked, *sources)
    assert found == PUBLISHED[no]


@pytest.mark.parametrize("no", PUBLISHED)
def test_example__lines_add_up_to_subtotals_and_total(no: int) -> None:
    document = BY_NO[no]
    for amount, _ in AXES.lists[0].amounts:
        assert document["total"][amount] == summed(document["lines"], amount)
        for subtotal in document["subtotals"]:
            lines = [line for line in document["lines"] if line["part"] == subtotal["part"]]
            assert subtotal[amount] == summed(lines, amount)


@pytest.mark.parametrize("no", PUBLISHED)
def test_example__has_a_subtotal_for_each_part(no: int) -> None:
    parts = dict.fromkeys(line["part"] for line in BY_NO[no]["lines"])
    subtotals = [subtotal["part"] for subtotal in BY_NO[no]["subtotals"]]
    assert subtotals == [part for part in parts if part is not None]


@pytest.mark.parametrize("no", PUBLISHED)
def test_example__is_paid_for_by_its_funding(no: int) -> None:
    request = Request.from_document(BY_NO[no], AXES)
    earmarked = sum((request.amount(ASKED, source) or 0) for source in AXES.specific)
    assert earmarked == (request.amount(ASKED, SPECIFIC) or 0)
    assert earmarked + (request.amount(ASKED, "general") or 0) == request.requested


def test_examples__add_up_to_the_published_totals() -> None:
    requests = [Request.from_document(document, AXES) for document in EXAMPLES]
    assert [request.no for request in requests] == list(PUBLISHED)
    assert sum(request.requested for request in requests) == 383_511
    assert sum(request.amount(ASKED, SPECIFIC) or 0 for request in requests) == 17_868
    by_source = {
        source: sum((request.amount(ASKED, source) or 0) for request in requests)
        for source in (*AXES.specific, "general")
    }
    assert by_source == {
        "national": 5_868,
        "metropolitan": 12_000,
        "other": 0,
        "general": 365_643,
    }


def test_example_ids__count_within_the_department() -> None:
    ids = [document["id"] for document in EXAMPLES]
    codes = [document["department"]["code"] for document in EXAMPLES]
    assert ids == [f"{code}-{codes[:at].count(code) + 1}" for at, code in enumerate(codes)]
    assert len(set(ids)) == len(ids)


def test_example_departments__stand_in_the_roster() -> None:
    codes = department_codes()
    for unit in (document["department"] for document in EXAMPLES):
        assert codes[unit["bureau"], unit["section"]] == unit["code"]


def test_example_59__keeps_the_published_error_of_its_future_cost() -> None:
    amounts = [
        int(amount.replace(",", ""))
        for amount in re.findall(r"([\d,]+)千円", BY_NO[59]["future_cost"])
    ]
    assert amounts == [3_523, 429, 660, 2_508]  # the parts make 3,597


def test_examples__are_written_as_json_dumps_does() -> None:
    written = (FOLDER / "requests.json").read_text(encoding="utf-8")
    assert written == json.dumps(EXAMPLES, ensure_ascii=False, indent=2) + "\n"


def test_roster__is_the_template_s_and_opens_in_excel() -> None:
    roster = (FOLDER / "組織.csv").read_bytes()
    assert roster == (template_folder("minato-r2") / "組織.csv").read_bytes()
    assert roster.startswith("\ufeffコード,部,課,会計,要求,備考\r\n".encode())
    assert roster.count(b"\r\n") == roster.count(b"\n")


def test_roster__has_57_units_each_with_a_code_of_its_own() -> None:
    codes = department_codes()
    assert len(codes) == 57
    assert len(set(codes.values())) == 57
    assert all(re.fullmatch(r"\d{4}", code) for code in codes.values())


def test_figures__are_numbers_and_circled_numbers() -> None:
    assert figures("①約1,900千円（92.3%）、２区 ～3") == {"①", "1,900", "92.3", "２", "3"}
    assert figures(None) == set()


def test_copied_sentences__finds_a_long_one_only() -> None:
    source = "これは短い文。この文は十二文字よりも長い文です。\nこの段落もまた十二文字より長い"
    assert copied_sentences(source, f"前置き。{source}") == [
        "この文は十二文字よりも長い文です",
        "この段落もまた十二文字より長い",
    ]
    assert copied_sentences(source, "これは短い文。") == []
    assert copied_sentences(None, None) == []


def sheet(**changed: Any) -> dict[str, Any]:
    """Give a made-up sheet under the headings of the paper, all its prose empty."""
    empty = dict.fromkeys((*PROSE.values(), "基本計画・個別計画", "関連する法令・条例等"), "")
    sources = ("国庫支出金", "都支出金", "その他特財")
    heading = {"NO": 1, "年度": "令和2年度", "部": "甲部", "課": "乙課", "会計": "一般会計"}
    titles = {"款": "総務費", "事業名": "試し", "要求区分": "新規事業", "編成の考え方": ""}
    funding = {source: [None, 0] for source in sources} | {"一般財源": [None, 5]}
    group = {
        "区分": "",
        "items": [{"内容": "品", "要求額": 5, "うち特財": 0}],
        "小計": 5,
        "特財小計": 0,
    }
    amounts = {"要求内容": [group], "合計": 5, "うち特財合計": 0, "財源内訳": funding}
    return {**heading, **titles, **empty, **amounts, "債務負担行為": None, **changed}


def test_seed_sheet__without_parts_gives_a_flat_document() -> None:
    (document,) = documents_from_seed([sheet(スケジュール="4月\n5月")], {("甲部", "乙課"): "0102"})
    blank = {"budgeted": None, "budgeted_earmarked": None}
    assert list(document) == list(EXAMPLES[0])
    assert document["id"] == "0102-1"
    assert document["schedule"] == "4月\n5月"
    assert document["description"] is None
    assert document["subtotals"] == []
    assert document["lines"] == [
        {"label": "品", "requested": 5, "earmarked": None, **blank, "part": None}
    ]
    assert document["total"] == {"requested": 5, "earmarked": None, **blank}


def test_seed_sheets__with_parts_are_numbered_by_no() -> None:
    items = [{"内容": "品", "要求額": 5, "うち特財": 2}]
    group = {"区分": "経常経費分", "items": items, "小計": 5, "特財小計": 2}
    sheets = [sheet(NO=2, 要求内容=[group], うち特財合計=2), sheet()]
    documents = documents_from_seed(sheets, {("甲部", "乙課"): "0102"})
    assert [(document["no"], document["id"]) for document in documents] == [
        (1, "0102-1"),
        (2, "0102-2"),
    ]
    (subtotal,) = documents[1]["subtotals"]
    assert (subtotal["part"], subtotal["requested"], subtotal["earmarked"]) == ("経常経費分", 5, 2)
    assert documents[1]["lines"][0]["part"] == "経常経費分"


SEED = seed_documents()

# Defined only where the seed is: an empty parameter set would be reported as skipped.
if SEED is not None:

    @pytest.mark.parametrize("seed", SEED, ids=lambda seed: str(seed["no"]))
    def test_example_and_seed__have_the_same_facts(seed: Document) -> None:
        example = BY_NO[seed["no"]]
        assert list(example) == list(seed)
        assert {key: example[key] for key in seed if key not in PROSE} == {
            key: seed[key] for key in seed if key not in PROSE
        }

    @pytest.mark.parametrize("seed", SEED, ids=lambda seed: str(seed["no"]))
    @pytest.mark.parametrize("block", PROSE)
    def test_example_and_seed__have_the_same_figures(seed: Document, block: str) -> None:
        example = BY_NO[seed["no"]]
        assert (example[block] is None) == (seed[block] is None)
        assert figures(example[block]) == figures(seed[block])

    @pytest.mark.parametrize("seed", SEED, ids=lambda seed: str(seed["no"]))
    @pytest.mark.parametrize("block", PROSE)
    def test_example_and_seed__share_no_sentence(seed: Document, block: str) -> None:
        assert copied_sentences(seed[block], BY_NO[seed["no"]][block]) == []
