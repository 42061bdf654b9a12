"""The page as a whole: one HTML file that loads nothing, runs only our script, and reads without it.

What only finance sees stands at its end: 未算入 by name, 提出状況, 検証結果.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from yosan_xl.model.axes import ASKED
from yosan_xl.model.finding import NO_FINDING, FindingGroup, Weight, grouped
from yosan_xl.model.fiscal_year import shown_time
from yosan_xl.model.intake import LEFT_OUT, Doubtful, UnitState, UnitStatus
from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import NOT_GIVEN
from yosan_xl.model.text import by_word
from yosan_xl.report.page.contents import PageContents, page_data
from yosan_xl.report.page.element import Child, Markup, element, joined
from yosan_xl.report.page.figures import cell, money, table_row, wide_table
from yosan_xl.report.page.last_year import last_year_tables
from yosan_xl.report.page.listing import filter_form, listing_table
from yosan_xl.report.page.overview import charts, headline
from yosan_xl.report.page.requests import request_sheets
from yosan_xl.report.page.sums import funding_table, grouped_table, stages_table
from yosan_xl.resources import template_folder

_READING = (
    "金額は{unit}で、「-」は数字のないもの、「0」は0、「△」はマイナスです。"
    "構成比は四捨五入のため、合計が100.0％にならないことがあります。"
)


def page_html(contents: PageContents) -> str:
    """Return the page; the same contents give the same text."""
    style, script = _asset("page.css"), _asset("page.js")
    head = joined(
        [
            element("meta", charset="utf-8"),
            element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("meta", name="referrer", content="no-referrer"),
            element("meta", name="color-scheme", content="light dark"),
            element("title", title(contents)),
            Markup(f"<style>{style}</style>"),
        ]
    )
    data = Markup(f'<script type="application/json" id="data">{page_data(contents)}</script>')
    body = joined([_body(contents), data, Markup(f"<script>{script}</script>")])
    root = element("html", element("head", head), element("body", body), lang="ja")
    return f"<!DOCTYPE html>\n{root.html}\n"


def title(contents: PageContents) -> str:
    """Return `令和2年度 予算要求の概要（港区）`."""
    how_far = _how_far(contents)
    more = f"、{how_far}" if how_far else ""
    return f"{_what(contents)}（{contents.rollup.settings.municipality}{more}）"


def _what(contents: PageContents) -> str:
    """Return `令和2年度 予算要求の概要`; only what is decided to the last request is 予算案."""
    what = "予算案の概要" if contents.is_decided else "予算要求の概要"
    return f"{contents.rollup.settings.year.label} {what}"


def _how_far(contents: PageContents) -> str:
    """Return `決定 105 / 159` where something is decided and not all of it."""
    rollup, decided = contents.rollup, contents.decided
    return contents.how_far(rollup.sums(rollup.rows), decided) if decided else ""


def _policy(style: str, script: str) -> str:
    # By hash: even a text that became markup by a fault of ours could not run.
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _asset(name: str) -> str:
    return (template_folder("page") / name).read_text(encoding="utf-8")


def _body(contents: PageContents) -> Markup:
    sections = _sections(contents)
    links = [element("li", element("a", name, href=f"#{key}")) for key, name, _ in sections]
    return joined(
        [
            element("a", "本文へ進む", href="#main", class_="skip"),
            _banner(contents),
            element("nav", element("ul", *links), aria_label="目次"),
            element("main", *(_section(*section) for section in sections), id="main", tabindex=-1),
            _foot(contents),
        ]
    )


def _banner(contents: PageContents) -> Markup:
    settings = contents.rollup.settings
    how_far = (element("small", f"　{said}") for said in [_how_far(contents)] if said)
    who = "公表用" if contents.public else "庁内用：公表しない内容を含みます"
    return element(
        "header",
        element("p", f"{settings.municipality}　", element("span", who, class_="tag")),
        element("h1", _what(contents), *how_far),
        element("p", *_standing(contents)),
        class_="top",
    )


def _standing(contents: PageContents) -> Iterator[Child]:
    """Yield the edition, of when the data are, and where they lie as CSV."""
    if contents.edition:
        yield f"版：{contents.edition}　"
    if contents.saved:
        yield f"データの時点：{shown_time(contents.saved)}（ブックの最後の保存）　"
    if contents.links:
        yield "データ（CSV）："
        for name, file in contents.links:
            yield element("a", name, href=quote(file), download=True)
            yield "　"


def _sections(contents: PageContents) -> list[tuple[str, str, Child]]:
    """Return id, name and content of every section that the form has something for."""
    open_to_all: list[tuple[str, str, Child]] = [
        ("overview", "概要", joined([headline(contents), charts(contents)])),
        *(
            (key, by_word(name), grouped_table(contents, by_word(name), first, rest))
            for key, name, first, rest in _groupings(contents)
        ),
        *(
            [("last-year", "前年度比較", last_year_tables(contents, contents.last_year))]
            if contents.last_year
            else []
        ),
        *([("sources", "財源別", _sources(contents))] if contents.axes.sources else []),
        (
            "requests",
            "一覧",
            joined([filter_form(contents), _tally(contents), listing_table(contents)]),
        ),
        ("sheets", "要求書", request_sheets(contents)),
    ]
    return open_to_all if contents.public else [*open_to_all, *_for_finance(contents)]


def _groupings(
    contents: PageContents,
) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Yield what requests are summed by: an id, a name, the keys of a 小計, and those of a row."""
    keys, present = contents.keys, contents.present
    for key, named, first, rest in (
        ("accounts", ("account", "kan"), ("account",), ("kan",)),
        ("levels", ("kou", "moku"), ("account", "kan"), ("kou", "moku")),
        ("bureaus", ("bureau", "section"), ("bureau",), ("section",)),
        ("categories", ("category",), ("account",), ("category",)),
    ):
        names, upper, lower = present(*named), present(*first), present(*rest)
        if names:
            name = "・".join(keys[one] for one in names)
            yield key, name, upper if lower else (), lower or upper


