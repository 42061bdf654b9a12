"""`fill`: request documents into the books of their departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from yosan_xl.excel.request_book import SheetContent, request_book
from yosan_xl.form.definition import FilledBy
from yosan_xl.form.mapping import complete, differences, document_of, get, line_counts, sheet_values
from yosan_xl.form.plan import LineGroup, Plan
from yosan_xl.form.relation import CellValue, Values
from yosan_xl.form.stamp import row_key
from yosan_xl.model.axes import RowList
from yosan_xl.model.department import Department
from yosan_xl.model.finding import Finding
from yosan_xl.model.money import with_unit
from yosan_xl.model.request import Document
from yosan_xl.model.settings import Settings
from yosan_xl.model.text import shortened
from yosan_xl.store.faults import shown
from yosan_xl.store.year_folder import YearFolder
from yosan_xl.usecases import codes
from yosan_xl.usecases.errors import WrongInput
from yosan_xl.usecases.generate import (
    MOST_SHEETS,
    department_code,
    first_choices,
    handed_out_document,
    only_text,
    password_of,
    plan_for,
    refuse_too_many,
)
from yosan_xl.usecases.outputs import FILLED, put_all, told_of_paths
from yosan_xl.usecases.submitted.check import check_requests
from yosan_xl.usecases.submitted.gathered import Gathered, gathered_documents, read_documents
from yosan_xl.usecases.year import form_of, most_rows, open_year

_Cause = tuple[str, str, str]
"""A pointer, what is not the same there, and what to do."""

_HOLDS = "様式の欄に書けるのは、整数の{unit}と、32,767字までの文字です。"
_QUOTED = 30


@dataclass(frozen=True, slots=True)
class Filled:
    """The books that were written, and what is wrong with the documents."""

    books: tuple[Path, ...]
    requests: int
    findings: tuple[Finding, ...]


def fill(documents: Path, out: Path, *, only_finance: bool = False, force: bool = False) -> Filled:
    """Write the documents of a JSON file into books in `out`; raise WrongInput.

    With `only_finance` just what no department fills is filled: NO, finance's texts and amounts, last year's amounts,
    year, department.
    """
    read = read_documents(documents)
    year = open_year(documents.parent)
    rows = _with_envelopes(read, year)
    gathered = gathered_documents(rows, documents.name, documents)
    plan = plan_for(year.settings, year.root)
    groups = dict(_by_department(gathered, year))
    refuse_too_many({unit: len(own) for unit, own in groups.items()}, shown(documents.name))
    most = most_rows(form_of(year))
    findings = [*check_requests(gathered, year), *_unfit(gathered, plan, most)]
    books = filled_books(year, groups, out, only_finance=only_finance)
    put_all(books, FILLED, force=force)
    return Filled(tuple(books), len(rows), (*findings, *told_of_paths(books)))


def filled_books(
    year: YearFolder,
    groups: Mapping[Department, list[Document]],
    out: Path,
    *,
    only_finance: bool = False,
) -> dict[Path, bytes]:
    """Return the books of departments with their documents, by the paths in `out` where they go."""
    plan, password = plan_for(year.settings, year.root), password_of(year.settings)
    return {
        out / f"{year.roster.file_stem(unit)}.xlsx": filled_book(
            plan,
            settings=year.settings,
            unit=unit,
            documents=own,
            password=password,
            only_finance=only_finance,
        )
        for unit, own in groups.items()
    }


def _with_envelopes(documents: list[Document], year: YearFolder) -> list[Document]:
    """Return documents with what the year says of them where they leave it out: form, year, 所管課's names and the sheet.

    Those of the first vocabulary stay as they are.
    """
    form = form_of(year)
    if form.vocabulary == 1:
        return documents
    whole = [_with_unit({"form": form.id, **document}, year) for document in documents]
    for unit in year.roster:
        own = [document for document in whole if department_code(document) == unit.code]
        for number, document in _placed(own, unit).items():
            document.setdefault("id", f"{unit.code}-{number}")
    return whole


def _with_unit(document: Document, year: YearFolder) -> Document:
    unit = year.roster.by_code(department_code(document))
    if unit is None:
        return document
    blank = handed_out_document(form_of(year).axes, year.settings, unit, 0)
    return {
        **document,
        "fiscal_year": document.get("fiscal_year", blank["fiscal_year"]),
        "department": {**blank["department"], **document["department"]},
    }


def filled_book(
    plan: Plan,
    settings: Settings,
    unit: Department,
    documents: list[Document],
    password: str = "",
    *,
    only_finance: bool = False,
) -> bytes:
    """Return a department's book with its documents, and blank sheets up to the configured number."""
    placed = _placed(documents, unit)
    first = first_choices(settings)
    sheets = []
    for number in range(1, max([settings.sheets, *placed]) + 1):
        blank = handed_out_document(plan.axes, settings, unit, number)
        document = {**blank, **placed.get(number, {}), "id": f"{unit.code}-{number}"}
        whole, empty = sheet_values(document, plan), sheet_values(blank, plan)
        finance = _not_typed(whole, plan)
        values = complete({**empty, **finance} if only_finance else whole, plan, first)
        issued = {**only_text(empty), **_cell_by_cell(finance)}
        sheets.append(SheetContent(f"{unit.code}-{number}", values, issued))
    return request_book(plan, settings=settings, department=unit, sheets=sheets, password=password)


