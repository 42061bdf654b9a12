"""What only finance sees: 未算入 by name, 提出状況, 検証結果."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.model.finding import NO_FINDING, FindingGroup, Weight, grouped
from yosan_xl.model.fiscal_year import shown_time
from yosan_xl.model.intake import Doubtful, UnitState, UnitStatus
from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import NOT_GIVEN
from yosan_xl.report.page.contents import Contents
from yosan_xl.report.page.element import Markup, element
from yosan_xl.report.page.figures import money
from yosan_xl.report.page.sums import wide

_LOOKS = {UnitState.MISSING.value: "warn", UnitState.FAULTY.value: "bad"}
_WEIGHTS = {Weight.ERROR.value: "bad", Weight.WARNING.value: "warn"}
_STATUS = ("所管課", "区分", "件数", "要求額", "誤り", "注意", "ブックの保存日時", "ファイル")
_FINDINGS = ("区分", "番号", "ファイル", "シート", "セル", "内容", "直し方", "理由")
_DOUBTFUL = ("区分", "NO", "所管課", "事業名", "要求額", "わけ", "ファイル", "シート")
_NUMBERS = frozenset({"件数", "要求額", "誤り", "注意", "NO"})


def doubtful_table(contents: Contents) -> Markup:
    """Return every request that is 未算入, counted in spite of its errors, or there twice."""
    apart = contents.intake.apart
    rows = [_doubtful(contents, word, one) for word, some in apart for one in some]
    return _table("未算入の要求など", _DOUBTFUL, rows)


def status_table(contents: Contents) -> Markup:
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
    return _table("提出状況", _STATUS, rows)


def findings_table(contents: Contents) -> Markup:
    """Return every finding, one row for each mistake."""
    groups = grouped(contents.findings)
    if not groups:
        return element("p", NO_FINDING)
    return _table("検証結果", _FINDINGS, [_finding(group) for group in groups])


def _doubtful(contents: Contents, state: str, one: Doubtful) -> Markup:
    request, source = one.row.request, one.row.source
    return element(
        "tr",
        _tag(state, "warn"),
        element("td", "-" if request.no is None else str(request.no), class_="n"),
        element("td", contents.rollup.unit(request).name or NOT_GIVEN),
        element("th", request.title or NOT_GIVEN, scope="row"),
        money(request.total.requested),
        *(element("td", text or "") for text in (one.why, source.file, source.sheet)),
    )


def _unit(unit: UnitStatus) -> Markup:
    state = unit.state.value
    files = unit.files
    return element(
        "tr",
        element("th", unit.department.name, scope="row"),
        _tag(state, _LOOKS.get(state)),
        *(element("td", with_commas(n) if n else "", class_="n") for n in (unit.requests,)),
        money(unit.requested) if unit.requests else element("td"),
        *(
            element("td", with_commas(n) if n else "", class_="n")
            for n in (unit.errors, unit.warnings)
        ),
        element("td", "\n".join(shown_time(file.modified) for file in files)),
        element("td", "\n".join(file.name for file in files)),
    )


def _file(state: str, name: str, why: str) -> Markup:
    return element(
        "tr",
        element("th", name, scope="row"),
        _tag(state, None),
        element("td", why, colspan=len(_STATUS) - 2),
    )


def _finding(group: FindingGroup) -> Markup:
    first = group.first
    texts = (first.code, first.place.file, first.place.sheet, group.cells)
    return element(
        "tr",
        _tag(first.weight.value, _WEIGHTS.get(first.weight.value)),
        *(element("td", text or "") for text in texts),
        *(element("td", text or "") for text in (group.fact, group.remedy, first.reason)),
    )


def _tag(word: str, look: str | None) -> Markup:
    return element("td", element("span", word, class_=f"tag {look}" if look else "tag"))


def _table(caption: str, heads: Sequence[str], rows: Sequence[Markup]) -> Markup:
    cells = [
        element("th", head, scope="col", class_="n" if head in _NUMBERS else None) for head in heads
    ]
    table = element(
        "table",
        element("caption", caption, element("small", f"{len(rows):,}行")),
        element("thead", element("tr", *cells)),
        element("tbody", *rows),
        class_="plain",
    )
    return wide(caption, table)
