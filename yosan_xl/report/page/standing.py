"""What only finance sees: 未算入 by name, 提出状況, 検証結果."""

from __future__ import annotations

from collections.abc import Sequence

from yosan_xl.model.finding import NO_FINDING, FindingGroup, Weight, grouped
from yosan_xl.model.fiscal_year import shown_time
from yosan_xl.model.intake import Doubtful, UnitState, UnitStatus
from yosan_xl.model.money import with_commas
from yosan_xl.model.rollup import NOT_GIVEN
from yosan_xl.report.page.contents import PageContents
from yosan_xl.report.page.element import Markup, element
from yosan_xl.report.page.figures import NO_FIGURE, cell, money, table_row, wide_table

_LOOKS = {UnitState.MISSING.value: "warn", UnitState.FAULTY.value: "bad"}
_WEIGHTS = {Weight.ERROR.value: "bad", Weight.WARNING.value: "warn"}
_STATUS = ("所管課", "区分", "件数", "要求額", "誤り", "注意", "ブックの保存日時", "ファイル")
_FINDINGS = ("区分", "番号", "ファイル", "シート", "セル", "内容", "直し方", "理由")
_DOUBTFUL = ("区分", "NO", "所管課", "事業名", "要求額", "わけ", "ファイル", "シート")
_NUMBERS = frozenset({"件数", "要求額", "誤り", "注意", "NO"})


def doubtful_table(contents: PageContents) -> Markup:
    """Return every request that is 未算入, counted in spite of its errors, or there twice."""
    apart = contents.intake.apart
    rows = [_doubtful(contents, word, one) for word, some in apart for one in some]
    return _table("未算入の要求など", _DOUBTFUL, rows)


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
    return _table("提出状況", _STATUS, rows)


def findings_table(contents: PageContents) -> Markup:
    """Return every finding, one row for each mistake."""
    groups = grouped(contents.findings)
    if not groups:
        return element("p", NO_FINDING)
    return _table("検証結果", _FINDINGS, [_finding(group) for group in groups])


def _doubtful(contents: PageContents, state: str, one: Doubtful) -> Markup:
    request, source = one.row.request, one.row.source
    return element(
        "tr",
        _tag(state, "warn"),
        cell(NO_FIGURE if request.no is None else str(request.no), "n"),
        cell(contents.rollup.unit(request).name or NOT_GIVEN),
        element("th", request.title or NOT_GIVEN, scope="row"),
        money(request.total.requested),
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


def _table(caption: str, heads: Sequence[str], rows: Sequence[Markup]) -> Markup:
    looked = [(head, "n" if head in _NUMBERS else None) for head in heads]
    return wide_table(caption, f"{len(rows):,}行", looked, element("tbody", *rows), class_="plain")