def _not_typed(values: Values, plan: Plan) -> dict[str, CellValue | tuple[CellValue, ...]]:
    """Return what no department types: what is finance's, and last year's."""
    own = {slot.name for slot in plan.slots if slot.by in (FilledBy.FINANCE, FilledBy.PRIOR)}
    return {name: value for name, value in values.items() if name in own}


def _cell_by_cell(values: Values) -> dict[str, CellValue]:
    columns = {name: column for name, column in values.items() if isinstance(column, tuple)}
    cells = {row_key(name, row): v for name, col in columns.items() for row, v in enumerate(col)}
    return {**only_text(values), **cells}


def _placed(documents: list[Document], unit: Department) -> dict[int, Document]:
    """Return each document its sheet: the one its id names, or the first that is free."""
    placed: dict[int, Document] = {}
    homeless = []
    for document in documents:
        number = _sheet_number(document.get("id"), unit)
        if number is None or number in placed:
            homeless.append(document)
        else:
            placed[number] = document
    for document in homeless:
        placed[next(n for n in range(1, len(placed) + 2) if n not in placed)] = document
    return placed


def _sheet_number(request_id: object, unit: Department) -> int | None:
    text = str(request_id).removeprefix(f"{unit.code}-")
    known = isinstance(request_id, str) and text != request_id and text.isascii()
    number = int(text) if known and text.isdecimal() and len(text) < 4 else 0
    return number if 1 <= number <= MOST_SHEETS else None


def _by_department(
    gathered: list[Gathered], year: YearFolder
) -> Iterator[tuple[Department, list[Document]]]:
    # Before the first book is written: a refusal leaves nothing half done.
    if strangers := [item for item in gathered if _unit_of(item, year) is None]:
        raise WrongInput(*map(_unknown_department, strangers))
    for unit in year.roster:
        own = [item.document for item in gathered if _unit_of(item, year) == unit]
        if own:
            yield unit, own


def _unit_of(item: Gathered, year: YearFolder) -> Department | None:
    return year.roster.by_code(department_code(item.document))


def _unknown_department(item: Gathered) -> Finding:
    return codes.UNKNOWN_DEPARTMENT.at(
        item.locate("/department/code"),
        "/department/code",
        wanted=department_code(item.document) or "",
        problem="ありません",
        candidates="department の code を 組織.csv のコードに直してください。",
    )


_MOST_TOLD = 400
"""Changed values of a request that are told of: more than a sheet has, and a file may hold 50,000."""


