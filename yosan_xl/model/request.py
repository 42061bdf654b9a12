"""A budget request as a value: what one department asks for one project.

The request *document* (a JSON object, see schemas/request.schema.json) is what is read, exchanged
and kept; `Request` is the typed view that rules and roll-ups use. What a document calls its amounts and fields the
Axes of its form say. Amounts are in the form's unit; None is "not given", which is not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from yosan_xl.model.axes import (
    ASKED,
    DECIDED,
    LAST_YEAR,
    SPECIFIC,
    TOTAL,
    Amounts,
    Axes,
    FieldWords,
    RowList,
)
from yosan_xl.model.money import Money, limit, tenths_of_percent

VERDICT = "verdict"
"""The meaning of how finance judged a request, or a row of a list (査定区分)."""

Document = dict[str, Any]
"""A request document as JSON has it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list; `group` is None in a flat list. `amounts` are those that add up to a stage.

    `values` is the row as the document has it.
    """

    label: str | None
    group: str | None
    amounts: Amounts
    values: Document = field(default_factory=dict, compare=False, repr=False)

    def amount(self, stage: str, source: str = TOTAL) -> Money | None:
        """Return what it adds to a stage's source, None where nothing is given."""
        return self.amounts.get((stage, source))


@dataclass(frozen=True, slots=True)
class Subtotal:
    """小計 of a group of a list; a flat list has none."""

    group: str | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class ContractAuthorization:
    """債務負担行為: first and last fiscal year (西暦) and the limit. 地方自治法 第214条."""

    term_start: int | None
    term_end: int | None
    limit: Money | None


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Values that could not be read are None here; a finding tells of them.

    `texts` holds every text of the document by its pointer, `lists` and `subtotals` the rows of each list by its key,
    `amounts` the grid of stages and sources, `source_names` the texts beside the sources. Of one that `lacks_last_year`
    nobody knows what it came to last year: it is not 0, and nothing is worked out from it.
    """

    axes: Axes = field(compare=False, repr=False)
    id: str | None
    fiscal_year: int | None
    no: int | None
    department_code: str | None
    bureau: str | None
    section: str | None
    texts: Mapping[str, str]
    lists: Mapping[str, tuple[Line, ...]]
    subtotals: Mapping[str, tuple[Subtotal, ...]]
    amounts: Amounts
    source_names: Mapping[str, str]
    contract_authorization: ContractAuthorization
    origin: Document = field(default_factory=dict, compare=False, repr=False)
    is_decided: bool = field(default=False, compare=False, repr=False)
    lacks_last_year: bool = field(default=False, compare=False, repr=False)

    def __hash__(self) -> int:
        """Hash by id only, so that what is worked out once of a request is found cheaply; == compares all."""
        return hash(self.id)

    @classmethod
    def from_document(cls, document: Document, axes: Axes) -> Request:
        """View a request document of a form; what has the wrong type, or is out of bounds, is not given.

        Bounds are those of amounts (`money.limit`), of years (four digits) and of NO (nine digits):
        a number in a Request can be added up and written anywhere.
        """
        unit = _object(document.get("department"))
        paths = _paths(axes)
        texts = {pointer: _at(document, path) for pointer, path in paths.texts}
        names = {source: _at(document, path) for source, path in paths.names}
        amounts = {cell: _money(_at(document, path), paths.most) for cell, path in paths.amounts}
        return cls(
            axes=axes,
            id=_text(document.get("id")),
            fiscal_year=_integer(document.get("fiscal_year"), _YEAR),
            no=_integer(document.get("no"), _NO),
            department_code=_text(unit.get("code")),
            bureau=_text(unit.get("bureau")),
            section=_text(unit.get("section")),
            texts={pointer: text for pointer, text in texts.items() if isinstance(text, str)},
            lists={
                one.key: tuple(_line(row, one, paths.most) for row in _rows(_at(document, path)))
                for one, path in paths.lists
            },
            subtotals={
                one.key: tuple(
                    _subtotal(row, one, paths.most) for row in _rows(_at(document, path))
                )
                for one, path in paths.subtotals
            },
            amounts=amounts,
            source_names={source: name for source, name in names.items() if isinstance(name, str)},
            contract_authorization=_contract(document, paths),
            origin=document,
            lacks_last_year=_says_no_last_year(amounts, axes),
        )

    @property
    def document(self) -> Document:
        """Return it as JSON has it: the document it was read from, with its NO and what was decided since."""
        return _with_decided(self.origin, self) if self.is_decided else self.origin

    @property
    def account(self) -> str | None:
        """会計."""
        return self.meaning("account")

    @property
    def kan(self) -> str | None:
        """款."""
        return self.meaning("level1")

    @property
    def title(self) -> str | None:
        """事業名."""
        return self.meaning("title")

    @property
    def category(self) -> str | None:
        """要求区分."""
        return self.meaning("kind")

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the rows of the list that adds up to what is asked for; none in a form without lists."""
        main = self.axes.main
        return self.lists[main.key] if main else ()

    def rows(self, own: str) -> tuple[Line, ...]:
        """Return the rows of a list by its key; none where its form has no such list."""
        return self.lists.get(own, ())

    @property
    def department(self) -> str:
        """`企画経営部 企画課`, as far as it is known."""
        return f"{self.bureau or ''} {self.section or ''}".strip()

    @property
    def requested(self) -> Money:
        """要求額の合計, 0 where none is given: an amount still 未定 adds nothing."""
        return self.amounts.get((ASKED, TOTAL)) or Money(0)

    def in_yen(self) -> Request:
        """Return it in 円: what is in 千円 a thousand times, exactly."""
        if self.axes.unit == _YEN:
            return self
        contract, limit = self.contract_authorization, self.contract_authorization.limit
        return replace(
            self,
            axes=_in_yen(self.axes),
            lists={key: tuple(map(_times, rows)) for key, rows in self.lists.items()},
            subtotals={key: tuple(map(_times, rows)) for key, rows in self.subtotals.items()},
            amounts=_thousandfold(self.amounts),
            contract_authorization=replace(contract, limit=limit and Money(limit * 1000)),
        )

    def without_last_year(self) -> Request:
        """Return it as one of which nobody knows what it came to last year."""
        document, amounts = self.origin, {**self.amounts}
        for stage in self.axes.against_last_year():
            for source, pointer in stage.amounts.items():
                document = put(document, steps(pointer), None)
                amounts[stage.key, source] = None
        return replace(self, origin=document, amounts=amounts, lacks_last_year=True)

    def with_computed(self, amounts: Amounts) -> Amounts:
        """Return amounts with the stages that are computed from others (増減, 計)."""
        found = dict(amounts)
        unknown = self.axes.against_last_year() if self.lacks_last_year else ()
        for stage in self.axes.stages:
            for source in stage.amounts if stage.of else ():
                is_known = stage not in unknown
                found[stage.key, source] = stage.computed(source, found) if is_known else None
        return found

    def with_no(self, number: int | None) -> Request:
        """Return it with this NO."""
        return replace(self, no=number, origin={**self.origin, "no": number})

    def with_decision(
        self,
        *,
        lines: Iterable[Line],
        subtotals: Iterable[Subtotal],
        amounts: Amounts,
        said: Mapping[str, str | None],
    ) -> Request:
        """Return it with amounts that finance decided (all of them), and what it said of it by meaning (編成の考え方).

        `lines` and `subtotals` are those of its main list.
        """
        main, meanings = self.axes.main, self.axes.meanings
        own_texts = {meanings[one]: text for one, text in said.items() if one in meanings}
        texts = {**self.texts, **own_texts}
        own = {main.key: tuple(lines)} if main else {}
        sums = {main.key: tuple(subtotals)} if main and main.subtotals else {}
        return replace(
            self,
            lists={**self.lists, **own},
            subtotals={**self.subtotals, **sums},
            amounts=amounts,
            texts={pointer: text for pointer, text in texts.items() if text is not None},
            is_decided=True,
        )

    def amount(self, stage: str, source: str = TOTAL) -> Money | None:
        """Return the amount of a source at a stage, None where it is not given or the form has none.

        `source` is `total`, `specific` (特定財源 as the lists have them, else the sum of these sources) or one of the form's own.
        """
        found = self.amounts.get((stage, source))
        if found is None and source == SPECIFIC and (stage, source) not in self.amounts:
            given = [self.amounts.get((stage, own)) for own in self.axes.specific]
            parts = [part for part in given if part is not None]
            return Money(sum(parts)) if parts else None
        return found

    def source_name(self, source: str) -> str | None:
        """Return the name or note beside a source, None where there is none."""
        return self.source_names.get(source)

    def value(self, field: FieldWords) -> object:
        """Return the value of a single field: a text, a number, None where nothing is given."""
        if field.is_text:
            return self.texts.get(field.pointer)
        if field.rate_of and self.is_decided:
            return _rate(self, field)
        return self.no if field.meaning == "no" else _at(self.origin, steps(field.pointer))

    def meaning(self, name: str) -> str | None:
        """Return the text in the field of this meaning, None where nothing is or the form has none."""
        return self.texts.get(self.axes.meanings.get(name, ""))


