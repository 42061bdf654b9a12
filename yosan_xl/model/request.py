"""予算要求事業概要書 as a value: what one department asks for one project.

The request *document* (a JSON object, see schemas/request.schema.json) is what is read, exchanged
and kept; `Request` is the typed view that rules and roll-ups use. Amounts are 千円; None is
"not given", which is not 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from yosan_xl.model.axes import DECIDED, MEANINGS, SPECIFIC, TOTAL, BudgetStage
from yosan_xl.model.money import LIMIT, ThousandYen

Document = dict[str, Any]
"""A request document as JSON has it."""

AMOUNTS = ("requested", "earmarked", "budgeted", "budgeted_earmarked")
"""The four amounts of a line, a subtotal and the total: 要求額, うち特財, 予算額, そのうち特財."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """要求額, うち特財, 予算額 and its うち特財 (千円)."""

    requested: ThousandYen | None
    earmarked: ThousandYen | None
    budgeted: ThousandYen | None
    budgeted_earmarked: ThousandYen | None

    def at(self, stage: BudgetStage, source: str = TOTAL) -> ThousandYen | None:
        """Return the amount (千円) of a stage: its total, or its `specific` (うち特財)."""
        value: ThousandYen | None = getattr(
            self, stage.total if source == TOTAL else stage.specific
        )
        return value


@dataclass(frozen=True, slots=True)
class Line:
    """A row of 10 要求内容; `part` is None in a flat list."""

    label: str | None
    part: str | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class Subtotal:
    """小計 of a part (レベルアップ分, 経常経費分); a flat list has none."""

    part: str | None
    amounts: Amounts


@dataclass(frozen=True, slots=True)
class FundingRow:
    """A row of 財源内訳: a grant's name or a note, and its amounts (千円)."""

    name: str | None
    amount: ThousandYen | None
    budgeted: ThousandYen | None


@dataclass(frozen=True, slots=True)
class ContractAuthorization:
    """債務負担行為: first and last fiscal year (西暦) and the limit (千円). 地方自治法 第214条."""

    term_start: int | None
    term_end: int | None
    limit: ThousandYen | None


@dataclass(frozen=True, slots=True)
class Request:
    """One request. Values that could not be read are None here; a finding tells of them.

    `texts` holds the prose blocks by their key in the document (`description`, `schedule`, ...).
    """

    id: str | None
    fiscal_year: int | None
    no: int | None
    department_code: str | None
    bureau: str | None
    section: str | None
    account: str | None
    kan: str | None
    title: str | None
    category: str | None
    texts: Mapping[str, str]
    lines: tuple[Line, ...]
    subtotals: tuple[Subtotal, ...]
    total: Amounts
    funding: Mapping[str, FundingRow]
    contract_authorization: ContractAuthorization
    origin: Document = field(default_factory=dict, compare=False, repr=False)
    is_decided: bool = field(default=False, compare=False, repr=False)

    def __hash__(self) -> int:
        """Hash by id only, so that what is worked out once of a request is found cheaply; == compares all."""
        return hash(self.id)

    @classmethod
    def from_document(cls, document: Document) -> Request:
        """View a request document; what has the wrong type, or is out of bounds, is not given.

        Bounds are those of amounts (`money.LIMIT`), of years (four digits) and of NO (nine digits):
        a number in a Request can be added up and written anywhere.
        """
        unit = _object(document.get("department"))
        return cls(
            id=_text(document.get("id")),
            fiscal_year=_integer(document.get("fiscal_year"), _YEAR),
            no=_integer(document.get("no"), _NO),
            department_code=_text(unit.get("code")),
            bureau=_text(unit.get("bureau")),
            section=_text(unit.get("section")),
            account=_text(document.get("account")),
            kan=_text(document.get("kan")),
            title=_text(document.get("title")),
            category=_text(document.get("category")),
            texts={key: value for key, value in document.items() if isinstance(value, str)},
            lines=tuple(map(_line, _rows(document.get("lines")))),
            subtotals=tuple(map(_subtotal, _rows(document.get("subtotals")))),
            total=_amounts(_object(document.get("total"))),
            funding={
                source: _funding(_object(row))
                for source, row in _object(document.get("funding")).items()
            },
            contract_authorization=_contract(_object(document.get("contract_authorization"))),
            origin=document,
        )

    @property
    def document(self) -> Document:
        """Return it as JSON has it: the document it was read from, with its NO and what was decided since."""
        return _with_decided(self.origin, self) if self.is_decided else self.origin

    def with_no(self, number: int | None) -> Request:
        """Return it with this NO."""
        return replace(self, no=number, origin={**self.origin, "no": number})

    def with_decision(
        self,
        *,
        lines: Iterable[Line],
        subtotals: Iterable[Subtotal],
        total: Amounts,
        funding: Mapping[str, FundingRow],
        rationale: str | None,
    ) -> Request:
        """Return it with amounts that finance decided, and why (編成の考え方)."""
        key = MEANINGS["rationale"]
        texts = {own: text for own, text in self.texts.items() if own != key}
        return replace(
            self,
            lines=tuple(lines),
            subtotals=tuple(subtotals),
            total=total,
            funding=funding,
            texts=texts if rationale is None else {**texts, key: rationale},
            is_decided=True,
        )

    @property
    def department(self) -> str:
        """`企画経営部 企画課`, as far as it is known."""
        return f"{self.bureau or ''} {self.section or ''}".strip()

    @property
    def requested(self) -> ThousandYen:
        """要求額の合計 (千円), 0 where none is given: an amount still 未定 adds nothing."""
        return self.total.requested or ThousandYen(0)

    def amount(self, stage: BudgetStage, source: str = TOTAL) -> ThousandYen | None:
        """Return the amount (千円) of a source at a stage, None where it is not given.

        `source` is `total`, `specific` (うち特財 of the total) or one of the form's own, such as `general`.
        """
        if source in (TOTAL, SPECIFIC):
            return self.total.at(stage, source)
        row = self.funding.get(source)
        return getattr(row, stage.source) if row else None

    def meaning(self, name: str) -> str | None:
        """Return what stands in the field of this meaning, None where nothing does; KeyError for no meaning."""
        key = MEANINGS[name]
        found = self.texts.get(key)
        return getattr(self, key, None) if found is None else found