def _sources(contents: PageContents) -> Markup:
    # Two stages stand beside one another in the other tables.
    stages = [stages_table(contents)] if len(contents.stages) > 2 else []
    return joined([funding_table(contents), *stages])


def _for_finance(contents: PageContents) -> list[tuple[str, str, Child]]:
    intake = contents.intake
    doubtful = intake.left_out or intake.anyway or intake.again
    return [
        *([("doubtful", LEFT_OUT, doubtful_table(contents))] if doubtful else []),
        ("status", "提出状況", status_table(contents)),
        ("findings", "検証結果", findings_table(contents)),
    ]


def _tally(contents: PageContents) -> Markup:
    """Return the line that the script keeps: how many requests are shown, and what they ask for."""
    said = f"{len(contents.shown):,}件"
    return element("p", said, id="tally", role="status", aria_live="polite")


def _section(key: str, name: str, content: Child) -> Markup:
    head = element("h2", name, id=f"{key}-h")
    return element("section", head, content, id=key, aria_labelledby=f"{key}-h")


def _foot(contents: PageContents) -> Markup:
    contact = contents.rollup.settings.contact
    who = [element("p", f"問い合わせ先：{contact}")] if contact and not contents.public else []
    return element("footer", element("p", _READING.format(unit=contents.unit)), *who)


_LOOKS = {UnitState.MISSING.value: "warn", UnitState.FAULTY.value: "bad"}
_WEIGHTS = {Weight.ERROR.value: "bad", Weight.WARNING.value: "warn"}
_STATUS = ("所管課", "区分", "件数", "{asked}", "誤り", "注意", "ブックの保存日時", "ファイル")
_FINDINGS = ("区分", "番号", "ファイル", "シート", "セル", "内容", "直し方", "理由")
_DOUBTFUL = ("区分", "{no}", "所管課", "{title}", "{asked}", "わけ", "ファイル", "シート")
_NUMBERS = frozenset({"件数", "{asked}", "誤り", "注意", "{no}"})


def doubtful_table(contents: PageContents) -> Markup:
    """Return every request that is 未算入, counted in spite of its errors, or there twice."""
    apart = contents.intake.apart
    rows = [_doubtful(contents, word, one) for word, some in apart for one in some]
    return _table(contents, "未算入の要求など", _DOUBTFUL, rows)


def status_table(contents: PageContents) -> Markup:
    """Return the state of every unit, then every file that is no unit's."""
    status = contents.intake.status
    rows = [_unit(unit) for unit in status.units]
    rows += [_file("置きかえ", old, f"「{new}」を使います。") for old, new in status.replaced]
    rows += [_file("課のものでない", one.file, one.why) for one in status.strays]
    rows += [
        _file("添付", name, unit.department.name)
        for unit in status.units
        for name in unit.attachments
    ]
    rows += [_file("添付", name, "どの課のものか分かりません。") for name in status.attachments]
    rows += [_file("読まない", one.file, one.why) for one in status.skipped]
    return _table(contents, "提出状況", _STATUS, rows)


def findings_table(contents: PageContents) -> Markup:
    """Return every finding, one row for each mistake."""
    groups = grouped(contents.findings)
    if not groups:
        return element("p", NO_FINDING)
    return _table(contents, "検証結果", _FINDINGS, [_finding(group) for group in groups])


def _doubtful(contents: PageContents, state: str, one: Doubtful) -> Markup:
    request, source = one.row.request, one.row.source
    return element(
        "tr",
        _tag(state, "warn"),
        cell(contents.number(one.row), "n"),
        cell(contents.rollup.unit(request).name or NOT_GIVEN),
        element("th", contents.title_of(request), scope="row"),
        money(request.amount(ASKED)),
        *map(cell, (one.why, source.file, source.sheet)),
    )


def _unit(unit: UnitStatus) -> Markup:
    state = unit.state.value
    files = unit.files
    return table_row(
        unit.department.name,
        _tag(state, _LOOKS.get(state)),
        _count(unit.requests),
        money(unit.requested) if unit.requests else cell(None),
        _count(unit.errors),
        _count(unit.warnings),
        cell("\n".join(shown_time(file.modified) for file in files)),
        cell("\n".join(file.name for file in files)),
    )


def _file(state: str, name: str, why: str) -> Markup:
    return table_row(name, _tag(state, None), element("td", why, colspan=len(_STATUS) - 2))


def _count(number: int) -> Markup:
    return cell(with_commas(number) if number else None, "n")


def _finding(group: FindingGroup) -> Markup:
    first = group.first
    texts = (first.code, first.place.file, first.place.sheet, group.cells)
    return element(
        "tr",
        _tag(first.weight.value, _WEIGHTS.get(first.weight.value)),
        *map(cell, (*texts, group.fact, group.remedy, first.reason)),
    )


def _tag(word: str, look: str | None) -> Markup:
    return element("td", element("span", word, class_=f"tag {look}" if look else "tag"))


def _table(
    contents: PageContents, caption: str, heads: Sequence[str], rows: Sequence[Markup]
) -> Markup:
    """Return a table; what stands in {} in a heading is the form's word."""
    words = {"asked": contents.asked, **contents.words}
    looked = [(head.format(**words), "n" if head in _NUMBERS else None) for head in heads]
    return wide_table(caption, f"{len(rows):,}行", looked, element("tbody", *rows), class_="plain")