_NEW, _ONCE = "新規", "臨時"
"""The words of a 要求区分 for what there was not last year, and for what need not have been."""


def lacks_last_year(request: Request, *, is_listed: bool) -> bool:
    """Return whether nobody knows what a request came to last year: it has no amount, and is not known to be new.

    A new one came to 0. Where amounts of last year are there (`is_listed`), so did one for this once (臨時) that has none, and
    one whose form asks for no 要求区分.
    """
    if not request.axes.has_stage(LAST_YEAR) or request.amount(LAST_YEAR) is not None:
        return False
    kind = request.category or ""
    may_be_new = _ONCE in kind or not request.axes.has("kind")
    return _NEW not in kind and not (is_listed and may_be_new)


def _says_no_last_year(amounts: Amounts, axes: Axes) -> bool:
    """Return whether amounts say that those of last year are not known: there is no 増減 of what is asked for."""
    if amounts.get((LAST_YEAR, TOTAL)) is not None:
        return False
    return any(
        stage.total == "difference"
        and amounts.get((stage.of[0], TOTAL)) is not None
        and amounts.get((stage.key, TOTAL)) is None
        for stage in axes.against_last_year()
    )


_YEN = "円"

Row = TypeVar("Row", Line, Subtotal)


@lru_cache(maxsize=16)
def _in_yen(axes: Axes) -> Axes:
    return replace(axes, unit=_YEN)