def _unfit(gathered: list[Gathered], plan: Plan, most: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding for every cause that keeps the form from holding a value as it is.

    `most` are the rows that yosan.toml may give each group.
    """
    for item in gathered:
        back, _ = document_of(complete(sheet_values(item.document, plan), plan), plan)
        found = differences(item.document, back)
        pointers = [p for p in found if not _may_differ(p, item.document, back, plan)][:_MOST_TOLD]
        for at, problem, remedy in _causes(_Unfit(item.document, back, plan, most), pointers):
            yield codes.DOES_NOT_FIT.at(
                item.locate(at),
                at,
                id=item.document.get("id") or item.sheet,
                pointers="、".join(pointers),
                problem=problem,
                remedy=remedy,
            )


def _may_differ(pointer: str, document: Document, back: Document, plan: Plan) -> bool:
    """Return whether a value is the sheet's own: its id, and what it computes that the document leaves out."""
    if pointer == "/id":
        return True
    above, _, key = pointer.rpartition("/")
    inner = get(document, above) if above else document
    left_out = inner is None or (isinstance(inner, dict) and key not in inner)
    return left_out and _is_computed(get(back, pointer), pointer, plan)


def _is_computed(value: object, pointer: str, plan: Plan) -> bool:
    """Return whether all that is given of a value is what the sheet computes."""
    if isinstance(value, dict):
        return all(_is_computed(one, f"{pointer}/{key}", plan) for key, one in value.items())
    slot = plan.slot_at(pointer)
    return value is None or (slot is not None and slot.formula is not None)


@dataclass(frozen=True, slots=True, eq=False)
class _Unfit:
    """A document as it is wanted, and as it would come back from the form."""

    document: Document
    back: Document
    plan: Plan
    most: Sequence[int]

    @property
    def holds(self) -> str:
        """Say what a cell may hold."""
        return _HOLDS.format(unit=self.plan.axes.unit)

    def changed(self, pointer: str) -> str:
        """Return which figure or text this is, what it is, and what it would become."""
        one, two = (self._shown(get(side, pointer)) for side in (self.document, self.back))
        return f"{self._label(pointer)}が {one} から {two}"

    def reordered(self, own: RowList) -> bool:
        """Return whether the form has the same rows of a list in another order."""
        old, new = (_labels(get(side, own.pointer), own) for side in (self.document, self.back))
        return old != new and Counter(old) == Counter(new)

    def called(self, group: LineGroup) -> str:
        """Return a group's name in 「」, with its list's where the form has several; the list's where it has no groups."""
        own = self.plan.axes.rows(group.list)
        several = len(self.plan.axes.lists) > 1
        if group.name is None:
            return f"「{own.label}」"
        return f"「{own.label}」の「{group.name}」" if several else f"「{group.name}」"

    def _label(self, pointer: str) -> str:
        """Return the form's words for a pointer; the pointer itself where it has none."""
        for own in self.plan.axes.lists:
            for at in filter(None, (own.pointer, own.subtotals)):
                if pointer.startswith(f"{at}/"):
                    return self._row_label(pointer.removeprefix(f"{at}/"), at, own)
        return f"「{self._slot_label(pointer) or pointer}」"

    def _row_label(self, rest: str, at: str, own: RowList) -> str:
        row, _, key = rest.partition("/")
        if not row.isdecimal():
            return f"「{at}/{rest}」"
        label = self._slot_label(f"{at}/*/{key}") or key
        if at == own.pointer:
            several = len(self.plan.axes.lists) > 1
            rows = f"{f'「{own.label}」の' if several else ''}明細{int(row) + 1}行目"
        else:
            rows = f"「{get(self.document, f'{at}/{row}/{own.group}')}」"
        return f"{rows}の「{label}」" if key else rows

    def _slot_label(self, pointer: str) -> str | None:
        return next((s.label for s in self.plan.slots if s.pointer == pointer), None)

    def _shown(self, value: object) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            return with_unit(value, self.plan.axes.unit)
        if isinstance(value, dict | list):
            return "記入あり"
        text = "空欄" if value is None else str(value)
        return shortened(text, _QUOTED, f"…（{len(text):,}字）")


def _labels(rows: object, own: RowList) -> list[str]:
    listed = rows if isinstance(rows, list) else []
    return [str(row.get(own.label_key or "")) for row in listed if isinstance(row, dict)]


def _causes(unfit: _Unfit, pointers: Sequence[str]) -> Iterator[_Cause]:
    """Yield each cause once: what is summed up follows from its rows, and is told where they fit."""
    lists = unfit.plan.axes.lists
    below = tuple(one.subtotals for one in lists if one.subtotals)
    computed = {slot.pointer for slot in unfit.plan.slots if slot.formula}
    of_lists = {own.key: [p for p in pointers if _is_below(p, own.pointer)] for own in lists}
    rows = {pointer for own in of_lists.values() for pointer in own}
    sums = [p for p in pointers if p in computed or any(_is_below(p, one) for one in below)]
    for own in lists:
        if of_lists[own.key]:
            yield _of_rows(unfit, own, of_lists[own.key])
    if sums and not rows:
        yield _of_sums(unfit, sums)
    for pointer in pointers:
        if pointer not in rows and pointer not in sums:
            yield pointer, unfit.changed(pointer), unfit.holds


def _is_below(pointer: str, top: str) -> bool:
    return pointer == top or pointer.startswith(f"{top}/")


def _of_rows(unfit: _Unfit, own: RowList, pointers: Sequence[str]) -> _Cause:
    counted = [*zip(unfit.plan.groups, line_counts(unfit.document, unfit.plan), strict=True)]
    pairs = [(group, count) for group, count in counted if group.list == own.key]
    if not any(count > group.rows for group, count in pairs):
        names = "".join(unfit.called(group) for group, _ in pairs)
        order = f"明細の区分は{names}で、その順に並べてください。"
        at = pointers[0]
        is_row = isinstance(get(unfit.document, at), dict)
        moved = at.endswith(f"/{own.group}") or is_row or unfit.reordered(own)
        return at, unfit.changed(at), order if moved and own.groups else unfit.holds
    problem = "、".join(
        f"{unfit.called(group)}の明細が {count}行あり、様式は {group.rows}行"
        for group, count in pairs
        if count > group.rows
    )
    return own.pointer, problem, _room(unfit, counted)


def _room(unfit: _Unfit, counted: Sequence[tuple[LineGroup, int]]) -> str:
    """Say how the form gets as many rows as are wanted, or that it cannot."""
    if all(count <= most for (_, count), most in zip(counted, unfit.most, strict=True)):
        rows = ", ".join(str(max(group.rows, count)) for group, count in counted)
        return f"yosan.toml の [lines] に rows = [{rows}] と書いてください。"
    names = "".join(unfit.called(group) for group, _ in counted)
    most = "、".join(f"{most}行" for most in unfit.most)
    return f"様式に書ける明細は{names}の順に {most}までです。明細をまとめてください。"


def _of_sums(unfit: _Unfit, pointers: Sequence[str]) -> _Cause:
    problem = "、".join(map(unfit.changed, pointers))
    if any(get(unfit.back, pointer) is None for pointer in pointers):
        remedy = (
            "明細に額がないので計算できません。明細に額を分けて書くか、この計を空にしてください。"
        )
    else:
        remedy = "計は明細から計算した額になります。明細の額か、この計を直してください。"
    return pointers[0], problem, remedy