def _with_decided(document: Document, request: Request) -> Document:
    """Return a document with what finance decided of the request that was read from it."""
    funding = _object(document.get("funding"))
    key = MEANINGS["rationale"]
    return {
        **document,
        "lines": _decided_rows(document.get("lines"), request.lines),
        "subtotals": _decided_rows(document.get("subtotals"), request.subtotals),
        "total": {**_object(document.get("total")), **_decided(request.total)},
        "funding": {
            source: {**_object(row), DECIDED.source: request.funding[source].budgeted}
            for source, row in funding.items()
        },
        key: request.texts.get(key),
    }


def _decided_rows(rows: object, decided: Iterable[Line | Subtotal]) -> list[Document]:
    return [{**row, **_decided(one.amounts)} for row, one in zip(_rows(rows), decided, strict=True)]


def _decided(amounts: Amounts) -> Document:
    return {
        DECIDED.total: amounts.at(DECIDED),
        DECIDED.specific: amounts.at(DECIDED, SPECIFIC),
    }


def _object(value: object) -> Document:
    return value if isinstance(value, dict) else {}


def _rows(value: object) -> list[Document]:
    return [_object(row) for row in value] if isinstance(value, list) else []


_YEAR, _NO = 9_999, 999_999_999


def _integer(value: object, most: int) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) <= most else None


def _money(value: object) -> ThousandYen | None:
    number = _integer(value, LIMIT)
    return None if number is None else ThousandYen(number)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _amounts(row: Document) -> Amounts:
    return Amounts(*(_money(row.get(key)) for key in AMOUNTS))


def _line(row: Document) -> Line:
    return Line(_text(row.get("label")), _text(row.get("part")), _amounts(row))


def _subtotal(row: Document) -> Subtotal:
    return Subtotal(_text(row.get("part")), _amounts(row))


def _funding(row: Document) -> FundingRow:
    return FundingRow(
        _text(row.get("name")), _money(row.get("amount")), _money(row.get("budgeted"))
    )


def _contract(row: Document) -> ContractAuthorization:
    return ContractAuthorization(
        _integer(row.get("term_start"), _YEAR),
        _integer(row.get("term_end"), _YEAR),
        _money(row.get("limit")),
    )