def _times(row: Row) -> Row:
    return replace(row, amounts=_thousandfold(row.amounts))


def _thousandfold(amounts: Amounts) -> Amounts:
    return {cell: amount and Money(amount * 1000) for cell, amount in amounts.items()}


class _Paths(NamedTuple):
    """Where the values of a form's documents are: by pointer, source, list, and stage and source; and the bound of amounts."""

    texts: tuple[tuple[str, tuple[str, ...]], ...]
    names: tuple[tuple[str, tuple[str, ...]], ...]
    lists: tuple[tuple[RowList, tuple[str, ...]], ...]
    subtotals: tuple[tuple[RowList, tuple[str, ...]], ...]
    amounts: tuple[tuple[tuple[str, str], tuple[str, ...]], ...]
    contract: tuple[tuple[str, ...], ...]
    most: int


@lru_cache(maxsize=64)
def _paths(axes: Axes) -> _Paths:
    contract = (axes.meanings.get(f"contract_{part}", "") for part in ("start", "end", "limit"))
    return _Paths(
        texts=tuple((one.pointer, steps(one.pointer)) for one in axes.fields if one.is_text),
        names=tuple((one.key, steps(one.name)) for one in axes.sources if one.name),
        lists=tuple((one, steps(one.pointer)) for one in axes.lists),
        subtotals=tuple((one, steps(one.subtotals)) for one in axes.lists if one.subtotals),
        amounts=tuple(
            ((stage.key, source), steps(pointer))
            for stage in axes.stages
            for source, pointer in stage.amounts.items()
        ),
        contract=tuple(map(steps, contract)),
        most=limit(axes.unit),
    )


def steps(pointer: str) -> tuple[str, ...]:
    """Return the keys that lead to a pointer, `("total", "requested")`."""
    return tuple(pointer.strip("/").split("/"))


def put(document: Document, path: tuple[str, ...], value: Any) -> Document:
    """Return a document with the value at a path of objects; what is not touched is shared."""
    first, *rest = path
    inner = put(_object(document.get(first)), tuple(rest), value) if rest else value
    return {**document, first: inner}


def _with_decided(document: Document, request: Request) -> Document:
    """Return a document with what finance decided of the request that was read from it."""
    paths, main = _paths(request.axes), request.axes.main
    for (stage, source), path in paths.amounts:
        found = request.axes.stage(stage)
        if stage == DECIDED or found.of or found.by == "finance":
            document = put(document, path, request.amounts.get((stage, source)))
    for one in request.axes.fields:
        if one.rate_of:
            document = put(document, steps(one.pointer), _rate(request, one))
    for meaning in ("rationale", VERDICT):
        if pointer := request.axes.meanings.get(meaning):
            document = put(document, steps(pointer), request.texts.get(pointer))
    if main:
        rows = _decided_rows(document, main.pointer, request.lines, main)
        document = put(document, steps(main.pointer), rows)
    if main and main.subtotals:
        own = request.subtotals[main.key]
        rows = _decided_rows(document, main.subtotals, own, main)
        document = put(document, steps(main.subtotals), rows)
    return document


def _rate(request: Request, field: FieldWords) -> float | None:
    """Return a rate in %, to 0.1; None where an amount is not given, or the second is 0."""
    cells = {"/" + "/".join(path): cell for cell, path in _paths(request.axes).amounts}
    first, second = (request.amounts.get(cells[one]) for one in field.rate_of)
    if first is None or second is None:
        return None
    tenths = tenths_of_percent(first - second, abs(second))
    return None if tenths is None else tenths / 10


def _decided_rows(
    document: Document, pointer: str, decided: Iterable[Line | Subtotal], own: RowList
) -> list[Document]:
    columns = [(one.key, one.amount) for one in own.columns if one.amount and one.stage == DECIDED]
    said = own.meaning(VERDICT)
    return [
        {
            **row,
            **{key: line.amounts.get(cell) for key, cell in columns},
            **({said.key: line.values.get(said.key)} if said and isinstance(line, Line) else {}),
        }
        for row, line in zip(_rows(_at(document, steps(pointer))), decided, strict=True)
    ]


def _object(value: object) -> Document:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> list[Document]:
    return [_object(row) for row in value] if isinstance(value, list) else []


def _at(document: Document, path: tuple[str, ...]) -> object:
    value: object = document
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


_YEAR, _NO = 9_999, 999_999_999


def _integer(value: object, most: int) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) <= most else None


def _money(value: object, most: int) -> Money | None:
    number = _integer(value, most)
    return None if number is None else Money(number)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _amounts(row: Document, own: RowList, most: int) -> Amounts:
    return {cell: _money(row.get(key), most) for key, cell in own.amounts}


def _line(row: Document, own: RowList, most: int) -> Line:
    label = _text(row.get(own.label_key)) if own.label_key else None
    return Line(label, _text(row.get(own.group)), _amounts(row, own, most), row)


def _subtotal(row: Document, own: RowList, most: int) -> Subtotal:
    return Subtotal(_text(row.get(own.group)), _amounts(row, own, most))


def _contract(document: Document, paths: _Paths) -> ContractAuthorization:
    start, end, most = (_at(document, path) for path in paths.contract)
    return ContractAuthorization(
        _integer(start, _YEAR), _integer(end, _YEAR), _money(most, paths.most)
    )
